"""The cases of the two EU acts: each rule fires and misses, and depends on what the law names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE, shown

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    Destination,
    DutyKind,
    EndUse,
    EndUser,
    Item,
    Knowledge,
    National,
    Transaction,
)
from regcompare.facts import Fact, facts_of
from regcompare.ruleset.rules import NamedCase, Rule
from regcompare.scenario.files import read_scenarios
from regcompare.testing import conformance_suite
from regcompare_eu import EU_428_2009, EU_2021_821

RULESETS: Mapping[str, Ruleset] = {item.id: item for item in (EU_428_2009, EU_2021_821)}
POWERS = {power.id for item in RULESETS.values() for power in item.provisions.discretions}
CASES: Mapping[str, Mapping[str, Scenario]] = {
    ruleset.id: {
        case.id: case
        for file in ruleset.cases
        for case in read_scenarios(file, ruleset.vocabulary, RULESETS, lambda: POWERS)
    }
    for ruleset in RULESETS.values()
}

TestAct2009 = conformance_suite(CATALOGUE.ruleset("eu-428-2009"))
TestAct2021 = conformance_suite(CATALOGUE.ruleset("eu-2021-821"))

EVERY_RULE = pytest.mark.parametrize(
    ("ruleset", "rule"),
    [
        pytest.param(ruleset, rule, id=f"{ruleset.id}-{rule.id}")
        for ruleset in RULESETS.values()
        for rule in ruleset.rules
        if not ruleset.is_unread(rule)
    ],
)


def fires(ruleset: Ruleset, rule: Rule) -> tuple[Scenario, dt.date | None]:
    """The case that a rule names as firing it, and the day whose law is applied."""
    named = NamedCase.read(shown(ruleset)[rule.id].fires)
    return CASES[ruleset.id][named.id], named.as_of


# what the cases expect ---------------------------------------------------------------------------


# how near the near misses are --------------------------------------------------------------------


# what each rule depends on -----------------------------------------------------------------------

SENT = "transaction.kind destination.country "
ITEM = SENT + "item.annex_i_entry "
SEAT = "exporter.established_in "
UNLISTED = "item.dual_use "
CYBER = ITEM + (
    "item.specially_designed item.covert item.targets_natural_persons item.takes_data_from_ict_systems "
)
INFORMED = "knowledge.authority_informed "
AWARE = "knowledge.exporter_aware "
SUSPECTS = "knowledge.exporter_suspects national.suspicion_rule "
EXTENDED = "national.extends_to "
USE = "end_use.concerns "
EXCEPTED = "eu.assistance_exceptions "
BUYER = "destination.purchaser_country "
CARVED_OUT = "eu.contract_up_to_5000 eu.national_carve_outs "
GENERAL = ITEM + INFORMED + AWARE + "end_user.country eu.exporter_barred eu.free_zone "
TRANSFER = SENT + "item.annex_i_entry "
GERMAN_TRANSFER = (
    SENT
    + CARVED_OUT
    + (
        "item.dual_use eu.national_entry exporter.country end_user.country transaction.onward_export_known"
    )
)
OBJECTION = ITEM + (
    "end_user.country eu.consulted_state_answer eu.licence_kind national.general_authorisation"
)

DEPENDS_ON = {
    "eu-428-2009": {
        "art-3-1": ITEM,
        "art-4-1": UNLISTED + ITEM + INFORMED,
        "art-4-2": UNLISTED + ITEM + INFORMED,
        "art-4-3": UNLISTED + ITEM + INFORMED + "eu.parts_for_another_state",
        "art-4-4": UNLISTED + ITEM + AWARE,
        "art-4-5": UNLISTED + ITEM + SUSPECTS,
        "art-5-1-informed": ITEM + SEAT + INFORMED,
        "art-5-1-aware": ITEM + SEAT + AWARE,
        "art-5-2-informed": UNLISTED + ITEM + SEAT + INFORMED + EXTENDED,
        "art-5-2-aware": UNLISTED + ITEM + SEAT + AWARE + EXTENDED,
        "art-5-3": SENT + SEAT + SUSPECTS,
        "art-6-1": ITEM + USE + "discretion.art-6-1",
        "art-6-2": ITEM + USE + "discretion.art-6-2",
        "art-6-3": UNLISTED + ITEM + USE + EXTENDED + "discretion.art-6-1",
        "art-8-1-authorisation": UNLISTED
        + ITEM
        + "eu.national_entry exporter.country end_user.country "
        + CARVED_OUT,
        "art-8-1-prohibition": UNLISTED + ITEM + "national.measure",
        "eu001": GENERAL,
        "eu002": GENERAL,
        "eu003": GENERAL + "transaction.purpose eu.conditions_met",
        "eu004": GENERAL + "transaction.purpose eu.conditions_met",
        "eu005": GENERAL + "eu.reexport_barred",
        "eu006": GENERAL + "eu.reexport_barred",
        "art-9-4": ITEM + INFORMED + AWARE + "national.general_authorisation",
        "art-11-1-objection": OBJECTION,
        "art-22-1": TRANSFER,
        "awv-11-2": GERMAN_TRANSFER,
        "art-22-2": TRANSFER
        + EXTENDED
        + "transaction.onward_export_known end_user.country national.general_authorisation",
    },
    "eu-2021-821": {
        "art-3-1": ITEM,
        "art-4-1-a": UNLISTED + ITEM + INFORMED,
        "art-4-1-b": UNLISTED + ITEM + INFORMED,
        "art-4-1-c": UNLISTED + ITEM + INFORMED,
        "art-4-2": UNLISTED + ITEM + AWARE,
        "art-4-3": UNLISTED + ITEM + SUSPECTS,
        "art-4-3-notification": UNLISTED + ITEM + "knowledge.exporter_suspects exporter.country",
        "art-5-1": UNLISTED + CYBER + INFORMED,
        "art-5-2": UNLISTED + CYBER + AWARE,
        "art-5-3": UNLISTED + CYBER + SUSPECTS,
        "art-6-1": ITEM + INFORMED,
        "art-6-2": ITEM + AWARE,
        "art-6-3": UNLISTED + ITEM + INFORMED + EXTENDED,
        "art-6-4": SENT + SUSPECTS,
        "art-6-4-notification": SENT + "knowledge.exporter_suspects exporter.country",
        "art-7-1": ITEM + USE + "discretion.art-7-1",
        "art-7-2": ITEM + USE + "discretion.art-7-2",
        "art-7-3": UNLISTED + ITEM + USE + EXTENDED + "discretion.art-7-1",
        "art-8-1": ITEM + INFORMED + EXCEPTED + BUYER,
        "art-8-2": ITEM + AWARE + EXCEPTED + BUYER,
        "art-8-4": UNLISTED + ITEM + INFORMED + EXTENDED + EXCEPTED + BUYER,
        "art-8-5": SENT + SUSPECTS,
        "art-9-1-authorisation": UNLISTED
        + ITEM
        + "eu.national_entry exporter.country end_user.country "
        + CARVED_OUT,
        "art-9-1-prohibition": UNLISTED + ITEM + "national.measure",
        "art-10-1": UNLISTED + ITEM + INFORMED + "national.other_state_list",
        "art-11-1": TRANSFER,
        "art-14-1-objection": OBJECTION,
        "awv-11-2": GERMAN_TRANSFER,
        "art-11-2": TRANSFER
        + EXTENDED
        + "transaction.onward_export_known end_user.country national.general_authorisation",
        "eu001": GENERAL,
        "eu002": GENERAL,
        "eu003": GENERAL + "transaction.purpose eu.conditions_met",
        "eu004": GENERAL + "transaction.purpose eu.conditions_met",
        "eu005": GENERAL + "eu.reexport_barred",
        "eu006": GENERAL + "eu.reexport_barred",
        "eu007": ITEM
        + INFORMED
        + "end_user.country eu.reexport_barred "
        + "item.form exporter.compliance_programme end_user.kind eu.exporter_barred eu.conditions_met",
        "eu008": ITEM
        + INFORMED
        + "end_user.country end_user.kind eu.exporter_barred eu.free_zone eu.reexport_barred "
        + "eu.conditions_met",
        "art-12-6": ITEM + INFORMED + AWARE + "national.general_authorisation",
    },
}
"""The facts of a firing case, each of which alone could make its rule miss, the act still applying."""

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


def misses(case: Scenario, ruleset: Ruleset, rule: Rule, day: dt.date | None = None) -> bool:
    """Whether a rule does not hold though its act applies; False where the facts cannot be."""
    try:
        verdict = assess(case, ruleset, as_of=day, look_ahead=False)
    except UsageError:
        return False
    return verdict.span is not None and verdict.finding(rule.id).holds is False


@pytest.mark.thorough
@EVERY_RULE
def test_what_a_rule_depends_on(ruleset: Ruleset, rule: Rule) -> None:
    """A firing case hangs on just the facts that the law names."""
    firing, day = fires(ruleset, rule)
    found = {key for key, case in changed(firing, ruleset) if misses(case, ruleset, rule, day)}

    assert found == set(DEPENDS_ON[ruleset.id][rule.id].split())


# what provisions do not reach --------------------------------------------------------------------

NEVER = [
    ("eu-428-2009", "national-measure-listed-item", "art-8-1-prohibition"),
    ("eu-428-2009", "ally-cryptanalysis", "art-22-1"),
    ("eu-428-2009", "ally-told-of-weapons", "art-4-1"),
    ("eu-428-2009", "transit-extended", "art-6-1"),
    ("eu-2021-821", "listed-told-of-repression", "art-5-1"),
    ("eu-2021-821", "aware-of-repression-listed", "art-5-2"),
    ("eu-2021-821", "told-of-weapons-only", "art-5-1"),
    ("eu-2021-821", "told-of-repression", "art-4-1-a"),
    ("eu-2021-821", "broker-unlisted-cyber-surveillance", "art-5-1"),
    ("eu-2021-821", "transfer-then-export-cyber-surveillance", "art-5-1"),
    ("eu-2021-821", "borrowed-list-weapons", "art-10-1"),
    ("eu-2021-821", "on-the-german-list", "art-10-1"),
    ("eu-2021-821", "borrowed-list", "art-9-1-authorisation"),
    ("eu-2021-821", "ally-cryptanalysis", "art-11-1"),
    ("eu-2021-821", "encryption-to-ally", "eu008"),
]
"""Acts, cases and provisions that do not hold in them, whatever else does."""


@of_each(("ruleset_id", "case_id", "rule_id"), NEVER)
def test_provision_does_not_hold(ruleset_id: str, case_id: str, rule_id: str) -> None:
    """What one provision asks for is not put down to another."""
    verdict = assess(CASES[ruleset_id][case_id], RULESETS[ruleset_id])

    assert verdict.finding(rule_id).holds is False


GENERAL_AUTHORISATIONS = of_each(
    ("ruleset", "rule"),
    [
        pytest.param(ruleset, rule, id=f"{ruleset.id}-{rule.id}")
        for ruleset in RULESETS.values()
        for rule in ruleset.rules
        if rule.then is Outcome.GENERAL_AUTHORISATION
    ],
)


@GENERAL_AUTHORISATIONS
def test_general_authorisation_asks_for_a_listed_export(ruleset: Ruleset, rule: Rule) -> None:
    """A general authorisation says nothing of unlisted items, nor of services."""
    case, _ = fires(ruleset, rule)

    assert misses(case.with_facts(Item(annex_i_entry=[])), ruleset, rule)
    assert misses(case.with_facts(Transaction(kind="brokering")), ruleset, rule)


@GENERAL_AUTHORISATIONS
def test_general_authorisation_is_lost_for_weapons(ruleset: Ruleset, rule: Rule) -> None:
    """A general authorisation is lost where the exporter is told, or knows, of a use for missiles."""
    case, _ = fires(ruleset, rule)
    told = Knowledge(authority_informed=["wmd"])
    aware = Knowledge(exporter_aware=["wmd"])

    assert misses(case.with_facts(told), ruleset, rule)
    assert misses(case.with_facts(aware, EndUse(concerns=["wmd"])), ruleset, rule)


@GENERAL_AUTHORISATIONS
def test_union_general_authorisation_is_for_its_destinations(ruleset: Ruleset, rule: Rule) -> None:
    """No general authorisation of the Union reaches Egypt; a national one names its own."""
    case = fires(ruleset, rule)[0].with_facts(Destination(country="EG"), EndUser(country="EG"))

    assert misses(case, ruleset, rule) is rule.id.startswith("eu00")


# doubts in the texts -----------------------------------------------------------------------------

FLIPS = {
    "eu-428-2009": {
        "dual-use-428-2009": ("told-of-weapons-police-tool", "presupposed", "authorisation"),
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
        "dual-use-2021-821": ("told-of-weapons-police-tool", "presupposed", "authorisation"),
        "awareness-2021-821": ("due-diligence-finds-a-risk", "found_risk", "notification"),
        "security-service-2021-821": ("within-the-group-for-the-state", "state", "authorisation"),
        "hosted-service-2021-821": ("hosted-spyware", "made_available", "authorisation"),
        "art-5-connector": ("told-of-humanitarian-law-only", "both", "no_control"),
        "embargo-forces-2021-821": ("told-of-military-use-lebanon", "counts", "authorisation"),
        "embargo-china-1989-2021-821": ("told-of-military-use-china", "counts", "authorisation"),
        "embargo-osce-1992-2021-821": ("told-of-military-use-armenia", "counts", "authorisation"),
        "embargo-syria-2013-2021-821": ("told-of-military-use-syria", "counts", "authorisation"),
        "state-concerned-2021-821": ("ally-parts-elsewhere", "exporters", "general_authorisation"),
    },
}
"""For each doubt a case, a reading other than the default, and the outcome to which that leads."""


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=lambda ruleset: ruleset.id)
def test_every_doubt_has_a_case(ruleset: Ruleset) -> None:
    """Each interpretation has a case in which another reading matters."""
    assert set(FLIPS[ruleset.id]) == {item.id for item in ruleset.provisions.interpretations}


@of_each(("ruleset_id", "doubt"), [(ruleset, doubt) for ruleset in FLIPS for doubt in FLIPS[ruleset]])
def test_other_reading_changes_the_outcome(ruleset_id: str, doubt: str) -> None:
    """In its case, the other reading of a doubt leads to another outcome."""
    case_id, reading, outcome = FLIPS[ruleset_id][doubt]
    case, ruleset = CASES[ruleset_id][case_id], RULESETS[ruleset_id]

    assert assess(case, ruleset, readings={doubt: reading}).result == outcome
    assert assess(case, ruleset).result != outcome


MILITARY_AND_ONWARD = {
    "eu-428-2009": (
        "broker-military-use-extended",
        "broker-aware-military-extended",
        "transit-extended-military",
        "transfer-then-export-told-of-weapons",
    ),
    "eu-2021-821": ("suspects-military-use", "transfer-then-export-told-of-weapons"),
}
"""Cases in which a rule holds for another reason than in the case that fires it."""


@of_each(
    ("ruleset", "case_id"),
    [
        pytest.param(ruleset, case_id, id=f"{ruleset.id}-{case_id}")
        for ruleset in RULESETS.values()
        for case_id in dict.fromkeys(
            (
                *(
                    NamedCase.read(shown(ruleset)[rule.id].fires).id
                    for rule in ruleset.rules
                    if not ruleset.is_unread(rule)
                ),
                *MILITARY_AND_ONWARD[ruleset.id],
            )
        )
    ],
)
def test_reading_that_tests_dual_use(ruleset: Ruleset, case_id: str) -> None:
    """If dual use is a condition of its own, an unlisted item without it is free of every rule."""
    doubt = next(name for name in FLIPS[ruleset.id] if name.startswith("dual-use"))
    police_tool = CASES[ruleset.id][case_id].with_facts(Item(annex_i_entry=[], dual_use=False))

    assert assess(police_tool, ruleset, readings={doubt: "tested"}).result == "no_control"


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=lambda ruleset: ruleset.id)
def test_listed_item_is_dual_use(ruleset: Ruleset) -> None:
    """An item that Annex I lists counts as dual-use, whatever it is thought to be."""
    doubt = next(name for name in FLIPS[ruleset.id] if name.startswith("dual-use"))
    case = CASES[ruleset.id]["broker-suspects-weapons"].with_facts(Item(dual_use=False))

    assert assess(case, ruleset, readings={doubt: "tested"}).result == "authorisation"


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=lambda ruleset: ruleset.id)
def test_reading_on_hosted_services_reaches_nothing_else(ruleset: Ruleset) -> None:
    """If hosting makes software available, brokering and transit are still no export."""
    doubt = next(name for name in FLIPS[ruleset.id] if name.startswith("hosted"))
    readings = {doubt: "made_available"}
    cases = (CASES[ruleset.id][name] for name in ("broker-told-of-repression", "transit-for-repression"))

    assert {assess(case, ruleset, readings=readings).result for case in cases} == {"no_control"}


@pytest.mark.parametrize("ruleset", RULESETS.values(), ids=lambda ruleset: ruleset.id)
def test_readings_on_embargoes_reach_their_countries_only(ruleset: Ruleset) -> None:
    """However embargoes are counted, Egypt is under none, nor was Syria before May 2011."""
    readings = {name: "counts" for name in FLIPS[ruleset.id] if name.startswith("embargo")}
    egypt = CASES[ruleset.id]["told-of-military-use-no-embargo"]
    syria = egypt.with_facts(Destination(country="SY"))
    before, during = (
        attrs.evolve(syria, date=dt.date.fromisoformat(day)) for day in ("2011-05-08", "2011-05-09")
    )

    assert assess(egypt, ruleset, readings=readings).result == "no_control"
    assert assess(before, ruleset, readings=readings).result == "no_control"
    assert assess(during, ruleset).result == "authorisation"


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


@pytest.mark.parametrize(
    ("ruleset", "case", "arise"),
    [
        pytest.param(EU_2021_821, "ally", False, id="2021-general"),
        pytest.param(EU_2021_821, "told-of-repression", True, id="2021-catch-all"),
        pytest.param(EU_2021_821, "suspects-repression-no-rule", False, id="2021-no-licence"),
        pytest.param(EU_428_2009, "ally", False, id="2009-general"),
        pytest.param(EU_428_2009, "told-of-weapons", True, id="2009-catch-all"),
        pytest.param(EU_428_2009, "told-of-repression-only", False, id="2009-no-licence"),
    ],
)
def test_criteria_and_end_use_statements_come_with_a_licence(
    ruleset: Ruleset, case: str, arise: bool
) -> None:
    """They arise where any article asks for a licence, and not where a general authorisation applies."""
    verdict = assess(CASES[ruleset.id][case], ruleset)
    kinds = {duty.kind for duty, applies in verdict.duties if applies}

    assert {DutyKind.CRITERIA, DutyKind.END_USE_STATEMENT, DutyKind.REVIEW} & kinds == (
        {DutyKind.CRITERIA, DutyKind.END_USE_STATEMENT, DutyKind.REVIEW} if arise else set()
    )
