"""A comparison in brief: the finding, some cases, whom safeguards protect, method, how to cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from regcompare.comparison.classes import classify
from regcompare.comparison.comparison import Comparison, currency_sentence
from regcompare.comparison.headline import noun
from regcompare.comparison.message import Message
from regcompare.comparison.safeguards import Safeguards, safeguards
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Protects
from regcompare.verdict.verdict import Verdict
from regcompare.words.catalogues import ENGLISH, Language
from regcompare.words.lexicon import listing

from .citation import comparison_cited
from .dependence import home_sentences, notice_sentences
from .document import (
    Block,
    Bullets,
    Document,
    Figure,
    Inline,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
)
from .fact_sheet import fact_sheet
from .headline import headline_blocks, message_blocks
from .render import render
from .sentences import IN_ENGLISH, NOT_ADVICE, dispute_words

BriefForm = Literal["page", "markdown", "article"]
"""A page to print, Markdown, or a whole LaTeX document."""

_MAX_CASES = 10
"""The most cases with a sentence each."""


def brief_text(
    comparison: Comparison,
    form: BriefForm = "page",
    *,
    title: str = "",
    first: Sequence[str] = (),
    source: str = "",
    pictures: Iterable[Picture] = (),
    lang: str = "en",
    language: Language = ENGLISH,
    message: Message | None = None,
) -> str:
    """Returns a comparison in brief, in a form; the arguments are those of ``brief_document``.

    Raises:
        UsageError: The comparison has no case or no ruleset.
    """
    pictures_shown = pictures if form == "page" else ()
    document = brief_document(
        comparison,
        title=title,
        first=first,
        source=source,
        pictures=pictures_shown,
        lang=lang,
        language=language,
        message=message,
    )
    return render(document, form)


def brief_document(
    comparison: Comparison,
    *,
    title: str = "",
    first: Sequence[str] = (),
    source: str = "",
    pictures: Iterable[Picture] = (),
    lang: str = "en",
    language: Language = ENGLISH,
    message: Message | None = None,
) -> Document:
    """Returns a comparison in brief, on a few pages; of one case, a fact sheet on one page.

    Args:
        comparison: The comparison.
        title: The title; by default it says what was compared.
        first: Ids of the cases to come first among those with a sentence each.
        source: What names these cases, such as a report.
        pictures: Pictures to show; only HTML has them.
        lang: The language in which links lead to the law.
        language: The language of title, finding, table and headings; the rest is English.
        message: What is said first of the documented cases; None for the finding alone.

    Raises:
        UsageError: The comparison has no case or no ruleset.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to write: the comparison has no case or no ruleset.")
    if len(comparison.rows) == 1:
        return fact_sheet(comparison, title=title, lang=lang, language=language)
    finding, table, *notes = headline_blocks(comparison, language)
    say, mark = language.say, language.mark
    blocks: list[Block | str | None] = [
        *(message_blocks(message, objections=True) if message else ()),
        finding,
        table,
        Paragraph(say(IN_ENGLISH), "note", mark) if mark else None,
        Section(say("In pictures"), [Figure(picture.svg()) for picture in pictures], "pictures", mark),
        Section(say("Some of the cases"), _case_blocks(comparison, first, source), "some-cases", mark),
        Section(
            say("Whom safeguards protect"),
            _safeguard_blocks(safeguards(comparison.rulesets)),
            "protected",
            mark,
        ),
        Section(say("How to read this"), _method_blocks(comparison, notes), "method", mark),
        Section(say("How to cite this"), [comparison_cited(comparison)], "cite", mark),
    ]
    return Document(title or _title(comparison, language), blocks, "brief", mark)


def _title(comparison: Comparison, language: Language) -> str:
    say, number, row = language.say, len(comparison.rulesets), comparison.headline()[0]
    regimes = say("{count} regimes", count=number) if number > 1 else say(row.ruleset.title)
    what = say(noun(row.group, row.count))
    return say("{count} {noun} under {regimes}", count=row.count, noun=what, regimes=regimes)


