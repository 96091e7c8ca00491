"""The timeline of one case: one band a regime, in the colours of its outcomes over time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.comparison.timeline import Change
from regcompare.errors import UsageError
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views.colours import Accent, accents
from regcompare.views.sentences import result_words

from .layout import joined
from .picture import Picture, cut

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
        UsageError: There is nothing to draw, or the last day comes too early.
    """
    timelines = [(ruleset, list(changes)) for ruleset, changes in lines if changes]
    if not timelines:
        raise UsageError("There is nothing to draw: no ruleset has a day of change.")
    days = [change.day for _, changes in timelines for change in changes]
    shown = [*days, *([scenario.date] if scenario.date else [])]
    first, last = min(shown), until or max(shown) + _TAIL
    if last <= max(days):
        raise UsageError(f"The last day of the picture, {last}, is not after the last change.")
    period = (first, last)
    bands = list(_placed_bands(timelines, period))
    bottom = bands[-1].bottom
    arrow = scenario.date if scenario.date and first <= scenario.date <= last else None
    return Picture(
        title=_title(scenario, timelines, first),
        alt=_alt(scenario, timelines),
        note=_BAND_NOTE + (f" The arrow marks the day of the facts, {arrow}." if arrow else ""),
        template="timeline",
        width=_WIDTH,
        height=bottom + _AXIS_HEIGHT,
        data={
            "bands": bands,
            "arrow": _x(arrow, period) if arrow else None,
            "years": list(_years(period)),
            "axis": bottom,
        },
    )


_BAND_NOTE = (
    "What each law makes of the same transaction, if made on that day. A band in two colours: below the "
    "mildest possible outcome, above the strictest."
)


# where things are ----------------------------------------------------------------------------------


@attrs.frozen
class _Part:
    """A piece of a band in one colour, with its word; ``top`` is counted from the top of the band."""

    top: float
    height: float
    look: Accent | None
    word: str


@attrs.frozen
class _Note:
    """What is written below a band: a first day, and the result if it does not fit into the band."""

    x: float
    line: int
    text: str

    @property
    def y(self) -> float:
        """Its middle, from the top of the band."""
        return _BAND_HEIGHT + _NOTE_HEIGHT * (self.line + 0.5) + 2


@attrs.frozen
class _Segment:
    """A stretch of time with one result: the strictest possible outcome above the mildest."""

    begin: float
    end: float
    parts: tuple[_Part, ...]
    note: _Note | None = None


@attrs.frozen
class _Band:
    """One regime: its title, position and segments."""

    title: str
    top: float
    segments: tuple[_Segment, ...]

    @property
    def bottom(self) -> float:
        """The lower end of the notes below the band."""
        lines = max((item.note.line + 1 for item in self.segments if item.note), default=0)
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
        left, right = _x(change.day, period), _x(end, period)
        looks = accents(change.verdict.span) if change.verdict.span else ()
        words = [look.word for look in looks] or [result_words(change.verdict)]
        fits = _fit(words, right - left)
        text = " ".join(
            [
                *([str(change.day)] if change.day > period[0] else []),
                *([] if fits else [result_words(change.verdict)]),
            ]
        )
        note = _placed_note(free_from, left, text) if text else None
        yield _Segment(left, right, _parts(looks or (None,), words if fits else []), note)


def _fit(words: Iterable[str], width: float) -> bool:
    return all(len(word) * _LETTER_WIDTH + 12 <= width for word in words)


def _parts(looks: Sequence[Accent | None], words: Sequence[str]) -> tuple[_Part, ...]:
    """The parts of a segment, the mildest at the bottom."""
    height = _BAND_HEIGHT / len(looks)
    return tuple(
        _Part(_BAND_HEIGHT - (place + 1) * height, height, look, words[place] if words else "")
        for place, look in enumerate(looks)
    )


def _placed_note(free_from: list[float], left: float, text: str) -> _Note:
    """A note where it fits; it begins further left if it would end beyond the picture."""
    x = min(left, _WIDTH - len(text) * _LETTER_WIDTH)
    return _Note(x, _note_line(free_from, left, len(text) * _LETTER_WIDTH + 14), text)


def _note_line(free_from: list[float], left: float, width_needed: float) -> int:
    """The first line on which a note fits; ``free_from`` holds the start of each line's free part."""
    line = next((number for number, x in enumerate(free_from) if x <= left), len(free_from))
    free_from[line : line + 1] = [min(left, _WIDTH - width_needed) + width_needed]
    return line


def _before_force(change: Change, period: tuple[dt.date, dt.date]) -> Iterator[_Segment]:
    """The time before a law was first in force."""
    if change.day > period[0] and change.verdict.ruleset.in_force(period[0]) is False:
        right, label = _x(change.day, period), "not in force"
        yield _Segment(0, right, _parts([None], [label] if _fit([label], right) else []))


def _x(day: dt.date, period: tuple[dt.date, dt.date]) -> float:
    """The position of a day, from the left."""
    return (day - period[0]).days / (period[1] - period[0]).days * _WIDTH


def _years(period: tuple[dt.date, dt.date]) -> Iterator[tuple[float, int]]:
    """The beginnings of years, as many as fit."""
    years = range(period[0].year + 1, period[1].year + 1)
    interval = max(1, math.ceil(len(years) * 38 / _WIDTH))
    for year in years:
        if year % interval == 0:
            yield _x(dt.date(year, 1, 1), period), year


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
