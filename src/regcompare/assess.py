"""One scenario under one ruleset: the verdict, its reasons, and what is still open.

The result is a span, the least and the greatest outcome that the stated facts allow.  Plain three-valued
logic gives a span that is sound but sometimes too wide; ``assess`` looks ahead: for each open question
alone it tries each answer and keeps what is common to all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import attrs

from ._compile import Compiled, compile_conditions
from .conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    Trace,
    all_of,
    any_of,
    nodes,
    walk,
)
from .errors import UsageError, nearest
from .facts import CodeSet, Country, Day, Fact, SetOf, code_matches, countries
from .law import Checked
from .rules import Discretion, Duty, Interpretation, NotEncoded, Outcome, Rule
from .rulesets import Ruleset, lifting_order
from .scenarios import Established, Scenario, answers_to, established
from .vocabulary import FACTS_DATE, LAW_DATE, Transaction, Vocabulary

__all__ = ["AsOf", "Effect", "Finding", "Question", "Readings", "Span", "Verdict", "assess"]

AsOf = dt.date | Literal["scenario"] | None
"""The day whose law is applied, ``scenario`` for the day of the facts, None for the reference date."""

Readings = Mapping[str, str] | Literal["open"] | None
"""Readings chosen by id (``open`` leaves one open), ``open`` for all, or None for the defaults."""


@attrs.frozen(order=True)
class Span:
    """The least and the greatest outcome that what is known allows."""

    low: Outcome
    high: Outcome

    def __str__(self) -> str:
        return self.low.word if self.low is self.high else f"{self.low}..{self.high}"

    @property
    def is_settled(self) -> bool:
        """Whether only one outcome is left."""
        return self.low is self.high

    def __contains__(self, other: object) -> bool:
        if isinstance(other, Span):
            return self.low <= other.low and other.high <= self.high
        return isinstance(other, Outcome) and self.low <= other <= self.high


# the plan of a ruleset: its rules as one function -------------------------------------------------


@attrs.frozen(eq=False)
class _Entry:
    """A rule in its place: from which ruleset, under which condition, lifted by which others."""

    rule: Rule
    source: Ruleset
    condition: Condition
    lifters: tuple[int, ...]


@attrs.frozen(eq=False)
class _Plan:
    """Everything about a ruleset on a day that does not depend on the scenario."""

    ruleset: Ruleset
    base: Ruleset | None
    entries: tuple[_Entry, ...]
    duties: tuple[tuple[Duty, Ruleset, Condition], ...]
    scope: Condition
    compiled: Compiled
    consequences: _Consequences
    cells: Mapping[int, tuple[Any, ...]]
    groups: tuple[tuple[int, ...], ...]
    neighbours: tuple[frozenset[int], ...]
    asked_by: tuple[frozenset[int], ...]
    facts: Mapping[str, Fact]

    def row(self, answers: Mapping[str, Any]) -> list[Any]:
        return [answers.get(key) for key in self.compiled.keys]


class _Consequences:
    """What follows from answers: the constraints of the vocabulary and the nesting of code patterns."""

    def __init__(self, vocabulary: Vocabulary, keys: Sequence[str], first: int) -> None:
        self.first = first
        self.position = {key: index for index, key in enumerate(keys)}
        self.constraints = [
            (self._literals(item.then, True), self._literals(item.when, False))
            for item in vocabulary.constraints
        ]
        self.links = [
            frozenset(
                self.position[key]
                for node in nodes([item.when, item.then])
                if (key := getattr(node, "key", None)) in self.position
            )
            for item in vocabulary.constraints
        ]
        patterns = [(key, index) for key, index in self.position.items() if _is_pattern(key)]
        self.above: dict[int, list[int]] = {}
        self.below: dict[int, list[int]] = {}
        for inner, inner_index in patterns:
            for outer, outer_index in patterns:
                if inner_index != outer_index and _nested(inner, outer):
                    self.above.setdefault(inner_index, []).append(outer_index)
                    self.below.setdefault(outer_index, []).append(inner_index)

    def _literals(self, condition: Condition, wanted: bool) -> list[tuple[int, Any]]:
        """Returns the answers that the truth of a condition forces, where it forces some."""
        if isinstance(condition, Holds):
            return [(self.position[condition.key], wanted)] if condition.key in self.position else []
        if isinstance(condition, Not):
            return self._literals(condition.part, not wanted)
        if isinstance(condition, OneOf) and wanted and len(condition.answers) == 1:
            (answer,) = condition.answers
            return [(self.position[condition.key], answer)] if condition.key in self.position else []
        if isinstance(condition, All if wanted else AnyOf) or (
            isinstance(condition, Term) or len(condition.parts) == 1
        ):
            return [item for part in condition.parts for item in self._literals(part, wanted)]
        return []

    def nest(self, row: list[Any], index: int) -> None:
        """Carries an answer about one code pattern over to those above or below it."""
        related = self.above if row[index] is True else self.below
        for other in related.get(index, ()):
            if row[other] is None:
                row[other] = row[index]

    def settle(
        self, row: list[Any], compiled: Compiled
    ) -> tuple[tuple[bool, ...], tuple[bool, ...]] | None:
        """Adds what follows to the row; returns the truths, or None where the answers contradict."""
        while True:
            certain, possible = compiled.function(row)
            changed = False
            place = self.first
            for then, otherwise in self.constraints:
                when_sure, when_maybe = certain[place], possible[place]
                then_sure, then_maybe = certain[place + 1], possible[place + 1]
                place += 2
                if when_sure and not then_maybe:
                    return None
                forced = (
                    then if when_sure and not then_sure else otherwise if when_maybe and not then_maybe else ()
                )
                for index, answer in forced:
                    if row[index] is None:
                        row[index] = answer
                        self.nest(row, index)
                        changed = True
            if not changed:
                return certain, possible


def _is_pattern(key: str) -> bool:
    return key.startswith("item.annex_i_entry:")


def _nested(inner: str, outer: str) -> bool:
    """Whether every code under one pattern falls under another, as far as names tell."""
    inside, outside = inner.partition(":")[2].partition("!")[0], outer.partition(":")[2]
    if "!" in outside:
        return False
    if outside == "*":
        return True
    if inside.startswith(("/", "*", "?")):
        return False
    return code_matches(inside, outside)


def _guarded(ruleset: Ruleset) -> Condition:
    """The scope of a ruleset: its kinds of transaction and what else must hold."""
    return all_of(Transaction.kind.is_in(*ruleset.covers), ruleset.scope)


@lru_cache(maxsize=256)
def _plan(ruleset: Ruleset, base: Ruleset | None, beside: tuple[Ruleset, ...]) -> _Plan:
    own = _guarded(ruleset)
    parts = [(ruleset, own), *((part, _guarded(part)) for part in (base, *beside) if part)]
    scope = any_of(*(guard for _, guard in parts)) if beside or base else own
    guards = {id(part): guard for part, guard in parts}
    rules = [(rule, part) for part, _ in reversed(parts) for rule in part.rules]
    order = lifting_order([rule for rule, _ in rules], f"Ruleset {ruleset.id!r}")
    source = {id(rule): part for rule, part in rules}
    place = {id(rule): index for index, rule in enumerate(order)}
    entries = []
    for rule in order:
        part = source[id(rule)]
        condition = rule.when if len(parts) == 1 else all_of(guards[id(part)], rule.when)
        lifters = tuple(place[id(other)] for other, _ in rules if any(item is rule for item in other.lifts))
        entries.append(_Entry(rule, part, condition, lifters))
    duties = tuple(
        (duty, part, all_of(guard, duty.when)) for part, guard in parts for duty in part.provisions.duties
    )
    vocabulary = ruleset.vocabulary
    asked = [scope, *(entry.condition for entry in entries)]
    constraints = [half for item in vocabulary.constraints for half in (item.when, item.then)]
    compiled = compile_conditions([*asked, *constraints])
    consequences = _Consequences(vocabulary, compiled.keys, len(asked))
    position = consequences.position
    asked_by = tuple(
        frozenset(position[key] for node in nodes([item]) if (key := getattr(node, "key", None)) in position)
        for item in asked
    )
    facts = {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE, LAW_DATE)}
    cells = _cells([*asked, *constraints], compiled.keys, facts)
    return _Plan(
        ruleset,
        base,
        tuple(entries),
        duties,
        scope,
        compiled,
        consequences,
        cells,
        _groups(compiled.keys),
        _neighbours(len(compiled.keys), consequences.links),
        asked_by,
        facts,
    )


def _cells(
    conditions: Sequence[Condition], keys: Sequence[str], facts: Mapping[str, Fact]
) -> dict[int, tuple[Any, ...]]:
    """For each question the answers to try: one for each set of answers that no leaf tells apart."""
    leaves: dict[str, list[Condition]] = {}
    for node in nodes(conditions):
        if isinstance(node, OneOf | OnOrAfter | Choose):
            leaves.setdefault(node.key, []).append(node)
    cells: dict[int, tuple[Any, ...]] = {}
    for index, key in enumerate(keys):
        asked = leaves.get(key, [])
        if not asked:
            cells[index] = (True, False)
        elif isinstance(asked[0], Choose):
            cells[index] = tuple(name for name, _ in asked[0].readings)
        elif isinstance(asked[0], OnOrAfter):
            days = {leaf.day for leaf in asked if isinstance(leaf, OnOrAfter)}
            fact = facts[key]
            first = fact.earliest if isinstance(fact, Day) else dt.date.min
            cells[index] = (first, *sorted(day for day in days if day > first))
        else:
            cells[index] = _kinds(asked, facts[key])
    return cells


def _kinds(asked: Sequence[Condition], fact: Fact) -> tuple[str, ...]:
    answers = countries() if isinstance(fact, Country) else fact.labels()
    sets = [leaf.answers for leaf in asked if isinstance(leaf, OneOf)]
    kinds = {tuple(answer in group for group in sets): answer for answer in reversed(list(answers))}
    return tuple(kinds.values())


def _groups(keys: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The patterns of codes, which are tried together: none of them, or at least this one."""
    patterns = tuple(index for index, key in enumerate(keys) if _is_pattern(key))
    return (patterns,) if patterns else ()


