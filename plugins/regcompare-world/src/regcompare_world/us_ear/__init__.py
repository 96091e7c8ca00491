"""American law: the Export Administration Regulations, as far as they concern surveillance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import (
    Destination,
    EvidenceLevel,
    Exporter,
    Gloss,
    Home,
    Item,
    Period,
    Ruleset,
    Transaction,
)
from regcompare_world.facts import DEEMED_EXPORT, REEXPORT, SUPPORT, WORLD_VOCABULARY, Us
from regcompare_world.tables import US_TEXT_DAY

from . import control_list, embargoes, end_users, exceptions, left_out, review, texts

__all__ = ["US_EAR"]

HOME = Home("the United States", "US")

US_EAR = Ruleset(
    "us-ear",
    "United States Export Administration Regulations",
    status="law",
    instruments=texts.INSTRUMENTS,
    reference_date=US_TEXT_DAY,
    period=Period(dt.date(1996, 4, 24)),
    covers=(
        *("export", "electronic_export", REEXPORT, DEEMED_EXPORT),
        *("technical_assistance", "hosted_service", "brokering", "financing", SUPPORT),
    ),
    home=HOME,
    scope=HOME.has(Exporter.country) | Transaction.kind.is_in(REEXPORT, SUPPORT) | Us.subject,
    provisions=(
        control_list.chapter,
        embargoes.chapter,
        end_users.chapter,
        exceptions.chapter,
        review.chapter,
        left_out.chapter,
    ),
    vocabulary=WORLD_VOCABULARY,
    cases=(Path(__file__).parents[1] / "cases" / "us-ear.yaml",),
    checked=EvidenceLevel.SECONDARY,
    glosses=(
        Gloss(
            Destination.country,
            texts.PART_734["§ 734.13(b)"],
            "Of a release in the United States it is the country of which the person who learns of the "
            "technology last became a citizen or permanent resident.",
        ),
        Gloss(
            Item.annex_i_entry,
            texts.PART_738["§ 738.3"],
            "The entries of the Commerce Control List that are numbered alike; those that it has alone "
            "answer us.entry.",
        ),
    ),
    plain_title="American export rules",
    summary=(
        "A licence for surveillance entries where the country chart marks the destination, for crime-control "
        "items and for whatever goes to a party on the Entity List, with license exceptions for many of "
        "them. How an application is decided is policy, from favourable review to a general policy of "
        "denial: no rule here makes the authority refuse."
    ),
)
