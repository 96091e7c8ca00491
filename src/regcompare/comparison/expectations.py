"""What scenario files expect of rulesets, and whether it is met."""

from __future__ import annotations

import datetime as dt
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
    """An expectation of a scenario and what came of it.

    Attributes:
        scenario: The scenario's id.
        ruleset: The ruleset's id.
        as_of: The day asked for: a date, ``scenario``, or None for the reference date.
        expected: What was expected, as it stands in a file.
        got: What came.
        problem: Why it does not meet the expectation, with reasons; blank where it does.
        verdict: The verdict, or None where there is none.
    """

    scenario: str
    ruleset: str
    as_of: str | None
    expected: str
    got: str
    problem: str
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
    return [_checked(scenario, wanted, rulesets) for wanted in scenario.expect]


def _checked(scenario: Scenario, wanted: Expectation, rulesets: Mapping[str, Ruleset]) -> Check:
    as_of = wanted.as_of.isoformat() if isinstance(wanted.as_of, dt.date) else wanted.as_of
    expected = expectation_text(wanted)
    verdict: Verdict | None = None
    if wanted.ruleset not in rulesets:
        hint = did_you_mean(nearest(wanted.ruleset, rulesets))
        problem = f"RC213 {wanted.ruleset!r} is not a ruleset.{hint}"
    else:
        try:
            ruleset = rulesets[wanted.ruleset]
            asked = as_if_from(scenario, ruleset, wanted.as_if_from)
            verdict = assess(asked, ruleset, as_of=wanted.as_of)
            problem = " ".join(_mismatches(wanted, verdict))
        except RegcompareError as error:
            problem = str(error)
    got = verdict.result if verdict else "none"
    return Check(scenario.id, wanted.ruleset, as_of, expected, got, problem, verdict)


def expectation_text(wanted: Expectation) -> str:
    """Returns an expectation as it stands in a file."""
    parts = []
    if wanted.low is not None and wanted.high is not None:
        parts.append(("within " if wanted.within else "") + str(Span(wanted.low, wanted.high)))
    if wanted.rules:
        parts.append(f"rules {', '.join(wanted.rules)}")
    for name in ("in_scope", "in_force"):
        value = getattr(wanted, name)
        if value is not None:
            parts.append(f"{name} {yes_no(value)}")
    if wanted.as_if_from:
        parts.append(f"as if from {wanted.as_if_from}")
    return "; ".join(parts)


def yes_no(value: Any) -> str:
    """Returns yes, no or unknown."""
    return "unknown" if value is UNKNOWN or value is None else "yes" if value else "no"


def _mismatches(wanted: Expectation, verdict: Verdict) -> Iterator[str]:
    for name in ("in_scope", "in_force"):
        value = getattr(wanted, name)
        got = getattr(verdict, name)
        if value is not None and (None if value is UNKNOWN else value) is not got:
            yield f"Expected {name}: {yes_no(value)}, got {yes_no(got)}."
    if wanted.low is not None and wanted.high is not None:
        yield from _wrong_span(Span(wanted.low, wanted.high), wanted, verdict)
    holding = [finding.rule for finding in verdict.holding]
    for rule_id in wanted.rules:
        if not any(names_rule(rule_id, rule) for rule in holding):
            yield _not_holding(rule_id, verdict)


def _wrong_span(span: Span, wanted: Expectation, verdict: Verdict) -> Iterator[str]:
    met = verdict.span is not None and (verdict.span in span if wanted.within else verdict.span == span)
    if not met:
        held = ", ".join(finding.rule.id for finding in verdict.holding) or "none"
        left_open = ", ".join(finding.rule.id for finding in verdict.open) or "none"
        asked = ", ".join(verdict.open_questions)
        yield f"Expected {expectation_text(attrs.evolve(wanted, rules=()))}, got {verdict.result}."
        yield f"Rules that hold: {held}; open: {left_open}." + (
            f" Open questions: {asked}." if asked else ""
        )


def names_rule(rule_id: str, rule: Rule) -> bool:
    """Whether an id names the rule: its own, or that of the article or demand above it."""
    return rule.id == rule_id or rule.id.startswith(f"{rule_id}-")


def _not_holding(rule_id: str, verdict: Verdict) -> str:
    named = [finding for finding in verdict.findings if names_rule(rule_id, finding.rule)]
    if not named:
        hint = did_you_mean(nearest(rule_id, [finding.rule.id for finding in verdict.findings]))
        return f"Expected rule {rule_id} to hold, but {verdict.ruleset.id} has no such rule.{hint}"
    finding = named[0]
    if finding.holds is None:
        program = verdict._worked.program
        asked = [program.questions[key] for key in finding.trace.open_questions()]
        told = ", ".join(question.doubt or question.key for question in asked)
        return f"Expected rule {rule_id} to hold, but it is open on {told}."
    keys = finding.trace.deciding_questions()
    return f"Expected rule {rule_id} to hold, but it fails on {', '.join(keys[:4])}."
