"""The timeline of one case: what each regime would have made of it, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from regcompare.comparison.comparison import counted
from regcompare.comparison.timeline import Change
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.views._colours import INK, RULE, SOFT
from regcompare.views.sentences import result_words

from .marks import STEPS_LABELS, STOPS, fill, joined, tiles
from .picture import Picture, cut, literal, picture

__all__ = ["timeline_picture"]

Line = tuple[Ruleset, Sequence[Change]]

_WIDTH, _STEP, _LABELS = 640, 17, 150
_AFTER = dt.timedelta(days=365)
"""How long the last state is shown where no last day is given."""


def timeline_picture(
    scenario: Scenario, lines: Iterable[Line], *, until: dt.date | None = None
) -> Picture:
    """Draws the outcomes that each regime allows over time, as steps between the days of change.

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
    panels = [
        _panel(scenario, line, (first, last), is_last=number == len(drawn) - 1)
        for number, line in enumerate(drawn)
    ]
    return picture(
        {"vconcat": panels, "spacing": 20},
        title=_title(scenario, drawn, first),
        alt=_alt(scenario, drawn),
        note="The possible outcomes if the same transaction were made on that day, under its law. Above "
        "the line the export needs a licence or may not go." + _facts_note(scenario, first, last),
        width=_WIDTH + _LABELS,
    )


def _facts_note(scenario: Scenario, first: dt.date, last: dt.date) -> str:
    if scenario.date and first <= scenario.date <= last:
        return f" The arrow marks the day of the facts, {scenario.date}."
    return ""


def _panel(
    scenario: Scenario, line: Line, ends: tuple[dt.date, dt.date], *, is_last: bool
) -> dict[str, Any]:
    ruleset, changes = line
    states = list(_states(changes, ends[1]))
    x = _x(ends, is_last=is_last)
    layers = [_threshold()]
    reached = [row for change, begin, end in states for row in _tiles(change, begin, end)]
    if reached:
        layers.append(_areas(reached, x))
    begun = [change for change in changes if change.day > ends[0]]
    layers += [_changes(begun, x), _words(states, x)] if begun else [_words(states, x)]
    if scenario.date and ends[0] <= scenario.date <= ends[1]:
        layers.append(_facts(scenario.date, x))
    return {
        "width": _WIDTH,
        "height": int(7.8 * _STEP),
        "title": {"text": cut(ruleset.title, 60), "fontSize": 13, "offset": 6, "frame": "group"},
        "layer": layers,
    }


def _states(changes: Sequence[Change], last: dt.date) -> Iterator[tuple[Change, dt.date, dt.date]]:
    """Each state with the day on which it begins and the day before which it ends."""
    ends = [change.day for change in changes[1:]] + [last]
    for change, end in zip(changes, ends, strict=True):
        yield change, change.day, end


def _tiles(change: Change, begin: dt.date, end: dt.date) -> Iterator[dict[str, Any]]:
    if change.verdict.span:
        for tile in tiles(change.verdict.span):
            yield {
                **tile, "begin": begin.toordinal(), "end": end.toordinal(),
                "bottom": tile["left"] + 0.04, "top": tile["right"] - 0.04,
            }  # fmt: skip


def _x(ends: tuple[dt.date, dt.date], *, is_last: bool) -> dict[str, Any]:
    years = [
        dt.date(year, 1, 1).toordinal()
        for year in range(ends[0].year, ends[1].year + 1)
        if ends[0] <= dt.date(year, 1, 1) <= ends[1]
    ]
    names = {day: str(dt.date.fromordinal(day).year) for day in years}
    return {
        "type": "quantitative",
        "scale": {"domain": [ends[0].toordinal(), ends[1].toordinal()], "nice": False, "zero": False},
        "axis": {
            "values": years, "labelExpr": f"{literal(names)}[datum.value]", "labelColor": SOFT,
            "labelFontSize": 11, "labelPadding": 5, "labels": is_last, "ticks": True,
            "tickColor": RULE, "tickSize": 5, "domain": True, "domainColor": RULE,
        },
    }  # fmt: skip


def _y(field: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [-0.5, 7.3], "nice": False, "zero": False},
        "axis": {
            "values": list(range(7)), "labelExpr": STEPS_LABELS, "labelFontSize": 11,
            "labelColor": SOFT, "labelOverlap": False, "labelPadding": 8, "minExtent": _LABELS,
        },
    }  # fmt: skip


