"""Which cases notice a mutant: what they expect, or a rule declares of them, is met no longer.

All cases are evaluated at once: the truth of a condition is two whole numbers, certain and possible, one
bit a case.  So a mutant costs what lies between its mistake and the rules that read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from tests.mutants import Mutant

from regcompare import Outcome, Rule, Ruleset, Scenario, assess
from regcompare._compile import compile_conditions
from regcompare._lookahead import Found, found_from, look_further
from regcompare._plan import Entry, Plan, Truths
from regcompare.analysis._states import State, _states
from regcompare.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Not,
    Term,
    all_of,
    any_of,
    nodes,
    rebuilt,
)
from regcompare.expectations import names_rule
from regcompare.readings.solver import Solver
from regcompare.rules import NamedCase, Span
from regcompare.scenarios import Expectation
from regcompare.verdicts import Verdict

__all__ = ["Claim", "Hunt", "apart", "declared", "expected", "never_told_apart"]

Bits = tuple[int, int]
"""For each case one bit: whether a condition certainly, and whether it possibly, holds."""


@attrs.frozen(eq=False)
class Claim:
    """What must hold of one case under the ruleset; a mutant under which it does not is killed.

    Attributes:
        verdict: The case under the ruleset as it is.
        wanted: What a file expects, or None.
        rule: The rule that is declared to hold, or not to, or None.
        holds: Whether it has to.
    """

    verdict: Verdict
    wanted: Expectation | None = None
    rule: Rule | None = None
    holds: bool = True

    @property
    def plan(self) -> Plan:
        """The ruleset, with what it stands on, as it is applied to the case."""
        return self.verdict._worked.plan

    @property
    def truths(self) -> Truths:
        """Scope and rules, before look-ahead."""
        certain, possible = self.plan.compiled.function(self.verdict._worked.row)
        asked = self.plan.consequences.first
        return certain[:asked], possible[:asked]

    def is_met(self, plan: Plan, found: Found) -> bool:
        """Whether it holds under a plan, with what look-ahead has found."""
        applies = self.verdict.in_force is not False and found.truth(0) is not False
        span = found.span if applies else None
        if self.rule is not None:
            place = _place(plan, self.rule)
            return span is not None and found.truth(place + 1) is self.holds
        assert self.wanted is not None
        holding = [entry.rule for place, entry in enumerate(plan.entries, 1) if found.certain[place]]
        return _has_span(self.wanted, span) and all(
            any(names_rule(rule_id, rule) for rule in holding) for rule_id in self.wanted.rules
        )


def _place(plan: Plan, rule: Rule) -> int:
    ids = [entry.rule.id if entry.source is plan.ruleset else "" for entry in plan.entries]
    return ids.index(rule.id)


def _has_span(wanted: Expectation, span: Span | None) -> bool:
    if wanted.low is None or wanted.high is None:
        return True
    asked = Span(wanted.low, wanted.high)
    return span is not None and (span in asked if wanted.within else span == asked)


def declared(ruleset: Ruleset, known: Mapping[str, Scenario]) -> Iterator[Claim]:
    """Yields what the rules of a ruleset declare of their firing cases and near misses."""
    for rule in ruleset.rules:
        for reference, holds in ((rule.fires, True), (rule.misses, False)):
            named = NamedCase.read(reference)
            readings = {**ruleset.as_if_read(), **named.readings}
            verdict = assess(known[named.id], ruleset, as_of=named.as_of, readings=readings)
            yield Claim(verdict, rule=rule, holds=holds)


def expected(ruleset: Ruleset, scenarios: Iterable[Scenario]) -> Iterator[Claim]:
    """Yields what scenarios expect of a ruleset."""
    for case in scenarios:
        for wanted in case.expect:
            if wanted.ruleset == ruleset.id:
                yield Claim(assess(case, ruleset, as_of=wanted.as_of), wanted=wanted)


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
        self.everyone = (1 << len(claims)) - 1
        self._bits: dict[int, Bits] = {}
        self._below: dict[int, frozenset[int]] = {}
        self._answers = [claim.verdict._worked.answers for claim in claims]
        self._truths = [claim.truths for claim in claims]
        for node in nodes([rule.when for rule in ruleset.rules]):
            self._bits[id(node)] = self._worked_out(node, self._bits)
            below = (self._below[id(part)] for part in node.parts)
            self._below[id(node)] = frozenset({id(node)}).union(*below)

    def unmet(self) -> list[str]:
        """Returns the cases whose claims do not hold of the ruleset as it is."""
        return [
            claim.verdict.scenario.id
            for claim in self.claims
            if not claim.is_met(claim.plan, claim.verdict._worked.found)
        ]

    def concerned(self, mutant: Mutant) -> tuple[Rule, ...]:
        """Returns the rules that read the text in which the mutant's mistake is."""
        if mutant.old is None:
            return ()
        return tuple(rule for rule in self.ruleset.rules if id(mutant.old) in self._below[id(rule.when)])

    def changed(self, condition: Condition, mutant: Mutant) -> Condition:
        """Returns the condition with the mutant's mistake; the same one where it is not concerned."""
        assert mutant.old is not None
        assert mutant.new is not None
        if condition is mutant.old:
            return mutant.new
        if id(mutant.old) not in self._below[id(condition)]:
            return condition
        return rebuilt(condition, [self.changed(part, mutant) for part in condition.parts])

    def killer(self, mutant: Mutant) -> Claim | None:
        """Returns a claim that the mutant breaks, or None where it survives."""
        conditions = {rule.id: self.changed(rule.when, mutant) for rule in self.concerned(mutant)}
        bits = self._bits_of(list(conditions.values()))
        other = {name: bits[id(condition)] for name, condition in conditions.items()}
        suspects = self._suspects(mutant, other)
        plans: dict[int, Plan] = {}
        while suspects:
            place = (suspects & -suspects).bit_length() - 1
            suspects &= suspects - 1
            claim = self.claims[place]
            plan = plans.get(id(claim.plan))
            if plan is None:
                plan = plans[id(claim.plan)] = _mutated(claim.plan, mutant)
            truths = self._mutated_truths(place, other)
            if not claim.is_met(plan, _found(plan, claim, truths, conditions)):
                return claim
        return None

    def _suspects(self, mutant: Mutant, other: Mapping[str, Bits]) -> int:
        """The cases in which a rule becomes true, false or open, or does something else where it holds.

        Where a rule stays open, look-ahead might still find something else; such cases are passed over.
        """
        suspects = 0
        for rule in self.ruleset.rules:
            sure, maybe = self._bits[id(rule.when)]
            if rule is mutant.rule:
                suspects |= maybe
            if (new := other.get(rule.id)) is not None:
                suspects |= (sure ^ new[0]) | (maybe ^ new[1])
        return suspects

    def _mutated_truths(self, place: int, other: Mapping[str, Bits]) -> Truths:
        """The truths of scope and rules in one case, before look-ahead."""
        certain, possible = map(list, self._truths[place])
        claim, bit = self.claims[place], 1 << place
        for index, entry in enumerate(claim.plan.entries, 1):
            if entry.source is claim.plan.ruleset and (new := other.get(entry.rule.id)) is not None:
                guard = entry.guard._walk(self._answers[place], {})[1] if claim.plan.along else True
                certain[index] = guard is True and bool(new[0] & bit)
                possible[index] = guard is not False and bool(new[1] & bit)
        return tuple(certain), tuple(possible)

    def _bits_of(self, conditions: Sequence[Condition]) -> Mapping[int, Bits]:
        known: dict[int, Bits] = {}
        for condition in conditions:
            self._add_bits(condition, known)
        return known

    def _add_bits(self, node: Condition, known: dict[int, Bits]) -> None:
        """Works out a condition of a mutant, whose parts are mostly those of the ruleset."""
        if id(node) in known:
            return
        if id(node) in self._below:
            known[id(node)] = self._bits[id(node)]
            return
        for part in node.parts:
            self._add_bits(part, known)
        known[id(node)] = self._worked_out(node, known)

    def _worked_out(self, node: Condition, known: Mapping[int, Bits]) -> Bits:
        below = [known[id(part)] for part in node.parts]
        if isinstance(node, Term):
            return below[0]
        if isinstance(node, Not):
            return self.everyone & ~below[0][1], self.everyone & ~below[0][0]
        if isinstance(node, All):
            certain, possible = self.everyone, self.everyone
            for one, two in below:
                certain, possible = certain & one, possible & two
            return certain, possible
        if isinstance(node, AnyOf):
            certain = possible = 0
            for one, two in below:
                certain, possible = certain | one, possible | two
            return certain, possible
        return self._chosen(node, below) if isinstance(node, Choose) else self._asked(node)

    def _chosen(self, node: Choose, below: Sequence[Bits]) -> Bits:
        certain, possible, left = 0, 0, self.everyone
        for (name, _), (one, two) in zip(node.readings, below, strict=True):
            taken = self._where(node.key, name)
            certain, possible, left = certain | taken & one, possible | taken & two, left & ~taken
        agreed, some = left, 0
        for one, two in below:
            agreed, some = agreed & one, some | two
        return certain | agreed, possible | left & some

    def _where(self, key: str, answer: str) -> int:
        return sum(1 << place for place, known in enumerate(self._answers) if known[key] == answer)

    def _asked(self, node: Condition) -> Bits:
        if isinstance(node, Constant):
            return (self.everyone, self.everyone) if node.truth else (0, 0)
        certain = possible = 0
        for place, answers in enumerate(self._answers):
            truth = node._walk(answers, {})[1]
            certain |= (truth is True) << place
            possible |= (truth is not False) << place
        return certain, possible


