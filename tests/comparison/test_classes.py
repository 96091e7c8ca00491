"""A comparison puts each record in one class; parts of a documented deal count once."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import attrs
import pytest
from tests.support.shipped import CASES, CATALOGUE

import regcompare as rc
from regcompare import Outcome, Scenario, UsageError
from regcompare.authoring import EvidenceLevel, Instrument, Item, Ruleset, Transaction, Trigger
from regcompare.comparison.classes import CLASSES, CaseClass
from regcompare.comparison.comparison import compare
from regcompare.comparison.layers import LAYERS, in_layer
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.scenario.provenance import Disputed, RecordKind
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.views.tables import comparison_text

NONE = dict.fromkeys(CLASSES, 0)

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
LAW = Ruleset(
    "toy",
    "The toy act",
    status="law",
    instruments=(ACT,),
    reference_date=dt.date(2020, 1, 1),
    covers=("export",),
    checked=EvidenceLevel.TEXT,
    provisions=Provisions(
        (
            Rule(ACT["Art. 1"], "Covert items need a licence.", when=Item.covert.__condition__(),
                 then=Outcome.AUTHORISATION, triggered_by=Trigger.ACT),
            Rule(ACT["Art. 2"], "Face matching is banned.", when=Item.face_matching.is_in("one_to_many"),
                 then=Outcome.PROHIBITION, triggered_by=Trigger.ACT, checked=EvidenceLevel.INFERRED),
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
    (row,) = compare([case("a", "deal"), case("b", "deal", covert=True), case("c")], LAW).classes()

    assert row.counts == {**NONE, "free": 1, "licence": 1}
    assert row.row() | {"all": 2, "free": 1, "licence": 1} == row.row()


def test_what_is_not_known_is_open_with_both_ends() -> None:
    """An open fact makes a case open, in one class, and counts at most for the stricter ones."""
    comparison = compare([case("a", covert=None), case("b", face_matching=None)], LAW)
    (row,) = comparison.classes()

    assert row.counts == {**NONE, "open": 2}
    assert [item.ends for item in row.ends.values()] == [("free", "licence"), ("free", "refuse")]
    assert comparison.count("licence")[0].range == (0, 2)
    assert comparison.count("refuse")[0].range == (0, 1)


def test_a_part_whose_scope_is_open_is_free_at_the_least() -> None:
    """It makes a deal open, unless another part is as strict; certainly out of scope it counts nothing."""
    maybe = attrs.evolve(case("b", "deal", covert=True), transaction=Transaction())
    outside = attrs.evolve(case("c", "deal"), transaction=Transaction(kind="import"))

    def of(*parts: Scenario) -> CaseClass:
        return compare(parts, LAW).classes()[0].ends["deal" if parts[0].sale else parts[0].id]

    assert of(maybe).ends == ("free", "licence")
    assert of(maybe, outside).ends == ("free", "licence")
    assert of(maybe, case("a", "deal", covert=True)).slug == "licence"
    assert of(outside).slug == "outside"


def test_two_outcomes_of_one_class_are_that_class() -> None:
    """Refusal or a ban is one class, said as both; an outcome that is settled is named by itself."""
    mixed = CaseClass(Outcome.REFUSAL, Outcome.PROHIBITION)

    assert (mixed.slug, mixed.words()) == ("refuse", "must be refused, or is banned")
    assert CaseClass(Outcome.SUSPENSION, Outcome.SUSPENSION).words() == "on hold"
    assert CaseClass(Outcome.NO_CONTROL, Outcome.GENERAL_AUTHORISATION).slug == "free"
    assert CaseClass(Outcome.NO_CONTROL, Outcome.NOTIFICATION).words() == (
        "too little known: from “free” to “must report”"
    )


def test_where_there_are_deals_nothing_else_counts() -> None:
    """What was refused, licensed or offered is no deal, and is counted apart."""
    kinds: dict[str, RecordKind] = {
        "a": "delivered",
        "b": "contract",
        "c": "refused",
        "d": "offer",
        "e": "licence",
    }
    cases = [attrs.evolve(case(name, covert=True), record_kind=kind) for name, kind in kinds.items()]
    comparison = compare(cases, LAW)

    assert (comparison.population.id, len(comparison.population)) == ("deals", 2)
    assert (
        "Counted apart: 1 licence, 1 application refused or withdrawn and 1 offer."
        in comparison.to_markdown()
    )
    assert compare(cases[2:3], LAW).population.id == "refused_or_withdrawn"


def test_a_layer_opens_what_is_disputed_and_then_what_is_assumed() -> None:
    """Undisputed opens disputed facts; stated drops assumptions too; as filed is the case itself."""
    disputed = Disputed(fact="item.covert", note="The company denies it.", by="the company")
    filed = attrs.evolve(case("a", covert=True), disputed=(disputed,))
    presumed = attrs.evolve(case("b", covert=None), presumed=(Item(covert=True),))
    comparison = compare([filed, presumed], LAW)

    assert comparison.classes(facts="filed")[0].counts == {**NONE, "licence": 2}
    assert comparison.classes()[0].counts == {**NONE, "licence": 1, "open": 1}
    assert comparison.classes(facts="stated")[0].counts == {**NONE, "open": 2}
    assert [comparison.count("licence", facts=facts)[0].range for facts in LAYERS] == [
        (0, 2), (1, 2), (2, 2),
    ]  # fmt: skip
    assert in_layer(filed, "filed") is filed


def test_the_best_mark_of_a_sale_carries_it() -> None:
    """A sale that one part settles on the text does not rest on another part's weaker mark."""
    parts = [case("a", "deal", covert=True), case("b", "deal", face_matching="one_to_many")]
    (count,) = compare(parts, LAW).count("licence")

    assert count.marks == {EvidenceLevel.TEXT: 1}


