"""The days of a row: those on which anything may change, and the day of the law that applies to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import attrs

from regcompare.conditions import OnOrAfter, nodes
from regcompare.program.force import LawState, law_state
from regcompare.rulesets import Ruleset

from .answers import Answers, Truth
from .gates import FALSE, TRUE

__all__ = ["COLUMN", "Laws", "laws", "named_days"]

COLUMN = "column:"
"""What stands before the name of a column of days in ``as_of``, so that no name is taken for a word."""


def named_days(rulesets: Iterable[Ruleset]) -> tuple[dt.date, ...]:
    """Returns the days, in order, on which anything may change under one of the rulesets."""
    parts = {id(part): part for ruleset in rulesets for part in ruleset.parts()}.values()
    conditions = [rule.when for part in parts for rule in part.rules]
    conditions += [part.scope for part in parts]
    conditions += [
        half for part in parts for item in part.vocabulary.constraints for half in (item.when, item.then)
    ]
    days = {node.day for node in nodes(conditions) if isinstance(node, OnOrAfter)}
    for part in parts:
        if part.period:
            days |= {day for day in (part.period.start, part.period.end) if day}
        if part.transition:
            days.add(part.transition.day)
    return tuple(sorted(days))


@attrs.frozen(eq=False)
class Laws:
    """Which law applies to the rows under one ruleset, as far as no day of theirs decides it.

    Attributes:
        state: The law of every row: all that may be in force, and what is left to ask of its days.
        answers: Answers of the rows, days included.
        column: The name of the column that holds the days of the law; blank where there is none.
    """

    state: LawState
    answers: Answers
    column: str

    def from_day(self, day: dt.date) -> Truth:
        """The truth of "the law applied is that of this day or later"."""
        if self.column:
            stated = self.answers.stated
            return stated(self.column, lambda own: own >= day), stated(
                self.column, lambda own: own < day
            )
        if self.state.day is None:
            return FALSE, FALSE
        return (TRUE, FALSE) if self.state.day >= day else (FALSE, TRUE)


def laws(ruleset: Ruleset, as_of: dt.date | str | None, answers: Answers) -> Laws:
    """Returns which law applies to the rows.

    Args:
        ruleset: The ruleset.
        as_of: As for ``assess``; or the name of a column of days, after ``column:``.
        answers: What the columns answer.
    """
    wanted = ruleset.reference_date if as_of is None else as_of
    column = wanted.removeprefix(COLUMN) if isinstance(wanted, str) and wanted != "scenario" else ""
    day: dt.date | Literal["scenario"] | None = None
    if not column:
        day = wanted if isinstance(wanted, dt.date) else "scenario"
    return Laws(law_state(ruleset, day, None, None), answers, column)
