"""Writes CSV that can be read back unchanged, and in which a spreadsheet finds no formula.

A spreadsheet treats text that begins with ``=`` or the like as a formula, by which a row of a register
could run something on the reader's machine.  Such text is *guarded* by a leading apostrophe, which
``unguarded`` removes.  Plain numbers, including negative ones, are not changed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = "^'*[=+\\-@＝＋－＠\t\r\n]"
"""The beginning of text that a spreadsheet could treat as a formula, guarded or not."""

PLAIN_NUMBER = "^[+-]?[0-9.,]*([eE][+-]?[0-9]+)?%?$"
"""A number, or only a sign.  Both patterns mean the same in Python and in Arrow."""

_FORMULA, _PLAIN_NUMBER = re.compile(FORMULA), re.compile(PLAIN_NUMBER)


def guarded(text: str) -> str:
    """Returns text with a leading apostrophe if a spreadsheet could treat it as a formula."""
    return f"'{text}" if _is_formula(text) else text


def unguarded(text: str) -> str:
    """Returns text without the apostrophe that guards it, if there is one."""
    return text[1:] if text[:1] == "'" and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Returns rows as CSV, one per line, with all text guarded."""
    return "".join(map(_line, rows))


def _line(row: Sequence[Any]) -> str:
    buffer = io.StringIO()
    # The writer quotes a value that contains any character of the terminator, so it gets both.
    csv.writer(buffer, lineterminator="\r\n").writerow(
        guarded(value) if isinstance(value, str) else value for value in row
    )
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def csv_text(columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> str:
    """Returns these columns of records as CSV with a header, and without a final newline."""
    rows = ([record.get(name) for name in columns] for record in records)
    return csv_lines([columns, *rows]).removesuffix("\n")
