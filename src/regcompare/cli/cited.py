"""Commands whose output is quoted: ``cite`` and ``brief``."""

from __future__ import annotations

from pathlib import Path

import click

from regcompare import shipped_cases
from regcompare._support.output import refuse_existing, write_file
from regcompare.accepted import prover_of
from regcompare.comparison.comparison import compare
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import scenario_files
from regcompare.scenario.as_if import AsIfFrom
from regcompare.scenario.as_if import as_if_from as moved
from regcompare.verdict.assess import AsOf, assess
from regcompare.views.brief import BriefForm, brief_text
from regcompare.views.citation import CITE_FORMS, CiteForm, cite_text, cited_result

from ._drawing import pictures_of
from ._shared import (
    as_if_from_home,
    catalogue_of,
    catalogued,
    chosen_readings,
    exactly,
    for_named_rulesets,
    for_rulesets,
    formatted,
    in_language,
    language_of,
    main,
    one_scenario,
    overwriting,
    read_as,
    rulesets_of,
    said_in,
    scenario_named,
    scenarios_of,
)
from ._streams import echo


@main.command("cite")
@click.argument("file")
@for_named_rulesets
@one_scenario
@exactly
@as_if_from_home
@read_as
@in_language
@formatted(*CITE_FORMS)
@catalogued
def cite_command(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    exact: bool,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    form: CiteForm,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Cite one result: a sentence to quote, a footnote and links, or BibTeX, or JSON.

    FILE is a scenario file or the id of a case that ships.  The JSON holds all of it, with CSL-JSON for
    reference managers.
    """
    if len(ids) > 1:
        raise UsageError(f"One result is cited at a time. Expected one ruleset, found {', '.join(ids)}.")
    catalogue = catalogue_of(load, strict)
    ruleset = catalogue.ruleset(ids[0])
    verdict = assess(
        moved(scenario_named(catalogue, file, scenario_id), ruleset, as_if_from),
        ruleset,
        as_of=as_of,
        readings=chosen_readings(reading, readings),
        prover=prover_of(exact),
    )
    echo(cite_text(cited_result(verdict, lang), form))


_FORMS: dict[str, BriefForm] = {".html": "page", ".md": "markdown", ".tex": "article"}


@main.command("brief")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option(
    "-o", "--output", "output", required=True, metavar="FILE",
    help="The file to write, which ends in .html, .md or .tex.",
)  # fmt: skip
@for_rulesets
@click.option("--title", default="", metavar="TEXT", help="The title.")
@overwriting
@as_if_from_home
@read_as
@said_in("the finding and its table")
@catalogued
def brief_command(
    files: tuple[str, ...],
    output: str,
    overwrite: bool,
    ids: tuple[str, ...],
    title: str,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Write a comparison in brief: the finding, some cases, safeguards, method, how to cite.

    Without files it takes the documented sales, without rulesets the three regimes.  Of one case it
    writes a fact sheet.  HTML has pictures where the extra 'plot' is installed, and prints on A4.
    """
    target, inputs = Path(output), [*scenario_files(files), *map(Path, load)]
    form = _form(target)
    refuse_existing(target, overwrite=overwrite, inputs=inputs)
    catalogue = catalogue_of(load, strict)
    chosen = chosen_readings(reading, readings)
    comparison = compare(
        scenarios_of(catalogue, files, include=""),
        rulesets_of(catalogue, ids),
        as_of=as_of,
        readings=chosen,
        others=catalogue.rulesets.parallel(),
        as_if_from=as_if_from,
    )
    text = brief_text(
        comparison,
        form,
        title=title,
        first=() if files else shipped_cases.FIRST,
        pictures=pictures_of(comparison, chosen) if form == "page" else (),
        lang=lang,
        language=language_of(catalogue, lang),
    )
    write_file(target, text, overwrite=overwrite, inputs=inputs)
    echo(f"{output}: {len(text.encode(errors='replace')) / 1024:.0f} kB.", err=True)


def _form(target: Path) -> BriefForm:
    if target.suffix.lower() not in _FORMS:
        raise UsageError(f"{target}: a brief is written as {', '.join(_FORMS)}.")
    return _FORMS[target.suffix.lower()]
