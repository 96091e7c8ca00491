"""Tables in files, read piece by piece: Parquet, DuckDB, and what all kinds have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from regcompare._support.output import reason_of
from regcompare.errors import UsageError, needs_extra

CSV, PARQUET, DUCKDB = (".csv", ".tsv", ".txt"), (".parquet", ".pq"), (".duckdb", ".db", ".ddb")
"""The endings of the files of each kind."""

PIECE: Final = 4_096
"""So many rows are read at a time; a batch is made of several, up to its rows or its bytes."""

MOST_BYTES: Final = 128 << 20
"""A batch takes no more memory than this, and one piece."""


@attrs.frozen
class BadRow:
    """A row that could not be used.

    Attributes:
        row: Its number among the rows, from 1.
        place: Where it stands: a line of the file.
        reason: Why it could not be used, and how to mend it.
        values: What it holds, as text.
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
        numbers: The number of each among all rows, from 1.
        lines: The line of the file in which each stands; blank where the rows stand in no file of lines.
        bad: The rows that could not be read.
        done: What share of the table has been read, from 0 to 1.
    """

    rows: Any
    numbers: Sequence[int]
    lines: Sequence[int]
    bad: Sequence[BadRow]
    done: float

    def place(self, at: int) -> str:
        """Returns where a row stands."""
        return f"line {self.lines[at]}" if self.lines else f"row {self.numbers[at]}"


def place_and_table(name: str) -> tuple[Path, str]:
    """Returns the file and the table that ``FILE.duckdb::TABLE`` names; the table is blank elsewhere."""
    path, _, table = name.partition("::")
    return Path(path), table


def checked_header(names: Sequence[str], path: Path) -> list[str]:
    """Returns the names of the columns without blanks around them.

    Raises:
        UsageError: There are none, or one is blank or stands twice.
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


def filled(pieces: Iterator[Any], size: int) -> Iterator[Any]:
    """Yields record batches joined, up to so many rows, or as many bytes as a batch may take."""
    held: list[Any] = []
    rows = taken = 0
    for piece in pieces:
        held.append(piece)
        rows, taken = rows + piece.num_rows, taken + piece.nbytes
        if rows >= size or taken >= MOST_BYTES:
            yield from _joined(held, size)
            held, rows, taken = [], 0, 0
    yield from _joined(held, size)


def _joined(held: list[Any], size: int) -> Iterator[Any]:
    if held:
        table = pa.Table.from_batches(held).combine_chunks()
        yield from table.to_batches(max_chunksize=size)


@attrs.define(eq=False)
class Stream:
    """A table without lines, whose rows come as record batches."""

    path: Path
    columns: list[str]
    schema: Any
    pieces: Any
    whole: int
    refused: Any
    closed: Any

    def close(self) -> None:
        """Gives back what it holds open."""
        self.closed()

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields the rows, at most so many at a time; once at least."""
        before = 0
        try:
            for rows in filled(self.pieces(min(size, PIECE)), size):
                yield self._batch(rows.rename_columns(self.columns), before)
                before += rows.num_rows
        except (OSError, self.refused) as error:
            raise UsageError(
                f"{self.path}: cannot be read after row {before} ({reason_of(error)})."
            ) from None
        if not before:
            empty = pa.RecordBatch.from_pylist([], self.schema)
            yield self._batch(empty.rename_columns(self.columns), 0)

    def _batch(self, rows: Any, before: int) -> Batch:
        after = before + rows.num_rows
        done = min(after / max(self.whole, 1), 1.0)
        return Batch(rows, range(before + 1, after + 1), (), (), done)


def open_parquet(path: Path) -> Stream:
    """Returns a Parquet file as a table.

    Raises:
        UsageError: It is none.
    """
    try:
        # Without the first two the whole file would be held in memory by and by.
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


def connected(path: Path, *, read_only: bool = False) -> tuple[Any, list[str], type[Exception]]:
    """Opens a DuckDB database; returns the connection, its tables, and what it raises.

    Raises:
        UsageError: It is none, or cannot be opened.
    """
    with needs_extra("frames"):
        import duckdb
    try:
        connection = duckdb.connect(str(path), read_only=read_only)
        known = [row[0] for row in connection.execute("show tables").fetchall()]
    except (duckdb.Error, OSError) as error:
        raise UsageError(
            f"{path}: cannot be opened as a DuckDB database ({reason_of(error)})."
        ) from None
    return connection, known, duckdb.Error


def open_duckdb(path: Path, table: str, *, shared: bool) -> Stream:
    """Returns a table of a DuckDB database.

    Raises:
        UsageError: The database or the table is none.
    """
    connection, known, refused = connected(path, read_only=not shared)
    if table not in known:
        connection.close()
        found = f"has no table {table!r}" if table else "needs the name of a table"
        raise UsageError(
            f"{path}: {found}. Expected {path}::TABLE with one of {', '.join(known) or 'none'}."
        )
    relation: Any = connection.table(quoted(table))
    columns = checked_header(relation.columns, path)
    ((rows,),) = relation.count("*").fetchall()
    # The method has had several names; this one is the newest, the other the oldest.
    pieces = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
    schema = relation.limit(0).to_arrow_table().schema
    return Stream(path, columns, schema, pieces, rows, refused, connection.close)
