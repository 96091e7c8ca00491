"""The headline of a comparison: a table with a row for each regime, and a finding to quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.gaps import RESTS_ON
from regcompare.comparison.headline import count_in_words
from regcompare.law import Checked
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .document import Block, Bullets, Document, Paragraph, Section, Strong, Table
from .sentences import CHECKED_WORDS, NOT_ADVICE, result_cell


def headline_blocks(comparison: Comparison, language: Language = ENGLISH) -> Iterator[Block]:
    """Yields the headline of several cases: the table, the finding, its basis, and how to read it."""
    finding = comparison.finding(language)
    if finding is None or len(comparison.rows) < 2:
        return
    yield headline_table(comparison, language)
    yield Paragraph(Strong(finding.sentence), "lede")
    yield Paragraph(_how_to_read(finding.marks, language), "note", language.mark)
    yield Paragraph(_without_assumptions(comparison, language), "note", language.mark)


def start_document(
    comparison: Comparison, first: Iterable[str], source: str, commands: Iterable[tuple[str, str]]
) -> Document:
    """Returns the opening document: the headline, the first cases, named in a source, next commands."""
    rows = {row[0].scenario.id: row for row in comparison.rows}
    cases = []
    for row in (rows[name] for name in first if name in rows):
        results = "; ".join(f"{verdict.ruleset.title}: {result_cell(verdict)}" for verdict in row)
        cases.append(f"{row[0].scenario.title or row[0].scenario.id}. {results}.")
    return Document(
        "",
        [
            *headline_blocks(comparison),
            Section(f"The companies of {source}", [Bullets(cases)]),
            Section("What next", [Bullets(f"{command}  ({shows})" for command, shows in commands)]),
            NOT_ADVICE,
        ],
    )


def headline_table(comparison: Comparison, language: Language = ENGLISH) -> Table:
    """Returns the sales counted by result, one row a regime."""
    say = language.say
    caption = say("Sales by result under each regime")
    measures = (say("regime"), say("sales reached"), say("needs nothing"), say("needs a licence"))
    head = (*measures, say("refused or banned"), say("law known from"))
    rows = [
        [
            regime_heading(comparison, column, language),
            *(count_in_words(count, language) for count in row.counts()),
            based_on(row.needs_licence.marks, language),
        ]
        for column, row in enumerate(comparison.headline())
    ]
    return Table(caption, head, rows)


def regime_heading(comparison: Comparison, column: int, language: Language = ENGLISH) -> str:
    """Returns the title of a compared ruleset, with the day as of which it is read."""
    say, days = language.say, {row[column].as_of for row in comparison.rows}
    as_of = say("as of {day}", day=days.pop()) if len(days) == 1 else say("as of the facts")
    return f"{say(comparison.rulesets[column].title)}\n{as_of}"


def _without_assumptions(comparison: Comparison, language: Language) -> str:
    """The two measures with no assumptions at all, if they differ."""
    say, rows = language.say, comparison.headline()
    without_presumed = comparison.sensitivity().without_presumed
    differences = [
        say(
            "{regime} {licence} and {refused}",
            regime=say(without.ruleset.title),
            licence=count_in_words(without.needs_licence, language),
            refused=count_in_words(without.refused_or_banned, language),
        )
        for row, without in zip(rows, without_presumed, strict=True)
        if [count.range for count in row.counts()] != [count.range for count in without.counts()]
    ]
    if not differences:
        return ""
    return say(
        "Case files assume ordinary answers where sources are silent. With no assumptions at all, those "
        "that need a licence, and those refused or banned, are: {regimes}.",
        regimes="; ".join(differences),
    )


def _how_to_read(marks: Mapping[Checked, int], language: Language) -> str:
    """The sources of the results counted as certain, strongest first, and what the numbers mean."""
    say, total = language.say, sum(marks.values())
    levels = sorted(marks, reverse=True)
    sources = listing([f"{marks[level]} {say(RESTS_ON[level])}" for level in levels], say("and"))
    basis = say(
        "The {count} results counted as certain are based as follows: {sources}.",
        count=total,
        sources=sources,
    )
    explanation = say(
        "Where there are two numbers, the first is certain and the second the most that the known "
        "facts allow. "
        "“Needs a licence” includes what is refused or banned. A sale in several parts counts once, by "
        "the strictest result."
    )
    return f"{basis} {explanation}" if total else explanation


def based_on(marks: Mapping[Checked, int], language: Language = ENGLISH) -> str:
    """Returns the source levels of results with their counts, strongest first."""
    levels = sorted(marks, reverse=True)
    counts = (f"{language.say(CHECKED_WORDS[level.value])} {marks[level]}" for level in levels)
    return ", ".join(counts) or language.say("nothing counted")
