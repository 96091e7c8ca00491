"""Gaps over every possible case, against every case one by one, and as the command prints them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer
from tests.support.recording import RECORD
from tests.support.shipped import CATALOGUE
from tests.support.toy_world import EVERY_CASE, outcome, rulesets

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import Destination, Exporter, Item, Transaction
from regcompare.cli import main
from regcompare.facts import MemberSet
from regcompare_prove import commands
from regcompare_prove.gaps import Closure, PossibleGaps, possible_gaps, reverse
from regcompare_prove.witness import smallest_witness

ROOT = Path(__file__).parents[2]
CASE = str(ROOT / "scenarios" / "morpho-shanghai-2015.yaml")


# against brute force ------------------------------------------------------------------------------


def of_kind(technology: str, kind: str) -> list[Scenario]:
    """The cases with these two answers."""
    return [
        case for case in EVERY_CASE if (case.item.technology, case.end_user.kind) == (technology, kind)
    ]


def closed(cases: list[Scenario], base: Ruleset, other: Ruleset, at: Outcome) -> Closure:
    """How far one ruleset stops what another lets through, case by case."""
    pairs = [(outcome(case, base), outcome(case, other)) for case in cases]
    applicable = [(ours, theirs) for ours, theirs in pairs if ours is not None and theirs is not None]
    if not applicable:
        return Closure.NO_CASE
    stopped = [theirs >= at for ours, theirs in applicable if ours < at]
    if not stopped:
        return Closure.NOTHING_OPEN
    if all(stopped):
        return Closure.ALWAYS
    return Closure.SOMETIMES if any(stopped) else Closure.NEVER


@given(rulesets("base"), rulesets("other"), st.sampled_from(list(Outcome)[1:]))
@fewer(6)
def test_each_cell_is_what_every_case_shows(base: Ruleset, other: Ruleset, at: Outcome) -> None:
    """Always, sometimes, never and the other words agree with an enumeration; both ways round."""
    gaps = possible_gaps(base, other, stops_at=at)

    for direction, milder, stricter in ((gaps, base, other), (reverse(gaps), other, base)):
        closures = {(cell.down.name, cell.across.name): cell.closure for cell in direction.cells}
        for technology in ("facial_recognition", "encryption", "covert_listening"):
            for kind in ("law_enforcement", "university"):
                cases = of_kind(technology, kind)
                assert closures[technology, kind] is closed(cases, milder, stricter, at)


@given(rulesets("base"), rulesets("other"))
@fewer(10)
def test_rules_that_close_are_those_that_stop_some_case(base: Ruleset, other: Ruleset) -> None:
    """A rule closes a gap if in some case of it the rule holds, is strict enough and not overridden."""
    at = Outcome.AUTHORISATION
    gaps = possible_gaps(base, other, stops_at=at)

    always_by_rule = {item.rule.id: item.always for item in gaps.closing_rules()}

    in_gap = [
        case
        for case in EVERY_CASE
        if (lets := outcome(case, base)) is not None
        and lets < at
        and (outcome(case, other) or Outcome.NO_CONTROL) >= at
    ]
    standing = [
        {
            item.rule.id
            for item in assess(case, other).holding
            if item.rule.then >= at and not item.overridden_by
        }
        for case in in_gap
    ]
    assert set(always_by_rule) == set().union(*standing)
    assert {name for name, always in always_by_rule.items() if always} == (
        set.intersection(*standing) if standing else set()
    )


@given(rulesets("base"), rulesets("other"))
@fewer(10)
def test_every_witness_of_drawn_rulesets_shows_its_gap(base: Ruleset, other: Ruleset) -> None:
    """The smallest case of a cell with a gap shows the gap."""
    gaps = possible_gaps(base, other)

    for cell in gaps.gap_cells[::40]:
        witness = smallest_witness(gaps.among(cell.down, cell.across), gaps.gap, "A gap")
        assert witness is not None
        shows(witness.scenario, gaps)


def shows(scenario: Scenario, gaps: PossibleGaps) -> None:
    """A case, assessed plainly, is stopped by the other and let through by the base."""
    lets = assess(scenario, gaps.base.ruleset).span
    stops = assess(scenario, gaps.other.ruleset).span
    assert lets is not None
    assert stops is not None
    assert lets.high < gaps.stops_at <= stops.low


# the shipped regimes -------------------------------------------------------------------------------


def test_without_a_gap_no_rule_closes_one() -> None:
    """Where nothing more is controlled there is nothing to show."""
    gaps = possible_gaps(CATALOGUE.ruleset("amnesty"), CATALOGUE.ruleset("eu-2021-821"))

    assert gaps.gap_cells == ()
    assert gaps.closing_rules() == ()


def test_facts_that_are_given_make_a_gap_complete() -> None:
    """Amnesty controls every case of unlisted tools made to observe people without due diligence."""
    fixed = Scenario(
        id="tool",
        presume="ordinary",
        item=Item(annex_i_entry=MemberSet(), designed_to_monitor_people=True, security_research=False),
        transaction=Transaction(kind="export"),
        exporter=Exporter(country="FR"),
        destination=Destination(country="CN"),
    )
    gaps = possible_gaps(CATALOGUE.ruleset("eu-2021-821"), CATALOGUE.ruleset("amnesty"), given=fixed)

    assert gaps.frame.words == "the facts of tool"
    words = {cell.down.name: cell.closure for cell in gaps.cells}
    assert words.pop("encryption") is not Closure.ALWAYS
    assert set(words.values()) == {Closure.ALWAYS}


@pytest.mark.thorough
def test_ordinary_answers_can_be_taken_as_given() -> None:
    """With ordinary answers no national measure counts, and buyer and user are at the destination."""
    gaps = possible_gaps(
        CATALOGUE.ruleset("eu-428-2009"), CATALOGUE.ruleset("eu-2021-821"), presume=("ordinary",)
    )

    assert "art-9-1-authorisation" not in {item.rule.id for item in gaps.closing_rules()}
    witness = smallest_witness(gaps.frame, gaps.gap, "A gap")
    assert witness is not None
    scenario = witness.scenario
    assert scenario.destination.purchaser_country is None
    assert scenario.national.measure is None


def test_one_fact_cannot_be_both_lines_and_columns() -> None:
    """A map that names one fact twice is refused."""
    with pytest.raises(UsageError, match="two different facts"):
        possible_gaps(
            CATALOGUE.ruleset("eu-428-2009"),
            CATALOGUE.ruleset("amnesty"),
            by=("item.form", "item.form"),
        )


# the command ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module", autouse=True)
def found_once() -> Iterator[None]:
    """The gaps between two shipped regimes are worked out once, whatever the form in which they are printed."""
    remembered: dict[str, PossibleGaps] = {}

    def gaps(base: Ruleset, other: Ruleset, **options: Any) -> PossibleGaps:
        slot = repr((base.id, other.id, [(name, options[name]) for name in sorted(options)]))
        if slot not in remembered:
            remembered[slot] = possible_gaps(base, other, **options)
        return remembered[slot]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "possible_gaps", gaps)
        yield


@cache
def between(base: str, other: str) -> PossibleGaps:
    """The gaps between two shipped regimes, with documented cases as what is ordinary."""
    return possible_gaps(CATALOGUE.ruleset(base), CATALOGUE.ruleset(other))


def printed(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def golden(name: str, text: str) -> None:
    """Compares a text with the one that is committed, or records it."""
    file = ROOT / "tests" / "golden" / name
    if RECORD:
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text


@pytest.mark.thorough
def test_the_table_over_every_possible_case() -> None:
    """A sentence with the finding, the table, the rules, the reverse, and which law as of when."""
    golden("gaps-eu-2021-821-amnesty.txt", printed("gaps", "eu-2021-821", "amnesty"))


def test_the_table_over_files() -> None:
    """Over files the comparison's own gaps are printed, both ways."""
    golden("gaps-morpho.txt", printed("gaps", "eu-428-2009", "amnesty", CASE))


