"""Scenarios as the rows of a register: the column form of what scenario files hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regcompare.facts import UNKNOWN, MemberSet, facts_of
from regcompare.scenarios import Scenario
from regcompare.vocabulary import FACTS_DATE, Vocabulary

from .columns import as_text

__all__ = ["frame_rows"]


def frame_rows(scenarios: Iterable[Scenario], vocabulary: Vocabulary) -> dict[str, list[Any]]:
    """Returns scenarios as columns, one row each, from which a frame of any kind can be made.

    The columns are ``id``, ``scenario.date``, ``presume``, a column for each fact that some scenario
    states, in the order of the vocabulary, and ``discretion:`` columns.  All values are text as in a
    file; None where nothing is stated.  What a scenario presumes by itself stands as if it were stated,
    since a register has one set of presumptions for all its rows.
    """
    rows = [_row(scenario) for scenario in scenarios]
    order = ["id", FACTS_DATE.key, "presume", *(fact.key for fact in vocabulary.facts())]
    used = dict.fromkeys(name for row in rows for name in row)
    names = [*(name for name in order if name in used), *(name for name in used if name not in order)]
    return {name: [row.get(name) for row in rows] for name in names}


def _row(scenario: Scenario) -> Mapping[str, Any]:
    row: dict[str, Any] = {
        "id": scenario.id,
        FACTS_DATE.key: scenario.date.isoformat() if scenario.date else None,
        "presume": scenario.presume,
    }
    for section in (*scenario.sections(), *scenario.presumed):
        for name, fact in facts_of(type(section)).items():
            answer = getattr(section, name)
            if answer is not None:
                row.setdefault(fact.key, _text(fact.write(answer), answer))
    for name, used in scenario.discretion.items():
        row[f"discretion:{name}"] = "yes" if used else "no"
    return row


def _text(written: Any, answer: Any) -> Any:
    if answer is UNKNOWN or not isinstance(answer, MemberSet):
        return written
    return as_text([*sorted(answer.known), *(f"?{member}" for member in sorted(answer.open))])
