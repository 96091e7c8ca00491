"""Propagates answers: what follows from them by the constraints, and by how code patterns nest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any

import attrs

from regcompare._support.derived import derived
from regcompare.logic.bitsets import AnswerBatch, Atoms
from regcompare.logic.circuit import Circuit
from regcompare.logic.conditions import All, AnyOf, Condition, Holds, Not, OneOf, Term, questions
from regcompare.logic.questions import CodesQuestion, Question

from . import Vocabulary
from .literals import Literals

Assignments = Sequence[tuple[int, Any]]
"""Pairs of a question, by its position, and an answer."""


@attrs.frozen(eq=False, slots=False)
class Propagation:
    """The constraints of a vocabulary and the nesting of code patterns, ready for unit propagation.

    Attributes:
        vocabulary: The vocabulary.
        atoms: The atoms of the conditions to which answers are propagated.
        implied: For each constraint the answers that follow if ``when`` holds, and if ``then`` fails.
        links: For each constraint the questions that it connects.
        above: For a question about codes those that hold if it does.
        below: For a question about codes those that fail if it does.
    """

    vocabulary: Vocabulary
    atoms: Atoms
    implied: tuple[tuple[Assignments, Assignments], ...]
    links: tuple[frozenset[int], ...]
    above: Mapping[int, Sequence[int]]
    below: Mapping[int, Sequence[int]]

    @cached_property
    def literals(self) -> Literals:
        """The atoms that each answer decides."""
        return Literals(self.atoms, self.vocabulary.by_key)

    @cached_property
    def _circuit(self) -> Circuit:
        """Both halves of each constraint; a program has them in a circuit of its own."""
        return Circuit.of(_halves(self.vocabulary), self.atoms)

    @classmethod
    def of(cls, vocabulary: Vocabulary, atoms: Atoms) -> Propagation:
        """Prepares propagation for atoms, which must include those of the constraints."""
        position, constraints = atoms.position, vocabulary.constraints
        above: dict[int, list[int]] = {}
        below: dict[int, list[int]] = {}
        for inner, outer in _nested(atoms.questions.values()):
            above.setdefault(position[inner.key], []).append(position[outer.key])
            below.setdefault(position[outer.key], []).append(position[inner.key])
        return cls(
            vocabulary,
            atoms,
            tuple(
                (_implied(item.then, True, position), _implied(item.when, False, position))
                for item in constraints
            ),
            tuple(
                frozenset(position[key] for key in questions([item.when, item.then]) if key in position)
                for item in constraints
            ),
            above,
            below,
        )

    def nesting(self, question: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the questions about the code patterns above a question, and about those below it."""
        return tuple(self.above.get(question, ())), tuple(self.below.get(question, ()))

    def propagate_code(self, rows: AnswerBatch, question: int, answer: Any, bits: int) -> None:
        """Propagates an answer about a code pattern, in some rows, to the patterns above or below it."""
        for other in (self.above if answer is True else self.below).get(question, ()):
            if open_bits := bits & rows.open(other):
                rows.answer(other, answer, open_bits)

    def complete(self, rows: AnswerBatch) -> int:
        """Adds to rows every answer that follows from theirs by the constraints.

        The few constraints are all evaluated again until nothing more follows.

        Returns:
            The rows whose answers contradict each other, a bit each.
        """
        contradictory, mask, is_complete = 0, rows.mask, False
        while not is_complete:
            is_complete = True
            for index, when, may_when, then, may_then in _active(*self._circuit.bitsets(rows)):
                fails = mask ^ may_then
                contradictory |= when & fails  # Nothing more has to follow there.
                holds = when & ~then & ~fails
                excluded = may_when & ~when & fails
                for implied, bits in zip(self.implied[index], (holds, excluded), strict=True):
                    for question, answer in implied if bits else ():
                        if open_bits := bits & rows.open(question):
                            rows.answer(question, answer, open_bits)
                            self.propagate_code(rows, question, answer, open_bits)
                            is_complete = False
        return contradictory

    def violations(self, rows: AnswerBatch) -> list[int]:
        """Returns for each constraint the rows that violate it, a bit each."""
        certain, possible = self._circuit.bitsets(rows)
        return [when & ~then for when, then in zip(certain[::2], possible[1::2], strict=True)]

    def contradicting(
        self, rows: AnswerBatch, presumed: Mapping[str, int]
    ) -> Iterator[tuple[str, int, str]]:
        """Yields presumed facts to be retracted, with the rows, and the sentence that they break.

        They are those of a constraint that is broken; elsewhere, without a sentence, all that
        constraints ask about, where what follows from the answers breaks one.

        Args:
            rows: The answers, presumed ones included; what follows from them may be added.
            presumed: For each presumed fact the rows that presume it.
        """
        asked = frozenset().union(*self.asked) & presumed.keys()
        if not asked:
            return
        left = rows.mask
        for item, facts, broken in zip(
            self.vocabulary.constraints, self.asked, self.violations(rows), strict=True
        ):
            for fact in sorted(facts & asked) if broken else ():
                if here := broken & presumed[fact]:
                    left &= ~here
                    yield fact, here, item.sentence
        if by_consequence := left and left & self.complete(rows):
            for fact in sorted(asked):
                if here := by_consequence & presumed[fact]:
                    yield fact, here, ""

    @cached_property
    def asked(self) -> tuple[frozenset[str], ...]:
        """The facts that each constraint asks about."""
        questions = tuple(self.atoms.questions.values())
        return tuple(frozenset(questions[position].fact for position in link) for link in self.links)

    def connected(self, index: int) -> frozenset[str]:
        """Returns the facts of a constraint, by its index, and those that affect it through others."""
        facts = self.asked[index]
        for _ in self.asked:
            facts = facts.union(*(group for group in self.asked if group & facts))
        return facts


