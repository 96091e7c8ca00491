"""The commands ``export``, rulesets as JSON for other evaluators, and ``cases``, the cases as tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from regcompare._support.output import write_file, write_folder
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.writer import rulesets_as_data
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.views.case_data import case_files
from regcompare.views.tables import to_json

from .options import DAY, catalogue_options, overwrite_option
from .streams import echo


@click.command()
@click.argument("ids", metavar="RULESET...", nargs=-1, required=True)
@click.option("--as-of", type=DAY, help="The date of the law.  [default: every day]")
@click.option("-o", "--output", metavar="FILE", help="The file to write.  [default: standard output]")
@overwrite_option
@catalogue_options
def export(
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
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder to write the files to.")
@overwrite_option
@catalogue_options
def cases_command(catalogue: Catalogue, output: str, overwrite: bool) -> None:
    """Write the documented cases, their sources and facts as a data package.

    It has cases.csv, sources.csv, facts.csv and a datapackage.json that describes them.
    """
    cases = cases_of_kinds(catalogue.scenarios())
    write_folder(Path(output), case_files(cases), overwrite=overwrite)
    echo(f"{output}: {len(cases)} cases.", err=True)
