"""The documented exports: what every file has to say."""

from __future__ import annotations

from pathlib import Path

from tests.support.offenders import of_each

from regcompare import Scenario
from regcompare.plugins.catalogue import Catalogue
from regcompare_cases import folder

CASES = Catalogue.installed().read(*sorted(Path(folder()).glob("*.yaml")))
RISKS = ("substantial_rights_risk", "serious_violations_likely")


@of_each("case", CASES, ids=lambda case: case.id)
def test_each_case_answers_both_questions_of_risk_or_lists_reports(case: Scenario) -> None:
    """A stated ``unknown`` says that the sources do not settle it; silence leaves it to the reports."""
    stated = {**case.facts, **case.presumed}

    assert case.reports or all(f"destination.{risk}" in stated for risk in RISKS)
