"""The display of results in notebooks: each as a document, in HTML."""

from __future__ import annotations

from functools import singledispatch

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.gaps import Gaps
from regcompare.comparison.safeguards import Safeguards
from regcompare.verdict.verdict import Verdict
from regcompare_prove.proofs import Proof
from regcompare_registers.figures import RegisterTable

from .document import Document, Table
from .render import render
from .tables import comparison_document, gaps_document, safeguards_document
from .verdict import verdict_document


def notebook_html(value: object) -> str:
    """Returns the notebook display of a result, as HTML."""
    return render(_document(value), "html")


@singledispatch
def _document(value: object) -> Document:
    """The document of a result."""
    raise NotImplementedError(type(value).__name__)


_document.register(Comparison, comparison_document)
_document.register(Gaps, gaps_document)
_document.register(Safeguards, safeguards_document)
_document.register(Verdict, verdict_document)


@_document.register
def _proof(value: Proof) -> Document:
    return Document("", [value.sentence()])


@_document.register
def _figures(value: RegisterTable) -> Document:
    records = value.records()
    head = [name.replace("_", " ") for name in records[0]] if records else ["nothing to count"]
    rows = [list(map(str, record.values())) for record in records]
    return Document("", [Table(value.caption, head, rows)])
