"""Lists that change: rows with a period, each with its own source, read as conditions over a day.

A table is a data file (CSV) in a ruleset's package.  Its columns ``start``, ``end``, ``source`` and
``checked`` mean the same in every table: the first day and the day after the last day (blank is open),
where the row stands, and how that is known.  Every table has these four, also one whose days are all
blank: else a misspelt ``start`` would put every row in force for ever.  Two more are read where a table
has them: ``document`` and ``read_on``, which state of which text was read, and when.  What many rows
share is stated once, in ``states``.  All other columns belong to the table.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import CodeSet, Country, Day
from regcompare.law import Checked, Evidence, as_evidence
from regcompare.logic.codes import is_derivable, is_under
from regcompare.logic.conditions import TRUE, Condition, Term, all_of, any_of

_COLUMNS = ("start", "end", "source", "checked")
"""The columns that every table has."""

_REMEMBERED = 1024
"""So many parts and lists of tables are kept: one that is asked for twice is then one condition."""


@attrs.frozen
class Period:
    """From a first day up to, and without, a last one; None is open.

    Raises:
        DefinitionError: A day is none, or it ends before it starts.
    """

    start: dt.date | None = attrs.field(default=None, validator=takes(dt.date, None))
    end: dt.date | None = attrs.field(default=None, validator=takes(dt.date, None))

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

    def is_within(self, other: Period) -> bool:
        """Whether every day of the period is one of another's."""
        begins = other.start is None or (self.start is not None and other.start <= self.start)
        ends = other.end is None or (self.end is not None and self.end <= other.end)
        return begins and ends

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
    checked: Evidence = attrs.field(converter=as_evidence)

    def __getitem__(self, column: str) -> str:
        if column not in self.values:
            hint = did_you_mean(nearest(column, self.values))
            columns = ", ".join(self.values)
            raise DefinitionError(f"{self.table} has no column {column!r}; it has {columns}.{hint}")
        return self.values[column]

    def words(self, column: str) -> tuple[str, ...]:
        """Returns the words of a column that lists several."""
        return tuple(self[column].split())


