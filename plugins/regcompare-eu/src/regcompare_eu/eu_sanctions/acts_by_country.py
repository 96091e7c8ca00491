"""Every Union act that restricts something for a destination: encoded, read without reach, or unread.

An act that nobody read may forbid what it may be about, so the result is open until somebody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import attrs

from regcompare.authoring import (
    FACTS_DATE,
    Accepted,
    Chapter,
    Condition,
    DatedTable,
    EndUser,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Outcome,
    Transaction,
    Trigger,
    any_of,
)
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary import takes_part
from regcompare.vocabulary.dated import Row
from regcompare_eu import plain
from regcompare_eu.facts import ASSET_FROZEN, Eu
from regcompare_eu.tables import ACTS_BY_COUNTRY, ACTS_UNREAD_SINCE, states_of
from regcompare_eu.unread import unread_rule

from .definitions import (
    ACTS,
    PLACES,
    assistance,
    cited,
    country_of,
    destined_for,
    dual_use_item,
    help_or_service,
    intercept_device,
    listed_military_user,
    sent_on,
    service,
    supply,
)
from .goods import goods, goods_of
from .services import rendered

chapter = Chapter()

TABLE = Instrument(
    "Table of Union acts by country",
    "The Union acts that restrict items, services or technology for a destination, as far as found",
    "acts_by_country.csv",
    checked=Evidence(EvidenceLevel.INFERRED, note="The search for acts was not exhaustive."),
)
any_help = supply | help_or_service
"""Supply of an item, help with it, or a service."""


OPENS: Mapping[str, tuple[str, Condition]] = {
    "annex_i": ("an item listed in Annex I, or help with it", any_help & dual_use_item),
    "category_5": (
        "an item of Category 5 of Annex I, or help with it",
        any_help & dual_use_item & Item.annex_i_entry.includes_any("5?"),
    ),
    "anything": ("this item or service", any_help | service),
    "repression_list": (
        "equipment that might be used for internal repression, or help with it",
        any_help & (Eu.repression_list_item | intercept_device),
    ),
    "repression_help": (
        "help with equipment that might be used for internal repression",
        assistance & Eu.repression_list_item,
    ),
    "surveillance": (
        "surveillance technology or equipment for repression, help with it, or a service with it",
        (any_help | service)
        & (~Item.technology.is_in("not_surveillance", "encryption") | Eu.repression_list_item),
    ),
    "goods": ("goods, or help with them", any_help & goods),
    "network_or_machines": (
        "network apparatus or machine tools, or help with them",
        any_help & goods_of("network_apparatus", "household_electronics", "other_84_85"),
    ),
    "drones": (
        "drones or items for them",
        any_help & (goods_of("drone") | Item.annex_i_entry.includes_any("9A012", "9A112")),
    ),
    "network_apparatus": (
        "network apparatus",
        any_help & goods_of("network_apparatus", "base_station", "household_electronics"),
    ),
    "other_goods": ("goods of chapter 84 or 85 by other headings", any_help & goods_of("other_84_85")),
    "computers": ("computers", any_help & goods_of("computer", "household_electronics")),
    "sights": ("night-vision or thermal sights", supply & goods_of("night_vision_sight")),
    "other_headings": (
        "goods of chapter 84 or 85 by other headings, or film cameras",
        any_help & goods_of("other_84_85", "still_or_film_camera"),
    ),
    "transit_russia": (
        "goods that pass through Russia",
        sent_on("russia") & goods_of("computer", "network_apparatus", "camera_8525", "other_84_85"),
    ),
    "transit_belarus": (
        "computers that pass through Belarus",
        sent_on("belarus") & goods_of("computer", "household_electronics"),
    ),
    "public_financing": ("public financing of trade", Transaction.kind.is_in("financing")),
    "business_software": (
        "software for enterprises or industry",
        supply & Item.form.is_in("software") & Item.technology.is_in("not_surveillance", "encryption"),
    ),
    "it_services": (
        "IT consultancy or technical testing",
        rendered & Eu.service_kind.includes_any("it_consultancy", "testing"),
    ),
    "military_assistance": (
        "technical assistance for the military",
        Transaction.kind.is_in("technical_assistance") & EndUser.kind.is_in("military"),
    ),
    "listed_users": (
        "an item listed in Annex I or of advanced technology for a listed military user",
        any_help
        & (dual_use_item | Eu.advanced_technology_item)
        & listed_military_user
        & ~any_of(*(place.is_in("RU", "BY") for place in PLACES)),
    ),
}
"""What an unread act may be about, in words and as a condition."""


@cache
def _further_act(name: str) -> Instrument:
    (row, *_) = ACTS_BY_COUNTRY.where(act=name)
    return Instrument(name, name, row.source, row["celex"], states=states_of(row["celex"]))


def act_of(row: Row) -> Instrument:
    """Returns the act of a row."""
    return act_named(row["act"])


def act_named(name: str) -> Instrument:
    """Returns the act that the tables call so."""
    return ACTS.get(name) or _further_act(name)


def _in(table: DatedTable) -> Condition:
    """The consignee, the buyer or the place of use is in a country that a row in force names."""
    rows = tuple(row for row in table if row["country"])
    named = attrs.evolve(table, rows=rows, whole=table.whole or table)
    return named.rows_that(
        lambda row: any_of(*(place.is_in(*row.words("country")) for place in PLACES)), FACTS_DATE
    )


def _unread(row: Row) -> Rule:
    words, reached = OPENS[row["opens_for"]]
    return unread_rule(
        row,
        cited(row, "articles", act_of(row)),
        country_of(row) if row["country"] else "",
        words,
        destined_for(ACTS_BY_COUNTRY, row["id"]) & reached,
        id=f"unread-{row['id']}",
        plain=plain.SANCTIONS_UNREAD,
    )


def unread_rows() -> Iterator[Row]:
    """Yields the rows of acts that were not read and that may forbid something by themselves.

    The ban on making resources available to listed parties is one rule for all acts.
    """
    for row in ACTS_BY_COUNTRY.where(**{"class": "unread"}):
        if row["opens_for"] not in ("nothing", "listed_party"):
            yield row


chapter.add(*map(_unread, unread_rows()))


def _since(row: Row) -> Condition:
    """A deal with a country of the act, of the kind that the act may be about."""
    place = any_of(*(place.is_in(*row.words("country")) for place in PLACES))
    if row["area"]:
        place &= Eu.occupied_area.is_in(row["area"])  # type: ignore[arg-type]
    _, reached = OPENS[row["opens_for"]]
    return place & reached


act_since = chapter.since_last_reading(
    TABLE["(since the last reading)"],
    "An act on this destination, as it stands since the day on which it was last read, forbids it.",
    ACTS_UNREAD_SINCE,
    _since,
    plain=plain.SANCTIONS_SINCE,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="act-since",
)

# Technical assistance related to military activities: one wording in many acts
military_doubt = chapter.interpretation(
    "sanctions-military-activities",
    ACTS["Reg. (EC) 314/2004"]["Art. 2"],
    "Where an act bans assistance related to military activities and to the provision, manufacture, "
    "maintenance and use of arms, is assistance with military activities alone banned?",
    readings={
        "apart": "Yes: to train an army on a surveillance system is enough.",
        "together": "No: the assistance must be about arms.",
    },
    within={"together": "apart"},
    default="open",
    reason="The words allow both, and no decision on them was found.",
    checked=EvidenceLevel.INFERRED,
)


def _military_assistance(row: Row) -> Rule:
    """The ban of one act; that on Yemen is about listed persons only."""
    reached = destined_for(ACTS_BY_COUNTRY, row["id"]) & Transaction.kind.is_in("technical_assistance")
    if row["reach"] == "listed_party":
        reached &= takes_part(ASSET_FROZEN)
    return Rule(
        cited(row, "articles", act_of(row)),
        f"Technical assistance related to military activities may not be provided to {country_of(row)}.",
        plain=plain.MILITARY_BAN,
        when=reached & EndUser.kind.is_in("military") & military_doubt.is_read_as("apart"),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        id=row["id"],
        fires=f"{row['id']} under {military_doubt.id}=apart",
        misses=f"{row['id']} under {military_doubt.id}=together",
    )


chapter.add(
    *map(_military_assistance, ACTS_BY_COUNTRY.where(**{"class": "encoded"}, kind="military_assistance"))
)

# Russia - Article 4(1)(b) of Regulation 833/2014: military activities, or military goods
(_activities,) = ACTS_BY_COUNTRY.where(kind="military_activities")
chapter.rule(
    cited(_activities, "articles", act_of(_activities)),
    "Technical assistance, brokering, financing and other services related to military activities may not be "
    "provided to a person in Russia, or for use there.",
    plain=plain.MILITARY_BAN,
    when=destined_for(ACTS_BY_COUNTRY, _activities["id"])
    & (assistance | service)
    & EndUser.kind.is_in("military"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id=_activities["id"],
    fires=_activities["id"],
    misses=f"{_activities['id']}-police",
    note="The article names military activities or the goods of the Common Military List: either is enough. A "
    "service for the armed forces is taken to be related to their activities.",
)

no_row = chapter.rule(
    TABLE["(no row)"],
    "No Union measure for this destination is in the table; that is not to say that none exists.",
    plain=plain.NO_SANCTIONS,
    when=~_in(ACTS_BY_COUNTRY),
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    id="no-row-for-destination",
)

TEXTS = tuple(
    dict.fromkeys(item.cite.instrument for item in chapter if item.cite.instrument not in ACTS.values())
)
"""The acts that only rules of this table cite, and the table itself."""
NEVER_DECISIVE = (Accepted("never-decisive", no_row.id, "It cites the table and decides nothing."),)
