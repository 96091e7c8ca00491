"""The facts that only Swiss, British or American law asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from regcompare.authoring import (
    CORE,
    Constraint,
    Item,
    Knowledge,
    OwnAnswers,
    OwnWord,
    SetOf,
    Standard,
    Transaction,
    YesNo,
    section,
)
from regcompare.vocabulary import Harm, Parties, Technology, seated
from regcompare_eu.facts import GOODS_ASSUMPTIONS, LISTING_NOT_PRESUMED, Eu

from .tables import US_ENTITY_LIST, US_ENTRY_LABELS, US_ITEMS

US_ENTRIES: Mapping[str, str] = US_ENTRY_LABELS
"""The entries that only the Commerce Control List has."""

RefusalGround = Literal[
    "treaty",
    "supported_control",
    "embargo_act",
    "terrorism",
    "infrastructure",
    "conventional_arms",
    "diversion",
    "partner_refused",
    "origin_objects",
    "import_forbidden",
]
REFUSAL_GROUNDS: Mapping[RefusalGround, str] = {
    "treaty": "an international agreement would be breached",
    "supported_control": "a non-binding international control that Switzerland supports would be breached",
    "embargo_act": "coercive measures under the Embargo Act exist",
    "terrorism": "reason to believe that terrorists or organised crime would be supported",
    "infrastructure": "reason to believe that critical infrastructure would be endangered",
    "conventional_arms": "reason to believe that arms would add to regional tension or a conflict",
    "diversion": "reason to believe that the goods would not stay with the declared recipient",
    "partner_refused": "a partner state refused a similar good to the same recipient",
    "origin_objects": "the state of origin has not given the consent that it asks for",
    "import_forbidden": "the state of destination forbids the import",
}
"""Grounds of refusal in Article 6 of the Goods Control Act and of its ordinance, weapons apart."""

ACT_GROUNDS: tuple[RefusalGround, ...] = (
    "treaty",
    "supported_control",
    "embargo_act",
    "terrorism",
    "infrastructure",
)
"""Those of the Act itself."""

AceException = Literal["favourable_user", "incident_response", "digital_artifact"]
ACE_EXCEPTIONS: Mapping[AceException, str] = {
    "favourable_user": (
        "the end user is a subsidiary of an American firm, a bank, an insurer or a civil health institution"
    ),
    "incident_response": "it serves to disclose a vulnerability or to respond to an incident",
    "digital_artifact": "it is a trace of an incident on the system of such a user, for an investigation",
}


@section("ch", "Switzerland")
class Ch:
    """What only Swiss law asks for."""

    reason_to_believe: YesNo = YesNo(
        "Is there reason to believe that the end recipient will use the goods for repression?",
        help="The finding of the authority. A reason is enough; it need not be likely.",
        states="there is {|no }reason to believe that the end recipient will use the goods for repression",
    )
    own_troops: YesNo = YesNo(
        "Do Swiss armed forces take the goods abroad for missions or training of their own?",
        changed_by="exporter",
        ordinary=False,
        states="Swiss armed forces {take|do not take} the goods abroad themselves",
    )
    own_authority: YesNo = YesNo(
        "Do Swiss prosecution authorities or the Federal Intelligence Service export the goods for "
        "operations abroad or training?",
        help="Export by the authority itself; a firm that exports for it is not meant.",
        changed_by="exporter",
        ordinary=False,
        states="a Swiss prosecution or intelligence authority {exports|does not export} the goods itself",
    )
    rescue: YesNo = YesNo(
        "Do Swiss rescue services use the goods to search for and rescue people abroad?",
        changed_by="exporter",
        ordinary=False,
        states="Swiss rescue services {use|do not use} the goods for rescue abroad",
    )
    refusal_grounds: SetOf[RefusalGround] = SetOf(
        "Which grounds of refusal in Article 6 of the Goods Control Act and Ordinance are there?",
        REFUSAL_GROUNDS,
        help="Findings of the authority, apart from weapons of mass destruction and repression.",
        changed_by="authority",
        ordinary=(),
        states="{a|no} ground of refusal is that",
    )


@section("uk", "United Kingdom")
class Uk:
    """What only British law asks for."""

    clear_risk_repression: YesNo = YesNo(
        "Is there a clear risk that the items might be used to commit or facilitate internal repression?",
        help=(
            "The finding of the government, for these items and this end user. That they might be used "
            "in this way is enough, but the risk must be clear. Repression includes serious violations "
            "of human rights."
        ),
        states="there {is a|is no} clear risk that the items might be used for internal repression",
    )
    told_of_forces: YesNo = YesNo(
        "Has the government told the exporter that the items are or may be intended for military, "
        "police, security or intelligence forces?",
        help="Or for someone who acts for such a force.",
        changed_by="authority",
        states=(
            "the government {has|has not} told the exporter that the items are or may be intended for "
            "armed, police, security or intelligence forces"
        ),
    )
    everyday_goods: YesNo = YesNo(
        "Are these medical goods for civilians, or goods, software or technology that the public can "
        "generally buy?",
        changed_by="designer",
        ordinary=False,
        states="the items {are|are not} medical goods for civilians or generally available to the public",
    )
    interception_function: YesNo = YesNo(
        "Can the item do one of the functions that the sanctions regulations list, such as packet "
        "inspection, interception, remote infection or speaker recognition?",
        help=(
            "Fourteen functions, among them interception of device and subscriber identifiers, jamming, "
            "remote forensics, pattern recognition and profiling, and interception of internet telephony."
        ),
        changed_by="designer",
        states="the item {has|does not have} a function that the sanctions regulations list",
    )
    yields_content: YesNo = YesNo(
        "May the item be used to make the content of a communication available to a third person while it "
        "is sent or stored?",
        help="Data about the transmission, such as identifiers and times, is not content.",
        changed_by="designer",
        states="the item {may|may not} be used to make the content of communications available",
    )


@section("us", "United States")
class Us:
    """What only American law asks for."""

    entry: SetOf[str] = SetOf(
        "Which entries that only the American list has does the item meet?",
        US_ENTRIES,
        help="The entries that only the Commerce Control List has.",
        changed_by="designer",
        states="the item is among the",
    )
    chart_marks_destination: YesNo = YesNo(
        "Does the Commerce Country Chart mark the destination for another entry that the item meets?",
        help="For an entry other than the surveillance entries in the ruleset's own tables.",
        states="the country chart {marks|does not mark} the destination for another entry",
    )
    subject: YesNo = YesNo(
        "Is the item subject to the American regulations although it is not sent from the United States?",
        help=(
            "It is if it is of American origin, wherever it is, or was made abroad with more than a minimum "
            "of American content or directly from American technology. Shares are not calculated here."
        ),
        changed_by="designer",
        states="the item {is|is not} subject to the American regulations",
    )
    written_assurance: YesNo = YesNo(
        "Has the importer assured in writing that neither the item nor what is made from it goes on to "
        "states of Country Groups D:1 or E:2 or their nationals?",
        changed_by="exporter",
        states="the importer {has|has not} given the written assurance on re-export",
    )
    consignee_statement: YesNo = YesNo(
        "Has the consignee made the statement that license exception STA asks for before the export?",
        changed_by="exporter",
        states="the consignee {has|has not} made the statement that STA asks for",
    )
    small_order: YesNo = YesNo(
        "Is the order within the value that the entry names for license exception LVS?",
        changed_by="exporter",
        ordinary=False,
        states="the order {is|is not} within the value for LVS",
    )
    ace_exceptions: SetOf[AceException] = SetOf(
        "Which of the cases that license exception ACE spares from its limits on end users is it?",
        ACE_EXCEPTIONS,
        changed_by="exporter",
        ordinary=(),
        states="it is the case that",
    )
    military_end_user: YesNo = YesNo(
        "Is this police or intelligence body a military end user as § 744.21(g) defines it?",
        help="The definition was not read; accounts name national police and government intelligence bodies.",
        states="the police or intelligence body {is|is not} a military end user",
    )
    allied_user: YesNo = YesNo(
        "Is the end user a civil branch of an American or allied firm, or an allied mission?",
        help="Firms with their headquarters in Country Groups A:5 or A:6, and missions of these states.",
        ordinary=False,
        states="the end user {is|is not} a branch of an American or allied firm, or an allied mission",
    )
    occupied_area: YesNo = YesNo(
        "Does it go to Crimea or to the occupied Donetsk or Luhansk regions of Ukraine?",
        help="Not where the government of Ukraine deploys it.",
        changed_by="exporter",
        ordinary=False,
        states="it {goes|does not go} to an occupied region of Ukraine",
    )
    owned_by_listed: YesNo = YesNo(
        "Does a listed party own at least half of a party to the transaction?",
        help="Parties on the Entity List, alone or together.",
        ordinary=False,
        states="a listed party {owns|does not own} half of a party to the transaction",
    )
    for_us_agency: YesNo = YesNo(
        "Is the item consigned to an agency of the United States government for its official use?",
        changed_by="exporter",
        ordinary=False,
        states="the item {is|is not} for the official use of a United States agency",
    )
    risk_of_abuse: YesNo = YesNo(
        "Is there a risk that the item will be used to violate or abuse human rights?",
        help="The finding of the authority. A risk is enough; it need not be substantial.",
        states="there {is a|is no} risk that the item will be used to violate or abuse human rights",
    )
    unauthorised_use: YesNo = YesNo(
        "Does the exporter know, or have reason to know, that the item will be used against a system "
        "without its owner's authority?",
        changed_by="exporter",
        states="the exporter {knows|does not know} of use against a system without its owner's authority",
    )
    military_intelligence: YesNo = YesNo(
        "Does the exporter know that the item is intended for military intelligence?",
        help="For an intelligence body of armed forces, or for such a use.",
        changed_by="exporter",
        states="the exporter {knows|does not know} that the item is intended for military intelligence",
    )
    scans_crowds: YesNo = YesNo(
        "Is the item specially designed to recognise faces in mass surveillance or crowds?",
        changed_by="designer",
        states="the item {is|is not} specially designed to recognise faces in crowds",
    )


_LISTENS: tuple[Technology, ...] = (
    "covert_listening",
    "mobile_interception",
    "telecom_interception",
    "interception_mediation",
    "monitoring_centre",
    "other_surveillance",
)
"""Technologies whose devices may be primarily useful for surreptitious interception."""
_IDENTIFIES: tuple[Technology, ...] = (
    "other_biometrics",
    "emotion_recognition",
    "behaviour_research",
    "other_surveillance",
    "not_surveillance",
)
"""Technologies that may be voice prints, fingerprints or polygraphs."""

CH_LISTED = OwnWord("ch:listed", "on the list of a Swiss ordinance that freezes assets")
UK_DESIGNATED = OwnWord("uk:designated", "designated under British sanctions (asset freeze)")
_PARTIES = (Parties.buyer, Parties.consignee, Parties.end_user)
LISTED_ANSWERS = (OwnAnswers(_PARTIES, (CH_LISTED, UK_DESIGNATED)),)
"""The lists of parties that Swiss and British law have; the parties on them are not named here."""

REEXPORT = OwnWord("us:reexport", "re-export of an American item from another country")
DEEMED_EXPORT = OwnWord("us:deemed_export", "release to a foreigner in the United States")
SUPPORT = OwnWord("us:support", "support by a person of the United States")
MILITARY_INTELLIGENCE = OwnWord("us:military_intelligence", "military intelligence of a named state")
ENTITIES = {row["party"]: OwnWord(row["party"], row["name"]) for row in US_ENTITY_LIST}
"""The parties on the Entity List that the table holds."""
SEATS = {
    party: tuple(
        dict.fromkeys(
            seat for row in US_ENTITY_LIST if row["party"] == party for seat in row.words("seats")
        )
    )
    for party in ENTITIES
}
"""The countries in which they are seated."""
US_ANSWERS = (
    OwnAnswers((Transaction.kind,), (REEXPORT, DEEMED_EXPORT, SUPPORT)),
    OwnAnswers((Knowledge.authority_informed,), (MILITARY_INTELLIGENCE,)),
    OwnAnswers(_PARTIES, tuple(ENTITIES.values())),
)
"""Kinds of transaction, and parties, that American law knows besides what the core has."""

US_CONSTRAINTS = (
    *(constraint for party, seats in SEATS.items() for constraint in seated(ENTITIES[party], *seats)),
    Constraint(
        "Only technology and software are released to a foreigner in the United States.",
        Transaction.kind.is_in(DEEMED_EXPORT),
        Item.form.is_in("technology", "software"),
    ),
    Constraint(
        "Only devices that listen or intercept meet the American entries for surreptitious interception.",
        Us.entry.includes_any("5A980", "5D980", "5E980"),
        Item.technology.is_in(*_LISTENS),
    ),
    Constraint(
        "Only voice prints, fingerprints, polygraphs and the like meet the American entries for crime "
        "control.",
        Us.entry.includes_any(
            *(row["pattern"] for row in US_ITEMS if row["scheme"] == "us" and row["cc"])
        ),
        Item.technology.is_in(*_IDENTIFIES),
    ),
)

WORLD_VOCABULARY = CORE.with_sections(
    Eu,
    Ch,
    Uk,
    Us,
    constraints=US_CONSTRAINTS,
    assumptions=(*GOODS_ASSUMPTIONS, *LISTING_NOT_PRESUMED),
    own_answers=(*LISTED_ANSWERS, *US_ANSWERS),
    harms=(
        Harm(Standard.CLEAR_RISK, Uk.clear_risk_repression),
        Harm(Standard.REASON_TO_BELIEVE, Ch.reason_to_believe),
        Harm(Standard.RISK, Us.risk_of_abuse),
    ),
)
"""The core facts with those of the three laws.

What goods are by customs heading, where they go in Ukraine and what a service does is asked in the words of
the Union's facts, so that a case that states it once is weighed under every law.
"""