@attrs.frozen(eq=False, repr=False)
class DatedTable:
    """A list with periods.

    Attributes:
        name: What it lists, as it reads in a sentence.
        rows: The rows, in the order of the file.
        verified_through: The last day on which the list was checked; a later day is flagged.
        whole: Of a table of some rows, the one that they were taken from.
    """

    name: str
    rows: tuple[Row, ...]
    verified_through: dt.date
    whole: DatedTable | None = attrs.field(default=None, kw_only=True)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @classmethod
    def read(
        cls,
        file: Traversable,
        name: str,
        verified_through: dt.date,
        states: Sequence[Mapping[str, str]] = (),
    ) -> DatedTable:
        """Reads a table from a CSV file.

        Args:
            file: The file.
            name: What it lists, as it reads in a sentence.
            verified_through: The last day on which the list was checked.
            states: Which documents were read, for rows that do not say so: each a mapping with
                ``document`` and ``read_on``, and columns of the table that a row must agree with
                (blank is any).  The first that a row agrees with counts.

        Raises:
            DefinitionError: The head lacks a column or names one twice; a row lacks its source or mark,
                has a day that is none, or more or fewer cells than the head; the text says which line.
        """
        lines = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
        _check_columns(file.name, lines.fieldnames or ())
        rows = [_row(file.name, number, row, states) for number, row in enumerate(lines, 2)]
        return cls(name, tuple(rows), verified_through)

    @lru_cache(maxsize=_REMEMBERED)
    def where(self, **values: str) -> DatedTable:
        """Returns the table of the rows that have these values."""
        rows = (row for row in self.rows if all(row[key] == want for key, want in values.items()))
        return attrs.evolve(self, rows=tuple(rows), whole=self.whole or self)

    @lru_cache(maxsize=_REMEMBERED)
    def names(self, country: Country, on: Day, column: str = "countries") -> Condition:
        """Returns the condition that the table names the country on the day asked for."""
        return self.rows_that(lambda row: country.is_in(*row.words(column)), on)

    @lru_cache(maxsize=_REMEMBERED)
    def lists(self, codes: CodeSet, on: Day, column: str = "pattern") -> Condition:
        """Returns the condition that a row in force on the day takes one of the codes.

        Of several rows that take a code, the most specific one governs it.  A code with points that are
        dated apart is listed for certain from the day on which the last of them was.
        """
        own = self.rows_that(lambda row: codes.includes_any(self._taken(row, column)), on)
        whole = (
            self._term(row, codes.includes_any(pattern), on) for row, pattern in self._whole(column)
        )
        return any_of(own, *whole)

    def rows_that(self, asks: Callable[[Row], Condition], on: Day) -> Condition:
        """Returns the condition that, for some row in force on the day, what it asks is met."""
        return any_of(*(self._term(row, asks(row), on) for row in self.rows))

    def _term(self, row: Row, asked: Condition, on: Day) -> Condition:
        met = all_of(asked, row.period.holds_on(on))
        cite = RowCitation(self.whole or self, row)
        return Term(f"{self.name}, line {row.line}, {row.period}", cite, met, checked=row.checked)

    def governing(self, row: Row, column: str) -> str:
        """Returns the row's pattern without the codes that a more specific row of the table governs."""
        return _without(row[column], self._below(row[column], column))

    @lru_cache(maxsize=_REMEMBERED)
    def _by_pattern(self, column: str) -> Mapping[str, Sequence[tuple[int, Row]]]:
        """The rows of each pattern, with their places in the table."""
        found: dict[str, list[tuple[int, Row]]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(row[column], []).append((place, row))
        return found

    @lru_cache(maxsize=_REMEMBERED)
    def _by_entry(self, column: str) -> Mapping[str, Sequence[str]]:
        return _grouped(self._by_pattern(column))

    def _near(self, pattern: str, column: str) -> Iterable[str]:
        """The patterns that may take a code that another takes: in a long list, hardly one."""
        entry, by_entry = _entry(pattern), self._by_entry(column)
        return _of(entry, by_entry) if entry else self._by_pattern(column)

    def _below(self, wide: str, column: str) -> list[str]:
        return [pattern for pattern in self._near(wide, column) if _is_narrower(pattern, wide)]

    def _taken(self, row: Row, column: str) -> str:
        """The pattern of a row, without what it would list on days when a more specific row does not."""
        below = self._below(row[column], column)
        return _without(row[column], [item for item in below if not self._covers(item, row, column)])

    def _whole(self, column: str) -> Iterator[tuple[Row, str]]:
        """Yields the codes above rows with different days, each with the row that came last.

        Every code below is listed as long as that row is in force.
        """
        rows = self._by_pattern(column)
        for above in sorted({above for item in rows for above in _above(item)} - rows.keys()):
            near = self._near(above, column)
            below = sorted(
                pair
                for item in near
                if _is_narrower(item, above) and "@" not in item
                for pair in rows[item]
            )
            governing = (pair for item in near if _is_narrower(above, item) for pair in rows[item])
            _, last = max(below, key=lambda pair: pair[1].period.start or dt.date.min)
            both = [*governing, *below]
            if len(both) > len(below) and all(last.period.is_within(row.period) for _, row in both):
                others = (item for item in near if _may_overlap(item, above))
                left_out = [item for item in others if not self._covers(item, last, column)]
                yield last, _without(above, left_out)

    def _covers(self, pattern: str, other: Row, column: str) -> bool:
        """Whether one row with the pattern is in force as long as another row."""
        return any(other.period.is_within(row.period) for _, row in self._by_pattern(column)[pattern])


@attrs.frozen
class RowCitation:
    """Where the condition that a row makes is taken from: it reads as the row's source.

    Attributes:
        table: The table, with all its rows.
        row: The row.
    """

    table: DatedTable
    row: Row

    def __str__(self) -> str:
        return self.row.source


def row_of(node: Condition) -> RowCitation | None:
    """Returns the row that a node of a condition was made from, if any."""
    cite = node.cite if isinstance(node, Term) else None
    return cite if isinstance(cite, RowCitation) else None


def tables_in(nodes: Iterable[Condition]) -> tuple[DatedTable, ...]:
    """Returns the tables whose rows are among nodes of conditions, in order of first mention."""
    return tuple(dict.fromkeys(row.table for node in nodes if (row := row_of(node))))


def _is_narrower(pattern: str, other: str) -> bool:
    """Whether a pattern takes only codes that another one takes as well, and is more specific."""
    code, parent, year = _split(pattern)
    own, above, wording = _split(other)
    nested = is_under(code, own) and is_under(parent, above) and wording in ("", year)
    return nested and pattern != other


def _entry(pattern: str) -> str:
    """The entry of which all codes are that a pattern takes; blank where they are of several."""
    entry = _split(pattern)[0][:_WHOLE]
    return "" if len(entry) < _WHOLE or "?" in entry else entry


_WHOLE = len("5A001")


def _grouped(patterns: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Patterns by the entry that they are of; below a blank those that are of no single one."""
    found: dict[str, list[str]] = {"": []}
    for pattern in patterns:
        found.setdefault(_entry(pattern), []).append(pattern)
    return found


def _of(entry: str, by_entry: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The patterns of an entry, and those of no single one."""
    return (*by_entry.get(entry, ()), *by_entry[""]) if entry else by_entry[""]


def _without(pattern: str, left_out: Collection[str]) -> str:
    """Returns a pattern that leaves others out, of those nested in each other the widest."""
    by_entry = _grouped(left_out)
    widest = (
        item
        for item in sorted(left_out)
        if not any(_is_narrower(item, other) for other in _of(_entry(item), by_entry))
    )
    return "!".join([pattern, *widest])


def _above(pattern: str) -> Iterator[str]:
    """Yields the codes above one that a pattern names, or those above the parent that it names."""
    code, parent, year = _split(pattern)
    slash, named = ("/", parent) if parent and not code else ("", code)
    if "." in named and not year and not (code and parent):
        above = named.rpartition(".")[0]
        yield slash + above
        yield from _above(slash + above)


def _may_overlap(pattern: str, other: str) -> bool:
    """Whether some code may fall under both patterns."""
    (code, parent, _), (own, above, _) = _split(pattern), _split(other)
    if (parent or above) and not all(is_derivable(one) for one in (code, own) if one):
        return False
    pairs = ((code, own), (parent, above))
    return all(not one or not two or is_under(one, two) or is_under(two, one) for one, two in pairs)


@lru_cache(maxsize=4096)
def _split(pattern: str) -> tuple[str, str, str]:
    """Returns code, parent and the mark of the wording."""
    unmarked, _, year = pattern.partition("@")
    code, _, parent = unmarked.partition("/")
    return "" if code == "*" else code, parent, year


def _check_columns(file: str, found: Sequence[str]) -> None:
    missing = [column for column in _COLUMNS if column not in found]
    twice = sorted({column for column in found if found.count(column) > 1})
    if not missing and not twice:
        return
    wrong = [f"there is no column {column}" for column in missing]
    wrong += [f"the column {column} appears twice" for column in twice]
    near = {column: nearest(column, set(found) - set(_COLUMNS)) for column in missing}
    hints = [f" Is {name!r} meant to be {column!r}?" for column, name in near.items() if name]
    raise DefinitionError(
        f"{file}:1: {' and '.join(wrong)}. Found: {', '.join(found) or 'nothing'}. Expected "
        f"{', '.join(_COLUMNS)}, each once, beside the table's own columns.{''.join(hints)}"
    )


def _row(file: str, line: int, values: dict[str, str], states: Sequence[Mapping[str, str]]) -> Row:
    try:
        if None in values or None in values.values():  # That is how csv marks them.
            raise ValueError("it has more or fewer cells than the header; quote any cell with a comma")
        start, end = (
            dt.date.fromisoformat(values[key]) if values[key] else None for key in ("start", "end")
        )
        source, known = values["source"].strip(), _evidence(values, states)
        if not source:
            raise ValueError("the source is missing")
        return Row(file, line, values, Period(start, end), source, known)
    except (ValueError, DefinitionError) as error:
        raise DefinitionError(
            f"{file}:{line}: the row cannot be used ({error}). A row has start and end (YYYY-MM-DD or "
            f"blank), a source, and checked: one of {', '.join(Checked)}."
        ) from None


def _evidence(values: Mapping[str, str], states: Sequence[Mapping[str, str]]) -> Evidence:
    """How a row is known: what it says itself, or what is stated once for rows like it."""
    told = values if values.get("document") else next((one for one in states if _like(values, one)), {})
    read_on = told.get("read_on", "")
    return Evidence(
        Checked(values["checked"]),
        told.get("document", ""),
        dt.date.fromisoformat(read_on) if read_on else None,
    )


def _like(values: Mapping[str, str], state: Mapping[str, str]) -> bool:
    """Whether a row has the values that a state asks for, of the columns that the table has."""
    asked = {key: want for key, want in state.items() if want and key not in ("document", "read_on")}
    return all(values.get(key) == want for key, want in asked.items())
