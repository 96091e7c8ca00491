"""No two printed proofs contradict each other, or what any shipped case comes to, on any day of the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, TypeVar

import attrs
import pytest
from tests.support.shipped import CASES, CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, Span
from regcompare.logic.conditions import Condition, Term, days_asked, nodes, substitute
from regcompare.program.force import applicable_law
from regcompare.ruleset.ruleset import own_conditions
from regcompare.verdict.assess import assess_all
from regcompare.vocabulary import LAW_DATE
from regcompare_prove.frames import frame_for
from regcompare_prove.gaps import possible_gaps
from regcompare_prove.proofs import never_laxer
from regcompare_prove.regimes import PossibleCases, Regime, known_answers, read_regime
from regcompare_prove.standards import Asks, LicensingStandard, standards
from regcompare_prove.views.possible import gaps_sentence
from regcompare_prove.views.standards import brake_sentences
from regcompare_world import CH, UK, US_EAR, US_EAR_2024_PROPOSAL

LICENCE, BAN = Outcome.AUTHORISATION, Outcome.PROHIBITION
LAYERS = ("ordinary", "surveillance")
FIRST = dt.date(2021, 9, 9)
LAWS = (*CATALOGUE.rulesets.values(), CH, UK, US_EAR, US_EAR_2024_PROPOSAL)
"""Every ruleset, proposals and those that combine others included."""


def own_day(law: Ruleset) -> dt.date:
    """The day whose law a ruleset is read in by default; a day of the act where that is the case's."""
    return FIRST if law.reference_date == "scenario" else law.reference_date


def days_of_change() -> list[dt.date]:
    """The eve and the day of each change of acts, and in each year the last day on which a table changed."""
    parts = {part for law in LAWS for part in law.parts()}
    acts = {day for part in parts for day in part.days_of_change()}
    tables = {day for part in parts for day in days_asked(own_conditions(part), LAW_DATE.key)}
    by_year = {day.year: day for day in sorted(tables)}
    days = acts | {day - dt.timedelta(days=1) for day in acts} | {*by_year.values()}
    return sorted(day for day in days if any(law_in_force(law, day) for law in LAWS))


def law_in_force(law: Ruleset, day: dt.date) -> bool:
    """Whether a ruleset, with what it is based on, can be read on a day."""
    state = applicable_law(law, day, None, day)
    return state.in_force is not False and bool(state.base or not law.base)


@attrs.frozen(eq=False, slots=False)
class Day:
    """The proofs over all rulesets that can be read on a day, which share two solvers."""

    regimes: Sequence[Regime]

    @cached_property
    def every(self) -> PossibleCases:
        """Every possible case."""
        return frame_for(self.regimes)

    @cached_property
    def ordinary(self) -> PossibleCases:
        """Those of ordinary sales of surveillance technology."""
        return frame_for(self.regimes, presume=LAYERS)

    @property
    def pairs(self) -> Iterator[tuple[Regime, Regime]]:
        """Each pair, both ways."""
        return ((one, other) for one in self.regimes for other in self.regimes if one is not other)

    @cached_property
    def never_laxer(self) -> set[tuple[str, str]]:
        """The pairs of which the first is never laxer than the second."""
        outcomes = [outcome for outcome in Outcome if outcome > Outcome.NO_CONTROL]
        return {
            (one.ruleset.id, other.ruleset.id)
            for one, other in self.pairs
            if not any(
                self.every.can_be(other.at_least(outcome), ~one.at_least(outcome))
                for outcome in outcomes
            )
        }

    @cached_property
    def gapless(self) -> list[tuple[Regime, Regime]]:
        """The pairs of which the second needs no licence that the first does not, in ordinary sales."""
        return [
            (base, other)
            for base, other in self.pairs
            if self.ordinary.can_be(base.scope, other.scope)
            and not self.ordinary.can_be(base.below(LICENCE), other.at_least(LICENCE))
        ]

    @cached_property
    def standards(self) -> Mapping[str, tuple[LicensingStandard, ...]]:
        """What each ruleset says of licences for exports of items made to observe people."""
        return {item.ruleset.id: remembered("standards", item, column) for item in self.regimes}


def read_on(day: dt.date | None) -> Day:
    """The rulesets on one day, or each on its own."""
    laws = [law for law in LAWS if day is None or law_in_force(law, day)]
    return Day([read_regime(law, as_of=day or own_day(law)) for law in laws])


def contradictions(day: Day) -> list[str]:
    """What is printed of one ruleset and refuted by what is printed of others."""
    found = []
    for one, other in sorted(day.never_laxer):
        here, there = day.standards[one], day.standards[other]
        banned = here[0].asks is Asks.NOTHING and bans_all(day, one)
        if here[0].asks in (Asks.NOTHING, Asks.OUTSIDE) and not banned and licenses(there[0]):
            found.append(f"{one} needs no licence; {other}, to which it is never laxer, does")
    gapless = {(base.ruleset.id, other.ruleset.id) for base, other in day.gapless}
    for first, second in day.pairs:
        pair = first.ruleset.id, second.ruleset.id
        if pair in day.never_laxer and day.ordinary.can_be(first.scope, second.scope):
            found += [f"{pair}: never laxer, but with a gap"] * (pair not in gapless)
    return found


