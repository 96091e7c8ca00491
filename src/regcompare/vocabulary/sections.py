"""The core facts, in twelve sections, each after the words that answer its questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from regcompare.facts import (
    NOT_BEFORE,
    Choice,
    CodeSet,
    Country,
    Day,
    Name,
    Names,
    RegisterIds,
    Same,
    SetOf,
    YesNo,
    section,
)

FIRST_DAY = dt.date(1995, 7, 1)
"""The earliest possible date of facts; the encoded law goes back no further."""


Technology = Literal[
    "intrusion_platform", "intrusion_software", "mobile_interception", "telecom_interception",
    "ip_network_surveillance", "monitoring_centre", "interception_mediation", "data_retention",
    "digital_forensics", "cryptanalysis", "encryption", "facial_recognition", "emotion_recognition",
    "other_biometrics", "video_surveillance", "video_analytics", "location_tracking",
    "number_plate_recognition", "social_media_monitoring", "predictive_policing",
    "content_filtering", "behaviour_research", "covert_listening", "other_surveillance",
    "not_surveillance",
]  # fmt: skip

TECHNOLOGIES: Mapping[Technology, str] = {
    "intrusion_platform": "platform that delivers or steers intrusion software",
    "intrusion_software": "intrusion software itself (spyware on the target)",
    "mobile_interception": "interception of mobile networks over the air (IMSI catcher)",
    "telecom_interception": "interception in fixed or core telecom networks",
    "ip_network_surveillance": "surveillance of internet traffic (deep packet inspection)",
    "monitoring_centre": "monitoring centre for law enforcement",
    "interception_mediation": "mediation or gateway function for lawful interception",
    "data_retention": "retention of communications data",
    "digital_forensics": "forensic extraction from devices",
    "cryptanalysis": "cryptanalysis",
    "encryption": "encryption",
    "facial_recognition": "facial recognition",
    "emotion_recognition": "emotion recognition",
    "other_biometrics": "other biometrics (voice, gait, iris, DNA)",
    "video_surveillance": "video surveillance",
    "video_analytics": "video analytics",
    "location_tracking": "location tracking",
    "number_plate_recognition": "number-plate recognition",
    "social_media_monitoring": "monitoring of social media and open sources",
    "predictive_policing": "predictive policing",
    "content_filtering": "content filtering",
    "behaviour_research": "behaviour research",
    "covert_listening": "covert listening devices",
    "other_surveillance": "another surveillance technology",
    "not_surveillance": "something other than surveillance",
}

Form = Literal["goods", "software", "technology", "service"]
FORMS: Mapping[Form, str] = {
    "goods": "goods",
    "software": "software",
    "technology": "technology (know-how, technical data)",
    "service": "service",
}

FaceMatching = Literal["none", "one_to_one", "one_to_many"]
FACE_MATCHING: Mapping[FaceMatching, str] = {
    "none": "does not match faces",
    "one_to_one": "verifies one person against one record",
    "one_to_many": "identifies one person among many (identification)",
}


@section("item", "The item", changed_by="designer")
class Item:
    """The item that is supplied; two items are two scenarios."""

    technology: Choice[Technology] = Choice(
        "What is the item's main function?",
        TECHNOLOGIES,
        help="The main function only; other functions have their own questions.",
        states="the item's main function is",
    )
    form: Choice[Form] = Choice(
        "In what form is it supplied?", FORMS, changed_by="exporter", states="the item is supplied as"
    )
    annex_i_entry: CodeSet = CodeSet(
        "Which entries of the control list does the item meet?",
        help=(
            "Every description that it meets once the entry's own notes and the general notes are "
            "applied (a listed principal element counts), down to the sub-paragraph, numbered as in "
            "2021 whatever the date. A derived entry names its parent (5D001.c/5A001.j); an item that "
            "meets only one wording adds the year in which that wording began (4D004@2014)."
        ),
        states="the item {meets|does not meet} … of the control list",
    )
    dual_use: YesNo = YesNo(
        "Can the item be used for both civil and military purposes?",
        states="the item can be used for both civil and military purposes",
    )
    specially_designed: YesNo = YesNo(
        "Was covert surveillance the main purpose of its development?",
        help="The main purpose, not necessarily the only use.",
        states="covert surveillance was the main purpose of its development",
    )
    covert: YesNo = YesNo(
        "Are the people it monitors unable to perceive that they are being monitored?",
        states="the people monitored {cannot|can} perceive it",
    )
    targets_natural_persons: YesNo = YesNo(
        "Does the item monitor living persons?",
        help="People, not sites, objects or machines.",
        states="the item {monitors|does not monitor} living persons",
    )
    takes_data_from_ict_systems: YesNo = YesNo(
        "Does the item monitor, extract, collect or analyse data from information and "
        "telecommunication systems?",
        help="A street camera does not.",
        states=(
            "the item {monitors, extracts, collects or analyses|does not monitor, extract, collect or "
            "analyse} data from information and telecommunication systems"
        ),
    )
    designed_to_monitor_people: YesNo = YesNo(
        "Is the item made or marketed to observe people or their data, openly or covertly?",
        states="the item is made or marketed to observe people or their data",
    )
    face_matching: Choice[FaceMatching] = Choice(
        "Does the item match faces, and how?",
        FACE_MATCHING,
        help="The item supplied, or the purpose-made part supplied; live or recorded.",
        states="the item is one that",
    )
    infers_ethnicity: YesNo = YesNo(
        "Does the item infer ethnicity?", states="the item {infers|does not infer} ethnicity"
    )
    commercial_use_only: YesNo = YesNo(
        "Is the item used for purely commercial purposes, such as billing, marketing or quality of "
        "service?",
        states="the item {is|is not} used for purely commercial purposes",
    )
    security_research: YesNo = YesNo(
        "Is the item supplied for the authorised testing, or the protection, of information systems?",
        changed_by="exporter",
        states="the item is supplied for the authorised testing or protection of information systems",
    )
    public_domain: YesNo = YesNo(
        "Is the item available to everyone without restriction on passing it on?",
        help="What is called the public domain; copyright is no such restriction.",
        states="the item is available to everyone without restriction on passing it on",
    )
    auditable: YesNo = YesNo(
        "Can the use of the item be independently audited?",
        states="the use of the item can be independently audited",
    )
    limitable: YesNo = YesNo(
        "Can the item be limited to functions that are necessary and proportionate to a specific use "
        "and target?",
        states=(
            "the item's functions can be limited to what is necessary and proportionate to a specific "
            "use"
        ),
    )


TransactionKind = Literal[
    "export", "electronic_export", "brokering", "technical_assistance", "hosted_service",
    "financing", "transit", "intra_eu_transfer", "import",
]  # fmt: skip
TRANSACTION_KINDS: Mapping[TransactionKind, str] = {
    "export": "export",
    "electronic_export": "export by electronic transmission",
    "brokering": "brokering between two other countries",
    "technical_assistance": "technical assistance",
    "hosted_service": "hosted service used from abroad",
    "financing": "financing",
    "transit": "transit",
    "intra_eu_transfer": "transfer within a customs union",
    "import": "import",
}

Purpose = Literal["supply", "repair_return", "exhibition", "private_demonstration", "intra_group"]
PURPOSES: Mapping[Purpose, str] = {
    "supply": "supply",
    "repair_return": "return after repair, or replacement",
    "exhibition": "exhibition or fair",
    "private_demonstration": "private demonstration",
    "intra_group": "transfer within a group of companies",
}


@section("transaction", "The transaction", changed_by="exporter")
class Transaction:
    """The transaction: what is done with the item."""

    kind: Choice[TransactionKind] = Choice(
        "What kind of transaction is it?",
        TRANSACTION_KINDS,
        help="Transit means that goods from one country pass through another on the way to a third.",
        states="the kind of transaction is",
        takes_own=True,
    )
    by_person_crossing_border: YesNo = YesNo(
        "Is the service or technology supplied by a person crossing the border?",
        ordinary=False,
        states="the service or technology is supplied by a person crossing the border",
    )
    onward_export_known: YesNo = YesNo(
        "Is it known that the item will leave the customs union without being processed?",
        help="Known to the operator or to the authority.",
        states="it is known that the item will leave the customs union without being processed",
    )
    purpose: Choice[Purpose] = Choice(
        "What is the transaction for?",
        PURPOSES,
        help="A temporary export is an export.",
        states="the purpose of the transaction is",
    )


@section("exporter", "The exporter", changed_by="exporter")
class Exporter:
    """The exporter, broker or provider."""

    country: Country = Country(
        "Which country is the export made from?",
        help=(
            "For a broker: where it acts from; for a provider of assistance who goes abroad: where it "
            "is established. For transit: the country passed through. GB is Great Britain, XI "
            "Northern Ireland."
        ),
        states="the export is made from",
    )
    established_in: Country = Country(
        "Which country is the exporter, broker or provider established in?",
        help=(
            "For a person: where it is resident. A broker may act from a country in which it has no "
            "seat."
        ),
        ordinary=Same(country),
        states="the exporter is established in",
    )
    name: Name = Name("Who exports, brokers or provides?")
    predecessors: Names = Names("Which companies did the exporter come from?")
    successors: Names = Names("Which companies have followed the exporter?")
    ids: RegisterIds = RegisterIds("What are the exporter's numbers in public registers?")
    compliance_programme: YesNo = YesNo(
        "Does the exporter have an internal compliance programme?",
        states="the exporter {has|does not have} an internal compliance programme",
    )


SurveillanceLaw = Literal["none", "substandard", "adequate"]
SURVEILLANCE_LAWS: Mapping[SurveillanceLaw, str] = {
    "none": "no law governs this use",
    "substandard": "a law governs this use but falls short of human-rights standards",
    "adequate": "a law governs this use and meets human-rights standards",
}


@section("destination", "The destination")
class Destination:
    """The destination of the item, and what is likely to happen there."""

    country: Country = Country(
        "Which country is the item sent to?",
        help="The consignee's country.",
        changed_by="exporter",
        states="the destination is",
    )
    purchaser_country: Country = Country(
        "Which country is the buyer in?",
        changed_by="exporter",
        ordinary=Same(country),
        states="the buyer is in",
    )
    purchaser_name: Name = Name("Who is the buyer, if not the end user?")
    substantial_rights_risk: YesNo = YesNo(
        "Is there a substantial risk that the item will be used to violate human rights?",
        help="For this item and this end user in that country, on the evidence; never a country score.",
        states="there {is a|is no} substantial risk that the item will be used to violate human rights",
    )
    substantial_ihl_risk: YesNo = YesNo(
        "Is there a substantial risk that the item will be used to violate humanitarian law?",
        help="For this item and this end user in that country, on the evidence; never a country score.",
        states="there {is a|is no} substantial risk of a violation of humanitarian law with the item",
    )
    serious_violations_likely: YesNo = YesNo(
        "Is the export likely to lead to serious human-rights violations?",
        help="For this item and this end user in that country, on the evidence; never a country score.",
        states="serious human-rights violations are likely",
    )
    surveillance_law: Choice[SurveillanceLaw] = Choice(
        "What law in the destination governs this use by this kind of user?",
        SURVEILLANCE_LAWS,
        states="in the destination{| it is not the case that}",
    )


EndUserKind = Literal[
    "law_enforcement", "intelligence", "military", "other_state_body", "telecom_operator",
    "state_linked_research", "university", "private_company", "same_group", "individual",
]  # fmt: skip
END_USER_KINDS: Mapping[EndUserKind, str] = {
    "law_enforcement": "law enforcement (also a police academy)",
    "intelligence": "intelligence service",
    "military": "armed forces (also army intelligence)",
    "other_state_body": "another state body",
    "telecom_operator": "telecommunications operator",
    "state_linked_research": "state-linked research body",
    "university": "university",
    "private_company": "private company",
    "same_group": "company of the exporter's group",
    "individual": "individual",
}


@section("end_user", "The end user", changed_by="exporter")
class EndUser:
    """The end user, who will use the item."""

    kind: Choice[EndUserKind] = Choice(
        "What kind of body is the end user?", END_USER_KINDS, states="the kind of end user is"
    )
    country: Country = Country(
        "Which country will the item be used in, as far as is known?",
        ordinary=Same(Destination.country),
        states="the place of use is",
    )
    name: Name = Name("Who will use the item?")
    ids: RegisterIds = RegisterIds("What are the end user's numbers in public registers?")
    acts_for_state: YesNo = YesNo(
        "Is the end user a state body, or does it act for one or at its direction?",
        states="the end user {acts|does not act} for a state",
    )


@section("parties", "Other parties", changed_by="exporter")
class Parties:
    """Other parties to the transaction, and the roles of parties that a law lists.

    The core lists nobody.  A plugin adds the parties that its law lists, with its own prefix, and their
    seats as constraints: a buyer that is seated in a country is a buyer there.
    """

    intermediaries: Names = Names("Who stands between the exporter and the buyer?")
    buyer: SetOf[str] = SetOf(
        "Which listed party, if any, is the buyer?",
        {},
        ordinary=(),
        states="the buyer is{| not}",
        takes_own=True,
    )
    consignee: SetOf[str] = SetOf(
        "Which listed party, if any, is the consignee?",
        {},
        help="To whom the item is sent.",
        ordinary=(),
        states="the consignee is{| not}",
        takes_own=True,
    )
    end_user: SetOf[str] = SetOf(
        "Which listed party, if any, is the end user?",
        {},
        ordinary=(),
        states="the end user is{| not}",
        takes_own=True,
    )


Concern = Literal[
    "internal_repression", "human_rights_violation", "rights_interference", "ihl_violation",
    "state_surveillance", "wmd", "military_end_use", "illegally_exported_military_parts",
    "public_security", "terrorism",
]  # fmt: skip
CONCERNS: Mapping[Concern, str] = {
    "internal_repression": "internal repression",
    "human_rights_violation": "serious violations of human rights",
    "rights_interference": "another breach of a fundamental right, of free expression or of democracy",
    "ihl_violation": "serious violations of international humanitarian law",
    "state_surveillance": "interception, monitoring or other security use by or for a government",
    "wmd": "weapons of mass destruction or their missiles",
    "military_end_use": "military end-use (building, producing or maintaining military items)",
    "illegally_exported_military_parts": "parts for military items exported without a licence",
    "public_security": "a threat to public security",
    "terrorism": "acts of terrorism",
}


@section("end_use", "The end use")
class EndUse:
    """The use that will be made of the item."""

    concerns: SetOf[Concern] = SetOf(
        "For which uses of concern are there reasonable grounds to determine that the item is intended?",
        CONCERNS,
        states="there {are|are no} reasonable grounds to determine a use in connection with",
        takes_own=True,
    )
    consent: YesNo = YesNo(
        "Is the item used only with the express, informed consent of the people whose data it handles?",
        changed_by="exporter",
        states="the item is used only with the express, informed consent of the people concerned",
    )


ReportedMatter = Literal[
    "repression", "serious_violations", "humanitarian_law", "surveillance_of_critics"
]
REPORTED: Mapping[ReportedMatter, str] = {
    "repression": "internal repression",
    "serious_violations": "serious violations of human rights",
    "humanitarian_law": "serious violations of international humanitarian law",
    "surveillance_of_critics": "surveillance of critics",
}
"""Subjects of reports published before the day of the facts."""

ReportLevel = Literal["authority", "user", "kind_of_user", "country", "none"]
REPORT_LEVELS: Mapping[ReportLevel, str] = {
    "authority": "the licensing authority's own finding",
    "user": "one on this user, or on this product in this state's hands",
    "kind_of_user": "one on this kind of body in this country",
    "country": "one on the country only",
    "none": "none, as a source says",
}
"""Levels at which a report is about the end user, the closest first."""


def _reported(what: str) -> Choice[ReportLevel]:
    return Choice(
        f"How near to this end user do earlier reports of {what} come?",
        REPORT_LEVELS,
        help=(
            "The nearest report published before the day of the facts; it follows from the reports that "
            "a case lists. Where none is known, it is open: none is an answer only if a source says so."
        ),
        states=f"the nearest earlier report of {what} is{{| not}}",
    )


@section("reported", "What had been reported")
class Reported:
    """Earlier reports about the end user, its kind or its country."""

    repression: Choice[ReportLevel] = _reported(REPORTED["repression"])
    serious_violations: Choice[ReportLevel] = _reported(REPORTED["serious_violations"])
    humanitarian_law: Choice[ReportLevel] = _reported(REPORTED["humanitarian_law"])
    surveillance_of_critics: Choice[ReportLevel] = _reported(REPORTED["surveillance_of_critics"])


@section("knowledge", "What the exporter and the authority know", changed_by="exporter")
class Knowledge:
    """Knowledge of the authority and of the exporter, who may be a broker or a provider."""

    authority_informed: SetOf[Concern] = SetOf(
        "Which uses has the exporter's own authority informed it that the items are or may be intended "
        "for?",
        CONCERNS,
        changed_by="authority",
        states="the authority has informed the exporter of a use in connection with",
        takes_own=True,
    )
    exporter_aware: SetOf[Concern] = SetOf(
        "Which uses does the exporter know that the items are intended for?",
        CONCERNS,
        help="Positive knowledge; a mere possibility is not enough.",
        states="the exporter is aware of a use in connection with",
        takes_own=True,
    )
    exporter_suspects: SetOf[Concern] = SetOf(
        "Which uses does the exporter have grounds to suspect that the items are or may be intended "
        "for?",
        CONCERNS,
        states="the exporter {has|has no} grounds to suspect a use in connection with",
        takes_own=True,
    )


@section("diligence", "Due diligence", changed_by="exporter")
class Diligence:
    """Human-rights due diligence on this transaction."""

    completed: YesNo = YesNo(
        "Has the exporter completed human-rights due diligence on this transaction?",
        states="the exporter has completed human-rights due diligence on this transaction",
    )
    finds_risk: YesNo = YesNo(
        "Did the due diligence find a risk to human rights?",
        help="A finding is not the same as awareness.",
        states="due diligence {found a|found no} risk to human rights",
    )


NationalMeasure = Literal["none", "authorisation", "prohibition"]
NATIONAL_MEASURES: Mapping[NationalMeasure, str] = {
    "none": "there is no measure",
    "authorisation": "an authorisation is required",
    "prohibition": "the export is prohibited",
}

Extension = Literal["brokering", "transit", "technical_assistance", "intra_eu_transfer"]
EXTENSIONS: Mapping[Extension, str] = {
    "brokering": "brokering",
    "transit": "transit",
    "technical_assistance": "technical assistance",
    "intra_eu_transfer": "transfers within a customs union",
}


@section("national", "National law", changed_by="legislator")
class National:
    """Additions by the law of the exporter's state."""

    measure: Choice[NationalMeasure] = Choice(
        "Does the exporter's state have its own measure for this item?",
        NATIONAL_MEASURES,
        help="Other than the rows of the ruleset's own tables.",
        ordinary="none",
        states="the national rule for the item is that",
    )
    suspicion_rule: YesNo = YesNo(
        "Under national law, is suspicion of that use enough to require a licence?",
        help="Many states have such a law; for them the standard answer, no, is wrong.",
        ordinary=False,
        states="under national law suspicion of that use {is|is not} enough",
    )
    other_state_list: YesNo = YesNo(
        "Is the item on the published list of another state under the same rules?",
        help="Other than the rows of the ruleset's own tables.",
        ordinary=False,
        states="the item {is|is not} on the published list of another state under the same rules",
    )
    general_authorisation: YesNo = YesNo(
        "Does a national general authorisation cover the export?",
        ordinary=False,
        states="{a|no} national general authorisation covers the export",
    )
    extends_to: SetOf[Extension] = SetOf(
        "What has the exporter's state extended its controls to?",
        EXTENSIONS,
        help=(
            "To unlisted items or to military use. Many states have extended some controls; for them "
            "the standard answer, none, is wrong."
        ),
        ordinary=(),
        states="the exporter's state has extended its controls to",
    )


LicenceStatus = Literal[
    "none_needed", "not_applied", "applied", "granted", "refused", "suspended", "withdrawn",
    "revoked",
]  # fmt: skip
LICENCE_STATUSES: Mapping[LicenceStatus, str] = {
    "none_needed": "no licence was needed",
    "not_applied": "no application",
    "applied": "application pending",
    "granted": "granted",
    "refused": "refused",
    "suspended": "granted, then suspended",
    "withdrawn": "application withdrawn",
    "revoked": "revoked",
}


@section("licence", "The licence", changed_by="authority")
class Licence:
    """Applications for a licence, and decisions on them."""

    status: Choice[LicenceStatus] = Choice(
        "What is the status of the licence application?",
        LICENCE_STATUSES,
        states="the status of the licence application is:",
    )
    applied_on: Day = Day(
        "When was the application made?",
        changed_by="exporter",
        ordinary=NOT_BEFORE,
        states="the date of the application is",
    )
    refused_elsewhere: YesNo = YesNo(
        "Has another state under the same rules refused an essentially identical transaction?",
        ordinary=False,
        states="another state under the same rules has refused an essentially identical transaction",
    )


Licence.applied_on.earliest = FIRST_DAY
