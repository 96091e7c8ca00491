"""What ships, whatever else is installed, loaded once for all tests; tests do not change it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import attrs
import pytest

from regcompare.comparison.named_cases import RuleCases, named_cases
from regcompare.plugins.catalogue import LIMIT, Catalogue
from regcompare.plugins.features import SHIPPED
from regcompare.ruleset.ruleset import Ruleset


@contextmanager
def only_what_ships() -> Iterator[None]:
    """Hides the plugins of others from commands and catalogues, as far as they are not hidden already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LIMIT, os.environ.get(LIMIT) or SHIPPED)
        yield


with only_what_ships():
    CATALOGUE = attrs.evolve(Catalogue.installed(), is_limited=False)
CASES = CATALOGUE.scenarios()
"""The documented cases."""


@cache
def shown(ruleset: Ruleset) -> Mapping[str, RuleCases]:
    """The cases that show each rule of a ruleset, by the rule's id."""
    return named_cases(ruleset, CATALOGUE.read(*ruleset.cases))
