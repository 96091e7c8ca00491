"""Published figures on licences for surveillance exports, and the page that presents them."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib import resources

import attrs

from .document import Cell, Columns, Document, Line

__all__ = ["LicenceFigure", "figures_markdown", "licence_figures", "refusal_share"]

_CONTESTED = "Disputed: "
"""How the note of a contested figure begins."""
_UNION, _BRITAIN = "European Union", "United Kingdom"
"""The two series that count grants and refusals of many exporters."""

_CAUTIONS = """\
They are a floor: each covers some states, some items and some years.
They hold only what needed a licence at the time: no count for the Union holds facial recognition.
They count licences and not deliveries, and a value is the value of a licence and not of a sale.
The series are not to be added up: states, items and years overlap, and one may stand inside another.
Applications that were withdrawn before a decision are in no count of refusals.
No series parts refusals over human rights from other refusals.
No usable figures were found for the Netherlands, France or Sweden.
Where a source stands without a link, no address was at hand.
"""
"""What the figures do not bear, a sentence a line."""


@attrs.frozen
class LicenceFigure:
    """One figure as a source gives it.

    Attributes:
        state: The licensing state, or the Union for what several report together.
        figure: The number.
        unit: What it counts, or in which currency it is.
        period: The years that it is about.
        source: Who published it, and when.
        urls: Where it is found, where an address was at hand.
        note: How it is limited or disputed; empty where nothing is to be said.
    """

    state: str
    figure: Decimal
    unit: str
    period: str
    source: str
    urls: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_disputed(self) -> bool:
        """Whether sources or parties contradict each other about it."""
        return self.note.startswith(_CONTESTED)

    def __str__(self) -> str:
        return f"{self.figure:,} {self.unit}"


def licence_figures() -> tuple[LicenceFigure, ...]:
    """Returns the published figures, state by state."""
    file = resources.files("regcompare").joinpath("data/licence_figures.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return tuple(
        LicenceFigure(
            row["state"],
            Decimal(row["figure"]),
            row["unit"],
            row["period"],
            row["source"],
            tuple(row["url"].split()),
            row["note"],
        )
        for row in rows
    )


def refusal_share(figures: Iterable[LicenceFigure], state: str) -> tuple[int, int]:
    """Returns how many applications a state's first series refuses, and how many it decides."""
    own = [item for item in figures if item.state == state]
    granted, refused = (
        next(int(item.figure) for item in own if word in item.unit) for word in ("granted", "refused")
    )
    return refused, refused + granted


def figures_markdown() -> str:
    """Returns the page of the figures as Markdown: what they bear, what is disputed, and each figure."""
    figures = licence_figures()
    document = Document()
    document.heading("Licences for surveillance exports in figures", level=1)
    document.paragraph(
        "What authorities granted and refused, as published, each figure with its source. "
        "No rule reads these figures."
    )
    document.paragraph(_share_sentence(figures))
    document.heading("What the figures bear")
    document.bullets(_CAUTIONS.splitlines())
    document.heading("The share of refusals")
    document.bullets(_share_bullets(figures))
    document.heading("What is disputed")
    document.outline(_disputes(figures))
    document.heading("The figures")
    document.paragraph(
        f"{len(figures)} figures; {sum(item.is_disputed for item in figures)} of them are disputed, "
        "which is told above."
    )
    for state, rows in itertools.groupby(figures, key=lambda item: item.state):
        document.parts.append(_table(state, rows))
    return document.markdown()


def _share_sentence(figures: Iterable[LicenceFigure]) -> str:
    refused, decided = refusal_share(figures, _UNION)
    return (
        f"In the states of the Union that reported, {refused} of {decided} decisions on surveillance "
        f"items were refusals: {_share(refused, decided)}, which is an indication and no more."
    )


def _share_bullets(figures: tuple[LicenceFigure, ...]) -> Iterator[str]:
    refused, decided = refusal_share(figures, _UNION)
    yield (
        f"For the Union it is {refused} / {decided} = {_share(refused, decided)}. "
        "Only some states reported, much depends on a single firm, and the period is disputed."
    )
    refused, decided = refusal_share(figures, _BRITAIN)
    yield (
        f"The British series gives {refused} / {decided} = {_share(refused, decided)}. "
        "The two may overlap, so the one does not confirm the other."
    )
    yield (
        "A ruleset that refuses most exports with a high risk says what ought to be done. "
        "It does not describe what authorities did."
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}".replace("%", " %")


def _disputes(figures: Iterable[LicenceFigure]) -> Iterator[tuple[int, str]]:
    for item in figures:
        if item.is_disputed:
            yield 0, f"{item.state}, {item}."
            for sentence in item.note.removeprefix(_CONTESTED).split(". "):
                yield 1, sentence[:1].upper() + sentence[1:].rstrip(".") + "."


def _table(state: str, rows: Iterable[LicenceFigure]) -> Columns:
    cells = [
        [_cell(f"{item.figure:,}"), *map(_cell, (item.unit, item.period, _cited(item), _note(item)))]
        for item in rows
    ]
    return Columns(state, ("figure", "what it counts", "period", "source", "note"), cells)


def _cell(text: str) -> Cell:
    return [Line(text)]


def _cited(item: LicenceFigure) -> str:
    links = [f"[address {number}]({url})" for number, url in enumerate(item.urls, 1)]
    if len(item.urls) == 1:
        return f"[{item.source}]({item.urls[0]})"
    return f"{item.source} ({', '.join(links)})" if links else item.source


def _note(item: LicenceFigure) -> str:
    return "Disputed; see above." if item.is_disputed else item.note
