"""Which cases notice a mutant: what they expect, or a rule declares of them, is met no longer.

All cases are evaluated at once: the truth of a condition is two whole numbers, certain and possible, one
bit a case.  So a mutant costs what lies between its mistake and the rules that read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

import attrs
from tests.mutants import Mutant
from tests.shipped import shown

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import Rule
from regcompare.comparison.expectations import names_rule
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
    nodes,
    rebuild,
)
from regcompare.logic.planes import CompiledConditions, Leaves, Rows
from regcompare.program.lookahead import PartialVerdict, partial_verdict
from regcompare.program.program import Entry, Program, at_least_conditions, bits_of, stands_conditions
from regcompare.proofs._states import State, _states
from regcompare.proofs.solver import Solver
from regcompare.ruleset.rules import NamedCase, Span
from regcompare.scenario.as_if import as_if_from
from regcompare.scenario.expectation import Expectation
from regcompare.verdict.verdict import Verdict

Bits = tuple[int, int]
"""For each case one bit: whether a condition certainly, and whether it possibly, holds."""


@attrs.frozen(eq=False)
class Claim:
    """What must hold of one case under the ruleset; a mutant under which it does not is killed.

    Attributes:
        verdict: The case under the ruleset as it is.
        expectation: What a file expects, or None.
        rule: The rule that is declared to hold, or not to, or None.
        holds: Whether it has to.
    """

    verdict: Verdict
    expectation: Expectation | None = None
    rule: Rule | None = None
    holds: bool = True

    @property
    def program(self) -> Program:
        """The ruleset, with what it stands on, as it is applied to the case."""
        return self.verdict._derivation.program

    def is_met(self, program: Program, came_to: PartialVerdict) -> bool:
        """Whether it holds under a program, with what look-ahead has found."""
        span = None if self.verdict.in_force is False else came_to.span
        if self.rule is not None:
            return span is not None and came_to.holds[_place(program, self.rule)] is self.holds
        assert self.expectation is not None
        pairs = zip(program.entries, came_to.holds, strict=True)
        holding = [entry.rule for entry, holds in pairs if holds]
        return _has_span(self.expectation, span) and all(
            any(names_rule(rule_id, rule) for rule in holding) for rule_id in self.expectation.rules
        )


def _place(program: Program, rule: Rule) -> int:
    ids = [entry.rule.id if entry.source is program.ruleset else "" for entry in program.entries]
    return ids.index(rule.id)


def _has_span(expectation: Expectation, span: Span | None) -> bool:
    if expectation.low is None or expectation.high is None:
        return True
    expected_span = Span(expectation.low, expectation.high)
    return span is not None and (span in expected_span if expectation.within else span == expected_span)


def declared(ruleset: Ruleset, scenarios: Mapping[str, Scenario]) -> Iterator[Claim]:
    """Yields what the rules of a ruleset declare of their firing cases and near misses."""
    for rule in ruleset.rules:
        for reference, holds in (
            (shown(ruleset)[rule.id].fires, True),
            (shown(ruleset)[rule.id].misses, False),
        ):
            named_case = NamedCase.read(reference)
            readings = {**ruleset.as_if_read(), **named_case.readings}
            verdict = assess(
                scenarios[named_case.id], ruleset, as_of=named_case.as_of, readings=readings
            )
            yield Claim(verdict, rule=rule, holds=holds)


def expected(ruleset: Ruleset, scenarios: Iterable[Scenario]) -> Iterator[Claim]:
    """Yields what scenarios expect of a ruleset."""
    for case in scenarios:
        for expectation in case.expect:
            if expectation.ruleset == ruleset.id:
                asked_case = as_if_from(case, ruleset, expectation.as_if_from)
                yield Claim(
                    assess(asked_case, ruleset, as_of=expectation.as_of), expectation=expectation
                )


# the hunt ---------------------------------------------------------------------------------------


class Hunt:
    """The cases of a ruleset, and which of its mutants they kill.

    Args:
        ruleset: The ruleset.
        claims: What must hold of the cases.
    """

    def __init__(self, ruleset: Ruleset, claims: Sequence[Claim]) -> None:
        self.ruleset = ruleset
        self.claims = claims
        texts = [rule.when for rule in ruleset.rules]
        leaves = Leaves.of(texts)
        answers = [claim.verdict._derivation.answers for claim in claims]
        self._rows = Rows.of(
            leaves, [[case_answers.get(key) for key in leaves.keys] for case_answers in answers]
        )
        self._answers = answers
        self._bits = _Bits(self._rows, answers)
        self._of_rules: dict[Rule | None, int] = {}
        for place, claim in enumerate(claims):
            self._of_rules[claim.rule] = self._of_rules.get(claim.rule, 0) | 1 << place
        self._below: dict[Condition, frozenset[Condition]] = {}
        for node in nodes(texts):
            below = (self._below[part] for part in node.parts)
            self._below[node] = frozenset({node}).union(*below)

    def unmet(self) -> list[str]:
        """Returns the cases whose claims do not hold of the ruleset as it is."""
        return [
            claim.verdict.scenario.id
            for claim in self.claims
            if not claim.is_met(claim.program, claim.verdict._derivation.partial_verdict)
        ]

    def concerned(self, mutant: Mutant) -> tuple[Rule, ...]:
        """Returns the rules that read the text in which the mutant's mistake is."""
        if mutant.old is None:
            return ()
        return tuple(rule for rule in self.ruleset.rules if mutant.old in self._below[rule.when])

    def changed(self, condition: Condition, mutant: Mutant) -> Condition:
        """Returns the condition with the mutant's mistake; the same one where it is not concerned."""
        assert mutant.old is not None
        assert mutant.new is not None
        if condition is mutant.old:
            return mutant.new
        if mutant.old not in self._below[condition]:
            return condition
        return rebuild(condition, [self.changed(part, mutant) for part in condition.parts])

    def killer(self, mutant: Mutant) -> Claim | None:
        """Returns a claim that the mutant breaks, or None where it survives."""
        conditions = {rule.id: self.changed(rule.when, mutant) for rule in self.concerned(mutant)}
        bits = _Bits(self._rows, self._answers, self._bits)
        other = {name: bits.of(condition) for name, condition in conditions.items()}
        suspects, likely = self._suspects(mutant, other), self._likely(mutant)
        programs: dict[Program, Program] = {}
        for place in (*bits_of(suspects & likely), *bits_of(suspects & ~likely)):
            claim = self.claims[place]
            program = programs.get(claim.program)
            if program is None:
                program = programs[claim.program] = _mutated(claim.program, mutant, conditions)
            came_to = partial_verdict(program, claim.verdict._derivation.row)
            if came_to and not claim.is_met(program, came_to[0]):
                return claim
        return None

    def _likely(self, mutant: Mutant) -> int:
        """The claims that a mutant is likeliest to break: on the rules that read it, or on outcomes."""
        rules = self.concerned(mutant) if mutant.rule is None else (None,)
        return sum(self._of_rules.get(rule, 0) for rule in rules)

    def _suspects(self, mutant: Mutant, other: Mapping[str, Bits]) -> int:
        """The cases in which a rule becomes true, false or open, or does something else where it holds.

        Where a rule stays open, look-ahead might still find something else; such cases are passed over.
        """
        suspects = 0
        for rule in self.ruleset.rules:
            certain, maybe = self._bits.of(rule.when)
            if rule is mutant.rule:
                suspects |= maybe
            if (new := other.get(rule.id)) is not None:
                suspects |= (certain ^ new[0]) | (maybe ^ new[1])
        return suspects


