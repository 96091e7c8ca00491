"""The demands A01 to A14, A21 and A22: rules where they decide an export, duties where they do not.

Each counts from the day on which it was first made: read at an earlier day, the ruleset does not have it.

A licence is demanded for exports and, by the default reading of IC-21, for services; transfers inside the
Union are left to the base (IC-20).  A rule's mark is that of the weakest element that decides it, so a
demand that was read is still marked inferred where the outcome is this encoding's own reading.
"""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    TRUE,
    Addressee,
    Breach,
    Chapter,
    Condition,
    Destination,
    Diligence,
    DutyKind,
    EndUse,
    EndUser,
    Evidence,
    EvidenceLevel,
    Item,
    Knowledge,
    Licence,
    LicensingPolicy,
    Outcome,
    Plain,
    Review,
    SetOf,
    Standard,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare.logic.conditions import FALSE
from regcompare.vocabulary import Concern, TransactionKind
from regcompare_eu import COMMISSION, MEMBER_STATE
from regcompare_eu.common import in_union, listed
from regcompare_eu.tables import GENERAL_AUTHORISATIONS

from .facts import Amnesty
from .interpretations import (
    ic_01,
    ic_02,
    ic_03,
    ic_04,
    ic_05,
    ic_06,
    ic_07,
    ic_08,
    ic_09,
    ic_10,
    ic_11,
    ic_12,
    ic_13,
    ic_13_c,
    ic_15,
    ic_17,
    ic_21,
    ic_26,
    ic_28,
    ic_29,
    substantial_risk,
    violations_likely,
)
from .sources import DEMANDS
from .statements import BEHIND, demand_made, demand_made_in, home_2023

chapter = Chapter()

EXPORTS: tuple[TransactionKind, ...] = ("export", "electronic_export")
SERVICES: tuple[TransactionKind, ...] = ("brokering", "technical_assistance", "hosted_service")

# A01 - all digital surveillance technology inside the export rules
supply = Term(
    "supply out of the Union",
    DEMANDS["A01"],
    ic_21.choose(
        as_the_item=Transaction.kind.is_in(*EXPORTS, *SERVICES),
        items_only=Transaction.kind.is_in(*EXPORTS) & ~Item.form.is_in("service"),
    )
    & ~in_union(Destination.country),
    note="Services count by default (IC-21); transfers within the Union do not (IC-20).",
)

digital_surveillance_technology = Term(
    "digital surveillance technology",
    DEMANDS["A01"],
    ic_02.choose(
        designed=Item.designed_to_monitor_people,
        specially_designed=Item.designed_to_monitor_people & Item.specially_designed,
        able=Item.designed_to_monitor_people | ~Item.technology.is_in("not_surveillance", "encryption"),
    )
    & ic_01.choose(overt_too=TRUE, covert_only=Item.covert)
    & ic_03.choose(
        in_scope=TRUE,
        consent_exempt=~(
            Item.technology.is_in("behaviour_research", "emotion_recognition") & EndUse.consent
        ),
    ),
    note="Listed or not, covert or not.",
)

surveillance_supply = Term(
    "supply of digital surveillance technology",
    DEMANDS["A01"],
    supply & digital_surveillance_technology,
)

exempt_research = Term(
    "authorised testing, or a protective tool",
    DEMANDS["A14"],
    ic_04.choose(
        exempt=Item.security_research,
        legitimate_too=Item.security_research | Item.commercial_use_only,
        no_exemption=FALSE,
    ),
)
exempt_encryption = Term(
    "exempt encryption",
    DEMANDS["A14"],
    ic_04.is_read_as("exempt", "legitimate_too") & Item.technology.is_in("encryption"),
)

licensable_supply = Term(
    "supply of non-exempt digital surveillance technology",
    DEMANDS["A01"],
    surveillance_supply & ~exempt_research & ~exempt_encryption,
)

