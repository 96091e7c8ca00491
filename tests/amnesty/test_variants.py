"""The variants of the demands: the seed, the moratoria, the United Nations, and verified text only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.drawing import assessed, changed_cases, ends
from tests.support.shipped import CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, Verdict, assess
from regcompare.authoring import Destination, Exporter, Item, Transaction
from regcompare.ruleset.rules import Duty, Rule
from regcompare.scenario.files import read_scenarios
from regcompare.testing import conformance_suite
from regcompare_amnesty import AMNESTY, demands
from regcompare_amnesty.variants import (
    AMNESTY_MORATORIUM,
    AMNESTY_SEED,
    UN_2019,
    Un,
    moratorium,
    un_2019,
)
from regcompare_eu import EU_428_2009, EU_2021_821

VARIANTS = {item.id: item for item in (AMNESTY_SEED, AMNESTY_MORATORIUM, UN_2019)}
RULESETS: Mapping[str, Ruleset] = {
    item.id: item for item in (*VARIANTS.values(), AMNESTY, EU_2021_821, EU_428_2009)
}
CASES: Mapping[str, Mapping[str, Scenario]] = {
    variant.id: {
        case.id: case
        for file in variant.cases
        for case in read_scenarios(file, variant.vocabulary, RULESETS)
    }
    for variant in VARIANTS.values()
}
OWN = {
    variant.id: read_scenarios(variant.cases[-1], variant.vocabulary, RULESETS)
    for variant in VARIANTS.values()
}
"""The cases of each variant's own file."""

TestAmnestySeed = conformance_suite(CATALOGUE.ruleset("amnesty-seed"), nearness=1)
TestAmnestyMoratorium = conformance_suite(CATALOGUE.ruleset("amnesty-moratorium"), nearness=1)
TestUn2019 = conformance_suite(CATALOGUE.ruleset("un-2019"), nearness=1)

EVERY = pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda variant: variant.id)


# cases -------------------------------------------------------------------------------------------


@EVERY
def test_nothing_open(variant: Ruleset) -> None:
    """No rule of a variant, and no duty, is left open in its cases: they state all that matters."""
    read = variant.as_if_read()
    verdicts = {case.id: assess(case, variant, readings=read) for case in OWN[variant.id]}

    assert {
        (name, item.rule.id)
        for name, verdict in verdicts.items()
        for item in verdict.open
        if item.ruleset is variant
    } == set()
    assert {
        (name, duty.id)
        for name, verdict in verdicts.items()
        for duty, applies in verdict.duties
        if applies is None and duty in variant.provisions.duties
    } == set()


# doubts in the texts -----------------------------------------------------------------------------

FLIPS = {
    ("amnesty-moratorium", "IC-18", "all"): ("cameras-of-another-supplier", "suspension"),
    ("amnesty-moratorium", "IC-18", "private_only"): ("forensic-tool-state-made", "authorisation"),
    ("amnesty-moratorium", "IC-19", "both"): ("spyware-that-nobody-can-audit", "suspension"),
    ("amnesty-moratorium", "IC-20", "excluded"): ("spyware-inside-the-union", "no_control"),
    ("amnesty-moratorium", "IC-22", "new_only"): ("forensic-tool-licence-granted", "authorisation"),
    ("un-2019", "IC-13-un", "bar"): ("licensed-tool-no-law", "refusal"),
}
"""For each reading other than the default, a case and the outcome to which it leads."""


def test_every_new_doubt_has_a_case() -> None:
    """Each reading of a doubt that the demands of 2020 do not raise has a case in which it matters."""
    known = AMNESTY.provisions.interpretations
    new = {
        (variant.id, doubt.id, reading)
        for variant in VARIANTS.values()
        for doubt in variant.provisions.interpretations
        for reading in doubt.readings
        if doubt not in known and reading != doubt.default
    }

    assert set(FLIPS) == new


@pytest.mark.parametrize(("variant", "doubt", "reading"), FLIPS)
def test_other_reading_changes_the_outcome(variant: str, doubt: str, reading: str) -> None:
    """In its case, the other reading of a doubt leads to another outcome."""
    case, outcome = FLIPS[variant, doubt, reading]

    assert f"({doubt})" in CASES[variant][case].title or doubt == "IC-18"
    assert assess(CASES[variant][case], VARIANTS[variant], readings={doubt: reading}).result == outcome
    assert assess(CASES[variant][case], VARIANTS[variant]).result != outcome


# what each variant holds -------------------------------------------------------------------------


def test_seed_holds_three_demands() -> None:
    """The seed is A01, A02 and A04, and every doubt that these raise."""
    assert [rule.id for rule in AMNESTY_SEED.rules] == ["A01", "A01-allies", "A02", "A04"]
    assert {duty.id for duty in AMNESTY_SEED.provisions.duties} == {"A04-duty"}
    assert set(AMNESTY_SEED.provisions.interpretations) <= set(AMNESTY.provisions.interpretations)


def test_moratorium_adds_to_the_demands() -> None:
    """The moratoria leave every demand in place and add A15 to A20."""
    added_rules = [rule.id for rule in AMNESTY_MORATORIUM.rules if rule not in AMNESTY.rules]
    added_duties = [
        duty.id for duty in AMNESTY_MORATORIUM.provisions.duties if duty not in AMNESTY.provisions.duties
    ]

    assert set(AMNESTY.rules) < set(AMNESTY_MORATORIUM.rules)
    assert set(AMNESTY.provisions.duties) < set(AMNESTY_MORATORIUM.provisions.duties)
    assert added_rules == ["A15", "A16", "A17", "A18"]
    assert added_duties == ["A18-duty", "A19", "A20"]


