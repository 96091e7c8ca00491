"""Timelines over dated lists: each change on its day, none missed, none without a dated provision."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcompare import Ruleset, Scenario, assess
from regcompare.plugins import Catalogue
from regcompare.timeline import BEGINNING, timeline

CATALOGUE = Catalogue.installed()
CASES = {case.id: case for case in CATALOGUE.scenarios()}
TODAY = dt.date(2026, 11, 24)
RULESETS = [
    CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "eu-sanctions", "amnesty")
]


def on(case: Scenario, ruleset: Ruleset, day: dt.date) -> str:
    """The result if the transaction were made on the day."""
    licence = attrs.evolve(case.licence, applied_on=None)  # type: ignore[misc]
    return assess(attrs.evolve(case, date=day, licence=licence), ruleset, as_of=day).result


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(CASES)),
    st.sampled_from(range(len(RULESETS))),
    st.dates(BEGINNING, TODAY),
)
def test_between_changes_the_result_stays(case_id: str, index: int, day: dt.date) -> None:
    """On any day the result is that of the last change before it."""
    ruleset = RULESETS[index]
    changes = timeline(CASES[case_id], ruleset, until=TODAY)
    last = [change for change in changes if change.day <= day][-1]

    assert on(CASES[case_id], ruleset, day) == last.verdict.result


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda item: item.id)
@pytest.mark.parametrize(
    "case_id", ["bae-evident-uae-2014-16", "nsn-iran-2008-centre", "msab-hongkong-2013-20"]
)
def test_each_change_names_its_provision(case_id: str, ruleset: Ruleset) -> None:
    """A change after the first day names a dated row or an act, and is a day of one of them."""
    first, *later = timeline(CASES[case_id], ruleset, until=TODAY)
    days = {
        day
        for part in ruleset.parts()
        for period in [part.period, *(row.period for table in part.tables for row in table)]
        if period
        for day in (period.start, period.end)
    }

    assert first.day == BEGINNING
    assert all(change.provisions and change.day in days for change in later)


def test_listing_comes_on_its_day() -> None:
    """IP surveillance is listed from 31 December 2014, and under the recast from its first day."""
    changes = timeline(CASES["bae-evident-uae-2014-16"], RULESETS[0], until=TODAY)

    assert [(str(change.day), change.verdict.result) for change in changes] == [
        ("2009-08-27", "no_control..authorisation"),
        ("2014-12-31", "authorisation"),
        ("2021-09-09", "not in force"),
    ]
    assert "1382/2014" in changes[1].provisions[0]


@settings(max_examples=40)
@given(st.sampled_from(sorted(CASES)), st.permutations([0, 1, 2]))
def test_combining_has_no_order(case_id: str, order: list[int]) -> None:
    """Combined rulesets give the same outcome in any order and grouping."""
    first, second, third = (RULESETS[index] for index in order)
    case, day = CASES[case_id], dt.date(2021, 9, 9)
    flat = RULESETS[0].combined_with(*RULESETS[1:3], id="all")
    nested = first.combined_with(second, id="two").combined_with(third, id="three")

    assert assess(case, nested, as_of=day).result == assess(case, flat, as_of=day).result


def test_a_combined_proposal_keeps_its_base() -> None:
    """A proposal combined with another ruleset, or standing on a combination, loses no rules."""
    case, amnesty = CASES["bae-evident-uae-2014-16"], CATALOGUE.ruleset("amnesty")
    beside = RULESETS[2].combined_with(amnesty, id="sanctions-and-amnesty")
    above = amnesty.on_base(CATALOGUE.ruleset("eu-law-2021"))

    held = [
        {finding.rule.id for finding in assess(case, ruleset, as_of=dt.date(2021, 9, 9)).holding}
        for ruleset in (amnesty, beside, above)
    ]

    assert held[0] == held[1] == held[2]
    assert {"art-3-1", "A01"} <= held[0]
