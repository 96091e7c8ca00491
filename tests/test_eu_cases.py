"""The cases of the two EU acts: each rule fires and misses, and depends on what the law names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest

from regcompare import National, Rule, Ruleset, Scenario, Transaction, UsageError, assess
from regcompare.compare import check, expectation_text
from regcompare.facts import Fact, facts_of
from regcompare.files import read_scenarios
from regcompare.scenarios import Expectation
from regcompare_eu import EU_428_2009, EU_2021_821

RULESETS: Mapping[str, Ruleset] = {item.id: item for item in (EU_428_2009, EU_2021_821)}
POWERS = {power.id for item in RULESETS.values() for power in item.provisions.discretions}
CASES: Mapping[str, Mapping[str, Scenario]] = {
    ruleset.id: {
        case.id: case
        for file in ruleset.cases
        for case in read_scenarios(file, ruleset.vocabulary, RULESETS, POWERS)
    }
    for ruleset in RULESETS.values()
}
MOST_DIFFERENCES = 2
"""In how many stated facts a firing case and its near miss may differ."""

EVERY_RULE = pytest.mark.parametrize(
    ("ruleset", "rule"),
    [
        pytest.param(ruleset, rule, id=f"{ruleset.id}-{rule.id}")
        for ruleset in RULESETS.values()
        for rule in ruleset.rules
    ],
)
EVERY_CASE = pytest.mark.parametrize(
    ("ruleset", "case"),
    [
        pytest.param(RULESETS[ruleset_id], case, id=f"{ruleset_id}-{case.id}")
        for ruleset_id, cases in CASES.items()
        for case in cases.values()
    ],
)


def holds(ruleset: Ruleset, rule: Rule, case_id: str) -> bool | None:
    """Whether the rule holds in the case, read at the ruleset's reference date."""
    return assess(CASES[ruleset.id][case_id], ruleset).finding(rule.id).holds


@EVERY_RULE
def test_firing_case(ruleset: Ruleset, rule: Rule) -> None:
    """A rule holds in the case that it names as firing it."""
    assert holds(ruleset, rule, rule.fires) is True


@EVERY_RULE
def test_near_miss(ruleset: Ruleset, rule: Rule) -> None:
    """A rule does not hold in its near miss, and nothing about that is open."""
    assert holds(ruleset, rule, rule.misses) is False


# what the cases expect ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(case, expected, id=f"{ruleset_id}-{case.id}-{expected.ruleset}-{expected.as_of}")
        for ruleset_id, cases in CASES.items()
        for case in cases.values()
        for expected in case.expect
    ],
)
def test_expectation(case: Scenario, expected: Expectation) -> None:
    """A case comes to what it says of each act, at each date that it names."""
    (result,) = check(attrs.evolve(case, expect=(expected,)), RULESETS)

    assert result.is_met, f"{expectation_text(expected)}: {result.problem}"


@EVERY_CASE
def test_case_speaks_of_its_act(ruleset: Ruleset, case: Scenario) -> None:
    """Every case says in its title what it shows, and what its own act gives."""
    assert case.title
    assert "\n" not in case.title
    assert ruleset.id in {expected.ruleset for expected in case.expect}


@EVERY_CASE
def test_nothing_is_open(ruleset: Ruleset, case: Scenario) -> None:
    """A case states all that settles its outcome, unless it shows what stays open."""
    for expected in case.expect:
        verdict = assess(case, RULESETS[expected.ruleset], as_of=expected.as_of)
        settled = verdict.span is None or verdict.span.is_settled

        assert settled is (expected.low is expected.high), expected


# how near the near misses are --------------------------------------------------------------------


def stated(case: Scenario) -> dict[str, Any]:
    """What a case states, with its date and the powers that were used."""
    answers = {
        fact.key: answer
        for section in case.sections()
        for name, fact in facts_of(type(section)).items()
        if (answer := getattr(section, name)) is not None
    }
    powers = {f"discretion.{name}": used for name, used in case.discretion.items()}
    return {"date": case.date} | answers | powers


@EVERY_RULE
def test_near_miss_is_near(ruleset: Ruleset, rule: Rule) -> None:
    """A firing case and its near miss are of one kind and differ in hardly a fact."""
    fires, misses = (stated(CASES[ruleset.id][name]) for name in (rule.fires, rule.misses))
    differing = [key for key in fires | misses if fires.get(key) != misses.get(key)]

    assert 1 <= len(differing) <= MOST_DIFFERENCES, differing
    assert "transaction.kind" not in differing


# what each rule depends on -----------------------------------------------------------------------

