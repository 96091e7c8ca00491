"""The engine against the oracle: chains of cases drawn over law drawn at random.

Each run draws new cases; ``--hypothesis-seed=0`` draws the same ones, and ``REGCOMPARE_DRAWS=50`` fifty times
as many.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.core.chains import violations
from tests.core.oracle import World, ruling
from tests.support.drawn_law import drawn_ruleset

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    Choice,
    Constraint,
    Instrument,
    SetOf,
    Term,
    Transaction,
    Trigger,
    YesNo,
    all_of,
    any_of,
    section,
)
from regcompare.facts import sets
from regcompare.logic import code_lists
from regcompare.logic.code_lists import CodeList
from regcompare.logic.codes import code_matches
from regcompare.logic.conditions import ConditionLike
from regcompare.program import program
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Interpretation, Rule
from regcompare.scenario import assumed
from regcompare.vocabulary import Vocabulary


def found(ruleset: Ruleset, draws: int, seed: int) -> list[str]:
    """What is wrong in drawn cases, in words, each with the seed that draws it again."""
    draws *= int(os.environ.get("REGCOMPARE_DRAWS", "1"))
    return [f"{violation} (seed {seed})" for violation in violations(ruleset, draws, seed)]


@pytest.mark.parametrize("number", range(15))
def test_drawn_law_is_as_the_oracle_says(number: int, seed: int) -> None:
    """Nor where sets share members, with exclusions, overrides, constraints, dates, doubts and powers."""
    assert found(drawn_ruleset(seed + number), 160, seed) == []


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(15, 40))
def test_drawn_law_is_as_the_oracle_says_in_many_cases(number: int, seed: int) -> None:
    """With the tests above, some 20,000 cases."""
    assert found(drawn_ruleset(seed + number), 320, seed) == []


ACT = Instrument("Toy Act", "An invented act", "nowhere")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    hot: YesNo = YesNo("Hot?")
    wet: YesNo = YesNo("Wet?")
    kind: Choice[str] = Choice("Kind?", {"one": "1", "two": "2", "three": "3"})
    parts: SetOf[str] = SetOf("Parts?", {"a": "A", "b": "B"})


def rule(number: int, when: ConditionLike, then: Outcome, *overrides: Rule) -> Rule:
    """A rule of the toy act."""
    return Rule(
        ACT[f"Art. {number}"],
        "A rule.",
        when=when,
        then=then,
        triggered_by=Trigger.ACT,
        overrides=overrides,
    )


def law(*rules: Rule, doubts: tuple[Interpretation, ...] = (), **fields: Any) -> Ruleset:
    """The toy act."""
    return Ruleset(
        fields.pop("id", "toy"),
        "Toy Act",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        covers=("export",),
        provisions=Provisions(rules, (), doubts),
        vocabulary=fields.pop("vocabulary", Vocabulary((Transaction, Toy))),
        **fields,
    )


LICENCE = rule(1, Toy.hot, Outcome.AUTHORISATION)


GENERAL = rule(2, Toy.hot & Toy.wet, Outcome.GENERAL_AUTHORISATION, LICENCE)


REVOKED = rule(3, Toy.kind.is_in("two"), Outcome.NO_CONTROL, GENERAL)


@pytest.mark.parametrize(
    ("kind", "wet", "outcome"),
    [
        ("one", False, Outcome.AUTHORISATION),
        ("one", True, Outcome.GENERAL_AUTHORISATION),
        ("two", True, Outcome.AUTHORISATION),
    ],
)
def test_what_is_overridden_does_not_decide(kind: str, wet: bool, outcome: Outcome) -> None:
    """The strictest rule that stands decides; a rule that is itself overridden overrides nothing."""
    facts = {"transaction.kind": "export", "toy.hot": True, "toy.wet": wet, "toy.kind": kind}

    said = ruling(law(LICENCE, GENERAL, REVOKED), World(facts, {}, {}))

    assert (said.in_force, said.in_scope, said.outcome) == (True, True, outcome)


def test_outside_its_scope_a_law_has_no_outcome() -> None:
    """A rule may hold there, and decides nothing."""
    facts = {"transaction.kind": "transit", "toy.hot": True}

    said = ruling(law(LICENCE), World(facts, {}, {}))

    assert (said.in_scope, said.rules, said.outcome) == (False, frozenset(), None)


def first_found(rulesets: int) -> str:
    """The first thing that is wrong in drawn law; a blank if nothing is."""
    for number in range(rulesets):
        for text in found(drawn_ruleset(number), 160, 0):
            return text
    return ""


def merge_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every member of a set is taken to have the effect of the first."""
    monkeypatch.setattr(program.Program, "symmetry_classes", property(_by_fact_alone))


