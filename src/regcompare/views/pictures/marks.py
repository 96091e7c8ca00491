"""What several pictures share: the looks of outcomes, shapes, and the legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.views._colours import ACCENTS, INK, SOFT, Accent

STOPS = Outcome.AUTHORISATION
"""From this outcome on nobody may export without somebody's leave."""


Rows = Sequence[Mapping[str, Any]]
"""What a layer draws."""


def look_of(look: Accent) -> dict[str, Any]:
    """Returns what marks need to know about an outcome."""
    return {
        "fill": look.fill,
        "on_fill": look.on_fill,
        "shape": _shape(look),
        "short": look.short,
        "word": look.word,
    }


def _shape(look: Accent) -> str:
    """The name of a shape, which says whether it is filled."""
    return f"{look.shape}{'' if look.is_filled else ' open'}"


def as_given(field: str) -> dict[str, Any]:
    """Returns the encoding of a colour, or a word, that rows give as it is."""
    return {"field": field, "type": "nominal", "scale": None}


@attrs.frozen
class Plane:
    """Two scales, and the layers that are drawn over them.

    Attributes:
        x: The scale across, as an encoding without its field.
        y: The scale down.
    """

    x: Mapping[str, Any]
    y: Mapping[str, Any]

    @classmethod
    def of(cls, across: Sequence[float], down: float) -> Plane:
        """Returns a plane without axes: from one number to another, and from 0 at the top down."""
        bare = {"type": "quantitative", "axis": None}
        scale = {"domain": [0, down], "reverse": True}
        return cls({**bare, "scale": {"domain": list(across), "nice": False}}, {**bare, "scale": scale})

    def layer(
        self, rows: Rows, mark: Mapping[str, Any], x: str = "x", y: str = "y", **encoding: Any
    ) -> dict[str, Any]:
        """Returns rows drawn with a mark; ``x`` and ``y`` name the fields that say where."""
        at = {"x": {**self.x, "field": x}, "y": {**self.y, "field": y}}
        return {"data": {"values": rows}, "mark": mark, "encoding": {**at, **encoding}}

    def text(
        self, rows: Rows, x: str = "x", y: str = "y", *, colour: str = "", **mark: Any
    ) -> dict[str, Any]:
        """Returns the texts of rows; ``colour`` names the field that gives their colour."""
        own = {"color": as_given(colour)} if colour else {}
        words = {"text": {"field": "text", "type": "nominal"}, **own}
        style = {"type": "text", "fontSize": 12, "color": INK, "baseline": "middle", **mark}
        return self.layer(rows, style, x, y, **words)

    def shapes(self, rows: Rows, x: str, y: str, **mark: Any) -> list[dict[str, Any]]:
        """Returns two layers of shapes on fills: open ones drawn in outline, filled ones solid."""
        scale = {"domain": list(map(_shape, ACCENTS)), "range": [look.shape for look in ACCENTS]}
        shape = {"field": "shape", "type": "nominal", "scale": scale, "legend": None}
        style = {"type": "point", "opacity": 1, "strokeWidth": 1.5, **mark}
        layers = []
        for filled in (False, True):
            kinds = {_shape(look) for look in ACCENTS if look.is_filled is filled}
            shown = [row for row in rows if row["shape"] in kinds]
            own = {**style, "filled": filled, "stroke" if filled else "fill": None}
            colour: dict[str, Any] = {"fill" if filled else "stroke": as_given("on_fill")}
            layers.append(self.layer(shown, own, x, y, shape=shape, **colour))
        return layers


def legend(
    width: int, outcomes: Iterable[Outcome], more: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Returns a strip that names the shape and the colour of each outcome, and of what else there is."""
    rows: list[dict[str, Any]] = []
    place, line = 0.0, 0
    for look in (*(look_of(ACCENTS[outcome.rank]) for outcome in sorted(set(outcomes))), *more):
        needs = 34 + 6.6 * len(look["word"])
        if place and place + needs > width:
            place, line = 0.0, line + 1
        rows.append({"at": place, "line": line, "text": look["word"], **look})
        place += needs
    lines = line + 1
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    down = {"domain": [lines - 0.5, -0.5], "nice": False, "zero": False}
    plane = Plane(across, {"type": "quantitative", "axis": None, "scale": down})
    square = {"type": "square", "size": 260, "opacity": 1, "stroke": SOFT, "strokeWidth": 0.6}
    swatch = plane.layer(rows, {**square, "xOffset": 8}, "at", "line", fill=as_given("fill"))
    shapes = plane.shapes(rows, "at", "line", size=50, xOffset=8)
    words = plane.text(rows, "at", "line", align="left", dx=22)
    return {"width": width, "height": 24 * lines, "layer": [swatch, *shapes, words]}


def joined(parts: Sequence[str]) -> str:
    """Returns parts as a list in a sentence, apart by semicolons where they hold commas."""
    if len(parts) < 2:
        return "".join(parts)
    sign = ";" if any("," in part for part in parts) else ","
    before = sign if len(parts) > 2 or sign == ";" else ""
    return f"{f'{sign} '.join(parts[:-1])}{before} and {parts[-1]}"
