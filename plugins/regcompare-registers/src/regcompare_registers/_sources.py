"""Opens the table that a name denotes, CSV, Parquet or DuckDB, or that another library holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import pyarrow as pa
import pyarrow.parquet as pq

from regcompare._support.output import reason_of
from regcompare.errors import UsageError, needs_extra
from regcompare.errors import quoted as quoted_value

from ._bitsets import texts_of
from ._csv import CsvTable
from ._tables import (
    CSV,
    DUCKDB,
    EXCEL,
    PARQUET,
    Stream,
    checked_header,
    connect,
    place_and_table,
    plain_schema,
    quoted,
    with_plain_columns,
)

_EXPECTED = ".csv, .xlsx, .parquet, or FILE.duckdb::TABLE"


def open_source(name: str, *, encoding: str | None = None, shared: bool = False) -> CsvTable | Stream:
    """Returns the table to read: a ``.csv`` or ``.parquet`` file, a sheet, or ``FILE.duckdb::TABLE``.

    A database is ``shared`` where it is written to as well.

    Raises:
        UsageError: It does not exist, has no known ending, or its header cannot be used.
    """
    path, table = place_and_table(name)
    ending = path.suffix.lower()
    if path.is_dir():
        raise UsageError(f"{path}: is a folder. Expected a file ({_EXPECTED}).")
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file.")
    if ending not in CSV and encoding:
        raise UsageError(f"{path}: --encoding is for CSV files; leave it out.")
    if table and ending not in (*DUCKDB, *EXCEL):
        raise UsageError(f"{path}: has no tables within; leave out ::{table}.")
    try:
        if ending in CSV:
            _refuse_other_contents(path)
            return CsvTable(path, encoding)
        if ending in PARQUET:
            return _open_parquet(path)
        if ending in DUCKDB:
            return _open_duckdb(path, table, shared=shared)
        if ending in EXCEL:
            return _open_sheet(path, table)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({reason_of(error)}).") from None
    fix = " Please save the sheet as .xlsx or CSV." if ending in (".xls", ".ods") else ""
    raise UsageError(f"{path}: {ending or 'no ending'} is not a table. Expected {_EXPECTED}.{fix}")


def _open_parquet(path: Path) -> Stream:
    try:
        # Without the first two options the whole file would end up in memory.
        file = pq.ParquetFile(
            path, pre_buffer=False, buffer_size=1 << 20, page_checksum_verification=True
        )
    except pa.ArrowException as error:
        raise UsageError(f"{path}: is not a Parquet file ({reason_of(error)}).") from None
    rows, pieces = file.metadata.num_rows, file.iter_batches
    return Stream(path, file.schema_arrow, pieces, rows, pa.ArrowException, file.close)


def _open_duckdb(path: Path, table: str, *, shared: bool) -> Stream:
    connection, tables, error_type = connect(path, read_only=not shared)
    if table not in tables:
        connection.close()
        found = f"has no table {table!r}" if table else "needs the name of a table"
        raise UsageError(
            f"{path}: {found}. Expected {path}::TABLE with one of {', '.join(tables) or 'none'}."
        )
    relation: Any = connection.table(quoted(table))
    ((rows,),) = relation.count("*").fetchall()
    schema = relation.limit(0).to_arrow_table().schema
    return Stream(path, schema, relation.to_arrow_reader, rows, error_type, connection.close)


def _open_sheet(path: Path, sheet: str) -> Stream:
    """A sheet of a workbook, every cell as text; by default the first, whose name is reported."""
    with needs_extra("frames"):
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    errors = (InvalidFileException, BadZipFile, KeyError, ValueError)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except errors as error:
        raise UsageError(f"{path}: is not a workbook ({reason_of(error)}).") from None
    names = [item.title for item in book.worksheets]
    if sheet and sheet not in names:
        book.close()
        raise UsageError(
            f"{path}: has no sheet {sheet!r}. Expected one of {', '.join(names) or 'none'}."
        )
    title = sheet or names[0]
    cells = [[_cell_text(cell) for cell in row] for row in book[title].iter_rows(values_only=True)]
    book.close()
    first = _header_index(cells)
    header, lines = (cells[first], cells[first + 1 :]) if cells else ([], [])
    width = max((index for index, name in enumerate(header, 1) if name), default=0)
    rows = [[*line, *[""] * width][:width] for line in lines if any(line)]
    columns = zip(*rows, strict=True) if rows else [()] * width
    whole = pa.table(list(map(texts_of, columns)), names=header[:width])
    others = [name for name in names if name != title]
    guesses = list[str]()
    if others and not sheet:
        guesses.append(
            f"Read: the sheet {title!r}; {path.name}::NAME reads another ({', '.join(others)})."
        )
    if any(map(any, cells[:first])):
        guesses.append(
            f"Read: row {first + 1} of the sheet as the names of the columns, since each row above it "
            "has one cell; delete what is above the names to be sure."
        )
    return Stream(
        path, whole.schema, lambda size: iter(whole.to_batches(max_chunksize=size)), len(rows),
        pa.ArrowException, lambda: None, guesses,
    )  # fmt: skip


def _header_index(cells: Sequence[Sequence[str]]) -> int:
    """The index of the names of columns: below titles, which fill one cell, if rows have several."""
    filled = [sum(map(bool, line)) for line in cells]
    several = (index for index, number in enumerate(filled) if number > 1)
    one = (index for index, number in enumerate(filled) if number)
    return next(several, next(one, 0))


def _cell_text(cell: Any) -> str:
    """A cell as a register would have it as text: days without a time, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


