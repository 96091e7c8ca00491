"""Tables in files, read in batches: Parquet, DuckDB, and what all kinds have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from regcompare.errors import UsageError, needs_extra
from regcompare.support import reason_of

CSV, PARQUET, DUCKDB = (".csv", ".tsv", ".txt"), (".parquet", ".pq"), (".duckdb", ".db", ".ddb")
"""The endings of the files of each kind."""

PIECE_ROWS: Final = 4_096
"""How many rows are read at a time; a batch joins several such pieces."""

MAX_BYTES: Final = 128 << 20
"""The most memory that a batch takes, apart from its last piece."""


@attrs.frozen
class BadRow:
    """A row that could not be used.

    Attributes:
        row: Its number, from 1.
        place: Where it is, such as a line of the file.
        reason: Why it could not be used, and how to correct it.
        values: Its values, as text.
    """

    row: int
    place: str
    reason: str
    values: Sequence[str]


@attrs.frozen(eq=False)
class Batch:
    """Some rows of a table.

    Attributes:
        rows: The rows that could be read, as an Arrow record batch.
        numbers: The number of each in the table, from 1.
        lines: The line of each in the file; blank if the file has no lines.
        bad: The rows that could not be read.
        share_read: The share of the table that has been read, from 0 to 1.
    """

    rows: Any
    numbers: Sequence[int]
    lines: Sequence[int]
    bad: Sequence[BadRow]
    share_read: float

    def place(self, index: int) -> str:
        """Returns the place of a row, for messages."""
        return f"line {self.lines[index]}" if self.lines else f"row {self.numbers[index]}"


def place_and_table(name: str) -> tuple[Path, str]:
    """Returns the file and the table of ``FILE.duckdb::TABLE``; the table is blank for other names."""
    path, _, table = name.partition("::")
    return Path(path), table


def checked_header(names: Sequence[str], path: Path | str) -> list[str]:
    """Returns the names of the columns, stripped of surrounding blanks.

    Raises:
        UsageError: There are none, or one is blank or repeated.
    """
    columns = [name.strip() for name in names]
    if not any(columns):
        found = "is empty" if not names else "has a blank first line"
        raise UsageError(f"{path}: {found}. Expected the column names in line 1.")
    if "" in columns:
        place = columns.index("") + 1
        raise UsageError(f"{path}: column {place} of {len(columns)} has no name; name every column.")
    for name, count in Counter(columns).items():
        if count > 1:
            raise UsageError(f"{path}: the column {name!r} appears twice; give each its own name.")
    return columns


def quoted(name: str) -> str:
    """Returns a name as SQL writes it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


# pieces ----------------------------------------------------------------------------------------------


def joined_batches(pieces: Iterator[Any], size: int) -> Iterator[Any]:
    """Yields record batches joined up to a number of rows, or to the memory that a batch may take."""
    pending: list[Any] = []
    row_count = byte_count = 0
    for piece in pieces:
        pending.append(piece)
        row_count, byte_count = row_count + piece.num_rows, byte_count + piece.nbytes
        if row_count >= size or byte_count >= MAX_BYTES:
            yield from _combined(pending, size)
            pending, row_count, byte_count = [], 0, 0
    yield from _combined(pending, size)


def _combined(pieces: list[Any], size: int) -> Iterator[Any]:
    if pieces:
        table = pa.Table.from_batches(pieces).combine_chunks()
        yield from table.to_batches(max_chunksize=size)


@attrs.define(eq=False)
class Stream:
    """A table that is read as record batches.

    Attributes:
        path: The file.
        columns: The names of the columns, as they are read.
        schema: Its Arrow schema.
        pieces: Returns the rows as record batches of at most a number of rows.
        row_count: How many rows it has.
        error_type: What the library raises when it cannot read.
        close_source: Closes the file or the connection.
    """

    path: Path
    columns: list[str]
    schema: Any
    pieces: Any
    row_count: int
    error_type: Any
    close_source: Any

    def close(self) -> None:
        """Closes the file or the connection."""
        self.close_source()

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields the rows in batches of at most a number of rows; at least one batch."""
        before = 0
        try:
            for rows in joined_batches(self.pieces(min(size, PIECE_ROWS)), size):
                yield self._batch(rows.rename_columns(self.columns), before)
                before += rows.num_rows
        except (OSError, self.error_type) as error:
            raise UsageError(
                f"{self.path}: cannot be read after row {before} ({reason_of(error)})."
            ) from None
        if not before:
            empty = pa.RecordBatch.from_pylist([], self.schema)
            yield self._batch(empty.rename_columns(self.columns), 0)

    def _batch(self, rows: Any, before: int) -> Batch:
        last = before + rows.num_rows
        share_read = min(last / max(self.row_count, 1), 1.0)
        return Batch(rows, range(before + 1, last + 1), (), (), share_read)


def open_parquet(path: Path) -> Stream:
    """Returns a Parquet file as a table.

    Raises:
        UsageError: It is not a Parquet file.
    """
    try:
        # Without the first two options the whole file would end up in memory.
        file = pq.ParquetFile(
            path, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True
        )
    except pa.ArrowException as error:
        raise UsageError(f"{path}: is not a Parquet file ({reason_of(error)}).") from None
    schema = file.schema_arrow
    columns = checked_header(schema.names, path)
    rows = file.metadata.num_rows
    pieces = file.iter_batches
    return Stream(path, columns, schema, pieces, rows, pa.ArrowException, file.close)


def connect(path: Path, *, read_only: bool = False) -> tuple[Any, list[str], type[Exception]]:
    """Opens a DuckDB database; returns the connection, its tables, and the type of its errors.

    Raises:
        UsageError: It is not a database, or cannot be opened.
    """
    with needs_extra("frames"):
        import duckdb
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
        tables = [row[0] for row in connection.execute("show tables").fetchall()]
    except (duckdb.Error, OSError) as error:
        raise UsageError(
            f"{path}: cannot be opened as a DuckDB database ({reason_of(error)})."
        ) from None
    return connection, tables, duckdb.Error


def open_duckdb(path: Path, table: str, *, shared: bool) -> Stream:
    """Returns a table of a DuckDB database.

    Raises:
        UsageError: The database cannot be opened, or has no such table.
    """
    connection, tables, error_type = connect(path, read_only=not shared)
    if table not in tables:
        connection.close()
        found = f"has no table {table!r}" if table else "needs the name of a table"
        raise UsageError(
            f"{path}: {found}. Expected {path}::TABLE with one of {', '.join(tables) or 'none'}."
        )
    relation: Any = connection.table(quoted(table))
    columns = checked_header(relation.columns, path)
    ((rows,),) = relation.count("*").fetchall()
    # The method has been renamed; these are the newest and the oldest name.
    pieces = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
    schema = relation.limit(0).to_arrow_table().schema
    return Stream(path, columns, schema, pieces, rows, error_type, connection.close)
