"""The cases of Amnesty's demands: each rule fires and misses, and each doubt changes something."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.ruleset.rules import Duty, Interpretation, Rule
from regcompare.scenario.files import read_scenarios
from regcompare.testing import conformance_suite
from regcompare_amnesty import AMNESTY, Amnesty
from regcompare_eu import EU_428_2009, EU_2021_821

ROOT = Path(__file__).parents[2]
RULESETS: Mapping[str, Ruleset] = {item.id: item for item in (AMNESTY, EU_2021_821, EU_428_2009)}
CASES: Mapping[str, Scenario] = {
    case.id: case
    for file in AMNESTY.cases
    for case in read_scenarios(file, AMNESTY.vocabulary, RULESETS)
}
DOUBTS = {item.id: item for item in AMNESTY.provisions.interpretations}
(MORPHO,) = read_scenarios(ROOT / "scenarios/morpho-shanghai-2015.yaml", CATALOGUE.vocabulary)

TestAmnesty = conformance_suite(CATALOGUE.ruleset("amnesty"), nearness=1)

FLIPS: dict[str, Any] = {
    "IC-01": ("street-cameras", "covert_only", "no_control"),
    "IC-02": ("cameras-for-machines", "able", "authorisation"),
    "IC-03": ("behaviour-research-for-university", "consent_exempt", "no_control"),
    "IC-04": ("testing-tool", "no_exemption", "suspension"),
    "IC-05": ("face-verification", "all", "prohibition"),
    "IC-06": ("face-identification-recorded", "live_only", "authorisation"),
    "IC-07": ("face-identification-shop", "state", "authorisation"),
    "IC-08": ("face-identification", "poor_record", "authorisation"),
    "IC-09": ("face-matching-engine", "complete_systems", "authorisation"),
    "IC-10": ("emotion-for-university", "ban", "prohibition"),
    "IC-11": ("substantial-risk", "serious_likely", "authorisation"),
    "IC-12": ("told-of-rights-interference", "serious", "no_control"),
    "IC-13": ("no-law", "factor", "authorisation"),
    "IC-15": ("no-due-diligence", "sanctionable", "authorisation"),
    "IC-16": ("exporter-seated-outside", "established", "no_control"),
    "IC-17": ("diligence-finds-risk", "authority_only", "no_control"),
    "IC-21": ("hosted-video-service", "items_only", "no_control"),
    "IC-26": ("refused-elsewhere", "consultation", "authorisation"),
    "IC-28": ("listed-for-ally", "each_time", "authorisation"),
    "IC-29": ("face-sorting", "counts", "prohibition"),
    "IC-30": ("reports-on-this-kind-of-user", "user", "authorisation..refusal"),
    "IC-31": ("reports-on-this-user", "stated", "authorisation..refusal", {"IC-11": "serious_likely"}),
}
"""For each doubt a case, a reading other than the default, and the outcome to which that leads."""

OPENS_MORPHO = {
    ("IC-06", "live_only"): "refusal..prohibition",
    ("IC-09", "complete_systems"): "refusal..prohibition",
    ("IC-16", "established"): "no_control..prohibition",
}
"""The readings under which the facts known of the Morpho case no longer settle its outcome."""


def test_nothing_open() -> None:
    """No rule or duty of the demands is left open in a case, but for unread text: it states all else."""
    left_open = {}
    for case in CASES.values():
        verdict = assess(case, AMNESTY, readings=AMNESTY.as_if_read())
        duties = (duty.id for duty, applies in verdict.duties if applies is None)
        own = {duty.id for duty in AMNESTY.provisions.duties}
        left_open[case.id] = [item.rule.id for item in verdict.open if item.ruleset is AMNESTY]
        left_open[case.id] += [duty for duty in duties if duty in own]

    assert not any(left_open.values()), left_open


# doubts in the texts -----------------------------------------------------------------------------


def test_every_doubt_has_a_case() -> None:
    """Each interpretation has a case in which another reading matters."""
    assert set(FLIPS) == set(DOUBTS) - {"IC-13-c"}  # Point (c) is unread, so no case turns on it.


@of_each("doubt", FLIPS)
def test_other_reading_changes_the_outcome(doubt: str) -> None:
    """In its case, the other reading of a doubt leads to another outcome."""
    case, reading, outcome, *others = FLIPS[doubt]
    readings = others[0] if others else {}

    assert reading != DOUBTS[doubt].default
    assert assess(CASES[case], AMNESTY, readings={**readings, doubt: reading}).result == outcome
    assert assess(CASES[case], AMNESTY, readings=readings).result != outcome


@of_each("doubt", FLIPS)
def test_title_names_the_doubt(doubt: str) -> None:
    """The case that shows a doubt names it in its title."""
    case = FLIPS[doubt][0]

    assert f"({doubt})" in CASES[case].title


def choices(pinpoint: str) -> set[str]:
    """The choices that a pinpoint such as "IC-23 to IC-25" or "IC-18 and IC-19" names."""
    numbers = [int(number) for number in re.findall(r"IC-(\d+)", pinpoint)]
    if not numbers:
        return set()
    return {f"IC-{number:02}" for number in range(numbers[0], numbers[-1] + 1)}


def test_every_choice_is_declared() -> None:
    """Each of the 31 choices is an interpretation, or declared as not encoded."""
    left_out = [choices(item.cite.pinpoint) for item in AMNESTY.provisions.not_encoded]

    assert set(DOUBTS).union(*left_out) - {"IC-13-c"} == {f"IC-{number:02}" for number in range(1, 32)}


# how far each demand was checked -----------------------------------------------------------------


def test_marks() -> None:
    """A rule carries the mark of the weakest element that decides it."""
    marks = {rule.id: str(AMNESTY.mark(rule)) for rule in AMNESTY.rules}

    assert marks == {
        "A01": "inferred",  # That "inside the rules" means a licence is this encoding's reading.
        "A01-allies": "inferred",
        "A02": "own",
        "A03": "secondary",
        "A03-ban": "inferred",
        "A04": "inferred",  # No source says what follows where due diligence is missing.
        "A06": "secondary",
        "A08-a": "own",
        "A08-b": "own",
        "A08-c": "unread",
        "A09": "own",
        "A11": "inferred",
        "A14": "secondary",
        "A14-encryption": "unread",
        "A21": "own",
        "A22": "unread",
    }


def test_demands_are_complete() -> None:
    """Each of the demands A01 to A14, A21 and A22 has a rule or a duty."""
    rules = {rule.cite.pinpoint.partition("(")[0] for rule in AMNESTY.rules}
    duties_too = rules | {duty.cite.pinpoint for duty in AMNESTY.provisions.duties}

    assert duties_too == {f"A{number:02}" for number in (*range(1, 15), 21, 22)}


# duties and the exemption ------------------------------------------------------------------------


def duties(case: str) -> set[str]:
    """The duties of the demands that apply in a case."""
    verdict = assess(CASES[case], AMNESTY)
    own = {duty.id for duty in AMNESTY.provisions.duties}
    return {duty.id for duty, applies in verdict.duties if applies} & own


def test_duties_of_a_licensed_export() -> None:
    """Every duty applies where a licence is needed."""
    assert duties("street-cameras") == {
        "A04-duty",
        "A05",
        "A07",
        "A10",
        "A11-duty",
        "A12",
        "A13",
    }


def test_duties_of_exempt_research() -> None:
    """What is exempt from the licence is exempt from the duties that hang on it."""
    assert duties("testing-tool") == {"A11-duty", "A12"}


def test_exemption_lifts_only_what_hangs_on_the_licence() -> None:
    """The exemption lifts neither the base, nor bans, catch-all and bar on serious violations."""
    overridden = {rule.id for rule in AMNESTY.rule("A14").overrides}

    assert overridden == {"A01", "A01-allies", "A04", "A08-a", "A08-b", "A08-c", "A11"}
    assert AMNESTY.rule("A14-encryption").overrides == AMNESTY.rule("A14").overrides


# Morpho, the first case of the report of 2020 ----------------------------------------------------


@pytest.mark.parametrize("base", [EU_2021_821, EU_428_2009], ids=lambda base: base.id)
def test_morpho_on_either_base(base: Ruleset) -> None:
    """Whichever law is the base, the export is prohibited, and A02 alone decides that."""
    verdict = assess(MORPHO, AMNESTY.on_base(base))

    assert (verdict.low, verdict.high) == (Outcome.PROHIBITION, Outcome.PROHIBITION)
    assert [finding.rule.id for finding in verdict.deciding] == ["A02"]


@of_each(
    ("doubt", "reading"),
    [
        pytest.param(doubt, reading, id=f"{doubt.id}={reading}")
        for part in AMNESTY.parts()
        for doubt in part.provisions.interpretations
        for reading in doubt.readings
    ],
)
def test_morpho_under_every_reading(doubt: Interpretation, reading: str) -> None:
    """It stays prohibited under each reading of each doubt alone, but for three that leave it open.

    Whether the system matches live video, whether it was a complete one, and (as a fact of the
    file) where the exporter is seated, is not stated; no reading frees the export for certain.
    """
    verdict = assess(MORPHO, AMNESTY, readings={doubt.id: reading})

    assert verdict.result == OPENS_MORPHO.get((doubt.id, reading), "prohibition")


@pytest.mark.parametrize(
    ("doubt", "facts"),
    [
        ("IC-06", {"live_matching": True}),
        ("IC-09", {"complete_system": True}),
        ("IC-16", {"exporter_seated_in_union": True}),
    ],
)
def test_morpho_settled_by_one_fact(doubt: str, facts: Mapping[str, bool]) -> None:
    """Under each of the three readings, one more fact settles the ban again."""
    (reading,) = (reading for name, reading in OPENS_MORPHO if name == doubt)
    told = MORPHO.with_facts(Amnesty(**facts))

    assert assess(told, AMNESTY, readings={doubt: reading}).result == "prohibition"


# what the demands rest on ------------------------------------------------------------------------


def test_every_rule_rests_on_a_statement() -> None:
    """Each rule and duty names what was published, by whom and when, and counts from the earliest day."""
    provisions: tuple[Rule | Duty, ...] = (*AMNESTY.rules, *AMNESTY.provisions.duties)

    assert [item.id for item in provisions if not item.rests_on] == []
