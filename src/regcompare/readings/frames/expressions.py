"""A ruleset as gates: its conditions as pairs of certain and possible, and what becomes of its rules.

The meaning is that of ``assess`` without look-ahead; the gates stand for all rows at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from regcompare._propagation import constrained
from regcompare.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    nodes,
)
from regcompare.program.program import Program, program_for
from regcompare.rules import Outcome, Rule
from regcompare.rulesets import Ruleset
from regcompare.vocabulary import LAW_DATE

from .answers import Answers, Truth
from .days import Laws
from .gates import FALSE, Circuit, Gate

__all__ = ["Results", "results"]

Pair = tuple[Gate, Gate]
"""When a condition certainly, and when it possibly, holds."""

Forced = dict[str, dict[Any, Gate]]
"""For each question the answers that follow from constraints, with when they do."""

Restated = dict[str, list[tuple[str, Gate]]]
"""For each choice the answers that rows are taken to mean, with which rows."""


@attrs.frozen(eq=False)
class Results:
    """What a ruleset comes to, as gates.

    Attributes:
        low: For each outcome when the least one is at least this.
        high: For each outcome when the greatest one is at least this.
        in_scope: When the ruleset certainly, and when it possibly, applies.
        in_force: When it certainly, and when it possibly, is in force.
        rules: For each rule when it certainly, and when it possibly, holds.
        contradiction: When the facts of a row contradict each other.
    """

    low: Mapping[Outcome, Gate]
    high: Mapping[Outcome, Gate]
    in_scope: Pair
    in_force: Pair
    rules: Mapping[Rule, Pair]
    contradiction: Gate


def results(ruleset: Ruleset, laws: Laws, readings: Mapping[str, str | None]) -> Results:
    """Returns what a ruleset comes to in every row.

    Args:
        ruleset: The ruleset.
        laws: What the days of a row come to, with the answers of the row.
        readings: The readings taken, by the key of the doubt.
    """
    plan = program_for(ruleset, laws.state.along, laws.state.asks)
    laws = _agreeing(plan, laws, readings)
    restated = _restated(plan, laws, readings)
    forced, contradiction = _settled(plan, laws, readings, restated)
    pairs = _Pairs(laws, readings, forced, restated)
    in_scope, *truths = pairs.of([plan.scope, *(entry.condition for entry in plan.entries)])
    low, high = _span(plan, truths, laws.answers.circuit)
    rules = {entry.rule: pair for entry, pair in zip(plan.entries, truths, strict=True)}
    return Results(low, high, in_scope, _in_force(plan, laws, pairs), rules, contradiction)


def _in_force(plan: Program, laws: Laws, pairs: _Pairs) -> Pair:
    if laws.state.in_force is not None:
        return int(laws.state.in_force), int(laws.state.in_force)
    (in_force,) = pairs.of([plan.force])
    return in_force


def _span(
    plan: Program, truths: Sequence[Pair], circuit: Circuit
) -> tuple[dict[Outcome, Gate], dict[Outcome, Gate]]:
    """When the least and the greatest outcome are at least so strict.

    As in ``_lookahead``: a rule decides where no rule stands that lifts it, and where one may, the
    weaker of the two is certain.
    """
    sure: list[Gate] = []
    maybe: list[Gate] = []
    opposite = circuit.opposite
    for entry, (certain, possible) in zip(plan.entries, truths, strict=True):
        lifted_perhaps = [opposite(maybe[place]) for place in entry.lifters]
        lifted_surely = [opposite(sure[place]) for place in entry.lifters]
        sure.append(circuit.both(certain, *lifted_perhaps))
        maybe.append(circuit.both(possible, *lifted_surely))
    low: dict[Outcome, list[Gate]] = {then: [] for then in Outcome}
    high: dict[Outcome, list[Gate]] = {then: [] for then in Outcome}
    for index, entry in enumerate(plan.entries):
        for then in (item for item in Outcome if Outcome.NO_CONTROL < item <= entry.rule.then):
            weaker = [place for place in entry.lifters if plan.entries[place].rule.then < then]
            low[then].append(circuit.both(truths[index][0], *(opposite(maybe[n]) for n in weaker)))
            high[then].append(maybe[index])
    return (
        {then: circuit.either(*gates) for then, gates in low.items()},
        {then: circuit.either(*gates) for then, gates in high.items()},
    )


# constraints ---------------------------------------------------------------------------------------


def _agreeing(plan: Program, laws: Laws, readings: Mapping[str, str | None]) -> Laws:
    """The answers of rows without presumptions that contradict what is stated, as ``established``."""
    vocabulary = plan.ruleset.vocabulary
    asked = constrained(vocabulary).asked
    facts = {fact for group in asked for fact in group if laws.answers.may_presume(fact)}
    halves = [half for item in vocabulary.constraints for half in (item.when, item.then)]
    for _ in facts:
        pairs = _Pairs(laws, readings, {}, _restated(plan, laws, readings)).of(halves)
        broken = _broken(pairs, laws.answers.circuit)
        gone = {
            fact: [gate for gate, group in zip(broken, asked, strict=True) if fact in group]
            for fact in facts
        }
        further = _withdrawing(laws, gone)
        if further.answers.withdrawn == laws.answers.withdrawn:
            break
        laws = further
    if not facts:
        return laws
    _, contradiction = _settled(plan, laws, readings, _restated(plan, laws, readings))
    return _withdrawing(laws, {fact: [contradiction] for fact in facts})


def _withdrawing(laws: Laws, gone: Mapping[str, Sequence[Gate]]) -> Laws:
    answers = laws.answers
    either, before = answers.circuit.either, answers.withdrawn
    withdrawn = {fact: either(before.get(fact, FALSE), *gates) for fact, gates in gone.items()}
    return attrs.evolve(laws, answers=attrs.evolve(answers, withdrawn=withdrawn))


def _broken(pairs: Sequence[Pair], circuit: Circuit) -> list[Gate]:
    """For each constraint, given its halves one after the other, when it is broken."""
    return [
        circuit.both(when[0], circuit.opposite(then[1]))
        for when, then in zip(pairs[::2], pairs[1::2], strict=True)
    ]


def _restated(plan: Program, laws: Laws, readings: Mapping[str, str | None]) -> Restated:
    """When a row breaks a constraint that says what such a row is taken to mean."""
    circuit = laws.answers.circuit
    restated: Restated = {}
    for item in plan.ruleset.vocabulary.constraints:
        if item.taken_as:
            (when, _), (_, then) = _Pairs(laws, readings, {}, {}).of([item.when, item.then])
            key, answer = item.taken_as
            restated.setdefault(key, []).append((answer, circuit.both(when, circuit.opposite(then))))
    return restated


def _settled(
    plan: Program, laws: Laws, readings: Mapping[str, str | None], restated: Restated
) -> tuple[Forced, Gate]:
    """What follows from the constraints in each row, and when they are broken.

    As ``Consequences.settle`` does for one row: each pass adds what follows at once, until nothing new
    does.  A constraint serves at most once in each direction, which bounds the passes.  An answer that
    follows is added also where another one is stated: such a row breaks the constraint.
    """
    consequences, constraints = plan.propagation, plan.ruleset.vocabulary.constraints
    halves = [half for item in constraints for half in (item.when, item.then)]
    forced: Forced = {}
    opposite = laws.answers.circuit.opposite
    for _ in range(2 * len(constraints) + 1):
        pairs = _Pairs(laws, readings, forced, restated).of(halves)
        added = {key: dict(answers) for key, answers in forced.items()}
        for when, then, literals in zip(pairs[::2], pairs[1::2], consequences.forced, strict=True):
            for follows, gate in zip(literals, (when[0], opposite(then[1])), strict=True):
                for index, answer in follows:
                    _force(plan, added, index, answer, gate, laws.answers.circuit)
        if added == forced:
            break
        forced = added
    circuit = laws.answers.circuit
    return forced, circuit.either(*_broken(pairs, circuit))


def _force(plan: Program, forced: Forced, index: int, answer: Any, gate: Gate, circuit: Circuit) -> None:
    """Adds an answer, and what it says of the patterns of codes above or below its own."""
    if gate == FALSE:
        return
    consequences = plan.propagation
    related = consequences.above if answer is True else consequences.below
    for place in (index, *related.get(index, ())):
        answers = forced.setdefault(plan.keys[place], {})
        answers[answer] = circuit.either(answers.get(answer, FALSE), gate)


# conditions ----------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Pairs:
    """Conditions as pairs of gates, under the answers of a row and what follows from them."""

    laws: Laws
    readings: Mapping[str, str | None]
    forced: Forced
    restated: Restated
    _made: dict[int, Pair] = attrs.field(factory=dict, init=False)

    def of(self, conditions: Sequence[Condition]) -> list[Pair]:
        """Returns the pair of each condition."""
        for node in nodes(conditions, self._made):
            self._made[id(node)] = self._pair(node)
        return [self._made[id(condition)] for condition in conditions]

    @property
    def _circuit(self) -> Circuit:
        return self.laws.answers.circuit

    def _pair(self, node: Condition) -> Pair:
        if isinstance(node, Constant):
            return int(node.truth), int(node.truth)
        if isinstance(node, Holds | OneOf | OnOrAfter):
            sure, never = self._truth(node)
            return sure, self._circuit.opposite(never)
        below = [self._made[id(part)] for part in node.parts]
        if isinstance(node, Term):
            return below[0]
        if isinstance(node, Not):
            certain, possible = below[0]
            return self._circuit.opposite(possible), self._circuit.opposite(certain)
        if isinstance(node, All | AnyOf):
            return self._join(isinstance(node, AnyOf), below)
        assert isinstance(node, Choose), f"no gates for {type(node).__name__}"
        taken = self.readings.get(node.key)
        if taken is not None:
            return below[[name for name, _ in node.readings].index(taken)]
        return self._circuit.both(*(c for c, _ in below)), self._circuit.either(*(p for _, p in below))

    def _join(self, is_any: bool, below: Sequence[Pair]) -> Pair:
        join = self._circuit.either if is_any else self._circuit.both
        return join(*(certain for certain, _ in below)), join(*(possible for _, possible in below))

    def _truth(self, leaf: Holds | OneOf | OnOrAfter) -> Truth:
        answers: Answers = self.laws.answers
        if isinstance(leaf, OnOrAfter):
            if leaf.key == LAW_DATE.key:
                return self.laws.from_day(leaf.day)
            return answers.from_day(leaf.key, leaf.day)
        forced = self.forced.get(leaf.key, {})
        if isinstance(leaf, Holds):
            sure, never = answers.yes_or_no(leaf.key)
            yes, no = [forced.get(True, FALSE)], [forced.get(False, FALSE)]
        else:
            sure, never = self._restated(leaf, *answers.one_of(leaf.key, leaf.answers))
            yes = [gate for answer, gate in forced.items() if answer in leaf.answers]
            no = [gate for answer, gate in forced.items() if answer not in leaf.answers]
        return self._circuit.either(sure, *yes), self._circuit.either(never, *no)

    def _restated(self, leaf: OneOf, sure: Gate, never: Gate) -> Truth:
        """The truth of a question to a choice, in rows that are taken to mean another answer too."""
        circuit = self._circuit
        for answer, gate in self.restated.get(leaf.key, ()):
            stays = circuit.opposite(gate)
            sure, never = circuit.both(sure, stays), circuit.both(never, stays)
            if answer in leaf.answers:
                sure = circuit.either(sure, gate)
            else:
                never = circuit.either(never, gate)
        return sure, never