def _threshold() -> dict[str, Any]:
    return {
        "data": {"values": [{"step": STOPS.rank - 0.5}]},
        "mark": {"type": "rule", "stroke": SOFT, "strokeWidth": 1},
        "encoding": {"y": _y("step")},
    }


def _areas(rows: list[dict[str, Any]], x: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "rect", "stroke": RULE, "strokeWidth": 0.5},
        "encoding": {
            "x": {**x, "field": "begin"},
            "x2": {"field": "end"},
            "y": _y("bottom"),
            "y2": {"field": "top"},
            "fill": fill(),
        },
    }


def _changes(changes: Sequence[Change], x: dict[str, Any]) -> dict[str, Any]:
    rows = [{"day": change.day.toordinal()} for change in changes]
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "stroke": INK, "strokeDash": [2, 3], "strokeWidth": 1},
        "encoding": {"x": {**x, "field": "day"}},
    }


def _words(states: Sequence[tuple[Change, dt.date, dt.date]], x: dict[str, Any]) -> dict[str, Any]:
    """The day of each change, and that a ruleset does not apply; the axis names the outcomes."""
    first = x["scale"]["domain"][0]
    rows = list(_not_yet(states[0][0], x))
    for change, begin, end in states:
        day = [str(change.day)] if begin.toordinal() > first else []
        result = [] if change.verdict.span else [result_words(change.verdict)]
        room = _room(end.toordinal() - begin.toordinal(), x)
        text = _longest((": ".join([*day, *result]), *result, *day), room)
        rows.append({"day": begin.toordinal(), "step": _free(change), "text": text})
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11, "color": INK},
        "encoding": {
            "x": {**x, "field": "day"}, "y": _y("step"), "text": {"field": "text", "type": "nominal"},
        },
    }  # fmt: skip


def _not_yet(change: Change, x: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The words before the first state of a law, which was not in force then."""
    first, begin = x["scale"]["domain"][0], change.day.toordinal()
    if begin > first and change.verdict.ruleset.in_force(dt.date.fromordinal(first)) is False:
        yield {"day": first, "step": 0, "text": _longest(["not in force"], _room(begin - first, x))}


def _room(days: int, x: dict[str, Any]) -> float:
    """How wide so many days are drawn."""
    first, last = x["scale"]["domain"]
    return float(days / (last - first) * _WIDTH)


_LETTER = 5.6
"""How wide a letter of a label is, in units of the picture."""


def _longest(texts: Iterable[str], room: float) -> str:
    """The first text that fits into a stretch of time, or none."""
    return next((text for text in texts if len(text) * _LETTER + 8 <= room), "")


def _free(change: Change) -> int:
    """The step at which a state leaves room for words."""
    span = change.verdict.span
    if span is None:
        return 0
    return span.high.rank + 1 if span.high < max(Outcome) else max(span.low.rank - 1, 0)


def _facts(day: dt.date, x: dict[str, Any]) -> dict[str, Any]:
    return {
        "data": {"values": [{"day": day.toordinal(), "step": 6.95}]},
        "mark": {
            "type": "point",
            "shape": "triangle-down",
            "filled": True,
            "size": 70,
            "opacity": 1,
            "color": INK,
        },
        "encoding": {"x": {**x, "field": "day"}, "y": _y("step")},
    }


# in words --------------------------------------------------------------------------------------


def _title(scenario: Scenario, lines: Sequence[Line], first: dt.date) -> str:
    """What each regime comes to in the end, and since when; of a law out of force, until when."""
    parts = [_state(ruleset, changes, first) for ruleset, changes in lines]
    return f"{scenario.title or scenario.id}: {joined(parts)}."


def _state(ruleset: Ruleset, changes: Sequence[Change], first: dt.date) -> str:
    last = changes[-1]
    result = result_words(last.verdict)
    if last.day == first:
        return f"{result} under {ruleset.title} throughout"
    if last.verdict.span is None and changes[1:] and changes[-2].verdict.span:
        return f"{result_words(changes[-2].verdict)} under {ruleset.title} until {last.day}"
    return f"{result} under {ruleset.title} from {last.day}"


def _alt(scenario: Scenario, lines: Sequence[Line]) -> str:
    sentences = [f"{scenario.title or scenario.id}, if made on each day, under that day's law."]
    for ruleset, changes in lines:
        told = (
            f"from {change.day} {result_words(change.verdict)}"
            + (f" ({'; '.join(change.provisions)})" if change.provisions else "")
            for change in changes
        )
        number = counted(len(changes) - 1, "change")
        sentences.append(f"{ruleset.title}, {number}: {'; '.join(told)}.")
    return " ".join(sentences)
