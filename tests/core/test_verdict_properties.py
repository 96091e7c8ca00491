"""What a verdict says of itself, over drawn law: what it asks, what decides, what it rests on, its mark.

Each property is checked against the conditions as they are written, or by assessing again, and not by
what the verdict was worked out with.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import settings
from tests.core.chains import Case, Law
from tests.core.oracle import World, ruling
from tests.core.test_oracle import ACT, GENERAL, LICENCE, Toy, rule
from tests.core.test_oracle import law as toy_law
from tests.core.worlds import POWER, Answers, Drawing
from tests.support.drawn_law import drawn_ruleset
from tests.support.offenders import of_each

from regcompare import UNKNOWN, Outcome, Scenario, UsageError, assess
from regcompare.logic.conditions import evaluate, nodes, questions
from regcompare.logic.questions import TextQuestion
from regcompare.program.lookahead import effects
from regcompare.ruleset.rules import Interpretation
from regcompare.scenario.provenance import Disputed
from regcompare.verdict.assess import assess_all, reassess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, Constraint, Licence, Transaction, Vocabulary

DATED = (FACTS_DATE.key, Licence.applied_on.key)
"""Dates on which it depends which law applies; they are known here."""


def drawn(seed: int, worlds: int = 12) -> Iterator[tuple[Law, World, Answers, Verdict]]:
    """Worlds under a drawn ruleset, with what is known of each and the verdict on that."""
    drawing = Drawing(drawn_ruleset(seed), random.Random(seed))
    applied = Law(drawing.ruleset, drawing.as_of(), drawing.readings())
    for _ in range(worlds):
        if world := drawing.world(applied.readings, applied.as_of):
            whole, *parts = drawing.cases(world)
            known = {
                **drawing.chance.choice(parts),
                **{key: whole[key] for key in DATED if key in whole},
            }
            verdict = judged(applied, known)
            if verdict is not None and verdict.span is not None:
                yield applied, world, known, verdict


def judged(law: Law, known: Answers, **changes: Any) -> Verdict | None:
    """The verdict on what is known; None where that contradicts itself."""
    case = attrs.evolve(law.scenario(known), **changes)
    try:
        return assess(case, law.ruleset, as_of=law.as_of, readings=law.readings)
    except UsageError:
        return None


SEEDS = of_each("seed", lambda: range(min(50, settings().max_examples)))
"""Up to fifty drawn rulesets; fewer where a property draws fewer."""


@SEEDS
def test_the_answers_to_what_is_asked_settle_it(seed: int) -> None:
    """Once every open question has the answer of a world, the result is what the oracle says there."""
    for law, world, known, verdict in drawn(seed):
        whole = Drawing(law.ruleset, random.Random(seed)).cases(world)[0]
        asked = {name.replace("discretion.", POWER) for name in verdict.open_questions}
        answered = judged(law, {**known, **{key: whole[key] for key in asked if key in whole}})
        assert answered is not None
        said = ruling(law.ruleset, world)
        if not Case(law, whole).is_exact():
            continue
        texts = [name for name in asked if name.startswith(("reading.", "text.", "row."))]
        if not texts and said.outcome is not None and answered.span is not None:
            assert (answered.low, answered.high) == (said.outcome, said.outcome), (known, asked)


@SEEDS
def test_what_is_asked_could_move_the_result(seed: int) -> None:
    """A question is asked by an open rule that is stricter than the least outcome, or overrides one."""
    for _, _, _, verdict in drawn(seed):
        program, low = verdict.program, verdict.low
        assert low is not None
        overridden = {
            other for item in verdict.findings if item.holds is not False for other in (item.rule,)
        }
        pivotal = [
            entry.condition
            for entry, finding in ((entry, verdict.finding(entry.rule.id)) for entry in program.entries)
            if finding.holds is None
            and (entry.rule.then > low or overridden & set(entry.rule.overrides))
        ]
        pivotal += [program.scope] * (verdict.in_scope is None) + [program.force] * (
            verdict.in_force is None
        )
        names = {question.name for question in questions(pivotal).values()}
        if verdict.span and verdict.span.is_settled and None not in (verdict.in_scope, verdict.in_force):
            names = set()
        assert set(verdict.open_questions) <= names


@SEEDS
def test_what_is_printed_is_what_follows_from_the_answers(seed: int) -> None:
    """Every condition has in each case of many the truth that it has under the answers of that case."""
    found = [(law, verdict.scenario) for law, _, _, verdict in drawn(seed, 4)]
    for law, _ in found[:1]:
        cases = [case for _, case in found]
        for verdict in assess_all(cases, law.ruleset, as_of=law.as_of, readings=law.readings):
            for node in nodes(verdict.program.conditions.values()):
                assert verdict.derivation(node).truth is evaluate(node, verdict.answers).truth


@SEEDS
def test_the_deciding_rules_hold_in_every_world(seed: int) -> None:
    """Whatever else is true, they hold, and the outcome is at least theirs."""
    for law, world, _, verdict in drawn(seed):
        said = ruling(law.ruleset, world)
        for finding in verdict.deciding if said.outcome is not None else ():
            assert finding.rule in said.rules
            assert finding.rule.then is verdict.low
            assert said.outcome is not None
            assert said.outcome >= finding.rule.then
        if verdict.low is not Outcome.NO_CONTROL:
            assert verdict.deciding or verdict.alternatives


@SEEDS
def test_the_mark_follows_from_the_rules_that_decide(seed: int) -> None:
    """It is never better than that of the best rule that decides, or of which one does."""
    for _, _, _, verdict in drawn(seed):
        ways = verdict.deciding or verdict.alternatives
        if verdict.checked is not None and ways:
            marks = [item.ruleset.mark(item.rule).rank for item in ways]
            assert verdict.checked.rank <= max(marks)
        if ways:
            assert verdict.checked is not None


@SEEDS
def test_other_readings_are_what_assessing_them_says(seed: int) -> None:
    """Each lists its result; one on which the result rests gives another, and no other one does."""
    for _, _, _, verdict in drawn(seed, 4):
        own = verdict.result
        for item in verdict.other_readings:
            readings = {item.doubt.id: item.reading}
            assert item.result == reassess(verdict, readings=_all(verdict, readings)).result
            assert item.differs is (item.result != own)
        rests_on = {(item.doubt, item.reading) for item in verdict.rests_on.readings}
        assert rests_on == {
            (item.doubt, item.reading)
            for item in verdict.other_readings
            if item.differs and verdict.readings[item.doubt] is not None
        }
        listed = {(item.doubt.id, item.reading) for item in verdict.other_readings}
        for doubt, reading in _others(verdict):
            if (doubt.id, reading) not in listed:
                assert reassess(verdict, readings=_all(verdict, {doubt.id: reading})).result == own


def _all(verdict: Verdict, changed: dict[str, str]) -> dict[str, str]:
    return {**{doubt.id: reading or "open" for doubt, reading in verdict.readings.items()}, **changed}


def _others(verdict: Verdict) -> Iterator[tuple[Interpretation, str]]:
    for doubt, chosen in verdict.readings.items():
        if not isinstance(doubt.asked, TextQuestion):
            yield from ((doubt, reading) for reading in doubt.readings if reading != chosen)


@SEEDS
def test_what_is_presumed_and_not_listed_changes_nothing(seed: int) -> None:
    """Facts that are presumed and asked about are listed, and none else: the rest may be forgotten."""
    for law, _, known, _ in drawn(seed, 4):
        keys = sorted(key for key in known if key not in DATED and key != "transaction.kind")
        facts = law.ruleset.vocabulary.answers({key: known[key] for key in keys if "." in key})
        stated = {key: answer for key, answer in known.items() if key not in facts}
        verdict = judged(law, stated, presumed=facts)
        if verdict is None:
            continue
        asked = {question.fact for question in verdict.program.questions.values()}
        assert set(verdict.presumed) == {
            name for name in verdict.known.presumed if name in asked or name == Licence.applied_on.key
        } - ({Licence.applied_on.key} - asked - set(verdict.presumed))
        rest = {key: answer for key, answer in facts.items() if key in verdict.presumed}
        fewer = judged(law, stated, presumed=rest)
        assert fewer is not None
        assert (fewer.result, fewer.in_scope) == (verdict.result, verdict.in_scope)


# what draws seldom reach ---------------------------------------------------------------------------


def toy(*facts: Any, **fields: Any) -> Scenario:
    """A sale of the toy act."""
    return Scenario(
        id="a", transaction=Transaction(**fields or {"kind": "export"}), more=(Toy(**dict(facts)),)
    )


def test_an_exception_that_is_no_stricter_than_the_least_outcome_is_asked() -> None:
    """Whether it lowers the outcome is what the result depends on."""
    verdict = assess(toy(("hot", True)), toy_law(LICENCE, GENERAL))

    assert (verdict.result, verdict.open_questions) == (
        "general_authorisation..authorisation",
        ("toy.wet",),
    )


def test_an_open_scope_is_asked() -> None:
    """Also where every rule is known."""
    verdict = assess(toy(("hot", True), ("wet", False), kind="unknown"), toy_law(LICENCE))

    assert (verdict.in_scope, verdict.open_questions) == (None, ("transaction.kind",))


@pytest.mark.parametrize(
    ("hot", "kind", "decides"),
    [
        (True, "unknown", True),
        (False, "unknown", True),
        (True, "export", False),
        (False, "export", False),
    ],
)
def test_a_disputed_fact_decides_where_it_leaves_the_scope_open(
    hot: bool, kind: str, decides: bool
) -> None:
    """Where the scope is certain it does not, whether or not a rule holds."""
    disputed = (Disputed(fact="transaction.kind", note="Invented."),)
    case = attrs.evolve(toy(("hot", hot), kind=kind), disputed=disputed)

    assert bool(assess(case, toy_law(LICENCE)).disputes) is decides


def test_cases_that_are_assessed_together_have_their_own_other_readings() -> None:
    """And each its own disputes."""
    doubt = Interpretation(
        "heat", ACT["Art. 9"], "Hot?", readings={"yes": "Y.", "no": "N."}, default="yes", reason="None."
    )
    act = toy_law(rule(1, doubt.is_read_as("yes") & Toy.hot, Outcome.AUTHORISATION), doubts=(doubt,))
    dispute = (Disputed(fact="toy.hot", by="the firm", note="It is cold."),)
    cases = [
        attrs.evolve(
            toy(("hot", hot), ("wet", True)),
            id=f"case-{hot}",
            disputed=(*dispute, Disputed(fact="toy.wet", note="Dry.")),
        )
        for hot in (False, True)
    ]

    verdicts = assess_all(cases, act)

    assert [[item.differs for item in verdict.other_readings] for verdict in verdicts] == [
        [False],
        [True],
    ]
    assert [[item.fact for item in verdict.disputes] for verdict in verdicts] == [["toy.hot"]] * 2


def test_the_open_rules_of_which_one_decides_have_the_least_outcome() -> None:
    """A stricter one that may hold besides is not among them."""
    act = toy_law(
        rule(1, Toy.hot, Outcome.AUTHORISATION),
        rule(2, ~Toy.hot, Outcome.AUTHORISATION),
        rule(3, Toy.wet, Outcome.PROHIBITION),
    )

    assert [item.rule.id for item in assess(toy(), act).alternatives] == ["art-1", "art-2"]


def test_an_open_fact_is_not_presumed() -> None:
    """A stated unknown is neither listed as presumed nor replaced."""
    case = Scenario(id="a", presume=("ordinary",), facts={"national.measure": UNKNOWN})

    assert "national.measure" not in assess(case, drawn_ruleset(1)).known.presumed


def test_an_open_set_is_asked_member_by_member() -> None:
    """Each member alone, and none of them."""
    verdict = assess(toy(), toy_law(rule(1, Toy.parts.includes_any("a"), Outcome.AUTHORISATION)))

    (question,) = verdict.questions

    assert [(item.answers, str(item.span)) for item in question.effects] == [
        (("none of these",), "no_control"),
        (("a",), "authorisation"),
    ]


def test_the_effects_of_answers_count_the_cases_that_they_settle_or_narrow() -> None:
    """A case that is settled counts for none, though a fact is open that a rule asks about."""
    told = rule(1, Toy.hot, Outcome.NOTIFICATION)
    ruleset = toy_law(told, rule(2, Toy.wet, Outcome.PROHIBITION))
    batch = assess_all([toy(("hot", True)), toy(("wet", True)), toy(), toy(("wet", False))], ruleset)[
        0
    ].batch

    found = effects(batch.truths.program, batch.rows, batch.truths, batch.contradictory)

    assert {
        question.name: [
            (item.answers, f"{item.counts:04b} {item.settles:04b} {item.narrows:04b}")
            for item in answers
        ]
        for question, answers in found
    } == {
        "toy.hot": [(("yes",), "1100 1000 1100"), (("no",), "1100 1000 1000")],
        "toy.wet": [(("yes",), "0101 0101 0101"), (("no",), "0101 0001 0101")],
    }


def test_an_answer_that_contradicts_a_constraint_has_no_effect_that_is_told() -> None:
    """The first kind would have to be wet and dry."""
    first = Toy.kind.is_in("one")
    constraints = (
        Constraint("The first kind is wet.", first, Toy.wet),
        Constraint("The first kind is dry.", first, ~Toy.wet),
    )
    act = toy_law(
        rule(1, Toy.kind.is_in("one", "two"), Outcome.AUTHORISATION),
        vocabulary=Vocabulary((Transaction, Toy), constraints=constraints),
    )

    (question,) = assess(toy(), act).questions

    assert [(item.answers, str(item.span)) for item in question.effects] == [
        (("two",), "authorisation"),
        (("three",), "no_control"),
    ]
