"""What a table that is read in batches is, of whatever kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import attrs

from regcompare.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BAD_ROWS", "BadRow", "Batch", "Source", "checked_header", "place_and_table"]

BAD_ROWS = ".bad-rows.csv"
"""How the name of a side file of bad rows ends."""


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
    values: tuple[str, ...]


@attrs.frozen(eq=False)
class Batch:
    """Some rows of a table.

    Attributes:
        frame: The rows that could be read.
        rows: The number of each among all rows, from 1.
        places: Where each stands.
        bad: The rows that could not be read.
        done: What share of the table has been read, from 0 to 1.
    """

    frame: pl.DataFrame
    rows: Sequence[int]
    places: Sequence[str]
    bad: Sequence[BadRow]
    done: float


class Source(Protocol):
    """A table that is read in batches."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of its columns."""

    def batches(self, size: int) -> Iterator[Batch]:
        """Yields its rows, at most so many at a time; once at least."""

    def close(self) -> None:
        """Gives back what it holds open."""


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
        raise UsageError(f"{path}: {found}. Expected the names of the columns in line 1.")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise UsageError(f"{path}: the column {twice[0]!r} appears twice; give each its own name.")
    if "" in columns:
        place = columns.index("") + 1
        raise UsageError(f"{path}: column {place} of {len(columns)} has no name; name every column.")
    return columns
