"""The same sale from each state of a home, in any form: states with the same result together."""

from __future__ import annotations

from regcompare.comparison.data import to_data
from regcompare.comparison.measures import pluralise
from regcompare.comparison.shopping import OutcomesByState, StateGroup
from regcompare.facts import countries
from regcompare.words.lexicon import lexicon, listing

from .document import Bullets, Document, Table
from .render import Form, written
from .sentences import CHECKED_WORDS, NOT_ADVICE, result_words

_NO_ROW = "nothing in the tables"
_METHOD = (
    "Asked as if the sale were made from each state. What the real state and its authority did is left "
    "out, and whatever the case presumes of national law is open: the mildest outcome is certain, the "
    "strictest is what national law and open facts may add."
)


def shopping_text(outcomes: OutcomesByState, form: Form = "table") -> str:
    """Returns the result of a sale from each state in a form."""
    data = {"finding": finding_sentence(outcomes), **to_data(outcomes)}
    rows = (
        {"state": state, **group["verdict"], **dict(list(group.items())[2:])}
        for group in data["groups"]
        for state in group["states"]
    )
    return written(form, lambda: _document(outcomes), data, rows)


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
    rows = [
        f"{row.rule.cite}, by {row.table}, line {row.line}, {row.period}: {row.source} "
        f"[{CHECKED_WORDS[row.checked.value] if row.checked else 'not marked'}]"
        for row in group.rows
    ]
    through = rows or [str(finding.rule.cite) for finding in group.verdict.deciding] or [_NO_ROW]
    not_known = "\n".join(group.not_known) or "nothing of national law"
    return states, result_words(group.verdict), "\n".join(through), not_known


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
