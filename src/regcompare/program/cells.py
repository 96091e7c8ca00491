"""Cells: classes of answers that no condition distinguishes, so that one represents all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import Country, Day, Fact, countries
from regcompare.logic.conditions import Among, Between, Choose, Condition, OneOf, OnOrAfter, nodes


@attrs.frozen
class Cell:
    """A class of answers that no condition distinguishes.

    Attributes:
        answer: The answer that represents the class.
        equivalents: Every answer in it, as a file writes them.
    """

    answer: Any
    equivalents: tuple[str, ...]


def cells_of(
    conditions: Sequence[Condition], keys: Sequence[str], facts: Mapping[str, Fact]
) -> dict[int, tuple[Cell, ...]]:
    """Returns the cells of each question, by the index of its key."""
    atoms: dict[str, list[Condition]] = {}
    for node in nodes(conditions):
        if isinstance(node, OneOf | OnOrAfter | Choose):
            atoms.setdefault(node.key, []).append(node)
    yes_or_no = (Cell(True, ("yes",)), Cell(False, ("no",)))
    cells: dict[int, tuple[Cell, ...]] = {}
    for index, key in enumerate(keys):
        key_atoms = atoms.get(key, [])
        if not key_atoms:
            cells[index] = yes_or_no
        elif isinstance(key_atoms[0], Choose):
            cells[index] = tuple(Cell(name, (name,)) for name, _ in key_atoms[0].readings)
        elif isinstance(key_atoms[0], OnOrAfter):
            cells[index] = _day_classes(key_atoms, facts[key])
        else:
            cells[index] = _answer_classes(key_atoms, facts[key])
    return cells


def cells_among(cells: Sequence[Cell], answer: Any) -> Sequence[Cell]:
    """Returns the cells that an answer leaves open, each reduced to what remains of it."""
    if isinstance(answer, Between):
        days: list[dt.date] = [cell.answer for cell in cells]
        ends = [*days[1:], None]
        return tuple(
            cell
            for cell, day, end in zip(cells, days, ends, strict=True)
            if day <= answer.last and (end is None or end > answer.first)
        )
    if not isinstance(answer, Among):
        return cells
    remaining = (tuple(filter(answer.words.__contains__, cell.equivalents)) for cell in cells)
    return tuple(Cell(cell.answer, words) for cell, words in zip(cells, remaining, strict=True) if words)


def _day_classes(atoms: Sequence[Condition], fact: Fact) -> tuple[Cell, ...]:
    days = {atom.day for atom in atoms if isinstance(atom, OnOrAfter)}
    first = fact.earliest if isinstance(fact, Day) else dt.date.min
    thresholds = [first, *sorted(day for day in days if day > first)]
    return tuple(Cell(day, (f"from {day}",)) for day in thresholds)


def _answer_classes(atoms: Sequence[Condition], fact: Fact) -> tuple[Cell, ...]:
    answers = countries() if isinstance(fact, Country) else fact.labels()
    sets = [atom.answers for atom in atoms if isinstance(atom, OneOf)]
    classes: dict[tuple[bool, ...], list[str]] = {}
    for answer in answers:
        classes.setdefault(tuple([answer in group for group in sets]), []).append(answer)
    return tuple(Cell(equivalents[0], tuple(equivalents)) for equivalents in classes.values())
