"""The headline of a comparison: a table with a row for each regime, and the finding to quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from regcompare.comparison.comparison import RESTS_ON, Comparison
from regcompare.comparison.headline import spoken
from regcompare.law import Checked
from regcompare.verdict.verdict import Verdict
from regcompare.words.lexicon import listing

from .document import Block, Bullets, Document, Paragraph, Section, Strong, Table
from .sentences import CHECKED_WORDS, NOT_ADVICE, result_cell

__all__ = ["based_on", "headline_blocks", "headline_table", "regime_heading", "start_document"]

_MEASURES = ("sales reached", "needs nothing", "needs a licence", "refused or banned")
_RANGE = (
    "Where there are two numbers, the first is certain and the second the most that the known "
    "facts allow. "
    "“Needs a licence” includes what is refused or banned. A sale in several parts counts once, by the "
    "strictest result."
)


def headline_blocks(comparison: Comparison) -> Iterator[Block]:
    """Yields the headline of several cases: table, finding, what it is based on, how to read it."""
    found = comparison.finding()
    if found is None or len(comparison.rows) < 2:
        return
    yield headline_table(comparison)
    yield Paragraph(Strong(found.sentence), "lede")
    yield Paragraph(f"{_resting(found.marks)}{_RANGE}", "note")
    yield Paragraph(_bare(comparison), "note")


def start_document(
    comparison: Comparison, first: Iterable[str], commands: Iterable[tuple[str, str]]
) -> Document:
    """Returns what to read first: the headline, some cases in a line each, and what to type next.

    Args:
        comparison: The comparison.
        first: The ids of the cases.
        commands: Commands, each with what it shows.
    """
    rows = {row[0].scenario.id: row for row in comparison.rows}
    cases = [_in_a_line(rows[name]) for name in first if name in rows]
    return Document(
        "",
        [
            *headline_blocks(comparison),
            Section("The companies of Amnesty International's report of 2020", [Bullets(cases)]),
            Section("What next", [Bullets(f"{command}  ({shows})" for command, shows in commands)]),
            NOT_ADVICE,
        ],
    )


def _in_a_line(row: Sequence[Verdict]) -> str:
    results = "; ".join(f"{verdict.ruleset.title}: {result_cell(verdict)}" for verdict in row)
    case = row[0].scenario
    return f"{case.title or case.id}. {results}."


def headline_table(comparison: Comparison) -> Table:
    """Returns how many sales come to what, a row a regime."""
    return Table(
        "How many sales come to what under each regime",
        ("regime", *_MEASURES, "law known from"),
        [
            [
                regime_heading(comparison, column),
                *map(spoken, row.counts()),
                based_on(row.needs_licence.marks),
            ]
            for column, row in enumerate(comparison.headline())
        ],
    )


def regime_heading(comparison: Comparison, column: int) -> str:
    """Returns a ruleset of the comparison with the day at which it is read."""
    days = {row[column].as_of for row in comparison.rows}
    read = f"as of {days.pop()}" if len(days) == 1 else "as of the facts"
    return f"{comparison.rulesets[column].title}\n{read}"


def _bare(comparison: Comparison) -> str:
    """What the two measures come to where nothing is assumed, if that differs."""
    rows, bare = comparison.headline(), comparison.sensitivity().without_presumed
    differing = [
        f"{without.ruleset.title} {' and '.join(map(spoken, without.counts()[2:]))}"
        for row, without in zip(rows, bare, strict=True)
        if [count.range for count in row.counts()] != [count.range for count in without.counts()]
    ]
    if not differing:
        return ""
    return (
        "Case files assume ordinary answers where sources are silent. With no assumptions at all, those "
        f"that need a licence, and those refused or banned, are: {'; '.join(differing)}."
    )


def _resting(marks: Mapping[Checked, int]) -> str:
    """On what the results counted as certain rest, the best known first."""
    total = sum(marks.values())
    told = [f"{marks[mark]} {RESTS_ON[mark]}" for mark in sorted(marks, key=lambda mark: -mark.rank)]
    return f"The {total} results counted as certain rest: {listing(told, 'and')}. " if total else ""


def based_on(marks: Mapping[Checked, int]) -> str:
    """Returns how the law is known on which results rest, the best known first."""
    known = Counter(marks)
    told = (
        f"{CHECKED_WORDS[mark.value]} {known[mark]}"
        for mark in sorted(known, key=lambda mark: -mark.rank)
    )
    return ", ".join(told) or "nothing counted"
