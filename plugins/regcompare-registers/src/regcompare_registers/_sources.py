"""Opens the table that a name denotes, CSV, Parquet or DuckDB, or that another library holds."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import pyarrow as pa

from regcompare.errors import UsageError
from regcompare.support import reason_of

from ._csv import CsvTable
from ._tables import (
    CSV,
    DUCKDB,
    PARQUET,
    Stream,
    checked_header,
    open_duckdb,
    open_parquet,
    place_and_table,
)
from .frames import arrow_of_frame

_EXPECTED = ".csv, .parquet, or FILE.duckdb::TABLE"
_SHEET, _PACKED = "save the sheet as CSV (UTF-8)", "unpack it first"
_FIXES = dict.fromkeys((".xlsx", ".xls", ".ods"), _SHEET) | dict.fromkeys((".gz", ".zip"), _PACKED)


def open_source(
    name: str, *, encoding: str | None = None, delimiter: str | None = None, shared: bool = False
) -> CsvTable | Stream:
    """Returns the table to read: a ``.csv`` or ``.parquet`` file, or ``FILE.duckdb::TABLE``.

    Args:
        name: Its name.
        encoding: The encoding of a CSV file; by default that of its byte order mark, or UTF-8.
        delimiter: The column separator of a CSV file; by default detected from its header.
        shared: Whether the same database is written to as well.

    Raises:
        UsageError: It does not exist, is not of a known kind, or its header cannot be used.
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
    try:
        if kind in CSV:
            return CsvTable(path, encoding, delimiter)
        if kind in PARQUET:
            return open_parquet(path)
        if kind in DUCKDB:
            return open_duckdb(path, table, shared=shared)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({reason_of(error)}).") from None
    fix = f" Please {_FIXES[kind]}." if kind in _FIXES else ""
    raise UsageError(f"{path}: {kind or 'no ending'} is not a table. Expected {_EXPECTED}.{fix}")


def open_table(table: Any) -> CsvTable | Stream:
    """Returns a table to read: a file by its name, a list of mappings, or a table of another library.

    Raises:
        UsageError: It cannot be read.
    """
    if isinstance(table, str | PathLike):
        return open_source(str(fspath(table)))
    if isinstance(table, Sequence):
        names = dict.fromkeys(name for row in table for name in row)
        whole = pa.table({name: pa.array([row.get(name) for row in table]) for name in names})
    else:
        whole = arrow_of_frame(table)
    return Stream(
        Path("the table"),
        checked_header(whole.column_names, Path("the table")),
        whole.schema,
        lambda size: iter(whole.to_batches(max_chunksize=size)),
        len(whole),
        pa.ArrowException,
        lambda: None,
    )
