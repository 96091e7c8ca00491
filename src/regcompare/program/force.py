"""Which law applies to a case: on which day, whether it is in force, on or beside which other law.

Three days decide that: the day whose law is applied, the day of the facts, and that of the application.
Where they are known, so is the law.  Where one is not, it is asked for like any other fact: everything
that may be in force joins, each under the condition that it is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from functools import lru_cache
from operator import is_
from typing import Literal

import attrs

from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Condition,
    OnOrAfter,
    all_of,
    any_of,
    nodes,
    rebuild,
    walk,
)
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence

APPLIED_ON = Licence.applied_on

Wanted = dt.date | Literal["scenario"] | None
"""A day whose law is applied, ``scenario`` for that of the case, None for one that is not known."""


class OpenLawQuestion(enum.Enum):
    """What about the law is left to ask."""

    NOTHING = "nothing"
    """Which law applies is known."""
    FORCE = "force"
    """Whether a law is in force depends on a day that is not known."""
    DAY = "day"
    """So does the day of the law, which is that of the case."""


@attrs.frozen
class LawState:
    """Which law applies, as far as the days that are known decide it.

    Attributes:
        day: The day whose law is applied; None where it is not known.
        in_force: Whether the ruleset is in force; None where that is open.
        base: The law that a proposal is based on; None where there is none, or that is open.
        along: The rulesets that it is based on or combined with and that are, or may be, in force.
        asks: What is left to ask.
    """

    day: dt.date | None
    in_force: bool | None
    base: Ruleset | None
    along: tuple[Ruleset, ...]
    asks: OpenLawQuestion


@lru_cache(maxsize=256)
def law_state(
    ruleset: Ruleset, wanted: Wanted, facts: dt.date | None, applied_on: dt.date | None
) -> LawState:
    """Returns which law applies, as far as these days decide it.

    Args:
        ruleset: The ruleset.
        wanted: The day whose law is applied.
        facts: The day of the facts, or None.
        applied_on: The day of the application, or None.
    """
    day = _law_day(ruleset, wanted, facts, applied_on)
    follows = wanted == "scenario" and day is None
    force = force_of(ruleset, follows)
    days = {LAW_DATE.key: day, FACTS_DATE.key: facts, APPLIED_ON.key: applied_on}
    in_force = walk(force.in_force, days).truth
    truths = {part: walk(condition, days).truth for part, condition in force.along.items()}
    is_open = in_force is None or None in truths.values()
    return LawState(
        day,
        in_force,
        next((base for base, first in force.bases.items() if walk(first, days).truth), None),
        tuple(part for part, truth in truths.items() if truth is not False),
        OpenLawQuestion.DAY
        if follows
        else OpenLawQuestion.FORCE
        if is_open
        else OpenLawQuestion.NOTHING,
    )


def _law_day(
    ruleset: Ruleset, wanted: Wanted, facts: dt.date | None, applied_on: dt.date | None
) -> dt.date | None:
    """Returns the day whose law is applied: that of the facts, or of an application before a switch."""
    if wanted != "scenario" or facts is None:
        return wanted if isinstance(wanted, dt.date) else None
    switches = [day for day in switches_of(ruleset) if day <= facts]
    if not switches:
        return facts
    if applied_on is None:
        return None
    return applied_on if applied_on < max(switches) else facts


def switches_of(ruleset: Ruleset) -> list[dt.date]:
    """Returns the switches by day of application of a ruleset and of what it is combined with."""
    return [part.transition.day for part in (ruleset, *ruleset.beside) if part.transition]


@attrs.frozen(eq=False)
class Force:
    """When a ruleset, and what it is based on or combined with, is in force.

    Attributes:
        in_force: When the ruleset is.
        bases: For each base, when it is the one that a proposal is based on.
        along: For each ruleset that it is based on or combined with, when that applies along with it.
    """

    in_force: Condition
    bases: Mapping[Ruleset, Condition]
    along: Mapping[Ruleset, Condition]


@lru_cache(maxsize=256)
def force_of(ruleset: Ruleset, follows: bool) -> Force:
    """Returns when a ruleset is in force.

    Args:
        ruleset: The ruleset.
        follows: Whether the day of the law is that of the case.
    """
    made: dict[Condition, Condition] = {}

    def read(condition: Condition) -> Condition:
        return following(condition, ruleset, made) if follows else condition

    return Force(
        read(ruleset.force),
        {base: read(first) for base, first in ruleset.bases},
        {part: read(condition) for part, condition in _along(ruleset).items()},
    )


def _along(ruleset: Ruleset) -> dict[Ruleset, Condition]:
    found: dict[Ruleset, Condition] = {}
    for part, applies in (*ruleset.bases, *((part, part.force) for part in ruleset.beside)):
        for deeper, own in ((part, TRUE), *_along(part).items()):
            found[deeper] = any_of(found.get(deeper, FALSE), all_of(applies, own))
    return found


def following(condition: Condition, ruleset: Ruleset, made: dict[Condition, Condition]) -> Condition:
    """Returns a condition in which the day of the law is that of the case.

    Args:
        condition: The condition.
        ruleset: The ruleset that is asked about, whose switches count.
        made: What was made already for it; pass one dictionary for several conditions, so that they go
            on sharing their terms.
    """
    for node in nodes([condition], made):
        parts = [made[part] for part in node.parts]
        new = node if all(map(is_, parts, node.parts)) else rebuild(node, parts)
        if isinstance(node, OnOrAfter) and node.key == LAW_DATE.key:
            new = _of_the_case(ruleset, node.day)
        made[node] = new
    return made[condition]


def _of_the_case(ruleset: Ruleset, day: dt.date) -> Condition:
    """That the law of the case is of this day or later: its facts are, and so is its application.

    The application counts where it was made before a switch and the facts are of a later day.
    """
    pending = (
        ~FACTS_DATE.on_or_after(switch) | APPLIED_ON.on_or_after(min(day, switch))
        for switch in switches_of(ruleset)
    )
    return all_of(FACTS_DATE.on_or_after(day), *pending)
