"""What lower layers leave to higher ones: the front door says which function does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HIGHER: dict[str, Callable[..., Any]] = {}
"""Functions of higher layers by name."""


class Shown:
    """A result that a notebook shows as a document."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        markup: str = HIGHER["notebook_html"](self)
        return markup


def shown(value: object, form: str) -> str:
    """Returns an object in a form of text, such as ``markdown``."""
    text: str = HIGHER["shown_text"](value, form)
    return text
