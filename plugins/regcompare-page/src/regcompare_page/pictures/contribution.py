"""The gaps that each demand of a reform closes by itself, and those left open without it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.views.colours import INK, RULE

from .marks import Plane, joined
from .picture import Picture, cut, literal, picture

_ALONE, _WITHOUT = "#1f5f70", "#c8752d"
_ROW_HEIGHT, _PANEL_WIDTH, _LABEL_WIDTH = 30, 210, 380
_MAX_LETTERS = 62
"""The most letters of a demand's wording that fit beside the bars."""


@attrs.frozen
class DemandShare:
    """What one demand contributes.

    Attributes:
        demand: Its id or name.
        closes_alone: How many gaps it closes if it alone is added to the law.
        open_without: How many gaps stay open if it alone is left out of the reform.
        of: The total number of gaps.
        asks: Its wording in a few words, used as its label.
    """

    demand: str
    closes_alone: int
    open_without: int
    of: int
    asks: str = ""

    @property
    def words(self) -> str:
        """Its label in the picture."""
        return self.asks or self.demand

    @property
    def is_idle(self) -> bool:
        """Whether it closes nothing alone, and nothing stays open without it."""
        return not (self.closes_alone or self.open_without)

    def __attrs_post_init__(self) -> None:
        if not (0 <= self.closes_alone <= self.of and 0 <= self.open_without <= self.of):
            raise UsageError(f"{self.demand}: both numbers lie between 0 and the {self.of} gaps.")


def contribution(
    rows: Iterable[DemandShare | Sequence[Any]], *, counted: str = "gaps", reform: str = "the reform"
) -> Picture:
    """Draws the gaps that each demand closes alone, and those that stay open without it.

    Demands that do neither share a line.

    Args:
        rows: The demands, or tuples ``(demand, closes alone, open without, of)``.
        counted: What is counted, in the plural.
        reform: The reform's name.

    Raises:
        UsageError: There is no row, totals differ, or the extra ``plot`` is not installed.
    """
    shares = [row if isinstance(row, DemandShare) else DemandShare(*row) for row in rows]
    if not shares:
        raise UsageError("There is nothing to draw: no demand was given.")
    totals = {share.of for share in shares}
    if len(totals) > 1:
        raise UsageError("The demands of one picture are counted over the same gaps; totals differ.")
    total = shares[0].of
    bars, idle = _merge_idle(shares)
    left = _panel(bars, "closes_alone", _ALONE, "closes by itself", mirrored=True)
    right = _panel(bars, "open_without", _WITHOUT, "left open without it", mirrored=False)
    idle_note = f" The {bars[-1].words}: {'; '.join(idle)}." if idle else ""
    return picture(
        {"hconcat": [left, right], "spacing": 14},
        title=_title(shares, counted, reform),
        alt=_alt(shares, counted, reform),
        note=f"Of {total} {counted}: left, what each demand closes if it alone is added to the law; "
        f"right, what stays open if it alone is left out of {reform}.{idle_note}",
        width=2 * _PANEL_WIDTH + _LABEL_WIDTH,
    )


def _merge_idle(shares: list[DemandShare]) -> tuple[list[DemandShare], list[str]]:
    """The demands with idle ones merged, and the labels of these; fewer than three are kept apart."""
    idle = [share for share in shares if share.is_idle]
    if len(idle) < 3 or len(idle) == len(shares):
        return shares, []
    rest = DemandShare(f"{len(idle)} other demands", 0, 0, shares[0].of)
    active = [share for share in shares if not share.is_idle]
    return [*active, rest], [share.words for share in idle]


def _panel(
    shares: Sequence[DemandShare], field: str, colour: str, title: str, *, mirrored: bool
) -> dict[str, Any]:
    rows = [
        {"line": number, "count": count, "text": str(count), "of": share.of}
        for number, share in enumerate(shares)
        for count in [getattr(share, field)]
    ]
    scale = {"domain": [0, max(shares[0].of, 1) * 1.1], "nice": False, "reverse": mirrored}
    names = literal(
        [
            textwrap.shorten(cut(share.words, 2 * _MAX_LETTERS), _MAX_LETTERS, placeholder="…")
            or share.words
            for share in shares
        ]
    )
    labels = {"labelExpr": f"{names}[datum.value]", "labelPadding": 10, "labelLimit": _LABEL_WIDTH}
    plane = Plane(
        {"type": "quantitative", "axis": None, "scale": scale},
        {
            "type": "ordinal", "scale": {"domain": list(range(len(shares)))},
            "axis": labels if mirrored else None,
        },
    )  # fmt: skip
    bar = {"type": "bar", "height": 18}
    # One side is drawn in outline, so that it differs by more than colour.
    bar_fill = {"fill": colour} if mirrored else {"fill": "#f8e7d8", "stroke": colour, "strokeWidth": 2}
    track = {"fill": "#f3f2ee", "stroke": RULE, "strokeWidth": 0.5}
    align: dict[str, Any] = {"align": "right", "dx": -6} if mirrored else {"align": "left", "dx": 6}
    anchor = "end" if mirrored else "start"
    return {
        "width": _PANEL_WIDTH,
        "height": _ROW_HEIGHT * len(shares),
        "title": {"text": title, "fontSize": 13, "offset": 6, "color": INK, "anchor": anchor},
        "layer": [
            plane.layer(rows, {**bar, **track}, "of", "line"),
            plane.layer([row for row in rows if row["count"]], {**bar, **bar_fill}, "count", "line"),
            plane.text(rows, "count", "line", **align),
        ],
    }


def _demand_words(shares: Sequence[DemandShare]) -> str:
    return joined([f"\u201c{share.asks}\u201d" if share.asks else share.demand for share in shares])


def _title(shares: Sequence[DemandShare], counted: str, reform: str) -> str:
    total = shares[0].of
    most = max(share.closes_alone for share in shares)
    best = [share for share in shares if share.closes_alone == most]
    missing = max(share.open_without for share in shares)
    missed = [share for share in shares if share.open_without == missing]
    if not total:
        return f"There are no {counted} for {reform} to close."
    lead = f"By itself {_demand_words(best)} closes most: {most} of {total} {counted}"
    if len(best) > 3:
        lead = f"By itself no demand closes more than {most} of {total} {counted}"
    if not missing:
        return f"{lead}; left out alone, no demand leaves one open."
    if len(missed) > 3:
        return f"{lead}; left out alone, no demand leaves more than {missing} open."
    without = "it" if missed == best and len(best) == 1 else _demand_words(missed)
    return f"{lead}; without {without} most stay open: {missing}."


def _alt(shares: Sequence[DemandShare], counted: str, reform: str) -> str:
    clauses = (
        f"{share.words} closes {share.closes_alone} by itself, {share.open_without} stay open without it"
        for share in shares
    )
    return f"Of {shares[0].of} {counted}, demand by demand of {reform}: {'; '.join(clauses)}."