# the mutant's plan --------------------------------------------------------------------------------


def _mutated(plan: Plan, mutant: Mutant) -> Plan:
    """The plan of the mutant: the same questions and answers to try, with other rules."""
    if mutant.rule is None:
        return plan
    return attrs.evolve(plan, entries=tuple(_entry(plan, entry, mutant) for entry in plan.entries))


def _entry(plan: Plan, entry: Entry, mutant: Mutant) -> Entry:
    if entry.rule is mutant.rule and mutant.then is not None:
        other = attrs.evolve(entry.rule, then=mutant.then, states=entry.rule.states or "What it says.")
        return attrs.evolve(entry, rule=other)
    if entry.rule is mutant.spares:
        kept = tuple(item for item in entry.lifters if plan.entries[item].rule is not mutant.rule)
        return attrs.evolve(entry, lifters=kept)
    return entry


def _found(plan: Plan, claim: Claim, truths: Truths, conditions: Mapping[str, Condition]) -> Found:
    found = found_from(plan, truths)
    if claim.verdict.in_force is not False and found.possible[0] and found.certain != found.possible:
        look_further(_spliced(plan, conditions), claim.verdict._worked.row, found)
    return found


def _spliced(plan: Plan, conditions: Mapping[str, Condition]) -> Plan:
    """The plan with the mutant's function: that of the ruleset, with other truths for some rules."""
    replaced = {
        place: all_of(entry.guard, conditions[entry.rule.id])
        if plan.along
        else conditions[entry.rule.id]
        for place, entry in enumerate(plan.entries, 1)
        if entry.source is plan.ruleset and entry.rule.id in conditions
    }
    if not replaced:
        return plan
    compiled = plan.compiled
    other = compile_conditions(list(replaced.values()))
    asked = [compiled.keys.index(key) for key in other.keys]

    def function(row: Sequence[object]) -> Truths:
        certain, possible = map(list, compiled.function(row))
        sure, maybe = other.function([row[index] for index in asked])
        for place, one, two in zip(replaced, sure, maybe, strict=True):
            certain[place], possible[place] = one, two
        return tuple(certain), tuple(possible)

    return attrs.evolve(plan, compiled=attrs.evolve(compiled, function=function))


# proofs -----------------------------------------------------------------------------------------


def never_told_apart(hunt: Hunt, survivors: Iterable[Mutant]) -> list[Mutant]:
    """Returns the mutants that no possible case, day or reading tells from the ruleset."""
    states = list(_states(hunt.ruleset))
    asked = [(mutant, [apart(state, mutant, hunt) for state in states]) for mutant in survivors]
    solver = Solver(hunt.ruleset.vocabulary, [one for _, conditions in asked for one in conditions])
    return [
        mutant
        for mutant, conditions in asked
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
        known = {id(mutant.rule), id(mutant.spares)} <= state.places.keys()
        return state.differs(lift=(mutant.rule, mutant.spares)) if known else any_of()
    assert mutant.then is not None
    strict: Outcome = max(mutant.rule.then, mutant.then)
    stricter = (
        condition
        for entry, condition in zip(state.plan.entries, state.reached.stands, strict=True)
        if entry.rule is not mutant.rule and entry.rule.then >= strict
    )
    return state.within(state.standing(mutant.rule), ~any_of(*stricter))