SENT = "transaction.kind exporter.country destination.country "
ITEM = SENT + "item.annex_i_entry "
CYBER = ITEM + (
    "item.dual_use item.specially_designed item.covert item.targets_natural_persons "
    "item.takes_data_from_ict_systems "
)
INFORMED = "knowledge.authority_informed "
AWARE = "knowledge.exporter_aware "
SUSPECTS = "knowledge.exporter_suspects national.suspicion_rule "
EXTENDED = "national.extends_to "
USE = "end_use.concerns "
EXCEPTED = "item.public_domain eu.assistance_exceptions "
GENERAL = ITEM + INFORMED + AWARE + "eu.exporter_barred "
TRANSFER = "transaction.kind exporter.country item.annex_i_entry "

DEPENDS_ON = {
    "eu-428-2009": {
        "art-3-1": ITEM,
        "art-4-1": ITEM + INFORMED,
        "art-4-2": ITEM + INFORMED,
        "art-4-3": ITEM + INFORMED,
        "art-4-4": ITEM + AWARE,
        "art-4-5": ITEM + SUSPECTS,
        "art-5-1-informed": ITEM + INFORMED,
        "art-5-1-aware": ITEM + AWARE,
        "art-5-2-informed": ITEM + INFORMED + EXTENDED,
        "art-5-2-aware": ITEM + AWARE + EXTENDED,
        "art-5-3": SENT + SUSPECTS,
        "art-6-1": ITEM + USE + "discretion.art-6-1",
        "art-6-2": ITEM + USE + "discretion.art-6-2",
        "art-6-3": ITEM + USE + EXTENDED + "discretion.art-6-1",
        "art-8-1-authorisation": ITEM + "eu.national_entry",
        "art-8-1-prohibition": ITEM + "national.measure",
        "eu001": GENERAL + "eu.free_zone",
        "eu002": GENERAL,
        "eu003": GENERAL + "transaction.purpose eu.conditions_met",
        "eu004": GENERAL + "transaction.purpose eu.conditions_met",
        "eu005": GENERAL + "eu.free_zone",
        "eu006": GENERAL,
        "art-9-4": ITEM + INFORMED + AWARE + "national.general_authorisation",
        "art-22-1": TRANSFER,
        "art-22-2": TRANSFER + EXTENDED + "transaction.onward_export_known",
    },
    "eu-2021-821": {
        "art-3-1": ITEM,
        "art-4-1-a": ITEM + INFORMED,
        "art-4-1-b": ITEM + INFORMED,
        "art-4-1-c": ITEM + INFORMED,
        "art-4-2": ITEM + AWARE,
        "art-4-3": ITEM + SUSPECTS,
        "art-5-1": CYBER + INFORMED,
        "art-5-2": CYBER + AWARE,
        "art-5-3": CYBER + SUSPECTS,
        "art-6-1": ITEM + INFORMED,
        "art-6-2": ITEM + AWARE,
        "art-6-3": ITEM + INFORMED + EXTENDED,
        "art-6-4": SENT + SUSPECTS,
        "art-7-1": ITEM + USE + "discretion.art-7-1",
        "art-7-2": ITEM + USE + "discretion.art-7-2",
        "art-7-3": ITEM + USE + EXTENDED + "discretion.art-7-1",
        "art-8-1": ITEM + INFORMED + EXCEPTED,
        "art-8-2": ITEM + AWARE + EXCEPTED,
        "art-8-4": ITEM + INFORMED + EXTENDED + EXCEPTED,
        "art-8-5": SENT + SUSPECTS + EXCEPTED,
        "art-9-1-authorisation": ITEM + "eu.national_entry",
        "art-9-1-prohibition": ITEM + "national.measure",
        "art-10-1": ITEM + INFORMED + "eu.national_entry",
        "art-11-1": TRANSFER,
        "art-11-2": TRANSFER + EXTENDED + "transaction.onward_export_known",
        "eu001": GENERAL + "eu.free_zone",
        "eu002": GENERAL,
        "eu003": GENERAL + "transaction.purpose eu.conditions_met",
        "eu004": GENERAL + "transaction.purpose eu.conditions_met",
        "eu005": GENERAL + "eu.free_zone",
        "eu006": GENERAL,
        "eu007": ITEM
        + INFORMED
        + USE
        + "item.form exporter.compliance_programme end_user.kind eu.exporter_barred eu.conditions_met",
        "eu008": ITEM + INFORMED + USE + "end_user.kind eu.exporter_barred eu.conditions_met",
        "art-12-6": ITEM + INFORMED + AWARE + "national.general_authorisation",
    },
}
"""The facts of a firing case, each of which alone could make its rule miss."""

SOME_COUNTRIES = ("US", "EG", "MM", "DE", "FR", "AE", "BR", "GB")
SOME_ENTRIES = ((), ("5A004.a",), ("5D001.e@2024",), ("4E001.c@2014",), ("5A001.f.3",))


