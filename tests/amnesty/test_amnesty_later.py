"""A question put to the proposal for a later day points to the ruleset that has the later demands."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.support.shipped import CASES

from regcompare import Ruleset, assess
from regcompare_amnesty import AMNESTY, AMNESTY_MORATORIUM


@pytest.mark.parametrize(
    ("ruleset", "day", "told"),
    [
        (AMNESTY, dt.date(2021, 12, 31), False),
        (AMNESTY, dt.date(2022, 1, 1), True),
        (AMNESTY_MORATORIUM, dt.date(2024, 1, 1), False),
    ],
)
def test_a_day_after_2021_points_to_the_moratoria(ruleset: Ruleset, day: dt.date, told: bool) -> None:
    """The proposal has the demands of 2020; the variant has those made since, and points nowhere."""
    warnings = assess(CASES[0], ruleset, as_of=day).warnings

    assert any("amnesty-moratorium has it" in sentence for sentence in warnings) is told
