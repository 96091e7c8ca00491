"""Shipped law against the oracle, in chains of drawn cases."""

from __future__ import annotations

import pytest
from tests.core.test_oracle import found
from tests.support.shipped import CATALOGUE

from regcompare_world import CH, UK, US_EAR

SHIPPED = {**CATALOGUE.rulesets, **{law.id: law for law in (CH, UK, US_EAR)}}


QUICK = [
    "amnesty",
    *(pytest.param(name, marks=pytest.mark.thorough) for name in ("eu-law", "us-ear")),
]


@pytest.mark.parametrize("name", QUICK)
def test_shipped_law_is_as_the_oracle_says(name: str, seed: int) -> None:
    """No case says less than the oracle, or than a case of which more is known."""
    assert found(SHIPPED[name], 320, seed) == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_law_is_as_the_oracle_says_in_many_cases(name: str, seed: int) -> None:
    """With the tests above, some 20,000 cases."""
    assert found(SHIPPED[name], 640, seed + 1) == []
