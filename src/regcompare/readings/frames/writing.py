"""Adds the columns of results to a table, or to each part of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

import attrs

from .columns import Cells
from .engines import Lowering
from .gates import Circuit
from .natives import (
    Compared,
    is_exact_with_null,
    lists_as_text,
    nullable_whole_numbers,
    picks_words,
    with_names,
    words_by_number,
)
from .outputs import Bits, Output, Words
from .tables import Table

__all__ = ["Writing"]


@attrs.frozen(eq=False)
class Writing:
    """What is to be added to a table; plain data, which can be sent to where the parts of one are.

    Attributes:
        circuit: The gates.
        cells: The cells of each column that holds facts.
        names: The columns of the table, with the names that they bear in the frame.
        sources: For each column the one of the frame that is read in its place.
        texts: For columns of lists the columns of text that are made of them.
        columns: The columns to add, by name.
        bad: The values of each column that could not be read; None where they are not named.
        compared: For columns of few texts the columns that compare them with each value.
    """

    circuit: Circuit
    cells: Mapping[str, Cells]
    names: Mapping[str, str]
    sources: Mapping[str, str]
    texts: Mapping[str, str]
    columns: Mapping[str, Output]
    bad: Mapping[str, tuple[Any, ...]] | None
    compared: Compared

    @classmethod
    def of(cls, table: Table, circuit: Circuit, columns: Mapping[str, Output], mark: bool) -> Self:
        """Returns what is to be added to a table as read."""
        bad = {
            name: tuple(value.value for value in cells.bad)
            for name, cells in table.cells.items()
            if cells.bad
        }
        plain = {name: attrs.evolve(cells, bad=()) for name, cells in table.cells.items()}
        return cls(
            circuit,
            plain,
            table.names,
            table.sources,
            table.texts,
            columns,
            bad if mark else None,
            table.compared,
        )

    def on_part(self, part: Any) -> Any:
        """Adds the columns to a part of a table, a pandas one."""
        import narwhals as nw

        return self.on(lists_as_text(nw.from_native(part), self.texts)).to_native()

    def on(self, frame: Any) -> Any:
        """Adds the columns to a narwhals frame."""
        lowering = Lowering(frame, self.circuit, self.cells, self.sources, self.compared)
        lowering.prepare(gate for output in self.columns.values() for gate in output.gates)
        copies = self._copies() if picks_words(frame) else {}
        added = {
            name: output.expression(lowering)
            for name, output in self.columns.items()
            if name not in copies
        }
        if self.bad is not None:
            added["problem"] = self._problem(self.bad)
        plain = self._plain(added)
        bits = {
            plain[name]: item.there
            for name, item in self.columns.items()
            if isinstance(item, Bits) and name in plain
        }
        there: dict[int, str] = {}
        if not is_exact_with_null(frame):
            there = {gate: lowering.new_name("there") for gate in dict.fromkeys(bits.values())}
        done = lowering.frame.with_columns(
            *(expression.alias(plain[name]) for name, expression in added.items()),
            *(lowering.expression(gate).alias(name) for gate, name in there.items()),
        )
        if there:
            done = nullable_whole_numbers(done, {name: there[gate] for name, gate in bits.items()})
        if picks_words(frame):
            words = {
                name: item.words
                for name, item in self.columns.items()
                if isinstance(item, Words) and name not in copies
            }
            done = words_by_number(done, words)
        values = [name for held in self.compared.values() for name in held.values()]
        done = done.drop([*self.texts.values(), *values, *lowering.temporary])
        if copies:
            return self._with_copies(done, copies)
        return with_names(done, [*self.names, *added]) if self._is_renamed else done

    def _copies(self) -> dict[str, str]:
        """The columns that hold the same as one before them, with that one."""
        first: dict[Output, str] = {}
        return {
            name: earlier
            for name, item in self.columns.items()
            if (earlier := first.setdefault(item, name)) != name
        }

    def _with_copies(self, done: Any, copies: Mapping[str, str]) -> Any:
        """The table with the columns that hold the same as others, in their places."""
        import narwhals as nw

        done = done.with_columns(nw.col(first).alias(name) for name, first in copies.items())
        problem = [] if self.bad is None else ["problem"]
        return done.select(*self.names, *self.columns, *problem)

    @property
    def _is_renamed(self) -> bool:
        return any(name != held for name, held in self.names.items())

    def _plain(self, added: Iterable[str]) -> dict[str, str]:
        """The names that new columns bear on the way."""
        if not self._is_renamed:
            return {name: name for name in added}
        return {name: f"_result_{number}" for number, name in enumerate(added)}

    def _problem(self, bad: Mapping[str, tuple[Any, ...]]) -> Any:
        """The bad values of a row with their columns, or null."""
        import narwhals as nw

        none = nw.lit(None, dtype=nw.String)
        named = []
        for column, values in bad.items():
            source = nw.col(self.sources[column])
            told = nw.concat_str(nw.lit(f"{column}: "), source.cast(nw.String))
            named.append(nw.when(source.is_in(values).fill_null(False)).then(told).otherwise(none))
        if not named:
            return none
        together = nw.concat_str(*named, separator="; ", ignore_nulls=True)
        return nw.when(together != "").then(together).otherwise(none)
