"""Exact spans, alone and of two verdicts jointly, and of the answers to open questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.program import Program
from regcompare.ruleset.rules import Interpretation, Outcome, Span
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Effect, Prover, Question, Verdict
from regcompare.vocabulary import LAW_DATE

from .frames import Frame, framed
from .regimes import KnownAnswers, Regime, as_planned, possible


def proved(
    found: PartialVerdict,
    program: Program,
    day: dt.date | None,
    taken: tuple[tuple[Interpretation, str | None], ...],
    scenario: Scenario,
) -> PartialVerdict:
    """Returns what look-ahead found with the exact ends, and exact answers on scope and force.

    What look-ahead is sure of is not asked again: the exact ends lie within its own.
    """
    read = as_planned(program, _turn(program, day), taken, None)
    frame, reached = framed(possible([read]), scenario), read.reached
    outside = not found.in_scope and frame.can_be(reached.in_force, ~reached.in_scope)
    idle = not found.in_force and frame.can_be(~reached.in_force)
    span = frame.span(read, within=found.reached)
    if span is None and not outside and not idle:
        msg = (
            f"The facts of {scenario.id} cannot all be true: no answers to the open questions meet the "
            "constraints of the vocabulary. Leave out an answer, or correct it."
        )
        raise UsageError(msg)
    return attrs.evolve(
        found,
        in_scope=_truth(not outside, span is not None),
        in_force=_truth(not idle, span is not None or outside),
        reached=span or found.reached,
    )


def _truth(is_certain: bool, is_possible: bool) -> bool | None:
    return True if is_certain else None if is_possible else False


def _turn(program: Program, day: dt.date | None) -> dt.date | None:
    """The first day with the same law, so that days without a change between them share a solver."""
    place = program.position.get(LAW_DATE.key)
    if day is None or place is None:
        return None
    turns: list[dt.date] = [cell.answer for cell in program.cells[place]]
    return max(turn for turn in turns if turn <= day)


def _read(verdict: Verdict) -> Regime:
    """The regime as a verdict read it, on the first day with the same law."""
    program = verdict._worked.program
    return as_planned(program, _turn(program, verdict.as_of), verdict.assumed, None)


def may_both(lets: Verdict, stops: Verdict, at: Outcome) -> bool:
    """Returns whether some answers to what is open let a case through and stop it at once.

    Args:
        lets: The verdict of the ruleset that has to let the case through, with an outcome below.
        stops: The verdict of the ruleset that has to stop it, with this outcome or a stricter one.
        at: The outcome.
    """
    mild, strict = _read(lets), _read(stops)
    both = framed(possible([mild, strict]), lets.scenario)
    return both.can_be(mild.below(at), strict.at_least(at))


def sharpened(verdict: Verdict, questions: Iterable[Question]) -> Iterator[Question]:
    """Yields open questions with the exact span that each answer, alone, leads to.

    What is open of a set of codes is told as look-ahead found it.
    """
    read = _read(verdict)
    frame = framed(possible([read]), verdict.scenario)
    solver, keys = frame.cases.solver, dict[str, list[str]]()
    for key, asked in solver.questions.items():
        if key not in frame.given.answers:
            keys.setdefault(asked.name, []).append(key)
    for question in questions:
        if question.name not in keys or isinstance(solver.facts.get(question.name), CodeSet):
            yield question
            continue
        exact = dict(_spans(frame, read, keys[question.name]))
        for cell in (cell for key in keys[question.name] for cell in solver.cells[key]):
            exact |= {word: exact.get(cell.stands_for[0]) for word in cell.stands_for}
        led: dict[Span, list[str]] = {}
        for effect in question.effects:
            for answer in effect.answers:
                led.setdefault(exact.get(answer) or effect.span, []).append(answer)
        effects = tuple(Effect(tuple(answers), span) for span, answers in led.items())
        yield attrs.evolve(question, effects=effects)


def _spans(frame: Frame, read: Regime, keys: list[str]) -> Iterator[tuple[str, Span | None]]:
    """For each answer its exact span; an answer that cannot be given is left out."""
    questions, cells = frame.cases.solver.questions, frame.cases.solver.cells
    several = bool(questions[keys[0]].member)
    trials = [
        (questions[key].member or cell.stands_for[0], {key: cell.answer})
        for key in keys
        for cell in cells[key]
        if not (several and cell.answer is False)
    ]
    if several:
        trials.append(("none of these", dict.fromkeys(keys, False)))
    for word, answers in trials:
        asked = frame.answering(KnownAnswers(answers))
        span = asked.span(read)
        if span or asked.can_be():
            yield word, span


@attrs.frozen
class _Solving:
    """The prover that asks the solver; a verdict in another process finds it by its class."""

    prove = staticmethod(proved)
    sharpened = staticmethod(sharpened)
    may_both = staticmethod(may_both)


def prover_at_hand() -> Prover | None:
    """Returns what proves, where the extra ``prove`` is installed."""
    return PROVER if find_spec("z3") else None


PROVER: Prover = _Solving()
"""Proves the ends of spans, which needs the extra ``prove``."""
