"""What must hold of any ruleset and any scenario, with invented rulesets over a small vocabulary."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Mapping
from typing import Any, Literal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from regcompare import UNKNOWN, Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    CORE,
    TRUE,
    Choice,
    CodeSet,
    Condition,
    Constraint,
    Country,
    Instrument,
    Interpretation,
    MemberSet,
    Provisions,
    Rule,
    SetOf,
    Transaction,
    Trigger,
    Vocabulary,
    YesNo,
    all_of,
    any_of,
    section,
    walk,
)
from regcompare.logic.conditions import Holds, Term, questions
from regcompare.logic.planes import planes_of
from regcompare.scenario.established import answers_to, established_facts
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
    reason="It is the plain sense.",
)

LEAVES: tuple[Condition, ...] = (
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
    """Draws conditions over the invented facts."""
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.one_of(
            inner.map(lambda one: ~one),
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: all_of(*parts)),
            st.lists(inner, min_size=2, max_size=4).map(lambda parts: any_of(*parts)),
            inner.map(lambda one: Term("term", ACT["2"], one)),
            st.tuples(inner, inner).map(lambda pair: DOUBT.choose(yes=pair[0], no=pair[1])),
        ),
        max_leaves=2**depth,
    )


YES_NO = st.sampled_from([True, False, None])


def _members(names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    states = st.tuples(*(YES_NO for _ in names))
    return states.map(
        lambda truths: MemberSet(
            [name for name, truth in zip(names, truths, strict=True) if truth],
            [name for name, truth in zip(names, truths, strict=True) if truth is None],
        )
    )


SCENARIOS = st.builds(
    lambda toy, date: Scenario(id="drawn", date=date, more=(toy,)),
    st.builds(
        Toy,
        small=YES_NO,
        round=YES_NO,
        loud=YES_NO,
        colour=st.sampled_from(["red", "green", "blue", None]),
        signs=st.one_of(st.none(), _members(("star", "moon"))),
        made_in=st.sampled_from(["FR", "JP", None]),
    ),
    st.sampled_from([dt.date(2014, 5, 1), dt.date(2016, 5, 1), None]),
)


@st.composite
def rulesets(draw: st.DrawFn, most: int = 6) -> Ruleset:
    """Draws rulesets in which later rules may lift earlier ones."""
    rules: list[Rule] = []
    for number in range(draw(st.integers(1, most))):
        lifts = draw(st.lists(st.sampled_from(rules), max_size=2, unique_by=id)) if rules else []
        rules.append(
            Rule(
                ACT[f"Art. {number + 1}"],
                "An invented rule.",
                when=draw(conditions()),
                then=draw(st.sampled_from(Outcome)),
                triggered_by=Trigger.ACT,
                lifts=tuple(lifts),
                states="somebody, by some standard",
            )
        )
    return invented(rules)


def invented(rules: list[Rule], vocabulary: Vocabulary = VOCABULARY) -> Ruleset:
    """An invented ruleset that covers every transaction."""
    return Ruleset(
        "toy",
        "Toy rules",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(tuple(rules), interpretations=(DOUBT,)),
        covers=("export",),
        scope=TRUE,
        vocabulary=vocabulary,
    )


def judged(scenario: Scenario, ruleset: Ruleset, **options: Any) -> Any:
    """The verdict on an export, or None where the drawn facts contradict each other."""
    try:
        return assess(scenario.with_facts(Transaction(kind="export")), ruleset, **options)
    except UsageError:
        return None


def completions(scenario: Scenario) -> list[Scenario]:
    """Every way in which the open facts of a drawn scenario can be answered."""
    toy = scenario.section(Toy)
    choices: dict[str, list[Any]] = {
        "small": [True, False],
        "round": [True, False],
        "loud": [True, False],
        "colour": ["red", "green", "blue"],
        "made_in": ["FR", "JP"],
    }
    options = {
        name: values if getattr(toy, name) is None else [getattr(toy, name)]
        for name, values in choices.items()
    }
    signs = toy.signs
    known = set() if not isinstance(signs, MemberSet) else set(signs.known)
    left_open = {"star", "moon"} if not isinstance(signs, MemberSet) else set(signs.open)
    options["signs"] = [
        MemberSet(known | set(extra))
        for size in range(len(left_open) + 1)
        for extra in itertools.combinations(sorted(left_open), size)
    ]
    dates = [scenario.date] if scenario.date else [dt.date(2014, 1, 1), dt.date(2015, 1, 1)]
    names = list(options)
    return [
        attrs.evolve(scenario, date=date, more=(Toy(**dict(zip(names, values, strict=True))),))
        for values in itertools.product(*options.values())
        for date in dates
    ]


def test_generated_function_and_walk_agree() -> None:
    """The two readings of a condition give the same truth on any answers."""

    @given(st.lists(conditions(), min_size=1, max_size=4), st.data())
    def holds(drawn: list[Condition], data: st.DataObject) -> None:
        answers = data.draw(
            st.fixed_dictionaries(
                {
                    "toy.small": YES_NO,
                    "toy.round": YES_NO,
                    "toy.loud": YES_NO,
                    "toy.colour": st.sampled_from(["red", "green", "blue", None]),
                    "toy.signs:star": YES_NO,
                    "toy.signs:moon": YES_NO,
                    "toy.made_in": st.sampled_from(["FR", "JP", None]),
                    "reading:doubt-1": st.sampled_from(["yes", "no", None]),
                    "scenario.date": st.sampled_from([dt.date(2014, 5, 1), dt.date(2016, 5, 1), None]),
                }
            )
        )

        compiled = planes_of(drawn).truths(answers)

        assert compiled == tuple(walk(condition, answers).truth for condition in drawn)

    holds()


@given(conditions(), SCENARIOS)
def test_reasons_decide(condition: Condition, scenario: Scenario) -> None:
    """The facts named as deciding suffice: with them alone the truth is the same."""
    facts = {fact.key: fact for fact in VOCABULARY.facts()}
    answers = answers_to(
        questions([condition]), scenario, established_facts(scenario, VOCABULARY), facts
    )
    answers["reading:doubt-1"] = "yes"
    trace = walk(condition, answers)
    assume(trace.truth is not None)

    named = {key for step in trace.deciding() if (key := step.condition.key)}
    only = {key: answer for key, answer in answers.items() if key in named or key.startswith("reading")}

    assert walk(condition, only).truth is trace.truth


@given(rulesets(), SCENARIOS, st.randoms(use_true_random=False))
def test_order_of_rules_is_irrelevant(
    ruleset: Ruleset, scenario: Scenario, chance: random.Random
) -> None:
    """Shuffling the rules changes neither the span nor which rules hold."""
    shuffled = list(ruleset.rules)
    chance.shuffle(shuffled)
    verdict = judged(scenario, ruleset)
    assume(verdict is not None)

    other = judged(scenario, invented(shuffled))

    assert other.span == verdict.span
    assert {f.rule.id for f in other.holding} == {f.rule.id for f in verdict.holding}
    assert {f.rule.id for f in other.open} == {f.rule.id for f in verdict.open}


@given(rulesets(), SCENARIOS, st.data())
def test_learning_narrows(ruleset: Ruleset, scenario: Scenario, data: st.DataObject) -> None:
    """A further fact never widens or moves a span, and never takes back a settled rule."""
    before = judged(scenario, ruleset)
    assume(before is not None)
    whole = data.draw(st.sampled_from(completions(scenario)))
    toy, complete = scenario.section(Toy), whole.section(Toy)
    learnt = data.draw(
        st.sets(st.sampled_from(["small", "round", "loud", "colour", "signs", "made_in"]))
    )
    drawn: Any = toy
    more = attrs.evolve(drawn, **{name: getattr(complete, name) for name in learnt})
    after = judged(attrs.evolve(scenario, more=(more,)), ruleset)
    assume(after is not None)

    assert after.span in before.span
    assert {f.rule.id for f in before.holding} <= {f.rule.id for f in after.holding}


@given(rulesets(most=4), SCENARIOS)
def test_span_holds_every_completion(ruleset: Ruleset, scenario: Scenario) -> None:
    """Brute force: the span contains the outcome of every completion, within the plain span."""
    verdict = judged(scenario, ruleset)
    assume(verdict is not None)
    settled = [judged(whole, ruleset) for whole in completions(scenario)]
    spans = [one.span for one in settled if one is not None]
    plain = judged(scenario, ruleset, look_ahead=False)

    assert all(span.is_settled for span in spans)
    assert all(span in verdict.span for span in spans)
    assert verdict.span in plain.span


@given(rulesets(), SCENARIOS)
def test_open_readings_hold_every_reading(ruleset: Ruleset, scenario: Scenario) -> None:
    """With a doubt left open, the span contains that of each reading."""
    left_open = judged(scenario, ruleset, readings="open")
    assume(left_open is not None)
    taken = [judged(scenario, ruleset, readings={"doubt-1": reading}) for reading in ("yes", "no")]

    assert all(one.span in left_open.span for one in taken)


@given(rulesets(), SCENARIOS)
def test_settled_span_asks_nothing(ruleset: Ruleset, scenario: Scenario) -> None:
    """Questions are open exactly where the outcome is."""
    verdict = judged(scenario, ruleset, readings="open")
    assume(verdict is not None)

    assert bool(verdict.open_questions) is not verdict.span.is_settled
    assert [question.name for question in verdict.questions] == list(verdict.open_questions)


def test_long_and_deep_conditions() -> None:
    """Chains of hundreds of operators and deep nesting compile and walk."""
    chain: Condition = LEAVES[0]
    deep: Condition = LEAVES[0]
    for number in range(400):
        chain = chain & (Toy.made_in.is_in("FR") | LEAVES[number % len(LEAVES)])
        deep = (deep & LEAVES[1]) | (LEAVES[2] if number % 2 else LEAVES[3]) if number < 150 else deep
    answers: Mapping[str, Any] = {"toy.small": True}

    truths = planes_of([chain, deep]).truths(answers)

    assert truths == (walk(chain, answers).truth, walk(deep, answers).truth)


def test_lifting_never_lowers_to_nothing() -> None:
    """An open exception leaves the weaker of the two outcomes, never nothing."""
    licence = Rule(
        ACT["Art. 1"],
        "A licence.",
        when=Toy.small,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    general = Rule(
        ACT["Art. 2"],
        "A general authorisation.",
        when=Toy.small & Toy.round,
        then=Outcome.GENERAL_AUTHORISATION,
        lifts=licence,
        triggered_by=Trigger.ACT,
    )
    ruleset = invented([licence, general])

    spans = {
        answer: str(judged(Scenario(id="x", more=(Toy(small=True, round=answer),)), ruleset).span)
        for answer in (True, False, None)
    }

    assert spans == {
        True: "general_authorisation",
        False: "authorisation",
        None: "general_authorisation..authorisation",
    }


def test_codes_are_tried_together() -> None:
    """An unknown set of codes is none or at least one, so listed-or-unlisted rules settle it."""
    listed = Toy.codes.includes_any("5A001", "5A004")
    rules = [
        Rule(
            ACT["Art. 1"],
            "Listed.",
            when=listed,
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
        ),
        Rule(
            ACT["Art. 2"],
            "Unlisted.",
            when=~listed,
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
        ),
    ]

    verdict = judged(Scenario(id="x"), invented(rules))

    assert str(verdict.span) == "authorisation"


def test_an_entry_out_of_force_counts_as_none() -> None:
    """Listed or not, the answer is the same, though some entries are not in force yet."""
    later = LAW_DATE.on_or_after(dt.date(2030, 1, 1))
    listed = Toy.codes.includes_any("5A001") | (Toy.codes.includes_any("5A004") & later)
    rules = [
        Rule(
            ACT["Art. 1"], "Listed.", when=listed, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT
        ),
        Rule(
            ACT["Art. 2"], "Unlisted.", when=~listed, then=Outcome.PROHIBITION, triggered_by=Trigger.ACT
        ),
    ]

    verdict = judged(Scenario(id="x"), invented(rules))

    assert str(verdict.span) == "authorisation..prohibition"
    assert [finding.rule.id for finding in verdict.between] == ["art-1"]


@pytest.mark.parametrize("stated", [None, UNKNOWN])
def test_unstated_and_unknown_are_alike_without_presumptions(stated: Any) -> None:
    """A stated unknown differs from an unstated fact only where presumptions come in."""
    rule = Rule(
        ACT["Art. 1"], "Small.", when=Toy.small, then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT
    )

    verdict = judged(Scenario(id="x", more=(Toy(small=stated),)), invented([rule]))

    assert str(verdict.span) == "no_control..authorisation"


def test_impossible_answers_are_not_tried() -> None:
    """Look-ahead leaves out answers that the constraints exclude."""
    rules = [
        Rule(ACT["Art. 1"], "Loud.", when=Toy.loud, then=Outcome.PROHIBITION, triggered_by=Trigger.ACT),
    ]

    verdict = judged(Scenario(id="x", more=(Toy(small=True, round=True),)), invented(rules))

    assert str(verdict.span) == "no_control"
    assert verdict.inferred == ("toy.loud",)


def test_choice_cells_cover_every_answer() -> None:
    """Answers that no condition tells apart are tried once and named together."""
    rule = Rule(
        ACT["Art. 1"],
        "Red.",
        when=Toy.colour.is_in("red"),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )

    (question,) = judged(Scenario(id="x"), invented([rule])).questions

    assert [(effect.answers, str(effect.span)) for effect in question.effects] == [
        (("red",), "authorisation"),
        (("green", "blue"), "no_control"),
    ]
