"""Swiss law: the Goods Control Act, its ordinance, and the ordinances of 2015 and 2020 on surveillance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import Accepted, EvidenceLevel, Exporter, Home, Period, Ruleset
from regcompare_world.facts import WORLD_VOCABULARY

from . import embargoes, goods_control, left_out, surveillance, texts

__all__ = ["CH"]

HOME = Home("Switzerland", "CH")

CH = Ruleset(
    "ch",
    "Swiss goods control law",
    status="law",
    instruments=(*texts.INSTRUMENTS, *embargoes.INSTRUMENTS),
    reference_date=dt.date(2021, 1, 1),
    period=Period(dt.date(1997, 10, 1)),
    covers=(
        *("export", "electronic_export", "brokering"),
        *("technical_assistance", "hosted_service", "financing"),
    ),
    home=HOME,
    scope=HOME.has(Exporter.country),
    provisions=(goods_control.chapter, surveillance.chapter, embargoes.chapter, left_out.chapter),
    vocabulary=WORLD_VOCABULARY,
    cases=(Path(__file__).parents[1] / "cases" / "ch.yaml",),
    checked=EvidenceLevel.SECONDARY,
    accepted=(
        Accepted(
            "never-decisive",
            embargoes.embargo.id,
            "It says what the authority must do; the ban decides.",
        ),
        *(
            Accepted("no-address", text.name, "It is a table here, or no state of it was found.")
            for text in embargoes.INSTRUMENTS
            if not text.address
        ),
    ),
    plain_title="Swiss export rules",
    summary=(
        "A licence for listed goods, and since May 2015 a duty to refuse it for goods that monitor the "
        "internet or mobile networks where there is reason to believe that they will be used for "
        "repression. Ordinances under the Embargo Act ban listed goods for Russia and Belarus, equipment and "
        "services of surveillance for Belarus, Iran, Syria, Myanmar and Venezuela, and equipment for repression; "
        "what was not read is open."
    ),
)