# cases ---------------------------------------------------------------------------------------------

Row = tuple[Verdict, ...]


def _case_blocks(comparison: Comparison, first: Sequence[str], source: str) -> Iterator[Block | str]:
    rows = _select_rows(comparison.rows, first)
    if len(rows) < len(comparison.rows):
        criterion = f"first those named in {source}, then " if first else ""
        yield f"Of {len(comparison.rows)} cases, {criterion}those on which the regimes differ most."
    yield Bullets(map(_case_line, rows))


def _select_rows(rows: Sequence[Row], first: Sequence[str]) -> list[Row]:
    """The cases to come first, then one case a sale, those with the widest spread first."""
    sales: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row[0].scenario.id not in first):
        sales.setdefault(row[0].scenario.counted_as, row)
    first_rows = [row for row in sales.values() if row[0].scenario.id in first]
    other_rows = [row for row in sales.values() if row not in first_rows]
    return [*first_rows, *sorted(other_rows, key=_spread, reverse=True)][:_MAX_CASES]


def _spread(row: Row) -> tuple[int, int]:
    """The steps between the strictest and the laxest result of a case, for certain and at most."""
    spans = [verdict.span for verdict in row if verdict.span]
    if not spans:
        return (0, 0)
    lowest, highest = [span.low.rank for span in spans], [span.high.rank for span in spans]
    return (max(lowest) - min(highest), max(highest) - min(lowest))


def _case_line(row: Row) -> tuple[Inline, ...]:
    scenario = row[0].scenario
    year = f", {scenario.date.year}" if scenario.date else ""
    titles_by_clause: dict[str, list[str]] = {}
    for verdict in row:
        titles_by_clause.setdefault(classify([verdict]).words(), []).append(verdict.ruleset.title)
    phrases = [f"{words} under {listing(titles, 'and')}" for words, titles in titles_by_clause.items()]
    disputed = next(filter(None, map(dispute_words, row)), "")
    return (Strong(f"{scenario.title or scenario.id}{year}"), f": {'; '.join(phrases)}{disputed}.")


# safeguards and method -----------------------------------------------------------------------------


def _safeguard_blocks(table: Safeguards) -> Iterator[Block | str]:
    yield table.sentence()
    caption = "Kinds of safeguard that bind, by whom they protect"
    groups = [(protects, part) for protects in Protects if (part := table.group(protects)).rows]
    rows = [
        [
            f"{protects}\n(kinds: {len(part.rows)})",
            *(_binding_kinds(part, n) for n in range(len(part.rulesets))),
        ]
        for protects, part in groups
    ]
    yield Table(caption, ("protects", *table.head()[1:]), rows)


def _binding_kinds(part: Safeguards, column: int) -> str:
    by_kind = ((kind, cells[column].held) for kind, cells in part.rows)
    kinds = [str(kind) for kind, duties in by_kind if any(duty.strength == "must" for duty in duties)]
    return f"{len(kinds)}: {', '.join(kinds)}" if kinds else "none"


_LEVELS_EXPLAINED = (
    "Official text: read in the law itself. Official account, account by others: known from what the "
    "body that made it, or somebody else, says of it. Inferred: drawn from the wording. Unread: nobody "
    "read it."
)


def _method_blocks(comparison: Comparison, notes: Iterable[Block]) -> Iterator[Block | str]:
    count = len(comparison.sensitivity().presumed)
    dependence = (
        f"Results of {count} of the {len(comparison.rows)} cases depend on further assumptions made "
        "in their files; `regcompare explain` lists them for each case."
    )
    yield from notes
    remarks = [dependence if count else "", _LEVELS_EXPLAINED, currency_sentence(comparison)]
    yield Bullets([*notice_sentences(comparison), *home_sentences(comparison), *remarks])
    yield Paragraph(NOT_ADVICE, "notice")
