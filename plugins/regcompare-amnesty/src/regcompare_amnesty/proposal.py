"""Amnesty International's demands as one proposal, on top of the law in force."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import TRUE, EvidenceLevel, Exporter, Gloss, Licence, Ruleset
from regcompare_eu import EU_428_2009, EU_2021_821, EU_VOCABULARY
from regcompare_eu.common import in_union

from . import demands, interpretations, left_out, sources
from .facts import AMNESTY_CONSTRAINTS, Amnesty
from .interpretations import ic_16

AMNESTY = Ruleset(
    "amnesty",
    "Amnesty's proposal",
    status="proposal",
    instruments=sources.INSTRUMENTS,
    reference_date=dt.date(2021, 9, 9),
    covers=("export", "electronic_export", "brokering", "technical_assistance", "hosted_service"),
    scope=in_union(Exporter.country)
    & ic_16.choose(anyone=TRUE, established=Amnesty.exporter_seated_in_union),
    provisions=(interpretations.chapter, demands.chapter, left_out.chapter),
    base=(EU_2021_821, EU_428_2009),
    vocabulary=EU_VOCABULARY.with_sections(Amnesty, constraints=AMNESTY_CONSTRAINTS),
    tables=EU_2021_821.tables,
    cases=(Path(__file__).parent / "cases" / "amnesty.yaml",),
    checked=EvidenceLevel.UNREAD,
    glosses=(
        Gloss(
            Licence.refused_elsewhere,
            sources.DEMANDS["A11"],
            "Another Member State of the European Union; the demand is for one set of rules in all of them.",
        ),
    ),
    plain_title="What Amnesty asks",
    later=(dt.date(2022, 1, 1), "amnesty-moratorium"),
    summary=(
        "All digital surveillance technology covered, no export of facial recognition, binding "
        "safeguards and mandatory due diligence, in addition to the law in force."
    ),
)
