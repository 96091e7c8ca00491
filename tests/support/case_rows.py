"""Cases as the columns of a table, which states all that they state or presume of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from regcompare import Scenario
from regcompare.authoring import FACTS_DATE
from regcompare.facts import MemberSet, written
from regcompare.logic.conditions import Among
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.scenario import asked_answers
from regcompare.vocabulary import Vocabulary
from regcompare_registers.columns import OPTION_SEPARATOR, as_text


def frame_rows(scenarios: Iterable[Scenario], vocabulary: Vocabulary) -> dict[str, list[Any]]:
    """Columns from which a frame of any kind can be made, all values as text; None states nothing."""
    rows = [_row(scenario, vocabulary) for scenario in scenarios]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _row(scenario: Scenario, vocabulary: Vocabulary) -> dict[str, Any]:
    day = scenario.date.isoformat() if scenario.date else None
    row: dict[str, Any] = {"id": scenario.id, FACTS_DATE.key: day}
    for key, answer in {**scenario.presumed, **asked_answers(scenario)}.items():
        row[key] = _text(written(answer), answer)
    assumed = assumed_facts(scenario, vocabulary)
    for fact in vocabulary.facts():
        origin = assumed.origins.get(fact.key)
        if origin == "surveillance" or (origin == "stated" and fact.key not in row):
            answer = assumed.values[fact.key]
            row[fact.key] = _text(written(answer), answer)
    for name, used in scenario.discretion.items():
        row[f"discretion:{name}"] = "yes" if used else "no"
    return row


def _text(written: Any, answer: Any) -> Any:
    if isinstance(answer, Among):
        return OPTION_SEPARATOR.join(sorted(answer.words))
    if not isinstance(answer, MemberSet):
        return written
    return as_text([*sorted(answer.known), *(f"?{member}" for member in sorted(answer.open))])
