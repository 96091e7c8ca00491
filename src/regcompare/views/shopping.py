"""The same sale from each state of a home, in any form: the states that come to the same together."""

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

_NOTHING = "nothing in the tables"
_ASKED = (
    "Asked as if from each state. What the real state and its authority did is left out, and whatever "
    "the case presumes of national law is open: the mildest outcome is certain, the strictest is what "
    "national law and open facts may add."
)


def shopping_text(found: OutcomesByState, form: Form = "table") -> str:
    """Returns what a sale comes to from each state in one of the forms."""
    if form == "json":
        return to_json(_data(found))
    if form == "csv":
        return csv_text(_COLUMNS, _records(found))
    return render(_document(found), form)


def finding_sentence(found: OutcomesByState) -> str:
    """Returns of how many states the tables say something that decides, and of how many nothing."""
    states, told = f"{len(found.states)} states and territories", found.settled_states
    if not told:
        return f"Of none of {states} do the tables hold a row that carries the result of this sale."
    named = listing([countries()[state] for state in told], "and")
    return (
        f"Of {states}, the tables hold a row that carries the result from {named}; of the others they "
        "hold none that does."
    )


def _document(found: OutcomesByState) -> Document:
    scenario, facts = found.scenario, lexicon(found.ruleset).facts
    unknown = dict.fromkeys(name for group in found.groups for name in group.not_known)
    return Document(
        f"From each state: {scenario.title or scenario.id}",
        [
            finding_sentence(found),
            Table(
                f"What the sale comes to under {found.ruleset.title}",
                ("from", "result", "through", "not known"),
                map(_line, found.groups),
            ),
            Bullets(f"{name}: {facts[name].question}" for name in unknown),
            *_notes(found),
            NOT_ADVICE,
        ],
    )


def _line(group: StateGroup) -> tuple[str, ...]:
    first = group.states[0]
    states = f"{countries()[first]} ({first})"
    if len(group.states) > 1:
        states = f"{len(group.states)} states and territories: {', '.join(group.states)}"
    rows = [_row(finding, term) for finding, term in group.rows]
    through = rows or [str(finding.rule.cite) for finding in group.verdict.deciding] or [_NOTHING]
    not_known = "\n".join(group.not_known) or "nothing of national law"
    return states, result_words(group.verdict), "\n".join(through), not_known


def _row(finding: Finding, term: Term) -> str:
    row = table_row(term)
    assert row is not None
    mark = CHECKED_WORDS[term.checked.level] if term.checked else "not marked"
    return f"{finding.rule.cite}, by {row.table}, {row.place}: {row.source} [{mark}]"


def _notes(found: OutcomesByState) -> list[str]:
    """What was asked, what the tables hold and through which day, and what else is open."""
    open_ = list(dict.fromkeys(name for group in found.groups for name in group.also_open))
    held = [
        f"{table.name} ({pluralise(number, 'row')}, verified through {table.verified_through})"
        for table, number in found.tables.items()
    ]
    told = (
        f"On the law of single states the tables hold: {listing(held, 'and')}. A state that is not in "
        "them may have such law all the same."
    )
    said = [_ASKED, told if held else "No table holds anything on the law of single states."]
    if found.presumed:
        presumed = listing(found.presumed, "and")
        said.append(f"The rows ask about this as well, which the case presumes: {presumed}.")
    if open_:
        said.append(f"Open as well, from some state or from each: {listing(open_, 'and')}.")
    return said


# as data ------------------------------------------------------------------------------------------

_COLUMNS = ("state", "low", "high", "result", "rules", "rows", "not_known", "also_open")


def _data(found: OutcomesByState) -> dict[str, Any]:
    return {
        "finding": finding_sentence(found),
        "scenario": found.scenario.id,
        "ruleset": found.ruleset.id,
        "tables": [
            {"name": table.name, "rows": number, "verified_through": str(table.verified_through)}
            for table, number in found.tables.items()
        ],
        "presumed": list(found.presumed),
        "groups": [_record(group) for group in found.groups],
    }


def _record(group: StateGroup) -> dict[str, Any]:
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
    row = table_row(term)
    assert row is not None
    return {
        "rule": finding.rule.id,
        "cite": str(finding.rule.cite),
        "table": row.table,
        "line": int(row.line),
        "period": row.period,
        "source": row.source,
        "checked": str(term.checked.level) if term.checked else None,
    }


def _records(found: OutcomesByState) -> Iterator[dict[str, Any]]:
    for group in found.groups:
        record = _record(group)
        rows = "; ".join(f"{row['table']}, line {row['line']}" for row in record["rows"])
        lists = {name: " ".join(record[name]) for name in ("rules", "not_known", "also_open")}
        for state in group.states:
            yield {**record, **lists, "rows": rows, "state": state}
