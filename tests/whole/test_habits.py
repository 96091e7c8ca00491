"""What an analyst writes out of habit works, or is refused in our words with the nearest right one."""

from __future__ import annotations

from typing import Any

import pytest

import regcompare as rc

ACT = rc.regimes()["eu-2021-821"]
MORPHO = "morpho-shanghai-2015"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rc.timeline(MORPHO, as_of="2020-01-01"), "It takes case, regimes, until"),  # type: ignore[call-arg]
        (lambda: rc.count("licence", "deals", "amnesty", fact="filed"), "Did you mean 'facts'"),  # type: ignore[call-arg]
        (rc.count, "missing a required argument: 'measure'"),
        (lambda: rc.compare(MORPHO, regime="amnesty"), "Did you mean 'regimes'"),  # type: ignore[call-arg]
        (
            lambda: rc.gaps("eu-428-2009", "amnesty", MORPHO, stops_at="refusel"),
            "Did you mean 'refusal'",
        ),
        (lambda: ACT.term("cyber surveillance item"), "Did you mean 'cyber-surveillance item'"),
        (lambda: ACT.fact("item.technolgy"), "Did you mean 'item.technology'"),
    ],
)
def test_a_wrong_argument_has_the_nearest_right_one(call: Any, message: str) -> None:
    """No bare error of Python."""
    with pytest.raises(rc.UsageError, match=message):
        call()


def test_a_provision_is_found_by_its_place() -> None:
    """With or without the name of the text; a rule before the duties of the same place."""
    rule = ACT.rule("art-5-2")

    assert ACT.rule("Art. 5(2)") is rule
    assert rule not in ACT.without("Art. 5(2)").rules
    assert rule not in ACT.without("5(2)").rules
    assert ACT.term("cyber-surveillance item").name == "cyber-surveillance item"
    assert ACT.fact("item.technology").key == "item.technology"


def test_a_reform_has_the_title_that_it_is_given() -> None:
    """In its sentences too."""
    mine = ACT.without("Art. 5(2)", title="The act without awareness")

    assert "Under The act without awareness" in str(rc.count("tell", "deals", mine))


def test_a_notebook_shows_law_in_short() -> None:
    """A ruleset, a rule, its condition in words, a table; a condition is short in plain Python too."""
    rule = ACT.rule("art-5-2")

    assert len(repr(rule.when)) < 1_000
    assert rule.sentence in rule._repr_html_()
    assert "cyber-surveillance item" in rule.when._repr_html_()
    assert ACT.control_list is not None
    assert "Verified through" in ACT.control_list._repr_html_()
    assert all(str(item.cite) in ACT._repr_html_() for item in ACT.rules[:3])
    assert "text-align: left !important" in ACT._repr_html_()
