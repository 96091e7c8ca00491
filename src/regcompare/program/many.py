"""One step ahead of many cases at once, which come as planes and stay planes.

What ``lookahead`` does case by case, with the trials of a case side by side, is done here trial by
trial, with all cases side by side in which the question is open and bears on what is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import attrs

from regcompare.logic.planes import Rows

from .force import OpenLawQuestion
from .lookahead import Truths, telling_first
from .program import Program, bits_of

Half = Sequence[int]
"""The planes of conditions, certain or possible."""

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
    dead, _ = program.propagation.propagate(rows)
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
            possible[place] &= ~((some.mask ^ may) << first)
    return truths, dead


def _cut(planes: Iterable[int], first: int, size: int) -> list[int]:
    return [plane >> first & (1 << size) - 1 for plane in planes]


def _look_ahead(rows: Rows, truths: Truths, dead: int, given: Sequence[Any]) -> None:
    """Tries the answers to each question that bears on what is undecided."""
    program, plain = truths.program, (truths.certain, truths.possible)
    bearing, tried = _bearing(rows, truths, dead), _Tried(program)
    for question, cases in bearing.items():
        if left := tried.left(question, cases):
            answers = (cell.answer for cell in program.cells[question])
            _keep(
                truths, plain, (_answered(program, rows, {question: answer}, left) for answer in answers)
            )
    for group in program.propagation.groups:
        cases = reduce(or_, (bearing.get(question, 0) for question in group), 0)
        if cases:
            _keep(truths, plain, _members(program, rows, group, cases, given))
    if program.days:
        asked = program.days[-1]
        cases = reduce(and_, (bearing.get(question, 0) for question in asked), rows.mask)
        if cases:
            _keep(truths, plain, (_answered(program, rows, day, cases) for day in program.days))


@attrs.frozen(eq=False)
class _Tried:
    """In which cases a question was tried already, or one that tells the same."""

    program: Program
    _cases: dict[int, int] = attrs.field(factory=dict)

    def left(self, question: int, cases: int) -> int:
        """Returns in which of the cases it is still to be tried, and notes that it is."""
        first = self.program.alike[question]
        before = self._cases.get(first, 0)
        self._cases[first] = before | cases
        return cases & ~before


def _bearing(rows: Rows, truths: Truths, dead: int) -> dict[int, int]:
    """For each question the cases in which it is open and bears on what is undecided."""
    alive = rows.mask & ~dead & truths.possible[truths.force]
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
        program.propagation.propagate_code(wide, question, answer, cases)
    return cases, wide


def _copy(rows: Rows) -> Rows:
    return Rows(rows.leaves, rows.size, rows.certain[:], rows.possible[:])


def _members(
    program: Program, rows: Rows, group: Sequence[int], cases: int, given: Sequence[Any]
) -> Iterator[Trial]:
    """Yields that no open member of the set belongs to it, or this one is the first that does."""
    known = program.asks is OpenLawQuestion.NOTHING
    ordered = telling_first(program, tuple(group), tuple(given)) if known else group
    nest, none, tried = program.propagation.propagate_code, _copy(rows), _Tried(program)
    for question in ordered:
        left = cases & rows.open(question)
        if new := tried.left(question, left):
            first = _copy(none if known else rows)
            for leaf in rows.leaves.by_question[
                question
            ]:  # That it may follow from others is not asked here.
                first.certain[leaf], first.possible[leaf] = rows.certain[leaf], rows.possible[leaf]
            first.answer(question, True, new)
            nest(first, question, True, new)
            yield new, first
        none.answer(question, False, left)
        nest(none, question, False, left)
    yield cases, none


def _keep(truths: Truths, plain: tuple[Half, Half], trials: Iterable[Trial]) -> None:
    """Keeps what is common to all answers of one question.

    Out of scope, and where it is not in force, there is no outcome, so rules, and what is reached, are
    those of the answers that leave the transaction in scope of what is in force.

    Args:
        truths: What is known so far.
        plain: What is true without look-ahead: what no trial changes is no news.
        trials: The answers.
    """
    force = truths.force
    told = [_evaluated(truths.program, force, *trial) for trial in trials]
    alive, in_force, inside = zip(*(counted for counted, _, _ in told), strict=True)
    idle = reduce(or_, alive) & ~reduce(or_, in_force)
    either = [own | still & idle for own, still in zip(in_force, alive, strict=True)]
    certain, possible = truths.halves()
    for place, halves in enumerate(zip(*plain, strict=True)):
        own = [(sure[place], may[place]) for _, sure, may in told]
        is_changed = place in (0, force) or any(map(halves.__ne__, own))
        if is_changed and certain[place] != possible[place]:
            counted = alive if place == force else inside if place else either
            asked, fails, holds = _common(counted, own)
            certain[place] |= asked & ~fails & possible[place]
            possible[place] &= ~asked | holds | certain[place]


def _evaluated(
    program: Program, force: int, cases: int, rows: Rows
) -> tuple[tuple[int, int, int], Half, Half]:
    """The cases in which a trial is possible, in force, and in scope besides; and its planes."""
    dead, _ = program.propagation.propagate(rows)
    certain, possible = program.planes.evaluate(rows)
    alive = cases & ~dead
    in_force = alive & possible[force]
    return (alive, in_force, in_force & possible[0]), certain, possible


def _common(counted: Sequence[int], told: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """The cases of which some trial tells, those in which one fails, and those in which one may hold."""
    asked = fails = holds = 0
    for cases, (certain, possible) in zip(counted, told, strict=True):
        asked |= cases
        fails |= cases & ~certain
        holds |= cases & possible
    return asked, fails, holds
