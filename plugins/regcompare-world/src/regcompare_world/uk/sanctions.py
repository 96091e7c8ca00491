"""Sanctions regulations: what each restricts for its destination, and the asset freezes."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Chapter,
    Evidence,
    EvidenceLevel,
    Item,
    Outcome,
    Term,
    Transaction,
    Trigger,
)
from regcompare.vocabulary import takes_part
from regcompare_eu.facts import Eu
from regcompare_world.facts import UK_DESIGNATED, Uk
from regcompare_world.restrictions import Law
from regcompare_world.tables import UK_SANCTIONS, UK_UNREAD_SINCE

from .retained_act import listed, sends_out
from .texts import SANCTIONS

chapter = Chapter()

supplied = Term(
    "export or transfer of goods, software or technology",
    SANCTIONS["the bans"],
    sends_out & ~Item.form.is_in("service"),
)
interception_goods = Term(
    "interception and monitoring goods",
    SANCTIONS["the definition of interception and monitoring goods"],
    Uk.interception_function
    & Uk.yields_content
    & ~listed
    & ~(Item.form.is_in("software") & (Uk.everyday_goods | Item.public_domain)),
    note="What is in Annex I is no such good, whatever it can do; nor is a thing that takes identifiers only.",
)
military_doubt = chapter.interpretation(
    "uk-military-activities",
    SANCTIONS["military activities"],
    "Does help with surveillance technology for a military end user enable or facilitate military activities?",
    readings={
        "any": "Yes: what an army does with it is a military activity.",
        "fighting": "No: only help with fighting, or with what serves it, is meant.",
    },
    within={"fighting": "any"},
    default="open",
    reason="The regulations do not define military activities, and no decision on the words was found.",
    checked=EvidenceLevel.INFERRED,
)

LAW = Law(
    chapter=chapter,
    table=UK_SANCTIONS,
    since=UK_UNREAD_SINCE,
    supply=supplied,
    listed=listed,
    list_name="Annex I",
    repression=Eu.repression_list_item & ~listed,
    interception=interception_goods,
    interception_service=Uk.yields_content.__condition__(),
    military_help=military_doubt.is_read_as("any"),
    authority="the Secretary of State",
    begins=dt.date(2021, 1, 1),
    doubts={"service_military": "uk-military-activities=any"},
    checked=Evidence(
        EvidenceLevel.TEXT,
        read_on=dt.date(2026, 12, 1),
        note="In public copies of legislation.gov.uk; the table says which places were read. The schedules are "
        "not in the copies, except where it says so.",
    ),
)
LAW.declare()

MYANMAR = LAW.act("uk-mm-interception")
resources_doubt = chapter.interpretation(
    "uk-economic-resources",
    MYANMAR["reg. 14(1)(b)"],
    "Is a supply to a designated person barred, if that person will use the item itself?",
    readings={
        "paid": "Yes: whoever is paid for it deals with the designated person's funds.",
        "exchanged": "No: only if the person is likely to exchange it for funds, goods or services.",
    },
    within={"exchanged": "paid"},
    default="open",
    reason="Regulation 14 bars resources that are likely to be exchanged; regulation 11 bars dealing with the "
    "person's funds, so that it turns on who pays.",
    checked=EvidenceLevel.INFERRED,
)
freeze = chapter.rule(
    MYANMAR["regs 11 and 14"],
    "To make economic resources that are likely to be exchanged for funds available to a designated person, or to "
    "deal with such a person's funds, is prohibited.",
    when=takes_part(UK_DESIGNATED)
    & (Transaction.kind.is_in("financing") | (supplied & resources_doubt.is_read_as("paid"))),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    note="Financing is a making available of funds (reg. 12). The regulations on other states have the same "
    "chapter; that on Russia was seen by its headings.",
    id="uk-freeze",
    fires="designated-party under uk-economic-resources=paid",
    misses="designated-party under uk-economic-resources=exchanged",
)
INSTRUMENTS = tuple(
    dict.fromkeys(item.cite.instrument for item in chapter if item.cite.instrument is not SANCTIONS)
)
"""The instruments, each as a text of its own, and the table of them."""
