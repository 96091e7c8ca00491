"""Completions of a case: answers to its open questions, the most relevant first.

A case leaves many questions open, and most of them have little to do with it.  Documented cases show
which are relevant: an answer ranks by how many of them state it or leave it possible, first among those
on the same technology.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from regcompare.facts import Choice, CodeSet, Country, Fact, MemberSet, SetOf
from regcompare.logic.conditions import TRUE, Condition
from regcompare.logic.questions import CodesQuestion, Question, Questions
from regcompare.scenario.established import EstablishedFacts, answers_to, established_facts
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, Item

from .regimes import KnownAnswers, PossibleCases
from .solver import Case, Preference

Answer = tuple[str, Any]
"""A question, by key, with an answer to it."""


@attrs.frozen
class AnswerCounts:
    """How many documented cases give each answer, or leave it possible.

    Attributes:
        near: Among those on the same technology; among all where there are none.
        all: Among all of them.
    """

    near: Mapping[Answer, int]
    all: Mapping[Answer, int]

    def order(self, answer: Answer) -> tuple[int, int, str]:
        """Returns the sort key of an answer; the commonest comes first."""
        return -self.near.get(answer, 0), -self.all.get(answer, 0), str(answer)

    def member(self, questions: Iterable[Question]) -> Sequence[Preference]:
        """Returns the commonest member of a set as a preference; none where no case gives one."""
        keys = {question.key for question in questions}
        members = (item for item in self.near if item[0] in keys)
        commonest = min(members, key=self.order, default=None)
        return () if commonest is None else (Preference(commonest[0], (commonest[1],)),)

    def greatest(self, keys: Collection[str], given: Mapping[str, Any]) -> tuple[int, int]:
        """Returns the counts of the commonest answer to these questions that is not yet given."""
        others = (item for item in self.all if item[0] in keys and given.get(item[0]) != item[1])
        return max(
            ((self.near.get(answer, 0), self.all.get(answer, 0)) for answer in others), default=(0, 0)
        )


def answer_counts(
    cases: PossibleCases, scenario: Scenario, documented: Iterable[Scenario]
) -> AnswerCounts:
    """Returns how often documented cases give each answer.

    Args:
        cases: The possible cases, whose questions count.
        scenario: The case in question.
        documented: The documented cases.
    """
    technology = established_facts(scenario, cases.vocabulary).values.get(_TECHNOLOGY)
    near_counts: Counter[Answer] = Counter()
    all_counts: Counter[Answer] = Counter()
    for other, answers in _documented(cases, tuple(documented)):
        all_counts.update(answers)
        near_counts.update(answers if technology is not None and other == technology else ())
    return AnswerCounts(near_counts or all_counts, all_counts)


_TECHNOLOGY: str = Item.technology.key


@lru_cache(maxsize=16)
def _documented(
    cases: PossibleCases, like: tuple[Scenario, ...]
) -> tuple[tuple[Any, frozenset[Answer]], ...]:
    """The technology of each case and the answers that it states, except denials."""
    questions = Questions(
        (key, item)
        for key, item in cases.solver.questions.items()
        if item.is_plain and not item.doubt and key != FACTS_DATE.key
    )
    counted = []
    for scenario in like:
        known_facts = established_facts(scenario, cases.vocabulary)
        stated = [name for name, origin in known_facts.origins.items() if origin == "stated"]
        values = _with_open_members(cases, {name: known_facts.values.get(name) for name in stated})
        answers = answers_to(questions, scenario, EstablishedFacts(values, {}), cases.solver.facts)
        met_questions = [item for key, item in questions.items() if answers[key] is True]
        stated_answers = set()
        for key, item in questions.items():
            answer = answers[key]
            narrower = (other for other in met_questions if other.fact == item.fact)
            if not answer or any(other.member.startswith(f"{item.member}.") for other in narrower):
                continue
            if not isinstance(answer, bool):  # The answer that represents its cell.
                cells = (cell for cell in cases.solver.cells[key] if answer in cell.equivalents)
                answer = next((cell.answer for cell in cells), None)
            if answer is not None:
                stated_answers.add((key, answer))
        counted.append((values.get(_TECHNOLOGY), frozenset(stated_answers)))
    return tuple(counted)


def _with_open_members(cases: PossibleCases, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The stated answers, with open members included, for every set that has the same members.

    A use that a case names in one respect is the use to ask about in the others.
    """
    extended = dict(values)
    sets_by_answers: dict[tuple[str, ...], list[str]] = {}
    for fact in cases.vocabulary.facts():
        if isinstance(fact, CodeSet | SetOf):
            sets_by_answers.setdefault((*fact.labels(),) or (fact.key,), []).append(fact.key)
    for names in sets_by_answers.values():
        member_sets = [value for name in names if isinstance(value := values.get(name), MemberSet)]
        if members := frozenset().union(*(item.known | item.open for item in member_sets)):
            extended |= dict.fromkeys(names, MemberSet(members))
    return extended


