"""The safeguards grid: how strongly each kind of duty binds under each regime."""

from __future__ import annotations

from typing import Any

import attrs

from regcompare.comparison.comparison import counted
from regcompare.comparison.safeguards import Cell, Safeguards
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Strength
from regcompare.views._colours import INK, RULE, SOFT

from .marks import joined
from .picture import Picture, cut, literal, picture

__all__ = ["safeguards_grid"]

_FILLS = {
    Strength.MAY: ("#e6eef0", INK),
    Strength.VOLUNTARY: ("#d3e3e7", INK),
    Strength.PRESUPPOSED: ("#b3d0d7", INK),
    Strength.MUST_CONSIDER: ("#7fb0bd", INK),
    Strength.MUST: ("#1f5f70", "#ffffff"),
}
"""The colours of the strengths, weakest first: area, and text on it."""

_LINE, _LABELS, _WIDTH = 30, 190, 190


@attrs.frozen
class _Held:
    """The strongest of a cell."""

    text: str
    fill: str
    on_fill: str
    is_sure: bool


def safeguards_grid(table: Safeguards) -> Picture:
    """Draws kinds of safeguards by regimes, each cell with its strength as a word.

    Args:
        table: The table of safeguards.

    Raises:
        UsageError: The table is empty, or the extra ``plot`` is not installed.
    """
    if not table.rows or not table.rulesets:
        raise UsageError("There is nothing to draw: the table holds no ruleset.")
    cells = [
        {"kind": line, "ruleset": column, **attrs.asdict(_strongest(cell))}
        for line, (_, row) in enumerate(table.rows)
        for column, cell in enumerate(row)
    ]
    width = _LABELS + _WIDTH * len(table.rulesets)
    note = (
        "Each cell says how strongly the strongest provisions of its kind bind, and how many they are."
    )
    if not all(cell["is_sure"] for cell in cells):
        note += " A dashed frame: open whether it applies."
    return picture(
        {
            "width": _WIDTH * len(table.rulesets),
            "height": _LINE * len(table.rows),
            "layer": _layers(table),
        },
        title=_title(table),
        alt=_alt(table),
        note=note,
        width=width,
        data=cells,
    )


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


def _layers(table: Safeguards) -> list[dict[str, Any]]:
    kinds = literal([str(kind) for kind, _ in table.rows])
    names = literal([cut(ruleset.title, 28) for ruleset in table.rulesets])
    x = {
        "field": "ruleset", "type": "ordinal",
        "axis": {
            "orient": "top", "labelAngle": 0, "labelExpr": f"{names}[datum.value]",
            "labelFontWeight": "bold", "labelPadding": 8, "labelLimit": _WIDTH - 6,
        },
    }  # fmt: skip
    y = {
        "field": "kind", "type": "ordinal",
        "axis": {"labelExpr": f"{kinds}[datum.value]", "labelPadding": 10, "labelLimit": _LABELS},
    }  # fmt: skip
    cell = {"type": "rect", "width": _WIDTH - 5, "height": _LINE - 4, "cornerRadius": 2}
    at = {"x": x, "y": y}
    colour = {"field": "fill", "type": "nominal", "scale": None}
    sure = [{"filter": "datum.is_sure"}]
    unsure = [{"filter": "!datum.is_sure"}]
    return [
        {
            "transform": sure,
            "mark": {**cell, "stroke": RULE, "strokeWidth": 1},
            "encoding": {**at, "fill": colour},
        },
        {
            "transform": unsure,
            "mark": {**cell, "stroke": INK, "strokeWidth": 1.5, "strokeDash": [4, 3]},
            "encoding": {**at, "fill": colour},
        },
        {
            "mark": {"type": "text", "fontSize": 12},
            "encoding": {
                **at,
                "text": {"field": "text", "type": "nominal"},
                "color": {"field": "on_fill", "type": "nominal", "scale": None},
            },
        },
    ]


def _title(table: Safeguards) -> str:
    """How many kinds are a duty under each regime, as the table itself counts them."""
    counts = [
        sum(any(item.strength == "must" for item in row[column].held) for _, row in table.rows)
        for column in range(len(table.rulesets))
    ]
    names = [ruleset.title for ruleset in table.rulesets]
    parts = [f"{name} {number}" for name, number in zip(names[1:], counts[1:], strict=True)]
    subject = f"{table.scenario.title or table.scenario.id}: " if table.scenario else ""
    verb = "makes, or may make," if table.scenario else "makes"
    first = f"{names[0]} {verb} {counts[0]} of {len(table.rows)} kinds of safeguard a duty"
    return f"{subject}{joined([first, *parts])}."


def _alt(table: Safeguards) -> str:
    names = [ruleset.title for ruleset in table.rulesets]
    sentences = [f"{counted(len(table.rows), 'kind')} of safeguard under {joined(names)}."]
    for kind, row in table.rows:
        told = (f"{name} {_strongest(cell).text}" for name, cell in zip(names, row, strict=True))
        sentences.append(f"{str(kind).capitalize()}: {'; '.join(told)}.")
    return " ".join(sentences)
