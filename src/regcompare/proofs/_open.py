"""Ways to answer what a case leaves open, the most telling first.

A case leaves many questions open, and most of them have little to do with it.  What documented cases say
tells them apart: an answer is the more telling the more of them state it or leave it possible, and those
on the same technology count before all others.
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
"""The key of a question with an answer to it."""


@attrs.frozen
class AnswerCounts:
    """How many documented cases give an answer, or leave it possible.

    Attributes:
        near: Those on the same technology; all of them where none is.
        all: All of them.
    """

    near: Mapping[Answer, int]
    all: Mapping[Answer, int]

    def order(self, answer: Answer) -> tuple[int, int, str]:
        """Returns what answers are ordered by, the most telling first."""
        return -self.near.get(answer, 0), -self.all.get(answer, 0), str(answer)

    def member(self, asked: Iterable[Question]) -> Sequence[Preference]:
        """Returns the most telling member of a set as what is wanted; nothing where none is telling."""
        keys = {question.key for question in asked}
        members = (item for item in self.near if item[0] in keys)
        told = min(members, key=self.order, default=None)
        return () if told is None else (Preference(told[0], (told[1],)),)

    def greatest(self, keys: Collection[str], given: Mapping[str, Any]) -> tuple[int, int]:
        """Returns how many give the most telling answer to these questions that is not given already."""
        others = (item for item in self.all if item[0] in keys and given.get(item[0]) != item[1])
        return max(((self.near.get(one, 0), self.all.get(one, 0)) for one in others), default=(0, 0))


def telling(cases: PossibleCases, scenario: Scenario, like: Iterable[Scenario]) -> AnswerCounts:
    """Returns which answers are telling about a case.

    Args:
        cases: The possible cases; what they ask counts.
        scenario: The case.
        like: The documented cases.
    """
    technology = established_facts(scenario, cases.vocabulary).values.get(_TECHNOLOGY)
    near: Counter[Answer] = Counter()
    every: Counter[Answer] = Counter()
    for other, answers in _documented(cases, tuple(like)):
        every.update(answers)
        near.update(answers if technology is not None and other == technology else ())
    return AnswerCounts(near or every, every)


_TECHNOLOGY: str = Item.technology.key


@lru_cache(maxsize=16)
def _documented(
    cases: PossibleCases, like: tuple[Scenario, ...]
) -> tuple[tuple[Any, frozenset[Answer]], ...]:
    """Of each case the technology and the answers that it states, without those that are denied."""
    asked = Questions(
        (key, item)
        for key, item in cases.solver.questions.items()
        if item.is_plain and not item.doubt and key != FACTS_DATE.key
    )
    found = []
    for scenario in like:
        known = established_facts(scenario, cases.vocabulary)
        stated = [name for name, origin in known.origins.items() if origin == "stated"]
        said = _said(cases, {name: known.values.get(name) for name in stated})
        answers = answers_to(asked, scenario, EstablishedFacts(said, {}), cases.solver.facts)
        met = [item for key, item in asked.items() if answers[key] is True]
        told = set()
        for key, item in asked.items():
            answer = answers[key]
            below = (other for other in met if other.fact == item.fact)
            if not answer or any(other.member.startswith(f"{item.member}.") for other in below):
                continue
            if not isinstance(answer, bool):  # The one that stands for it among those told apart.
                cells = (cell for cell in cases.solver.cells[key] if answer in cell.stands_for)
                answer = next((cell.answer for cell in cells), None)
            if answer is not None:
                told.add((key, answer))
        found.append((said.get(_TECHNOLOGY), frozenset(told)))
    return tuple(found)


def _said(cases: PossibleCases, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is stated, with open members in; a member of one set tells of every set of the same members.

    A use for which a case names one reason is the use to ask about elsewhere.
    """
    said = dict(values)
    alike: dict[tuple[str, ...], list[str]] = {}
    for fact in cases.vocabulary.facts():
        if isinstance(fact, CodeSet | SetOf):
            alike.setdefault((*fact.labels(),) or (fact.key,), []).append(fact.key)
    for names in alike.values():
        sets = [value for name in names if isinstance(value := values.get(name), MemberSet)]
        if members := frozenset().union(*(item.known | item.open for item in sets)):
            said |= dict.fromkeys(names, MemberSet(members))
    return said


