"""The duties of the law at home: which uses they reach, and from which day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.support.shipped import CATALOGUE

from regcompare import assess
from regcompare.authoring import Item
from regcompare_eu.eu_home import EU_HOME
from regcompare_eu.home_use import HomeUse

CASES = {case.id: case for file in EU_HOME.cases for case in CATALOGUE.read(file)}
PROFILING = Item(technology="predictive_policing", annex_i_entry=[])
BEFORE, FROM = dt.date(2027, 12, 1), dt.date(2027, 12, 2)


def duties(case: str, day: dt.date, *facts: object, **readings: Any) -> set[str]:
    """The duties that certainly apply to a case, with facts changed, on a day of the law."""
    given = {name.replace("_", "-"): answer for name, answer in readings.items()}
    verdict = assess(CASES[case].with_facts(*facts), EU_HOME, as_of=day, readings=given)
    return {duty.id for duty, applies in verdict.duties if applies}


@pytest.mark.parametrize(("day", "apply"), [(BEFORE, False), (FROM, True)])
def test_police_who_profile_people_use_a_high_risk_system(day: dt.date, apply: bool) -> None:
    """AI Act, Annex III, point 6(d) and (e), with Art. 26(6) and (8) and Art. 27(1)."""
    found = duties("police-with-a-law", day, PROFILING)

    assert ({"art-26-6", "art-26-8", "art-27-1"} <= found) is apply


def test_profiling_outside_law_enforcement_is_none() -> None:
    """Point 6 speaks of law enforcement alone."""
    facts = PROFILING, HomeUse(law_enforcement=False)

    assert not {"art-26-6", "art-27-1"} & duties("police-with-a-law", FROM, *facts)


def test_inferring_ethnicity_is_of_high_risk_on_either_reading() -> None:
    """What Art. 5(1)(g) does not ban falls under Annex III, point 1(b)."""
    assert "art-26-6" in duties("sorting-by-ethnicity", FROM, race_and_ethnicity="race_only")


def test_every_search_of_recordings_is_recorded() -> None:
    """Art. 26(10), fifth subparagraph: whatever the purpose and whoever uses the system."""
    assert "art-26-10-records" in duties("recordings-for-a-company", FROM)
    assert "art-26-10-records" not in duties("recordings-not-searched", FROM)
