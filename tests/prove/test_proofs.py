"""Proofs over every possible case, and the smallest case that refutes a claim."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from tests.support.case_files import case_file
from tests.support.drawing import fewer
from tests.support.shipped import CATALOGUE
from tests.support.toy_world import ACT, ATOMS, EVERY_CASE, outcome, rulesets

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import CORE, TRUE, Condition, Item, Transaction, Trigger, all_of
from regcompare.cli import main
from regcompare.facts import MemberSet
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.scenario.files import read_text
from regcompare_prove.frames import frame_for
from regcompare_prove.proofs import Proof, equivalent, never_laxer
from regcompare_prove.regimes import read_regime
from regcompare_prove.witness import smallest_witness
from regcompare_testing.expectations import check

POWERS = frozenset(
    power.id for item in CATALOGUE.rulesets.values() for part in item.parts()
    for power in part.provisions.discretions
)  # fmt: skip


def laxer(scenario: Scenario, a: Ruleset, b: Ruleset) -> bool:
    """Whether a is laxer in a case: b stops it with more than a, or a does not cover it."""
    ours, theirs = outcome(scenario, a), outcome(scenario, b)
    return theirs is not None and theirs > (ours or Outcome.NO_CONTROL)


# against brute force ------------------------------------------------------------------------------


@given(rulesets("one"), rulesets("two"))
@fewer(3)
def test_never_laxer_is_what_every_case_shows(a: Ruleset, b: Ruleset) -> None:
    """A claim is proved where no case refutes it; otherwise the counterexample does, once loaded."""
    proof = never_laxer(a, b)

    assert proof.holds is not any(laxer(case, a, b) for case in EVERY_CASE)
    if proof.counterexample:
        (reloaded,) = read_text(case_file(proof.counterexample), "yaml", CORE)
        assert reloaded == proof.counterexample
        assert all(entry.is_met for entry in check(reloaded, {"one": a, "two": b}))
        theirs = assess(reloaded, b)
        ours = assess(reloaded, a)
        assert theirs.span is not None
        assert theirs.span.low > (ours.span.high if ours.span else Outcome.NO_CONTROL)


@given(rulesets("one"), rulesets("two"))
@fewer(4)
def test_equivalent_is_what_every_case_shows(a: Ruleset, b: Ruleset) -> None:
    """Two rulesets are equivalent where neither is laxer in any case."""
    differ = any(laxer(case, a, b) or laxer(case, b, a) for case in EVERY_CASE)

    assert equivalent(a, b).holds is not differ


@given(rulesets("one"), rulesets("two"))
@fewer(5)
def test_cases_that_are_left_out_refute_nothing(a: Ruleset, b: Ruleset) -> None:
    """With an exception the claim is only about the other cases."""
    rule = b.rules[0]

    proof = never_laxer(a, b, except_=[rule.id])

    owner = next(item for item in (a, b) if rule.id in [other.id for other in item.rules])
    held = next(item for item in owner.rules if item.id == rule.id)
    without_rule = [case for case in EVERY_CASE if not _held(case, owner, held)]
    assert proof.holds is not any(laxer(case, a, b) for case in without_rule)


def _held(case: Scenario, ruleset: Ruleset, rule: Rule) -> bool:
    verdict = assess(case, ruleset)
    return verdict.in_scope is True and rule in [item.rule for item in verdict.holding]


def toy(name: str, *rules: Rule, scope: Condition = TRUE) -> Ruleset:
    """An invented ruleset with these rules."""
    return Ruleset(
        name,
        "Toy rules",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules),
        covers=("export",),
        scope=scope,
    )


def licence(article: str, when: Condition, then: Outcome = Outcome.AUTHORISATION) -> Rule:
    """An invented rule."""
    return Rule(ACT[article], "A licence is needed.", when=when, then=then, triggered_by=Trigger.ACT)


# what counts as laxer, and as smallest ---------------------------------------------------------------


def test_out_of_scope_is_laxer() -> None:
    """Where one controls a case that the other does not cover, the other is laxer."""
    rule = licence("Art. 1", Item.covert.__condition__())
    wide, narrow = toy("wide", rule), toy("narrow", rule, scope=~ATOMS[3])

    proof = never_laxer(narrow, wide)

    assert not proof
    assert [verdict.result for verdict in proof.verdicts] == ["out of scope", "authorisation"]
    assert never_laxer(wide, narrow)


def test_out_of_scope_without_control_is_not_laxer() -> None:
    """It is no difference that a case is without control in one and out of scope in the other."""
    rule = licence("Art. 1", Item.covert.__condition__())

    assert equivalent(toy("wide", rule), toy("narrow", rule, scope=ATOMS[0]))


def test_a_rule_holds_within_the_scope_of_its_ruleset_alone() -> None:
    """Cases out of its scope are not left out with a rule's cases."""
    covert, state = licence("Art. 1", ATOMS[0]), licence("Art. 2", ATOMS[4])
    narrow = toy("narrow", covert, state, scope=~ATOMS[0])

    assert not never_laxer(narrow, toy("wide", covert), except_=[covert.id])