class _Bits:
    """Conditions over some rows, each worked out once: what is known of the parts is used again.

    Args:
        rows: The rows.
        answers: The same as mappings, for what the rows do not tell apart.
        before: What is known already over the same rows.
    """

    def __init__(
        self, rows: Rows, answers: Sequence[Mapping[str, object]] = (), before: _Bits | None = None
    ) -> None:
        self.rows, self.answers = rows, answers
        self._known: dict[Condition, Bits] = {}
        self._before = before._known if before else {}

    def of(self, condition: Condition) -> Bits:
        """Returns the rows in which a condition certainly, and possibly, holds."""
        self.work_out(nodes([condition], self._before.keys() | self._known.keys()))
        return self.known(condition)

    def work_out(self, ordered: Iterable[Condition]) -> None:
        """Works out conditions, the parts of each before it."""
        for node in ordered:
            self._known[node] = self._worked_out(node)

    def known(self, node: Condition) -> Bits:
        """Returns what was worked out of a condition."""
        bits = self._known.get(node)
        return self._before[node] if bits is None else bits

    def _worked_out(self, node: Condition) -> Bits:
        below, all_rows = [self.known(part) for part in node.parts], self.rows.mask
        if isinstance(node, Term):
            return below[0]
        if isinstance(node, Not):
            return all_rows & ~below[0][1], all_rows & ~below[0][0]
        if isinstance(node, All):
            return reduce(and_, (certain for certain, _ in below)), reduce(
                and_, (possible for _, possible in below)
            )
        if isinstance(node, AnyOf):
            return reduce(or_, (certain for certain, _ in below)), reduce(
                or_, (possible for _, possible in below)
            )
        return self._chosen(node, below) if isinstance(node, Choose) else self._asked(node)

    def _chosen(self, node: Choose, below: Sequence[Bits]) -> Bits:
        chosen = [self._asked(OneOf(node.question, frozenset({name})))[1] for name, _ in node.readings]
        certain = (
            ~possibly_chosen | one for possibly_chosen, (one, _) in zip(chosen, below, strict=True)
        )
        possible = (
            possibly_chosen & two for possibly_chosen, (_, two) in zip(chosen, below, strict=True)
        )
        return self.rows.mask & reduce(and_, certain), reduce(or_, possible)

    def _asked(self, node: Condition) -> Bits:
        if isinstance(node, Constant):
            return (self.rows.mask, self.rows.mask) if node.truth else (0, 0)
        place = self.rows.leaves.places.get(node)  # type: ignore[call-overload]
        if place is not None:
            return self.rows.certain[place], self.rows.possible[place]
        certain = possible = 0
        for row, answers in enumerate(self.answers):
            truth = node._walk(answers, {})[1]
            certain |= (truth is True) << row
            possible |= (truth is not False) << row
        return certain, possible


