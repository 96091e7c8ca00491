"""Look-ahead over many cases at once, which come as planes and stay planes.

``lookahead`` goes case by case, with the trials of a case as rows.  This goes trial by trial, with a row
for each case; a trial counts in the cases in which its question is open and relevant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import attrs

from regcompare.logic.planes import Rows

from .force import OpenLawQuestion
from .lookahead import Truths, most_decisive_first
from .program import Program, bits_of

Half = Sequence[int]
"""The planes of conditions, certain or possible."""

Trial = tuple[int, Rows]
"""The cases in which a trial counts, a bit each, and the answers of all cases under it."""

MOST_ROWS = 1 << 14
"""How many cases are probed at once: planes of this width stay in the processor's cache."""


def evaluate_batch(program: Program, rows: Rows, law_answers: Sequence[Any]) -> tuple[Truths, int]:
    """Evaluates a program for many cases, with look-ahead.

    Args:
        program: The ruleset as conditions.
        rows: The answers of the cases; those implied are added.
        law_answers: The answers to ``program.law_questions``, which no case changes.

    Returns:
        The truths of the cases, and the cases whose answers contradict each other, a bit each.
    """
    invalid, _ = program.propagation.propagate(rows)
    truths = Truths.of(program, rows)
    certain, possible = truths.mutable_planes()
    for first in range(0, rows.size, MOST_ROWS):
        size = min(MOST_ROWS, rows.size - first)
        truth_halves = (_slice_rows(half, first, size) for half in (certain, possible))
        answer_halves = (_slice_rows(half, first, size) for half in (rows.certain, rows.possible))
        part = Truths(program, size, *truth_halves)
        part_rows = Rows(rows.leaves, size, *answer_halves)
        _look_ahead(part_rows, part, invalid >> first, law_answers)
        for place, (sure, may) in enumerate(zip(part.certain, part.possible, strict=True)):
            certain[place] |= sure << first
            possible[place] &= ~((part_rows.mask ^ may) << first)
    return truths, invalid


def _slice_rows(planes: Iterable[int], first: int, size: int) -> list[int]:
    return [plane >> first & (1 << size) - 1 for plane in planes]


def _look_ahead(rows: Rows, truths: Truths, invalid: int, law_answers: Sequence[Any]) -> None:
    """Tries each answer to each relevant question."""
    program, plain = truths.program, (truths.certain, truths.possible)
    relevant, untried = _relevant_cases(rows, truths, invalid), _Untried(program)
    for question, cases in relevant.items():
        if left := untried.take(question, cases):
            answers = (cell.answer for cell in program.cells[question])
            trials = (_with_answers(program, rows, {question: answer}, left) for answer in answers)
            _intersect(truths, plain, trials)
    for group in program.propagation.groups:
        cases = reduce(or_, (relevant.get(question, 0) for question in group), 0)
        if cases:
            _intersect(truths, plain, _member_trials(program, rows, group, cases, law_answers))
    if program.date_cells:
        date_questions = program.date_cells[-1]
        cases = reduce(and_, (relevant.get(question, 0) for question in date_questions), rows.mask)
        if cases:
            trials = (_with_answers(program, rows, dates, cases) for dates in program.date_cells)
            _intersect(truths, plain, trials)


@attrs.frozen(eq=False)
class _Untried:
    """The cases in which a question, or one with the same effect, is still to be tried."""

    program: Program
    _cases: dict[int, int] = attrs.field(factory=dict)

    def take(self, question: int, cases: int) -> int:
        """Returns the cases in which a question is still to be tried, and marks them as tried."""
        first = self.program.representatives[question]
        seen = self._cases.get(first, 0)
        self._cases[first] = seen | cases
        return cases & ~seen


def _relevant_cases(rows: Rows, truths: Truths, invalid: int) -> dict[int, int]:
    """For each question, the cases in which it is open and something undecided depends on it."""
    in_force = rows.mask & ~invalid & truths.possible[truths.force_place]
    in_scope = in_force & truths.possible[0]
    relevant: dict[int, int] = {}
    planes = zip(truths.program.dependencies, truths.certain, truths.possible, strict=False)
    for place, (questions, certain, possible) in enumerate(planes):
        if undecided := (certain ^ possible) & (in_force if place == truths.force_place else in_scope):
            for question in bits_of(questions):
                relevant[question] = relevant.get(question, 0) | undecided
    while_open = {question: cases & rows.open(question) for question, cases in sorted(relevant.items())}
    return {question: cases for question, cases in while_open.items() if cases}


