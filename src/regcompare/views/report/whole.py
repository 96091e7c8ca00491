"""The whole report: findings first, then tables, cases, and what the results depend on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from regcompare._support.output import refuse_existing, write_file
from regcompare.comparison.comparison import Comparison, comparison_sentence, currency_sentence
from regcompare.comparison.gaps import gap_sentences
from regcompare.comparison.safeguards import Safeguards, safeguards
from regcompare.errors import UsageError, needs_extra
from regcompare.views.dependence import beside_sentences, changed_sentences, presumed_sentences
from regcompare.views.document import Block, Bullets, Document, Figure, Link, Paragraph, Section
from regcompare.views.headline import headline_blocks
from regcompare.views.render import render
from regcompare.views.sentences import NOT_ADVICE, result_words
from regcompare.views.tables import EMPTY_CELLS, LEGEND, comparison_table, safeguards_tables
from regcompare_page.pictures import Picture, ladder, safeguards_grid

from . import law
from .case import case_name, case_section

_MAX_TIMELINES = 12
"""The most cases for which timelines are drawn; with more, there are only tables."""


def report_html(
    comparison: Comparison,
    *,
    title: str | None = None,
    until: dt.date | None = None,
    maps: Iterable[Picture] = (),
    standards: Section | None = None,
    made_on: dt.date | None = None,
    lang: str = "en",
) -> str:
    """Returns a report as one page of HTML that needs no network, no script and no other file.

    Without the extra ``plot`` it contains no pictures, and says so.

    Args:
        comparison: The comparison to report.
        title: The report's title.
        until: The last day of the timelines; without it there are none.
        maps: Pictures of coverage maps.
        standards: The section on the finding of harm that obliges each regime to refuse a licence.
        made_on: The day of the report.
        lang: The language of the law texts to which links lead.

    Raises:
        UsageError: The comparison has no cases or no rulesets.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to report: the comparison has no cases or no rulesets.")
    sections = [
        Section("Findings", _finding_blocks(comparison), "findings"),
        Section("Comparison", _comparison_blocks(comparison), "comparison"),
        Section("Safeguards", _safeguard_blocks(safeguards(comparison.rulesets)), "safeguards"),
        *([standards] if standards else []),
        Section("Coverage", [Figure(picture.svg()) for picture in maps], "map"),
        Section("The cases", _case_sections(comparison, until, lang), "cases"),
        Section("What is not encoded", law.omissions(comparison), "not-encoded"),
        Section("How it was checked", law.source_levels(comparison), "checked"),
        Section("Interpretations assumed", law.interpretations(comparison), "readings"),
        Section("Law and versions", law.texts(comparison, lang), "law"),
    ]
    blocks = [*_introduction(comparison, made_on), *sections]
    return render(Document(title or _title(comparison), blocks), "page")


def write_report(
    path: str | Path, comparison: Comparison, *, overwrite: bool = False, **options: Any
) -> None:
    """Writes a report to a file; the options are those of ``report_html``.

    Raises:
        UsageError: There is nothing to report, the file cannot be written, or it exists and
            ``overwrite`` was not given.
    """
    refuse_existing(Path(path), overwrite=overwrite)
    write_file(path, report_html(comparison, **options), overwrite=overwrite)


def _title(comparison: Comparison) -> str:
    regimes = len(comparison.rulesets)
    under = comparison.rulesets[0].title if regimes == 1 else f"{regimes} regimes"
    if len(comparison.rows) == 1:
        return f"{case_name(comparison.rows[0][0].scenario)} under {under}"
    return f"{len(comparison.rows)} cases under {under}"


# the document ----------------------------------------------------------------------------------


def _introduction(comparison: Comparison, made_on: dt.date | None) -> Iterator[Block]:
    if len(comparison.rows) > 1:
        yield from headline_blocks(comparison)
    else:
        results = "; ".join(f"{v.ruleset.title}: {result_words(v)}" for v in comparison.rows[0])
        yield Paragraph(f"{results}.", "lede")
    lines = []
    for column, ruleset in enumerate(comparison.rulesets):
        days = {row[column].as_of for row in comparison.rows}
        basis = f"law as of {min(filter(None, days))}" if any(days) else "law of an unknown date"
        lines.append(f"{ruleset.title}: {basis if len(days) == 1 else 'law on the date of each case'}")
    yield Bullets([*lines, f"Made on {made_on}" if made_on else ""])
    yield Paragraph(NOT_ADVICE, "notice")


def _finding_blocks(comparison: Comparison) -> Iterator[Block | None]:
    sensitivity = comparison.sensitivity()
    yield Bullets(
        [
            comparison_sentence(comparison),
            *gap_sentences(comparison),
            *changed_sentences(sensitivity),
            *beside_sentences(sensitivity),
            *presumed_sentences(sensitivity),
        ]
    )
    yield _figure(lambda: ladder(comparison)) or Paragraph(_missing_pictures_note(), "notice")


def _missing_pictures_note() -> str:
    try:
        with needs_extra("plot"):
            import altair as alt  # noqa: F401 - only whether they are there
            import vl_convert  # noqa: F401 - the same
    except UsageError as error:
        return f"Pictures are left out: {str(error).replace(chr(10), ' ')}"
    return ""


def _figure(make: Callable[[], Picture]) -> Figure | None:
    """A picture as a figure, or None if pictures cannot be drawn."""
    return None if _missing_pictures_note() else Figure(make().svg())


def _comparison_blocks(comparison: Comparison) -> Iterator[Block | str]:
    names = [Link(case_name(row[0].scenario), f"#case-{n}") for n, row in enumerate(comparison.rows, 1)]
    yield comparison_sentence(comparison)
    yield comparison_table(comparison, names)
    yield Paragraph(LEGEND, "note")
    yield Paragraph(currency_sentence(comparison), "note")


def _safeguard_blocks(table: Safeguards) -> Iterator[Block | str | None]:
    yield table.sentence()
    yield _figure(lambda: safeguards_grid(table))
    yield from safeguards_tables(table)
    yield Paragraph(EMPTY_CELLS, "note")


def _case_sections(comparison: Comparison, until: dt.date | None, lang: str) -> Iterator[Section]:
    draw = _figure if len(comparison.rows) <= _MAX_TIMELINES else lambda _: None
    for number, row in enumerate(comparison.rows, 1):
        yield case_section(row, number, until=until, draw=draw, lang=lang)
