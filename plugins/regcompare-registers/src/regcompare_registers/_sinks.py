"""Writes tables as CSV, Parquet and DuckDB; each appears under its name only when it is complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from regcompare._support.csv import csv_lines
from regcompare._support.output import NewFile, cannot_write, refuse_existing
from regcompare.errors import UsageError

from ._answers import is_list, members_as_text
from ._csv import CsvTable
from ._tables import DUCKDB, BadRow, Stream, connect, place_and_table, quoted


def open_sink(name: str, *, overwrite: bool = False) -> _File | _DuckDB:
    """Returns the table to write: ``.csv``, ``.parquet``, or ``FILE.duckdb::TABLE``.

    Raises:
        UsageError: The ending is not known, the folder does not exist, or it exists and ``overwrite``
            was not given.
    """
    path, table = place_and_table(name)
    ending = path.suffix.lower()
    if ending in DUCKDB:
        return _DuckDB(path, table, overwrite)
    if ending not in (".csv", ".parquet"):
        raise UsageError(f"{path}: cannot be written. Expected .csv, .parquet, or FILE.duckdb::TABLE.")
    if table:
        raise UsageError(f"{path}: has no tables within; leave out ::{table}.")
    return _File(path, overwrite=overwrite)


@contextmanager
def _errors_as_sentences(path: Path, *error_types: Any) -> Iterator[None]:
    """Turns an error of the operating system or of a library into a sentence."""
    try:
        yield
    except (OSError, *error_types) as error:
        raise cannot_write(path, error) from None


class _File(NewFile):
    """A CSV or a Parquet file."""

    def __init__(self, path: Path, *, overwrite: bool) -> None:
        super().__init__(path, overwrite=overwrite)
        self._is_csv = path.suffix.lower() == ".csv"
        self._writer: Any = None

    def add(self, rows: Any) -> None:
        if self._is_csv:
            columns = list(map(self._flat, rows.schema.names, rows.columns))
            rows = pa.RecordBatch.from_arrays(columns, rows.schema.names)
        with _errors_as_sentences(self.path, pa.ArrowException):
            if self._writer is None:
                self._schema, writer = rows.schema, pcsv.CSVWriter if self._is_csv else pq.ParquetWriter
                self._writer = writer(self.file, rows.schema)
            self._writer.write_batch(rows.cast(self._schema))

    def _flat(self, name: str, values: Any) -> Any:
        """A column as CSV can hold it: lists of members as text."""
        dtype = values.type
        if is_list(dtype) and not pa.types.is_nested(dtype.value_type):
            return members_as_text(values)
        if pa.types.is_nested(dtype) or pa.types.is_binary(dtype) or pa.types.is_large_binary(dtype):
            raise UsageError(
                f"{self.path}: the column {name!r} holds {dtype}, which CSV cannot. "
                "Write to .parquet instead."
            )
        return values.cast(dtype.value_type) if pa.types.is_dictionary(dtype) else values

    def finish(self) -> None:
        with _errors_as_sentences(self.path, pa.ArrowException):
            if self._writer is not None:
                self._writer.close()
        super().finish()

    def __exit__(self, *error: object) -> None:
        with suppress(OSError, pa.ArrowException):
            if self._writer is not None:
                self._writer.close()
        super().__exit__(*error)  # type: ignore[arg-type]  # Passed on unchanged.


class _DuckDB:
    """A table of a DuckDB database, written in one transaction."""

    def __init__(self, path: Path, table: str, overwrite: bool) -> None:
        if not table:
            raise UsageError(f"{path}: needs the name of a table. Expected {path}::TABLE.")
        refuse_existing(path, overwrite=True)  # A table is added to a database that exists.
        self._was_there = path.exists()
        self._connection: Any = None
        self._path, self._name, self._overwrite = path, table, overwrite
        self._table, self._is_new = quoted(table), True

    def __enter__(self) -> Self:
        try:
            self._connection, tables, self._error_type = connect(self._path)
            # DuckDB ignores case in names.
            if self._name.lower() in [name.lower() for name in tables] and not self._overwrite:
                raise UsageError(
                    f"{self._path}: has a table {self._name!r}; choose another name or give --overwrite."
                )
            with _errors_as_sentences(self._path, self._error_type):
                self._connection.execute(f"begin transaction; drop table if exists {self._table}")
        except BaseException:  # An interruption too: nobody else removes what was created.
            self.__exit__()
            raise
        return self

    def add(self, rows: Any) -> None:
        statement = f"create table {self._table} as" if self._is_new else f"insert into {self._table}"
        with _errors_as_sentences(self._path, self._error_type):
            self._connection.register(_BATCH, pa.Table.from_batches([rows]))
            self._connection.execute(f"{statement} select * from {_BATCH}")  # noqa: S608 - a quoted name
            self._connection.unregister(_BATCH)
        self._is_new = False

    def finish(self) -> None:
        """Does nothing; the transaction is written when it is committed."""

    def publish(self) -> None:
        with _errors_as_sentences(self._path, self._error_type):
            self._connection.execute("commit")
        self._was_there = True

    def __exit__(self, *error: object) -> None:
        """Closes the connection, which rolls back what is not committed."""
        if self._connection is not None:
            self._connection.close()
        if not self._was_there:
            self._path.unlink(missing_ok=True)
            self._path.with_name(f"{self._path.name}.wal").unlink(missing_ok=True)


_BATCH = "regcompare_batch"


class BadRows(NewFile):
    """The side file of rows that could not be used, safe for a spreadsheet; absent if there are none.

    Raises:
        UsageError: The side file of an earlier run exists and ``overwrite`` was not given.
    """

    def __init__(self, path: Path, table: CsvTable | Stream, *, overwrite: bool = False) -> None:
        if path.exists() and not overwrite:
            raise UsageError(
                f"{path}: contains the bad rows of an earlier run; give the output another name or give "
                "--overwrite."
            )
        super().__init__(path, overwrite=overwrite)
        self._columns, self._unit, self._is_empty = table.columns, table.unit, True

    def add(self, rows: Sequence[BadRow]) -> None:
        """Adds rows, each with its place, the reason and its values."""
        if rows and self._is_empty:
            added = (f"{name} 2" if name in self._columns else name for name in ("place", "reason"))
            self.write(csv_lines([(*added, *self._columns)]))
            self._is_empty = False
        last = len(self._columns) - 1  # Surplus values are joined in the last column.
        for row in rows:
            values = [*row.values[:last], ", ".join(row.values[last:]), *[""] * last][: last + 1]
            self.write(csv_lines([(f"{self._unit} {row.number}", row.reason, *values)]))

    def publish(self) -> None:
        if self._is_empty:
            self.path.unlink(missing_ok=True)  # A file of an earlier run would list other rows.
        else:
            super().publish()
