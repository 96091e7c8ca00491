"""Signatures: rows that leave the same to decide have one verdict, so that tables assess one of them."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from tests.core.chains import Law
from tests.core.test_oracle import ACT, LICENCE, Toy, law, rule
from tests.core.worlds import Drawing
from tests.support.drawn_law import drawn_ruleset

from regcompare import Outcome, Scenario
from regcompare.program.signatures import signature_bitsets
from regcompare.ruleset.rules import Interpretation
from regcompare.verdict.assess import assess_all
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import Transaction


def by_signature(verdicts: list[Verdict]) -> dict[object, list[Verdict]]:
    """Verdicts that have the same signature, together: those of one program, in force on their day or not."""
    groups: dict[object, list[Verdict]] = {}
    bitsets = {item.program: signature_bitsets(item.program, item.batch.rows) for item in verdicts}
    for item in verdicts:
        own = tuple(bitset >> item.place & 1 for bitset in bitsets[item.program])
        groups.setdefault((item.program, item.law.in_force, own), []).append(item)
    return groups


def said(verdict: Verdict) -> tuple[object, ...]:
    """What a table says of a row."""
    holds = tuple((finding.rule.id, finding.holds) for finding in verdict.findings)
    return verdict.in_force, verdict.in_scope, verdict.result, holds


def drawn(seed: int) -> Iterator[list[Verdict]]:
    """Many cases under drawn law, of each of which less and less is known."""
    drawing = Drawing(drawn_ruleset(seed), random.Random(seed))
    for _ in range(3):
        applied = Law(drawing.ruleset, drawing.as_of(), drawing.readings())
        worlds = (drawing.world(applied.readings, applied.as_of) for _ in range(25))
        known = [case for world in worlds if world for case in drawing.cases(world)]
        cases = [applied.scenario(case) for case in known if not applied.say_alone(case).error]
        yield assess_all(cases, applied.ruleset, as_of=applied.as_of, readings=applied.readings)


@pytest.mark.parametrize("number", range(6))
def test_what_has_one_signature_has_one_verdict(number: int, seed: int) -> None:
    """Over drawn law, whatever is open; and some rows do share one, which is what signatures are for."""
    shared = 0
    for verdicts in drawn(seed + number):
        for group in by_signature(verdicts).values():
            assert len({said(item) for item in group}) == 1
            shared += len(group) - 1

    assert shared > 20


def toy(**facts: bool | str) -> Scenario:
    """An export of which these facts are known."""
    return Scenario(id="toy").with_facts(Transaction(kind="export"), Toy(**facts))  # type: ignore[arg-type]


def test_what_no_longer_matters_tells_no_rows_apart() -> None:
    """An answer to what a decided rule asks as well; the near miss is one that the rule still needs."""
    ruleset = law(LICENCE, rule(2, Toy.kind.is_in("one") & Toy.wet, Outcome.PROHIBITION))
    decided = [toy(hot=True, kind="two", wet=wet) for wet in (True, False)]
    open_still = [toy(hot=True, wet=wet) for wet in (True, False)]

    assert len(by_signature(assess_all(decided, ruleset))) == 1
    assert len(by_signature(assess_all(open_still, ruleset))) == 2


DOUBT = Interpretation(
    "D1",
    ACT["Art. 1"],
    "Which is meant?",
    readings={"hot": "What is hot.", "wet": "What is wet."},
    default="hot",
    reason="Invented.",
)


def test_rows_under_an_open_reading_are_told_apart_by_what_each_reading_says() -> None:
    """Hot and dry is not wet and cold, where another rule holds under one of the readings alone."""
    chosen = DOUBT.choose(hot=Toy.hot, wet=Toy.wet)
    banned = DOUBT.choose(hot=Toy.kind.is_in("two"), wet=Toy.kind.is_in("one"))
    ruleset = law(
        rule(1, chosen, Outcome.AUTHORISATION), rule(2, banned, Outcome.PROHIBITION), doubts=(DOUBT,)
    )
    verdicts = assess_all(
        [toy(hot=True, wet=False, kind="one"), toy(hot=False, wet=True, kind="one")],
        ruleset,
        readings={"D1": "open"},
    )

    assert [item.result for item in verdicts] == [
        "authorisation..prohibition",
        "no_control..prohibition",
    ]
    assert len(by_signature(verdicts)) == 2


def test_what_another_reading_asks_tells_no_rows_apart_once_a_reading_is_chosen() -> None:
    """Both rows leave open whether the toy is hot; the near miss leaves the reading open as well."""
    one, two = Toy.kind.is_in("one"), Toy.kind.is_in("two")
    ruleset = law(
        rule(
            1,
            DOUBT.choose(hot=Toy.hot, wet=Toy.wet & one | Toy.wet & two),
            Outcome.AUTHORISATION,
        ),
        doubts=(DOUBT,),
    )
    cases = [toy(kind="one"), toy(kind="two")]

    assert len(by_signature(assess_all(cases, ruleset))) == 1
    assert len(by_signature(assess_all(cases, ruleset, readings={"D1": "open"}))) == 2
