"""Columns as cells: the answers to a fact, as numbers that stand for all answers nothing tells apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, Final

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN, AnswerError, Fact

from .columns import read_value

ABSENT, STATED_UNKNOWN, BAD = range(3)
"""The first cells of every column: nothing is stated, ``unknown`` is, or what is no answer."""

MOST_KEPT: Final = 100_000
"""So many distinct values are kept with their cells; what comes after them is read anew."""


@attrs.define(eq=False)
class Cells:
    """The answers to a question, numbered; those of one cell are not told apart.

    Attributes:
        signature: What is the same of two answers that are not told apart.
        answers: One answer for each cell.
    """

    signature: Callable[[Any], Hashable]
    answers: list[Any] = attrs.field(factory=lambda: [None, UNKNOWN, UNKNOWN])
    _places: dict[Hashable, int] = attrs.field(factory=dict)

    def of(self, answer: Any) -> int:
        """Returns the cell of an answer."""
        if answer is None or answer is UNKNOWN:
            return ABSENT if answer is None else STATED_UNKNOWN
        place = self._places.setdefault(self.signature(answer), len(self.answers))
        if place == len(self.answers):
            self.answers.append(answer)
        return place


@attrs.define(eq=False)
class Column:
    """One column of a table, of which each distinct value is read once.

    Attributes:
        name: Its name.
        fact: What reads its values.
        cells: Where its answers fall.
        gaps: Texts that say that nothing is stated.
        source: The column that holds the values, where that has another name.
        part: What of a value is read.
        wrong: What is wrong with the values of the last batch that are no answers.
    """

    name: str
    fact: Fact
    cells: Cells
    gaps: Collection[str] = ()
    source: str = ""
    part: Callable[[Any], Any] | None = None
    wrong: dict[Any, AnswerError] = attrs.field(factory=dict)
    _kept: dict[Any, int] = attrs.field(factory=dict)

    @property
    def of(self) -> str:
        """The column of the table that holds the values."""
        return self.source or self.name

    def encoded(self, values: Any) -> Any:
        """Returns an Arrow array as the numbers of its cells."""
        self.wrong = {}
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        coded = _as_scalars(self.name, self.fact, values)
        if not isinstance(coded, pa.DictionaryArray):
            coded = coded.dictionary_encode()
        cells = [self._cell(value) for value in coded.dictionary.to_pylist()]
        return pc.fill_null(pa.array(cells, pa.int32()).take(coded.indices), ABSENT)

    def _cell(self, value: Any) -> int:
        cell = self._kept.get(value)
        if cell is None:
            try:
                is_gap = isinstance(value, str) and value.strip() in self.gaps
                part = self.part(value) if self.part else value
                cell = ABSENT if is_gap else self.cells.of(read_value(self.fact, part))
            except AnswerError as error:
                self.wrong[value] = error
                return BAD
            self._kept[value] = cell
        return cell

    def problems(self, values: Any, rows: Any) -> list[AnswerError]:
        """Returns what is wrong with the values in these rows, which hold no answers."""
        held = _as_scalars(self.name, self.fact, values).take(rows).to_pylist()
        return [self.wrong[value] for value in held]


# kinds of columns ------------------------------------------------------------------------------------

_REFUSED: Mapping[str, Callable[[Any], bool]] = {
    "binary data": lambda kind: pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    or pa.types.is_fixed_size_binary(kind) or pa.types.is_binary_view(kind),
    "maps": pa.types.is_map,
    "durations": lambda kind: pa.types.is_duration(kind) or pa.types.is_interval(kind),
    "times of day": pa.types.is_time,
    "structures": lambda kind: pa.types.is_struct(kind) or pa.types.is_union(kind),
}  # fmt: skip


def _as_scalars(name: str, fact: Fact, values: Any) -> Any:
    """A column as an array of texts, days, yes/no or numbers; lists of members as text."""
    kind = values.type
    if _is_list(kind):
        if not fact.is_set:
            raise UsageError(
                f"Column {name!r} contains lists or similar. Expected one answer in each row."
            )
        return _joined(name, values)
    for what, is_kind in _REFUSED.items():
        if is_kind(kind.value_type if pa.types.is_dictionary(kind) else kind):
            raise UsageError(
                f"Column {name!r} holds {what}. Expected answers as text, or yes/no, days or lists of "
                "members; convert the column first."
            )
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(values) if kind.tz else values
        return local.cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False)
    if pa.types.is_null(kind):
        return values.cast(pa.string())
    return values.cast(pa.string()) if pa.types.is_string_view(kind) else values


def _is_list(kind: Any) -> bool:
    types = pa.types
    views = (types.is_list_view(kind), types.is_large_list_view(kind))
    return any((types.is_list(kind), types.is_large_list(kind), types.is_fixed_size_list(kind), *views))


def _joined(name: str, values: Any) -> Any:
    inner = values.type.value_type
    if pa.types.is_nested(inner):
        raise UsageError(
            f"Column {name!r} holds structures or lists of lists. Expected lists of members, or text."
        )
    return members_as_text(values)


def members_as_text(values: Any) -> Any:
    """Returns an Arrow array of lists as the text that a column of members holds."""
    lists = values.cast(pa.list_(pa.string()))
    lists = pc.if_else(pc.is_null(lists), None, lists)
    text = pc.binary_join(lists, "; ")
    return pc.if_else(pc.equal(pc.list_value_length(lists), 0), "none", text)


# several columns ------------------------------------------------------------------------------------


def together(columns: list[Any]) -> tuple[Any, list[tuple[int, ...]]]:
    """Returns the distinct rows of columns of cells, and for each row the place among these."""
    places = pa.nulls(0)
    distinct: list[tuple[int, ...]] = [()]
    for number, column in enumerate(columns):
        wide = column.cast(pa.int64())
        key = wide if not number else pc.add(pc.shift_left(places, 32), wide)
        coded = key.dictionary_encode()
        pairs = [divmod(value, 1 << 32) for value in coded.dictionary.to_pylist()]
        distinct = [(*distinct[before], cell) for before, cell in pairs]
        places = coded.indices.cast(pa.int64())
    return places, distinct
