"""How a row of a dated table is known, day by day, from the states of the text that were read.

A row is not known as a whole.  Between two states that agree, it is known from both; where they differ,
as well as the account of the change; where nothing says when it changed, whether it applies is open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

import attrs

from regcompare.law import Checked, Evidence

from .periods import Period


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

    def text(self, note: str = "") -> Evidence:
        """Returns the evidence that it gives."""
        return _evidence(Checked.TEXT, self.document, self.read_on, note)


@attrs.frozen
class Known:
    """How a row is known from a day on, until the next such day.

    Attributes:
        since: The first of these days.
        evidence: How it is known.
        is_open: Whether it may apply or not on these days.
    """

    since: dt.date
    evidence: Evidence
    is_open: bool = False


@attrs.frozen
class History:
    """What was read and reported about a row.

    Attributes:
        period: The days on which it is taken to apply.
        account: How the first and the last of these days are known.
        states: The states in which it was looked up, in chronological order.
        changes: The days on which its text changed: ``yes`` where the change was read, ``no`` where it
            was not, ``recast`` where another act replaced the text and was not read.
        opens_unread: Whether a row without a state, which nobody has read, is open in its period.
    """

    period: Period
    account: Evidence
    states: tuple[State, ...] = ()
    changes: Mapping[dt.date, str] = attrs.field(factory=dict)
    opens_unread: bool = False

    def known(self) -> tuple[Known, ...]:
        """Returns how the row is known on each day, in chronological order; empty without states."""
        if not self.states:
            return self._open() if self.opens_unread and self.account.level is Checked.UNREAD else ()
        days = {dt.date.min, *self._turns(), *self.changes, *(state.day for state in self.states)}
        steps = groupby(sorted(days), self._evidence)
        return tuple(
            Known(next(group), evidence, evidence.level is Checked.UNREAD) for evidence, group in steps
        )

    def _open(self) -> tuple[Known, ...]:
        start, end = self.period.start or dt.date.min, self.period.end
        outside = attrs.evolve(self.account, level=Checked.INFERRED)
        steps = [Known(dt.date.min, outside), Known(start, self.account, is_open=True)]
        return (*steps[start == dt.date.min :], *([Known(end, outside)] if end else ()))

    def _evidence(self, day: dt.date) -> Evidence:
        before = max((state for state in self.states if state.day <= day), key=_day, default=None)
        after = min((state for state in self.states if state.day > day), key=_day, default=None)
        if before and not self._changes(before.day, day):
            return before.text()
        if before and after:
            return self._between(before, after)
        first, last = (before.day, day) if before else (day, after.day)  # type: ignore[union-attr]
        if any(self._turns(first, last)):
            return self.account
        known = before or after
        assert known is not None
        if "no" not in (words := self._changes(first, last)) and "recast" not in words:
            return known.text("No change between that state and the day concerns it.")
        is_begun = self.period.start is not None and self.period.start <= day
        return self.account if is_begun else _only(known)

    def _between(self, before: State, after: State) -> Evidence:
        """The evidence on a day between two states, after a change."""
        is_passing = not before.is_listed and any(self._turns(before.day, after.day))
        if before.is_listed is not after.is_listed or is_passing:
            return self.account
        words = self._changes(before.day, after.day)
        unread = sum(word == "no" for word in words)
        recast = " on both sides of the recast," if "recast" in words else ""
        note = f"The same{recast} in the text of {after.day}; changes in between not read: {unread}."
        return before.text(note)

    def _turns(self, after: dt.date = dt.date.min, through: dt.date = dt.date.max) -> Iterator[dt.date]:
        """The first day of the period, and the first after it, if they lie in this time."""
        turns = filter(None, (self.period.start, self.period.end))
        return (day for day in turns if after < day <= through)

    def _changes(self, after: dt.date, through: dt.date) -> list[str]:
        return [word for day, word in self.changes.items() if after < day <= through]


def _day(state: State) -> dt.date:
    return state.day


def _only(state: State) -> Evidence:
    note = f"Read in the text of {state.day}; changes between it and the day were not read."
    return _evidence(Checked.INFERRED, state.document, state.read_on, note)


_evidence = lru_cache(maxsize=1 << 12)(Evidence)
"""Evidence, of which thousands of rows share a few dozen."""
