"""A comparison as plain data: all that its table tells, as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.expectations import yes_no
from regcompare.comparison.gaps import gap_findings
from regcompare.comparison.headline import Headline
from regcompare.comparison.sensitivity import DecisiveAssumptions, ParallelLaw, Sensitivity
from regcompare.verdict.verdict import Verdict

from .records import day_record

_COLUMNS = (
    "scenario", "title", "kind", "sale", "date", "ruleset", "as_of", "in_force", "in_scope",
    "as_if_from", "low", "high", "result", "review", "rules", "open_rules", "open_questions", "checked",
    "verified_through", "later_than_verified", "rests_on_presumed", "rests_on_readings",
    "rests_on_unread", "rests_on_dates", "changed_since", "beside",
)  # fmt: skip


def comparison_data(comparison: Comparison, lang: str = "en") -> dict[str, Any]:
    """Returns headline, findings, notes and verdicts of a comparison, links in a language."""
    found, finding = comparison.sensitivity(), comparison.finding()
    return {
        "headline": [
            {
                "ruleset": row.ruleset.id,
                "title": row.ruleset.title,
                "cases": row.cases,
                "sales": row.sales,
                "set_aside": row.set_aside,
                **_counts(row),
                "without_presumed": _counts(bare),
            }
            for row, bare in zip(comparison.headline(), found.without_presumed, strict=True)
        ],
        "findings": [*([attrs.asdict(finding)] if finding else []), *gap_findings(comparison)],
        "notes": {**_notes(found), "as_if_from": _home(comparison)},
        "verdicts": comparison.records(lang),
    }


def _counts(row: Headline) -> dict[str, Any]:
    names = ("reached", "needs_nothing", "needs_licence", "refused_or_banned")
    return {
        name: {"certain": count.certain, "at_most": count.at_most, "marks": dict(count.marks)}
        for name, count in zip(names, row.counts(), strict=True)
    }


def _notes(found: Sensitivity) -> dict[str, Any]:
    return {
        "beside": [
            {
                "ruleset": law.ruleset.id,
                "title": law.ruleset.title,
                "parallel_to": list(law.parallel_to),
                "reaches": list(map(_result, law.reached)),
                "may_reach": list(map(_result, law.open)),
            }
            for law in found.beside
        ],
        "changed_since": [
            {
                "ruleset": law.ruleset.id,
                "title": law.ruleset.title,
                "verdicts": list(map(_result, law.verdicts)),
            }
            for law in found.changed_since
        ],
        "rests_on": list(map(_carried, found.carried)),
        "verified_through": [
            {"day": day.isoformat(), "tables": list(names)}
            for day, names in found.verified_through.items()
        ],
    }


def _home(comparison: Comparison) -> dict[str, Any] | None:
    """From where each regime was asked, and which cases are then domestic."""
    if comparison.as_if_from is None:
        return None
    domestic = comparison.domestic()
    return {
        "from": comparison.as_if_from,
        "regimes": [
            {
                "ruleset": ruleset.id,
                "home": ruleset.home.name if ruleset.home else None,
                "domestic": [case.id for case in domestic[ruleset.id]],
            }
            for ruleset in comparison.rulesets
        ],
    }


def _result(verdict: Verdict) -> dict[str, Any]:
    return {
        "scenario": verdict.scenario.id,
        "as_of": day_record(verdict.as_of),
        "result": verdict.result,
    }


def _carried(found: DecisiveAssumptions) -> dict[str, Any]:
    return {
        "scenario": found.verdict.scenario.id,
        "ruleset": found.verdict.ruleset.id,
        "presumed": list(found.presumed),
        "readings": [
            {"doubt": other.doubt.id, "reading": other.reading, "result": other.result}
            for other in found.readings
        ],
        "unread": list(found.unread),
        "dates": list(found.dates),
    }


# as CSV --------------------------------------------------------------------------------------------

_Place = tuple[str, str]


def comparison_csv(comparison: Comparison) -> str:
    """Returns a row for each verdict, with what it depends on."""
    found = comparison.sensitivity()
    carried = {_place(item.verdict): _carried_cells(item) for item in found.carried}
    changed = {_place(item): item.result for law in found.changed_since for item in law.verdicts}
    beside = _laws_beside(found.beside)
    rows = (
        {
            **_record(row),
            **carried.get(place, {}),
            "changed_since": changed.get(place, ""),
            "beside": "; ".join(beside.get(place, ())),
        }
        for row in comparison.records()
        for place in [(row["scenario"], row["ruleset"])]
    )
    return csv_text(_COLUMNS, rows)


def _place(verdict: Verdict) -> _Place:
    return verdict.scenario.id, verdict.ruleset.id


def _carried_cells(found: DecisiveAssumptions) -> dict[str, str]:
    readings = (f"{other.doubt.id}={other.reading} ({other.result})" for other in found.readings)
    return {
        "rests_on_presumed": " ".join(found.presumed),
        "rests_on_readings": "; ".join(readings),
        "rests_on_unread": " ".join(found.unread),
        "rests_on_dates": " ".join(found.dates),
    }


def _laws_beside(laws: Iterable[ParallelLaw]) -> Mapping[_Place, list[str]]:
    """By case and compared ruleset, the laws that reach the case beside it, or may."""
    found: dict[_Place, list[str]] = {}
    for law in laws:
        for verdict in (*law.reached, *law.open):
            for name in law.parallel_to:
                place = verdict.scenario.id, name
                found.setdefault(place, []).append(f"{law.ruleset.id} ({verdict.result})")
    return found


def _record(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "in_force": yes_no(row["in_force"]),
        "in_scope": yes_no(row["in_scope"]),
        "as_if_from": row["as_if_from"]["home"] if row["as_if_from"] else "",
        "rules": " ".join(rule["id"] for rule in row["rules"] if rule["holds"]),
        "open_rules": " ".join(rule["id"] for rule in row["rules"] if not rule["holds"]),
        "open_questions": " ".join(row["open_questions"]),
        "later_than_verified": "; ".join(row["later_than_verified"]),
    }
