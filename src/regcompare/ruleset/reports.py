"""Findings that earlier reports may show: how near to the end user they must come is a reading.

Each text asks for a finding of its own: a clear risk, a reason to believe, reasonable grounds.  The same
reports, which a case lists once, count for each of them, as near as the chosen reading of the text asks.
A case that itself states that there is no such finding is assessed under the reading ``stated``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from regcompare.logic.conditions import FALSE, Condition, any_of
from regcompare.vocabulary import Reported
from regcompare.vocabulary.sections import REPORT_LEVELS

STATED = "stated"
"""The reading under which reports show nothing, and only what the case states counts."""
ALL_TESTS = "reports"
"""The name under which one reading is chosen for all texts about what reports show."""
READINGS: Mapping[str, str] = {
    "user": "Reports on this end user, or on this product in this state's hands.",
    "kind_of_user": "Those, and reports on this kind of body in this country.",
    "country": "Those, and reports on the country.",
    STATED: "None: only what the case itself states.",
}
"""The readings, each with what it says: the farthest that reports may be from the end user."""
NESTED: Mapping[str, str] = {STATED: "user", "user": "kind_of_user", "kind_of_user": "country"}
"""Each reading with the next that also lets farther reports count."""


def conditions_of(matters: Collection[str]) -> dict[str, Condition]:
    """Returns for each reading the condition that reports of one of these matters come as near."""
    levels: list[str] = list(REPORT_LEVELS)
    nearer = {level: levels[: place + 1] for place, level in enumerate(levels) if level in READINGS}
    found = {
        level: any_of(*(getattr(Reported, matter).is_in(*words) for matter in matters))
        for level, words in nearer.items()
    }
    return {**found, STATED: FALSE}
