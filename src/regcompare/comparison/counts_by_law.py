"""Counts side by side: the same records, asked the same, under one law after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from regcompare._support.displays import Drawn, Pictures, draw
from regcompare.errors import UsageError, did_you_mean, nearest

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
