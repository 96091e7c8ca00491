"""Presumptions give way to what is stated: withdrawn and said, never an error."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    CORE,
    Constraint,
    EndUser,
    Instrument,
    Transaction,
    Trigger,
    YesNo,
    section,
)
from regcompare.facts import UNKNOWN, facts_of
from regcompare.logic.conditions import Between, OnOrAfter
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.scenario.assumed import assumed_facts, contradictions
from regcompare.scenario.files import read_text
from regcompare.vocabulary import FACTS_DATE, Assumption, Vocabulary

ACT = Instrument("Toy Act", "An invented act", "nowhere")


@section("toy", "The toy")
class Toy:
    """Invented."""

    small: YesNo = YesNo("Is it small?", ordinary=False)
    round: YesNo = YesNo("Is it round?", ordinary=True)
    loud: YesNo = YesNo("Is it loud?", ordinary=False)
    soft: YesNo = YesNo("Is it soft?")


def ruleset(*constraints: Constraint) -> Ruleset:
    """A ruleset over toys of which some things cannot be otherwise."""
    return Ruleset(
        "toys",
        "Toys",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        covers=("export",),
        provisions=Provisions(
            (
                Rule(
                    ACT["Art. 1"],
                    "Small toys need a licence.",
                    when=Toy.small | Toy.loud,
                    then=Outcome.AUTHORISATION,
                    triggered_by=Trigger.ACT,
                ),
            )
        ),
        vocabulary=Vocabulary((Transaction, EndUser, Toy), constraints),
    )


def case(presumed: Any = None, **facts: bool) -> Scenario:
    """An export of a toy, the ordinary presumed."""
    more = (Toy(**facts),)
    export = Transaction(kind="export")
    given = (presumed,) if presumed else ()
    return Scenario(id="toy", presume="ordinary", transaction=export, more=more, presumed=given)


SOFT_IS_SMALL = Constraint("What is soft is small.", Toy.soft, Toy.small)
SMALL_IS_LOUD = Constraint("What is small is loud.", Toy.small, Toy.loud)
SOFT_IS_LOUD = Constraint("What is soft and round is loud.", Toy.soft & Toy.round, Toy.loud)


def test_an_ordinary_answer_gives_way() -> None:
    """What is stated makes an ordinary answer impossible: it is withdrawn, and the result follows."""
    verdict = assess(case(soft=True), ruleset(SOFT_IS_SMALL))

    assert verdict.result == "authorisation"
    assert verdict.inferred == ("toy.small",)
    assert verdict.presumed == ("toy.loud",)
    assert verdict.warnings[0] == (
        "toy.small is not assumed, because that would contradict the other facts: What is soft is small."
    )


def test_an_ordinary_answer_that_agrees_stays() -> None:
    """The near miss: what is stated agrees, and the ordinary answer is used."""
    verdict = assess(case(soft=False), ruleset(SOFT_IS_SMALL))

    assert verdict.result == "no_control"
    assert verdict.presumed == ("toy.small", "toy.loud")
    assert not any("is not assumed" in warning for warning in verdict.warnings)


def test_what_the_file_presumes_gives_way_too() -> None:
    """The block ``presumed`` is a presumption like any other."""
    verdict = assess(case(Toy(small=False), soft=True), ruleset(SOFT_IS_SMALL))

    assert verdict.result == "authorisation"
    assert "toy.small is not assumed" in verdict.warnings[0]


def test_presumptions_that_contradict_together_all_go() -> None:
    """Where two presumptions cannot both be so, neither is preferred."""
    assumed = assumed_facts(case(soft=True), ruleset(SOFT_IS_LOUD).vocabulary)

    assert set(assumed.retracted) == {"toy.round", "toy.loud"}
    assert "toy.small" in assumed.presumed


def test_what_follows_in_several_steps_is_seen() -> None:
    """One constraint after another makes an ordinary answer impossible."""
    verdict = assess(case(soft=True), ruleset(SOFT_IS_SMALL, SMALL_IS_LOUD))

    assert verdict.result == "authorisation"
    assert set(verdict.inferred) == {"toy.small", "toy.loud"}


def test_what_is_stated_twice_over_is_still_refused() -> None:
    """Stated facts that contradict each other are an error, also where only what follows shows it."""
    rules = ruleset(SOFT_IS_SMALL, SMALL_IS_LOUD)
    stated = case(soft=True, loud=False)

    assert [(item.sentence, facts) for item, facts in contradictions(stated, rules.vocabulary)] == [
        ("What is small is loud.", ("toy.loud", "toy.soft"))
    ]
    with pytest.raises(UsageError, match="What is small is loud"):
        assess(stated, rules)


def test_reading_a_file_checks_only_what_it_states() -> None:
    """A file whose presumption cannot be so is read; one that states the contradiction is not."""
    text = "id: a\nend_user: {kind: military}\npresumed: {end_user: {acts_for_state: no}}\n"

    (read,) = read_text(text)

    assert dict(assumed_facts(read, CORE).retracted).keys() == {"end_user.acts_for_state"}


NAMES = tuple(facts_of(Toy))
LITERALS = st.tuples(st.sampled_from(NAMES), st.booleans()).map(
    lambda pair: getattr(Toy, pair[0]) if pair[1] else ~getattr(Toy, pair[0])
)
CONSTRAINTS = st.builds(
    lambda one, other, then: Constraint("So it is.", one & other, then), LITERALS, LITERALS, LITERALS
)


@given(
    st.lists(CONSTRAINTS, max_size=4),
    st.dictionaries(st.sampled_from(NAMES), st.booleans()),
    st.dictionaries(st.sampled_from(NAMES), st.booleans()),
)
def test_no_presumption_is_ever_an_error(
    constraints: list[Constraint], facts: dict[str, bool], presumed: dict[str, bool]
) -> None:
    """If what is stated can be so, a verdict is given, and no withdrawn answer is among the known."""
    rules = ruleset(*constraints)
    scenario = case(Toy(**presumed), **facts)

    if contradictions(scenario, rules.vocabulary):
        with pytest.raises(UsageError):
            assess(scenario, rules)
    else:
        verdict = assess(scenario, rules)
        assumed = assumed_facts(scenario, rules.vocabulary)
        assert not set(assumed.retracted) & set(assumed.values)
        assert set(verdict.presumed) <= set(assumed.presumed)


def test_an_assumption_from_a_day_on_needs_a_known_day() -> None:
    """A day that is stated as unknown meets no limb on days, but where nothing is presumed from it on."""
    limb = FACTS_DATE.on_or_after(dt.date(2020, 1, 1))
    assert isinstance(limb, OnOrAfter)
    after, before = dt.date(2021, 1, 1), dt.date(2019, 1, 1)
    days = (after, before, UNKNOWN, None, Between(before, after))
    yes, nothing = (Assumption(Toy.soft, answer) for answer in (True, UNKNOWN))

    assert [yes.holds_for(limb, day) for day in days] == [True, False, False, False, False]
    assert [nothing.holds_for(limb, day) for day in days] == [True, False, True, True, True]


@pytest.mark.parametrize(
    ("soft", "small", "is_possible"),
    [(True, True, True), (True, False, False), (False, False, True), (True, None, True)],
)
def test_answers_are_possible_unless_they_contradict(
    soft: bool, small: bool | None, is_possible: bool
) -> None:
    """Also what follows from them counts; what is unknown contradicts nothing."""
    program = assess(case(), ruleset(SOFT_IS_SMALL, SMALL_IS_LOUD)).program

    assert program.is_possible({"toy.soft": soft, "toy.small": small}) is is_possible
    assert program.is_possible({"toy.soft": soft, "toy.loud": False}) is not soft
