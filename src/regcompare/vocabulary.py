"""The core facts of an export, and what cannot be.

Ten sections hold the facts that every regime can read; what only some regimes need comes with their
plugin.  A fact is declared here once: the declaration feeds the classes, the loader, the JSON Schema,
conditions, questions and the reference documentation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

import attrs

from .conditions import Condition, as_condition
from .errors import DefinitionError, UsageError, did_you_mean, nearest
from .facts import Choice, CodeSet, Country, Day, Fact, Same, SetOf, YesNo, facts_of, section

__all__ = [
    "CORE",
    "FACTS_DATE",
    "LAW_DATE",
    "Concern",
    "Constraint",
    "Destination",
    "Diligence",
    "EndUse",
    "EndUser",
    "Exporter",
    "Item",
    "Knowledge",
    "Licence",
    "National",
    "Technology",
    "Transaction",
    "Vocabulary",
]

Technology = Literal[
    "intrusion_platform",
    "intrusion_software",
    "mobile_interception",
    "telecom_interception",
    "ip_network_surveillance",
    "monitoring_centre",
    "interception_mediation",
    "data_retention",
    "digital_forensics",
    "cryptanalysis",
    "encryption",
    "facial_recognition",
    "emotion_recognition",
    "other_biometrics",
    "video_surveillance",
    "video_analytics",
    "location_tracking",
    "number_plate_recognition",
    "social_media_monitoring",
    "predictive_policing",
    "content_filtering",
    "behaviour_research",
    "covert_listening",
    "other_surveillance",
    "not_surveillance",
]

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
    "one_to_many": "picks a person out of many (identification)",
}

TransactionKind = Literal[
    "export",
    "electronic_export",
    "brokering",
    "technical_assistance",
    "hosted_service",
    "financing",
    "transit",
    "intra_eu_transfer",
    "import",
]
TRANSACTION_KINDS: Mapping[TransactionKind, str] = {
    "export": "export",
    "electronic_export": "export by electronic transmission",
    "brokering": "brokering between third countries",
    "technical_assistance": "technical assistance",
    "hosted_service": "hosted service used from abroad",
    "financing": "financing",
    "transit": "transit of non-Union goods",
    "intra_eu_transfer": "transfer within the European Union",
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

SurveillanceLaw = Literal["none", "substandard", "adequate"]
SURVEILLANCE_LAWS: Mapping[SurveillanceLaw, str] = {
    "none": "no law governs this use",
    "substandard": "a law governs this use but falls short of human-rights standards",
    "adequate": "a law governs this use and meets human-rights standards",
}

EndUserKind = Literal[
    "law_enforcement",
    "intelligence",
    "military",
    "other_state_body",
    "telecom_operator",
    "state_linked_research",
    "university",
    "private_company",
    "same_group",
    "individual",
]
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

Concern = Literal[
    "internal_repression",
    "human_rights_violation",
    "rights_interference",
    "ihl_violation",
    "state_surveillance",
    "wmd",
    "military_end_use",
    "illegally_exported_military_parts",
    "public_security",
    "terrorism",
]
CONCERNS: Mapping[Concern, str] = {
    "internal_repression": "internal repression",
    "human_rights_violation": "serious violations of human rights",
    "rights_interference": "another breach of a Charter right, of free expression or of democracy",
    "ihl_violation": "serious violations of international humanitarian law",
    "state_surveillance": "interception, monitoring or other security use by or for a government",
    "wmd": "weapons of mass destruction or their missiles",
    "military_end_use": "military end-use in the closed sense of Art. 4",
    "illegally_exported_military_parts": "parts for military items exported without a licence",
    "public_security": "a threat to public security",
    "terrorism": "acts of terrorism",
}

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
    "intra_eu_transfer": "transfers within the European Union",
}

LicenceStatus = Literal["not_applied", "applied", "granted", "refused", "withdrawn", "revoked"]
LICENCE_STATUSES: Mapping[LicenceStatus, str] = {
    "not_applied": "no application",
    "applied": "application pending",
    "granted": "granted",
    "refused": "refused",
    "withdrawn": "application withdrawn",
    "revoked": "revoked",
}


@section("item", "The item")
class Item:
    """What is supplied; two items are two scenarios."""

    technology: Choice[Technology] = Choice(
        "What is the item's main function?",
        TECHNOLOGIES,
        help="The main function only; further functions have facts of their own.",
        changed_by="designer",
        states="the item's main function is",
    )
    form: Choice[Form] = Choice(
        "In what form is it supplied?",
        FORMS,
        changed_by="exporter",
        states="the item is supplied as",
    )
    annex_i_entry: CodeSet = CodeSet(
        "Which descriptions of Annex I does the item meet?",
        help=(
            "Every description that it meets after the entry's own notes and the general notes (a "
            "listed principal element counts), to the sub-paragraph, numbered as in the 2021 list "
            "whatever the date. A derived entry names its parent (5D001.c/5A001.j); an item that "
            "meets only one wording adds the EU year in which that wording began (4D004@2014)."
        ),
        changed_by="designer",
        states="the item {meets|does not meet} … of Annex I",
    )
    dual_use: YesNo = YesNo(
        "Can it be used for both civil and military ends?",
        help="First element of Art. 2(20) of Regulation (EU) 2021/821.",
        changed_by="designer",
        states="the item can be used for both civil and military ends",
    )
    specially_designed: YesNo = YesNo(
        "Was covert surveillance the main purpose of its development?",
        help="Second element of Art. 2(20): the main purpose, not necessarily the only use.",
        changed_by="designer",
        states="covert surveillance was the main purpose of its development",
    )
    covert: YesNo = YesNo(
        "Does it watch people who cannot perceive that they are watched?",
        help="Third element of Art. 2(20).",
        changed_by="designer",
        states="those watched {cannot|can} perceive it",
    )
    targets_natural_persons: YesNo = YesNo(
        "Does it watch living persons?",
        help="Fourth element of Art. 2(20): not sites, objects or machines.",
        changed_by="designer",
        states="the item {watches|does not watch} living persons",
    )
    takes_data_from_ict_systems: YesNo = YesNo(
        "Does it monitor, extract, collect or analyse data from information and telecommunication "
        "systems?",
        help="Last elements of Art. 2(20). A camera that films a street does not.",
        changed_by="designer",
        states=(
            "the item {monitors, extracts, collects or analyses|does not monitor, extract, collect or "
            "analyse} data from information and telecommunication systems"
        ),
    )
    designed_to_monitor_people: YesNo = YesNo(
        "Is it made or marketed to observe people or their data, openly or covertly?",
        changed_by="designer",
        states="the item is made or marketed to observe people or their data",
    )
    face_matching: Choice[FaceMatching] = Choice(
        "Does it match faces, and how?",
        FACE_MATCHING,
        help="Of what is supplied, or of the purpose-made part supplied; live or recorded.",
        changed_by="designer",
        states="the item is one that",
    )
    infers_ethnicity: YesNo = YesNo(
        "Does it infer ethnicity?",
        changed_by="designer",
        states="the item {infers|does not infer} ethnicity",
    )
    commercial_use_only: YesNo = YesNo(
        "Does it serve purely commercial purposes, such as billing, marketing or quality of service?",
        changed_by="designer",
        states="the item {serves|does not serve} purely commercial purposes",
    )
    security_research: YesNo = YesNo(
        "Is it supplied for authorised testing, or for the protection, of information systems?",
        changed_by="exporter",
        states="the item is supplied for authorised testing or protection of information systems",
    )
    public_domain: YesNo = YesNo(
        "Is it available to everyone without restriction on its further spread?",
        help="Public domain in the sense of the General Technology and Software Notes.",
        changed_by="designer",
        states="the item is available to everyone without restriction on its further spread",
    )
    auditable: YesNo = YesNo(
        "Can its use be audited independently?",
        changed_by="designer",
        states="its use can be audited independently",
    )
    limitable: YesNo = YesNo(
        "Can it be confined to functions that are necessary and proportionate for one use and target?",
        changed_by="designer",
        states="its functions can be confined to what is necessary and proportionate for one use",
    )


@section("transaction", "The transaction")
class Transaction:
    """What is done with the item."""

    kind: Choice[TransactionKind] = Choice(
        "What kind of transaction is it?",
        TRANSACTION_KINDS,
        help="Transit is of non-Union goods passing through. No regime here reads imports.",
        changed_by="exporter",
        states="the kind of transaction is",
    )
    by_person_crossing_border: YesNo = YesNo(
        "Is the service or technology supplied by a person who crosses the border?",
        changed_by="exporter",
        ordinary=False,
        states="the service or technology is supplied by a person who crosses the border",
    )
    onward_export_known: YesNo = YesNo(
        "Is it known that the item will leave the European Union without being processed?",
        help="Known to the operator or to the authority.",
        changed_by="exporter",
        states="it is known that the item will leave the European Union without being processed",
    )
    purpose: Choice[Purpose] = Choice(
        "What is the transaction for?",
        PURPOSES,
        help="A temporary export is an export.",
        changed_by="exporter",
        states="the purpose of the transaction is",
    )


@section("exporter", "The exporter")
class Exporter:
    """Who exports, brokers or provides."""

    country: Country = Country(
        "From which country is the export made?",
        help=(
            "For a broker or provider: where it is established. For transit: the Member State of "
            "passage. GB is Great Britain, XI Northern Ireland."
        ),
        changed_by="exporter",
        states="the export is made from",
    )
    compliance_programme: YesNo = YesNo(
        "Does the exporter run an internal compliance programme?",
        changed_by="exporter",
        states="the exporter {runs|does not run} an internal compliance programme",
    )


@section("destination", "The destination")
class Destination:
    """Where the item goes, and what is to be expected there."""

    country: Country = Country(
        "To which country is it sent?",
        help="The consignee's.",
        changed_by="exporter",
        states="the destination is",
    )
    purchaser_country: Country = Country(
        "In which country is the buyer?",
        changed_by="exporter",
        ordinary=Same("destination.country"),
        states="the buyer is in",
    )
    substantial_rights_risk: YesNo = YesNo(
        "Is there a substantial risk that it is used to violate human rights?",
        help="For this item with this end user there, on evidence; never a country score.",
        states="there {is a|is no} substantial risk that the item is used to violate human rights",
    )
    serious_violations_likely: YesNo = YesNo(
        "Is it likely to lead to serious violations of human rights?",
        help="For this item with this end user there, on evidence; never a country score.",
        states="serious violations of human rights are likely",
    )
    surveillance_law: Choice[SurveillanceLaw] = Choice(
        "Which law governs this use by this kind of user there?",
        SURVEILLANCE_LAWS,
        states="in the destination{| it is not so that}",
    )


@section("end_user", "The end user")
class EndUser:
    """Who will use the item."""

    kind: Choice[EndUserKind] = Choice(
        "What kind of body is the end user?",
        END_USER_KINDS,
        changed_by="exporter",
        states="the kind of end user is",
    )
    country: Country = Country(
        "In which country will it be used, as far as known?",
        changed_by="exporter",
        ordinary=Same("destination.country"),
        states="the place of use is",
    )
    acts_for_state: YesNo = YesNo(
        "Is the end user a state body, or does it act for or at the direction of one?",
        changed_by="exporter",
        states="the end user {acts|does not act} for a state",
    )


@section("end_use", "The end use")
class EndUse:
    """What the item will be used for."""

    concerns: SetOf[Concern] = SetOf(
        "For which uses of concern are there reasonable grounds to determine that it is intended?",
        CONCERNS,
        states="there {are|are no} reasonable grounds to determine a use in connection with",
    )
    consent: YesNo = YesNo(
        "Is it used only with the express, informed authorisation of those whose data it handles?",
        changed_by="exporter",
        states="the item is used only with the express, informed consent of those concerned",
    )


@section("knowledge", "What exporter and authority know")
class Knowledge:
    """Who knows what; for a broker or provider likewise."""

    authority_informed: SetOf[Concern] = SetOf(
        "Of which uses has the exporter's own authority told it that items are or may be so intended?",
        CONCERNS,
        changed_by="authority",
        states="the authority has told the exporter of a use in connection with",
    )
    exporter_aware: SetOf[Concern] = SetOf(
        "Of which uses does the exporter know that the items are so intended?",
        CONCERNS,
        help="Positive knowledge; a mere possibility is not enough.",
        changed_by="exporter",
        states="the exporter is aware of a use in connection with",
    )
    exporter_suspects: SetOf[Concern] = SetOf(
        "For which uses has the exporter grounds to suspect that items are or may be so intended?",
        CONCERNS,
        changed_by="exporter",
        states="the exporter {has|has no} grounds to suspect a use in connection with",
    )


@section("diligence", "Due diligence")
class Diligence:
    """Human-rights due diligence on this transaction."""

    completed: YesNo = YesNo(
        "Has the exporter completed human-rights due diligence on this transaction?",
        changed_by="exporter",
        states="the exporter has completed human-rights due diligence on this transaction",
    )
    finds_risk: YesNo = YesNo(
        "Does that due diligence find a risk to human rights?",
        help="A finding, which is not the same as awareness.",
        changed_by="exporter",
        states="due diligence {finds a|finds no} risk to human rights",
    )


@section("national", "National law")
class National:
    """What the law of the exporter's state adds."""

    measure: Choice[NationalMeasure] = Choice(
        "Does the exporter's state have a measure of its own for this item?",
        NATIONAL_MEASURES,
        help="Beyond the rows of the ruleset's own tables.",
        changed_by="legislator",
        ordinary="none",
        states="the national rule for the item is that",
    )
    suspicion_rule: YesNo = YesNo(
        "Does suspicion suffice there, by national law, for the use suspected?",
        changed_by="legislator",
        ordinary=False,
        states="by national law suspicion {suffices|does not suffice} for the use suspected",
    )
    other_state_list: YesNo = YesNo(
        "Does the published national list of another Member State hold the item?",
        help="Beyond the rows of the ruleset's own tables.",
        changed_by="legislator",
        ordinary=False,
        states="the published national list of another Member State {holds|does not hold} the item",
    )
    general_authorisation: YesNo = YesNo(
        "Does a national general authorisation cover the export?",
        changed_by="legislator",
        ordinary=False,
        states="{a|no} national general authorisation covers the export",
    )
    extends_to: SetOf[Extension] = SetOf(
        "To what has the state extended its controls, as EU law allows?",
        EXTENSIONS,
        help="To unlisted items or, for brokering and transit, to military use.",
        changed_by="legislator",
        ordinary=(),
        states="the exporter's state has extended its controls to",
    )


