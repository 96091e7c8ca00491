"""The ladder: outcomes on one scale, regimes as rows; a span is a bar, a certain outcome a dot."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.measures import pluralise
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Span
from regcompare.verdict.verdict import Verdict
from regcompare.views._colours import ACCENTS, INK, SOFT, accents
from regcompare.views.sentences import SPAN_ENDS, result_words

from .marks import STOPS, Plane, as_given, joined
from .picture import Picture, cut, picture

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
    """One row of the picture: a span, or what is said in its place; a heading names the rows below."""

    label: str
    top: float
    span: Span | None = None
    without: str = ""
    is_heading: bool = False


def ladder(comparison: Comparison) -> Picture:
    """Draws what each regime makes of some cases, on one scale of outcomes.

    A few cases stand each with their regimes; of many, each regime stands with the results that it
    gives, and with the number of cases that have each.

    Raises:
        UsageError: The comparison is empty, or the extra ``plot`` is not installed.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to draw: the comparison has no cases or no rulesets.")
    blocks = _by_case if len(comparison.rows) <= _FEW else _by_regime
    rows = list(_placed(blocks(comparison)))
    height, found = rows[-1].top + _LINE, comparison.finding()
    return picture(
        {"width": _LABELS + 7 * _STEP, "height": height, "layer": list(_layers(rows, height))},
        title=found.sentence if found else "",
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
            (f"{pluralise(number[result], 'case')}: {result_words(first[result])}", first[result])
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
    left = -0.5 - _LABELS / _STEP
    plane = Plane.of((left, 6.5), height)
    told = [row for row in rows if not row.is_heading]
    headings = [{**_at(row), "text": row.label, "step": left} for row in rows if row.is_heading]
    labels = [{**_at(row), "text": row.label, "step": left + 0.15} for row in told]
    yield from _scale(plane)
    yield _text(plane, headings, align="left", fontWeight="bold", fontSize=13)
    yield _text(plane, labels, align="left")
    yield from _guides(told, plane)
    yield from _bars([(row, row.span) for row in told if row.span], plane)
    without = [{**_at(row), "text": row.without, "step": -0.4} for row in told if not row.span]
    if without:
        yield _text(plane, without, align="left", color=SOFT, fontStyle="italic")


def _text(plane: Plane, rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    return plane.text(rows, "step", "middle", **mark)


def _scale(plane: Plane) -> Iterator[dict[str, Any]]:
    """The heads of the steps, in two lines at most, and the two sides of the line."""
    heads = [
        {"step": step, "middle": _HEAD - 24 + 15 * (line - len(parts) + 1), "text": part}
        for step, look in enumerate(ACCENTS)
        for parts in [textwrap.wrap(look.word, 13)]
        for line, part in enumerate(parts)
    ]
    yield _text(plane, heads, color=SOFT)
    sides = [(1, "needs no licence"), (4.5, "needs a licence, or may not go")]
    named = [{"step": step, "text": text, "middle": 12} for step, text in sides]
    yield _text(plane, named, fontWeight="bold")


def _guides(rows: list[_Row], plane: Plane) -> Iterator[dict[str, Any]]:
    """A dot for each step on which the eye can follow a row, and the line where licences begin."""
    dots = [{**_at(row), "step": step} for row in rows for step in range(7) if row.span or step > 1]
    dot = {"type": "circle", "size": 8, "color": "#c9c8c2", "opacity": 1}
    yield plane.layer(dots, dot, "step", "middle")
    line = [{**_at(row), "step": STOPS.rank - 0.5} for row in rows]
    rule = {"type": "rule", "stroke": INK, "strokeWidth": 1.2}
    yield plane.layer(line, rule, "step", "top", y2={"field": "bottom"})


def _bars(rows: list[tuple[_Row, Span]], plane: Plane) -> Iterator[dict[str, Any]]:
    """A bar from the mildest to the strictest outcome, with the colour of each at its end."""
    bars = [
        {**_at(row), "low": span.low.rank, "high": span.high.rank}
        for row, span in rows
        if not span.is_settled
    ]
    ends = [
        {**_at(row), "step": look.outcome.rank, "fill": look.fill, "edge": look.light}
        for row, span in rows
        for look in accents(span)
    ]
    if bars:
        bar = {"type": "rule", "stroke": "#b9b7ae", "strokeWidth": 7, "strokeCap": "round"}
        yield plane.layer(bars, bar, "low", "middle", x2={"field": "high"})
    if ends:
        end = {"type": "circle", "size": 210, "opacity": 1, "strokeWidth": 1.5}
        colours = {"fill": as_given("fill"), "stroke": as_given("edge")}
        yield plane.layer(ends, end, "step", "middle", **colours)


# in words --------------------------------------------------------------------------------------


def _alt(comparison: Comparison) -> str:
    """The results of each regime, counted; of few cases one by one."""
    titles = joined([ruleset.title for ruleset in comparison.rulesets])
    sentences = [f"{pluralise(len(comparison.rows), 'case')} under {titles}."]
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
