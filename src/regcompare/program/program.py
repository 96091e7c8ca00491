"""A ruleset, along with the law that it stands on or beside, as conditions: when what follows.

This is the only place that knows what it means that one rule lifts another.  Everyone else evaluates the
conditions that are written here: in bit planes, by the solver, in words, in a page.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any

import attrs

from regcompare.facts import Fact
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Condition,
    all_of,
    any_of,
    nodes,
    questions,
)
from regcompare.logic.interchangeable import occurrences_of
from regcompare.logic.planes import CompiledConditions, Leaves, Rows, compile_function
from regcompare.logic.questions import Questions
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Addressee, Duty, DutyKind, Outcome, Rule, Stage, Strength
from regcompare.ruleset.ruleset import Ruleset, lifting_order
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Harm, Transaction
from regcompare.vocabulary.propagation import Propagation

from .cells import Cell, cells_of
from .force import APPLIED_ON, OpenLawQuestion, following, force_of

STEPS = tuple(outcome for outcome in Outcome if outcome is not Outcome.NO_CONTROL)
"""The outcomes that can be reached, weakest first; the first of all is what is left."""


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


@attrs.frozen(eq=False, slots=False)
class Program:
    """A ruleset, along with the law that it stands on or beside, as named conditions.

    Attributes:
        ruleset: The ruleset.
        along: The rulesets that it stands on or beside, or may.
        asks: What about the law is left to ask.
        entries: The rules, each after those that lift it.
        scope: When the ruleset, or one that it stands on or beside, applies.
        force: When the ruleset is in force; always, where which law applies is known.
        stands: For each entry, when its rule holds and no rule that stands lifts it.
        at_least: For each outcome but the weakest, when one that strict or stricter is reached.
        duties: Each duty with its ruleset, and when it applies.
        text_order: The places of the rules in the order of the texts, the base's first.
    """

    ruleset: Ruleset
    along: tuple[Ruleset, ...]
    asks: OpenLawQuestion
    entries: tuple[Entry, ...]
    scope: Condition
    force: Condition
    stands: tuple[Condition, ...]
    at_least: Mapping[Outcome, Condition]
    duties: tuple[tuple[Duty, Ruleset, Condition], ...]
    text_order: tuple[int, ...]

    @cached_property
    def rule_ids(self) -> Sequence[str]:
        """The ids of the rules, each once; see ``qualified``."""
        return qualified([(entry.rule.id, entry.source) for entry in self.entries])

    @cached_property
    def duty_ids(self) -> Sequence[str]:
        """The ids of the duties, likewise."""
        return qualified([(duty.id, part) for duty, part, _ in self.duties])

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """What the ruleset comes to, by name: ``scope``, ``force``, ``holds:RULE`` and so on."""
        rules = list(zip(self.rule_ids, self.entries, self.stands, strict=True))
        duties = zip(self.duty_ids, self.duties, strict=True)
        return {
            "scope": self.scope,
            "force": self.force,
            **{f"holds:{name}": entry.condition for name, entry, _ in rules},
            **{f"stands:{name}": stands for name, _, stands in rules},
            **{f"at_least:{outcome}": reached for outcome, reached in self.at_least.items()},
            **{f"duty:{name}": applies for name, (_, _, applies) in duties},
            **{f"review:{how}": decided for how, decided in self.reviewed.items()},
            **{f"covers:{entry.source.id}": entry.guard for entry in self.entries},
            **{f"when:{name}": entry.when for name, entry, _ in rules},
        }

    @cached_property
    def asked(self) -> tuple[Condition, ...]:
        """Scope, each rule, and force: what is told of each case."""
        return (self.scope, *(entry.condition for entry in self.entries), self.force)

    @cached_property
    def _constraints(self) -> tuple[Condition, ...]:
        constraints = self.ruleset.vocabulary.constraints
        return tuple(half for item in constraints for half in (item.when, item.then))

    @cached_property
    def leaves(self) -> Leaves:
        """What is asked of the answers, by the conditions and by what cannot be otherwise."""
        return Leaves.of((*self.asked, *self._constraints))

    @property
    def questions(self) -> Questions:
        """The questions that decide what the ruleset comes to, by key."""
        return self.leaves.questions

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of these questions."""
        return self.leaves.keys

    @property
    def position(self) -> Mapping[str, int]:
        """The place of each question."""
        return self.leaves.position

    @cached_property
    def planes(self) -> CompiledConditions:
        """What is asked, then what stands, then what is reached, as one function."""
        conditions = (*self.asked, *self.stands, *self.at_least.values())
        return CompiledConditions(self.leaves, compile_function(conditions, self.leaves))

    @cached_property
    def propagation(self) -> Propagation:
        """What follows from answers."""
        return Propagation.of(self.ruleset.vocabulary, self.leaves)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts and days that may be asked about, by key."""
        facts = (*self.ruleset.vocabulary.facts(), FACTS_DATE, LAW_DATE, APPLIED_ON)
        return {fact.key: fact for fact in facts}

    @cached_property
    def cells(self) -> Mapping[int, tuple[Cell, ...]]:
        """For each question the answers to try."""
        return cells_of((*self.asked, *self._constraints), self.keys, self.facts)

    @cached_property
    def bearing(self) -> tuple[int, ...]:
        """For each condition asked the questions, as bits, that bear on it, also by constraints."""
        near = _neighbours(len(self.keys), self.propagation.links)
        asked_by = _asked_by(self.asked, self.position)
        return tuple(reduce(or_, (near[place] for place in bits_of(asked)), 0) for asked in asked_by)

    @cached_property
    def alike(self) -> Sequence[int]:
        """For each question the first that tells the same when it is tried, where both are open."""
        asked, nested = self.questions.values(), self.propagation
        members = frozenset(question for question in asked if question.member)
        named = occurrences_of((*self.asked, *self._constraints), members)
        first: dict[Hashable, int] = {}
        return [
            first.setdefault((named.get(question, question), *nested.nesting(place)), place)
            for place, question in enumerate(asked)
        ]

    @cached_property
    def given(self) -> tuple[int, ...]:
        """The places of what does not depend on the scenario: the law applied, readings taken."""
        asked, law = enumerate(self.questions.values()), LAW_DATE.asked()
        return tuple(place for place, question in asked if question is law or question.doubt)

    @cached_property
    def every_question(self) -> Questions:
        """The questions of all conditions, those that duties and reviews alone ask last."""
        duties = (condition for _, _, condition in self.duties)
        return Questions(self.questions | questions([*duties, *self.reviewed.values()]))

    @cached_property
    def days(self) -> tuple[Mapping[int, dt.date], ...]:
        """Days of the facts and of the application, so that each tells the law apart, as answers."""
        return () if self.asks is OpenLawQuestion.NOTHING else tuple(_days_apart(self))

    @cached_property
    def reviewed(self) -> Mapping[Weighing, Condition]:
        """For each way to decide on a licence, when one is needed and decided so or more strictly."""
        return {how: any_of(*_deciding(self, how)) for how in Weighing}

    def row(self, answers: Mapping[str, Any]) -> list[Any]:
        """Returns answers in the order of the questions."""
        return list(map(answers.get, self.keys))

    def is_possible(self, answers: Mapping[str, Any]) -> bool:
        """Whether answers do not contradict each other, nor what follows from them."""
        return not self.propagation.propagate(Rows.of(self.leaves, [self.row(answers)]))[0]


def qualified(named: Sequence[tuple[str, Ruleset]]) -> list[str]:
    """Returns ids, with that of the ruleset before those that are alike: ``eu-2021-821/art-3-1``."""
    times = Counter(name for name, _ in named)
    return [name if times[name] == 1 else f"{part.id}/{name}" for name, part in named]


def guarded(ruleset: Ruleset) -> Condition:
    """The scope of a ruleset: its kinds of transaction and what else must hold."""
    return all_of(Transaction.kind.is_in(*ruleset.covers), ruleset.scope)


@lru_cache(maxsize=256)
def program_for(
    ruleset: Ruleset, along: tuple[Ruleset, ...], asks: OpenLawQuestion = OpenLawQuestion.NOTHING
) -> Program:
    """Returns a ruleset along with the ones that it stands on or beside, as conditions.

    Args:
        ruleset: The ruleset.
        along: Those that are in force, or may be.
        asks: What about the law is left to ask.
    """
    read = _reader(ruleset, asks)
    force = force_of(ruleset, asks is OpenLawQuestion.DAY)
    in_force, applies = (TRUE, {}) if asks is OpenLawQuestion.NOTHING else (force.in_force, force.along)
    own = read(guarded(ruleset))
    others = ((part, all_of(applies.get(part, TRUE), read(guarded(part)))) for part in along)
    parts = [(ruleset, own), *others]
    guards_of_rules = [guard for part, guard in parts if part.rules or not part.beside]
    scope = any_of(*guards_of_rules)
    guards = dict(parts)
    rules = [(rule, part) for part, _ in reversed(parts) for rule in part.rules]
    order = lifting_order([rule for rule, _ in rules], f"Ruleset {ruleset.id!r}")
    source = dict(rules)
    place = {rule: index for index, rule in enumerate(order)}
    entries = []
    for rule in order:
        part = source[rule]
        guard, when = guards[part], read(part.condition(rule))
        condition = all_of(guard, when) if ruleset.base or ruleset.beside else when
        lifters = tuple(place[other] for other, _ in rules if rule in other.lifts)
        entries.append(Entry(rule, part, guard, when, condition, lifters))
    stands = standing(entries)
    return Program(
        ruleset,
        along,
        asks,
        tuple(entries),
        scope,
        in_force,
        stands,
        reaching(entries),
        tuple(_duties(parts, entries, stands, read)),
        tuple(place[rule] for rule, _ in rules),
    )


def _reader(ruleset: Ruleset, asks: OpenLawQuestion) -> Callable[[Condition], Condition]:
    """Reads a condition: where the day of the law is that of the case, that is what it asks for."""
    made: dict[Condition, Condition] = {}
    if asks is OpenLawQuestion.DAY:
        return lambda condition: following(condition, ruleset, made)
    return lambda condition: condition


def _days_apart(program: Program) -> Iterator[Mapping[int, dt.date]]:
    """The days of the facts; from a switch by day of application on, each with those of application."""
    position, cells = program.position, program.cells
    facts, applied = position.get(FACTS_DATE.key), position.get(APPLIED_ON.key)
    switches = [part.transition.day for part in program.ruleset.parts() if part.transition]
    if facts is None or applied is None or not switches:
        return
    for day in (cell.answer for cell in cells[facts]):
        if day < min(switches):
            yield {facts: day}
        else:
            yield from ({facts: day, applied: cell.answer} for cell in cells[applied])


def standing(entries: Sequence[Entry]) -> tuple[Condition, ...]:
    """Returns for each entry when its rule holds and no rule that stands lifts it."""
    stands: list[Condition] = []
    for entry in entries:
        stands.append(_unlifted(entry, [stands[lifter] for lifter in entry.lifters]))
    return tuple(stands)


def reaching(entries: Sequence[Entry]) -> dict[Outcome, Condition]:
    """Returns for each outcome when it is reached: a rule of it holds that none of a weaker one lifts.

    Of a rule and what lifts it one decides, so that an open exception lowers what is certain to its own
    outcome, and never to nothing.
    """
    stands = standing(entries)
    return {outcome: _reaching(outcome, entries, stands) for outcome in STEPS}


def _reaching(outcome: Outcome, entries: Sequence[Entry], stands: Sequence[Condition]) -> Condition:
    found = []
    for entry in entries:
        if entry.rule.then >= outcome:
            weaker = [place for place in entry.lifters if entries[place].rule.then < outcome]
            found.append(_unlifted(entry, [stands[place] for place in weaker]))
    found = [condition for condition in found if condition != FALSE]
    return AnyOf(tuple(found)) if len(found) > 1 else any_of(*found)


def _unlifted(entry: Entry, lifted: Iterable[Condition]) -> Condition:
    """That a rule holds and none of these conditions does; the rule's own is not taken apart."""
    by = any_of(*lifted)
    return entry.condition if FALSE in (by, entry.condition) else All((entry.condition, ~by))


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


