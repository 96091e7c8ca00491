"""What lower layers leave to higher ones, which are named by their place and imported when needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def html_of(value: object) -> str:
    """Returns an object as a notebook shows it, in HTML."""
    html: str = import_module("regcompare.views.notebook").notebook_html(value)
    return html


def reduced(ruleset: object) -> Any:
    """Returns a ruleset as ``pickle`` expects it: the function that finds it, and its id."""
    return import_module("regcompare.inputs").reduce_ruleset(ruleset)
