"""Which law applies to a case: as of which day, whether it is in force, and with which other law.

Three dates decide: that of the law applied, that of the facts, and that of the application.  Where they
are known, so is the law.  An unknown date is an open question like any other: every ruleset that may be
in force joins, on the condition that it is.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import Literal

import attrs

from regcompare._support.derived import derived
from regcompare.errors import UsageError
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    Between,
    Condition,
    OnOrAfter,
    all_of,
    any_of,
    evaluate,
    nodes,
    substitute,
)
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Licence

APPLIED_ON = Licence.applied_on

AppliedDay = dt.date | Literal["scenario"] | None
"""The day whose law is applied; ``scenario`` for the date of the case, None where it is unknown."""


class OpenLawQuestion(enum.Enum):
    """A question that is open about which law applies."""

    NOTHING = "nothing"
    """Nothing."""
    FORCE = "force"
    """Whether a law is in force depends on an unknown date."""
    DAY = "day"
    """So does the day whose law is applied, which is that of the case."""


def not_in_force(ruleset: Ruleset, day: object) -> UsageError:
    """Returns the error that a ruleset is not in force on a day, where nothing is said of other days."""
    return UsageError(
        f"{ruleset.id} is not in force on {day}; choose another day with as_of, or --as-of."
    )


@attrs.frozen
class ApplicableLaw:
    """The law that applies, as far as the known dates decide it.

    Attributes:
        day: The day whose law is applied; None where it is not known.
        in_force: Whether the ruleset is in force; None where that is open.
        base: The law that a proposal is based on; None where there is none, or that is open.
        bases: The laws on which it may be based.
        concurrent: The rulesets that it is based on or combined with, as far as they may be in force.
        open_law: What is still unknown.
    """

    day: dt.date | None
    in_force: bool | None
    base: Ruleset | None
    bases: tuple[Ruleset, ...]
    concurrent: tuple[Ruleset, ...]
    open_law: OpenLawQuestion


@derived
def applicable_law(
    ruleset: Ruleset,
    as_of: AppliedDay,
    facts_date: dt.date | Between | None,
    applied_on: dt.date | None,
) -> ApplicableLaw:
    """Returns which law applies, as far as these dates decide it.

    Args:
        ruleset: The ruleset.
        as_of: The day whose law is applied.
        facts_date: The date of the facts, or the days between which it is, or None.
        applied_on: The date of the application, or None.
    """
    law_date = _law_date(ruleset, as_of, facts_date, applied_on)
    by_case_date = as_of == "scenario" and law_date is None
    force = force_of(ruleset, by_case_date)
    dates = {LAW_DATE.key: law_date, FACTS_DATE.key: facts_date, APPLIED_ON.key: applied_on}
    in_force = evaluate(force.in_force, dates).truth
    bases = {base: evaluate(applies, dates).truth for base, applies in force.bases.items()}
    truths = {part: evaluate(condition, dates).truth for part, condition in force.concurrent.items()}
    is_open = by_case_date or in_force is None or None in truths.values()
    if is_open and isinstance(facts_date, Between):  # One program serves every span.
        dates[FACTS_DATE.key] = None
        truths = {part: evaluate(condition, dates).truth for part, condition in force.concurrent.items()}
    open_law = OpenLawQuestion.FORCE if is_open else OpenLawQuestion.NOTHING
    return ApplicableLaw(
        law_date,
        in_force,
        next((base for base, truth in bases.items() if truth), None),
        tuple(base for base, truth in bases.items() if truth is not False),
        tuple(part for part, truth in truths.items() if truth is not False),
        OpenLawQuestion.DAY if by_case_date else open_law,
    )


def _law_date(
    ruleset: Ruleset,
    as_of: AppliedDay,
    facts_date: dt.date | Between | None,
    applied_on: dt.date | None,
) -> dt.date | None:
    """The day whose law is applied: that of the facts, or of an application before a switch of acts."""
    if as_of != "scenario" or not isinstance(facts_date, dt.date):
        return as_of if isinstance(as_of, dt.date) else None
    switches = [day for day in switches_of(ruleset) if day <= facts_date]
    if not switches:
        return facts_date
    if applied_on is None:
        return None
    return applied_on if applied_on < max(switches) else facts_date


def switches_of(ruleset: Ruleset) -> list[dt.date]:
    """Returns the days from which applications to a ruleset, or one beside it, follow a new act."""
    return [part.transition.day for part in (ruleset, *ruleset.beside) if part.transition]


@attrs.frozen(eq=False)
class Force:
    """The conditions under which a ruleset, and what it is based on or combined with, is in force.

    Attributes:
        in_force: When the ruleset is in force.
        bases: For each base, when it is the one on which a proposal is based.
        concurrent: For each ruleset that it is based on or combined with, when that one applies too.
    """

    in_force: Condition
    bases: Mapping[Ruleset, Condition]
    concurrent: Mapping[Ruleset, Condition]


@derived
def force_of(ruleset: Ruleset, by_case_date: bool) -> Force:
    """Returns when a ruleset is in force.

    Args:
        ruleset: The ruleset.
        by_case_date: Whether the law applied is that of the day of the case.
    """
    cache: dict[Condition, Condition] = {}

    def rewritten(condition: Condition) -> Condition:
        return with_law_of_the_case(condition, ruleset, cache) if by_case_date else condition

    return Force(
        rewritten(ruleset.force),
        {base: rewritten(first) for base, first in ruleset.bases},
        {part: rewritten(condition) for part, condition in _concurrent(ruleset).items()},
    )


def _concurrent(ruleset: Ruleset) -> dict[Ruleset, Condition]:
    conditions: dict[Ruleset, Condition] = {}
    for part, applies in (*ruleset.bases, *((part, part.force) for part in ruleset.beside)):
        for law, inner in ((part, TRUE), *_concurrent(part).items()):
            conditions[law] = any_of(conditions.get(law, FALSE), all_of(applies, inner))
    return conditions


def with_law_of_the_case(
    condition: Condition, ruleset: Ruleset, cache: dict[Condition, Condition]
) -> Condition:
    """Rewrites a condition so that the law it asks about is that of the day of the case.

    Args:
        condition: The condition.
        ruleset: The ruleset whose switches count.
        cache: Nodes rewritten already; share one dictionary among conditions that share terms.
    """
    for node in nodes([condition], cache):
        if isinstance(node, OnOrAfter) and node.key == LAW_DATE.key:
            cache[node] = _law_of_the_case_from(ruleset, node.day)
    return substitute(condition, cache)


def _law_of_the_case_from(ruleset: Ruleset, day: dt.date) -> Condition:
    """Returns the condition that the facts, and the application, are of this day or later.

    The application counts where it precedes a switch of acts and the facts follow it.
    """
    pending = (
        ~FACTS_DATE.on_or_after(switch) | APPLIED_ON.on_or_after(min(day, switch))
        for switch in switches_of(ruleset)
    )
    return all_of(FACTS_DATE.on_or_after(day), *pending)
