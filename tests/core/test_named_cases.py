"""The cases that show a rule follow from what cases expect, where the rule does not name them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from regcompare.comparison.named_cases import RuleCases, named_cases
from regcompare.law import Instrument
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Outcome, Rule, Trigger
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.files import read_text
from regcompare.vocabulary import CORE, Item

ACT = Instrument("act", "Act", "Toyland 1/2019")
CASES = """
- id: later
  item: {form: goods, covert: yes}
  expect: {toys: [{as_of: 2021-01-01, outcome: authorisation, rules: [art-1-2]}]}
- id: fires
  item: {form: goods, covert: yes, dual_use: yes}
  expect: {toys: {outcome: authorisation, rules: [art-1-2]}}
- {id: again, like: fires, item: {dual_use: no}, expect: {toys: {outcome: authorisation, rules: [art-1]}}}
- {id: far, like: fires, item: {covert: no, form: software}, expect: {toys: no_control}}
- {id: near, like: fires, item: {covert: no}, expect: {toys: no_control}}
- {id: as-near, like: fires, item: {covert: unknown}, expect: {toys: no_control}}
- {id: elsewhere, like: fires, item: {form: service}, expect: {other: no_control}}
"""


def shown(cases: str = CASES, **named: Any) -> RuleCases:
    """The cases that show the one rule of a ruleset."""
    rule = Rule(
        ACT["Art. 1(2)"],
        "Covert toys need a licence.",
        when=Item.covert,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
        **named,
    )
    ruleset = Ruleset(
        "toys",
        "Toys",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        covers=("export",),
        provisions=Provisions((rule,)),
    )
    return named_cases(ruleset, read_text(cases, vocabulary=CORE))[rule.id]


def test_a_rule_fires_in_the_first_case_that_expects_it_and_misses_in_the_nearest_that_does_not():
    """Law of another day, expectations of another ruleset and of the article as a whole are no near miss."""
    assert shown() == RuleCases("fires", ("near", "as-near", "far"))


def test_what_a_rule_names_goes_first():
    """The near miss is then near to the case that the rule names."""
    assert shown(fires="again") == RuleCases("again", ("near", "as-near"))
    assert shown(fires="again").misses == "near"
    assert shown(misses="far") == RuleCases("fires", ("far",))


def test_a_case_that_is_read_in_another_way_has_no_near_miss_of_its_own():
    """Under another reading expectations say nothing of that."""
    assert shown(fires="fires under a=b") == RuleCases("fires under a=b")


def test_a_case_may_show_a_rule_on_a_day_of_its_own():
    """Where none does at the reference date; the same case on another day is near it."""
    dated = CASES[: CASES.index("- id: fires")]
    day = "as of 2021-01-01"

    assert shown(dated).fires == f"later {day}"
    assert shown(dated.replace("]}]", "]}, {outcome: no_control}]")) == RuleCases(
        f"later {day}", ("later",)
    )


def test_without_cases_nothing_is_shown():
    """A case that expects nothing of the ruleset shows nothing."""
    assert shown("id: a\nitem: {form: goods}") == RuleCases()
