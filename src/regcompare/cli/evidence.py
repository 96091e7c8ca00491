"""The command ``evidence``: what a result rests on, the weakest first."""

from __future__ import annotations

from pathlib import Path

import click

from regcompare.comparison.grounds import grounds
from regcompare.scenario.scenario import of_kinds
from regcompare.verdict.assess import AsOf, assess
from regcompare.views.evidence import EVIDENCE_FORMS, EvidenceForm, evidence_text

from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    for_named_rulesets,
    formatted,
    in_language,
    main,
    one_scenario,
    read_as,
    scenario_named,
    signatures_in,
    signed,
)
from ._streams import echo


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
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    signatures: Path | None,
    form: EvidenceForm,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Show what a result rests on, the weakest first, and what it would be without each of it.

    From the publications to the facts, from the texts to the provisions, and from both to the result.
    The headline of the documented sales is counted again for each. The form prov is W3C PROV as JSON.
    """
    catalogue = catalogue_of(load, strict)
    scenario = scenario_named(catalogue, file, scenario_id)
    cases = of_kinds(catalogue.scenarios())
    for ruleset_id in ids:
        verdict = assess(
            scenario,
            catalogue.ruleset(ruleset_id),
            as_of=as_of,
            readings=chosen_readings(reading, readings),
        )
        echo(evidence_text(grounds(verdict, cases), form, lang, signatures_in(signatures)))
