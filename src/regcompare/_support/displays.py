"""How notebooks show what is defined below the views: each class with the function that displays it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["displayed_by", "html_of"]

_BY_CLASS: dict[type, Callable[[Any], str]] = {}


def displayed_by(cls: type, display: Callable[[Any], str]) -> None:
    """Makes a function the one that shows the instances of a class as HTML."""
    _BY_CLASS[cls] = display


def html_of(shown: object) -> str:
    """Returns something as HTML, by the function of its class."""
    return _BY_CLASS[type(shown)](shown)
