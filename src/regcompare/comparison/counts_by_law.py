"""Counts side by side: the same records, asked the same, under one law or day after another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.ruleset.currency import tables_of, verified_through
from regcompare.ruleset.ruleset import Ruleset

from .claims import Claim, joined, stated
from .counts import Count, Counting, Law
from .layers import Layer
from .measures import Measure, measure
from .populations import Population
from .receipts import Receipt
from .tidy import Tabular


@attrs.frozen(repr=False, eq=False)
class Counts(Drawn, Tabular[Count]):
    """Counts of the same records under several laws; of two laws, each against the same base.

    Attributes:
        items: The counts, one a law, of one measure and population.
    """

    _ITEMS = "items"
    items: tuple[Count, ...]

    def __repr__(self) -> str:
        return f"<Counts: {'; '.join(count.sentence() for count in self)}>"

    def __getitem__(self, place: int | str) -> Count:
        """Returns the count under a law, by its place or its id.

        Raises:
            UsageError: There is no such law; the text names the nearest.
        """
        if isinstance(place, int):
            return self.items[place]
        for count in self:
            if place in (count.laws[-1].ruleset.id, str(count.laws[-1])):
                return count
        known = [count.laws[-1].ruleset.id for count in self]
        hint = did_you_mean(nearest(place, known))
        raise UsageError(f"There is no count under {place!r}.{hint} Expected {', '.join(known)}.")

    def finding(self) -> Claim:
        """Returns the finding: the sentence of each count."""
        return joined(map(stated, self))

    @property
    def _pictures(self) -> Pictures:
        return {"bars": lambda: draw("counts", [(count,) for count in self])}

    def receipts(self) -> list[Receipt]:
        """Returns the receipt of each count."""
        return [count.receipt() for count in self]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each law."""
        return [count.row() for count in self]


def counts_of(
    counting: Counting,
    asked: str | Measure,
    population: Population,
    laws: Sequence[Law],
    facts: Layer = "undisputed",
) -> Counts:
    """Returns the counts under several laws; of two laws, each with the first as their base.

    Raises:
        UsageError: There are too few laws; or as for ``Counting.count``.
    """
    found = measure(asked)
    base, others = laws[: found.laws - 1], laws[found.laws - 1 :]
    if not others:
        counting.count(found, population, *laws, facts=facts)  # Refuses them.
    return Counts(tuple(counting.count(found, population, *base, law, facts=facts) for law in others))


# day by day ---------------------------------------------------------------------------------------


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

    @property
    def _pictures(self) -> Pictures:
        return {"steps": lambda: draw("history", self.counts)}

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each law and day, with how many are open only for unread law."""
        return [
            {**count.row(), "open_for_law": count.open_for["law"], "verified": is_verified(count)}
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


def is_verified(count: Count) -> bool:
    """Whether every table of the law was read on its day or later."""
    day, through = count.laws[-1].fixed_day, verified_through(count.laws[-1].ruleset)
    return day is None or through is None or day <= through
