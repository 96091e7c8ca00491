"""The states of a ruleset: every day on which it is in force, under every reading, for lint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs

from regcompare.logic.conditions import TRUE, Condition, all_of, any_of
from regcompare.program.force import applicable_law
from regcompare.program.program import Entry, at_least_conditions, program_for
from regcompare.ruleset.rules import Rule
from regcompare.ruleset.ruleset import Ruleset, own_conditions
from regcompare.vocabulary import LAW_DATE

from .regimes import Regime
from .solver import Solver


@attrs.frozen(eq=False, slots=False)
class State:
    """The days on which a ruleset has the same concurrent laws.

    Attributes:
        regime: The ruleset with these concurrent laws, with days and readings open.
        window: The condition that the law is applied on such a day.
    """

    regime: Regime
    window: Condition

    def entry(self, rule: Rule) -> Entry:
        """Returns the entry of a rule."""
        return self.regime.program.entries[self.regime.indices[rule]]

    def within(self, *conditions: Condition) -> Condition:
        """Returns the condition that the ruleset applies on such a day, and these hold."""
        return all_of(self.window, self.regime.scope, *conditions)

    def holding(self, rule: Rule) -> Condition:
        """Returns the condition that a rule holds."""
        return self.regime.holds[self.regime.indices[rule]]

    def standing(self, rule: Rule) -> Condition:
        """Returns the condition that a rule holds and is not overridden."""
        return self.regime.stands[self.regime.indices[rule]]

    def differs(self, rule: Rule, **changed: Any) -> Condition:
        """Returns the condition that the outcome differs where the entry of a rule is changed so."""
        before, index = self._entries, self.regime.indices[rule]
        after = [*before[:index], attrs.evolve(before[index], **changed), *before[index + 1 :]]
        pairs = zip(
            at_least_conditions(before).values(), at_least_conditions(after).values(), strict=True
        )
        return self.within(
            any_of(*((one & ~other) | (other & ~one) for one, other in pairs if one != other))
        )

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        """The entries, with conditions partially evaluated."""
        pairs = zip(self.regime.program.entries, self.regime.holds, strict=True)
        return tuple(attrs.evolve(entry, condition=condition) for entry, condition in pairs)


@attrs.frozen(eq=False)
class States:
    """Every state of a ruleset, with a solver over all of their conditions."""

    ruleset: Ruleset
    states: tuple[State, ...]
    solver: Solver

    def never(self, conditions: Sequence[Condition]) -> bool:
        """Tells whether none of the conditions, one for each state, is met in any possible case."""
        return not any(self.solver.can_be([condition]) for condition in conditions)

    def never_met(self, conditions: Sequence[Condition]) -> set[Condition]:
        """Returns those of the conditions that no possible case meets; one case may show many others."""
        if not conditions or self.solver.can_be(conditions):
            return set()
        half = len(conditions) // 2
        if not half:
            return {*conditions}
        return self.never_met(conditions[:half]) | self.never_met(conditions[half:])


def states_of(ruleset: Ruleset) -> States:
    """Returns the states of a ruleset over all days and readings.

    A proposal is examined on the days on which some law that it is based on is in force.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    states = tuple(_states(ruleset))
    conditions = [part for state in states for part in (state.window, *state.regime.components())]
    duties = [condition for state in states for _, _, condition in state.regime.program.duties]
    every_condition = [*conditions, *duties, *own_conditions(ruleset)]
    solver = Solver(ruleset.vocabulary, every_condition)
    return States(ruleset, states, solver)


def _states(ruleset: Ruleset) -> Iterator[State]:
    windows: dict[tuple[int, ...], list[Condition]] = {}
    concurrent: dict[tuple[int, ...], tuple[Ruleset, ...]] = {}
    turning_days = sorted({LAW_DATE.earliest} | ruleset.days_of_change())
    for index, day in enumerate(turning_days):
        law = applicable_law(ruleset, day, day, day)
        if not law.in_force or (ruleset.base and not law.base):
            continue
        key = tuple(map(id, law.concurrent))
        concurrent[key] = law.concurrent
        from_start = TRUE if index == 0 else LAW_DATE.on_or_after(day)
        end = [~LAW_DATE.on_or_after(turning_days[index + 1])] if index + 1 < len(turning_days) else []
        windows.setdefault(key, []).append(all_of(from_start, *end))
    residues = dict[Condition, Condition]()  # The states share most conditions.
    for key, days in windows.items():
        program = program_for(ruleset, concurrent[key])
        yield State(Regime(program, residues=residues), any_of(*days))
