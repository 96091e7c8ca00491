"""Frames: the possible cases under consideration, and the one that departs least from an ordinary case.

The ordinary answer is the one that the fact declares; else no, none, or no use of a power; else, for a
choice or a country, the first listed.  An ordinary case is in the scope of the regimes, if one can be.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import attrs

from regcompare.facts import CodeSet, Country, Fact, Same
from regcompare.logic.conditions import TRUE, Condition, Holds, OneOf, all_of, any_of, questions, walk
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import Assumption

from .encoding import KnownAnswers
from .regimes import PossibleCases, Regime, known_answers, one_of_codes, possible_cases
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
    """Each fact whose ordinary answer repeats that of another, with the other."""
    facts, cells = cases.solver.facts, cases.solver.cells
    copies = ((fact, fact.ordinary.fact) for fact in facts.values() if isinstance(fact.ordinary, Same))
    return [(fact, facts[copied]) for fact, copied in copies if {fact.key, copied} <= cells.keys()]


# ordinary answers taken as given --------------------------------------------------------------------


def presumed_answers(cases: PossibleCases, layers: Iterable[str]) -> tuple[KnownAnswers, Condition]:
    """Returns what layers of presumptions take as given.

    Returns:
        The presumed answers; and the condition that copied answers are copied, and that conditional
        assumptions hold where they apply.
    """
    scenario = Scenario(id="ordinary", presume=tuple(layers))
    copiers: dict[str, list[str]] = {}
    for fact, copied in _copies(cases):
        copiers.setdefault(copied.key, []).append(fact.key)
    copying = (_equal_answers(cases, *item) for item in copiers.items())
    assumptions = (item for item in cases.vocabulary.assumptions if item.layer in scenario.presume)
    conditional = (item for item in assumptions if item.when is not None)
    assumed = (condition for item in conditional for condition in _assumed_conditions(cases, item))
    return known_answers(scenario, cases), all_of(TRUE, *copying, *assumed)


def _assumed_conditions(cases: PossibleCases, item: Assumption) -> list[Condition]:
    """An assumption as conditions, one for each question of its fact."""
    fact = cases.vocabulary.fact(item.fact)
    answer = item.answer_to(fact)
    conditions: list[Condition] = []
    for question in cases.solver.questions.about.get(item.fact, ()):
        truth = fact.truth(answer, question.member)
        if isinstance(truth, str):
            conditions.append(OneOf(question, frozenset({truth})))
        elif truth is not None:
            conditions.append(Holds(question) if truth else ~Holds(question))
    if isinstance(fact, CodeSet) and item.when is not None:
        conditions.append(one_of_codes(fact, answer))
    return conditions if item.when is None else [~item.when | condition for condition in conditions]


def plausible(cases: PossibleCases, layers: Container[str], given: KnownAnswers) -> Condition:
    """Returns the condition that sets agree with layers of presumptions.

    Assumptions that the given answers contradict are left out, and so are those about open questions.
    """
    facts, answers = cases.vocabulary, given.answers
    items = (item for item in facts.assumptions if item.layer in layers and facts.fact(item.fact).is_set)
    conditions = (
        condition
        for item in items
        for condition in _assumed_conditions(cases, item)
        if item.when is not None or questions([condition]).keys() <= answers.keys()
    )
    return all_of(TRUE, *(item for item in conditions if walk(item, answers).truth is not False))


def _equal_answers(cases: PossibleCases, copied: str, copiers: list[str]) -> Condition:
    """The condition that all of these questions have the same answer."""
    solver, fact = cases.solver, cases.solver.facts[copied]
    alike = [solver.questions[key] for key in (copied, *copiers)]
    cells = [
        {word: cell for cell in solver.cells[item.key] for word in cell.equivalents} for item in alike
    ]
    words = fact.labels() if isinstance(fact, Country) else ()
    common = (word for word in words if all(word in cell_of for cell_of in cells))
    classes = dict.fromkeys(tuple(cell_of[word].equivalents for cell_of in cells) for word in common)
    pairs = (zip(alike, equivalents, strict=True) for equivalents in classes)
    return any_of(*(all_of(*(OneOf(item, frozenset(group)) for item, group in each)) for each in pairs))


_LAYERS_IN_WORDS = {
    "ordinary": "standard assumptions",
    "surveillance": "the standard assumptions for a sale of surveillance technology",
}


def frame_for(
    regimes: Sequence[Regime],
    given: Scenario | None = None,
    *,
    extra: Iterable[Condition] = (),
    presume: Iterable[str] = (),
) -> PossibleCases:
    """Returns the possible cases under regimes, with what is taken as given.

    Args:
        regimes: The regimes.
        given: A case whose facts are taken as given; the facts that it leaves open are free.
        extra: As for ``possible_cases``.
        presume: Layers of presumptions that are taken as given, as a file names them: ``ordinary``,
            ``surveillance``.

    Raises:
        UsageError: The extra ``prove`` is missing.
    """
    layers, words = tuple(presume), list[str]()
    cases = possible_cases(regimes, extra, presume=layers)
    known, condition = presumed_answers(cases, layers) if layers else (KnownAnswers(), TRUE)
    if layers:
        words.append(_LAYERS_IN_WORDS[layers[-1]])
    if given is not None:
        known = known.updated(known_answers(given, cases))
        words.append(f"the facts of {given.id}")
    return attrs.evolve(cases, given=known, condition=condition, words=" and ".join(words))
