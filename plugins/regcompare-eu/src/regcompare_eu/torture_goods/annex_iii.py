"""Chapter III: goods that could be abused need a licence, which must be refused where abuse is to be feared."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    LicensingPolicy,
    Outcome,
    Review,
    Stage,
    Standard,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare_eu.facts import MEMBER_STATE, Eu

from .definitions import REGULATION, annex_iii, export, knows_of_abuse, might_be_abused

chapter = Chapter()

ABUSE = "use for repression or violations of human rights"
REFUSE = Review(LicensingPolicy.REFUSE, Standard.SUBSTANTIAL_RISK, ABUSE)

brokering = Transaction.kind.is_in("brokering")
assistance = Term(
    "technical assistance that is not excepted",
    REGULATION["Art. 15(3)"],
    Transaction.kind.is_in("technical_assistance")
    & ~Eu.assistance_exceptions.includes_any(
        "public_information", "member_state_forces", "licensed_minimum"
    ),
    note="Assistance to police of a Member State abroad is excepted as well; no question asks for it.",
)

export_licence = chapter.rule(
    REGULATION["Art. 11(1)"],
    "An authorisation is required for any export of goods in Annex III.",
    when=annex_iii & export,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="faces-for-police",
    misses="not-made-to-watch",
)
export_refusal = chapter.rule(
    REGULATION["Art. 12(2)"],
    "The authority may not authorise an export where there are reasonable grounds to believe that the goods "
    "might be used for abuse.",
    when=annex_iii & export & might_be_abused,
    then=Outcome.REFUSAL,
    review=REFUSE,
    triggered_by=Trigger.FINDING,
)
known_transit = chapter.rule(
    REGULATION["Art. 13"],
    "Nobody may carry goods in Annex III through the Union who knows that any part of them is intended for "
    "abuse.",
    when=annex_iii & Transaction.kind.is_in("transit") & knows_of_abuse,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.KNOWLEDGE,
)
services_licence = chapter.rule(
    REGULATION["Art. 15(1)"],
    "An authorisation is required for brokering and for technical assistance related to goods in Annex III.",
    when=annex_iii & (brokering | assistance),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)
brokering_refusal = chapter.rule(
    REGULATION["Art. 15(2)"],
    "For brokering, the authority must refuse on the same ground as for an export.",
    when=annex_iii & brokering & might_be_abused,
    then=Outcome.REFUSAL,
    review=REFUSE,
    triggered_by=Trigger.FINDING,
)
chapter.duty(
    REGULATION["Art. 12(2)"],
    "The authority must take into account judgments of international courts, and findings of the competent "
    "bodies of the United Nations, the Council of Europe and the Union.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
    id="art-12-2-sources",
)
chapter.duty(
    REGULATION["Art. 12(2)"],
    "The authority may take into account reports of civil society.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MAY,
    stage=Stage.LICENSING,
    id="art-12-2-civil-society",
)
chapter.duty(
    REGULATION["Art. 15(2)"],
    "For technical assistance, the authority must take the criteria for exports into account.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=annex_iii & assistance,
    id="art-15-2-assistance",
)
chapter.duty(
    REGULATION["Art. 23(1)"],
    "A Member State must notify the others and the Commission within 30 days when it refuses a licence or "
    "annuls one.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    deadline="30 days",
)
chapter.duty(
    REGULATION["Art. 23(2)"],
    "An authority must consult the one that refused an essentially identical transaction in the last three "
    "years before it grants a licence.",
    kind=DutyKind.CONSULTATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
)
chapter.duty(
    REGULATION["Art. 23(3)"],
    "If it grants the licence after that, its Member State must tell the others and the Commission at once, "
    "with reasons.",
    kind=DutyKind.INFORMATION_SHARING,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    stage=Stage.LICENSING,
)
chapter.duty(
    REGULATION["Art. 26(3)"],
    "Each Member State must publish every year how many applications it had, on which goods and countries, "
    "and how it decided, unless essential interests of its security forbid it.",
    kind=DutyKind.PUBLICATION,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    deadline="yearly",
)