a01 = chapter.rule(
    DEMANDS["A01"],
    "Every supply of digital surveillance technology from the Union requires an authorisation.",
    plain=Plain(
        "it was made to watch people",
        {~Item.designed_to_monitor_people: "It was not made to watch people."},
    ),
    when=demand_made("A01") & surveillance_supply,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A01"],
    checked=EvidenceLevel.INFERRED,
    fires="street-cameras",
    misses="cameras-for-machines",
    note=(
        "The demand is that all such technology comes under the rules; that this means a licence "
        "for each supply, listed or not, is this encoding's reading."
    ),
)

to_an_ally = Term(
    "to a destination covered by the general authorisation for allies",
    DEMANDS["A01"],
    GENERAL_AUTHORISATIONS.where(id="eu001").names(EndUser.country, LAW_DATE)
    & GENERAL_AUTHORISATIONS.where(id="eu001").names(Destination.country, LAW_DATE),
    note="The EU001 destinations in the law in force; the demand itself names none.",
    checked=EvidenceLevel.INFERRED,
)

a01_allies = chapter.rule(
    DEMANDS["A01"],
    "Digital surveillance technology for an ally is covered by a general authorisation.",
    plain=Plain("it goes to one of the EU's close partners"),
    when=demand_made("A01") & surveillance_supply & to_an_ally & ic_28.is_read_as("allies_general"),
    overrides=a01,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A01"],
    checked=EvidenceLevel.INFERRED,
    id="A01-allies",
    fires="listed-for-ally",
    misses="listed-for-others",
    note="So are listed items in the law in force; the demand says nothing of allies (IC-28).",
)

# A02 - no export of facial recognition technology
facial_recognition = Term(
    "facial recognition technology",
    DEMANDS["A02"],
    ic_05.choose(
        identification=Item.face_matching.is_in("one_to_many"),
        all=Item.face_matching.is_in("one_to_one", "one_to_many"),
    )
    & ic_06.choose(both=TRUE, live_only=Amnesty.live_matching)
    & ic_09.choose(parts_too=TRUE, complete_systems=Amnesty.complete_system)
    & ic_29.choose(
        left_out=~(Item.technology.is_in("not_surveillance") & ~Item.designed_to_monitor_people),
        counts=TRUE,
    ),
)

security_end_user = Term(
    "police, intelligence or military end user",
    DEMANDS["A22"],
    EndUser.kind.is_in("law_enforcement", "intelligence", "military"),
)

a02 = chapter.rule(
    DEMANDS["A02"],
    "Facial recognition technology may not be exported.",
    plain=Plain("it recognises people by their faces"),
    when=demand_made("A02")
    & supply
    & facial_recognition
    & ic_07.choose(every=TRUE, state=security_end_user)
    & ic_08.choose(all=TRUE, poor_record=substantial_risk),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A02"],
    checked=EvidenceLevel.OWN,
    fires="face-identification",
    misses="face-verification",
    note=(
        "Encoded as technology that identifies one face among many, for every end user and "
        "destination (IC-05 to IC-09)."
    ),
)

# A03 - emotion and ethnicity recognition under control
infers_emotion_or_ethnicity = Term(
    "emotion or ethnicity recognition",
    DEMANDS["A03"],
    Item.technology.is_in("emotion_recognition") | Item.infers_ethnicity,
)

a03 = chapter.rule(
    DEMANDS["A03"],
    "The export of technology that infers emotion or ethnicity requires an authorisation.",
    plain=Plain("it reads emotions or ethnic origin from people"),
    when=demand_made("A03") & supply & infers_emotion_or_ethnicity,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A03"],
    checked=EvidenceLevel.SECONDARY,
    fires="emotion-for-university",
    misses="behaviour-research-for-university",
)

