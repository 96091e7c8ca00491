"""Tables as they are read, in batches, and what files of all formats have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Final

import attrs
import pyarrow as pa

from regcompare._support.output import reason_of
from regcompare.errors import UsageError, needs_extra

CSV, PARQUET, DUCKDB = (".csv", ".tsv", ".txt"), (".parquet", ".pq"), (".duckdb", ".db", ".ddb")
EXCEL = (".xlsx", ".xlsm")
"""The endings of the files of each format."""

BATCH_ROWS: Final = 250_000
"""The rows that are held at a time."""

PIECE_ROWS: Final = 4_096
"""The rows that are read at a time; a batch joins several such pieces."""

MAX_BYTES: Final = 128 << 20
"""The most memory that a batch takes, apart from its last piece."""


@attrs.frozen
class BadRow:
    """A row that could not be used.

    Attributes:
        number: Its number in the table, or its line in the file, from 1.
        reason: Why it could not be used, and how to correct it.
        is_outside: Whether it was read, and is outside what is screened.
    """

    number: int
    reason: str
    values: Sequence[str]
    is_outside: bool = False


@attrs.frozen(eq=False)
class Batch:
    """Some rows of a table, as an Arrow record batch, and those that could not be read.

    Attributes:
        numbers: The number of each row in the table, or its line in the file, from 1.
        share_read: The share of the table that has been read, from 0 to 1.
    """

    rows: Any
    numbers: Sequence[int]
    bad: Sequence[BadRow]
    share_read: float


@attrs.frozen(eq=False)
class Stream:
    """A table that a library reads as record batches, in ``pieces`` of at most a number of rows.

    Attributes:
        path: The file, for messages.
        error_type: What the library raises when it cannot read.
        close: Closes the file or the connection.
        guesses: What was guessed of its layout, each in a sentence that says how to correct it.
    """

    path: Path
    schema: Any
    pieces: Callable[[int], Iterator[Any]]
    row_count: int
    error_type: type[Exception]
    close: Callable[[], object]
    guesses: Sequence[str] = ()
    columns: Sequence[str] = attrs.field(init=False)
    unit = "row"

    @property
    def file(self) -> Path | None:
        """The file that is the table; None for a table in memory or in a database."""
        return self.path if self.path.suffix.lower() in (*PARQUET, *EXCEL) else None

    @columns.default
    def _header(self) -> Sequence[str]:
        return checked_header(self.schema.names, self.path)

    def batches(self) -> Iterator[Batch]:
        """Yields the rows in batches; at least one."""
        before = 0
        try:
            for rows in self._joined():
                numbers = range(before + 1, before + 1 + len(rows))
                before += len(rows)
                share_read = min(before / max(self.row_count, 1), 1.0)
                yield Batch(rows.rename_columns(self.columns), numbers, (), share_read)
        except (OSError, self.error_type) as error:
            raise UsageError(
                f"{self.path}: cannot be read after row {before} ({reason_of(error)})."
            ) from None
        if not before:
            empty = pa.RecordBatch.from_pylist([], plain_schema(self.schema))
            yield Batch(empty.rename_columns(self.columns), (), (), 1.0)

    def _joined(self) -> Iterator[Any]:
        """Yields pieces joined up to a number of rows, or to the memory that a batch may take.

        Here every column of another library is made one that all functions of Arrow take.
        """
        pending, rows, size = list[Any](), 0, 0
        pieces = map(with_plain_columns, self.pieces(min(BATCH_ROWS, PIECE_ROWS)))
        for piece in chain(pieces, [None]):
            if piece is not None:
                pending.append(piece)
                rows, size = rows + len(piece), size + piece.nbytes
            if rows and (piece is None or rows >= BATCH_ROWS or size >= MAX_BYTES):
                yield from pa.Table.from_batches(pending).combine_chunks().to_batches()
                pending, rows, size = [], 0, 0


def with_plain_columns(rows: Any) -> Any:
    """Returns a record batch whose columns are of types that all functions of Arrow take.

    Raises:
        UsageError: A column is of a type that cannot be read.
    """
    plain = plain_schema(rows.schema)
    if plain is rows.schema:
        return rows
    columns = [_plain_column(*pair) for pair in zip(rows.schema.names, rows.columns, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=plain)


def plain_schema(schema: Any) -> Any:
    """Returns a schema with the types of ``with_plain_columns``; the same where it has only these."""
    if all(_plain(field.type) == field.type for field in schema):
        return schema
    return pa.schema([field.with_type(_plain(field.type)) for field in schema], schema.metadata)


def _plain(dtype: Any) -> Any:
    """The type of column by which one is replaced: without views, extensions and runs."""
    types = pa.types
    if isinstance(dtype, pa.BaseExtensionType):
        return pa.bool_() if dtype.extension_name == "arrow.bool8" else _plain(dtype.storage_type)
    if types.is_run_end_encoded(dtype):
        return _plain(dtype.value_type)
    if types.is_string_view(dtype):
        return pa.string()
    if types.is_binary_view(dtype):
        return pa.binary()
    if types.is_dictionary(dtype) and _plain(dtype.value_type) != dtype.value_type:
        return _plain(dtype.value_type)
    if types.is_list(dtype) or types.is_large_list(dtype) or types.is_fixed_size_list(dtype):
        inner = dtype.value_type
        plain = _plain(inner.value_type if types.is_dictionary(inner) else inner)
        return dtype if plain == inner else pa.list_(plain)
    return dtype


def _plain_column(name: str, values: Any) -> Any:
    plain = _plain(values.type)
    if plain == values.type:
        return values
    try:
        return values.cast(plain)
    except pa.ArrowException:
        pass  # Arrow cannot change it itself, but by way of Python's objects.
    try:
        return pa.array(values.to_pylist(), plain)
    except (pa.ArrowException, OverflowError, ValueError, TypeError):
        raise UsageError(
            f"Column {name!r} holds {values.type}, which cannot be read. Expected answers as text, "
            "yes/no or days; convert it first."
        ) from None


def place_and_table(name: str) -> tuple[Path, str]:
    """Returns the file and the table of ``FILE.duckdb::TABLE``; the table is blank for other names."""
    path, _, table = name.partition("::")
    return Path(path), table


def checked_header(names: Sequence[str], source: Path | str) -> list[str]:
    """Returns the names of the columns, stripped of surrounding blanks.

    Raises:
        UsageError: There are none, or one is blank or repeated.
    """
    columns = [name.strip() for name in names]
    if not columns:
        raise UsageError(f"{source}: is empty. Expected the column names in line 1.")
    if "" in columns:
        number = columns.index("") + 1
        raise UsageError(f"{source}: column {number} of {len(columns)} has no name; name every column.")
    for name, count in Counter(columns).items():
        if count > 1:
            raise UsageError(f"{source}: the column {name!r} appears twice; give each its own name.")
    return columns


def quoted(name: str) -> str:
    """Returns a name as SQL writes it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


@contextmanager
def interruptible() -> Iterator[None]:
    """Makes an interruption of a query, of which DuckDB makes an error of the program, one again."""
    try:
        yield
    except RuntimeError as error:
        if "Query interrupted" in str(error):
            raise KeyboardInterrupt from None
        raise


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
