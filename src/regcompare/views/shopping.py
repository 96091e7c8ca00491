"""The same sale from each state of a home, in any form: states with the same result together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcompare._support.csv import csv_text
from regcompare.comparison.measures import pluralise
from regcompare.comparison.shopping import OutcomesByState, StateGroup
from regcompare.facts import countries
from regcompare.logic.conditions import Term
from regcompare.verdict.verdict import Finding
from regcompare.words.lexicon import lexicon, listing
from regcompare.words.rows import table_row

from .document import Bullets, Document, Table
from .records import span_record
from .render import Form, render
from .sentences import CHECKED_WORDS, NOT_ADVICE, result_words
from .tables import to_json

_NO_ROW = "nothing in the tables"
_METHOD = (
    "Asked as if the sale were made from each state. What the real state and its authority did is left "
    "out, and whatever the case presumes of national law is open: the mildest outcome is certain, the "
    "strictest is what national law and open facts may add."
)


def shopping_text(outcomes: OutcomesByState, form: Form = "table") -> str:
    """Returns the result of a sale from each state in a form."""
    if form == "json":
        return to_json(_shopping_record(outcomes))
    if form == "csv":
        return csv_text(_COLUMNS, _csv_records(outcomes))
    return render(_document(outcomes), form)


def finding_sentence(outcomes: OutcomesByState) -> str:
    """Returns a sentence on the states for which the tables decide, and on the others."""
    states, decided_states = f"{len(outcomes.states)} states and territories", outcomes.settled_states
    if not decided_states:
        return f"For none of {states} do the tables contain a row that decides the result of this sale."
    names = listing([countries()[state] for state in decided_states], "and")
    return (
        f"Of {states}, the tables contain a row that decides the result for {names}, and none "
        "for the others."
    )


def _document(outcomes: OutcomesByState) -> Document:
    scenario, facts = outcomes.scenario, lexicon(outcomes.ruleset).facts
    unknown = dict.fromkeys(name for group in outcomes.groups for name in group.not_known)
    return Document(
        f"From each state: {scenario.title or scenario.id}",
        [
            finding_sentence(outcomes),
            Table(
                f"The result of the sale under {outcomes.ruleset.title}",
                ("from", "result", "through", "not known"),
                map(_table_row, outcomes.groups),
            ),
            Bullets(f"{name}: {facts[name].question}" for name in unknown),
            *_notes(outcomes),
            NOT_ADVICE,
        ],
    )


def _table_row(group: StateGroup) -> tuple[str, ...]:
    first = group.states[0]
    states = f"{countries()[first]} ({first})"
    if len(group.states) > 1:
        states = f"{len(group.states)} states and territories: {', '.join(group.states)}"
    rows = [_row_words(finding, term) for finding, term in group.rows]
    through = rows or [str(finding.rule.cite) for finding in group.verdict.deciding] or [_NO_ROW]
    not_known = "\n".join(group.not_known) or "nothing of national law"
    return states, result_words(group.verdict), "\n".join(through), not_known


def _row_words(finding: Finding, term: Term) -> str:
    row = table_row(term)
    evidence = finding.known_by(term)
    assert row is not None
    level = CHECKED_WORDS[evidence.level] if evidence else "not marked"
    return f"{finding.rule.cite}, by {row.table}, {row.place}: {row.source} [{level}]"


def _notes(outcomes: OutcomesByState) -> list[str]:
    """The method, the tables with their dates, and what else is open."""
    open_facts = list(dict.fromkeys(name for group in outcomes.groups for name in group.also_open))
    tables = [
        f"{table.name} ({pluralise(count, 'row')}, verified through {table.verified_through})"
        for table, count in outcomes.tables.items()
    ]
    coverage = (
        f"On the law of individual states the tables contain: {listing(tables, 'and')}. "
        "A state missing from them may still have such law."
    )
    notes = [_METHOD, coverage if tables else "No table contains the law of individual states."]
    if outcomes.presumed:
        presumed = listing(outcomes.presumed, "and")
        notes.append(f"The rows ask about this as well, which the case presumes: {presumed}.")
    if open_facts:
        notes.append(f"Also open, for some or all states: {listing(open_facts, 'and')}.")
    return notes


# as data ------------------------------------------------------------------------------------------

_COLUMNS = ("state", "low", "high", "result", "rules", "rows", "not_known", "also_open")


def _shopping_record(outcomes: OutcomesByState) -> dict[str, Any]:
    return {
        "finding": finding_sentence(outcomes),
        "scenario": outcomes.scenario.id,
        "ruleset": outcomes.ruleset.id,
        "tables": [
            {"name": table.name, "rows": count, "verified_through": str(table.verified_through)}
            for table, count in outcomes.tables.items()
        ],
        "presumed": list(outcomes.presumed),
        "groups": [_group_record(group) for group in outcomes.groups],
    }


def _group_record(group: StateGroup) -> dict[str, Any]:
    verdict = group.verdict
    return {
        "states": list(group.states),
        **span_record(verdict.span),
        "result": verdict.result,
        "rules": [finding.rule.id for finding in verdict.deciding],
        "rows": [_row_record(finding, term) for finding, term in group.rows],
        "not_known": list(group.not_known),
        "also_open": list(group.also_open),
    }


def _row_record(finding: Finding, term: Term) -> dict[str, Any]:
    row, evidence = table_row(term), finding.known_by(term)
    assert row is not None
    return {
        "rule": finding.rule.id,
        "cite": str(finding.rule.cite),
        "table": row.table,
        "line": int(row.line),
        "period": row.period,
        "source": row.source,
        "checked": str(evidence.level) if evidence else None,
    }


def _csv_records(outcomes: OutcomesByState) -> Iterator[dict[str, Any]]:
    for group in outcomes.groups:
        record = _group_record(group)
        rows = "; ".join(f"{row['table']}, line {row['line']}" for row in record["rows"])
        lists = {name: " ".join(record[name]) for name in ("rules", "not_known", "also_open")}
        for state in group.states:
            yield {**record, **lists, "rows": rows, "state": state}
