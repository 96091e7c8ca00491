"""The headline: what is said first of the documented cases, and each deal in one class by regime."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from regcompare.comparison.claims import Message
from regcompare.comparison.classes import ClassSlug
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.headline import HeadlineRow, counted_apart, noun
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import RECORD_GROUPS
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .counts import message_blocks
from .document import Block, Bullets, Document, Paragraph, Section, Strong, Table
from .sentences import NOT_ADVICE, result_cell

# of any comparison ---------------------------------------------------------------------------------

HEADS: dict[ClassSlug, str] = {
    "free": "no licence needed",
    "tell": "must tell",
    "licence": "needs a licence",
    "refuse": "refused or banned",
    "open": "too little known",
    "outside": "outside",
}
"""The classes as headings of narrow columns; ``refused or banned`` is what must be."""


def headline_blocks(comparison: Comparison, language: Language = ENGLISH) -> Iterator[Block]:
    """Yields the headline of several cases: the finding, each deal in its class, how to read it."""
    finding = comparison.finding(language)
    if finding is None or len(comparison.rows) < 2:
        return
    yield Paragraph(Strong(finding.sentence), "lede")
    yield class_table(comparison.headline(), language)
    yield Paragraph(_how_to_read(comparison, language), "note", language.mark)


def class_table(rows: Sequence[HeadlineRow], language: Language = ENGLISH) -> Table:
    """Returns each deal in its class, one row a regime; the numbers of a row add up."""
    say = language.say
    group, count = rows[0].group, rows[0].count
    return Table(
        say("{count} {noun} by class, as filed", count=count, noun=say(noun(group, count))),
        (say("regime"), *(say(head) for head in HEADS.values()), say("all")),
        [
            (_heading(row.ruleset, row.as_of, language), *map(str, (*row.counts().values(), row.count)))
            for row in rows
        ],
    )


def regime_heading(comparison: Comparison, column: int, language: Language = ENGLISH) -> str:
    """Returns the title of a compared ruleset, with the day as of which it is read."""
    days = {row[column].as_of for row in comparison.rows}
    return _heading(comparison.rulesets[column], days.pop() if len(days) == 1 else None, language)


def _heading(ruleset: Ruleset, day: dt.date | None, language: Language) -> str:
    as_of = language.say("as of {day}" if day else "as of the facts", day=day)
    return f"{language.say(ruleset.title)}\n{as_of}"


def _how_to_read(comparison: Comparison, language: Language) -> str:
    say = language.say
    apart = counted_apart(row[0].original for row in comparison.rows)
    names = [
        f"{number} {say(RECORD_GROUPS[group][number != 1])}"
        if group
        else f"{number} {say('other' if number == 1 else 'others')}"
        for group, number in apart.items()
    ]
    counted = say("Counted apart: {groups}.", groups=listing(names, say("and"))) if names else ""
    note = say(
        "In the sentence disputed facts are left open; of two numbers the first is certain and the "
        "second the most that the known facts allow. The table takes the facts as filed. Several parts "
        "of one deal count once, by the strictest."
    )
    return f"{note} {counted}".strip()


# of the documented cases ---------------------------------------------------------------------------


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
            *(message_blocks(message) if message else headline_blocks(comparison)),
            Section(f"The companies of {source}", [Bullets(cases)]),
            Section("What next", [Bullets(f"{command}  ({shows})" for command, shows in commands)]),
            NOT_ADVICE,
        ],
    )
