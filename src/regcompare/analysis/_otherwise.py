"""A case with some answers otherwise: which answer is told, and the scenario that states it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from regcompare.codes import code_matches
from regcompare.facts import CodeSet, Day, Fact, MemberSet, SetOf
from regcompare.readings.solver import Case
from regcompare.scenarios import Scenario, established, stating, with_stated
from regcompare.vocabulary import FACTS_DATE, Vocabulary

from .regimes import Possible

__all__ = ["answer_of", "with_values"]


def answer_of(cases: Possible, case: Case, name: str, before: Any, keys: Collection[str]) -> Any:
    """Returns the answer of a case to a fact, a power or a doubt, as a scenario states it.

    Args:
        cases: The possible cases that it was found among.
        case: The case.
        name: The fact, ``discretion.ID`` or ``reading.ID``.
        before: What the scenario answers already; of a set, what is not asked stays.
        keys: The questions of a set that are answered by the case; the others stay as they are.
    """
    fact = cases.solver.facts.get(name)
    if fact is None:
        (key,) = keys
        return case.answers[key]
    had = before if isinstance(before, MemberSet) else None
    if isinstance(fact, CodeSet):
        return _codes(cases, case, name, had)
    if isinstance(fact, SetOf):
        return _members(fact, case, had, keys)
    return told_answer(cases, fact, case.answers[name])


def told_answer(cases: Possible, fact: Fact, answer: Any) -> Any:
    """Returns the most ordinary of the answers that no condition tells apart from this one."""
    if isinstance(answer, bool) or isinstance(fact, Day):
        return answer
    return cases.alike(fact.key, answer)[0]


def _members(fact: SetOf[str], case: Case, had: MemberSet | None, keys: Collection[str]) -> MemberSet:
    asked = {key.partition(":")[2]: bool(case.answers[key]) for key in keys}
    had = had if had is not None else MemberSet((), fact.members)
    met = {member for member, truth in asked.items() if truth}
    return MemberSet((had.known - asked.keys()) | met, had.open - asked.keys())


def _codes(cases: Possible, case: Case, name: str, had: MemberSet | None) -> MemberSet:
    """The codes that the scenario has already, as far as they fit, and one for each that is missing."""
    patterns = cases.solver.patterns(name)

    def met_by(code: str) -> frozenset[str]:
        return frozenset(pattern for pattern in patterns if code_matches(code, pattern))

    wanted = {met_by(code): code for code in sorted(case.codes.get(name, ()))}
    own = {code: met_by(code) for code in (sorted(had.known | had.open) if had else ())}
    kept = [
        code
        for code, met in own.items()
        if met in wanted or (not met and had is not None and code in had.known)
    ]
    have = {own[code] for code in kept}
    return MemberSet([*kept, *(code for met, code in wanted.items() if met not in have)])


def with_values(scenario: Scenario, vocabulary: Vocabulary, values: Mapping[str, Any]) -> Scenario:
    """Returns the scenario with these answers stated; what was presumed besides stays as it was.

    Args:
        scenario: The scenario.
        vocabulary: The facts and what is ordinary.
        values: The fact or ``discretion.ID`` to its answer.
    """
    known = established(scenario, vocabulary)
    powers = {
        name.partition(".")[2]: answer
        for name, answer in values.items()
        if name.startswith("discretion.")
    }
    other = scenario.with_facts(*stating(values, vocabulary))
    if FACTS_DATE.key in values:
        other = attrs.evolve(other, date=values[FACTS_DATE.key])
    other = attrs.evolve(other, discretion={**scenario.discretion, **powers})
    now = established(other, vocabulary)
    moved = {
        key: answer
        for key, answer in known.values.items()
        if key not in values and now.values.get(key) != answer
    }
    presumed = {type(item): item for item in other.presumed}
    for stated in stating(moved, vocabulary):
        presumed[type(stated)] = with_stated(presumed.get(type(stated), type(stated)()), stated)
    return attrs.evolve(other, presumed=tuple(presumed.values()))
