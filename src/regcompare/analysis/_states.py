"""A ruleset over every day on which it is in force, and over every reading: what lint asks about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from regcompare._force import law_state
from regcompare._plan import Entry, Plan, plan_for
from regcompare._reached import Reached, reached
from regcompare.conditions import FALSE, TRUE, Condition, OnOrAfter, all_of, any_of
from regcompare.readings.solver import Solver
from regcompare.rules import Outcome, Rule
from regcompare.rulesets import Ruleset, binding, own_conditions
from regcompare.vocabulary import LAW_DATE

__all__ = ["State", "States", "states_of"]


@attrs.frozen(eq=False, slots=False)
class State:
    """The days on which a ruleset stands on, or beside, the same law.

    Attributes:
        plan: The ruleset with that law.
        window: The condition that the law is applied on such a day.
        reached: Its scope, rules and outcomes as conditions, with days and readings open.
    """

    plan: Plan
    window: Condition
    reached: Reached

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each rule among the entries, by identity."""
        return {id(entry.rule): place for place, entry in enumerate(self.plan.entries)}

    def entry(self, rule: Rule) -> Entry:
        """Returns the entry of a rule."""
        return self.plan.entries[self.places[id(rule)]]

    def within(self, *conditions: Condition) -> Condition:
        """Returns the condition that the ruleset applies on such a day, and these hold."""
        return all_of(self.window, self.reached.scope, *conditions)

    def holding(self, rule: Rule) -> Condition:
        """Returns the condition that a rule holds."""
        return self.reached.holds[self.places[id(rule)]]

    def standing(self, rule: Rule) -> Condition:
        """Returns the condition that a rule holds and is not lifted."""
        return self.reached.stands[self.places[id(rule)]]

    def differs(
        self, *, without: Rule | None = None, lift: tuple[Rule, Rule] | None = None
    ) -> Condition:
        """Returns the condition that the outcome is another one without a rule, or without a lift."""
        gone = None if without is None else self.places[id(without)]
        cut = None if lift is None else (self.places[id(lift[0])], self.places[id(lift[1])])
        other = self._stands(gone, cut)
        changed = [
            apart
            for outcome in list(Outcome)[1:]
            if (apart := _apart(self._met(self.reached.stands, outcome), self._met(other, outcome)))
            != FALSE
        ]
        return self.within(any_of(*changed))

    def _met(self, stands: Sequence[Condition], outcome: Outcome) -> Condition:
        pairs = zip(self.plan.entries, stands, strict=True)
        return any_of(*(condition for entry, condition in pairs if entry.rule.then >= outcome))

    def _stands(self, gone: int | None, cut: tuple[int, int] | None) -> list[Condition]:
        """When each rule stands if one rule is gone, or one lift (lifter, lifted) is cut."""
        stands: list[Condition] = []
        for place, entry in enumerate(self.plan.entries):
            if place == gone:
                stands.append(FALSE)
                continue
            before = self.reached.stands[place]
            lifters = [item for item in entry.lifters if (item, place) != cut]
            same = lifters == list(entry.lifters) and all(
                stands[item] is self.reached.stands[item] for item in lifters
            )
            lifted = any_of(*(stands[item] for item in lifters))
            stands.append(before if same else all_of(self.reached.holds[place], ~lifted))
        return stands


def _apart(one: Condition, other: Condition) -> Condition:
    return FALSE if one == other else (one & ~other) | (other & ~one)


@attrs.frozen(eq=False)
class States:
    """Every state of a ruleset, and the solver over all of their conditions."""

    ruleset: Ruleset
    states: tuple[State, ...]
    solver: Solver

    def never(self, asked: Sequence[Condition]) -> bool:
        """Whether none of the conditions, one for each state, is met in any possible case."""
        return all(self.solver.reachable(condition) is None for condition in asked)

    @property
    def own_conditions(self) -> list[Condition]:
        """The conditions of the ruleset's own text."""
        return own_conditions(self.ruleset)


def states_of(ruleset: Ruleset) -> States:
    """Returns a ruleset over all days and readings.

    A proposal is looked at on the days on which some law that it was made to stand on is in force.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    states = tuple(_states(ruleset))
    conditions = [part for state in states for part in (state.window, *state.reached.conditions())]
    duties = [condition for state in states for _, _, condition in state.plan.duties]
    own = [item.when for item in binding(ruleset)]
    solver = Solver(ruleset.vocabulary, [*conditions, *duties, *own, ruleset.scope])
    return States(ruleset, states, solver)


def _states(ruleset: Ruleset) -> Iterator[State]:
    spans: dict[tuple[int, ...], list[Condition]] = {}
    along: dict[tuple[int, ...], tuple[Ruleset, ...]] = {}
    turns = _turns(ruleset)
    for place, day in enumerate(turns):
        law = law_state(ruleset, day, day, day)
        if not law.in_force or (ruleset.base and not law.base):
            continue
        key = tuple(map(id, law.along))
        along[key] = law.along
        start = TRUE if place == 0 else OnOrAfter(LAW_DATE.key, day)
        end = [~OnOrAfter(LAW_DATE.key, turns[place + 1])] if place + 1 < len(turns) else []
        spans.setdefault(key, []).append(all_of(start, *end))
    for key, days in spans.items():
        plan = plan_for(ruleset, along[key])
        yield State(plan, any_of(*days), reached(plan, {LAW_DATE.key: None}))


def _turns(ruleset: Ruleset) -> list[dt.date]:
    """The first day of all, and each day from which other parts are in force."""
    days = {LAW_DATE.earliest}
    for part in ruleset.parts():
        if part.period:
            days |= {day for day in (part.period.start, part.period.end) if day}
    return sorted(days)
