"""Variants of the demands: the seed and the moratoria, which amend them, and the United Nations.

They are made from the demands by the operations that every reform has, and from nothing else.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import EvidenceLevel, Exporter, Ruleset
from regcompare_amnesty import demands, left_out, sources
from regcompare_amnesty.proposal import AMNESTY
from regcompare_amnesty.un_facts import Un
from regcompare_eu import EU_428_2009, EU_VOCABULARY
from regcompare_eu.common import in_union

from . import moratorium, seed, un_2019
from .texts import LATER_INSTRUMENTS, REPORT_2019

__all__ = ["AMNESTY_MORATORIUM", "AMNESTY_SEED", "UN_2019", "Un"]

_CASES = Path(__file__).parents[1] / "cases"

AMNESTY_SEED = (
    AMNESTY.only(*seed.KEPT)
    .replace(demands.surveillance_supply, demands.licensable_supply)
    .with_(
        seed.chapter,
        id="amnesty-seed",
        title="Amnesty's page alone",
        instruments=(sources.SEED, sources.DEMANDS),
        cases=(_CASES / "amnesty-seed.yaml",),
        plain_title="What the page of Amnesty asks",
        summary=(
            "The three demands on one web page: all surveillance technology covered, no export of "
            "facial recognition, mandatory due diligence."
        ),
    )
)

AMNESTY_MORATORIUM = AMNESTY.without(
    left_out.spyware, left_out.transfers_within, left_out.existing_licences
).with_(
    moratorium.chapter,
    id="amnesty-moratorium",
    title="Amnesty's proposal with moratoria",
    instruments=(*AMNESTY.instruments, *LATER_INSTRUMENTS),
    reference_date=moratorium.LAST_DAY,
    covers=(*AMNESTY.covers, "intra_eu_transfer"),
    vocabulary=AMNESTY.vocabulary.with_sections(Un),
    cases=(*AMNESTY.cases, _CASES / "amnesty-moratorium.yaml"),
    plain_title="What Amnesty asks, with a pause on sales",
    summary=(
        "The 2020 demands with what Amnesty has called for since: moratoria on targeted surveillance "
        "tools, no highly invasive spyware, no licence for abusive suppliers."
    ),
)

UN_2019 = Ruleset(
    "un-2019",
    "UN Special Rapporteur 2019",
    status="proposal",
    instruments=(REPORT_2019,),
    reference_date=dt.date(2019, 5, 28),
    covers=un_2019.TRANSFERS,
    scope=in_union(Exporter.country),
    provisions=(un_2019.chapter,),
    base=(EU_428_2009,),
    vocabulary=EU_VOCABULARY.with_sections(Un),
    tables=EU_428_2009.tables,
    cases=(_CASES / "un-2019.yaml",),
    checked=EvidenceLevel.UNREAD,
    plain_title="What the UN expert asked in 2019",
    summary=(
        "A moratorium on surveillance tools made by private companies until safeguards exist, and "
        "conditions for licences after that."
    ),
)
