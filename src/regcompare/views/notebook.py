"""The display of results in notebooks: each as a document, in HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from regcompare.comparison.claims import Claim, Message
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.counts import Breakdown, Count
from regcompare.comparison.counts_by_law import Counts
from regcompare.comparison.gaps import Gaps
from regcompare.comparison.populations import Population, Populations
from regcompare.logic.conditions import Condition
from regcompare.ruleset.rules import Duty, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary.dated import DatedTable
from regcompare.words.words import condition_outline

from .counts import (
    breakdown_document,
    claim_document,
    comparison_blocks,
    count_document,
    counts_document,
    message_document,
    populations_document,
    records_document,
    rows_document,
)
from .document import Document, Paragraph, Strong, Table, outline
from .render import Form, render
from .sentences import NOT_ADVICE
from .tables import comparison_document, gaps_document
from .verdict import explain_document


def notebook_html(value: object) -> str:
    """Returns the notebook display of a result, as HTML; of many cases, their counts alone."""
    if isinstance(value, Comparison) and len(value.rows) > MOST_CASES:
        return render(Document("", [*comparison_blocks(value), _MORE, NOT_ADVICE]), "html")
    return shown_text(value, "html")


MOST_CASES = 12
"""The most cases that a notebook shows one by one."""
_MORE = (
    "Each case: print(comparison), or its rows with to_pandas() and to_polars(); the picture: plot()."
)


def shown_text(value: object, form: Form) -> str:
    """Returns a result in a form of text."""
    own = getattr(value, "text", None)
    if callable(own):
        return str(own(form))  # A plugin's result writes itself.
    kinds = (kind for kind in type(value).__mro__ if kind in _DOCUMENTS)
    kind = next(kinds, None)
    document: Callable[[Any], Document] = _DOCUMENTS[kind] if kind else rows_document
    return render(document(value), form)


# law, each in short --------------------------------------------------------------------------------

MOST_ROWS = 24
"""The most rows of a dated table that are shown; its last ones, which are the newest."""


def ruleset_document(ruleset: Ruleset) -> Document:
    """Returns a ruleset with its rules, in the order of the text."""
    rows = [(rule.id, str(rule.cite), rule.sentence, rule.then.word) for rule in ruleset.rules]
    table = Table(f"Rules of {ruleset.title}", ("id", "provision", "rule", "outcome"), rows)
    read = f"Read on {ruleset.reference_date} unless another day is named."
    return Document("", [Paragraph(Strong(ruleset.title)), ruleset.summary, read, table, NOT_ADVICE])


def rule_document(rule: Rule | Duty) -> Document:
    """Returns a rule or a duty with its condition in words."""
    outcome = f" ({rule.then.word})" if isinstance(rule, Rule) else f" ({rule.strength})"
    lead = Paragraph((Strong(f"{rule.cite}"), f" {rule.sentence}{outcome}"))
    return Document("", [lead, outline(condition_outline(rule.when))])


def condition_document(condition: Condition) -> Document:
    """Returns a condition in words."""
    return Document("", [outline(condition_outline(condition))])


def table_document(table: DatedTable) -> Document:
    """Returns the newest rows of a dated table."""
    shown = table.rows[-MOST_ROWS:]
    left = len(table.rows) - len(shown)
    names = list(dict.fromkeys(name for row in shown for name in row.values))
    rows = [
        (*(row.values.get(name, "") for name in names), str(row.period), row.source) for row in shown
    ]
    more = f"{left} earlier rows are left out." if left else ""
    through = f"Verified through {table.verified_through}. {more}".strip()
    return Document("", [Table(table.name, (*names, "in force", "source"), rows), through])


_DOCUMENTS: dict[type, Callable[[Any], Document]] = {
    Breakdown: breakdown_document,
    Condition: condition_document,
    DatedTable: table_document,
    Duty: rule_document,
    Rule: rule_document,
    Ruleset: ruleset_document,
    Claim: claim_document,
    Comparison: comparison_document,
    Count: count_document,
    Counts: counts_document,
    Gaps: gaps_document,
    Message: message_document,
    Population: records_document,
    Populations: populations_document,
    Verdict: explain_document,
}
