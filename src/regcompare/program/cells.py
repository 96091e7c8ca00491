"""Answers to a question that no condition tells apart, so that one stands for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import Country, Day, Fact, countries
from regcompare.logic.conditions import Among, Choose, Condition, OneOf, OnOrAfter, nodes


@attrs.frozen
class Cell:
    """Answers to a question that no condition tells apart: one of them, and all that it stands for."""

    answer: Any
    equivalents: tuple[str, ...]


def cells_of(
    conditions: Sequence[Condition], keys: Sequence[str], facts: Mapping[str, Fact]
) -> dict[int, tuple[Cell, ...]]:
    """For each question the answers to try: one for each set of answers that no leaf tells apart."""
    leaves: dict[str, list[Condition]] = {}
    for node in nodes(conditions):
        if isinstance(node, OneOf | OnOrAfter | Choose):
            leaves.setdefault(node.key, []).append(node)
    yes_or_no = (Cell(True, ("yes",)), Cell(False, ("no",)))
    cells: dict[int, tuple[Cell, ...]] = {}
    for index, key in enumerate(keys):
        asked = leaves.get(key, [])
        if not asked:
            cells[index] = yes_or_no
        elif isinstance(asked[0], Choose):
            cells[index] = tuple(Cell(name, (name,)) for name, _ in asked[0].readings)
        elif isinstance(asked[0], OnOrAfter):
            cells[index] = _days(asked, facts[key])
        else:
            cells[index] = _kinds(asked, facts[key])
    return cells


def cells_among(cells: Sequence[Cell], answer: Any) -> Sequence[Cell]:
    """Returns the cells that an answer leaves open, each with what of it is left."""
    if not isinstance(answer, Among):
        return cells
    kept = (tuple(word for word in cell.equivalents if word in answer.words) for cell in cells)
    return tuple(Cell(cell.answer, words) for cell, words in zip(cells, kept, strict=True) if words)


def _days(asked: Sequence[Condition], fact: Fact) -> tuple[Cell, ...]:
    days = {leaf.day for leaf in asked if isinstance(leaf, OnOrAfter)}
    first = fact.earliest if isinstance(fact, Day) else dt.date.min
    turns = [first, *sorted(day for day in days if day > first)]
    return tuple(Cell(day, (f"from {day}",)) for day in turns)


def _kinds(asked: Sequence[Condition], fact: Fact) -> tuple[Cell, ...]:
    answers = countries() if isinstance(fact, Country) else fact.labels()
    sets = [leaf.answers for leaf in asked if isinstance(leaf, OneOf)]
    kinds: dict[tuple[bool, ...], list[str]] = {}
    for answer in answers:
        kinds.setdefault(tuple([answer in group for group in sets]), []).append(answer)
    return tuple(Cell(alike[0], tuple(alike)) for alike in kinds.values())
