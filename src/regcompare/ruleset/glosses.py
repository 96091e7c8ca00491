"""Glosses: what the text of a law adds to a plain question of the vocabulary."""

from __future__ import annotations

from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError
from regcompare.facts import Fact
from regcompare.law import Citation


def _full_sentence(instance: Gloss, attribute: Any, value: Any) -> None:
    if not isinstance(value, str) or not value.strip().endswith("."):
        msg = f"The gloss on {instance.fact!r}: text must be a full plain sentence, found {value!r}."
        raise DefinitionError(msg)


@attrs.frozen(eq=False)
class Gloss:
    """What a text says about a fact, such as the element of a definition that the fact decides.

    The question itself belongs to no law; a ruleset that asks it says here what its own text adds.

    Attributes:
        fact: The fact.
        cite: The provision.
        text: What the provision adds, as a sentence.

    Raises:
        DefinitionError: The text is not a sentence.
    """

    fact: Fact = attrs.field(validator=takes(Fact))
    cite: Citation = attrs.field(validator=takes(Citation))
    text: str = attrs.field(validator=_full_sentence)

    def __str__(self) -> str:
        return f"{self.cite}: {self.text}"
