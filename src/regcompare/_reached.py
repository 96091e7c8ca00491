"""Outcomes as conditions: when a ruleset applies, when a rule stands, when an outcome is reached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from operator import is_

import attrs

from ._plan import Plan
from .conditions import (
    TRUE,
    Answers,
    Condition,
    OnOrAfter,
    all_of,
    any_of,
    nodes,
    rebuilt,
    with_answers,
)
from .rules import Outcome, Rule
from .vocabulary import FACTS_DATE, LAW_DATE

__all__ = ["Reached", "reached"]


@attrs.frozen(eq=False)
class Reached:
    """What a ruleset comes to, as conditions over the facts.

    Attributes:
        plan: The ruleset with the law that it stands on or beside.
        scope: When it applies.
        holds: For each entry of the plan, when its rule holds.
        stands: For each entry, when its rule holds and no rule that stands lifts it.
    """

    plan: Plan
    scope: Condition
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
        return (self.scope, *self.holds)


Made = dict[int, tuple[Condition, Condition]]


_MANY = 100_000
"""So many conditions made under the same answers are kept; then those of earlier reforms are dropped."""


@lru_cache(maxsize=32)
def _made(given: tuple[tuple[str, object], ...]) -> tuple[Made, Made]:
    """What was made under these answers, so that reforms of one law share its conditions."""
    del given  # Only the cache asks for it.
    return {}, {}


def _read(condition: Condition, answers: Answers, made: tuple[Made, Made]) -> Condition:
    """The condition with the answers put in; law for which no day is given follows the facts."""
    condition = with_answers(condition, answers, made[0])
    return condition if LAW_DATE.key in answers else _following_facts(condition, made[1])


def _following_facts(condition: Condition, made: Made) -> Condition:
    for node in nodes([condition]):
        if id(node) not in made:
            parts = [made[id(part)][1] for part in node.parts]
            new = node if all(map(is_, parts, node.parts)) else rebuilt(node, parts)
            if isinstance(node, OnOrAfter) and node.key == LAW_DATE.key:
                new = FACTS_DATE.on_or_after(node.day)
            made[id(node)] = (node, new)
    return made[id(condition)][1]


@lru_cache(maxsize=128)
def _reached(plan: Plan, given: tuple[tuple[str, object], ...]) -> Reached:
    answers: Answers = dict(given)
    made = _made(given)
    if len(made[0]) > _MANY:  # Another thread that works with them keeps its own.
        _made.cache_clear()
    scope = _read(plan.scope, answers, made)
    holds = tuple(_read(entry.condition, answers, made) for entry in plan.entries)
    stands = tuple(_read(condition, answers, made) for condition in plan.stands)
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
    return Reached(plan, scope, holds, stands, at_least, below)


def reached(plan: Plan, given: Answers) -> Reached:
    """Returns what a ruleset comes to once the law's day and the readings taken are put in.

    Args:
        plan: The ruleset with the law that it stands on or beside.
        given: Answers that are the same for every case: the day whose law is applied (the day of the
            facts where it is missing, open where it is None) and readings.
    """
    return _reached(plan, tuple(given.items()))
