"""Finds the cases that catch a mutant: what they expect, or a rule declares of them, is no longer met.

All cases are evaluated at once: the truth of a condition is two whole numbers, certain and possible, one
bit a case.  So a mutant costs only the nodes between its mistake and the rules that contain it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

import attrs
from tests.support.shipped import shown
from tests.whole.mutants import Mutant

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.comparison.named_cases import names_rule
from regcompare.logic.bitsets import AnswerBatch, Atoms
from regcompare.logic.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Not,
    OneOf,
    Term,
    all_of,
    any_of,
    evaluate,
    nodes,
    rebuild,
)
from regcompare.program import lookahead
from regcompare.program.force import OpenLawQuestion, with_law_of_the_case
from regcompare.program.program import Entry, Program, at_least_conditions, bits_of, stands_conditions
from regcompare.ruleset.rules import NamedCase, Rule, Span
from regcompare.scenario.as_if import as_if_from
from regcompare.scenario.expectation import Expectation
from regcompare.verdict.verdict import Verdict
from regcompare_prove._states import State, _states
from regcompare_prove.solver import Solver

Bits = tuple[int, int]
"""For each case one bit: whether a condition certainly, and whether it possibly, holds."""


def evaluated_alone(program: Program, answers: Mapping[str, object]) -> lookahead.PartialVerdict | None:
    """Evaluates a program for one case; None where its answers contradict each other."""
    truths, contradictory = lookahead.evaluate(
        program, AnswerBatch.of(program.atoms, [program.row(answers)])
    )
    return None if contradictory else truths.partial_verdict(0)


@attrs.frozen(eq=False)
class Claim:
    """What must be true of one case under the ruleset; a mutant under which it is not is killed.

    Attributes:
        verdict: The verdict on the case under the ruleset as it is.
        expectation: What a file expects, or None.
        rule: The rule that is declared to hold or not to hold, or None.
        holds: Whether the rule has to hold; None where that has to stay open.
    """

    verdict: Verdict
    expectation: Expectation | None = None
    rule: Rule | None = None
    holds: bool | None = True

    @property
    def program(self) -> Program:
        """The program of the ruleset as it is applied to the case."""
        return self.verdict.program

    def is_met(self, program: Program, partial: lookahead.PartialVerdict) -> bool:
        """Whether the claim is met under a program, given the result of look-ahead."""
        span = None if self.verdict.in_force is False else partial.span
        if self.rule is not None:
            return span is not None and partial.holds[_index(program, self.rule)] is self.holds
        assert self.expectation is not None
        pairs = zip(program.entries, partial.holds, strict=True)
        holding = [entry.rule for entry, holds in pairs if holds]
        return _has_span(self.expectation, span) and all(
            any(names_rule(rule_id, rule) for rule in holding) for rule_id in self.expectation.rules
        )


def _index(program: Program, rule: Rule) -> int:
    ids = [entry.rule.id if entry.source is program.ruleset else "" for entry in program.entries]
    return ids.index(rule.id)


def _has_span(expectation: Expectation, span: Span | None) -> bool:
    if expectation.low is None or expectation.high is None:
        return True
    expected = Span(expectation.low, expectation.high)
    return span is not None and (span in expected if expectation.within else span == expected)


def named_case_claims(ruleset: Ruleset, cases: Mapping[str, Scenario]) -> Iterator[Claim]:
    """Yields the claims of rules about their firing cases and near misses."""
    for rule in ruleset.rules:
        for reference, holds in (
            (shown(ruleset)[rule.id].fires, True),
            (shown(ruleset)[rule.id].misses, False),
        ):
            if not reference:  # What only says how far the table of acts reaches has no case of its own.
                continue
            named = NamedCase.read(reference)
            readings = {**ruleset.as_if_read(), **named.readings}
            verdict = assess(cases[named.id], ruleset, as_of=named.as_of, readings=readings)
            yield Claim(verdict, rule=rule, holds=holds)


def expectation_claims(ruleset: Ruleset, scenarios: Iterable[Scenario]) -> Iterator[Claim]:
    """Yields the claims of scenarios about a ruleset."""
    for case in scenarios:
        for expectation in case.expect:
            if expectation.ruleset == ruleset.id:
                sold = as_if_from(case, ruleset, expectation.as_if_from)
                yield Claim(assess(sold, ruleset, as_of=expectation.as_of), expectation=expectation)


# the hunt ---------------------------------------------------------------------------------------


class Hunt:
    """The cases of a ruleset, and which of its mutants they kill.

    Args:
        ruleset: The ruleset.
        claims: What must be true of the cases.
    """

    def __init__(self, ruleset: Ruleset, claims: Sequence[Claim]) -> None:
        self.ruleset = ruleset
        self.claims = claims
        conditions = [rule.when for rule in ruleset.rules]
        atoms = Atoms.of(conditions)
        answers = [claim.verdict.answers for claim in claims]
        self._rows = AnswerBatch.of(atoms, [[row.get(key) for key in atoms.keys] for row in answers])
        self._answers = answers
        self._bits = _Bits(self._rows, answers)
        self._claims_of: dict[Rule | None, int] = {}
        for index, claim in enumerate(claims):
            self._claims_of[claim.rule] = self._claims_of.get(claim.rule, 0) | 1 << index
        self._subtree: dict[Condition, frozenset[Condition]] = {}
        for node in nodes(conditions):
            subtrees = (self._subtree[part] for part in node.parts)
            self._subtree[node] = frozenset({node}).union(*subtrees)

    def unmet(self) -> list[str]:
        """Returns the cases whose claims are not met by the ruleset as it is."""
        return [
            claim.verdict.scenario.id
            for claim in self.claims
            if not claim.is_met(claim.program, claim.verdict.partial_verdict)
        ]

    def affected_rules(self, mutant: Mutant) -> tuple[Rule, ...]:
        """Returns the rules that contain the condition in which the mutant's mistake is."""
        if mutant.old is None:
            return ()
        return tuple(rule for rule in self.ruleset.rules if mutant.old in self._subtree[rule.when])

    def mutated(self, condition: Condition, mutant: Mutant) -> Condition:
        """Returns the condition with the mutant's mistake; unchanged if it does not contain it."""
        assert mutant.old is not None
        assert mutant.new is not None
        if condition is mutant.old:
            return mutant.new
        if mutant.old not in self._subtree[condition]:
            return condition
        return rebuild(condition, [self.mutated(part, mutant) for part in condition.parts])

    def killer(self, mutant: Mutant) -> Claim | None:
        """Returns a claim that the mutant breaks, or None where it survives."""
        conditions = {rule.id: self.mutated(rule.when, mutant) for rule in self.affected_rules(mutant)}
        bits = _Bits(self._rows, self._answers, self._bits)
        mutated = {name: bits.of(condition) for name, condition in conditions.items()}
        suspects, likely = self._suspects(mutant, mutated), self._likely(mutant)
        programs: dict[Program, Program] = {}
        for index in (*bits_of(suspects & likely), *bits_of(suspects & ~likely)):
            claim = self.claims[index]
            program = programs.get(claim.program)
            if program is None:
                program = programs[claim.program] = _mutated(claim.program, mutant, conditions)
            partial = evaluated_alone(program, claim.verdict.answers)
            if partial and not claim.is_met(program, partial):
                return claim
        return None

    def _likely(self, mutant: Mutant) -> int:
        """The claims that a mutant is likeliest to break: on the rules that contain it, or on outcomes."""
        rules = self.affected_rules(mutant) if mutant.rule is None else (None,)
        return sum(self._claims_of.get(rule, 0) for rule in rules)

    def _suspects(self, mutant: Mutant, mutated: Mapping[str, Bits]) -> int:
        """The cases in which the truth of a rule changes, or its effect where it may hold.

        Where a rule stays open, look-ahead might still differ; such cases are ignored.
        """
        suspects = 0
        for rule in self.ruleset.rules:
            sure, maybe = self._bits.of(rule.when)
            if rule is mutant.rule:
                suspects |= maybe
            if (new := mutated.get(rule.id)) is not None:
                suspects |= (sure ^ new[0]) | (maybe ^ new[1])
        return suspects