def other_answers(fact: Fact) -> tuple[Any, ...]:
    """Answers to try: all of a short list, a few of a long one."""
    kinds: dict[str, tuple[Any, ...]] = {
        "yes_no": (True, False),
        "choice": tuple(fact.labels()),
        "set": ((), *((member,) for member in fact.labels())),
        "country": SOME_COUNTRIES,
        "codes": SOME_ENTRIES,
    }
    return kinds.get(fact.kind, ())


def changed(case: Scenario, ruleset: Ruleset) -> Iterator[tuple[str, Scenario]]:
    """Yields the case with one fact, or one use of a power, answered otherwise."""
    for section in ruleset.vocabulary.sections:
        for name, fact in facts_of(section).items():
            for answer in other_answers(fact):
                yield fact.key, case.with_facts(section(**{name: answer}))
    for power, used in case.discretion.items():
        otherwise: Any = {**case.discretion, power: not used}
        yield f"discretion.{power}", attrs.evolve(case, discretion=otherwise)


def misses(case: Scenario, ruleset: Ruleset, rule: Rule) -> bool:
    """Whether a rule does not hold, or its act does not apply; False where the facts cannot be."""
    try:
        verdict = assess(case, ruleset, look_ahead=False)
    except UsageError:
        return False
    return verdict.span is None or verdict.finding(rule.id).holds is False


@EVERY_RULE
def test_what_a_rule_depends_on(ruleset: Ruleset, rule: Rule) -> None:
    """A firing case hangs on just the facts that the law names."""
    fires = CASES[ruleset.id][rule.fires]
    found = {key for key, case in changed(fires, ruleset) if misses(case, ruleset, rule)}

    assert found == set(DEPENDS_ON[ruleset.id][rule.id].split())


# doubts in the texts -----------------------------------------------------------------------------

FLIPS = {
    "eu-428-2009": {
        "dual-use-428-2009": ("told-of-weapons-police-tool", "tested", "no_control"),
        "hosted-service-428-2009": ("hosted-spyware", "made_available", "authorisation"),
        "embargo-forces-428-2009": ("told-of-military-use-lebanon", "counts", "authorisation"),
        "embargo-china-1989-428-2009": ("told-of-military-use-china", "counts", "authorisation"),
        "embargo-osce-1992-428-2009": ("told-of-military-use-armenia", "counts", "authorisation"),
        "embargo-syria-2013-428-2009": (
            "told-of-military-use-syria-june-2013",
            "counts",
            "authorisation",
        ),
    },
    "eu-2021-821": {
        "dual-use-2021-821": ("told-of-weapons-police-tool", "tested", "no_control"),
        "hosted-service-2021-821": ("hosted-spyware", "made_available", "authorisation"),
        "art-5-connector": ("told-of-humanitarian-law-only", "both", "no_control"),
        "embargo-forces-2021-821": ("told-of-military-use-lebanon", "counts", "authorisation"),
        "embargo-china-1989-2021-821": ("told-of-military-use-china", "counts", "authorisation"),
        "embargo-osce-1992-2021-821": ("told-of-military-use-armenia", "counts", "authorisation"),
        "embargo-syria-2013-2021-821": ("told-of-military-use-syria", "counts", "authorisation"),
    },
}
"""For each doubt a case, a reading other than the default, and the outcome to which that leads."""


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=lambda ruleset: ruleset.id)
def test_every_doubt_has_a_case(ruleset: Ruleset) -> None:
    """Each interpretation has a case in which another reading matters."""
    assert set(FLIPS[ruleset.id]) == {item.id for item in ruleset.provisions.interpretations}


@pytest.mark.parametrize(
    ("ruleset_id", "doubt"), [(ruleset, doubt) for ruleset in FLIPS for doubt in FLIPS[ruleset]]
)
def test_other_reading_changes_the_outcome(ruleset_id: str, doubt: str) -> None:
    """In its case, the other reading of a doubt leads to another outcome."""
    case_id, reading, outcome = FLIPS[ruleset_id][doubt]
    case, ruleset = CASES[ruleset_id][case_id], RULESETS[ruleset_id]

    assert assess(case, ruleset, readings={doubt: reading}).result == outcome
    assert assess(case, ruleset).result != outcome


@pytest.mark.parametrize(
    "doubt", [doubt for doubt in FLIPS["eu-428-2009"] if doubt.startswith("embargo")]
)
def test_embargo_reading_reaches_brokering_too(doubt: str) -> None:
    """A reading on embargoes counts for every provision that asks for one."""
    case_id, reading, _ = FLIPS["eu-428-2009"][doubt]
    brokered = CASES["eu-428-2009"][case_id].with_facts(
        Transaction(kind="brokering"), National(extends_to=["brokering"])
    )

    assert assess(brokered, EU_428_2009, readings={doubt: reading}).result == "authorisation"
    assert assess(brokered, EU_428_2009).result == "no_control"
