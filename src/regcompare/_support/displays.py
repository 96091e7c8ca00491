"""What lower layers leave to higher ones, which are named by their place and imported when needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def html_of(value: object) -> str:
    """Returns an object as a notebook shows it, in HTML."""
    markup: str = import_module("regcompare.views.notebook").notebook_html(value)
    return markup


def shown(value: object, form: str) -> str:
    """Returns an object in a form of text, such as ``markdown``."""
    text: str = import_module("regcompare.views.notebook").shown_text(value, form)
    return text


def drawn(value: object, what: str) -> Any:
    """Returns the picture of an object, which a plugin draws."""
    return import_module("regcompare.inputs").LIBRARY.catalogue.draw(what, value)


def reduced(ruleset: object) -> Any:
    """Returns a ruleset as ``pickle`` expects it: the function that finds it, and its id."""
    return import_module("regcompare.inputs").reduce_ruleset(ruleset)
