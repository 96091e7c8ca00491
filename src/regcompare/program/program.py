"""A ruleset, with the law that it is based on or combined with, as named conditions.

Only this module knows what it means that one rule overrides another.  All evaluators read the conditions
that are written here: the bit bitsets, the solver, the sentences and the page.
"""

from __future__ import annotations

import copyreg
import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

import attrs

from regcompare._support.derived import DerivedValues, derived
from regcompare.facts import Fact
from regcompare.logic.bitsets import AnswerBatch, Atoms, Pair, some
from regcompare.logic.circuit import Circuit
from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Condition,
    InOrder,
    all_of,
    any_of,
    nodes,
    partially_evaluate,
    questions,
)
from regcompare.logic.questions import PowerQuestion, Question, Questions
from regcompare.logic.symmetry import name_of, occurrences_of
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.rules import Addressee, Duty, DutyKind, Outcome, Rule, Stage, Strength
from regcompare.ruleset.ruleset import Ruleset, overriding_order
from regcompare.vocabulary import FACTS_DATE, LAW_DATE, Harm, Transaction
from regcompare.vocabulary.literals import Literals
from regcompare.vocabulary.propagation import Propagation

from .cells import Cell, cells_of
from .force import APPLIED_ON, OpenLawQuestion, force_of, with_law_of_the_case

Rewrite = Callable[[Condition], Condition]

STEPS = tuple(outcome for outcome in Outcome if outcome is not Outcome.NO_CONTROL)
"""The outcomes that rules can lead to, weakest first; without any, there is no control."""


@attrs.frozen(eq=False)
class Entry:
    """A rule of a program.

    Attributes:
        rule: The rule.
        source: The ruleset that it belongs to.
        guard: When that ruleset is in force and covers the transaction.
        when: The rule's own condition.
        condition: Both together.
        overriders: The indices of the rules that override it.
    """

    rule: Rule
    source: Ruleset
    guard: Condition
    when: Condition
    condition: Condition
    overriders: tuple[int, ...]


