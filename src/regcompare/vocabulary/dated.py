"""Dated tables: lists that change, whose rows have a period and a source and become conditions.

A table is a data file (CSV) in a ruleset's package.  Four columns mean the same in every table:
``start`` and ``end``, the first day and the day after the last (blank is open), ``source``, where the
row is taken from, and ``checked``, how these days are known.  Every table has them, even if all its days
are blank: otherwise a misspelt ``start`` would put every row in force for ever.  Some more are optional:
``seen`` and ``absent``, the days of the states of the text in which the row was found or not found, and
``document`` and ``read_on``, the text or account that was read, and when.
What many rows share is stated once, in ``documents``.  All other columns belong to the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import attrs

from regcompare._support.displays import Shown
from regcompare._support.fields import takes
from regcompare.facts import CodeSet, Country, Day
from regcompare.law import Evidence
from regcompare.logic.codes import is_derivable, is_under, parse_pattern
from regcompare.logic.conditions import Condition, Term, all_of, any_of

from .rows import Lines, Row, read_rows

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["DatedTable", "Row", "RowCitation", "evidence_of", "row_of", "tables_in"]

_CACHE_SIZE = 1024
"""The number of results of a table's methods that are kept: repeated calls give the same object."""


@attrs.frozen(eq=False, repr=False)
class DatedTable(Shown):
    """A list whose rows have periods.

    Attributes:
        name: What it lists, as it reads in a sentence.
        rows: The rows, in the order of the file.
        verified_through: The day through which the list was verified; a later day is flagged.
        whole: The table from which these rows were selected, if they were.
    """

    name: str = attrs.field(validator=takes(str))
    rows: tuple[Row, ...]
    verified_through: dt.date = attrs.field(validator=takes(dt.date))
    whole: DatedTable | None = attrs.field(default=None, kw_only=True)

    def __repr__(self) -> str:
        return f"<DatedTable {self.name}: {len(self.rows)} rows, through {self.verified_through}>"

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @classmethod
    def read(
        cls,
        file: Traversable,
        name: str,
        verified_through: dt.date,
        documents: Lines = (),
        changes: Lines = (),
        *,
        opens_unread: bool = False,
    ) -> DatedTable:
        """Reads a table from a CSV file.

        Args:
            file: The file.
            name: What it lists, as it reads in a sentence.
            verified_through: The day through which the list was verified.
            documents: The documents that were read, for rows that do not say so: each a mapping with
                ``document``, ``read_on`` and, of a state of the text, its day as ``state``, and the
                values that a row must have in other columns (blank matches any).  The first that
                matches counts.
            changes: The days on which the text changed: each a mapping with ``day``, ``read``
                (see ``Row``) and the values that a row must have in other columns.
            opens_unread: Whether a row that was not read is open while it is in force.

        Raises:
            DefinitionError: The header lacks a column or repeats one; a row lacks its source or
                ``checked``, has a malformed day, or more or fewer cells than the header, or is in force
                in a state in which it was not found; the text says which line.
        """
        rows = read_rows(file, documents, changes, opens_unread=opens_unread)
        return cls(name, tuple(rows), verified_through)

    @lru_cache(maxsize=_CACHE_SIZE)
    def where(self, **values: str) -> DatedTable:
        """Returns the table of the rows that have these values."""
        for row, column in product(self.rows[:1], values):
            row[column]  # Refuses a column that the table lacks.
        rows = (row for row in self.rows if values.items() <= row.values.items())
        return attrs.evolve(self, rows=tuple(rows), whole=self.whole or self)

    @lru_cache(maxsize=_CACHE_SIZE)
    def names(self, country: Country, on: Day, column: str = "countries") -> Condition:
        """Returns the condition that a row in force on the day names the country."""
        return self.rows_that(lambda row: country.is_in(*row.words(column)), on)

    @lru_cache(maxsize=_CACHE_SIZE)
    def lists(self, codes: CodeSet, on: Day, column: str = "pattern") -> Condition:
        """Returns the condition that a row in force on the day covers one of the codes.

        Where several rows cover a code, the most specific one governs it.  A code whose points have
        different dates is certainly listed from the day on which the last of them was; one that has
        a row of its own may stay open.
        """
        own = self.rows_that(lambda row: codes.includes_any(self._listed(row, column)), on)
        above = ((row, codes.includes_any(pattern)) for row, pattern in self._parents(column))
        return any_of(own, *(self._term(row, condition, on) for row, condition in above))

    def rows_that(self, asks: Callable[[Row], Condition], on: Day) -> Condition:
        """Returns the condition that some row is in force on the day, and what it asks holds."""
        return any_of(*(self._term(row, asks(row), on) for row in self.rows))

    def _term(self, row: Row, condition: Condition, on: Day) -> Condition:
        in_force = all_of(condition, row.in_force(on))
        cite = RowCitation(self.whole or self, row, on.key)
        return Term(f"{self.name}, line {row.line}, {row.period}", cite, in_force, checked=row.checked)

    def governing(self, row: Row, column: str) -> str:
        """Returns the row's pattern without the codes that a more specific row of the table governs."""
        return _excluding(row[column], self._narrower(row[column], column))

    @lru_cache(maxsize=_CACHE_SIZE)
    def _by_pattern(self, column: str) -> Mapping[str, Sequence[tuple[int, Row]]]:
        by_pattern: dict[str, list[tuple[int, Row]]] = {}
        for place, row in enumerate(self.rows):
            by_pattern.setdefault(row[column], []).append((place, row))
        return by_pattern

    @lru_cache(maxsize=_CACHE_SIZE)
    def _by_entry(self, column: str) -> Mapping[str, Sequence[str]]:
        """Patterns by entry; a pattern that covers several entries is under a blank."""
        by_entry: dict[str, list[str]] = {}
        for pattern in self._by_pattern(column):
            by_entry.setdefault(parse_pattern(pattern).entry, []).append(pattern)
        return by_entry

    def _candidates(self, pattern: str, column: str) -> Iterable[str]:
        """The patterns that may share a code with another: in a long list, hardly any."""
        entry, by_entry = parse_pattern(pattern).entry, self._by_entry(column)
        if not entry:
            return self._by_pattern(column)
        return (*by_entry.get(entry, ()), *by_entry.get("", ()))

    def _narrower(self, wide: str, column: str) -> list[str]:
        return [pattern for pattern in self._candidates(wide, column) if _is_narrower(pattern, wide)]

    def _listed(self, row: Row, column: str) -> str:
        """The row's pattern without narrower ones, unless a row lists these as long as this row does."""
        narrower = self._narrower(row[column], column)
        apart = [item for item in narrower if not self._covers(item, row, column)]
        return _excluding(row[column], apart)

    def _parents(self, column: str) -> Iterator[tuple[Row, str]]:
        """Yields each unlisted code above rows with different dates, after the row that came last.

        Every code below it is listed as long as that row is in force.
        """
        rows = self._by_pattern(column)
        for parent in sorted({parent for item in rows for parent in _codes_above(item)} - rows.keys()):
            candidates = self._candidates(parent, column)
            narrower = (item for item in candidates if _is_narrower(item, parent) and "@" not in item)
            below = sorted(pair for item in narrower for pair in rows[item])
            above = [pair for item in candidates if _is_narrower(parent, item) for pair in rows[item]]
            _, last = max(below, key=lambda pair: pair[1].period.start or dt.date.min)
            if above and all(last.period.is_within(row.period) for _, row in (*above, *below)):
                overlapping = (item for item in candidates if _may_overlap(item, parent))
                excluded = [item for item in overlapping if not self._covers(item, last, column)]
                yield last, _excluding(parent, excluded)

    def _covers(self, pattern: str, other: Row, column: str) -> bool:
        """Returns whether a row with the pattern is in force on every day on which the other row is."""
        return any(other.period.is_within(row.period) for _, row in self._by_pattern(column)[pattern])


