"""Reads CSV files as text, and keeps each line that is not a row, with the reason."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
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

    The apostrophes that guard texts in a side file of bad rows are removed.

    Args:
        path: The file.
        encoding: Its encoding; by default that of its byte order mark, or UTF-8.
        delimiter: The column separator; by default the most frequent of , ; | and tab in the header.
    """

    def __init__(self, path: Path, encoding: str | None, delimiter: str | None) -> None:
        self.path = path
        self._is_guarded = path.name.endswith(BAD_ROWS)
        with path.open("rb") as file:
            start = file.read(4)
        for signature, description in _NOT_CSV:
            if start.startswith(signature):
                raise UsageError(f"{path}: is {description}.")
        self.encoding = _encoding(path, start, encoding)
        self._skipped, self.delimiter = self._layout(delimiter)
        with self._opened() as file:
            first = next(self._rows(_Lines(file, self._skipped)), _Row(1, ()))
        if first.reason:
            raise UsageError(f"{path}:{first.line}: the header cannot be used. {first.reason}")
        self.columns = checked_header(first.values, path)

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
        file_size, before, batch = max(self.path.stat().st_size, 1), 0, None
        with self._opened() as file:
            lines = _Lines(file, self._skipped)
            rows = self._rows(lines)
            next(rows, None)
            while taken := lines.take(size, MAX_BYTES):
                buffer: Any = file.buffer
                share_read = min(buffer.tell() / file_size, 1.0)
                batch = self._plain(taken, before, lines.number, share_read)
                if batch is None:
                    lines.give_back(taken)
                    quoted = list(_within(rows, size))
                    batch = self._batch(quoted, before, share_read)
                before += batch.rows.num_rows + len(batch.bad)
                yield batch
        if batch is None:
            yield self._batch([], 0, 1.0)

    def _plain(self, lines: Sequence[str], before: int, number: int, share_read: float) -> Batch | None:
        """Reads lines at once if each is a row, with nothing amiss."""
        text = "".join(lines)
        if self._is_guarded or "\0" in text or not self._is_well_formed(text):
            return None
        try:
            rows = pcsv.read_csv(
                pa.BufferReader(text.encode()),
                pcsv.ReadOptions(
                    use_threads=False, column_names=self.columns, block_size=len(text) * 4 + 1
                ),
                pcsv.ParseOptions(delimiter=self.delimiter, ignore_empty_lines=False),
                pcsv.ConvertOptions(column_types=dict.fromkeys(self.columns, pa.string())),
            )
        except (pa.ArrowInvalid, UnicodeEncodeError):  # A row is too long or too short, or is not text.
            return None
        lengths = [
            pc.binary_length(pc.utf8_trim_whitespace(column)).to_numpy() for column in rows.columns
        ]
        if len(rows) != len(lines) or not sum(lengths).all():  # A row has several lines, or is blank.
            return None
        (batch,) = rows.combine_chunks().to_batches()
        numbers = range(before + 1, before + len(lines) + 1)
        return Batch(batch, numbers, range(number - len(lines) + 1, number + 1), [], share_read)

    def _is_well_formed(self, text: str) -> bool:
        """Whether quotation marks surround whole values, so that all readers agree on them."""
        between = f"[{re.escape(self.delimiter)}\r\n]"
        value = rf'(?:"[^"]*+"(?:"[^"]*+")*+|[^"{between[1:]}*+)'
        return '"' not in text or bool(re.fullmatch(f"(?:{value}{between}++)*+{value}", text))

    def _rows(self, lines: _Lines) -> Iterator[_Row]:
        """Every row; after a line that is not a row, reading resumes with the next line."""
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.consumed.clear()
            first = lines.number + 1
            try:
                values = next(reader, None)
            except csv.Error as error:
                reason = (
                    f"The line is not a row of CSV ({error}): a quotation mark is not closed, or is not "
                    "doubled within a quoted value."
                )
                yield _Row(first, (_text(lines.unread_after_first()),), reason)
                continue
            if values is None:
                return
            reason = self._reason(values, lines.consumed) if values else "The line is empty."
            yield _Row(first, list(map(unguarded, values)) if self._is_guarded else values, reason)

    def _reason(self, values: Sequence[str], lines: Sequence[str]) -> str:
        """Why these values are not a row; blank if they are."""
        for line in lines:
            if "\0" in line:
                found = "The row contains NUL characters"
                return f"{found}; is the file {self.encoding}, or another encoding such as utf-16-le?"
            if not line.isascii() and _INVALID_BYTES.search(line):
                return (
                    f"The row is not {self.encoding} text; name the encoding, as in --encoding cp1252."
                )
        expected = len(getattr(self, "columns", values))
        if len(values) != expected:
            count = "1 value" if len(values) == 1 else f"{len(values)} values"
            return f"The row has {count} where the header has {expected}."
        if len(values) > 1 and not any(map(str.strip, values)):
            return "The row contains nothing but blanks."
        return ""

    def _batch(self, rows: Sequence[_Row], before: int, share_read: float) -> Batch:
        values = [row.values for row in rows if not row.reason]
        numbers = [number for number, row in enumerate(rows, before + 1) if not row.reason]
        columns = zip(*values, strict=True) if values else ([] for _ in self.columns)
        arrays = [texts_of(values) for values in columns]
        bad = [
            BadRow(number, f"line {row.line}", row.reason, list(map(_text, row.values)))
            for number, row in enumerate(rows, before + 1)
            if row.reason
        ]
        lines = [row.line for row in rows if not row.reason]
        batch = pa.RecordBatch.from_arrays(arrays, self.columns)
        return Batch(batch, numbers, lines, bad, share_read)


_VALUE_OVERHEAD = 80
"""The bytes that a value takes besides its text."""


def _within(rows: Iterator[_Row], count: int) -> Iterator[_Row]:
    """The next rows, of at most a number and about the memory that a batch may take."""
    size = 0
    for row in islice(rows, count):
        yield row
        size += sum(map(len, row.values)) + _VALUE_OVERHEAD * len(row.values)
        if size >= MAX_BYTES:
            return


@attrs.frozen
class _Row:
    """The values that begin on a line: a row, or with a reason, what is not a row."""

    line: int
    values: Sequence[str]
    reason: str = ""


class _Lines:
    """The lines of a file, with the option to unread those consumed last."""

    def __init__(self, file: Iterator[str], skipped: int) -> None:
        self._file = file
        self._returned: deque[str] = deque()
        self.consumed: list[str] = []
        self.number = 0
        for _ in range(skipped):
            next(self)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._file)
        self.consumed.append(line)
        self.number += 1
        return line

    def take(self, count: int, size: int) -> list[str]:
        """Returns the next lines, of at most a number and about a size."""
        taken, length = list[str](), 0
        for line in islice(self, count):
            taken.append(line)
            length += len(line)
            if length >= size:
                break
        self.consumed.clear()
        return taken

    def give_back(self, lines: Sequence[str]) -> None:
        """Unreads lines that were taken last."""
        self._returned.extendleft(reversed(lines))
        self.number -= len(lines)

    def unread_after_first(self) -> str:
        """Returns the first consumed line and unreads the others."""
        first, *others = self.consumed
        self.give_back(others)
        return first.rstrip("\r\n")


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
