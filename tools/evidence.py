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
"""What would verify a group, by the id of the ruleset or the file of the table."""

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
    """How many provisions or rows of each group have each level of evidence."""
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
    """What has this level of evidence, provision by provision and row by row."""
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
    """What was read in the text, by the document in which it was read."""
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
    """Which version of which text was read, and when, as far as that is recorded."""
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
    place = f"rulesets/{ruleset.id}.md"
    lines = [(f"{item.cite} ({item.label})", item.sentence, _document(item.evidence)) for item in own]
    return Section(
        f"{ruleset.title} (`{ruleset.id}`)",
        [
            (f"{_verified_by(ruleset.id)} The ruleset is read back in ", Link(place, place), "."),
            *(
                f"Shared with `{other}`, and listed there: {listing(names, 'and')}."
                for other, names in listed_under.items()
            ),
            Table("Provisions", ("Provision", "What it says", "From what"), lines),
        ],
    )


def _table(table: DatedTable, rows: Sequence[Row]) -> Section:
    main = _main_column(table.rows)
    lines = [
        (
            ", ".join(row[main] for row in group),
            _description(group, main),
            group[0].source,
            _document(group[0].checked),
            group[0].values.get("note") or "The row has no note.",
        )
        for group in _groups(rows, main)
    ]
    lead = (
        f"{_verified_by(_file(table))} "
        f"{len(rows)} of {len(table.rows)} rows; the table as a whole was checked through "
        f"{table.verified_through}."
    )
    head = (main.capitalize(), "Row", "Source", "From what", "Note")
    return Section(f"Table {_file(table)}: {table.name}", [lead, Table(table.name, head, lines)])


_COMMON = ("start", "end", "source", "checked", "note", "document", "read_on")


def _own_columns(row: Row) -> list[str]:
    return [column for column in row.values if column not in _COMMON]


def _main_column(rows: Sequence[Row]) -> str:
    """The first of the columns with the most distinct values."""
    return max(_own_columns(rows[0]), key=lambda column: len({row[column] for row in rows}))


def _groups(rows: Sequence[Row], main: str) -> Iterator[tuple[Row, ...]]:
    """Groups of successive rows that differ only in the main column."""

    def other_values(row: Row) -> list[str]:
        return [value for column, value in row.values.items() if column != main]

    for _, group in groupby(rows, key=other_values):
        yield tuple(group)


def _description(rows: Sequence[Row], main: str) -> str:
    """The other columns of the rows, their lines in the file, and their period."""
    first = rows[0]
    columns = (column for column in _own_columns(first) if column != main and first[column])
    numbers = [row.line for row in rows]
    lines = f"line {numbers[0]}" if len(numbers) == 1 else f"lines {_ranges(numbers)}"
    return "; ".join([*(f"{column} {first[column]}" for column in columns), f"{lines}, {first.period}"])


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending line numbers in words, with successive ones as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listing([str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs], "and")
