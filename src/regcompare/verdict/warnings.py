"""What a reader of a verdict might be surprised by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from regcompare.facts import MemberSet
from regcompare.program.force import LawState
from regcompare.ruleset.currency import later_tables, tables_of_facts
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import EstablishedFacts


def warnings_of(
    known: EstablishedFacts,
    ruleset: Ruleset,
    law: LawState,
    facts: dt.date | None,
    applied_on: dt.date | None,
) -> Iterator[str]:
    """Yields warnings about one case under one ruleset.

    Args:
        known: What is known of the case.
        ruleset: The ruleset.
        law: Which law applies.
        facts: The day of the facts.
        applied_on: The day of the application.
    """
    yield from known.notices
    yield from _withdrawn(known)
    yield from _unheld(known, ruleset)
    yield from _of_days(ruleset, law, facts, applied_on)


def _withdrawn(known: EstablishedFacts) -> Iterator[str]:
    """Says which assumptions gave way to what is stated."""
    for fact, sentence in known.withdrawn.items():
        why = sentence or "What follows from it contradicts what is stated."
        yield f"{fact} is not assumed, because that would contradict the other facts: {why}"


def _unheld(known: EstablishedFacts, ruleset: Ruleset) -> Iterator[str]:
    """Which codes are of entries that no list holds."""
    for held in ruleset.vocabulary.code_lists:
        value = known.values.get(held.fact)
        for code in sorted(value.known | value.open) if isinstance(value, MemberSet) else ():
            if held.is_outside(code):
                yield f"{code}: this entry of {held.name} is not recorded; whether it is listed is open."


def _of_days(
    ruleset: Ruleset, law: LawState, facts: dt.date | None, applied_on: dt.date | None
) -> Iterator[str]:
    day = law.day
    if day is None:
        yield _NO_DAY if facts is None else _WHICH_DAY
    if facts and day and facts != day:
        when = "later" if facts > day else "earlier"
        names = ", ".join(tables_of_facts([ruleset])) or "none"
        yield (
            f"The facts ({facts}) are {when} than the law applied ({day}). Tables read at the date of "
            f"the facts: {names}."
        )
    yield from _base_warnings(ruleset, law)
    for table in later_tables(ruleset, day, facts):
        yield f"{table.name} was checked only up to {table.verified_through}."
    if facts and applied_on and ruleset.transition and applied_on < ruleset.transition.day <= facts:
        yield f"The application of {applied_on} remains subject to the act in force when it was made."


_NO_DAY = "The scenario has no date, so the law on that date is not known."
_WHICH_DAY = (
    "The date of the application is not known, so it is not known whether the law of that date or of "
    "the date of the facts applies."
)


def _base_warnings(ruleset: Ruleset, law: LawState) -> Iterator[str]:
    """Says which law a proposal is based on where that is not the first that it names."""
    if not ruleset.base:
        return
    first, base = ruleset.base[0], law.base
    possible = [item for item in ruleset.base if item in law.along]
    if base is None and possible:
        names = " or ".join(item.id for item in possible)
        yield f"Which law {ruleset.id} is based on depends on dates that are not known: {names}."
    elif base is None:
        yield f"No law that {ruleset.id} is based on is in force on {law.day}; it is applied alone."
    elif base is not first:
        yield f"{first.id} is not in force on {law.day}; the proposal is based on {base.id}."
