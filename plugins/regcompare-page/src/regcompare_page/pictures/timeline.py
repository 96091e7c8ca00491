"""The timeline: one case under each ruleset, a bar from each day on which the law changed its result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from regcompare.errors import UsageError
from regcompare.views.sentences import result_words

from .picture import Picture


def timeline(changes: Sequence[Any], until: dt.date) -> Picture:
    """Draws the changes of results, ruleset by ruleset, on an axis of time.

    Raises:
        UsageError: There is nothing to draw.
    """
    if not changes:
        raise UsageError("There is nothing to draw: no ruleset has a day on which it applies.")
    case = changes[0].verdict.scenario
    first = min(change.day for change in changes)
    panels = [
        (title, list(_bars(list(group), first, until)))
        for title, group in groupby(changes, key=lambda change: change.verdict.ruleset.title)
    ]
    years = range(first.year, until.year + 1)
    step = max(1, len(years) // 10)
    alt = (
        f"{title}: {'; '.join('from {day}: {result}'.format(**bar) for bar in bars)}."
        for title, bars in panels
    )
    return Picture(
        title=f"{case.title or case.id}: the result by day.",
        alt=" ".join(alt),
        note="The result if the same transaction were made on that day, under its law. Full: "
        "at least a licence, for certain. Striped: perhaps. Pale: none.",
        template="timeline",
        data={
            "panels": panels,
            "ticks": [(year, _place(dt.date(year, 1, 1), first, until)) for year in years[::step]],
        },
    )


def _bars(changes: Sequence[Any], first: dt.date, until: dt.date) -> Iterator[dict[str, Any]]:
    ends = [*(change.day for change in changes[1:]), until]
    for change, end in zip(changes, ends, strict=True):
        span = change.verdict.span
        needs = [item >= "authorisation" for item in (span.low, span.high)] if span else [False, False]
        yield {
            "day": change.day,
            "x": _place(change.day, first, until),
            "width": _place(end, first, until) - _place(change.day, first, until),
            "result": result_words(change.verdict),
            "answer": "yes" if needs[0] else "open" if needs[1] else "no" if span else "outside",
        }


def _place(day: dt.date, first: dt.date, until: dt.date) -> float:
    """The place of a day on the axis, from 0 to 1."""
    return max(0.0, (day - first).days / max(1, (until - first).days))
