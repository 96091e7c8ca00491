"""The cases that show a rule: one in which it holds, and a near miss.

A rule may name them in ``fires`` and ``misses``; otherwise they follow from what the cases expect of its
ruleset.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from regcompare.errors import RegcompareError, did_you_mean, nearest
from regcompare.logic.conditions import evaluate
from regcompare.ruleset.rules import NamedCase, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, stated_answers
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import Transaction
from regcompare.words.lexicon import short_list

NEAR = 2
"""In how many facts, the day of the law included, a near miss may differ from the case it misses."""


@attrs.frozen
class RuleCases:
    """The cases that show a rule, written as in ``Rule.fires`` and ``Rule.misses``; blank for none.

    Attributes:
        fires: The one in which it holds.
        near: The near misses, the nearest first.
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
    reference date, or else on a day that the case names.  The near misses are the cases that do not
    expect it and differ from that case in few facts; failing these, those in the fewest.

    Args:
        ruleset: The ruleset.
        cases: Its cases, in the order of their files.
    """
    expectations = [item for case in cases for item in _expecting(case, ruleset.id)]
    by_day = sorted(expectations, key=lambda item: item.as_of is not None)
    cases_by_rule = {}
    for rule in ruleset.rules:
        fires = rule.fires or next((item.name for item in by_day if rule.id in item.rules), "")
        near = (rule.misses,) if rule.misses else _near_misses(rule, fires, expectations)
        cases_by_rule[rule.id] = RuleCases(fires, near)
    return cases_by_rule


@attrs.frozen
class _ExpectingCase:
    """A case, the rules that it expects on a day of the law, and what it states."""

    case: Scenario
    as_of: dt.date | None
    rules: tuple[str, ...]
    stated: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The case and its day, as a rule names them."""
        return f"{self.case.id} as of {self.as_of}" if self.as_of else self.case.id


def _expecting(case: Scenario, ruleset: str) -> Iterator[_ExpectingCase]:
    """Returns what a case expects of a ruleset, day by day, the reference date first."""
    by_day: dict[dt.date | None, list[str]] = {}
    for item in case.expect:
        if item.ruleset == ruleset and item.as_of != "scenario" and item.as_if_from is None:
            by_day.setdefault(item.as_of, []).extend(item.rules)
    stated = stated_answers(case) if by_day else {}
    for day, rules in by_day.items():
        yield _ExpectingCase(case, day, tuple(rules), stated)


def _near_misses(rule: Rule, fires: str, expectations: Sequence[_ExpectingCase]) -> tuple[str, ...]:
    """The cases that differ little from the one in which the rule fires; on its day, or on any."""
    firing = next((item for item in expectations if item.name == fires), None)
    others = [item for item in expectations if not any(names_rule(name, rule) for name in item.rules)]
    if firing is not None and firing.as_of is None:
        others = [item for item in others if item.as_of is None]
    if firing is None or not others:
        return ()
    apart = [
        len(differences(firing.stated, item.stated)) + (firing.as_of != item.as_of) for item in others
    ]
    far = max(NEAR, min(apart))
    found = sorted(zip(apart, range(len(others)), strict=True))
    return tuple(others[place].name for distance, place in found if distance <= far)


