"""The ladder: outcomes on one scale, regimes as rows; a span is a bar, a certain outcome a dot."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from regcompare.comparison.comparison import Comparison, counted
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Span
from regcompare.verdict.verdict import Verdict
from regcompare.views._colours import ACCENTS, INK, SOFT, accents
from regcompare.views.sentences import SPAN_ENDS, result_words

from .marks import STOPS, joined
from .picture import Picture, cut, picture

__all__ = ["ladder"]

_EACH = 24
"""Up to so many cases are told one by one in the text alternative."""
_FEW = 8
"""Up to so many cases are drawn each with its regimes."""
_LINE, _GAP, _HEAD = 24, 12, 74
_LABELS, _STEP = 276, 84
_LETTERS = 42
"""How many letters of a name fit next to the scale; a heading may run on above it."""


@attrs.frozen
class _Row:
    """One row of the picture.

    Attributes:
        label: What stands on the left.
        top: Where the row is, from the top.
        span: The outcomes possible, or None.
        without: What is said in place of a span.
        is_heading: Whether the row is the name of those below.
    """

    label: str
    top: float
    span: Span | None = None
    without: str = ""
    is_heading: bool = False


def ladder(comparison: Comparison) -> Picture:
    """Draws what each regime makes of some cases, on one scale of outcomes.

    A few cases stand each with their regimes; of many, each regime stands with the results that it
    gives, and with the number of cases that have each.

    Args:
        comparison: The comparison.

    Raises:
        UsageError: The comparison is empty, or the extra ``plot`` is not installed.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to draw: the comparison has no cases or no rulesets.")
    blocks = _by_case if len(comparison.rows) <= _FEW else _by_regime
    rows = list(_placed(blocks(comparison)))
    height = rows[-1].top + _LINE
    return picture(
        {"width": _LABELS + 7 * _STEP, "height": height, "layer": list(_layers(rows, height))},
        title=_title(comparison),
        alt=_alt(comparison),
        note=f"A dot is a certain outcome. A bar joins {SPAN_ENDS}. "
        "To the right of the line, the export needs a licence or may not go ahead.",
        width=_LABELS + 7 * _STEP,
    )


Block = tuple[str, list[tuple[str, Verdict]]]
"""A heading, and the label and the result of each row below it."""


def _by_case(comparison: Comparison) -> list[Block]:
    """Each case with its regimes."""
    titles = [ruleset.title for ruleset in comparison.rulesets]
    return [
        (row[0].scenario.title or row[0].scenario.id, list(zip(titles, row, strict=True)))
        for row in comparison.rows
    ]


def _by_regime(comparison: Comparison) -> list[Block]:
    """Each regime with its results, mildest first, each counted."""
    blocks: list[Block] = []
    for column, ruleset in enumerate(comparison.rulesets):
        verdicts = sorted((row[column] for row in comparison.rows), key=_height)
        number = Counter(verdict.result for verdict in verdicts)
        first = {verdict.result: verdict for verdict in reversed(verdicts)}
        rows = [
            (f"{counted(number[result], 'case')}: {result_words(first[result])}", first[result])
            for result in number
        ]
        blocks.append((ruleset.title, rows))
    return blocks


def _height(verdict: Verdict) -> tuple[int, int]:
    """Where a result comes in the order of rows; no outcome comes last."""
    return (verdict.span.low.rank, verdict.span.high.rank) if verdict.span else (len(Outcome), 0)


def _placed(blocks: Iterable[Block]) -> Iterator[_Row]:
    top = float(_HEAD)
    for heading, rows in blocks:
        yield _Row(cut(heading, 3 * _LETTERS), top, is_heading=True)
        for label, verdict in rows:
            top += _LINE
            yield _Row(cut(label, _LETTERS), top, verdict.span, verdict.result)
        top += _LINE + _GAP


# drawing -----------------------------------------------------------------------------------------


def _at(row: _Row) -> dict[str, float]:
    return {"top": row.top, "middle": row.top + _LINE / 2, "bottom": row.top + _LINE}


def _layers(rows: list[_Row], height: float) -> Iterator[dict[str, Any]]:
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, height], "reverse": True}}
    left = -0.5 - _LABELS / _STEP
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [left, 6.5], "nice": False}}
    told = [row for row in rows if not row.is_heading]
    spans = [row for row in told if row.span]
    yield from _scale(x, y)
    yield _names([row for row in rows if row.is_heading], left, x, y, bold=True)
    yield _names(told, left + 0.15, x, y, bold=False)
    yield from _guides(told, x, y)
    yield from _bars(spans, x, y)
    without = [{**_at(row), "text": row.without, "step": -0.4} for row in told if not row.span]
    if without:
        yield _text(without, x, y, align="left", color=SOFT, fontStyle="italic")


