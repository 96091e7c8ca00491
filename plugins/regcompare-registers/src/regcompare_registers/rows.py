"""Rows of a table as scenarios, and scenarios as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, YesNo, written
from regcompare.logic.conditions import Among
from regcompare.logic.questions import parse_question
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario, asked_answers
from regcompare.vocabulary import FACTS_DATE, LAYERS, Vocabulary

from .columns import OPTION_SEPARATOR, PRESUME, as_text, read_value, readers_by_scheme


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
            ``surveillance``; by default the value of a column ``presume`` decides.
        presumed: Answers that are presumed for every row, by fact.
        discretion: Whether powers were used; a column of the row takes precedence.
    """
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE)}
    row = _split_schemes(row, facts)
    questions = {name: parse_question(name) for name in row}
    names = [name for name, question in questions.items() if question.power or question.fact in facts]
    answers = {name: _read(facts.get(name, YesNo("")), row[name]) for name in names}
    presumed_answers = {
        name: _read(facts[name], value) for name, value in (presumed or {}).items() if name in facts
    }
    if presume is None and str(row.get(PRESUME)).strip() in LAYERS:
        presume = str(row[PRESUME]).strip()
    return scenario_of(
        answers, vocabulary, id=str(row.get("id", "row")), presume=presume, presumed=presumed_answers,
        discretion=discretion,
    )  # fmt: skip


def _split_schemes(row: Mapping[str, Any], facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The row with the codes of each numbering scheme in a separate column."""
    split = dict(row)
    answered = {parse_question(name).fact for name in row}
    for name in row:
        readers = readers_by_scheme(name, facts, answered)
        split |= {fact.key: extract(row[name]) for fact, extract in readers}
    return split


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


def frame_rows(scenarios: Iterable[Scenario], vocabulary: Vocabulary) -> dict[str, list[Any]]:
    """Returns scenarios as columns, one row each, from which a frame of any kind can be made.

    The columns are ``id``, ``scenario.date``, ``presume``, a column for each fact that some scenario
    states, in the order of the vocabulary, and ``discretion:`` columns.  All values are text as in a
    file; None where nothing is stated.  A scenario's own presumptions are written as stated answers,
    since a register has the same presumptions for all its rows.
    """
    rows = [_row(scenario, vocabulary) for scenario in scenarios]
    order = ["id", FACTS_DATE.key, PRESUME, *(fact.key for fact in vocabulary.facts())]
    stated = dict.fromkeys(name for row in rows for name in row)
    names = [
        *(name for name in order if name in stated),
        *(name for name in stated if name not in order),
    ]
    return {name: [row.get(name) for row in rows] for name in names}


def _row(scenario: Scenario, vocabulary: Vocabulary) -> Mapping[str, Any]:
    row: dict[str, Any] = {
        "id": scenario.id,
        FACTS_DATE.key: scenario.date.isoformat() if scenario.date else None,
        PRESUME: "ordinary" if "ordinary" in scenario.presume else None,
    }
    for key, answer in {**scenario.presumed, **asked_answers(scenario)}.items():
        row[key] = _text(written(answer), answer)
    established = established_facts(scenario, vocabulary)
    for fact in vocabulary.facts():
        origin = established.origins.get(fact.key)
        if origin == "surveillance" or (origin == "stated" and fact.key not in row):
            answer = established.values[fact.key]
            row[fact.key] = _text(fact.write(answer), answer)
    for name, used in scenario.discretion.items():
        row[f"discretion:{name}"] = "yes" if used else "no"
    return row


def _text(written: Any, answer: Any) -> Any:
    if isinstance(answer, Among):
        return OPTION_SEPARATOR.join(sorted(answer.words))
    if not isinstance(answer, MemberSet):
        return written
    return as_text([*sorted(answer.known), *(f"?{member}" for member in sorted(answer.open))])
