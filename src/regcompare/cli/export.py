"""The command ``export``: rulesets as JSON for other evaluators, and cases to check these with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from regcompare._support.output import write_file, write_folder
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.writer import rulesets_as_data
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import cases_of_kinds
from regcompare.verdict.reference_cases import reference_cases
from regcompare.views.case_data import case_files

from .options import DAY, catalogue_options, overwrite_option
from .streams import echo


@click.command()
@click.argument("ids", metavar="RULESET...", nargs=-1, required=True)
@click.option("--as-of", type=DAY, help="The date of the law.  [default: every day]")
@click.option("-o", "--output", metavar="FILE", help="The file to write.  [default: standard output]")
@click.option(
    "--cases", type=click.IntRange(min=1), metavar="N",
    help="Write N random cases with their results instead (extra 'testing').",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="The seed of the random cases.")
@overwrite_option
@catalogue_options
def export(
    catalogue: Catalogue,
    ids: tuple[str, ...],
    as_of: dt.date | None,
    output: str | None,
    cases: int | None,
    seed: int,
    overwrite: bool,
    load: tuple[str, ...],
) -> None:
    """Write rulesets as JSON that other programs can evaluate.

    The file contains every condition as nodes, with questions, texts, citations and evidence;
    docs/program.schema.json documents it. Without --as-of it covers the law of every day, as the offline
    page does. With --cases the file contains cases with their results under one ruleset on one day, to
    test an evaluator against.
    """
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    data = rulesets_as_data(rulesets, as_of) if cases is None else _cases(rulesets, as_of, cases, seed)
    text = _lines(data)
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


def _cases(rulesets: Sequence[Ruleset], as_of: dt.date | None, number: int, seed: int) -> dict[str, Any]:
    from regcompare.testing import drawn_scenarios  # Needs an extra, and takes long to import.

    ruleset, *others = rulesets
    day = as_of or ruleset.reference_date
    if others or not isinstance(day, dt.date):
        raise UsageError(
            f"--cases needs one ruleset and one date of the law, as in {ruleset.id} --as-of 2021-09-09."
        )
    return reference_cases(drawn_scenarios(ruleset, number, seed), ruleset, day)


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
