"""Checks of properties over drawn scenarios, which every ruleset has for every case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from regcompare.logic.conditions import days_asked, questions
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

from .strategies import conditions_of, partial_scenarios, scenarios
from .subject import NotChecked, Subject, description, verdict_of

MOST_FORGOTTEN = 4
"""How many facts are forgotten and learnt again at most."""


# total -------------------------------------------------------------------------------------------


def total(subject: Subject) -> Iterator[str]:
    """Every drawn case gets a verdict, at every date and under every reading."""
    ruleset = subject.ruleset
    options = st.fixed_dictionaries(
        {
            "as_of": st.sampled_from([None, "scenario", *_days_of_change(ruleset)]),
            "readings": st.sampled_from([None, "open"]),
        }
    )
    pairs = st.tuples(partial_scenarios(ruleset), options)
    yield from subject.counterexample(pairs, lambda pair: _no_verdict(ruleset, *pair))


def _days_of_change(ruleset: Ruleset) -> list[dt.date]:
    """The days on which the law of the ruleset changes, and the day before the first."""
    days = days_asked(conditions_of(ruleset), LAW_DATE.key) | ruleset.days_of_change()
    return sorted(days | {min(days) - dt.timedelta(days=1)}) if days else []


def _no_verdict(ruleset: Ruleset, scenario: Scenario, options: dict[str, Any]) -> str | None:
    try:
        verdict = verdict_of(scenario, ruleset, **options)
        if verdict is not None:  # A verdict derives some of its parts only on access.
            for finding in verdict.findings:
                finding.trace.deciding_questions()
            _ = verdict.duties, verdict.questions, verdict.checked
    except Exception as error:  # noqa: BLE001 - whatever is raised is what the check is about
        return f"No verdict on a case with {description(scenario)}: {type(error).__name__}: {error}."
    return None


# learning ----------------------------------------------------------------------------------------


def learning(subject: Subject) -> Iterator[str]:
    """Learning a fact may narrow what is possible; it never widens or moves it."""
    ruleset = subject.ruleset
    names = [fact.key for fact in _asked_facts(ruleset)]
    if not names:
        raise NotChecked(f"{ruleset.id} asks about no fact.")
    forgotten = st.lists(st.sampled_from(names), min_size=1, max_size=MOST_FORGOTTEN, unique=True)
    days = st.sampled_from([None, "scenario"])
    drawn = st.tuples(scenarios(ruleset), st.booleans(), forgotten, days)
    yield from subject.counterexample(drawn, lambda example: _not_narrowing(ruleset, *example))


def _asked_facts(ruleset: Ruleset) -> list[Any]:
    asked = questions(conditions_of(ruleset)).about
    return [fact for fact in ruleset.vocabulary.facts() if fact.key in asked]


def _not_narrowing(
    ruleset: Ruleset, whole: Scenario, dated: bool, forgotten: list[str], as_of: Any
) -> str | None:
    """Learns the forgotten facts one by one, the day last, and says which step does not narrow."""
    keys = forgotten if dated else [FACTS_DATE.key, *forgotten]
    steps = [whole]
    for key in keys:
        steps.append(_without(steps[-1], ruleset, key))
    steps.reverse()
    for before, after, key in zip(steps, steps[1:], reversed(keys), strict=False):
        try:
            less, more = (verdict_of(case, ruleset, as_of=as_of) for case in (before, after))
        except Exception:  # noqa: BLE001 - that a case has a verdict is what ``total`` is about
            return None
        if less is not None and more is not None and (change := _change(less, more)):
            asked = [FACTS_DATE.key, *(fact.key for fact in _asked_facts(ruleset))]
            law = ", by the law of the day" if as_of else ""
            return f"Learning {key} {change}, in a case with {description(after, asked)}{law}."
    return None


def _without(scenario: Scenario, ruleset: Ruleset, key: str) -> Scenario:
    if key == FACTS_DATE.key:
        return attrs.evolve(scenario, date=None)
    facts = {other: answer for other, answer in scenario.facts.items() if other != key}
    return attrs.evolve(scenario, facts=facts)


def _change(less: Verdict, more: Verdict) -> str | None:
    """What was known and is no longer so; where the law is not in force, nothing was."""
    if less.in_force is not None and less.in_force is not more.in_force:
        return f"changes whether it is in force from {less.in_force} to {more.in_force}"
    if more.in_force is False:
        return None
    if less.in_scope is not None and less.in_scope is not more.in_scope:
        return f"moves the scope from {less.result} to {more.result}"
    if more.span and (less.span is None or more.span not in less.span):
        return f"moves the outcome from {less.result} to {more.span}"
    if less.span and more.span:
        now = {item.rule: item.holds for item in more.findings}
        for item in less.findings:
            if item.holds is not None and now.get(item.rule, False) is not item.holds:
                word = "holds" if item.holds else "does not hold"
                return f"takes back that rule {item.rule.id} {word}"
    return None
