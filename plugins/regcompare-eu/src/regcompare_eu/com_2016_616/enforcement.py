"""C17 and C18: circumvention, and the yearly report."""

from __future__ import annotations

from regcompare import (
    Addressee,
    Checked,
    Duty,
    DutyKind,
    Outcome,
    Rule,
    SetOffBy,
    Strength,
)
from regcompare_eu.facts import Eu

from .sources import row

# C17 - circumvention
c17 = Rule(
    row("C17"),
    "Nobody may knowingly take part in what is meant to get round the catch-alls.",
    when=Eu.evasion,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.ACT,
    checked=Checked.UNVERIFIED,
    id="C17",
    fires="evasion",
    misses="told-of-repression",
)

# C18 - reporting
c18 = Duty(
    row("C18"),
    "The Commission must publish a report each year, in figures taken together.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.COMMISSION,
    strength=Strength.MUST,
    deadline="yearly",
    checked=Checked.UNVERIFIED,
    id="C18",
)
