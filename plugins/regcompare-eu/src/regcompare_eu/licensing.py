"""Where an individual licence is needed, so that an authority decides on an application."""

from __future__ import annotations

from collections.abc import Iterable

from regcompare.authoring import Condition, Outcome, Ruleset, Term, all_of, any_of
from regcompare.ruleset.rules import Rule


def licence_needed(rules: Iterable[Rule]) -> Condition:
    """An individual licence is needed under one of these rules, and none of them lifts it.

    A text that requires a refusal, or sets conditions for a grant, applies only in such cases.  Each rule
    is a term of its own, with its mark, so that a verdict says when it is based on unread text.
    """
    rules = tuple(rules)
    return any_of(*(_needed_under(rule, rules) for rule in rules if rule.then is Outcome.AUTHORISATION))


def licence_needed_under(act: Ruleset, *rule_ids: str) -> Condition:
    """An individual licence is needed under one of these rules of an act, and no rule lifts it."""
    return any_of(*(_needed_under(act.rule(rule_id), act.rules) for rule_id in rule_ids))


def _needed_under(rule: Rule, rules: tuple[Rule, ...]) -> Condition:
    overriders = [other.when for other in rules if rule in other.overrides]
    needed = all_of(rule.when, ~any_of(*overriders)) if overriders else rule.when
    return Term(f"licence needed under {rule.cite.pinpoint}", rule.cite, needed, checked=rule.checked)
