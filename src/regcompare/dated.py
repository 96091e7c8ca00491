"""Lists that change: rows with a period, each with its own source, read as conditions over a day.

A table is a data file (CSV) in a ruleset's package.  Its columns ``start``, ``end``, ``source`` and
``checked`` mean the same in every table: the first day and the day after the last day (blank is open),
where the row stands, and how that was checked.  All other columns belong to the table.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable

import attrs

from .conditions import TRUE, Condition, Term, all_of, any_of
from .errors import DefinitionError
from .facts import CodeSet, Country, Day
from .law import Checked

__all__ = ["DatedTable", "Period", "Row"]


@attrs.frozen
class Period:
    """From a first day up to, and without, a last one; None is open.

    Raises:
        DefinitionError: It ends before it starts.
    """

    start: dt.date | None = None
    end: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        if self.start and self.end and self.start >= self.end:
            msg = f"A period cannot end on {self.end}, before or when it starts on {self.start}."
            raise DefinitionError(msg)

    def __contains__(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def __str__(self) -> str:
        start = f"from {self.start}" if self.start else "from the beginning"
        last = f" to {self.end - dt.timedelta(days=1)}" if self.end else ""
        return start + last

    def holds_on(self, day: Day) -> Condition:
        """Returns the condition that the day asked for lies in the period."""
        begun = day.on_or_after(self.start) if self.start else TRUE
        return begun & ~day.on_or_after(self.end) if self.end else begun


@attrs.frozen(eq=False)
class Row:
    """One row of a dated table."""

    table: str
    line: int
    values: Mapping[str, str]
    period: Period
    source: str
    checked: Checked

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    @property
    def label(self) -> str:
        """What the row lists, in a few words: its first column, with the name of the file."""
        first = next(iter(self.values.values()))
        return f"{self.table.removesuffix('.csv').replace('_', ' ')}: {first}"

    def words(self, column: str) -> tuple[str, ...]:
        """Returns the words of a column that lists several."""
        return tuple(self.values[column].split())


@attrs.frozen(eq=False, repr=False)
class DatedTable:
    """A list with periods.

    Attributes:
        name: What it lists, as it reads in a sentence.
        rows: The rows, in the order of the file.
        verified_through: The last day on which the list was checked; a later day is flagged.
    """

    name: str
    rows: tuple[Row, ...]
    verified_through: dt.date

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @classmethod
    def read(cls, file: Traversable, name: str, verified_through: dt.date) -> DatedTable:
        """Reads a table from a CSV file.

        Raises:
            DefinitionError: A row lacks its source or mark, or has a day that is none; the text says
                which line.
        """
        lines = file.read_text(encoding="utf-8").splitlines()
        rows = [_row(file.name, number, row) for number, row in enumerate(csv.DictReader(lines), 2)]
        return cls(name, tuple(rows), verified_through)

    @cache
    def where(self, **values: str) -> DatedTable:
        """Returns the table of the rows that have these values."""
        rows = (row for row in self.rows if all(row[key] == want for key, want in values.items()))
        return attrs.evolve(self, rows=tuple(rows))

    @cache
    def names(self, country: Country, on: Day, column: str = "countries") -> Condition:
        """Returns the condition that the table names the country on the day asked for."""
        return self.rows_that(lambda row: country.is_in(*row.words(column)), on)

    @cache
    def lists(self, codes: CodeSet, on: Day, column: str = "pattern") -> Condition:
        """Returns the condition that a row in force on the day takes one of the codes.

        Of several rows that take a code, the most specific one governs it.
        """
        return self.rows_that(lambda row: codes.includes_any(self.governing(row, column)), on)

    def rows_that(self, asks: Callable[[Row], Condition], on: Day) -> Condition:
        """Returns the condition that, for some row in force on the day, what it asks is met."""
        return any_of(*(self._term(row, asks(row), on) for row in self.rows))

    def _term(self, row: Row, asked: Condition, on: Day) -> Condition:
        met = all_of(asked, row.period.holds_on(on))
        return Term(f"{self.name}, line {row.line}, {row.period}", row.source, met, checked=row.checked)

    def governing(self, row: Row, column: str) -> str:
        """Returns the row's pattern without the codes that a more specific row of the table governs."""
        own = row[column]
        narrower = {other[column] for other in self.rows if _is_narrower(other[column], own)}
        widest = (
            item for item in sorted(narrower) if not any(_is_narrower(item, other) for other in narrower)
        )
        return "!".join([own, *widest])


def _is_narrower(pattern: str, other: str) -> bool:
    """Whether a pattern takes only codes that another one takes as well, and is more specific."""
    if pattern == other:
        return False
    (*places, year), (*others, other_year) = _split(pattern), _split(other)
    pairs = zip(places, others, strict=True)
    nested = all(not above or own == above or own.startswith(above + ".") for own, above in pairs)
    return nested and other_year in ("", year)


def _split(pattern: str) -> tuple[str, str, str]:
    """Returns code, parent and the mark of the wording."""
    unmarked, _, year = pattern.partition("@")
    code, _, parent = unmarked.partition("/")
    return "" if code == "*" else code, parent, year


def _row(file: str, line: int, values: dict[str, str]) -> Row:
    try:
        start, end = (
            dt.date.fromisoformat(values[key]) if values.get(key) else None for key in ("start", "end")
        )
        source, checked = values["source"].strip(), Checked(values["checked"])
        if not source:
            raise ValueError("the source is missing")
        return Row(file, line, values, Period(start, end), source, checked)
    except (KeyError, ValueError, DefinitionError) as error:
        msg = (
            f"{file}:{line}: the row cannot be used ({error}). A row has start and end (YYYY-MM-DD or "
            f"blank), a source, and checked: one of {', '.join(Checked)}."
        )
        raise DefinitionError(msg) from None
