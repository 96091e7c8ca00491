"""Elements shared by several pictures: accents of outcomes, shapes, and the legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.views.colours import ACCENTS, INK, SOFT, Accent

LICENCE_FROM = Outcome.AUTHORISATION
"""The mildest outcome that requires an individual decision."""


Rows = Sequence[Mapping[str, Any]]
"""The data rows of a layer."""


def accent_fields(accent: Accent) -> dict[str, Any]:
    """Returns the fields of an outcome that marks use."""
    return {
        "fill": accent.fill,
        "on_fill": accent.on_fill,
        "shape": _shape(accent),
        "short": accent.short,
        "word": accent.word,
    }


def _shape(accent: Accent) -> str:
    """The name of a shape, including whether it is filled."""
    return f"{accent.shape}{'' if accent.is_filled else ' open'}"


def unscaled(field: str) -> dict[str, Any]:
    """Returns the encoding of a field whose values are used without a scale."""
    return {"field": field, "type": "nominal", "scale": None}


@attrs.frozen
class Plane:
    """A pair of scales, for the layers drawn on them.

    Attributes:
        x: The scale across, as an encoding without its field.
        y: The scale down.
    """

    x: Mapping[str, Any]
    y: Mapping[str, Any]

    @classmethod
    def of(cls, across: Sequence[float], down: float) -> Plane:
        """Returns a plane without axes: across from one number to another, down from 0 at the top."""
        bare = {"type": "quantitative", "axis": None}
        scale = {"domain": [0, down], "reverse": True}
        return cls({**bare, "scale": {"domain": list(across), "nice": False}}, {**bare, "scale": scale})

    def layer(
        self, rows: Rows, mark: Mapping[str, Any], x: str = "x", y: str = "y", **encoding: Any
    ) -> dict[str, Any]:
        """Returns rows drawn with a mark; ``x`` and ``y`` name the position fields."""
        position = {"x": {**self.x, "field": x}, "y": {**self.y, "field": y}}
        return {"data": {"values": rows}, "mark": mark, "encoding": {**position, **encoding}}

    def text(
        self, rows: Rows, x: str = "x", y: str = "y", *, colour: str = "", **mark: Any
    ) -> dict[str, Any]:
        """Returns the texts of rows; ``colour`` names the field of their colour."""
        colour_channel = {"color": unscaled(colour)} if colour else {}
        words = {"text": {"field": "text", "type": "nominal"}, **colour_channel}
        style = {"type": "text", "fontSize": 12, "color": INK, "baseline": "middle", **mark}
        return self.layer(rows, style, x, y, **words)

    def shapes(self, rows: Rows, x: str, y: str, **mark: Any) -> list[dict[str, Any]]:
        """Returns two layers of shapes on fills: open shapes in outline, filled ones solid."""
        scale = {"domain": list(map(_shape, ACCENTS)), "range": [accent.shape for accent in ACCENTS]}
        shape = {"field": "shape", "type": "nominal", "scale": scale, "legend": None}
        style = {"type": "point", "opacity": 1, "strokeWidth": 1.5, **mark}
        layers = []
        for is_filled in (False, True):
            shapes = {_shape(accent) for accent in ACCENTS if accent.is_filled is is_filled}
            shown = [row for row in rows if row["shape"] in shapes]
            shape_style = {**style, "filled": is_filled, "stroke" if is_filled else "fill": None}
            colour: dict[str, Any] = {"fill" if is_filled else "stroke": unscaled("on_fill")}
            layers.append(self.layer(shown, shape_style, x, y, shape=shape, **colour))
        return layers


def legend(
    width: int, outcomes: Iterable[Outcome], extra: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Returns a strip with the shape, colour and name of each outcome, and of extra entries."""
    rows: list[dict[str, Any]] = []
    x, line = 0.0, 0
    for entry in (*(accent_fields(ACCENTS[outcome.rank]) for outcome in sorted(set(outcomes))), *extra):
        width_needed = 34 + 6.6 * len(entry["word"])
        if x and x + width_needed > width:
            x, line = 0.0, line + 1
        rows.append({"at": x, "line": line, "text": entry["word"], **entry})
        x += width_needed
    line_count = line + 1
    across = {"type": "quantitative", "scale": {"domain": [0, width]}, "axis": None}
    down = {"domain": [line_count - 0.5, -0.5], "nice": False, "zero": False}
    plane = Plane(across, {"type": "quantitative", "axis": None, "scale": down})
    square = {"type": "square", "size": 260, "opacity": 1, "stroke": SOFT, "strokeWidth": 0.6}
    swatch = plane.layer(rows, {**square, "xOffset": 8}, "at", "line", fill=unscaled("fill"))
    shapes = plane.shapes(rows, "at", "line", size=50, xOffset=8)
    words = plane.text(rows, "at", "line", align="left", dx=22)
    return {"width": width, "height": 24 * line_count, "layer": [swatch, *shapes, words]}


def joined(parts: Sequence[str]) -> str:
    """Returns parts as a list in a sentence, separated by semicolons if they contain commas."""
    if len(parts) < 2:
        return "".join(parts)
    separator = ";" if any("," in part for part in parts) else ","
    last_separator = separator if len(parts) > 2 or separator == ";" else ""
    return f"{f'{separator} '.join(parts[:-1])}{last_separator} and {parts[-1]}"
