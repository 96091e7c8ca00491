"""Regulation (EU) 2021/821: the recast of the dual-use regime, agreed on 9 November 2020."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import EvidenceLevel, Exporter, Period, Ruleset, Transition
from regcompare.ruleset.succession import Succession
from regcompare_eu.common import UNION, in_union
from regcompare_eu.facts import EU_VOCABULARY
from regcompare_eu.tables import ANNEX_I, TABLES

from . import authorisations, consultation, definitions, duties, glosses, left_out, scope, transfers

__all__ = ["EU_2021_821"]

EU_2021_821 = Ruleset(
    "eu-2021-821",
    "Regulation 2021/821",
    status="law",
    instruments=(definitions.REGULATION,),
    reference_date=dt.date(2021, 9, 9),
    period=Period(dt.date(2021, 9, 9)),
    transition=Transition(dt.date(2021, 9, 9), successor=True),
    covers=(
        "export",
        "electronic_export",
        "hosted_service",
        "brokering",
        "technical_assistance",
        "transit",
        "intra_eu_transfer",
    ),
    home=UNION,
    scope=in_union(Exporter.country)
    & (~definitions.hosted | definitions.export_or_made_available | definitions.hosted_assistance),
    provisions=(
        definitions.chapter,
        scope.chapter,
        transfers.chapter,
        authorisations.chapter,
        consultation.chapter,
        duties.chapter,
        left_out.chapter,
    ),
    vocabulary=EU_VOCABULARY,
    tables=TABLES,
    control_list=ANNEX_I,
    cases=(Path(__file__).parents[1] / "cases" / "eu-2021-821.yaml",),
    checked=EvidenceLevel.TEXT,
    succeeds=(
        Succession(
            definitions.REGULATION["Annex VI"],
            "eu-428-2009",
            Path(__file__).with_name("annex_vi.csv"),
        ),
    ),
    glosses=glosses.GLOSSES,
    plain_title="EU rules since 2021",
    summary=(
        "The rules agreed on 9 November 2020: a catch-all for unlisted cyber-surveillance items, "
        "triggered by information from the authority or by the exporter's awareness, and no duty to "
        "refuse a licence because of the harm."
    ),
)
