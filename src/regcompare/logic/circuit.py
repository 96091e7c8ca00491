"""Evaluates conditions over the bitsets of their atoms: each node once, for all rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from .bitsets import AnswerBatch, Atoms, Pair, read_as
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

_Node = tuple[str, tuple[int, ...]]
"""What a node does, and the numbers of its parts."""


@attrs.frozen(eq=False)
class Circuit:
    """Conditions as numbered nodes, each after its parts; the atoms come first.

    Attributes:
        atoms: The atoms.
        nodes: What each inner node does, and its parts.
        results: The number of the node of each condition.
        numbers: The number of the node of each condition, and of all conditions below them.
    """

    atoms: Atoms
    nodes: Sequence[_Node]
    results: Sequence[int]
    numbers: Mapping[Condition, int]

    @classmethod
    def of(cls, conditions: Sequence[Condition], atoms: Atoms | None = None) -> Circuit:
        """Returns conditions as a circuit over these atoms; by default over their own."""
        builder = _Builder(atoms or Atoms.of(conditions))
        numbers = builder.add(conditions)
        return cls(builder.atoms, builder.nodes, [numbers[item] for item in conditions], numbers)

    def evaluate(self, rows: AnswerBatch) -> Pair:
        """Returns the certain and the possible bitset of each node, those of the atoms first."""
        mask, certain, possible = rows.mask, rows.certain[:], rows.possible[:]
        for kind, parts in self.nodes:
            if kind == "all":
                sure = may = mask
                for part in parts:
                    may &= possible[part]
                    if not may:  # Decided in all rows: the other parts change nothing.
                        sure = 0
                        break
                    sure &= certain[part]
            elif kind == "any":
                sure = may = 0
                for part in parts:
                    sure |= certain[part]
                    if sure == mask:
                        may = mask
                        break
                    may |= possible[part]
            elif kind == "not":
                sure, may = mask ^ possible[parts[0]], mask ^ certain[parts[0]]
            else:  # Certain where it holds under each possible reading, possible where under one.
                sure, may = mask, 0
                for reading, part in zip(parts[::2], parts[1::2], strict=True):
                    sure &= mask ^ possible[reading] | certain[part]
                    may |= possible[reading] & possible[part]
            certain.append(sure)
            possible.append(may)
        return certain, possible

    def bitsets(self, rows: AnswerBatch) -> Pair:
        """Returns the certain and the possible bitset of each condition."""
        certain, possible = self.evaluate(rows)
        return [certain[number] for number in self.results], [
            possible[number] for number in self.results
        ]

    def from_the_top(self) -> Iterator[tuple[int, _Node]]:
        """Yields the inner nodes with their numbers, each before its parts."""
        last = len(self.atoms.atoms) + len(self.nodes) - 1
        yield from zip(range(last, -1, -1), reversed(self.nodes), strict=False)


class _Builder:
    """Numbers the nodes of conditions; equal ones have one number."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self.nodes: list[_Node] = []
        self._numbers: dict[_Node, int] = {}

    def add(self, conditions: Sequence[Condition]) -> Mapping[Condition, int]:
        """Adds conditions; returns the number of each, and of all below them."""
        numbers: dict[Condition, int] = {}
        for node in nodes(conditions):
            numbers[node] = self._number_of(node, [numbers[part] for part in node.parts])
        return numbers

    def _number_of(self, node: Condition, parts: Sequence[int]) -> int:
        if isinstance(node, Holds | OneOf | OnOrAfter):
            return self.atoms.indices[node]
        if isinstance(node, Constant):
            return self._number("all" if node.truth else "any", ())
        if isinstance(node, Term):
            return parts[0]
        if isinstance(node, Not):
            return self._number("not", (parts[0],))
        if isinstance(node, Choose):
            readings = (self.atoms.indices[read_as(node, name)] for name, _ in node.readings)
            pairs = zip(readings, parts, strict=True)
            return self._number("choose", tuple(part for pair in pairs for part in pair))
        assert isinstance(node, All | AnyOf)
        return self._number("all" if isinstance(node, All) else "any", tuple(parts))

    def _number(self, kind: str, parts: tuple[int, ...]) -> int:
        if kind in ("all", "any") and len(parts) == 1:
            return parts[0]
        number = self._numbers.get((kind, parts))
        if number is None:
            number = self._numbers[kind, parts] = len(self.atoms.atoms) + len(self.nodes)
            self.nodes.append((kind, parts))
        return number
