"""Verdicts and duties as plain data: strings, numbers, lists, True, False and None."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from regcompare.ruleset.currency import later_tables, verified_through
from regcompare.ruleset.rules import Duty
from regcompare.scenario.scenario import AsIf
from regcompare.verdict.verdict import Finding, Verdict

from .classes import classify


def record(verdict: Verdict, lang: str = "en") -> dict[str, Any]:
    """Returns a verdict as plain data: strings, numbers, lists, True, False and None.

    Args:
        verdict: The verdict.
        lang: The language in which the links lead to the law, one of ``LANGUAGES``.
    """
    return {
        "scenario": verdict.scenario.id,
        "title": verdict.scenario.title,
        "story": verdict.scenario.story,
        "kind": verdict.scenario.kind,
        "record_kind": verdict.scenario.record_kind,
        "record_group": verdict.scenario.record_group,
        "names": verdict.scenario.names,
        "sale": verdict.scenario.sale or verdict.scenario.id,
        "date": _iso(verdict.scenario.date),
        "ruleset": verdict.ruleset.id,
        "as_of": _iso(verdict.as_of),
        "base": verdict.base.id if verdict.base else None,
        "in_force": verdict.in_force,
        "in_scope": verdict.in_scope,
        "result": verdict.result,
        "low": verdict.low.word if verdict.low is not None else None,
        "high": verdict.high.word if verdict.high is not None else None,
        "class": classify([verdict]).slug,
        "exact": verdict.exact,
        "review": verdict.review.value if verdict.review else None,
        "rules": [rule_record(finding, lang) for finding in (*verdict.holding, *verdict.open)],
        "duties": [duty_record(duty, applies) for duty, applies in verdict.duties],
        "open_questions": list(verdict.open_questions),
        "disputed": [attrs.asdict(item) for item in verdict.disputes],
        "presumed": list(verdict.presumed),
        "inferred": list(verdict.inferred),
        "assumed": {
            item.id: reading
            for item, reading in verdict.assumed
            if not item.asked.is_about_row  # A question on some days only.
        },
        "checked": str(verdict.checked) if verdict.checked else None,
        "as_if_from": _as_if(verdict.scenario.as_if),
        "notices": list(verdict.notices),
        "warnings": list(verdict.warnings),
        "verified_through": _iso(verified_through(verdict.ruleset)),
        "later_than_verified": [
            table.name for table in later_tables(verdict.ruleset, verdict.as_of, verdict.scenario.date)
        ],
    }


def rule_record(finding: Finding, lang: str) -> dict[str, Any]:
    """Returns a rule as plain data, with whether it holds and decides."""
    rule = finding.rule
    return {
        "id": rule.id,
        "cite": str(rule.cite),
        "url": rule.cite.url(finding.as_of, lang),
        "ruleset": finding.ruleset.id,
        "holds": finding.holds,
        "decides": finding.decides,
        "outcome": rule.then.word,
        "triggered_by": str(rule.triggered_by),
        "standing": finding.standing,
        "lifted_by": [overriding.id for overriding in finding.lifted_by],
        "checked": str(finding.checked),
        "evidence": finding.evidence.record(),
    }


def _as_if(as_if: AsIf | None) -> dict[str, Any] | None:
    if as_if is None:
        return None
    return {
        "home": as_if.home,
        "changed": list(as_if.changed),
        "left_out": list(as_if.left_out),
        "domestic": as_if.is_domestic,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def duty_record(duty: Duty, applies: bool | None) -> dict[str, Any]:
    """Returns a duty as plain data, with whether it applies."""
    return {
        "id": duty.id,
        "cite": str(duty.cite),
        "kind": str(duty.kind),
        "addressee": str(duty.addressee),
        "strength": str(duty.strength),
        "applies": applies,
        "sentence": duty.sentence,
        "note": duty.note or None,
    }
