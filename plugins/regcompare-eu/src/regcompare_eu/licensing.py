"""Where an individual licence is needed, so that an authority has an application before it."""

from __future__ import annotations

from collections.abc import Iterable

from regcompare.authoring import Condition, Outcome, Rule, Ruleset, Term, all_of, any_of


def licence_needed(rules: Iterable[Rule]) -> Condition:
    """An individual licence is needed under one of these rules, and none of them lifts that one.

    A text that orders a refusal, or names conditions for a grant, speaks of such cases only.  Each rule
    stands as a term of its own, with its mark, so that a verdict says when it rests on unread text.
    """
    rules = tuple(rules)
    return any_of(*(_stands(rule, rules) for rule in rules if rule.then is Outcome.AUTHORISATION))


def licence_needed_under(act: Ruleset, *rule_ids: str) -> Condition:
    """An individual licence is needed under one of these rules of an act, and no rule lifts that one."""
    return any_of(*(_stands(act.rule(rule_id), act.rules) for rule_id in rule_ids))


def _stands(rule: Rule, rules: tuple[Rule, ...]) -> Condition:
    lifting = [other.when for other in rules if rule in other.lifts]
    needed = all_of(rule.when, ~any_of(*lifting)) if lifting else rule.when
    return Term(f"licence needed under {rule.cite.pinpoint}", rule.cite, needed, checked=rule.checked)
