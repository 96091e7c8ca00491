"""The report as a whole: findings first, then tables, cases, and what the results rest on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs

from regcompare._support.output import refuse_existing, write_file
from regcompare.comparison.comparison import (
    Comparison,
    comparison_sentence,
    currency_sentence,
    gap_sentences,
    is_later,
)
from regcompare.comparison.safeguards import Cell, Safeguards, safeguards
from regcompare.errors import UsageError, needs_extra
from regcompare.law import Checked
from regcompare.ruleset.cites import cell_cites
from regcompare.ruleset.currency import LATER
from regcompare.verdict.verdict import Verdict
from regcompare.views.dependence import beside_sentences, changed_sentences, presumed_sentences
from regcompare.views.pictures import Picture, ladder, safeguards_grid
from regcompare.views.pictures.ladder import stopped_sentence
from regcompare.views.sentences import result_words
from regcompare.views.tables import EMPTY_CELLS, LEGEND, NOT_ADVICE

from . import law
from .case import case_name, case_section
from .parts import Html, bullets, joined_html, results, table, tag
from .style import style

__all__ = ["report_html", "write_report"]

_PICTURED = 12
"""Of up to so many cases the timelines are drawn; of more they are told in tables alone."""


@attrs.frozen(kw_only=True)
class _Report:
    """What a report is made from."""

    comparison: Comparison
    title: str
    until: dt.date | None
    maps: tuple[Picture, ...]
    made_on: dt.date | None
    versions: Mapping[str, str] | None
    lang: str


def report_html(
    comparison: Comparison,
    *,
    title: str | None = None,
    until: dt.date | None = None,
    maps: Iterable[Picture] = (),
    made_on: dt.date | None = None,
    versions: Mapping[str, str] | None = None,
    lang: str = "en",
) -> str:
    """Returns a report as one page of HTML that needs no network, no script and no other file.

    Without the extra ``plot`` it holds no pictures, and says so.

    Args:
        comparison: The comparison to report.
        title: The report's title.
        until: The last day of the timelines; without it there are none.
        maps: Pictures of coverage maps.
        made_on: The day of the report.
        versions: Versions to name, by what they are versions of; by default that of this library.
        lang: The language in which links lead to the law.

    Raises:
        UsageError: The comparison holds no case or no ruleset.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to report: the comparison holds no case or no ruleset.")
    report = _Report(
        comparison=comparison,
        title=title or _title(comparison),
        until=until,
        maps=tuple(maps),
        made_on=made_on,
        versions=versions,
        lang=lang,
    )
    return f"<!DOCTYPE html>\n{_page(report)}\n"


def write_report(
    path: str | Path,
    comparison: Comparison,
    *,
    title: str | None = None,
    until: dt.date | None = None,
    maps: Iterable[Picture] = (),
    made_on: dt.date | None = None,
    versions: Mapping[str, str] | None = None,
    overwrite: bool = False,
) -> None:
    """Writes a report to a file; the arguments are those of ``report_html``.

    Raises:
        UsageError: There is nothing to report, the file cannot be written, or it exists and
            ``overwrite`` was not given.
    """
    refuse_existing(Path(path), overwrite=overwrite)
    text = report_html(
        comparison,
        title=title,
        until=until,
        maps=maps,
        made_on=made_on,
        versions=versions,
    )
    write_file(path, text, overwrite=overwrite)


def _title(comparison: Comparison) -> str:
    regimes = len(comparison.rulesets)
    under = comparison.rulesets[0].title if regimes == 1 else f"{regimes} regimes"
    if len(comparison.rows) == 1:
        return f"{case_name(comparison.rows[0][0].scenario)} under {under}"
    return f"{len(comparison.rows)} cases under {under}"


