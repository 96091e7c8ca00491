"""A documented sale for the site: its gates, its card, and what is known about it."""

from __future__ import annotations

import textwrap

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.brief import sale_facts, summary_start
from regcompare.views.citation import CitedResult, cited_result
from regcompare.words.catalogues import ENGLISH, Language

from .gates import RegimeGate, regime_gate


@attrs.frozen(eq=False)
class Sale:
    """One documented case.

    Attributes:
        scenario: The case.
        verdicts: Its verdicts, in the order of the regimes.
        gates: The gate of each regime.
        language: The language of its texts.
    """

    scenario: Scenario
    verdicts: tuple[Verdict, ...]
    gates: tuple[RegimeGate, ...]
    language: Language = ENGLISH

    @property
    def id(self) -> str:
        """The id of the case, which names its files."""
        return self.scenario.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.language.say(self.scenario.title or self.scenario.id)

    @property
    def year(self) -> int | None:
        """The year of the facts, if known."""
        return self.scenario.date.year if self.scenario.date else None

    @property
    def facts(self) -> dict[str, str]:
        """What was sold, from where, to where and to whom, as far as known."""
        return sale_facts(self.scenario, self.language)

    @property
    def route(self) -> str:
        """From where to where, and when, in a line."""
        facts, unknown = self.facts, self.language.say("unknown")
        places = " → ".join(
            facts[name].partition(" (")[0]
            for name in ("From", "To")
            if facts.get(name, unknown) != unknown
        )
        return ", ".join(part for part in (places, str(self.year or "")) if part)

    @property
    def story(self) -> list[str]:
        """The case in plain words, in paragraphs."""
        text = self.scenario.story or summary_start(self.scenario)
        story = " ".join(text.split())
        if (translated := self.language.say(story)) != story:
            return [translated]
        return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]

    @property
    def card_lines(self) -> list[str]:
        """The title in the lines of the card image."""
        return textwrap.wrap(self.title, 36, max_lines=3, placeholder="…")

    @property
    def card_dispute(self) -> str:
        """What is said against a fact by which a result is as it is, in a line; blank for nothing."""
        notes = dict.fromkeys(item.note for verdict in self.verdicts for item in verdict.disputes)
        note = " ".join(map(self.language.say, notes)).rstrip(".")
        text = self.language.say("Disputed: {note}.", note=note)
        return textwrap.shorten(text, _DISPUTE_LENGTH, placeholder=" …") if notes else ""

    @property
    def in_words(self) -> str:
        """The gates in a sentence, for those who do not see the card, and what is disputed."""
        gates = "; ".join(f"{gate.name}: {gate.gate.word}" for gate in self.gates)
        return f"{gates}. {self.card_dispute}".strip()

    def cited(self, lang: str) -> list[CitedResult]:
        """Returns the citation of each of its results."""
        return [cited_result(verdict, lang) for verdict in self.verdicts]


_DISPUTE_LENGTH = 88
"""How many characters of a dispute fit on a card."""


def sales(comparison: Comparison, lang: str = "en", language: Language = ENGLISH) -> list[Sale]:
    """Returns the sales of a comparison, in its order."""
    return [
        Sale(
            row[0].scenario,
            tuple(row),
            tuple(regime_gate(verdict, lang, language) for verdict in row),
            language,
        )
        for row in comparison.rows
    ]
