"""Dated tables: lists that change, whose rows have a period and a source and become conditions.

A table is a data file (CSV) in a ruleset's package.  Four columns mean the same in every table:
``start`` and ``end``, the first day and the day after the last (blank is open), ``source``, where the
row is taken from, and ``checked``, how that is known.  Every table has them, even if all its days are
blank: otherwise a misspelt ``start`` would put every row in force for ever.  Two more are optional:
``document`` and ``read_on``, which state of which text was read, and when.  What many rows share is
stated once, in ``states``.  All other columns belong to the table.
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
from regcompare.logic.code_lists import family
from regcompare.logic.codes import is_derivable, is_under
from regcompare.logic.conditions import TRUE, Condition, Term, all_of, any_of

_COLUMNS = ("start", "end", "source", "checked")
"""The columns that every table has."""

_CACHE_SIZE = 1024
"""How many results of a table's methods are kept, so that repeated calls give the same object."""


@attrs.frozen
class Period:
    """The days from ``start`` up to, but not including, ``end``; None is open.

    Raises:
        DefinitionError: A day is not a date, or the period is empty.
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
        """Whether every day of this period is in the other."""
        starts_within = other.start is None or (self.start is not None and other.start <= self.start)
        ends_within = other.end is None or (self.end is not None and self.end <= other.end)
        return starts_within and ends_within

    def holds_on(self, day: Day) -> Condition:
        """Returns the condition that the day lies in the period."""
        started = day.on_or_after(self.start) if self.start else TRUE
        return started & ~day.on_or_after(self.end) if self.end else started


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
        """Returns the words of a column that lists several, separated by spaces."""
        return tuple(self[column].split())


@attrs.frozen(eq=False, repr=False)
class DatedTable:
    """A list whose rows have periods.

    Attributes:
        name: What it lists, as it reads in a sentence.
        rows: The rows, in the order of the file.
        verified_through: The day through which the list was verified; a later day is flagged.
        whole: The table from which these rows were selected, if they were.
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
            verified_through: The day through which the list was verified.
            states: The documents that were read, for rows that do not say so: each a mapping with
                ``document`` and ``read_on``, and the values that a row must have in other columns
                (blank matches any).  The first that matches a row counts.

        Raises:
            DefinitionError: The header lacks a column or repeats one; a row lacks its source or
                ``checked``, has a malformed day, or more or fewer cells than the header; the text says
                which line.
        """
        lines = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
        _check_columns(file.name, lines.fieldnames or ())
        rows = [_row(file.name, number, values, states) for number, values in enumerate(lines, 2)]
        return cls(name, tuple(rows), verified_through)

    @lru_cache(maxsize=_CACHE_SIZE)
    def where(self, **values: str) -> DatedTable:
        """Returns the table of the rows that have these values."""
        rows = (row for row in self.rows if all(row[key] == value for key, value in values.items()))
        return attrs.evolve(self, rows=tuple(rows), whole=self.whole or self)

    @lru_cache(maxsize=_CACHE_SIZE)
    def names(self, country: Country, on: Day, column: str = "countries") -> Condition:
        """Returns the condition that a row in force on the day names the country."""
        return self.rows_that(lambda row: country.is_in(*row.words(column)), on)

    @lru_cache(maxsize=_CACHE_SIZE)
    def lists(self, codes: CodeSet, on: Day, column: str = "pattern") -> Condition:
        """Returns the condition that a row in force on the day covers one of the codes.

        Where several rows cover a code, the most specific one governs it.  A code whose points have
        different dates is certainly listed from the day on which the last of them was.
        """
        own = self.rows_that(lambda row: codes.includes_any(self._listed(row, column)), on)
        parents = (
            self._term(row, codes.includes_any(pattern), on) for row, pattern in self._parents(column)
        )
        return any_of(own, *parents)

    def rows_that(self, asks: Callable[[Row], Condition], on: Day) -> Condition:
        """Returns the condition that some row is in force on the day, and what it asks holds."""
        return any_of(*(self._term(row, asks(row), on) for row in self.rows))

    def _term(self, row: Row, condition: Condition, on: Day) -> Condition:
        in_force = all_of(condition, row.period.holds_on(on))
        cite = RowCitation(self.whole or self, row)
        return Term(f"{self.name}, line {row.line}, {row.period}", cite, in_force, checked=row.checked)

    def governing(self, row: Row, column: str) -> str:
        """Returns the row's pattern without the codes that a more specific row of the table governs."""
        return _excluding(row[column], self._narrower(row[column], column))

    @lru_cache(maxsize=_CACHE_SIZE)
    def _by_pattern(self, column: str) -> Mapping[str, Sequence[tuple[int, Row]]]:
        """The rows of each pattern, with their places in the table."""
        by_pattern: dict[str, list[tuple[int, Row]]] = {}
        for place, row in enumerate(self.rows):
            by_pattern.setdefault(row[column], []).append((place, row))
        return by_pattern

    @lru_cache(maxsize=_CACHE_SIZE)
    def _by_entry(self, column: str) -> Mapping[str, Sequence[str]]:
        return _grouped_by_entry(self._by_pattern(column))

    def _candidates(self, pattern: str, column: str) -> Iterable[str]:
        """The patterns that may share a code with another: in a long list, hardly any."""
        entry, by_entry = _entry(pattern), self._by_entry(column)
        return _of_entry(entry, by_entry) if entry else self._by_pattern(column)

    def _narrower(self, wide: str, column: str) -> list[str]:
        return [pattern for pattern in self._candidates(wide, column) if _is_narrower(pattern, wide)]

    def _listed(self, row: Row, column: str) -> str:
        """The row's pattern without narrower ones, unless a row lists these as long as this row does."""
        narrower = self._narrower(row[column], column)
        return _excluding(
            row[column], [item for item in narrower if not self._covers(item, row, column)]
        )

    def _parents(self, column: str) -> Iterator[tuple[Row, str]]:
        """Yields each unlisted code above rows with different dates, after the row that came last.

        Every code below it is listed as long as that row is in force.
        """
        rows = self._by_pattern(column)
        for parent in sorted({parent for item in rows for parent in _codes_above(item)} - rows.keys()):
            candidates = self._candidates(parent, column)
            below = sorted(
                pair
                for item in candidates
                if _is_narrower(item, parent) and "@" not in item
                for pair in rows[item]
            )
            above = [pair for item in candidates if _is_narrower(parent, item) for pair in rows[item]]
            _, last = max(below, key=lambda pair: pair[1].period.start or dt.date.min)
            if above and all(last.period.is_within(row.period) for _, row in (*above, *below)):
                overlapping = (item for item in candidates if _may_overlap(item, parent))
                excluded = [item for item in overlapping if not self._covers(item, last, column)]
                yield last, _excluding(parent, excluded)

    def _covers(self, pattern: str, other: Row, column: str) -> bool:
        """Whether a row with the pattern is in force on every day on which the other row is."""
        return any(other.period.is_within(row.period) for _, row in self._by_pattern(column)[pattern])


