"""What was not checked against a text: every provision and table row marked unverified or inferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import attrs

from regcompare.conditions import Term, nodes
from regcompare.dated import DatedTable, Row
from regcompare.law import Checked
from regcompare.readings.lexicon import listing
from regcompare.readings.rows import table_row
from regcompare.rules import Duty, Rule
from regcompare.rulesets import Ruleset
from regcompare.show.document import Document
from regcompare.show.pipes import pipe_table
from regcompare.show.tables import NOT_ADVICE

__all__ = ["VERIFIED_BY", "not_verified_markdown"]

WEAK = (Checked.UNREAD, Checked.INFERRED)

VERIFIED_BY: Mapping[str, str] = {
    # rulesets
    "eu-428-2009": (
        "Annexes IIb and IIf and Article 5(2) in the consolidated texts; for the doubts, a judgment or "
        "the published position of an authority."
    ),
    "eu-2021-821": (
        "Annex II, Sections B and F, Article 8(5) and the recitals in the consolidated text; for the "
        "doubts, a judgment or the published position of an authority or of the Commission."
    ),
    "eu-sanctions": "Each regulation cited, in its consolidated version of the days in question.",
    "eu-common-position": "Articles 2 and 6, and the decisions that amended them.",
    "com-2016-616": "The text of the proposal itself, article by article, with its Annex I, Section B.",
    "ep-2018": "The text that Parliament adopted on 17 January 2018, amendment by amendment.",
    "amnesty": (
        "The glossary, the chapter on companies and the recommendations of the report of 2020 (EUR "
        "01/2556/2020), and the statements of 2017, 2020 and 2021 in full; for the choices, an answer "
        "from Amnesty."
    ),
    "amnesty-seed": "An answer from Amnesty Netherlands on how its page is meant.",
    "amnesty-moratorium": (
        "The statement of July 2021 and the report of October 2023 in full; for the choices, an answer "
        "from Amnesty."
    ),
    "un-2019": "Paragraphs 66 and 67 of A/HRC/41/35 in full.",
    # tables
    "membership.csv": "The customs acts and the treaties on each territory, with the days of changes.",
    "annex_i.csv": (
        "Annex I in each consolidated text between August 2009 and December 2020, and the day on which "
        "Regulation 2024/2547 was published."
    ),
    "annex_iv.csv": "Annex IV in the consolidated texts between July 2014 and December 2020.",
    "section_i.csv": (
        "Annex IIg, and Annex IV to which it refers, in the consolidated texts between July 2014 and "
        "December 2020."
    ),
    "general_authorisations.csv": (
        "The annexes as first published, for the days before 2012 and for the territories that are "
        "named without a code."
    ),
    "general_authorisation_items.csv": (
        "Part 1 of Annexes IIb, IId and IIf, and of Annex II, Sections B, D and F, in the consolidated "
        "texts."
    ),
    "embargoes.csv": "Each decision and resolution cited, for its first day and its last.",
    "national_lists.csv": "The national measure itself, or the information note on it.",
    "interception_regimes.csv": "The articles and annexes cited, in each consolidated regulation.",
    "dual_use_bans.csv": "The regulation that put the article in, for its first day and its reach.",
    "repression_list_devices.csv": "The annexes cited, in each state of the regulation.",
    "repression_lists.csv": "The articles and annexes cited, in each consolidated regulation.",
    "encryption.csv": "The text that Parliament adopted on 17 January 2018, and the entries it names.",
}
"""What would verify a group, by the id of the ruleset or the file of the table."""

_ANY_GROUP = "The texts cited."

_OPENING = """\
Rules, duties, interpretations, table rows and some terms carry a mark that says how they were checked.
This page lists what was not checked against a text.
Unverified means: from general knowledge, or from a text that was not read.
Inferred means: drawn from the wording or from other checked facts, and not stated in so many words.
What rests on a secondary source is not listed here; the page of each ruleset counts it.
Rely on nothing below before it has been checked; each group says what would verify it.
A correction by someone who has read the text is welcome."""


@attrs.frozen
class _Weak:
    """A provision that was not checked against a text."""

    kind: str
    name: str
    cite: str
    sentence: str
    mark: Checked

    @property
    def called(self) -> str:
        """Its kind and name, as they read in a list."""
        if self.kind == "term":
            return f"term “{self.name}”"
        return f"{'default of' if self.kind == 'interpretation' else self.kind} `{self.name}`"


def not_verified_markdown(rulesets: Iterable[Ruleset]) -> str:
    """Returns the page of what was not verified as Markdown.

    What two rulesets share is listed once, under the first of them; laws come before proposals.  An
    interpretation that says nothing about its reason takes the mark of its ruleset, as rules do.

    Args:
        rulesets: The rulesets, with their tables.
    """
    ordered = sorted(rulesets, key=lambda ruleset: ruleset.status != "law")
    provisions = {item: list(_weak_provisions(item)) for item in ordered if _size(item)}
    tables = dict.fromkeys(table for ruleset in ordered for table in ruleset.tables)
    rows = {table: [row for row in table if row.checked.level in WEAK] for table in tables}
    document = Document()
    document.heading("What was not verified", 1)
    document.paragraph(_OPENING)
    _counts(document, provisions, rows)
    shared: dict[_Weak, str] = {}
    for ruleset, weak in provisions.items():
        if weak:
            _ruleset(document, ruleset, weak, shared)
    for table, found in rows.items():
        if found:
            _table(document, table, found)
    document.paragraph(NOT_ADVICE)
    return document.markdown()


# what is weak -----------------------------------------------------------------------------------


def _size(ruleset: Ruleset) -> int:
    """How many provisions of its own carry a mark; a combination of rulesets has none."""
    own = ruleset.provisions
    return len(own.rules) + len(own.duties) + len(own.interpretations)


def _marked(ruleset: Ruleset) -> tuple[Rule | Duty, ...]:
    return (*ruleset.rules, *ruleset.provisions.duties)


def _weak_provisions(ruleset: Ruleset) -> Iterator[_Weak]:
    found = []
    for item in _marked(ruleset):
        kind = "rule" if isinstance(item, Rule) else "duty"
        found.append(_Weak(kind, item.id, str(item.cite), item.sentence, ruleset.mark(item)))
    found += _terms(ruleset)
    for doubt in ruleset.provisions.interpretations:
        mark = ruleset.mark(doubt)
        sentence = f"{doubt.question} Assumed: {doubt.readings[doubt.default]} {doubt.reason}"
        found.append(_Weak("interpretation", doubt.id, str(doubt.cite), sentence, mark))
    yield from dict.fromkeys(item for item in found if item.mark in WEAK)


def _terms(ruleset: Ruleset) -> Iterator[_Weak]:
    """Terms that carry a mark of their own, unless it is that of a rule at the same place.

    A row of a table is no term of the law.
    """
    rules = {(item.cite, ruleset.mark(item)) for item in ruleset.rules}
    for node in nodes([ruleset.scope, *(item.when for item in _marked(ruleset))]):
        if not isinstance(node, Term) or not node.checked or table_row(node) is not None:
            continue
        mark = node.checked.level
        if node.note or (node.cite, mark) not in rules:
            sentence = node.note or "The page of the ruleset reads the term back."
            yield _Weak("term", node.name, str(node.cite), sentence, mark)


# the page ---------------------------------------------------------------------------------------


def _counts(
    document: Document,
    provisions: Mapping[Ruleset, Sequence[_Weak]],
    rows: Mapping[DatedTable, Sequence[Row]],
) -> None:
    """How much of each group is weak, so that the reader sees where most of it lies."""
    lines = [
        _count(f"ruleset `{ruleset.id}`", [item.mark for item in weak], _size(ruleset))
        for ruleset, weak in provisions.items()
    ]
    lines += [
        _count(f"table {_file(table)}", [row.checked.level for row in found], len(table.rows))
        for table, found in rows.items()
    ]
    document.heading("How much")
    document.paragraph(
        "The last column counts the rules, duties and interpretations of a ruleset, and the rows of a "
        "table.\nWhat two rulesets share is counted in both."
    )
    document.paragraph(pipe_table(("Group", "Unverified", "Inferred", "Of"), lines))


def _count(name: str, marks: Sequence[Checked], of: int) -> Sequence[str]:
    return (name, *(str(marks.count(mark)) for mark in WEAK), str(of))


def _file(table: DatedTable) -> str:
    return table.rows[0].table if table.rows else table.name


def _verified_by(group: str) -> str:
    return f"What would verify it: {VERIFIED_BY.get(group, _ANY_GROUP)}"


def _ruleset(
    document: Document, ruleset: Ruleset, weak: Sequence[_Weak], shared: dict[_Weak, str]
) -> None:
    """One ruleset; notes what it lists, for the rulesets that share it."""
    document.heading(f"{ruleset.title} (`{ruleset.id}`)")
    document.paragraph(
        f"{_verified_by(ruleset.id)}\n"
        f"The ruleset is read back in [rulesets/{ruleset.id}.md](rulesets/{ruleset.id}.md)."
    )
    own = [item for item in weak if item not in shared]
    elsewhere: dict[str, list[str]] = {}
    for item in weak:
        if item in shared:
            elsewhere.setdefault(shared[item], []).append(item.called)
    for other, names in elsewhere.items():
        document.paragraph(f"Shared with `{other}`, and listed there: {listing(names, 'and')}.")
    shared.update(dict.fromkeys(own, ruleset.id))
    if own:
        lines = [(f"{item.cite} ({item.called})", item.sentence, item.mark) for item in own]
        head = ("Provision", "What it says", "How it was checked")
        document.paragraph(pipe_table(head, lines))


def _table(document: Document, table: DatedTable, rows: Sequence[Row]) -> None:
    file = _file(table)
    document.heading(f"Table {file}: {table.name}")
    document.paragraph(
        f"{_verified_by(file)}\n"
        f"{len(rows)} of {len(table.rows)} rows; the table as a whole was checked through "
        f"{table.verified_through}."
    )
    main = _main_column(rows)
    lines = [
        (
            ", ".join(row[main] for row in group),
            _described(group, main),
            group[0].source,
            group[0].checked.level,
            group[0].values.get("note") or "The row has no note.",
        )
        for group in _alike(rows, main)
    ]
    head = (main.capitalize(), "Row", "Source", "How it was checked", "What is weak")
    document.paragraph(pipe_table(head, lines))


_COMMON = ("start", "end", "source", "checked", "note")


def _own_columns(row: Row) -> list[str]:
    return [column for column in row.values if column not in _COMMON]


def _main_column(rows: Sequence[Row]) -> str:
    """The column that tells the rows apart, the first of those that do so best."""
    return max(_own_columns(rows[0]), key=lambda column: len({row[column] for row in rows}))


def _alike(rows: Sequence[Row], main: str) -> Iterator[tuple[Row, ...]]:
    """Rows in a sequence that differ only in the main column."""

    def but_main(row: Row) -> list[str]:
        return [value for column, value in row.values.items() if column != main]

    for _, group in groupby(rows, key=but_main):
        yield tuple(group)


def _described(rows: Sequence[Row], main: str) -> str:
    """What else the rows say, their lines in the file and their period."""
    first = rows[0]
    own = (column for column in _own_columns(first) if column != main and first[column])
    numbers = [row.line for row in rows]
    at = f"line {numbers[0]}" if len(numbers) == 1 else f"lines {_ranges(numbers)}"
    return "; ".join([*(f"{column} {first[column]}" for column in own), f"{at}, {first.period}"])


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending line numbers, those that follow each other as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listing([str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs], "and")
