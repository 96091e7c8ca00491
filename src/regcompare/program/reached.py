"""Outcomes as conditions: when a ruleset applies, when a rule stands, when an outcome is reached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import attrs

from regcompare.logic.conditions import (
    Answers,
    Condition,
    all_of,
    partially_evaluate,
)
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome, Rule

from .program import Program


@attrs.frozen(eq=False)
class OutcomeConditions:
    """What a ruleset comes to, as conditions over the facts.

    Attributes:
        program: The ruleset with the law that it stands on or beside.
        scope: When it is in force and applies.
        in_scope: When it applies, in force or not.
        in_force: When it is in force.
        holds: For each entry of the program, when its rule holds.
        stands: For each entry, when its rule holds and no rule that stands lifts it.
    """

    program: Program
    scope: Condition
    in_scope: Condition
    in_force: Condition
    holds: tuple[Condition, ...]
    stands: tuple[Condition, ...]
    _at_least: Mapping[Outcome, Condition]
    _below: Mapping[Outcome, Condition]
    _given: Answers

    def at_least(self, outcome: Outcome) -> Condition:
        """Returns the condition that the ruleset applies and its outcome is this one or a stricter."""
        return self._at_least[outcome]

    def below(self, outcome: Outcome) -> Condition:
        """Returns the condition that the ruleset applies and its outcome is weaker."""
        return self._below[outcome]

    def reviewed(self, how: Weighing) -> Condition:
        """Returns the condition that a licence is needed, and decided in this way or more strictly."""
        return all_of(self.scope, self.read(self.program.reviewed[how]))

    def read(self, condition: Condition) -> Condition:
        """Returns a condition of the program with the law's day and the readings put in."""
        return partially_evaluate(condition, self._given)

    def holding(self, rule: Rule) -> Condition:
        """Returns the condition that the ruleset applies and a rule of the program holds."""
        places = {entry.rule: place for place, entry in enumerate(self.program.entries)}
        return all_of(self.scope, self.holds[places[rule]])

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of which the outcome is made."""
        return (self.in_scope, self.in_force, *self.holds)


Made = dict[Condition, Condition]


_MANY = 100_000
"""So many conditions made under the same answers are kept; then those of earlier reforms are dropped."""


@lru_cache(maxsize=32)
def _made(given: tuple[tuple[str, object], ...]) -> Made:
    """What was made under these answers, so that reforms of one law share its conditions."""
    del given  # Only the cache asks for it.
    return {}


@lru_cache(maxsize=128)
def _reached(program: Program, given: tuple[tuple[str, object], ...]) -> OutcomeConditions:
    answers: Answers = dict(given)
    made = _made(given)
    if len(made) > _MANY:  # Another thread that works with them keeps its own.
        _made.cache_clear()
    in_scope = partially_evaluate(program.scope, answers, made)
    in_force = partially_evaluate(program.force, answers, made)
    scope = all_of(in_scope, in_force)
    holds = tuple(partially_evaluate(entry.condition, answers, made) for entry in program.entries)
    stands = tuple(partially_evaluate(condition, answers, made) for condition in program.stands)
    at_least = {Outcome.NO_CONTROL: scope}
    for outcome, condition in program.at_least.items():
        at_least[outcome] = all_of(scope, partially_evaluate(condition, answers, made))
    below = {outcome: all_of(scope, ~met) for outcome, met in at_least.items()}
    return OutcomeConditions(program, scope, in_scope, in_force, holds, stands, at_least, below, answers)


def reached(program: Program, given: Answers) -> OutcomeConditions:
    """Returns what a ruleset comes to once the law's day and the readings taken are put in.

    Args:
        program: The ruleset with the law that it stands on or beside.
        given: Answers that are the same for every case: the day whose law is applied and readings.
    """
    return _reached(program, tuple(given.items()))
