"""One step ahead of many cases at once, which come as planes and stay planes.

What ``lookahead`` does case by case, with the trials of a case side by side, is done here trial by
trial, with all cases side by side in which the question is open and bears on what is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from regcompare.logic.planes import Rows

from .force import Asks
from .lookahead import Truths, telling_first
from .program import Program, bits_of

__all__ = ["found_in"]

Trial = tuple[int, Rows]
"""The cases of which a trial tells something, and what their answers are then."""

MOST_CASES = 1 << 14
"""So many cases are looked ahead of at once: planes of this width stay close to the processor."""


def found_in(program: Program, rows: Rows, given: Sequence[Any]) -> tuple[Truths, int]:
    """Puts cases under a program, look-ahead included.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases; what follows from them is added.
        given: The answers that do not depend on a case, as ``program.given`` asks for them.

    Returns:
        What is true of the cases, and those whose answers contradict each other.
    """
    dead, _ = program.propagation.settle(rows)
    truths = Truths.of(program, rows)
    certain, possible = truths.halves()
    for first in range(0, rows.size, MOST_CASES):
        size = min(MOST_CASES, rows.size - first)
        told = (_cut(half, first, size) for half in (certain, possible))
        asked = (_cut(half, first, size) for half in (rows.certain, rows.possible))
        own, some = Truths(program, size, *told), Rows(rows.leaves, size, *asked)
        _look_ahead(some, own, dead >> first, given)
        for place, (sure, may) in enumerate(zip(own.certain, own.possible, strict=True)):
            certain[place] |= sure << first
            possible[place] &= ~((some.all ^ may) << first)
    return truths, dead


def _cut(planes: Iterable[int], first: int, size: int) -> list[int]:
    return [plane >> first & (1 << size) - 1 for plane in planes]


def _look_ahead(rows: Rows, truths: Truths, dead: int, given: Sequence[Any]) -> None:
    """Tries the answers to each question that bears on what is undecided."""
    program = truths.program
    bearing = _bearing(rows, truths, dead)
    for question, cases in bearing.items():
        answers = (cell.answer for cell in program.cells[question])
        _keep(truths, (_answered(program, rows, {question: answer}, cases) for answer in answers))
    for group in program.propagation.groups:
        cases = reduce(or_, (bearing.get(question, 0) for question in group), 0)
        if cases:
            _keep(truths, _members(program, rows, group, cases, given))
    if program.days:
        asked = program.days[-1]
        cases = reduce(and_, (bearing.get(question, 0) for question in asked), rows.all)
        _keep(truths, (_answered(program, rows, day, cases) for day in program.days if cases))


def _bearing(rows: Rows, truths: Truths, dead: int) -> dict[int, int]:
    """For each question the cases in which it is open and bears on what is undecided."""
    alive = rows.all & ~dead & truths.possible[truths.force]
    in_scope = alive & truths.possible[0]
    found: dict[int, int] = {}
    told = zip(truths.program.bearing, truths.certain, truths.possible, strict=False)
    for place, (questions, sure, may) in enumerate(told):
        if undecided := (sure ^ may) & (alive if place == truths.force else in_scope):
            for question in bits_of(questions):
                found[question] = found.get(question, 0) | undecided
    relevant = {question: cases & rows.open(question) for question, cases in sorted(found.items())}
    return {question: cases for question, cases in relevant.items() if cases}


def _answered(program: Program, rows: Rows, answers: Mapping[int, Any], cases: int) -> Trial:
    """Some answers, all of them to questions that are open in these cases."""
    wide = _copy(rows)
    for question, answer in answers.items():
        wide.answer(question, answer, cases)
    for question, answer in answers.items():
        program.propagation.nest(wide, question, answer, cases)
    return cases, wide


def _copy(rows: Rows) -> Rows:
    return Rows(rows.leaves, rows.size, rows.certain[:], rows.possible[:])


def _members(
    program: Program, rows: Rows, group: Sequence[int], cases: int, given: Sequence[Any]
) -> Iterator[Trial]:
    """Yields that no open member of the set belongs to it, or this one is the first that does."""
    known = program.asks is Asks.NOTHING
    ordered = telling_first(program, tuple(group), tuple(given)) if known else group
    nest, none = program.propagation.nest, _copy(rows)
    for question in ordered:
        left = cases & rows.open(question)
        if left:
            first = _copy(none if known else rows)
            for leaf in rows.leaves.of[question]:  # That it may follow from others is not asked here.
                first.certain[leaf], first.possible[leaf] = rows.certain[leaf], rows.possible[leaf]
            first.answer(question, True, left)
            nest(first, question, True, left)
            yield left, first
            none.answer(question, False, left)
            nest(none, question, False, left)
    yield cases, none


def _keep(truths: Truths, trials: Iterable[Trial]) -> None:
    """Keeps what is common to all answers of one question.

    Out of scope, and where it is not in force, there is no outcome, so rules, and what is reached, are
    those of the answers that leave the transaction in scope of what is in force.
    """
    program, force = truths.program, truths.force
    fails, holds = [0] * len(truths.certain), [0] * len(truths.certain)
    asked = [0] * len(truths.certain)
    idle_fails = idle_holds = 0
    undecided = [
        place
        for place, (sure, may) in enumerate(zip(truths.certain, truths.possible, strict=True))
        if sure != may and place not in (0, force)
    ]
    for cases, rows in trials:
        dead, _ = program.propagation.settle(rows)
        sure, may = program.planes.on(rows)
        alive = cases & ~dead
        in_force = alive & may[force]
        inside = in_force & may[0]
        counting = [(force, alive), (0, in_force), *((place, inside) for place in undecided)]
        for place, counted in counting:
            asked[place] |= counted
            fails[place] |= counted & ~sure[place]
            holds[place] |= counted & may[place]
        idle_fails |= alive & ~sure[0]
        idle_holds |= alive & may[0]
    idle = asked[force] & ~asked[0]
    asked[0] |= idle
    fails[0] |= idle & idle_fails
    holds[0] |= idle & idle_holds
    certain, possible = truths.halves()
    for place in (force, 0, *undecided):
        certain[place] |= asked[place] & ~fails[place] & possible[place]
        possible[place] &= ~asked[place] | holds[place] | certain[place]
