"""The core facts, in ten sections."""

from __future__ import annotations

from regcompare.facts import NOT_BEFORE, Choice, CodeSet, Country, Day, Same, SetOf, YesNo, section

from .words import (
    CONCERNS,
    END_USER_KINDS,
    EXTENSIONS,
    FACE_MATCHING,
    FIRST_DAY,
    FORMS,
    LICENCE_STATUSES,
    NATIONAL_MEASURES,
    PURPOSES,
    SURVEILLANCE_LAWS,
    TECHNOLOGIES,
    TRANSACTION_KINDS,
    Concern,
    EndUserKind,
    Extension,
    FaceMatching,
    Form,
    LicenceStatus,
    NationalMeasure,
    Purpose,
    SurveillanceLaw,
    Technology,
    TransactionKind,
)

__all__ = [
    "Destination",
    "Diligence",
    "EndUse",
    "EndUser",
    "Exporter",
    "Item",
    "Knowledge",
    "Licence",
    "National",
    "Transaction",
]


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
        ordinary=Same(country),
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
        ordinary=Same(Destination.country),
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
        help="Many states have such a law; the ordinary answer, no, is then wrong.",
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
        help=(
            "To unlisted items or, for brokering and transit, to military use. Many states have "
            "extended some; the ordinary answer, to nothing, is then wrong."
        ),
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
        ordinary=NOT_BEFORE,
        states="the day of the application is",
    )
    refused_elsewhere: YesNo = YesNo(
        "Has another Member State refused an essentially identical transaction?",
        changed_by="authority",
        ordinary=False,
        states="another Member State has refused an essentially identical transaction",
    )


Licence.applied_on.earliest = FIRST_DAY
