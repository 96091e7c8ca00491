"""Plain Boolean logic over the cells of columns, kept as small as it can be before an engine sees it.

The answers in a column fall into *cells*: answers that no question tells apart, "not stated" being one.
A *leaf* is a set of cells of one column, as the bits of an integer, so that any combination of questions
about one column is again one leaf.  *Gates* join leaves; equal gates are one gate, whichever ruleset
they come from.  Every gate is made together with its opposite, so that turning one round costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

__all__ = ["FALSE", "TRUE", "Circuit", "Gate", "Joined", "Leaf"]

Gate = int
"""The number of a gate in its circuit; a gate and its opposite differ in the last bit."""

FALSE: Final[Gate] = 0
TRUE: Final[Gate] = 1


@attrs.frozen
class Leaf:
    """The cell of a row in one column is among these."""

    column: str
    cells: int


@attrs.frozen
class Joined:
    """All parts hold, or any of them does."""

    is_any: bool
    parts: frozenset[Gate]


Node = Leaf | Joined


class Circuit:
    """The gates made so far.

    Attributes:
        every: For each column all its cells, as bits.
    """

    def __init__(self) -> None:
        self.every: dict[str, int] = {}
        self._nodes: list[Node | None] = [None, None]
        self._known: dict[Node, Gate] = {}

    def node(self, gate: Gate) -> Node:
        """Returns what a gate that is no constant is made of."""
        node = self._nodes[gate]
        assert node is not None
        return node

    @staticmethod
    def opposite(gate: Gate) -> Gate:
        """Returns the gate that holds where this one does not."""
        return gate ^ 1

    def leaf(self, column: str, cells: int) -> Gate:
        """Returns the gate that the cell of a column is among these."""
        every = self.every[column]
        if cells & every in (0, every):
            return TRUE if cells & every else FALSE
        return self._made(Leaf(column, cells & every), Leaf(column, every & ~cells))

    def both(self, *gates: Gate) -> Gate:
        """Returns the gate that all of these hold."""
        return self._joined(False, gates)

    def either(self, *gates: Gate) -> Gate:
        """Returns the gate that at least one of these holds."""
        return self._joined(True, gates)

    def _made(self, node: Node, opposite: Node) -> Gate:
        gate = self._known.get(node)
        if gate is None:
            gate = self._known[node] = len(self._nodes)
            self._known[opposite] = gate + 1
            self._nodes += [node, opposite]
        return gate

    # joining -----------------------------------------------------------------------------------

    def _joined(self, is_any: bool, gates: Iterable[Gate]) -> Gate:
        decides = TRUE if is_any else FALSE
        flat = self._flattened(is_any, gates)
        if flat is None:
            return decides
        leaves, others = flat
        groups = self._grouped(is_any, leaves, others)
        if groups is not None:
            return self._joined(is_any, groups)
        parts = {self.leaf(column, cells) for column, cells in leaves.items()} | others
        if decides in parts or any(part ^ 1 in parts for part in parts):
            return decides
        parts -= {decides ^ 1}
        if len(parts) < 2:
            return next(iter(parts), decides ^ 1)
        turned = frozenset(part ^ 1 for part in parts)
        return self._made(Joined(is_any, frozenset(parts)), Joined(not is_any, turned))

    def _flattened(self, is_any: bool, gates: Iterable[Gate]) -> tuple[dict[str, int], set[Gate]] | None:
        """The leaves, one for each column, and the other parts; None where a part decides alone."""
        decides = TRUE if is_any else FALSE
        leaves: dict[str, int] = {}
        others: set[Gate] = set()
        left = list(gates)
        while left:
            gate = left.pop()
            if gate == decides:
                return None
            if gate <= TRUE:
                continue
            node = self._nodes[gate]
            if isinstance(node, Leaf):
                before = leaves.get(node.column)
                if before is None:
                    leaves[node.column] = node.cells
                else:
                    leaves[node.column] = before | node.cells if is_any else before & node.cells
            elif isinstance(node, Joined) and node.is_any is is_any:
                left.extend(node.parts)
            else:
                others.add(gate)
        return leaves, others

    def _grouped(self, is_any: bool, leaves: Mapping[str, int], others: set[Gate]) -> list[Gate] | None:
        """Parts with fewer gates among them, or None where nothing can be saved.

        Of two parts the one that follows from the other goes; two that differ in the cells of one
        column alone become one, as the rows of a table do.
        """
        kept = [gate for gate in others if not self._implied(is_any, gate, leaves, others)]
        merged: dict[tuple[str, frozenset[Gate]], list[Gate]] = {}
        for gate in kept:
            parts = self._parts(gate)
            for part in parts:
                if isinstance(leaf := self._nodes[part], Leaf):
                    merged.setdefault((leaf.column, parts - {part}), []).append(gate)
        alike = next(((key, group) for key, group in merged.items() if len(group) > 1), None)
        if alike is None:
            if len(kept) == len(others):
                return None
            return [*self._leaves(leaves), *kept]
        (column, rest), group = alike
        cells = [self._cells_in(gate, column) for gate in group]
        joined = cells[0]
        for more in cells[1:]:
            joined = joined | more if is_any else joined & more
        one = self._joined(not is_any, [self.leaf(column, joined), *rest])
        return [*self._leaves(leaves), *(gate for gate in kept if gate not in group), one]

    def _leaves(self, leaves: Mapping[str, int]) -> Iterator[Gate]:
        return (self.leaf(column, cells) for column, cells in leaves.items())

    def _parts(self, gate: Gate) -> frozenset[Gate]:
        node = self._nodes[gate]
        assert isinstance(node, Joined)
        return node.parts

    def _cells_in(self, gate: Gate, column: str) -> int:
        nodes = (self._nodes[part] for part in self._parts(gate))
        return next(node.cells for node in nodes if isinstance(node, Leaf) and node.column == column)

    def _implied(self, is_any: bool, gate: Gate, leaves: Mapping[str, int], others: set[Gate]) -> bool:
        """Whether a part adds nothing to the leaves and the others."""
        parts = self._parts(gate)
        if not parts.isdisjoint(others):
            return True
        for part in parts:
            node = self._nodes[part]
            if isinstance(node, Leaf) and node.column in leaves:
                own, beside = node.cells, leaves[node.column]
                if (own & ~beside if is_any else beside & ~own) == 0:
                    return True
        return False
