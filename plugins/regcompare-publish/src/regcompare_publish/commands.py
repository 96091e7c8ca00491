"""The commands that publish: citations, evidence, briefs, the data package, exported programs."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

import click

from regcompare._support.output import refuse_existing, write_file, write_folder
from regcompare.cli.options import (
    DAY,
    as_if_from_option,
    catalogue_options,
    exact_option,
    format_option,
    lang_option,
    language_of,
    law_options,
    overwrite_option,
    required_rulesets_option,
    rulesets_option,
    scenario_option,
    scenarios_of,
    translation_option,
)
from regcompare.cli.streams import echo
from regcompare.comparison.comparison import Comparison, compare
from regcompare.comparison.data import to_json
from regcompare.errors import UsageError
from regcompare.inputs import Listing, message_of
from regcompare.law import link_language
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import PICTURES
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import as_if_from
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import assess
from regcompare.views.document import Picture
from regcompare.views.render import written
from regcompare.words.lexicon import listing

from .brief import BriefForm, brief_text
from .case_data import case_files
from .citation import CITE_FORMS, CiteForm, cite_text, cited_result
from .evidence_trail import evidence_document, evidence_trail
from .writer import rulesets_as_data


@click.command("cite")
@click.argument("file")
@required_rulesets_option
@scenario_option
@exact_option
@as_if_from_option
@law_options
@lang_option
@format_option(*CITE_FORMS)
@catalogue_options
def cite_command(
    scenario: Scenario, rulesets: list[Ruleset], law: dict[str, Any], lang: str, form: CiteForm
) -> None:
    """Cite one result: as a sentence with a footnote, or as BibTeX.

    FILE is a scenario file or the id of a case that ships. JSON has everything.
    """
    if len(rulesets) > 1:
        ids = ", ".join(item.id for item in rulesets)
        raise UsageError(f"One result is cited at a time. Expected one ruleset, found {ids}.")
    (ruleset,) = rulesets
    case = as_if_from(scenario, ruleset, law.pop("as_if_from"))
    verdict = assess(case, ruleset, **law)
    echo(cite_text(cited_result(verdict, lang), form))


@click.command("evidence")
@click.argument("file")
@required_rulesets_option
@scenario_option
@law_options
@lang_option
@format_option("text", "markdown", "html", "json")
@catalogue_options
def evidence_command(
    catalogue: Catalogue,
    scenario: Scenario,
    rulesets: list[Ruleset],
    law: dict[str, Any],
    lang: str,
    form: str,
) -> None:
    """Show what a result is based on, the weakest evidence first.

    It leads from publications to facts, from texts to provisions, and from both to the result.
    """
    for ruleset in rulesets:
        verdict = assess(scenario, ruleset, **law)
        trail = evidence_trail(verdict)
        document = partial(evidence_document, trail, lang)
        echo(written("page" if form == "html" else form, document, trail, lang=lang))


_FORMS: dict[str, BriefForm] = {".html": "page", ".md": "markdown", ".tex": "article"}


@click.command("brief")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option(
    "-o", "--output", "output", required=True, metavar="FILE",
    help="The file to write; its name ends in .html, .md or .tex.",
)  # fmt: skip
@rulesets_option
@click.option("--title", default="", metavar="TEXT", help="The title.")
@overwrite_option
@as_if_from_option
@law_options
@translation_option("the finding and its table")
@catalogue_options
def brief_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    output: str,
    overwrite: bool,
    rulesets: list[Ruleset],
    title: str,
    law: dict[str, Any],
    lang: str,
) -> None:
    """Write a brief on a comparison, or a fact sheet on one case.

    A brief has the finding, some cases, safeguards, method, and how to cite it. By default the cases are
    the documented sales, and the rulesets the three regimes. HTML has pictures, and prints on
    A4.
    """
    target = Path(output)
    form = _FORMS.get(target.suffix.lower())
    if form is None:
        raise UsageError(f"{target}: expected a file name that ends in {listing(_FORMS)}.")
    refuse_existing(target, overwrite=overwrite)
    cases, language = scenarios_of(catalogue, files, include=""), language_of(catalogue, lang)
    comparison = compare(cases, rulesets, others=catalogue.rulesets.parallel(), **law)
    text = brief_text(
        comparison,
        form,
        title=title,
        first=() if files else catalogue.profile.first,
        source=catalogue.profile.source,
        pictures=_pictures(catalogue, comparison) if form == "page" else (),
        lang=link_language(lang),
        language=language,
        message=None if files else message_of(catalogue, cases, law["readings"], language),
    )
    write_file(target, text, overwrite=overwrite)
    echo(f"{output}: {len(text.encode(errors='replace')) / 1024:.0f} kB.", err=True)


def _pictures(catalogue: Catalogue, comparison: Comparison) -> list[Picture]:
    """The picture of the comparison; none where all results are the same, or nothing draws."""
    results = {verdict.result for verdict in comparison.verdicts}
    if len(comparison.rows) < 2 or len(results) < 2 or not catalogue.features[PICTURES]:
        return []
    return [catalogue.draw("comparison", comparison)]


@click.command("export")
@click.argument("ids", metavar="RULESET...", nargs=-1, required=True)
@click.option("--as-of", type=DAY, help="The date of the law.  [default: every day]")
@click.option("-o", "--output", metavar="FILE", help="The file to write.  [default: standard output]")
@overwrite_option
@catalogue_options
def export_command(
    catalogue: Catalogue,
    ids: tuple[str, ...],
    as_of: dt.date | None,
    output: str | None,
    overwrite: bool,
) -> None:
    """Write rulesets as JSON that other programs can evaluate.

    The file contains every condition as nodes, with questions, texts, citations and evidence;
    docs/program.schema.json documents it. Without --as-of it covers the law of every day, as the offline
    page does.
    """
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    text = to_json(rulesets_as_data(rulesets, as_of))
    if output is None:
        echo(text)
    else:
        write_file(output, f"{text}\n", overwrite=overwrite)


@click.command("cases")
@click.option("-o", "--output", metavar="DIR", help="The folder to write a data package to.")
@overwrite_option
@catalogue_options
def cases_command(catalogue: Catalogue, output: str | None, overwrite: bool) -> None:
    """List the documented cases, or write all that is on record of them as a data package.

    Without a folder their ids and titles are printed, the ids for other commands. The data package has
    cases.csv, a table each of facts, disputes, replies, owners, reports, sources and changes, a
    datapackage.json that describes them, a licence (CC BY 4.0) and a citation file.
    """
    cases = cases_of_kinds(catalogue.scenarios())
    if output is None:
        echo(Listing(cases, "case").text("table"))
        return
    write_folder(Path(output), case_files(cases), overwrite=overwrite)
    echo(f"{output}: {len(cases)} cases.", err=True)
