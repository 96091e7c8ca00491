"""Commands whose output is quoted or supports a quotation: ``cite``, ``evidence`` and ``brief``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from regcompare._support.output import refuse_existing, write_file
from regcompare.comparison.comparison import Comparison, compare
from regcompare.comparison.grounds import grounds
from regcompare.errors import UsageError
from regcompare.inputs import message_of
from regcompare.law import link_language
from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.features import PICTURES
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import as_if_from
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import assess
from regcompare.views.brief import BriefForm, brief_text
from regcompare.views.citation import CITE_FORMS, CiteForm, cite_text, cited_result
from regcompare.views.document import Picture
from regcompare.views.evidence import EVIDENCE_FORMS, EvidenceForm, evidence_text
from regcompare.words.lexicon import listing

from .options import (
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
from .streams import echo


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
    scenario: Scenario,
    rulesets: list[Ruleset],
    law: dict[str, Any],
    lang: str,
    form: CiteForm,
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
@format_option(*EVIDENCE_FORMS)
@catalogue_options
def evidence_command(
    catalogue: Catalogue,
    scenario: Scenario,
    rulesets: list[Ruleset],
    law: dict[str, Any],
    lang: str,
    form: EvidenceForm,
) -> None:
    """Show what a result is based on, the weakest evidence first.

    It leads from publications to facts, from texts to provisions, and from both to the result.
    """
    for ruleset in rulesets:
        verdict = assess(scenario, ruleset, **law)
        echo(evidence_text(grounds(verdict), form, lang))


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