@attrs.frozen
class RowCitation:
    """The citation of a condition that was made from a row; its text is the row's source.

    Attributes:
        table: The table, with all its rows.
        row: The row.
        day: The key of the day on which it has to be in force.
    """

    table: DatedTable
    row: Row
    day: str

    def __str__(self) -> str:
        return self.row.source


def row_of(node: Condition) -> RowCitation | None:
    """Returns the row from which a node of a condition was made, if any."""
    cite = node.cite if isinstance(node, Term) else None
    return cite if isinstance(cite, RowCitation) else None


def evidence_of(term: Term, answers: Mapping[str, object]) -> Evidence | None:
    """Returns how a term is known; a row, on the day that the answers give for it."""
    cite = row_of(term)
    if cite is None:
        return term.checked
    day = answers.get(cite.day)
    return cite.row.evidence(day if isinstance(day, dt.date) else None)


def tables_in(nodes: Iterable[Condition]) -> tuple[DatedTable, ...]:
    """Returns the tables from whose rows the nodes were made, in order of first mention."""
    return tuple(dict.fromkeys(row.table for node in nodes if (row := row_of(node))))


def _is_narrower(pattern: str, other: str) -> bool:
    """Returns whether a pattern is more specific than another, which covers all its codes.

    One that says itself what it leaves out is apart from what it leaves out, and from what is above it.
    """
    own, wider = parse_pattern(pattern), parse_pattern(other)
    if own.excluded or wider.excluded:
        return False
    years = ((own.year, wider.year), (own.parent_year, wider.parent_year))
    nested = is_under(own.code, wider.code) and is_under(own.parent, wider.parent)
    return nested and all(wide in ("", year) for year, wide in years) and pattern != other


def _excluding(pattern: str, excluded: Collection[str]) -> str:
    """Returns a pattern with exclusions; an exclusion nested in another is dropped."""
    nested = {item for item in excluded if any(_is_narrower(item, other) for other in excluded)}
    return "!".join([pattern, *sorted(set(excluded) - nested)])


def _codes_above(pattern: str) -> Iterator[str]:
    """Yields the codes above the code, or above the parent, that a pattern names."""
    own = parse_pattern(pattern)
    slash, named = ("/", own.parent) if own.parent and not own.code else ("", own.code)
    if "." in named and not (own.year or own.parent_year) and not (own.code and own.parent):
        above = slash + named.rpartition(".")[0]
        yield above
        yield from _codes_above(above)


def _may_overlap(pattern: str, other: str) -> bool:
    """Returns whether some code may fall under both patterns."""
    own, others = parse_pattern(pattern), parse_pattern(other)
    codes = (own.code, others.code)
    if (own.parent or others.parent) and not all(map(is_derivable, filter(None, codes))):
        return False
    pairs = (codes, (own.parent, others.parent))
    return all(not one or not two or is_under(one, two) or is_under(two, one) for one, two in pairs)
