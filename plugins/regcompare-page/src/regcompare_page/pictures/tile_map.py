"""The tile map: one square a state, roughly in place, coloured by the mildest outcome possible."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from regcompare.comparison.shopping import OutcomesByState, StateGroup
from regcompare.facts import countries
from regcompare.ruleset.rules import Outcome
from regcompare.views.colours import INK, PAPER, SOFT, accent
from regcompare.views.sentences import result_words
from regcompare.views.shopping import finding_sentence

from .marks import Plane, accent_fields, joined, legend, unscaled
from .picture import Picture, picture

_TILE_SIZE, _COLUMNS = 78, 8
_UNKNOWN = {"fill": "#a9a9ae", "on_fill": INK, "shape": "", "short": "not known", "word": "not known"}
"""The fields of a tile whose result is not known: no outcome's colour, nor that of the paper."""


def tile_map(by_state: OutcomesByState) -> Picture:
    """Draws the result of a sale from each state of a home.

    Raises:
        UsageError: The extra ``plot`` is not installed.
    """
    looks = {state: _tile_fields(group) for group in by_state.groups for state in group.states}
    tiles = [
        {**looks[state], "code": state, "x": x, "y": y}
        for state, x, y in _tile_positions(by_state.states)
    ]
    height = 1 + max(int(tile["y"]) for tile in tiles)
    outcomes = {fields["outcome"] for fields in looks.values() if "outcome" in fields}
    extra = [_UNKNOWN] if any(fields["fill"] == _UNKNOWN["fill"] for fields in looks.values()) else []
    width = _TILE_SIZE * _COLUMNS
    panels: list[dict[str, Any]] = [_panel(tiles, height)]
    if outcomes or extra:
        panels.append(legend(width, [Outcome(outcome) for outcome in outcomes], extra))
    return picture(
        {"vconcat": panels, "spacing": 20},
        title=finding_sentence(by_state),
        alt=_alt(by_state),
        note="A colour is the least outcome that is certain. A dashed frame: more may follow from facts "
        "or national law that are not known. Grey: that any control applies is neither "
        "certain nor ruled out. States without a place on the map stand below it.",
        width=width,
    )


def _tile_fields(group: StateGroup) -> dict[str, Any]:
    """The look and the words of the tiles of a group."""
    verdict = group.verdict
    if verdict.span is None:
        word = "domestic" if verdict.is_domestic else verdict.result
        return {**_UNKNOWN, "fill": PAPER, "short": word, "is_open": False}
    is_open = not verdict.span.is_settled
    if is_open and verdict.span.low is Outcome.NO_CONTROL:
        return {**_UNKNOWN, "is_open": True}
    low = verdict.span.low
    return {**accent_fields(accent(low)), "is_open": is_open, "outcome": low.value}


def _tile_positions(states: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each state with its column and row; states without a place go into rows below."""
    text = resources.files(__package__).joinpath("tiles.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    places = {row["code"]: (int(row["column"]), int(row["row"])) for row in rows}
    unplaced = [state for state in states if state not in places]
    used_places = [places[state] for state in states if state in places]
    first_free_row = 1 + max((y for _, y in used_places), default=-1)
    yield from ((state, *places[state]) for state in states if state in places)
    for number, state in enumerate(unplaced):
        yield state, number % _COLUMNS, first_free_row + number // _COLUMNS


def _panel(tiles: list[dict[str, Any]], height: int) -> dict[str, Any]:
    across, down = (
        {"type": "ordinal", "axis": None, "scale": {"domain": list(range(count))}}
        for count in (_COLUMNS, height)
    )
    plane = Plane(across, down)
    square = {"type": "rect", "width": _TILE_SIZE - 6, "height": _TILE_SIZE - 6, "cornerRadius": 3}
    frames = {
        True: {**square, "stroke": INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
        False: {**square, "stroke": SOFT, "strokeWidth": 1},
    }
    layers = [
        plane.layer([tile for tile in tiles if tile["is_open"] is is_open], mark, fill=unscaled("fill"))
        for is_open, mark in frames.items()
    ]
    codes = [{**tile, "text": tile["code"]} for tile in tiles]
    words = [{**tile, "text": tile["short"]} for tile in tiles]
    layers += [
        plane.text(codes, colour="on_fill", fontSize=16, fontWeight="bold", dy=-8),
        plane.text(words, colour="on_fill", fontSize=11, dy=14),
    ]
    return {"width": _TILE_SIZE * _COLUMNS, "height": _TILE_SIZE * height, "layer": layers}


def _alt(by_state: OutcomesByState) -> str:
    names = countries()
    sentences = (
        f"{joined([names[state] for state in group.states])}: {result_words(group.verdict)}."
        for group in by_state.groups
    )
    return " ".join(sentences)