def _by_fact_alone(law: program.Program) -> list[tuple[int, tuple[int, ...]]]:
    facts = [question.fact or question for question in law.questions.values()]
    return [(facts.index(fact), ()) for fact in facts]


def take_codes_literally(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code above others is read as one of its own, which has no points."""
    monkeypatch.setattr(CodeList, "falls", lambda _, code, pattern: code_matches(code, pattern))


def override_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule decides although another overrides it."""
    monkeypatch.setattr(program, "_in_effect", lambda entry, overriding: entry.condition)


def forget_exclusions(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a pattern leaves out is in it."""
    plain = code_matches.__wrapped__
    monkeypatch.setattr(
        "regcompare.logic.code_lists.code_matches",
        lambda code, pattern: plain(code, pattern.partition("!")[0]),
    )


def let_reports_overrule(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reports show replaces what a case states."""
    monkeypatch.setattr(assumed, "_SAID", ())


@pytest.fixture
def unread_codes() -> Iterator[None]:
    """Without what was kept of codes, before and after."""
    kept = code_lists._falls, sets._any_falls
    for function in kept:
        function.cache_clear()
    yield
    for function in kept:
        function.cache_clear()


@pytest.mark.thorough
@pytest.mark.usefixtures("unread_codes")
@pytest.mark.parametrize(
    "fault",
    [merge_members, take_codes_literally, override_nothing, forget_exclusions, let_reports_overrule],
)
def test_a_fault_is_found(fault: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fault of the engine is found in a few thousand cases, and told with the facts that it needs."""
    fault(monkeypatch)

    told = first_found(40)

    assert told
    assert len(told) < 1000


def test_an_answer_that_contradicts_a_constraint_implies_nothing() -> None:
    """Once a case contradicts a constraint, nothing more follows from it, again and again."""
    some = Toy.kind.is_in("one") & Toy.parts.includes_any("a", "b")
    constraint = Constraint("If not one of a part, hot.", ~some, Toy.hot)
    vocabulary = Vocabulary((Transaction, Toy), constraints=(constraint,))
    either = law(rule(1, Toy.kind.is_in("one", "two"), Outcome.AUTHORISATION), vocabulary=vocabulary)
    case = Scenario(
        id="case",
        transaction=Transaction(kind="export"),
        more=(Toy(kind={"one_of": ["two", "three"]}, hot=False),),
    )

    with pytest.raises(UsageError, match="contradict each other"):
        assess(case, either)


def test_a_reading_that_is_chosen_widens_nothing() -> None:
    """In which order the members of a set are tried does not depend on how the law is read."""
    doubt = Interpretation(
        "how",
        ACT["Art. 9"],
        "How?",
        readings={"wide": "W.", "narrow": "N."},
        default="open",
        reason="None.",
    )
    a, b = Toy.parts.includes_any("a"), Toy.parts.includes_any("b")
    never = any_of(
        all_of(a, Term("not a", ACT["Art. 9"], ~a)), all_of(~a, b, Term("not b", ACT["Art. 9"], ~b))
    )
    act = law(
        rule(3, never, Outcome.PROHIBITION),
        rule(1, doubt.choose(wide=Toy.hot, narrow=b | Toy.hot), Outcome.AUTHORISATION),
        rule(2, doubt.choose(wide=Toy.wet, narrow=b | Toy.wet), Outcome.AUTHORISATION),
        doubts=(doubt,),
    )
    case = Scenario(id="case", transaction=Transaction(kind="export"))

    for reading in ("open", "wide", "narrow"):
        assert assess(case, act, readings={"how": reading}).finding("art-3").holds is False
