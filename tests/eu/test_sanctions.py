"""The restrictive measures of the Union: each rule fires and misses, on the right days, on the right finding."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE, shown

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    FACTS_DATE,
    Condition,
    DatedTable,
    Destination,
    EndUse,
    EndUser,
    EvidenceLevel,
    Exporter,
    Item,
    Knowledge,
    Transaction,
    any_of,
)
from regcompare.facts import UNKNOWN, countries
from regcompare.logic.conditions import evaluate
from regcompare.ruleset.rules import Rule
from regcompare.scenario.files import read_scenarios
from regcompare.testing import conformance_suite
from regcompare_eu import EU_428_2009, EU_2021_821
from regcompare_eu.eu_sanctions import EU_SANCTIONS
from regcompare_eu.eu_sanctions.definitions import ACTS, destined_for
from regcompare_eu.facts import INTERCEPTION_HEADS, Eu
from regcompare_eu.tables import (
    DUAL_USE_BANS,
    GOODS_BANS,
    INTERCEPTION_REGIMES,
    REPRESSION_LISTS,
    SERVICES_BANS,
)

RULESETS: Mapping[str, Ruleset] = {item.id: item for item in (EU_SANCTIONS, EU_428_2009, EU_2021_821)}
CASES: Mapping[str, Scenario] = {
    case.id: case
    for file in EU_SANCTIONS.cases
    for case in read_scenarios(file, EU_SANCTIONS.vocabulary, RULESETS, ())
}

TestEuSanctions = conformance_suite(CATALOGUE.ruleset("eu-sanctions"))

MONITORING = ("syria-art-4", "iran-art-1b")
REPRESSION = ("venezuela-art-6", "myanmar-art-3b", "belarus-art-1c", "russia-art-3")


# cases -------------------------------------------------------------------------------------------


# the two findings --------------------------------------------------------------------------------


@of_each(
    ("rule_id", "concern", "refused"),
    [
        *((rule_id, "state_surveillance", True) for rule_id in MONITORING),
        *((rule_id, "internal_repression", False) for rule_id in MONITORING),
        *((rule_id, "state_surveillance", False) for rule_id in REPRESSION),
        *((rule_id, "internal_repression", True) for rule_id in REPRESSION),
    ],
)
@of_each("acts_for_state", [True, False])
def test_findings(rule_id: str, concern: Any, refused: bool, acts_for_state: bool) -> None:
    """Interception by the state bars a grant for Syria and Iran, repression by it for the other four."""
    case = CASES[shown(EU_SANCTIONS)[rule_id].fires].with_facts(
        EndUser(kind="telecom_operator", acts_for_state=acts_for_state),
        EndUse(concerns=[concern]),
    )
    verdict = assess(case, EU_SANCTIONS)

    assert verdict.finding(rule_id).holds is True
    assert verdict.finding(f"{rule_id}-refusal").holds is (refused and acts_for_state)


@of_each(
    "rule",
    [rule for rule in EU_SANCTIONS.rules if rule.then is Outcome.REFUSAL],
    ids=lambda rule: rule.id,
)
def test_refusal_says_whose_finding(rule: Rule) -> None:
    """A refusal says whose finding it takes, by which standard."""
    grounds = r"the authority, if (it has|there are) reasonable grounds to (believe|determine) "
    assert re.match(grounds, rule.states)


# heads and the carve-out -------------------------------------------------------------------------

FURTHER = {"intrusion_software", "cryptanalysis_equipment"}


@of_each(
    ("row", "head"),
    [
        pytest.param(row, head, id=f"{row['id']}-{head}")
        for row in INTERCEPTION_REGIMES
        for head in INTERCEPTION_HEADS
    ],
)
def test_heads(row: Any, head: Any) -> None:
    """Fourteen heads are common to all; Belarus alone has two more."""
    case = CASES[f"{row['id']}-supply"].with_facts(Eu(interception_heads=[head]))
    reached = head not in FURTHER or row["id"] == "belarus"

    assert (assess(case, EU_SANCTIONS).result == "authorisation") is reached


@pytest.mark.parametrize(
    ("entry", "day", "under_annex"),
    [
        ("5A001.f.1", "2014-12-30", True),
        ("5A001.f.1", "2014-12-31", False),
        ("5A001.j", "2014-12-30", True),
        ("5A001.j", "2014-12-31", False),
        ("5A001.f.3", "2013-01-01", False),
        ("4D004@2014", "2014-12-30", True),
        ("4D004@2014", "2018-12-14", False),
        ("4D004@2014", "2018-12-15", True),
        ("5D001.e", "2020-12-14", True),
        ("5D001.e", "2020-12-15", False),
    ],
)
def test_carve_out_follows_the_facts(entry: str, day: str, under_annex: bool) -> None:
    """What Annex I lists on the day of the facts is under no head, whatever law is applied."""
    case = attrs.evolve(
        CASES["iran-supply"].with_facts(Item(annex_i_entry=[entry])), date=dt.date.fromisoformat(day)
    )
    verdicts = [assess(case, EU_SANCTIONS, as_of=as_of) for as_of in (None, dt.date(2022, 1, 1))]

    assert {verdict.finding("iran-art-1b").holds for verdict in verdicts} == {under_annex}


@pytest.mark.parametrize("regime", [row["id"] for row in INTERCEPTION_REGIMES])
def test_public_domain_and_purpose(regime: str) -> None:
    """No annex reaches software in the public domain, nor what is not for interception."""
    case = CASES[f"{regime}-supply"]
    software = Item(form="software", public_domain=False)
    free = Item(form="software", public_domain=True)

    assert assess(case.with_facts(software), EU_SANCTIONS).result == "authorisation"
    assert assess(case.with_facts(free), EU_SANCTIONS).result == "no_control"
    blind = case.with_facts(Item(takes_data_from_ict_systems=False), Eu(primarily_interception=False))
    assert assess(blind, EU_SANCTIONS).result == "no_control"


def test_service_needs_no_annex() -> None:
    """A service for the government is caught even where its equipment is listed for dual use."""
    case = CASES["syria-service"]

    assert assess(case, EU_SANCTIONS).finding("syria-art-5-service").holds is True
    assert assess(case, EU_SANCTIONS).finding("syria-art-5-assistance").holds is False


# tables ------------------------------------------------------------------------------------------

TABLES: Mapping[str, DatedTable] = {
    "interception": INTERCEPTION_REGIMES,
    "dual_use": DUAL_USE_BANS,
    "goods": GOODS_BANS,
    "services": SERVICES_BANS,
    "repression": REPRESSION_LISTS,
}


def reached(table: DatedTable) -> Condition:
    """Some row of the table is in force for the country."""
    return any_of(*(destined_for(table, row["id"]) for row in table))


@of_each(
    ("table", "country", "first"),
    [
        ("interception", "SY", "2012-01-19"),
        ("interception", "IR", "2012-03-24"),
        ("interception", "VE", "2017-11-14"),
        ("interception", "MM", "2018-04-27"),
        ("interception", "BY", "2021-06-25"),
        ("interception", "RU", "2024-05-27"),
        ("dual_use", "BY", "2021-06-25"),
        ("dual_use", "RU", "2014-08-01"),
        ("dual_use", "MM", "2018-04-27"),
        ("dual_use", "KP", "2017-09-01"),
        ("repression", "MM", "2008-03-10"),
        ("dual_use", "IR", "2010-10-27"),
        ("goods", "KP", "2017-09-01"),
        ("goods", "BY", "2023-08-05"),
        ("services", "KP", "2017-09-01"),
        ("services", "BY", "2024-07-01"),
        ("repression", "IR", "2010-10-27"),
        ("repression", "VE", "2017-11-14"),
        ("repression", "RU", "2024-05-27"),
        ("repression", "SY", "2011-05-10"),
    ],
)
@of_each(
    "asked",
    [Destination.country, Destination.purchaser_country, EndUser.country],
    ids=lambda fact: fact.key,
)
def test_first_day(table: str, country: str, first: str, asked: Any) -> None:
    """A measure holds from its first day, for a consignee, a buyer or a use in the country."""
    elsewhere = {
        "destination.country": "TR",
        "destination.purchaser_country": "TR",
        "end_user.country": "TR",
    }
    answers = elsewhere | {asked.key: country}
    day = dt.date.fromisoformat(first)
    truths = [
        evaluate(reached(TABLES[table]), answers | {FACTS_DATE.key: on}).truth
        for on in (day - dt.timedelta(days=1), day)
    ]

    assert truths == [False, True]


@of_each("row", list(REPRESSION_LISTS), ids=lambda row: row["id"])
@of_each("kind", ["technical_assistance", "brokering", "financing"])
def test_assistance_with_equipment(row: Any, kind: Any) -> None:
    """Help with listed equipment is banned as far as the act for the country names that kind of help."""
    case = CASES[f"{row['id']}-repression-list"].with_facts(Transaction(kind=kind))
    banned = assess(case, EU_SANCTIONS).result == "prohibition"

    assert case.date is not None
    in_force = (other for other in REPRESSION_LISTS.where(country=row["country"]))
    named = [kind in other.words("assistance") for other in in_force if case.date in other.period]
    assert banned is any(named)


def test_syrian_list_lapses_and_the_annex_stays() -> None:
    """The general list for Syria ends with May 2013; the measures on interception do not end."""
    lapsed = dt.date(2013, 6, 1)
    syria = dict.fromkeys(
        ("destination.country", "destination.purchaser_country", "end_user.country"), "SY"
    )

    assert evaluate(reached(REPRESSION_LISTS), syria | {FACTS_DATE.key: lapsed}).truth is False
    assert evaluate(reached(INTERCEPTION_REGIMES), syria | {FACTS_DATE.key: lapsed}).truth is True
    assert INTERCEPTION_REGIMES.where(id="syria").rows[0].period.end is None


@pytest.mark.parametrize("name", TABLES)
def test_rows(name: str) -> None:
    """Every row names a country and an act that are known, and has an id of its own."""
    rows = list(TABLES[name])

    assert {word for row in rows for word in row.words("country")} <= set(countries())
    assert {row["act"] for row in rows} <= set(ACTS)
    assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("case_id", "mark"),
    [
        ("syria-supply-refused", EvidenceLevel.TEXT),
        ("myanmar-supply", EvidenceLevel.TEXT),
        ("russia-unlisted-refused", EvidenceLevel.INFERRED),
        ("russia-dual-use", EvidenceLevel.TEXT),
        ("syria-repression-list", EvidenceLevel.SECONDARY),
        ("asset-frozen", EvidenceLevel.TEXT),
        ("cote-divoire-imsi", EvidenceLevel.INFERRED),
    ],
)
def test_marks(case_id: str, mark: EvidenceLevel) -> None:
    """What was not read in the text does not decide without its mark."""
    assert assess(CASES[case_id], EU_SANCTIONS).checked is mark


# doubts ------------------------------------------------------------------------------------------

FLIPS = {
    "sanctions-transit": ("syria-transit", "no_transfer", "no_control"),
    "sanctions-hosted-service": ("iran-hosted-private", "supply", "authorisation"),
    "sanctions-annex-purpose": ("iran-traffic-management", "system", "no_control"),
    "sanctions-belarus-repression": ("belarus-serious-violations", "wider", "refusal"),
    "sanctions-other-services": ("russia-dual-use-hosted", "related", "prohibition"),
    "sanctions-reports": ("venezuela-supply-reported", "stated", "authorisation..refusal"),
    "sanctions-russia-art-5": ("russia-unlisted", "ban", "prohibition"),
    "sanctions-state-bodies": ("belarus-state-services-acting", "acting", "authorisation"),
    "sanctions-myanmar-art-4": ("myanmar-border-guard-derogation-refused", "stays", "refusal"),
    "sanctions-military-activities": ("military-training-south-sudan", "apart", "prohibition"),
}
"""For each doubt a case, a reading other than the default, and the outcome to which that leads."""


def test_every_doubt_has_a_case() -> None:
    """Each interpretation has a case in which another reading matters."""
    assert set(FLIPS) == {item.id for item in EU_SANCTIONS.provisions.interpretations}


@pytest.mark.parametrize("doubt", FLIPS)
def test_other_reading_changes_the_outcome(doubt: str) -> None:
    """In its case, the other reading of a doubt leads to another outcome."""
    case_id, reading, outcome = FLIPS[doubt]

    assert assess(CASES[case_id], EU_SANCTIONS, readings={doubt: reading}).result == outcome
    assert assess(CASES[case_id], EU_SANCTIONS).result != outcome


@pytest.mark.parametrize("case_id", ["venezuela-traffic-management", "syria-cameras"])
def test_purpose_is_settled_elsewhere(case_id: str) -> None:
    """The doubt touches neither an annex meant for interception primarily, nor cameras."""
    readings = {"sanctions-annex-purpose": "capable"}

    assert assess(CASES[case_id], EU_SANCTIONS, readings=readings).result == "no_control"


# scope, duties and company -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "in_scope"), [("financing", True), ("intra_eu_transfer", True), ("import", False)]
)
def test_kinds_covered(kind: Any, in_scope: bool) -> None:
    """Help, finance and transfers within the Union are covered; imports are not."""
    case = CASES["syria-supply"].with_facts(
        Transaction(kind=kind),
        Destination(country="FR" if kind == "intra_eu_transfer" else "SY"),
    )

    assert assess(case, EU_SANCTIONS).in_scope is in_scope


def test_grants_are_told() -> None:
    """The gate comes with a duty to tell the others of a grant; Belarus allows two weeks."""
    deadlines = {
        regime: [
            duty.deadline for duty, applies in assess(CASES[f"{regime}-supply"], EU_SANCTIONS).duties
        ]
        for regime in ("syria", "belarus", "russia")
    }

    assert deadlines == {
        "syria": ["within four weeks"],
        "belarus": ["within two weeks"],
        "russia": ["within four weeks, refusals too"],
    }


@pytest.mark.parametrize(
    ("case_id", "act_alone", "together"),
    [
        ("syria-supply-refused", "no_control", "refusal"),
        ("iran-ip-surveillance-2016", "authorisation", "authorisation"),
        ("iran-ip-surveillance-2016-unlisted", "no_control", "refusal"),
        ("venezuela-state-interception", "no_control", "authorisation"),
        ("lebanon-supply", "no_control", "no_control"),
    ],
)
def test_beside_the_dual_use_act(case_id: str, act_alone: str, together: str) -> None:
    """Act and sanctions side by side: the stricter of the two decides, each on its own days."""
    both = EU_428_2009.combined_with(EU_SANCTIONS, id="eu-law-2020")
    unaware = Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[])
    case = CASES[case_id].with_facts(unaware)

    assert assess(case, EU_428_2009).result == act_alone
    assert assess(case, both).result == together


def test_exporter_decides_scope() -> None:
    """Where the seat of the exporter is open, so is the scope."""
    case = CASES["syria-supply"].with_facts(Exporter(country="unknown"))

    assert assess(case, EU_SANCTIONS).in_scope is None


# exemptions that the acts of February 2025 narrowed ------------------------------------------------


@pytest.mark.parametrize(
    ("day", "humanitarian", "result"),
    [
        ("2025-02-24", False, "no_control"),
        ("2025-02-25", True, "no_control"),
        ("2025-02-25", False, "prohibition"),
        ("2025-02-25", UNKNOWN, "no_control..prohibition"),
    ],
)
def test_since_february_2025_only_humanitarian_and_medical_uses_are_exempt(
    day: str, humanitarian: Any, result: str
) -> None:
    """A consumer device or an update was exempt until the day before; which use it is decides since."""
    case = attrs.evolve(CASES["russia-dual-use"], date=dt.date.fromisoformat(day)).with_facts(
        Eu(
            exempt_use=True,
            humanitarian_use=humanitarian,
            goods_headings=[],
            advanced_technology_item=False,
            interception_heads=[],
        ),
        EndUser(kind="private_company", acts_for_state=False),
        EndUse(concerns=[]),
        Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[]),
    )

    assert assess(case, EU_SANCTIONS).result == result


def test_no_rule_is_known_from_a_text_older_than_itself() -> None:
    """What was read has the place as it stands since the rule's first day, and is named where it is the text."""
    wrong = []
    for rule in EU_SANCTIONS.rules:
        known, since = EU_SANCTIONS.evidence(rule), rule.cite.since
        state = re.search(r"-(\d{8})$", known.document)
        is_older = state and since and dt.date.fromisoformat(state[1]) < since
        is_first_text = rule.cite.inserted_by and known.document == rule.cite.instrument.celex
        if is_older or is_first_text or (known.level is EvidenceLevel.TEXT and not known.document):
            wrong.append((rule.id, f"{rule.cite}", since, known.document))

    assert wrong == []
