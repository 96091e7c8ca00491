"""Rows of dated tables: their columns, and the evidence for each, day by day.

The evidence for a row differs from day to day.  Between two states of the text that agree, it is both;
where they differ, the account of the change; where nothing says when it changed, it is open whether the
row applies.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import attrs

from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.facts import Day
from regcompare.law import Evidence, EvidenceLevel, as_evidence
from regcompare.logic.conditions import FALSE, TRUE, Choose, Condition, any_of
from regcompare.logic.questions import RowQuestion

from .periods import Period

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

Lines = Sequence[Mapping[str, str]]
"""Entries shared by many rows, each with the values that a row must have (blank matches any)."""

_COLUMNS = ("start", "end", "source", "checked")
"""The columns that every table has."""

_ABOUT_READING = ("document", "read_on", "state", "day", "tables", "read", "note")
"""Columns of shared entries that do not say which rows share them."""

_DAY = attrgetter("day")


@attrs.frozen
class State:
    """A state of a text in which a row was looked up.

    Attributes:
        day: The day of the state.
        is_listed: Whether the row was in it.
        document: The document.
        read_on: The day on which it was read.
    """

    day: dt.date
    is_listed: bool
    document: str = ""
    read_on: dt.date | None = None

    def evidence(self, note: str = "", level: EvidenceLevel = EvidenceLevel.TEXT) -> Evidence:
        """Returns the evidence that it gives."""
        return Evidence(level, self.document, self.read_on, note)


@attrs.frozen
class Step:
    """The evidence for a row from a day on, until the next such day.

    Attributes:
        since: The first of these days.
        evidence: The evidence.
    """

    since: dt.date
    evidence: Evidence

    @property
    def is_open(self) -> bool:
        """Returns whether it may apply or not on these days, since nobody has read it."""
        return self.evidence.level is EvidenceLevel.UNREAD


@attrs.frozen(eq=False, slots=False)
class Row:
    """One row of a dated table.

    Attributes:
        table: The file.
        line: Its line in the file.
        values: Its cells by column.
        period: The days on which it is taken to apply.
        source: Where it is taken from.
        checked: How the first and the last of these days are known.
        states: The states in which it was looked up, in chronological order.
        changes: The days on which its text changed: ``yes`` where the change was read, ``no`` where it
            was not, ``recast`` where another act replaced the text and was not read.
        opens_unread: Whether it is open in its period if it has no state and nobody has read it.
    """

    table: str
    line: int
    values: Mapping[str, str]
    period: Period
    source: str
    checked: Evidence = attrs.field(converter=as_evidence)
    states: tuple[State, ...] = ()
    changes: Mapping[dt.date, str] = attrs.field(factory=dict)
    opens_unread: bool = False

    def __getitem__(self, column: str) -> str:
        if column not in self.values:
            hint = did_you_mean(nearest(column, self.values))
            columns = ", ".join(self.values)
            raise DefinitionError(f"{self.table} has no column {column!r}; it has {columns}.{hint}")
        return self.values[column]

    def words(self, column: str) -> tuple[str, ...]:
        """Returns the words of a column that lists several, separated by spaces."""
        return tuple(self[column].split())

    def evidence(self, day: dt.date | None) -> Evidence:
        """Returns the evidence whether the row applies on a day; the weakest if that is unknown."""
        found = [step.evidence for step in self.steps if day is None or step.since <= day]
        if not found:
            return self.checked
        return found[-1] if day else min(found, key=attrgetter("rank"))

    @property
    def unread(self) -> RowQuestion:
        """The question whether it applies, on days on which that is open."""
        table = self.table.partition(".")[0].replace("_", "-")
        return RowQuestion(f"row.{table}-{self.line}")

    @property
    def is_open(self) -> bool:
        """Returns whether on some days it is open whether the row applies."""
        return self.checked.level is EvidenceLevel.UNREAD and any(step.is_open for step in self.steps)

    def in_force(self, day: Day) -> Condition:
        """Returns the condition that the row applies on the day."""
        if not self.is_open:
            return self.period.holds_on(day)
        ends = [*(step.since for step in self.steps[1:]), None]
        spans = [
            Period(step.since if step.since > dt.date.min else None, end).holds_on(day)
            for step, end in zip(self.steps, ends, strict=True)
            if step.is_open
        ]
        is_listed = Choose(self.unread, (("yes", TRUE), ("no", FALSE)))
        is_open = any_of(*spans)
        return is_open & is_listed | ~is_open & self.period.holds_on(day)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The evidence for it on each day, in chronological order; empty without states."""
        if not self.states:
            if not self.opens_unread or self.checked.level is not EvidenceLevel.UNREAD:
                return ()
            start, end = self.period.start or dt.date.min, self.period.end
            outside = attrs.evolve(self.checked, level=EvidenceLevel.INFERRED)
            before = () if start == dt.date.min else (Step(dt.date.min, outside),)
            return (
                *before,
                Step(start, self.checked),
                *((Step(end, outside),) if end else ()),
            )
        days = {dt.date.min, *self._turns(), *self.changes, *map(_DAY, self.states)}
        groups = groupby(sorted(days), self._evidence_on)
        return tuple(Step(next(group), evidence) for evidence, group in groups)

    def _evidence_on(self, day: dt.date) -> Evidence:
        before = max((state for state in self.states if state.day <= day), key=_DAY, default=None)
        after = min((state for state in self.states if state.day > day), key=_DAY, default=None)
        if before and not self._changes(before.day, day):
            return before.evidence()
        if before and after:
            return self._evidence_between(before, after)
        first, last = (before.day, day) if before else (day, after.day)  # type: ignore[union-attr]
        if any(self._turns(first, last)):
            return self.checked
        read = before or after
        assert read is not None
        if "no" not in (words := self._changes(first, last)) and "recast" not in words:
            return read.evidence("No change between that state and the day concerns it.")
        if self.period.start is not None and self.period.start <= day:
            return self.checked
        note = f"Read in the text of {read.day}; changes between it and the day were not read."
        return read.evidence(note, EvidenceLevel.INFERRED)

    def _evidence_between(self, before: State, after: State) -> Evidence:
        """The evidence on a day between two states, after a change."""
        is_passing = not before.is_listed and any(self._turns(before.day, after.day))
        if before.is_listed is not after.is_listed or is_passing:
            return self.checked
        words = self._changes(before.day, after.day)
        unread = sum(word == "no" for word in words)
        recast = " on both sides of the recast," if "recast" in words else ""
        return before.evidence(
            f"The same{recast} in the text of {after.day}; changes in between not read: {unread}."
        )

    def _turns(self, after: dt.date = dt.date.min, through: dt.date = dt.date.max) -> Iterator[dt.date]:
        """The first day of the period, and the first after it, if they lie in this time."""
        turns = filter(None, (self.period.start, self.period.end))
        return (day for day in turns if after < day <= through)

    def _changes(self, after: dt.date, through: dt.date) -> list[str]:
        return [word for day, word in self.changes.items() if after < day <= through]


