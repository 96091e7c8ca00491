"""Conditions as bit planes: each row comes to what the walk gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.test_engine_properties import SCENARIOS, VOCABULARY, conditions

from regcompare import Scenario
from regcompare.logic.conditions import Condition, walk
from regcompare.logic.planes import Rows, planes_of
from regcompare.scenario.scenario import answers_to, established


@given(st.lists(conditions(), min_size=1, max_size=3), st.lists(SCENARIOS, min_size=1, max_size=20))
def test_each_row_of_the_planes_is_the_walk(drawn: list[Condition], cases: list[Scenario]) -> None:
    """Conditions evaluated over many rows at once have in each row the truth that the walk gives."""
    planes = planes_of(drawn)
    facts = VOCABULARY.by_key
    answers = [
        answers_to(planes.leaves.questions, case, established(case, VOCABULARY), facts) for case in cases
    ]

    rows = Rows.of(planes.leaves, [list(known.values()) for known in answers])
    certain, possible = planes.on(rows)

    for row, known in enumerate(answers):
        found = [
            True if sure >> row & 1 else None if may >> row & 1 else False
            for sure, may in zip(certain, possible, strict=True)
        ]
        assert found == [walk(condition, known).truth for condition in drawn]