def test_what_an_exact_answer_leads_to_is_exact() -> None:
    """An answer that narrows the outcome whatever another answer is has its exact span where proved."""
    either = toy("either", licence("Art. 1", ATOMS[0]), licence("Art. 2", ~ATOMS[0] & ATOMS[4]))
    case = Scenario(id="case", transaction=Transaction(kind="export"))

    spans = {
        exact: {
            answer: effect.span.low
            for question in assess(case, either, exact=exact).questions
            if question.name == "end_user.acts_for_state"
            for effect in question.effects
            for answer in effect.answers
        }
        for exact in (False, True)
    }

    assert spans[False] == {"yes": Outcome.NO_CONTROL, "no": Outcome.NO_CONTROL}
    assert spans[True] == {"yes": Outcome.AUTHORISATION, "no": Outcome.NO_CONTROL}


def test_the_counterexample_departs_in_the_fewest_answers() -> None:
    """Of two rules, the one that needs one unusual answer rather than three gives the case."""
    three = all_of(ATOMS[0], ATOMS[5], Item.dual_use)
    strict = toy("strict", licence("Art. 1", three), licence("Art. 2", Item.auditable.__condition__()))

    proof = never_laxer(toy("lax"), strict)

    assert proof.departs == ("item.auditable",)


def test_a_vacuous_proof_says_so() -> None:
    """Where the stricter ruleset never controls anything, the proof is vacuous and says so."""
    proof = never_laxer(toy("one"), toy("two"))

    assert proof.is_idle
    assert proof.sentence() == (
        "Proved over every possible case: one as of 2020-01-01 is never laxer than two as of "
        "2020-01-01. It holds because no case could show the opposite."
    )


def test_facts_that_are_given_limit_the_claim() -> None:
    """With the facts of a case given, only cases that share them refute a claim."""
    strict = toy("strict", licence("Art. 1", Item.covert.__condition__()))
    fixed = Scenario(id="open-item", item=Item(covert=False), transaction=Transaction(kind="export"))

    proof = never_laxer(toy("lax"), strict, given=fixed)

    assert proof
    assert "with the facts of open-item" in proof.sentence()


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    """A rule that neither ruleset has is named, with the nearest that they have."""
    first = toy("one", licence("Art. 1", Item.covert.__condition__()))

    with pytest.raises(UsageError, match=r"one has no rule 'art-11'.*Did you mean 'art-1'"):
        never_laxer(first, first, except_=["art-11"])


# the shipped regimes -------------------------------------------------------------------------------

TRUE_CLAIMS = [
    ("amnesty", "eu-2021-821"),
    ("amnesty", "amnesty-seed"),
    ("amnesty-seed", "eu-2021-821"),
    ("eu-law-2021", "eu-2021-821"),
    ("eu-law-2020", "eu-428-2009"),
]
FALSE_CLAIMS = [
    ("eu-2021-821", "eu-428-2009"),
    ("eu-428-2009", "eu-2021-821"),
    ("eu-2021-821", "amnesty"),
    ("amnesty-seed", "amnesty"),
    ("amnesty", "amnesty-moratorium"),
    ("com-2016-616", "eu-428-2009"),
    ("ep-2018", "com-2016-616"),
    ("amnesty", "eu-428-2009"),
]


@pytest.mark.thorough
@pytest.mark.parametrize(("a", "b"), TRUE_CLAIMS)
@pytest.mark.parametrize("readings", [None, "open"])
def test_shipped_regimes_are_never_laxer(a: str, b: str, readings: None) -> None:
    """Each claim is proved with the default readings and over every reading, and not vacuously."""
    proof = never_laxer(CATALOGUE.ruleset(a), CATALOGUE.ruleset(b), readings=readings)

    assert (proof.holds, proof.is_idle) == (True, False)


