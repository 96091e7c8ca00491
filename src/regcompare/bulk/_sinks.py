"""Tables out: CSV, Parquet and DuckDB, each under its name only once it is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from regcompare._support.csv import FORMULA, PLAIN_NUMBER, csv_lines, guarded
from regcompare._support.output import NewFile, cannot_write, refuse_existing
from regcompare.errors import UsageError

from ._cells import members_as_text
from ._tables import DUCKDB, BadRow, connected, place_and_table, quoted


def open_sink(
    name: str, *, overwrite: bool = False, spreadsheet_safe: bool = False
) -> _Csv | _Parquet | _DuckDB:
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
        raise UsageError(f"{path}: cannot be written. Expected .csv, .parquet, or FILE.duckdb::TABLE.")
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

    def add(self, rows: Any) -> None:
        names = list(rows.schema.names)
        columns = [self._flat(name, rows[name]) for name in names]
        if self._is_safe:
            names, columns = list(map(guarded, names)), list(map(_guarded, columns))
        text = pa.BufferOutputStream()
        how = pcsv.WriteOptions(include_header=self._is_new)
        pcsv.write_csv(pa.table(columns, names), text, how)
        self.write(text.getvalue().to_pybytes())
        self._is_new = False

    def _flat(self, name: str, values: Any) -> Any:
        """A column that CSV can hold: lists as the text that a column of members holds."""
        kind = values.type
        is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        if is_list and not pa.types.is_nested(kind.value_type):
            return members_as_text(values)
        if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            raise UsageError(
                f"{self.path}: the column {name!r} holds {kind}, which CSV cannot. "
                "Write to .parquet instead."
            )
        return values.cast(kind.value_type) if pa.types.is_dictionary(kind) else values


def _guarded(values: Any) -> Any:
    """A column of which a spreadsheet runs nothing, as ``csv_lines`` writes rows."""
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return values
    runs = pc.match_substring_regex(values, FORMULA)
    harmless = pc.match_substring_regex(values, PLAIN_NUMBER)
    guard = pc.binary_join_element_wise("'", values.cast(pa.string()), "")
    return pc.if_else(pc.and_(runs, pc.invert(harmless)), guard, values.cast(pa.string()))


class _Parquet(NewFile):
    """A Parquet file."""

    _writer: Any = None

    def add(self, rows: Any) -> None:
        with _told(self.path, pa.ArrowException):
            if self._writer is None:
                self._writer = pq.ParquetWriter(self.file, rows.schema)
            self._writer.write_batch(rows.cast(self._writer.schema))

    def finish(self) -> None:
        with _told(self.path, pa.ArrowException):
            if self._writer is not None:
                self._writer.close()
        super().finish()

    def __exit__(self, *error: object) -> None:
        with suppress(OSError, pa.ArrowException):
            if self._writer is not None:
                self._writer.close()
        super().__exit__(*error)  # type: ignore[arg-type]  # It is handed on as it comes.


class _DuckDB:
    """A table of a DuckDB database, written in one transaction."""

    def __init__(self, path: Path, table: str, overwrite: bool) -> None:
        if not table:
            raise UsageError(f"{path}: needs the name of a table. Expected {path}::TABLE.")
        refuse_existing(path, overwrite=True)  # A table is added to a database that exists.
        self._was_there = path.exists()
        self._connection, known, self._refused = connected(path)
        self._path, self._table, self._is_new = path, quoted(table), True
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
            self.__exit__()
            raise
        return self

    def add(self, rows: Any) -> None:
        how = f"create table {self._table} as" if self._is_new else f"insert into {self._table}"
        with _told(self._path, self._refused):
            self._connection.register(_BATCH, pa.Table.from_batches([rows]))
            self._connection.execute(f"{how} select * from {_BATCH}")  # noqa: S608 - a quoted name
            self._connection.unregister(_BATCH)
        self._is_new = False

    def finish(self) -> None:
        """Does nothing; what a transaction holds is written when it is committed."""

    def publish(self) -> None:
        with _told(self._path, self._refused):
            self._connection.execute("commit")
        self._was_there = True

    def __exit__(self, *error: object) -> None:
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
            raise UsageError(
                f"{path}: contains the bad rows of an earlier run; give the output another name or give "
                "--overwrite."
            )
        super().__init__(path, overwrite=overwrite)
        self._columns, self._is_empty = columns, True

    def add(self, rows: Sequence[BadRow]) -> None:
        """Adds rows, each with its place, the reason and all that it holds."""
        if rows and self._is_empty:
            taken = set(self._columns)
            told = (_free_name(name, taken) for name in ("row", "place", "reason"))
            self.write(csv_lines([(*told, *self._columns)]))
            self._is_empty = False
        self.write(csv_lines((str(row.row), row.place, row.reason, *self._fitted(row)) for row in rows))

    def _fitted(self, row: BadRow) -> list[str]:
        """As many values as there are columns; those too many stand together in the last."""
        width = len(self._columns)
        fitted = [*row.values[: width - 1], ", ".join(row.values[width - 1 :])]
        return fitted + [""] * (width - len(fitted))

    def publish(self) -> None:
        if self._is_empty:
            self.path.unlink(missing_ok=True)  # Of an earlier run; it would speak of other rows.
        else:
            super().publish()


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number, free = number + 1, f"{name} {number + 1}"
    return free
