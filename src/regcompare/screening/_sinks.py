"""Tables out: CSV, Parquet and DuckDB, each under its name only once it is whole."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from regcompare._csv import HARMLESS, RUNS, csv_lines, guarded
from regcompare._output import NewFile, cannot_write, reason_of, refuse_existing
from regcompare.errors import UsageError, needs_extra

from ._columns import free_name
from ._sources import DUCKDB, quoted
from ._table import BadRow, place_and_table

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BadRows", "Sink", "open_sink"]


class Sink(Protocol):
    """A table that is written in pieces; left without being published, it is gone."""

    def add(self, frame: pl.DataFrame) -> None:
        """Adds rows."""

    def finish(self) -> None:
        """Writes what is still held back, so that to publish it takes no more space."""

    def publish(self) -> None:
        """Gives it its name."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_sink(name: str, *, overwrite: bool = False, spreadsheet_safe: bool = False) -> Sink:
    """Returns the table to write: ``.csv``, ``.parquet``, or ``FILE.duckdb::TABLE``.

    Raises:
        UsageError: The kind is not known, the folder does not exist, or it exists and ``overwrite``
            was not given.
    """
    path, table = place_and_table(name)
    kind = path.suffix.lower()
    if spreadsheet_safe and kind != ".csv":
        raise UsageError(f"{path}: --spreadsheet-safe is for CSV files; leave it out.")
    if kind in DUCKDB:
        return _DuckDB(path, table, overwrite)
    if kind not in (".csv", ".parquet"):
        msg = f"{path}: cannot be written. Expected .csv, .parquet, or FILE.duckdb::TABLE."
        raise UsageError(msg)
    if table:
        raise UsageError(f"{path}: has no tables within; leave out ::{table}.")
    if kind == ".csv":
        return _Csv(path, overwrite=overwrite, spreadsheet_safe=spreadsheet_safe)
    return _Parquet(path, overwrite=overwrite)


@contextmanager
def _told(path: Path, *refused: Any) -> Iterator[None]:
    """Turns what an operating system or an engine refuses into a sentence."""
    try:
        yield
    except (OSError, *refused) as error:
        raise cannot_write(path, error) from None


class _Csv(NewFile):
    """A CSV file."""

    def __init__(self, path: Path, *, overwrite: bool, spreadsheet_safe: bool) -> None:
        super().__init__(path, overwrite=overwrite)
        self._is_new, self._is_safe = True, spreadsheet_safe

    def add(self, frame: pl.DataFrame) -> None:
        text = io.BytesIO()
        flat = _flat(frame, self.path)
        if self._is_safe:
            flat = _guarded(flat)
        flat.write_csv(text, include_header=self._is_new)
        self.write(text.getvalue())
        self._is_new = False


