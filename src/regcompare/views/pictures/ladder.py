"""The ladder: cases by regime and outcome; a span is shown by its ends, with a pale band between."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs

from regcompare.comparison.comparison import Comparison, counted
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare.verdict.verdict import Verdict
from regcompare.views._colours import RULE, SOFT
from regcompare.views.sentences import SPAN_ENDS, result_words

from .marks import STEPS_LABELS, STOPS, fill, joined, shape_marks, tiles
from .picture import Picture, cut, literal, picture

__all__ = ["ladder"]

_EACH = 24
"""Up to so many cases have a line each; of more, those with the same results share a line."""
_LINE, _LABELS, _BETWEEN = 24, 330, 26
_WIDEST, _NARROWEST, _ALL = 27, 15, 600
"""A step is at most and at least so wide, and the steps of all regimes together about so wide."""
_LETTERS = 52
"""How many letters of a name fit next to the lines."""


@attrs.frozen
class _Line:
    """One line of the picture."""

    label: str
    verdicts: tuple[Verdict, ...]
    cases: int


def ladder(comparison: Comparison) -> Picture:
    """Draws cases by regime and outcome.

    Args:
        comparison: The comparison.

    Raises:
        UsageError: The comparison is empty, or the extra ``plot`` is not installed.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to draw: the comparison has no cases or no rulesets.")
    lines = list(_lines(comparison))
    number = len(comparison.rulesets)
    step = max(_NARROWEST, min(_WIDEST, _ALL // (7 * number)))
    panels = [_panel(comparison, lines, column, 7 * step) for column in range(number)]
    width = _LABELS + number * (7 * step + _BETWEEN)
    shared = any(line.cases > 1 for line in lines)
    note = (
        f"Marked steps: {SPAN_ENDS}; the steps in between are pale. "
        "To the right of the line, the export needs a licence or may not go ahead."
        + (" Cases with the same results share a line." if shared else "")
    )
    return picture(
        {"hconcat": panels, "spacing": _BETWEEN, "resolve": {"scale": {"y": "independent"}}},
        title=_title(comparison),
        alt=_alt(comparison),
        note=note,
        width=width,
    )


def _lines(comparison: Comparison) -> Iterator[_Line]:
    if len(comparison.rows) <= _EACH:
        for row in comparison.rows:
            scenario = row[0].scenario
            yield _Line(cut(scenario.title or scenario.id, _LETTERS), row, 1)
        return
    alike: dict[tuple[str, ...], list[tuple[Verdict, ...]]] = {}
    for row in comparison.rows:
        alike.setdefault(tuple(verdict.result for verdict in row), []).append(row)
    for rows in sorted(alike.values(), key=lambda rows: [_height(verdict) for verdict in rows[0]]):
        first = rows[0][0].scenario.title or rows[0][0].scenario.id
        label = first if len(rows) == 1 else f"{len(rows)} cases, such as {first}"
        yield _Line(cut(label, _LETTERS), rows[0], len(rows))


def _height(verdict: Verdict) -> tuple[int, int]:
    """Where a result comes in the order of lines; no outcome comes last."""
    return (verdict.span.low.rank, verdict.span.high.rank) if verdict.span else (len(Outcome), 0)


def _panel(comparison: Comparison, lines: list[_Line], column: int, width: int) -> dict[str, Any]:
    reached = [
        {"line": number, **tile}
        for number, line in enumerate(lines)
        if (span := line.verdicts[column].span)
        for tile in tiles(span)
    ]
    without = [
        {"line": number, "text": verdict.result, "at": -0.4}
        for number, line in enumerate(lines)
        if not (verdict := line.verdicts[column]).span
    ]
    y = {
        "field": "line", "type": "ordinal", "scale": {"domain": list(range(len(lines)))},
        "axis": _names(lines) if column == 0 else None,
    }  # fmt: skip
    layers: list[dict[str, Any]] = [_guides(lines, column, y), _threshold()]
    if reached:
        layers += [_tiles(reached, y), *({**layer, "data": {"values": reached}} for layer in _shapes(y))]
    if without:
        layers.append(_aside(without, y))
    return {
        "width": width,
        "height": _LINE * len(lines),
        "title": {
            "text": _wrapped(comparison.rulesets[column].title, width // 6),
            "lineHeight": 16,
            "fontSize": 13,
            "offset": 8,
            "frame": "group",
        },
        "layer": layers,
    }


def _wrapped(title: str, letters: int) -> list[str]:
    return textwrap.wrap(title, letters, max_lines=3, placeholder="…") or [""]


def _names(lines: list[_Line]) -> dict[str, Any]:
    labels = literal([line.label for line in lines])
    return {"labelExpr": f"{labels}[datum.value]", "labelPadding": 10, "labelLimit": _LABELS}


def _x(field: str = "step") -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [-0.5, 6.5], "nice": False, "zero": False},
        "axis": {
            "orient": "top", "values": list(range(7)), "labelExpr": STEPS_LABELS, "labelAngle": -40,
            "labelAlign": "left", "labelBaseline": "bottom", "labelFontSize": 11, "labelColor": SOFT,
            "labelOverlap": False, "labelLimit": 200, "labelPadding": 4,
        },
    }  # fmt: skip


def _guides(lines: list[_Line], column: int, y: dict[str, Any]) -> dict[str, Any]:
    """A dotted path of small dots, one for each step, on which the eye can follow a line."""
    dots = [
        {"line": number, "step": step}
        for number, line in enumerate(lines)
        for step in (range(7) if line.verdicts[column].span else (3, 4, 5, 6))
    ]
    return {
        "data": {"values": dots},
        "mark": {"type": "circle", "size": 7, "color": "#c9c8c2", "opacity": 1},
        "encoding": {"x": _x(), "y": y},
    }


def _threshold() -> dict[str, Any]:
    return {
        "data": {"values": [{"step": STOPS.rank - 0.5}]},
        "mark": {"type": "rule", "stroke": SOFT, "strokeWidth": 1},
        "encoding": {"x": _x()},
    }


def _tiles(rows: list[dict[str, Any]], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "height": 18, "stroke": RULE, "strokeWidth": 0.5},
        "encoding": {"x": _x("left"), "x2": {"field": "right"}, "y": y, "fill": fill()},
    }


def _shapes(y: dict[str, Any]) -> list[dict[str, Any]]:
    return shape_marks(55, x=_x(), y=y)


def _aside(rows: list[dict[str, Any]], y: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {
            "type": "text", "align": "left", "color": SOFT, "fontStyle": "italic", "fontSize": 11,
        },
        "encoding": {"x": _x("at"), "y": y, "text": {"field": "text", "type": "nominal"}},
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
