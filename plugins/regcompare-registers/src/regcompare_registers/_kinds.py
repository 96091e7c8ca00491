"""Kinds of rows: rows that no condition distinguishes have one verdict, which is computed once.

Columns are joined one after another.  The conditions are evaluated on each combination of cells, with
the remaining columns open; combinations on which every condition reduces to the same are one *state*.
A million rows thus form a few thousand kinds.  The transition from a state and a cell to a state is
cached in a table, so that most rows are looked up.

Conditions are evaluated in bit planes: one integer for "certain" and one for "possible", with one bit
for each combination.  States are compared by Zobrist hashes of the planes on which a combination is.
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

LeafTruths = tuple[Sequence[int], Sequence[int]]
"""The indices of the leaves that answers make true, and of those that they make false."""

MOST_TRANSITIONS: Final = 1 << 24
"""The most transitions cached for a column; beyond that, the tables are built anew."""


@attrs.frozen(eq=False)
class VaryingQuestion:
    """A question that rows answer differently.

    Attributes:
        name: Its name: a fact, a day or a power.
        leaf_truths: For each cell, the leaves that its answer makes true and those it makes false.
        is_law_day: Whether it is the day of the law, whose cells are always kept apart.
    """

    name: str
    leaf_truths: list[LeafTruths]
    is_law_day: bool = False


@attrs.define(eq=False)
class _JoinStep:
    """The transitions that join one column to those before it, from a state and a cell to a state.

    Attributes:
        question: The question that the column answers.
        width: How many cells each state has room for in the table.
        table: The next state by state and cell, -1 where it is not computed.
        state_of_hash: The states by their hashes.
        combinations: For each state, the cells of one combination that leads to it.
        contradictory: For each state, whether its answers contradict each other.
    """

    question: VaryingQuestion
    width: int = 8
    table: array[int] = attrs.field(factory=lambda: array("i"))
    state_of_hash: dict[int, int] = attrs.field(factory=dict)
    combinations: list[tuple[int, ...]] = attrs.field(factory=list)
    contradictory: list[bool] = attrs.field(factory=list)

    def look_up(self, states: Any, cells: Any) -> tuple[Any, Any]:
        """Returns the next state of each row, -1 where it is not computed, and its position."""
        positions = pc.add(pc.multiply(states, self.width), cells)
        table = pa.Array.from_buffers(pa.int32(), len(self.table), [None, pa.py_buffer(self.table)])
        return table.take(positions), positions

    def widen(self, states: int, cells: int) -> None:
        """Makes room for a number of previous states, and of cells."""
        if cells > self.width:
            old_width, rows = self.width, len(self.table) // self.width
            self.width = 1 << (cells - 1).bit_length()
            padding = array("i", [-1]) * (self.width - old_width)
            pieces = (
                self.table[row * old_width : (row + 1) * old_width] + padding for row in range(rows)
            )
            self.table = reduce(array.__add__, pieces, array("i"))
        shortfall = states * self.width - len(self.table)
        if shortfall > 0:
            self.table = self.table + array("i", [-1]) * max(shortfall, len(self.table))


class RowKinds:
    """The kinds of rows under one program.

    Args:
        program: The ruleset as conditions.
        readings: How doubtful texts are read.
        varying: The questions that rows answer differently, in the order in which columns are joined.
        common: The leaves that the answers common to all rows make true, and those they make false.
    """

    def __init__(
        self,
        program: Program,
        readings: Mapping[str, Any],
        varying: Sequence[VaryingQuestion],
        common: LeafTruths,
    ) -> None:
        self.program, self.common = program, common
        self.steps = [_JoinStep(item) for item in varying]
        cache: dict[Condition, Condition] = {}
        constraints = program.ruleset.vocabulary.constraints
        halves = [half for item in constraints for half in (item.when, item.then)]
        conditions = [
            partially_evaluate(item, readings, cache) for item in (*program.core_conditions, *halves)
        ]
        numbers = self._number(conditions)
        self.condition_nodes = numbers[: len(program.core_conditions)]
        self.constraint_nodes = list(
            zip(*[iter(numbers[len(program.core_conditions) :])] * 2, strict=True)
        )
        leaves = program.leaves.leaves
        self.set_leaves = _leaves_by_question(
            leaves, {fact.key for fact in program.facts.values() if fact.is_set}
        )
        self.leaves_of_question = _leaves_by_question(leaves, {item.name for item in varying})
        self._random = Random(len(leaves))  # noqa: S311 - numbers that are the same in every run
        self._hash_keys: dict[Any, int] = {}

    def _number(self, conditions: Sequence[Condition]) -> list[int]:
        """Numbers the leaves, then the nodes above them; returns the numbers of the conditions."""
        leaves = self.program.leaves
        all_nodes = list(nodes(conditions))
        inner_nodes = [node for node in all_nodes if not isinstance(node, Holds | OneOf | OnOrAfter)]
        numbers = {node: number for number, node in enumerate(inner_nodes, len(leaves.leaves))}
        for node in all_nodes:
            if isinstance(node, Holds | OneOf | OnOrAfter):
                numbers[node] = leaves.places[node]
        self.children = [tuple(numbers[part] for part in node.parts) for node in inner_nodes]
        self.function = compile_function(inner_nodes, leaves)
        return [numbers[condition] for condition in conditions]

    @property
    def size(self) -> int:
        """How many kinds there are so far, numbered from 0."""
        return len(self.steps[-1].combinations)

    @property
    def is_full(self) -> bool:
        """Whether the tables have grown so large that it is better to start again."""
        return any(len(step.table) > MOST_TRANSITIONS for step in self.steps)

    def kinds_of(self, columns: Sequence[Any]) -> Any:
        """Returns the number of the kind of each row.

        Args:
            columns: The cells of each question, as Arrow arrays, in the order of the questions.
        """
        states = pc.multiply(columns[0], 0)
        for number, column in enumerate(columns):
            states = self._join(number, states, column)
        return states

    def cells(self, kind: int) -> tuple[int, ...]:
        """Returns the cells of one combination of a kind, in the order of the questions."""
        return self.steps[-1].combinations[kind]

    def is_contradictory(self, kind: int) -> bool:
        """Whether the answers of a kind contradict each other."""
        return self.steps[-1].contradictory[kind]

    def rows(self, kinds: Sequence[int]) -> Rows:
        """Returns kinds as the planes of their leaves."""
        columns = zip(*(self.cells(kind) for kind in kinds), strict=True)
        return self._state(len(kinds), self.steps, list(map(_rows_by_cell, columns)))

    # learning --------------------------------------------------------------------------------------

    def _join(self, number: int, states: Any, column: Any) -> Any:
        step = self.steps[number]
        before = self.steps[number - 1].combinations if number else [()]
        step.widen(len(before), pc.max(column).as_py() + 1)
        joined, positions = step.look_up(states, column)
        new = pc.unique(positions.filter(pc.equal(joined, -1))).to_pylist()
        if not new:
            return joined
        combinations = [(*before[position // step.width], position % step.width) for position in new]
        hashes, contradictory = self._hash_combinations(number + 1, combinations)
        for row, position in enumerate(new):
            state = step.state_of_hash.setdefault(hashes[row], len(step.combinations))
            if state == len(step.combinations):
                step.combinations.append(combinations[row])
                step.contradictory.append(bool(contradictory >> row & 1))
            step.table[position] = state
        return step.look_up(states, column)[0]

    def _hash_combinations(
        self, count: int, combinations: Sequence[tuple[int, ...]]
    ) -> tuple[list[int], int]:
        """A hash for each combination, equal for those of one state, and the contradictory ones."""
        steps = self.steps[:count]
        columns = [_rows_by_cell(column) for column in zip(*combinations, strict=True)]
        state = self._state(len(combinations), steps, columns)
        contradictory = 0
        if count == len(self.steps):  # What follows from the answers counts as well.
            contradictory, _ = self.program.propagation.propagate(state)
        truths = self.function(state.mask, state.certain, state.possible)
        certain, possible = [*state.certain, *truths[0]], [*state.possible, *truths[1]]
        pending = {
            leaf
            for step in self.steps[count:]
            for leaf in self.leaves_of_question.get(step.question.name, ())
        }
        keys: dict[int, int] = {}
        for plane, name in self._distinguishing_planes(state.mask, certain, possible, pending):
            if plane:
                keys[plane] = keys.get(plane, 0) ^ self._hash_key(name)
        for step, cells in zip(steps, columns, strict=True):
            for cell, mask in cells.items() if step.question.is_law_day else ():
                keys[mask] = keys.get(mask, 0) ^ self._hash_key((step.question.name, cell))
        return row_hashes(len(combinations), keys), contradictory

    def _state(
        self, size: int, steps: Sequence[_JoinStep], columns: Sequence[Mapping[int, int]]
    ) -> Rows:
        """The planes of the leaves."""
        all_rows, count = (1 << size) - 1, len(self.program.leaves.leaves)
        certain, fails = [0] * count, [0] * count
        sources = [(self.common, all_rows)]
        for step, cells in zip(steps, columns, strict=True):
            sources += [(step.question.leaf_truths[cell], mask) for cell, mask in cells.items()]
        for (true_leaves, false_leaves), mask in sources:
            for leaf in true_leaves:
                certain[leaf] |= mask
            for leaf in false_leaves:
                fails[leaf] |= mask
        return Rows(self.program.leaves, size, certain, [all_rows ^ plane for plane in fails])

    def _distinguishing_planes(
        self, all_rows: int, certain: Sequence[int], possible: Sequence[int], pending: Container[int]
    ) -> Iterator[tuple[int, Any]]:
        """The planes of what can still matter, each with a name; they distinguish states."""
        needed = self._needed(all_rows, certain, possible)
        for number, rows in enumerate(needed):
            if rows and number not in pending:
                yield rows & certain[number], (number, True)
                yield rows & possible[number], (number, False)
        for pair, (when, then) in enumerate(self.constraint_nodes):
            yield possible[when] & ~certain[then], ("pair", pair)
        for name, members in self.set_leaves.items():  # Members of a set are tried together.
            is_open = reduce(or_, (needed[leaf] & (certain[leaf] ^ possible[leaf]) for leaf in members))
            for leaf in members if is_open and members[0] not in pending else ():
                yield is_open & certain[leaf], (name, leaf, True)
                yield is_open & possible[leaf], (name, leaf, False)

    def _needed(self, all_rows: int, certain: Sequence[int], possible: Sequence[int]) -> list[int]:
        """The rows in which each node can still matter: those in which a node above it is open."""
        needed = [0] * len(certain)
        for root in self.condition_nodes:
            needed[root] = all_rows
        for when, then in self.constraint_nodes:
            needed[when] |= possible[when] & ~certain[then]
            needed[then] |= possible[when] & ~certain[then]
        first = len(certain) - len(self.children)
        for number in range(len(certain) - 1, first - 1, -1):
            is_open = needed[number] & (certain[number] ^ possible[number])
            if is_open:
                for part in self.children[number - first]:
                    needed[part] |= is_open
        return needed

    def _hash_key(self, name: Any) -> int:
        if name not in self._hash_keys:
            self._hash_keys[name] = self._random.getrandbits(64)
        return self._hash_keys[name]


def _leaves_by_question(leaves: Sequence[Condition], names: Container[str]) -> dict[str, list[int]]:
    """The leaves that ask each of these questions."""
    leaves_by_question: dict[str, list[int]] = {}
    for number, leaf in enumerate(leaves):
        if (name := leaf.question.subject) in names:
            leaves_by_question.setdefault(name, []).append(number)
    return leaves_by_question


def _rows_by_cell(column: Sequence[int]) -> dict[int, int]:
    """The rows of each cell in a column, as a plane."""
    distinct = set(column)
    if len(distinct) * _FEW_ROWS_PER_CELL > len(column):
        return dict(rows_by_answer(column))
    cells = pa.array(column, pa.int32())
    all_rows = (1 << len(column)) - 1
    return {
        cell: int.from_bytes(pc.equal(cells, cell).buffers()[1], "little") & all_rows
        for cell in distinct
    }


_FEW_ROWS_PER_CELL: Final = 256
"""With fewer rows for each cell, rows are visited one by one."""


def row_hashes(size: int, keys: Mapping[int, int]) -> list[int]:
    """Returns for each row the XOR of the keys of its planes; collisions have odds of 1 in 2^64."""
    none = pa.scalar(0, pa.uint64())
    hashes = pa.nulls(size, pa.uint64()).fill_null(0)
    for plane, key in keys.items():
        bits = pa.py_buffer(plane.to_bytes((size + 7) // 8, "little"))
        is_set = pa.Array.from_buffers(pa.bool_(), size, [None, bits])
        hashes = pc.bit_wise_xor(hashes, pc.if_else(is_set, pa.scalar(key, pa.uint64()), none))
    result: list[int] = hashes.to_pylist()
    return result
