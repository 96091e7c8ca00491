"""C17 and C18: circumvention, and the yearly report."""

from __future__ import annotations

from regcompare.authoring import Chapter, DutyKind, EvidenceLevel, Outcome, Strength, Trigger
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import COMMISSION, Eu

from .control_list import in_section_b
from .sources import row

chapter = Chapter()

# C17 - circumvention
c17 = chapter.rule(
    row("C17"),
    "No one may knowingly take part in an activity intended to circumvent the catch-alls for unlisted "
    "items.",
    when=Eu.evasion & ~act.listed & ~in_section_b,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.UNREAD,
    fires="evasion",
    misses="told-of-repression",
)

# C18 - reporting
c18 = chapter.duty(
    row("C18"),
    "The Commission must publish an annual report, with aggregate figures.",
    kind=DutyKind.PUBLICATION,
    addressee=COMMISSION,
    strength=Strength.MUST,
    deadline="yearly",
    checked=EvidenceLevel.UNREAD,
)
