"""What follows from answers, by what a vocabulary says cannot be otherwise and by how codes nest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import attrs

from regcompare.logic.conditions import All, AnyOf, Condition, Holds, Not, OneOf, Term, nodes
from regcompare.logic.planes import Function, Leaves, Rows, compile_function
from regcompare.logic.questions import CodesQuestion, Question

from . import Constraint, Vocabulary

Assignments = Sequence[tuple[int, Any]]
"""Questions, by their places, with the answers that they get."""


@attrs.frozen(eq=False)
class Propagation:
    """What follows from answers: the constraints of a vocabulary, and the nesting of code patterns.

    Attributes:
        vocabulary: The vocabulary.
        leaves: What is asked.
        implied: For each constraint the answers that follow where its first half holds, and where its
            second half fails.
        links: For each constraint the questions that it connects.
        groups: For each set the questions about its members.
        above: For a question about codes those that hold where it does.
        below: For a question about codes those that fail where it does.
    """

    vocabulary: Vocabulary
    leaves: Leaves
    implied: tuple[tuple[Assignments, Assignments], ...]
    links: tuple[frozenset[int], ...]
    groups: tuple[tuple[int, ...], ...]
    above: Mapping[int, Sequence[int]]
    below: Mapping[int, Sequence[int]]
    _halves: Function

    @classmethod
    def of(cls, vocabulary: Vocabulary, leaves: Leaves) -> Propagation:
        """Returns what follows from answers to some questions, those of the constraints among them."""
        position, constraints = leaves.position, vocabulary.constraints
        halves = [half for item in constraints for half in (item.when, item.then)]
        about, facts = leaves.questions.about, vocabulary.by_key
        above: dict[int, list[int]] = {}
        below: dict[int, list[int]] = {}
        for inner, outer in _nested(leaves.questions.values()):
            above.setdefault(position[inner.key], []).append(position[outer.key])
            below.setdefault(position[outer.key], []).append(position[inner.key])
        return cls(
            vocabulary,
            leaves,
            tuple(
                (_literals(item.then, True, position), _literals(item.when, False, position))
                for item in constraints
            ),
            tuple(_connected(item, position) for item in constraints),
            tuple(
                tuple(position[question.key] for question in asked)
                for name, asked in about.items()
                if name in facts and facts[name].is_set
            ),
            above,
            below,
            compile_function(halves, leaves),
        )

    def propagate_code(self, rows: Rows, question: int, answer: Any, bits: int) -> Sequence[int]:
        """Carries an answer about one code pattern in some rows over to those above or below it."""
        related = (self.above if answer is True else self.below).get(question, ())
        for other in related:
            if left := bits & rows.open(other):
                rows.answer(other, answer, left)
        return related

    def nesting(self, question: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the code patterns above a question, and those below it."""
        return tuple(self.above.get(question, ())), tuple(self.below.get(question, ()))

    def propagate(self, rows: Rows) -> tuple[int, set[int]]:
        """Adds what follows to rows.

        Returns:
            The rows in which the answers contradict each other, and the questions that were answered.
        """
        every = rows.mask
        answered: set[int] = set()
        while True:
            certain, possible = self._halves(every, rows.certain, rows.possible)
            dead, changed = 0, False
            for place in _live(certain, possible):  # Of a long list of constraints, hardly one.
                then, otherwise = self.implied[place]
                when, fails = 2 * place, every ^ possible[2 * place + 1]
                dead |= certain[when] & fails
                holds = certain[when] & ~certain[when + 1]
                for forced, bits in ((then, holds & ~fails), (otherwise, possible[when] & fails)):
                    for question, answer in forced if bits else ():
                        if left := bits & rows.open(question):
                            rows.answer(question, answer, left)
                            answered |= {question, *self.propagate_code(rows, question, answer, left)}
                            changed = True
            if not changed:
                return dead, answered

    def violated(self, rows: Rows) -> list[int]:
        """Returns the places of the constraints that some row breaks."""
        certain, possible = self._halves(rows.mask, rows.certain, rows.possible)
        pairs = zip(certain[::2], possible[1::2], strict=True)
        return [place for place, (when, then) in enumerate(pairs) if when & ~then]

    def violated_by_consequences(self, rows: Rows) -> list[int]:
        """Returns those that some row breaks, or what follows from it, which is added to the rows."""
        return self.violated(rows) if self.propagate(rows)[0] else []

    @cached_property
    def asked(self) -> tuple[frozenset[str], ...]:
        """For each constraint the facts that it asks about."""
        asked = tuple(self.leaves.questions.values())
        return tuple(frozenset(asked[place].fact for place in linked) for linked in self.links)

    def connected(self, place: int) -> frozenset[str]:
        """Returns the facts from which something may follow for a constraint, its own included."""
        together = self.asked[place]
        for _ in self.asked:
            together = together.union(*(group for group in self.asked if group & together))
        return together


def _live(certain: Sequence[int], possible: Sequence[int]) -> list[int]:
    """The places of the constraints of which, in some row, a half says something of the other."""
    whens, thens = (zip(certain[half::2], possible[half::2], strict=True) for half in (0, 1))
    return [
        place
        for place, ((sure, may), (met, may_be)) in enumerate(zip(whens, thens, strict=True))
        if sure & ~met or may & ~may_be
    ]


def _nested(asked: Iterable[Question]) -> Iterator[tuple[CodesQuestion, CodesQuestion]]:
    """Pairs of questions about codes of which the first cannot be met without the second."""
    codes = [question for question in asked if isinstance(question, CodesQuestion)]
    alike: dict[str, list[CodesQuestion]] = {}
    for outer in codes:
        if outer.included == outer.member:
            alike.setdefault(outer.entry, []).append(outer)
    for inner in codes:
        entry = inner.entry
        derived = ("/",) if entry != "/" and "/" in inner.included else ()
        for outer in (outer for name in {"", entry, *derived} for outer in alike.get(name, ())):
            if inner is not outer and inner.is_within(outer):
                yield inner, outer


def _connected(constraint: Constraint, position: Mapping[str, int]) -> frozenset[int]:
    asked = nodes([constraint.when, constraint.then])
    return frozenset(position[node.key] for node in asked if node.key in position)


def _literals(condition: Condition, wanted: bool, position: Mapping[str, int]) -> list[tuple[int, Any]]:
    """Returns the answers that the truth of a condition forces, where it forces some."""
    if isinstance(condition, Holds):
        return [(position[condition.key], wanted)] if condition.key in position else []
    if isinstance(condition, Not):
        return _literals(condition.part, not wanted, position)
    if isinstance(condition, OneOf) and wanted and len(condition.answers) == 1:
        (answer,) = condition.answers
        return [(position[condition.key], answer)] if condition.key in position else []
    if isinstance(condition, All if wanted else AnyOf) or (
        isinstance(condition, Term) or len(condition.parts) == 1
    ):
        return [item for part in condition.parts for item in _literals(part, wanted, position)]
    return []


@lru_cache(maxsize=128)
def propagation_of(vocabulary: Vocabulary) -> Propagation:
    """Returns what follows from answers to all that the constraints of a vocabulary ask."""
    halves = [half for item in vocabulary.constraints for half in (item.when, item.then)]
    return Propagation.of(vocabulary, Leaves.of(halves))
