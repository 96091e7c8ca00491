"""How notebooks show things: each as a document, in HTML."""

from __future__ import annotations

from functools import singledispatch

from regcompare.bulk.figures import RegisterTable
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.gaps import Gaps
from regcompare.comparison.safeguards import Safeguards
from regcompare.proofs.proofs import Proof
from regcompare.verdict.verdict import Verdict

from .document import Document, Table
from .render import render
from .tables import comparison_document, gaps_document, safeguards_document
from .verdict import verdict_document


def notebook_html(shown: object) -> str:
    """Returns what a notebook shows of something, as HTML."""
    return render(_document(shown), "html")


@singledispatch
def _document(shown: object) -> Document:
    """The document of what is shown."""
    raise NotImplementedError(type(shown).__name__)


_document.register(Comparison, comparison_document)
_document.register(Gaps, gaps_document)
_document.register(Safeguards, safeguards_document)
_document.register(Verdict, verdict_document)


@_document.register
def _proof(shown: Proof) -> Document:
    return Document("", [shown.sentence()])


@_document.register
def _figures(shown: RegisterTable) -> Document:
    records = shown.records()
    head = [name.replace("_", " ") for name in records[0]] if records else ["nothing to count"]
    rows = [list(map(str, record.values())) for record in records]
    return Document("", [Table(shown.caption, head, rows)])