# the mutant's program -----------------------------------------------------------------------------


def _mutated(program: Program, mutant: Mutant, conditions: Mapping[str, Condition]) -> Program:
    """The program of the mutant: the same questions and answers to try, with other rules."""
    entries = tuple(_entry(program, entry, mutant, conditions) for entry in program.entries)
    other = attrs.evolve(
        program,
        entries=entries,
        stands=stands_conditions(entries),
        at_least=at_least_conditions(entries),
    )
    known = program.leaves
    new = [leaf for leaf in Leaves.of(other.core_conditions).leaves if leaf not in known.places]
    of = [list(places) for places in known.by_question]
    for place, leaf in enumerate(new, len(known.leaves)):
        of[known.position[leaf.key]].append(place)
    leaves = Leaves(known.questions, (*known.leaves, *new), known.position, tuple(map(tuple, of)))
    shared = {"leaves": leaves, "planes": _walked(leaves, other)}
    shared |= {
        name: getattr(program, name) for name in ("propagation", "cells", "dependencies", "date_cells")
    }
    vars(other).update(shared)
    return other


def _walked(leaves: Leaves, program: Program) -> CompiledConditions:
    """A program evaluated node by node: a mutant is not worth generating a function for."""
    conditions = (*program.core_conditions, *program.stands, *program.at_least.values())
    ordered = tuple(nodes(conditions))

    def evaluated(
        every: int, certain: Sequence[int], possible: Sequence[int]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        bits = _Bits(Rows(leaves, every.bit_length(), list(certain), list(possible)))
        bits.work_out(ordered)
        sure, may = zip(*map(bits.known, conditions), strict=True)
        return sure, may

    return CompiledConditions(leaves, evaluated)


def _entry(program: Program, entry: Entry, mutant: Mutant, conditions: Mapping[str, Condition]) -> Entry:
    if entry.source is program.ruleset and entry.rule.id in conditions:
        when = conditions[entry.rule.id]
        condition = all_of(entry.guard, when) if program.companions else when
        entry = attrs.evolve(entry, when=when, condition=condition)
    if entry.rule is mutant.rule and mutant.then is not None:
        states = entry.rule.states or "What it says."
        other = attrs.evolve(entry.rule, then=mutant.then, states=states, review=())
        return attrs.evolve(entry, rule=other)
    if entry.rule is mutant.spares:
        lifters = tuple(item for item in entry.lifters if program.entries[item].rule is not mutant.rule)
        return attrs.evolve(entry, lifters=lifters)
    return entry


# proofs -----------------------------------------------------------------------------------------


def never_told_apart(hunt: Hunt, survivors: Iterable[Mutant]) -> list[Mutant]:
    """Returns the mutants that no possible case, day or reading tells from the ruleset."""
    states = list(_states(hunt.ruleset))
    differences = [(mutant, [apart(state, mutant, hunt) for state in states]) for mutant in survivors]
    solver = Solver(
        hunt.ruleset.vocabulary, [condition for _, conditions in differences for condition in conditions]
    )
    return [
        mutant
        for mutant, conditions in differences
        if all(solver.reachable(condition) is None for condition in conditions)
    ]


def apart(state: State, mutant: Mutant, hunt: Hunt) -> Condition:
    """The condition under which the mutant comes to something else."""
    if mutant.rule is None:
        changed = [
            all_of(state.entry(rule).guard, (rule.when & ~new) | (new & ~rule.when))
            for rule in hunt.concerned(mutant)
            for new in [hunt.changed(rule.when, mutant)]
        ]
        return state.within(any_of(*changed))
    if mutant.spares is not None:
        has_both = {mutant.rule, mutant.spares} <= state.places.keys()
        return state.differs(lift=(mutant.rule, mutant.spares)) if has_both else any_of()
    assert mutant.then is not None
    strict: Outcome = max(mutant.rule.then, mutant.then)
    stricter = (
        condition
        for entry, condition in zip(state.program.entries, state.conditions.stands, strict=True)
        if entry.rule is not mutant.rule and entry.rule.then >= strict
    )
    return state.within(state.standing(mutant.rule), ~any_of(*stricter))
