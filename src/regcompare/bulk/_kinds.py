"""Kinds of rows: rows that no condition tells apart have one verdict, which is worked out once.

Columns are joined one after another.  Of each combination of cells the conditions are evaluated, with
what is still to come left open; combinations that leave the same of every condition are one *state*,
whatever cells they came from.  A million rows thus come to some thousand kinds.  Which state follows
from a state and a cell is kept, so that most rows are looked up.

Conditions are evaluated in bit planes: a whole number for "certain" and one for "possible", with one bit
for each combination.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from random import Random
from typing import Any, Final

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.logic.conditions import Condition, Holds, OneOf, OnOrAfter, nodes, partially_evaluate
from regcompare.logic.planes import Rows, compile_function, rows_by_answer
from regcompare.program.program import Program

Told = tuple[Sequence[int], Sequence[int]]
"""The leaves that answers make true, and those that they make false, by their places."""

MOST_CELLS: Final = 1 << 24
"""So many transitions are kept for a column; beyond that all is learnt anew."""


@attrs.frozen(eq=False)
class VaryingQuestion:
    """A question that rows answer differently.

    Attributes:
        name: Its name: a fact, a day or a power.
        told: For each cell the leaves that its answer makes true, and those that it makes false.
        is_given: Whether its cells are always told apart: the day of the law.
    """

    name: str
    told: list[Told]
    is_given: bool = False


@attrs.define(eq=False)
class _Step:
    """Joins one column to those before it: from a state and a cell to a state."""

    asked: VaryingQuestion
    width: int = 8
    table: array[int] = attrs.field(factory=lambda: array("i"))
    places: dict[int, int] = attrs.field(factory=dict)
    cells: list[tuple[int, ...]] = attrs.field(factory=list)
    broken: list[bool] = attrs.field(factory=list)

    def followed(self, before: Any, cells: Any) -> tuple[Any, Any]:
        """Returns the state of each row, -1 where it is not known, and its place in the table."""
        places = pc.add(pc.multiply(before, self.width), cells)
        table = pa.Array.from_buffers(pa.int32(), len(self.table), [None, pa.py_buffer(self.table)])
        return table.take(places), places

    def widen(self, states: int, cells: int) -> None:
        """Makes room for so many states before it, and cells."""
        if cells > self.width:
            old, rows = self.width, len(self.table) // self.width
            self.width = 1 << (cells - 1).bit_length()
            gap = array("i", [-1]) * (self.width - old)
            pieces = (self.table[row * old : (row + 1) * old] + gap for row in range(rows))
            self.table = reduce(array.__add__, pieces, array("i"))
        missing = states * self.width - len(self.table)
        if missing > 0:
            self.table = self.table + array("i", [-1]) * max(missing, len(self.table))


class RowKinds:
    """The kinds of rows under one program.

    Args:
        program: The ruleset as conditions.
        readings: How doubtful texts are read.
        asked: The questions that rows answer, in the order in which columns are joined.
        given: The leaves that the answers common to all rows make true, and those they make false.
    """

    def __init__(
        self,
        program: Program,
        readings: Mapping[str, Any],
        asked: Sequence[VaryingQuestion],
        given: Told,
    ) -> None:
        self.program, self.given = program, given
        self.steps = [_Step(item) for item in asked]
        made: dict[Condition, Condition] = {}
        constraints = program.ruleset.vocabulary.constraints
        halves = [half for item in constraints for half in (item.when, item.then)]
        conditions = [
            partially_evaluate(item, readings, made) for item in (*program.core_conditions, *halves)
        ]
        places = self._number(conditions)
        self.roots = places[: len(program.core_conditions)]
        self.pairs = list(zip(*[iter(places[len(program.core_conditions) :])] * 2, strict=True))
        leaves = program.leaves.leaves
        self.sets = _by_name(leaves, {fact.key for fact in program.facts.values() if fact.is_set})
        self.owned = _by_name(leaves, {item.name for item in asked})
        self._random = Random(len(leaves))  # noqa: S311 - numbers that are the same in every run
        self._marks: dict[Any, int] = {}

    def _number(self, conditions: Sequence[Condition]) -> list[int]:
        """Numbers the leaves, then everything made of them; returns the numbers of the conditions."""
        leaves = self.program.leaves
        every = list(nodes(conditions))
        inner = [node for node in every if not isinstance(node, Holds | OneOf | OnOrAfter)]
        number = {node: place for place, node in enumerate(inner, len(leaves.leaves))}
        for node in every:
            if isinstance(node, Holds | OneOf | OnOrAfter):
                number[node] = leaves.places[node]
        self.parts = [tuple(number[part] for part in node.parts) for node in inner]
        self.function = compile_function(inner, leaves)
        return [number[condition] for condition in conditions]

    @property
    def size(self) -> int:
        """How many kinds there are so far; their numbers go from 0."""
        return len(self.steps[-1].cells)

    @property
    def is_full(self) -> bool:
        """Whether so much was learnt that it is better to begin anew."""
        return any(len(step.table) > MOST_CELLS for step in self.steps)

    def of(self, columns: Sequence[Any]) -> Any:
        """Returns the number of the kind of each row.

        Args:
            columns: The cells of each question, as Arrow arrays, in the order of the questions.
        """
        states = pc.multiply(columns[0], 0)
        for number, column in enumerate(columns):
            states = self._joined(number, states, column)
        return states

    def cells(self, kind: int) -> tuple[int, ...]:
        """Returns the cells of one combination of a kind, in the order of the questions."""
        return self.steps[-1].cells[kind]

    def is_broken(self, kind: int) -> bool:
        """Whether the answers of a kind contradict each other."""
        return self.steps[-1].broken[kind]

    def rows(self, kinds: Sequence[int]) -> Rows:
        """Returns kinds as the planes of their leaves."""
        columns = zip(*(self.cells(kind) for kind in kinds), strict=True)
        return self._state(len(kinds), self.steps, list(map(_masks, columns)))

    # learning --------------------------------------------------------------------------------------

    def _joined(self, number: int, before: Any, column: Any) -> Any:
        step = self.steps[number]
        known = self.steps[number - 1].cells if number else [()]
        step.widen(len(known), pc.max(column).as_py() + 1)
        states, places = step.followed(before, column)
        new = pc.unique(places.filter(pc.equal(states, -1))).to_pylist()
        if not new:
            return states
        combinations = [(*known[place // step.width], place % step.width) for place in new]
        marks, broken = self._evaluated(number + 1, combinations)
        for at, place in enumerate(new):
            state = step.places.setdefault(marks[at], len(step.cells))
            if state == len(step.cells):
                step.cells.append(combinations[at])
                step.broken.append(bool(broken >> at & 1))
            step.table[place] = state
        return step.followed(before, column)[0]

    def _evaluated(self, joined: int, rows: Sequence[tuple[int, ...]]) -> tuple[list[int], int]:
        """A mark for each combination, the same for those of one state, and the contradictory ones."""
        steps = self.steps[:joined]
        masks = [_masks(column) for column in zip(*rows, strict=True)]
        state = self._state(len(rows), steps, masks)
        dead = 0
        if joined == len(self.steps):  # What follows from all answers says more than the answers.
            dead, _ = self.program.propagation.propagate(state)
        inner = self.function(state.mask, state.certain, state.possible)
        certain, possible = [*state.certain, *inner[0]], [*state.possible, *inner[1]]
        to_come = {leaf for step in self.steps[joined:] for leaf in self.owned.get(step.asked.name, ())}
        planes: dict[int, int] = {}
        for plane, name in self._telling(state.mask, certain, possible, to_come):
            if plane:
                planes[plane] = planes.get(plane, 0) ^ self._mark(name)
        for step, cells in zip(steps, masks, strict=True):
            for cell, mask in cells.items() if step.asked.is_given else ():
                planes[mask] = planes.get(mask, 0) ^ self._mark((step.asked.name, cell))
        return marked(len(rows), planes), dead

    def _state(self, size: int, steps: Sequence[_Step], masks: Sequence[Mapping[int, int]]) -> Rows:
        """The planes of the leaves."""
        every, count = (1 << size) - 1, len(self.program.leaves.leaves)
        certain, fails = [0] * count, [0] * count
        told = [(self.given, every)]
        for step, cells in zip(steps, masks, strict=True):
            told += [(step.asked.told[cell], mask) for cell, mask in cells.items()]
        for (met, unmet), mask in told:
            for leaf in met:
                certain[leaf] |= mask
            for leaf in unmet:
                fails[leaf] |= mask
        return Rows(self.program.leaves, size, certain, [every ^ plane for plane in fails])

    def _telling(
        self, every: int, certain: Sequence[int], possible: Sequence[int], to_come: Container[int]
    ) -> Iterator[tuple[int, Any]]:
        """The planes that tell states apart, each with a name: of what can still matter."""
        needed = self._needed(every, certain, possible)
        for number, own in enumerate(needed):
            if own and number not in to_come:
                yield own & certain[number], (number, True)
                yield own & possible[number], (number, False)
        for pair, (when, then) in enumerate(self.pairs):
            yield possible[when] & ~certain[then], ("pair", pair)
        for name, members in self.sets.items():  # Members of a set are tried together.
            is_open = reduce(or_, (needed[leaf] & (certain[leaf] ^ possible[leaf]) for leaf in members))
            for leaf in members if is_open and members[0] not in to_come else ():
                yield is_open & certain[leaf], (name, leaf, True)
                yield is_open & possible[leaf], (name, leaf, False)

    def _needed(self, every: int, certain: Sequence[int], possible: Sequence[int]) -> list[int]:
        """Where each node can still matter: below what is open, and nowhere else."""
        needed = [0] * len(certain)
        for root in self.roots:
            needed[root] = every
        for when, then in self.pairs:
            needed[when] |= possible[when] & ~certain[then]
            needed[then] |= possible[when] & ~certain[then]
        first = len(certain) - len(self.parts)
        for number in range(len(certain) - 1, first - 1, -1):
            is_open = needed[number] & (certain[number] ^ possible[number])
            if is_open:
                for part in self.parts[number - first]:
                    needed[part] |= is_open
        return needed

    def _mark(self, name: Any) -> int:
        if name not in self._marks:
            self._marks[name] = self._random.getrandbits(64)
        return self._marks[name]


def _by_name(leaves: Sequence[Condition], names: Container[str]) -> dict[str, list[int]]:
    """The leaves that ask each of these questions."""
    found: dict[str, list[int]] = {}
    for place, leaf in enumerate(leaves):
        if (name := leaf.question.subject) in names:
            found.setdefault(name, []).append(place)
    return found


def _masks(column: Sequence[int]) -> dict[int, int]:
    """Where each cell stands in a column."""
    distinct = set(column)
    if len(distinct) * _FEW_ROWS > len(column):
        return dict(rows_by_answer(column))
    cells = pa.array(column, pa.int32())
    every = (1 << len(column)) - 1
    return {
        cell: int.from_bytes(pc.equal(cells, cell).buffers()[1], "little") & every for cell in distinct
    }


_FEW_ROWS: Final = 256
"""With fewer rows for each cell, rows are looked at one by one."""


def marked(size: int, planes: Mapping[int, int]) -> list[int]:
    """For each row the marks of all planes that it is on, joined: alike by chance once in 2^64."""
    none = pa.scalar(0, pa.uint64())
    marks = pa.nulls(size, pa.uint64()).fill_null(0)
    for plane, mark in planes.items():
        bits = pa.py_buffer(plane.to_bytes((size + 7) // 8, "little"))
        here = pa.Array.from_buffers(pa.bool_(), size, [None, bits])
        marks = pc.bit_wise_xor(marks, pc.if_else(here, pa.scalar(mark, pa.uint64()), none))
    told: list[int] = marks.to_pylist()
    return told
