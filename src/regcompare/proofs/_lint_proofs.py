"""What the solver proves about the rules of a ruleset: dead, implied, never decisive."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from regcompare.logic.conditions import Term, all_of, any_of, nodes, questions
from regcompare.ruleset.rules import Discretion, Interpretation, Rule
from regcompare.ruleset.ruleset import own_conditions
from regcompare.words.rows import table_row

from ._states import States


@attrs.frozen(order=True)
class LintFinding:
    """Something in a ruleset that is either a mistake or worth a reason.

    Attributes:
        kind: What kind of finding, a stable word such as ``never-decisive``.
        where: What it was found at: the id of a rule, doubt or power, or the name of a term.
        sentence: What was found, as a plain sentence.
        accepted: Why it is meant, where the ruleset says so; blank else.
    """

    kind: str
    where: str
    sentence: str
    accepted: str = ""


def proved_findings(states: States) -> Iterator[LintFinding]:
    """Yields what holds over every possible case, day and reading."""
    for rule in states.ruleset.rules:
        yield from _rule(states, rule)
    yield from _terms(states)
    for doubt in states.ruleset.provisions.interpretations:
        yield from _asked(states, doubt)
    for power in states.ruleset.provisions.discretions:
        yield from _asked(states, power)


# rules ------------------------------------------------------------------------------------------------


def _rule(states: States, rule: Rule) -> Iterator[LintFinding]:
    everywhere = states.states
    if states.never([item.within(item.holding(rule)) for item in everywhere]):
        yield _never_holding(states, rule)
    elif states.never([item.within(item.standing(rule)) for item in everywhere]):
        lifters = (
            item.program.entries[place].rule.id
            for item in everywhere
            for place in item.entry(rule).lifters
        )
        names = ", ".join(dict.fromkeys(lifters))
        yield LintFinding(
            "always-lifted", rule.id, f"Wherever {rule.id} holds, it is overridden, by {names}."
        )
    elif states.never([item.differs(without=rule) for item in everywhere]):
        yield _idle(states, rule)


def _never_holding(states: States, rule: Rule) -> LintFinding:
    if states.never([rule.condition]):
        sentence = (
            f"{rule.id} can never hold: its condition contradicts itself, or what the vocabulary says "
            "cannot be."
        )
        return LintFinding("never-holds", rule.id, sentence)
    if states.never([all_of(item.window, rule.condition) for item in states.states]):
        sentence = f"{rule.id} holds on no day on which {states.ruleset.id} is in force."
        return LintFinding("never-in-force", rule.id, sentence)
    sentence = f"{rule.id} can hold only where {states.ruleset.id} does not apply."
    return LintFinding("contradicts-scope", rule.id, sentence)


def _idle(states: States, rule: Rule) -> LintFinding:
    """Why the outcome never depends on a rule."""
    over = next((other for other in _as_strict(states, rule) if _implies(states, rule, other)), None)
    if over is None:
        sentence = f"The outcome is the same without {rule.id} in every possible case."
        return LintFinding("never-decisive", rule.id, sentence)
    if over.then is not rule.then and _implies(states, over, rule):
        sentence = (
            f"{rule.id} ({rule.then}) and {over.id} ({over.then}) hold in exactly the same cases, with "
            "different outcomes, and neither overrides the other."
        )
        return LintFinding("two-outcomes", rule.id, sentence)
    sentence = f"Wherever {rule.id} ({rule.then}) holds, {over.id} ({over.then}) holds too."
    return LintFinding("implied", rule.id, sentence)


def _as_strict(states: States, rule: Rule) -> Iterator[Rule]:
    """The other rules with an outcome as strict or stricter, the ruleset's own first."""
    own = list(states.ruleset.rules)
    others = [entry.rule for item in states.states for entry in item.program.entries]
    for other in dict.fromkeys([*own, *others]):
        if other is not rule and other.then >= rule.then and rule not in other.lifts:
            yield other


def _implies(states: States, rule: Rule, other: Rule) -> bool:
    known = [item for item in states.states if other in item.places]
    if len(known) < len(states.states):
        return False
    return states.never([item.within(item.holding(rule), ~item.holding(other)) for item in known])


# terms ------------------------------------------------------------------------------------------------


def _terms(states: States) -> Iterator[LintFinding]:
    window = any_of(*(item.window for item in states.states))
    for term in nodes(own_conditions(states.ruleset)):
        if not isinstance(term, Term):
            continue
        if table_row(term) is not None:
            if states.never([term]):
                sentence = f"The row “{term.name}” can never be met."
                yield LintFinding("row-never-met", term.name, sentence)
        elif states.never([all_of(window, term)]):
            yield LintFinding("term-never-met", term.name, f"“{term.name}” ({term.cite}) is never met.")
        elif states.never([all_of(window, ~term)]):
            yield LintFinding(
                "term-always-met", term.name, f"“{term.name}” ({term.cite}) is always met."
            )


# doubts and powers ------------------------------------------------------------------------------------


def _asked(states: States, item: Interpretation | Discretion) -> Iterator[LintFinding]:
    what, kind = ("doubt", "reading") if isinstance(item, Interpretation) else ("power", "power")
    conditions = [
        condition
        for state in states.states
        for condition in (*state.conditions.components(), *(duty for _, _, duty in state.program.duties))
    ]
    if item.key not in questions(conditions):
        sentence = f"The {what} {item.id} is declared, and no condition asks about it."
        yield LintFinding(f"unasked-{kind}", item.id, sentence)
