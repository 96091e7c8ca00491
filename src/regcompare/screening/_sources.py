"""Tables in, by the kind of their file: CSV, Parquet and DuckDB, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from regcompare._output import reason_of
from regcompare.errors import UsageError, needs_extra

from ._csv import CsvTable
from ._table import Batch, Source, checked_header, place_and_table

__all__ = ["CSV", "DUCKDB", "PARQUET", "open_source", "quoted"]

CSV, PARQUET, DUCKDB = (".csv", ".tsv", ".txt"), (".parquet", ".pq"), (".duckdb", ".db", ".ddb")
"""The endings of the files of each kind."""

_CURES = {
    ".xlsx": "save the sheet as CSV (UTF-8)",
    ".xls": "save the sheet as CSV (UTF-8)",
    ".ods": "save the sheet as CSV (UTF-8)",
    ".gz": "unpack it first",
    ".zip": "unpack it first",
}


def open_source(
    name: str, *, encoding: str | None = None, delimiter: str | None = None, shared: bool = False
) -> Source:
    """Returns the table to read: a ``.csv`` or ``.parquet`` file, or ``FILE.duckdb::TABLE``.

    Args:
        name: Its name.
        encoding: How a CSV file is encoded; by default as it says itself, or UTF-8.
        delimiter: What parts the columns of a CSV file; by default told by its header.
        shared: Whether the same database is written to as well.

    Raises:
        UsageError: It does not exist, is of no known kind, or its header cannot be used.
    """
    path, table = place_and_table(name)
    kind = path.suffix.lower()
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Expected a file ({_EXPECTED}).")
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file.")
    if kind not in CSV and (encoding or delimiter):
        raise UsageError(f"{path}: --encoding and --delimiter are for CSV files; leave them out.")
    if table and kind not in DUCKDB:
        raise UsageError(f"{path}: has no tables within; leave out ::{table}.")
    with _told(path):
        if kind in CSV:
            return CsvTable(path, encoding, delimiter)
        if kind in PARQUET:
            return _Parquet(path)
        if kind in DUCKDB:
            return _DuckDB(path, table, shared)
    cure = f" Please {_CURES[kind]}." if kind in _CURES else ""
    raise UsageError(f"{path}: {kind or 'no ending'} is not a table. Expected {_EXPECTED}.{cure}")


_EXPECTED = ".csv, .parquet, or FILE.duckdb::TABLE"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what an operating system or an engine refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({reason_of(error)}).") from None


def _batch(arrow: Any, before: int, whole: int) -> Batch:
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(arrow))
    rows = range(before + 1, before + frame.height + 1)
    done = (before + frame.height) / max(whole, 1)
    return Batch(frame, rows, [f"row {row}" for row in rows], (), min(done, 1.0))


class _Parquet:
    """A Parquet file, read piece by piece."""

    def __init__(self, path: Path) -> None:
        with needs_extra("frames"):
            import pyarrow as pa
            import pyarrow.parquet as pq
        self.path, self._refused = path, pa.ArrowException
        try:
            # Without these two the whole file would be held in memory by and by.
            self._file = pq.ParquetFile(
                path, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True
            )
        except pa.ArrowException as error:
            raise UsageError(f"{path}: is no Parquet file ({reason_of(error)}).") from None
        names = self._file.schema_arrow.names
        self.columns = checked_header(names, path)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields the rows, at most so many at a time; once at least."""
        before, whole = 0, self._file.metadata.num_rows
        try:
            for batch in self._file.iter_batches(batch_size=size):
                yield _batch(batch.rename_columns(self.columns), before, whole)
                before += batch.num_rows
        except (OSError, self._refused) as error:
            raise UsageError(
                f"{self.path}: cannot be read after row {before} ({reason_of(error)})."
            ) from None
        if not before:
            yield _batch(self._file.schema_arrow.empty_table().rename_columns(self.columns), 0, 0)


class _DuckDB:
    """A table of a DuckDB database, read in a stream."""

    def __init__(self, path: Path, table: str, shared: bool) -> None:
        with needs_extra("frames"):
            import duckdb
        self.path, self._refused = path, duckdb.Error
        try:
            self._connection = duckdb.connect(str(path), read_only=not shared)
            known = [row[0] for row in self._connection.execute("show tables").fetchall()]
        except duckdb.Error as error:
            raise UsageError(
                f"{path}: cannot be opened as a DuckDB database ({reason_of(error)})."
            ) from None
        if table not in known:
            self._connection.close()
            names = ", ".join(known) or "none"
            found = f"has no table {table!r}" if table else "needs the name of a table"
            raise UsageError(f"{path}: {found}. Expected {path}::TABLE with one of {names}.")
        self._table = quoted(table)
        self.columns = checked_header(self._connection.table(self._table).columns, path)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields the rows, at most so many at a time; once at least."""
        before = 0
        try:
            relation: Any = self._connection.table(self._table)
            ((whole,),) = relation.count("*").fetchall()
            # The method has had several names; this one is the newest, the other the oldest.
            read = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
            reader = read(size)
            for batch in reader:
                yield _batch(batch.rename_columns(self.columns), before, whole)
                before += batch.num_rows
        except self._refused as error:
            raise UsageError(
                f"{self.path}: cannot be read after row {before} ({reason_of(error)})."
            ) from None
        if not before:
            yield _batch(reader.schema.empty_table().rename_columns(self.columns), 0, 0)


def quoted(name: str) -> str:
    """Returns a name as SQL writes it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
