"""The coverage map: mildest and strictest outcome for each pair of answers, regimes side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare.views._colours import ACCENTS, RULE, SOFT

from .marks import STOPS, fill, joined, legend, look_of, shape_marks, span_text
from .picture import Picture, cut, literal, picture

__all__ = ["MapCell", "coverage_map"]


@attrs.frozen
class MapCell:
    """One pair of answers under one ruleset.

    Attributes:
        ruleset: The ruleset's id or title.
        down: The answer that heads the line.
        across: The answer that heads the column.
        low: The least outcome possible; None where the pair cannot be, or is out of scope.
        high: The strictest outcome possible.
        empty: Why there is no outcome.
    """

    ruleset: str
    down: str
    across: str
    low: Outcome | None
    high: Outcome | None
    empty: str = "cannot be"

    def __attrs_post_init__(self) -> None:
        if (self.low is None) is not (self.high is None):
            raise UsageError(f"The cell {self.down} by {self.across} has only one end of a span.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UsageError(f"The cell {self.down} by {self.across} has its ends in the wrong order.")


@attrs.frozen
class _Map:
    """The cells in order, with their headings."""

    cells: tuple[MapCell, ...]
    rulesets: tuple[str, ...]
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    titles: Mapping[str, str]

    def of(self, ruleset: str) -> list[MapCell]:
        return [cell for cell in self.cells if cell.ruleset == ruleset]

    def title(self, ruleset: str) -> str:
        return self.titles.get(ruleset, ruleset)


def coverage_map(
    cells: Iterable[MapCell | Sequence[Any]],
    *,
    down: str,
    across: str,
    titles: Mapping[str, str] | None = None,
) -> Picture:
    """Draws the mildest and the strictest outcome for each pair of answers, regimes side by side.

    Args:
        cells: The cells, or tuples ``(ruleset, answer down, answer across, low, high)``; both ends
            are None where the pair cannot be.
        down: What is asked from line to line, in a few words.
        across: What is asked from column to column.
        titles: Titles of rulesets, by id.

    Raises:
        UsageError: There is no cell, two speak of the same pair, or the extra ``plot`` is missing.
    """
    found = _ordered(cells, titles or {})
    short = len(found.columns) * len(found.rulesets) <= _WITH_WORDS
    width = _WORD_CELL if short else max(_SHAPE_CELL, min(96, 320 // len(found.columns)))
    panels = [_panel(found, name, width, short) for name in found.rulesets]
    lines = [panels[place : place + _ABREAST] for place in range(0, len(panels), _ABREAST)]
    total = _LABELS + len(lines[0]) * (width * len(found.columns) + _BETWEEN)
    shown = {end for cell in found.cells for end in (cell.low, cell.high) if end is not None}
    stack: list[dict[str, Any]] = [{"hconcat": line, "spacing": _BETWEEN} for line in lines]
    stack += [legend(max(total - _LABELS, 420), shown)] if shown else []
    return picture(
        {"vconcat": stack, "spacing": 22},
        title=_title(found, down, across),
        alt=_alt(found, down, across),
        note=f"Down: {down}. Across: {across}. The left half of a cell is the mildest possible outcome, "
        "the right half the strictest; an undivided cell means that both are the same.",
        width=total,
    )


_ABREAST = 3
"""So many regimes stand side by side; more go below."""
_WITH_WORDS = 6
"""Up to this many columns in all have words in their cells; more have shapes alone."""
_WORD_CELL, _SHAPE_CELL, _LINE, _LABELS, _BETWEEN = 152, 40, 26, 200, 24


def _ordered(cells: Iterable[MapCell | Sequence[Any]], titles: Mapping[str, str]) -> _Map:
    made = tuple(cell if isinstance(cell, MapCell) else MapCell(*cell) for cell in cells)
    if not made:
        raise UsageError("There is nothing to draw: the map has no cells.")
    places = [(cell.ruleset, cell.down, cell.across) for cell in made]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice:
        raise UsageError(f"The map has two cells for {' / '.join(twice)}.")
    return _Map(
        made,
        tuple(dict.fromkeys(cell.ruleset for cell in made)),
        tuple(dict.fromkeys(cell.down for cell in made)),
        tuple(dict.fromkeys(cell.across for cell in made)),
        titles,
    )


def _panel(found: _Map, ruleset: str, width: int, short: bool) -> dict[str, Any]:
    whole, halves, empty = _rows(found, ruleset)
    axes = _axes(found, ruleset, width)
    layers: list[dict[str, Any]] = [_frame(found, axes)]
    if whole or halves:
        layers.append(_areas([*whole, *halves], axes))
        layers += _signs(whole, halves, axes, short)
    if empty:
        layers.append(_words(empty, axes, SOFT, "–" if not short else None))
    columns = len(found.columns)
    return {
        "width": width * columns,
        "height": _LINE * len(found.lines),
        "title": {
            "text": cut(found.title(ruleset), max(width * columns // 7, 16)), "fontSize": 13,
            "offset": 8, "frame": "group",
        },
        "layer": layers,
    }  # fmt: skip


def _rows(found: _Map, ruleset: str) -> tuple[list[dict[str, Any]], ...]:
    """The cells as rows: settled ones, halves of spans, and those without an outcome."""
    whole: list[dict[str, Any]] = []
    halves: list[dict[str, Any]] = []
    empty: list[dict[str, Any]] = []
    for cell in found.of(ruleset):
        place = found.columns.index(cell.across)
        line = {"line": found.lines.index(cell.down)}
        if cell.low is None or cell.high is None:
            empty.append({**line, "at": place + 0.5, "label": cell.empty})
        elif cell.low is cell.high:
            whole.append({**line, **_stretch(place, place + 1), **_look(cell.low, whole=True)})
        else:
            ends = (cell.low, place, place + 0.5), (cell.high, place + 0.5, place + 1)
            halves += [{**line, **_stretch(a, b), **_look(end)} for end, a, b in ends]
    return whole, halves, empty


def _look(outcome: Outcome, *, whole: bool = False) -> dict[str, Any]:
    """How an end looks; a whole cell has room for the whole word."""
    look = ACCENTS[outcome.rank]
    return {**look_of(look), "label": look.word if whole else look.short}


def _stretch(left: float, right: float) -> dict[str, float]:
    return {"left": left, "right": right, "at": (left + right) / 2}


Axes = tuple[dict[str, Any], dict[str, Any]]


def _axes(found: _Map, ruleset: str, width: int) -> Axes:
    columns = literal([cut(name, 26) for name in found.columns])
    slanted = max(map(len, found.columns)) * 7 > width
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, len(found.columns)], "nice": False},
        "axis": {
            "orient": "top", "values": [index + 0.5 for index in range(len(found.columns))],
            "labelExpr": f"{columns}[datum.value - 0.5]", "labelOverlap": False, "labelFontSize": 11,
            "labelPadding": 5, "labelLimit": 200,
        } | ({"labelAngle": -45, "labelAlign": "left", "labelBaseline": "bottom"} if slanted else {}),
    }  # fmt: skip
    lines = literal([cut(name, 32) for name in found.lines])
    names = {"labelExpr": f"{lines}[datum.value]", "labelPadding": 8, "labelLimit": _LABELS}
    y = {
        "field": "line", "type": "ordinal", "scale": {"domain": list(range(len(found.lines)))},
        "axis": names if found.rulesets.index(ruleset) % _ABREAST == 0 else None,
    }  # fmt: skip
    return x, y


def _frame(found: _Map, axes: Axes) -> dict[str, Any]:
    x, y = axes
    every = [
        {"line": line, "left": column, "right": column + 1}
        for line in range(len(found.lines))
        for column in range(len(found.columns))
    ]
    return {
        "data": {"values": every},
        "mark": {"type": "rect", "fill": None, "stroke": RULE, "strokeWidth": 0.5},
        "encoding": {"x": {**x, "field": "left"}, "x2": {"field": "right"}, "y": y},
    }


def _areas(rows: list[dict[str, Any]], axes: Axes) -> dict[str, Any]:
    x, y = axes
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "height": _LINE - 3, "stroke": RULE, "strokeWidth": 0.5},
        "encoding": {"x": {**x, "field": "left"}, "x2": {"field": "right"}, "y": y, "fill": fill()},
    }


def _signs(
    whole: list[dict[str, Any]], halves: list[dict[str, Any]], axes: Axes, short: bool
) -> list[dict[str, Any]]:
    x, y = axes
    if short:
        return [_words([*whole, *halves], axes, None)]
    layers = shape_marks(46, x={**x, "field": "at"}, y=y)
    return [{**layer, "data": {"values": [*whole, *halves]}} for layer in layers]


def _words(
    rows: list[dict[str, Any]], axes: Axes, colour: str | None, fixed: str | None = None
) -> dict[str, Any]:
    x, y = axes
    by_fill = {"color": {"field": "on_fill", "type": "nominal", "scale": None}}
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "fontSize": 11, **({"color": colour} if colour else {})},
        "encoding": {
            "x": {**x, "field": "at"},
            "y": y,
            "text": {"value": fixed} if fixed else {"field": "label", "type": "nominal"},
            **({} if colour else by_fill),
        },
    }


# in words --------------------------------------------------------------------------------------


def _title(found: _Map, down: str, across: str) -> str:
    parts = []
    for ruleset in found.rulesets:
        ends = [(c.low, c.high) for c in found.of(ruleset) if c.low is not None and c.high is not None]
        surely = sum(low >= STOPS for low, _ in ends)
        maybe = sum(low < STOPS <= high for low, high in ends)
        possible = f" and possibly {maybe} more" if maybe else ""
        parts.append(f"{found.title(ruleset)} {surely} of {len(ends)}{possible}")
    return f"Pairs of answers in which a licence is certain to be needed: {'; '.join(parts)}."


def _alt(found: _Map, down: str, across: str) -> str:
    names = joined([found.title(ruleset) for ruleset in found.rulesets])
    sentences = [f"Outcomes by {down} (down) and {across} (across) under {names}."]
    for ruleset in found.rulesets:
        told = (
            f"{cell.down}, {cell.across}: {span_text(cell.low, cell.high, cell.empty)}"
            for cell in found.of(ruleset)
        )
        sentences.append(f"{found.title(ruleset)}. {'; '.join(told)}.")
    return " ".join(sentences)
