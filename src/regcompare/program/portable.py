"""Scenarios as JSON that other programs read; a scenario is known by the hash of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from regcompare.facts import MemberSet, written
from regcompare.logic.conditions import Among
from regcompare.scenario.provenance import last_day
from regcompare.scenario.scenario import Scenario, asked_answers


def portable_scenario(scenario: Scenario) -> dict[str, Any]:
    """Returns the facts of a scenario as JSON, with its presumptions and the use of powers.

    A stated ``unknown`` is the word ``unknown``; a set is its known and its open members.
    """
    days = None if scenario.date else scenario.between
    return {
        "id": scenario.id,
        "date": scenario.date and scenario.date.isoformat(),
        **({"between": {"from": str(days.first), "to": str(days.last)}} if days else {}),
        "presume": " ".join(scenario.presume) or None,
        "facts": {key: portable_answer(value) for key, value in asked_answers(scenario).items()},
        "reports": [
            {"last_day": last_day(item.day).isoformat(), "level": item.level, "of": list(item.of)}
            for item in scenario.reports
        ],
        "presumed": {key: portable_answer(value) for key, value in scenario.presumed.items()},
        "discretion": dict(scenario.discretion),
    }


def portable_answer(value: Any) -> Any:
    """Returns a stated answer as JSON."""
    text = written(value)
    is_written = text == "unknown" or isinstance(value, Among)
    return text if is_written else portable_value(value)


def portable_value(value: Any) -> Any:
    """Returns an answer as JSON: a set as its known and its open members."""
    if isinstance(value, MemberSet):
        return {"known": sorted(value.known), "open": sorted(value.open)}
    return value.isoformat() if isinstance(value, dt.date) else value