def _halves(vocabulary: Vocabulary) -> list[Condition]:
    return [half for item in vocabulary.constraints for half in (item.when, item.then)]


def _active(certain: Sequence[int], possible: Sequence[int]) -> list[tuple[int, int, int, int, int]]:
    """The constraints one half of which, in some row, decides the other, with the bitsets of both.

    Of a long list of constraints, these are hardly any.
    """
    may_hold = compress(range(len(possible) // 2), possible[::2])
    pairs = [(at, 2 * at, 2 * at + 1) for at in may_hold]
    return [
        (at, certain[when], possible[when], certain[then], possible[then])
        for at, when, then in pairs
        if certain[when] & ~certain[then] or possible[when] & ~possible[then]
    ]


def _nested(questions: Iterable[Question]) -> Iterator[tuple[CodesQuestion, CodesQuestion]]:
    """Yields pairs of questions about codes of which the first cannot hold without the second."""
    about_codes = [question for question in questions if isinstance(question, CodesQuestion)]
    by_entry: dict[str, list[CodesQuestion]] = {}
    for outer in about_codes:
        if outer.included == outer.member:
            by_entry.setdefault(outer.entry, []).append(outer)
    for inner in about_codes:
        entry = inner.entry
        derived = ("/",) if entry != "/" and "/" in inner.included else ()
        for outer in (outer for key in {"", entry, *derived} for outer in by_entry.get(key, ())):
            if inner is not outer and inner.is_within(outer):
                yield inner, outer


def _implied(condition: Condition, truth: bool, position: Mapping[str, int]) -> list[tuple[int, Any]]:
    """The answers that follow from the truth of a condition, as far as it determines any."""
    if isinstance(condition, Holds):
        return [(position[condition.key], truth)] if condition.key in position else []
    if isinstance(condition, Not):
        return _implied(condition.part, not truth, position)
    if isinstance(condition, OneOf) and truth and len(condition.answers) == 1:
        (answer,) = condition.answers
        return [(position[condition.key], answer)] if condition.key in position else []
    if isinstance(condition, (All if truth else AnyOf) | Term) or len(condition.parts) == 1:
        return [item for part in condition.parts for item in _implied(part, truth, position)]
    return []


@derived
def propagation_of(vocabulary: Vocabulary) -> Propagation:
    """Returns the propagation of answers to the questions that a vocabulary's constraints ask."""
    return Propagation.of(vocabulary, Atoms.of(_halves(vocabulary)))
