"""The dual-use law of the European Union as rulesets for regcompare."""

from __future__ import annotations

import datetime as dt

import attrs

from regcompare import Period
from regcompare.plugins import FactSections, hookimpl
from regcompare.rulesets import Ruleset

from .com_2016_616 import COM_2016_616
from .com_2016_616.definitions import CATEGORY_10_CONSTRAINTS
from .ep_2018 import EP_2018
from .eu_428_2009 import EU_428_2009
from .eu_2021_821 import EU_2021_821
from .eu_common_position import EU_COMMON_POSITION
from .eu_sanctions import EU_SANCTIONS
from .facts import EU_CONSTRAINTS, EU_VOCABULARY, Eu
from .tables import ENTRY_CODES

__all__ = [
    "COM_2016_616",
    "EP_2018",
    "EU_428_2009",
    "EU_2021_821",
    "EU_COMMON_POSITION",
    "EU_LAW",
    "EU_LAW_2020",
    "EU_LAW_2021",
    "EU_SANCTIONS",
    "EU_VOCABULARY",
    "Eu",
]

EU_LAW = attrs.evolve(
    EU_428_2009.combined_with(
        EU_2021_821,
        EU_SANCTIONS,
        EU_COMMON_POSITION,
        id="eu-law",
        title="EU law",
    ),
    reference_date="scenario",
    period=Period(dt.date(2009, 8, 27)),
    summary=(
        "EU law on any day from August 2009: the dual-use act that governs the application, the sanctions of "
        "the day of the facts, and Common Position 2008/944/CFSP."
    ),
)
EU_LAW_2020 = attrs.evolve(
    EU_LAW,
    id="eu-law-2020",
    title="EU law of 2020",
    reference_date=EU_428_2009.reference_date,
)
EU_LAW_2021 = attrs.evolve(
    EU_LAW,
    id="eu-law-2021",
    title="EU law of 2021",
    reference_date=EU_2021_821.reference_date,
)


@hookimpl
def regcompare_rulesets() -> list[Ruleset]:
    """Returns the acts, what applies with them, all of it together, and the proposals between the acts."""
    return [
        EU_428_2009,
        EU_2021_821,
        EU_SANCTIONS,
        EU_COMMON_POSITION,
        EU_LAW,
        EU_LAW_2020,
        EU_LAW_2021,
        COM_2016_616,
        EP_2018,
    ]


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts of EU law, what it makes impossible, and the codes that exist."""
    return [FactSections((Eu,), EU_CONSTRAINTS + CATEGORY_10_CONSTRAINTS, (ENTRY_CODES,))]