_CONTENTS = {
    b"PK\x03\x04": "holds a workbook or a zip archive. Give a workbook the ending .xlsx, or unpack it.",
    b"\x1f\x8b": "is compressed. Unpack it first, as with gunzip.",
    b"PAR1": "is a Parquet file. Give it the ending .parquet.",
    b"{": "holds JSON. Write it as CSV or Parquet first, as with DuckDB or polars.",
}
"""The contents that files named as CSV may have instead, by their first bytes."""


def _refuse_other_contents(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4)
    for bytes_, fix in _CONTENTS.items():
        if start.startswith(bytes_):
            raise UsageError(f"{path}: is named as CSV and {fix}")


def open_table(table: Any, encoding: str | None = None) -> CsvTable | Stream:
    """Returns a table to read: a file by its name, a list of mappings, or a table of another library.

    Raises:
        UsageError: It cannot be read.
    """
    if isinstance(table, str | PathLike):
        return open_source(str(fspath(table)), encoding=encoding)
    if encoding:
        raise UsageError("encoding= is for CSV files; leave it out.")
    whole = _arrow_of_rows(table) if isinstance(table, Sequence) else arrow_of_frame(table)
    return Stream(
        Path("the table"), whole.schema, lambda size: iter(whole.to_batches(max_chunksize=size)),
        len(whole), pa.ArrowException, lambda: None,
    )  # fmt: skip


def _arrow_of_rows(rows: Sequence[Any]) -> Any:
    """A list of mappings as an Arrow table.

    Raises:
        UsageError: Something is no mapping, or a value is of no type that a table holds.
    """
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping) or not all(isinstance(name, str) for name in row):
            raise UsageError(
                f"Row {number} of the table is {quoted_value(row)}. Expected a mapping by column, such "
                "as {'destination.country': 'NO'}."
            )
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    try:
        return pa.table({name: pa.array(values) for name, values in columns.items()})
    except (pa.ArrowException, OverflowError) as error:
        raise UsageError(
            f"The rows of the table cannot be read ({reason_of(error)}). Expected in each column values "
            "of one kind: text, yes/no, numbers or days."
        ) from None


def arrow_of_frame(frame: Any) -> Any:
    """Returns a table of another library as an Arrow table.

    Raises:
        UsageError: It does not hand over its columns, or two have the same name.
    """
    if type(frame).__module__.partition(".")[0] == "pandas" and hasattr(frame, "columns"):
        arrays = [_arrow_of_series(series) for _, series in frame.items()]
        table = pa.Table.from_arrays(arrays, [str(name) for name in frame.columns])
    elif isinstance(frame, pa.RecordBatch):
        table = pa.Table.from_batches([frame])
    elif hasattr(frame, "__arrow_c_stream__"):
        try:
            table = pa.RecordBatchReader.from_stream(frame).read_all()
        except pa.ArrowException:  # A single column, or a stream that is not of rows.
            raise _no_table(frame) from None
    else:
        raise _no_table(frame)
    batches = map(with_plain_columns, table.to_batches())
    plain = pa.Table.from_batches(batches, plain_schema(table.schema))
    return plain.rename_columns(checked_header(table.column_names, "the table"))


def _no_table(frame: Any) -> UsageError:
    return UsageError(
        f"{type(frame).__name__} is not a table that can be read. Expected one of polars, pandas, "
        "pyarrow or DuckDB, or another with the Arrow PyCapsule interface. Columns in a dictionary "
        "become one with polars.DataFrame(columns) or pyarrow.table(columns)."
    )


def _arrow_of_series(series: Any) -> Any:
    """A column of pandas as Arrow; mixed Python objects and periods become text."""
    if str(series.dtype).startswith("period"):
        return pa.Array.from_pandas(series.astype(str))
    try:
        return pa.Array.from_pandas(series)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.Array.from_pandas(series.astype("string"))
