"""The coverage map: mildest and strictest outcome for each pair of answers, regimes side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome, Span
from regcompare.views.colours import Accent, accent
from regcompare.views.sentences import span_words
from regcompare.words.lexicon import listing

from .picture import LICENCE_FROM, Picture, cut


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


_PLURALS = {"item.technology": "kinds of tool", "end_user.kind": "kinds of user"}
"""What a map calls the answers to a fact that it counts; "answers" for other facts."""


def map_picture(possible: Any) -> Picture:
    """Draws a map of outcomes over the answers to two facts, which the package for proofs works out."""
    keys = (possible.down.fact.key, possible.across.fact.key)
    down, across = (key.replace(".", " ").replace("_", " ") for key in keys)
    lines, columns = (_PLURALS.get(key, "answers") for key in keys)
    titles = {item.ruleset.id: item.ruleset.title for item in possible.regimes}
    return coverage_map(possible.plain(), down=down, across=across, many=(lines, columns), titles=titles)


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
        UsageError: There is no cell, or two speak of the same pair.
    """
    grid = _ordered_grid(cells, titles or {})
    merged = _merge_equal(_merge_equal(grid, "down", many[0]), "across", many[1])
    ends = {end for cell in grid.cells for end in (cell.low, cell.high) if end is not None}
    return Picture(
        title=_title(grid, down, across),
        alt=_alt(grid, down, across),
        note=f"Down: {down}. Across: {across}. The left half of a cell is the mildest possible outcome, "
        "the right half the strictest; an undivided cell means that both are the same.",
        template="coverage",
        **_layout(merged, across, ends),
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


_MAX_WORD_COLUMNS = 4
"""The most columns with words in cells, one regime below the other; more columns have shapes."""
_PANELS_PER_ROW = 3
"""The most regimes with shapes side by side; further ones go below."""
_WORD_WIDTH, _SHAPE_WIDTH, _ROW_HEIGHT, _LABEL_WIDTH, _SPACING = 640, 40, 34, 280, 24
_TITLE_HEIGHT, _LABEL_HEIGHT, _LIST_LINE, _LEGEND_LINE = 24, 22, 17, 24
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


# drawing -----------------------------------------------------------------------------------------


@attrs.frozen
class _Half:
    """One end of a span in its cell, or both if they are the same; without a look, why it is empty."""

    x: float
    y: float
    width: float
    word: str
    look: Accent | None = None


@attrs.frozen
class _Panel:
    """One regime: its title, its left upper corner, and what is in its cells."""

    title: str
    x: float
    y: float
    has_lines: bool
    has_columns: bool
    halves: tuple[_Half, ...]


def _layout(grid: _Grid, across: str, ends: set[Outcome]) -> dict[str, Any]:
    """The size of the drawing, and what the template draws where."""
    count = len(grid.columns)
    has_words = count <= _MAX_WORD_COLUMNS
    column = _WORD_WIDTH // count if has_words else max(_SHAPE_WIDTH, min(96, 320 // count))
    abreast = 1 if has_words else _PANELS_PER_ROW
    labels = [cut(f"{across}: {name}" if name in ("yes", "no") else name, 26) for name in grid.columns]
    is_slanted = max(map(len, labels)) * 7 > column
    head = 5.0 * max(map(len, labels)) + 12 if is_slanted else float(_LABEL_HEIGHT)
    panels: list[_Panel] = []
    top = 0.0
    for place, ruleset in enumerate(grid.rulesets):
        at = place % abreast
        has_columns = place == 0 or not has_words
        top += _ROW_HEIGHT * len(grid.lines) + _SPACING if place and not at else 0
        top += _TITLE_HEIGHT + (head if has_columns else 0) if not at else 0
        x = _LABEL_WIDTH + at * (column * count + _SPACING)
        title = cut(grid.title(ruleset), max(column * count // 7, 16))
        halves = tuple(_halves(grid, ruleset, column, has_words=has_words))
        panels.append(_Panel(title, x, top, not at, has_columns, halves))
    spacing = max(_SPACING, head - column / 2) if is_slanted else _SPACING
    width = _LABEL_WIDTH + min(abreast, len(panels)) * (column * count + _SPACING) + spacing - _SPACING
    bottom = top + _ROW_HEIGHT * len(grid.lines)
    entries, key_height = ([], 0.0) if has_words else _legend(max(width - _LABEL_WIDTH, 420), ends)
    letters = int(width - _LABEL_WIDTH) // 6
    lists = [line for text in grid.listed for line in textwrap.wrap(text, letters)]
    key_top = bottom + _SPACING
    below_key = key_top + key_height if entries else bottom
    list_top = below_key + _SPACING
    return {
        "width": width,
        "height": list_top + _LIST_LINE * len(lists) if lists else below_key,
        "data": {
            "panels": panels,
            "lines": [cut(name, _MAX_LETTERS) for name in grid.lines],
            "columns": labels,
            "column": column,
            "row": _ROW_HEIGHT,
            "head": head,
            "is_slanted": is_slanted,
            "has_words": has_words,
            "entries": entries,
            "left": _LABEL_WIDTH,
            "key_top": key_top,
            "listed": [(list_top + _LIST_LINE * (at + 0.5), line) for at, line in enumerate(lists)],
        },
    }


def _legend(width: float, ends: set[Outcome]) -> tuple[list[tuple[float, float, Accent]], float]:
    """The outcomes, placed in lines of a width, and the height of all lines."""
    placed: list[tuple[float, float, Accent]] = []
    x = y = 0.0
    for look in map(accent, sorted(ends)):
        needed = 34 + 6.6 * len(look.word)
        if x and x + needed > width:
            x, y = 0.0, y + _LEGEND_LINE
        placed.append((x, y, look))
        x += needed
    return placed, y + _LEGEND_LINE


def _halves(grid: _Grid, ruleset: str, column: int, *, has_words: bool) -> Iterator[_Half]:
    """What is in the cells of a regime: both ends of a span side by side."""
    for cell in grid.of(ruleset):
        x = float(column * grid.columns.index(cell.across))
        y = float(_ROW_HEIGHT * grid.lines.index(cell.down))
        if cell.low is None or cell.high is None:
            yield _Half(x, y, column, cell.empty if has_words else "–")
        elif cell.low is cell.high:
            yield _Half(x, y, column, accent(cell.low).word, accent(cell.low))
        else:
            yield _Half(x, y, column / 2, accent(cell.low).short, accent(cell.low))
            yield _Half(x + column / 2, y, column / 2, accent(cell.high).short, accent(cell.high))


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
    names = listing([grid.title(ruleset) for ruleset in grid.rulesets], "and")
    sentences = [f"Outcomes by {down} (down) and {across} (across) under {names}."]
    for ruleset in grid.rulesets:
        clauses = (
            f"{cell.down}, {cell.across}: "
            + (span_words(Span(cell.low, cell.high)) if cell.low and cell.high else cell.empty)
            for cell in grid.of(ruleset)
        )
        sentences.append(f"{grid.title(ruleset)}. {'; '.join(clauses)}.")
    return " ".join(sentences)
