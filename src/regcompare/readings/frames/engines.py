"""Gates as expressions of the user's own engine, and what has to be known of that engine.

Every expression here is two-valued: nulls are dealt with where a column is read, so that the logic of
an engine's own nulls never matters.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import attrs

from .columns import Cells
from .gates import Circuit, Gate, Joined, Leaf
from .natives import Compared
from .tables import free_name

__all__ = ["Lowering"]

_FEW = 4
"""Up to so many values are compared one by one, which is faster than looking them up in a list."""


@attrs.define(eq=False)
class Lowering:
    """Adds columns for gates to a frame.

    Attributes:
        frame: The narwhals frame, which grows.
        circuit: The gates.
        cells: The cells of each column.
        sources: For each column of cells the column of the frame that holds it.
        compared: For columns of few texts the columns that compare them with each value.
    """

    frame: Any
    circuit: Circuit
    cells: Mapping[str, Cells]
    sources: Mapping[str, str]
    compared: Compared
    _added: list[str] = attrs.field(factory=list, init=False)
    _used: set[str] = attrs.field(factory=set, init=False)
    _kept: dict[Gate, str] = attrs.field(factory=dict, init=False)
    _numbered: dict[str, str] = attrs.field(factory=dict, init=False)

    @property
    def temporary(self) -> list[str]:
        """The columns that were added on the way."""
        return self._added

    def prepare(self, gates: Iterable[Gate]) -> None:
        """Adds a column for every leaf and gate that is used more than once, layer by layer."""
        uses = self._uses(gates)
        self._number(uses)
        level: dict[Gate, int] = {}
        kept: dict[Gate, None] = {}
        for gate in uses:
            plain = self._plain(gate, uses)
            if plain is not None:
                level[plain] = 0
                kept[plain] = None
            parts = [self._either_way(part, level) for part in self._parts(gate)]
            level[gate] = max(
                (level[part] + (part in kept) for part in parts), default=plain is not None
            )
            if uses[gate] > 1 and (parts or self._is_costly(gate)):
                kept[gate] = None
        for number in sorted({level[gate] for gate in kept}):
            named = {gate: self.new_name("gate") for gate in kept if level[gate] == number}
            self.frame = self.frame.with_columns(
                *(self.expression(gate).alias(name) for gate, name in named.items())
            )
            self._kept |= named

    def expression(self, gate: Gate) -> Any:
        """Returns a gate as an expression that is never null."""
        import narwhals as nw

        if gate <= 1:
            return nw.lit(bool(gate))
        if gate in self._kept:
            return nw.col(self._kept[gate])
        if gate ^ 1 in self._kept:
            return ~nw.col(self._kept[gate ^ 1])
        node = self.circuit.node(gate)
        if isinstance(node, Leaf):
            return self._leaf(node)
        parts = [self.expression(part) for part in sorted(node.parts)]
        return _balanced(parts, node.is_any)

    def new_name(self, word: str) -> str:
        """Returns the name of a further column on the way."""
        if not self._used:
            self._used.update(self.frame.collect_schema().names())
        name = free_name(word, self._used, len(self._added))
        self._used.add(name)
        self._added.append(name)
        return name

    # which gates are columns -------------------------------------------------------------------

    def _parts(self, gate: Gate) -> frozenset[Gate]:
        node = self.circuit.node(gate)
        return node.parts if isinstance(node, Joined) else frozenset()

    @staticmethod
    def _either_way(gate: Gate, known: Mapping[Gate, Any]) -> Gate:
        return gate if gate in known else gate ^ 1

    def _uses(self, gates: Iterable[Gate]) -> dict[Gate, int]:
        """How often each gate is used, a gate and its opposite taken together; parts come first."""
        uses: Counter[Gate] = Counter()
        order: dict[Gate, None] = {}
        seen: set[Gate] = set()
        stack = [(gate, False) for gate in gates if gate > 1]
        for gate, _ in stack:
            uses[gate >> 1] += 1
        while stack:
            gate, expanded = stack.pop()
            if expanded:
                order[gate] = None
                continue
            if gate >> 1 in seen:
                continue
            seen.add(gate >> 1)
            stack.append((gate, True))
            for part in sorted(self._parts(gate)):
                uses[part >> 1] += 1
                stack.append((part, False))
        return {gate: uses[gate >> 1] for gate in order}

    def _is_costly(self, gate: Gate) -> bool:
        """Whether a leaf is worth a column of its own; a native Boolean is one already."""
        node = self.circuit.node(gate)
        assert isinstance(node, Leaf)
        cells = self.cells[node.column]
        return cells.form != "flag" or cells.has_null

    # leaves ------------------------------------------------------------------------------------

    def _plain(self, gate: Gate, uses: Mapping[Gate, int]) -> Gate | None:
        """For a leaf that takes null, the same leaf without it, if that is used as well.

        To compare with one value and look for null once more costs less than to compare with all others.
        """
        node = self.circuit.node(gate)
        if not isinstance(node, Leaf) or not node.cells & 1 or node.column in self._numbered:
            return None
        cells = self.cells[node.column]
        if cells.form != "listed" or cells.blanks:
            return None
        plain = self.circuit.leaf(node.column, node.cells & ~1)
        return next((one for one in (plain, plain ^ 1) if one in uses), None)

    def _leaf(self, leaf: Leaf) -> Any:
        cells = self.cells[leaf.column]
        every = self.circuit.every[leaf.column]
        return {"flag": self._flag, "day": self._day, "listed": self._listed}[cells.form](
            leaf.column, leaf.cells, cells, every & ~leaf.cells
        )

    def _source(self, column: str) -> Any:
        import narwhals as nw

        return nw.col(self.sources[column])

    def _flag(self, column: str, among: int, cells: Cells, _others: int) -> Any:
        source = self._source(column)
        null, yes = 1, 2
        if among & ~null in (0, 6):
            return source.is_null() if among & null else ~source.is_null()
        if cells.has_null:
            source = source.fill_null(bool(among & null) is bool(among & yes))
        return source if among & yes else ~source

    def _day(self, column: str, among: int, cells: Cells, others: int) -> Any:
        if among & 1:
            return ~self._day(column, others, cells, among)
        source, days = self._source(column), cells.answers
        zone = getattr(self.frame.collect_schema()[self.sources[column]], "time_zone", None)
        if zone is not None:
            source = source.dt.replace_time_zone(None)
        timed = hasattr(self.frame.collect_schema()[self.sources[column]], "time_unit")
        periods = []
        for first, last in _runs(among, len(days)):
            inside = [~source.is_null()]
            if first > 1:
                inside.append((source >= _literal(days[first], timed)).fill_null(False))
            if last + 1 < len(days):
                inside.append((source < _literal(days[last + 1], timed)).fill_null(False))
            periods.append(_balanced(inside, False))
        return _balanced(periods, True)

    def _listed(self, column: str, among: int, cells: Cells, others: int) -> Any:
        import narwhals as nw

        if column in self._numbered:
            places = [place for place in range(len(cells.answers)) if among >> place & 1]
            number = nw.col(self._numbered[column])
            return number == places[0] if len(places) == 1 else number.is_in(places)
        if among & 1:
            plain = self.circuit.leaf(column, among & ~1)
            if not cells.blanks and (plain in self._kept or plain ^ 1 in self._kept):
                return self.expression(plain) | self._source(column).is_null()
            return ~self._listed(column, others, cells, among)
        values = [
            value for place, listed in enumerate(cells.values) if among >> place & 1 for value in listed
        ]
        source = self._source(column)
        held = self.compared.get(self.sources[column])
        if held:
            return _balanced([nw.col(held[value]) for value in values], True).fill_null(False)
        if len(values) > _FEW:
            return source.is_in(values).fill_null(False)
        return _balanced([source == value for value in values], True).fill_null(False)

    def _number(self, uses: Iterable[Gate]) -> None:
        """Replaces columns that many leaves ask about by the numbers of their cells."""
        import narwhals as nw

        if not isinstance(self.frame, nw.DataFrame) and not self.frame.implementation.is_polars():
            return
        asked: dict[str, list[int]] = {}
        for gate in uses:
            if (
                isinstance(node := self.circuit.node(gate), Leaf)
                and self.cells[node.column].form == "listed"
                and self.sources[node.column] not in self.compared
            ):
                asked.setdefault(node.column, []).append(node.cells)
        numbers = []
        for column, leaves in asked.items():
            cells = self.cells[column]
            if sum(min(_FEW * 2, _count(cells, among)) for among in leaves) < _FEW * 3:
                continue
            values = [value for listed in cells.values for value in listed]
            places = [place for place, listed in enumerate(cells.values) for _ in listed]
            name = self._numbered[column] = self.new_name("cell")
            numbers.append(
                self._source(column)
                .replace_strict(
                    values,
                    places,
                    default=0,
                    return_dtype=nw.Int16 if len(cells.values) < 2**15 else nw.Int32,
                )
                .alias(name)
            )
        if numbers:
            self.frame = self.frame.with_columns(*numbers)


def _count(cells: Cells, among: int) -> int:
    if among & 1:
        among = ~among
    return sum(len(listed) for place, listed in enumerate(cells.values) if among >> place & 1)


def _runs(among: int, size: int) -> list[tuple[int, int]]:
    """The first and last place of each run of neighbouring cells, without the first cell."""
    runs: list[tuple[int, int]] = []
    for place in range(1, size):
        if among >> place & 1:
            if runs and runs[-1][1] == place - 1:
                runs[-1] = (runs[-1][0], place)
            else:
                runs.append((place, place))
    return runs


def _literal(day: dt.date, timed: bool) -> Any:
    return dt.datetime(day.year, day.month, day.day) if timed else day  # noqa: DTZ001 - a wall clock


def _balanced(expressions: Sequence[Any], is_any: bool) -> Any:
    """Joins many expressions in a tree of little depth, which no engine chokes on."""
    if len(expressions) <= 2:
        return reduce(or_ if is_any else and_, expressions)
    half = len(expressions) // 2
    join = or_ if is_any else and_
    return join(_balanced(expressions[:half], is_any), _balanced(expressions[half:], is_any))
