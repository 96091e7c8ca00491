"""Rows of a table as scenarios, and scenarios as rows: what files say, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, YesNo, facts_of
from regcompare.logic.conditions import Among
from regcompare.logic.questions import question_named
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import Scenario, sections_stating
from regcompare.vocabulary import FACTS_DATE, Vocabulary

from .columns import BAR, PRESUME, apart, as_text, read_value, with_members


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
        row: Name of the column to value, in the column form of ``assess_frame``; a value that is no
            answer counts as unknown.
        vocabulary: The facts.
        presume: ``ordinary`` to presume the ordinary answers of what the row does not state; without
            it the value of a column ``presume`` decides.
        presumed: Fact key to an answer that is presumed of every row.
        discretion: How powers were used; a column of the row comes first.
    """
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE)}
    row = _in_schemes(row, facts)
    asked = {name: question_named(name) for name in row}
    held = [name for name, question in asked.items() if question.power or question.fact in facts]
    read = {name: _read(facts.get(name, YesNo("")), row[name]) for name in held}
    given = {name: _read(facts[name], said) for name, said in (presumed or {}).items() if name in facts}
    if presume is None and str(row.get(PRESUME)).strip() == "ordinary":
        presume = "ordinary"
    return scenario_of(
        read, vocabulary, id=str(row.get("id", "row")), presume=presume, presumed=given,
        discretion=discretion,
    )  # fmt: skip


def _in_schemes(row: Mapping[str, Any], facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The row with the codes of each numbering scheme in a column of their own."""
    found = dict(row)
    held = {question_named(name).fact for name in row}
    for name in row:
        found |= {fact.key: part(row[name]) for fact, part in apart(name, facts, held)}
    return found


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
        answers: Name of the column to answer.
        vocabulary: The facts.
        id: The id of the scenario.
        presume: ``ordinary`` to presume ordinary answers.
        presumed: Fact key to an answer that is presumed.
        discretion: How powers were used where no column says it.
    """
    asked = ((question_named(name), said) for name, said in answers.items() if said is not None)
    used = {**(discretion or {}), **{one.power: said for one, said in asked if one.power}}
    day = answers.get(FACTS_DATE.key)
    return Scenario(
        id=id,
        date=None if day is UNKNOWN else day,
        presume="ordinary" if presume == "ordinary" else None,
        presumed=sections_stating(presumed or {}, vocabulary),
        discretion={name: said for name, said in used.items() if said is not UNKNOWN},
    ).with_facts(*sections_stating(dict(_stated(answers, vocabulary)), vocabulary))


def _stated(answers: Mapping[str, Any], vocabulary: Vocabulary) -> Iterable[tuple[str, Any]]:
    members: dict[str, dict[str, Any]] = {}
    for name, answer in answers.items():
        asked = question_named(name)
        if asked.member:
            members.setdefault(asked.fact, {})[asked.member] = answer
    for fact in vocabulary.facts():
        answer = with_members(fact, answers.get(fact.key), members.get(fact.key, {}))
        if answer is not None:
            yield fact.key, answer


def frame_rows(scenarios: Iterable[Scenario], vocabulary: Vocabulary) -> dict[str, list[Any]]:
    """Returns scenarios as columns, one row each, from which a frame of any kind can be made.

    The columns are ``id``, ``scenario.date``, ``presume``, a column for each fact that some scenario
    states, in the order of the vocabulary, and ``discretion:`` columns.  All values are text as in a
    file; None where nothing is stated.  What a scenario presumes by itself stands as if it were stated,
    since a register has one set of presumptions for all its rows.
    """
    rows = [_row(scenario, vocabulary) for scenario in scenarios]
    order = ["id", FACTS_DATE.key, PRESUME, *(fact.key for fact in vocabulary.facts())]
    used = dict.fromkeys(name for row in rows for name in row)
    names = [*(name for name in order if name in used), *(name for name in used if name not in order)]
    return {name: [row.get(name) for row in rows] for name in names}


def _row(scenario: Scenario, vocabulary: Vocabulary) -> Mapping[str, Any]:
    row: dict[str, Any] = {
        "id": scenario.id,
        FACTS_DATE.key: scenario.date.isoformat() if scenario.date else None,
        PRESUME: "ordinary" if "ordinary" in scenario.presume else None,
    }
    for section in (*scenario.sections(), *scenario.presumed):
        for name, fact in facts_of(type(section)).items():
            answer = getattr(section, name)
            if answer is not None:
                row.setdefault(fact.key, _text(fact.write(answer), answer))
    known = established_facts(scenario, vocabulary)
    for fact in vocabulary.facts():
        if known.origins.get(fact.key) == "surveillance":
            answer = known.values[fact.key]
            row[fact.key] = _text(fact.write(answer), answer)
    for name, used in scenario.discretion.items():
        row[f"discretion:{name}"] = "yes" if used else "no"
    return row


def _text(written: Any, answer: Any) -> Any:
    if isinstance(answer, Among):
        return BAR.join(sorted(answer.words))
    if not isinstance(answer, MemberSet):
        return written
    return as_text([*sorted(answer.known), *(f"?{member}" for member in sorted(answer.open))])
