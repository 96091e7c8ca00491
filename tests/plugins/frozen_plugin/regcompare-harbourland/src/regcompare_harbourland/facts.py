"""The facts that only the Harbour Act asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from regcompare.authoring import (
    CORE,
    Choice,
    CodeList,
    CodeSet,
    Constraint,
    Country,
    Day,
    Destination,
    FactSections,
    Harm,
    OwnAnswers,
    OwnWord,
    SetOf,
    Standard,
    Transaction,
    YesNo,
    all_of,
    section,
)

__all__ = ["FACTS", "HARBOUR_MASTER", "SHIP", "VOCABULARY", "Harbour"]

Cargo = Literal["camera", "microphone", "drone"]
CARGO: Mapping[Cargo, str] = {"camera": "a camera", "microphone": "a microphone", "drone": "a drone"}
Quay = Literal["north", "south", "free"]
QUAYS: Mapping[Quay, str] = {
    "north": "the north quay",
    "south": "the south quay",
    "free": "the free quay",
}

SHIP = OwnWord("harbour:ship", "sale of a ship with its cargo")
HARBOUR_MASTER = OwnWord("harbour:master", "harbour master")


@section("harbour", "Harbour Act")
class Harbour:
    """What the Harbour Act asks about a cargo and its voyage."""

    sealed: YesNo = YesNo(
        "Is the cargo sealed?",
        help="By the harbour master, with a seal that shows whether it was broken.",
        changed_by="exporter",
        ordinary=False,
        states="the cargo is{| not} sealed",
    )
    hidden: YesNo = YesNo(
        "Is the cargo made to be hidden from those whom it watches?",
        changed_by="designer",
        states="the cargo is{| not} made to be hidden",
    )
    quay: Choice[Quay] = Choice(
        "From which quay does it leave?", QUAYS, changed_by="exporter", states="it leaves from"
    )
    flag: Country = Country("Under which flag does the ship sail?", changed_by="exporter")
    loaded_on: Day = Day("On which day is it loaded?", changed_by="exporter")
    cargo: SetOf[Cargo] = SetOf("What is in the cargo?", CARGO, states="the cargo contains{| no}")
    tariff: CodeSet = CodeSet("Under which codes of the harbour tariff does it fall?")


TARIFF = CodeList(Harbour.tariff.key, "the harbour tariff", {"9A801": ["a", "a.1", "a.2", "b"], "9A802": []})
CONSTRAINTS = (
    Constraint(
        "A drone is never hidden.",
        Harbour.cargo.includes_any("drone"),
        all_of(~Harbour.hidden),
    ),
    Constraint(
        "What leaves from the free quay is sealed.", Harbour.quay.is_in("free"), Harbour.sealed
    ),
)
OWN_ANSWERS = (OwnAnswers((Transaction.kind,), (SHIP,)),)
HARMS = (Harm(Standard.LIKELY, Destination.serious_violations_likely),)

FACTS = FactSections((Harbour,), CONSTRAINTS, code_lists=(TARIFF,), own_answers=OWN_ANSWERS)
VOCABULARY = CORE.with_sections(
    Harbour, constraints=CONSTRAINTS, code_lists=(TARIFF,), harms=HARMS, own_answers=OWN_ANSWERS
)
