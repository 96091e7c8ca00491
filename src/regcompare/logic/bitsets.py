"""Answers of many rows at a time, as bit bitsets.

A *atom* is a test of one answer: that it is yes, is one of some words, or is on or after a day.  Its
*bitsets* are two whole numbers with one bit for each row: *certain*, where the atom holds whatever the
unknown answers are, and *possible*, where it is not excluded.  ``&``, ``|`` and ``^`` on whole numbers
then evaluate one row or a million alike (``Circuit``); ``not`` swaps the bitsets.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

import attrs

from .conditions import PARTLY_KNOWN, Among, Between, Choose, Condition, Holds, OneOf, OnOrAfter, nodes
from .questions import Question, Questions

Atom = Holds | OneOf | OnOrAfter

Pair = tuple[list[int], list[int]]
"""The certain and the possible bitsets of atoms or of conditions."""

_MAX_LITERALS = 20_000
"""How many answers are remembered with their literals."""


@attrs.frozen(eq=False, slots=False)
class Atoms:
    """The atoms of some conditions, each once.

    Attributes:
        questions: The questions, by key, in order of first mention.
        atoms: The atoms, in order of first mention.
        position: The index of each question, by key.
        by_question: For each question the indices of its atoms.
    """

    questions: Questions
    atoms: tuple[Atom, ...]
    position: Mapping[str, int]
    by_question: tuple[tuple[int, ...], ...]
    _literals: dict[tuple[int, Any], tuple[tuple[int, ...], tuple[int, ...]]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, conditions: Sequence[Condition]) -> Atoms:
        """Returns the atoms of some conditions."""
        ordered = list(nodes(conditions))
        questions = Questions((node.key, node.question) for node in ordered if node.key)
        atoms = tuple(dict.fromkeys(atom for node in ordered for atom in _atoms(node)))
        by_question: dict[str, list[int]] = {key: [] for key in questions}
        for index, atom in enumerate(atoms):
            by_question[atom.key].append(index)
        position = {key: index for index, key in enumerate(questions)}
        return cls(questions, atoms, position, tuple(map(tuple, by_question.values())))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the questions."""
        return tuple(self.questions)

    @cached_property
    def indices(self) -> Mapping[Atom, int]:
        """The index of each atom."""
        return {atom: index for index, atom in enumerate(self.atoms)}

    @cached_property
    def asked_by(self) -> tuple[int, ...]:
        """The index of the question of each atom."""
        return tuple(self.position[atom.key] for atom in self.atoms)

    @cached_property
    def _days(self) -> Mapping[int, tuple[tuple[dt.date, ...], tuple[int, ...]]]:
        """For each question about a day, the days of its atoms in their order, and their indices.

        A law of many dates asks about hundreds of days, and each answer is true from some of them on.
        """
        found: dict[int, list[tuple[dt.date, int]]] = {}
        for index, atom in enumerate(self.atoms):
            if isinstance(atom, OnOrAfter):
                found.setdefault(self.asked_by[index], []).append((atom.day, index))
        ordered = {question: sorted(days) for question, days in found.items()}
        return {
            question: (tuple(day for day, _ in days), tuple(index for _, index in days))
            for question, days in ordered.items()
        }

    @cached_property
    def by_subject(self) -> Mapping[str, Sequence[Question]]:
        """The questions about each fact, or by the key of what else they are about."""
        by_subject: dict[str, list[Question]] = {}
        for question in self.questions.values():
            by_subject.setdefault(question.subject, []).append(question)
        return by_subject

    def literals_about(
        self, subject: str, answer: Any, truth: Callable[[Any, str], Any] | None = None
    ) -> tuple[list[int], list[int]]:
        """Returns the indices of the atoms that an answer makes true, and of those it makes false.

        Args:
            subject: The fact, or the key of a question about something else.
            answer: The answer.
            truth: Gives what the answer says about a member of the fact; by default it is that itself.
        """
        true, false = list[int](), list[int]()
        for question in self.by_subject.get(subject, ()) if answer is not None else ():
            value = truth(answer, question.member) if truth else answer
            if value is not None:
                literals = self.literals(self.position[question.key], value)
                true += literals[0]
                false += literals[1]
        return true, false

    def literals(self, question: int, answer: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Returns the indices of the atoms that an answer makes true, and of those it makes false."""
        literals = self._literals.get((question, answer))
        if literals is None:
            if question in self._days:
                days, indices = self._days[question]
                is_span = isinstance(answer, Between)
                first, last = (answer.first, answer.last) if is_span else (answer, answer)
                literals = indices[: bisect_right(days, first)], indices[bisect_right(days, last) :]
            else:
                indices = self.by_question[question]
                truths = [(index, _truth(self.atoms[index], answer)) for index in indices]
                literals = (
                    tuple(index for index, truth in truths if truth),
                    tuple(index for index, truth in truths if truth is False),
                )
            if len(self._literals) > _MAX_LITERALS:
                self._literals.clear()
            self._literals[question, answer] = literals
        return literals


def _atoms(node: Condition) -> Iterator[Atom]:
    if isinstance(node, Holds | OneOf | OnOrAfter):
        yield node
    elif isinstance(node, Choose):
        yield from (read_as(node, name) for name, _ in node.readings)


def read_as(node: Choose, reading: str) -> OneOf:
    """Returns the atom that a doubtful text has a reading."""
    return OneOf(node.question, frozenset({reading}))


def _truth(atom: Atom, answer: Any) -> bool | None:
    return atom.truth(answer) if isinstance(atom, OneOf) else bool(answer)


@attrs.define(eq=False)
class AnswerBatch:
    """Rows of answers, as bitsets of atoms.

    Attributes:
        atoms: The atoms.
        size: How many rows there are.
        certain: For each atom the rows in which it holds for certain.
        possible: For each atom the rows in which it may hold.
        among: For each question whose answer is only known to be one of several, these with the rows.
    """

    atoms: Atoms
    size: int
    certain: list[int]
    possible: list[int]
    among: dict[int, dict[Among | Between, int]] = attrs.field(factory=dict)

    @property
    def mask(self) -> int:
        """The mask of all rows."""
        return (1 << self.size) - 1

    @classmethod
    def blank(cls, atoms: Atoms, size: int) -> AnswerBatch:
        """Returns the bitsets of rows that answer nothing."""
        count = len(atoms.atoms)
        return cls(atoms, size, [0] * count, [(1 << size) - 1] * count)

    @classmethod
    def of(cls, atoms: Atoms, rows: Sequence[Sequence[Any]]) -> AnswerBatch:
        """Returns the bitsets of rows of answers, in the order of the questions; None is unknown."""
        bitsets = cls.blank(atoms, len(rows))
        for question, column in enumerate(zip(*rows, strict=True)):
            if len(rows) > 1:
                for answer, bits in rows_by_answer(column):
                    bitsets.answer(question, answer, bits)
            elif column[0] is not None:
                bitsets.answer(question, column[0], 1)
        return bitsets

    def answer(self, question: int, answer: Any, bits: int) -> None:
        """Answers an open question in some rows, all with the same answer."""
        self.decide(*self.atoms.literals(question, answer), bits)
        if isinstance(answer, PARTLY_KNOWN):
            among = self.among.setdefault(question, {})
            among[answer] = among.get(answer, 0) | bits

    def decide(self, true: Sequence[int], false: Sequence[int], bits: int) -> None:
        """Decides atoms, by their indices, in some rows."""
        before, after = None, 0  # Atoms with one bitset go on with one object.
        if true:
            certain = self.certain
            for index in true:
                if certain[index] is not before:
                    before = certain[index]
                    after = before | bits
                certain[index] = after
            before = None
        if false:
            possible = self.possible
            for index in false:
                if possible[index] is not before:
                    before = possible[index]
                    after = before & ~bits
                possible[index] = after

    def reopen(self, question: int, bits: int) -> None:
        """Takes the answer to a question back in some rows."""
        indices = self.atoms.by_question[question]
        for index in indices:
            self.certain[index] &= ~bits
            self.possible[index] |= bits

    def open(self, question: int) -> int:
        """Returns the rows in which a question is open."""
        bits = 0
        for index in self.atoms.by_question[question]:
            bits |= self.certain[index] ^ self.possible[index]
        return bits

    def open_questions(self) -> dict[int, int]:
        """Returns the questions that are open in some rows, with these rows as bits."""
        open_rows: dict[int, int] = {}
        questions = zip(self.atoms.asked_by, self.certain, self.possible, strict=True)
        for question, certain, possible in questions:
            if certain != possible:
                open_rows[question] = open_rows.get(question, 0) | certain ^ possible
        return open_rows

    def tiled(self, times: int) -> AnswerBatch:
        """Returns copies of all rows, side by side; see ``tiled``."""
        bitsets = {*self.certain, *self.possible}  # Many atoms have the same bitset.
        copies = {bitset: tiled(bitset, self.size, times) for bitset in bitsets}
        certain = [copies[bitset] for bitset in self.certain]
        possible = [copies[bitset] for bitset in self.possible]
        among = {
            question: {answer: tiled(bits, self.size, times) for answer, bits in answers.items()}
            for question, answers in self.among.items()
        }
        return AnswerBatch(self.atoms, stride(self.size) * times, certain, possible, among)

    def slices(self, width: int) -> Iterator[AnswerBatch]:
        """Yields this many rows at a time; see ``sliced``."""
        bitsets = {*self.certain, *self.possible}
        cut = {bitset: sliced(bitset, self.size, width) for bitset in bitsets}
        among = {
            question: [(answer, sliced(bits, self.size, width)) for answer, bits in answers.items()]
            for question, answers in self.among.items()
        }
        for number, first in enumerate(range(0, self.size, width)):
            yield AnswerBatch(
                self.atoms,
                min(width, self.size - first),
                [cut[bitset][number] for bitset in self.certain],
                [cut[bitset][number] for bitset in self.possible],
                {
                    question: {answer: bits[number] for answer, bits in answers}
                    for question, answers in among.items()
                },
            )

    def part(self, first: int, size: int) -> AnswerBatch:
        """Returns this many rows, or those that are left, from the first one given."""
        size = min(size, self.size - first)
        mask = (1 << size) - 1
        certain, possible = (
            [bitset >> first & mask for bitset in half] for half in (self.certain, self.possible)
        )
        among = {
            question: {answer: bits >> first & mask for answer, bits in answers.items()}
            for question, answers in self.among.items()
        }
        return AnswerBatch(self.atoms, size, certain, possible, among)


def sliced(bitset: int, size: int, width: int) -> list[int]:
    """Returns the rows of a bitset of this size, this many at a time, a multiple of eight."""
    data, step = bitset.to_bytes(stride(size) // 8, "little"), width // 8
    return [int.from_bytes(data[at : at + step], "little") for at in range(0, len(data), step)]


def rejoined(bitsets: Iterable[int], width: int) -> int:
    """Returns the bitset that was cut into these; see ``sliced``."""
    return int.from_bytes(
        b"".join(bitset.to_bytes(width // 8, "little") for bitset in bitsets), "little"
    )


def stride(size: int) -> int:
    """Returns by how many bits copies of a bitset of this size are apart: whole bytes copy fast."""
    return size + -size % 8


def tiled(bitset: int, size: int, times: int) -> int:
    """Returns copies of a bitset of this size, side by side, the first bits of each in whole bytes."""
    if times == 1:
        return bitset
    return int.from_bytes(bitset.to_bytes(stride(size) // 8, "little") * times, "little")


def every(bitsets: Iterable[int], mask: int) -> int:
    """Returns the rows, of those in a mask, that are in all of the bitsets."""
    return reduce(and_, bitsets, mask)


def some(bitsets: Iterable[int]) -> int:
    """Returns the rows that are in any of the bitsets."""
    return reduce(or_, bitsets, 0)


def rows_by_answer(column: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Yields each answer of a column, with the rows that give it as bits; None is skipped."""
    by_answer: dict[Any, list[int]] = {}
    for row, answer in enumerate(column):
        if answer is not None:
            by_answer.setdefault(answer, []).append(row)
    for answer, rows in by_answer.items():
        yield answer, bitset_of(rows)


def bitset_of(rows: Sequence[int]) -> int:
    """Returns rows, in ascending order, as bits."""
    if len(rows) == 1:
        return 1 << rows[0]
    bits = bytearray(rows[-1] // 8 + 1)
    for row in rows:
        bits[row >> 3] |= 1 << (row & 7)
    return int.from_bytes(bits, "little")
