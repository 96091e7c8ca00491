"""Reads CSV files as text, and keeps each line that is not a row, with the reason."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from regcompare.errors import UsageError
from regcompare.support import unguarded

from ._planes import texts_of
from ._tables import MAX_BYTES, BadRow, Batch, checked_header

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and the encodings they announce, longer marks before their own prefixes."""

_NOT_CSV = (
    (b"PK\x03\x04", "an Excel workbook or another archive; save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV (UTF-8)"),
    (b"PAR1", "a Parquet file; give it the ending .parquet"),
    (b"\x1f\x8b", "compressed; unpack it first"),
)

_INVALID_BYTES = re.compile("[\ud800-\udfff]")
"""Surrogates that represent bytes that are invalid in the encoding."""

BAD_ROWS = ".bad-rows.csv"
"""The ending of a side file of bad rows."""

_DELIMITERS = {"tab": "\t", r"\t": "\t"}


class CsvTable:
    """A CSV file; every value is text, so that 5E002 remains a code and NA a country.

    Arrow reads what it agrees on with the standard.  Of the rest the library of Python reads row by row:
    no other says what is wrong with each line and goes on with the next.  The apostrophes that guard
    texts in a side file of bad rows are removed.

    Args:
        path: The file.
        encoding: Its encoding; by default that of its byte order mark, or UTF-8.
        delimiter: The column separator; by default the most frequent of , ; | and tab in the header.
    """

    def __init__(self, path: Path, encoding: str | None, delimiter: str | None) -> None:
        self.path, self.columns = path, list[str]()
        self._is_guarded = path.name.endswith(BAD_ROWS)
        with path.open("rb") as file:
            start = file.read(4)
        for signature, description in _NOT_CSV:
            if start.startswith(signature):
                raise UsageError(f"{path}: is {description}.")
        self.encoding = _encoding(path, start, encoding)
        self._skipped, self.delimiter = self._layout(delimiter)
        mark = re.escape(self.delimiter)
        part = f'[^"]{{0,{_LONGEST}}}+'
        quoted = rf'"{part}(?:""{part})*+"(?=[{mark}\r\n]|\Z)'
        value = rf'(?:{quoted}|(?!")[^{mark}\r\n]*+)'
        row = rf"{value}(?:{mark}{value})*+(?:\r\n?|\n|\Z)"
        self._row, self._some_rows = re.compile(row), re.compile(rf"(?:(?!\Z){row})*+")
        text = next(self._texts(1), _Text("", 1, True, 1.0))
        first = next(self._rows(text), _Row(1, ()))
        if first.reason:
            raise UsageError(f"{path}:{first.line}: the header cannot be used. {first.reason}")
        self.columns = checked_header(first.values, path)
        self._skipped += _line_count(text.text)

    def close(self) -> None:
        """Does nothing: the file is open only while it is read."""

    def _opened(self) -> io.TextIOWrapper:
        codecs.register_error("regcompare.broken", _replace_invalid_bytes)
        return self.path.open(encoding=self.encoding, errors="regcompare.broken", newline="")

    def _layout(self, delimiter: str | None) -> tuple[int, str]:
        """How many lines precede the header, and the column separator."""
        blank, first = 0, ""
        with self._opened() as file:
            for line in file:
                if line.strip():
                    first = line
                    break
                blank += 1
            declared = re.fullmatch(r'"?sep=(.)"?[\r\n]*', first)
            header = file.readline() if declared else first
        unquoted = re.sub(r'"[^"]*"', "", header)
        character = (
            _DELIMITERS.get(delimiter or "", delimiter)
            or (declared and declared[1])
            or max(",;\t|", key=unquoted.count)
        )
        if len(character) != 1 or character in '"\r\n ':
            raise UsageError(f"--delimiter {delimiter!r}: expected one character, such as ; or tab.")
        return blank + bool(declared), character

    # rows ----------------------------------------------------------------------------------------

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields the rows in batches of at most a number of rows; at least one batch."""
        before = 0
        for text in self._texts(min(size, max(_MOST_VALUES // len(self.columns), 1))):
            batch = self._plain(text, before) or self._batch(text, before)
            before += batch.rows.num_rows + len(batch.bad)
            yield batch
        if not before:
            yield self._batch(_Text("", 1, False, 1.0), 0)

    def _texts(self, size: int) -> Iterator[_Text]:
        """Yields the file in texts of about a number of lines, each of which ends where a row does."""
        file_size, first, rest = max(self.path.stat().st_size, 1), self._skipped + 1, ""
        with self._opened() as file:
            buffer: Any = file.buffer
            for _ in range(self._skipped):
                next(file)
            while text := rest + (added := _taken(file, size)):
                place, is_regular = 0, True
                while (place := self._end_of_rows(text, place)) < len(text):
                    if added and len(text) - place < _LONGEST:
                        break  # The row may go on in the next lines.
                    place, is_regular = _end_of_line(text, place), False
                text, rest = text[:place], text[place:]
                if text:
                    yield _Text(text, first, is_regular, min(buffer.tell() / file_size, 1.0))
                    first += _line_count(text)

    def _end_of_rows(self, text: str, place: int) -> int:
        found = self._some_rows.match(text, place)
        return found.end() if found else place

    def _plain(self, text: _Text, before: int) -> Batch | None:
        """Reads a text at once if there is nothing amiss in it."""
        if self._is_guarded or not text.is_regular or "\0" in text.text:
            return None
        try:
            rows = pcsv.read_csv(
                pa.BufferReader(text.text.encode()),
                pcsv.ReadOptions(
                    use_threads=False, column_names=self.columns, block_size=len(text.text) * 4 + 1
                ),
                pcsv.ParseOptions(
                    delimiter=self.delimiter, ignore_empty_lines=False, newlines_in_values=True
                ),
                pcsv.ConvertOptions(column_types=dict.fromkeys(self.columns, pa.string())),
            )
        except (pa.ArrowInvalid, UnicodeEncodeError):  # A row is too long or too short, or is not text.
            return None
        lengths = [
            pc.binary_length(pc.utf8_trim_whitespace(column)).to_numpy() for column in rows.columns
        ]
        # A row has several lines, or is blank.
        if len(rows) != _line_count(text.text) or not sum(lengths).all():
            return None
        (batch,) = rows.combine_chunks().to_batches()
        numbers, lines = (range(first, first + len(rows)) for first in (before + 1, text.line))
        return Batch(batch, numbers, lines, [], text.share_read)

    def _batch(self, text: _Text, before: int) -> Batch:
        rows = list(self._rows(text))
        good = [(number, row) for number, row in enumerate(rows, before + 1) if not row.reason]
        columns = (
            zip(*(row.values for _, row in good), strict=True) if good else [()] * len(self.columns)
        )
        bad = [
            BadRow(number, f"line {row.line}", row.reason, list(map(_text, row.values)))
            for number, row in enumerate(rows, before + 1)
            if row.reason
        ]
        batch = pa.RecordBatch.from_arrays(list(map(texts_of, columns)), self.columns)
        numbers, lines = [number for number, _ in good], [row.line for _, row in good]
        return Batch(batch, numbers, lines, bad, text.share_read)

    def _rows(self, text: _Text) -> Iterator[_Row]:
        """Every row; what is not a row ends with its line."""
        place, line = 0, text.line
        while place < len(text.text):
            found = self._row.match(text.text, place)
            end = found.end() if found else _end_of_line(text.text, place)
            row = text.text[place:end]
            yield self._read(row, line)
            place, line = end, line + _line_count(row)

    def _read(self, text: str, line: int) -> _Row:
        try:
            values = next(csv.reader([text], delimiter=self.delimiter, strict=True), [])
        except csv.Error as error:
            reason = (
                f"The line is not a row of CSV ({error}): a quotation mark is not closed, or is not "
                "doubled within a quoted value."
            )
            return _Row(line, (text.rstrip("\r\n"),), reason)
        reason = self._reason(values, text)
        return _Row(line, list(map(unguarded, values)) if self._is_guarded else values, reason)

    def _reason(self, values: Sequence[str], text: str) -> str:
        """Why these values are not a row; blank if they are."""
        if not values:
            return "The line is empty."
        if "\0" in text:
            found = "The row contains NUL characters"
            return f"{found}; is the file {self.encoding}, or another encoding such as utf-16-le?"
        if not text.isascii() and _INVALID_BYTES.search(text):
            return f"The row is not {self.encoding} text; name the encoding, as in --encoding cp1252."
        expected = len(self.columns or values)
        if len(values) != expected:
            count = "1 value" if len(values) == 1 else f"{len(values)} values"
            return f"The row has {count} where the header has {expected}."
        if len(values) > 1 and not any(map(str.strip, values)):
            return "The row contains nothing but blanks."
        return ""


_LONGEST = csv.field_size_limit()
"""The most characters of a value; what goes on for longer began with a stray quotation mark."""
_MOST_VALUES = 1 << 22
"""How many values are read at a time."""


@attrs.frozen
class _Text:
    """Some rows of a file.

    Attributes:
        text: Their text.
        line: The line on which it begins.
        is_regular: Whether quotation marks are everywhere as they should be.
        share_read: The share of the file that has been read.
    """

    text: str
    line: int
    is_regular: bool
    share_read: float


@attrs.frozen
class _Row:
    """The values that begin on a line: a row, or with a reason, what is not a row."""

    line: int
    values: Sequence[str]
    reason: str = ""


def _taken(file: Iterable[str], size: int) -> str:
    """The next lines, of at most a number and about the memory that a batch may take."""
    taken, length = list[str](), 0
    for line in islice(file, size):
        taken.append(line)
        length += len(line)
        if length >= MAX_BYTES:
            break
    return "".join(taken)


def _end_of_line(text: str, place: int) -> int:
    found = re.compile(r"\r\n?|\n").search(text, place)
    return found.end() if found else len(text)


def _line_count(text: str) -> int:
    ends = text.count("\n") + text.replace("\r\n", "").count("\r")
    return ends + (text != "" and text[-1] not in "\r\n")


# text and bytes ------------------------------------------------------------------------------------


def _encoding(path: Path, start: bytes, requested: str | None) -> str:
    detected = next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), None)
    if requested is None:
        return detected or "utf-8"
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=requested)
        codec = codecs.lookup(requested).name
    except (LookupError, ValueError):
        msg = (
            f"--encoding {requested!r} is not known. Expected a name such as utf-8, cp1252 or utf-16-le."
        )
        raise UsageError(msg) from None
    codec_family = "utf-8-sig" if codec == "utf-8" else codec
    if detected and not codec_family.startswith(detected):
        detected_name = detected.removesuffix("-sig")
        raise UsageError(
            f"{path}: begins with the mark of {detected_name}; leave out --encoding {requested}."
        )
    return detected or requested


def _replace_invalid_bytes(error: UnicodeError) -> tuple[str, int]:
    """Replaces each invalid byte by a surrogate, so that only its row is refused."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    invalid = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in invalid), error.end


def _text(value: str) -> str:
    """A value with the replacement character in place of invalid bytes."""
    return _INVALID_BYTES.sub("\ufffd", value).replace("\0", "\ufffd")