@attrs.frozen
class RowCitation:
    """The citation of a condition that was made from a row; its text is the row's source.

    Attributes:
        table: The table, with all its rows.
        row: The row.
    """

    table: DatedTable
    row: Row

    def __str__(self) -> str:
        return self.row.source


def row_of(node: Condition) -> RowCitation | None:
    """Returns the row from which a node of a condition was made, if any."""
    cite = node.cite if isinstance(node, Term) else None
    return cite if isinstance(cite, RowCitation) else None


def tables_in(nodes: Iterable[Condition]) -> tuple[DatedTable, ...]:
    """Returns the tables from whose rows the nodes were made, in order of first mention."""
    return tuple(dict.fromkeys(row.table for node in nodes if (row := row_of(node))))


def _is_narrower(pattern: str, other: str) -> bool:
    """Whether a pattern is more specific than another, and covers only codes that the other covers."""
    code, parent, year = _split(pattern)
    other_code, other_parent, other_year = _split(other)
    nested = is_under(code, other_code) and is_under(parent, other_parent) and other_year in ("", year)
    return nested and pattern != other


def _entry(pattern: str) -> str:
    """The entry to which all codes of a pattern belong; blank if they belong to several."""
    entry = family(_split(pattern)[0])
    return "" if len(entry) < len("5A001") or "?" in entry else entry


