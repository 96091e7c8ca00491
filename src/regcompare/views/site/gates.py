"""What a sale meets at the gate of each regime, in plain words, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict
from regcompare.views._colours import Accent, accents
from regcompare.views.document import Inline, Link
from regcompare.views.sentences import result_cell, short_sentence
from regcompare.words.catalogues import ENGLISH, Language

__all__ = ["LANES", "TONES", "Gate", "gate"]

TONES: Mapping[Outcome, str] = {
    Outcome.NO_CONTROL: "free",
    Outcome.GENERAL_AUTHORISATION: "free",
    Outcome.NOTIFICATION: "ask",
    Outcome.AUTHORISATION: "ask",
    Outcome.SUSPENSION: "ask",
    Outcome.REFUSAL: "no",
    Outcome.PROHIBITION: "no",
}
"""The three things that a gate can say, by outcome."""

LANES = ("free", "open", "ask", "no", "none")
"""What becomes of a sale: one of the three, left open between them, or the law does not cover it."""

_RULES = 2
"""Up to so many provisions are given as the reason."""


@attrs.frozen
class Gate:
    """The gate of one regime.

    Attributes:
        name: The regime in plain words.
        law: The regime as the law calls it, with its day.
        lane: What becomes of the sale, one of ``LANES``.
        word: What becomes of it in words.
        short: The same in two words.
        result: The result as a table says it.
        says: The result in a sentence.
        reasons: The provisions behind it, each with what it says.
        looks: The looks of the mildest and of the strictest outcome; none where the law is silent.
    """

    name: str
    law: str
    lane: str
    word: str
    short: str
    result: str
    says: str
    reasons: tuple[tuple[Inline, ...], ...]
    looks: tuple[Accent, ...]

    @property
    def slugs(self) -> str:
        """Its colours, as classes of a style sheet."""
        if not self.looks:
            return "lo-none hi-none"
        return f"lo-{self.looks[0].slug} hi-{self.looks[-1].slug}"


def gate(
    verdict: Verdict, words: Mapping[str, str], lang: str = "en", language: Language = ENGLISH
) -> Gate:
    """Returns what a verdict says at the gate.

    Args:
        verdict: The verdict.
        words: The texts of the site.
        lang: The language in which links lead to the law.
        language: The language of the texts; reasons stay English.
    """
    day = f", {words['as of']} {verdict.as_of}" if verdict.as_of else ""
    lane, word = _lane(verdict, words)
    return Gate(
        name=words.get(verdict.ruleset.id, language.say(verdict.ruleset.title)),
        law=f"{language.say(verdict.ruleset.title)}{day}",
        lane=lane,
        word=word,
        short=words[lane],
        result=result_cell(verdict, language),
        says=short_sentence(verdict, language),
        reasons=tuple(_reasons(verdict, lang)),
        looks=accents(verdict.span) if verdict.span else (),
    )


def _lane(verdict: Verdict, words: Mapping[str, str]) -> tuple[str, str]:
    if verdict.span is None:
        return "none", words["none"]
    low, high = TONES[verdict.span.low], TONES[verdict.span.high]
    if low == high:
        return low, words[low]
    return "open", words["from to"].format(low=words[low], high=words[high])


def _reasons(verdict: Verdict, lang: str) -> Iterator[tuple[Inline, ...]]:
    high = verdict.span.high if verdict.span else None
    found = [*verdict.deciding, *(item for item in verdict.open if item.rule.then is high)]
    for item in found[:_RULES]:
        cite = item.rule.cite
        yield (item.rule.sentence, " (", Link(str(cite), cite.url(verdict.as_of, lang)), ")")
