"""A comparison as plain data: everything that its table shows, as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.data import to_data
from regcompare.comparison.expectations import yes_no
from regcompare.comparison.sensitivity import ParallelLaw
from regcompare.scenario.scenario import PARTIES
from regcompare.verdict.verdict import RestsOn, Verdict

_COLUMNS = (
    "scenario", "title", "kind", "record_kind", "record_group", "sale", "date", *PARTIES, "ruleset",
    "as_of", "in_force", "in_scope", "as_if_from", "low", "high", "result", "review",
    "rules", "open_rules", "open_questions", "checked",
    "verified_through", "later_than_verified", "rests_on_presumed", "rests_on_readings",
    "rests_on_unread", "rests_on_dates", "changed_since", "beside", "notices",
)  # fmt: skip


def comparison_data(comparison: Comparison, lang: str = "en") -> dict[str, Any]:
    """Returns the headline, findings, notes and verdicts of a comparison, with links in a language."""
    sensitivity, finding, domestic = (
        comparison.sensitivity(),
        comparison.finding(),
        comparison.domestic(),
    )
    homes = [
        {"ruleset": item, "home": item.home and item.home.name, "domestic": domestic[item.id]}
        for item in comparison.rulesets
    ]
    notes = {
        "beside": sensitivity.beside,
        "changed_since": sensitivity.changed_since,
        "rests_on": [
            {"scenario": item.scenario, "ruleset": item.ruleset, **to_data(item.rests_on)}
            for item in sensitivity.carried
        ],
        "verified_through": [
            {"day": day, "tables": names} for day, names in sensitivity.verified_through.items()
        ],
        "as_if_from": comparison.as_if_from and {"from": comparison.as_if_from, "regimes": homes},
    }
    return {
        "headline": [row.record() for row in comparison.headline()],
        "findings": to_data([*([finding] if finding else []), *comparison.pairs]),
        "notes": to_data(notes, lang),
        "verdicts": comparison.records(lang),
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
