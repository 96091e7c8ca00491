"""How applications are reviewed: a row for each rule that asks for a licence or orders a refusal."""

from __future__ import annotations

import csv
from importlib import resources

from regcompare.authoring import Checked, Outcome
from regcompare_world import CH, UK, US_EAR, US_EAR_2024_PROPOSAL

ROWS = list(
    csv.DictReader(
        resources.files("regcompare_world").joinpath("reviews.csv").read_text("utf-8").splitlines()
    )
)
REVIEWS = (
    "weighed freely",
    "favourable policy",
    "must consider a criterion",
    "presumption of denial",
    "policy of denial",
    "must refuse",
)
STANDARDS = (
    "any risk",
    "risk",
    "substantial risk",
    "clear risk",
    "reason to believe",
    "reasonable grounds",
    "likely",
    "presumed",
    "",
)
RULES = {
    (ruleset.id, rule.id): rule
    for ruleset in (CH, UK, US_EAR, US_EAR_2024_PROPOSAL)
    for rule in ruleset.rules
    if rule.then >= Outcome.AUTHORISATION
}


def test_each_licensing_rule_has_one_row() -> None:
    """No rule is left out, and none is named twice."""
    assert [(row["ruleset"], row["rule"]) for row in ROWS] == sorted(
        RULES, key=[(row["ruleset"], row["rule"]) for row in ROWS].index
    )


def test_words_are_from_the_closed_lists() -> None:
    """Reviews, standards and marks are known words."""
    assert {row["review"] for row in ROWS} <= set(REVIEWS)
    assert {row["standard"] for row in ROWS} <= set(STANDARDS)
    assert {row["checked"] for row in ROWS} <= set(Checked)


def test_must_refuse_is_said_of_refusals_alone() -> None:
    """A presumption or policy of denial is never an outcome of refusal."""
    said = {
        key for row in ROWS if row["review"] == "must refuse" for key in [(row["ruleset"], row["rule"])]
    }

    assert said == {key for key, rule in RULES.items() if rule.then is Outcome.REFUSAL}
