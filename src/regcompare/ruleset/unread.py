"""The doubts whether what nobody has read is in a text: a provision, or a row of a table."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from regcompare.law import Citation, EvidenceLevel, Instrument
from regcompare.logic.questions import TextQuestion
from regcompare.vocabulary.dated import DatedTable, Row

from .rules import Duty, Interpretation, Rule

_DOUBTS: WeakKeyDictionary[Rule | Duty | Row, Interpretation] = WeakKeyDictionary()
"""The doubts by what they are about: rulesets that share it share the doubt, which is asked once."""


def presence_doubt(provision: Rule | Duty) -> Interpretation:
    """Returns the doubt whether a provision is in the text; no answer is assumed."""
    asked = TextQuestion(f"text.{provision.id}")
    return _doubt(provision, asked, provision.cite, provision.sentence)


def row_doubt(table: DatedTable, row: Row) -> Interpretation:
    """Returns the doubt whether a row is in the text on days on which that is open."""
    cite = Instrument(table.name, row.source, row.source)[f"line {row.line}"]
    asks = f"line {row.line} of “{table.name}” ({row.source}), on a day between two texts that differ."
    return _doubt(row, row.unread, cite, asks)


def _doubt(
    subject: Rule | Duty | Row, question: TextQuestion, cite: Citation, sentence: str
) -> Interpretation:
    if subject not in _DOUBTS:
        doubt = Interpretation(
            question.id,
            cite,
            f"Is this in the text: {sentence}",
            readings={"yes": "The text says this.", "no": "The text does not say this."},
            default="open",
            reason="The text was not read.",
            checked=EvidenceLevel.UNREAD,
            asked=question,
        )
        _DOUBTS.setdefault(subject, doubt)  # Another thread may have been first.
    return _DOUBTS[subject]
