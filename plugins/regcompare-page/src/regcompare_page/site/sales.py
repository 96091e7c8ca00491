"""A documented sale for the site: its gates with their reasons, its card, and what is known about it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.facts import CodeSet, Fact, MemberSet
from regcompare.logic.conditions import ends_of
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.brief import sale_facts, summary_start
from regcompare.views.colours import Accent, accents
from regcompare.views.document import Inline, Link
from regcompare.views.gates import gate_of, other_day, why
from regcompare.views.sentences import result_cell, short_sentence
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import answer_words, labels

_MAX_REASONS = 2
"""The most provisions given as reasons."""
_MAX_FACTS = 4
"""The most facts shown beside a reason."""
_DISPUTE_LENGTH = 88
"""How many characters of a dispute fit on a card."""


@attrs.frozen(eq=False)
class Sale:
    """One documented case, as templates show it.

    Attributes:
        scenario: The case.
        verdicts: Its verdicts, in the order of the regimes.
        gates: What is shown of each, by ``gate_card``.
        language: The language of its texts.
    """

    scenario: Scenario
    verdicts: tuple[Verdict, ...]
    gates: list[dict[str, Any]]
    language: Language

    @property
    def id(self) -> str:
        """The id of the case, which names its files."""
        return self.scenario.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.language.say(self.scenario.title or self.scenario.id)

    @property
    def facts(self) -> dict[str, str]:
        """What was sold, from where, to where and to whom, as far as known."""
        return sale_facts(self.scenario, self.language)

    @property
    def year(self) -> int | None:
        """The year of its day, the first of several; None where it is not known."""
        first, _ = ends_of(self.scenario.known_day)
        return first.year if first else None

    @property
    def route(self) -> str:
        """From where to where, and when, in a line."""
        facts, unknown, year = self.facts, self.language.say("unknown"), self.year
        ends = (facts.get(name, unknown) for name in ("From", "To"))
        places = " → ".join(end.partition(" (")[0] for end in ends if end != unknown)
        return ", ".join(part for part in (places, str(year) if year else "") if part)

    @property
    def story(self) -> list[str]:
        """The case in plain words, in paragraphs."""
        text = self.scenario.story or summary_start(self.scenario)
        story = " ".join(text.split())
        if (translated := self.language.say(story)) != story:
            return [translated]
        return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]

    @property
    def dispute(self) -> str:
        """What is said against a fact by which a result is as it is, in a line; blank for nothing."""
        notes = dict.fromkeys(note for gate in self.gates for note in gate["disputes"])
        text = self.language.say("Disputed: {note}.", note=" ".join(notes).rstrip("."))
        return textwrap.shorten(text, _DISPUTE_LENGTH, placeholder=" …") if notes else ""

    @property
    def in_words(self) -> str:
        """The gates in a sentence, for those who do not see the card, and what is disputed."""
        gates = "; ".join(f"{gate['name']}: {gate['word']}" for gate in self.gates)
        return f"{gates}. {self.dispute}".strip()


def sales(comparison: Comparison, lang: str = "en", language: Language = ENGLISH) -> list[Sale]:
    """Returns the sales of a comparison, in its order.

    Args:
        comparison: The documented cases under the regimes.
        lang: The language in which links lead to the law.
        language: The language of the texts; the sentences of provisions stay English.
    """
    return [
        Sale(
            row[0].scenario,
            tuple(row),
            [gate_card(verdict, lang, language) for verdict in row],
            language,
        )
        for row in comparison.rows
    ]


def gate_card(verdict: Verdict, lang: str, language: Language) -> dict[str, Any]:
    """Returns a verdict as the gate of its regime: its word and looks, why, and who says otherwise.

    The facts are those behind the reason, each question with its answer; ``law`` to ``provisions`` are
    for lawyers.
    """
    say, ruleset, reason = language.say, verdict.ruleset, why(verdict, language)
    gate = gate_of(verdict, language)
    looks = accents(verdict.span) if verdict.span else ()
    return {
        "name": say(ruleset.plain_title),
        "kind": gate.kind,
        "word": gate.word,
        "means": gate.sentence,
        "looks": looks,
        "classes": gate_classes(gate.kind, looks),
        "glyph": "–" if not looks else looks[0].glyph if len(looks) == 1 else "?",
        "other_day": other_day(verdict, language),
        "why": reason.sentence,
        "facts": dict(_facts(verdict, reason.facts[:_MAX_FACTS], language)),
        "disputes": [say(item.note) for item in verdict.disputes],
        "law": say(ruleset.title) + (f", {say('as of')} {verdict.as_of}" if verdict.as_of else ""),
        "result": result_cell(verdict, language),
        "sentence": short_sentence(verdict, language),
        "provisions": list(_provisions(verdict, lang)),
    }


def gate_classes(kind: str, looks: tuple[Accent, ...]) -> str:
    """Returns the CSS classes of a gate, for its kind and its colours."""
    colours = f" low-{looks[0].slug} high-{looks[-1].slug}" if looks else ""
    return f"gate is-{kind}{colours}"


def _facts(verdict: Verdict, keys: tuple[str, ...], language: Language) -> Iterator[tuple[str, str]]:
    facts = verdict.program.facts
    answers = verdict.known.values
    for key in keys:
        yield language.say(facts[key].question), _answer(facts[key], answers.get(key), language)


def _answer(fact: Fact, value: Any, language: Language) -> str:
    say = language.say
    if isinstance(value, MemberSet) and not isinstance(fact, CodeSet):
        none = "unknown" if value.open else "none"
        return ", ".join(map(say, labels(fact, value.known))) or say(none)
    return say(answer_words(fact, value))


def _provisions(verdict: Verdict, lang: str) -> Iterator[tuple[Inline, ...]]:
    high = verdict.span.high if verdict.span else None
    findings = [*verdict.deciding, *(finding for finding in verdict.open if finding.rule.then is high)]
    for finding in findings[:_MAX_REASONS]:
        cite = finding.rule.cite
        yield (finding.rule.sentence, " (", Link(str(cite), cite.url(verdict.as_of, lang)), ")")
