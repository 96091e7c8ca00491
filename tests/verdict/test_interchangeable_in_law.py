"""Interchangeable questions of shipped law and of long lists are tried once, and no effect is missed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.long_list import ACT, act_of, with_impossible_row
from tests.whole.mutant_hunt import evaluated_alone

from regcompare import Outcome, Ruleset, Scenario
from regcompare.authoring import (
    Chapter,
    Transaction,
    Trigger,
    any_of,
)
from regcompare.facts import MemberSet
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.program import Program
from regcompare.testing import partial_scenarios
from regcompare.verdict.assess import assess
from regcompare.vocabulary import Parties

CATALOGUE = Catalogue.installed()


RULESETS = [CATALOGUE.rulesets[name] for name in ("eu-428-2009", "amnesty", "eu-sanctions")]


@pytest.mark.thorough
@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_probing_one_question_represents_its_class(ruleset) -> None:
    """The verdict is the same as if each question were tried by itself."""
    agrees_with_each_by_itself(ruleset, examples=15)


def act_on_receipt(folder: Path) -> Ruleset:
    """A law on parties that receive an item, which matters more where they did not buy it."""
    listed = act_of(folder, 14)  # The last two parties differ from the first two only in name.
    words = listed.vocabulary.own_answers[0].words
    pairs = [(Parties.buyer.includes_any(word), Parties.consignee.includes_any(word)) for word in words]
    chapter = Chapter()
    for number, when, outcome in (
        (3, any_of(*(buys & receives for buys, receives in pairs)), Outcome.AUTHORISATION),
        (4, any_of(*(~buys & receives for buys, receives in pairs)), Outcome.PROHIBITION),
    ):
        cite = ACT[f"Art. {number}"]
        chapter.rule(cite, "One receives it.", when=when, then=outcome, triggered_by=Trigger.ACT)
    return attrs.evolve(listed, provisions=(chapter,))


def test_probing_one_party_represents_those_of_whom_the_same_is_known(tmp_path: Path) -> None:
    """Rows that differ only in whom they name are tried as one."""
    agrees_with_each_by_itself(with_impossible_row(act_of(tmp_path, 14)), examples=40)
    agrees_with_each_by_itself(act_on_receipt(tmp_path), examples=40)


@pytest.mark.parametrize("receives", ["toy:party_0", "toy:party_12"])
def test_a_party_of_whom_more_is_known_is_tried_by_itself(tmp_path: Path, receives: str) -> None:
    """Whether the party that receives the item bought it settles something, for no other of its kind."""
    sections = Parties(consignee=MemberSet([receives])), Transaction(kind="export")
    scenario = Scenario(id="x", date=dt.date(2022, 1, 1)).with_facts(*sections)

    assert str(assess(scenario, act_on_receipt(tmp_path)).span) == "authorisation..prohibition"


def test_parties_that_differ_only_in_name_are_few_questions(tmp_path: Path) -> None:
    """There are as many classes as seats and days make kinds of rows, in each role."""
    program = assess(Scenario(id="x"), act_of(tmp_path, 240)).program
    about = [place for place, key in enumerate(program.keys) if "toy:party" in key]

    assert len(about) == 3 * 240
    assert len({program.symmetry_classes[place][0] for place in about}) == 3 * 12


def agrees_with_each_by_itself(ruleset: Ruleset, examples: int) -> None:
    """Compares the verdicts on drawn cases with those where each question represents only itself."""

    @settings(max_examples=examples, deadline=None)
    @given(partial_scenarios(ruleset), st.sampled_from([None, "scenario"]))
    def agrees(scenario: Scenario, as_of) -> None:
        verdict = assess(scenario, ruleset, as_of=as_of)
        one_by_one = _each_by_itself(verdict.program)

        together, apart = (
            evaluated_alone(program, verdict.answers) for program in (verdict.program, one_by_one)
        )

        assert together
        assert apart
        assert attrs.astuple(together, recurse=False) == attrs.astuple(apart, recurse=False)

    agrees()


def _each_by_itself(program: Program) -> Program:
    """The same program, in which each question represents only itself."""
    apart = attrs.evolve(program)
    vars(apart)["symmetry_classes"] = [(place, ()) for place in range(len(program.keys))]
    return apart


def test_some_questions_of_the_shipped_law_are_interchangeable() -> None:
    """Codes of one list are distinguished by few rows, so that probing them as classes saves time."""
    (program,) = {assess(Scenario(id="x"), RULESETS[0], as_of=RULESETS[0].reference_date).program}

    assert len(set(program.symmetry_classes)) < len(program.symmetry_classes)
