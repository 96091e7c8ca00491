"""A check that rulesets meet the expectations of scenario files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import attrs

from regcompare.comparison.data import named
from regcompare.comparison.named_cases import day_applied, names_rule, not_applying
from regcompare.errors import RegcompareError, did_you_mean, nearest
from regcompare.facts import UNKNOWN
from regcompare.logic.conditions import Derivation, evaluate
from regcompare.logic.questions import DoubtQuestion
from regcompare.ruleset.rules import Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import as_if_from
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import LAW_DATE
from regcompare.vocabulary.dated import row_of


@attrs.frozen
class Check:
    """An expectation of a scenario, and whether it is met.

    Attributes:
        scenario: The scenario's id.
        ruleset: The ruleset's id.
        as_of: The day asked for: a date, ``scenario``, or None for the reference date.
        expected: The expectation, as in a file.
        got: The result.
        problem: Why it does not meet the expectation, with reasons; None where it does.
        verdict: The verdict, or None where there is none.
    """

    scenario: str
    ruleset: str
    as_of: str | None
    expected: str
    got: str
    problem: str | None
    verdict: Verdict | None

    def __data__(self) -> dict[str, Any]:
        shown = named("scenario", "ruleset", "as_of", "expected", "got")(self)
        return {**shown, "ok": self.is_met, "problem": self.problem}

    @property
    def is_met(self) -> bool:
        """True if the expectation is met."""
        return not self.problem


def check(scenario: Scenario, rulesets: Mapping[str, Ruleset]) -> list[Check]:
    """Verifies what a scenario expects of rulesets.

    Args:
        scenario: The scenario with its expectations.
        rulesets: The rulesets by id.
    """
    return [_check(scenario, expectation, rulesets) for expectation in scenario.expect]


def _check(scenario: Scenario, expectation: Expectation, rulesets: Mapping[str, Ruleset]) -> Check:
    as_of, verdict = expectation.as_of, None
    problem: str | None
    if expectation.ruleset not in rulesets:
        hint = did_you_mean(nearest(expectation.ruleset, rulesets))
        problem = f"RC213 {expectation.ruleset!r} is not a ruleset.{hint}"
    else:
        try:
            ruleset = rulesets[expectation.ruleset]
            case = as_if_from(scenario, ruleset, expectation.as_if_from)
            verdict = assess(case, ruleset, as_of=as_of)
            problem = " ".join(_mismatches(expectation, verdict)) or None
        except RegcompareError as error:
            problem = str(error)
    return Check(
        scenario.id, expectation.ruleset, str(as_of) if as_of else None, expectation_text(expectation),
        verdict.result if verdict else "none", problem, verdict,
    )  # fmt: skip


def expectation_text(expectation: Expectation) -> str:
    """Returns an expectation as it is written in a file."""
    parts = []
    if span := _span(expectation):
        parts.append(f"within {span}" if expectation.within else str(span))
    if expectation.rules:
        parts.append(f"rules {', '.join(expectation.rules)}")
    named = {name: getattr(expectation, name) for name in ("in_scope", "in_force")}
    parts += [f"{name} {yes_no(value)}" for name, value in named.items() if value is not None]
    if expectation.as_if_from:
        parts.append(f"as if from {expectation.as_if_from}")
    return "; ".join(parts)


def _span(expectation: Expectation) -> Span | None:
    if expectation.low is None or expectation.high is None:
        return None
    return Span(expectation.low, expectation.high)


def yes_no(value: Any) -> str:
    """Returns yes, no or unknown."""
    return "unknown" if value is UNKNOWN or value is None else "yes" if value else "no"


def _mismatches(expectation: Expectation, verdict: Verdict) -> Iterator[str]:
    for name in ("in_scope", "in_force"):
        expected = getattr(expectation, name)
        actual = getattr(verdict, name)
        if expected is not None and (None if expected is UNKNOWN else expected) is not actual:
            yield f"Expected {name}: {yes_no(expected)}, got {yes_no(actual)}."
    if (span := _span(expectation)) and not (
        verdict.span and (verdict.span in span if expectation.within else verdict.span == span)
    ):
        lists = {
            "Rules that hold: ": [finding.rule.id for finding in verdict.holding],
            "; open: ": [finding.rule.id for finding in verdict.open],
        }
        rules = "".join(f"{lead}{', '.join(ids) or 'none'}" for lead, ids in lists.items())
        questions = ", ".join(verdict.open_questions)
        yield f"Expected {expectation_text(attrs.evolve(expectation, rules=()))}, got {verdict.result}."
        if verdict.span is None and not verdict.is_domestic:
            yield f"{verdict.ruleset.id} {not_applying(verdict)}."
            return
        yield f"{rules}." + (f" Open questions: {questions}." if questions else "")
        yield from _held_on_other_days(verdict, expectation.rules)
        yield from _of_another_day(verdict)
    holding = [finding.rule for finding in verdict.holding]
    for rule_id in expectation.rules:
        if not any(names_rule(rule_id, rule) for rule in holding):
            yield _not_holding(rule_id, verdict)


def _not_holding(rule_id: str, verdict: Verdict) -> str:
    findings = [finding for finding in verdict.findings if names_rule(rule_id, finding.rule)]
    if not findings and any(names_rule(rule_id, rule) for rule in verdict.ruleset.rules):
        return f"Expected rule {rule_id} to hold, but {verdict.ruleset.id} {not_applying(verdict)}."
    if not findings:
        hint = did_you_mean(nearest(rule_id, [finding.rule.id for finding in verdict.findings]))
        return f"Expected rule {rule_id} to hold, but {verdict.ruleset.id} has no such rule.{hint}"
    finding = findings[0]
    lead = f"Expected rule {rule_id} to hold, but it"
    if finding.holds is None:
        program = verdict.program
        questions = [program.questions[key] for key in finding.derivation.open_questions()]
        names = (item.id if isinstance(item, DoubtQuestion) else item.key for item in questions)
        return f"{lead} is open on {', '.join(names)}."
    rules = [item.rule for item in findings if item.rule.id == rule_id or finding.rule.id != rule_id]
    if verdict.as_of and not any(_is_in_text(rule, verdict.as_of) for rule in rules):
        return f"{lead} {_other_day(finding.rule, verdict)}"
    keys = [key for key in finding.derivation.deciding_questions() if key != LAW_DATE.key]
    rows = list(dict.fromkeys(_rows_of_other_days(finding.derivation, verdict)))
    faults = [f"fails on {', '.join(keys[:4])}"] if keys else []
    faults += (
        [f"asks for {', '.join(rows[:2])}; the law applied is that of {day_applied(verdict)}"]
        if rows
        else []
    )
    return f"{lead} {', and '.join(faults) or f'fails on the day of the law, {day_applied(verdict)}'}."


def _is_in_text(rule: Rule, day: dt.date) -> bool:
    return rule.period is None or day in rule.period


def _other_day(rule: Rule, verdict: Verdict) -> str:
    """A hint that a rule is in the text on other days than the one applied, and how to name one."""
    period, day = rule.period, verdict.as_of
    sentence = f"is in the text {period}; the law applied is that of {day_applied(verdict)}."
    versions = (item for item in verdict.ruleset.rules if item.cite == rule.cite and item is not rule)
    if other := next((item for item in versions if day and item.period and day in item.period), None):
        sentence += f" On that day the text has {other.id}."
    first = (period.start or period.last_day) if period else None
    if verdict.ruleset.law_day is None:
        return f"{sentence} Correct the date of the case, or what it expects."
    return f"{sentence} {_name_the_day(first)}"


def _of_another_day(verdict: Verdict) -> Iterator[str]:
    """A hint that a rule which holds is not in the text on the day of the case."""
    day = verdict.scenario.date
    if isinstance(day, dt.date) and verdict.ruleset.law_day and day != verdict.as_of:
        for finding in verdict.holding:
            rule = finding.rule
            if finding.ruleset is verdict.ruleset and not _is_in_text(rule, day):
                yield (
                    f"Rule {rule.id} is in the text {rule.period}; the case is of {day}, and the law "
                    f"applied is that of {day_applied(verdict)}. {_name_the_day(day)}"
                )


def _name_the_day(day: dt.date | None) -> str:
    return (
        f"Name the day in the case, as_of: {day}, or let the ruleset apply the law of each case's own "
        "day, reference_date='scenario'."
    )


def _held_on_other_days(verdict: Verdict, expected: Collection[str]) -> Iterator[str]:
    """The rules that hold but for the day of the law, apart from those that are expected by name."""
    for rule in verdict.ruleset.rules:
        day, named = verdict.as_of, any(names_rule(rule_id, rule) for rule_id in expected)
        if not day or named or _is_in_text(rule, day):
            continue
        if evaluate(rule.when, verdict.answers).truth is True:
            yield f"Rule {rule.id} {_other_day(rule, verdict)}"


def _rows_of_other_days(derivation: Derivation, verdict: Verdict) -> Iterator[str]:
    """The rows of tables that a case meets, but for the day of the law."""
    cite = row_of(derivation.condition)
    if cite is None:
        for part in derivation.parts:
            yield from _rows_of_other_days(part, verdict)
    elif derivation.truth is False and verdict.as_of and cite.day == LAW_DATE.key:
        any_day = {**verdict.answers, LAW_DATE.key: None}
        is_open = evaluate(derivation.condition, any_day).truth is None
        if verdict.as_of not in cite.row.period and is_open:
            yield f"{cite.row.table}:{cite.row.line}, in force {cite.row.period}"
