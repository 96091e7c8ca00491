"""Evaluates conditions over the planes of their leaves, and again where answers change.

Over thousands of rows an operation on a plane takes longer than it takes to find out which are needed,
and of what a trial answer could affect, most does not change: only nodes above a changed leaf are
evaluated again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from .conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    nodes,
)
from .planes import Leaves, Pair, Rows, every, read_as, some

_MAX_OPERANDS = 6
"""Nodes with more parts are split, so that a change of one part leaves most of the others alone."""

_Node = tuple[str, tuple[int, ...]]
"""What a node does, and the numbers of its parts."""

_Rail = int
"""A half of a node: twice its number where it holds for certain, one more where it may hold."""


@attrs.frozen(eq=False, slots=False)
class Network:
    """Conditions as numbered nodes, each after its parts; the leaves come first.

    Attributes:
        leaves: The leaves.
        nodes: What each inner node does, and its parts.
        results: The number of the node of each condition.
    """

    leaves: Leaves
    nodes: Sequence[_Node]
    results: Sequence[int]

    @classmethod
    def of(cls, conditions: Sequence[Condition], leaves: Leaves | None = None) -> Network:
        """Returns conditions as a network over these leaves; by default over their own."""
        builder = _Builder(leaves or Leaves.of(conditions))
        results = builder.add(conditions)
        return cls(builder.leaves, builder.nodes, results)

    @cached_property
    def above(self) -> Sequence[int]:
        """For each half of a node, the halves that depend on it, as bits."""
        above = [0] * 2 * (len(self.leaves.leaves) + len(self.nodes))
        for number, node in enumerate(self.nodes, len(self.leaves.leaves)):
            for part, own in _dependencies(node):
                above[part] |= 1 << 2 * number + own
        return above

    @cached_property
    def results_at(self) -> Mapping[int, Sequence[int]]:
        """For each node the places of the conditions that it is."""
        places: dict[int, list[int]] = {}
        for place, number in enumerate(self.results):
            places.setdefault(number, []).append(place)
        return places

    def evaluate(self, rows: Rows) -> Branch:
        """Evaluates all nodes on rows."""
        mask, certain, possible = rows.mask, rows.certain[:], rows.possible[:]
        del certain[len(self.leaves.leaves) :], possible[len(self.leaves.leaves) :]
        for kind, parts in self.nodes:
            if kind == "all":
                sure = may = mask
                for part in parts:
                    sure &= certain[part]
                    may &= possible[part]
            elif kind == "any":
                sure = may = 0
                for part in parts:
                    sure |= certain[part]
                    may |= possible[part]
            elif kind == "not":
                sure, may = mask ^ possible[parts[0]], mask ^ certain[parts[0]]
            else:
                sure, may = _choice(parts, mask, certain, possible)
            certain.append(sure)
            possible.append(may)
        return Branch(self, Rows(rows.leaves, rows.size, certain, possible), mask)

    def planes(self, rows: Rows) -> Pair:
        """Returns the certain and the possible plane of each condition."""
        return self.evaluate(rows).results(range(len(self.results)))

    def from_the_top(self) -> Iterator[tuple[int, _Node]]:
        """Yields the inner nodes with their numbers, each before its parts."""
        last = len(self.leaves.leaves) + len(self.nodes) - 1
        yield from zip(range(last, -1, -1), reversed(self.nodes), strict=False)


def _choice(
    parts: Sequence[int], mask: int, certain: Sequence[int], possible: Sequence[int]
) -> tuple[int, int]:
    """Certain where it holds under every possible reading, possible where it may under one."""
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    sure = every((mask ^ possible[reading] | certain[part] for reading, part in pairs), mask)
    return sure, some(possible[reading] & possible[part] for reading, part in pairs)


def _dependencies(node: _Node) -> Iterator[tuple[_Rail, int]]:
    """Yields the halves of parts on which a node depends, each with the half of the node."""
    kind, parts = node
    for place, part in enumerate(parts):
        for half in (0, 1):
            is_reading = kind == "choose" and place % 2 == 0
            yield 2 * part + (1 if is_reading else half ^ (kind == "not")), half


class _Builder:
    """Numbers the nodes of conditions; equal ones have one number."""

    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves
        self.nodes: list[_Node] = []
        self._numbers: dict[_Node, int] = {}

    def add(self, conditions: Sequence[Condition]) -> list[int]:
        """Adds conditions; returns the number of the node of each."""
        numbers: dict[Condition, int] = {}
        for node in nodes(conditions):
            numbers[node] = self._number_of(node, [numbers[part] for part in node.parts])
        return [numbers[condition] for condition in conditions]

    def _number_of(self, node: Condition, parts: Sequence[int]) -> int:
        if isinstance(node, Holds | OneOf | OnOrAfter):
            return self.leaves.places[node]
        if isinstance(node, Constant):
            return self._number("all" if node.truth else "any", ())
        if isinstance(node, Term):
            return parts[0]
        if isinstance(node, Not):
            return self._number("not", (parts[0],))
        if isinstance(node, Choose):
            readings = (self.leaves.places[read_as(node, name)] for name, _ in node.readings)
            pairs = zip(readings, parts, strict=True)
            return self._number("choose", tuple(part for pair in pairs for part in pair))
        assert isinstance(node, All | AnyOf)
        return self._joined("all" if isinstance(node, All) else "any", parts)

    def _joined(self, kind: str, parts: Sequence[int]) -> int:
        while len(parts) > _MAX_OPERANDS:
            starts = range(0, len(parts), _MAX_OPERANDS)
            groups = (tuple(parts[start : start + _MAX_OPERANDS]) for start in starts)
            parts = [self._number(kind, group) for group in groups]
        return self._number(kind, tuple(parts))

    def _number(self, kind: str, parts: tuple[int, ...]) -> int:
        if kind in ("all", "any") and len(parts) == 1:
            return parts[0]
        number = self._numbers.get((kind, parts))
        if number is None:
            number = self._numbers[kind, parts] = len(self.leaves.leaves) + len(self.nodes)
            self.nodes.append((kind, parts))
        return number


@attrs.define(eq=False)
class Branch:
    """The planes of all nodes under some answers, evaluated again as answers are added.

    Attributes:
        network: The conditions.
        rows: The answers; its planes go on with those of the inner nodes.
        mask: The mask of all rows.
        changed: The places of the conditions that differ from those of the branch it began with.
    """

    network: Network
    rows: Rows
    mask: int
    changed: set[int] = attrs.field(factory=set)

    def branch(self) -> Branch:
        """Returns a copy, to which answers can be added."""
        self.update()
        rows = self.rows
        copy = Rows(rows.leaves, rows.size, rows.certain[:], rows.possible[:])
        return Branch(self.network, copy, self.mask, self.changed.copy())

    def update(self) -> None:
        """Evaluates what depends on the leaves that were decided since."""
        if not self.rows.touched:
            return
        above, results_at = self.network.above, self.network.results_at
        halves, changed, pending = (self.rows.certain, self.rows.possible), self.changed, 0
        for leaf in self.rows.touched:
            pending |= above[2 * leaf if leaf >= 0 else 2 * ~leaf + 1]
            changed.update(results_at.get(leaf if leaf >= 0 else ~leaf, ()))
        self.rows.touched.clear()
        while pending:
            lowest = pending & -pending
            pending ^= lowest
            rail = lowest.bit_length() - 1
            number, half = rail >> 1, rail & 1
            plane = self.value(number, half)
            if plane != halves[half][number]:
                halves[half][number] = plane
                pending |= above[rail]
                if number in results_at:
                    changed.update(results_at[number])

    def value(self, number: int, half: int) -> int:
        """Evaluates one half of a node."""
        kind, parts = self.network.nodes[number - len(self.rows.leaves.leaves)]
        certain, possible = self.rows.certain, self.rows.possible
        planes = possible if half else certain
        if kind == "all":
            return every((planes[part] for part in parts), self.mask)
        if kind == "any":
            return some(planes[part] for part in parts)
        if kind == "not":
            return self.mask ^ (certain if half else possible)[parts[0]]
        return _choice(parts, self.mask, certain, possible)[half]

    def results(self, places: Iterable[int]) -> Pair:
        """Returns the certain and the possible planes of some of the conditions."""
        numbers = [self.network.results[place] for place in places]
        certain, possible = self.rows.certain, self.rows.possible
        return [certain[number] for number in numbers], [possible[number] for number in numbers]
