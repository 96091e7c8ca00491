"""Lint findings that the solver proves: rules that never hold, are implied or never decide."""

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
    """Something in a ruleset that is a mistake or needs a reason.

    Attributes:
        kind: The kind of finding, a stable word such as ``never-decisive``.
        where: The id of the rule, doubt or power, or the name of the term.
        sentence: The finding, as a plain sentence.
        accepted: Why it is intended, where the ruleset gives a reason; otherwise blank.
    """

    kind: str
    where: str
    sentence: str
    accepted: str = ""


def proved_findings(states: States) -> Iterator[LintFinding]:
    """Yields the findings that are proved over every possible case, day and reading."""
    for rule in states.ruleset.rules:
        yield from _rule_finding(states, rule)
    yield from _terms(states)
    for doubt in states.ruleset.provisions.interpretations:
        yield from _unasked(states, doubt)
    for power in states.ruleset.provisions.discretions:
        yield from _unasked(states, power)


# rules ------------------------------------------------------------------------------------------------


def _rule_finding(states: States, rule: Rule) -> Iterator[LintFinding]:
    all_states = states.states
    if states.never([item.within(item.holding(rule)) for item in all_states]):
        yield _never_holding(states, rule)
    elif states.never([item.within(item.standing(rule)) for item in all_states]):
        lifters = (
            item.program.entries[place].rule.id
            for item in all_states
            for place in item.entry(rule).lifters
        )
        names = ", ".join(dict.fromkeys(lifters))
        yield LintFinding(
            "always-lifted", rule.id, f"Wherever {rule.id} holds, it is overridden, by {names}."
        )
    elif states.never([item.differs(without=rule) for item in all_states]):
        yield _never_decisive(states, rule)


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


def _never_decisive(states: States, rule: Rule) -> LintFinding:
    """The reason why the outcome never depends on a rule."""
    implied_by = next(
        (other for other in _as_strict(states, rule) if _implies(states, rule, other)), None
    )
    if implied_by is None:
        sentence = f"The outcome is the same without {rule.id} in every possible case."
        return LintFinding("never-decisive", rule.id, sentence)
    if implied_by.then is not rule.then and _implies(states, implied_by, rule):
        sentence = (
            f"{rule.id} ({rule.then}) and {implied_by.id} ({implied_by.then}) hold in exactly the "
            "same cases, with different outcomes, and neither overrides the other."
        )
        return LintFinding("two-outcomes", rule.id, sentence)
    sentence = f"Wherever {rule.id} ({rule.then}) holds, {implied_by.id} ({implied_by.then}) holds too."
    return LintFinding("implied", rule.id, sentence)


def _as_strict(states: States, rule: Rule) -> Iterator[Rule]:
    """The other rules that are at least as strict, the ruleset's own first."""
    own_rules = list(states.ruleset.rules)
    others = [entry.rule for item in states.states for entry in item.program.entries]
    for other in dict.fromkeys([*own_rules, *others]):
        if other is not rule and other.then >= rule.then and rule not in other.lifts:
            yield other


def _implies(states: States, rule: Rule, other: Rule) -> bool:
    with_other = [item for item in states.states if other in item.places]
    if len(with_other) < len(states.states):
        return False
    return states.never([item.within(item.holding(rule), ~item.holding(other)) for item in with_other])


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


def _unasked(states: States, item: Interpretation | Discretion) -> Iterator[LintFinding]:
    word, kind = ("doubt", "reading") if isinstance(item, Interpretation) else ("power", "power")
    conditions = [
        condition
        for state in states.states
        for condition in (*state.conditions.components(), *(duty for _, _, duty in state.program.duties))
    ]
    if item.key not in questions(conditions):
        sentence = f"The {word} {item.id} is declared, and no condition asks about it."
        yield LintFinding(f"unasked-{kind}", item.id, sentence)
