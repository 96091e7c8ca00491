"""C17 and C18: circumvention, and the yearly report."""

from __future__ import annotations

from regcompare import (
    Addressee,
    Checked,
    Condition,
    Duty,
    DutyKind,
    Outcome,
    Rule,
    SetOffBy,
    Strength,
)
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import Eu

from .control_list import in_section_b
from .sources import row

# C17 - circumvention


def circumvention(unlisted: Condition) -> Rule:
    """The rule against evasion of the catch-alls, which reach what no section of the list names."""
    return Rule(
        row("C17"),
        "Nobody may knowingly take part in an activity that is meant to get round the catch-alls for "
        "unlisted items.",
        when=Eu.evasion & unlisted,
        then=Outcome.PROHIBITION,
        set_off_by=SetOffBy.ACT,
        checked=Checked.UNREAD,
        id="C17",
        fires="evasion",
        misses="told-of-repression",
    )


c17 = circumvention(~act.listed & ~in_section_b)

# C18 - reporting
c18 = Duty(
    row("C18"),
    "The Commission must publish a report each year, in figures taken together.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.COMMISSION,
    strength=Strength.MUST,
    deadline="yearly",
    checked=Checked.UNREAD,
    id="C18",
)