@pytest.mark.thorough
def test_json_holds_every_cell_both_ways() -> None:
    """JSON holds all 250 cells of each direction, ungrouped."""
    forward, back = json.loads(printed("gaps", "eu-2021-821", "amnesty", "--format", "json"))

    assert (forward["base"]["ruleset"], forward["other"]["as_of"]) == ("eu-2021-821", "2021-09-09")
    assert (len(forward["closed_cells"]), len(back["closed_cells"])) == (250, 250)
    assert {cell["closed"] for cell in back["closed_cells"]} == {"never"}
    assert forward["uncovered"] == ["hosted_service"]


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["markdown", "html", "csv"])
@pytest.mark.parametrize("files", [(), (CASE,)])
def test_other_forms_hold_the_same(form: str, files: tuple[str, ...]) -> None:
    """Markdown, HTML and CSV name both rulesets; the first two say that they are no advice."""
    text = printed("gaps", "eu-428-2009", "amnesty", *files, "--format", form)

    assert "eu-428-2009" in text
    assert ("not legal advice" in text) is (form != "csv")


def test_options_that_do_not_fit_files_are_refused() -> None:
    """With files nothing is presumed or mapped, and the command says so."""
    done = CliRunner().invoke(
        main, ["gaps", "eu-428-2009", "amnesty", CASE, "--presume", "ordinary", "--given", "x"]
    )

    assert done.exit_code == 2
    assert "--given and --presume cannot be used with files." in done.stderr