def _with_answers(program: Program, rows: Rows, answers: Mapping[int, Any], cases: int) -> Trial:
    """The trial of answers to questions that are open in these cases."""
    copy = _copy(rows)
    for question, answer in answers.items():
        copy.answer(question, answer, cases)
    for question, answer in answers.items():
        program.propagation.propagate_code(copy, question, answer, cases)
    return cases, copy


def _copy(rows: Rows) -> Rows:
    return Rows(rows.leaves, rows.size, rows.certain[:], rows.possible[:])


def _member_trials(
    program: Program, rows: Rows, group: Sequence[int], cases: int, law_answers: Sequence[Any]
) -> Iterator[Trial]:
    """Yields the trials that each open member is the first in a set, and that none is in it."""
    law_is_known = program.open_law is OpenLawQuestion.NOTHING
    ordered = most_decisive_first(program, tuple(group), tuple(law_answers)) if law_is_known else group
    nest, excluded, untried = program.propagation.propagate_code, _copy(rows), _Untried(program)
    for question in ordered:
        open_here = cases & rows.open(question)
        if cases_left := untried.take(question, open_here):
            included = _copy(excluded if law_is_known else rows)
            for leaf in rows.leaves.by_question[question]:  # Even where the excluded members decide it.
                included.certain[leaf], included.possible[leaf] = rows.certain[leaf], rows.possible[leaf]
            included.answer(question, True, cases_left)
            nest(included, question, True, cases_left)
            yield cases_left, included
        excluded.answer(question, False, open_here)
        nest(excluded, question, False, open_here)
    yield cases, excluded


def _intersect(truths: Truths, plain: tuple[Half, Half], trials: Iterable[Trial]) -> None:
    """Intersects the truths of all trials of one question.

    Out of scope or not in force there is no outcome, so only the answers that leave the transaction in
    scope of a ruleset in force count for rules and for what is reached.

    Args:
        truths: The truths so far, which are narrowed.
        plain: The planes without look-ahead; a condition that no trial changes is passed over.
        trials: The trials.
    """
    force = truths.force_place
    evaluated = [_evaluate_trial(truths.program, force, *trial) for trial in trials]
    valid, in_force, in_scope = zip(*(cases for cases, _, _ in evaluated), strict=True)
    dormant = reduce(or_, valid) & ~reduce(or_, in_force)
    scope_cases = [active | cases & dormant for active, cases in zip(in_force, valid, strict=True)]
    certain, possible = truths.mutable_planes()
    for place, halves in enumerate(zip(*plain, strict=True)):
        pairs = [(sure[place], may[place]) for _, sure, may in evaluated]
        is_changed = place in (0, force) or any(map(halves.__ne__, pairs))
        if is_changed and certain[place] != possible[place]:
            cases = valid if place == force else in_scope if place else scope_cases
            counted, fails, holds = _common(cases, pairs)
            certain[place] |= counted & ~fails & possible[place]
            possible[place] &= ~counted | holds | certain[place]


def _evaluate_trial(
    program: Program, force: int, cases: int, rows: Rows
) -> tuple[tuple[int, int, int], Half, Half]:
    """The cases in which a trial is possible, in force, and also in scope; and its planes."""
    invalid, _ = program.propagation.propagate(rows)
    certain, possible = program.planes.evaluate(rows)
    valid = cases & ~invalid
    in_force = valid & possible[force]
    return (valid, in_force, in_force & possible[0]), certain, possible


def _common(cases_by_trial: Sequence[int], planes: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """The cases in which some trial counts, in which one fails, and in which one may hold."""
    counted = fails = holds = 0
    for cases, (certain, possible) in zip(cases_by_trial, planes, strict=True):
        counted |= cases
        fails |= cases & ~certain
        holds |= cases & possible
    return counted, fails, holds
