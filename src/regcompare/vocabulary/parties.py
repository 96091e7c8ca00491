"""Conditions and constraints on the parties that laws list: which parts they take, where they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from regcompare.facts import Country, OwnWord, SetOf
from regcompare.logic.conditions import Condition, any_of

from .sections import Destination, EndUser, Parties
from .vocabulary import Constraint

PARTS: Final[tuple[SetOf[str], ...]] = (Parties.buyer, Parties.consignee, Parties.end_user)
"""The parts that a listed party can take."""

_PLACES: Final[tuple[tuple[str, SetOf[str], Country], ...]] = (
    ("buys, the buyer is", Parties.buyer, Destination.purchaser_country),
    ("receives the item, it is sent", Parties.consignee, Destination.country),
    ("uses the item, it is used", Parties.end_user, EndUser.country),
)


def takes_part(*parties: OwnWord) -> Condition:
    """Returns the condition that one of these parties buys, receives or uses the item."""
    return any_of(*(part.includes_any(*parties) for part in PARTS))


def seated(party: OwnWord, *countries: str) -> Iterator[Constraint]:
    """Yields the constraints that follow from a party's seat in one of these countries."""
    for what, part, place in _PLACES:
        yield Constraint(
            f"If {party} {what} in a country where it is seated.",
            part.includes_any(party),
            place.is_in(*countries),
        )