@attrs.frozen(eq=False, slots=False)
class Program:
    """A ruleset, with the law that it is based on or combined with, as named conditions.

    Attributes:
        ruleset: The ruleset.
        concurrent: The rulesets that it is based on or combined with, as far as they may be in force.
        open_law: What is unknown about which law applies.
        entries: The rules, each after those that override it.
        scope: When the ruleset or a companion applies.
        force: When the ruleset is in force; always, where it is known which law applies.
        stands: For each entry, when its rule holds and no rule that stands overrides it.
        at_least: For each outcome but the weakest, when it or a stricter one is reached.
        duties: Each duty with its ruleset, and when it applies.
        text_order: The indices of the rules in the order of the texts, the base's first.
    """

    ruleset: Ruleset
    concurrent: tuple[Ruleset, ...]
    open_law: OpenLawQuestion
    entries: tuple[Entry, ...]
    scope: Condition
    force: Condition
    stands: tuple[Condition, ...]
    at_least: Mapping[Outcome, Condition]
    duties: tuple[tuple[Duty, Ruleset, Condition], ...]
    text_order: tuple[int, ...]
    _derived: DerivedValues = attrs.field(factory=DerivedValues, init=False, repr=False)

    @cached_property
    def rule_ids(self) -> Sequence[str]:
        """The ids of the rules, made unique; see ``qualified_ids``."""
        return qualified_ids([(entry.rule.id, entry.source) for entry in self.entries])

    @cached_property
    def duty_ids(self) -> Sequence[str]:
        """The ids of the duties, made unique."""
        return qualified_ids([(duty.id, part) for duty, part, _ in self.duties])

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """The conditions by name: ``scope``, ``force``, ``holds:RULE`` and so on."""
        rules = list(zip(self.rule_ids, self.entries, self.stands, strict=True))
        duties = zip(self.duty_ids, self.duties, strict=True)
        return {
            "scope": self.scope,
            "force": self.force,
            **{f"holds:{name}": entry.condition for name, entry, _ in rules},
            **{f"stands:{name}": stands for name, _, stands in rules},
            **{f"at_least:{outcome}": is_reached for outcome, is_reached in self.at_least.items()},
            **{f"duty:{name}": arises for name, (_, _, arises) in duties},
            **{
                f"review:{weighing}": is_decided
                for weighing, is_decided in self.review_conditions.items()
            },
        }

    @cached_property
    def core_conditions(self) -> tuple[Condition, ...]:
        """The conditions of scope, of each rule and of force, from which the others follow."""
        return (self.scope, *(entry.condition for entry in self.entries), self.force)

    @cached_property
    def _constraints(self) -> tuple[Condition, ...]:
        constraints = self.ruleset.vocabulary.constraints
        return tuple(half for item in constraints for half in (item.when, item.then))

    @cached_property
    def _core_nodes(self) -> InOrder:
        """The nodes of the core conditions and of the constraints, found once for all that read them."""
        return InOrder(nodes((*self.core_conditions, *self._constraints)))

    @cached_property
    def _consequences(self) -> tuple[Condition, ...]:
        duties = (condition for _, _, condition in self.duties)
        return (*duties, *self.review_conditions.values())

    @cached_property
    def atoms(self) -> Atoms:
        """The atoms of the core conditions, of the constraints, and then of duties and reviews."""
        others = nodes(self._consequences, set(self._core_nodes))
        return Atoms.of(InOrder((*self._core_nodes, *others)))

    @cached_property
    def questions(self) -> Questions:
        """The questions of the core conditions and of the constraints, by key."""
        return questions(self._core_nodes)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of these questions, which are the first of all atoms."""
        return tuple(self.questions)

    @property
    def position(self) -> Mapping[str, int]:
        """The index of each question of all atoms."""
        return self.atoms.position

    @cached_property
    def sets(self) -> Mapping[int, tuple[int, ...]]:
        """For each question about a member of a set, those about all its members, by index."""
        about = self.questions.about.items()
        sets = [members for name, members in about if name and self.facts[name].is_set]
        indices = [tuple(self.position[question.key] for question in members) for members in sets]
        return {index: members for members in indices for index in members}

    @cached_property
    def circuit(self) -> Circuit:
        """The core conditions, what stands, what is reached, and the halves of the constraints."""
        conditions = (*self.core_conditions, *self.stands, *self.at_least.values())
        return Circuit.of((*conditions, *self._constraints), self.atoms)

    @property
    def force_index(self) -> int:
        """The index of the condition of force in it; what stands and what is reached follow."""
        return len(self.entries) + 1

    @cached_property
    def halves_place(self) -> int:
        """The index of the halves of the constraints in the circuit."""
        return len(self.circuit.results) - len(self._constraints)

    @cached_property
    def own_results(self) -> Callable[[Sequence[int]], Sequence[int]]:
        """Takes the bitsets of the conditions from those of all nodes, without the halves."""
        return itemgetter(*self.circuit.results[: self.halves_place])

    @cached_property
    def consequences(self) -> Circuit:
        """Conditions under which each duty arises, then those of each way to decide a licence."""
        return Circuit.of(self._consequences, self.atoms)

    @cached_property
    def propagation(self) -> Propagation:
        """The answers that follow from others by the constraints."""
        return Propagation.of(self.ruleset.vocabulary, self.atoms)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts and dates that may be asked about, by key."""
        facts = (*self.ruleset.vocabulary.facts(), FACTS_DATE, LAW_DATE, APPLIED_ON)
        return {fact.key: fact for fact in facts}

    @cached_property
    def cells(self) -> Mapping[int, tuple[Cell, ...]]:
        """The cells of each question, by its index."""
        return cells_of(self._core_nodes, self.keys, self.facts)

    @cached_property
    def dependencies(self) -> tuple[int, ...]:
        """For each core condition, the questions on which it depends, constraints included, as bits."""
        neighbours = connected(len(self.keys), self.propagation.links)
        return tuple(
            some(neighbours[index] for index in bits_of(questions)) for questions in self.asked_by_core
        )

    @cached_property
    def asked_by_core(self) -> tuple[int, ...]:
        """For each core condition, the questions that it asks, as bits."""
        asked_below: dict[Condition, int] = {}
        for node in self._core_nodes:
            index = self.position.get(node.key)
            asked = 0 if index is None else 1 << index
            for part in node.parts:
                asked |= asked_below[part]
            asked_below[node] = asked
        return tuple(asked_below[condition] for condition in self.core_conditions)

    @cached_property
    def symmetry_classes(self) -> Sequence[tuple[int, tuple[int, ...]]]:
        """For each question, the first with the same effect, and the questions about the same member.

        Two questions about codes have the same effect while both are open, and so have those about two
        members of whom the same is known in all sets: rows of a list that differ only in whom they name.
        """
        constraints = [~item.when | item.then for item in self.ruleset.vocabulary.constraints]
        named = occurrences_of(self.core_conditions, constraints)
        about: dict[Hashable, list[int]] = {}
        for index, question in enumerate(self.questions.values()):
            about.setdefault(name_of(question), []).append(index)
        first_indices: dict[Hashable, int] = {}
        symmetry_classes: list[tuple[int, tuple[int, ...]]] = []
        for index, question in enumerate(self.questions.values()):
            name, nesting = name_of(question), self.propagation.nesting(index)
            effect = question.fact, named.get(name, index), nesting
            together = () if name is question else tuple(about[name])
            symmetry_classes.append((first_indices.setdefault(effect, index), together))
        return symmetry_classes

    @cached_property
    def date_cells(self) -> tuple[Mapping[int, dt.date], ...]:
        """Dates of facts and application to try, as answers: one combination for each state of law."""
        return () if self.open_law is OpenLawQuestion.NOTHING else tuple(_date_cells(self))

    @cached_property
    def review_conditions(self) -> Mapping[LicensingPolicy, Condition]:
        """For each way to decide on a licence, when one is needed and decided so or more strictly."""
        return {weighing: any_of(*_review_conditions(self, weighing)) for weighing in LicensingPolicy}

    @property
    def literals(self) -> Literals:
        """The atoms that each answer decides."""
        return self.propagation.literals

    @property
    def by_subject(self) -> Mapping[str, Sequence[Question]]:
        """The questions of all atoms about each fact, or by the key of what else they are about."""
        return self.atoms.by_subject

    def row(self, answers: Mapping[str, Any]) -> list[Any]:
        """Returns the answers in the order of the questions."""
        return list(map(answers.get, self.keys))

    def is_possible(self, answers: Mapping[str, Any]) -> bool:
        """Returns whether the answers contradict neither each other nor what follows from them."""
        return not self.evaluated(AnswerBatch.of(self.atoms, [self.row(answers)]))[1]

    def evaluated(self, rows: AnswerBatch) -> tuple[Pair, int]:
        """Evaluates the circuit on rows, with the answers that follow from theirs.

        Returns:
            The bitsets of all nodes of the circuit, and the rows whose answers contradict each other.
        """
        contradictory = self.propagation.complete(rows)
        return self.circuit.evaluate(rows), contradictory


