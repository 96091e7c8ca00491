"""A row of a register as a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import attrs

from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, YesNo
from regcompare.readings.frames.columns import power, read_value
from regcompare.scenarios import Scenario, stating
from regcompare.vocabulary import FACTS_DATE, Vocabulary

__all__ = ["scenario_of_row"]


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
            answer counts as unknown.  Of a set with many possible members, such as codes, single members
            can be told only beside a list: without one the set counts as unknown.
        vocabulary: The facts.
        presume: ``ordinary`` to presume the ordinary answers of what the row does not state; without
            it the value of a column ``presume`` decides.
        presumed: Fact key to an answer that is presumed of every row.
        discretion: How powers were used; a column of the row comes first.
    """
    said = {name: _read(power(name), row[f"discretion:{name}"]) for name in _powers(row)}
    used = {name: answer for name, answer in said.items() if isinstance(answer, bool)}
    open_powers = [name for name, answer in said.items() if answer is UNKNOWN]
    general = {name: use for name, use in (discretion or {}).items() if name not in open_powers}
    ordinary: Literal["ordinary"] | None = (
        "ordinary" if "ordinary" in (presume, str(row.get("presume")).strip()) else None
    )
    day = _read(FACTS_DATE, row.get(FACTS_DATE.key))
    return Scenario(
        id=str(row.get("id", "row")),
        date=None if day is UNKNOWN else day,
        presume=ordinary,
        presumed=_sections(presumed or {}, vocabulary),
        discretion=general | used,
    ).with_facts(*_sections(row, vocabulary))


def _powers(row: Mapping[str, Any]) -> Iterator[str]:
    return (name.removeprefix("discretion:") for name in row if name.startswith("discretion:"))


def _sections(row: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[Any, ...]:
    members: dict[str, dict[str, Any]] = {}
    for name, value in row.items():
        key, _, member = name.partition(":")
        if member and key != "discretion":
            members.setdefault(key, {})[member] = _read(YesNo(""), value)
    answers = {
        fact.key: _with_members(fact, _read(fact, row.get(fact.key)), members.get(fact.key, {}))
        for fact in vocabulary.facts()
        if fact.key in row or fact.key in members
    }
    return stating({key: said for key, said in answers.items() if said is not None}, vocabulary)


def _with_members(fact: Fact, answer: Any, members: Mapping[str, Any]) -> Any:
    """An answer with what columns of single members say instead."""
    told = {member: said for member, said in members.items() if said is not None}
    if not told:
        return answer
    if not isinstance(answer, MemberSet):
        if not fact.labels():
            return UNKNOWN
        answer = MemberSet((), fact.labels())
    others = attrs.evolve(answer, known=answer.known - set(told), open=answer.open - set(told))
    return MemberSet(
        others.known | {member for member, said in told.items() if said is True},
        others.open | {member for member, said in told.items() if said is UNKNOWN},
    )


def _read(fact: Fact, value: Any) -> Any:
    try:
        return read_value(fact, value)
    except AnswerError:
        return UNKNOWN
