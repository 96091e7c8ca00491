"""The dual-use law of the European Union as rulesets for regcompare."""

from __future__ import annotations

from regcompare.plugins import FactSections, hookimpl
from regcompare.rulesets import Ruleset

from .com_2016_616 import COM_2016_616
from .com_2016_616.definitions import CATEGORY_10_CONSTRAINTS
from .ep_2018 import EP_2018
from .eu_428_2009 import EU_428_2009
from .eu_2021_821 import EU_2021_821
from .eu_sanctions import EU_SANCTIONS
from .facts import EU_CONSTRAINTS, EU_VOCABULARY, Eu

__all__ = [
    "COM_2016_616",
    "EP_2018",
    "EU_428_2009",
    "EU_2021_821",
    "EU_LAW_2020",
    "EU_LAW_2021",
    "EU_SANCTIONS",
    "EU_VOCABULARY",
    "Eu",
]

EU_LAW_2020 = EU_428_2009.combined_with(
    EU_SANCTIONS,
    id="eu-law-2020",
    title="EU law of 2020: Regulation 428/2009 and sanctions",
)
EU_LAW_2021 = EU_2021_821.combined_with(
    EU_SANCTIONS,
    id="eu-law-2021",
    title="EU law of 2021: Regulation 2021/821 and sanctions",
)


@hookimpl
def regcompare_rulesets() -> list[Ruleset]:
    """Returns the acts, the sanctions, both together, and the two proposals between the acts."""
    return [EU_428_2009, EU_2021_821, EU_SANCTIONS, EU_LAW_2020, EU_LAW_2021, COM_2016_616, EP_2018]


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts of EU law, and what it makes impossible."""
    return [FactSections((Eu,), EU_CONSTRAINTS + CATEGORY_10_CONSTRAINTS)]
