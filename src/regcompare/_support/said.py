"""Sentences that layers below the languages make, and that can be said in another language."""

from __future__ import annotations

import re
from typing import Self

PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""A place in a text that is filled in."""


def filled(text: str, values: dict[str, object]) -> str:
    """Returns a text with its ``{placeholders}`` filled, lists with commas."""
    said = {name: ", ".join(item) if isinstance(item, list) else item for name, item in values.items()}
    return PLACEHOLDER.sub(lambda match: str(said.get(match[1], match[0])), text)


class Said(str):
    """A sentence in English that keeps its text and what fills it, so that a ``Language`` can say it.

    Attributes:
        text: The text, with a ``{placeholder}`` for each value.
        values: What fills it.
    """

    __slots__ = ("text", "values")

    text: str
    values: dict[str, object]

    def __new__(cls, text: str, /, **values: object) -> Self:
        """Fills the text."""
        said = super().__new__(cls, filled(text, values))
        said.text, said.values = text, values
        return said
