"""A documented sale as the site shows it: its gates, its card, and what is known about it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.views.citation import CitedResult, cited_result
from regcompare.views.fact_sheet import sale_told, summary_start
from regcompare.views.report.case import case_name
from regcompare.words.catalogues import ENGLISH, Language

from .gates import RegimeGate, regime_gate


@attrs.frozen(eq=False)
class Sale:
    """One documented case.

    Attributes:
        scenario: The case.
        verdicts: Its verdicts, in the order of the regimes.
        gates: What each regime says, in plain words.
        language: The language in which it is told.
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
        """What it is called."""
        return self.language.say(case_name(self.scenario))

    @property
    def year(self) -> int | None:
        """The year of the facts, where it is known."""
        return self.scenario.date.year if self.scenario.date else None

    @property
    def told(self) -> dict[str, str]:
        """What was sold, from where, to where and to whom, as far as it is known."""
        return sale_told(self.scenario, self.language)

    @property
    def route(self) -> str:
        """From where to where, and when, in a line."""
        told, unknown = self.told, self.language.say("unknown")
        places = " → ".join(
            told[name].partition(" (")[0]
            for name in ("From", "To")
            if told.get(name, unknown) != unknown
        )
        return ", ".join(part for part in (places, str(self.year or "")) if part)

    @property
    def story(self) -> list[str]:
        """The case in plain words, in paragraphs."""
        text = self.scenario.story or summary_start(self.scenario)
        whole = " ".join(text.split())
        if (said := self.language.say(whole)) != whole:
            return [said]
        return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]

    @property
    def card_lines(self) -> list[str]:
        """The title in the lines of the card image."""
        return textwrap.wrap(self.title, 36, max_lines=3, placeholder="…")

    @property
    def in_words(self) -> str:
        """The gates in a sentence, for those who do not see the card."""
        return "; ".join(f"{item.name}: {item.word}" for item in self.gates) + "."

    def cited(self, lang: str) -> list[CitedResult]:
        """Returns how each of its results is cited."""
        return [cited_result(verdict, lang) for verdict in self.verdicts]


def sales(
    comparison: Comparison,
    words: Mapping[str, str],
    lang: str = "en",
    language: Language = ENGLISH,
) -> list[Sale]:
    """Returns the cases of a comparison as the site shows them, in the order of the comparison."""
    return [
        Sale(
            row[0].scenario,
            tuple(row),
            tuple(regime_gate(verdict, words, lang, language) for verdict in row),
            language,
        )
        for row in comparison.rows
    ]
