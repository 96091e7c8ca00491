"""The timeline of one case: a band a regime, in the colours of its outcomes over time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.comparison.timeline import Change
from regcompare.errors import UsageError
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views._colours import INK, PAPER, SOFT, Accent, accents
from regcompare.views.sentences import result_words

from .marks import Plane, as_given, joined
from .picture import Picture, cut, picture

Line = tuple[Ruleset, Sequence[Change]]

_WIDTH, _HEADING, _BAND, _NOTE, _BETWEEN, _YEARS = 800, 32, 44, 17, 10, 30
_LETTER = 6.4
"""How wide a letter is, in units of the picture."""
_AFTER = dt.timedelta(days=365)
"""How long the last state is shown where no last day is given."""


def timeline_picture(
    scenario: Scenario, lines: Iterable[Line], *, until: dt.date | None = None
) -> Picture:
    """Draws the outcomes that each regime allows over time, as one band a regime.

    Args:
        scenario: The case.
        lines: Each ruleset with what ``regcompare.comparison.timeline.timeline`` lists for it.
        until: The last day; by default a year after the last change or the day of the facts.

    Raises:
        UsageError: There is nothing to draw, or the extra ``plot`` is not installed.
    """
    drawn = [(ruleset, list(changes)) for ruleset, changes in lines if changes]
    if not drawn:
        raise UsageError("There is nothing to draw: no ruleset has a day of change.")
    days = [change.day for _, changes in drawn for change in changes]
    shown = [*days, *([scenario.date] if scenario.date else [])]
    first, last = min(shown), until or max(shown) + _AFTER
    if last <= max(days):
        raise UsageError(f"The last day of the picture, {last}, is not after the last change.")
    arrow = f" The arrow marks the day of the facts, {scenario.date}."
    placed = list(_placed(drawn, (first, last)))
    height = placed[-1].bottom + _YEARS
    return picture(
        {
            "width": _WIDTH,
            "height": height,
            "layer": list(_layers(placed, (first, last), scenario, height)),
        },
        title=_title(scenario, drawn, first),
        alt=_alt(scenario, drawn),
        note=_NOTE_ON_BANDS + (arrow if scenario.date and first <= scenario.date <= last else ""),
        width=_WIDTH,
    )


_NOTE_ON_BANDS = (
    "What each law makes of the same transaction, if made on that day. A band in two colours: below the "
    "mildest possible outcome, above the strictest."
)


# where things are ----------------------------------------------------------------------------------


@attrs.frozen
class _Segment:
    """A stretch of time with one result, whose parts are listed from below.

    A law that says nothing then has no looks.  The note is written on a line below the band: the day on
    which it begins, and the result where the band has no room for it.
    """

    begin: float
    end: float
    words: tuple[str, ...]
    looks: tuple[Accent, ...]
    note: str
    line: int


@attrs.frozen
class _Band:
    """One regime: its title, where it is, and its segments."""

    title: str
    top: float
    segments: tuple[_Segment, ...]

    @property
    def bottom(self) -> float:
        """Where the notes below it end."""
        lines = max((item.line + 1 for item in self.segments if item.note), default=0)
        return self.top + _BAND + _NOTE * lines


def _placed(lines: Sequence[Line], ends: tuple[dt.date, dt.date]) -> Iterator[_Band]:
    top = float(_HEADING)
    for ruleset, changes in lines:
        band = _Band(cut(ruleset.title, 90), top, tuple(_segments(changes, ends)))
        yield band
        top = band.bottom + _BETWEEN + _HEADING


def _segments(changes: Sequence[Change], ends: tuple[dt.date, dt.date]) -> Iterator[_Segment]:
    free: list[float] = []
    yield from _not_yet(changes[0], ends)
    for change, end in zip(changes, [*(item.day for item in changes[1:]), ends[1]], strict=True):
        begin = change.day
        left, right = _place(begin, ends), _place(end, ends)
        looks = accents(change.verdict.span) if change.verdict.span else ()
        words = tuple(look.word for look in looks) or (result_words(change.verdict),)
        fits = all(len(word) * _LETTER + 12 <= right - left for word in words)
        day = [str(begin)] if begin > ends[0] else []
        note = " ".join([*day, *([] if fits else [result_words(change.verdict)])])
        line = _line(free, left, len(note) * _LETTER + 14) if note else 0
        yield _Segment(left, right, words if fits else (), looks, note, line)


def _line(free: list[float], left: float, needs: float) -> int:
    """The first line on which a note has room; ``free`` holds where each line is free from."""
    line = next((number for number, since in enumerate(free) if since <= left), len(free))
    free[line : line + 1] = [min(left, _WIDTH - needs) + needs]
    return line


def _not_yet(change: Change, ends: tuple[dt.date, dt.date]) -> Iterator[_Segment]:
    """The time before the first state of a law, which was not in force then."""
    if change.day > ends[0] and change.verdict.ruleset.in_force(ends[0]) is False:
        right, words = _place(change.day, ends), "not in force"
        fits = len(words) * _LETTER + 12 <= right
        yield _Segment(0, right, (words,) if fits else (), (), "", 0)


def _place(day: dt.date, ends: tuple[dt.date, dt.date]) -> float:
    """How far from the left a day is drawn."""
    return (day - ends[0]).days / (ends[1] - ends[0]).days * _WIDTH


# drawing -----------------------------------------------------------------------------------------


def _layers(
    bands: Sequence[_Band], ends: tuple[dt.date, dt.date], scenario: Scenario, height: float
) -> Iterator[dict[str, Any]]:
    plane = Plane.of((0, _WIDTH), height)
    headings = [{"x": 0, "y": band.top - 20, "text": band.title} for band in bands]
    yield plane.text(headings, align="left", fontSize=13, fontWeight="bold")
    tiles = [row for band in bands for row in _tiles(band)]
    area = {"type": "rect", "stroke": SOFT, "strokeWidth": 0.8}
    ends_of = {"x2": {"field": "end"}, "y2": {"field": "bottom"}}
    yield plane.layer(tiles, area, "x", "y", **ends_of, fill=as_given("fill"))
    words = [row for band in bands for row in _words(band)]
    yield plane.text(words, colour="colour", align="center")
    notes = [row for band in bands for row in _notes(band)]
    if notes:
        yield plane.text(notes, align="left")
    yield from _years(ends, height - _YEARS, plane)
    if scenario.date and ends[0] <= scenario.date <= ends[1]:
        place = _place(scenario.date, ends)
        yield plane.layer([{"x": place, "y": band.top - 6} for band in bands], _ARROW)


_ARROW = {
    "type": "point", "shape": "triangle-down", "filled": True, "size": 70, "opacity": 1, "color": INK,
}  # fmt: skip


def _tiles(band: _Band) -> Iterator[dict[str, Any]]:
    for item in band.segments:
        looks: Sequence[Accent | None] = item.looks or (None,)
        for part, look in enumerate(looks):
            height = _BAND / len(looks)
            bottom = band.top + _BAND - part * height
            yield {
                "x": item.begin, "end": item.end, "y": bottom - height, "bottom": bottom,
                "fill": look.fill if look else PAPER,
            }  # fmt: skip


def _words(band: _Band) -> Iterator[dict[str, Any]]:
    for item in band.segments:
        for part, word in enumerate(item.words):
            height = _BAND / len(item.words)
            colour = item.looks[part].on_fill if item.looks else SOFT
            middle = band.top + _BAND - (part + 0.5) * height
            yield {"x": (item.begin + item.end) / 2, "y": middle, "text": word, "colour": colour}


def _notes(band: _Band) -> Iterator[dict[str, Any]]:
    for item in band.segments:
        if item.note:
            left = min(item.begin, _WIDTH - len(item.note) * _LETTER)
            y = band.top + _BAND + _NOTE * (item.line + 0.5) + 2
            yield {"x": left, "y": y, "text": item.note}


def _years(ends: tuple[dt.date, dt.date], top: float, plane: Plane) -> Iterator[dict[str, Any]]:
    """Ticks at the beginning of years, as many as have room, named below."""
    years = range(ends[0].year + 1, ends[1].year + 1)
    every = max(1, math.ceil(len(years) * 38 / _WIDTH))
    named = [
        {"x": _place(dt.date(year, 1, 1), ends), "y": top + 20, "text": str(year)}
        for year in years
        if year % every == 0
    ]
    if named:
        ticks = [{**row, "y": top + 6, "end": top + 12} for row in named]
        rule = {"type": "rule", "stroke": SOFT, "strokeWidth": 1.2}
        yield plane.layer(ticks, rule, y2={"field": "end"})
        yield plane.text(named, align="center", color=SOFT)


# in words --------------------------------------------------------------------------------------


def _title(scenario: Scenario, lines: Sequence[Line], first: dt.date) -> str:
    """What each regime comes to in the end, and since when; of a law out of force, until when."""
    parts = []
    for ruleset, changes in lines:
        last = changes[-1]
        told, when = last.verdict, "throughout" if last.day == first else f"from {last.day}"
        if last.day != first and told.span is None and changes[1:] and changes[-2].verdict.span:
            told, when = changes[-2].verdict, f"until {last.day}"
        parts.append(f"{result_words(told)} under {ruleset.title} {when}")
    return f"{scenario.title or scenario.id}: {joined(parts)}."


def _alt(scenario: Scenario, lines: Sequence[Line]) -> str:
    sentences = [f"{scenario.title or scenario.id}, if made on each day, under that day's law."]
    for ruleset, changes in lines:
        told = (
            f"from {change.day} {result_words(change.verdict)}"
            + (f" ({'; '.join(change.provisions)})" if change.provisions else "")
            for change in changes
        )
        number = pluralise(len(changes) - 1, "change")
        sentences.append(f"{ruleset.title}, {number}: {'; '.join(told)}.")
    return " ".join(sentences)