@section("licence", "The licence")
class Licence:
    """What has been applied for and decided."""

    status: Choice[LicenceStatus] = Choice(
        "What is the state of the licence application?",
        LICENCE_STATUSES,
        changed_by="authority",
        states="the state of the licence application is:",
    )
    applied_on: Day = Day(
        "When was the application made?",
        changed_by="exporter",
        states="the day of the application is",
    )
    refused_elsewhere: YesNo = YesNo(
        "Has another Member State refused an essentially identical transaction?",
        changed_by="authority",
        ordinary=False,
        states="another Member State has refused an essentially identical transaction",
    )


def _day(section_name: str, field: str, question: str, states: str) -> Day:
    day = Day(question, states=states)
    day.section, day.field = section_name, field
    return day


FACTS_DATE = _day("scenario", "date", "When did the facts happen?", "the day of the facts is")
"""The scenario's own date, as a question that conditions can ask."""
FACTS_DATE.earliest = dt.date(1995, 7, 1)  # Reg. (EC) 3381/94, the first on dual-use goods, applies.

LAW_DATE = _day("law", "as_of", "Which state of the law is applied?", "the day whose law is applied is")
"""The day whose law is applied, as a question that conditions can ask."""


@attrs.frozen
class Constraint:
    """Something that cannot be otherwise: whenever one condition holds, so does the other.

    Attributes:
        sentence: The constraint as a plain sentence.
        when: The condition from which it follows.
        then: What follows: an answer, its negation, or several joined with ``&``; anything else is
            checked but never inferred.
    """

    sentence: str
    when: Condition = attrs.field(converter=as_condition)
    then: Condition = attrs.field(converter=as_condition)


