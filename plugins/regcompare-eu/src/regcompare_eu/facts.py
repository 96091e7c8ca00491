"""The facts that only the regimes of the European Union ask for, and what EU law makes impossible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal, get_args

from regcompare.authoring import (
    CORE,
    FACTS_DATE,
    Choice,
    Constraint,
    Destination,
    EndUser,
    Exporter,
    Item,
    OwnAnswers,
    OwnWord,
    SetOf,
    Standard,
    Transaction,
    YesNo,
    section,
)
from regcompare.facts import UNKNOWN, Same, countries
from regcompare.vocabulary import Assumption, Harm, Parties, Technology

from .tables import ENTRY_CODES, LISTED_PARTIES, MEMBERSHIP

ASSET_FROZEN = OwnWord("eu:asset_frozen", "on an asset-freeze list of the Union")
LISTED_MILITARY_USER = OwnWord(
    "eu:listed_military_user",
    "listed as a military end user (Annex IV of Reg. 833/2014, Annex V of Reg. 765/2006)",
)
LISTED = {row["party"]: OwnWord(row["party"], row["name"]) for row in LISTED_PARTIES}
"""The users and makers of surveillance technology that the table names."""
EU_ANSWERS = (
    OwnAnswers(
        (Parties.buyer, Parties.consignee, Parties.end_user),
        (ASSET_FROZEN, LISTED_MILITARY_USER, *LISTED.values()),
    ),
)
"""The lists of parties that EU law has, and those on them whom the table names."""

MEMBER_STATE = OwnWord("eu:member_state", "Member State")
COMMISSION = OwnWord("eu:commission", "Commission")
PROVIDER = OwnWord("eu:provider", "provider of technical assistance")
OBJECTION = OwnWord("eu:objection", "the objection of another Member State")
"""Whom duties bind under the law of the Union, besides exporters, brokers and authorities."""

NationalEntry = Literal[
    "5A902",
    "5D902",
    "5E902",
    "it_lan_monitoring",
    "fr_mobile_interception",
    "fr_ip_surveillance",
]
NATIONAL_ENTRIES: Mapping[NationalEntry, str] = {
    "5A902": (
        "German 5A902: monitoring facilities of law enforcement for lawful interception, or systems that "
        "retain event data, for public networks"
    ),
    "5D902": "German 5D902: software for them",
    "5E902": "German 5E902: technology for them",
    "it_lan_monitoring": (
        "Italian measure of 2012: monitoring system for public LAN, internet and 2G/3G networks"
    ),
    "fr_mobile_interception": (
        "French notices of 2012 and 2013: equipment that intercepts and analyses mobile telecommunications "
        "over the air"
    ),
    "fr_ip_surveillance": (
        "French notice of 2013: surveillance of communications on IP networks, on a carrier class network, "
        "with analysis at the application layer and extraction of metadata and content"
    ),
}

NationalCarveOut = Literal[
    "billing",
    "network_element",
    "quality_of_service",
    "quality_of_experience",
    "operator",
    "development",
]
NATIONAL_CARVE_OUTS: Mapping[NationalCarveOut, str] = {
    "billing": "billing",
    "network_element": "the collection of data inside network elements",
    "quality_of_service": "quality of service",
    "quality_of_experience": "quality of experience",
    "operator": "operation at a telecommunications company",
    "development": "developing or producing mobile equipment or systems",
}

InterceptionHead = Literal[
    "dpi",
    "network_interception",
    "rf_monitoring",
    "jamming",
    "remote_infection",
    "speaker_recognition",
    "identity_interception",
    "tactical_interception",
    "protocol_interception",
    "pattern_profiling",
    "remote_forensics",
    "semantic_engine",
    "wifi_code_breaking",
    "voip_interception",
    "intrusion_software",
    "cryptanalysis_equipment",
]
INTERCEPTION_HEADS: Mapping[InterceptionHead, str] = {
    "dpi": "deep packet inspection",
    "network_interception": "network interception, with its management and data-retention intelligence",
    "rf_monitoring": "radio-frequency monitoring",
    "jamming": "network and satellite jamming",
    "remote_infection": "remote infection",
    "speaker_recognition": "speaker recognition or processing",
    "identity_interception": "interception of IMSI, MSISDN, IMEI or TMSI",
    "tactical_interception": "tactical interception of SMS, GSM, GPS, GPRS, UMTS, CDMA or PSTN",
    "protocol_interception": "interception of DHCP, SMTP or GTP information",
    "pattern_profiling": "pattern recognition and profiling",
    "remote_forensics": "remote forensics",
    "semantic_engine": "semantic processing engine",
    "wifi_code_breaking": "breaking of WEP and WPA codes",
    "voip_interception": "interception of VoIP",
    "intrusion_software": "intrusion software (Belarus only)",
    "cryptanalysis_equipment": "equipment for cryptanalysis (Belarus only)",
}

Category10 = Literal["10A001.a", "10A001.b", "10D001", "10E001"]
CATEGORY_10: Mapping[Category10, str] = {
    "10A001.a": "monitoring centres for lawful interception (10A001.a as proposed)",
    "10A001.b": "systems for retaining event data (10A001.b as proposed)",
    "10D001": "software for them (10D001 as proposed)",
    "10E001": "technology for them (10E001 as proposed)",
}

ConditionMet = Literal["eu003_repair", "eu004_fair", "eu007_group", "eu008_encryption"]
CONDITIONS_MET: Mapping[ConditionMet, str] = {
    "eu003_repair": (
        "EU003: first exported under a licence that is still valid or under a Union general "
        "authorisation; within five years of it, repaired without modification or exchanged for the "
        "same quality and number; returned to the original end user for the same end use"
    ),
    "eu004_fair": (
        "EU004: an event of fixed duration with several exhibitors; for demonstration only, under the "
        "exporter's control; returned complete and unmodified within 120 days, unless the authority "
        "waives that; no transfer of technology, and no private demonstration, sale, lease, storage "
        "for sale or use in production; not classified CONFIDENTIEL UE or above"
    ),
    "eu007_group": (
        "EU007: registered; wholly owned, both parent companies in the Union or an EU001 country, with "
        "a guarantee; for commercial product development only, under full control; returned and "
        "deleted afterwards"
    ),
    "eu008_encryption": (
        "EU008: registered; uses only published or commercial standards, none made for government use; "
        "not easily changed by the user; neither approved for nor classified RESTREINT UE or above"
    ),
}

AssistanceException = Literal[
    "public_information", "member_state_body", "member_state_forces", "mtcr", "licensed_minimum"
]
ASSISTANCE_EXCEPTIONS: Mapping[AssistanceException, str] = {
    "public_information": "information in the public domain, or basic scientific research",
    "member_state_body": "provided by a body of a Member State in its official duties",
    "member_state_forces": "provided for the armed forces of a Member State",
    "mtcr": "covered by the missile-technology exceptions in Annex IV",
    "licensed_minimum": "the minimum needed to install, operate, maintain or repair authorised items",
}

PartyFlag = Literal[
    "armed_group",
    "border_guard_police",
    "diplomatic_mission",
    "eu_operator",
    "iranian_owned",
]
PARTY_FLAGS: Mapping[PartyFlag, str] = {
    "armed_group": "an armed group",
    "border_guard_police": "the Border Guard Police of Myanmar",
    "diplomatic_mission": (
        "a mission of the Union, a Member State or a partner country, or an international organisation "
        "with immunities"
    ),
    "eu_operator": (
        "an EU telecommunications operator, for its services in Russia, Ukraine or the Union"
    ),
    "iranian_owned": "owned or controlled by Iran or by a person or body in Iran, wherever it is",
}

GoodsHeading = Literal[
    "computer",
    "network_apparatus",
    "base_station",
    "camera_8525",
    "night_vision",
    "night_vision_sight",
    "recorder",
    "still_or_film_camera",
    "lens",
    "storage",
    "drone",
    "alarm",
    "household_electronics",
    "other_84_85",
]
GOODS: Mapping[GoodsHeading, tuple[str, str]] = {
    "computer": ("computers and servers", "8471"),
    "network_apparatus": ("telephones, routers and other network apparatus", "8517 other than 8517 61"),
    "base_station": ("base stations", "8517 61"),
    "camera_8525": ("video, television and digital cameras", "8525"),
    "night_vision": ("night-vision or thermal cameras", "8525 83"),
    "night_vision_sight": ("night-vision or thermal sights and goggles", "9004 90"),
    "recorder": ("video recorders", "8521"),
    "still_or_film_camera": ("still or film cameras", "9006, 9007"),
    "lens": ("lenses and other optical elements", "9002"),
    "storage": ("solid-state storage devices", "8523 51"),
    "drone": ("drones", "8806; before 2022 in 8802"),
    "alarm": ("burglar or fire alarms", "8531 10"),
    "household_electronics": ("computers, telephones or network apparatus for domestic use", ""),
    "other_84_85": (
        "other goods of chapter 84 or 85, or goods of one of them whose heading is not known",
        "",
    ),
}
"""Goods in words, and the headings under which they fall; blank where the words say it."""
GOODS_HEADINGS: Mapping[GoodsHeading, str] = {
    word: f"{goods} ({headings})" if headings else goods for word, (goods, headings) in GOODS.items()
}

DiversionTo = Literal["russia", "belarus"]
DIVERSION_TO: Mapping[DiversionTo, str] = {"russia": "Russia", "belarus": "Belarus"}

Route = Literal["russia", "belarus"]
ROUTES: Mapping[Route, str] = {"russia": "Russia", "belarus": "Belarus"}

UnitValue = Literal["up_to_50", "up_to_300", "up_to_750", "up_to_1000", "above_1000"]
UNIT_VALUES: Mapping[UnitValue, str] = {
    "up_to_50": "EUR 50 or less",
    "up_to_300": "more than EUR 50, up to EUR 300",
    "up_to_750": "more than EUR 300, up to EUR 750",
    "up_to_1000": "more than EUR 750, up to EUR 1 000",
    "above_1000": "more than EUR 1 000",
}

COUNTRY_NAMES: Mapping[str, str] = {**countries(), "MM": "Myanmar"}
"""Countries as the rules name them: by one name."""

OccupiedArea = Literal["none", "crimea", "donetsk_luhansk", "kherson_zaporizhzhia"]
OCCUPIED_AREAS: Mapping[OccupiedArea, str] = {
    "none": "none of them",
    "crimea": "Crimea or Sevastopol",
    "donetsk_luhansk": "an area of the Donetsk or Luhansk oblast that the government does not control",
    "kherson_zaporizhzhia": (
        "an area of the Kherson or Zaporizhzhia oblast that the government does not control"
    ),
}

ServiceKind = Literal[
    "it_consultancy",
    "data_processing",
    "ai_service",
    "high_performance_or_quantum_computing",
    "space_based",
    "testing",
    "training",
    "maintenance",
    "infrastructure",
    "other",
]
SERVICES: Mapping[ServiceKind, tuple[str, str]] = {
    "it_consultancy": (
        "IT consultancy",
        "installing hardware and networks, developing and implementing software",
    ),
    "data_processing": ("data processing, data preparation or data-base service", ""),
    "ai_service": (
        "artificial-intelligence service",
        "access to models, or to platforms for their training, fine-tuning and inference",
    ),
    "high_performance_or_quantum_computing": ("high-performance or quantum computing", ""),
    "space_based": ("commercial space-based service", "Earth observation or satellite navigation"),
    "testing": ("technical testing, analysis or inspection", ""),
    "training": ("training of the client's staff", ""),
    "maintenance": ("maintenance or repair", ""),
    "infrastructure": (
        (
            "technical assistance, brokering, construction or engineering for infrastructure of "
            "transport, telecommunications or energy"
        ),
        "",
    ),
    "other": ("another service", ""),
}
"""Services by name, and what is meant; blank where the name says it."""
SERVICE_KINDS: Mapping[ServiceKind, str] = {
    word: f"{name}: {meant}" if meant else name for word, (name, meant) in SERVICES.items()
}

StateAnswer = Literal["not_consulted", "no_objection", "objection"]
STATE_ANSWERS: Mapping[StateAnswer, str] = {
    "not_consulted": "none, as no Member State was consulted",
    "no_objection": "no objection, or none in time",
    "objection": "an objection in time",
}

LicenceKind = Literal["individual", "global", "large_project"]
LICENCE_KINDS: Mapping[LicenceKind, str] = {
    "individual": "individual authorisation",
    "global": "global authorisation",
    "large_project": "large project authorisation",
}


@section("eu", "European Union")
class Eu:
    """What only the acts of the European Union, and proposals on them, ask for."""

    exporter_barred: YesNo = YesNo(
        "Has the authority barred the exporter from using general authorisations?",
        help=(
            "Art. 12(7) of Regulation 2021/821, and for EU008 Annex II, Section H, Part 3, point 6 (national "
            "security); Art. 9(1) of Regulation 428/2009."
        ),
        changed_by="authority",
        ordinary=False,
        states="the authority has barred the exporter from using general authorisations",
    )
    free_zone: YesNo = YesNo(
        "Is the export going to a customs-free zone or free warehouse in the destination?",
        changed_by="exporter",
        ordinary=False,
        states="the export {is|is not} going to a customs-free zone or free warehouse",
    )
    reexport_barred: YesNo = YesNo(
        "Is the exporter aware that the items will be re-exported to a country that the general "
        "authorisation does not allow?",
        help=(
            "EU005 and EU006: anywhere other than their own destinations, EU001 destinations and "
            "Member States; EU007: anywhere other than EU001 destinations and Member States; EU008: a "
            "destination that it excludes, other than an EU001 destination."
        ),
        changed_by="exporter",
        ordinary=False,
        states=(
            "the exporter {is|is not} aware of re-export beyond the countries that the general "
            "authorisation allows"
        ),
    )
    annex_iv_part: YesNo = YesNo(
        "Where Annex IV covers only part of an entry, is the item in that part?",
        help=(
            "For example, launch vehicles with a payload of 500 kg over 300 km (9A004), separated "
            "plutonium or uranium enriched to more than 20 % (0C002), or rotating-mirror cameras "
            "(6A203)."
        ),
        changed_by="designer",
        states="the item {is|is not} in the part of the entry that Annex IV covers",
    )
    items_elsewhere: YesNo = YesNo(
        "Are the items in a Member State other than the one where the licence is applied for?",
        help="Art. 14(1) of Regulation 2021/821; Art. 11(1) of Regulation 428/2009.",
        changed_by="exporter",
        ordinary=False,
        states=(
            "the items {are|are not} in a Member State other than the one where the licence is applied "
            "for"
        ),
    )
    consulted_state_answer: Choice[StateAnswer] = Choice(
        "What did the Member State where the items are answer when it was consulted on the individual "
        "licence?",
        STATE_ANSWERS,
        help=(
            "Art. 14(1) of Regulation 2021/821; Art. 11(1) of Regulation 428/2009: its objection, made within "
            "ten working days or a period that was extended, binds the authority that was asked for the "
            "licence."
        ),
        changed_by="authority",
        ordinary="not_consulted",
        states="the answer of the Member State where the items are is",
    )
    list_published: YesNo = YesNo(
        "Has the Commission published the other Member State's list that covers the item?",
        help=(
            "Art. 9(4) of Regulation 2021/821, asked for a list in the tables of which this is not known (that "
            "of Germany, France or Italy). The question national.other_state_list is about any further list "
            "that was published."
        ),
        changed_by="legislator",
        states="the Commission {has|has not} published the other Member State's list",
    )
    parts_for_another_state: YesNo = YesNo(
        "Were the military items for which it would be a part exported from a Member State other than the "
        "exporter's?",
        help=(
            "Military items exported without a licence or in breach of one. Art. 4(3) of Regulation "
            "428/2009 speaks of those exported from the Member State of the exporter, Art. 4(1)(c) of "
            "Regulation 2021/821 of those exported from any."
        ),
        ordinary=False,
        states=(
            "the military items {were|were not} exported from a Member State other than the exporter's"
        ),
    )
    primarily_interception: YesNo = YesNo(
        "Is the item intended primarily for monitoring or intercepting communications?",
        changed_by="designer",
        states="the item is intended primarily for monitoring or intercepting communications",
    )
    repression_list_item: YesNo = YesNo(
        "Is the item on a list of equipment that might be used for internal repression?",
        help=(
            "The lists contain weapons, vehicles, protective gear and night vision; those for Zimbabwe "
            "(until February 2017) and Côte d'Ivoire also contain fingerprint equipment. Devices that "
            "intercept communications, which these two lists also name, are covered by other "
            "questions."
        ),
        changed_by="designer",
        ordinary=False,
        states="the item is on a list of equipment that might be used for internal repression",
    )
    advanced_technology_item: YesNo = YesNo(
        "Is the item on the list of advanced technology that may not go to Russia or Belarus?",
        help=(
            "Annex VII of Regulation 833/2014 and Annex Va of Regulation 765/2006: items that Annex I "
            "does not list, among them equipment for mobile communications and for packet and circuit "
            "networks, telecoms test equipment, mass-market encryption, computers, and some image "
            "intensifiers and thermal cameras. In Annex VII, an item that is not listed does not come "
            "under the list because of a component that is."
        ),
        changed_by="designer",
        states="the item {is|is not} on the list of advanced technology for Russia or Belarus",
    )
    exempt_use: YesNo = YesNo(
        "Does the sanctions regulation exempt this use?",
        help=(
            "Articles 2(3) and 2a(3) of Regulation 833/2014, Articles 1e(3) and 1f(3) of Regulation "
            "765/2006: humanitarian, medical, news media, software updates, consumer devices, personal "
            "use; for Belarus also cyber-security for non-government users. Only for non-military use "
            "and non-military users. Before 2022, the exceptions in Article 2a of Regulation 833/2014. "
            "For services, health emergencies, accidents and disasters, and help with goods that may be "
            "sent. For Iran, cryptography for public telecommunication and internet services, and "
            "contracts that are older than the ban."
        ),
        changed_by="exporter",
        ordinary=False,
        states="the sanctions regulation {exempts|does not exempt} this use",
    )
    humanitarian_use: YesNo = YesNo(
        "Is the exempt use humanitarian or medical, or for an emergency or disaster?",
        help=(
            "The only uses that the acts on Russia and Belarus still exempt since 25 February 2025; for consumer "
            "devices, software updates and cyber-security the authority may grant a derogation."
        ),
        changed_by="exporter",
        states="the exempt use {is|is not} humanitarian, medical or for an emergency",
    )
    informed_of_diversion: SetOf[DiversionTo] = SetOf(
        "For which country under sanctions has the authority told the exporter that the items are or may be meant, "
        "although they go elsewhere?",
        DIVERSION_TO,
        help="Art. 2a(1aa) of Regulation 833/2014 and Art. 1f(1aa) of Regulation 765/2006.",
        changed_by="authority",
        ordinary=(),
        states="the authority {has told|has not told} the exporter that the items may be meant for",
    )
    route: SetOf[Route] = SetOf(
        "Through which of these countries do the goods pass on their way to another one?",
        ROUTES,
        help=(
            "Art. 2(1a), 2a(1a) and 3c(1a) of Regulation 833/2014; Art. 1e(1a), 1f(1a) and 1sa(1a) of Regulation "
            "765/2006: the transit of what is exported from the Union."
        ),
        changed_by="exporter",
        ordinary=(),
        states="{the goods pass|the goods do not pass} on their way through",
    )
    derogation: YesNo = YesNo(
        "Does a derogation in the sanctions regulation apply?",
        help=(
            "A purpose for which the act allows the authority to authorise what it bans: an "
            "authorisation is still needed."
        ),
        changed_by="authority",
        ordinary=False,
        states="{a|no} derogation in the sanctions regulation applies",
    )
    evasion: YesNo = YesNo(
        "Is the transaction meant to get round a control?",
        changed_by="exporter",
        ordinary=False,
        states="the transaction is meant to get round a control",
    )
    evasion_accepted: YesNo = YesNo(
        "Is someone aware that the transaction may get round a control, and accepts that?",
        help="Enough for Belarus since 1 July 2024, without any intention.",
        changed_by="exporter",
        ordinary=False,
        states="someone {accepts|does not accept} that the transaction may get round a control",
    )
    intrudes: YesNo = YesNo(
        "Does the item intrude covertly into information or telecommunication systems?",
        changed_by="designer",
        states="the item {intrudes|does not intrude} covertly into information or telecommunication systems",
    )
    abuse_potential: YesNo = YesNo(
        "Can the item be used for serious violations, or to threaten security, as the 2016 proposal "
        "requires?",
        changed_by="designer",
        states="the item can be used for serious violations, or to threaten security",
    )
    end_user_implicated: YesNo = YesNo(
        "Have competent institutions identified the end user as complicit in serious violations?",
        states="competent institutions have identified the end user as complicit in serious violations",
    )
    clear_risk_repression: YesNo = YesNo(
        "Is there a clear risk that this item, with this end user, might be used for internal repression?",
        help=(
            "Criterion two of Common Position 2008/944/CFSP. A risk that it might be used in this way "
            "is enough, but the risk must be clear; grounds to determine that it would be are more "
            "than is needed. The questions destination.substantial_rights_risk and "
            "destination.serious_violations_likely apply other standards, and cover violations of "
            "every kind."
        ),
        states="there {is|is no} clear risk that the item might be used for internal repression",
    )
    clear_risk_ihl: YesNo = YesNo(
        "Is there a clear risk that this item, with this end user, might be used to commit serious "
        "violations of international humanitarian law?",
        help="Criterion two, point (c), of Common Position 2008/944/CFSP.",
        states=(
            "there {is|is no} clear risk that the item might be used for serious violations of "
            "international humanitarian law"
        ),
    )
    forces_believed: YesNo = YesNo(
        "Are there serious grounds to believe that armed forces, internal security forces or similar "
        "bodies will be the end user, though another is stated?",
        help="The standard of Article 6 of Common Position 2008/944/CFSP, as accounts give it.",
        ordinary=False,
        states=(
            "there are {serious|no serious} grounds to believe that armed or internal security forces "
            "will be the end user"
        ),
    )
    past_use_shown: YesNo = YesNo(
        "Is there evidence that this end user has used this or similar items for serious violations?",
        states=(
            "there {is|is no} evidence that this end user has used this or similar items for serious "
            "violations"
        ),
    )
    national_entry: SetOf[NationalEntry] = SetOf(
        "Which national control-list entries does the item meet?",
        NATIONAL_ENTRIES,
        help="The limb of the entry; what it leaves out and the value of the goods are questions of their own.",
        changed_by="designer",
        states="the item {meets|does not meet} the national entry",
    )
    national_carve_outs: SetOf[NationalCarveOut] = SetOf(
        "For which purpose that a national entry leaves out is the item specially designed or meant?",
        NATIONAL_CARVE_OUTS,
        help="Germany: Export List, entry 5A902; France: the notice of 2012, where to be meant for it is enough.",
        changed_by="designer",
        states="the item {is|is not} specially designed or meant for",
    )
    contract_up_to_5000: YesNo = YesNo(
        "Are the goods under the contract worth at most EUR 5 000?",
        help="Section 8(3) of the German AWV: such goods are free; software and technology never are.",
        changed_by="exporter",
        ordinary=False,
        states="the goods under the contract are worth {at most|more than} EUR 5 000",
    )
    interception_heads: SetOf[InterceptionHead] = SetOf(
        "Under which headings of the sanctions annexes on interception does the item fall?",
        INTERCEPTION_HEADS,
        changed_by="designer",
        states=(
            "the item {falls|does not fall} under the heading of the sanctions annexes on interception "
            "for"
        ),
    )
    category_10: SetOf[Category10] = SetOf(
        "Which entries of the proposed category 10 does the item meet?",
        CATEGORY_10,
        help="Applying their own notes: an item made for billing or quality of service meets none.",
        changed_by="designer",
        states="the item is among the",
    )
    conditions_met: SetOf[ConditionMet] = SetOf(
        "Which general authorisations have their further conditions met?",
        CONDITIONS_MET,
        help="The conditions that no other question covers.",
        changed_by="exporter",
        states="the further conditions are met for",
    )
    assistance_exceptions: SetOf[AssistanceException] = SetOf(
        "Which exceptions for technical assistance apply?",
        ASSISTANCE_EXCEPTIONS,
        help="Art. 8(3)(b) to (f) of Regulation 2021/821.",
        changed_by="exporter",
        ordinary=(),
        states="the technical assistance is",
    )
    party_flags: SetOf[PartyFlag] = SetOf(
        "What else is known about the parties?",
        PARTY_FLAGS,
        changed_by="exporter",
        ordinary=(),
        states="{a|no} party is",
    )
    licence_kind: Choice[LicenceKind] = Choice(
        "What kind of licence is it?",
        LICENCE_KINDS,
        changed_by="authority",
        states="the kind of licence is",
    )
    goods_headings: SetOf[GoodsHeading] = SetOf(
        "Under which headings of the customs nomenclature do the goods fall?",
        GOODS_HEADINGS,
        help=(
            "Asked of goods only: software sent by network and services have no heading. Every heading "
            "under which some of the goods fall."
        ),
        changed_by="designer",
        states="{the goods include|the goods do not include}",
    )
    unit_value: Choice[UnitValue] = Choice(
        "What is each of the goods worth?",
        UNIT_VALUES,
        help="The value on which the lists of luxury goods for North Korea and Russia depend.",
        changed_by="exporter",
        states="each of the goods is worth",
    )
    occupied_area: Choice[OccupiedArea] = Choice(
        "Is the buyer, the consignee or the place of use in an occupied area of Ukraine?",
        OCCUPIED_AREAS,
        help="The areas are part of Ukraine; a file may state Ukraine or Russia as their country.",
        changed_by="exporter",
        states="the buyer, the consignee or the place of use is in",
    )
    service_kind: SetOf[ServiceKind] = SetOf(
        "What kind of service is it?",
        SERVICE_KINDS,
        help="Every kind that it is: hosted face matching is an artificial-intelligence service.",
        changed_by="exporter",
        states="the service is",
    )
    buyer_acts_for_state: YesNo = YesNo(
        "Is the buyer the government, a public body, corporation or agency, or does it act for one?",
        changed_by="exporter",
        ordinary=Same(EndUser.acts_for_state),
        states="the buyer {acts|does not act} for the state",
    )


EU_CONSTRAINTS = (
    Constraint(
        "A Member State is consulted only where the items are in it, and not in that of the application.",
        Eu.consulted_state_answer.is_in("no_objection", "objection"),
        Eu.items_elsewhere,
    ),
    Constraint(
        "A transfer within the European Union has a destination inside it on the day of the facts; one "
        "that goes elsewhere is treated as an export.",
        Transaction.kind.is_in("intra_eu_transfer"),
        MEMBERSHIP.names(Destination.country, FACTS_DATE),
        instead=Transaction.kind.is_in("export"),
    ),
    Constraint(
        "An export from the European Union leaves its customs territory; one that goes to a country "
        "inside it on the day of the facts is treated as a transfer within the Union.",
        Transaction.kind.is_in("export", "electronic_export")
        & MEMBERSHIP.names(Exporter.country, FACTS_DATE),
        ~MEMBERSHIP.names(Destination.country, FACTS_DATE),
        instead=Transaction.kind.is_in("intra_eu_transfer"),
    ),
)

_CAMERAS: tuple[Technology, ...] = ("video_surveillance", "number_plate_recognition")
_LIST_OPEN: Mapping[NationalEntry, tuple[Technology, ...]] = {
    "fr_mobile_interception": ("mobile_interception",),
    "fr_ip_surveillance": ("ip_network_surveillance",),
}
"""For which technologies a file that is silent leaves open whether the item meets the entry."""
_LISTS_BODIES_SINCE: Mapping[str, dt.date] = {
    "BY": dt.date(2006, 5, 20),
    "IR": dt.date(2007, 4, 20),
    "KP": dt.date(2007, 3, 29),
    "MM": dt.date(2008, 3, 10),
    "SY": dt.date(2011, 5, 10),
    "RU": dt.date(2014, 3, 17),
    "VE": dt.date(2017, 11, 14),
}
"""The states whose own bodies acts of the Union freeze, each with the first day of the first such act."""
LISTING_NOT_PRESUMED = tuple(
    Assumption(
        Parties.end_user,
        UNKNOWN,
        EndUser.kind.is_in("law_enforcement", "intelligence", "military", "other_state_body")
        & EndUser.country.is_in(country)
        & FACTS_DATE.on_or_after(day),
        layer="ordinary",
    )
    for country, day in _LISTS_BODIES_SINCE.items()
)
"""That nobody is listed is not presumed of a state body of a state under sanctions: many are, by name."""
GOODS_ASSUMPTIONS = (
    Assumption(Eu.occupied_area, "none", Destination.country.is_in("RU"), layer="ordinary"),
    Assumption(
        Eu.goods_headings,
        {"known": ["camera_8525"], "open": ["computer", "recorder", "storage"]},
        Item.technology.is_in(*_CAMERAS),
        layer="ordinary",
    ),
    Assumption(
        Eu.goods_headings,
        {
            "known": ["other_84_85"],
            "open": ["computer", "network_apparatus", "storage"],
        },
        Item.technology.is_in(
            *(word for word in get_args(Technology) if word not in (*_CAMERAS, "not_surveillance"))
        ),
        layer="ordinary",
    ),
)
"""What surveillance goods are by heading, and that goods for Russia are not for an occupied area of Ukraine.

