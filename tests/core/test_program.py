"""Conditions as bit bitsets, and the named conditions of a program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.test_engine_properties import SCENARIOS, VOCABULARY, conditions
from tests.support.drawn_law import drawn_ruleset

from regcompare import Outcome, Ruleset, Scenario
from regcompare.logic.bitsets import AnswerBatch
from regcompare.logic.circuit import Circuit
from regcompare.logic.conditions import Condition, evaluate
from regcompare.program.force import applicable_law
from regcompare.program.program import Program, program_for
from regcompare.scenario.assumed import answers_to, assumed_facts


@given(st.lists(conditions(), min_size=1, max_size=3), st.lists(SCENARIOS, min_size=1, max_size=20))
def test_each_row_of_the_bitsets_is_its_evaluation_alone(
    conditions: list[Condition], cases: list[Scenario]
) -> None:
    """Conditions evaluated over many rows at once have in each row the truth that this row has alone."""
    bitsets = Circuit.of(conditions)
    facts = VOCABULARY.by_key
    answers = [
        answers_to(bitsets.atoms.questions, case, assumed_facts(case, VOCABULARY), facts)
        for case in cases
    ]

    rows = AnswerBatch.of(bitsets.atoms, [list(row_answers.values()) for row_answers in answers])
    certain, possible = bitsets.bitsets(rows)

    for row, row_answers in enumerate(answers):
        truths = [
            True if sure >> row & 1 else None if may >> row & 1 else False
            for sure, may in zip(certain, possible, strict=True)
        ]
        assert truths == [evaluate(condition, row_answers).truth for condition in conditions]


@pytest.mark.parametrize("number", range(10))
def test_conditions_are_named(number: int) -> None:
    """A program's conditions have names; ids that two rulesets share carry the ruleset's id."""
    program = as_of(drawn_ruleset(number))

    assert program.conditions["scope"] is program.scope
    assert program.conditions["at_least:refusal"] is program.at_least[Outcome.REFUSAL]
    assert len(set(program.rule_ids)) == len(program.entries)
    for name, entry, stands in zip(program.rule_ids, program.entries, program.stands, strict=True):
        assert program.conditions[f"holds:{name}"] is entry.condition
        assert program.conditions[f"stands:{name}"] is stands
        assert name in (entry.rule.id, f"{entry.source.id}/{entry.rule.id}")
    for name, (_, _, applies) in zip(program.duty_ids, program.duties, strict=True):
        assert program.conditions[f"duty:{name}"] is applies


def as_of(ruleset: Ruleset) -> Program:
    """The program of a ruleset on its reference date."""
    law = applicable_law(ruleset, ruleset.reference_date, None, None)
    return program_for(ruleset, law.concurrent, law.open_law)
