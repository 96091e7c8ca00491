"""Counts and claims as documents: the first screen, a table of counts, records by class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from regcompare.comparison.claims import Claim, Message
from regcompare.comparison.classes import ClassSlug
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.counts import Breakdown, ClassRow, Count, Law
from regcompare.comparison.counts_by_law import Counts
from regcompare.comparison.numbers import ANSWER_WORDS, ANSWERS
from regcompare.comparison.populations import Population, Populations, records_of
from regcompare.comparison.tidy import Tabular
from regcompare.scenario.provenance import RECORD_GROUPS
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .document import Block, Bullets, Document, Paragraph, Section, Strong, Table
from .sentences import NOT_ADVICE, result_cell


def count_table(rows: Sequence[Sequence[Count]], language: Language = ENGLISH) -> Table:
    """Returns counts as a table: laws down, measures across, both ends of each."""
    say = language.say
    population = rows[0][0].population
    size = len(population)
    lead = say("{count} {noun} under", count=size, noun=say(population.noun(size)))
    heads = [head for item in rows[0] for head in (say(item.measure.head), say("at most"))]
    cells = [
        (row[0].laws[-1].heading(language), *(str(end) for count in row for end in count.range))
        for row in rows
    ]
    return Table(lead, (lead, *heads), cells)


def message_blocks(
    message: Message, language: Language | None = None, *, objections: bool = False
) -> Iterator[Block]:
    """Yields the first screen; if asked, with the strongest objection to each sentence."""
    language = language or message.language
    mark = language.mark
    yield Paragraph(Strong(_said(message.lead, language)), "lede", mark)
    yield count_table(message.rows, language)
    yield Paragraph(_said(message.claims, language), "", mark)
    yield Paragraph(_said(message.notes, language), "note", mark)
    but = [language.say(item.objection) for item in message if item.objection]
    if objections and but:
        yield Paragraph(f"{language.say('But:')} {' '.join(but)}", "note", mark)


def _said(claims: Sequence[Claim], language: Language) -> str:
    return " ".join(item.sentence(language) for item in claims)


# of a comparison -----------------------------------------------------------------------------------

HEADS: dict[ClassSlug, str] = {
    "free": "free",
    "tell": "must report",
    "licence": "needs a licence",
    "refuse": "refused or banned",
    "open": "too little known",
    "outside": "outside",
}
"""The classes as headings of narrow columns; ``refused or banned`` is what must be."""


def comparison_blocks(comparison: Comparison, language: Language = ENGLISH) -> Iterator[Block]:
    """Yields what several cases come to: the finding, each record in its class, how to read it."""
    finding = comparison.finding()
    if finding is None or len(comparison.rows) < 2:
        return
    counted = comparison.population
    yield Paragraph(Strong(finding.sentence(language)), "lede")
    yield class_table(comparison.classes(), counted.noun(len(counted)), language)
    yield Paragraph(_how_to_read(comparison, language), "note", language.mark)


def class_table(rows: Sequence[ClassRow], noun: str, language: Language = ENGLISH) -> Table:
    """Returns each record in its class, one row a law; the numbers of a row add up."""
    say = language.say
    return Table(
        say("{count} {noun} by class", count=rows[0].count, noun=say(noun)),
        (say("regime"), *(say(head) for head in HEADS.values()), say("all")),
        [
            (title_and_day(row.law, language), *map(str, (*row.counts.values(), row.count)))
            for row in rows
        ],
        language.mark,
    )


def title_and_day(law: Law, language: Language = ENGLISH) -> str:
    """Returns the title of a law with the day as of which it is read, a line each."""
    as_of = "as of {day}" if law.fixed_day else "as of the facts"
    return f"{language.say(law.ruleset.title)}\n{language.say(as_of, day=law.read_on)}"


def _how_to_read(comparison: Comparison, language: Language) -> str:
    say, counted = language.say, {case.id for case in comparison.population.cases}
    others = records_of(row[0].original for row in comparison.rows if row[0].original.id not in counted)
    groups = Counter(record.group for record in others)
    names = [
        f"{number} {say(RECORD_GROUPS[group][number != 1])}"
        if group
        else f"{number} {say('other' if number == 1 else 'others')}"
        for group in (*RECORD_GROUPS, None)
        if (number := groups[group])
    ]
    apart = say("Counted apart: {groups}.", groups=listing(names, say("and"))) if names else ""
    note = say(
        "Disputed facts are left open; of two numbers the first is certain and the second the most that "
        "the known facts allow. Several parts of one deal count once, by the strictest."
    )
    return f"{note} {apart}".strip()


# the first screen ----------------------------------------------------------------------------------


def start_document(
    message: Message | None, comparison: Comparison, first: Iterable[str], source: str,
    commands: Iterable[tuple[str, str]],
) -> Document:  # fmt: skip
    """Returns the opening document: the message, the first cases, named in a source, next commands."""
    rows = {row[0].scenario.id: row for row in comparison.rows}
    cases = []
    for row in (rows[name] for name in first if name in rows):
        results = "; ".join(f"{verdict.ruleset.title}: {result_cell(verdict)}" for verdict in row)
        cases.append(f"{row[0].scenario.title or row[0].scenario.id}. {results}.")
    return Document(
        "",
        [
            *(message_blocks(message) if message else comparison_blocks(comparison)),
            Section(f"The companies of {source}", [Bullets(cases)]),
            Section("What next", [Bullets(f"{command}  ({shows})" for command, shows in commands)]),
            NOT_ADVICE,
        ],
    )


def message_document(message: Message) -> Document:
    """Returns the first screen without next steps."""
    return Document("", [*message_blocks(message), message.language.say(NOT_ADVICE)])


def count_document(count: Count) -> Document:
    """Returns a count with its records, those of which it is certain first."""
    rows = [
        (count.population.record(name).first.title or name, answer, name)
        for answer in ANSWERS
        for name in count.groups[answer]
    ]
    table = Table(f"{count.measure.head}, record by record", ("record", "answer", "id"), rows)
    return Document("", [Paragraph(Strong(count.sentence())), table, NOT_ADVICE])


def counts_document(counts: Counts) -> Document:
    """Returns counts side by side, whose numbers add up in each row, and each in a sentence."""
    first = counts[0]
    population, base = first.population, first.laws[:-1]
    size = len(population)
    against = f", against {base[0].heading()}" if base else ""
    lead = f"{size} {population.noun(size)}: {first.measure.head}{against}"
    rows = [
        (count.laws[-1].heading(), *map(str, (*count.sizes.values(), len(count)))) for count in counts
    ]
    table = Table(lead, ("law", *ANSWER_WORDS.values(), "all"), rows)
    return Document("", [table, Bullets(count.sentence() for count in counts), NOT_ADVICE])


def claim_document(claim: Claim) -> Document:
    """Returns a claim with its counts and the objection to it."""
    counts = [count.sentence() for count in claim.supporting_counts]
    proof = [f"Proved: {claim.proved_by}"] if claim.proved_by else []
    blocks = [Bullets(counts)] if counts else []
    said: list[Block | str] = [Paragraph(Strong(claim.sentence())), *blocks, *proof]
    return Document("", [*said, *filter(None, (claim.objection, NOT_ADVICE))])


def breakdown_document(breakdown: Breakdown) -> Document:
    """Returns a count value by value."""
    heads = ("certain", "at_most", "certainly_not", "outside", "all")
    rows = [
        (str(row[breakdown.column] or "not known"), *(str(row[head]) for head in heads))
        for row in breakdown.rows
    ]
    words = (breakdown.column.replace("_", " "), "certain", "at most", "certainly not", "outside", "all")
    table = Table(f"By {words[0]}", words, rows)
    return Document("", [breakdown.count.sentence(), table, NOT_ADVICE])


def populations_document(populations: Populations) -> Document:
    """Returns what is counted, each with its definition."""
    rows = [
        (name, str(len(item)), str(len(item.cases)), item.what) for name, item in populations.items()
    ]
    return Document("", [Table("What is counted", ("population", "records", "cases", "what"), rows)])


def records_document(population: Population) -> Document:
    """Returns the records of a population."""
    rows = [(item.id, item.first.title, str(item.first.known_day or "")) for item in population]
    return Document("", [population.what, Table(population.id, ("record", "title", "day"), rows)])


def rows_document(result: Tabular[Any]) -> Document:
    """Returns the finding of a result, if it has one, with its rows."""
    rows = result.to_dicts()
    heads = list(rows[0]) if rows else []
    finding = getattr(result, "finding", None)
    cells = [["" if row[name] is None else str(row[name]) for name in heads] for row in rows]
    blocks: list[Block | str] = [Paragraph(Strong(str(finding())))] if finding else []
    if rows:
        blocks.append(Table("Rows", [name.replace("_", " ") for name in heads], cells))
    return Document("", [*blocks, NOT_ADVICE])