_CRITERIA = (DutyKind.CRITERIA, DutyKind.RIGHTS_ASSESSMENT)


def is_criterion(duty: Duty) -> bool:
    """Whether a duty obliges the authority to take something into account when it decides."""
    binds = duty.strength in (Strength.MUST, Strength.MUST_CONSIDER)
    return binds and duty.kind in _CRITERIA and duty.addressee is Addressee.AUTHORITY


def _deciding(program: Program, how: Weighing) -> Iterator[Condition]:
    """When a licence is needed and decided in this way or more strictly: by a rule, a duty, a gate."""
    harms = program.ruleset.vocabulary.harms
    for entry, stands in zip(program.entries, program.stands, strict=True):
        if entry.rule.then is Outcome.AUTHORISATION:
            yield all_of(stands, _decided(entry.rule, how, harms))
    if how <= Weighing.CONSIDER:
        weighed = (condition for duty, _, condition in program.duties if is_criterion(duty))
        yield all_of(program.at_least[Outcome.AUTHORISATION], any_of(*weighed))
    refused = how is Weighing.REFUSE
    yield program.at_least[Outcome.REFUSAL if refused else Outcome.SUSPENSION]


def _decided(rule: Rule, how: Weighing, harms: Sequence[Harm]) -> Condition:
    """When the licence that a rule asks for is decided in this way or more strictly, as it says."""
    silent = ~any_of(*(review.holds for review in rule.review))
    said = (review.says(how, harms) for review in rule.review)
    return any_of(*said, silent if how <= Weighing.FREE else FALSE)


