"""The rows of an act's decision table beside the provisions that stand for them, in both directions.

The rows are a data file (CSV) beside the ruleset.  Its columns: ``row`` names the row, ``says`` puts it
in one line, ``provisions`` names what stands for it, ``kind`` groups the rows, and ``why`` says for a
row without control which rules come closest.  A provision is named by its id, or by one of::

    not-encoded:PINPOINT   what the ruleset declares as not encoded at that place
    no-duty:KIND           a kind of duty on which the text was read and holds none
    scope:PINPOINT         a term of the ruleset's scope
    none                   no control; ``why`` names the rules that come closest

A name that holds a space stands in single quotes.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from itertools import groupby

import attrs

from regcompare.conditions import Term, nodes
from regcompare.errors import DefinitionError, did_you_mean, nearest
from regcompare.law import Citation
from regcompare.readings.lexicon import listing
from regcompare.rules import Silence
from regcompare.rulesets import Ruleset

from .document import Document
from .pipes import pipe_table
from .tables import NOT_ADVICE

__all__ = ["CoverageRow", "coverage_markdown", "coverage_problems", "read_coverage"]

NO_CONTROL = "none"
COLUMNS = ("row", "says", "provisions", "kind", "why")
_BY_ID = ("rule", "duty", "interpretation", "discretion")
_ENCODED = {*_BY_ID, "scope"}
_SILENT = {
    Silence.SILENT: "the text is silent",
    Silence.NATIONAL_LAW: "the text leaves it to national law",
}
_QUOTED = re.compile(r"`([^`]+)`")


@attrs.frozen
class CoverageRow:
    """One row of a decision table.

    Attributes:
        row: Its name, such as ``D6``.
        says: What it says, in one line.
        provisions: The names of what stands for it in the ruleset; ``none`` for no control.
        kind: The group of rows that it belongs to, such as ``decision table``.
        why: For no control, a sentence that names the rules that come closest.
    """

    row: str
    says: str
    provisions: tuple[str, ...]
    kind: str
    why: str = ""


@attrs.frozen
class _Provision:
    """Something in a ruleset that a row can name."""

    name: str
    kind: str
    cite: Citation
    says: str = ""

    @property
    def words(self) -> str:
        """What it is and where it stands, for a row."""
        return f"{self.kind}, {self.cite.pinpoint}: {self.says}"


def read_coverage(file: Traversable) -> tuple[CoverageRow, ...]:
    """Reads the rows of a decision table from a CSV file.

    Raises:
        DefinitionError: A column or an entry is missing; the text says in which line.
    """
    reader = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        found = ", ".join(reader.fieldnames or ()) or "nothing"
        msg = f"{file.name}:1: the columns are {', '.join(COLUMNS)}, in this order; found {found}."
        raise DefinitionError(msg)
    return tuple(_row(f"{file.name}:{number}", values) for number, values in enumerate(reader, 2))


def _row(where: str, values: Mapping[str, str | None]) -> CoverageRow:
    missing = [column for column in COLUMNS[:4] if not (values.get(column) or "").strip()]
    if missing:
        msg = f"{where}: {listing(missing, 'and')} missing; a row fills every column but why."
        raise DefinitionError(msg)
    row, says, provisions, kind, why = ((values[column] or "").strip() for column in COLUMNS)
    try:
        names = tuple(shlex.split(provisions))
    except ValueError:
        msg = f"{where}: a quote in provisions is left open; close it. Found {provisions!r}."
        raise DefinitionError(msg) from None
    return CoverageRow(row, says, names, kind, why)


# what a row can name ----------------------------------------------------------------------------


def _provisions(ruleset: Ruleset) -> Iterator[_Provision]:
    own = ruleset.provisions
    yield from (_Provision(item.id, "rule", item.cite) for item in own.rules)
    yield from (_Provision(item.id, "duty", item.cite) for item in own.duties)
    yield from (_Provision(item.id, "interpretation", item.cite) for item in own.interpretations)
    yield from (_Provision(item.id, "discretion", item.cite) for item in own.discretions)
    for term in nodes([ruleset.scope]):
        if isinstance(term, Term) and isinstance(term.cite, Citation):
            yield _Provision(f"scope:{term.cite.pinpoint}", "scope", term.cite, f"“{term.name}”")
    for left_out in own.not_encoded:
        name = f"not-encoded:{left_out.cite.pinpoint}"
        yield _Provision(name, "not encoded", left_out.cite, left_out.what)
    for silent in own.no_duties:
        says = f"{silent.kind}; {_SILENT[silent.says]}"
        yield _Provision(f"no-duty:{silent.kind}", "no duty", silent.cite, says)


def _by_name(ruleset: Ruleset) -> dict[str, list[_Provision]]:
    """A rule and a discretion may share an id, and two omissions a place: a name means all of them."""
    named: dict[str, list[_Provision]] = {}
    for provision in _provisions(ruleset):
        named.setdefault(provision.name, []).append(provision)
    return named


def coverage_problems(ruleset: Ruleset, rows: Sequence[CoverageRow]) -> list[str]:
    """Returns what is wrong with the rows of a ruleset, a sentence each; nothing where all is well.

    Args:
        ruleset: The ruleset.
        rows: The rows of its decision table.
    """
    known = _by_name(ruleset)
    problems = [text for row in rows for text in _row_problems(row, known)]
    names = [row.row for row in rows]
    problems += [
        f"{name}: the row is there twice." for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    used = {name for row in rows for name in row.provisions}
    problems += [
        f"{item.kind} {item.name}: it stands in no row."
        for item in _provisions(ruleset)
        if item.kind in ("rule", "duty") and item.name not in used
    ]
    return [f"{ruleset.id}, {text}" for text in problems]


def _row_problems(row: CoverageRow, known: Mapping[str, object]) -> Iterator[str]:
    names = [name for name in row.provisions if name != NO_CONTROL]
    closest = _QUOTED.findall(row.why)
    if NO_CONTROL in row.provisions and names:
        yield f"{row.row}: it names provisions beside none; leave out one or the other."
    if NO_CONTROL in row.provisions and not closest:
        yield f"{row.row}: no control, but why names no rule that comes closest."
    for name in (*names, *closest):
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            yield f"{row.row}: nothing is called {name!r}.{hint}"


# the page ---------------------------------------------------------------------------------------

_OPENING = """\
The decision table of each act, and what it asks of whom, beside the provisions that encode it.
After that, each provision beside its rows.
A row stands in rules and duties, or is declared as not encoded, or is no control.
Why something is not encoded stands on the page of the ruleset.
Where it is no control, the rules that come closest are named.
A ruleset that is not on this page has no such table yet."""


def coverage_markdown(tables: Iterable[tuple[Ruleset, Sequence[CoverageRow]]]) -> str:
    """Returns the page of coverage as Markdown.

    Args:
        tables: Each ruleset with the rows of its decision table, in the order of the page.
    """
    document = Document()
    document.heading("Coverage", 1)
    document.paragraph(_OPENING)
    for ruleset, rows in tables:
        _one(document, ruleset, rows)
    document.paragraph(NOT_ADVICE)
    return document.markdown()


def _one(document: Document, ruleset: Ruleset, rows: Sequence[CoverageRow]) -> None:
    known = _by_name(ruleset)
    document.heading(ruleset.title)
    document.paragraph(
        f"{_finding(rows, known)}\n"
        f"The ruleset is read back in [rulesets/{ruleset.id}.md](rulesets/{ruleset.id}.md)."
    )
    for kind, group in groupby(rows, key=lambda row: row.kind):
        document.heading(f"{ruleset.title}: {kind}", 3)
        lines = [(row.row, row.says, _stands_for(row, known)) for row in group]
        document.paragraph(pipe_table(("Row", "What it says", "What stands for it"), lines))
    document.heading(f"{ruleset.title}: provisions and their rows", 3)
    _back(document, ruleset, rows)


def _finding(rows: Sequence[CoverageRow], known: Mapping[str, Sequence[_Provision]]) -> str:
    kinds = [{item.kind for name in row.provisions for item in known.get(name, ())} for row in rows]
    ruled = sum(bool(found & _ENCODED) for found in kinds)
    declared = sum(bool(found) and not found & _ENCODED for found in kinds)
    free = sum(NO_CONTROL in row.provisions for row in rows)
    return (
        f"Of {len(rows)} rows, those that stand in provisions: {ruled}; declared as not encoded, or as "
        f"silence of the text: {declared}; no control: {free}."
    )


def _stands_for(row: CoverageRow, known: Mapping[str, Sequence[_Provision]]) -> str:
    if NO_CONTROL in row.provisions:
        return f"No control. {row.why}"
    found = [item for name in row.provisions for item in known.get(name, ())]
    parts = []
    for kind in _BY_ID:
        ids = [f"`{item.name}`" for item in found if item.kind == kind]
        if ids:
            parts.append(f"{_many(kind, len(ids))} {listing(ids, 'and')}")
    parts += [item.words.rstrip(".") for item in found if item.kind not in _BY_ID]
    return "; ".join(parts)


def _many(kind: str, count: int) -> str:
    if count == 1:
        return kind
    return "duties" if kind == "duty" else f"{kind}s"


def _back(document: Document, ruleset: Ruleset, rows: Sequence[CoverageRow]) -> None:
    """Each provision with the rows that name it; those without a row apart."""
    served: dict[str, list[str]] = {}
    for row in rows:
        for name in dict.fromkeys((*row.provisions, *_QUOTED.findall(row.why))):
            near = "" if name in row.provisions else " (comes closest)"
            served.setdefault(name, []).append(f"{row.row}{near}")
    found = list(dict.fromkeys(_provisions(ruleset)))
    without = [item for item in found if item.name not in served]
    document.paragraph(
        f"Of {len(found)} provisions and omissions, {len(found) - len(without)} stand in a row."
    )
    lines = [
        (_called(item), item.kind, "; ".join(served[item.name])) for item in found if item.name in served
    ]
    document.paragraph(pipe_table(("Provision", "What it is", "Rows"), lines))
    if without:
        document.paragraph("In no row:")
    document.bullets(f"{_called(item)} ({item.kind})" for item in without)


def _called(item: _Provision) -> str:
    says = f": {item.says.rstrip('.')}" if item.says else ""
    return f"{item.cite} (`{item.name}`)" if item.kind in _BY_ID else f"{item.cite}{says}"