@attrs.frozen
class Vocabulary:
    """The sections of facts that files and rulesets may use, and what cannot be.

    Attributes:
        sections: Section classes, in the order in which files are written.
        constraints: What cannot be otherwise.
    """

    sections: tuple[type, ...]
    constraints: tuple[Constraint, ...] = ()

    def __attrs_post_init__(self) -> None:
        names = [cls.__section__ for cls in self.sections]  # type: ignore[attr-defined]
        for name in names:
            if names.count(name) > 1:
                msg = f"The section {name!r} is declared twice; give the new one another name."
                raise DefinitionError(msg)

    def with_sections(self, *sections: type, constraints: tuple[Constraint, ...] = ()) -> Vocabulary:
        """Returns a vocabulary that holds these sections and constraints as well."""
        return Vocabulary(self.sections + sections, self.constraints + constraints)

    @property
    def by_name(self) -> Mapping[str, type]:
        """Section classes by name."""
        return {cls.__section__: cls for cls in self.sections}  # type: ignore[attr-defined]

    def facts(self) -> Iterator[Fact]:
        """Yields every fact, section by section."""
        for cls in self.sections:
            yield from facts_of(cls).values()

    def fact(self, key: str) -> Fact:
        """Returns the fact that a key such as ``item.technology`` names.

        Raises:
            UsageError: There is none; the text names the nearest.
        """
        name, _, field = key.partition(".")
        cls = self.by_name.get(name)
        found = facts_of(cls).get(field) if cls else None
        if found is None:
            hint = did_you_mean(nearest(key, [fact.key for fact in self.facts()]))
            raise UsageError(f"There is no fact {key!r}.{hint}")
        return found


