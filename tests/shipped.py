"""What ships, gathered once for every test; nothing here is changed by a test."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from regcompare.comparison.named_cases import RuleCases, named_cases
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset

CATALOGUE = Catalogue.installed()
CASES = CATALOGUE.scenarios()
"""The documented cases."""


@cache
def shown(ruleset: Ruleset) -> Mapping[str, RuleCases]:
    """The cases that show each rule of a ruleset, by the rule's id."""
    return named_cases(ruleset, CATALOGUE.read(*ruleset.cases))