def qualified_ids(ids: Sequence[tuple[str, Ruleset]]) -> list[str]:
    """Returns ids, each that occurs twice with its ruleset before it: ``my-act/art-3-1``."""
    counts = Counter(name for name, _ in ids)
    return [name if counts[name] == 1 else f"{part.id}/{name}" for name, part in ids]


def scope_of(ruleset: Ruleset) -> Condition:
    """Returns the scope of a ruleset: its kinds of transaction and its further condition."""
    return all_of(Transaction.kind.is_in(*ruleset.covers), ruleset.scope)


@derived
def program_for(
    ruleset: Ruleset,
    concurrent: tuple[Ruleset, ...],
    open_law: OpenLawQuestion = OpenLawQuestion.NOTHING,
) -> Program:
    """Returns a ruleset, with the law that it is based on or combined with, as conditions.

    Args:
        ruleset: The ruleset.
        concurrent: The rulesets that it is based on or combined with, as far as they may be in force.
        open_law: What is unknown about which law applies.
    """
    cache: dict[Condition, Condition] = {}

    def rewrite(condition: Condition) -> Condition:
        """Asks about the law of the day of the case, where that is applied."""
        if open_law is not OpenLawQuestion.DAY:
            return condition
        return with_law_of_the_case(condition, ruleset, cache)

    is_known = open_law is OpenLawQuestion.NOTHING
    force = force_of(ruleset, open_law is OpenLawQuestion.DAY)
    applies = {} if is_known else force.concurrent
    guards = {ruleset: rewrite(scope_of(ruleset))}
    guards |= {part: all_of(applies.get(part, TRUE), rewrite(scope_of(part))) for part in concurrent}
    rules = [(rule, part) for part in reversed(guards) for rule in part.rules]
    entries = tuple(_entries(ruleset, rules, guards, rewrite))
    stands = stands_conditions(entries)
    indices = {entry.rule: index for index, entry in enumerate(entries)}
    return Program(
        ruleset,
        concurrent,
        open_law,
        entries,
        any_of(*(guard for part, guard in guards.items() if part.rules or not part.beside)),
        TRUE if is_known else force.in_force,
        stands,
        at_least_conditions(entries),
        tuple(_duties(guards, entries, stands, rewrite)),
        tuple(indices[rule] for rule, _ in rules),
    )


