"""The headline of a comparison: a table with a row for each regime, and the finding to quote."""

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
    """Yields the headline of several cases: table, finding, what it is based on, how to read it."""
    found = comparison.finding(language)
    if found is None or len(comparison.rows) < 2:
        return
    yield headline_table(comparison, language)
    yield Paragraph(Strong(found.sentence), "lede")
    yield Paragraph(_how_to_read(found.marks, language), "note", language.mark)
    yield Paragraph(_bare(comparison, language), "note", language.mark)


def start_document(
    comparison: Comparison, first: Iterable[str], commands: Iterable[tuple[str, str]]
) -> Document:
    """Returns what to read first: the headline, first cases in a line each, and what to type next."""
    rows = {row[0].scenario.id: row for row in comparison.rows}
    cases = []
    for row in (rows[name] for name in first if name in rows):
        results = "; ".join(f"{verdict.ruleset.title}: {result_cell(verdict)}" for verdict in row)
        cases.append(f"{row[0].scenario.title or row[0].scenario.id}. {results}.")
    return Document(
        "",
        [
            *headline_blocks(comparison),
            Section("The companies of Amnesty International's report of 2020", [Bullets(cases)]),
            Section("What next", [Bullets(f"{command}  ({shows})" for command, shows in commands)]),
            NOT_ADVICE,
        ],
    )


def headline_table(comparison: Comparison, language: Language = ENGLISH) -> Table:
    """Returns how many sales come to what, a row a regime."""
    say = language.say
    caption = say("How many sales come to what under each regime")
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
    """Returns a ruleset of the comparison with the day at which it is read."""
    say, days = language.say, {row[column].as_of for row in comparison.rows}
    read = say("as of {day}", day=days.pop()) if len(days) == 1 else say("as of the facts")
    return f"{say(comparison.rulesets[column].title)}\n{read}"


def _bare(comparison: Comparison, language: Language) -> str:
    """What the two measures come to where nothing is assumed, if that differs."""
    say, rows = language.say, comparison.headline()
    bare = comparison.sensitivity().without_presumed
    differing = [
        say(
            "{regime} {licence} and {refused}",
            regime=say(without.ruleset.title),
            licence=count_in_words(without.needs_licence, language),
            refused=count_in_words(without.refused_or_banned, language),
        )
        for row, without in zip(rows, bare, strict=True)
        if [count.range for count in row.counts()] != [count.range for count in without.counts()]
    ]
    if not differing:
        return ""
    return say(
        "Case files assume ordinary answers where sources are silent. With no assumptions at all, those "
        "that need a licence, and those refused or banned, are: {regimes}.",
        regimes="; ".join(differing),
    )


def _how_to_read(marks: Mapping[Checked, int], language: Language) -> str:
    """On what the results counted as certain rest, the best known first, and what the numbers mean."""
    say, total = language.say, sum(marks.values())
    known = sorted(marks, reverse=True)
    told = listing([f"{marks[mark]} {say(RESTS_ON[mark])}" for mark in known], say("and"))
    resting = say("The {count} results counted as certain rest: {sources}.", count=total, sources=told)
    numbers = say(
        "Where there are two numbers, the first is certain and the second the most that the known "
        "facts allow. "
        "“Needs a licence” includes what is refused or banned. A sale in several parts counts once, by "
        "the strictest result."
    )
    return f"{resting} {numbers}" if total else numbers


def based_on(marks: Mapping[Checked, int], language: Language = ENGLISH) -> str:
    """Returns how the law is known on which results rest, the best known first."""
    known = sorted(marks, reverse=True)
    told = (f"{language.say(CHECKED_WORDS[mark.value])} {marks[mark]}" for mark in known)
    return ", ".join(told) or language.say("nothing counted")
