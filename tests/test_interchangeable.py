"""Interchangeable questions are tried once, and no effect is missed."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regcompare import Scenario
from regcompare.authoring import Condition, Item, any_of
from regcompare.logic.conditions import Holds
from regcompare.logic.interchangeable import occurrences_of
from regcompare.logic.questions import MemberQuestion
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.lookahead import evaluate_row
from regcompare.program.program import Program
from regcompare.testing import partial_scenarios
from regcompare.verdict.assess import assess

CATALOGUE = Catalogue.installed()
A, B, C = (Holds(MemberQuestion("toy.parts", name)) for name in "abc")
OTHER = Holds(MemberQuestion("toy.others", "a"))
FIRM = Item.covert.__condition__()


@pytest.mark.parametrize(
    ("conditions", "interchangeable"),
    [
        ([any_of(A, B)], True),
        ([A & B & FIRM], True),
        ([any_of(A & FIRM, B & FIRM)], True),
        ([~any_of(A, B), any_of(A, B, C)], True),
        ([any_of(~A, ~B) & FIRM], True),
        ([any_of(A, B), A & FIRM], False),
        ([any_of(A & FIRM, B)], False),
        ([any_of(A, ~B)], False),
        ([A, B], False),
        ([any_of(A & C, B)], False),
    ],
)
def test_same_occurrences_are_interchangeable(
    conditions: list[Condition], interchangeable: bool
) -> None:
    """Two questions are interchangeable if conditions ask them in the same places and forms."""
    occurrences = occurrences_of(conditions, {node.question for node in (A, B)})

    assert (occurrences[A.question] == occurrences[B.question]) is interchangeable


def test_questions_about_different_facts_are_not_interchangeable() -> None:
    """A member is interchangeable only with members of its own set."""
    occurrences = occurrences_of([any_of(A, OTHER)], {A.question, OTHER.question})

    assert occurrences[A.question] != occurrences[OTHER.question]


RULESETS = [CATALOGUE.rulesets[name] for name in ("eu-428-2009", "amnesty", "eu-sanctions")]


@pytest.mark.thorough
@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_probing_one_question_represents_its_class(ruleset) -> None:
    """The verdict is the same as if each question were tried by itself."""

    @settings(max_examples=15, deadline=None)
    @given(partial_scenarios(ruleset), st.sampled_from([None, "scenario"]))
    def agrees(scenario: Scenario, as_of) -> None:
        verdict = assess(scenario, ruleset, as_of=as_of)
        one_by_one = _each_by_itself(verdict.program)

        together, apart = (
            evaluate_row(program, program.row(verdict.answers))
            for program in (verdict.program, one_by_one)
        )

        assert together
        assert apart
        assert attrs.astuple(together, recurse=False) == attrs.astuple(apart, recurse=False)

    agrees()


def _each_by_itself(program: Program) -> Program:
    """The same program, in which each question represents only itself."""
    apart = attrs.evolve(program)
    vars(apart)["representatives"] = range(len(program.keys))
    return apart


def test_some_questions_of_the_shipped_law_are_interchangeable() -> None:
    """Codes of one list are distinguished by few rows, so that probing them as classes saves time."""
    (program,) = {assess(Scenario(id="x"), RULESETS[0], as_of=RULESETS[0].reference_date).program}

    assert len(set(program.representatives)) < len(program.representatives)
