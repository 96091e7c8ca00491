"""Exact ends of spans where the day is open, against every complete case."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from tests.core.test_unknown_dates import (
    FACTS,
    FORGOTTEN,
    LAWS,
    AsOf,
    by_oracle,
    completions,
    rulesets,
    scenario,
)

from regcompare import Outcome, Ruleset, assess


@given(rulesets(), FACTS, FORGOTTEN, LAWS)
def test_exact_ends_are_those_of_the_cases_in_full(
    law: Ruleset, facts: dict[str, Any], forgotten: set[str], as_of: AsOf
) -> None:
    """The proved ends are exactly the mildest and the strictest outcome of all complete cases."""
    known_facts = {name: answer for name, answer in facts.items() if name not in forgotten}
    proved = assess(scenario(known_facts), law, as_of=as_of, exact=True)
    ahead = assess(scenario(known_facts), law, as_of=as_of)

    results = {by_oracle(law, as_of, whole) for whole in completions(known_facts)}
    outcomes = [result for result in results if isinstance(result, Outcome)]

    assert (proved.low, proved.high) == (min(outcomes, default=None), max(outcomes, default=None))
    assert proved.span is None or (ahead.span is not None and proved.span in ahead.span)
    assert ("not in force" in results) is (proved.in_force is not True)
