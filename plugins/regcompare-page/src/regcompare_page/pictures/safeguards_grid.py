"""The safeguards grid: how strongly each kind of duty binds under each regime."""

from __future__ import annotations

import textwrap

import attrs

from regcompare.comparison.measures import pluralise
from regcompare.comparison.safeguards import Cell, Safeguards
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Protects, Strength
from regcompare.views.colours import INK, SOFT

from .layout import joined
from .picture import Picture

_FILLS = {
    Strength.MAY: ("#e6eef0", INK),
    Strength.VOLUNTARY: ("#d3e3e7", INK),
    Strength.PRESUPPOSED: ("#b3d0d7", INK),
    Strength.MUST_CONSIDER: ("#7fb0bd", INK),
    Strength.MUST: ("#1f5f70", "#ffffff"),
}
"""The colours of the strengths, weakest first: of the area, and of text on it."""

_ROW_HEIGHT, _LABEL_WIDTH, _HEAD_LINE, _GROUP_HEAD = 30, 190, 15, 34
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
        UsageError: The table is empty.
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
    heads = [
        textwrap.wrap(ruleset.title, width // 7, max_lines=2, placeholder="…") or [""]
        for ruleset in table.rulesets
    ]
    top = float(_HEAD_LINE * max(map(len, heads)))
    panels = []
    for group in groups:
        panels.append(_panel(group, top))
        top += _GROUP_HEAD + _ROW_HEIGHT * len(group.rows)
    return Picture(
        title=groups[0].sentence(),
        alt=_alt(table),
        note=note,
        template="safeguards",
        width=_LABEL_WIDTH + width * len(table.rulesets),
        height=top,
        data={
            "heads": heads,
            "panels": panels,
            "left": _LABEL_WIDTH,
            "column": width,
            "line": _HEAD_LINE,
            "row": _ROW_HEIGHT,
        },
    )


@attrs.frozen
class _Panel:
    """The kinds that protect one group, under a heading that counts those that bind."""

    heading: str
    top: float
    rows: tuple[tuple[str, float, tuple[_CellLook, ...]], ...]


def _panel(group: Safeguards, top: float) -> _Panel:
    counts = ", ".join(
        f"{certain} to {possible}" if possible > certain else str(certain)
        for certain, possible in group.counts()
    )
    heading = f"{group.rows[0][0].protects}".capitalize()
    rows = (
        (str(kind), top + _GROUP_HEAD + _ROW_HEIGHT * (place + 0.5), tuple(map(_strongest, row)))
        for place, (kind, row) in enumerate(group.rows)
    )
    return _Panel(f"{heading}: {counts} of {len(group.rows)} bind", top, tuple(rows))


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


def _alt(table: Safeguards) -> str:
    names = [ruleset.title for ruleset in table.rulesets]
    sentences = [f"{pluralise(len(table.rows), 'kind')} of safeguard under {joined(names)}."]
    for kind, row in table.rows:
        clauses = (f"{name} {_strongest(cell).text}" for name, cell in zip(names, row, strict=True))
        sentences.append(f"{str(kind).capitalize()}: {'; '.join(clauses)}.")
    return " ".join(sentences)
