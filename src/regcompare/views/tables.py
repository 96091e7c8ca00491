"""Comparison, safeguards and timeline as documents, and each in any form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import Comparison, comparison_sentence, currency_sentence, is_later
from regcompare.comparison.expectations import yes_no
from regcompare.comparison.gaps import Gaps, gap_sentences
from regcompare.comparison.measures import verb_phrase
from regcompare.comparison.safeguards import Safeguards
from regcompare.comparison.timeline import Change
from regcompare.law import Checked
from regcompare.ruleset.currency import LATER_MARK, verified_sentence
from regcompare.ruleset.rules import Protects
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict

from .compared import comparison_csv, comparison_data
from .dependence import beside_sentences, changed_sentences, home_sentences, presumed_sentences
from .document import Document, Inline, Note, Table
from .headline import headline_blocks, regime_heading
from .provisions import provisions_named, texts_cited
from .render import Form, render
from .sentences import NOT_ADVICE, result_cell, verdict_outcomes

__all__ = [
    "FORMATS",
    "NOT_ADVICE",
    "Format",
    "comparison_document",
    "comparison_table",
    "comparison_text",
    "gaps_document",
    "safeguards_document",
    "safeguards_tables",
    "safeguards_text",
    "timeline_table",
    "timeline_text",
    "to_json",
]

Format = Literal["table", "markdown", "latex", "html", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

EMPTY_CELLS = (
    "An empty cell says whether the text was read and is silent, leaves the matter to national law, "
    "or was not checked."
)

LEGEND = (
    "Each cell: the outcome, then the provisions that decide it. A question mark: possible on the known "
    "facts, not certain. In brackets, where the source is not the official text: official account, "
    "secondary account, inferred, unread."
)


def to_json(data: object) -> str:
    """Returns data as JSON, readable and with letters as they are."""
    return json.dumps(data, ensure_ascii=False, indent=2)


# comparison -----------------------------------------------------------------------------------------


def comparison_text(
    comparison: Comparison,
    form: Format | Form = "table",
    warnings: Iterable[str] = (),
    lang: str = "en",
    links: bool = False,
    pairs: bool = False,
) -> str:
    """Returns the comparison in one of the forms.

    Args:
        comparison: The comparison.
        form: The form.
        warnings: What is to be said after the table.
        lang: The language in which links lead to the law.
        links: Whether to print the addresses of the texts that are cited in text as well.
        pairs: Whether to say for each pair of regimes where they differ.
    """
    if form == "json":
        return to_json(comparison_data(comparison, lang))
    if form == "csv":
        return comparison_csv(comparison)
    has_links = links or form not in ("table", "text", "terminal")
    document = comparison_document(comparison, warnings, lang if has_links else None, pairs=pairs)
    return render(document, form, links=links)


def comparison_document(
    comparison: Comparison,
    warnings: Iterable[str] = (),
    lang: str | None = None,
    *,
    pairs: bool = False,
) -> Document:
    """Returns a comparison with its findings; the arguments are those of ``comparison_text``.

    Without a language the texts cited are not listed.
    """
    found = comparison.sensitivity()
    return Document(
        "",
        [
            *headline_blocks(comparison),
            comparison_sentence(comparison),
            *home_sentences(comparison),
            comparison_table(comparison),
            LEGEND,
            *(gap_sentences(comparison) if pairs else ()),
            *changed_sentences(found),
            *beside_sentences(found),
            *warnings,
            *presumed_sentences(found),
            currency_sentence(comparison),
            texts_cited(comparison.verdicts, lang),
            NOT_ADVICE,
        ],
    )


def comparison_table(comparison: Comparison, cases: Iterable[Inline] | None = None) -> Table:
    """Returns the outcomes, a row a case; ``cases`` says what the cases are called."""
    columns = range(len(comparison.rulesets))
    names = cases or [_called(row[0].scenario) for row in comparison.rows]
    return Table(
        "Outcome of each case under each regime",
        ["case", *(regime_heading(comparison, column) for column in columns)],
        [[name, *map(_cell, row)] for name, row in zip(names, comparison.rows, strict=True)],
    )


def _called(scenario: Scenario) -> str:
    """A case by its title, with what it is where it is not a sale on record."""
    name = scenario.title or scenario.id
    return name if scenario.is_documented or not scenario.kind else f"{name} ({scenario.kind})"


_CITES = 3
"""So many provisions are named in a cell."""


def _cell(verdict: Verdict) -> list[list[Inline]]:
    """The result of a verdict with the provisions that decide it, or are open, and the weakest mark."""
    if verdict.span is None:
        return [[verdict.result]]
    cited, mark = provisions_named(verdict), verdict.checked
    shown = cited[:_CITES] + (["..."] if len(cited) > _CITES else [])
    weak = f" [{mark}]" if mark and mark is not Checked.TEXT else ""
    scope = " (scope open)" if verdict.in_scope is None else ""
    result = [_outcome(verdict), scope, _late(verdict)]
    if not shown:
        return [[*result, Note(weak)]]
    return [result, [Note(f"{'; '.join(shown)}{weak}")]]


def gaps_document(gaps: Gaps) -> Document:
    """Returns the gaps between two rulesets: the finding, then the cases."""
    return Document("", [gaps.sentence(), gaps_table(gaps)])


def gaps_table(gaps: Gaps) -> Table:
    """Returns the cases that one ruleset controls and the other does not."""
    return Table(
        f"Cases that {verb_phrase(gaps.stops_at, 2)} under {gaps.other} but not under {gaps.base}",
        ("case", gaps.base, gaps.other, "certain"),
        [
            (
                _called(gap.scenario),
                [[_outcome(gap.let_through)]],
                [[_outcome(gap.stopped)]],
                "yes" if gap.is_sure else "open",
            )
            for gap in gaps.found
        ],
    )


# safeguards -----------------------------------------------------------------------------------------


def safeguards_text(found: Safeguards, form: Format | Form = "table") -> str:
    """Returns the table of safeguards in one of the forms."""
    if form == "json":
        return to_json(found.records())
    if form == "csv":
        return _safeguards_csv(found)
    return render(safeguards_document(found), form)


def safeguards_document(found: Safeguards) -> Document:
    """Returns the safeguards with their finding and how to read them."""
    verified = verified_sentence(found.rulesets)
    tables = safeguards_tables(found)
    return Document("", [found.sentence(), *tables, verified, EMPTY_CELLS, NOT_ADVICE])


def safeguards_tables(found: Safeguards) -> list[Table]:
    """Returns the safeguards, a row a kind, in a table for each of those whom they protect."""
    return [
        Table(
            f"Safeguards, {protects}: who is bound, how strongly, and where",
            found.head(),
            [(str(kind), *map(str, cells)) for kind, cells in found.group(protects).rows],
        )
        for protects in Protects
    ]


_OF_KIND = ("kind", "protects", "ruleset", "empty")
_OF_PROVISION = ("id", "cite", "addressee", "strength", "applies", "checked")


def _safeguards_csv(found: Safeguards) -> str:
    records = (
        {**record, **item, "applies": yes_no(item["applies"])}
        for record in found.records()
        for item in record["held"] or [{"applies": False}]
    )
    return csv_text((*_OF_KIND, *_OF_PROVISION), records)


# timeline -------------------------------------------------------------------------------------------

Told = Sequence[tuple[Ruleset, list[Change]]]
"""Rulesets, each with the days on which its result changed."""


def timeline_text(scenario: Scenario, lines: Told, form: Form = "text") -> str:
    """Returns the days on which the result changed, a line a change, ruleset by ruleset."""
    changes = [(ruleset, change) for ruleset, found in lines for change in found]
    records = [
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
    if form == "json":
        return to_json(records)
    marked = any(record["later_than_verified"] for record in records)
    used = dict.fromkeys(ruleset for ruleset, _ in changes)
    sentence = f"{scenario.id}: the result if the same transaction were made on that day, under its law."
    verified = verified_sentence(used, marked=marked)
    return render(Document("", [sentence, timeline_table(lines), verified, NOT_ADVICE]), form)


def timeline_table(lines: Told) -> Table:
    """Returns the days on which the result changed, a row a change."""
    return Table(
        "The result if the same transaction were made on that day, under its law",
        ("ruleset", "from", "result", "what changed it"),
        [
            (ruleset.id, str(change.day), [[_outcome(one), _late(one)]], "\n".join(change.provisions))
            for ruleset, changes in lines
            for change in changes
            for one in [change.verdict]
        ],
    )


def _late(verdict: Verdict) -> str:
    return f" {LATER_MARK}" if is_later(verdict) else ""


def _outcome(verdict: Verdict) -> Inline:
    """The result as a cell says it."""
    return verdict_outcomes(verdict, result_cell(verdict))
