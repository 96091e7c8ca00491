"""The headline counts sales, for certain and at most; parts of a documented sale count once."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.shipped import CATALOGUE

import regcompare as rc
from regcompare import Outcome, Scenario, UsageError
from regcompare.authoring import (
    Checked,
    Instrument,
    Item,
    Provisions,
    Rule,
    Ruleset,
    Transaction,
    Trigger,
)
from regcompare.comparison.comparison import compare
from regcompare.comparison.headline import CountRange
from regcompare.scenario.scenario import cases_of_kinds

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
LAW = Ruleset(
    "toy",
    "The toy act",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    covers=("export",),
    checked=Checked.TEXT,
    provisions=Provisions(
        (
            Rule(ACT["Art. 1"], "Covert items need a licence.", when=Item.covert.__condition__(),
                 then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT),
            Rule(ACT["Art. 2"], "Face matching is banned.", when=Item.face_matching.is_in("one_to_many"),
                 then=Outcome.PROHIBITION, triggered_by=Trigger.ACT, checked=Checked.INFERRED),
        )
    ),
)  # fmt: skip


def case(name: str, sale: str = "", kind: str = "documented", **item: object) -> Scenario:
    """An export of an item."""
    return Scenario(
        id=name, sale=sale, kind=kind,  # type: ignore[arg-type]
        item=Item(**{"covert": False, "face_matching": "none", **item}),  # type: ignore[arg-type]
        transaction=Transaction(kind="export"),
    )  # fmt: skip


def test_parts_of_a_sale_count_once_by_the_strictest() -> None:
    """A sale with a free part and a licensed part needs a licence, once, and is not free."""
    (row,) = compare([case("a", "deal"), case("b", "deal", covert=True), case("c")], LAW).headline()

    assert (row.cases, row.sales) == (3, 2)
    assert (row.needs_licence.certain, row.needs_licence.at_most) == (1, 1)
    assert (row.needs_nothing.certain, row.needs_nothing.at_most) == (1, 1)


def test_what_is_not_known_counts_at_most() -> None:
    """An open fact moves a sale from certain to at most, and never counts twice."""
    (row,) = compare([case("a", covert=None), case("b", face_matching=None)], LAW).headline()

    assert row.needs_licence == CountRange(0, 2)
    assert row.refused_or_banned == CountRange(0, 1)
    assert (row.needs_nothing.certain, row.needs_nothing.at_most) == (0, 2)


def test_the_best_mark_of_a_sale_carries_it() -> None:
    """A sale that one part settles on the text does not rest on another part's weaker mark."""
    parts = [case("a", "deal", covert=True), case("b", "deal", face_matching="one_to_many")]
    (row,) = compare(parts, LAW).headline()

    assert row.needs_licence.marks == {Checked.TEXT: 1}
    assert row.refused_or_banned.marks == {Checked.INFERRED: 1}


def test_a_variant_is_no_part_of_the_sale() -> None:
    """What is invented about a sale is counted by itself, where it is compared at all."""
    cases = [case("a", "deal"), case("b", "deal", "variant", covert=True)]

    assert compare(cases, LAW).headline()[0].sales == 2
    assert [item.id for item in cases_of_kinds(cases)] == ["a"]
    assert [item.id for item in cases_of_kinds(cases, "variants")] == ["a", "b"]
    with pytest.raises(UsageError, match="Expected variants, replays or teaching"):
        cases_of_kinds(cases, "variantes")


def test_the_finding_says_what_the_numbers_say() -> None:
    """One sentence for all regimes, with what is set aside said once, and with source levels."""
    outside = Scenario(id="d", kind="documented", transaction=Transaction(kind="import"))
    finding = compare([case("a", covert=True), case("b", face_matching=None), outside], LAW).finding()

    assert finding is not None
    assert finding.sentence == (
        "Of 3 documented sales, 1 is outside the scope. Of the others, The toy act requires at least a "
        "licence for 1 to 2 and refuses or bans up to 1."
    )
    assert finding.marks == {Checked.TEXT: 1}
    assert compare([], LAW).finding() is None


def test_without_presumed_answers_nothing_is_narrower() -> None:
    """Taking presumptions away never makes a count more certain."""
    comparison = rc.compare(rc.cases()[:12])
    pairs = zip(comparison.headline(), comparison.sensitivity().without_presumed, strict=True)

    for row, bare in pairs:
        for own, without in zip(row.counts(), bare.counts(), strict=True):
            assert without.certain <= own.certain
            assert own.at_most <= without.at_most


def test_documented_sales_are_compared_by_default() -> None:
    """Without cases, variants and replays are left out until they are asked for."""
    documented = rc.compare(regimes="eu-2021-821")
    every = rc.compare(regimes="eu-2021-821", include="variants,replays,teaching")

    assert {row[0].scenario.kind for row in documented.rows} == {"documented"}
    assert {row[0].scenario.kind for row in every.rows} == {
        "documented",
        "variant",
        "replay",
        "teaching",
    }
    assert all(case.kind for case in CATALOGUE.scenarios())


def test_a_reform_that_only_adds_rules_is_never_possibly_laxer() -> None:
    """Without any solver: the two spans of an open case overlap, and no case can be laxer all the same."""
    act, amnesty = rc.regimes(["eu-2021-821", "amnesty"])
    mine = act.with_(amnesty.rule("A02"), of=amnesty, id="act-with-a02")
    milder = mine.without(act.rule("art-3-1"))
    cases = [item for item in rc.cases() if item.is_documented]

    comparison = compare(cases, [act, mine, milder])

    assert mine.only_adds_to(act)
    assert not act.only_adds_to(mine)
    assert not milder.only_adds_to(act)
    assert comparison.gaps("act-with-a02", "eu-2021-821").found == ()
    assert comparison.gaps(milder.id, "eu-2021-821").found != ()
