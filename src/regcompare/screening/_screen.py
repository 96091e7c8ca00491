"""A whole table of transactions under rulesets, from file to file, in bounded memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from regcompare._output import one_at_a_time
from regcompare.assess import Readings
from regcompare.errors import UsageError, needs_extra
from regcompare.readings.frames import assess_frame
from regcompare.rulesets import Ruleset
from regcompare.vocabulary import Vocabulary

from ._columns import Columns, columns_of, free_name
from ._reasons import Reasons
from ._rows import scenario_of_row
from ._sinks import BadRows, Sink, open_sink
from ._sources import DUCKDB, open_source
from ._summary import Summary, Tally
from ._table import BAD_ROWS, BadRow, Batch, Source, place_and_table

if TYPE_CHECKING:
    import polars as pl

__all__ = ["bad_rows_file", "screen"]

Progress = Callable[[float], None]
"""Is told what share of the work is done, from 0 to 1."""

MIDNIGHT = r"^\s*(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?\s*$"
"""A day as spreadsheets and databases write it that know no days without a time."""

READING = 0.95
"""What share of the work it is, roughly, to go through the rows; the rest is the summary."""


def bad_rows_file(sink: str) -> Path:
    """Returns the side file of the rows that could not be used; no other output has the same one."""
    path, table = place_and_table(sink)
    return path.with_name(f"{path.name}{f'-{table}' if table else ''}{BAD_ROWS}")


def screen(
    source: str,
    sink: str,
    rulesets: Sequence[Ruleset],
    vocabulary: Vocabulary,
    *,
    as_of: dt.date | Literal["scenario"] | None = None,
    readings: Readings = None,
    presume: Literal["ordinary"] | None = None,
    presumed: Mapping[str, str] | None = None,
    discretion: Mapping[str, bool] | None = None,
    columns: Mapping[str, str] | None = None,
    gaps: Collection[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
    overwrite: bool = False,
    spreadsheet_safe: bool = False,
    batch_size: int = 250_000,
    progress: Progress | None = None,
) -> Summary:
    """Puts every row of a table under rulesets and writes it with the results.

    Rows are read and written in batches, so that memory stays bounded.  A row that cannot be read, that
    holds a wrong value where a rule asks, or whose facts contradict each other is written to a side file
    with the reason instead.  The output stands under its name only once it is whole.

    Args:
        source: A ``.csv`` or ``.parquet`` file or ``FILE.duckdb::TABLE``; columns as ``assess_frame``
            takes them, others are carried through.
        sink: Where to write, of the same kinds.
        rulesets: The rulesets.
        vocabulary: The facts that columns may name.
        as_of: The day whose law is applied; ``scenario`` for each row's own day.
        readings: Readings of doubtful texts.
        presume: ``ordinary`` to presume the ordinary answers of facts that are not stated.
        presumed: Fact key to an answer, as text, that is presumed of every row.
        discretion: How powers were used, in every row.
        columns: Name of a column to the fact that it holds.
        gaps: Texts that say that nothing is stated, such as ``n/a``, in the columns that hold facts.
        encoding: How a CSV file is encoded.
        delimiter: What parts the columns of a CSV file.
        overwrite: Whether what stands under the name of the sink, and the side file of an earlier run
            into it, may be replaced.
        spreadsheet_safe: Whether a text in a CSV output that a spreadsheet would run gets an apostrophe
            before it, as it always does in the side file.
        batch_size: How many rows are held at a time.
        progress: Is told how far it has come.

    Raises:
        UsageError: The tables cannot be used, or no column is a fact; the text says how to mend it.
    """
    with needs_extra("frames"):
        import polars as pl  # noqa: F401 - asked for before anything is written
    same_database = _refuse_same(source, sink)
    told = progress or (lambda _: None)

    def scenario(row: Mapping[str, Any]) -> Any:
        return scenario_of_row(
            row, vocabulary, presume=presume, presumed=presumed, discretion=discretion
        )

    def assessed(frame: pl.DataFrame) -> pl.DataFrame:
        result: pl.DataFrame = assess_frame(
            frame,
            rulesets,
            as_of=as_of,
            readings=readings,
            presume=presume,
            presumed=presumed,
            discretion=discretion,
            on_bad="mark",
        )
        return result

    with closing(
        open_source(source, encoding=encoding, delimiter=delimiter, shared=same_database)
    ) as table:
        found = columns_of(table.columns, columns or {}, vocabulary, source)
        tally = Tally(rulesets, found, scenario, as_of=as_of, readings=readings)
        reasons = Reasons(found.facts, vocabulary, presume=presume, presumed=presumed or {})
        work = _Work(table, found, frozenset(gaps), assessed, tally, reasons)
        side = bad_rows_file(sink)
        with (
            open_sink(sink, overwrite=overwrite, spreadsheet_safe=spreadsheet_safe) as out,
            BadRows(side, table.columns, overwrite=overwrite) as bad,
        ):
            work.run(batch_size, out, bad, lambda share: told(share * READING))
            with one_at_a_time(side.parent):
                out.publish()
                bad.publish()
    return tally.summary(lambda share: told(READING + share * (1 - READING)))


def _refuse_same(source: str, sink: str) -> bool:
    """Whether both are tables of one database.

    Raises:
        UsageError: What is read would be overwritten.
    """
    (read, read_table), (written, table) = place_and_table(source), place_and_table(sink)
    if read.resolve() == bad_rows_file(sink).resolve():
        raise UsageError(
            f"{source}: is where the bad rows of {sink} would go. Give the output another name."
        )
    is_same = read.resolve() == written.resolve()
    if is_same and (read.suffix.lower() not in DUCKDB or read_table.lower() == table.lower()):
        raise UsageError(f"{sink}: is the table that is read. Give the output another name.")
    return is_same


@attrs.frozen
class _Work:
    """What is done to each batch of rows."""

    table: Source
    columns: Columns
    gaps: frozenset[str]
    assessed: Callable[[pl.DataFrame], pl.DataFrame]
    tally: Tally
    reasons: Reasons

    def run(self, size: int, out: Sink, bad: BadRows, progress: Progress) -> None:
        """Puts every row where it belongs."""
        for batch in self.table.batches(size):
            rows = batch.frame.rename(dict(self.columns.names))
            result = self.assessed(self._tidied(rows))
            refused = self._refused(batch, result)
            kept = result.filter(_is_sound()).drop("problem", "contradiction")
            self.tally.read += rows.height + len(batch.bad)
            self.tally.bad += len(refused)
            self.tally.add(kept)
            out.add(kept.rename(dict(self.columns.outer)))
            bad.add(refused)
            progress(batch.done)
        out.finish()
        bad.finish()

    def _tidied(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with nothing where a text says that nothing is stated, and days without midnight."""
        import polars as pl

        texts = [name for name in self.columns.facts if rows.schema[name] == pl.String]
        if self.gaps:
            rows = rows.with_columns(
                pl.when(pl.col(name).str.strip_chars().is_in(list(self.gaps)).not_()).then(pl.col(name))
                for name in texts
            )
        return rows.with_columns(
            pl.col(name).str.replace(MIDNIGHT, "$1") for name in texts if name in self.columns.days
        )

    def _refused(self, batch: Batch, result: pl.DataFrame) -> list[BadRow]:
        """The rows of a batch that could not be used, in their order."""
        place = free_name("place", result.columns)
        flagged = result.with_row_index(place).filter(~_is_sound())
        names = list(self.columns.facts)
        refused = list(batch.bad)
        for number, *values in flagged.select(place, *names).iter_rows():
            reason = self.reasons.of(dict(zip(names, values, strict=True)))
            held = tuple("" if value is None else str(value) for value in batch.frame.row(number))
            refused.append(BadRow(batch.rows[number], batch.places[number], reason, held))
        return sorted(refused, key=lambda row: row.row)


def _is_sound() -> Any:
    import polars as pl

    return pl.col("problem").is_null() & ~pl.col("contradiction")
