"""Amnesty International's stricter regime as a ruleset for regcompare."""

from __future__ import annotations

from regcompare import Ruleset
from regcompare.plugins import FactSections, hookimpl

from .facts import Amnesty
from .proposal import AMNESTY
from .variants import AMNESTY_MORATORIUM, AMNESTY_SEED, UN_2019, Un

__all__ = [
    "AMNESTY",
    "AMNESTY_MORATORIUM",
    "AMNESTY_SEED",
    "UN_2019",
    "Amnesty",
    "Un",
]


@hookimpl
def regcompare_rulesets() -> list[Ruleset]:
    """Returns the proposal, its variants, and the demands of the United Nations rapporteur."""
    return [AMNESTY, AMNESTY_SEED, AMNESTY_MORATORIUM, UN_2019]


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts that only the demands ask for."""
    return [FactSections((Amnesty, Un))]
