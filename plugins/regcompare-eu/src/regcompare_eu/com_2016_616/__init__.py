"""COM(2016) 616: the Commission's proposal of 28 September 2016, on top of Regulation 428/2009."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import Accepted, EvidenceLevel, Exporter, Ruleset
from regcompare_eu.common import in_union
from regcompare_eu.eu_428_2009 import EU_428_2009
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import CATEGORY_10_CONSTRAINTS, EU_VOCABULARY
from regcompare_eu.tables import TABLES

from . import (
    catch_alls,
    control_list,
    criteria,
    definitions,
    enforcement,
    general_authorisations,
    interpretations,
    left_out,
    services,
    sources,
)

__all__ = ["COM_2016_616"]

COM_2016_616 = Ruleset(
    "com-2016-616",
    "Commission proposal 2016",
    status="proposal",
    instruments=sources.INSTRUMENTS,
    reference_date=dt.date(2016, 9, 28),
    covers=(*EU_428_2009.covers, "technical_assistance"),
    scope=in_union(Exporter.country)
    & ~definitions.moves_with_person
    & (~act.hosted | act.export_or_made_available),
    provisions=(
        interpretations.chapter,
        control_list.chapter,
        catch_alls.chapter,
        services.chapter,
        criteria.chapter,
        general_authorisations.chapter,
        enforcement.chapter,
        left_out.chapter,
    ),
    base=(EU_428_2009,),
    vocabulary=EU_VOCABULARY.with_sections(constraints=CATEGORY_10_CONSTRAINTS),
    tables=TABLES,
    cases=(Path(__file__).parents[1] / "cases" / "com-2016-616.yaml",),
    checked=EvidenceLevel.UNREAD,
    reconstructed=True,
    plain_title="What the Commission proposed in 2016",
    summary=(
        "An autonomous list for surveillance systems and a catch-all for human security, known only "
        "from secondary accounts; much of it depends on text that was not read."
    ),
    accepted=tuple(
        Accepted(
            "term-never-met",
            term,
            "C16 borrows a general authorisation from 2021, whose own Section I did not apply earlier; "
            "the one in the act in force is applied as well.",
        )
        for term in ("item without general authorisation", "item listed in Annex IV")
    ),
)
