"""Ordinances under the Embargo Act: listed goods for Russia and Belarus, and what the others may reach."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Checked,
    Condition,
    Destination,
    EndUser,
    Evidence,
    Instrument,
    Outcome,
    Transaction,
    Trigger,
    any_of,
)
from regcompare.facts import countries
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row
from regcompare_world.tables import CH_EMBARGOES

from .goods_control import listed, sends_out

chapter = Chapter()

_READ = Evidence(
    Checked.TEXT,
    read_on=dt.date(2026, 12, 1),
    note="The articles, in a public copy of Fedlex; no annex is in the copies.",
)
_PLACES = (Destination.country, Destination.purchaser_country, EndUser.country)


def _instrument(row: Row) -> Instrument:
    return Instrument(row["number"], row["title"], row["number"], address=row["address"], checked=_READ)


def _bound_for(row: Row) -> Condition:
    """To a buyer or a consignee in the country, or for use there, on a day on which the row is in force."""
    rows = CH_EMBARGOES.where(id=row["id"])
    return any_of(*(rows.names(place, LAW_DATE, "country") for place in _PLACES))


def _rule(row: Row) -> Rule:
    place = countries()[row["country"]].partition(" (")[0]
    dealt = sends_out | Transaction.kind.is_in("brokering")
    if row["listed"]:
        return Rule(
            _instrument(row)[row["articles"]],
            f"Goods that Annex 2 to the Goods Control Ordinance lists may not be supplied to {place}.",
            when=dealt & listed & _bound_for(row),
            then=Outcome.PROHIBITION,
            triggered_by=Trigger.CLASSIFICATION,
            id=row["id"],
            fires=f"listed-to-{place.lower()} as of {row.period.start}",
            misses=f"listed-to-kuwait as of {row.period.start}",
            note=row["note"],
        )
    return Rule(
        _instrument(row)[row["articles"]],
        f"The ordinance forbids the supply of the item to {place}.",
        when=dealt & _bound_for(row),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        checked=Evidence(Checked.UNREAD, note=row["note"]),
        id=row["id"],
    )


chapter.add(*map(_rule, CH_EMBARGOES))
INSTRUMENTS = tuple(dict.fromkeys(rule.cite.instrument for rule in chapter if isinstance(rule, Rule)))
"""The ordinances, each as a text of its own."""
chapter.left_out(
    INSTRUMENTS[0]["the other measures"],
    "Which items and services each ordinance under the Embargo Act (SR 946.231) reaches, its derogations, services "
    "and freezes, and the ordinances on areas of Ukraine.",
    "Their annexes were not read; the result is open where an ordinance may reach an item.",
)