def _neighbours(size: int, links: Iterable[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """For each question, all that constraints connect with it, itself included."""
    near = [frozenset({index}) for index in range(size)]
    for link in links:
        together = frozenset().union(*(near[index] for index in link)) if link else frozenset()
        for index in together:
            near[index] = together
    return tuple(near)


# from truths to spans ------------------------------------------------------------------------------

_Truths = tuple[tuple[bool, ...], tuple[bool, ...]]


def _standing(plan: _Plan, truths: _Truths) -> tuple[list[bool], list[bool]]:
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


def _span(plan: _Plan, truths: _Truths) -> Span:
    """The least and the greatest outcome.

    Where a rule holds and may be lifted, either it or what lifts it decides: the weaker of the two is
    certain.
    """
    certain = truths[0]
    _, maybe = _standing(plan, truths)
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
class _Found:
    """What look-ahead knows: truths of scope and rules, and the span."""

    certain: list[bool]
    possible: list[bool]
    span: Span

    def narrow(self, branches: Sequence[_Found]) -> None:
        """Keeps what is common to all answers of one question."""
        low = min(branch.span.low for branch in branches)
        high = max(branch.span.high for branch in branches)
        self.span = Span(max(self.span.low, low), min(self.span.high, high))
        for index, known in enumerate(self.certain):
            if not known and all(branch.certain[index] for branch in branches):
                self.certain[index] = True
            if self.possible[index] and not any(branch.possible[index] for branch in branches):
                self.possible[index] = False


def _found(plan: _Plan, truths: _Truths) -> _Found:
    asked = plan.consequences.first
    return _Found(list(truths[0][:asked]), list(truths[1][:asked]), _span(plan, truths))


def _tried(plan: _Plan, row: Sequence[Any], changes: Mapping[int, Any]) -> _Found | None:
    """What is found when these answers are added; None where they cannot all be given."""
    trial = list(row)
    for index, answer in changes.items():
        trial[index] = answer
    for index in changes:
        if _is_pattern(plan.compiled.keys[index]):
            plan.consequences.nest(trial, index)
    truths = plan.consequences.settle(trial, plan.compiled)
    return None if truths is None else _found(plan, truths)


def _trials(plan: _Plan, row: Sequence[Any], index: int) -> list[dict[int, Any]]:
    """The answers to try for one open question."""
    return [{index: answer} for answer in plan.cells[index]]


def _group_trials(plan: _Plan, row: Sequence[Any], group: Sequence[int]) -> list[dict[int, Any]]:
    """No open member of the set belongs to it, or at least this one does."""
    still_open = [index for index in group if row[index] is None]
    return [dict.fromkeys(still_open, False), *({index: True} for index in still_open)]


def _relevant(plan: _Plan, row: Sequence[Any], found: _Found) -> list[int]:
    """The open questions of undecided rules, and those that constraints connect with them."""
    wanted: set[int] = set()
    for asked, keys in enumerate(plan.asked_by):
        if found.possible[asked] and not found.certain[asked]:
            wanted |= keys
    connected = frozenset().union(*(plan.neighbours[index] for index in wanted)) if wanted else ()
    return [index for index in sorted(connected) if row[index] is None]


def _look_ahead(plan: _Plan, row: Sequence[Any], found: _Found) -> None:
    relevant = _relevant(plan, row, found)
    all_trials = [_trials(plan, row, index) for index in relevant]
    open_now = set(relevant)
    all_trials += [_group_trials(plan, row, group) for group in plan.groups if open_now & set(group)]
    for trials in all_trials:
        branches = [branch for trial in trials if (branch := _tried(plan, row, trial))]
        if branches:
            found.narrow(branches)


# the verdict ---------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Finding:
    """What became of one rule.

    Attributes:
        rule: The rule.
        ruleset: The ruleset that it belongs to, which may be the base of the one asked about.
        holds: True, False, or None where that is open.
        decides: Whether it holds, is not lifted, and its outcome is the one reached.
        lifted_by: The rules that hold in its place, or may.
        trace: Every step of its condition.
        checked: How the rule was checked.
    """

    rule: Rule
    ruleset: Ruleset
    holds: bool | None
    decides: bool
    lifted_by: tuple[Rule, ...]
    trace: Trace
    checked: Checked

    def __repr__(self) -> str:
        return f"<Finding {self.rule.id}: {self.holds}>"

    def rests_on(self) -> Iterator[Term]:
        """Yields the terms, rows of tables among them, that the holding of the rule rests on."""
        yield from _terms_held(self.trace)


def _terms_held(trace: Trace) -> Iterator[Term]:
    if trace.truth is not True or isinstance(trace.condition, Not):
        return
    if isinstance(trace.condition, Term):
        yield trace.condition
    for part in trace.parts:
        yield from _terms_held(part)


@attrs.frozen
class Effect:
    """What an open question would lead to if it were answered in one way."""

    answer: str
    span: Span


@attrs.frozen
class Question:
    """An open question whose answer could still change the outcome.

    Attributes:
        name: The fact, or ``reading.ID`` or ``discretion.ID``.
        text: The question in plain words.
        members: Of a set, the members left open.
        effects: What each answer would lead to, alone.
    """

    name: str
    text: str
    members: tuple[str, ...]
    effects: tuple[Effect, ...]


@attrs.frozen(eq=False, repr=False)
class Verdict:
    """One scenario under one ruleset.

    Attributes:
        scenario: The scenario.
        ruleset: The ruleset.
        as_of: The day whose law is applied; None where it is not known.
        base: The law on which a proposal was made to stand, or None.
        in_force: Whether the ruleset is in force on that day.
        in_scope: Whether it covers the transaction.
        span: The outcomes that are possible; None out of scope or not in force.
        findings: What became of each rule, the base's rules first.
        duties: The duties that apply, or may (with None).
        questions: What is open and could change the outcome.
        presumed: Facts presumed, not stated, that the ruleset asks about.
        inferred: Facts that follow from others by the constraints of the vocabulary.
        assumed: Doubtful texts with the reading that was taken.
        warnings: What a reader might be surprised by.
        exact: Whether the ends are exact; look-ahead gives them almost always, but does not promise.
    """

    scenario: Scenario
    ruleset: Ruleset
    as_of: dt.date | None
    base: Ruleset | None
    in_force: bool | None
    in_scope: bool | None
    span: Span | None
    findings: tuple[Finding, ...]
    duties: tuple[tuple[Duty, bool | None], ...]
    questions: tuple[Question, ...]
    presumed: tuple[str, ...]
    inferred: tuple[str, ...]
    assumed: tuple[tuple[Interpretation, str | None], ...]
    warnings: tuple[str, ...]
    exact: bool = False

    def __repr__(self) -> str:
        return f"<Verdict {self.scenario.id} under {self.ruleset.id}: {self.result}>"

    @property
    def low(self) -> Outcome | None:
        """The least outcome possible."""
        return self.span.low if self.span else None

    @property
    def high(self) -> Outcome | None:
        """The greatest outcome possible."""
        return self.span.high if self.span else None

    @property
    def result(self) -> str:
        """The result in a word or two: a span, *out of scope* or *not in force*."""
        if self.in_force is False:
            return "not in force"
        if self.in_scope is False:
            return "out of scope"
        return str(self.span)

    def finding(self, rule_id: str) -> Finding:
        """Returns what became of the rule with this id.

        Raises:
            UsageError: There is no such rule; the text names the nearest.
        """
        for finding in self.findings:
            if finding.rule.id == rule_id:
                return finding
        near = nearest(rule_id, [finding.rule.id for finding in self.findings])
        hint = f" Did you mean {near!r}?" if near else ""
        raise UsageError(f"{self.ruleset.id} has no rule {rule_id!r}.{hint}")

    @property
    def holding(self) -> tuple[Finding, ...]:
        """The rules that hold, strictest first."""
        held = (finding for finding in self.findings if finding.holds)
        return tuple(sorted(held, key=lambda finding: -finding.rule.then))

    @property
    def open(self) -> tuple[Finding, ...]:
        """The rules that may hold, strictest first."""
        held = (finding for finding in self.findings if finding.holds is None)
        return tuple(sorted(held, key=lambda finding: -finding.rule.then))

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The rules that decide the outcome, or its least where it is a span."""
        return tuple(finding for finding in self.findings if finding.decides)

    @property
    def closest(self) -> tuple[Finding, ...]:
        """The rules that came closest without holding: one part of the condition is missing."""
        return tuple(
            finding
            for finding in self.findings
            if finding.holds is False and self.span and finding.rule.then > self.span.high
            and len(_failing(finding.trace)) == 1
        )

    @property
    def checked(self) -> Checked | None:
        """The weakest mark that the outcome rests on: of deciding rules, and of rows of tables."""
        marks = [finding.checked for finding in self.deciding]
        marks += [
            Checked(term.checked)
            for finding in self.deciding
            for term in finding.rests_on()
            if term.checked
        ]
        return min(marks, key=lambda mark: mark.rank, default=None)

    @property
    def not_encoded(self) -> tuple[NotEncoded, ...]:
        """What the ruleset, and the law that it stands on, leave out."""
        parts = [self.ruleset, *self.ruleset.beside, *([self.base] if self.base else [])]
        return tuple(item for part in parts for item in part.provisions.not_encoded)


def _failing(trace: Trace) -> list[Trace]:
    """The parts of a condition that fail, each as high up as it stands alone."""
    while isinstance(trace.condition, Term) and trace.parts:
        trace = trace.parts[0]
    if not isinstance(trace.condition, All):
        return [trace]
    return [item for part in trace.parts if part.truth is False for item in _failing(part)]


def assess(
    scenario: Scenario,
    ruleset: Ruleset,
    *,
    as_of: AsOf = None,
    readings: Readings = None,
    look_ahead: bool = True,
) -> Verdict:
    """Puts one scenario under one ruleset.

    Args:
        scenario: What is known about the transaction.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied; by default the ruleset's reference date.
        readings: Readings of doubtful texts, by id; the defaults are assumed for the others.
        look_ahead: Whether to try each open question alone and keep what is common.

    Raises:
        UsageError: A reading is not known, or the facts contradict each other.
    """
    day = _day(scenario, ruleset, as_of)
    applied_on = scenario.licence.applied_on
    dates: dict[str, Any] = {
        "facts": scenario.date,
        "applied_on": applied_on if isinstance(applied_on, dt.date) else None,
    }
    in_force = ruleset.in_force(day, **dates)
    base = ruleset.stands_on(day, **dates)
    beside = tuple(part for part in ruleset.beside if part.in_force(day, **dates) is not False)
    plan = _plan(ruleset, base, beside)
    taken = _readings(ruleset, readings)
    known = established(scenario, ruleset.vocabulary)
    answers = answers_to(plan.compiled.keys, scenario, known, plan.facts)
    answers |= {LAW_DATE.key: day} | {item.key: reading for item, reading in taken.items()}
    row = plan.row(answers)
    truths = plan.consequences.settle(row, plan.compiled)
    if truths is None:
        msg = f"The facts of {scenario.id} contradict each other; check the file for the details."
        raise UsageError(msg)
    settled = dict(zip(plan.compiled.keys, row, strict=True))
    inferred = _names(key for key in settled if settled[key] is not None and answers.get(key) is None)
    found = _found(plan, truths)
    if look_ahead and in_force is not False and found.possible[0]:
        _look_ahead(plan, row, found)
    in_scope = _truth(found, 0)
    applies = in_force is not False and in_scope is not False
    span = found.span if applies else None
    seen: dict[int, Trace] = {}
    findings = tuple(_findings(plan, found, settled, seen)) if applies else ()
    duties = tuple(
        (duty, truth)
        for duty, _, condition in plan.duties
        if applies and (truth := walk(condition, settled, seen).truth) is not False
    )
    return Verdict(
        scenario=scenario,
        ruleset=ruleset,
        as_of=day,
        base=base,
        in_force=in_force,
        in_scope=in_scope,
        span=span,
        findings=findings,
        duties=duties,
        questions=_questions(plan, row, found, findings, seen, settled) if span else (),
        presumed=tuple(name for name in known.presumed if name in _names(plan.compiled.keys)),
        inferred=inferred,
        assumed=tuple(taken.items()),
        warnings=tuple(_warnings(scenario, ruleset, day, base, known)),
    )


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.partition(":")[0] for key in keys))


def _truth(found: _Found, index: int) -> bool | None:
    return True if found.certain[index] else (None if found.possible[index] else False)


def _day(scenario: Scenario, ruleset: Ruleset, as_of: AsOf) -> dt.date | None:
    wanted = ruleset.reference_date if as_of is None else as_of
    return scenario.date if wanted == "scenario" else wanted


def _readings(ruleset: Ruleset, readings: Readings) -> dict[Interpretation, str | None]:
    declared = {item.id: item for part in ruleset.parts() for item in part.provisions.interpretations}
    if readings == "open":
        return dict.fromkeys(declared.values())
    chosen = dict(readings or {})
    for name, reading in chosen.items():
        if name not in declared:
            near = nearest(name, declared)
            hint = f" Did you mean {near!r}?" if near else ""
            raise UsageError(f"{ruleset.id} has no doubt {name!r}.{hint}")
        if reading not in (*declared[name].readings, "open"):
            options = ", ".join(declared[name].readings)
            raise UsageError(f"{name} has no reading {reading!r}; it has {options}, or open.")
    taken = {item: chosen.get(name, item.default) for name, item in declared.items()}
    return {item: None if reading == "open" else reading for item, reading in taken.items()}


def _findings(
    plan: _Plan, found: _Found, answers: Mapping[str, Any], seen: dict[int, Trace]
) -> Iterator[Finding]:
    sure, maybe = _standing(plan, (tuple(found.certain), tuple(found.possible)))
    by_text = {id(rule): place for place, rule in enumerate(_in_text_order(plan))}
    ordered = sorted(enumerate(plan.entries), key=lambda item: by_text[id(item[1].rule)])
    for index, entry in ordered:
        lifters = [place for place in entry.lifters if maybe[place]]
        decides = sure[index] and entry.rule.then is found.span.low
        yield Finding(
            rule=entry.rule,
            ruleset=entry.source,
            holds=_truth(found, index + 1),
            decides=decides,
            lifted_by=tuple(plan.entries[place].rule for place in lifters),
            trace=walk(entry.condition, answers, seen),
            checked=entry.source.mark(entry.rule),
        )


def _in_text_order(plan: _Plan) -> list[Rule]:
    parts = dict.fromkeys(entry.source for entry in plan.entries)
    sources = [part for part in parts if part is not plan.ruleset] + [plan.ruleset]
    return [rule for part in sources for rule in part.rules]


def _questions(
    plan: _Plan,
    row: Sequence[Any],
    found: _Found,
    findings: Sequence[Finding],
    seen: dict[int, Trace],
    answers: Mapping[str, Any],
) -> tuple[Question, ...]:
    """The open questions of the rules that could still move the outcome, with their consequences."""
    keys: dict[str, None] = {}
    if _truth(found, 0) is None:
        keys.update(dict.fromkeys(walk(plan.scope, answers, seen).open_questions()))
    if not found.span.is_settled:
        lifting = {id(rule) for finding in findings for rule in finding.lifted_by}
        for finding in findings:
            moves = finding.rule.then > found.span.low or id(finding.rule) in lifting
            if finding.holds is None and moves:
                keys.update(dict.fromkeys(finding.trace.open_questions()))
    by_name: dict[str, list[str]] = {}
    for key in keys:
        by_name.setdefault(_question_name(key), []).append(key)
    position = plan.consequences.position
    return tuple(
        _question(plan, row, found, name, [position[key] for key in members])
        for name, members in by_name.items()
    )


def _question_name(key: str) -> str:
    name, _, member = key.partition(":")
    return f"{name}.{member}" if name in ("reading", "discretion") else name


def _question(
    plan: _Plan, row: Sequence[Any], found: _Found, name: str, places: Sequence[int]
) -> Question:
    keys = plan.compiled.keys
    fact = plan.facts.get(name)
    members: tuple[str, ...] = ()
    if isinstance(fact, SetOf | CodeSet):
        members = tuple(keys[place].partition(":")[2].partition("!")[0] for place in places)
        none: dict[int, Any] = dict.fromkeys(places, False)
        trials = [("none of these", none)]
        trials += [(member, {place: True}) for member, place in zip(members, places, strict=True)]
    else:
        (place,) = places
        labels = {True: "yes", False: "no"}
        trials = [(str(labels.get(answer, answer)), {place: answer}) for answer in plan.cells[place]]
    effects = []
    for label, changes in trials:
        branch = _tried(plan, row, changes)
        if branch:
            low = max(branch.span.low, found.span.low)
            effects.append(Effect(label, Span(low, max(low, min(branch.span.high, found.span.high)))))
    return Question(name, _question_text(plan, name, fact), members, tuple(effects))


def _question_text(plan: _Plan, name: str, fact: Fact | None) -> str:
    if fact is not None:
        return fact.question
    kind, _, name = name.partition(".")
    provisions = [part.provisions for part in plan.ruleset.parts()]
    declared: Iterable[Interpretation | Discretion] = (
        item
        for group in provisions
        for item in (group.interpretations if kind == "reading" else group.discretions)
    )
    return next((item.question for item in declared if item.id == name), "")


def _warnings(
    scenario: Scenario,
    ruleset: Ruleset,
    day: dt.date | None,
    base: Ruleset | None,
    known: Established,
) -> Iterator[str]:
    if day is None:
        yield "The scenario has no date, so the law of its day is not known."
        return
    if scenario.date and ruleset.reference_date != "scenario" and scenario.date != day:
        when = "later" if scenario.date > day else "earlier"
        yield (
            f"The facts ({scenario.date}) are {when} than the law applied ({day}): membership and "
            "embargoes follow the facts, lists of items and general authorisations the law applied."
        )
    if ruleset.base and base is None:
        yield f"No law that {ruleset.id} stands on is in force on {day}; it is applied alone."
    elif base is not None and base is not ruleset.base[0]:
        yield f"{ruleset.base[0].id} is not in force on {day}; the proposal stands on {base.id}."
    parts = [ruleset, *ruleset.beside, *([base] if base else [])]
    for table in dict.fromkeys(table for part in parts for table in part.tables):
        if day > table.verified_through:
            yield f"{table.name} was checked through {table.verified_through} only."
    applied = known.values.get("licence.applied_on")
    if ruleset.transition and isinstance(applied, dt.date):
        if ruleset.transition.straddles(scenario.date, applied):
            yield f"The application of {applied} stays under the act in force when it was made."