def licenses(cell: LicensingStandard) -> bool:
    """Whether some such export needs a licence, or one that must be refused."""
    return cell.asks in (Asks.LICENCE, Asks.REFUSAL)


def bans_all(day: Day, name: str) -> bool:
    """Whether a ruleset bans every such sale that it does not leave free."""
    (regime,) = (item for item in day.regimes if item.ruleset.id == name)
    return not day.ordinary.can_be(regime.at_least(LICENCE), ~regime.at_least(BAN))


def refuting_cases(day: Day) -> list[str]:
    """The shipped cases that are ordinary sales, and that come to what was proved of none."""
    found = []
    cases = [attrs.evolve(case, presume=(*case.presume, *LAYERS)) for case in CASES]
    cases = [
        case for case in cases if day.ordinary.answering(known_answers(case, day.ordinary)).can_be()
    ]
    ids = ",".join(case.id for case in cases)
    spans = {item: remembered(ids, item, partial(spans_of, cases)) for item in day.regimes}
    for case in cases:
        for regime in day.regimes:
            span = spans[regime][case.id]
            if day.standards[regime.ruleset.id][0].asks is Asks.NOTHING and span:
                found += [f"{case.id} under {regime.ruleset.id}"] * (
                    LICENCE <= span.low <= span.high < BAN
                )
        for base, other in day.gapless:
            lets, stops = spans[base][case.id], spans[other][case.id]
            if lets and stops and lets.high < LICENCE <= stops.low:
                found.append(f"{case.id} under {other.ruleset.id}, not under {base.ruleset.id}")
    return found


def remembered(name: str, regime: Regime, work_out: Callable[[Regime], Result]) -> Result:
    """What is worked out of a ruleset once for all days on which its text is the same."""
    text = name, regime.ruleset.id, *without_terms([regime.in_scope, regime.in_force, *regime.holds])
    if text not in REMEMBERED:
        REMEMBERED[text] = work_out(regime)
    found: Result = REMEMBERED[text]
    return found


def without_terms(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """What conditions mean: a term is made anew for each day, and the same parts are the same node."""
    meant: dict[Condition, Condition] = {}
    for node in nodes(conditions):
        if isinstance(node, Term):
            meant[node] = substitute(node.condition, meant)
    return tuple(substitute(condition, meant) for condition in conditions)


REMEMBERED: dict[tuple[Any, ...], Any] = {}
Result = TypeVar("Result")


def column(regime: Regime) -> tuple[LicensingStandard, ...]:
    """The standards of a ruleset on the day of the regime."""
    return standards([regime.ruleset], as_of=regime.as_of or FIRST).of(regime.ruleset.id)


def spans_of(cases: Sequence[Scenario], regime: Regime) -> Mapping[str, Span | None]:
    """The result of each case under a ruleset on the day of the regime; None if it is not certain to apply."""
    return {
        verdict.scenario.id: verdict.span if verdict.in_scope and verdict.in_force is not False else None
        for verdict in assess_all(cases, regime.ruleset, as_of=regime.as_of or FIRST)
    }


OWN_DAYS = read_on(None)
"""Each ruleset on its own day, as the commands read it."""


def test_nothing_is_proved_of_nothing() -> None:
    """Each ruleset covers some ordinary sale, so that what is proved of all of them is proved of one."""
    uncovered = [
        item.ruleset.id for item in OWN_DAYS.regimes if not OWN_DAYS.ordinary.can_be(item.scope)
    ]

    assert uncovered == []


@pytest.mark.thorough
def test_what_is_printed_on_the_reference_days_agrees() -> None:
    """Standards, gaps and the proofs that one ruleset is never laxer than another."""
    assert len(OWN_DAYS.never_laxer) > 10
    assert len(OWN_DAYS.gapless) > 10
    assert contradictions(OWN_DAYS) == []


@pytest.mark.thorough
def test_no_shipped_case_is_what_was_proved_of_none() -> None:
    """Each case in the domain of a printed "none", by plain assessment."""
    assert refuting_cases(OWN_DAYS) == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("base", "other"),
    [("eu-law-2021", "eu-2021-821"), ("eu-2021-821", "eu-law-2021"), ("amnesty", "uk")],
)
def test_the_printed_sentences_are_these_proofs(base: str, other: str) -> None:
    """What a reader sees is what the solvers of the whole day show."""
    one, two = (next(law for law in LAWS if law.id == name) for name in (base, other))
    sentence = gaps_sentence(possible_gaps(one, two, presume=LAYERS))
    gapless = {(first.ruleset.id, second.ruleset.id) for first, second in OWN_DAYS.gapless}

    assert ("none needs a licence" in sentence) is ((base, other) in gapless)
    assert never_laxer(one, two).holds is ((base, other) in OWN_DAYS.never_laxer)
    assert brake_sentences(standards([one])) != brake_sentences(standards([two]))


@pytest.mark.thorough
@pytest.mark.parametrize("day", days_of_change(), ids=str)
def test_what_is_printed_on_the_days_of_change_agrees(day: dt.date) -> None:
    """The same on the eve and the day of each change of acts, and once a year of the tables."""
    on_day = read_on(day)

    assert contradictions(on_day) == []
    assert refuting_cases(on_day) == []
    for item in on_day.regimes:
        assert on_day.ordinary.can_be(item.in_force), item.ruleset.id
