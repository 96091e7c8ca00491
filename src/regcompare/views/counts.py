"""Counts and claims as documents: the first screen, a table of counts, records by class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regcompare.comparison.claims import Claim, Message
from regcompare.comparison.counts import ANSWERS, Breakdown, Count
from regcompare.comparison.history import History
from regcompare.comparison.populations import Population, Populations
from regcompare.words.catalogues import ENGLISH, Language

from .document import Block, Bullets, Document, Paragraph, Strong, Table
from .sentences import NOT_ADVICE


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


def claim_document(claim: Claim) -> Document:
    """Returns a claim with its counts and the objection to it."""
    counts = [count.sentence() for count in claim.supporting_counts]
    proof = [f"Proved: {claim.proved_by}"] if claim.proved_by else []
    blocks = [Bullets(counts)] if counts else []
    said: list[Block | str] = [Paragraph(Strong(claim.sentence())), *blocks, *proof]
    return Document("", [*said, *filter(None, (claim.objection, NOT_ADVICE))])


def breakdown_document(breakdown: Breakdown) -> Document:
    """Returns a count value by value."""
    heads = ("certain", "at_most", "not", "outside", "all")
    rows = [
        (str(row[breakdown.column] or "not known"), *(str(row[head]) for head in heads))
        for row in breakdown.rows
    ]
    words = (breakdown.column.replace("_", " "), "certain", "at most", "certainly not", "outside", "all")
    table = Table(f"By {words[0]}", words, rows)
    return Document("", [breakdown.count.sentence(), table, NOT_ADVICE])


def history_document(history: History) -> Document:
    """Returns a count under each law day by day."""
    rows = [
        (count.laws[-1].heading(), *map(str, (*count.range, count.open_for["law"], count.of)))
        for count in history
        if count.of
    ]
    first = history.counts[0]
    heads = ("law", "certain", "at most", "open for law that was not read", "within it")
    lead = f"{len(first)} {first.population.noun(len(first))}, {first.measure.head}, day by day"
    return Document("", [Table(lead, heads, rows), NOT_ADVICE])


def populations_document(populations: Populations) -> Document:
    """Returns what is counted, each with its definition."""
    rows = [
        (name, str(len(item)), str(len(item.cases)), item.what) for name, item in populations.items()
    ]
    return Document("", [Table("What is counted", ("population", "records", "cases", "what"), rows)])


def records_document(population: Population) -> Document:
    """Returns the records of a population."""
    rows = [(item.id, item.first.title, str(item.first.date or "")) for item in population]
    return Document("", [population.what, Table(population.id, ("record", "title", "day"), rows)])
