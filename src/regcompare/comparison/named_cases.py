"""The cases that show a rule: one in which it holds, and a near miss.

A rule may name them in ``fires`` and ``misses``; otherwise they follow from what the cases expect of its
ruleset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.ruleset.rules import NamedCase, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, stated_answers

from .expectations import names_rule


@attrs.frozen
class RuleCases:
    """The cases that show a rule, written as in ``Rule.fires`` and ``Rule.misses``; blank for none.

    Attributes:
        fires: The one in which it holds.
        near: The near misses, all equally near.
    """

    fires: str = ""
    near: tuple[str, ...] = ()

    @property
    def misses(self) -> str:
        """The first near miss."""
        return next(iter(self.near), "")


def named_cases(ruleset: Ruleset, cases: Iterable[Scenario]) -> Mapping[str, RuleCases]:
    """Returns for each rule of the ruleset, by id, the cases that show it.

    The cases that a rule names are used.  Otherwise it fires in the first case that expects it at the
    reference date.  The near miss is the first of the cases that do not expect it and differ from that
    case in the fewest facts.

    Args:
        ruleset: The ruleset.
        cases: Its cases, in the order of their files.
    """
    expectations = []
    for case in cases:
        of_ruleset = (item for item in case.expect if item.ruleset == ruleset.id)
        if plain := [item for item in of_ruleset if item.as_of is None and item.as_if_from is None]:
            rules = tuple(rule for item in plain for rule in item.rules)
            expectations.append(_ExpectingCase(case, rules, stated_answers(case)))
    cases_by_rule = {}
    for rule in ruleset.rules:
        fires = rule.fires or next((item.case.id for item in expectations if rule.id in item.rules), "")
        near = (rule.misses,) if rule.misses else _near_misses(rule, fires, expectations)
        cases_by_rule[rule.id] = RuleCases(fires, near)
    return cases_by_rule


@attrs.frozen
class _ExpectingCase:
    """A case, the rules that it expects at the reference date, and what it states."""

    case: Scenario
    rules: tuple[str, ...]
    stated: Mapping[str, Any]


def _near_misses(rule: Rule, fires: str, expectations: Sequence[_ExpectingCase]) -> tuple[str, ...]:
    """The cases that differ in the fewest facts from the one in which the rule fires."""
    fires_case = NamedCase.read(fires)
    firing = next((item for item in expectations if item.case.id == fires_case.id), None)
    others = [item for item in expectations if not any(names_rule(name, rule) for name in item.rules)]
    if firing is None or fires_case.as_of or fires_case.readings or not others:
        return ()
    apart = [len(differences(firing.stated, item.stated)) for item in others]
    return tuple(item.case.id for item, far in zip(others, apart, strict=True) if far == min(apart))


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Returns the facts that two cases state differently."""
    return [key for key in {**first, **second} if first.get(key) != second.get(key)]
