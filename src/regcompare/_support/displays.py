"""What lower layers leave to higher ones: the front door says which function does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HIGHER: dict[str, Callable[..., Any]] = {}
"""Functions of higher layers by name."""


def html_of(value: object) -> str:
    """Returns an object as a notebook shows it, in HTML."""
    markup: str = HIGHER["notebook_html"](value)
    return markup


def shown(value: object, form: str) -> str:
    """Returns an object in a form of text, such as ``markdown``."""
    text: str = HIGHER["shown_text"](value, form)
    return text


def drawn(value: object, what: str) -> Any:
    """Returns the picture of an object, which a plugin draws."""
    return HIGHER["draw"](what, value)


def reduced(ruleset: object) -> Any:
    """Returns a ruleset as ``pickle`` expects it: the function that finds it, and its id."""
    return HIGHER["reduce_ruleset"](ruleset)
