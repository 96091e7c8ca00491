"""Law as a notebook shows it: a ruleset, a rule or duty, a condition, a dated table; each in short."""

from __future__ import annotations

from regcompare.logic.conditions import Condition
from regcompare.ruleset.rules import Duty, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary.dated import DatedTable
from regcompare.words.words import condition_outline

from .document import Block, Document, Paragraph, Strong, Table, outline
from .sentences import NOT_ADVICE

MOST_ROWS = 24
"""How many rows of a dated table are shown; its last ones, which are the newest."""


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
    return Document("", [lead, *_condition_blocks(rule.when)])


def condition_document(condition: Condition) -> Document:
    """Returns a condition in words."""
    return Document("", _condition_blocks(condition))


def _condition_blocks(condition: Condition) -> list[Block]:
    return [outline(condition_outline(condition))]


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
