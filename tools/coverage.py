"""The rows of an act's decision table, each with the provisions that encode it.

The rows are a data file (CSV) in the folder of the ruleset.  Its columns: ``row`` names the row,
``says`` puts it in one line, ``provisions`` names what encodes it, ``kind`` groups the rows, and ``why``
says for a row without control which rules come closest.  A provision is named by its id, or by one of::

    not-encoded:PINPOINT   what the ruleset declares as not encoded at that place
    no-duty:KIND           a kind of duty that the text was found not to impose
    scope:PINPOINT         a term of the ruleset's scope
    none                   no control; ``why`` names the rules that come closest

A name that contains a space is put in single quotes.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import attrs

from regcompare.errors import did_you_mean, nearest
from regcompare.law import Citation
from regcompare.logic.conditions import Term, nodes
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.markup import pipe_table

FILES = {path.stem: path for path in Path(__file__).parents[1].glob("plugins/*/src/*/coverage/*.csv")}
"""The table of each ruleset that has one."""

NO_CONTROL = "none"
_QUOTED = re.compile(r"`([^`]+)`")


@attrs.frozen
class CoverageRow:
    """One row of a decision table.

    Attributes:
        row: Its name, such as ``D6``.
        says: What it says, in one line.
        provisions: The names of what encodes it in the ruleset; ``none`` for no control.
        kind: The group of rows to which it belongs, such as ``decision table``.
        why: For no control, a sentence that names the rules that come closest.
    """

    row: str
    says: str
    provisions: tuple[str, ...]
    kind: str
    why: str = ""


def read_coverage(file: Path) -> tuple[CoverageRow, ...]:
    """Reads the rows of a decision table from a CSV file."""
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return tuple(
        CoverageRow(row.pop("row"), provisions=tuple(shlex.split(row.pop("provisions"))), **row)
        for row in rows
    )


def _names(ruleset: Ruleset) -> Iterator[str]:
    """The names that a row can use."""
    own = ruleset.provisions
    for group in (own.rules, own.duties, own.interpretations, own.discretions):
        yield from (item.id for item in group)
    for term in nodes([ruleset.scope]):
        if isinstance(term, Term) and isinstance(term.cite, Citation):
            yield f"scope:{term.cite.pinpoint}"
    yield from (f"not-encoded:{item.cite.pinpoint}" for item in own.not_encoded)
    yield from (f"no-duty:{item.kind}" for item in own.no_duties)


def coverage_problems(ruleset: Ruleset, rows: Sequence[CoverageRow]) -> list[str]:
    """Returns what is wrong with the rows of a ruleset, a sentence each."""
    known = set(_names(ruleset))
    problems = [text for row in rows for text in _row_problems(row, known)]
    counts = Counter(row.row for row in rows)
    problems += [f"{name}: the row is there twice." for name, count in counts.items() if count > 1]
    used = {name for row in rows for name in row.provisions}
    required = [*(rule.id for rule in ruleset.rules), *(duty.id for duty in ruleset.provisions.duties)]
    return problems + [f"{name}: it is in no row." for name in required if name not in used]


def _row_problems(row: CoverageRow, known: Collection[str]) -> Iterator[str]:
    names = [name for name in row.provisions if name != NO_CONTROL]
    closest = _QUOTED.findall(row.why)
    if (NO_CONTROL in row.provisions) != (not names):
        yield f"{row.row}: it names either provisions or none."
    if NO_CONTROL in row.provisions and not closest:
        yield f"{row.row}: no control, but why names no rule that comes closest."
    for name in (*names, *closest):
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            yield f"{row.row}: nothing is called {name!r}.{hint}"


def coverage_markdown(catalogue: Catalogue) -> Iterator[str]:
    """Yields the lines of the page: each table, laws first, with what encodes each row."""
    rulesets = [catalogue.ruleset(name) for name in FILES]
    for ruleset in sorted(rulesets, key=lambda item: (item.status != "law", str(item.reference_date))):
        yield from [f"## {ruleset.title} (`{ruleset.id}`)", ""]
        for kind, group in groupby(read_coverage(FILES[ruleset.id]), key=lambda row: row.kind):
            yield from [f"### {ruleset.title}: {kind}", ""]
            lines = [(row.row, row.says, _encoding(row)) for row in group]
            yield from [pipe_table(("row", "what it says", "encoded as"), lines), ""]


def _encoding(row: CoverageRow) -> str:
    if NO_CONTROL in row.provisions:
        return f"No control. {row.why}"
    return ", ".join(f"`{name}`" for name in row.provisions)
