"""From the truths of rules to a span of outcomes, and one step ahead to narrow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from ._force import Asks
from ._plan import Plan, Truths
from .rules import Outcome, Span


def standing(plan: Plan, truths: Truths) -> tuple[list[bool], list[bool]]:
    """Whether each rule certainly, and possibly, holds and is not lifted by one that stands."""
    certain, possible = truths
    sure: list[bool] = []
    maybe: list[bool] = []
    for index, entry in enumerate(plan.entries, 1):
        holds, may_hold = certain[index], possible[index]
        for lifter in entry.lifters:
            holds = holds and not maybe[lifter]
            may_hold = may_hold and not sure[lifter]
        sure.append(holds)
        maybe.append(may_hold)
    return sure, maybe


def _span(plan: Plan, truths: Truths) -> Span:
    """The least and the greatest outcome.

    Where a rule holds and may be lifted, either it or what lifts it decides: the weaker of the two is
    certain.
    """
    certain = truths[0]
    _, maybe = standing(plan, truths)
    low = high = Outcome.NO_CONTROL
    for index, entry in enumerate(plan.entries):
        then = entry.rule.then
        if maybe[index] and then > high:
            high = then
        if certain[index + 1] and then > low:
            for lifter in entry.lifters:
                if maybe[lifter] and plan.entries[lifter].rule.then < then:
                    then = plan.entries[lifter].rule.then
            low = max(low, then)
    return Span(low, high)


@attrs.define
class Found:
    """What look-ahead knows: truths of scope, of rules and of force, and the span.

    Scope, rules and span are those of the days on which the ruleset is in force.
    """

    certain: list[bool]
    possible: list[bool]
    span: Span

    @property
    def in_scope(self) -> bool | None:
        """Whether the ruleset covers the transaction."""
        return self.truth(0)

    @property
    def in_force(self) -> bool | None:
        """Whether the ruleset is in force."""
        return self.truth(-1)

    @property
    def is_possible(self) -> bool:
        """Whether there may be an outcome."""
        return self.possible[0] and self.possible[-1]

    def truth(self, index: int) -> bool | None:
        """The truth of the scope (0), of a rule (its place and one) or of force (the last)."""
        return True if self.certain[index] else (None if self.possible[index] else False)

    def narrow(self, branches: Sequence[Found]) -> None:
        """Keeps what is common to all answers of one question.

        Out of scope, and where it is not in force, there is no outcome, so the span and the rules are
        those of the answers that leave the transaction in scope of what is in force.
        """
        self._settle(len(self.certain) - 1, branches)
        in_force = [branch for branch in branches if branch.possible[-1]]
        self._settle(0, in_force or branches)
        inside = [branch for branch in in_force if branch.possible[0]]
        if not inside:
            return
        low = min(branch.span.low for branch in inside)
        high = max(branch.span.high for branch in inside)
        self.span = Span(max(self.span.low, low), min(self.span.high, high))
        for index in range(1, len(self.certain) - 1):
            self._settle(index, inside)

    def _settle(self, index: int, branches: Sequence[Found]) -> None:
        if not self.certain[index] and all(branch.certain[index] for branch in branches):
            self.certain[index] = True
        if self.possible[index] and not any(branch.possible[index] for branch in branches):
            self.possible[index] = False


def found_from(plan: Plan, truths: Truths) -> Found:
    asked = plan.consequences.first
    return Found(list(truths[0][:asked]), list(truths[1][:asked]), _span(plan, truths))


def tried(plan: Plan, row: Sequence[Any], changes: Mapping[int, Any]) -> Found | None:
    """What is found when these answers are added; None where they cannot all be given."""
    trial = list(row)
    for index, answer in changes.items():
        trial[index] = answer
    for index in changes:
        plan.consequences.nest(trial, index)
    truths = plan.consequences.settle(trial, plan.compiled)
    return None if truths is None else found_from(plan, truths)


def _trials(plan: Plan, index: int) -> list[dict[int, Any]]:
    """The answers to try for one open question."""
    return [{index: cell.answer} for cell in plan.cells[index]]


def _group_trials(plan: Plan, row: Sequence[Any], group: Sequence[int]) -> list[dict[int, Any]]:
    """No open member of the set belongs to it, or this one is the first that does.

    Which is the first depends on the law applied.  Where that is not known none is: else a span could
    widen once it becomes known.
    """
    if plan.asks is not Asks.NOTHING:
        still_open = [index for index in group if row[index] is None]
        return [dict.fromkeys(still_open, False), *({index: True} for index in still_open)]
    ordered = _telling_first(plan, tuple(group), tuple(row[index] for index in plan.given))
    still_open = [index for index in ordered if row[index] is None]
    firsts = [
        dict.fromkeys(still_open[:place], False) | {index: True}
        for place, index in enumerate(still_open)
    ]
    return [dict.fromkeys(still_open, False), *firsts]


@lru_cache(maxsize=1024)
def _telling_first(plan: Plan, group: tuple[int, ...], given: tuple[Any, ...]) -> list[int]:
    """Members of a set, those first that alone settle most: an entry in force before one that is not.

    The order depends on the law applied and the readings taken, never on the facts, so that learning a
    fact cannot widen a span.
    """
    blank: list[Any] = [None] * len(plan.compiled.keys)
    for index, answer in zip(plan.given, given, strict=True):
        blank[index] = answer
    left_open: dict[int, int] = {}
    for index in group:
        found = tried(plan, blank, {index: True})
        left_open[index] = sum(found.possible) - sum(found.certain) if found else 0
    return sorted(group, key=left_open.__getitem__)


def _relevant(plan: Plan, row: Sequence[Any], found: Found) -> list[int]:
    """The open questions of undecided rules, and those that constraints connect with them."""
    wanted: set[int] = set()
    for asked, keys in enumerate(plan.asked_by):
        if found.possible[asked] and not found.certain[asked]:
            wanted |= keys
    connected = frozenset().union(*(plan.neighbours[index] for index in wanted)) if wanted else ()
    return [index for index in sorted(connected) if row[index] is None]


def look_further(plan: Plan, row: Sequence[Any], found: Found) -> None:
    """Tries the answers to each open question alone and narrows what is found."""
    relevant = _relevant(plan, row, found)
    all_trials: list[Sequence[Mapping[int, Any]]] = [_trials(plan, index) for index in relevant]
    open_now = set(relevant)
    all_trials += [
        _group_trials(plan, row, group) for group in plan.consequences.groups if open_now & set(group)
    ]
    if plan.days and open_now.issuperset(plan.days[-1]):
        all_trials.append(plan.days)
    for trials in all_trials:
        branches = [branch for trial in trials if (branch := tried(plan, row, trial))]
        if branches:
            found.narrow(branches)
