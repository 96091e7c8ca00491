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
from regcompare.views.colours import ACCENTS, INK, SOFT, accents
from regcompare.views.sentences import SPAN_ENDS, result_words

from .marks import LICENCE_FROM, Plane, joined, unscaled
from .picture import Picture, cut, picture

_MAX_LISTED = 24
"""The most cases listed individually in the text alternative."""
_MAX_DRAWN_CASES = 8
"""The most cases drawn individually."""
_ROW_HEIGHT, _BLOCK_GAP, _HEAD_HEIGHT = 24, 12, 74
_LABEL_WIDTH, _STEP_WIDTH = 276, 84
_MAX_LETTERS = 42
"""The most letters of a label that fit beside the scale; a heading may extend above it."""


@attrs.frozen
class _Row:
    """One row of the picture: a span, or the words in its place; a heading names the rows below."""

    label: str
    top: float
    span: Span | None = None
    without: str = ""
    is_heading: bool = False


def ladder(comparison: Comparison) -> Picture:
    """Draws the results of some cases under each regime, on one scale of outcomes.

    A few cases are drawn individually; many are counted by result under each regime.

    Raises:
        UsageError: The comparison is empty, or the extra ``plot`` is not installed.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to draw: the comparison has no cases or no rulesets.")
    blocks = _by_case if len(comparison.rows) <= _MAX_DRAWN_CASES else _by_regime
    rows = list(_placed_rows(blocks(comparison)))
    height, finding = rows[-1].top + _ROW_HEIGHT, comparison.finding()
    return picture(
        {
            "width": _LABEL_WIDTH + 7 * _STEP_WIDTH,
            "height": height,
            "layer": list(_layers(rows, height)),
        },
        title=finding.sentence if finding else "",
        alt=_alt(comparison),
        note=f"A dot is a certain outcome. A bar joins {SPAN_ENDS}. "
        "To the right of the line, the export needs a licence or may not go ahead.",
        width=_LABEL_WIDTH + 7 * _STEP_WIDTH,
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
        verdicts = sorted((row[column] for row in comparison.rows), key=_result_order)
        counts = Counter(verdict.result for verdict in verdicts)
        examples = {verdict.result: verdict for verdict in reversed(verdicts)}
        rows = [
            (f"{pluralise(counts[result], 'case')}: {result_words(examples[result])}", examples[result])
            for result in counts
        ]
        blocks.append((ruleset.title, rows))
    return blocks


def _result_order(verdict: Verdict) -> tuple[int, int]:
    """The sort key of a result; no outcome comes last."""
    return (verdict.span.low.rank, verdict.span.high.rank) if verdict.span else (len(Outcome), 0)


def _placed_rows(blocks: Iterable[Block]) -> Iterator[_Row]:
    top = float(_HEAD_HEIGHT)
    for heading, rows in blocks:
        yield _Row(cut(heading, 3 * _MAX_LETTERS), top, is_heading=True)
        for label, verdict in rows:
            top += _ROW_HEIGHT
            yield _Row(cut(label, _MAX_LETTERS), top, verdict.span, verdict.result)
        top += _ROW_HEIGHT + _BLOCK_GAP


# drawing -----------------------------------------------------------------------------------------


def _vertical(row: _Row) -> dict[str, float]:
    return {"top": row.top, "middle": row.top + _ROW_HEIGHT / 2, "bottom": row.top + _ROW_HEIGHT}


def _layers(rows: list[_Row], height: float) -> Iterator[dict[str, Any]]:
    left = -0.5 - _LABEL_WIDTH / _STEP_WIDTH
    plane = Plane.of((left, 6.5), height)
    result_rows = [row for row in rows if not row.is_heading]
    headings = [{**_vertical(row), "text": row.label, "step": left} for row in rows if row.is_heading]
    labels = [{**_vertical(row), "text": row.label, "step": left + 0.15} for row in result_rows]
    yield from _scale_layers(plane)
    yield _text_layer(plane, headings, align="left", fontWeight="bold", fontSize=13)
    yield _text_layer(plane, labels, align="left")
    yield from _guide_layers(result_rows, plane)
    yield from _bar_layers([(row, row.span) for row in result_rows if row.span], plane)
    missing = [
        {**_vertical(row), "text": row.without, "step": -0.4} for row in result_rows if not row.span
    ]
    if missing:
        yield _text_layer(plane, missing, align="left", color=SOFT, fontStyle="italic")


def _text_layer(plane: Plane, rows: list[dict[str, Any]], **mark: Any) -> dict[str, Any]:
    return plane.text(rows, "step", "middle", **mark)


def _scale_layers(plane: Plane) -> Iterator[dict[str, Any]]:
    """The labels of the steps, in up to two lines, and of the two sides."""
    heads = [
        {"step": step, "middle": _HEAD_HEIGHT - 24 + 15 * (line - len(parts) + 1), "text": part}
        for step, accent in enumerate(ACCENTS)
        for parts in [textwrap.wrap(accent.word, 13)]
        for line, part in enumerate(parts)
    ]
    yield _text_layer(plane, heads, color=SOFT)
    sides = [(1, "needs no licence"), (4.5, "needs a licence, or may not go")]
    side_labels = [{"step": step, "text": text, "middle": 12} for step, text in sides]
    yield _text_layer(plane, side_labels, fontWeight="bold")


def _guide_layers(rows: list[_Row], plane: Plane) -> Iterator[dict[str, Any]]:
    """Faint dots that guide the eye along a row, and the line from which a licence is needed."""
    dots = [
        {**_vertical(row), "step": step} for row in rows for step in range(7) if row.span or step > 1
    ]
    dot = {"type": "circle", "size": 8, "color": "#c9c8c2", "opacity": 1}
    yield plane.layer(dots, dot, "step", "middle")
    line = [{**_vertical(row), "step": LICENCE_FROM.rank - 0.5} for row in rows]
    rule = {"type": "rule", "stroke": INK, "strokeWidth": 1.2}
    yield plane.layer(line, rule, "step", "top", y2={"field": "bottom"})


def _bar_layers(rows: list[tuple[_Row, Span]], plane: Plane) -> Iterator[dict[str, Any]]:
    """A bar from the mildest to the strictest outcome, with the colour of each at its end."""
    bars = [
        {**_vertical(row), "low": span.low.rank, "high": span.high.rank}
        for row, span in rows
        if not span.is_settled
    ]
    ends = [
        {**_vertical(row), "step": accent.outcome.rank, "fill": accent.fill, "edge": accent.light}
        for row, span in rows
        for accent in accents(span)
    ]
    if bars:
        bar = {"type": "rule", "stroke": "#b9b7ae", "strokeWidth": 7, "strokeCap": "round"}
        yield plane.layer(bars, bar, "low", "middle", x2={"field": "high"})
    if ends:
        end = {"type": "circle", "size": 210, "opacity": 1, "strokeWidth": 1.5}
        colours = {"fill": unscaled("fill"), "stroke": unscaled("edge")}
        yield plane.layer(ends, end, "step", "middle", **colours)


# in words --------------------------------------------------------------------------------------


def _alt(comparison: Comparison) -> str:
    """The results of each regime, counted, and those of a few cases individually."""
    titles = joined([ruleset.title for ruleset in comparison.rulesets])
    sentences = [f"{pluralise(len(comparison.rows), 'case')} under {titles}."]
    for column, ruleset in enumerate(comparison.rulesets):
        verdicts = sorted((row[column] for row in comparison.rows), key=_result_order)
        results = Counter(result_words(verdict) for verdict in verdicts)
        counts = "; ".join(f"{result} {number}" for result, number in results.items())
        sentences.append(f"{ruleset.title}: {counts}.")
    if len(comparison.rows) <= _MAX_LISTED:
        for row in comparison.rows:
            name = row[0].scenario.title or row[0].scenario.id
            case_results = (f"{v.ruleset.title} {result_words(v)}" for v in row)
            sentences.append(f"{name}: {', '.join(case_results)}.")
    return " ".join(sentences)
