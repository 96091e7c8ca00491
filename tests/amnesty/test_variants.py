"""The variants of the demands: the seed, the moratoria, the United Nations, and verified text only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.shipped import shown

from regcompare import UNKNOWN, Outcome, Ruleset, Scenario, UsageError, Verdict, assess
from regcompare.authoring import Destination, Exporter, Item, Transaction
from regcompare.comparison.expectations import check, expectation_text
from regcompare.facts import Choice, CodeSet, Country, Day, Fact, MemberSet, SetOf, facts_of
from regcompare.ruleset.rules import Duty, NamedCase, Rule
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.files import read_scenarios
from regcompare.scenario.scenario import asked_answers
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

EVERY_RULE = pytest.mark.parametrize(
    ("variant", "rule"),
    [
        pytest.param(variant, rule, id=f"{variant.id}-{rule.id}")
        for variant in VARIANTS.values()
        for rule in variant.rules
    ],
)
EVERY = pytest.mark.parametrize("variant", VARIANTS.values(), ids=lambda variant: variant.id)


def holds(variant: Ruleset, rule: Rule, reference: str) -> bool | None:
    """Whether the rule, if the text has it, holds in the case that it names."""
    named = NamedCase.read(reference)
    readings = {**variant.as_if_read(), **named.readings}
    verdict = assess(CASES[variant.id][named.id], variant, as_of=named.as_of, readings=readings)
    return verdict.finding(rule.id).holds


# cases -------------------------------------------------------------------------------------------


@EVERY_RULE
def test_firing_case(variant: Ruleset, rule: Rule) -> None:
    """A rule holds in the case that it names as firing it."""
    assert holds(variant, rule, shown(variant)[rule.id].fires) is True


@EVERY_RULE
def test_near_miss(variant: Ruleset, rule: Rule) -> None:
    """A rule does not hold in its near miss, and nothing about that is open."""
    assert holds(variant, rule, shown(variant)[rule.id].misses) is False


def stated(case: Scenario) -> dict[str, Any]:
    """The facts that a case states."""
    return asked_answers(case)


@EVERY_RULE
def test_near_miss_differs_in_one_fact(variant: Ruleset, rule: Rule) -> None:
    """A firing case and its near miss differ in one fact, or in the reading or the day alone."""
    fires, misses = (
        NamedCase.read(shown(variant)[rule.id].fires),
        NamedCase.read(shown(variant)[rule.id].misses),
    )
    one, other = (stated(CASES[variant.id][case.id]) for case in (fires, misses))
    differing = [key for key in one | other if one.get(key) != other.get(key)]
    other_way = (fires.readings, fires.as_of) != (misses.readings, misses.as_of)

    assert len(differing) + other_way == 1


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(case, expected, id=f"{variant}-{case.id}-{expected.ruleset}")
        for variant, cases in OWN.items()
        for case in cases
        for expected in case.expect
    ],
)
def test_expectation(case: Scenario, expected: Expectation) -> None:
    """A case comes to what it says of each ruleset."""
    (result,) = check(attrs.evolve(case, expect=(expected,)), RULESETS)

    assert result.is_met, f"{expectation_text(expected)}: {result.problem}"


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

PLACES = ("DE", "FR", "GB", "XI", "US", "CN", "BR", "EG", "SY")
CODES = ("5A001.f.1", "5A001.j", "5A002.a.2", "5A004.a", "5A004.b", "4A005", "4D004", "6A003.b.4")
DAYS = (dt.date(2015, 6, 30), dt.date(2019, 5, 28), dt.date(2020, 11, 8), dt.date(2022, 6, 1))


def sets(members: tuple[str, ...]) -> st.SearchStrategy[MemberSet]:
    """Sets of a few members, some of them open."""
    if not members:
        return st.just(MemberSet())
    some = st.frozensets(st.sampled_from(members), max_size=2)
    return st.builds(lambda known, left_open: MemberSet(known, left_open - known), some, some)


def answers(fact: Fact) -> st.SearchStrategy[Any]:
    """Answers to one fact, the unknown among them."""
    if isinstance(fact, Choice):
        found: st.SearchStrategy[Any] = st.sampled_from(list(fact.members))
    elif isinstance(fact, Country):
        found = st.sampled_from(PLACES)
    elif isinstance(fact, Day):
        found = st.sampled_from(DAYS)
    elif isinstance(fact, CodeSet):
        found = sets(CODES)
    elif isinstance(fact, SetOf):
        found = sets(tuple(fact.members))
    else:
        found = st.booleans()
    return st.just(UNKNOWN) | found


@st.composite
def changed_cases(draw: st.DrawFn, variant: Ruleset) -> Scenario:
    """A case of a variant with up to six facts answered otherwise, or left open."""
    case: Scenario = draw(st.sampled_from(list(CASES[variant.id].values())))
    facts = [
        (section, name, fact)
        for section in variant.vocabulary.sections
        for name, fact in facts_of(section).items()
    ]
    for section, name, fact in draw(st.lists(st.sampled_from(facts), max_size=6)):
        case = case.with_facts(section(**{name: draw(answers(fact))}))
    return attrs.evolve(case, presume=draw(st.sampled_from([None, "ordinary"])))


def assessed(scenario: Scenario, ruleset: Ruleset, **options: Any) -> Verdict:
    """The verdict, where the facts do not contradict each other."""
    try:
        return assess(scenario, ruleset, **options)
    except UsageError:
        assume(False)
        raise


def ends(verdict: Verdict) -> tuple[Outcome, Outcome]:
    """The least and the greatest outcome."""
    assert verdict.low is not None
    assert verdict.high is not None
    return verdict.low, verdict.high


def assert_never_laxer(strict: Verdict, lax: Verdict) -> None:
    """Neither end of the one lies below that of the other, where both apply for certain."""
    assume(strict.in_scope is True and lax.in_scope is True)

    assert ends(strict)[0] >= ends(lax)[0]
    assert ends(strict)[1] >= ends(lax)[1]


@EVERY
@given(data=st.data())
def test_never_laxer_than_the_base(variant: Ruleset, data: st.DataObject) -> None:
    """Neither end of the span lies below that of the law on which a variant stands."""
    verdict = assessed(data.draw(changed_cases(variant)), variant)
    assume(verdict.base is not None)
    assert verdict.base is not None

    assert_never_laxer(verdict, assessed(verdict.scenario, verdict.base, as_of=verdict.as_of))


@given(scenario=changed_cases(AMNESTY_MORATORIUM))
def test_moratorium_never_laxer_than_the_demands(scenario: Scenario) -> None:
    """What the moratoria add lets nothing through that the demands stop."""
    assert_never_laxer(assessed(scenario, AMNESTY_MORATORIUM), assessed(scenario, AMNESTY))


@given(scenario=changed_cases(AMNESTY_MORATORIUM) | changed_cases(AMNESTY_SEED))
def test_seed_never_stricter_than_the_demands(scenario: Scenario) -> None:
    """The seed stops nothing that the demands let through, exempt research included."""
    assert_never_laxer(assessed(scenario, AMNESTY), assessed(scenario, AMNESTY_SEED))


SPYWARE_LEAVING = st.builds(
    Scenario.with_facts,
    changed_cases(AMNESTY_MORATORIUM),
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
