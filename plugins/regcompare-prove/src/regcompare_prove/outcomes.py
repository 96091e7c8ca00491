"""Outcomes as conditions: when a ruleset applies, when a rule has effect, when an outcome is reached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import attrs

from regcompare.logic.conditions import Answers, Condition, all_of, partially_evaluate
from regcompare.program.program import Program
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Outcome, Rule
from regcompare.support import derived

Cache = dict[Condition, Condition]


@attrs.frozen(eq=False)
class OutcomeConditions:
    """The outcomes of a ruleset as conditions over the facts.

    Attributes:
        program: The ruleset with its companions.
        scope: When it is in force and applies.
        in_scope: When it applies, in force or not.
        in_force: When it is in force.
        holds: For each entry of the program, when its rule holds.
        stands: For each entry, when its rule holds and no rule that stands overrides it.
    """

    program: Program
    scope: Condition
    in_scope: Condition
    in_force: Condition
    holds: tuple[Condition, ...]
    stands: tuple[Condition, ...]
    _at_least: Mapping[Outcome, Condition]
    _below: Mapping[Outcome, Condition]
    _law_answers: Answers

    def at_least(self, outcome: Outcome) -> Condition:
        """Returns the condition that the ruleset applies with this outcome or a stricter one."""
        return self._at_least[outcome]

    def below(self, outcome: Outcome) -> Condition:
        """Returns the condition that the ruleset applies with a weaker outcome."""
        return self._below[outcome]

    def review_at_least(self, weighing: Weighing) -> Condition:
        """Returns the condition that a licence is needed and decided in this way or more strictly."""
        return all_of(self.scope, self.specialise(self.program.review_conditions[weighing]))

    def specialise(self, condition: Condition, residues: Cache | None = None) -> Condition:
        """Partially evaluates a condition, with the law's day and the readings; see the function."""
        return partially_evaluate(condition, self._law_answers, residues)

    def holding(self, rule: Rule) -> Condition:
        """Returns the condition that the ruleset applies and a rule of the program holds."""
        places = {entry.rule: place for place, entry in enumerate(self.program.entries)}
        return all_of(self.scope, self.holds[places[rule]])

    def components(self) -> tuple[Condition, ...]:
        """Returns the conditions from which all outcomes are built."""
        return (self.in_scope, self.in_force, *self.holds)


_CACHE_LIMIT = 100_000
"""The most conditions kept under the same answers, before those of earlier reforms are dropped."""


@lru_cache(maxsize=32)
def _shared_cache(law_answers: tuple[tuple[str, object], ...]) -> Cache:
    """The conditions evaluated under these answers, which the reforms of one law share."""
    del law_answers  # It is only the key of the cache.
    return {}


@derived
def _outcome_conditions(
    program: Program, law_answers: tuple[tuple[str, object], ...]
) -> OutcomeConditions:
    answers: Answers = dict(law_answers)
    cache = _shared_cache(law_answers)
    if len(cache) > _CACHE_LIMIT:  # Another thread that is using them keeps its own.
        _shared_cache.cache_clear()
    in_scope = partially_evaluate(program.scope, answers, cache)
    in_force = partially_evaluate(program.force, answers, cache)
    scope = all_of(in_scope, in_force)
    holds = tuple(partially_evaluate(entry.condition, answers, cache) for entry in program.entries)
    stands = tuple(partially_evaluate(condition, answers, cache) for condition in program.stands)
    at_least = {Outcome.NO_CONTROL: scope}
    for outcome, condition in program.at_least.items():
        at_least[outcome] = all_of(scope, partially_evaluate(condition, answers, cache))
    below = {outcome: all_of(scope, ~reached) for outcome, reached in at_least.items()}
    return OutcomeConditions(program, scope, in_scope, in_force, holds, stands, at_least, below, answers)


def outcome_conditions(program: Program, law_answers: Answers) -> OutcomeConditions:
    """Returns the outcomes of a ruleset as conditions, on a day of the law and under chosen readings.

    Args:
        program: The ruleset with its companions.
        law_answers: The answers that no case changes: the day whose law is applied, and the readings.
    """
    return _outcome_conditions(program, tuple(law_answers.items()))
