"""The tile map: one square a state, roughly in place, coloured by the mildest outcome possible."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib import resources

import attrs

from regcompare.comparison.shopping import OutcomesByState, StateGroup
from regcompare.facts import countries
from regcompare.ruleset.rules import Outcome
from regcompare.views.colours import INK, PAPER, accent
from regcompare.views.sentences import result_words
from regcompare.views.shopping import finding_sentence

from .layout import Entry, joined, legend
from .picture import Picture

_TILE_SIZE, _COLUMNS = 78, 8
_GREY = "#a9a9ae"
"""The colour of a tile whose result is not known: no outcome's colour, nor that of the paper."""


@attrs.frozen
class _Look:
    """The colours and the word of a tile; ``outcome`` is the mildest one possible, if it is certain."""

    word: str
    fill: str
    on_fill: str = INK
    is_open: bool = False
    outcome: Outcome | None = None


def tile_map(by_state: OutcomesByState) -> Picture:
    """Draws the result of a sale from each state of a home."""
    looks = {state: _look(group) for group in by_state.groups for state in group.states}
    tiles = [
        (state, _TILE_SIZE * x, _TILE_SIZE * y, looks[state])
        for state, x, y in _tile_positions(by_state.states)
    ]
    height = _TILE_SIZE + max(y for _, _, y, _ in tiles)
    outcomes = {look.outcome for look in looks.values() if look.outcome}
    unknown = any(look.fill == _GREY for look in looks.values())
    width = _TILE_SIZE * _COLUMNS
    entries, key_height = legend(width, outcomes, [Entry("not known", _GREY)] if unknown else [])
    return Picture(
        title=finding_sentence(by_state),
        alt=_alt(by_state),
        note="A colour is the least outcome that is certain. A dashed frame: more may follow from facts "
        "or national law that are not known. Grey: that any control applies is neither "
        "certain nor ruled out. States without a place on the map stand below it.",
        template="tiles",
        width=width,
        height=height + 20 + key_height,
        data={"tiles": tiles, "entries": entries, "key_top": height + 20, "size": _TILE_SIZE},
    )


def _look(group: StateGroup) -> _Look:
    """The look and the word of the tiles of a group."""
    verdict = group.verdict
    if verdict.span is None:
        return _Look("domestic" if verdict.is_domestic else verdict.result, PAPER)
    is_open, low = not verdict.span.is_settled, accent(verdict.span.low)
    if is_open and low.outcome is Outcome.NO_CONTROL:
        return _Look("not known", _GREY, is_open=True)
    return _Look(low.short, low.fill, low.on_fill, is_open, low.outcome)


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


def _alt(by_state: OutcomesByState) -> str:
    names = countries()
    sentences = (
        f"{joined([names[state] for state in group.states])}: {result_words(group.verdict)}."
        for group in by_state.groups
    )
    return " ".join(sentences)
