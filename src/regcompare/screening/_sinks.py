"""Tables out: written beside the place where they will stand, and moved there when they are whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from regcompare.errors import UsageError, needs_extra

from ._columns import free_name
from ._sources import DUCKDB, quoted, told_by
from ._table import BadRow, place_and_table

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BadRows", "Sink", "open_sink"]


class Sink(Protocol):
    """A table that is written in pieces; leaving it in good order makes it stand, else it is gone."""

    def write(self, frame: pl.DataFrame) -> None:
        """Adds rows."""

    def finish(self) -> None:
        """Writes what is still held back, so that to make it stand wants no more space."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


def open_sink(name: str, *, overwrite: bool = False) -> Sink:
    """Returns the table to write: ``.csv``, ``.parquet``, or ``FILE.duckdb::TABLE``.

    Raises:
        UsageError: The kind is not known, the folder does not exist, or it exists and ``overwrite``
            was not given.
    """
    path, table = place_and_table(name)
    kind = path.suffix.lower()
    if not path.parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist; make it first.")
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Expected: the name of a file.")
    if kind in DUCKDB:
        return _DuckDB(path, table, overwrite)
    if kind not in (".csv", ".parquet"):
        msg = f"{path}: cannot be written. Expected: .csv, .parquet, or FILE.duckdb::TABLE."
        raise UsageError(msg)
    if table:
        raise UsageError(f"{path}: has no tables within; leave out ::{table}.")
    if path.exists() and not overwrite:
        raise UsageError(f"{path}: exists; choose another name or give --overwrite.")
    return _Csv(path) if kind == ".csv" else _Parquet(path)


@contextmanager
def _told(path: Path, *refused: Any) -> Iterator[None]:
    """Turns what an operating system or an engine refuses into a sentence."""
    try:
        yield
    except (OSError, *refused) as error:
        raise UsageError(
            f"{path}: cannot be written ({told_by(error)}). Nothing was left there."
        ) from None


class _File:
    """A file that is written under another name until it is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")

    def __enter__(self) -> Self:
        return self

    def finish(self) -> None:
        """Closes the file."""
        raise NotImplementedError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.finish()
            if kind is None:
                with _told(self.path):
                    self.part.replace(self.path)
        except UsageError:
            if kind is None:  # Else what went wrong first is told.
                raise
        finally:
            self.part.unlink(missing_ok=True)


class _Csv(_File):
    """A CSV file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._is_new = True
        with _told(path):
            self._file = self.part.open("wb")

    def write(self, frame: pl.DataFrame) -> None:
        text = io.BytesIO()
        _flat(frame, self.path).write_csv(text, include_header=self._is_new)
        with _told(self.path):
            self._file.write(text.getbuffer())
        self._is_new = False

    def finish(self) -> None:
        with _told(self.path):
            self._file.close()


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


class _Parquet(_File):
    """A Parquet file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with needs_extra("frames"):
            import pyarrow as pa
            import pyarrow.parquet as pq
        self._pq, self._refused = pq, pa.ArrowException
        self._writer: Any = None
        with _told(path):
            self._file = self.part.open("wb")

    def write(self, frame: pl.DataFrame) -> None:
        table = frame.to_arrow()
        with _told(self.path, self._refused):
            if self._writer is None:
                self._writer = self._pq.ParquetWriter(self._file, table.schema)
            self._writer.write_table(table.cast(self._writer.schema))

    def finish(self) -> None:
        with _told(self.path, self._refused):
            try:
                if self._writer is not None:
                    self._writer.close()
            finally:
                self._file.close()


class _DuckDB:
    """A table of a DuckDB database, written in one transaction."""

    def __init__(self, path: Path, table: str, overwrite: bool) -> None:
        with needs_extra("frames"):
            import duckdb
        if not table:
            raise UsageError(f"{path}: needs the name of a table. Expected: {path}::TABLE.")
        self._was_there = path.exists()
        self._path, self._table, self._refused = path, quoted(table), duckdb.Error
        self._is_new = True
        try:
            self._connection = duckdb.connect(str(path))
            known = [row[0] for row in self._connection.execute("show tables").fetchall()]
        except (duckdb.Error, OSError) as error:
            msg = f"{path}: cannot be opened as a DuckDB database ({told_by(error)})."
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

    def write(self, frame: pl.DataFrame) -> None:
        how = f"create table {self._table} as" if self._is_new else f"insert into {self._table}"
        with _told(self._path, self._refused):
            self._connection.register(_BATCH, frame.to_arrow())
            self._connection.execute(f"{how} select * from {_BATCH}")  # noqa: S608 - a quoted name
            self._connection.unregister(_BATCH)
        self._is_new = False

    def finish(self) -> None:
        """Does nothing; what a transaction holds is written when it is committed."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stands = False
        try:
            if kind is None:
                with _told(self._path, self._refused):
                    self._connection.execute("commit")
                stands = True
        finally:
            self._close(stands)

    def _close(self, stands: bool = False) -> None:
        """Closes the connection, which rolls back what is not committed."""
        self._connection.close()
        if not stands and not self._was_there:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}.wal").unlink(missing_ok=True)


_BATCH = "regcompare_batch"


class BadRows(_File):
    """The side file of rows that could not be used; it is written only where there is one.

    Raises:
        UsageError: That of an earlier run stands there and ``overwrite`` was not given.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, overwrite: bool = False) -> None:
        super().__init__(path)
        if path.exists() and not overwrite:
            msg = (
                "holds the bad rows of an earlier run; give the output another name or give --overwrite"
            )
            raise UsageError(f"{path}: {msg}.")
        self._columns = columns
        self._file: Any = None
        self._writer: Any = None

    def write(self, rows: Sequence[BadRow]) -> None:
        """Adds rows, each with its place, the reason and all that it holds."""
        if not rows:
            return
        with _told(self.path):
            if self._file is None:
                self._file = self.part.open("w", encoding="utf-8", newline="")
                self._writer = csv.writer(self._file, lineterminator="\n")
                told = (free_name(name, self._columns) for name in ("row", "place", "reason"))
                self._writer.writerow([*told, *self._columns])
            for row in rows:
                values = _fitted(row.values, len(self._columns))
                self._writer.writerow([row.row, row.place, row.reason, *values])

    def finish(self) -> None:
        if self._file is not None:
            with _told(self.path):
                self._file.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            super().__exit__(kind, error, trace)
        elif kind is None:
            self.path.unlink(missing_ok=True)  # Of an earlier run; it would tell of other rows.


def _fitted(values: Sequence[str], width: int) -> list[str]:
    """As many values as there are columns; those too many stand together in the last."""
    fitted = [*values[: width - 1], ", ".join(values[width - 1 :])]
    return fitted + [""] * (width - len(fitted))
