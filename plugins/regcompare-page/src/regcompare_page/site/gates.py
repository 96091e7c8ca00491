"""The gate of each regime for a sale, in plain words, with the reasons."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

import attrs

from regcompare.verdict.verdict import Verdict
from regcompare.views.colours import Accent, accents
from regcompare.views.document import Inline, Link
from regcompare.views.gates import gate_of, why
from regcompare.views.sentences import result_cell, short_sentence
from regcompare.words.catalogues import ENGLISH, Language

_MAX_REASONS = 2
"""The most provisions given as reasons."""


@attrs.frozen
class RegimeGate:
    """The gate of one regime.

    Attributes:
        name: The regime in plain words.
        law: The regime by its legal title, with its day.
        word: The result for the sale in two or three words.
        sentence: Why, in plain sentences, and what it means for the seller.
        result: The result in a table's wording.
        says: The result in a sentence.
        reasons: The provisions behind it, each with its sentence.
        looks: The accents of the mildest and of the strictest outcome; none if there is no outcome.
    """

    name: str
    law: str
    word: str
    sentence: str
    result: str
    says: str
    reasons: tuple[tuple[Inline, ...], ...]
    looks: tuple[Accent, ...]

    @property
    def slugs(self) -> str:
        """Its colours, as CSS classes."""
        if not self.looks:
            return "lo-none hi-none"
        return f"lo-{self.looks[0].slug} hi-{self.looks[-1].slug}"

    @property
    def card_lines(self) -> list[str]:
        """Its word in the lines of the card image."""
        return textwrap.wrap(self.word, 12)


def regime_gate(
    verdict: Verdict, words: Mapping[str, str], lang: str = "en", language: Language = ENGLISH
) -> RegimeGate:
    """Returns a verdict as the gate of its regime.

    Args:
        verdict: The verdict.
        words: The texts of the site.
        lang: The language in which links lead to the law.
        language: The language of the texts; reasons stay English.
    """
    day = f", {words['as of']} {verdict.as_of}" if verdict.as_of else ""
    gate = gate_of(verdict, language)
    return RegimeGate(
        name=language.say(verdict.ruleset.plain_title),
        law=f"{language.say(verdict.ruleset.title)}{day}",
        word=gate.word,
        sentence=f"{why(verdict, language).sentence} {gate.sentence}",
        result=result_cell(verdict, language),
        says=short_sentence(verdict, language),
        reasons=tuple(_reasons(verdict, lang)),
        looks=accents(verdict.span) if verdict.span else (),
    )


def _reasons(verdict: Verdict, lang: str) -> Iterator[tuple[Inline, ...]]:
    high = verdict.span.high if verdict.span else None
    findings = [*verdict.deciding, *(finding for finding in verdict.open if finding.rule.then is high)]
    for finding in findings[:_MAX_REASONS]:
        cite = finding.rule.cite
        yield (finding.rule.sentence, " (", Link(str(cite), cite.url(verdict.as_of, lang)), ")")
