"""CSV as this library writes it: read back, every value is whole, and a spreadsheet runs none of them.

A spreadsheet takes a text that begins with ``=`` and its like for a formula, which a row of a register
could use to run something on the reader's machine.  Such a text is *guarded* by an apostrophe before it;
``unguarded`` takes the apostrophe off.  Plain numbers, negative ones included, stay as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = "^'*[=+\\-@＝＋－＠\t\r\n]"
"""How a text begins that a spreadsheet could run, guarded or not."""

PLAIN_NUMBER = "^[+-]?[0-9.,]*([eE][+-]?[0-9]+)?%?$"
"""A number, or a sign alone: nothing to run.  Both patterns mean the same to Python and to polars."""

_FORMULA, _PLAIN_NUMBER = re.compile(FORMULA), re.compile(PLAIN_NUMBER)


def guarded(text: str) -> str:
    """Returns a text with an apostrophe before it if a spreadsheet could run it."""
    return f"'{text}" if _could_run(text) else text


def unguarded(text: str) -> str:
    """Returns the text that was guarded; one that was not stays as it is."""
    return text[1:] if text[:1] == "'" and _could_run(text[1:]) else text


def _could_run(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Returns rows as CSV, each on a line of its own, with every text guarded."""
    return "".join(map(_line, rows))


def _line(row: Sequence[Any]) -> str:
    out = io.StringIO()
    # What ends a line is quoted inside a value; told of both characters, the writer quotes either.
    csv.writer(out, lineterminator="\r\n").writerow(
        guarded(value) if isinstance(value, str) else value for value in row
    )
    return out.getvalue().removesuffix("\r\n") + "\n"


def csv_text(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Returns these columns of records as CSV with a header, for printing: the last line has no end."""
    rows = ([record.get(name) for name in columns] for record in records)
    return csv_lines([columns, *rows]).removesuffix("\n")
