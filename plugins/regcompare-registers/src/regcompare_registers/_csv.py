"""Reads CSV files as text, and keeps each line that is not a row, with the reason."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple, TextIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from regcompare._support.csv import unguarded
from regcompare.errors import UsageError

from ._bitsets import texts_of
from ._tables import BadRow, Batch, checked_header

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and the encodings they announce, longer marks before their own prefixes."""

BAD_ROWS: Final = ".bad-rows.csv"
"""The ending of a side file of bad rows."""

CHARACTERS: Final = 1 << 23
"""The part of a file that is read at a time, in characters."""

_LONGEST: Final = csv.field_size_limit()
"""The most characters of a value; what goes on for longer began with a stray quotation mark."""


class _Text(NamedTuple):
    """Some rows of a file: their text, its first line, and the share of the file that has been read.

    It is regular if quotation marks are everywhere as they should be.
    """

    text: str = ""
    line: int = 1
    is_regular: bool = True
    share_read: float = 1.0


class CsvTable:
    """A CSV file; every value is text, so that 5E002 remains a code and NA a country.

    Arrow reads what it agrees on with the standard.  Of the rest the library of Python reads row by
    row: no other says what is wrong with each line and goes on with the next.  The apostrophes that
    guard texts in a side file of bad rows are removed.  The encoding counts where the file has no byte
    order mark; by default it is UTF-8.
    """

    unit = "line"

    def __init__(self, path: Path, encoding: str | None) -> None:
        self.path, self.columns = path, list[str]()
        self._is_guarded = path.name.endswith(BAD_ROWS)
        with path.open("rb") as file:
            start = file.read(4)
        marked = (name for mark, name in _MARKS if start.startswith(mark))
        guess = "" if encoding else _guessed_encoding(path)
        self.encoding = next(marked, encoding or guess or "utf-8")
        self.guesses: Sequence[str] = ()
        if self.encoding == guess:
            self.guesses = (
                f"Read as {guess}, since it is not UTF-8; --encoding NAME reads it otherwise.",
            )
        try:
            self._skipped, self._delimiter = self._layout()
        except LookupError:
            expected = "Expected a name such as utf-8, cp1252 or utf-16-le."
            raise UsageError(f"--encoding {encoding!r} is not known. {expected}") from None
        mark = re.escape(self._delimiter)
        part = f'[^"]{{0,{_LONGEST}}}+'
        quoted = rf'"{part}(?:""{part})*+"(?=[{mark}\r\n]|\Z)'
        value = rf'(?:{quoted}|(?!")[^{mark}\r\n]*+)'
        row = rf"{value}(?:{mark}{value})*+(?:\r\n?|\n|\Z)"
        self._row, self._some_rows = re.compile(row), re.compile(rf"(?:(?!\Z){row})*+")
        line, header = next(self._rows(next(self._texts(1), _Text())), (1, ""))
        names, reason = self._read(header) if header else ((), "")
        if reason:
            raise UsageError(f"{path}:{line}: the header cannot be used. {reason}")
        self.columns = checked_header(names, path)
        self._skipped += _line_count(header)

    @property
    def file(self) -> Path:
        """The file that is the table."""
        return self.path

    def close(self) -> None:
        """Does nothing: the file is open only while it is read."""

    def _opened(self) -> TextIO:
        return self.path.open(encoding=self.encoding, errors="replace", newline="")

    def _layout(self) -> tuple[int, str]:
        """The number of lines before the header, and the separator: declared, or most frequent in it."""
        blank, first = 0, ""
        with self._opened() as file:
            for first in file:
                if first.strip():
                    break
                blank += 1
            if declared := re.fullmatch(r'"?sep=(.)"?[\r\n]*', first):
                return blank + 1, declared[1]
        return blank, max(",;\t|", key=re.sub(r'"[^"]*"', "", first).count)

    def batches(self) -> Iterator[Batch]:
        """Yields the rows in batches; at least one."""
        batch = None
        for text in self._texts(CHARACTERS):
            batch = self._plain(text) or self._batch(text)
            yield batch
        if batch is None:
            yield self._batch(_Text())

    def _texts(self, size: int) -> Iterator[_Text]:
        """Yields the file in texts of about a number of characters, each of which ends with a row."""
        file_size, first, rest = max(self.path.stat().st_size, 1), self._skipped + 1, ""
        with self._opened() as file:
            for _ in islice(file, self._skipped):
                pass
            while text := rest + (added := "".join(file.readlines(size))):
                position, is_regular = 0, True
                while (position := self._end_of_rows(text, position)) < len(text):
                    if added and len(text) - position < _LONGEST:
                        break  # The row may go on in the next lines.
                    position, is_regular = _end_of_line(text, position), False
                text, rest = text[:position], text[position:]
                if text:
                    share_read = min(file.buffer.tell() / file_size, 1.0)
                    yield _Text(text, first, is_regular, share_read)
                    first += _line_count(text)

    def _end_of_rows(self, text: str, position: int) -> int:
        found = self._some_rows.match(text, position)
        return found.end() if found else position

    def _plain(self, text: _Text) -> Batch | None:
        """Reads a text at once if there is nothing amiss in it."""
        if self._is_guarded or not text.is_regular or re.search("[\0\ufffd]", text.text):
            return None
        try:
            rows = pcsv.read_csv(
                pa.BufferReader(text.text.encode()),
                pcsv.ReadOptions(
                    use_threads=False, column_names=self.columns, block_size=len(text.text) * 4 + 1
                ),
                pcsv.ParseOptions(
                    delimiter=self._delimiter, ignore_empty_lines=False, newlines_in_values=True
                ),
                pcsv.ConvertOptions(column_types=dict.fromkeys(self.columns, pa.string())),
            )
        except pa.ArrowInvalid:  # A row is too long or too short.
            return None
        (batch,) = rows.combine_chunks().to_batches()
        lengths = [pc.binary_length(pc.utf8_trim_whitespace(column)) for column in batch.columns]
        # A row has several lines, or is blank.
        if (
            len(batch) != _line_count(text.text)
            or not sum(map(np.from_dlpack, lengths), np.zeros(1, int)).all()
        ):
            return None
        return Batch(batch, range(text.line, text.line + len(batch)), [], text.share_read)

    def _batch(self, text: _Text) -> Batch:
        lines, good, bad = list[int](), list[Sequence[str]](), list[BadRow]()
        for line, row in self._rows(text):
            values, reason = self._read(row)
            if reason:
                bad.append(BadRow(line, reason, [value.replace("\0", "\ufffd") for value in values]))
            else:
                lines.append(line)
                good.append(values)
        columns = zip(*good, strict=True) if good else [()] * len(self.columns)
        rows = pa.RecordBatch.from_arrays(list(map(texts_of, columns)), self.columns)
        return Batch(rows, lines, bad, text.share_read)

    def _rows(self, text: _Text) -> Iterator[tuple[int, str]]:
        """Yields every row with its line; what is not a row ends with its line."""
        position, line = 0, text.line
        while position < len(text.text):
            found = self._row.match(text.text, position)
            end = found.end() if found else _end_of_line(text.text, position)
            row = text.text[position:end]
            yield line, row
            position, line = end, line + _line_count(row)

    def _read(self, text: str) -> tuple[Sequence[str], str]:
        """The values of a row, and why they are not one; blank if they are."""
        try:
            values = next(csv.reader([text], delimiter=self._delimiter, strict=True), [])
        except csv.Error as error:
            reason = (
                f"The line is not a row of CSV ({error}): a quotation mark is not closed, or is not "
                "doubled within a quoted value."
            )
            return (text.rstrip("\r\n"),), reason
        reason, expected = "", len(self.columns or values)
        if not values or (len(values) > 1 and not any(map(str.strip, values))):
            reason = "The row is blank."
        elif "\0" in text:
            reason = f"The row contains NUL characters; is the file {self.encoding}, or utf-16-le?"
        elif "\ufffd" in text:
            reason = f"The row is not {self.encoding} text; name the encoding, as in --encoding cp1252."
        elif len(values) != expected:
            count = "1 value" if len(values) == 1 else f"{len(values)} values"
            reason = f"The row has {count} where the header has {expected}."
        return list(map(unguarded, values)) if self._is_guarded else values, reason


def _guessed_encoding(path: Path) -> str:
    """The encoding of a file without a mark of it, from its start; blank for UTF-8, or if nothing fits.

    A text in which some character is whole in UTF-8 is in UTF-8, whatever else is wrong with it.
    """
    with path.open("rb") as file:
        start = file.read(CHARACTERS)
    for offset, name in enumerate(("utf-16-be", "utf-16-le")):
        if (half := start[offset:1000:2]) and half.count(0) > 0.9 * len(half):
            return name
    wrong = start.decode("utf-8", errors="ignore")
    if wrong.isascii() and len(wrong) < len(start):
        with suppress(UnicodeDecodeError):
            start.decode("cp1252")
            return "cp1252"
    return ""


def _end_of_line(text: str, position: int) -> int:
    found = re.compile(r"\r\n?|\n").search(text, position)
    return found.end() if found else len(text)


def _line_count(text: str) -> int:
    ends = text.count("\n") + text.replace("\r\n", "").count("\r")
    return ends + (text != "" and text[-1] not in "\r\n")
