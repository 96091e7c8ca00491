"""A comparison as a table: plain text, Markdown, HTML, CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Literal

from tabulate import tabulate

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import (
    Comparison,
    comparison_cell,
    comparison_head,
    comparison_sentence,
    currency_sentence,
    gap_sentences,
    is_later,
)
from regcompare.comparison.expectations import yes_no
from regcompare.comparison.safeguards import Safeguards
from regcompare.comparison.timeline import Change
from regcompare.ruleset.currency import LATER, verified_sentence
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

from .compared import comparison_csv, comparison_data
from .dependence import beside_sentences, changed_sentences, presumed_sentences
from .links import texts_cited
from .pipes import cell_text

__all__ = [
    "FORMATS",
    "NOT_ADVICE",
    "Format",
    "comparison_text",
    "plain_table",
    "safeguards_text",
    "timeline_text",
    "to_json",
]

_WIDTH = 30
"""The width at which cells of a comparison are wrapped in plain text."""

Format = Literal["table", "markdown", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = ("table", "markdown", "html", "csv", "json")

NOT_ADVICE = "A reading of the encoded texts for comparison; not legal advice."

EMPTY_CELLS = (
    "An empty cell says whether the text was read and is silent, leaves the matter to national law, "
    "or was not checked."
)

LEGEND = (
    "Each cell: the outcome, or the least and greatest that the stated facts allow; then the provisions "
    "that decide it, and with a question mark those that are open; then, in brackets, the weakest mark "
    "that it rests on where that is not the text itself: official, secondary, inferred, unread."
)


def to_json(data: object) -> str:
    """Returns data as JSON, readable and with letters as they are."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def plain_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int | None] | None = None
) -> str:
    """Returns a table in plain text; what looks like a number stays text."""
    return tabulate(
        list(rows),
        headers=list(head),
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
    )


def comparison_text(
    comparison: Comparison,
    form: Format = "table",
    warnings: Iterable[str] = (),
    lang: str = "en",
    links: bool = False,
) -> str:
    """Returns the comparison in one of the forms.

    Args:
        comparison: The comparison.
        form: The form.
        warnings: What is to be said after a table in text.
        lang: The language in which links lead to the law.
        links: Whether to print the addresses of the texts that are cited in text as well.
    """
    if form == "json":
        return to_json(comparison_data(comparison, lang))
    if form == "csv":
        return comparison_csv(comparison)
    if form == "html":
        return (
            comparison._repr_html_()
            + _paragraphs(
                [
                    *_findings(comparison, warnings),
                ]
            )
            + _links_html(texts_cited(comparison.verdicts, lang))
        )
    head = comparison_head(comparison)
    rows = [[row[0].scenario.id, *map(comparison_cell, row)] for row in comparison.rows]
    table = (
        _markdown(head, rows)
        if form == "markdown"
        else _spaced(plain_table(head, rows, widths=[None, *[_WIDTH] * len(head)]))
    )
    found = comparison.finding()
    parts = [
        *([found.sentence] if found else []),
        comparison_sentence(comparison),
        table,
        *_findings(comparison, warnings),
        *_links(comparison, form, lang, links),
        NOT_ADVICE,
    ]
    return "\n\n".join(parts)


def _findings(comparison: Comparison, warnings: Iterable[str]) -> list[str]:
    """What is said after a table: gaps, the law, what results depend on, and how to read a cell."""
    found = comparison.sensitivity()
    return [
        *gap_sentences(comparison),
        *changed_sentences(found),
        *beside_sentences(found),
        *warnings,
        *presumed_sentences(found),
        *_filled(currency_sentence(comparison)),
        LEGEND,
    ]