def alike(
    keys: frozenset[str], fact: Fact, member: str, others: Iterable[str]
) -> Iterator[frozenset[str]]:
    """Yields the ways that put another member of a set in the place of one; none for a set of codes."""
    own = fact.asked(member).key
    if member and own in keys:
        yield from (keys - {own} | {fact.asked(other).key} for other in others)


class Completions:
    """The ways to answer what a case leaves open so that a condition is met.

    A way departs from the most ordinary answers in as few questions as it can; of a set each member is
    a question, a set of codes is one.  Ways that depart in telling answers alone come first, then those
    that hold no idle member of a set of which others are telling.

    Args:
        cases: The possible cases.
        target: What is to be met.
        given: The answers of the case.
        told: Which answers are telling.
    """

    def __init__(
        self, cases: PossibleCases, target: Condition, given: KnownAnswers, told: AnswerCounts
    ) -> None:
        self._cases, self._target, self._given = cases, target, given
        free = [key for key in cases.solver.questions if key not in given.answers]
        self._start = given.but(KnownAnswers(self._ordinary(free)))
        # The telling answers, the most telling first; of a set of codes one, since one is enough.
        wanted: dict[object, Preference] = {}
        for key, answer in sorted((item for item in told.all if item[0] in free), key=told.order):
            group = self.group_of(key)
            slot = (key, answer) if group == key else group
            wanted.setdefault(slot, Preference(key, (answer,)))
        self._prefer = (*wanted.values(), *cases.preferences)
        groups: dict[str, list[str]] = {}
        for key in free:
            groups.setdefault(self.group_of(key), []).append(key)
        ranks = {name: told.greatest(keys, self._start.answers) for name, keys in groups.items()}
        # Of as few groups those named first are rather left as they are.
        self._groups = dict(sorted(groups.items(), key=lambda item: ranks[item[0]]))
        idle = [name for name, rank in ranks.items() if not rank[0]]
        several = {name: self._several(keys[0]) for name, keys in groups.items()}
        told_sets = {several[name] for name, rank in ranks.items() if rank[0]} - {""}
        beside = [name for name in idle if several[name] in told_sets]
        self._idle: Sequence[Sequence[frozenset[str]]] = [
            [frozenset({name}) for name in names] for names in (idle, beside, ())
        ]

    def _ordinary(self, free: Sequence[str]) -> dict[str, Any]:
        """The most ordinary answers; where no answer to a choice is ordinary, one that misses it."""
        cases, given, facts = self._cases, self._given, self._cases.solver.facts
        ordinary = cases.ordinary(TRUE, given)
        assert ordinary is not None, "a case that contradicts itself has been refused"
        loose = [
            key
            for key in free
            if isinstance(fact := facts.get(key), Choice | Country) and fact.ordinary is None
        ]
        firm = {key: ordinary.answers[key] for key in free if key not in loose}
        missed = cases.ordinary(~self._target, given.but(KnownAnswers(firm)))
        return {key: (missed or ordinary).answers[key] for key in free}

    def group_of(self, key: str) -> str:
        """Returns the name of what changes together with a question."""
        question = self._cases.solver.questions[key]
        return f"{question.fact}:" if isinstance(question, CodesQuestion) else key

    def _several(self, key: str) -> str:
        """What a question is one of several about: a set, or the powers; blank for others."""
        question = self._cases.solver.questions[key]
        return question.fact if question.member else "powers" if question.power else ""

    def next(self, excluded: Sequence[frozenset[str]]) -> tuple[Case, frozenset[str]] | None:
        """Returns a case that shows a way, with the questions in which it departs, or None.

        Args:
            excluded: The ways that are known already; none that contains one of them is another.
        """
        for idle in self._idle:
            found = self._cases.solver.fewest(
                self._target,
                self._start,
                self._groups,
                excluded=[*excluded, *idle],
                prefer=self._prefer,
            )
            if found is not None:
                return found
        return None
