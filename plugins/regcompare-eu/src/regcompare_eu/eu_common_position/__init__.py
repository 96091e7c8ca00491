"""Common Position 2008/944/CFSP: the Union's criteria for arms, as far as they reach dual-use items."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import Exporter, Period, Ruleset
from regcompare_eu.common import UNION, in_union
from regcompare_eu.eu_428_2009 import EU_428_2009
from regcompare_eu.eu_2021_821 import EU_2021_821
from regcompare_eu.facts import EU_VOCABULARY

from . import criteria, definitions, left_out

__all__ = ["EU_COMMON_POSITION"]

EU_COMMON_POSITION = Ruleset(
    "eu-common-position",
    "Common Position 2008/944/CFSP",
    status="law",
    instruments=(
        definitions.COMMON_POSITION,
        *EU_428_2009.instruments,
        *EU_2021_821.instruments,
    ),
    reference_date="scenario",
    period=Period(dt.date(2008, 12, 8)),
    covers=("export", "electronic_export", "brokering"),
    home=UNION,
    scope=in_union(Exporter.country),
    provisions=(definitions.chapter, criteria.chapter, left_out.chapter),
    vocabulary=EU_VOCABULARY,
    parallel_to=("eu-428-2009", "eu-2021-821"),
    cases=(Path(__file__).parents[1] / "cases" / "eu-common-position.yaml",),
    plain_title="EU rules on arms exports",
    summary=(
        "What binds the Member States when they decide on a licence: for listed dual-use items for "
        "armed or internal security forces, a duty to refuse where there is a clear risk of internal "
        "repression."
    ),
)
