"""The coverage map: mildest and strictest outcome for each pair of answers, regimes side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare.views.colours import ACCENTS, RULE, SOFT
from regcompare.views.sentences import span_words

from .marks import LICENCE_FROM, Plane, accent_fields, joined, legend, unscaled
from .picture import Picture, cut, literal, picture


@attrs.frozen
class MapCell:
    """One pair of answers under one ruleset.

    Attributes:
        ruleset: The ruleset's id or title.
        down: The answer that heads the line.
        across: The answer that heads the column.
        low: The mildest outcome possible; None if the pair is impossible or out of scope.
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
class _Grid:
    """The cells in order, with their headings, and the answers listed below them."""

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

    Rows or columns that are equal under every regime are drawn once; their answers are listed below.

    Args:
        cells: The cells, or tuples ``(ruleset, answer down, answer across, low, high)``; both ends
            are None if the pair is impossible.
        down: The question of the rows, in a few words.
        across: The question of the columns.
        many: Plural nouns for the answers of the rows and of the columns, such as ``kinds of tool``.
        titles: Titles of rulesets, by id.

    Raises:
        UsageError: There is no cell, two speak of the same pair, or the extra ``plot`` is missing.
    """
    grid = _ordered_grid(cells, titles or {})
    merged = _merge_equal(_merge_equal(grid, "down", many[0]), "across", many[1])
    columns = len(merged.columns)
    has_words = columns <= _MAX_WORD_COLUMNS
    width = _WORD_WIDTH // columns if has_words else max(_SHAPE_WIDTH, min(96, 320 // columns))
    abreast = 1 if has_words else _PANELS_PER_ROW
    panels = [_panel(merged, name, across, width, abreast) for name in grid.rulesets]
    rows_of_panels = [panels[index : index + abreast] for index in range(0, len(panels), abreast)]
    total = _LABEL_WIDTH + len(rows_of_panels[0]) * (width * columns + _SPACING)
    ends = {end for cell in grid.cells for end in (cell.low, cell.high) if end is not None}
    charts: list[dict[str, Any]] = [{"hconcat": row, "spacing": _SPACING} for row in rows_of_panels]
    charts += [legend(max(total - _LABEL_WIDTH, 420), ends)] if ends and not has_words else []
    charts += [_answer_list(text, max(total - _LABEL_WIDTH, _WORD_WIDTH)) for text in merged.listed]
    return picture(
        {"vconcat": charts, "spacing": 22},
        title=_title(grid, down, across),
        alt=_alt(grid, down, across),
        note=f"Down: {down}. Across: {across}. The left half of a cell is the mildest possible outcome, "
        "the right half the strictest; an undivided cell means that both are the same.",
        width=total,
    )


def _merge_equal(grid: _Grid, axis: Literal["down", "across"], many: str) -> _Grid:
    """The grid with equal rows or columns merged, and their answers listed."""
    other, answers = ("across", grid.lines) if axis == "down" else ("down", grid.columns)
    by_look: dict[tuple[Any, ...], list[str]] = {}
    for answer in answers:
        own_cells = (cell for cell in grid.cells if getattr(cell, axis) == answer)
        look = (
            (cell.ruleset, getattr(cell, other), cell.low, cell.high, cell.empty) for cell in own_cells
        )
        by_look.setdefault(tuple(look), []).append(answer)
    groups = [[group] for group in answers] if len(by_look) == len(answers) else list(by_look.values())
    # Two equal rows are named in place; more are counted, and listed below.
    labels = {group[0]: f"{len(group)} {many}" if group[2:] else " / ".join(group) for group in groups}
    cells = []
    for cell in grid.cells:
        if (answer := getattr(cell, axis)) in labels:
            change: dict[str, Any] = {axis: labels[answer]}
            cells.append(attrs.evolve(cell, **change))
    lists = [f"The {labels[group[0]]}: {'; '.join(group)}." for group in groups if group[2:]]
    merged = _ordered_grid(cells, grid.titles)
    return attrs.evolve(merged, rulesets=grid.rulesets, listed=(*grid.listed, *lists))


def _answer_list(text: str, width: int) -> dict[str, Any]:
    """A list, below the map, of answers that share a row."""
    rows = [
        {"at": 0, "line": number, "text": line}
        for number, line in enumerate(textwrap.wrap(text, width // 6))
    ]
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    plane = Plane(across, {"type": "ordinal", "axis": None})
    return {"width": width, "height": 17 * len(rows), **plane.text(rows, "at", "line", align="left")}


_MAX_WORD_COLUMNS = 4
"""The most columns with words in cells, one regime below the other; more columns have shapes."""
_PANELS_PER_ROW = 3
"""The most regimes with shapes side by side; further ones go below."""
_WORD_WIDTH, _SHAPE_WIDTH, _ROW_HEIGHT, _LABEL_WIDTH, _SPACING = 640, 40, 34, 280, 24
_MAX_LETTERS = 46
"""The most letters of an answer that fit beside its row."""


def _ordered_grid(cells: Iterable[MapCell | Sequence[Any]], titles: Mapping[str, str]) -> _Grid:
    ordered = tuple(cell if isinstance(cell, MapCell) else MapCell(*cell) for cell in cells)
    if not ordered:
        raise UsageError("There is nothing to draw: the map has no cells.")
    places = [(cell.ruleset, cell.down, cell.across) for cell in ordered]
    duplicate = next((place for place in places if places.count(place) > 1), None)
    if duplicate:
        raise UsageError(f"The map has two cells for {' / '.join(duplicate)}.")
    return _Grid(
        ordered,
        tuple(dict.fromkeys(cell.ruleset for cell in ordered)),
        tuple(dict.fromkeys(cell.down for cell in ordered)),
        tuple(dict.fromkeys(cell.across for cell in ordered)),
        titles,
    )


def _panel(grid: _Grid, ruleset: str, across: str, width: int, abreast: int) -> dict[str, Any]:
    has_words = abreast == 1
    settled, halves, empty = _cell_rows(grid, ruleset)
    plane = _plane(grid, ruleset, across, width, abreast)
    outline = {"type": "rect", "stroke": RULE, "strokeWidth": 0.5}
    right = {"x2": {"field": "right"}}
    frame = [
        {"line": line, "left": column, "right": column + 1}
        for line in range(len(grid.lines))
        for column in range(len(grid.columns))
    ]
    layers = [plane.layer(frame, {**outline, "fill": None}, "left", "line", **right)]
    if filled := [*settled, *halves]:
        channels = {**right, "fill": unscaled("fill")}
        layers.append(
            plane.layer(filled, {**outline, "height": _ROW_HEIGHT - 3}, "left", "line", **channels)
        )
        layers += (
            [plane.text(filled, "at", "line", colour="on_fill")]
            if has_words
            else plane.shapes(filled, "at", "line", size=46)
        )
    if empty:
        empty_texts = empty if has_words else [{**row, "text": "–"} for row in empty]
        layers.append(plane.text(empty_texts, "at", "line", color=SOFT))
    columns = len(grid.columns)
    return {
        "width": width * columns,
        "height": _ROW_HEIGHT * len(grid.lines),
        "title": {
            "text": cut(grid.title(ruleset), max(width * columns // 7, 16)), "fontSize": 13,
            "offset": 8, "frame": "group",
        },
        "layer": layers,
    }  # fmt: skip


def _cell_rows(grid: _Grid, ruleset: str) -> tuple[list[dict[str, Any]], ...]:
    """The cells as rows: settled ones, halves of spans, and those without an outcome."""
    settled: list[dict[str, Any]] = []
    halves: list[dict[str, Any]] = []
    empty: list[dict[str, Any]] = []
    for cell in grid.of(ruleset):
        column = grid.columns.index(cell.across)
        position = {"line": grid.lines.index(cell.down)}
        if cell.low is None or cell.high is None:
            empty.append({**position, "at": column + 0.5, "text": cell.empty})
        elif cell.low is cell.high:
            settled.append({**position, **_half(cell.low, column, 1)})
        else:
            halves += [
                {**position, **_half(cell.low, column, 0.5)},
                {**position, **_half(cell.high, column + 0.5, 0.5)},
            ]
    return settled, halves, empty


def _half(outcome: Outcome, left: float, size: float) -> dict[str, Any]:
    """The position and look of one end of a span; a whole cell fits the full word."""
    accent = ACCENTS[outcome.rank]
    extent = {"left": left, "right": left + size, "at": left + size / 2}
    return {**extent, **accent_fields(accent), "text": accent.word if size == 1 else accent.short}


def _plane(grid: _Grid, ruleset: str, across: str, width: int, abreast: int) -> Plane:
    panel = grid.rulesets.index(ruleset)
    labels = [f"{across}: {name}" if name in ("yes", "no") else name for name in grid.columns]
    column_labels = literal([cut(name, 26) for name in labels])
    is_slanted = max(map(len, labels)) * 7 > width
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, len(grid.columns)], "nice": False},
        "axis": None if abreast == 1 and panel else {
            "orient": "top", "values": [index + 0.5 for index in range(len(grid.columns))],
            "labelExpr": f"{column_labels}[datum.value - 0.5]", "labelOverlap": False,
            "labelFontSize": 12,
            "labelPadding": 5, "labelLimit": 200,
        } | ({"labelAngle": -45, "labelAlign": "left", "labelBaseline": "bottom"} if is_slanted else {})
    }  # fmt: skip
    row_labels = literal([cut(name, _MAX_LETTERS) for name in grid.lines])
    axis = {"labelExpr": f"{row_labels}[datum.value]", "labelPadding": 8, "labelLimit": _LABEL_WIDTH}
    y = {
        "field": "line", "type": "ordinal", "scale": {"domain": list(range(len(grid.lines)))},
        "axis": axis if panel % abreast == 0 else None
    }  # fmt: skip
    return Plane(x, y)


# in words --------------------------------------------------------------------------------------


def _title(grid: _Grid, down: str, across: str) -> str:
    parts = []
    for ruleset in grid.rulesets:
        ends = [
            (cell.low, cell.high)
            for cell in grid.of(ruleset)
            if cell.low is not None and cell.high is not None
        ]
        certain = sum(low >= LICENCE_FROM for low, _ in ends)
        possible = sum(low < LICENCE_FROM <= high for low, high in ends)
        possible_words = f", and possibly {possible} more," if possible else ""
        parts.append(f"{certain} of {len(ends)}{possible_words} under {grid.title(ruleset)}")
    return f"Combinations in which a licence is certain to be needed: {'; '.join(parts)}."


def _alt(grid: _Grid, down: str, across: str) -> str:
    names = joined([grid.title(ruleset) for ruleset in grid.rulesets])
    sentences = [f"Outcomes by {down} (down) and {across} (across) under {names}."]
    for ruleset in grid.rulesets:
        clauses = (
            f"{cell.down}, {cell.across}: "
            + (span_words(cell.low.word, cell.high.word) if cell.low and cell.high else cell.empty)
            for cell in grid.of(ruleset)
        )
        sentences.append(f"{grid.title(ruleset)}. {'; '.join(clauses)}.")
    return " ".join(sentences)
