"""Exact spans: of one verdict, of two jointly, and after each answer to an open question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import attrs

from regcompare.facts import CodeSet
from regcompare.logic.questions import Question as Asked
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.program import Program
from regcompare.ruleset.rules import Interpretation, Outcome, Span
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.questions import Effect, Question
from regcompare.verdict.verdict import Prover, Verdict
from regcompare.vocabulary import LAW_DATE

from .encoding import KnownAnswers
from .frames import frame_for
from .regimes import Regime, regime_for
from .solver import Solver


def prove_span(
    partial_verdict: PartialVerdict,
    program: Program,
    day: dt.date | None,
    readings: tuple[tuple[Interpretation, str | None], ...],
    scenario: Scenario,
) -> PartialVerdict:
    """Returns a partial verdict with exact ends of its span, and exact scope and force.

    What look-ahead is sure of is not asked again: the exact ends lie within its own.
    """
    regime = regime_for(program, _first_day_of_law(program, day), readings, None)
    frame = frame_for([regime], scenario)
    may_be_out_of_scope = not partial_verdict.in_scope and frame.can_be(
        regime.in_force, ~regime.in_scope
    )
    may_be_out_of_force = not partial_verdict.in_force and frame.can_be(~regime.in_force)
    span = frame.span(regime, within=partial_verdict.conditional_span)
    return attrs.evolve(
        partial_verdict,
        in_scope=_truth(not may_be_out_of_scope, span is not None),
        in_force=_truth(not may_be_out_of_force, span is not None or may_be_out_of_scope),
        conditional_span=span or partial_verdict.conditional_span,
    )


def _truth(is_certain: bool, is_possible: bool) -> bool | None:
    return True if is_certain else None if is_possible else False


def _first_day_of_law(program: Program, day: dt.date | None) -> dt.date | None:
    """The first day with the same law, so that days between changes share a solver."""
    if day is None or LAW_DATE.key not in program.questions:
        return None
    thresholds: list[dt.date] = [cell.answer for cell in program.cells[program.position[LAW_DATE.key]]]
    return max(first for first in thresholds if first <= day)


def _regime_of(verdict: Verdict) -> Regime:
    """The regime of a verdict, on the first day with the same law."""
    program = verdict.program
    return regime_for(program, _first_day_of_law(program, verdict.as_of), verdict.assumed, None)


def sharpen(verdict: Verdict, questions: Iterable[Question]) -> Iterator[Question]:
    """Yields open questions with the exact span that each answer, alone, leads to.

    Those about sets of codes keep the spans of look-ahead.
    """
    regime = _regime_of(verdict)
    frame = frame_for([regime], verdict.scenario)
    solver, asked = frame.solver, dict[str, list[Asked]]()
    for key, item in solver.questions.items():
        if frame.given.leaves_open(key):
            asked.setdefault(item.name, []).append(item)
    for question in questions:
        if question.name not in asked or isinstance(solver.facts.get(question.name), CodeSet):
            yield question
            continue
        answers_by_span: dict[Span, list[str]] = {}
        for effect in question.effects:
            for answer in effect.answers:
                answers = _answers(solver, asked[question.name], answer)
                span = frame.answering(KnownAnswers(answers)).span(regime) or effect.span
                answers_by_span.setdefault(span, []).append(answer)
        effects = tuple(Effect(tuple(answers), span) for span, answers in answers_by_span.items())
        yield attrs.evolve(question, effects=effects)


def _answers(solver: Solver, asked: Sequence[Asked], word: str) -> dict[str, Any]:
    """The answers to the open questions about a fact that a word gives, such as a member of a set."""
    if any(item.member for item in asked):
        members = {item.key: True for item in asked if item.member == word}
        return members or {item.key: False for item in asked}
    cells = ((item.key, cell) for item in asked for cell in solver.cells[item.key])
    return {key: cell.answer for key, cell in cells if word in cell.equivalents}


class SolverProver:
    """The prover that asks the solver."""

    prove = staticmethod(prove_span)
    sharpen = staticmethod(sharpen)

    def may_diverge(self, milder: Verdict, stricter: Verdict, at: Outcome) -> bool:
        """Tells whether some completion keeps one verdict below an outcome and brings another to it."""
        pair = _regime_of(milder), _regime_of(stricter)
        frame = frame_for(pair, milder.scenario)
        return frame.can_be(pair[0].below(at), pair[1].at_least(at))


def available_prover() -> Prover | None:
    """Returns the prover where the extra ``prove`` is installed, else None."""
    return PROVER if find_spec("pysat") else None


PROVER: Prover = SolverProver()
"""Proves the ends of spans, which needs the extra ``prove``."""
