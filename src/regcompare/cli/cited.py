"""Commands whose output is quoted, or says what may be: ``cite``, ``evidence`` and ``brief``."""

from __future__ import annotations

from pathlib import Path

import click

from regcompare import shipped_cases
from regcompare._support.output import refuse_existing, write_file
from regcompare.comparison.comparison import compare
from regcompare.comparison.grounds import grounds
from regcompare.errors import UsageError
from regcompare.inputs import prover_of
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import AsIfFrom
from regcompare.scenario.as_if import as_if_from as moved
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import AsOf, Readings, assess
from regcompare.views.brief import BriefForm, brief_text
from regcompare.views.citation import CITE_FORMS, CiteForm, cite_text, cited_result
from regcompare.views.evidence import EVIDENCE_FORMS, EvidenceForm, evidence_text

from ._drawing import pictures_of
from ._shared import (
    as_if_from_home,
    catalogued,
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
    said_in,
    scenarios_of,
    signatures_in,
    signed,
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
    scenario: Scenario,
    rulesets: list[Ruleset],
    exact: bool,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    form: CiteForm,
) -> None:
    """Cite one result: a sentence to quote, a footnote and links, or BibTeX, or JSON.

    FILE is a scenario file or the id of a case that ships.  The JSON holds all of it, with CSL-JSON for
    reference managers.
    """
    if len(rulesets) > 1:
        found = ", ".join(item.id for item in rulesets)
        raise UsageError(f"One result is cited at a time. Expected one ruleset, found {found}.")
    (ruleset,) = rulesets
    case = moved(scenario, ruleset, as_if_from)
    verdict = assess(case, ruleset, as_of=as_of, readings=readings, prover=prover_of(exact))
    echo(cite_text(cited_result(verdict, lang), form))


@main.command("evidence")
@click.argument("file")
@for_named_rulesets
@one_scenario
@read_as
@in_language
@signed
@formatted(*EVIDENCE_FORMS)
@catalogued
def evidence_command(
    catalogue: Catalogue,
    scenario: Scenario,
    rulesets: list[Ruleset],
    as_of: AsOf,
    readings: Readings,
    lang: str,
    signatures: Path | None,
    form: EvidenceForm,
) -> None:
    """Show what a result rests on, the weakest first, and what it would be without each of it.

    From the publications to the facts, from the texts to the provisions, and from both to the result.
    The headline of the documented sales is counted again for each. The form prov is W3C PROV as JSON.
    """
    cases = cases_of_kinds(catalogue.scenarios())
    for ruleset in rulesets:
        verdict = assess(scenario, ruleset, as_of=as_of, readings=readings)
        echo(evidence_text(grounds(verdict, cases), form, lang, signatures_in(signatures)))


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
    catalogue: Catalogue,
    files: tuple[str, ...],
    output: str,
    overwrite: bool,
    rulesets: list[Ruleset],
    title: str,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    load: tuple[str, ...],
) -> None:
    """Write a comparison in brief: the finding, some cases, safeguards, method, how to cite.

    Without files it takes the documented sales, without rulesets the three regimes.  Of one case it
    writes a fact sheet.  HTML has pictures where the extra 'plot' is installed, and prints on A4.
    """
    target, inputs = Path(output), [*scenario_files(files), *map(Path, load)]
    form = _FORMS.get(target.suffix.lower())
    if form is None:
        raise UsageError(f"{target}: a brief is written as {', '.join(_FORMS)}.")
    refuse_existing(target, overwrite=overwrite, inputs=inputs)
    comparison = compare(
        scenarios_of(catalogue, files, include=""),
        rulesets,
        as_of=as_of,
        readings=readings,
        others=catalogue.rulesets.parallel(),
        as_if_from=as_if_from,
    )
    text = brief_text(
        comparison,
        form,
        title=title,
        first=() if files else shipped_cases.FIRST,
        pictures=pictures_of(comparison, readings) if form == "page" else (),
        lang=lang,
        language=language_of(catalogue, lang),
    )
    write_file(target, text, overwrite=overwrite, inputs=inputs)
    echo(f"{output}: {len(text.encode(errors='replace')) / 1024:.0f} kB.", err=True)
