"""The acts, their dated tables, and the terms that the measures against single countries share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

import attrs

from regcompare.authoring import (
    FACTS_DATE,
    Chapter,
    Condition,
    DatedTable,
    Destination,
    EndUse,
    EndUser,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Knowledge,
    Term,
    Transaction,
    any_of,
)
from regcompare.law import Citation
from regcompare.vocabulary import takes_part
from regcompare.vocabulary.dated import Row
from regcompare_eu.facts import COUNTRY_NAMES, LISTED, LISTED_MILITARY_USER, OCCUPIED_AREAS, Eu
from regcompare_eu.tables import ANNEX_I, LISTED_PARTIES, states_of

chapter = Chapter()

# The acts


def _read(document: str, note: str, day: int = 26) -> Evidence:
    """What was read of an act, on which day of November 2026: in a public copy, not in the Official Journal."""
    return Evidence(
        EvidenceLevel.TEXT, document, dt.date(2026, 11, day), f"{note} Read in a public copy."
    )


SYRIA = Instrument(
    "Reg. (EU) 36/2012",
    "Council Regulation (EU) No 36/2012 concerning restrictive measures in view of the situation in Syria",
    "OJ L 16, 19.1.2012, p. 1",
    "32012R0036",
    states=states_of("32012R0036"),
    checked=_read("02012R0036-20210529", "Articles 1 to 5 and 27a, and Annex V."),
)
IRAN_NUCLEAR = Instrument(
    "Reg. (EU) 267/2012",
    "Council Regulation (EU) No 267/2012 concerning restrictive measures against Iran",
    "OJ L 88, 24.3.2012, p. 1",
    "32012R0267",
    states=states_of("32012R0267"),
    checked=_read(
        "32025R1975",
        "Articles 1 and 2 of the amending act, and Annex I. The act itself was read as enacted, Articles 1 to "
        "7 and Annex I, Part A; Regulation 1263/2012, which amended it, and the state of 23.10.2016, Articles 2a "
        "to 10d, too.",
        28,
    ),
)
IRAN_UAV = Instrument(
    "Reg. (EU) 2023/1529",
    "Council Regulation (EU) 2023/1529 concerning restrictive measures in view of Iran's military support of "
    "Russia's war of aggression against Ukraine",
    "2023/1529",
    "32023R1529",
    checked=_read(
        "32023R1529", "Articles 1 to 3 and 17, and Annex II, in a state after 11.12.2023.", 28
    ),
)
CRIMEA = Instrument(
    "Reg. (EU) 692/2014",
    "Council Regulation (EU) No 692/2014 concerning restrictive measures in response to the illegal annexation "
    "of Crimea and Sevastopol",
    "692/2014",
    "32014R0692",
    states=states_of("32014R0692"),
    checked=_read("02014R0692-20250225", "Articles 2aa to 5; by the notes also Annex II.", 28),
)
OCCUPIED = Instrument(
    "Reg. (EU) 2022/263",
    "Council Regulation (EU) 2022/263 concerning restrictive measures in response to the illegal recognition, "
    "occupation or annexation by the Russian Federation of certain areas of Ukraine",
    "OJ L 42I, 23.2.2022, p. 77",
    "32022R0263",
    checked=_read("32022R0263", "As enacted, Articles 3 to 16 and the start of Annex II.", 28),
)
IRAN = Instrument(
    "Reg. (EU) 359/2011",
    "Council Regulation (EU) No 359/2011 concerning restrictive measures against certain persons, entities "
    "and bodies in view of the situation in Iran",
    "OJ L 100, 14.4.2011, p. 1",
    "32011R0359",
    states=states_of("32011R0359"),
    checked=_read("02011R0359-20240626", "Articles 1 to 1c, and Annexes III and IV."),
)
VENEZUELA = Instrument(
    "Reg. (EU) 2017/2063",
    "Council Regulation (EU) 2017/2063 concerning restrictive measures in view of the situation in Venezuela",
    "OJ L 295, 14.11.2017, p. 21",
    "32017R2063",
    states=states_of("32017R2063"),
    checked=_read("02017R2063-20180625", "Articles 1 to 21, and Annexes I and II."),
)
MYANMAR = Instrument(
    "Reg. (EU) 401/2013",
    "Council Regulation (EU) No 401/2013 concerning restrictive measures in respect of Myanmar/Burma",
    "OJ L 121, 3.5.2013, p. 1",
    "32013R0401",
    states=states_of("32013R0401"),
    checked=_read("02013R0401-20190709", "Articles 1 to 12, and Annexes I and III."),
)
BELARUS = Instrument(
    "Reg. (EC) 765/2006",
    "Council Regulation (EC) No 765/2006 concerning restrictive measures in respect of Belarus",
    "OJ L 134, 20.5.2006, p. 1",
    "32006R0765",
    states=states_of("32006R0765"),
    checked=_read("02006R0765-20220310", "Articles 1 to 1n, and Annexes III to V."),
)
BELARUS_BEFORE_2022 = Evidence(
    EvidenceLevel.OFFICIAL,
    "32021R1030",
    dt.date(2026, 11, 26),
    "Recital 3 of the act that inserted Article 1e; the article as it was before 3.3.2022 was not "
    "read. That assistance is banned along with supply is inferred.",
)
"""How the first ban on dual-use items for Belarus is known."""
RUSSIA = Instrument(
    "Reg. (EU) 2024/1485",
    "Council Regulation (EU) 2024/1485 concerning restrictive measures in view of the situation in Russia",
    "OJ L, 2024/1485, 27.5.2024",
    "32024R1485",
    states=states_of("32024R1485"),
    checked=_read("02024R1485-20260713", "Articles 1 to 24, and Annexes I and II."),
)
RUSSIA_UKRAINE = Instrument(
    "Reg. (EU) 833/2014",
    "Council Regulation (EU) No 833/2014 concerning restrictive measures in view of Russia's actions "
    "destabilising the situation in Ukraine",
    "OJ L 229, 31.7.2014, p. 1",
    "32014R0833",
    states=states_of("32014R0833"),
    checked=_read(
        "02014R0833-20230427",
        "Articles 1 to 2e and 4; on 28 November also Articles 6 to 12b, and Annex VII to the end of Category "
        "IV. Article 2, and Article 2a to paragraph 3, also as Regulation 2022/328 has them; Annex XXIII in "
        "the states of Regulations 2022/576, 2023/1214, 2023/2878, 2024/1745 and 2025/395.",
    ),
)
RUSSIA_BEFORE_2022 = _read(
    "02014R0833-20141206",
    "Articles 1 to 9. That of 2.12.2017 was read before, Articles 2, 2a and 4.",
    27,
)
"""How Regulation 833/2014 is known as it stood before its articles on dual-use items were replaced."""
NORTH_KOREA = Instrument(
    "Reg. (EU) 2017/1509",
    "Council Regulation (EU) 2017/1509 concerning restrictive measures against the Democratic People's "
    "Republic of Korea",
    "OJ L 224, 31.8.2017, p. 1",
    "32017R1509",
    states=states_of("32017R1509"),
    checked=_read(
        "02017R1509-20220802",
        "Articles 1 to 18. In the version of 17.12.2025 part of Article 3 was not seen.",
    ),
)
ASSET_FREEZES = Instrument(
    "Union asset freezes",
    "The acts under Article 215 TFEU that freeze the assets of listed persons, each with its own list",
    "such as Reg. (EU) 36/2012 and Reg. (EU) 2024/1485",
)
_ELSEWHERE = (
    Instrument(
        "Reg. (EU) 961/2010",
        "Council Regulation (EU) No 961/2010 on Iran",
        "OJ L 281, 27.10.2010, p. 1",
        "32010R0961",
        states=states_of("32010R0961"),
    ),
    Instrument(
        "Reg. (EU) 204/2011",
        "Council Regulation (EU) No 204/2011 on Libya",
        "OJ L 58, 3.3.2011, p. 1",
        "32011R0204",
        states=states_of("32011R0204"),
        checked=_read("02011R0204-20130123", "Articles 1 to 8 and 11 to 20, and Annex I.", 27),
    ),
    Instrument(
        "Reg. (EU) 2016/44",
        "Council Regulation (EU) 2016/44 on Libya",
        "OJ L 12, 19.1.2016, p. 1",
        "32016R0044",
        states=states_of("32016R0044"),
        checked=_read("02016R0044-20201002", "Articles 1 to 5."),
    ),
    Instrument(
        "Reg. (EU) 442/2011",
        "Council Regulation (EU) No 442/2011 on Syria",
        "OJ L 121, 10.5.2011, p. 1",
        "32011R0442",
        states=states_of("32011R0442"),
    ),
    Instrument(
        "Reg. (EC) 314/2004",
        "Council Regulation (EC) No 314/2004 on Zimbabwe",
        "OJ L 55, 24.2.2004, p. 1",
        "32004R0314",
        states=states_of("32004R0314"),
        checked=_read(
            "02004R0314-20231129",
            "Whole. Annex I as it was before 19.2.2017 was read earlier, in the version of 1.1.2007.",
        ),
    ),
    Instrument(
        "Reg. (EU) 1284/2009",
        "Council Regulation (EU) No 1284/2009 on Guinea",
        "OJ L 346, 23.12.2009, p. 26",
        "32009R1284",
        states=states_of("32009R1284"),
        checked=_read(
            "02009R1284-20140416", "Whole, but in this version Articles 2 to 5 are deleted.", 25
        ),
    ),
    Instrument(
        "Reg. (EC) 174/2005",
        "Council Regulation (EC) No 174/2005 on Côte d'Ivoire",
        "OJ L 29, 2.2.2005, p. 5",
        "32005R0174",
        states=states_of("32005R0174"),
        checked=_read("32005R0174", "As enacted, with Annex I."),
    ),
    Instrument(
        "Reg. (EC) 194/2008",
        "Council Regulation (EC) No 194/2008 renewing and strengthening the restrictive measures in respect "
        "of Burma/Myanmar",
        "OJ L 66, 10.3.2008, p. 1",
        "32008R0194",
        states=states_of("32008R0194"),
        checked=_read("32008R0194", "Articles 1 to 11 and 23, and Annex II.", 28),
    ),
    Instrument(
        "Reg. (EC) 1859/2005",
        "Council Regulation (EC) No 1859/2005 on Uzbekistan",
        "OJ L 299, 16.11.2005, p. 23",
        "32005R1859",
        states=states_of("32005R1859"),
        checked=_read("02005R1859-20090227", "Whole."),
    ),
)
ACTS: Mapping[str, Instrument] = {
    act.name: act
    for act in (
        SYRIA,
        IRAN,
        VENEZUELA,
        MYANMAR,
        BELARUS,
        RUSSIA,
        RUSSIA_UKRAINE,
        NORTH_KOREA,
        IRAN_NUCLEAR,
        IRAN_UAV,
        CRIMEA,
        OCCUPIED,
        ASSET_FREEZES,
        *_ELSEWHERE,
    )
}
"""The acts by the name that the tables use."""

SHARED = "wording that the acts share"
"""The place cited for a term that several acts use."""

# Whom and where: a person in the country, or use there, on the day of the facts

PLACES = (Destination.country, Destination.purchaser_country, EndUser.country)
"""Where the consignee and the buyer are, and where the item is used."""


def country_of(row: Row) -> str:
    """Returns the name of the country or area that a row is about."""
    if area := row.values.get("area"):
        return OCCUPIED_AREAS[area]  # type: ignore[index]
    return " or ".join(COUNTRY_NAMES[word] for word in row.words("country"))


def cited(row: Row, column: str, act: Instrument | None = None) -> Citation:
    """Returns a place in the act of a row, which no state of the text from before the row has."""
    return in_row(row, (act or ACTS[row["act"]])[row[column]])


def in_row(row: Row, place: Citation) -> Citation:
    """A place in an act as a row has it: since when, and known as the row is, if not as the act is."""
    own, of_act = row.checked, place.instrument.checked
    is_read_in_act = own.level is EvidenceLevel.TEXT and of_act and own.document in ("", of_act.document)
    checked = None if is_read_in_act else own
    inserted_by = row.values.get("inserted_by", "")
    return attrs.evolve(place, since=row.period.start, inserted_by=inserted_by, checked=checked)


@cache
def destined_for(table: DatedTable, row_id: str) -> Term:
    """The item goes to a person in the country of a row, buyer or consignee, or is for use there.

    A row without a country is about every destination.
    """
    alone = table.where(id=row_id)
    (row,) = alone
    if not row["country"]:
        return Term(f"to any destination, {row.period}", row["act"], row.period.holds_on(FACTS_DATE))
    place = any_of(*(alone.names(country, FACTS_DATE, "country") for country in PLACES))
    if area := row.values.get("area"):
        place &= Eu.occupied_area.is_in(area)  # type: ignore[arg-type]
    return Term(f"to a person in {country_of(row)}, or for use there, {row.period}", row["act"], place)


def used_in(table: DatedTable) -> Condition:
    """The item is used in a country of the table."""
    return table.names(EndUser.country, FACTS_DATE, "country")


# What is done: sale, supply, transfer or export, and help with it

transit_doubt = chapter.interpretation(
    "sanctions-transit",
    SYRIA["Art. 4"],
    'Is the passage of non-Union items through the Union to a country under sanctions a "transfer"?',
    readings={
        "transfer": "Yes: the item need not originate in the Union, and what happens there counts.",
        "no_transfer": "No: only what is sold, supplied or exported from the Union counts.",
    },
    within={"no_transfer": "transfer"},
    default="transfer",
    reason="The articles ban direct and indirect supply and transfer, with no exception for transit; the "
    "regulation on Myanmar excludes transit from export, but not from transfer.",
    checked=EvidenceLevel.INFERRED,
)
hosted_service_doubt = chapter.interpretation(
    "sanctions-hosted-service",
    SYRIA["Art. 4"],
    "Is a hosted service that is used from a country under sanctions a supply of software?",
    readings={
        "service": "No: it is a service, which the acts cover in a separate article.",
        "supply": "Yes: the software is supplied for use in the country.",
    },
    within={"service": "supply"},
    default="service",
    reason="The acts have a separate article for services to a government.",
    checked=EvidenceLevel.INFERRED,
)
_sent = Transaction.kind.is_in("export", "electronic_export", "intra_eu_transfer")
is_service = Item.form.is_in("service")


def sent_on(country: str) -> Condition:
    """Goods that are exported from the Union pass through this country on their way to another."""
    return (
        Transaction.kind.is_in("export") & ~is_service & Eu.route.includes_any(country)  # type: ignore[arg-type]
    )


supply = Term(
    "sale, supply, transfer or export of an item",
    SHARED,
    (_sent & ~is_service)
    | (transit_doubt.is_read_as("transfer") & Transaction.kind.is_in("transit"))
    | (hosted_service_doubt.is_read_as("supply") & Transaction.kind.is_in("hosted_service")),
)
assistance = Term(
    "technical assistance, brokering or financing",
    SHARED,
    Transaction.kind.is_in("technical_assistance", "brokering", "financing"),
)
derogable = Term(
    "supply, technical assistance or financing",
    SHARED,
    supply | Transaction.kind.is_in("technical_assistance", "financing"),
    note="The exemptions and derogations in several acts name supply and technical or financial "
    "assistance: brokering and other services, which the same acts ban, remain banned.",
)
service = Term(
    "provision of a service",
    SHARED,
    Transaction.kind.is_in("hosted_service")
    | (Transaction.kind.is_in("export", "electronic_export", "technical_assistance") & is_service),
)

other_services_doubt = chapter.interpretation(
    "sanctions-other-services",
    RUSSIA_UKRAINE["Art. 2(2)(a)"],
    'Is a service that runs on a banned item, which itself stays in the Union, one of the "other '
    'services related to" it?',
    readings={
        "apart": "No: a related service helps a person in the country to obtain, keep or use the item.",
        "related": "Yes: the words cover every service that has to do with the item.",
    },
    within={"apart": "related"},
    default="apart",
    reason="The point names the provision, manufacture, maintenance and use of the items; a remote "
    "service does not give anyone the item.",
    checked=EvidenceLevel.INFERRED,
)
help_or_service = Term(
    "technical assistance, brokering, financing or other services",
    SHARED,
    assistance | (other_services_doubt.is_read_as("related") & service),
)


def help_named(words: Sequence[str]) -> Condition:
    """The help with an item that an act names by these words."""
    kinds = [word for word in words if word != "other_services"]
    named = [Transaction.kind.is_in(*kinds)] if kinds else []  # type: ignore[arg-type]
    related = other_services_doubt.is_read_as("related") & service
    return any_of(*named, *([related] if "other_services" in words else []))


# What it is: listed for dual use on the day of the facts, or under a head of a sanctions annex

dual_use_item = Term(
    "item listed in Annex I on the day of the facts",
    "Reg. (EC) 428/2009 or Reg. (EU) 2021/821, Annex I",
    ANNEX_I.lists(Item.annex_i_entry, FACTS_DATE),
)
public_domain_software = Item.form.is_in("software") & Item.public_domain

purpose_doubt = chapter.interpretation(
    "sanctions-annex-purpose",
    IRAN["Annex IV"],
    "Where an annex covers items that may be used or misused for interception (Syria, Iran, Russia), "
    "must an item be intended primarily for interception?",
    readings={
        "system": "Yes: a heading covers only a system for intercepting or monitoring communications.",
        "capable": "No: it is enough that the item takes data from communications.",
    },
    within={"system": "capable"},
    default="capable",
    reason=(
        'These three acts say "may be used" or "could be misused"; "intended primarily" is the wording '
        "for Venezuela, Myanmar and Belarus. The limit to interception and monitoring systems, which "
        "every annex contains, supports the other interpretation."
    ),
    checked=EvidenceLevel.INFERRED,
)


def within_purpose(row: Row) -> Condition:
    """The limit that every annex sets: systems for intercepting or monitoring communications."""
    if row["made_for"] == "intended_primarily":
        return Eu.primarily_interception.__condition__()
    return purpose_doubt.choose(
        system=Eu.primarily_interception,
        capable=Eu.primarily_interception | Item.takes_data_from_ict_systems,
    )


def under_annex(row: Row) -> Term:
    """The item falls under a head of the act's annex, and under none of the annex's exceptions."""
    heads = Eu.interception_heads.includes_any(*row.words("heads"))  # type: ignore[arg-type]
    if (
        row["act"] == RUSSIA.name
    ):  # Its annex steps back where Article 2a of Regulation 833/2014 applies.
        heads &= ~Eu.advanced_technology_item
    return Term(
        f"item under a heading of {row['annex']} for {country_of(row)}",
        ACTS[row["act"]][row["annex"]],
        heads & within_purpose(row) & ~dual_use_item & ~public_domain_software,
        note="Communications only. Items that Annex I lists on the day of the facts are excluded, as is "
        "software in the public domain.",
    )


# What for: the finding on which a grant is barred

belarus_doubt = chapter.interpretation(
    "sanctions-belarus-repression",
    BELARUS["Art. 1c"],
    'Does "repression", without the word "internal", mean more than internal repression?',
    readings={
        "internal": "No: it means what the other acts call internal repression.",
        "wider": "Yes: serious violations of human rights count as well.",
    },
    within={"internal": "wider"},
    default="internal",
    reason="The annex and the aim are those of the other acts; the missing word is not explained.",
    checked=EvidenceLevel.INFERRED,
)
_repression = chapter.shown_by_reports(
    "sanctions-reports",
    VENEZUELA["Art. 6"],
    "Which earlier reports are reasonable grounds to determine a use for internal repression?",
    finding=EndUse.concerns.includes_any("internal_repression"),
    of=("repression", "serious_violations"),
    default="user",
    reason=(
        "Grounds to determine that equipment would be used so ask for more than a risk, so the reports "
        "must be on this user or on this product in this state's hands. The acts do not say how near."
    ),
    checked=EvidenceLevel.INFERRED,
)
FINDINGS: Mapping[str, tuple[str, Condition]] = {
    "monitoring": (
        "monitoring or interception of internet or telephone communications",
        EndUse.concerns.includes_any("state_surveillance"),
    ),
    "internal_repression": ("internal repression", _repression),
    "repression": (
        "repression",
        belarus_doubt.choose(
            internal=_repression,
            wider=_repression | EndUse.concerns.includes_any("human_rights_violation"),
        ),
    ),
}
"""For each use on which an act bars a grant its words and its condition."""

_military = EndUser.kind.is_in("military") | EndUse.concerns.includes_any("military_end_use")
may_be_military = Term(
    "grounds to believe that the end user or the end use is military",
    SHARED,
    _military | Knowledge.authority_informed.includes_any("military_end_use"),
    note="It is military, or the authority has informed the exporter that the items are or may be for "
    "military use.",
)
military = Term(
    "military use or military end user",
    SHARED,
    _military,
    note=(
        "Military use has the narrow meaning of Article 4 of the dual-use regulation; the articles go "
        "further."
    ),
    within=may_be_military,
)
listed_military_user = Term(
    "party that Annex IV of Regulation 833/2014 or Annex V of Regulation 765/2006 lists",
    SHARED,
    takes_part(LISTED_MILITARY_USER)
    | LISTED_PARTIES.where(list="military_user").rows_that(
        lambda row: takes_part(LISTED[row["party"]]), FACTS_DATE
    ),
)
intercept_device = Term(
    "device that intercepts communications",
    SHARED,
    ~is_service
    & (Eu.primarily_interception | Item.technology.is_in("mobile_interception", "telecom_interception")),
    note=(
        "Software and technology for interception devices count too. Items on the dual-use list are "
        "not excluded."
    ),
)

# Russia: what Regulation 2024/1485 lets the authority authorise by way of derogation
russian_parties = Eu.party_flags.includes_any("diplomatic_mission", "eu_operator")
russian_derogation = Term(
    "derogation for missions and organisations, or for services of EU operators",
    RUSSIA["Arts 2(5) and 3(4)"],
    russian_parties | Eu.derogation,
    note="Missions of the Union, Member States and partner countries, organisations with immunities; "
    "services of EU operators in Russia, Ukraine and the Union, and data centres in the Union. A "
    "derogation allows the authority to authorise the supply; it does not exempt it.",
)
