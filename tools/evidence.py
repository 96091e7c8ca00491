"""The page of all evidence, weakest first: how every provision and table row is known, from what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import attrs
import yaml

from regcompare.comparison.measures import pluralise
from regcompare.law import Evidence, EvidenceLevel
from regcompare.logic.conditions import Term, nodes
from regcompare.ruleset.rules import Duty, Interpretation, Rule
from regcompare.ruleset.ruleset import Ruleset
from regcompare.views.document import Bullets, Document, Link, Section, Table
from regcompare.views.render import render
from regcompare.views.sentences import CHECKED_WORDS
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare.words.lexicon import listing
from regcompare.words.rows import table_row

VERIFIED_BY: Mapping[str, str] = yaml.safe_load(
    Path(__file__).with_name("verified_by.yaml").read_text(encoding="utf-8")
)
"""The text that would verify a group, by the id of the ruleset or the file of the table."""

_ANY_GROUP = "The texts cited."

_LEVELS = {
    EvidenceLevel.UNREAD: (
        "It was not read; it is from general knowledge or a guess. A rule that is unread never "
        "decides: whether it is in the text is an open question."
    ),
    EvidenceLevel.INFERRED: "Inferred from the wording, or from known facts, by whoever wrote it down.",
    EvidenceLevel.SECONDARY: "From a press release, a note, a report or a news item about the text.",
    EvidenceLevel.OFFICIAL: "From an account by the body that made the text.",
    EvidenceLevel.OWN: "From the proposal's own text; no official text exists.",
    EvidenceLevel.TEXT: "Read in the text itself, or in a public copy where the record says so.",
}


@attrs.frozen
class _Item:
    """A provision or term, with its evidence."""

    kind: str
    name: str
    cite: str
    sentence: str
    evidence: Evidence

    @property
    def label(self) -> str:
        """Its kind and name, as they read in a list."""
        if self.kind == "term":
            return f"term “{self.name}”"
        return f"{'default of' if self.kind == 'interpretation' else self.kind} `{self.name}`"


def evidence_markdown(rulesets: Iterable[Ruleset]) -> str:
    """Returns the page of all evidence as Markdown, the weakest level first.

    What two rulesets share is listed once, under the first; laws come before proposals.

    Args:
        rulesets: The rulesets, with their tables.
    """
    ordered = sorted(rulesets, key=lambda ruleset: ruleset.status != "law")
    provisions = {item: tuple(_provisions(item)) for item in ordered if _marked(item)}
    tables = tuple(dict.fromkeys(table for ruleset in ordered for table in ruleset.tables))
    levels = {level: _read if level is EvidenceLevel.TEXT else _weak for level in EvidenceLevel}
    sections = [
        Section(CHECKED_WORDS[level].capitalize(), [_LEVELS[level], *listed(provisions, tables, level)])
        for level, listed in levels.items()
    ]
    return render(Document("", [_counts(provisions, tables), *sections]), "markdown")


# what is known ----------------------------------------------------------------------------------


def _marked(ruleset: Ruleset) -> tuple[Rule | Duty | Interpretation, ...]:
    """The provisions of the ruleset itself; a combination of rulesets has none."""
    own = ruleset.provisions
    return (*own.rules, *own.duties, *own.interpretations)


def _provisions(ruleset: Ruleset) -> Iterator[_Item]:
    items = [
        _Item(_KINDS[type(item)], item.id, str(item.cite), _sentence(item), ruleset.evidence(item))
        for item in _marked(ruleset)
    ]
    yield from dict.fromkeys([*items, *_terms(ruleset)])


_KINDS = {Rule: "rule", Duty: "duty", Interpretation: "interpretation"}


def _sentence(item: Rule | Duty | Interpretation) -> str:
    if not isinstance(item, Interpretation):
        return item.sentence
    assumed = item.readings.get(item.default, "Nothing.")
    return f"{item.question} Assumed: {assumed} {item.reason}"


def _terms(ruleset: Ruleset) -> Iterator[_Item]:
    """Terms with evidence of their own, unless a rule at the same place has the same.

    A row of a table is not a term of the law.
    """
    rules = {(item.cite, ruleset.mark(item)) for item in ruleset.rules}
    provisions: tuple[Rule | Duty, ...] = (*ruleset.rules, *ruleset.provisions.duties)
    for node in nodes([ruleset.scope, *(item.when for item in provisions)]):
        if not isinstance(node, Term) or not node.checked or table_row(node) is not None:
            continue
        if node.note or (node.cite, node.checked.level) not in rules:
            sentence = node.note or "The page of the ruleset shows the term in words."
            yield _Item("term", node.name, str(node.cite), sentence, node.checked)


# the page ---------------------------------------------------------------------------------------

Provisions = Mapping[Ruleset, Sequence[_Item]]


def _counts(provisions: Provisions, tables: Sequence[DatedTable]) -> Section:
    """The number of provisions or rows of each group at each evidence level."""
    groups = [
        (f"ruleset `{ruleset.id}`", [item.evidence.level for item in items])
        for ruleset, items in provisions.items()
    ]
    groups += [(f"table {_file(table)}", [row.checked.level for row in table]) for table in tables]
    lines = [(name, *(str(levels.count(level)) for level in EvidenceLevel)) for name, levels in groups]
    lead = (
        "The rules, duties, interpretations and marked terms of a ruleset, and the rows of a table. "
        "What two rulesets share is counted in both."
    )
    head = ("Group", *(CHECKED_WORDS[level].capitalize() for level in EvidenceLevel))
    return Section("How much", [lead, Table("How much", head, lines)])


def _weak(
    provisions: Provisions, tables: Sequence[DatedTable], level: EvidenceLevel
) -> Iterator[Section]:
    """The provisions and rows of an evidence level, one by one."""
    shared: dict[_Item, str] = {}
    for ruleset, items in provisions.items():
        if weak := [item for item in items if item.evidence.level is level]:
            yield _ruleset(ruleset, weak, shared)
    for table in tables:
        if rows := [row for row in table if row.checked.level is level]:
            yield _table(table, rows)


def _read(
    provisions: Provisions, tables: Sequence[DatedTable], level: EvidenceLevel
) -> Iterator[Section]:
    """The provisions and rows read in the text, by the document in which they were read."""
    for ruleset, items in provisions.items():
        cites: dict[str, dict[str, None]] = {}
        for item in items:
            if item.evidence.level is level:
                cites.setdefault(_document(item.evidence), {})[item.cite] = None
        lines = (f"{name}: {'; '.join(places)}" for name, places in cites.items())
        yield Section(f"{ruleset.title} (`{ruleset.id}`)", [Bullets(lines)])
    counts = {
        table: Counter(_document(row.checked) for row in table if row.checked.level is level)
        for table in tables
    }
    rows = (
        f"{_file(table)}, {name}: {pluralise(number, 'row')}"
        for table, by_document in counts.items()
        for name, number in by_document.items()
    )
    yield Section("Tables", [Bullets(rows)])


def _document(evidence: Evidence) -> str:
    """The text, its version and the day on which it was read, as far as that is recorded."""
    read_on = f"read on {evidence.read_on}" if evidence.read_on else ""
    text = ", ".join(part for part in (evidence.document, read_on) if part) or "no state recorded"
    return f"{text} ({evidence.note.rstrip('.')})" if evidence.note else text


def _file(table: DatedTable) -> str:
    return table.rows[0].table if table.rows else table.name


def _verified_by(group: str) -> str:
    return f"What would verify it: {VERIFIED_BY.get(group, _ANY_GROUP)}"


def _ruleset(ruleset: Ruleset, weak: Sequence[_Item], shared: dict[_Item, str]) -> Section:
    """The section of a ruleset; adds what it lists to ``shared``, for the rulesets after it."""
    own = [item for item in weak if item not in shared]
    listed_under: dict[str, list[str]] = {}
    for item in weak:
        if item in shared:
            listed_under.setdefault(shared[item], []).append(item.label)
    shared.update(dict.fromkeys(own, ruleset.id))
    page = f"rulesets/{ruleset.id}.md"
    lines = [(f"{item.cite} ({item.label})", item.sentence, _document(item.evidence)) for item in own]
    return Section(
        f"{ruleset.title} (`{ruleset.id}`)",
        [
            (f"{_verified_by(ruleset.id)} The ruleset is read back in ", Link(page, page), "."),
            *(
                f"Shared with `{other}`, and listed there: {listing(names, 'and')}."
                for other, names in listed_under.items()
            ),
            Table("Provisions", ("Provision", "What it says", "From what"), lines),
        ],
    )


_COMMON = ("start", "end", "source", "checked", "note", "document", "read_on")
"""The columns that every table may have."""


def _table(table: DatedTable, rows: Sequence[Row]) -> Section:
    """The section of a table: successive rows that differ only in the main column are one line.

    The main column is the first of those with the most distinct values.
    """
    columns = [column for column in rows[0].values if column not in _COMMON]
    main = max(columns, key=lambda column: len({row[column] for row in table.rows}))
    columns.remove(main)

    def line(group: Sequence[Row]) -> tuple[str, ...]:
        first, numbers = group[0], [row.line for row in group]
        lines = f"line{'s' if numbers[1:] else ''} {_ranges(numbers)}"
        values = [f"{column} {first[column]}" for column in columns if first[column]]
        return (
            ", ".join(row[main] for row in group),
            "; ".join([*values, f"{lines}, {first.period}"]),
            first.source,
            _document(first.checked),
            first.values.get("note") or "The row has no note.",
        )

    same = groupby(rows, key=lambda row: [value for name, value in row.values.items() if name != main])
    lead = (
        f"{_verified_by(_file(table))} "
        f"{len(rows)} of {len(table.rows)} rows; the table as a whole was checked through "
        f"{table.verified_through}."
    )
    head = (main.capitalize(), "Row", "Source", "From what", "Note")
    listed = Table(table.name, head, [line(tuple(group)) for _, group in same])
    return Section(f"Table {_file(table)}: {table.name}", [lead, listed])


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending line numbers in words, with successive ones as a range."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    ends = ([number for _, number in run] for _, run in runs)
    words = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in ends]
    return listing(words, "and")
