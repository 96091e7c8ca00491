"""Every Union act that restricts something for a destination: encoded, read without reach, or unread.

An act that nobody read may forbid what it may be about, so the result is open until somebody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from regcompare.authoring import (
    FACTS_DATE,
    Chapter,
    Checked,
    Condition,
    DatedTable,
    Destination,
    EndUser,
    Evidence,
    Instrument,
    Item,
    Outcome,
    Row,
    Rule,
    Term,
    Transaction,
    Trigger,
    any_of,
    countries,
    takes_part,
)
from regcompare_eu.facts import LISTED_MILITARY_USER, Eu
from regcompare_eu.tables import ACTS_BY_COUNTRY, states_of

from .definitions import (
    ACTS,
    assistance,
    dual_use_item,
    help_or_service,
    intercept_device,
    supply,
)

chapter = Chapter()

TABLE = Instrument(
    "Table of Union acts by country",
    "The Union acts that restrict items, services or technology for a destination, as far as found",
    "acts_by_country.csv",
    checked=Evidence(Checked.INFERRED, note="The search for acts was not exhaustive."),
)
_PLACES = (Destination.country, Destination.purchaser_country, EndUser.country)
goods = Item.form.is_in("goods")
any_help = supply | help_or_service
"""Supply of an item, help with it, or a service."""


def goods_of(*headings: str) -> Condition:
    """Goods of one of these headings."""
    return goods & Eu.goods_headings.includes_any(*headings)  # type: ignore[arg-type]


OPENS: Mapping[str, tuple[str, Condition]] = {
    "annex_i": ("an item listed in Annex I, or help with it", any_help & dual_use_item),
    "anything": ("any item or service", any_help),
    "repression_list": (
        "equipment that might be used for internal repression, or help with it",
        any_help & (Eu.repression_list_item | intercept_device),
    ),
    "computers": ("computers", any_help & goods_of("computer", "household_electronics")),
    "goods": (
        "goods of chapters 84, 85 or 90",
        any_help & goods & Eu.goods_headings.includes_any(*Eu.goods_headings.labels()),
    ),
    "luxury": (
        "cameras, recorders and other articles of luxury",
        supply & goods_of("camera_8525", "recorder", "still_or_film_camera", "household_electronics"),
    ),
    "business_software": (
        "software for enterprises or industry",
        supply & Item.form.is_in("software") & Item.technology.is_in("not_surveillance", "encryption"),
    ),
    "services": ("a service", help_or_service),
    "financing": ("financing", Transaction.kind.is_in("financing")),
    "military_assistance": (
        "technical assistance for the military",
        assistance & EndUser.kind.is_in("military"),
    ),
    "listed_users": (
        "an item listed in Annex I or of advanced technology for a listed military user",
        any_help
        & (dual_use_item | Eu.advanced_technology_item)
        & takes_part(LISTED_MILITARY_USER)
        & ~any_of(*(place.is_in("RU", "BY") for place in _PLACES)),
    ),
}
"""What an unread act may be about, in words and as a condition."""


def act_of(row: Row) -> Instrument:
    """Returns the act of a row."""
    known = ACTS.get(row["act"])
    return known or Instrument(
        row["act"], row.source, row.source, row["celex"], states=states_of(row["celex"])
    )


def _goes_to(row: Row) -> Condition:
    """The item goes to the country or the area of a row, while the row is in force."""
    if not row["country"]:
        return row.period.holds_on(FACTS_DATE)
    place = _in(ACTS_BY_COUNTRY.where(id=row["id"]))
    return place & Eu.occupied_area.is_in(*row.words("area")) if row["area"] else place  # type: ignore[arg-type]


def _in(table: DatedTable) -> Condition:
    """The consignee, the buyer or the place of use is in a country that a row in force names."""
    return table.rows_that(_named, FACTS_DATE)


def _named(row: Row) -> Condition:
    named = row.words("country")
    return any_of(*(place.is_in(*named) for place in _PLACES if named))


def _names(row: Row) -> str:
    named = [countries()[word].partition(" (")[0] for word in row.words("country")]
    return " or ".join(named)


def _unread(row: Row) -> Rule:
    words, reached = OPENS[row["opens_for"]]
    place = f" to {_names(row)}" if _names(row) else ""
    return Rule(
        act_of(row)[row["articles"]],
        f"The act forbids the supply{place} of {words}.",
        when=Term(f"in force for the destination, {row.period}", TABLE[row["id"]], _goes_to(row))
        & reached,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        checked=Evidence(Checked.UNREAD, note=row["note"] or "The act was not read."),
        id=f"unread-{row['id']}",
    )


def unread_rows() -> Iterator[Row]:
    """Yields the rows of acts that were not read and that may forbid something by themselves.

    The ban on making resources available to listed parties is one rule for all acts.
    """
    for row in ACTS_BY_COUNTRY.where(**{"class": "unread"}):
        if row["opens_for"] not in ("nothing", "listed_party"):
            yield row


chapter.add(*map(_unread, unread_rows()))

_read = ACTS_BY_COUNTRY.where(**{"class": "read_does_not_reach"})
read_does_not_reach = chapter.rule(
    TABLE["acts that were read"],
    "An act for this destination was read on this point and does not reach surveillance items; the reasons "
    "name it.",
    when=_in(_read),
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    id="read-does-not-reach",
)
no_row = chapter.rule(
    TABLE["destinations without a row"],
    "No Union measure for this destination is in the table; that is not to say that none exists.",
    when=~_in(ACTS_BY_COUNTRY),
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    id="no-row-for-destination",
)
