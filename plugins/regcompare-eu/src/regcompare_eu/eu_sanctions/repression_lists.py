"""Equipment which might be used for internal repression: bans by country, with derogations.

The lists hold weapons, vehicles and protective gear; night vision and thermal imaging are the only
head that is near to surveillance.  One fact asks whether an item is on such a list, whichever it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from regcompare import Condition, Outcome, Row, Rule, SetOffBy
from regcompare_eu.facts import Eu
from regcompare_eu.tables import REPRESSION_LISTS

from .definitions import (
    ACTS,
    RUSSIA,
    country_of,
    destined_for,
    russian_derogation,
    supply,
)


def _derogation(row: Row) -> Condition:
    """What opens the way to an authorisation; Russia's act names missions and Union operators."""
    return russian_derogation if row["act"] == RUSSIA.name else Eu.derogation.__condition__()


def _rules(row: Row) -> Iterator[Rule]:
    cite, country = ACTS[row["act"]][row["article"]], country_of(row)
    name = f"{row['id']}-repression-list"
    listed = destined_for(REPRESSION_LISTS, row["id"]) & supply & Eu.repression_list_item
    ban = Rule(
        cite,
        f"Equipment on the list for internal repression may not go to {country}.",
        when=listed,
        then=Outcome.PROHIBITION,
        set_off_by=SetOffBy.CLASSIFICATION,
        checked=row.checked,
        id=name,
        fires=name,
        misses="repression-list-elsewhere",
    )
    yield ban
    yield Rule(
        cite,
        f"The authority may authorise such equipment for {country} by way of derogation, as for protection "
        "or humanitarian use.",
        when=listed & _derogation(row),
        then=Outcome.AUTHORISATION,
        lifts=ban,
        set_off_by=SetOffBy.ACT,
        checked=row.checked,
        id=f"{name}-derogation",
        fires=f"{name}-derogation",
        misses=name,
    )


bans = tuple(rule for row in REPRESSION_LISTS for rule in _rules(row))
