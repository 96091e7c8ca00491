"""Outcomes, which say what an export needs under the rules, and the span that the facts allow."""

from __future__ import annotations

from typing import NoReturn

import attrs

from regcompare._support.ranked import Ranked
from regcompare.errors import did_you_mean, nearest

_OTHERWISE = {
    "licence": "authorisation", "license": "authorisation", "free": "no_control", "ban": "prohibition",
    "banned": "prohibition", "denial": "refusal", "refused": "refusal", "tell": "notification",
}  # fmt: skip
"""Other words for outcomes, with their words here."""


class Outcome(Ranked):
    """Outcomes of the rules for an export, mildest first; not what happens to it afterwards.

    An outcome is a string, its word, and compares by strictness with outcomes and with their words.
    No outcome is falsy, so ``if verdict.low:`` asks whether there is an outcome at all.

    Attributes:
        rank: Its position, from 0 for the mildest.
    """

    NO_CONTROL = "no_control"
    GENERAL_AUTHORISATION = "general_authorisation"
    NOTIFICATION = "notification"
    AUTHORISATION = "authorisation"
    SUSPENSION = "suspension"
    REFUSAL = "refusal"
    PROHIBITION = "prohibition"

    @property
    def meaning(self) -> str:
        """The outcome as a sentence."""
        return _MEANINGS[self]

    @property
    def stricter(self) -> Outcome:
        """The next stricter outcome; the strictest has none, and raises ``IndexError``."""
        return list(Outcome)[self.rank + 1]

    @property
    def word(self) -> str:
        """The outcome as written in files and output."""
        return self.value

    @classmethod
    def read(cls, word: str) -> Outcome:
        """Returns the outcome with this word; a ``ValueError`` lists them all."""
        return cls(word.lower() if word == word.upper() else word)

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        words = [outcome.word for outcome in cls]
        hint = did_you_mean(_OTHERWISE.get(str(value)) or nearest(str(value), words))
        raise ValueError(f"{value!r} is not an outcome; the outcomes are {', '.join(words)}.{hint}")


_MEANINGS = {
    Outcome.NO_CONTROL: (
        "No authorisation is needed under this ruleset, which does not mean “lawful” or “harmless”."
    ),
    Outcome.GENERAL_AUTHORISATION: (
        "A general authorisation, open to every exporter that meets its conditions, covers it; that is "
        "not a safeguard."
    ),
    Outcome.NOTIFICATION: (
        "The exporter must notify the authority, which then clears the export or requires a licence; "
        "whether it may ship in the meantime is not settled."
    ),
    Outcome.AUTHORISATION: (
        "It needs a licence that the exporter applies for; the authority weighs the case and decides."
    ),
    Outcome.SUSPENSION: (
        "It may not be exported, and no licence may be used, until a stated condition is met."
    ),
    Outcome.REFUSAL: "It needs a licence, and the authority must refuse it on a stated finding.",
    Outcome.PROHIBITION: (
        "It may not be exported; the authority may license only what the text names by way of "
        "derogation, if anything."
    ),
}

CELL_WORDS: dict[Outcome, str] = {
    Outcome.NO_CONTROL: "no licence",
    Outcome.GENERAL_AUTHORISATION: "general licence",
    Outcome.NOTIFICATION: "must report",
    Outcome.AUTHORISATION: "licence",
    Outcome.SUSPENSION: "suspended",
    Outcome.REFUSAL: "refused",
    Outcome.PROHIBITION: "banned",
}
"""Each outcome as a cell of a table says it."""


@attrs.frozen(order=True)
class Span:
    """The mildest and the strictest outcome that the known facts allow."""

    low: Outcome
    high: Outcome

    def __str__(self) -> str:
        return self.low.word if self.low is self.high else f"{self.low}..{self.high}"

    @property
    def is_settled(self) -> bool:
        """Returns whether only one outcome is possible."""
        return self.low is self.high

    def __contains__(self, other: object) -> bool:
        if isinstance(other, Span):
            return self.low <= other.low and other.high <= self.high
        return isinstance(other, Outcome) and self.low <= other <= self.high
