"""Chapter 1: what is controlled, and what a general authorisation covers."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Chapter,
    EndUser,
    Exporter,
    Home,
    Item,
    Outcome,
    Period,
    Term,
    Trigger,
    any_of,
)

from .facts import Harbour
from .schedule import listed, under_friendly_flag
from .texts import ACT, AMENDMENT

chapter = Chapter()

HOME = Home("Iceland", "IS")
scope = Term("exporter in the harbour state", ACT["Art. 1(1)"], HOME.has(Exporter.country))

# Article 1(1) - what is watched
watching = chapter.interpretation(
    "watching",
    ACT["Art. 1(1)"],
    "Does a camera that records nobody watch?",
    readings={"any": "Every camera watches.", "people": "It watches if it observes people."},
    default="people",
    reason="The recital speaks of people.",
)
watching_cargo = Term(
    "watching cargo",
    ACT["Art. 1(1)"],
    any_of(
        Harbour.cargo.includes_any("microphone"),
        watching.choose(
            any=Harbour.cargo.includes_any("camera"),
            people=Harbour.cargo.includes_any("camera") & Item.designed_to_monitor_people,
        ),
        Harbour.tariff.includes_any("9A801.a", "9A802"),
    ),
    note="A drone watches only with a camera.",
)
listed_cargo = Term("listed cargo", ACT["Schedule 2"], listed)

# Article 1(2) - the licence
art_1_2 = chapter.rule(
    ACT["Art. 1(2)"],
    "Watching cargo may not leave without a licence.",
    when=watching_cargo | listed_cargo,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="microphones",
    misses="a-drone",
)

# Article 1(3) - friendly flags
art_1_3 = chapter.rule(
    ACT["Art. 1(3)"],
    "A general authorisation covers watching cargo under a friendly flag.",
    when=art_1_2.when & under_friendly_flag & ~Harbour.hidden,
    lifts=art_1_2,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)

# Article 1(4) - hidden microphones for the police, since the amendment
art_1_4 = chapter.rule(
    ACT["Art. 1(4)"].amended_by(AMENDMENT["Art. 2"]),
    "Hidden cargo for the police waits until parliament has heard the exporter.",
    when=Harbour.hidden
    & EndUser.kind.is_in("law_enforcement")
    & Harbour.loaded_on.on_or_after(dt.date(2022, 5, 1)),
    period=Period(dt.date(2022, 5, 1)),
    then=Outcome.SUSPENSION,
    states="parliament has heard the exporter",
    triggered_by=Trigger.ACT,
)