def _grouped_by_entry(patterns: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Patterns by entry; a pattern that covers several entries is under a blank."""
    by_entry: dict[str, list[str]] = {"": []}
    for pattern in patterns:
        by_entry.setdefault(_entry(pattern), []).append(pattern)
    return by_entry


def _of_entry(entry: str, by_entry: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The patterns of an entry, and those that cover several."""
    return (*by_entry.get(entry, ()), *by_entry[""]) if entry else by_entry[""]


def _excluding(pattern: str, excluded: Collection[str]) -> str:
    """Returns a pattern with exclusions; an exclusion nested in another is dropped."""
    by_entry = _grouped_by_entry(excluded)
    widest = (
        item
        for item in sorted(excluded)
        if not any(_is_narrower(item, other) for other in _of_entry(_entry(item), by_entry))
    )
    return "!".join([pattern, *widest])


def _codes_above(pattern: str) -> Iterator[str]:
    """Yields the codes above the code, or above the parent, that a pattern names."""
    code, parent, year = _split(pattern)
    slash, named = ("/", parent) if parent and not code else ("", code)
    if "." in named and not year and not (code and parent):
        above = slash + named.rpartition(".")[0]
        yield above
        yield from _codes_above(above)


def _may_overlap(pattern: str, other: str) -> bool:
    """Whether some code may fall under both patterns."""
    (code, parent, _), (other_code, other_parent, _) = _split(pattern), _split(other)
    if (parent or other_parent) and not all(map(is_derivable, filter(None, (code, other_code)))):
        return False
    pairs = ((code, other_code), (parent, other_parent))
    return all(not one or not two or is_under(one, two) or is_under(two, one) for one, two in pairs)


@lru_cache(maxsize=4096)
def _split(pattern: str) -> tuple[str, str, str]:
    """Returns the code, the parent and the year of the wording."""
    undated, _, year = pattern.partition("@")
    code, _, parent = undated.partition("/")
    return "" if code == "*" else code, parent, year


def _check_columns(file: str, found: Sequence[str]) -> None:
    missing = [column for column in _COLUMNS if column not in found]
    repeated = sorted({column for column in found if found.count(column) > 1})
    if not missing and not repeated:
        return
    wrong = [f"there is no column {column}" for column in missing]
    wrong += [f"the column {column} appears twice" for column in repeated]
    similar = {column: nearest(column, set(found) - set(_COLUMNS)) for column in missing}
    hints = [f" Is {name!r} meant to be {column!r}?" for column, name in similar.items() if name]
    raise DefinitionError(
        f"{file}:1: {' and '.join(wrong)}. Found: {', '.join(found) or 'nothing'}. Expected "
        f"{', '.join(_COLUMNS)}, each once, and the table's own columns.{''.join(hints)}"
    )


def _row(file: str, line: int, values: dict[str, str], states: Sequence[Mapping[str, str]]) -> Row:
    try:
        if None in values or None in values.values():  # How csv marks extra and missing cells.
            raise ValueError("it has more or fewer cells than the header; quote any cell with a comma")
        start, end = (
            dt.date.fromisoformat(values[key]) if values[key] else None for key in ("start", "end")
        )
        source, evidence = values["source"].strip(), _evidence(values, states)
        if not source:
            raise ValueError("the source is missing")
        return Row(file, line, values, Period(start, end), source, evidence)
    except (ValueError, DefinitionError) as error:
        raise DefinitionError(
            f"{file}:{line}: the row cannot be used ({error}). A row has start and end (YYYY-MM-DD or "
            f"blank), a source, and checked: one of {', '.join(Checked)}."
        ) from None


def _evidence(values: Mapping[str, str], states: Sequence[Mapping[str, str]]) -> Evidence:
    """How a row is known: from the document that it names, or from the first state that matches it."""
    matching = (state for state in states if _matches(values, state))
    record = values if values.get("document") else next(matching, {})
    read_on = record.get("read_on", "")
    return Evidence(
        Checked(values["checked"]),
        record.get("document", ""),
        dt.date.fromisoformat(read_on) if read_on else None,
    )


def _matches(values: Mapping[str, str], state: Mapping[str, str]) -> bool:
    """Whether a row has the values that a state requires."""
    required = (item for item in state.items() if item[1] and item[0] not in ("document", "read_on"))
    return all(values.get(key) == value for key, value in required)
