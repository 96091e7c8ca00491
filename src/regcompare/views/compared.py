"""A comparison as plain data: everything that its table shows, as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.expectations import yes_no
from regcompare.comparison.gaps import gap_findings
from regcompare.comparison.sensitivity import ParallelLaw, Sensitivity
from regcompare.scenario.scenario import PARTIES
from regcompare.verdict.verdict import RestsOn, Verdict

from .records import day_record

_COLUMNS = (
    "scenario", "title", "kind", "record_kind", "record_group", "sale", "date", *PARTIES, "ruleset",
    "as_of", "in_force", "in_scope", "as_if_from", "low", "high", "result", "review",
    "rules", "open_rules", "open_questions", "checked",
    "verified_through", "later_than_verified", "rests_on_presumed", "rests_on_readings",
    "rests_on_unread", "rests_on_dates", "changed_since", "beside", "notices",
)  # fmt: skip


def comparison_data(comparison: Comparison, lang: str = "en") -> dict[str, Any]:
    """Returns the headline, findings, notes and verdicts of a comparison, with links in a language."""
    sensitivity, finding = comparison.sensitivity(), comparison.finding()
    return {
        "headline": [row.record() for row in comparison.headline()],
        "findings": [*([attrs.asdict(finding)] if finding else []), *gap_findings(comparison)],
        "notes": {**_notes_record(sensitivity), "as_if_from": _home_record(comparison)},
        "verdicts": comparison.records(lang),
    }


def _notes_record(sensitivity: Sensitivity) -> dict[str, Any]:
    return {
        "beside": [
            {
                "ruleset": law.ruleset.id,
                "title": law.ruleset.title,
                "parallel_to": list(law.parallel_to),
                "reaches": list(map(_result_record, law.reached)),
                "may_reach": list(map(_result_record, law.open)),
            }
            for law in sensitivity.beside
        ],
        "changed_since": [
            {
                "ruleset": law.ruleset.id,
                "title": law.ruleset.title,
                "verdicts": list(map(_result_record, law.verdicts)),
            }
            for law in sensitivity.changed_since
        ],
        "rests_on": list(map(_decisive_record, sensitivity.carried)),
        "verified_through": [
            {"day": day.isoformat(), "tables": list(names)}
            for day, names in sensitivity.verified_through.items()
        ],
    }


def _home_record(comparison: Comparison) -> dict[str, Any] | None:
    """The home from which each regime was asked, and the cases that are then domestic."""
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


def _result_record(verdict: Verdict) -> dict[str, Any]:
    return {
        "scenario": verdict.scenario.id,
        "as_of": day_record(verdict.as_of),
        "result": verdict.result,
    }


def _decisive_record(verdict: Verdict) -> dict[str, Any]:
    rests_on = verdict.rests_on
    return {
        "scenario": verdict.scenario.id,
        "ruleset": verdict.ruleset.id,
        "presumed": list(rests_on.presumed),
        "readings": [
            {"doubt": alternative.doubt.id, "reading": alternative.reading, "result": alternative.result}
            for alternative in rests_on.readings
        ],
        "unread": list(rests_on.unread),
        "dates": list(rests_on.dates),
    }


# as CSV --------------------------------------------------------------------------------------------

_CaseKey = tuple[str, str]


def comparison_csv(comparison: Comparison) -> str:
    """Returns a row for each verdict, with what it depends on."""
    sensitivity = comparison.sensitivity()
    decisive = {_case_key(item): _decisive_cells(item.rests_on) for item in sensitivity.carried}
    later_results = {
        _case_key(verdict): verdict.result
        for law in sensitivity.changed_since
        for verdict in law.verdicts
    }
    beside = _parallel_laws(sensitivity.beside)
    rows = (
        {
            **_csv_record(row),
            **row["names"],
            **decisive.get(key, {}),
            "changed_since": later_results.get(key, ""),
            "beside": "; ".join(beside.get(key, ())),
        }
        for row in comparison.records()
        for key in [(row["scenario"], row["ruleset"])]
    )
    return csv_text(_COLUMNS, rows)


def _case_key(verdict: Verdict) -> _CaseKey:
    return verdict.scenario.id, verdict.ruleset.id


def _decisive_cells(rests_on: RestsOn) -> dict[str, str]:
    readings = (
        f"{alternative.doubt.id}={alternative.reading} ({alternative.result})"
        for alternative in rests_on.readings
    )
    return {
        "rests_on_presumed": " ".join(rests_on.presumed),
        "rests_on_readings": "; ".join(readings),
        "rests_on_unread": " ".join(rests_on.unread),
        "rests_on_dates": " ".join(rests_on.dates),
    }


def _parallel_laws(laws: Iterable[ParallelLaw]) -> Mapping[_CaseKey, list[str]]:
    """By case and compared ruleset, the parallel laws that reach the case, or may."""
    laws_by_case: dict[_CaseKey, list[str]] = {}
    for law in laws:
        for verdict in (*law.reached, *law.open):
            for ruleset_id in law.parallel_to:
                key = verdict.scenario.id, ruleset_id
                laws_by_case.setdefault(key, []).append(f"{law.ruleset.id} ({verdict.result})")
    return laws_by_case


def _csv_record(record: dict[str, Any]) -> dict[str, Any]:
    return record | {
        "in_force": yes_no(record["in_force"]),
        "in_scope": yes_no(record["in_scope"]),
        "as_if_from": record["as_if_from"]["home"] if record["as_if_from"] else "",
        "rules": " ".join(rule["id"] for rule in record["rules"] if rule["holds"]),
        "open_rules": " ".join(rule["id"] for rule in record["rules"] if not rule["holds"]),
        "open_questions": " ".join(record["open_questions"]),
        "later_than_verified": "; ".join(record["later_than_verified"]),
        "notices": " ".join(record["notices"]),
    }