def test_moratorium_declares_what_it_settles() -> None:
    """Every choice of the demands is a doubt of the moratoria, or is left out."""
    doubts = {item.id for item in AMNESTY_MORATORIUM.provisions.interpretations}
    left_out = {item.cite.pinpoint for item in AMNESTY_MORATORIUM.provisions.not_encoded}

    assert {"IC-18", "IC-19", "IC-20", "IC-22"} <= doubts
    assert not left_out & {"IC-18 and IC-19", "IC-20", "IC-22"}


def test_report_is_complete() -> None:
    """Each of U01 to U06 is a rule or a duty."""
    assert {item.cite.pinpoint[:3] for item in provisions(UN_2019)} == {
        f"U{number:02}" for number in range(1, 7)
    }


@pytest.mark.parametrize(
    ("variant", "modules"),
    [(AMNESTY_MORATORIUM, (demands, moratorium)), (UN_2019, (un_2019,))],
    ids=lambda item: getattr(item, "id", ""),
)
def test_nothing_that_is_defined_is_left_out(variant: Ruleset, modules: Any) -> None:
    """Every rule that a module of a variant defines belongs to it."""
    defined = {value for module in modules for value in vars(module).values() if isinstance(value, Rule)}

    assert defined == set(variant.rules)


@pytest.mark.parametrize("field", ["scope", "base"])
def test_variants_stand_where_the_demands_stand(field: str) -> None:
    """Seed and moratoria have the scope and base of the demands."""
    found = {
        variant.id: getattr(variant, field) == getattr(AMNESTY, field)
        for variant in (AMNESTY_SEED, AMNESTY_MORATORIUM)
    }

    assert found == {"amnesty-seed": True, "amnesty-moratorium": True}


def test_kinds_of_transaction() -> None:
    """The seed covers what the demands cover, the moratoria transfers inside the Union as well."""
    assert AMNESTY_SEED.covers == AMNESTY.covers
    assert AMNESTY_MORATORIUM.covers == (*AMNESTY.covers, "intra_eu_transfer")


def test_marks() -> None:
    """A rule carries the mark of the weakest element that decides it."""
    marks = {
        rule.id: str(variant.mark(rule))
        for variant in VARIANTS.values()
        for rule in variant.rules
        if rule not in AMNESTY.rules
    }

    assert marks == {
        "A01": "inferred",
        "A01-allies": "inferred",
        "A04": "inferred",
        "A15": "inferred",  # Which tools are targeted is this encoding's reading.
        "A16": "secondary",
        "A17": "inferred",  # The source speaks of a ban on use.
        "A18": "inferred",  # The source speaks of revoking; the refusal follows from it.
        "U01": "text",
        "U02-bar": "inferred",
        "U03-bar": "inferred",
        "U04-research": "unread",
        "U05": "unread",
    }


def provisions(ruleset: Ruleset) -> tuple[Rule | Duty, ...]:
    """The rules and duties of a ruleset."""
    return (*ruleset.rules, *ruleset.provisions.duties)


# never laxer, never stricter ---------------------------------------------------------------------


def assert_never_laxer(strict: Verdict, lax: Verdict) -> None:
    """Neither end of the one lies below that of the other, where both apply for certain."""
    assume(strict.in_scope is True and lax.in_scope is True)

    assert ends(strict)[0] >= ends(lax)[0]
    assert ends(strict)[1] >= ends(lax)[1]


@EVERY
@given(data=st.data())
def test_never_laxer_than_the_base(variant: Ruleset, data: st.DataObject) -> None:
    """Neither end of the span lies below that of the law on which a variant stands."""
    verdict = assessed(data.draw(changed_cases(variant, CASES[variant.id].values())), variant)
    assume(verdict.base is not None)
    assert verdict.base is not None

    assert_never_laxer(verdict, assessed(verdict.scenario, verdict.base, as_of=verdict.as_of))


@given(scenario=changed_cases(AMNESTY_MORATORIUM, CASES[AMNESTY_MORATORIUM.id].values()))
def test_moratorium_never_laxer_than_the_demands(scenario: Scenario) -> None:
    """What the moratoria add lets nothing through that the demands stop."""
    assert_never_laxer(assessed(scenario, AMNESTY_MORATORIUM), assessed(scenario, AMNESTY))


@given(
    scenario=changed_cases(AMNESTY_MORATORIUM, CASES[AMNESTY_MORATORIUM.id].values())
    | changed_cases(AMNESTY_SEED, CASES[AMNESTY_SEED.id].values())
)
def test_seed_never_stricter_than_the_demands(scenario: Scenario) -> None:
    """The seed stops nothing that the demands let through, exempt research included."""
    assert_never_laxer(assessed(scenario, AMNESTY), assessed(scenario, AMNESTY_SEED))


SPYWARE_LEAVING = st.builds(
    Scenario.with_facts,
    changed_cases(AMNESTY_MORATORIUM, CASES[AMNESTY_MORATORIUM.id].values()),
    st.builds(Item, technology=st.sampled_from(["intrusion_platform", "intrusion_software"])),
    st.builds(Transaction, kind=st.sampled_from(["export", "electronic_export", "brokering"])),
    st.builds(Exporter, country=st.sampled_from(["DE", "FR"])),
    st.builds(Destination, country=st.sampled_from(["US", "CN", "BR", "EG"])),
    st.just(Un(framework_in_place=False)),
)


@given(scenario=SPYWARE_LEAVING)
def test_spyware_never_goes_before_a_framework_is_in_place(scenario: Scenario) -> None:
    """Whatever else is stated, no licence lets spyware out while no framework is in place."""
    verdict = assessed(scenario, AMNESTY_MORATORIUM)

    assert ends(verdict)[0] >= Outcome.SUSPENSION
