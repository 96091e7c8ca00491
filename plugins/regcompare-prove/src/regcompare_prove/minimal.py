"""The possible case that departs least from an ordinary one.

The ordinary answer is the one that the fact declares; else no, none, or no use of a power; else, for a
choice or a country, the first listed.  An ordinary case is in the scope of the regimes, if one can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

import attrs

from regcompare.facts import Fact, Same
from regcompare.logic.conditions import TRUE, Condition, all_of

from .encoding import KnownAnswers
from .regimes import PossibleCases, Regime
from .solver import Case, Preference, Solver


@attrs.frozen(eq=False, slots=False)
class MinimalCase:
    """A case that departs from an ordinary one in as few answers as any that meets a condition.

    Attributes:
        departs: The facts in which it departs, including doubts and powers; a country that repeats the
            destination by default departs together with it.
    """

    departs: tuple[str, ...]
    _cases: PossibleCases
    _condition: Condition
    _unchanged: KnownAnswers

    @cached_property
    def case(self) -> Case:
        """The most ordinary such case; answers that may repeat those of other facts do so."""
        cases, solver, given = self._cases, self._cases.solver, self._cases.given
        case = solver.reachable(self._condition, self._unchanged, prefer=cases.preferences)
        assert case is not None, "the solver has just proved that there is one"
        answers = case.answers
        copied_by = {fact.key: copied.key for fact, copied in _copies(cases)}
        repeating = [
            Preference(key, cases.equivalent_answers(copied, answers[copied]))
            for key, copied in copied_by.items()
            if key not in given.answers
        ]
        if not repeating:
            return case
        free = {preference.key for preference in repeating}
        fixed = KnownAnswers({key: answer for key, answer in answers.items() if key not in free})
        prefer = [*repeating, *cases.preferences]
        return solver.reachable(self._condition, fixed.updated(given), prefer=prefer) or case


def minimal_case(cases: PossibleCases, condition: Condition) -> MinimalCase | None:
    """Returns the smallest, most ordinary case that meets a condition, or None, which is a proof.

    No possible case that meets the condition has fewer answers that are not ordinary.  Each member of a
    set is an answer; a set of codes is one answer; given answers do not count.  Among equally small
    cases, earlier preferences win.  Where it can, the case meets the condition whether or not law that
    nobody read is in the text.
    """
    condition, given = all_of(cases.condition, condition), cases.given
    despite = cases.despite_unread(condition)
    if cases.can_be(despite):
        condition = despite
    elif not cases.can_be(condition):
        return None
    ordinary = _ordinary_answers(cases.solver, cases.preferences, cases.regimes)
    code_sets = {preference.key for preference in cases.preferences if not preference.answers}
    copied_by = {fact.key: copied.key for fact, copied in _copies(cases)}
    # Patterns of a set of codes count as one answer; so do a country and its copies.
    groups: dict[str, list[str]] = {}
    for key in ordinary:
        name = cases.solver.questions[key].fact
        group = groups.setdefault(name if name in code_sets else copied_by.get(key, key), [])
        group += [key] if key not in given.answers else []
    free = {name: keys for name, keys in groups.items() if keys}
    start = KnownAnswers(ordinary).updated(given)
    changed = cases.solver.fewest(condition, start, free)
    assert changed is not None, "some case meets the condition"
    names = dict.fromkeys(cases.solver.name_of(name) for name in free if name in changed)
    open_keys = {key for name in changed for key in free[name]}
    kept = {key: answer for key, answer in start.answers.items() if key not in open_keys}
    return MinimalCase(tuple(names), cases, condition, KnownAnswers(kept, start.codes))


@lru_cache(maxsize=16)
def _ordinary_answers(
    solver: Solver, preferences: tuple[Preference, ...], regimes: tuple[Regime, ...]
) -> Mapping[str, Any]:
    """The answers of the most ordinary case to the questions that have an ordinary answer."""
    scope = all_of(*(item.scope for item in regimes))
    case = solver.reachable(scope, prefer=preferences) or solver.reachable(TRUE, prefer=preferences)
    assert case is not None, "contradictory constraints leave no possible case"
    answers: dict[str, Any] = {}
    for preference in preferences:
        keys = [preference.key]
        if not preference.answers:
            keys = [question.key for question in solver.questions.about.get(preference.key, ())]
        answers.update((key, case.answers[key]) for key in keys)
    return answers


def _copies(cases: PossibleCases) -> list[tuple[Fact, Fact]]:
    """Lists each fact whose ordinary answer repeats that of another, with the other."""
    facts, cells = cases.solver.facts, cases.solver.cells
    copies = ((fact, fact.ordinary.fact) for fact in facts.values() if isinstance(fact.ordinary, Same))
    return [(fact, facts[copied]) for fact, copied in copies if {fact.key, copied} <= cells.keys()]
