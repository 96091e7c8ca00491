"""A ruleset as a program: many cases at a time come to what each comes to alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.test_engine_properties import SCENARIOS, VOCABULARY, conditions, judged, rulesets

from regcompare import Ruleset, Scenario, Verdict
from regcompare.authoring import Transaction
from regcompare.logic.conditions import Condition, walk
from regcompare.logic.planes import Rows, planes_of
from regcompare.scenario.scenario import answers_to, established
from regcompare.verdict.assess import assess_all


@given(st.lists(conditions(), min_size=1, max_size=3), st.lists(SCENARIOS, min_size=1, max_size=20))
def test_each_row_of_the_planes_is_the_walk(drawn: list[Condition], cases: list[Scenario]) -> None:
    """Conditions evaluated over many rows at once have in each row the truth that the walk gives."""
    planes = planes_of(drawn)
    facts = VOCABULARY.by_key
    answers = [
        answers_to(planes.leaves.keys, case, established(case, VOCABULARY), facts) for case in cases
    ]

    rows = Rows.of(planes.leaves, [list(known.values()) for known in answers])
    certain, possible = planes.on(rows)

    for row, known in enumerate(answers):
        found = [
            True if sure >> row & 1 else None if may >> row & 1 else False
            for sure, may in zip(certain, possible, strict=True)
        ]
        assert found == [walk(condition, known).truth for condition in drawn]


@given(rulesets(), st.lists(SCENARIOS, min_size=2, max_size=12))
def test_cases_together_are_the_cases_alone(ruleset: Ruleset, cases: list[Scenario]) -> None:
    """Look-ahead over several cases at once finds of each what it finds of it alone."""
    exports = [case.with_facts(Transaction(kind="export")) for case in cases]
    alone = {case: verdict for case in exports if (verdict := judged(case, ruleset))}

    together = assess_all(alone, ruleset)

    assert list(map(_told, together)) == list(map(_told, alone.values()))


def _told(verdict: Verdict) -> tuple[object, ...]:
    findings = [(item.rule.id, item.holds, item.decides) for item in verdict.findings]
    return verdict.result, findings, verdict.open_questions
