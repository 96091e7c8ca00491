"""The coverage map: mildest and strictest outcome for each pair of answers, regimes side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare.views._colours import ACCENTS, RULE, SOFT
from regcompare.views.sentences import span_words

from .marks import STOPS, Plane, as_given, joined, legend, look_of
from .picture import Picture, cut, literal, picture


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
    """The cells in order, with their headings, and what is listed below them."""

    cells: tuple[MapCell, ...]
    rulesets: tuple[str, ...]
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    titles: Mapping[str, str]
    listed: tuple[str, ...] = ()

    def of(self, ruleset: str) -> list[MapCell]:
        return [cell for cell in self.cells if cell.ruleset == ruleset]

    def title(self, ruleset: str) -> str:
        return self.titles.get(ruleset, ruleset)


def coverage_map(
    cells: Iterable[MapCell | Sequence[Any]],
    *,
    down: str,
    across: str,
    many: tuple[str, str] = ("answers", "answers"),
    titles: Mapping[str, str] | None = None,
) -> Picture:
    """Draws the mildest and the strictest outcome for each pair of answers, regimes side by side.

    Lines, or columns, that are equal under every regime are drawn once; their answers are listed below.

    Args:
        cells: The cells, or tuples ``(ruleset, answer down, answer across, low, high)``; both ends
            are None where the pair cannot be.
        down: What is asked from line to line, in a few words.
        across: What is asked from column to column.
        many: What the answers of the lines and of the columns are called, in the plural, such as
            ``kinds of tool``.
        titles: Titles of rulesets, by id.

    Raises:
        UsageError: There is no cell, two speak of the same pair, or the extra ``plot`` is missing.
    """
    found = _ordered(cells, titles or {})
    shown = _collapsed(_collapsed(found, "down", many[0]), "across", many[1])
    columns = len(shown.columns)
    short = columns <= _WITH_WORDS
    width = _WORDS // columns if short else max(_SHAPE_CELL, min(96, 320 // columns))
    abreast = 1 if short else _ABREAST
    panels = [_panel(shown, name, across, width, abreast) for name in found.rulesets]
    lines = [panels[place : place + abreast] for place in range(0, len(panels), abreast)]
    total = _LABELS + len(lines[0]) * (width * columns + _BETWEEN)
    ends = {end for cell in found.cells for end in (cell.low, cell.high) if end is not None}
    stack: list[dict[str, Any]] = [{"hconcat": line, "spacing": _BETWEEN} for line in lines]
    stack += [legend(max(total - _LABELS, 420), ends)] if ends and not short else []
    stack += [_names(text, max(total - _LABELS, _WORDS)) for text in shown.listed]
    return picture(
        {"vconcat": stack, "spacing": 22},
        title=_title(found, down, across),
        alt=_alt(found, down, across),
        note=f"Down: {down}. Across: {across}. The left half of a cell is the mildest possible outcome, "
        "the right half the strictest; an undivided cell means that both are the same.",
        width=total,
    )


def _collapsed(found: _Map, axis: Literal["down", "across"], many: str) -> _Map:
    """The map with equal lines, or columns, drawn once, and their answers listed."""
    other, answers = ("across", found.lines) if axis == "down" else ("down", found.columns)
    alike: dict[tuple[Any, ...], list[str]] = {}
    for answer in answers:
        same = (cell for cell in found.cells if getattr(cell, axis) == answer)
        look = ((cell.ruleset, getattr(cell, other), cell.low, cell.high, cell.empty) for cell in same)
        alike.setdefault(tuple(look), []).append(answer)
    groups = [[one] for one in answers] if len(alike) == len(answers) else list(alike.values())
    # Two equal lines are named where they are; more are counted, and listed below.
    names = {one[0]: f"{len(one)} {many}" if one[2:] else " / ".join(one) for one in groups}
    cells = []
    for cell in found.cells:
        if (own := getattr(cell, axis)) in names:
            change: dict[str, Any] = {axis: names[own]}
            cells.append(attrs.evolve(cell, **change))
    listed = [f"The {names[one[0]]}: {'; '.join(one)}." for one in groups if one[2:]]
    shown = _ordered(cells, found.titles)
    return attrs.evolve(shown, rulesets=found.rulesets, listed=(*found.listed, *listed))


def _names(text: str, width: int) -> dict[str, Any]:
    """Answers that share a line, listed below the map."""
    lines = [
        {"at": 0, "line": number, "text": line}
        for number, line in enumerate(textwrap.wrap(text, width // 6))
    ]
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    plane = Plane(across, {"type": "ordinal", "axis": None})
    return {
        "width": width,
        "height": 17 * len(lines),
        **plane.text(lines, "at", "line", align="left"),
    }


_WITH_WORDS = 4
"""Up to this many columns have words in their cells, one regime below the other; more have shapes."""
_ABREAST = 3
"""So many regimes with shapes are side by side; more go below."""
_WORDS, _SHAPE_CELL, _LINE, _LABELS, _BETWEEN = 640, 40, 34, 280, 24
_LETTERS = 46
"""How many letters of an answer fit beside its line."""


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


def _panel(found: _Map, ruleset: str, across: str, width: int, abreast: int) -> dict[str, Any]:
    short = abreast == 1
    whole, halves, empty = _rows(found, ruleset)
    plane = _plane(found, ruleset, across, width, abreast)
    thin = {"type": "rect", "stroke": RULE, "strokeWidth": 0.5}
    right = {"x2": {"field": "right"}}
    frame = [
        {"line": line, "left": column, "right": column + 1}
        for line in range(len(found.lines))
        for column in range(len(found.columns))
    ]
    layers = [plane.layer(frame, {**thin, "fill": None}, "left", "line", **right)]
    if drawn := [*whole, *halves]:
        look = {**right, "fill": as_given("fill")}
        layers.append(plane.layer(drawn, {**thin, "height": _LINE - 3}, "left", "line", **look))
        layers += (
            [plane.text(drawn, "at", "line", colour="on_fill")]
            if short
            else plane.shapes(drawn, "at", "line", size=46)
        )
    if empty:
        dashes = empty if short else [{**row, "text": "–"} for row in empty]
        layers.append(plane.text(dashes, "at", "line", color=SOFT))
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
            empty.append({**line, "at": place + 0.5, "text": cell.empty})
        elif cell.low is cell.high:
            whole.append({**line, **_end(cell.low, place, 1)})
        else:
            halves += [
                {**line, **_end(cell.low, place, 0.5)},
                {**line, **_end(cell.high, place + 0.5, 0.5)},
            ]
    return whole, halves, empty


def _end(outcome: Outcome, left: float, size: float) -> dict[str, Any]:
    """Where an end is and how it looks; a whole cell has room for the whole word."""
    look = ACCENTS[outcome.rank]
    at = {"left": left, "right": left + size, "at": left + size / 2}
    return {**at, **look_of(look), "text": look.word if size == 1 else look.short}


def _plane(found: _Map, ruleset: str, across: str, width: int, abreast: int) -> Plane:
    place = found.rulesets.index(ruleset)
    names = [f"{across}: {name}" if name in ("yes", "no") else name for name in found.columns]
    columns = literal([cut(name, 26) for name in names])
    slanted = max(map(len, names)) * 7 > width
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, len(found.columns)], "nice": False},
        "axis": None if abreast == 1 and place else {
            "orient": "top", "values": [index + 0.5 for index in range(len(found.columns))],
            "labelExpr": f"{columns}[datum.value - 0.5]", "labelOverlap": False, "labelFontSize": 12,
            "labelPadding": 5, "labelLimit": 200,
        } | ({"labelAngle": -45, "labelAlign": "left", "labelBaseline": "bottom"} if slanted else {}),
    }  # fmt: skip
    lines = literal([cut(name, _LETTERS) for name in found.lines])
    labels = {"labelExpr": f"{lines}[datum.value]", "labelPadding": 8, "labelLimit": _LABELS}
    y = {
        "field": "line", "type": "ordinal", "scale": {"domain": list(range(len(found.lines)))},
        "axis": labels if place % abreast == 0 else None,
    }  # fmt: skip
    return Plane(x, y)


# in words --------------------------------------------------------------------------------------


def _title(found: _Map, down: str, across: str) -> str:
    parts = []
    for ruleset in found.rulesets:
        ends = [(c.low, c.high) for c in found.of(ruleset) if c.low is not None and c.high is not None]
        surely = sum(low >= STOPS for low, _ in ends)
        maybe = sum(low < STOPS <= high for low, high in ends)
        possible = f", and possibly {maybe} more," if maybe else ""
        parts.append(f"{surely} of {len(ends)}{possible} under {found.title(ruleset)}")
    return f"Combinations in which a licence is certain to be needed: {'; '.join(parts)}."


def _alt(found: _Map, down: str, across: str) -> str:
    names = joined([found.title(ruleset) for ruleset in found.rulesets])
    sentences = [f"Outcomes by {down} (down) and {across} (across) under {names}."]
    for ruleset in found.rulesets:
        told = (
            f"{cell.down}, {cell.across}: "
            + (span_words(cell.low.word, cell.high.word) if cell.low and cell.high else cell.empty)
            for cell in found.of(ruleset)
        )
        sentences.append(f"{found.title(ruleset)}. {'; '.join(told)}.")
    return " ".join(sentences)
