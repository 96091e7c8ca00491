"""The tile map: one square a state at its rough place, coloured by the least outcome that is certain."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any

from regcompare.comparison.shopping import OutcomesByState, StateGroup
from regcompare.facts import countries
from regcompare.ruleset.rules import Outcome
from regcompare.views._colours import INK, PAPER, SOFT, accent
from regcompare.views.sentences import result_words
from regcompare.views.shopping import finding_sentence

from .marks import Plane, as_given, joined, legend, look_of
from .picture import Picture, picture

_TILE, _COLUMNS = 78, 8
_GREY = {"fill": "#a9a9ae", "on_fill": INK, "shape": "", "short": "not known", "word": "not known"}
"""The look of ignorance, which is none of the colours of outcomes and not the paper."""


def tile_map(found: OutcomesByState) -> Picture:
    """Draws what a sale comes to from each state of a home.

    Raises:
        UsageError: The extra ``plot`` is not installed.
    """
    looks = {state: _look(group) for group in found.groups for state in group.states}
    tiles = [{**looks[state], "code": state, "x": x, "y": y} for state, x, y in _placed(found.states)]
    height = 1 + max(int(tile["y"]) for tile in tiles)
    outcomes = {look["outcome"] for look in looks.values() if "outcome" in look}
    more = [_GREY] if any(look["fill"] == _GREY["fill"] for look in looks.values()) else []
    width = _TILE * _COLUMNS
    panels: list[dict[str, Any]] = [_panel(tiles, height)]
    if outcomes or more:
        panels.append(legend(width, [Outcome(outcome) for outcome in outcomes], more))
    return picture(
        {"vconcat": panels, "spacing": 20},
        title=finding_sentence(found),
        alt=_alt(found),
        note="A colour is the least outcome that is certain. A dashed frame: more may follow from facts "
        "or national law that are not known. Grey: that any control applies is neither "
        "certain nor ruled out. States without a place on the map stand below it.",
        width=width,
    )


def _look(group: StateGroup) -> dict[str, Any]:
    """How the tiles of a group look, and what they say."""
    verdict = group.verdict
    if verdict.span is None:
        word = "domestic" if verdict.is_domestic else verdict.result
        return {**_GREY, "fill": PAPER, "short": word, "is_open": False}
    is_open = not verdict.span.is_settled
    if is_open and verdict.span.low is Outcome.NO_CONTROL:
        return {**_GREY, "is_open": True}
    low = verdict.span.low
    return {**look_of(accent(low)), "is_open": is_open, "outcome": low.value}


def _placed(states: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each state with its column and row; those without a place in rows below."""
    text = resources.files("regcompare").joinpath("data/tiles.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    places = {row["code"]: (int(row["column"]), int(row["row"])) for row in rows}
    below = [state for state in states if state not in places]
    used = [places[state] for state in states if state in places]
    first = 1 + max((y for _, y in used), default=-1)
    yield from ((state, *places[state]) for state in states if state in places)
    for number, state in enumerate(below):
        yield state, number % _COLUMNS, first + number // _COLUMNS


def _panel(tiles: list[dict[str, Any]], height: int) -> dict[str, Any]:
    across, down = (
        {"type": "ordinal", "axis": None, "scale": {"domain": list(range(many))}}
        for many in (_COLUMNS, height)
    )
    plane = Plane(across, down)
    square = {"type": "rect", "width": _TILE - 6, "height": _TILE - 6, "cornerRadius": 3}
    frames = {
        True: {**square, "stroke": INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
        False: {**square, "stroke": SOFT, "strokeWidth": 1},
    }
    layers = [
        plane.layer([tile for tile in tiles if tile["is_open"] is is_open], mark, fill=as_given("fill"))
        for is_open, mark in frames.items()
    ]
    codes = [{**tile, "text": tile["code"]} for tile in tiles]
    words = [{**tile, "text": tile["short"]} for tile in tiles]
    layers += [
        plane.text(codes, colour="on_fill", fontSize=16, fontWeight="bold", dy=-8),
        plane.text(words, colour="on_fill", fontSize=11, dy=14),
    ]
    return {"width": _TILE * _COLUMNS, "height": _TILE * height, "layer": layers}


def _alt(found: OutcomesByState) -> str:
    names = countries()
    told = (
        f"{joined([names[state] for state in group.states])}: {result_words(group.verdict)}."
        for group in found.groups
    )
    return " ".join(told)