class _Bits:
    """Evaluates conditions over rows, each node once.

    Args:
        rows: The rows.
        answers: The same rows as mappings, for atoms that the rows lack.
        before: An evaluation over the same rows, whose results are used.
    """

    def __init__(
        self,
        rows: AnswerBatch,
        answers: Sequence[Mapping[str, object]] = (),
        before: _Bits | None = None,
    ) -> None:
        self.rows, self.answers = rows, answers
        self._cache: dict[Condition, Bits] = {}
        self._before = before._cache if before else {}

    def of(self, condition: Condition) -> Bits:
        """Returns the rows in which a condition certainly, and possibly, holds."""
        self.evaluate(nodes([condition], self._before.keys() | self._cache.keys()))
        return self.evaluated(condition)

    def evaluate(self, ordered: Iterable[Condition]) -> None:
        """Evaluates conditions, the parts of each before it."""
        for node in ordered:
            self._cache[node] = self._computed(node)

    def evaluated(self, node: Condition) -> Bits:
        """Returns the result for a condition that was evaluated."""
        bits = self._cache.get(node)
        return self._before[node] if bits is None else bits

    def _computed(self, node: Condition) -> Bits:
        parts, every = [self.evaluated(part) for part in node.parts], self.rows.mask
        if isinstance(node, Term):
            return parts[0]
        if isinstance(node, Not):
            return every & ~parts[0][1], every & ~parts[0][0]
        if isinstance(node, All | AnyOf):
            combine = and_ if isinstance(node, All) else or_
            certain, possible = zip(*parts, strict=True)
            return reduce(combine, certain), reduce(combine, possible)
        return self._choose(node, parts) if isinstance(node, Choose) else self._atom(node)

    def _choose(self, node: Choose, parts: Sequence[Bits]) -> Bits:
        chosen = [self._atom(OneOf(node.question, frozenset({name})))[1] for name, _ in node.readings]
        pairs = list(zip(chosen, parts, strict=True))
        certain = reduce(and_, (~may | sure for may, (sure, _) in pairs))
        possible = reduce(or_, (may & maybe for may, (_, maybe) in pairs))
        return self.rows.mask & certain, possible

    def _atom(self, node: Condition) -> Bits:
        if isinstance(node, Constant):
            return (self.rows.mask, self.rows.mask) if node.truth else (0, 0)
        index = self.rows.atoms.indices.get(node)  # type: ignore[call-overload]
        if index is not None:
            return self.rows.certain[index], self.rows.possible[index]
        certain = possible = 0
        for row, answers in enumerate(self.answers):
            truth = evaluate(node, answers).truth
            certain |= (truth is True) << row
            possible |= (truth is not False) << row
        return certain, possible


