"""The cases that show a rule: one in which it holds, and a near miss.

A rule names them in ``fires`` and ``misses`` where it has more to say; else they follow from what the
cases expect of its ruleset.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from regcompare.ruleset.rules import NamedCase, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, stated

from .expectations import names_rule

__all__ = ["RuleCases", "differing", "named_cases"]


@attrs.frozen
class RuleCases:
    """The cases that show a rule, written as in ``Rule.fires`` and ``Rule.misses``; blank for none."""

    fires: str = ""
    misses: str = ""


def named_cases(ruleset: Ruleset, cases: Iterable[Scenario]) -> Mapping[str, RuleCases]:
    """Returns for each rule of the ruleset, by id, the cases that show it.

    What a rule names goes first.  Else it fires in the first case that expects the rule at the reference
    date; and the near miss is, of the cases that expect something else of the ruleset there, the one
    that differs from it in the fewest facts, the first of several.

    Args:
        ruleset: The ruleset.
        cases: Its cases, in the order of their files.
    """
    expecting = [
        _Expecting(case, ids) for case in cases if (ids := _expected(case, ruleset)) is not None
    ]
    return {rule.id: _of_rule(rule, expecting) for rule in ruleset.rules}


@attrs.frozen
class _Expecting:
    """A case, the rules that it expects at the reference date, and what it states."""

    case: Scenario
    rules: tuple[str, ...]
    stated: Mapping[str, Any] = attrs.field(init=False)

    @stated.default
    def _stated(self) -> Mapping[str, Any]:
        return stated(self.case)


def _expected(case: Scenario, ruleset: Ruleset) -> tuple[str, ...] | None:
    own = (item for item in case.expect if item.ruleset == ruleset.id)
    found = [item for item in own if item.as_of is None and item.as_if_from is None]
    return tuple(rule for item in found for rule in item.rules) if found else None


def _of_rule(rule: Rule, expecting: Sequence[_Expecting]) -> RuleCases:
    fires = rule.fires or next((item.case.id for item in expecting if rule.id in item.rules), "")
    return RuleCases(fires, rule.misses or _near_miss(rule, fires, expecting))


def _near_miss(rule: Rule, fires: str, expecting: Sequence[_Expecting]) -> str:
    """The case that differs in the fewest facts from one that is read as usual."""
    named = NamedCase.read(fires)
    firing = next((item for item in expecting if item.case.id == named.id), None)
    others = [item for item in expecting if not any(names_rule(name, rule) for name in item.rules)]
    if firing is None or named.as_of or named.readings or not others:
        return ""
    return min(others, key=lambda item: len(differing(firing.stated, item.stated))).case.id


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Returns the facts in which what two cases state differs."""
    return [key for key in {**first, **second} if first.get(key) != second.get(key)]
