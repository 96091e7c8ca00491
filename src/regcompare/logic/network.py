"""Evaluates conditions again where answers changed: only the nodes above a changed leaf.

Over thousands of rows an operation on a plane takes longer than it takes to find out which are needed,
and of what a trial answer could affect, most does not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
from .planes import Leaves, Rows, every, read_as, some

_MAX_OPERANDS = 6
"""Nodes with more parts are split, so that a change of one part leaves most of the others alone."""

_Node = tuple[str, tuple[int, ...]]
"""What a node does, and the numbers of its parts."""

_Rail = int
"""A half of a node: twice its number where it holds for certain, one more where it may hold."""


@attrs.frozen(eq=False)
class Network:
    """Conditions as numbered nodes, each after its parts; the leaves come first.

    Attributes:
        leaves: The leaves.
        nodes: What each inner node does, and its parts.
        above: For each half of a node, the halves that depend on it, as bits.
        results: The number of the node of each condition.
        results_at: For each node the places of the conditions that it is.
    """

    leaves: Leaves
    nodes: Sequence[_Node]
    above: Sequence[int]
    results: Sequence[int]
    results_at: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, conditions: Sequence[Condition], leaves: Leaves) -> Network:
        """Returns conditions as a network over these leaves."""
        builder = _Builder(leaves)
        results = builder.add(conditions)
        above = [0] * 2 * (len(leaves.leaves) + len(builder.nodes))
        for number, node in enumerate(builder.nodes, len(leaves.leaves)):
            for part, own in _dependencies(node):
                above[part] |= 1 << 2 * number + own
        places: dict[int, list[int]] = {}
        for place, number in enumerate(results):
            places.setdefault(number, []).append(place)
        return cls(leaves, builder.nodes, above, results, places)

    def evaluate(self, rows: Rows) -> Branch:
        """Evaluates all nodes on rows."""
        padding = [0] * len(self.nodes)
        copy = Rows(rows.leaves, rows.size, rows.certain + padding, rows.possible + padding)
        branch = Branch(self, copy, rows.mask)
        for number in range(len(rows.certain), len(copy.certain)):
            copy.certain[number], copy.possible[number] = (
                branch.value(number, 0),
                branch.value(number, 1),
            )
        return branch

    def from_the_top(self) -> Iterator[tuple[int, _Node]]:
        """Yields the inner nodes with their numbers, each before its parts."""
        last = len(self.leaves.leaves) + len(self.nodes) - 1
        yield from zip(range(last, -1, -1), reversed(self.nodes), strict=False)


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
        if not parts:
            return self.mask if kind == "all" else 0
        plane = planes[parts[0]]
        if kind == "all":
            for part in parts[1:]:
                plane &= planes[part]
            return plane
        if kind == "any":
            for part in parts[1:]:
                plane |= planes[part]
            return plane
        if kind == "not":
            return self.mask ^ (certain if half else possible)[parts[0]]
        pairs = zip(parts[::2], parts[1::2], strict=True)
        if half:
            return some(possible[reading] & possible[part] for reading, part in pairs)
        return every(
            (self.mask ^ possible[reading] | certain[part] for reading, part in pairs), self.mask
        )

    def results(self, places: Iterable[int]) -> tuple[list[int], list[int]]:
        """Returns the certain and the possible planes of some of the conditions."""
        numbers = [self.network.results[place] for place in places]
        certain, possible = self.rows.certain, self.rows.possible
        return [certain[number] for number in numbers], [possible[number] for number in numbers]
