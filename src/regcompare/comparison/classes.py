"""The class in which a case, in one or several parts, stands under a regime: exactly one of six."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language

ClassSlug = Literal["free", "tell", "licence", "refuse", "open", "outside"]

CLASSES: Mapping[ClassSlug, str] = {
    "free": "free",
    "tell": "must report",
    "licence": "needs a licence",
    "refuse": "must be refused, or is banned",
    "open": "too little known",
    "outside": "outside these rules",
}
"""The classes in the order of tables, each in words."""

CLASS_OF: Mapping[Outcome, ClassSlug] = {
    Outcome.NO_CONTROL: "free",
    Outcome.GENERAL_AUTHORISATION: "free",
    Outcome.NOTIFICATION: "tell",
    Outcome.AUTHORISATION: "licence",
    Outcome.SUSPENSION: "licence",
    Outcome.REFUSAL: "refuse",
    Outcome.PROHIBITION: "refuse",
}
"""The class of each outcome."""
SHOWN_AS: Mapping[Outcome, str] = {
    Outcome.GENERAL_AUTHORISATION: "free, on conditions",
    Outcome.SUSPENSION: "on hold",
    Outcome.REFUSAL: "must be refused",
    Outcome.PROHIBITION: "is banned",
}
"""How a class is said where one outcome in it is certain."""


@attrs.frozen
class CaseClass:
    """The class in which a case stands under a regime.

    Attributes:
        low: The mildest possible outcome of its strictest part; None where it is outside the rules.
        high: The strictest possible outcome; None where it is outside the rules.
    """

    low: Outcome | None = None
    high: Outcome | None = None

    @property
    def ends(self) -> tuple[ClassSlug, ClassSlug] | None:
        """The classes of both ends; None where it is outside the rules."""
        if self.low is None or self.high is None:
            return None
        return CLASS_OF[self.low], CLASS_OF[self.high]

    @property
    def slug(self) -> ClassSlug:
        """The class."""
        low, high = self.ends or ("outside", "outside")
        return low if low == high else "open"

    def reaches(self, least: Outcome) -> bool | None:
        """Returns whether it comes to an outcome or a stricter one; None where that is open."""
        if self.low is None or self.high is None or self.high < least:
            return False
        return True if self.low >= least else None

    def words(self, language: Language = ENGLISH) -> str:
        """Returns the class in words; where too little is known, with both ends."""
        say = language.say
        if self.ends and self.slug == "open":
            low, high = (say(CLASSES[end]) for end in self.ends)
            return say("too little known: from “{low}” to “{high}”", low=low, high=high)
        shown = SHOWN_AS.get(self.high) if self.high is self.low and self.high is not None else None
        return say(shown or CLASSES[self.slug])


def classify(parts: Iterable[Verdict]) -> CaseClass:
    """Returns the class of a case under one regime, from the verdicts on its parts.

    Of several parts the greatest low end and the greatest high end count.  A part of which it is not
    known whether the regime covers it, or is in force, is free at the least.
    """
    spans = [(part.span, is_reached(part)) for part in parts if part.span]
    lows = [span.low if is_certain else Outcome.NO_CONTROL for span, is_certain in spans]
    return CaseClass(max(lows), max(span.high for span, _ in spans)) if spans else CaseClass()


def reaches(verdict: Verdict, least: Outcome) -> bool | None:
    """Returns whether a case reaches an outcome or a stricter one; None where that is open."""
    return classify([verdict]).reaches(least)


def is_reached(verdict: Verdict) -> bool:
    """Returns whether the regime certainly reaches the case."""
    return verdict.span is not None and verdict.in_scope is True and verdict.in_force is True
