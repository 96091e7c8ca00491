"""What cases expect of rulesets: met, or told in a sentence that says why not and what to correct."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from tests.support.shipped import CATALOGUE

from regcompare.facts import UNKNOWN
from regcompare.law import Instrument
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Outcome, Rule, Trigger
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import EndUser, Item, Transaction
from regcompare_testing.expectations import check

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
TOY = Ruleset(
    "toy",
    "Toy rules",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    provisions=Provisions(
        (
            Rule(
                ACT["Art. 1"],
                "What is covert needs a licence.",
                when=Item.covert,
                then=Outcome.AUTHORISATION,
                triggered_by=Trigger.ACT,
            ),
            Rule(
                ACT["Art. 2"],
                "What goes to the police of a state is forbidden.",
                when=EndUser.kind.is_in("law_enforcement") & EndUser.acts_for_state,
                then=Outcome.PROHIBITION,
                triggered_by=Trigger.ACT,
            ),
        )
    ),
    covers=("export",),
)
CASE = Scenario(
    id="toy-case",
    date=dt.date(2020, 1, 1),
    item=Item(covert=True),
    transaction=Transaction(kind="export"),
    end_user=EndUser(kind="university"),
)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Expectation(ruleset="toys", in_scope=True), "'toys' is not a ruleset. Did you mean 'toy'?"),
        (Expectation(ruleset="toy", in_scope=False), "Expected in_scope: no, got yes."),
        (Expectation(ruleset="toy", in_force=UNKNOWN), "Expected in_force: unknown, got yes."),
        (
            Expectation(ruleset="toy", rules=("art-2",)),
            "Expected rule art-2 to hold, but it fails on",
        ),
        (
            Expectation(ruleset="toy", rules=("nothing",)),
            "Expected rule nothing to hold, but toy has no such",
        ),
    ],
)
def test_an_unmet_expectation_says_what_was_got(wanted: Expectation, told: str) -> None:
    """Each way in which an expectation can fail has its own sentence."""
    (found,) = check(attrs.evolve(CASE, expect=(wanted,)), {"toy": TOY})

    assert told in str(found.problem)


def test_a_rule_that_does_not_apply_exists() -> None:
    """Out of scope, the message says so, and not that there is no such rule."""
    case = attrs.evolve(
        CASE,
        transaction=Transaction(kind="import"),
        expect=(Expectation(ruleset="toy", rules=("art-2",)),),
    )
    (failure,) = check(case, {"toy": TOY})

    assert failure.problem == (
        "Expected rule art-2 to hold, but toy does not apply: import is not in its covers= (export); "
        "add it there, or let the case expect in_scope: no."
    )


def test_an_open_rule_is_not_a_rule_that_holds() -> None:
    """Where the expected rule depends on open facts, these are named."""
    expectation = Expectation(ruleset="toy", rules=("art-1",))
    case = attrs.evolve(CASE, item=Item(), expect=(expectation,))
    (failure,) = check(case, {"toy": TOY})

    assert failure.problem == "Expected rule art-1 to hold, but it is open on item.covert."


@pytest.mark.thorough
def test_every_shipped_expectation_is_met() -> None:
    """The documented cases, and the rulesets' own cases, have the results that they expect."""
    own = [path for ruleset in CATALOGUE.rulesets.values() for path in ruleset.cases]
    cases = (*CATALOGUE.scenarios(), *CATALOGUE.read(*own))
    checks = [found for case in cases for found in check(case, CATALOGUE.rulesets)]

    unmet = [
        f"{item.scenario} under {item.ruleset}: {item.problem}" for item in checks if not item.is_met
    ]
    assert unmet == []
