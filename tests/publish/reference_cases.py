"""Reference cases: answers with expected results, for testing other evaluators of a program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from regcompare.logic.conditions import (
    Among,
    Between,
    Condition,
    Truth,
    evaluate,
    partially_evaluate,
    questions,
)
from regcompare.program.program import STEPS
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import answers_to, assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.readings import chosen_readings, reading_answers, report_tests
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare_publish.writer import VERSION, law_on


def reference_cases(scenarios: Iterable[Scenario], ruleset: Ruleset, day: dt.date) -> dict[str, Any]:
    """Returns cases as JSON: the answers of each, and its result under a ruleset on a day.

    ``plain`` is the result of three-valued logic alone.  ``looked_ahead`` is the verdict of ``assess``,
    which lies within it.

    Args:
        scenarios: The cases.
        ruleset: The ruleset, under the default readings.
        day: The day of the law.
    """
    return {
        "format": "regcompare-cases",
        "version": VERSION,
        "program": ruleset.id,
        "as_of": day.isoformat(),
        "cases": [_case(item, ruleset, day) for item in scenarios],
    }


def _case(scenario: Scenario, ruleset: Ruleset, day: dt.date) -> dict[str, Any]:
    answers, verdict = _answers(scenario, ruleset, day), assess(scenario, ruleset, as_of=day)
    return {
        "id": scenario.id,
        "answers": {key: _answer(value) for key, value in answers.items() if value is not None},
        "plain": _plain_result(answers, ruleset, day),
        "looked_ahead": _result(verdict.in_force, verdict.in_scope, verdict.low, verdict.high),
    }


@lru_cache
def conditions_on(ruleset: Ruleset, day: dt.date) -> Mapping[str, Condition]:
    """Returns the conditions of a ruleset on a day of the law, by name."""
    cache: dict[Condition, Condition] = {}
    return {
        name: partially_evaluate(condition, {LAW_DATE.key: day}, cache)
        for name, condition in law_on(ruleset, day).conditions.items()
    }


def _answers(scenario: Scenario, ruleset: Ruleset, day: dt.date) -> dict[str, Any]:
    """The answers to the questions of the day; those implied are left to look-ahead."""
    questions_asked = questions(conditions_on(ruleset, day).values())
    facts = {fact.key: fact for fact in (*ruleset.vocabulary.facts(), FACTS_DATE)}
    chosen = chosen_readings(ruleset, None)
    known_facts = assumed_facts(scenario, ruleset.vocabulary, report_tests(chosen))
    answers = answers_to(questions_asked, scenario, known_facts, facts) | reading_answers(chosen)
    # A program knows of no spans of days: one is open.
    known = {key: None if isinstance(item, Between) else item for key, item in answers.items()}
    return {key: known[key] for key in questions_asked}


def _plain_result(answers: Mapping[str, Any], ruleset: Ruleset, day: dt.date) -> dict[str, Any]:
    known: dict[Condition, Truth] = {}
    conditions = conditions_on(ruleset, day)
    truths = {name: evaluate(item, answers, known).truth for name, item in conditions.items()}
    steps = [truths[f"at_least:{outcome}"] for outcome in STEPS]
    low, high = steps.count(True), len(steps) - steps.count(False)
    return {
        **_result(truths["force"], truths["scope"], list(Outcome)[low], list(Outcome)[high]),
        "true": [name for name, truth in truths.items() if truth],
        "unknown": [name for name, truth in truths.items() if truth is None],
    }


def _result(
    in_force: bool | None, in_scope: bool | None, low: Outcome | None, high: Outcome | None
) -> dict[str, Any]:
    """A result as data; there is no outcome where the ruleset is not in force or out of scope."""
    is_none = False in (in_force, in_scope)
    ends = [None if is_none or end is None else end.word for end in (low, high)]
    return {"in_force": in_force, "in_scope": in_scope, "low": ends[0], "high": ends[1]}


def _answer(value: Any) -> Any:
    if isinstance(value, Among):
        return {"one_of": sorted(value.words)}
    return value.isoformat() if isinstance(value, dt.date) else value
