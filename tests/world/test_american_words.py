"""American law is told in the words of its own order."""

from __future__ import annotations

import re

import pytest
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE
from tools.sources import OF_EUROPE

from regcompare import Scenario, assess
from regcompare.ruleset.currency import tables_of_facts
from regcompare.views.verdict import explain_text
from regcompare_eu import EU_2021_821
from regcompare_publish.fact_list import facts_text
from regcompare_publish.law_text import law_text
from regcompare_world import US_EAR

OF_ANOTHER = re.compile(OF_EUROPE)
AMERICAN = CATALOGUE.with_ruleset(US_EAR)
CASES = {case.id: case for case in AMERICAN.read(*US_EAR.cases)}


@pytest.mark.thorough
@of_each("case", CASES.values(), ids=lambda case: case.id)
def test_an_american_verdict_is_explained_without_the_law_of_europe(case: Scenario) -> None:
    """Reasons, questions, duties, warnings and texts of a US verdict name nothing of the Union's."""
    said = explain_text(assess(case, US_EAR), full=True)

    assert OF_ANOTHER.findall(said) == []


def test_american_law_is_read_back_without_the_law_of_europe() -> None:
    """Nor do its rules, and the questions that it asks."""
    said = law_text(US_EAR, CASES.values()) + facts_text(AMERICAN.vocabulary, rulesets=[US_EAR])

    assert OF_ANOTHER.findall(said) == []


def test_which_tables_follow_the_facts_is_told_by_the_tables() -> None:
    """European acts read membership and embargoes on the day of the facts; American ones read nothing."""
    assert tables_of_facts([EU_2021_821]) == ("customs territory of the Union", "arms embargoes")
    assert tables_of_facts([US_EAR]) == ()