# the mutant's program -----------------------------------------------------------------------------


def _mutated(program: Program, mutant: Mutant, conditions: Mapping[str, Condition]) -> Program:
    """The program of the mutant: other rules over the same questions and cells."""
    entries = tuple(_entry(program, entry, mutant, conditions) for entry in program.entries)
    other = attrs.evolve(
        program,
        entries=entries,
        stands=stands_conditions(entries),
        at_least=at_least_conditions(entries),
    )
    old, propagation = program.atoms, program.propagation
    new = [atom for atom in Atoms.of(other.core_conditions).atoms if atom not in old.indices]
    if any(atom.key not in old.position for atom in new):
        return other  # It asks what the ruleset does not ask, so nothing can be shared.
    shared: dict[str, object] = {"atoms": old, "propagation": propagation}
    if new:
        of = [list(places) for places in old.by_question]
        for index, atom in enumerate(new, len(old.atoms)):
            of[old.position[atom.key]].append(index)
        atoms = Atoms(old.questions, (*old.atoms, *new), old.position, tuple(map(tuple, of)))
        shared = {"atoms": atoms, "propagation": attrs.evolve(propagation, atoms=atoms)}
    names = ("questions", "keys", "cells", "dependencies", "date_cells")
    vars(other).update(shared | {name: getattr(program, name) for name in names})
    return other


def _entry(program: Program, entry: Entry, mutant: Mutant, conditions: Mapping[str, Condition]) -> Entry:
    if entry.source is program.ruleset and entry.rule.id in conditions:
        when = conditions[entry.rule.id]
        if program.open_law is OpenLawQuestion.DAY:
            when = with_law_of_the_case(when, program.ruleset, {})
        condition = all_of(entry.guard, when) if program.concurrent else when
        entry = attrs.evolve(entry, when=when, condition=condition)
    if entry.rule is mutant.rule and mutant.then is not None:
        states = entry.rule.states or "What it says."
        rule = attrs.evolve(entry.rule, then=mutant.then, states=states, review=())
        return attrs.evolve(entry, rule=rule)
    if entry.rule is mutant.unlifted:
        overriders = tuple(
            item for item in entry.overriders if program.entries[item].rule is not mutant.rule
        )
        return attrs.evolve(entry, overriders=overriders)
    return entry


# proofs -----------------------------------------------------------------------------------------


def equivalent_mutants(hunt: Hunt, survivors: Iterable[Mutant]) -> list[Mutant]:
    """Returns the mutants that differ from the ruleset in no possible case, on no day, in no reading."""
    states = list(_states(hunt.ruleset))
    differences = [
        (mutant, [difference(state, mutant, hunt) for state in states]) for mutant in survivors
    ]
    conditions = [condition for _, group in differences for condition in group]
    solver = Solver(hunt.ruleset.vocabulary, conditions)
    return [
        mutant
        for mutant, group in differences
        if all(solver.reachable(condition) is None for condition in group)
    ]


def difference(state: State, mutant: Mutant, hunt: Hunt) -> Condition:
    """The condition under which the mutant has a different result."""
    if mutant.rule is None:
        changed = [
            all_of(state.entry(rule).guard, (rule.when & ~new) | (new & ~rule.when))
            for rule in hunt.affected_rules(mutant)
            for new in [hunt.mutated(rule.when, mutant)]
        ]
        return state.within(any_of(*changed))
    if mutant.unlifted is not None:
        places = state.regime.indices
        if not {mutant.rule, mutant.unlifted} <= places.keys():
            return any_of()
        overriders = state.entry(mutant.unlifted).overriders
        others = tuple(item for item in overriders if item != places[mutant.rule])
        return state.differs(mutant.unlifted, overriders=others)
    assert mutant.then is not None
    strict: Outcome = max(mutant.rule.then, mutant.then)
    stricter = (
        condition
        for entry, condition in zip(state.regime.program.entries, state.regime.stands, strict=True)
        if entry.rule is not mutant.rule and entry.rule.then >= strict
    )
    return state.within(state.standing(mutant.rule), ~any_of(*stricter))
