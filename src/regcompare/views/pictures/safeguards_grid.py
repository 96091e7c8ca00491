"""The safeguards grid: how strongly each kind of duty binds under each regime."""

from __future__ import annotations

import textwrap
from typing import Any

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.comparison.safeguards import Cell, Safeguards
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Protects, Strength
from regcompare.views._colours import INK, RULE, SOFT

from .marks import Plane, as_given, joined
from .picture import Picture, literal, picture

_FILLS = {
    Strength.MAY: ("#e6eef0", INK),
    Strength.VOLUNTARY: ("#d3e3e7", INK),
    Strength.PRESUPPOSED: ("#b3d0d7", INK),
    Strength.MUST_CONSIDER: ("#7fb0bd", INK),
    Strength.MUST: ("#1f5f70", "#ffffff"),
}
"""The colours of the strengths, weakest first: area, and text on it."""

_LINE, _LABELS, _HEAD = 30, 190, 15
_WIDEST, _ALL = 190, 870
"""A column is at most so wide, and all columns together."""


@attrs.frozen
class _Held:
    """The strongest of a cell."""

    text: str
    fill: str
    on_fill: str
    is_sure: bool


def safeguards_grid(table: Safeguards) -> Picture:
    """Draws kinds of safeguards by regimes, each cell with its strength as a word.

    Raises:
        UsageError: The table is empty, or the extra ``plot`` is not installed.
    """
    if not table.rows or not table.rulesets:
        raise UsageError("There is nothing to draw: the table holds no ruleset.")
    column = min(_WIDEST, _ALL // len(table.rulesets))
    groups = [part for protects in Protects if (part := table.group(protects)).rows]
    note = (
        "Each cell says how strongly the strongest provisions of its kind bind, and how many they are."
    )
    if not all(_strongest(cell).is_sure for _, row in table.rows for cell in row):
        note += " A dashed frame: open whether it applies."
    return picture(
        {"vconcat": [_panel(one, column, is_first=one is groups[0]) for one in groups], "spacing": 14},
        title=groups[0].sentence(),
        alt=_alt(table),
        note=note,
        width=_LABELS + column * len(table.rulesets),
    )


def _panel(part: Safeguards, column: int, *, is_first: bool) -> dict[str, Any]:
    """The kinds that protect the same, under a heading that counts those that bind."""
    counts = ", ".join(f"{sure} to {most}" if most > sure else str(sure) for sure, most in part.counts())
    heading = f"{part.rows[0][0].protects}".capitalize()
    return {
        "width": column * len(part.rulesets),
        "height": _LINE * len(part.rows),
        "title": {
            "text": f"{heading}: {counts} of {len(part.rows)} bind",
            "fontSize": 13, "offset": 8, "anchor": "start", "frame": "group", "color": INK,
        },
        "layer": _layers(part, column, is_first=is_first),
    }  # fmt: skip


def _strongest(cell: Cell) -> _Held:
    if not cell.held:
        return _Held(cell.empty, "#ffffff", SOFT, True)
    ranked = list(Strength)
    best = max(cell.held, key=lambda item: (bool(item.applies), ranked.index(Strength(item.strength))))
    fill, on_fill = _FILLS[Strength(best.strength)]
    alike = (item for item in cell.held if item.strength == best.strength)
    number = len({(item.ruleset.id, item.provision.id) for item in alike})
    text = f"{best.strength} · {number}"
    return _Held(text if best.applies else f"{text}, open", fill, on_fill, bool(best.applies))


def _layers(table: Safeguards, column: int, *, is_first: bool) -> list[dict[str, Any]]:
    cells = [
        {"kind": line, "ruleset": place, **attrs.asdict(_strongest(cell))}
        for line, (_, row) in enumerate(table.rows)
        for place, cell in enumerate(row)
    ]
    titles = [
        textwrap.wrap(ruleset.title, column // 7, max_lines=2, placeholder="…") or [""]
        for ruleset in table.rulesets
    ]
    names, above = literal(titles), _HEAD * (max(map(len, titles)) - 1)
    heads = {
        "orient": "top", "labelAngle": 0, "labelExpr": f"{names}[datum.value]",
        "labelFontWeight": "bold", "labelPadding": 8 + above, "labelLimit": column - 6,
    }  # fmt: skip
    kinds = literal([str(kind) for kind, _ in table.rows])
    labels = {"labelExpr": f"{kinds}[datum.value]", "labelPadding": 10, "labelLimit": _LABELS}
    plane = Plane(
        {"type": "ordinal", "axis": heads if is_first else None}, {"type": "ordinal", "axis": labels}
    )
    area: dict[str, Any] = {"type": "rect", "width": column - 5, "height": _LINE - 4, "cornerRadius": 2}
    frames: dict[bool, dict[str, Any]] = {
        True: {"stroke": RULE, "strokeWidth": 1},
        False: {"stroke": INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
    }
    areas = [
        plane.layer(
            [cell for cell in cells if cell["is_sure"] is sure],
            {**area, **frame},
            *("ruleset", "kind"),
            fill=as_given("fill"),
        )
        for sure, frame in frames.items()
    ]
    return [*areas, plane.text(cells, "ruleset", "kind", colour="on_fill")]


def _alt(table: Safeguards) -> str:
    names = [ruleset.title for ruleset in table.rulesets]
    sentences = [f"{pluralise(len(table.rows), 'kind')} of safeguard under {joined(names)}."]
    for kind, row in table.rows:
        told = (f"{name} {_strongest(cell).text}" for name, cell in zip(names, row, strict=True))
        sentences.append(f"{str(kind).capitalize()}: {'; '.join(told)}.")
    return " ".join(sentences)