def test_a_variant_is_no_part_of_the_sale() -> None:
    """What is invented about a sale is counted by itself, where it is compared at all."""
    cases = [case("a", "deal"), case("b", "deal", "variant", covert=True)]

    assert len(compare(cases, LAW).population) == 2
    assert [item.id for item in cases_of_kinds(cases)] == ["a"]
    assert [item.id for item in cases_of_kinds(cases, "variants")] == ["a", "b"]
    with pytest.raises(UsageError, match="Expected variants, replays or teaching"):
        cases_of_kinds(cases, "variantes")


def test_the_finding_says_what_the_numbers_say() -> None:
    """One sentence for all regimes, with what is set aside said once, and with evidence levels."""
    outside = Scenario(id="d", kind="documented", transaction=Transaction(kind="import"))
    finding = compare([case("a", covert=True), case("b", face_matching=None), outside], LAW).finding()

    assert str(finding) == (
        "Of 3 cases, The toy act as of 2020-01-01 would require at least a licence for 1 certainly and at "
        "most 2, and refusal or a ban for none certainly and at most 1 (1 outside its scope)."
    )
    assert compare([], LAW).finding() is None


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
    assert all(case.kind for case in CASES)


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


@pytest.mark.thorough
def test_the_counts_are_equal_wherever_they_are_shown(tmp_path: Path) -> None:
    """Terminal, JSON, frame, picture and brief give each class the same number."""
    comparison = rc.compare()
    expected = [list(map(str, row.counts.values())) for row in comparison.classes()]
    json_rows = json.loads(comparison_text(comparison, "json"))["classes"]
    brief, markdown = rc.brief(), comparison.to_markdown()

    assert [[str(row[slug]) for slug in CLASSES] for row in json_rows] == expected
    for row, counts in zip(comparison.classes(), expected, strict=True):
        cells = f"| {' | '.join([*counts, str(row.count)])} |"
        assert cells in re.sub(" +", " ", markdown)
        assert cells in re.sub(" +", " ", brief)
        assert re.search(r"\s+".join(counts), comparison_text(comparison))
    drawn = CATALOGUE.draw("comparison", comparison).alt
    for count in (*comparison.count("licence"), *comparison.count("refuse")):
        assert f"{count.laws[0].heading()}: " in drawn


def test_the_gap_is_true_of_the_law() -> None:
    """Unlisted, unknowing, untold and without national measures: nothing; listed: nobody must refuse."""
    item = {"annex_i_entry": "none"}
    unknowing: dict[str, list[str]] = {
        "authority_informed": [],
        "exporter_aware": [],
        "exporter_suspects": [],
    }
    case = {
        "presume": "ordinary", "date": "2021-10-01", "item": item, "knowledge": unknowing,
        "transaction": {"kind": "export"}, "exporter": {"country": "FR"}, "destination": {"country": "BR"},
        "eu": {"annex_iv_part": "no"},
    }  # fmt: skip
    listed = case | {"item": {"annex_i_entry": ["4D004"]}}
    for regime in ("eu-428-2009", "eu-2021-821"):
        assert rc.assess(case, regime).high == "no_control"
        assert rc.assess(listed, regime).high == "authorisation"
