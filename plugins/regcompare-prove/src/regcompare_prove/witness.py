"""Writes a possible case as a scenario that states only what it must to show its claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, Day, Fact, MemberSet, Same, SetOf
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import Between, Condition
from regcompare.logic.questions import PowerQuestion, Question, TextQuestion
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE

from .minimal import minimal_case
from .regimes import PossibleCases, Regime
from .solver import Case

_NO_MEMBER = MemberSet()

Results = list[tuple[str, ...]] | None
"""The result under each regime, whether in scope, and the rules that hold; None if contradictory."""


@attrs.frozen(eq=False)
class Witness:
    """The smallest, most ordinary case that shows something, as a scenario that loads.

    Attributes:
        scenario: The case; it states no more than it must.
        departs: The facts in which it departs from an ordinary case.
        readings: The readings of open doubts, by id, without which the case does not show its claim.
    """

    scenario: Scenario
    departs: tuple[str, ...]
    readings: Mapping[str, str]


def smallest_witness(cases: PossibleCases, condition: Condition, title: str) -> Witness | None:
    """Returns the smallest case that meets a condition as a scenario, or None, which is a proof.

    The title says in a line what it shows.
    """
    minimal = minimal_case(cases, condition)
    return witness_of(cases, minimal.case, title, minimal.departs) if minimal else None


def witness_of(cases: PossibleCases, case: Case, title: str, departs: tuple[str, ...] = ()) -> Witness:
    """Returns a case as a scenario that states no more than it must.

    Ordinary answers are presumed, not stated; of the others, those on which no result depends are left
    out.
    """
    values = _values(cases, case)
    questions = cases.solver.questions.values()
    powers = (item for item in questions if isinstance(item, PowerQuestion))
    scenario = Scenario(
        id="-".join(re.findall(r"[^\W_]+", title.lower())), title=title, presume="ordinary",
        discretion={item.id: case.answers[item.key] for item in powers},
    ).on(values.pop(FACTS_DATE.key, None))  # fmt: skip
    full_scenario = scenario.stating(cases.vocabulary.answers(values))
    assumed = dict.fromkeys(pair for regime in cases.regimes for pair in regime.assumed)
    open_doubts = [doubt for doubt, reading in assumed if reading is None]
    options = {doubt.id: case.answers.get(doubt.key, doubt.default) for doubt in open_doubts}
    chosen = {name: reading for name, reading in options.items() if reading != "open"}
    readings = _needed_readings(chosen, full_scenario, cases.regimes)
    return Witness(_shortened(full_scenario, cases, values, readings), departs, readings)


def assess_regimes(
    scenario: Scenario, regimes: Sequence[Regime], readings: Mapping[str, str] | None = None
) -> list[Verdict]:
    """Assesses a scenario under each regime, with readings of the doubts that the regimes leave open."""
    chosen = readings or {}
    verdicts = []
    for regime in regimes:
        own = {item.id: reading or chosen.get(item.id, "open") for item, reading in regime.assumed}
        verdicts.append(assess(scenario, regime.ruleset, as_of=regime.as_of or "scenario", readings=own))
    return verdicts


def _needed_readings(
    readings: Mapping[str, str], scenario: Scenario, regimes: Sequence[Regime]
) -> dict[str, str]:
    """Returns readings without those of unread law on which no result depends."""
    needed = dict(readings)
    results = _results(scenario, regimes, needed)
    questions = {doubt.id: doubt.asked for item in regimes for doubt, _ in item.assumed}
    for name in readings:
        if not isinstance(unread := questions[name], TextQuestion):
            continue
        fewer = {other: reading for other, reading in needed.items() if other != name}
        fewer_results = _results(scenario, regimes, fewer)
        # The results are the same, but for whether that rule itself holds.
        unchanged = [tuple(item for item in result if item != unread.rule) for result in results or ()]
        if fewer_results is not None and fewer_results == unchanged:
            needed = fewer
    return needed


def unusual_readings(readings: Mapping[str, str], regimes: Sequence[Regime]) -> dict[str, str]:
    """Returns the readings of the regimes, or of a case where these are open, that are not defaults."""
    assumed = dict(pair for regime in regimes for pair in regime.assumed)
    chosen = {doubt: reading or readings.get(doubt.id) for doubt, reading in assumed.items()}
    return {item.id: reading for item, reading in chosen.items() if reading not in (None, item.default)}


def _values(cases: PossibleCases, case: Case) -> dict[str, Any]:
    """The answers of a case to the facts asked about, as a scenario states them.

    Among equivalent answers it is the given one, else the one that an ordinary transaction repeats, else
    the most ordinary.
    """
    values: dict[str, Any] = {}
    for fact in (FACTS_DATE, *cases.vocabulary.facts()):
        if asked := cases.solver.questions.about.get(fact.key):
            copied = values.get(fact.ordinary.fact) if isinstance(fact.ordinary, Same) else None
            preferred = (cases.given.answers.get(fact.key), copied)
            values[fact.key] = stated_answer(cases, case, fact, asked, preferred=preferred)
    return values


def stated_answer(
    cases: PossibleCases,
    case: Case,
    fact: Fact,
    asked: Iterable[Question],
    *,
    before: Any = _NO_MEMBER,
    preferred: Iterable[Any] = (),
) -> Any:
    """Returns the answer of a case to a fact, as a scenario states it.

    What the questions do not ask about stays in a set as ``before``.  Preferred answers come before an
    ordinary one, where no condition distinguishes them.
    """
    if isinstance(fact, CodeSet):
        return _codes(cases, case, fact, before if isinstance(before, MemberSet) else _NO_MEMBER)
    if isinstance(fact, SetOf):
        before = before if isinstance(before, MemberSet) else MemberSet((), fact.members)
        truths = {question.member: bool(case.answers[question.key]) for question in asked}
        members = {member for member, truth in truths.items() if truth}
        return MemberSet((before.known - truths.keys()) | members, before.open - truths.keys())
    answer = case.answers[fact.key]
    if isinstance(answer, bool):
        return answer
    preferred = (*preferred, *cases.ordinary_answers.get(fact.key, ()))
    stated = (item for item in preferred if item is not None)
    return next((item for item in stated if _are_equivalent(cases, fact, item, answer)), answer)


def _codes(cases: PossibleCases, case: Case, fact: CodeSet, earlier: MemberSet) -> MemberSet:
    """The codes that the scenario has already, as far as they fit, and one for each missing one.

    A code that may mean one of several, or none, fits no case: it leaves open which it is.
    """
    patterns = cases.solver.patterns[fact.key]

    def matches(code: str) -> frozenset[str]:
        return frozenset(pattern for pattern in patterns if code_matches(code, pattern))

    required = {matches(code): code for code in sorted(case.codes.get(fact.key, ()))}
    matched = {
        code: matches(code)
        for code in sorted(earlier.known | earlier.open)
        if None not in {fact.falls(code, pattern) for pattern in patterns}
    }
    fitting = [
        code for code, of in matched.items() if of in required or (not of and code in earlier.known)
    ]
    covered = {matched[code] for code in fitting}
    return MemberSet([*fitting, *(code for of, code in required.items() if of not in covered)])


def _are_equivalent(cases: PossibleCases, fact: Fact, one: Any, other: Any) -> bool:
    """Tells whether no condition distinguishes two answers."""
    solver = cases.solver
    if isinstance(fact, Day):
        if isinstance(one, Between):  # A span is no answer that a case could state here.
            return False
        return all((one >= day) is (other >= day) for day in solver.thresholds[fact.key])
    return any({one, other} <= {*cell.equivalents} for cell in solver.cells[fact.key])


def _shortened(
    scenario: Scenario, cases: PossibleCases, values: Mapping[str, Any], readings: Mapping[str, str]
) -> Scenario:
    """The scenario without the answers on which no result depends; powers go first, then late facts."""
    results = _results(scenario, cases.regimes, readings)
    answers = cases.vocabulary.answers(values)

    def stating(stated: Collection[str]) -> Scenario:
        powers = {name: answer for name, answer in scenario.discretion.items() if name in stated}
        facts = {key: value for key, value in answers.items() if key in stated}
        return attrs.evolve(scenario, facts=facts, discretion=powers)

    stated = [*values, *scenario.discretion]
    blocks = [stated[::-1]]
    while blocks:
        block = blocks.pop()
        fewer = [regime for regime in stated if regime not in block]
        trial = stating(fewer)
        expected_results = zip(cases.regimes, results or (), strict=False)
        # The first regime that gives something else decides.
        if all(_results(trial, [regime], readings) == [result] for regime, result in expected_results):
            stated = fewer
        elif (half := len(block) // 2) > 0:
            blocks += [block[half:], block[:half]]
    return stating(stated)


def _results(scenario: Scenario, regimes: Sequence[Regime], readings: Mapping[str, str]) -> Results:
    """The results under the regimes; None where presumed facts contradict stated ones."""
    try:
        regime_verdicts = assess_regimes(scenario, regimes, readings)
    except UsageError:
        return None
    return [
        (verdict.result, str(verdict.in_scope), *(finding.rule.id for finding in verdict.holding))
        for verdict in regime_verdicts
    ]
