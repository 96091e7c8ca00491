"""The timeline of one case: one band a regime, in the colours of its outcomes over time."""

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
from regcompare.views.colours import INK, PAPER, SOFT, Accent, accents
from regcompare.views.sentences import result_words

from .marks import Plane, joined, unscaled
from .picture import Picture, cut, picture

Timeline = tuple[Ruleset, Sequence[Change]]

_WIDTH, _HEADING_HEIGHT, _BAND_HEIGHT, _NOTE_HEIGHT, _BAND_GAP, _AXIS_HEIGHT = 800, 32, 44, 17, 10, 30
_LETTER_WIDTH = 6.4
"""The width of a letter, in units of the picture."""
_TAIL = dt.timedelta(days=365)
"""How long the last result is shown if no last day is given."""


def timeline_picture(
    scenario: Scenario, lines: Iterable[Timeline], *, until: dt.date | None = None
) -> Picture:
    """Draws the outcomes that each regime allows over time, as one band a regime.

    Args:
        scenario: The case.
        lines: Each ruleset with its changes from ``regcompare.comparison.timeline.timeline``.
        until: The last day; by default a year after the last change or the day of the facts.

    Raises:
        UsageError: There is nothing to draw, or the extra ``plot`` is not installed.
    """
    timelines = [(ruleset, list(changes)) for ruleset, changes in lines if changes]
    if not timelines:
        raise UsageError("There is nothing to draw: no ruleset has a day of change.")
    days = [change.day for _, changes in timelines for change in changes]
    shown = [*days, *([scenario.date] if scenario.date else [])]
    first, last = min(shown), until or max(shown) + _TAIL
    if last <= max(days):
        raise UsageError(f"The last day of the picture, {last}, is not after the last change.")
    arrow_note = f" The arrow marks the day of the facts, {scenario.date}."
    bands = list(_placed_bands(timelines, (first, last)))
    height = bands[-1].bottom + _AXIS_HEIGHT
    return picture(
        {
            "width": _WIDTH,
            "height": height,
            "layer": list(_layers(bands, (first, last), scenario, height)),
        },
        title=_title(scenario, timelines, first),
        alt=_alt(scenario, timelines),
        note=_BAND_NOTE + (arrow_note if scenario.date and first <= scenario.date <= last else ""),
        width=_WIDTH,
    )


_BAND_NOTE = (
    "What each law makes of the same transaction, if made on that day. A band in two colours: below the "
    "mildest possible outcome, above the strictest."
)


# where things are ----------------------------------------------------------------------------------


@attrs.frozen
class _Segment:
    """A stretch of time with one result, whose parts are listed from the bottom.

    Without an outcome it has no looks.  The note is written on a line below the band: its first day,
    and the result if it does not fit into the band.
    """

    begin: float
    end: float
    words: tuple[str, ...]
    looks: tuple[Accent, ...]
    note: str
    line: int


@attrs.frozen
class _Band:
    """One regime: its title, position and segments."""

    title: str
    top: float
    segments: tuple[_Segment, ...]

    @property
    def bottom(self) -> float:
        """The lower end of the notes below the band."""
        lines = max((item.line + 1 for item in self.segments if item.note), default=0)
        return self.top + _BAND_HEIGHT + _NOTE_HEIGHT * lines


def _placed_bands(timelines: Sequence[Timeline], period: tuple[dt.date, dt.date]) -> Iterator[_Band]:
    top = float(_HEADING_HEIGHT)
    for ruleset, changes in timelines:
        band = _Band(cut(ruleset.title, 90), top, tuple(_segments(changes, period)))
        yield band
        top = band.bottom + _BAND_GAP + _HEADING_HEIGHT


def _segments(changes: Sequence[Change], period: tuple[dt.date, dt.date]) -> Iterator[_Segment]:
    free_from: list[float] = []
    yield from _before_force(changes[0], period)
    for change, end in zip(changes, [*(item.day for item in changes[1:]), period[1]], strict=True):
        begin = change.day
        left, right = _x(begin, period), _x(end, period)
        looks = accents(change.verdict.span) if change.verdict.span else ()
        words = tuple(look.word for look in looks) or (result_words(change.verdict),)
        fits = all(len(word) * _LETTER_WIDTH + 12 <= right - left for word in words)
        day = [str(begin)] if begin > period[0] else []
        note = " ".join([*day, *([] if fits else [result_words(change.verdict)])])
        line = _note_line(free_from, left, len(note) * _LETTER_WIDTH + 14) if note else 0
        yield _Segment(left, right, words if fits else (), looks, note, line)


def _note_line(free_from: list[float], left: float, width_needed: float) -> int:
    """The first line on which a note fits; ``free_from`` holds the start of each line's free part."""
    line = next((number for number, x in enumerate(free_from) if x <= left), len(free_from))
    free_from[line : line + 1] = [min(left, _WIDTH - width_needed) + width_needed]
    return line


def _before_force(change: Change, period: tuple[dt.date, dt.date]) -> Iterator[_Segment]:
    """The time before a law was first in force."""
    if change.day > period[0] and change.verdict.ruleset.in_force(period[0]) is False:
        right, label = _x(change.day, period), "not in force"
        fits = len(label) * _LETTER_WIDTH + 12 <= right
        yield _Segment(0, right, (label,) if fits else (), (), "", 0)


