"""The command ``export``: a ruleset as a file that anyone can evaluate, and cases to check that with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from regcompare._support.output import write_file
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.writer import rulesets_as_data
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.reference_cases import reference_cases

from ._shared import DAY, catalogued, main, overwriting
from ._streams import echo


@main.command()
@click.argument("ids", metavar="RULESET...", nargs=-1, required=True)
@click.option("--as-of", type=DAY, help="The day of the law.  [default: every day]")
@click.option("-o", "--output", metavar="FILE", help="The file to write, in place of standard output.")
@click.option(
    "--cases", type=click.IntRange(min=1), metavar="N",
    help="Write N drawn cases with their answers on a day instead (extra 'testing').",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Which cases to draw.")
@overwriting
@catalogued
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
    """Write rulesets as JSON that needs no library to evaluate.

    The file holds every condition as nodes, with questions, texts, citations and how each is known;
    docs/program.schema.json says what each part means.  Without --as-of it tells the law of every day,
    and is what the page carries.  --load reads it back.  With --cases the file holds cases with their
    answers under one ruleset on one day, to check an evaluator with.
    """
    rulesets = [catalogue.ruleset(one) for one in ids]
    data = rulesets_as_data(rulesets, as_of) if cases is None else _cases(rulesets, as_of, cases, seed)
    text = _lines(data)
    if output is None:
        echo(text)
    else:
        write_file(output, f"{text}\n", overwrite=overwrite, inputs=map(Path, load))


def _cases(rulesets: Sequence[Ruleset], as_of: dt.date | None, number: int, seed: int) -> dict[str, Any]:
    from regcompare.testing import drawn_scenarios  # Needs an extra, and takes long to import.

    ruleset, *others = rulesets
    day = as_of or ruleset.reference_date
    if others or not isinstance(day, dt.date):
        raise UsageError(
            "--cases draws them for one ruleset on one day of the law. "
            f"Name both, as in {ruleset.id} --as-of 2021-09-09."
        )
    return reference_cases(drawn_scenarios(ruleset, number, seed), ruleset, day)


def _lines(data: Mapping[str, Any]) -> str:
    """JSON in which each thing that is listed has a line of its own."""
    return "{\n" + ",\n".join(f"{_text(name)}: {_listed(part)}" for name, part in data.items()) + "\n}"


def _listed(part: Any) -> str:
    if not part or not isinstance(part, list | dict):
        return _text(part)
    opening, closing = "{}" if isinstance(part, dict) else "[]"
    return f"{opening}\n" + ",\n".join(f"  {line}" for line in _each(part)) + f"\n{closing}"


def _each(part: list[Any] | dict[str, Any]) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (f"{_text(name)}: {_text(item)}" for name, item in part.items())
    else:
        yield from map(_text, part)


def _text(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False)
