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
from regcompare.scenario.established import contradictions
from regcompare.scenario.scenario import Scenario, sections_stating, stated_answers
from regcompare.vocabulary import Vocabulary

from .expectations import names_rule


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
    expecting = []
    for case in cases:
        own = [item for item in case.expect if item.ruleset == ruleset.id]
        if here := [item for item in own if item.as_of is None and item.as_if_from is None]:
            rules = tuple(rule for item in here for rule in item.rules)
            expecting.append(_Expecting(case, rules, stated_answers(case)))
    found = {}
    for rule in ruleset.rules:
        fires = rule.fires or next((item.case.id for item in expecting if rule.id in item.rules), "")
        found[rule.id] = RuleCases(fires, rule.misses or _near_miss(rule, fires, expecting))
    return found


@attrs.frozen
class _Expecting:
    """A case, the rules that it expects at the reference date, and what it states."""

    case: Scenario
    rules: tuple[str, ...]
    stated: Mapping[str, Any]


def _near_miss(rule: Rule, fires: str, expecting: Sequence[_Expecting]) -> str:
    """The case that differs in the fewest facts from one that is read as usual."""
    named = NamedCase.read(fires)
    firing = next((item for item in expecting if item.case.id == named.id), None)
    others = [item for item in expecting if not any(names_rule(name, rule) for name in item.rules)]
    if firing is None or named.as_of or named.readings or not others:
        return ""
    return min(others, key=lambda item: len(differences(firing.stated, item.stated))).case.id


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Returns the facts in which what two cases state differs."""
    return [key for key in {**first, **second} if first.get(key) != second.get(key)]


def independent_differences(first: Scenario, second: Scenario, vocabulary: Vocabulary) -> list[str]:
    """Returns the facts in which what two cases state differs, without those that others force.

    Of facts that cannot change alone, as a listed buyer and the country in which it is seated, the first
    stands for all.

    Args:
        first: A case.
        second: The other.
        vocabulary: What cannot be otherwise, among other things.
    """
    found = differences(stated_answers(first), stated_answers(second))
    together = {key: {key} for key in found}
    for key in found:
        for case, other in ((first, second), (second, first)):
            for forced in _forced(case, other, key, vocabulary) & together.keys():
                joined = together[key] | together[forced]
                together |= dict.fromkeys(joined, joined)
    return [key for key in found if key == next(item for item in found if item in together[key])]


def _forced(case: Scenario, other: Scenario, key: str, vocabulary: Vocabulary) -> set[str]:
    """The facts that would contradict the other case's answer to one fact."""
    answers = stated_answers(other)
    if key not in answers or key not in vocabulary.by_key:
        return set()
    changed = case.with_facts(*sections_stating({key: answers[key]}, vocabulary))
    return {name for _, names in contradictions(changed, vocabulary) for name in names}