copyreg.pickle(Program, lambda item: (program_for, (item.ruleset, item.concurrent, item.open_law)))


def _entries(
    ruleset: Ruleset,
    rules: Sequence[tuple[Rule, Ruleset]],
    guards: Mapping[Ruleset, Condition],
    rewrite: Rewrite,
) -> Iterator[Entry]:
    order = overriding_order(rule for rule, _ in rules)
    indices = {rule: index for index, rule in enumerate(order)}
    source = dict(rules)
    for rule in order:
        part = source[rule]
        guard, when = guards[part], rewrite(part.condition(rule))
        condition = all_of(guard, when) if ruleset.base or ruleset.beside else when
        overriders = tuple(indices[other] for other, _ in rules if rule in other.overrides)
        yield Entry(rule, part, guard, when, condition, overriders)


def _date_cells(program: Program) -> Iterator[Mapping[int, dt.date]]:
    """The dates of the facts; from a switch of acts on, each with the dates of application."""
    position, cells = program.position, program.cells
    facts_place, applied_place = position.get(FACTS_DATE.key), position.get(APPLIED_ON.key)
    switches = [part.transition.day for part in program.ruleset.parts() if part.transition]
    if facts_place is None or applied_place is None or not switches:
        return
    for day in (cell.answer for cell in cells[facts_place]):
        if day < min(switches):
            yield {facts_place: day}
        else:
            yield from ({facts_place: day, applied_place: cell.answer} for cell in cells[applied_place])


def stands_conditions(entries: Sequence[Entry]) -> tuple[Condition, ...]:
    """Returns, for each entry, when its rule holds and no rule that stands overrides it."""
    stands: list[Condition] = []
    for entry in entries:
        stands.append(_in_effect(entry, [stands[overrider] for overrider in entry.overriders]))
    return tuple(stands)


def at_least_conditions(entries: Sequence[Entry]) -> dict[Outcome, Condition]:
    """Returns, for each outcome, when it or a stricter one is reached.

    That is where a rule with such an outcome holds and no rule with a weaker one overrides it.  Either
    the rule or what overrides it decides, so an open exception lowers the certain outcome to its own,
    never to nothing.
    """
    stands, at_least = stands_conditions(entries), dict[Outcome, Condition]()
    for outcome in STEPS:
        reached = [
            _in_effect(entry, [stands[at] for at in entry.overriders if entries[at].rule.then < outcome])
            for entry in entries
            if entry.rule.then >= outcome
        ]
        possible = [condition for condition in reached if condition != FALSE]
        at_least[outcome] = AnyOf(tuple(possible)) if len(possible) > 1 else any_of(*possible)
    return at_least


def _in_effect(entry: Entry, overriding: Iterable[Condition]) -> Condition:
    """Returns the condition that a rule holds and none of these does; the rule's own stays one node."""
    any_overriding = any_of(*overriding)
    return (
        entry.condition
        if FALSE in (any_overriding, entry.condition)
        else All((entry.condition, ~any_overriding))
    )


def _duties(
    guards: Mapping[Ruleset, Condition],
    entries: Sequence[Entry],
    stands: Sequence[Condition],
    rewrite: Rewrite,
) -> Iterator[tuple[Duty, Ruleset, Condition]]:
    for part, guard in guards.items():
        stage_conditions = _stage_conditions(part, entries, stands)
        for duty in part.provisions.duties:
            yield duty, part, all_of(guard, rewrite(part.condition(duty)), stage_conditions[duty.stage])