def _x(day: dt.date, period: tuple[dt.date, dt.date]) -> float:
    """The position of a day, from the left."""
    return (day - period[0]).days / (period[1] - period[0]).days * _WIDTH


# drawing -----------------------------------------------------------------------------------------


def _layers(
    bands: Sequence[_Band], period: tuple[dt.date, dt.date], scenario: Scenario, height: float
) -> Iterator[dict[str, Any]]:
    plane = Plane.of((0, _WIDTH), height)
    headings = [{"x": 0, "y": band.top - 20, "text": band.title} for band in bands]
    yield plane.text(headings, align="left", fontSize=13, fontWeight="bold")
    tiles = [row for band in bands for row in _tiles(band)]
    area = {"type": "rect", "stroke": SOFT, "strokeWidth": 0.8}
    extents = {"x2": {"field": "end"}, "y2": {"field": "bottom"}}
    yield plane.layer(tiles, area, "x", "y", **extents, fill=unscaled("fill"))
    words = [row for band in bands for row in _words(band)]
    yield plane.text(words, colour="colour", align="center")
    notes = [row for band in bands for row in _notes(band)]
    if notes:
        yield plane.text(notes, align="left")
    yield from _years(period, height - _AXIS_HEIGHT, plane)
    if scenario.date and period[0] <= scenario.date <= period[1]:
        x = _x(scenario.date, period)
        yield plane.layer([{"x": x, "y": band.top - 6} for band in bands], _ARROW)


_ARROW = {
    "type": "point", "shape": "triangle-down", "filled": True, "size": 70, "opacity": 1, "color": INK,
}  # fmt: skip


def _tiles(band: _Band) -> Iterator[dict[str, Any]]:
    for segment in band.segments:
        looks: Sequence[Accent | None] = segment.looks or (None,)
        for index, accent in enumerate(looks):
            height = _BAND_HEIGHT / len(looks)
            bottom = band.top + _BAND_HEIGHT - index * height
            yield {
                "x": segment.begin, "end": segment.end, "y": bottom - height, "bottom": bottom,
                "fill": accent.fill if accent else PAPER
            }  # fmt: skip


def _words(band: _Band) -> Iterator[dict[str, Any]]:
    for segment in band.segments:
        for index, word in enumerate(segment.words):
            height = _BAND_HEIGHT / len(segment.words)
            colour = segment.looks[index].on_fill if segment.looks else SOFT
            middle = band.top + _BAND_HEIGHT - (index + 0.5) * height
            yield {"x": (segment.begin + segment.end) / 2, "y": middle, "text": word, "colour": colour}


def _notes(band: _Band) -> Iterator[dict[str, Any]]:
    for segment in band.segments:
        if segment.note:
            left = min(segment.begin, _WIDTH - len(segment.note) * _LETTER_WIDTH)
            y = band.top + _BAND_HEIGHT + _NOTE_HEIGHT * (segment.line + 0.5) + 2
            yield {"x": left, "y": y, "text": segment.note}


def _years(period: tuple[dt.date, dt.date], top: float, plane: Plane) -> Iterator[dict[str, Any]]:
    """Ticks at the beginning of years, as many as fit, with labels below."""
    years = range(period[0].year + 1, period[1].year + 1)
    interval = max(1, math.ceil(len(years) * 38 / _WIDTH))
    labels = [
        {"x": _x(dt.date(year, 1, 1), period), "y": top + 20, "text": str(year)}
        for year in years
        if year % interval == 0
    ]
    if labels:
        ticks = [{**row, "y": top + 6, "end": top + 12} for row in labels]
        rule = {"type": "rule", "stroke": SOFT, "strokeWidth": 1.2}
        yield plane.layer(ticks, rule, y2={"field": "end"})
        yield plane.text(labels, align="center", color=SOFT)


# in words --------------------------------------------------------------------------------------


def _title(scenario: Scenario, timelines: Sequence[Timeline], first: dt.date) -> str:
    """The last result of each regime and since when; for a repealed law, until when."""
    parts = []
    for ruleset, changes in timelines:
        last = changes[-1]
        verdict, time = (last.verdict, "throughout" if last.day == first else f"from {last.day}")
        if last.day != first and verdict.span is None and changes[1:] and changes[-2].verdict.span:
            verdict, time = changes[-2].verdict, f"until {last.day}"
        parts.append(f"{result_words(verdict)} under {ruleset.title} {time}")
    return f"{scenario.title or scenario.id}: {joined(parts)}."


def _alt(scenario: Scenario, timelines: Sequence[Timeline]) -> str:
    sentences = [f"{scenario.title or scenario.id}, if made on each day, under that day's law."]
    for ruleset, changes in timelines:
        clauses = (
            f"from {change.day} {result_words(change.verdict)}"
            + (f" ({'; '.join(change.provisions)})" if change.provisions else "")
            for change in changes
        )
        count = pluralise(len(changes) - 1, "change")
        sentences.append(f"{ruleset.title}, {count}: {'; '.join(clauses)}.")
    return " ".join(sentences)