# the page --------------------------------------------------------------------------------------

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for the page: nothing."""


def _page(report: _Report) -> Html:
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="referrer" content="no-referrer">'),
        tag("title", report.title),
        tag("style", Html(style())),
    )
    sections = list(_sections(report))
    body = tag(
        "body",
        tag("a", "Skip to the findings", class_="skip", href="#findings"),
        _header(report),
        _contents(report, sections),
        tag("main", *(_section(name, heading, inside) for name, heading, inside in sections)),
        tag("footer", tag("p", NOT_ADVICE)),
    )
    return tag("html", head, body, lang="en-GB")


Section = tuple[str, str, Html]


def _sections(report: _Report) -> list[Section]:
    comparison = report.comparison
    found: list[Section] = [
        ("findings", "Findings", _findings(report)),
        ("comparison", "Comparison", _comparison(comparison)),
        ("safeguards", "Safeguards", _safeguards(safeguards(comparison.rulesets))),
    ]
    if report.maps:
        drawn = joined_html(_figure(picture) for picture in report.maps)
        found.append(("map", "Coverage", drawn))
    return [
        *found,
        ("cases", "The cases", _cases(report)),
        ("not-encoded", "What is not encoded", law.left_out(comparison)),
        ("checked", "How it was checked", law.checks(comparison)),
        ("readings", "Readings assumed", law.readings(comparison)),
        ("law", "Law and versions", _law(report)),
    ]


def _section(name: str, heading: str, inside: Html) -> Html:
    title = tag("h2", heading, id=f"{name}-title")
    page = "page" if name in ("not-encoded", "safeguards") else None
    return tag("section", title, inside, id=name, class_=page, aria_labelledby=f"{name}-title")


def _header(report: _Report) -> Html:
    days = [
        tag("dt", ruleset.title) + tag("dd", _day_of(report.comparison, column))
        for column, ruleset in enumerate(report.comparison.rulesets)
    ]
    made = tag("dt", "Made on") + tag("dd", str(report.made_on)) if report.made_on else ""
    return tag(
        "header",
        tag("h1", report.title),
        tag("p", _lede(report.comparison), class_="lede"),
        tag("dl", *map(Html, days), Html(made), class_="meta"),
        tag("p", NOT_ADVICE, class_="notice"),
    )


def _day_of(comparison: Comparison, column: int) -> str:
    days = {row[column].as_of for row in comparison.rows}
    if len(days) == 1:
        day = days.pop()
        return f"law as of {day}" if day else "law of a day that is not known"
    return "law of the day of each case"


def _contents(report: _Report, sections: Iterable[Section]) -> Html:
    items = []
    for name, heading, _ in sections:
        inner = ""
        if name == "cases":
            cases = (
                tag("a", case_name(row[0].scenario), href=f"#case-{number}")
                for number, row in enumerate(report.comparison.rows, 1)
            )
            inner = bullets(cases)
        items.append(tag("li", tag("a", heading, href=f"#{name}"), inner))
    return tag(
        "nav", tag("h2", "Contents", id="contents"), tag("ol", *items), aria_labelledby="contents"
    )


# findings --------------------------------------------------------------------------------------


def _lede(comparison: Comparison) -> str:
    if len(comparison.rows) > 1:
        return stopped_sentence(comparison)
    results_of = [f"{v.ruleset.title}: {result_words(v)}" for v in comparison.rows[0]]
    return f"{'; '.join(results_of)}."


def _findings(report: _Report) -> Html:
    comparison = report.comparison
    found = comparison.sensitivity()
    sentences = [
        comparison_sentence(comparison),
        *gap_sentences(comparison),
        *changed_sentences(found),
        *beside_sentences(found),
        *presumed_sentences(found),
    ]
    drawn = _drawn(lambda: ladder(comparison))
    return joined_html([bullets(sentences), drawn or tag("p", _no_pictures(), class_="notice")])


def _no_pictures() -> str:
    try:
        with needs_extra("plot"):
            import altair as alt  # noqa: F401 - only whether they are there
            import vl_convert  # noqa: F401 - the same
    except UsageError as error:
        return f"Pictures are left out: {str(error).replace(chr(10), ' ')}"
    return ""


def _drawn(make: Callable[[], Picture]) -> Html:
    """A picture as a figure, or nothing where pictures cannot be drawn."""
    return Html("") if _no_pictures() else _figure(make())


def _figure(picture: Picture) -> Html:
    return tag("figure", Html(picture.svg()))


# tables ----------------------------------------------------------------------------------------


def _comparison(comparison: Comparison) -> Html:
    head = ["Case", *(ruleset.title for ruleset in comparison.rulesets)]
    rows = [
        (_case_link(number, row[0]), *map(_cell, row)) for number, row in enumerate(comparison.rows, 1)
    ]
    made = table("Outcome of each case under each regime", head, rows, name="comparison")
    return joined_html(
        [
            tag("p", comparison_sentence(comparison)),
            made,
            tag("p", LEGEND, class_="marks"),
            tag("p", currency_sentence(comparison), class_="marks"),
        ]
    )


def _case_link(number: int, verdict: Verdict) -> Html:
    return tag("a", case_name(verdict.scenario), href=f"#case-{number}")


def _cell(verdict: Verdict) -> Html:
    """The result, then the provisions that decide it or are open, and the weakest mark."""
    if verdict.span is None:
        return results(verdict)
    ruleset, least = verdict.ruleset, verdict.span.low
    sure = cell_cites(ruleset, (item.rule.cite for item in (*verdict.deciding, *verdict.between)))
    unsure = cell_cites(ruleset, (item.rule.cite for item in verdict.open if item.rule.then > least))
    cites = [*sure, *(f"{cite}?" for cite in unsure if cite not in sure)]
    more = ["..."] if len(cites) > _CITES else []
    mark = verdict.checked
    weak = f" [{mark}]" if mark and mark is not Checked.TEXT else ""
    told = tag("div", f"{'; '.join([*cites[:_CITES], *more])}{weak}", class_="marks") if cites else ""
    late = f" {LATER}" if is_later(verdict) else ""
    return joined_html([results(verdict), late, told])


_CITES = 4
"""So many provisions stand in a cell."""


def _safeguards(found: Safeguards) -> Html:
    rows = [(str(kind), *map(_held, cells)) for kind, cells in found.rows]
    head = ["Safeguard", *(ruleset.title for ruleset in found.rulesets)]
    return joined_html(
        [
            tag("p", found.sentence()),
            _drawn(lambda: safeguards_grid(found)),
            table("Safeguards by regime: who is bound, how strongly, and where", head, rows),
            tag("p", EMPTY_CELLS, class_="marks"),
        ]
    )


def _held(cell: Cell) -> Html:
    if not cell.held:
        return tag("span", cell.empty, class_="none")
    return bullets(dict.fromkeys(map(str, cell.held)))


# cases and law ---------------------------------------------------------------------------------


def _cases(report: _Report) -> Html:
    rows = report.comparison.rows
    draw = _drawn if len(rows) <= _PICTURED else None
    return joined_html(
        case_section(row, number, until=report.until, draw=draw, lang=report.lang)
        for number, row in enumerate(rows, 1)
    )


def _law(report: _Report) -> Html:
    note = (
        "Where a law is read at a day of its own, lists of items follow that day, and membership, "
        "embargoes and sanctions follow the facts."
    )
    versions = joined_html([tag("h3", "Versions"), law.versions_of(report.versions)])
    return joined_html([tag("p", note), law.texts(report.comparison, report.lang), versions])
