"""CSV files in: text as it stands, and every line that is no row kept with the reason."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa

from regcompare._support.csv import unguarded
from regcompare.errors import UsageError

from ._tables import MOST_BYTES, BadRow, Batch, checked_header

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""How a file may say itself how it is encoded; the longer marks stand before those they begin with."""

_NO_CSV = (
    (b"PK\x03\x04", "an Excel workbook or another archive; save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV (UTF-8)"),
    (b"PAR1", "a Parquet file; give it the ending .parquet"),
    (b"\x1f\x8b", "compressed; unpack it first"),
)

_BROKEN = re.compile("[\ud800-\udfff]")
"""Stands for bytes that are no text in the encoding."""

BAD_ROWS = ".bad-rows.csv"
"""How the name of a side file of bad rows ends."""

_DELIMITERS = {"tab": "\t", r"\t": "\t"}


class CsvTable:
    """A CSV file; every value is text, so that 5E002 stays a code and NA a country.

    Of a side file of bad rows the apostrophes that guard its texts are taken off again.

    Args:
        path: The file.
        encoding: How it is encoded; by default as it says itself, or UTF-8.
        delimiter: What parts the columns; by default whatever of , ; | and tab the header has most.
    """

    def __init__(self, path: Path, encoding: str | None, delimiter: str | None) -> None:
        self.path = path
        self._is_guarded = path.name.endswith(BAD_ROWS)
        with path.open("rb") as file:
            start = file.read(4)
        for mark, what in _NO_CSV:
            if start.startswith(mark):
                raise UsageError(f"{path}: is {what}.")
        self.encoding = _encoding(path, start, encoding)
        self._skipped, self.delimiter = self._parted_by(delimiter)
        with self._opened() as file:
            first = next(self._rows(_Lines(file, self._skipped)), _Row(1, ()))
        if first.reason:
            raise UsageError(f"{path}:{first.line}: the header cannot be used. {first.reason}")
        self.columns = checked_header(first.values, path)

    def close(self) -> None:
        """Does nothing: the file is open only while it is read."""

    def _opened(self) -> io.TextIOWrapper:
        codecs.register_error("regcompare.broken", _broken)
        return self.path.open(encoding=self.encoding, errors="regcompare.broken", newline="")

    def _parted_by(self, given: str | None) -> tuple[int, str]:
        """How many lines stand before the header, and what parts the columns."""
        blank, first = 0, ""
        with self._opened() as file:
            for line in file:
                if line.strip():
                    first = line
                    break
                blank += 1
            told = re.fullmatch(r'"?sep=(.)"?[\r\n]*', first)
            header = file.readline() if told else first
        bare = re.sub(r'"[^"]*"', "", header)
        wanted = (
            _DELIMITERS.get(given or "", given) or (told and told[1]) or max(",;\t|", key=bare.count)
        )
        if len(wanted) != 1 or wanted in '"\r\n ':
            raise UsageError(f"--delimiter {given!r}: expected one character, such as ; or tab.")
        return blank + bool(told), wanted

    # rows ----------------------------------------------------------------------------------------

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields the rows, at most so many at a time; once at least."""
        whole = max(self.path.stat().st_size, 1)
        with self._opened() as file:
            rows = self._rows(_Lines(file, self._skipped))
            next(rows, None)
            batch: list[_Row] = []
            before = weight = 0
            for row in rows:
                batch.append(row)
                weight += sum(map(len, row.values)) + _WEIGHT * len(row.values)
                if len(batch) >= size or weight >= MOST_BYTES:
                    taken: Any = file.buffer
                    yield self._batch(batch, before, taken.tell() / whole)
                    before += len(batch)
                    batch, weight = [], 0
            yield self._batch(batch, before, 1.0)

    def _rows(self, lines: _Lines) -> Iterator[_Row]:
        """Every row; where a line is none, the lines after it are read anew."""
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.taken.clear()
            first = lines.number + 1
            try:
                values = next(reader, None)
            except csv.Error as error:
                reason = (
                    f"The line is not a row of CSV ({error}): a quotation mark is not closed, or is not "
                    "doubled within a quoted value."
                )
                yield _Row(first, (_text(lines.keep_first()),), reason)
                continue
            if values is None:
                return
            reason = self._reason(values, lines.taken) if values else "The line is empty."
            yield _Row(first, list(map(unguarded, values)) if self._is_guarded else values, reason)

    def _reason(self, values: Sequence[str], lines: Sequence[str]) -> str:
        """Why these values are no row, or nothing."""
        for line in lines:
            if "\0" in line:
                what = "The row contains NUL characters"
                return f"{what}; is the file {self.encoding}, or another encoding such as utf-16-le?"
            if not line.isascii() and _BROKEN.search(line):
                return (
                    f"The row is not {self.encoding} text; name the encoding, as in --encoding cp1252."
                )
        expected = len(getattr(self, "columns", values))
        if len(values) != expected:
            some = "1 value" if len(values) == 1 else f"{len(values)} values"
            return f"The row has {some} where the header has {expected}."
        if len(values) > 1 and not any(map(str.strip, values)):
            return "The row contains nothing but blanks."
        return ""

    def _batch(self, rows: Sequence[_Row], before: int, done: float) -> Batch:
        kept = [row.values for row in rows if not row.reason]
        numbers = [number for number, row in enumerate(rows, before + 1) if not row.reason]
        columns = zip(*kept, strict=True) if kept else ([] for _ in self.columns)
        arrays = [pa.array(values, pa.string()) for values in columns]
        bad = [
            BadRow(number, f"line {row.line}", row.reason, list(map(_text, row.values)))
            for number, row in enumerate(rows, before + 1)
            if row.reason
        ]
        lines = [row.line for row in rows if not row.reason]
        batch = pa.RecordBatch.from_arrays(arrays, self.columns)
        return Batch(batch, numbers, lines, bad, min(done, 1.0))


_WEIGHT = 80
"""What a value takes besides its letters."""


@attrs.frozen
class _Row:
    """What stands from one line on: a row, or what is none for a reason."""

    line: int
    values: Sequence[str]
    reason: str = ""


class _Lines:
    """The lines of a file, of which those last taken can be given back."""

    def __init__(self, file: Iterator[str], skipped: int) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        for _ in range(skipped):
            next(self)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file)
        self.taken.append(line)
        self.number += 1
        return line

    def keep_first(self) -> str:
        """Returns the first line taken and gives back the others."""
        first, *others = self.taken
        self._back.extendleft(reversed(others))
        self.number -= len(others)
        return first.rstrip("\r\n")


# text and bytes ------------------------------------------------------------------------------------


def _encoding(path: Path, start: bytes, given: str | None) -> str:
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if given is None:
        return marked or "utf-8"
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=given)
        found = codecs.lookup(given).name
    except (LookupError, ValueError):
        msg = f"--encoding {given!r} is not known. Expected a name such as utf-8, cp1252 or utf-16-le."
        raise UsageError(msg) from None
    family = "utf-8-sig" if found == "utf-8" else found
    if marked and not family.startswith(marked):
        plain = marked.removesuffix("-sig")
        raise UsageError(f"{path}: begins with the mark of {plain}; leave out --encoding {given}.")
    return marked or given


def _broken(error: UnicodeError) -> tuple[str, int]:
    """Puts one mark for each byte that is no text, so that the row is found and the others are kept."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in broken), error.end


def _text(value: str) -> str:
    """A value with the usual mark in place of what is no text."""
    return _BROKEN.sub("\ufffd", value).replace("\0", "\ufffd")
