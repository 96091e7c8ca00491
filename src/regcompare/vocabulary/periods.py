"""Periods: the days on which a row, a provision or a text applies."""

from __future__ import annotations

import datetime as dt

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError
from regcompare.facts import Day
from regcompare.logic.conditions import TRUE, Condition


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
        return f"{start} to {self.last_day}" if self.last_day else start

    @property
    def last_day(self) -> dt.date | None:
        """Its last day, the one before ``end``; None if it is open."""
        return self.end - dt.timedelta(days=1) if self.end else None

    def is_within(self, other: Period) -> bool:
        """Returns whether every day of this period is in the other."""
        starts_within = other.start is None or (self.start is not None and other.start <= self.start)
        ends_within = other.end is None or (self.end is not None and self.end <= other.end)
        return starts_within and ends_within

    def holds_on(self, day: Day) -> Condition:
        """Returns the condition that the day lies in the period."""
        started = day.on_or_after(self.start) if self.start else TRUE
        return started & ~day.on_or_after(self.end) if self.end else started