_LICENSED = (Outcome.AUTHORISATION, Outcome.SUSPENSION, Outcome.REFUSAL)
"""The outcomes for which an application is made to an authority."""


def _stage_conditions(
    part: Ruleset, entries: Sequence[Entry], stands: Sequence[Condition]
) -> Mapping[Stage, Condition]:
    """Returns when a text's duties arise at each stage: in licensing, if it or its base asks for it."""
    own_texts = _text_and_bases(part)
    licensed = any_of(
        *(
            condition
            for entry, condition in zip(entries, stands, strict=True)
            if entry.rule.then in _LICENSED
            and (entry.source in own_texts or part in _text_and_bases(entry.source))
        )
    )
    return {Stage.ANY: TRUE, Stage.LICENSING: licensed}


def _text_and_bases(ruleset: Ruleset) -> frozenset[Ruleset]:
    return frozenset({ruleset, *(part for base in ruleset.base for part in base.parts())})


_CRITERIA = (DutyKind.CRITERIA, DutyKind.RIGHTS_ASSESSMENT)


def is_criterion(duty: Duty) -> bool:
    """Returns whether a duty obliges the authority to take something into account when deciding."""
    binds = duty.strength in (Strength.MUST, Strength.MUST_CONSIDER)
    return binds and duty.kind in _CRITERIA and duty.addressee is Addressee.AUTHORITY


def _review_conditions(program: Program, weighing: LicensingPolicy) -> Iterator[Condition]:
    """Returns when a licence is decided in this way or more strictly: by rule, duty or outcome."""
    harms = program.ruleset.vocabulary.harms
    for entry, stands in zip(program.entries, program.stands, strict=True):
        if entry.rule.then is Outcome.AUTHORISATION:
            yield all_of(stands, _licence_decided(entry.rule, weighing, harms))
        if (
            entry.rule.may_refuse and weighing <= LicensingPolicy.FREE
        ):  # The power need not have been used.
            yield all_of(program.at_least[Outcome.AUTHORISATION], _if_used(entry.condition))
    if weighing <= LicensingPolicy.CONSIDER:
        weighed = (condition for duty, _, condition in program.duties if is_criterion(duty))
        yield all_of(program.at_least[Outcome.AUTHORISATION], any_of(*weighed))
    refused = weighing is LicensingPolicy.REFUSE
    yield program.at_least[Outcome.REFUSAL if refused else Outcome.SUSPENSION]


def _if_used(condition: Condition) -> Condition:
    """The condition of a power, once the authority has used it."""
    asked = questions([condition]).items()
    powers = {key: True for key, question in asked if isinstance(question, PowerQuestion)}
    return partially_evaluate(condition, powers)


def _licence_decided(rule: Rule, weighing: LicensingPolicy, harms: Sequence[Harm]) -> Condition:
    """Returns when a rule's licence is decided in this way or more strictly, by its reviews."""
    silent = ~any_of(*(review.holds for review in rule.review))
    conditions = (review.says(weighing, harms) for review in rule.review)
    return any_of(*conditions, silent if weighing <= LicensingPolicy.FREE else FALSE)


def bits_of(bitset: int) -> Iterator[int]:
    """Yields the indices of the set bits."""
    while bitset:
        lowest = bitset & -bitset
        yield lowest.bit_length() - 1
        bitset ^= lowest


def connected(size: int, links: Iterable[frozenset[int]]) -> list[int]:
    """For each question, all that constraints connect with it, itself included, as bits.

    Smaller groups join the largest, so that a list of thousands costs little more than its length.
    """
    group_of = {index: [index] for index in range(size)}
    for link in links:
        groups = {id(group_of[index]): group_of[index] for index in link}
        largest, *others = sorted(groups.values(), key=len, reverse=True) or [[]]
        for index in (index for other in others for index in other):
            largest.append(index)
            group_of[index] = largest
    by_identity = {id(indices): indices for indices in group_of.values()}
    bits = {name: some(1 << index for index in indices) for name, indices in by_identity.items()}
    return [bits[id(group_of[index])] for index in range(size)]