Cameras are goods of heading 8525, other equipment is of chapter 84 or 85.
"""
EU_ASSUMPTIONS = (
    Assumption(Item.dual_use, answer=True, layer="ordinary"),
    *(
        Assumption(
            Eu.national_entry,
            {"known": [], "open": [entry]},
            Item.technology.is_in(*technologies),
            layer="ordinary",
        )
        for entry, technologies in _LIST_OPEN.items()
    ),
    Assumption(Eu.national_entry, [], layer="ordinary"),
    Assumption(
        Eu.national_carve_outs,
        {"known": [], "open": ["operator"]},
        EndUser.kind.is_in("telecom_operator"),
        layer="ordinary",
    ),
    Assumption(Eu.national_carve_outs, [], layer="ordinary"),
    Assumption(
        Eu.licence_kind, "individual", Transaction.kind.is_in("intra_eu_transfer"), layer="ordinary"
    ),
    Assumption(
        Eu.licence_kind, "individual", Eu.consulted_state_answer.is_in("objection"), layer="ordinary"
    ),
    *GOODS_ASSUMPTIONS,
    *LISTING_NOT_PRESUMED,
)
EU_VOCABULARY = CORE.with_sections(
    Eu,
    constraints=EU_CONSTRAINTS,
    assumptions=EU_ASSUMPTIONS,
    code_lists=(ENTRY_CODES,),
    harms=(Harm(Standard.CLEAR_RISK, Eu.clear_risk_repression),),
    own_answers=EU_ANSWERS,
)
"""The core facts with those of the European Union, and the codes that Annex I has."""

CATEGORY_10_CONSTRAINTS = (
    Constraint(
        "Biometric recognition, video, number-plate recognition, predictive policing, behaviour "
        "research and non-surveillance items meet no entry of the proposed category 10.",
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
        ~Eu.category_10.includes_any("10A001.a", "10A001.b", "10D001", "10E001"),
    ),
)
"""What cannot be under the proposals: recognition and video are no systems for public networks."""
