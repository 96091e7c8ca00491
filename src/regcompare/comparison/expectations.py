"""Whether rulesets meet the expectations of scenario files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from regcompare.errors import RegcompareError, did_you_mean, nearest
from regcompare.facts import UNKNOWN
from regcompare.ruleset.rules import Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import as_if_from
from regcompare.scenario.expectation import Expectation
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.verdict.verdict import Verdict


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

    __data__ = ("scenario", "ruleset", "as_of", "expected", "got", "ok=is_met", "problem")

    scenario: str
    ruleset: str
    as_of: str | None
    expected: str
    got: str
    problem: str | None
    verdict: Verdict | None

    @property
    def is_met(self) -> bool:
        """Whether the expectation is met."""
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
        yield f"{rules}." + (f" Open questions: {questions}." if questions else "")
    holding = [finding.rule for finding in verdict.holding]
    for rule_id in expectation.rules:
        if not any(names_rule(rule_id, rule) for rule in holding):
            yield _not_holding(rule_id, verdict)


def names_rule(rule_id: str, rule: Rule) -> bool:
    """Whether an id names the rule: its own id, or that of its article or demand."""
    return rule.id == rule_id or rule.id.startswith(f"{rule_id}-")


def _not_holding(rule_id: str, verdict: Verdict) -> str:
    findings = [finding for finding in verdict.findings if names_rule(rule_id, finding.rule)]
    if not findings and any(names_rule(rule_id, rule) for rule in verdict.ruleset.rules):
        return f"Expected rule {rule_id} to hold, but {verdict.ruleset.id} {_not_applying(verdict)}."
    if not findings:
        hint = did_you_mean(nearest(rule_id, [finding.rule.id for finding in verdict.findings]))
        return f"Expected rule {rule_id} to hold, but {verdict.ruleset.id} has no such rule.{hint}"
    finding = findings[0]
    if finding.holds is None:
        program = verdict.program
        questions = [program.questions[key] for key in finding.trace.open_questions()]
        names = ", ".join(question.doubt or question.key for question in questions)
        return f"Expected rule {rule_id} to hold, but it is open on {names}."
    keys = finding.trace.deciding_questions()
    return f"Expected rule {rule_id} to hold, but it fails on {', '.join(keys[:4])}."


def _not_applying(verdict: Verdict) -> str:
    """Why no rule of a ruleset applies."""
    if verdict.in_force is False:
        return f"is not in force as of {verdict.as_of}"
    if verdict.in_scope is False:
        return "does not apply to this case, which is outside its scope"
    return "may not apply to this case"
