"""Properties of the engine that hold for every ruleset and scenario, tested on invented ones."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.core.truths import truths_of

from regcompare import UNKNOWN, Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    CORE,
    Choice,
    CodeSet,
    Condition,
    Constraint,
    Country,
    Instrument,
    SetOf,
    Transaction,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.facts import MemberSet
from regcompare.logic.conditions import ConditionLike, Holds, Term, evaluate, questions
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.scenario.assumed import answers_to, assumed_facts
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

Colour = Literal["red", "green", "blue"]
Sign = Literal["star", "moon"]
ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?")
    round: YesNo = YesNo("Is it round?")
    loud: YesNo = YesNo("Is it loud?")
    colour: Choice[Colour] = Choice("Of which colour?", {"red": "r", "green": "g", "blue": "b"})
    signs: SetOf[Sign] = SetOf("Which signs?", {"star": "a star", "moon": "a moon"})
    codes: CodeSet = CodeSet("Which codes?")
    made_in: Country = Country("Made where?")


VOCABULARY = CORE.with_sections(
    Toy,
    constraints=(Constraint("What is small and round is not loud.", Toy.small & Toy.round, ~Toy.loud),),
)
DOUBT = Interpretation(
    "doubt-1",
    ACT["1"],
    "Does loud mean loud?",
    readings={"yes": "Yes.", "no": "No."},
    default="yes",
    reason="It is the plain meaning.",
)

ATOMS: tuple[Condition, ...] = (
    Holds(Toy.small.asked()),
    Holds(Toy.round.asked()),
    Holds(Toy.loud.asked()),
    Toy.colour.is_in("red"),
    Toy.colour.is_in("red", "green"),
    Toy.signs.includes_any("star"),
    Toy.signs.includes_all("star", "moon"),
    Toy.made_in.is_in("FR", "DE"),
    DOUBT.is_read_as("yes"),
    FACTS_DATE.on_or_after(dt.date(2015, 1, 1)),
)


def conditions(depth: int = 3) -> st.SearchStrategy[Condition]:
    """Draws conditions on the invented facts."""
    return st.recursive(
        st.sampled_from(ATOMS),
        lambda inner: st.one_of(
            inner.map(lambda part: ~part),
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: all_of(*parts)),
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: any_of(*parts)),
            inner.map(lambda part: Term("term", ACT["2"], part)),
            st.tuples(inner, inner).map(lambda pair: DOUBT.choose(yes=pair[0], no=pair[1])),
        ),
        max_leaves=2**depth,
    )


TRUTHS = st.sampled_from([True, False, None])
COLOURS = st.sampled_from(["red", "green", "blue", None])
COUNTRIES = st.sampled_from(["FR", "JP", None])
DATES = st.sampled_from([dt.date(2014, 5, 1), dt.date(2016, 5, 1), None])
ANSWERS = st.fixed_dictionaries(
    {
        "toy.small": TRUTHS,
        "toy.round": TRUTHS,
        "toy.loud": TRUTHS,
        "toy.colour": COLOURS,
        "toy.signs:star": TRUTHS,
        "toy.signs:moon": TRUTHS,
        "toy.made_in": COUNTRIES,
        "reading:doubt-1": st.sampled_from(["yes", "no", None]),
        "scenario.date": DATES,
    }
)


def member_sets(*members: str) -> st.SearchStrategy[MemberSet]:
    """Draws sets of which each member is known, excluded or open."""
    return st.tuples(*(TRUTHS for _ in members)).map(
        lambda truths: MemberSet(
            [member for member, truth in zip(members, truths, strict=True) if truth],
            [member for member, truth in zip(members, truths, strict=True) if truth is None],
        )
    )


SCENARIOS = st.builds(
    lambda toy, date: Scenario(id="drawn", date=date, more=(toy,)),
    st.builds(
        Toy,
        small=TRUTHS,
        round=TRUTHS,
        loud=TRUTHS,
        colour=COLOURS,
        signs=st.one_of(st.none(), member_sets("star", "moon")),
        made_in=COUNTRIES,
    ),
    DATES,
)


@st.composite
def rulesets(draw: st.DrawFn, max_rules: int = 6) -> Ruleset:
    """Draws rulesets in which later rules may override earlier ones."""
    rules: list[Rule] = []
    for number in range(draw(st.integers(1, max_rules))):
        overrides = draw(st.lists(st.sampled_from(rules), max_size=2, unique_by=id)) if rules else []
        rules.append(
            toy_rule(
                f"Art. {number + 1}",
                draw(conditions()),
                draw(st.sampled_from(Outcome)),
                overrides=tuple(overrides),
                states="somebody, by some standard",
            )
        )
    return toy_ruleset(*rules)


def toy_ruleset(*rules: Rule) -> Ruleset:
    """Returns a ruleset of these rules that covers every export."""
    return Ruleset(
        "toy",
        "Toy rules",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(rules, interpretations=(DOUBT,)),
        covers=("export",),
        vocabulary=VOCABULARY,
    )


def toy_rule(place: str, when: ConditionLike, then: Outcome, **fields: Any) -> Rule:
    """Returns a rule with the fields that do not matter filled in."""
    return Rule(
        ACT[place], "An invented rule.", when=when, then=then, triggered_by=Trigger.ACT, **fields
    )


def verdict_on(scenario: Scenario, ruleset: Ruleset, **options: Any) -> Any:
    """Returns the verdict on an export; None if the drawn facts contradict each other."""
    try:
        return assess(scenario.with_facts(Transaction(kind="export")), ruleset, **options)
    except UsageError:
        return None


@given(st.lists(conditions(), min_size=1, max_size=4), ANSWERS)
def test_compiled_conditions_agree_with_the_evaluation_of_one_row(
    drawn: list[Condition], answers: Mapping[str, Any]
) -> None:
    """The two evaluators of a condition give the same truth for any answers."""
    truths = truths_of(drawn, answers)

    assert truths == tuple(evaluate(condition, answers).truth for condition in drawn)


@given(conditions(), SCENARIOS)
def test_deciding_facts_suffice(condition: Condition, scenario: Scenario) -> None:
    """The facts that a derivation names as deciding give the same truth on their own."""
    facts = {fact.key: fact for fact in VOCABULARY.facts()}
    answers = answers_to(questions([condition]), scenario, assumed_facts(scenario, VOCABULARY), facts)
    answers["reading:doubt-1"] = "yes"
    derivation = evaluate(condition, answers)
    assume(derivation.truth is not None)
    deciding = {"reading:doubt-1", *derivation.deciding_questions()}

    alone = {key: answer for key, answer in answers.items() if key in deciding}

    assert evaluate(condition, alone).truth is derivation.truth


@given(rulesets(), SCENARIOS, st.randoms(use_true_random=False))
def test_order_of_rules_is_irrelevant(
    ruleset: Ruleset, scenario: Scenario, randomness: random.Random
) -> None:
    """Shuffling the rules changes neither the span nor which rules hold."""
    shuffled = list(ruleset.rules)
    randomness.shuffle(shuffled)
    before = verdict_on(scenario, ruleset)
    assume(before is not None)

    after = verdict_on(scenario, toy_ruleset(*shuffled))

    assert after.span == before.span
    assert {item.rule.id for item in after.holding} == {item.rule.id for item in before.holding}
    assert {item.rule.id for item in after.open} == {item.rule.id for item in before.open}


@given(rulesets(), SCENARIOS)
def test_a_settled_span_asks_nothing(ruleset: Ruleset, scenario: Scenario) -> None:
    """There are open questions exactly where the outcome is not settled."""
    verdict = verdict_on(scenario, ruleset, readings="open")
    assume(verdict is not None)

    assert bool(verdict.open_questions) is not verdict.span.is_settled
    assert [question.name for question in verdict.questions] == list(verdict.open_questions)


def test_long_and_deep_conditions() -> None:
    """Chains of hundreds of operators and deep nesting compile and evaluate."""
    chain: Condition = ATOMS[0]
    deep: Condition = ATOMS[0]
    for number in range(400):
        chain = chain & (Toy.made_in.is_in("FR") | ATOMS[number % len(ATOMS)])
        deep = (deep & ATOMS[1]) | (ATOMS[2] if number % 2 else ATOMS[3]) if number < 150 else deep
    answers: Mapping[str, Any] = {"toy.small": True}

    truths = truths_of([chain, deep], answers)

    assert truths == (evaluate(chain, answers).truth, evaluate(deep, answers).truth)


def test_lifting_never_lowers_to_nothing() -> None:
    """While an exception is unknown, the milder of the two outcomes is the least, never none."""
    licence = toy_rule("Art. 1", Toy.small, Outcome.AUTHORISATION)
    general = toy_rule("Art. 2", Toy.small & Toy.round, Outcome.GENERAL_AUTHORISATION, overrides=licence)
    ruleset = toy_ruleset(licence, general)

    spans = {
        answer: str(verdict_on(Scenario(id="x", more=(Toy(small=True, round=answer),)), ruleset).span)
        for answer in (True, False, None)
    }

    assert spans == {
        True: "general_authorisation",
        False: "authorisation",
        None: "general_authorisation..authorisation",
    }


def test_a_rule_that_holds_and_may_be_overridden_is_named() -> None:
    """Where only a stricter rule may override it, the mildest outcome is its own, and it is the reason."""
    licence = toy_rule("Art. 1", Toy.small, Outcome.AUTHORISATION)
    ban = toy_rule("Art. 2", Toy.small & Toy.round, Outcome.PROHIBITION, overrides=licence)
    ruleset = toy_ruleset(licence, ban)

    found = {
        answer: verdict_on(Scenario(id="x", more=(Toy(small=True, round=answer),)), ruleset)
        for answer in (True, False, None)
    }

    assert str(found[None].span) == "authorisation..prohibition"
    assert {
        answer: ([item.rule for item in verdict.deciding], [item.rule for item in verdict.alternatives])
        for answer, verdict in found.items()
    } == {True: ([ban], []), False: ([licence], []), None: ([], [licence])}


def test_codes_are_tried_together() -> None:
    """An unknown set of codes is empty or not, so a rule for each of the two settles the outcome."""
    listed = Toy.codes.includes_any("5A001", "5A004")
    ruleset = toy_ruleset(
        toy_rule("Art. 1", listed, Outcome.AUTHORISATION),
        toy_rule("Art. 2", ~listed, Outcome.AUTHORISATION),
    )

    verdict = verdict_on(Scenario(id="x"), ruleset)

    assert str(verdict.span) == "authorisation"


def test_an_entry_out_of_force_counts_as_none() -> None:
    """An entry that is not in force yet does not make the item a listed one."""
    later = LAW_DATE.on_or_after(dt.date(2030, 1, 1))
    listed = Toy.codes.includes_any("5A001") | (Toy.codes.includes_any("5A004") & later)
    ruleset = toy_ruleset(
        toy_rule("Art. 1", listed, Outcome.AUTHORISATION),
        toy_rule("Art. 2", ~listed, Outcome.PROHIBITION),
    )

    verdict = verdict_on(Scenario(id="x"), ruleset)

    assert str(verdict.span) == "authorisation..prohibition"
    assert [finding.rule.id for finding in verdict.alternatives] == ["art-1"]


@pytest.mark.parametrize("answer", [None, UNKNOWN])
def test_unstated_and_unknown_are_alike_without_presumptions(answer: Any) -> None:
    """A stated unknown differs from an unstated fact only if the scenario presumes answers."""
    ruleset = toy_ruleset(toy_rule("Art. 1", Toy.small, Outcome.AUTHORISATION))

    verdict = verdict_on(Scenario(id="x", more=(Toy(small=answer),)), ruleset)

    assert str(verdict.span) == "no_control..authorisation"


def test_impossible_answers_are_not_tried() -> None:
    """Look-ahead skips answers that the constraints exclude."""
    ruleset = toy_ruleset(toy_rule("Art. 1", Toy.loud, Outcome.PROHIBITION))

    verdict = verdict_on(Scenario(id="x", more=(Toy(small=True, round=True),)), ruleset)

    assert str(verdict.span) == "no_control"
    assert verdict.inferred == ("toy.loud",)


def test_indistinguishable_answers_are_tried_once() -> None:
    """Answers that no condition distinguishes share an effect, which names them all."""
    ruleset = toy_ruleset(toy_rule("Art. 1", Toy.colour.is_in("red"), Outcome.AUTHORISATION))

    (question,) = verdict_on(Scenario(id="x"), ruleset).questions

    assert [(effect.answers, str(effect.span)) for effect in question.effects] == [
        (("red",), "authorisation"),
        (("green", "blue"), "no_control"),
    ]
