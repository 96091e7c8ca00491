"""Outcomes as conditions: when a ruleset applies, when a rule stands, when an outcome is reached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import attrs

from ._plan import Plan
from .conditions import (
    TRUE,
    Answers,
    Condition,
    all_of,
    any_of,
    with_answers,
)
from .rules import Outcome, Rule

__all__ = ["Reached", "reached"]


@attrs.frozen(eq=False)
class Reached:
    """What a ruleset comes to, as conditions over the facts.

    Attributes:
        plan: The ruleset with the law that it stands on or beside.
        scope: When it is in force and applies.
        in_scope: When it applies, in force or not.
        in_force: When it is in force.
        holds: For each entry of the plan, when its rule holds.
        stands: For each entry, when its rule holds and no rule that stands lifts it.
    """

    plan: Plan
    scope: Condition
    in_scope: Condition
    in_force: Condition
    holds: tuple[Condition, ...]
    stands: tuple[Condition, ...]
    _at_least: Mapping[Outcome, Condition]
    _below: Mapping[Outcome, Condition]

    def at_least(self, outcome: Outcome) -> Condition:
        """Returns the condition that the ruleset applies and its outcome is this one or a stricter."""
        return self._at_least[outcome]

    def below(self, outcome: Outcome) -> Condition:
        """Returns the condition that the ruleset applies and its outcome is weaker."""
        return self._below[outcome]

    def holding(self, rule: Rule) -> Condition:
        """Returns the condition that the ruleset applies and a rule of the plan holds."""
        places = {id(entry.rule): place for place, entry in enumerate(self.plan.entries)}
        return all_of(self.scope, self.holds[places[id(rule)]])

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of which the outcome is made."""
        return (self.in_scope, self.in_force, *self.holds)


Made = dict[int, tuple[Condition, Condition]]


_MANY = 100_000
"""So many conditions made under the same answers are kept; then those of earlier reforms are dropped."""


@lru_cache(maxsize=32)
def _made(given: tuple[tuple[str, object], ...]) -> Made:
    """What was made under these answers, so that reforms of one law share its conditions."""
    del given  # Only the cache asks for it.
    return {}


@lru_cache(maxsize=128)
def _reached(plan: Plan, given: tuple[tuple[str, object], ...]) -> Reached:
    answers: Answers = dict(given)
    made = _made(given)
    if len(made) > _MANY:  # Another thread that works with them keeps its own.
        _made.cache_clear()
    in_scope = with_answers(plan.scope, answers, made)
    in_force = with_answers(plan.force, answers, made)
    scope = all_of(in_scope, in_force)
    holds = tuple(with_answers(entry.condition, answers, made) for entry in plan.entries)
    stands = tuple(with_answers(condition, answers, made) for condition in plan.stands)
    at_least: dict[Outcome, Condition] = {}
    for outcome in Outcome:
        standing = [
            condition
            for entry, condition in zip(plan.entries, stands, strict=True)
            if entry.rule.then >= outcome
        ]
        met = any_of(*standing) if outcome else TRUE
        at_least[outcome] = all_of(scope, met)
    below = {outcome: all_of(scope, ~met) for outcome, met in at_least.items()}
    return Reached(plan, scope, in_scope, in_force, holds, stands, at_least, below)


def reached(plan: Plan, given: Answers) -> Reached:
    """Returns what a ruleset comes to once the law's day and the readings taken are put in.

    Args:
        plan: The ruleset with the law that it stands on or beside.
        given: Answers that are the same for every case: the day whose law is applied and readings.
    """
    return _reached(plan, tuple(given.items()))