a03_ban = chapter.rule(
    DEMANDS["A03"],
    "Technology that infers emotion or ethnicity may not be exported.",
    plain=Plain("it reads emotions or ethnic origin from people"),
    when=demand_made("A03") & supply & infers_emotion_or_ethnicity & ic_10.is_read_as("ban"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A03"],
    checked=EvidenceLevel.INFERRED,
    id="A03-ban",
    fires="emotion-for-university under IC-10=ban",
    misses="emotion-for-university",
    note="Only if the demand of 2020 is interpreted as a ban (IC-10).",
)

# A04 - due diligence is a legal obligation
a04 = chapter.rule(
    DEMANDS["A04"],
    "The export may not go ahead until human-rights due diligence has been completed.",
    plain=Plain("the seller has not checked the danger to people first"),
    when=demand_made("A04") & surveillance_supply & ~Diligence.completed & ic_15.is_read_as("blocked"),
    then=Outcome.SUSPENSION,
    states="until the exporter has completed human-rights due diligence",
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A04"],
    checked=EvidenceLevel.INFERRED,
    fires="no-due-diligence",
    misses="street-cameras",
)

a04_duty = chapter.duty(
    DEMANDS["A04"],
    "Every exporter of digital surveillance technology must carry out human-rights due diligence.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=demand_made("A04") & licensable_supply,
    deadline="before each export, and again after a material change, update or renewal",
    breach=Breach.EXPORT_BLOCKED,
    rests_on=BEHIND["A04"],
    checked=EvidenceLevel.OWN,
    id="A04-duty",
)

# A05 - what due diligence is
a05 = chapter.duty(
    DEMANDS["A05"],
    "Due diligence must identify, prevent, mitigate and account for the impact on human rights.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=demand_made("A05") & licensable_supply,
    rests_on=BEHIND["A05"],
    checked=EvidenceLevel.OWN,
)

# A06 - a working catch-all
SERIOUS: tuple[Concern, ...] = ("internal_repression", "human_rights_violation", "ihl_violation")


def _violation(known: SetOf[Concern]) -> Condition:
    """A use that violates human rights or humanitarian law, serious or not as IC-12 is read."""
    return ic_12.choose(
        any_right=known.includes_any(*SERIOUS, "rights_interference"),
        serious=known.includes_any(*SERIOUS),
    )


told_of_violation = Term(
    "informed by the authority of a use that violates human rights or humanitarian law",
    DEMANDS["A06"],
    _violation(Knowledge.authority_informed),
)
aware_of_violation = Term(
    "aware of a use that violates human rights or humanitarian law",
    DEMANDS["A06"],
    _violation(Knowledge.exporter_aware),
    note="The 2016 draft, to which Amnesty asks to return, covers an exporter that knows.",
    checked=EvidenceLevel.SECONDARY,
)

a06 = chapter.rule(
    DEMANDS["A06"],
    "An unlisted item requires an authorisation if due diligence finds a risk to human rights, or if "
    "the exporter knows, or is informed by the authority, of a use that violates human rights or "
    "humanitarian law.",
    plain=Plain("the seller has found a danger to people, knows of one, or has been warned of one"),
    when=demand_made("A06")
    & supply
    & ~listed(DEMANDS["A06"])
    & (
        told_of_violation
        | (ic_17.is_read_as("exporter_or_authority") & (Diligence.finds_risk | aware_of_violation))
    ),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.DILIGENCE,
    rests_on=BEHIND["A06"],
    checked=EvidenceLevel.SECONDARY,
    fires="diligence-finds-risk",
    misses="diligence-finds-none",
)

# A07 - authorities are bound, not merely invited
a07 = chapter.duty(
    DEMANDS["A07"],
    "The authority must refuse a licence if the export fails the human-rights test.",
    kind=DutyKind.REFUSAL,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=demand_made("A07") & licensable_supply,
    rests_on=BEHIND["A07"],
    checked=EvidenceLevel.SECONDARY,
)

# A08 - three grounds of refusal
LETTER_2017_READ = Evidence(
    EvidenceLevel.OWN,
    "open letter of July 2017, as carried by Liberties (an edited reprint)",
    dt.date(2026, 11, 28),
    "Points a and b; the reprint that was read ends before point c. A trade journal reports point a alike",
)
rights_risk = Term(
    "risk to human rights at which a licence must be refused",
    DEMANDS["A08(a)"],
    ic_11.choose(
        substantial_risk=substantial_risk,
        any_risk=Amnesty.any_rights_risk | substantial_risk,
        high_risk=Amnesty.high_risk_to_defenders,
        serious_likely=FALSE,
    ),
)
a08_a = chapter.rule(
    DEMANDS["A08(a)"],
    "The authority must refuse a licence if there is a substantial risk that the export could be used "
    "to violate human rights.",
    plain=Plain("there is a substantial risk that it is used to violate human rights"),
    when=demand_made("A08") & surveillance_supply & rights_risk,
    then=Outcome.REFUSAL,
    review=Review(LicensingPolicy.REFUSE, Standard.SUBSTANTIAL_RISK, "human-rights violations"),
    triggered_by=Trigger.FINDING,
    rests_on=BEHIND["A08"],
    checked=LETTER_2017_READ,
    id="A08-a",
    fires="substantial-risk",
    misses="street-cameras",
)

a08_b = chapter.rule(
    DEMANDS["A08(b)"],
    "The authority must refuse a licence if no law in the destination governs the use of the item.",
    plain=Plain("no law in the country where it goes says how it may be used"),
    when=demand_made("A08")
    & surveillance_supply
    & Destination.surveillance_law.is_in("none")
    & ic_13.is_read_as("bar"),
    then=Outcome.REFUSAL,
    states="the authority, if no law in the destination governs the use",
    triggered_by=Trigger.FINDING,
    rests_on=BEHIND["A08"],
    checked=LETTER_2017_READ,
    id="A08-b",
    fires="no-law",
    misses="street-cameras",
)

a08_c = chapter.rule(
    DEMANDS["A08(c)"],
    "The authority must refuse a licence if the law that governs the use of the item in the "
    "destination falls short of international human-rights standards.",
    plain=Plain("the law in the country where it goes protects people too little"),
    when=demand_made("A08")
    & surveillance_supply
    & Destination.surveillance_law.is_in("substandard")
    & ic_13_c.is_read_as("bar"),
    then=Outcome.REFUSAL,
    states="the authority, if the law in the destination falls short of human-rights standards",
    triggered_by=Trigger.FINDING,
    rests_on=BEHIND["A08"],
    checked=EvidenceLevel.UNREAD,
    id="A08-c",
    fires="substandard-law",
    misses="street-cameras",
)

# A09 - no exports that are likely to lead to serious violations
any_surveillance = Term(
    "surveillance technology of any kind",
    DEMANDS["A09"],
    surveillance_supply,
    note="The 2018 release speaks of systems for mass surveillance of the internet.",
    checked=EvidenceLevel.INFERRED,
)
a09 = chapter.rule(
    DEMANDS["A09"],
    "The authority must refuse a licence for an export that is likely to lead to serious human-rights "
    "violations.",
    plain=Plain("serious violations of human rights are likely"),
    when=demand_made("A09") & any_surveillance & violations_likely,
    then=Outcome.REFUSAL,
    review=Review(LicensingPolicy.REFUSE, Standard.LIKELY, "serious human-rights violations"),
    triggered_by=Trigger.FINDING,
    rests_on=BEHIND["A09"],
    checked=EvidenceLevel.OWN,
    fires="serious-violations-likely",
    misses="substantial-risk",
)

# A10 - a defined standard for the assessment
a10 = chapter.duty(
    DEMANDS["A10"],
    "The authority must assess the impact on human rights against a strict and defined standard.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=demand_made("A10") & licensable_supply,
    rests_on=BEHIND["A10"],
    checked=EvidenceLevel.SECONDARY,
)

# A11 - one set of rules in all Member States
a11 = chapter.rule(
    DEMANDS["A11"],
    "The authority must refuse a licence if another Member State has refused one for an essentially "
    "identical transaction.",
    plain=Plain("another EU country has refused the same sale"),
    when=demand_made("A11")
    & surveillance_supply
    & Licence.refused_elsewhere
    & ic_26.is_read_as("binds"),
    then=Outcome.REFUSAL,
    counts_as=DutyKind.CONSULTATION,
    states="the authority, if another Member State has refused an essentially identical transaction",
    triggered_by=Trigger.FINDING,
    rests_on=BEHIND["A11"],
    checked=EvidenceLevel.INFERRED,
    fires="refused-elsewhere",
    misses="street-cameras",
)

a11_duty = chapter.duty(
    DEMANDS["A11"],
    "Member States must apply one set of strong and uniform rules.",
    kind=DutyKind.CONSULTATION,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=demand_made("A11"),
    rests_on=BEHIND["A11"],
    checked=EvidenceLevel.SECONDARY,
    id="A11-duty",
)

# A12 - fast additions to a binding list
a12 = chapter.duty(
    DEMANDS["A12"],
    "New surveillance technology must be added to the control list quickly, with effect for all Member "
    "States, and by a transparent process with consultation.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    when=demand_made("A12"),
    deadline="a short fixed period",
    note="No source specifies the period.",
    rests_on=BEHIND["A12"],
    checked=EvidenceLevel.SECONDARY,
)

# A13 - publication of decisions
a13 = chapter.duty(
    DEMANDS["A13"],
    "The authority must publish its decisions to grant and to refuse licences, with reasons.",
    kind=DutyKind.PUBLICATION,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=demand_made("A13") & licensable_supply,
    deadline="each decision, quarterly",
    note="The interval is borrowed from Parliament's text of 2018.",
    rests_on=BEHIND["A13"],
    checked=EvidenceLevel.SECONDARY,
)

# A14 - security research stays free of licensing: of A01 and of what follows from it
follows_from_a01 = (a01, a01_allies, a04, a08_a, a08_b, a08_c, a11)

a14 = chapter.rule(
    DEMANDS["A14"],
    "Authorised testing, and tools that protect information systems, are exempt from licensing.",
    plain=Plain("it serves authorised testing or protects computers"),
    when=demand_made("A14") & supply & exempt_research,
    overrides=follows_from_a01,
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A14"],
    checked=EvidenceLevel.SECONDARY,
    fires="testing-tool",
    misses="intrusion-tool",
    note=(
        "Exempt from the licence that A01 asks for, and from what follows from it. The bans, the "
        "catch-all, refusal where serious violations are likely and the law in force still apply."
    ),
)

a14_encryption = chapter.rule(
    DEMANDS["A14"],
    "Encryption is exempt from licensing.",
    plain=Plain("it is encryption"),
    when=demand_made("A14") & supply & exempt_encryption,
    overrides=follows_from_a01,
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A14"],
    checked=EvidenceLevel.UNREAD,
    id="A14-encryption",
    fires="encrypted-messenger",
    misses="readable-messenger",
    note="Exempt from the licence that A01 asks for, and from what follows from it.",
)

# A21 - no export of what is to be banned in the Union
banned_at_home = Term(
    "predictive policing, and since December 2023 emotion recognition or inference of ethnicity",
    DEMANDS["A21"],
    Item.technology.is_in("predictive_policing")
    | (infers_emotion_or_ethnicity & demand_made_in("A21", home_2023)),
    note="What Amnesty named as to be banned in the Union, and not what the AI Act came to ban there, which "
    "is emotion recognition at work and in education only. Faces come under A02. Inferring ethnicity is "
    "not named; on one reading the AI Act bans it.",
    checked=EvidenceLevel.INFERRED,
)

a21 = chapter.rule(
    DEMANDS["A21"],
    "Technology that is to be banned in the Union, including predictive policing and emotion recognition, "
    "may not be exported.",
    plain=Plain("Amnesty wants it banned in the EU itself"),
    when=demand_made("A21") & supply & banned_at_home,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A21"],
    checked=EvidenceLevel.OWN,
    fires="emotion-for-university as of 2024-01-01",
    misses="emotion-for-university",
)

# A22 - security bodies abroad
a22 = chapter.rule(
    DEMANDS["A22"],
    "An export to a police, intelligence or military body abroad requires an authorisation.",
    plain=Plain("it goes to a police force, a secret service or an army abroad"),
    when=demand_made("A22") & supply & security_end_user,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    rests_on=BEHIND["A22"],
    checked=EvidenceLevel.UNREAD,
    fires="cameras-for-machines-for-police as of 2025-01-01",
    misses="cameras-for-machines-for-police",
)
