"""The safeguards grid: how strongly each kind of duty binds under each regime."""

from __future__ import annotations

import textwrap
from typing import Any

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.comparison.safeguards import Cell, Safeguards
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Protects, Strength
from regcompare.views.colours import INK, RULE, SOFT

from .marks import Plane, joined, unscaled
from .picture import Picture, literal, picture

_FILLS = {
    Strength.MAY: ("#e6eef0", INK),
    Strength.VOLUNTARY: ("#d3e3e7", INK),
    Strength.PRESUPPOSED: ("#b3d0d7", INK),
    Strength.MUST_CONSIDER: ("#7fb0bd", INK),
    Strength.MUST: ("#1f5f70", "#ffffff"),
}
"""The colours of the strengths, weakest first: of the area, and of text on it."""

_ROW_HEIGHT, _LABEL_WIDTH, _HEAD_LINE = 30, 190, 15
_MAX_COLUMN, _MAX_WIDTH = 190, 870
"""The greatest width of a column, and of all columns together."""


@attrs.frozen
class _CellLook:
    """The text and colours of a cell, from its strongest provisions."""

    text: str
    fill: str
    on_fill: str
    is_sure: bool


def safeguards_grid(table: Safeguards) -> Picture:
    """Draws kinds of safeguard by regime, each cell with its strength as a word.

    Raises:
        UsageError: The table is empty, or the extra ``plot`` is not installed.
    """
    if not table.rows or not table.rulesets:
        raise UsageError("There is nothing to draw: the table holds no ruleset.")
    width = min(_MAX_COLUMN, _MAX_WIDTH // len(table.rulesets))
    groups = [part for protects in Protects if (part := table.group(protects)).rows]
    note = (
        "Each cell says how strongly the strongest provisions of its kind bind, and how many they are."
    )
    if not all(_strongest(cell).is_sure for _, row in table.rows for cell in row):
        note += " A dashed frame: open whether it applies."
    return picture(
        {
            "vconcat": [_panel(group, width, is_first=group is groups[0]) for group in groups],
            "spacing": 14,
        },
        title=groups[0].sentence(),
        alt=_alt(table),
        note=note,
        width=_LABEL_WIDTH + width * len(table.rulesets),
    )


def _panel(group: Safeguards, width: int, *, is_first: bool) -> dict[str, Any]:
    """The kinds that protect one group, under a heading that counts those that bind."""
    counts = ", ".join(
        f"{certain} to {possible}" if possible > certain else str(certain)
        for certain, possible in group.counts()
    )
    heading = f"{group.rows[0][0].protects}".capitalize()
    return {
        "width": width * len(group.rulesets),
        "height": _ROW_HEIGHT * len(group.rows),
        "title": {
            "text": f"{heading}: {counts} of {len(group.rows)} bind",
            "fontSize": 13, "offset": 8, "anchor": "start", "frame": "group", "color": INK,
        },
        "layer": _layers(group, width, is_first=is_first)
    }  # fmt: skip


def _strongest(cell: Cell) -> _CellLook:
    if not cell.held:
        return _CellLook(cell.empty, "#ffffff", SOFT, True)
    order = list(Strength)
    best = max(cell.held, key=lambda duty: (bool(duty.applies), order.index(Strength(duty.strength))))
    fill, on_fill = _FILLS[Strength(best.strength)]
    alike = (duty for duty in cell.held if duty.strength == best.strength)
    count = len({(duty.ruleset.id, duty.provision.id) for duty in alike})
    text = f"{best.strength} · {count}"
    return _CellLook(text if best.applies else f"{text}, open", fill, on_fill, bool(best.applies))


def _layers(table: Safeguards, width: int, *, is_first: bool) -> list[dict[str, Any]]:
    cells = [
        {"kind": row_index, "ruleset": column_index, **attrs.asdict(_strongest(cell))}
        for row_index, (_, row) in enumerate(table.rows)
        for column_index, cell in enumerate(row)
    ]
    titles = [
        textwrap.wrap(ruleset.title, width // 7, max_lines=2, placeholder="…") or [""]
        for ruleset in table.rulesets
    ]
    title_labels, extra_height = literal(titles), _HEAD_LINE * (max(map(len, titles)) - 1)
    head_axis = {
        "orient": "top", "labelAngle": 0, "labelExpr": f"{title_labels}[datum.value]",
        "labelFontWeight": "bold", "labelPadding": 8 + extra_height, "labelLimit": width - 6
    }  # fmt: skip
    kind_labels = literal([str(kind) for kind, _ in table.rows])
    labels = {"labelExpr": f"{kind_labels}[datum.value]", "labelPadding": 10, "labelLimit": _LABEL_WIDTH}
    plane = Plane(
        {"type": "ordinal", "axis": head_axis if is_first else None}, {"type": "ordinal", "axis": labels}
    )
    area: dict[str, Any] = {
        "type": "rect",
        "width": width - 5,
        "height": _ROW_HEIGHT - 4,
        "cornerRadius": 2,
    }
    frames: dict[bool, dict[str, Any]] = {
        True: {"stroke": RULE, "strokeWidth": 1},
        False: {"stroke": INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
    }
    areas = [
        plane.layer(
            [cell for cell in cells if cell["is_sure"] is is_sure],
            {**area, **frame},
            *("ruleset", "kind"),
            fill=unscaled("fill"),
        )
        for is_sure, frame in frames.items()
    ]
    return [*areas, plane.text(cells, "ruleset", "kind", colour="on_fill")]


def _alt(table: Safeguards) -> str:
    names = [ruleset.title for ruleset in table.rulesets]
    sentences = [f"{pluralise(len(table.rows), 'kind')} of safeguard under {joined(names)}."]
    for kind, row in table.rows:
        clauses = (f"{name} {_strongest(cell).text}" for name, cell in zip(names, row, strict=True))
        sentences.append(f"{str(kind).capitalize()}: {'; '.join(clauses)}.")
    return " ".join(sentences)
