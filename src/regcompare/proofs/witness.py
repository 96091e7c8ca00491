"""A possible case told as a scenario: the least that must be stated to show what it claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, Day, Fact, MemberSet, Same
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import CORE_SECTIONS, Scenario, sections_stating
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE

from .regimes import KnownAnswers, PossibleCases, Regime
from .solver import NOTHING, Case

Results = list[tuple[str, ...]] | None
"""For each regime the result, whether it is in scope, the rules that hold; None of what cannot be."""


def identifier(title: str) -> str:
    """Returns a title as the id of a scenario."""
    return "-".join("".join(mark if mark.isalnum() else " " for mark in title.lower()).split())


def told(
    possible: PossibleCases,
    case: Case,
    *,
    scenario_id: str,
    title: str,
    summary: str = "",
    given: KnownAnswers = NOTHING,
) -> Scenario:
    """Returns a case as a scenario that states no more than it must.

    Answers of an ordinary transaction are presumed, not stated; every other answer that the results do
    not hang on is left out.  What each regime gives for it is written as its expectation, so that
    ``regcompare check`` verifies it.

    Args:
        possible: The possible cases that it was found among.
        case: The case.
        scenario_id: The id of the scenario.
        title: What it shows, in a line.
        summary: What it shows, in plain words.
        given: What was given when it was found; of answers that no condition tells apart the case
            keeps those.
    """
    values = _values(possible, case, given.answers)
    asked = possible.solver.questions.values()
    scenario = Scenario(
        id=scenario_id,
        title=title,
        date=values.pop(FACTS_DATE.key, None),
        presume="ordinary",
        discretion={item.power: case.answers[item.key] for item in asked if item.power},
    )
    full = scenario.with_facts(*sections_stating(values, possible.vocabulary))
    readings = needed_readings(readings_of(case, possible.regimes), full, possible.regimes)
    short = _shortened(full, possible, values, readings)
    # Where the default readings would not do, the summary says which are needed to see what it shows.
    unusual = unusual_readings(readings, possible.regimes)
    options = " ".join(f"--reading {name}={reading}" for name, reading in unusual.items())
    said = [*([summary] if summary else []), *([f"Run it with {options}."] if options else [])]
    expect = tuple(_expectations(short, possible.regimes, readings))
    return attrs.evolve(short, summary=" ".join(said), expect=expect)


def verdicts(
    scenario: Scenario, regimes: Sequence[Regime], readings: Mapping[str, str] | None = None
) -> list[Verdict]:
    """Returns what each regime gives for a scenario, with the readings that were taken.

    Args:
        scenario: The scenario.
        regimes: The regimes.
        readings: Readings of the doubts that the regimes leave open, by id.
    """
    chosen = readings or {}
    return [
        assess(
            scenario,
            item.ruleset,
            as_of=item.as_of or "scenario",
            readings={
                doubt.id: reading or chosen.get(doubt.id, "open") for doubt, reading in item.assumed
            },
        )
        for item in regimes
    ]


def readings_of(case: Case, regimes: Sequence[Regime]) -> dict[str, str]:
    """Returns the readings that a case takes of the doubts that some regimes leave open, by id."""
    left_open = dict.fromkeys(
        doubt for item in regimes for doubt, reading in item.assumed if reading is None
    )
    taken = {doubt.id: case.answers.get(doubt.key, doubt.default) for doubt in left_open}
    return {name: reading for name, reading in taken.items() if reading != "open"}


def needed_readings(
    readings: Mapping[str, str], scenario: Scenario, regimes: Sequence[Regime]
) -> dict[str, str]:
    """Returns the readings without the answers about unread law that no result depends on."""
    needed = dict(readings)
    wanted = _results(scenario, regimes, needed)
    doubts = {doubt.id: doubt.asked for item in regimes for doubt, _ in item.assumed}
    for name in (name for name in readings if doubts[name].rule):
        fewer = {other: reading for other, reading in needed.items() if other != name}
        found = _results(scenario, regimes, fewer)
        # The results are the same, but for whether that rule itself holds.
        rule = doubts[name].rule
        same = [tuple(item for item in one if item != rule) for one in wanted or ()]
        if found is not None and found == same:
            needed = fewer
    return needed


def unusual_readings(readings: Mapping[str, str], regimes: Sequence[Regime]) -> dict[str, str]:
    """Returns the readings taken, or found, that are not those assumed by default."""
    taken = {
        doubt: reading or readings.get(doubt.id) for item in regimes for doubt, reading in item.assumed
    }
    return {
        doubt.id: reading for doubt, reading in taken.items() if reading not in (None, doubt.default)
    }


def _values(possible: PossibleCases, case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """Each fact that was asked about with its answer as a scenario states it.

    Of answers that no condition tells apart it is the one given; else the one that an ordinary
    transaction repeats; else the commonest.
    """
    chosen: dict[str, Any] = {}
    for fact in (FACTS_DATE, *possible.vocabulary.facts()):
        asked = possible.solver.questions.about.get(fact.key)
        if not asked:
            continue
        if isinstance(fact, CodeSet):
            chosen[fact.key] = MemberSet(case.codes.get(fact.key, ()))
        elif fact.is_set:
            chosen[fact.key] = MemberSet(item.member for item in asked if case.answers[item.key])
        else:
            answer = case.answers[fact.key]
            repeated = chosen.get(fact.ordinary.fact) if isinstance(fact.ordinary, Same) else None
            wanted = (given.get(fact.key), repeated, *possible.ordinary_answers.get(fact.key, ()))
            told = (one for one in wanted if one is not None and _are_alike(possible, fact, one, answer))
            chosen[fact.key] = answer if fact.kind == "yes_no" else next(told, answer)
    return chosen


def _are_alike(possible: PossibleCases, fact: Fact, one: Any, other: Any) -> bool:
    """Whether no condition tells two answers apart."""
    solver = possible.solver
    if isinstance(fact, Day):
        return all((one >= day) is (other >= day) for day in solver.turns[fact.key])
    return any({one, other} <= {*cell.stands_for} for cell in solver.cells[fact.key])


def _shortened(
    scenario: Scenario, possible: PossibleCases, values: Mapping[str, Any], readings: Mapping[str, str]
) -> Scenario:
    """The scenario without each answer that no result hangs on, powers first, then the last facts."""
    wanted = _results(scenario, possible.regimes, readings)
    bare = attrs.evolve(
        scenario, **{name: type(getattr(scenario, name))() for name in CORE_SECTIONS}, more=()
    )

    def telling(stated: Collection[str]) -> Scenario:
        powers = {name: answer for name, answer in scenario.discretion.items() if name in stated}
        facts = {key: value for key, value in values.items() if key in stated}
        return attrs.evolve(bare, discretion=powers).with_facts(
            *sections_stating(facts, possible.vocabulary)
        )

    stated = [*values, *scenario.discretion]
    blocks = [stated[::-1]]
    while blocks:
        block = blocks.pop()
        fewer = [item for item in stated if item not in block]
        trial = telling(fewer)
        each = zip(possible.regimes, wanted or (), strict=False)
        # The first regime that gives something else decides.
        if all(_results(trial, [item], readings) == [one] for item, one in each):
            stated = fewer
        elif (half := len(block) // 2) > 0:
            blocks += [block[half:], block[:half]]
    return telling(stated)


def _results(scenario: Scenario, regimes: Sequence[Regime], readings: Mapping[str, str]) -> Results:
    """What the regimes give; None where what is presumed contradicts what is stated."""
    try:
        found = verdicts(scenario, regimes, readings)
    except UsageError:
        return None
    return [
        (verdict.result, str(verdict.in_scope), *(finding.rule.id for finding in verdict.holding))
        for verdict in found
    ]


def _expectations(
    scenario: Scenario, regimes: Sequence[Regime], readings: Mapping[str, str]
) -> Iterator[Expectation]:
    """What each regime gives; nothing where that rests on a reading that no file can choose."""
    for item, verdict in zip(regimes, verdicts(scenario, regimes, readings), strict=True):
        day: dt.date | Literal["scenario"] = item.as_of or "scenario"
        as_of = None if day == item.ruleset.reference_date else day
        plain = assess(scenario, item.ruleset, as_of=as_of)
        if (plain.result, plain.in_scope) != (verdict.result, verdict.in_scope):
            continue
        if verdict.span:
            yield Expectation(ruleset=item.ruleset.id, low=verdict.low, high=verdict.high, as_of=as_of)
        else:
            yield Expectation(ruleset=item.ruleset.id, as_of=as_of, in_scope=False)
