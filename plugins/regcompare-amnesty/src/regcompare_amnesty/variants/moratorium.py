"""A15 to A20: moratoria, the ban on highly invasive spyware, revocation, redress and restraint.

They are applied whole on any day, as they stood on the day of the last of them.

A moratorium is a suspension: it ends when a framework that protects human rights is in place.  Whether
one is, is a fact, since the world settles it and not the wording; its ordinary answer is no.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from regcompare.authoring import (
    TRUE,
    Addressee,
    Chapter,
    Destination,
    DutyKind,
    EndUser,
    EvidenceLevel,
    Item,
    Licence,
    Outcome,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare_amnesty import demands
from regcompare_amnesty.facts import Amnesty
from regcompare_amnesty.interpretations import ic_21
from regcompare_amnesty.statements import BEHIND, demand_made
from regcompare_amnesty.un_facts import Un
from regcompare_eu import MEMBER_STATE
from regcompare_eu.common import in_union, transfers_within

from .texts import LATER_DEMANDS

LAST_DAY = dt.date(2023, 10, 31)
"""The day of the last of these demands, on which the proposal is whole."""
made = partial(demand_made, whole=LAST_DAY)

chapter = Chapter()

ic_18 = chapter.interpretation(
    "IC-18",
    LATER_DEMANDS["A15"],
    "What does the moratorium cover?",
    readings={
        "targeted": "Spyware and other targeted surveillance tools.",
        "all": "All surveillance technology.",
        "private_only": "Only what private companies have developed.",
    },
    within={"targeted": "all", "private_only": "all"},
    default="targeted",
    reason="The 2021 text is broad; the 2023 text speaks of spyware.",
    checked=EvidenceLevel.SECONDARY,
)
ic_19 = chapter.interpretation(
    "IC-19",
    LATER_DEMANDS["A17"],
    "Is spyware highly invasive if it fails one of the two tests, or only if it fails both?",
    readings={"one": "One is enough.", "both": "Both."},
    within={"both": "one"},
    default="one",
    reason="Amnesty's Security Lab, October 2023, joins the tests by 'or'.",
    checked=EvidenceLevel.OWN,
)
ic_20 = chapter.interpretation(
    "IC-20",
    LATER_DEMANDS["A15"],
    "Do the moratoria and bans cover transfers within the Union?",
    readings={
        "reached": "Yes, although licensing does not.",
        "excluded": "No: transfers that stay within the Union are not covered.",
    },
    within={"excluded": "reached"},
    default="reached",
    reason="The calls speak of transfer and use, without geographical limit.",
    checked=EvidenceLevel.SECONDARY,
)
ic_22 = chapter.interpretation(
    "IC-22",
    LATER_DEMANDS["A18"],
    "Do the moratorium and revocation apply to licences already granted?",
    readings={
        "existing_too": "Yes: they are suspended or revoked.",
        "new_only": "No: new applications only.",
    },
    within={"new_only": "existing_too"},
    default="existing_too",
    reason="The recommendations speak of revoking licences.",
    checked=EvidenceLevel.SECONDARY,
)

service_within = (
    ic_21.is_read_as("as_the_item")
    & Transaction.kind.is_in(*demands.SERVICES)
    & in_union(Destination.country)
)
supply_or_transfer = Term(
    "supply from the Union, or transfer or service within it",
    LATER_DEMANDS["A15"],
    demands.supply | (ic_20.is_read_as("reached") & (transfers_within() | service_within)),
)
not_exempt_as_granted = Term(
    "licence to which the demand applies",
    LATER_DEMANDS["A18"],
    ic_22.choose(existing_too=TRUE, new_only=~Licence.status.is_in("granted")),
)
no_framework = Term(
    "no framework that protects human rights",
    LATER_DEMANDS["A15"],
    ~Un.framework_in_place,
)
_UNTIL = "until a framework that protects human rights is in place"

# A15 - moratorium on surveillance technology
targeted_tool = Term(
    "spyware or another targeted surveillance tool",
    LATER_DEMANDS["A15"],
    Item.technology.is_in(
        "intrusion_platform",
        "intrusion_software",
        "mobile_interception",
        "digital_forensics",
        "covert_listening",
        "location_tracking",
    ),
    note="Which technologies count as targeted is this encoding's own interpretation.",
    checked=EvidenceLevel.INFERRED,
)
a15 = chapter.rule(
    LATER_DEMANDS["A15"],
    "Surveillance technology may not be sold, transferred or exported, and no licence may be used, "
    "until a framework that protects human rights is in place.",
    when=made("A15")
    & supply_or_transfer
    & ic_18.choose(
        targeted=targeted_tool,
        all=demands.digital_surveillance_technology | targeted_tool,
        private_only=demands.digital_surveillance_technology & Un.private_developer,
    )
    & no_framework
    & not_exempt_as_granted,
    then=Outcome.SUSPENSION,
    states=_UNTIL,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A15"],
    checked=EvidenceLevel.INFERRED,
)

# A16 - the same for all spyware
spyware = Term(
    "spyware",
    LATER_DEMANDS["A16"],
    Item.technology.is_in("intrusion_platform", "intrusion_software"),
    within=targeted_tool,
)
a16 = chapter.rule(
    LATER_DEMANDS["A16"],
    "No spyware may be sold or transferred until a framework that protects human rights is in place.",
    when=made("A16") & supply_or_transfer & spyware & no_framework,
    then=Outcome.SUSPENSION,
    states=_UNTIL,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A16"],
    checked=EvidenceLevel.SECONDARY,
)

# A17 - permanent ban on highly invasive spyware
a17 = chapter.rule(
    LATER_DEMANDS["A17"],
    "Spyware that cannot be independently audited, or cannot be limited to functions that are "
    "necessary and proportionate to a specific use and target, may not be exported or "
    "transferred.",
    when=made("A17")
    & supply_or_transfer
    & spyware
    & ic_19.choose(one=~Item.auditable | ~Item.limitable, both=~Item.auditable & ~Item.limitable),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A17"],
    checked=EvidenceLevel.INFERRED,
    note="The call is to ban its use as well.",
)

# A18 - abusive suppliers
from_abusive_supplier = Term(
    "surveillance technology of an abusive supplier",
    LATER_DEMANDS["A18"],
    supply_or_transfer
    & demands.digital_surveillance_technology
    & Amnesty.supplier_abusive
    & not_exempt_as_granted,
)
a18 = chapter.rule(
    LATER_DEMANDS["A18"],
    "The authority must refuse a licence to a supplier that has been shown to enable unlawful "
    "targeting.",
    when=made("A18") & from_abusive_supplier,
    then=Outcome.REFUSAL,
    states="the authority, where the supplier has been shown to enable unlawful targeting",
    triggered_by=Trigger.FINDING,
    rests_on=BEHIND["A18"],
    checked=EvidenceLevel.INFERRED,
)
a18_duty = chapter.duty(
    LATER_DEMANDS["A18"],
    "The exporting state must revoke the licences held by a supplier that has been shown to enable "
    "unlawful targeting, and must hold an independent, public and impartial investigation.",
    kind=DutyKind.REVIEW,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=made("A18") & from_abusive_supplier,
    rests_on=BEHIND["A18"],
    checked=EvidenceLevel.SECONDARY,
    id="A18-duty",
)

# A19 - redress
a19 = chapter.duty(
    LATER_DEMANDS["A19"],
    "States must hold those responsible for unlawful surveillance to account, and give victims redress.",
    kind=DutyKind.REMEDY,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=made("A19"),
    rests_on=BEHIND["A19"],
    checked=EvidenceLevel.SECONDARY,
)

# A20 - what companies should leave
a20 = chapter.duty(
    LATER_DEMANDS["A20"],
    "Companies should not sell facial recognition to law enforcement.",
    kind=DutyKind.COMPLIANCE_PROGRAMME,
    addressee=Addressee.EXPORTER,
    strength=Strength.VOLUNTARY,
    when=made("A20")
    & demands.supply
    & demands.facial_recognition
    & EndUser.kind.is_in("law_enforcement"),
    rests_on=BEHIND["A20"],
    checked=EvidenceLevel.SECONDARY,
)

chapter.left_out(
    LATER_DEMANDS["A15"],
    "The use and purchase of surveillance technology by Member States themselves.",
    "This is not an export, so no rule decides it; a transfer within the Union is covered (IC-20).",
)
chapter.left_out(
    LATER_DEMANDS["A15"],
    "When a framework counts as being in place.",
    "No source gives a measure; the scenario answers this, and the standard answer is no.",
)
chapter.left_out(
    LATER_DEMANDS["A16"],
    "Exempting authorised testing from the moratorium and the ban.",
    "The calls mention no exemption; A14 exempts it only from licensing.",
)
chapter.left_out(
    LATER_DEMANDS["A17"],
    "The ban on the use of highly invasive spyware.",
    "No rule covers use; extending the ban to export and transfer is this encoding's own "
    "interpretation.",
)
chapter.left_out(
    LATER_DEMANDS["A18"],
    "Licences granted by another state, and the supplier's group of companies.",
    "The question is about the supplier in this transaction.",
)
