"""Ordinary cases, and the case that departs from an ordinary one in the fewest answers.

The ordinary answer is the one that the fact declares; else no, none, or no use of a power; else, for a
choice or a country, the answer that most documented cases state.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import Any

import attrs

from regcompare.facts import CodeSet, Country, Fact, Same
from regcompare.logic.conditions import TRUE, Condition, Holds, OneOf, all_of, any_of, questions, walk
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import Assumption

from .regimes import KnownAnswers, PossibleCases, known_answers, one_of_codes
from .solver import NOTHING, Case, Preference


@attrs.frozen
class MinimalCase:
    """A case that departs from an ordinary one in as few answers as any that meets a condition.

    Attributes:
        case: The case.
        departs: The facts in which it departs, including doubts and powers; a country that repeats the
            destination by default departs together with it.
    """

    case: Case
    departs: tuple[str, ...]


def minimal_case(
    cases: PossibleCases, condition: Condition, given: KnownAnswers = NOTHING
) -> MinimalCase | None:
    """Returns the smallest, most ordinary case that meets a condition, or None, which is a proof.

    No possible case that meets the condition has fewer answers that are not ordinary.  Each member of a
    set is an answer; a set of codes is one answer.  Among equally small cases, earlier preferences win.

    Args:
        cases: The possible cases.
        condition: The condition that the case must meet.
        given: Answers that it must have; they do not count as departures.
    """
    if not cases.can_be(condition, given=given):
        return None
    ordinary = _ordinary_answers(cases)
    code_sets = {preference.key for preference in cases.preferences if not preference.answers}
    copied_by = {fact.key: copied.key for fact, copied in _copies(cases)}
    # Patterns of a set of codes count as one answer; so do a country and its copies.
    groups: dict[str, list[str]] = {}
    for key in ordinary:
        name = cases.solver.questions[key].fact
        group = groups.setdefault(name if name in code_sets else copied_by.get(key, key), [])
        group += [key] if key not in given.answers else []
    free = {name: keys for name, keys in groups.items() if keys}
    solution = cases.solver.fewest(
        condition, KnownAnswers(ordinary).updated(given), free, prefer=cases.preferences
    )
    assert solution is not None
    case, changed = solution
    departs = (cases.solver.name_of(name) for name in free if name in changed)
    return MinimalCase(_with_copies(cases, condition, case, given), tuple(dict.fromkeys(departs)))


@lru_cache(maxsize=16)
def _ordinary_answers(cases: PossibleCases) -> Mapping[str, Any]:
    """The answers of the most ordinary case to the questions that have an ordinary answer."""
    case = cases.ordinary(TRUE)
    assert case is not None, "contradictory constraints leave no possible case"
    answers: dict[str, Any] = {}
    for preference in cases.preferences:
        keys = [preference.key]
        if not preference.answers:
            keys = [question.key for question in cases.solver.questions.about.get(preference.key, ())]
        answers.update((key, case.answers[key]) for key in keys)
    return answers


def _copies(cases: PossibleCases) -> list[tuple[Fact, Fact]]:
    """Each fact whose ordinary answer repeats that of another, with the other."""
    facts, cells = cases.solver.facts, cases.solver.cells
    pairs = (
        (fact, facts[fact.ordinary.fact]) for fact in facts.values() if isinstance(fact.ordinary, Same)
    )
    return [(fact, copied) for fact, copied in pairs if fact.key in cells and copied.key in cells]


def _with_copies(cases: PossibleCases, condition: Condition, case: Case, given: KnownAnswers) -> Case:
    """The case in which each answer that may repeat that of another fact does so."""
    copied_by = {fact.key: copied.key for fact, copied in _copies(cases)}
    free = {key: copied for key, copied in copied_by.items() if key not in given.answers}
    if not free:
        return case
    fixed = {key: answer for key, answer in case.answers.items() if key not in free}
    prefer = [
        Preference(key, cases.equivalent_answers(copied, case.answers[copied]))
        for key, copied in free.items()
    ]
    with_copies = cases.solver.reachable(
        condition, KnownAnswers(fixed).updated(given), prefer=[*prefer, *cases.preferences]
    )
    return with_copies or case


# ordinary answers taken as given --------------------------------------------------------------------


def presumed_answers(cases: PossibleCases, layers: Iterable[str]) -> tuple[KnownAnswers, Condition]:
    """Returns what layers of presumptions take as given.

    Returns:
        The presumed answers; and the condition that copied answers are copied, and that conditional
        assumptions hold where they apply.
    """
    scenario = Scenario(id="ordinary", presume=tuple(layers))
    given = known_answers(scenario, cases)
    copiers_by_copied: dict[str, list[str]] = {}
    for fact, copied in _copies(cases):
        copiers_by_copied.setdefault(copied.key, []).append(fact.key)
    copy_conditions = (_equal_answers(cases, key, copiers) for key, copiers in copiers_by_copied.items())
    # Assumptions that depend on another fact, question by question.
    items = (item for item in cases.vocabulary.assumptions if item.when is not None)
    assumption_conditions = (
        condition
        for item in items
        if item.layer in scenario.presume
        for condition in _assumed_conditions(cases, item)
    )
    return given, all_of(TRUE, *copy_conditions, *assumption_conditions)


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
    vocabulary = cases.vocabulary
    items = (
        item
        for item in vocabulary.assumptions
        if item.layer in layers and vocabulary.fact(item.fact).is_set
    )
    conditions = (
        condition
        for item in items
        for condition in _assumed_conditions(cases, item)
        if item.when is not None or questions([condition]).keys() <= given.answers.keys()
    )
    return all_of(
        TRUE,
        *(condition for condition in conditions if walk(condition, given.answers).truth is not False),
    )


def _equal_answers(cases: PossibleCases, copied: str, copiers: list[str]) -> Condition:
    """The condition that all of these questions have the same answer."""
    fact = cases.solver.facts[copied]
    questions_alike = [cases.solver.questions[key] for key in (copied, *copiers)]
    cells_by_question = [cases.solver.cells[question.key] for question in questions_alike]
    cells_by_answer = [
        {word: cell for cell in question_cells for word in cell.equivalents}
        for question_cells in cells_by_question
    ]
    classes = dict.fromkeys(
        tuple(place[answer].equivalents for place in cells_by_answer)
        for answer in fact.labels()
        if isinstance(fact, Country) and all(answer in place for place in cells_by_answer)
    )
    return any_of(
        *(
            all_of(
                *(
                    OneOf(question, frozenset(words))
                    for question, words in zip(questions_alike, equivalents, strict=True)
                )
            )
            for equivalents in classes
        )
    )