@pytest.mark.thorough
@pytest.mark.parametrize("readings", [None, "open"])
def test_on_one_day_a_moratorium_is_never_laxer_than_the_demands(readings: None) -> None:
    """Each on its own day it is, by a point that Annex IV had, or may have had, until 2022."""
    moratorium, demands = map(CATALOGUE.ruleset, ("amnesty-moratorium", "amnesty"))

    proof = never_laxer(moratorium, demands, as_of=moratorium.reference_date, readings=readings)
    apart = never_laxer(moratorium, demands, readings=readings)

    assert (proof.holds, proof.is_idle) == (True, False)
    assert apart.counterexample is not None
    entries = apart.counterexample.item.annex_i_entry
    assert isinstance(entries, MemberSet)
    assert entries.known <= {"5D002.a.3.b", "5D002.c.3.b"}


@pytest.mark.thorough
@pytest.mark.parametrize(("a", "b"), FALSE_CLAIMS)
def test_shipped_regimes_are_refuted_by_a_case_that_loads(a: str, b: str) -> None:
    """Each refuting case, written and read again, shows the difference."""
    proof = never_laxer(CATALOGUE.ruleset(a), CATALOGUE.ruleset(b))

    reloaded = reread(proof)
    ours, theirs = (assess(reloaded, CATALOGUE.ruleset(name)) for name in (a, b))
    assert theirs.span is not None
    assert theirs.span.low > (ours.span.high if ours.span else Outcome.NO_CONTROL)


def reread(proof: Proof) -> Scenario:
    """The counterexample after it was written to a file and read again."""
    assert proof.counterexample is not None
    ruleset = CATALOGUE.ruleset("amnesty-moratorium")
    (reloaded,) = read_text(
        case_file(proof.counterexample), "yaml", ruleset.vocabulary, discretions=lambda: POWERS
    )
    assert reloaded == proof.counterexample
    return reloaded


@pytest.mark.thorough
def test_the_exemption_of_security_research_loosens_nothing_but_demands() -> None:
    """A14 makes amnesty laxer than itself without A14, there alone, and never than the base law."""
    amnesty = CATALOGUE.ruleset("amnesty")
    strict = amnesty.without("A14", "A14-encryption")

    assert not never_laxer(amnesty, strict)
    assert never_laxer(amnesty, strict, except_=["A14", "A14-encryption"])
    assert never_laxer(amnesty, CATALOGUE.ruleset("eu-2021-821"))


@pytest.mark.thorough
def test_a_case_under_another_reading_says_which() -> None:
    """Over every reading, a case that needs another reading than the default names it."""
    amnesty = CATALOGUE.ruleset("amnesty")
    regime = read_regime(amnesty, readings="open")
    frame = frame_for([regime])
    ban, licensing = (
        regime.holds[regime.indices[rule]]
        for name in ("A03-ban", "A02")
        for rule in amnesty.rules
        if rule.id == name
    )

    witness = smallest_witness(frame, all_of(regime.scope, ban, ~licensing), "A ban")

    assert witness is not None
    assert dict(witness.readings)["IC-10"] == "ban"


# proved ends of single cases ------------------------------------------------------------------------

CASE = str(Path(__file__).parents[2] / "scenarios" / "morpho-shanghai-2015.yaml")


@pytest.mark.parametrize("command", ["compare", "explain"])
def test_exact_ends_are_said_to_be_proved(command: str) -> None:
    """With --exact the text says that the ends are proved and JSON marks them; otherwise neither does."""
    words = [command, CASE, "-r", "eu-2021-821"]
    run = CliRunner().invoke

    exact, plain = run(main, [*words, "--exact"]), run(main, words)
    printed = json.loads(run(main, [*words, "--exact", "--format", "json"]).stdout)
    data = printed["verdicts"] if command == "compare" else printed

    assert re.search(r"[Ee]nds (of each span )?(are )?proved", exact.stdout.replace("\n", " "))
    assert not re.search(r"[Ee]nds (of each span )?(are )?proved", plain.stdout.replace("\n", " "))
    assert [record["exact"] for record in data] == [True]
