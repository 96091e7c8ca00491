"""A deal as the face shows it: who sold what to whom, and under each law its mark, word and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

import attrs
from markupsafe import Markup

from regcompare.comparison.classes import CaseClass, classify
from regcompare.comparison.counts import Counting, Law
from regcompare.comparison.populations import Population, Record
from regcompare.facts import countries
from regcompare.logic.conditions import ends_of
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.views.gates import why, word_of
from regcompare.words.catalogues import ENGLISH, Language

from .marks import MarkSlug, barrier, mark_of


@attrs.frozen
class Result:
    """A deal under one law.

    Attributes:
        found: Its class with disputed facts left open.
        filed: Its class on the facts as its file has them.
        mark: Its mark among the others.
        may_be_refused_by_other_law: Whether a no is possible, by the law of its day.
        verdict: The verdict on the part that decides: that with the strictest ends.
    """

    found: CaseClass
    filed: CaseClass
    mark: MarkSlug
    may_be_refused_by_other_law: bool
    verdict: Verdict

    def word(self, language: Language = ENGLISH) -> str:
        """Returns its word."""
        return word_of(self.found, language)

    def reason(self, language: Language = ENGLISH) -> str:
        """Returns why, in a sentence or two."""
        return why(self.verdict, language, is_short=True).text

    @property
    def barrier(self) -> Markup:
        """The picture of the verdict."""
        return barrier(self.found)


@attrs.frozen
class Deal:
    """A deal with its result under each of some laws."""

    record: Record
    results: tuple[Result, ...]

    @property
    def case(self) -> Scenario:
        """The part that decides under the last law, whose page a link opens."""
        return self.results[-1].verdict.original

    @property
    def code(self) -> str:
        """From where to where, as codes."""
        return "→".join(place or "?" for place in _places(self.record.first))

    def route(self, language: Language = ENGLISH) -> str:
        """Returns from where to where, and when, as far as known."""
        return route_of(self.record.first, language)


def route_of(case: Scenario, language: Language = ENGLISH) -> str:
    """Returns from where to where a case goes, and when, as far as known."""
    names = countries()
    places = " → ".join(language.say(names[place]) for place in _places(case) if place)
    first, last = ends_of(case.known_day)
    years = dict.fromkeys(str(day.year) for day in (first, last) if day)
    return ", ".join(filter(None, (places, "–".join(years))))


def told_route(case: Scenario, language: Language) -> str:
    """Returns who sold it, from where to where, and when, as far as known."""
    return " · ".join(filter(None, (case.names.get("exporter", ""), route_of(case, language))))


def year_of(case: Scenario) -> str:
    """Returns the year of the day of a case, the first of several; blank where it is not known."""
    first, _ = ends_of(case.known_day)
    return str(first.year) if first else ""


def _places(case: Scenario) -> tuple[str, str]:
    ends = case.exporter.country, case.destination.country or case.end_user.country
    return tuple(place if isinstance(place, str) and place in countries() else "" for place in ends)  # type: ignore[return-value]


def assessed(case: Scenario, law: Law) -> Verdict:
    """Returns the verdict on a case under a law, read on its day."""
    return assess(case, law.ruleset, as_of=law.day)


def deals_of(population: Population, laws: Sequence[Law], counting: Counting) -> Iterator[Deal]:
    """Yields each deal of a population with its results, by year."""
    found, filed = (
        [counting.count("refuse", population, law, facts=facts) for law in laws]
        for facts in ("undisputed", "filed")
    )
    for record in sorted(population, key=lambda item: year_of(item.first) or "9"):
        yield Deal(
            record,
            tuple(
                result_of(law, *([part[-1] for part in count.parts[record.id]] for count in pair))
                for law, *pair in zip(laws, found, filed, strict=True)
            ),
        )


def result_of(law: Law, parts: Sequence[Verdict], filed_parts: Sequence[Verdict]) -> Result:
    """Returns the result of a deal from the verdicts on its parts: disputes left open, and as filed."""
    found, filed = classify(parts), classify(filed_parts)
    is_proposal = law.ruleset.status == "proposal"
    is_refusable = bool(found.ends and found.ends[1] == "refuse" and not is_proposal)
    mark = mark_of(found, filed, is_proposal=is_proposal)
    reached = [part for part in parts if part.span]
    deciding = max(reached, key=attrgetter("span.low.rank", "span.high.rank")) if reached else parts[0]
    return Result(found, filed, mark, is_refusable and found.slug != "refuse", deciding)
