"""Which law applies to a row: the cells of its days in which a ruleset stands on the same others."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import attrs

from regcompare.assess import along_on, law_day
from regcompare.conditions import OnOrAfter, nodes
from regcompare.facts import UNKNOWN
from regcompare.rulesets import Ruleset
from regcompare.scenarios import Scenario
from regcompare.vocabulary import FACTS_DATE

from .answers import Answers
from .gates import Gate

__all__ = ["APPLIED_ON", "COLUMN", "Laws", "Situation", "named_days", "situations"]

APPLIED_ON = "licence.applied_on"

COLUMN = "column:"
"""What stands before the name of a column of days in ``as_of``, so that no name is taken for a word."""


@attrs.frozen
class Situation:
    """What the days of a row come to.

    Attributes:
        day: The day whose law is applied.
        in_force: Whether the ruleset is in force.
        along: The rulesets that it stands on or beside.
    """

    day: dt.date | None
    in_force: bool | None
    along: tuple[Ruleset, ...]


def named_days(rulesets: Iterable[Ruleset]) -> tuple[dt.date, ...]:
    """Returns the days, in order, on which anything may change under one of the rulesets."""
    parts = {id(part): part for ruleset in rulesets for part in ruleset.parts()}.values()
    conditions = [rule.when for part in parts for rule in part.rules]
    conditions += [part.scope for part in parts]
    conditions += [
        half for part in parts for item in part.vocabulary.constraints for half in (item.when, item.then)
    ]
    days = {node.day for node in nodes(conditions) if isinstance(node, OnOrAfter)}
    for part in parts:
        if part.period:
            days |= {day for day in (part.period.start, part.period.end) if day}
        if part.transition:
            days.add(part.transition.day)
    return tuple(sorted(days))


Block = tuple[int, ...]
"""Cells of each column of days, as bits, every combination of which is meant."""


@attrs.frozen(eq=False)
class Laws:
    """The situations that the days of a row can come to under one ruleset, and in which cells."""

    answers: Answers
    columns: tuple[str, ...]
    cases: Mapping[Situation, tuple[Block, ...]]

    def where(self, holds: Callable[[Situation], bool]) -> Gate:
        """When the situation is one of which this holds."""
        met = [block for case, blocks in self.cases.items() if holds(case) for block in blocks]
        circuit = self.answers.circuit
        return circuit.either(
            *(
                circuit.both(*map(circuit.leaf, self.columns, block))
                for block in _merged(met, len(self.columns))
            )
        )

    def from_day(self, day: dt.date) -> tuple[Gate, Gate]:
        """The truth of "the law applied is that of this day or later"."""
        return (
            self.where(lambda case: case.day is not None and case.day >= day),
            self.where(lambda case: case.day is not None and case.day < day),
        )


def situations(ruleset: Ruleset, as_of: dt.date | str | None, answers: Answers) -> Laws:
    """Returns what the days of a row come to, by trying one day of each cell.

    Args:
        ruleset: The ruleset.
        as_of: As for ``assess``; or the name of a column of days, after ``column:``.
        answers: What the columns answer.
    """
    wanted = ruleset.reference_date if as_of is None else as_of
    column = wanted.removeprefix(COLUMN) if isinstance(wanted, str) and wanted != "scenario" else ""
    switches = any(part.transition for part in ruleset.parts())
    needed = {FACTS_DATE.key: switches or wanted == "scenario", APPLIED_ON: switches}
    needed |= {column: True} if column else {}
    days = {name: _days_of(name, answers) for name, asked in needed.items() if asked}
    columns = tuple(name for name in days if name in answers.cells)
    judged = _judge(ruleset, wanted, column)
    found: dict[Situation, list[Block]] = {}
    for cells in itertools.product(*(days[name] for name in days)):
        on = {name: day for name, (day, _) in zip(days, cells, strict=True)}
        case = judged(on.get(FACTS_DATE.key), on.get(APPLIED_ON), on.get(column))
        block = [bits for name, (_, bits) in zip(days, cells, strict=True) if name in columns]
        found.setdefault(case, []).append(tuple(block))
    merged = {case: tuple(_merged(blocks, len(columns))) for case, blocks in found.items()}
    return Laws(answers, columns, merged)


def _days_of(column: str, answers: Answers) -> list[tuple[dt.date | None, int]]:
    """One day for each cell of a column, None for an unknown one, with the cell as a bit."""
    presumed = answers.presumed.get(column)
    if column not in answers.cells:
        return [(_known(presumed), 1)]
    cells = answers.cells[column]
    days = [presumed if answer is None else answer for answer in cells.answers]
    return [
        (_known(day), 1 << place) for place, day in enumerate(days) if cells.every & (1 << place)
    ] or [(None, 1)]


def _known(day: Any) -> dt.date | None:
    return None if day is UNKNOWN else day


def _merged(blocks: Iterable[Block], size: int) -> list[Block]:
    """As few blocks as joining cells, column by column, makes of them."""
    left = list(blocks)
    for place in range(size):
        alike: dict[tuple[int, ...], int] = {}
        for block in left:
            rest = (*block[:place], *block[place + 1 :])
            alike[rest] = alike.get(rest, 0) | block[place]
        left = [(*rest[:place], cells, *rest[place:]) for rest, cells in alike.items()]
    return left


def _judge(
    ruleset: Ruleset, wanted: Any, column: str
) -> Callable[[dt.date | None, dt.date | None, dt.date | None], Situation]:
    @cache
    def judged(facts: dt.date | None, applied_on: dt.date | None, own: dt.date | None) -> Situation:
        scenario = Scenario(id="row", date=facts)
        day = own if column else law_day(scenario, ruleset, wanted, applied_on)
        dates: dict[str, Any] = {"facts": facts, "applied_on": applied_on}
        along = along_on(ruleset, day, dates)
        return Situation(day, ruleset.in_force(day, **dates), along)

    return judged
