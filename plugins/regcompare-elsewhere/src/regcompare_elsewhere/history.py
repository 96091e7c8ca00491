"""The same records, asked the same, under the law of one day after another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.comparison.claims import Claim, joined, stated
from regcompare.comparison.counts import Count, Counting, Law
from regcompare.comparison.layers import Layer
from regcompare.comparison.measures import Measure
from regcompare.comparison.populations import Population
from regcompare.comparison.tidy import Tabular, as_list
from regcompare.errors import UsageError
from regcompare.ruleset.currency import tables_of
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Document, Table
from regcompare.views.render import Form, render
from regcompare.views.sentences import NOT_ADVICE


@attrs.frozen(repr=False)
class History(Drawn, Tabular[Count]):
    """A count under each law on a series of days.

    Attributes:
        counts: The counts, day by day under one law, then under the next.
    """

    _ITEMS = "counts"
    counts: Sequence[Count]

    def __repr__(self) -> str:
        days = sorted({count.laws[-1].read_on for count in self.counts}, key=str)
        return f"<History: {len(self.counts)} counts, {days[0]} to {days[-1]}>"

    def finding(self) -> Claim:
        """Returns the finding: under each law the first and the last count, and the largest step."""
        laws: dict[Ruleset, list[Count]] = {}
        for count in self.counts:
            laws.setdefault(count.law.ruleset, []).append(count)
        return joined(claim for counts in laws.values() for claim in _course(counts))

    def text(self, form: Form = "table") -> str:
        """Returns it in a form of text."""
        return render(self.document(), form)

    def document(self) -> Document:
        """Returns the finding with the count under each law day by day."""
        rows = [
            (count.law.heading(), *map(str, (*count.range, count.open_for["law"], count.of)))
            for count in self.counts
            if count.of
        ]
        first = self.counts[0]
        heads = ("law", "certain", "at most", "open for law that was not read", "within it")
        lead = f"{len(first)} {first.population.noun(len(first))}, {first.measure.head}, day by day"
        return Document("", [str(self.finding()), Table(lead, heads, rows), NOT_ADVICE])

    @property
    def _pictures(self) -> Pictures:
        return {"steps": lambda: draw("history", self.counts)}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each law and day, with how many are open only for unread law."""
        return [
            {**count.row(), "open_for_law": count.open_for["law"], "verified": count.law.is_verified}
            for count in self.counts
        ]


def _course(counts: Sequence[Count]) -> Iterator[Claim]:
    """The first and the last count of the days on which a law reached any, and the largest step."""
    reached = [count for count in counts if count.of] or counts
    yield from map(stated, dict.fromkeys((reached[0], reached[-1])))
    steps = itertools.pairwise(reached)
    before, after = max(steps, key=lambda step: _height(*step), default=(reached[0], reached[0]))
    if _height(before, after):
        yield Claim(
            "The largest step is from {before} on {day_before} to {after} on {day_after}.",
            {
                "before": before, "day_before": before.law.read_on,
                "after": after, "day_after": after.law.read_on,
            },
        )  # fmt: skip


def _height(before: Count, after: Count) -> int:
    """By how much both ends differ."""
    return sum(abs(a - b) for a, b in zip(before.range, after.range, strict=True))


def history(
    counting: Counting, asked: str | Measure, population: Population, laws: Iterable[Ruleset],
    years: int | Iterable[int] | None = None, *, first: int | None = None, last: int | None = None,
    facts: Layer = "undisputed",
) -> History:  # fmt: skip
    """Counts the same records under the law of the last day of each year.

    Args:
        counting: What counts.
        asked: The measure.
        population: The records.
        laws: The laws.
        years: A year or several; by default those of ``years_of``.
        first: The first of these, if it is another.
        last: The last of these, if it is another.
        facts: The facts that count.

    Raises:
        UsageError: There is no year to count, or what is given is none; or as for ``Counting.count``.
    """
    given = None if years is None else as_list(years)
    if given is not None and not (given and all(isinstance(year, int) for year in given)):
        raise UsageError(f"years={years!r}: expected a year, or several in a list or a range.")
    dated = [
        Law(law, dt.date(year, 12, 31)) for law in laws for year in given or years_of(law, first, last)
    ]
    if not dated:
        raise UsageError("There is no year to count: --from is later than --to.")
    return History([counting.count(asked, population, law, facts=facts) for law in dated])


def years_of(ruleset: Ruleset, start: int | None = None, end: int | None = None) -> range:
    """Returns the years from the first act of a law to the last reading of any of its tables.

    Args:
        ruleset: The law.
        start: The first year, if it is another.
        end: The last year, if it is another.
    """
    parts = list(ruleset.parts())
    acts = [part for part in parts if part.control_list] or parts
    starts = [part.period.start for part in acts if part.period and part.period.start]
    read = [table.verified_through for table in tables_of(ruleset)]
    reference = ruleset.reference_date
    day = reference if isinstance(reference, dt.date) else max(read)
    first, last = min(starts, default=day), max(read, default=day)
    whole = last.year if last >= dt.date(last.year, 12, 31) else last.year - 1
    return range(first.year if start is None else start, (whole if end is None else end) + 1)
