"""Council Regulation (EC) No 428/2009: the dual-use regime from August 2009 to September 2021."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import EvidenceLevel, Exporter, Period, Ruleset, Transition
from regcompare_eu.common import UNION, in_union
from regcompare_eu.facts import EU_VOCABULARY
from regcompare_eu.tables import ANNEX_I, TABLES

from . import authorisations, consultation, definitions, duties, glosses, left_out, scope, transfers

__all__ = ["EU_428_2009"]

EU_428_2009 = Ruleset(
    "eu-428-2009",
    "Regulation 428/2009",
    status="law",
    instruments=(definitions.REGULATION,),
    reference_date=dt.date(2020, 11, 8),
    period=Period(dt.date(2009, 8, 27), dt.date(2021, 9, 9)),
    transition=Transition(dt.date(2021, 9, 9), successor=False),
    covers=(
        "export",
        "electronic_export",
        "hosted_service",
        "brokering",
        "transit",
        "intra_eu_transfer",
    ),
    home=UNION,
    scope=in_union(Exporter.country)
    & ~definitions.moves_with_person
    & (~definitions.hosted | definitions.export_or_made_available),
    provisions=(
        definitions.chapter,
        scope.chapter,
        authorisations.chapter,
        consultation.chapter,
        transfers.chapter,
        duties.chapter,
        left_out.chapter,
    ),
    vocabulary=EU_VOCABULARY,
    tables=TABLES,
    control_list=ANNEX_I,
    cases=(Path(__file__).parents[1] / "cases" / "eu-428-2009.yaml",),
    checked=EvidenceLevel.TEXT,
    glosses=glosses.GLOSSES,
    earlier=definitions.EARLIER,
    plain_title="EU rules until 2021",
    summary=(
        "The European Union's regime before the recast: a control list, three catch-alls for weapons "
        "and military use, and no catch-all for human rights."
    ),
)