def read_rows(
    file: Traversable, documents: Lines, changes: Lines, *, opens_unread: bool
) -> Iterator[Row]:
    """Yields the rows of a CSV file; see ``DatedTable.read``."""
    lines = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    _check_columns(file.name, lines.fieldnames or ())
    for number, values in enumerate(lines, 2):
        try:
            yield _row(file.name, number, values, documents, changes, opens_unread)
        except (ValueError, DefinitionError) as error:
            raise DefinitionError(
                f"{file.name}:{number}: the row cannot be used ({error}). A row has start and end "
                f"(YYYY-MM-DD or blank), a source, and checked: one of {', '.join(EvidenceLevel)}."
            ) from None


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


def _row(
    file: str, line: int, values: dict[str, str], documents: Lines, changes: Lines, opens_unread: bool
) -> Row:
    if None in values or None in values.values():  # How csv marks extra and missing cells.
        raise ValueError("it has more or fewer cells than the header; quote any cell with a comma")
    period, source = Period(_day(values["start"]), _day(values["end"])), values["source"].strip()
    own = values if values.get("document") else _document(values, documents, "")
    checked = Evidence(
        EvidenceLevel(values["checked"]), own.get("document", ""), _day(own.get("read_on"))
    )
    if not source:
        raise ValueError("the source is missing")
    found = [(day, True) for day in values.get("seen", "").split()]
    found += [(day, False) for day in values.get("absent", "").split()]
    states = []
    for text, is_listed in sorted(found):
        day, shared = dt.date.fromisoformat(text), _document(values, documents, text)
        if day in period and not is_listed:
            raise ValueError(f"it is in force on {day}, when its text does not have it")
        states.append(State(day, is_listed, shared.get("document", ""), _day(shared.get("read_on"))))
    own_changes = {
        dt.date.fromisoformat(item["day"]): item["read"] for item in changes if _matches(values, item)
    }
    return Row(file, line, values, period, source, checked, tuple(states), own_changes, opens_unread)


def _document(values: Mapping[str, str], documents: Lines, state: str) -> Mapping[str, str]:
    """The first document of a state that matches a row; without a state, of no state."""
    shared = (item for item in documents if item.get("state", "") == state)
    return next((item for item in shared if _matches(values, item)), {})


def _matches(values: Mapping[str, str], line: Mapping[str, str]) -> bool:
    """Returns whether a row has the values that a shared entry requires of it."""
    return all(
        values.get(key) == value for key, value in line.items() if value and key not in _ABOUT_READING
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
