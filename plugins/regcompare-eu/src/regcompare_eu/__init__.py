"""The dual-use law of the European Union as rulesets for regcompare."""

from __future__ import annotations

from regcompare.plugins import FactSections, hookimpl
from regcompare.rulesets import Ruleset

from .eu_428_2009 import EU_428_2009
from .eu_2021_821 import EU_2021_821
from .facts import EU_CONSTRAINTS, EU_VOCABULARY, Eu

__all__ = ["EU_428_2009", "EU_2021_821", "EU_VOCABULARY", "Eu"]


@hookimpl
def regcompare_rulesets() -> list[Ruleset]:
    """Returns the acts in the order in which they were made."""
    return [EU_428_2009, EU_2021_821]


@hookimpl
def regcompare_facts() -> list[FactSections]:
    """Returns the facts of EU law, and what it makes impossible."""
    return [FactSections((Eu,), EU_CONSTRAINTS)]