def _text(rows: list[dict[str, Any]], x: Any, y: Any, **mark: Any) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "fontSize": 12, "color": INK, "baseline": "middle", **mark},
        "encoding": {
            "x": {**x, "field": "step"}, "y": {**y, "field": "middle"},
            "text": {"field": "text", "type": "nominal"},
        },
    }  # fmt: skip


def _names(rows: list[_Row], left: float, x: Any, y: Any, *, bold: bool) -> dict[str, Any]:
    named = [{**_at(row), "text": row.label, "step": left} for row in rows]
    weight = {"fontWeight": "bold", "fontSize": 13} if bold else {}
    return _text(named, x, y, align="left", **weight)


def _scale(x: Any, y: Any) -> Iterator[dict[str, Any]]:
    """The heads of the steps, in two lines at most, and the two sides of the line."""
    heads = [
        {"step": step, "middle": _HEAD - 24 + 15 * (line - len(parts) + 1), "text": part}
        for step, look in enumerate(ACCENTS)
        for parts in [textwrap.wrap(look.word, 13)]
        for line, part in enumerate(parts)
    ]
    yield _text(heads, x, y, color=SOFT)
    sides = [
        {"step": 1, "text": "needs no licence"},
        {"step": 4.5, "text": "needs a licence, or may not go"},
    ]
    yield _text([{**side, "middle": 12} for side in sides], x, y, fontWeight="bold")


def _guides(rows: list[_Row], x: Any, y: Any) -> Iterator[dict[str, Any]]:
    """A dot for each step on which the eye can follow a row, and the line where licences begin."""
    dots = [{**_at(row), "step": step} for row in rows for step in range(7) if row.span or step > 1]
    yield {
        "data": {"values": dots},
        "mark": {"type": "circle", "size": 8, "color": "#c9c8c2", "opacity": 1},
        "encoding": {"x": {**x, "field": "step"}, "y": {**y, "field": "middle"}},
    }
    line = [{**_at(row), "step": STOPS.rank - 0.5} for row in rows]
    yield {
        "data": {"values": line},
        "mark": {"type": "rule", "stroke": INK, "strokeWidth": 1.2},
        "encoding": {
            "x": {**x, "field": "step"}, "y": {**y, "field": "top"}, "y2": {"field": "bottom"},
        },
    }  # fmt: skip


def _bars(rows: list[_Row], x: Any, y: Any) -> Iterator[dict[str, Any]]:
    """A bar from the mildest to the strictest outcome, with the colour of each at its end."""
    bars = [
        {**_at(row), "low": row.span.low.rank, "high": row.span.high.rank}
        for row in rows
        if row.span and not row.span.is_settled
    ]
    ends = [
        {**_at(row), "step": look.outcome.rank, "fill": look.fill, "edge": look.light}
        for row in rows
        if row.span
        for look in accents(row.span)
    ]
    if bars:
        yield {
            "data": {"values": bars},
            "mark": {"type": "rule", "stroke": "#b9b7ae", "strokeWidth": 7, "strokeCap": "round"},
            "encoding": {
                "x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": {**y, "field": "middle"},
            },
        }  # fmt: skip
    if ends:
        yield {
            "data": {"values": ends},
            "mark": {"type": "circle", "size": 210, "opacity": 1, "strokeWidth": 1.5},
            "encoding": {
                "x": {**x, "field": "step"}, "y": {**y, "field": "middle"},
                "fill": {"field": "fill", "type": "nominal", "scale": None},
                "stroke": {"field": "edge", "type": "nominal", "scale": None},
            },
        }  # fmt: skip


# in words --------------------------------------------------------------------------------------


def _title(comparison: Comparison) -> str:
    """The finding of the comparison, which counts sales and not their parts."""
    found = comparison.finding()
    return found.sentence if found else ""


def _alt(comparison: Comparison) -> str:
    """The results of each regime, counted; of few cases one by one."""
    sentences = [f"{counted(len(comparison.rows), 'case')} under {_titles(comparison)}."]
    for column, ruleset in enumerate(comparison.rulesets):
        verdicts = sorted((row[column] for row in comparison.rows), key=_height)
        results = Counter(result_words(verdict) for verdict in verdicts)
        told = "; ".join(f"{result} {number}" for result, number in results.items())
        sentences.append(f"{ruleset.title}: {told}.")
    if len(comparison.rows) <= _EACH:
        for row in comparison.rows:
            name = row[0].scenario.title or row[0].scenario.id
            results_of = (f"{v.ruleset.title} {result_words(v)}" for v in row)
            sentences.append(f"{name}: {', '.join(results_of)}.")
    return " ".join(sentences)


def _titles(comparison: Comparison) -> str:
    return joined([ruleset.title for ruleset in comparison.rulesets])
