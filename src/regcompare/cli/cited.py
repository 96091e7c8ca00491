"""The command ``cite``: one result, ready to quote."""

from __future__ import annotations

import click

from regcompare.errors import UsageError
from regcompare.verdict.assess import AsOf, assess
from regcompare.views.citation import CITE_FORMS, CiteForm, cite_text, cited_result

from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    exactly,
    for_named_rulesets,
    formatted,
    in_language,
    main,
    one_scenario,
    prover_of,
    read_as,
    scenario_named,
)
from ._streams import echo


@main.command("cite")
@click.argument("file")
@for_named_rulesets
@one_scenario
@exactly
@read_as
@in_language
@formatted(*CITE_FORMS)
@catalogued
def cite_command(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    exact: bool,
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
    verdict = assess(
        scenario_named(catalogue, file, scenario_id),
        catalogue.ruleset(ids[0]),
        as_of=as_of,
        readings=chosen_readings(reading, readings),
        prover=prover_of(exact),
    )
    echo(cite_text(cited_result(verdict, lang), form))