def _guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame of which a spreadsheet runs nothing, as ``csv_lines`` writes rows."""
    import polars as pl

    def guard(name: str) -> pl.Expr:
        text = pl.col(name).cast(pl.String)
        runs = text.str.contains(RUNS) & ~text.str.contains(HARMLESS)
        return pl.when(runs).then(pl.format("'{}", text)).otherwise(text).alias(name)

    texts = (pl.String, pl.Categorical, pl.Enum)
    names = [name for name, kind in frame.schema.items() if isinstance(kind, texts)]
    return frame.with_columns(map(guard, names)).rename(guarded)


def _flat(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    """A frame that CSV can hold: lists as the text that a column of members holds."""
    import polars as pl

    changed = []
    for name, kind in frame.schema.items():
        inner = kind.inner if isinstance(kind, pl.List | pl.Array) else kind
        if isinstance(inner, pl.List | pl.Array | pl.Struct | pl.Object) or inner == pl.Binary:
            msg = (
                f"{path}: the column {name!r} holds {kind}, which CSV cannot. Write to .parquet instead."
            )
            raise UsageError(msg)
        if inner is not kind:
            members = pl.col(name).cast(pl.List(pl.String))
            text = members.list.join("; ", ignore_nulls=True)
            changed.append(
                pl.when(members.list.len() == 0).then(pl.lit("none")).otherwise(text).alias(name)
            )
    return frame.with_columns(changed)


class _Parquet(NewFile):
    """A Parquet file."""

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        with needs_extra("frames"):
            import pyarrow as pa
            import pyarrow.parquet as pq
        super().__init__(path, overwrite=overwrite)
        self._pq, self._refused = pq, pa.ArrowException
        self._writer: Any = None

    def add(self, frame: pl.DataFrame) -> None:
        table = frame.to_arrow()
        with _told(self.path, self._refused):
            if self._writer is None:
                self._writer = self._pq.ParquetWriter(self.file, table.schema)
            self._writer.write_table(table.cast(self._writer.schema))

    def finish(self) -> None:
        with _told(self.path, self._refused):
            if self._writer is not None:
                self._writer.close()
        super().finish()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError, self._refused):
            if self._writer is not None:
                self._writer.close()
        super().__exit__(kind, error, trace)


class _DuckDB:
    """A table of a DuckDB database, written in one transaction."""

    def __init__(self, path: Path, table: str, overwrite: bool) -> None:
        with needs_extra("frames"):
            import duckdb
        if not table:
            raise UsageError(f"{path}: needs the name of a table. Expected {path}::TABLE.")
        refuse_existing(path, overwrite=True)  # A table is added to a database that exists.
        self._was_there = path.exists()
        self._path, self._table, self._refused = path, quoted(table), duckdb.Error
        self._is_new = True
        try:
            self._connection = duckdb.connect(str(path))
            known = [row[0] for row in self._connection.execute("show tables").fetchall()]
        except (duckdb.Error, OSError) as error:
            msg = f"{path}: cannot be opened as a DuckDB database ({reason_of(error)})."
            raise UsageError(msg) from None
        # DuckDB takes names for the same whatever their capitals.
        if table.lower() in [name.lower() for name in known] and not overwrite:
            self._connection.close()
            raise UsageError(f"{path}: has a table {table!r}; choose another name or give --overwrite.")

    def __enter__(self) -> Self:
        try:
            with _told(self._path, self._refused):
                self._connection.execute("begin transaction")
                self._connection.execute(f"drop table if exists {self._table}")
        except UsageError:
            self._close()
            raise
        return self

    def add(self, frame: pl.DataFrame) -> None:
        how = f"create table {self._table} as" if self._is_new else f"insert into {self._table}"
        with _told(self._path, self._refused):
            self._connection.register(_BATCH, frame.to_arrow())
            self._connection.execute(f"{how} select * from {_BATCH}")  # noqa: S608 - a quoted name
            self._connection.unregister(_BATCH)
        self._is_new = False

    def finish(self) -> None:
        """Does nothing; what a transaction holds is written when it is committed."""

    def publish(self) -> None:
        with _told(self._path, self._refused):
            self._connection.execute("commit")
        self._was_there = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        """Closes the connection, which rolls back what is not committed."""
        self._connection.close()
        if not self._was_there:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}.wal").unlink(missing_ok=True)


_BATCH = "regcompare_batch"


class BadRows(NewFile):
    """The side file of rows that could not be used, safe for a spreadsheet; it is there only for some.

    Raises:
        UsageError: That of an earlier run is there and ``overwrite`` was not given.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, overwrite: bool = False) -> None:
        if path.exists() and not overwrite:
            msg = (
                "holds the bad rows of an earlier run; give the output another name or give --overwrite"
            )
            raise UsageError(f"{path}: {msg}.")
        super().__init__(path, overwrite=overwrite)
        self._columns, self._is_empty = columns, True

    def add(self, rows: Sequence[BadRow]) -> None:
        """Adds rows, each with its place, the reason and all that it holds."""
        if rows and self._is_empty:
            told = (free_name(name, self._columns) for name in ("row", "place", "reason"))
            self.write(csv_lines([(*told, *self._columns)]))
            self._is_empty = False
        width = len(self._columns)
        self.write(
            csv_lines((str(row.row), row.place, row.reason, *_fitted(row.values, width)) for row in rows)
        )

    def publish(self) -> None:
        if self._is_empty:
            self.path.unlink(missing_ok=True)  # Of an earlier run; it would speak of other rows.
        else:
            super().publish()


def _fitted(values: Sequence[str], width: int) -> list[str]:
    """As many values as there are columns; those too many stand together in the last."""
    fitted = [*values[: width - 1], ", ".join(values[width - 1 :])]
    return fitted + [""] * (width - len(fitted))
