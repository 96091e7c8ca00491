"""British law since 2021: the retained dual-use act, the Export Control Order, the licensing criteria."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import Accepted, EvidenceLevel, Exporter, Home, Period, Ruleset
from regcompare_world.facts import WORLD_VOCABULARY

from . import criteria, left_out, order, retained_act, sanctions, texts

__all__ = ["UK"]

HOME = Home("Great Britain", "GB")

UK = Ruleset(
    "uk",
    "British export control law",
    status="law",
    instruments=(*texts.INSTRUMENTS, *sanctions.INSTRUMENTS),
    reference_date=dt.date(2022, 5, 19),
    period=Period(dt.date(2021, 1, 1)),
    earlier=(
        "Until the end of 2020 Regulation 428/2009 itself applied in the United Kingdom, beside the Export "
        "Control Order 2008; the two are not encoded as British law of that time."
    ),
    covers=(
        *("export", "electronic_export"),
        *("brokering", "technical_assistance", "hosted_service", "financing"),
    ),
    home=HOME,
    scope=HOME.has(Exporter.country),
    provisions=(
        retained_act.chapter,
        order.chapter,
        sanctions.chapter,
        criteria.chapter,
        left_out.chapter,
    ),
    vocabulary=WORLD_VOCABULARY,
    cases=(Path(__file__).parents[1] / "cases" / "uk.yaml",),
    checked=EvidenceLevel.SECONDARY,
    accepted=tuple(
        Accepted("no-address", text.name, "It is a table here; each row names its act.")
        for text in sanctions.INSTRUMENTS
        if not text.address
    ),
    plain_title="British export rules",
    summary=(
        "The European act of 2009 as Great Britain kept it, without a catch-all for surveillance; a "
        "control on unlisted items for police and security forces of embargoed states, on notice; sanctions "
        "regulations by destination: listed items for Russia and Belarus, interception goods and services, "
        "equipment for repression, goods for occupied areas of Ukraine; and no licence where there is a clear risk of internal "
        "repression."
    ),
)
