"""Counts over a register as intervals: at least so many, at most so many, by category and regime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.show._colours import INK, PAPER, RULE, SOFT

from .picture import Picture, cut, literal, picture

__all__ = ["CountSpan", "register_spans"]

_LOOKS = (
    ("circle", "#1f5f70"),
    ("square", "#c8752d"),
    ("diamond", "#86235f"),
    ("triangle-up", "#4b6a1f"),
    ("triangle-down", "#3a3f8f"),
    ("triangle-right", "#5b5950"),
)
"""Shape and colour of the rulesets in turn."""
_LINE, _WIDTH, _LABELS = 22, 480, 260


@attrs.frozen
class CountSpan:
    """How many rows of a register count, as an interval.

    Attributes:
        category: The category of rows.
        ruleset: The ruleset's id or title.
        at_least: How many surely count.
        at_most: How many may count.
    """

    category: str
    ruleset: str
    at_least: int
    at_most: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.at_least <= self.at_most:
            raise UsageError(
                f"{self.category}, {self.ruleset}: at least {self.at_least} and at most {self.at_most} "
                "is no interval of counts."
            )


def register_spans(
    rows: Iterable[CountSpan | Sequence[Any]],
    *,
    counted: str = "transactions that need an authorisation or more",
    titles: Mapping[str, str] | None = None,
) -> Picture:
    """Draws counts over a register as intervals from what is certain to what is possible.

    Args:
        rows: The counts, or tuples ``(category, ruleset, at least, at most)``.
        counted: What is counted, in the plural.
        titles: Titles of rulesets, by id.

    Raises:
        UsageError: There is no row, two speak of the same, or the extra ``plot`` is not installed.
    """
    named = titles or {}
    spans = [row if isinstance(row, CountSpan) else CountSpan(*row) for row in rows]
    spans = [attrs.evolve(span, ruleset=named.get(span.ruleset, span.ruleset)) for span in spans]
    if not spans:
        raise UsageError("There is nothing to draw: no count was given.")
    places = [(span.category, span.ruleset) for span in spans]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice:
        raise UsageError(f"Two counts speak of {' under '.join(twice)}.")
    panels = [_panel(spans, category) for category in dict.fromkeys(span.category for span in spans)]
    return picture(
        {"vconcat": panels, "spacing": 14},
        title=_title(spans, counted),
        alt=_alt(spans, counted),
        note=f"Number of {counted}. The bar runs from what is certain (filled end) to what the blanks "
        "of the register leave possible (open end).",
        width=_WIDTH + _LABELS,
    )


def _panel(spans: Sequence[CountSpan], category: str) -> dict[str, Any]:
    names = list(dict.fromkeys(span.ruleset for span in spans))
    mine = [span for span in spans if span.category == category]
    rows = [_row(span, number, names.index(span.ruleset)) for number, span in enumerate(mine)]
    most = max(span.at_most for span in spans)
    x = {
        "type": "quantitative", "axis": None,
        "scale": {"domain": [0, max(most, 1) * 1.2], "nice": False},
    }  # fmt: skip
    labels = literal([cut(span.ruleset, 36) for span in mine])
    y = {
        "field": "line", "type": "ordinal", "scale": {"domain": list(range(len(mine)))},
        "axis": {
            "labelExpr": f"{labels}[datum.value]", "labelPadding": 10, "labelLimit": _LABELS - 10,
            "minExtent": _LABELS, "labelColor": SOFT,
        },
    }  # fmt: skip
    return {
        "width": _WIDTH,
        "height": _LINE * len(mine),
        "title": {"text": cut(category, 70), "fontSize": 13, "offset": 4},
        "data": {"values": rows},
        "layer": _layers(x, y),
    }


def _row(span: CountSpan, line: int, number: int) -> dict[str, Any]:
    shape, colour = _LOOKS[number % len(_LOOKS)]
    same = span.at_least == span.at_most
    text = str(span.at_least) if same else f"{span.at_least} to {span.at_most}"
    ends = {"low": span.at_least, "high": span.at_most, "zero": 0}
    return {"line": line, **ends, "shape": shape, "colour": colour, "text": text, "spread": not same}


def _layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    colour = {"field": "colour", "type": "nominal", "scale": None}
    shape = {
        "field": "shape", "type": "nominal", "legend": None,
        "scale": {"domain": [name for name, _ in _LOOKS], "range": [name for name, _ in _LOOKS]},
    }  # fmt: skip
    low, high = {**x, "field": "low"}, {**x, "field": "high"}
    point = {"type": "point", "size": 80, "opacity": 1, "strokeWidth": 2}
    return [
        {
            "mark": {"type": "rule", "stroke": RULE},
            "encoding": {"x": {**x, "field": "zero"}, "x2": {"field": "low"}, "y": y},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.55},
            "encoding": {"x": low, "x2": {"field": "high"}, "y": y, "stroke": colour},
        },
        {
            "transform": [{"filter": "datum.spread"}],
            "mark": {**point, "fill": PAPER},
            "encoding": {"x": high, "y": y, "shape": shape, "stroke": colour},
        },
        {
            "mark": {**point, "filled": True},
            "encoding": {"x": low, "y": y, "shape": shape, "fill": colour, "stroke": colour},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 11, "fontSize": 12, "color": INK},
            "encoding": {"x": high, "y": y, "text": {"field": "text", "type": "nominal"}},
        },
    ]


# in words --------------------------------------------------------------------------------------


def _title(spans: Sequence[CountSpan], counted: str) -> str:
    """The category in which two rulesets differ most for certain, or that none does."""
    gaps = [
        (more.at_least - fewer.at_most, fewer, more)
        for fewer in spans
        for more in spans
        if fewer.category == more.category and fewer is not more
    ]
    widest = max(gaps, key=lambda gap: gap[0], default=None)
    subject = counted[0].upper() + counted[1:]
    if widest is None:
        first = spans[0]
        return f"{subject}: {first.category}, {first.ruleset}, {_words(first)}."
    gap, fewer, more = widest
    if gap <= 0:
        return f"{subject}: in no category is the difference certain; the intervals overlap."
    return (
        f"{subject} differ most in “{more.category}”: {_words(fewer)} under {fewer.ruleset}, "
        f"{_words(more)} under {more.ruleset}."
    )


def _words(span: CountSpan) -> str:
    if span.at_least == span.at_most:
        return str(span.at_least)
    return f"{span.at_least} to {span.at_most}"


def _alt(spans: Sequence[CountSpan], counted: str) -> str:
    sentences = [f"Number of {counted}, at least to at most."]
    for category in dict.fromkeys(span.category for span in spans):
        told = (f"{span.ruleset} {_words(span)}" for span in spans if span.category == category)
        sentences.append(f"{category}: {'; '.join(told)}.")
    return " ".join(sentences)
