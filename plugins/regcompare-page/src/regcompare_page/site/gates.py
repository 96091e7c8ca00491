"""The gate of each regime for a sale, in plain words, with the reasons and the facts behind them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import attrs

from regcompare.facts import CodeSet, Fact, MemberSet
from regcompare.scenario.established import established_facts
from regcompare.verdict.verdict import Verdict
from regcompare.views.colours import Accent, accents
from regcompare.views.document import Inline, Link
from regcompare.views.gates import Gate, gate_of, why
from regcompare.views.sentences import result_cell, short_sentence
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import answer_words, labels

_MAX_REASONS = 2
"""The most provisions given as reasons."""
_MAX_FACTS = 4
"""The most facts shown beside a reason."""


@attrs.frozen
class RegimeGate:
    """The gate of one regime.

    Attributes:
        name: The regime in plain words.
        law: The regime by its legal title, with its day.
        gate: The result for the sale in two or three words, and what it means for the seller.
        why: The reason, in plain sentences.
        facts: The facts behind it: each question with its answer.
        disputes: Who says otherwise of a fact that decides.
        result: The result in a table's wording.
        says: The result in a sentence.
        reasons: The provisions behind it, each with its sentence.
        looks: The accents of the mildest and of the strictest outcome; none if there is no outcome.
    """

    name: str
    law: str
    gate: Gate
    why: str
    facts: tuple[tuple[str, str], ...]
    disputes: tuple[str, ...]
    result: str
    says: str
    reasons: tuple[tuple[Inline, ...], ...]
    looks: tuple[Accent, ...]

    @property
    def classes(self) -> str:
        """Its kind and its colours, as CSS classes."""
        return gate_classes(self.gate.kind, self.looks)

    @property
    def glyph(self) -> str:
        """Its sign."""
        return "–" if not self.looks else self.looks[0].glyph if len(self.looks) == 1 else "?"

    @property
    def card_lines(self) -> list[str]:
        """Its word in the lines of the card image."""
        return textwrap.wrap(self.gate.word, 12)


def gate_classes(kind: str, looks: tuple[Accent, ...]) -> str:
    """Returns the CSS classes of a gate, for its kind and its colours."""
    colours = f" low-{looks[0].slug} high-{looks[-1].slug}" if looks else ""
    return f"gate is-{kind}{colours}"


def regime_gate(verdict: Verdict, lang: str = "en", language: Language = ENGLISH) -> RegimeGate:
    """Returns a verdict as the gate of its regime.

    Args:
        verdict: The verdict.
        lang: The language in which links lead to the law.
        language: The language of the texts; reasons stay English.
    """
    say, ruleset, reason = language.say, verdict.ruleset, why(verdict, language)
    day = f", {say('as of')} {verdict.as_of}" if verdict.as_of else ""
    return RegimeGate(
        name=say(ruleset.plain_title),
        law=f"{say(ruleset.title)}{day}",
        gate=gate_of(verdict, language),
        why=reason.sentence,
        facts=tuple(_facts(verdict, reason.facts[:_MAX_FACTS], language)),
        disputes=tuple(say(item.note) for item in verdict.disputes),
        result=result_cell(verdict, language),
        says=short_sentence(verdict, language),
        reasons=tuple(_reasons(verdict, lang)),
        looks=accents(verdict.span) if verdict.span else (),
    )


def _facts(verdict: Verdict, keys: tuple[str, ...], language: Language) -> Iterator[tuple[str, str]]:
    facts = verdict.program.facts
    answers = established_facts(verdict.scenario, verdict.ruleset.vocabulary).values
    for key in keys:
        yield language.say(facts[key].question), _answer(facts[key], answers.get(key), language)


def _answer(fact: Fact, value: Any, language: Language) -> str:
    say = language.say
    if isinstance(value, MemberSet) and not isinstance(fact, CodeSet):
        none = "unknown" if value.open else "none"
        return ", ".join(map(say, labels(fact, value.known))) or say(none)
    return say(answer_words(fact, value))


def _reasons(verdict: Verdict, lang: str) -> Iterator[tuple[Inline, ...]]:
    high = verdict.span.high if verdict.span else None
    findings = [*verdict.deciding, *(finding for finding in verdict.open if finding.rule.then is high)]
    for finding in findings[:_MAX_REASONS]:
        cite = finding.rule.cite
        yield (finding.rule.sentence, " (", Link(str(cite), cite.url(verdict.as_of, lang)), ")")
