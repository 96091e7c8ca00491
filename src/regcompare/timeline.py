"""The outcome of one case on every day on which the law changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from .assess import assess
from .dated import Row
from .errors import UsageError
from .rulesets import Ruleset
from .scenarios import Scenario
from .verdicts import Verdict

__all__ = ["BEGINNING", "Change", "timeline"]

BEGINNING = dt.date(2009, 8, 27)
"""The first day of Regulation (EC) No 428/2009, from which timelines start."""


@attrs.frozen(repr=False)
class Change:
    """A day on which the result of a case became another one.

    Attributes:
        day: The day.
        verdict: The verdict on that day.
        provisions: What changed that day: rows of tables that began or ended, acts that came into or
            went out of force; empty for the first day.
    """

    day: dt.date
    verdict: Verdict
    provisions: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Change {self.day}: {self.verdict.result} under {self.verdict.ruleset.id}>"


def timeline(
    scenario: Scenario, ruleset: Ruleset, *, until: dt.date, since: dt.date = BEGINNING
) -> list[Change]:
    """Lists the days on which the same transaction, made on that day, has another result.

    Facts and law are read on the same day, so membership, embargoes and sanctions move along with
    the lists.  Each change names the dated rows behind it.

    Args:
        scenario: The case; its own date and day of application are set aside.
        ruleset: The ruleset.
        until: The last day.
        since: The first day.

    Raises:
        UsageError: The last day lies before the first.
    """
    if until < since:
        raise UsageError(f"The last day, {until}, lies before the first of the timeline, {since}.")
    changes: list[Change] = []
    previous: Verdict | None = None
    for day in _days(ruleset, since, until):
        verdict = _on(scenario, ruleset, day)
        if previous is None:
            changes.append(Change(day, verdict, ()))
        elif verdict.result != previous.result:
            changes.append(Change(day, verdict, tuple(_behind(ruleset, day, previous, verdict))))
        previous = verdict
    return changes


def _on(scenario: Scenario, ruleset: Ruleset, day: dt.date) -> Verdict:
    licence: Any = scenario.licence
    moved = attrs.evolve(scenario, date=day, licence=attrs.evolve(licence, applied_on=None))
    return assess(moved, ruleset, as_of=day)


def _rows(ruleset: Ruleset) -> Iterator[Row]:
    for table in dict.fromkeys(table for part in ruleset.parts() for table in part.tables):
        yield from table


def _days(ruleset: Ruleset, since: dt.date, until: dt.date) -> list[dt.date]:
    periods = [row.period for row in _rows(ruleset)]
    periods += [part.period for part in ruleset.parts() if part.period]
    turns = {day for period in periods for day in (period.start, period.end) if day}
    return [since, *sorted(day for day in turns if since < day <= until)]


def _behind(ruleset: Ruleset, day: dt.date, before: Verdict, after: Verdict) -> Iterator[str]:
    """Names what began or ended on the day: acts first, then rows, those that decide before others."""
    acts = [part for part in ruleset.parts() if part.period]
    begun = [f"{act.title} comes into force" for act in acts if act.period and act.period.start == day]
    ended = [f"{act.title} goes out of force" for act in acts if act.period and act.period.end == day]
    yield from (*ended, *begun)
    decisive = {
        term.name
        for verdict in (before, after)
        for finding in verdict.holding
        for term in finding.rests_on()
    }
    turned = [row for row in _rows(ruleset) if day in (row.period.start, row.period.end)]
    telling = [row for row in turned if any(_names(row, name) for name in decisive)]
    for row in telling or ([] if begun or ended else turned):
        verb = "begins" if row.period.start == day else "ends"
        yield f"{row.label} {verb} ({row.source})"


def _names(row: Row, term: str) -> bool:
    return term.endswith(str(row.period)) and f", line {row.line}," in term
