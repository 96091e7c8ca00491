"""The commands ``export``, rulesets as JSON for other evaluators, and ``cases``, the cases as tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from regcompare._support.output import write_file, write_folder
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.writer import rulesets_as_data
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.views.case_data import case_files

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
    load: tuple[str, ...],
) -> None:
    """Write rulesets as JSON that other programs can evaluate.

    The file contains every condition as nodes, with questions, texts, citations and evidence;
    docs/program.schema.json documents it. Without --as-of it covers the law of every day, as the offline
    page does.
    """
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    text = _lines(rulesets_as_data(rulesets, as_of))
    if output is None:
        echo(text)
    else:
        write_file(output, f"{text}\n", overwrite=overwrite, inputs=map(Path, load))


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


def _lines(data: Mapping[str, Any]) -> str:
    """JSON with a line for each item of each part."""
    return "{\n" + ",\n".join(f"{_text(name)}: {_part(part)}" for name, part in data.items()) + "\n}"


def _part(part: Any) -> str:
    if not part or not isinstance(part, list | dict):
        return _text(part)
    opening, closing = "{}" if isinstance(part, dict) else "[]"
    return f"{opening}\n" + ",\n".join(f"  {line}" for line in _items(part)) + f"\n{closing}"


def _items(part: list[Any] | dict[str, Any]) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (f"{_text(name)}: {_text(item)}" for name, item in part.items())
    else:
        yield from map(_text, part)


def _text(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False)
