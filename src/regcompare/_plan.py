"""What of a ruleset does not depend on the scenario: its rules as one function, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from ._compile import Compiled, compile_conditions
from ._consequences import Consequences
from ._force import APPLIED_ON, Asks, following, force_of
from .conditions import (
    FALSE,
    TRUE,
    Choose,
    Condition,
    OneOf,
    OnOrAfter,
    all_of,
    any_of,
    nodes,
    questions,
)
from .facts import Country, Day, Fact, countries
from .rules import Duty, Outcome, Rule, Stage
from .rulesets import Ruleset, lifting_order
from .vocabulary import FACTS_DATE, LAW_DATE, Transaction

Truths = tuple[tuple[bool, ...], tuple[bool, ...]]
"""For each condition whether it certainly, and whether it possibly, holds."""


@attrs.frozen(eq=False)
class Entry:
    """A rule in its place.

    Attributes:
        rule: The rule.
        source: The ruleset that it belongs to.
        guard: When that ruleset is in force and covers the transaction.
        when: The rule's own condition.
        condition: Both together.
        lifters: The places of the rules that lift it.
    """

    rule: Rule
    source: Ruleset
    guard: Condition
    when: Condition
    condition: Condition
    lifters: tuple[int, ...]


@attrs.frozen
class Cell:
    """Answers to a question that no condition tells apart: one of them, and all that it stands for."""

    answer: Any
    stands_for: tuple[str, ...]


@attrs.frozen(eq=False)
class Plan:
    """Everything about a ruleset, on its base and beside others, that does not depend on the scenario.

    Attributes:
        along: The rulesets that it stands on or beside, or may.
        asks: What about the law is left to ask.
        entries: The rules, each after those that lift it.
        stands: For each entry, when its rule holds and no rule that stands lifts it.
        scope: When the ruleset, or one that it stands on or beside, applies.
        force: When the ruleset is in force; always, where which law applies is known.
        compiled: Scope, rules, force and constraints as one function.
        cells: For each question the answers to try.
        neighbours: For each question those that constraints connect with it.
        asked_by: For the scope and each rule the questions that it asks.
        names: The facts, doubts and powers that it asks about.
        text_order: The places of the rules in the order of the texts, the base's first.
        duty_keys: The questions that duties alone ask.
        given: The places of what does not depend on the scenario: the law applied, readings taken.
        days: Days of the facts and of the application, so that each tells the law apart, as answers.
    """

    ruleset: Ruleset
    along: tuple[Ruleset, ...]
    asks: Asks
    entries: tuple[Entry, ...]
    stands: tuple[Condition, ...]
    duties: tuple[tuple[Duty, Ruleset, Condition], ...]
    scope: Condition
    force: Condition
    compiled: Compiled
    consequences: Consequences
    cells: Mapping[int, tuple[Cell, ...]]
    neighbours: tuple[frozenset[int], ...]
    asked_by: tuple[frozenset[int], ...]
    facts: Mapping[str, Fact]
    names: frozenset[str]
    text_order: tuple[int, ...]
    given: tuple[int, ...]
    duty_keys: tuple[str, ...]
    days: tuple[Mapping[int, dt.date], ...]


def guarded(ruleset: Ruleset) -> Condition:
    """The scope of a ruleset: its kinds of transaction and what else must hold."""
    return all_of(Transaction.kind.is_in(*ruleset.covers), ruleset.scope)


@lru_cache(maxsize=256)
def plan_for(ruleset: Ruleset, along: tuple[Ruleset, ...], asks: Asks = Asks.NOTHING) -> Plan:
    """Plans a ruleset along with the ones that it stands on or beside.

    Args:
        ruleset: The ruleset.
        along: Those that are in force, or may be.
        asks: What about the law is left to ask.
    """
    read = _reader(ruleset, asks)
    force = force_of(ruleset, asks is Asks.DAY)
    in_force, applies = (TRUE, {}) if asks is Asks.NOTHING else (force.in_force, force.along)
    own = read(guarded(ruleset))
    others = ((part, all_of(applies.get(part, TRUE), read(guarded(part)))) for part in along)
    parts = [(ruleset, own), *others]
    reaching = [guard for part, guard in parts if part.rules or not part.beside]
    scope = any_of(*reaching)
    guards = {id(part): guard for part, guard in parts}
    rules = [(rule, part) for part, _ in reversed(parts) for rule in part.rules]
    order = lifting_order([rule for rule, _ in rules], f"Ruleset {ruleset.id!r}")
    source = {id(rule): part for rule, part in rules}
    place = {id(rule): index for index, rule in enumerate(order)}
    entries = []
    for rule in order:
        part = source[id(rule)]
        guard, when = guards[id(part)], read(part.condition(rule))
        condition = all_of(guard, when) if ruleset.base or ruleset.beside else when
        lifters = tuple(
            place[id(other)] for other, _ in rules if any(item is rule for item in other.lifts)
        )
        entries.append(Entry(rule, part, guard, when, condition, lifters))
    stands = _standing(entries)
    duties = tuple(_duties(parts, entries, stands, read))
    vocabulary = ruleset.vocabulary
    asked = [scope, *(entry.condition for entry in entries), in_force]
    constraints = [half for item in vocabulary.constraints for half in (item.when, item.then)]
    compiled = compile_conditions([*asked, *constraints])
    consequences = Consequences(vocabulary, compiled.keys, len(asked))
    position = consequences.position
    asked_by = _asked_by(asked, position)
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE, APPLIED_ON)}
    cells = cells_of([*asked, *constraints], compiled.keys, facts)
    return Plan(
        ruleset,
        along,
        asks,
        tuple(entries),
        stands,
        duties,
        scope,
        in_force,
        compiled,
        consequences,
        cells,
        _neighbours(len(compiled.keys), consequences.links),
        asked_by,
        facts,
        frozenset(key.partition(":")[0] for key in compiled.keys),
        tuple(place[id(rule)] for rule, _ in rules),
        tuple(
            index for key, index in position.items() if key == LAW_DATE.key or key.startswith("reading:")
        ),
        tuple(key for key in questions(item[2] for item in duties) if key not in position),
        () if asks is Asks.NOTHING else tuple(_days_apart(ruleset, position, cells)),
    )


def _reader(ruleset: Ruleset, asks: Asks) -> Callable[[Condition], Condition]:
    """Reads a condition: where the day of the law is that of the case, that is what it asks for."""
    made: dict[int, tuple[Condition, Condition]] = {}
    if asks is Asks.DAY:
        return lambda condition: following(condition, ruleset, made)
    return lambda condition: condition


def _days_apart(
    ruleset: Ruleset, position: Mapping[str, int], cells: Mapping[int, tuple[Cell, ...]]
) -> Iterator[Mapping[int, dt.date]]:
    """The days of the facts; from a switch by day of application on, each with those of application."""
    facts, applied = position.get(FACTS_DATE.key), position.get(APPLIED_ON.key)
    switches = [part.transition.day for part in ruleset.parts() if part.transition]
    if facts is None or applied is None or not switches:
        return
    for day in (cell.answer for cell in cells[facts]):
        if day < min(switches):
            yield {facts: day}
        else:
            yield from ({facts: day, applied: cell.answer} for cell in cells[applied])


def _standing(entries: Sequence[Entry]) -> tuple[Condition, ...]:
    stands: list[Condition] = []
    for entry in entries:
        lifted = any_of(*(stands[lifter] for lifter in entry.lifters))
        stands.append(entry.condition if lifted == FALSE else all_of(entry.condition, ~lifted))
    return tuple(stands)


def _duties(
    parts: Sequence[tuple[Ruleset, Condition]],
    entries: Sequence[Entry],
    stands: Sequence[Condition],
    read: Callable[[Condition], Condition],
) -> Iterator[tuple[Duty, Ruleset, Condition]]:
    for part, guard in parts:
        arises = _stages(part, entries, stands)
        for duty in part.provisions.duties:
            yield duty, part, all_of(guard, read(part.condition(duty)), arises[duty.stage])


_LICENSED = (Outcome.AUTHORISATION, Outcome.SUSPENSION, Outcome.REFUSAL)
"""The outcomes under which an authority has an application before it."""


def _stages(
    part: Ruleset, entries: Sequence[Entry], stands: Sequence[Condition]
) -> Mapping[Stage, Condition]:
    """When the duties of a text arise: in licensing, where one text with it asks for a licence."""
    below = _text_and_bases(part)
    licensed = any_of(
        *(
            condition
            for entry, condition in zip(entries, stands, strict=True)
            if entry.rule.then in _LICENSED
            and (entry.source in below or part in _text_and_bases(entry.source))
        )
    )
    return {Stage.ANY: TRUE, Stage.LICENSING: licensed}


def _text_and_bases(ruleset: Ruleset) -> frozenset[Ruleset]:
    return frozenset({ruleset, *(part for base in ruleset.base for part in base.parts())})


def _asked_by(asked: Sequence[Condition], position: Mapping[str, int]) -> tuple[frozenset[int], ...]:
    below: dict[int, frozenset[int]] = {}
    for node in nodes(asked):
        own = position.get(node.key)
        parts = frozenset().union(*(below[id(part)] for part in node.parts))
        below[id(node)] = parts if own is None else parts | {own}
    return tuple(below[id(item)] for item in asked)


def cells_of(
    conditions: Sequence[Condition], keys: Sequence[str], facts: Mapping[str, Fact]
) -> dict[int, tuple[Cell, ...]]:
    """For each question the answers to try: one for each set of answers that no leaf tells apart."""
    leaves: dict[str, list[Condition]] = {}
    for node in nodes(conditions):
        if isinstance(node, OneOf | OnOrAfter | Choose):
            leaves.setdefault(node.key, []).append(node)
    yes_or_no = (Cell(True, ("yes",)), Cell(False, ("no",)))
    cells: dict[int, tuple[Cell, ...]] = {}
    for index, key in enumerate(keys):
        asked = leaves.get(key, [])
        if not asked:
            cells[index] = yes_or_no
        elif isinstance(asked[0], Choose):
            cells[index] = tuple(Cell(name, (name,)) for name, _ in asked[0].readings)
        elif isinstance(asked[0], OnOrAfter):
            cells[index] = _days(asked, facts[key])
        else:
            cells[index] = _kinds(asked, facts[key])
    return cells


def _days(asked: Sequence[Condition], fact: Fact) -> tuple[Cell, ...]:
    days = {leaf.day for leaf in asked if isinstance(leaf, OnOrAfter)}
    first = fact.earliest if isinstance(fact, Day) else dt.date.min
    turns = [first, *sorted(day for day in days if day > first)]
    return tuple(Cell(day, (f"from {day}",)) for day in turns)


def _kinds(asked: Sequence[Condition], fact: Fact) -> tuple[Cell, ...]:
    answers = countries() if isinstance(fact, Country) else fact.labels()
    sets = [leaf.answers for leaf in asked if isinstance(leaf, OneOf)]
    kinds: dict[tuple[bool, ...], list[str]] = {}
    for answer in answers:
        kinds.setdefault(tuple([answer in group for group in sets]), []).append(answer)
    return tuple(Cell(alike[0], tuple(alike)) for alike in kinds.values())


def _neighbours(size: int, links: Iterable[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """For each question, all that constraints connect with it, itself included."""
    near = [frozenset({index}) for index in range(size)]
    for link in links:
        together = frozenset().union(*(near[index] for index in link)) if link else frozenset()
        for index in together:
            near[index] = together
    return tuple(near)
