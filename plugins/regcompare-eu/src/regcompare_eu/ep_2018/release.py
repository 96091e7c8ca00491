"""E13 to E15: encryption is let go, new technologies come in fast, and measures stay proportionate."""

from __future__ import annotations

from regcompare import Addressee, Checked, Duty, DutyKind, Outcome, Rule, SetOffBy, Strength
from regcompare_eu.com_2016_616 import general_authorisations as proposal_authorisations
from regcompare_eu.eu_428_2009 import authorisations as act_authorisations
from regcompare_eu.eu_428_2009 import scope as act_scope

from .definitions import controlled_anyhow, released
from .sources import row

# E13 - encryption
e13 = Rule(
    row("E13"),
    "Encryption is taken off the list, so that its export needs no authorisation; the catch-alls and "
    "national measures stay.",
    when=act_authorisations.listed_export & released & ~controlled_anyhow,
    lifts=(
        act_scope.art_3_1,
        act_authorisations.eu001,
        act_authorisations.eu002,
        act_authorisations.eu003,
        act_authorisations.eu004,
        act_authorisations.eu005,
        act_authorisations.eu006,
        act_authorisations.art_9_4,
        proposal_authorisations.c16,
    ),
    then=Outcome.NO_CONTROL,
    set_off_by=SetOffBy.ACT,
    checked=Checked.SECONDARY,
    id="E13",
    fires="encryption-released",
    misses="encryption-with-interception",
)

# E14 - new technologies
e14 = Duty(
    row("E14"),
    "New technologies that carry such risks must be brought under the list quickly.",
    kind=DutyKind.LIST_UPDATING,
    addressee=Addressee.COMMISSION,
    strength=Strength.MUST,
    checked=Checked.SECONDARY,
    id="E14",
)

# E15 - proportionality
e15 = Duty(
    row("E15"),
    "The authority must keep its measures proportionate, so that they do not stop technology for legitimate "
    "purposes, law enforcement included.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    checked=Checked.SECONDARY,
    id="E15",
)