def interchangeable(
    keys: frozenset[str], fact: Fact, member: str, others: Iterable[str]
) -> Iterator[frozenset[str]]:
    """Yields the completions with another member of a set in place of one; none for a set of codes."""
    key = fact.asked(member).key
    if member and key in keys:
        yield from (keys - {key} | {fact.asked(other).key} for other in others)


class Completions:
    """The completions of a case that meet a condition.

    A completion departs from the most ordinary answers in as few questions as possible; each member of a
    set is a question, a set of codes is one.  Completions that depart only in answers that similar cases
    give come first, then those without an unusual member of a set that has usual ones.

    Args:
        cases: The possible cases.
        target: The condition to meet.
        given: The answers of the case.
        counts: How often documented cases give each answer.
    """

    def __init__(
        self, cases: PossibleCases, target: Condition, given: KnownAnswers, counts: AnswerCounts
    ) -> None:
        self._cases, self._target, self._given = cases, target, given
        free = [key for key in cases.solver.questions if key not in given.answers]
        self._start = given.updated(KnownAnswers(self._ordinary(free)))
        # The answers that documented cases give, the commonest first; one is enough for a set of codes.
        telling: dict[object, Preference] = {}
        for key, answer in sorted((item for item in counts.all if item[0] in free), key=counts.order):
            group = self.group_of(key)
            slot = (key, answer) if group == key else group
            telling.setdefault(slot, Preference(key, (answer,)))
        self._prefer = (*telling.values(), *cases.preferences)
        groups: dict[str, list[str]] = {}
        for key in free:
            groups.setdefault(self.group_of(key), []).append(key)
        ranks = {name: counts.greatest(keys, self._start.answers) for name, keys in groups.items()}
        # Among equally few groups, those named first stay unchanged.
        self._groups = dict(sorted(groups.items(), key=lambda item: ranks[item[0]]))
        idle = [name for name, rank in ranks.items() if not rank[0]]
        kind_of = {name: self._kind_of(keys[0]) for name, keys in groups.items()}
        telling_sets = {kind_of[name] for name, rank in ranks.items() if rank[0]} - {""}
        partly_idle = [name for name in idle if kind_of[name] in telling_sets]
        self._idle: Sequence[Sequence[frozenset[str]]] = [
            [frozenset({name}) for name in names] for names in (idle, partly_idle, ())
        ]

    def _ordinary(self, free: Sequence[str]) -> dict[str, Any]:
        """The most ordinary answers; to a choice without one, an answer that misses the target."""
        cases, given, facts = self._cases, self._given, self._cases.solver.facts
        ordinary = cases.ordinary(TRUE, given)
        assert ordinary is not None, "a case that contradicts itself has been refused"
        undeclared = [
            key
            for key in free
            if isinstance(fact := facts.get(key), Choice | Country) and fact.ordinary is None
        ]
        declared = {key: ordinary.answers[key] for key in free if key not in undeclared}
        missing = cases.ordinary(~self._target, given.updated(KnownAnswers(declared)))
        return {key: (missing or ordinary).answers[key] for key in free}

    def group_of(self, key: str) -> str:
        """Returns the name of the group of questions that change together."""
        question = self._cases.solver.questions[key]
        return f"{question.fact}:" if isinstance(question, CodesQuestion) else key

    def _kind_of(self, key: str) -> str:
        """The set or the powers that a question is one of; blank for others."""
        question = self._cases.solver.questions[key]
        return question.fact if question.member else "powers" if question.power else ""

    def next(self, excluded: Sequence[frozenset[str]]) -> tuple[Case, frozenset[str]] | None:
        """Returns the case of another completion, with the questions in which it departs, or None.

        Args:
            excluded: The known completions; one that contains any of them is not another.
        """
        for idle in self._idle:
            completion = self._cases.solver.fewest(
                self._target,
                self._start,
                self._groups,
                excluded=[*excluded, *idle],
                prefer=self._prefer,
            )
            if completion is not None:
                return completion
        return None
