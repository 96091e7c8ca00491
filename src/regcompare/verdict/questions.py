"""Open questions: the span that each answer to one, alone, would lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from regcompare.facts import CodeSet, Fact, SetOf
from regcompare.logic.bitsets import AnswerBatch
from regcompare.logic.questions import Question as ProgramQuestion
from regcompare.program.lookahead import probe, trials_of
from regcompare.program.program import Program
from regcompare.ruleset.rules import Discretion, Interpretation, Span


@attrs.frozen
class Effect:
    """The span that any of these answers to an open question, alone, would lead to."""

    answers: tuple[str, ...]
    span: Span


@attrs.frozen
class Question:
    """An open question whose answer could still change the outcome.

    Attributes:
        name: The fact, or ``reading.ID`` or ``discretion.ID``.
        text: The question in plain words.
        members: Of a set, the members left open.
        effects: The span that each answer, alone, would lead to.
    """

    name: str
    text: str
    members: tuple[str, ...]
    effects: tuple[Effect, ...]


def question_of(
    program: Program, row: AnswerBatch, span: Span, asked: Sequence[ProgramQuestion], known: Any
) -> Question:
    """Returns an open question with the effects of its answers.

    Args:
        program: The ruleset as conditions.
        row: The answers of the case, with those implied.
        span: The result, within which each effect lies.
        asked: The questions about one fact, doubt or power that are open.
        known: What is known of its answer.
    """
    first = asked[0]
    fact = program.facts.get(first.fact)
    is_set = isinstance(fact, SetOf | CodeSet)
    members = tuple(question.included for question in asked) if is_set else ()
    trials = trials_of(program, [program.position[question.key] for question in asked], known)
    answers_by_span: dict[Span, list[str]] = {}
    branches = probe(program, row, [assumptions for _, assumptions in trials])
    for (answers, _), branch in zip(trials, branches, strict=True):
        if branch and branch.in_force is not False:
            low = max(branch.conditional_span.low, span.low)
            high = max(low, min(branch.conditional_span.high, span.high))
            answers_by_span.setdefault(Span(low, high), []).extend(answers)
    effects = tuple(Effect(tuple(answers), after) for after, answers in answers_by_span.items())
    return Question(first.name, _text(program, first, fact), members, effects)


def _text(program: Program, question: ProgramQuestion, fact: Fact | None) -> str:
    if fact is not None:
        return fact.question
    for part in program.ruleset.parts():
        items: Iterable[Interpretation | Discretion] = (*part.provisions.discretions, *part.doubts)
        for item in items:
            if item.asked is question:
                return item.question
    return ""