def _links(comparison: Comparison, form: Format, lang: str, wanted: bool) -> list[str]:
    """The texts cited, with their addresses: always in Markdown, on demand in plain text."""
    is_markdown = form == "markdown"
    cited = texts_cited(comparison.verdicts, lang) if wanted or is_markdown else {}
    told = [
        f"- [{cell_text(words)}]({url})" if is_markdown else f"{words}: {url}"
        for words, url in cited.items()
    ]
    return ["\n".join(told)] if told else []


def _links_html(cited: Mapping[str, str]) -> str:
    items = "".join(
        f'<li><a href="{escape(url)}" rel="noreferrer">{escape(words)}</a></li>'
        for words, url in cited.items()
    )
    return f"<ul>{items}</ul>" if items else ""


def safeguards_text(found: Safeguards, form: Format = "table") -> str:
    """Returns the table of safeguards in one of the forms."""
    if form == "json":
        return to_json(found.records())
    if form == "csv":
        return _safeguards_csv(found)
    verified = _filled(verified_sentence(found.rulesets))
    if form == "html":
        return found._repr_html_() + _paragraphs([*verified, EMPTY_CELLS])
    rows = [[str(kind), *map(str, cells)] for kind, cells in found.rows]
    if form == "markdown":
        table = _markdown(found.head(), rows)
    else:
        table = _spaced(
            tabulate(
                rows,
                found.head(),
                tablefmt="simple_grid",
                disable_numparse=True,
                maxcolwidths=[24, *[34] * len(found.rulesets)],
            )
        )
    return "\n\n".join([found.sentence(), table, *verified, EMPTY_CELLS, NOT_ADVICE])


def _filled(sentence: str) -> list[str]:
    """The sentence, unless it is blank."""
    return [sentence] if sentence else []


def _paragraphs(sentences: Iterable[str]) -> str:
    """The sentences below a table in HTML, the last of them that it is no advice."""
    return "".join(f"\n<p>{escape(sentence)}</p>" for sentence in (*sentences, NOT_ADVICE))


def _safeguards_csv(found: Safeguards) -> str:
    columns = ("kind", "ruleset", "empty", "id", "cite", "addressee", "strength", "applies", "checked")
    records = (
        {"kind": record["kind"], "empty": record["empty"], **item, "applies": yes_no(item["applies"])}
        for record in found.records()
        for item in record["held"] or [{"ruleset": record["ruleset"], "applies": False}]
    )
    return csv_text(columns, records)


def timeline_text(
    scenario: Scenario, lines: Iterable[tuple[Ruleset, list[Change]]], form: str = "text"
) -> str:
    """Returns the days on which the result changed, a line a change, ruleset by ruleset."""
    changes = [(ruleset, change) for ruleset, found in lines for change in found]
    if form == "json":
        return to_json(
            [
                {
                    "scenario": scenario.id,
                    "ruleset": ruleset.id,
                    "day": change.day.isoformat(),
                    "result": change.verdict.result,
                    "provisions": list(change.provisions),
                    "later_than_verified": is_later(change.verdict),
                }
                for ruleset, change in changes
            ]
        )
    marks = [f" {LATER}" if is_later(change.verdict) else "" for _, change in changes]
    rows = [
        (ruleset.id, change.day.isoformat(), change.verdict.result + mark, "\n".join(change.provisions))
        for (ruleset, change), mark in zip(changes, marks, strict=True)
    ]
    used = dict.fromkeys(ruleset for ruleset, _ in changes)
    verified = _filled(verified_sentence(used, marked=any(marks)))
    table = tabulate(
        rows,
        ("ruleset", "from", "result", "what changed it"),
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=[None, None, None, 80],
    )
    sentence = f"{scenario.id}: the result if the same transaction were made on that day, under its law."
    return "\n\n".join([sentence, _spaced(table), *verified, NOT_ADVICE])


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return tabulate(
        [list(map(cell_text, row)) for row in rows],
        headers=list(map(cell_text, head)),
        tablefmt="pipe",
        disable_numparse=True,
    )


def _spaced(table: str) -> str:
    """Drops the spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in table.splitlines())
