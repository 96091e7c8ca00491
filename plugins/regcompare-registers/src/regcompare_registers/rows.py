"""Rows of a table as scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regcompare.facts import UNKNOWN, AnswerError, Fact, YesNo
from regcompare.logic.questions import parse_question
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAYERS, Vocabulary

from .columns import read_value


def scenario_of_row(
    row: Mapping[str, Any],
    vocabulary: Vocabulary,
    *,
    presume: str | None = None,
    presumed: Mapping[str, Any] | None = None,
    discretion: Mapping[str, bool] | None = None,
) -> Scenario:
    """Returns the scenario that a row of a register states.

    Args:
        row: The values by column, in the form of ``assess_frame``; an invalid value counts as unknown.
        vocabulary: The facts.
        presume: The last layer of presumptions for facts that the row does not state, ``ordinary`` or
            ``surveillance``; by default nothing is presumed.
        presumed: Answers that are presumed for every row, by fact.
        discretion: Whether powers were used; a column of the row takes precedence.
    """
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE)}
    questions = {name: parse_question(name) for name in row}
    names = [name for name, question in questions.items() if question.power or question.fact in facts]
    answers = {name: _read(facts.get(name, YesNo("")), row[name]) for name in names}
    presumed_answers = {
        name: _read(facts[name], value) for name, value in (presumed or {}).items() if name in facts
    }
    return scenario_of(
        answers, vocabulary, id=str(row.get("id", "row")), presume=presume, presumed=presumed_answers,
        discretion=discretion,
    )  # fmt: skip


def _read(fact: Fact, value: Any) -> Any:
    try:
        return read_value(fact, value)
    except AnswerError:
        return UNKNOWN


def scenario_of(
    answers: Mapping[str, Any],
    vocabulary: Vocabulary,
    *,
    id: str = "row",
    presume: str | None = None,
    presumed: Mapping[str, Any] | None = None,
    discretion: Mapping[str, bool] | None = None,
) -> Scenario:
    """Returns the scenario that states these answers.

    Args:
        answers: The answers by column.
        vocabulary: The facts.
        id: The id of the scenario.
        presume: The last layer of presumptions.
        presumed: Answers that are presumed, by fact.
        discretion: Whether powers were used, where no column says it.
    """
    pairs = ((parse_question(name), answer) for name, answer in answers.items() if answer is not None)
    used = {question.power: answer for question, answer in pairs if question.power}
    powers = {**(discretion or {}), **used}
    known = vocabulary.by_key
    facts = {name: answer for name, answer in answers.items() if name in known and answer is not None}
    day = answers.get(FACTS_DATE.key)
    return Scenario(
        id=id,
        date=None if day is UNKNOWN else day,
        presume=LAYERS[: LAYERS.index(presume) + 1] if presume in LAYERS else (),
        presumed=vocabulary.answers(presumed or {}),
        discretion={name: answer for name, answer in powers.items() if answer is not UNKNOWN},
        facts=vocabulary.answers(facts),
    )
