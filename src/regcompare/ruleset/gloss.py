"""Glosses: what the text of a law adds to a question that belongs to no law."""

from __future__ import annotations

import attrs

from regcompare._support.fields import full_sentence, takes
from regcompare.facts import Fact
from regcompare.law import Citation


@attrs.frozen(eq=False)
class Gloss:
    """Words of a text about a fact, such as the element of a definition that the fact decides.

    The question itself belongs to no law; a ruleset that asks it says here what its own text adds.

    Attributes:
        fact: The fact.
        cite: The provision.
        text: What the provision adds, as a sentence.
    """

    fact: Fact = attrs.field(validator=takes(Fact))
    cite: Citation = attrs.field(validator=takes(Citation))
    text: str = attrs.field(validator=full_sentence)

    def __str__(self) -> str:
        return f"{self.cite}: {self.text}"