def _check_words(words: Any, labels: Mapping[Any, str]) -> None:
    if set(get_args(words)) != set(labels):
        msg = f"The answers and labels differ: {set(get_args(words)) ^ set(labels)}"
        raise DefinitionError(msg)


for _words, _labels in (
    (Technology, TECHNOLOGIES),
    (Form, FORMS),
    (FaceMatching, FACE_MATCHING),
    (TransactionKind, TRANSACTION_KINDS),
    (Purpose, PURPOSES),
    (SurveillanceLaw, SURVEILLANCE_LAWS),
    (EndUserKind, END_USER_KINDS),
    (Concern, CONCERNS),
    (NationalMeasure, NATIONAL_MEASURES),
    (Extension, EXTENSIONS),
    (LicenceStatus, LICENCE_STATUSES),
):
    _check_words(_words, _labels)


CORE = Vocabulary(
    sections=(
        Item,
        Transaction,
        Exporter,
        Destination,
        EndUser,
        EndUse,
        Knowledge,
        Diligence,
        National,
        Licence,
    ),
    constraints=(
        Constraint(
            "Police, intelligence services, armed forces and other state bodies act for the state.",
            EndUser.kind.is_in("law_enforcement", "intelligence", "military", "other_state_body"),
            EndUser.acts_for_state,
        ),
        *(
            Constraint(
                f"Who knows of the use for {CONCERNS[concern]} has grounds to determine it.",
                Knowledge.exporter_aware.includes_any(concern),
                EndUse.concerns.includes_any(concern),
            )
            for concern in CONCERNS
        ),
        Constraint(
            "Serious violations that are likely are a substantial risk.",
            Destination.serious_violations_likely,
            Destination.substantial_rights_risk,
        ),
        Constraint(
            "Software and technology in the public domain meet no entry of Annex I.",
            Item.public_domain & Item.form.is_in("software", "technology"),
            ~Item.annex_i_entry.includes_any("*"),
        ),
        Constraint(
            "Biometric recognition, video, number plates, predictive policing, behaviour research and "
            "what is not surveillance meet none of the surveillance entries.",
            Item.technology.is_in(
                "facial_recognition",
                "emotion_recognition",
                "other_biometrics",
                "video_surveillance",
                "video_analytics",
                "number_plate_recognition",
                "predictive_policing",
                "behaviour_research",
                "not_surveillance",
            ),
            ~Item.annex_i_entry.includes_any(
                "4A005", "4D004", "4E001.c", "5A001.f", "5A001.j", "5D001.e", "5A004.a", "5A004.b"
            ),
        ),
    ),
)
"""The core vocabulary."""