def names_rule(rule_id: str, rule: Rule) -> bool:
    """Returns whether an id names the rule: its own id, or that of its article or demand."""
    return rule.id == rule_id or rule.id.startswith(f"{rule_id}-")


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Returns the facts that two cases state differently."""
    return [key for key in {**first, **second} if first.get(key) != second.get(key)]


# whether they show it ------------------------------------------------------------------------------


def unshown_rules(
    ruleset: Ruleset, cases: Mapping[str, Scenario]
) -> Iterator[tuple[Literal["no-case", "no-near-miss"], Rule, str]]:
    """Yields the rules that no case, by id, shows to hold, or that no near miss shows not to.

    Each comes with what is missing and a sentence.
    """
    named = named_cases(ruleset, cases.values())
    for rule in ruleset.rules:
        hit, near = named[rule.id].fires, named[rule.id].near or ("",)
        if fault := _fault(ruleset, rule, hit, cases, should_hold=True):
            other = "Correct the case or the rule; or let another" if hit else "Let a"
            cure = f"{other} case expect it (rules: [{rule.id}]), or name one in fires=."
            yield "no-case", rule, f"{rule.id} {fault} {cure}"
        if hit and (fault := _no_near_miss(ruleset, rule, near, cases)):
            cure = (
                "Add a case that differs in one fact and does not expect it, or name one with misses=."
            )
            yield "no-near-miss", rule, f"{rule.id} {fault} {cure}"


def _no_near_miss(
    ruleset: Ruleset, rule: Rule, near: Sequence[str], cases: Mapping[str, Scenario]
) -> str:
    """Returns why the rule surely fails in none of its near misses, by the first; blank if it does."""
    first = ""
    for reference in near:
        fault = _fault(ruleset, rule, reference, cases, should_hold=False)
        if not fault:
            return ""
        first = first or fault
    return first


def _fault(
    ruleset: Ruleset, rule: Rule, reference: str, cases: Mapping[str, Scenario], *, should_hold: bool
) -> str:
    """Returns the fault of a case in which a rule should hold, or should not; blank if there is none."""
    parameter = "fires" if should_hold else "misses"
    if not reference:  # What nobody has read never decides, so no case can expect it.
        return "" if ruleset.is_unread(rule) else "has no case of this kind."
    try:
        named = NamedCase.read(reference)
        if not (case := cases.get(named.id)):
            hint = did_you_mean(nearest(named.id, cases))
            return f"names the case {named.id!r} in {parameter}=, which cases= lacks.{hint}"
        readings = {**ruleset.as_if_read(), **named.readings}
        verdict = assess(case, ruleset, as_of=named.as_of, readings=readings, look_ahead=False)
        if all(item.rule is not rule for item in verdict.findings):
            sentence = f"is not asked in {named.id}: {ruleset.id} {not_applying(verdict)}."
            return sentence if should_hold else ""
        finding = verdict.finding(rule.id)
    except (RegcompareError, ValueError) as error:
        return f"cannot be judged in the case {reference}: {error}"
    if finding.holds is should_hold:
        return ""
    result = "does not hold for certain" if should_hold else "may hold"
    if finding.is_overridden and not should_hold:
        result = "holds, and is overridden,"
    if reference not in (rule.fires, rule.misses):
        taken = "the first that expects it" if should_hold else "the nearest that does not expect it"
        return f"{result} in {reference}, {taken}."
    keys = finding.derivation.open_questions() or finding.derivation.deciding_questions()
    facts = short_list(list(dict.fromkeys(keys)), "and", most=4) or "its scope"
    return f"{result} in {reference}, which it names. It depends on {facts} there."


def not_applying(verdict: Verdict) -> str:
    """Returns why no rule of a ruleset applies, to follow its id."""
    ruleset = verdict.ruleset
    if verdict.in_force is False:
        period = f"; it is in force {ruleset.period}" if ruleset.period else ""
        return f"is not in force on {day_applied(verdict)}{period}; correct one of these days"
    if verdict.in_scope is not False:
        return "may not apply to this case: its scope is open"
    kind = verdict.answers.get(Transaction.kind.key)
    if kind and kind not in ruleset.covers:
        covers = ", ".join(map(str, ruleset.covers))
        return (
            f"does not apply: {kind} is not in its covers= ({covers}); add it there, or let the case "
            "expect in_scope: no"
        )
    keys = evaluate(ruleset.scope, verdict.answers).deciding_questions()
    names = ", ".join(keys[:4]) or "what the case states"
    return f"does not apply: its scope= fails on {names}; correct one of them"


def day_applied(verdict: Verdict) -> str:
    """Returns the day whose law is applied, with what decides it."""
    ruleset = verdict.ruleset
    if verdict.as_of != ruleset.law_day:
        by = "the date of the case" if ruleset.law_day is None else "as_of"
    else:
        by = "reference_date"
    return f"{verdict.as_of} ({by})"