def bits_of(plane: int) -> Iterator[int]:
    """Yields the places of the bits that are set."""
    while plane:
        lowest = plane & -plane
        yield lowest.bit_length() - 1
        plane ^= lowest


def _asked_by(asked: Sequence[Condition], position: Mapping[str, int]) -> list[int]:
    """For each condition the questions that it asks, as bits."""
    below: dict[Condition, int] = {}
    for node in nodes(asked):
        own = position.get(node.key)
        asks = 0 if own is None else 1 << own
        for part in node.parts:
            asks |= below[part]
        below[node] = asks
    return [below[item] for item in asked]


def _neighbours(size: int, links: Iterable[frozenset[int]]) -> list[int]:
    """For each question, all that constraints connect with it, itself included; as bits.

    Of groups that a constraint connects, the smaller ones join the largest, so that a list of
    thousands costs little more than its length.
    """
    group = {place: [place] for place in range(size)}
    for link in links:
        joined = {id(group[place]): group[place] for place in link}
        largest, *others = sorted(joined.values(), key=len, reverse=True) or [[]]
        for place in (place for other in others for place in other):
            largest.append(place)
            group[place] = largest
    each = {id(places): places for places in group.values()}
    bits = {name: reduce(or_, (1 << place for place in places)) for name, places in each.items()}
    return [bits[id(group[place])] for place in range(size)]
