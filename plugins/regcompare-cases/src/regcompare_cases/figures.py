"""Published figures: how many licences authorities say that they granted and refused."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import attrs

from regcompare.comparison.claims import Claim, joined
from regcompare.comparison.tidy import Tabular


@attrs.frozen
class Figure:
    """A published number of decisions on licences, or a share of them.

    Attributes:
        where: Whose decisions.
        decision: ``granted``, ``refused``, or ``granted_not_free``, a share of those granted.
        figure: How many, or how much per cent.
        counts: What it counts, in words.
        first: The first day that it covers, as its source has it.
        last: The last day.
        source: Who published it.
        addresses: Where.
    """

    where: str
    decision: str
    figure: int
    counts: str
    first: str
    last: str
    source: str
    addresses: tuple[str, ...]


@attrs.frozen(repr=False)
class Figures(Tabular[Figure]):
    """Published figures, each with its source.

    Attributes:
        items: The figures.
    """

    _ITEMS = "items"

    items: tuple[Figure, ...]

    def __repr__(self) -> str:
        return f"<Figures: {len(self.items)} published numbers of decisions>"

    def finding(self) -> Claim:
        """Returns the figures as sentences, each with its source."""
        return joined(
            Claim(
                "From {first} to {last}, {where}: {figure} {counts} ({source}).",
                {
                    "first": item.first, "last": item.last, "where": item.where,
                    "figure": item.figure, "counts": item.counts, "source": item.source,
                },
                proved_by=" ".join(item.addresses),
            )
            for item in self.items
        )  # fmt: skip

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns one row for each figure and address."""
        return [
            {
                "where": item.where, "decision": item.decision, "figure": item.figure,
                "counts": item.counts, "first": item.first, "last": item.last,
                "source": item.source, "address": address,
            }
            for item in self.items
            for address in item.addresses
        ]  # fmt: skip


def read_figures(file: Path | None) -> Figures:
    """Returns the figures in a file; none without a file."""
    if file is None:
        return Figures(())
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return Figures(
        tuple(
            Figure(
                row["where"], row["decision"], int(row["figure"]), row["counts"], row["from"],
                row["to"], row["source"], tuple(row["addresses"].split()),
            )
            for row in rows
        )
    )  # fmt: skip
