"""The command on whole tables: ``screen``."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, Literal, cast

import attrs
import click

from regcompare.errors import UsageError
from regcompare.verdict.assess import AsOf
from regcompare.views.tables import to_json

from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    for_rulesets,
    formatted,
    main,
    read_as,
    rulesets_of,
)
from ._streams import echo, show


@attrs.frozen
class Most:
    """A greatest number of rows, or a greatest share of them in per cent."""

    figure: float
    is_share: bool

    def __str__(self) -> str:
        return f"{self.figure:g}{'%' if self.is_share else ''}"

    def of(self, rows: int) -> float:
        """Returns the greatest number, of so many rows."""
        return rows * self.figure / 100 if self.is_share else self.figure


class _MostType(click.ParamType[Most]):
    """A whole number, or a share such as 2.5%."""

    name = "ROWS|SHARE%"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Most:
        if isinstance(value, Most):
            return value
        found = re.fullmatch(r"([0-9]+)|([0-9]+(?:\.[0-9]+)?)%", value, re.ASCII)
        if not found or float(found[2] or 0) > 100:
            self.fail(f"{value!r} is neither a number of rows nor a share such as 2.5%.", param, ctx)
        return Most(float(found[1] or found[2]), is_share=found[1] is None)


@main.command("screen")
@click.argument("source", metavar="IN")
@click.argument("sink", metavar="OUT")
@for_rulesets
@click.option(
    "--column", "columns", multiple=True, metavar="COLUMN=FACT", help="This column holds that fact."
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="COLUMN=PUBLISHER",
    help="This column holds categories in which that authority publishes, such as germany or "
    "germany,finland.",
)
@click.option(
    "--gap",
    "gaps",
    multiple=True,
    metavar="TEXT",
    help="A text that says that nothing is stated, such as n/a, in columns of facts; repeat for more.",
)
@click.option(
    "--weight",
    metavar="COLUMN",
    help="This column says for how many a row stands; all counts are sums of it.",
)
@click.option(
    "--by",
    multiple=True,
    metavar="COLUMN|year",
    help="Tell by its categories how many rows need a licence or are refused; repeat for more.",
)
@click.option(
    "--presume",
    type=click.Choice(["none", "ordinary"]),
    default="none",
    show_default=True,
    help="Presume the ordinary answers of facts that a row does not state.",
)
@click.option(
    "--presumed", multiple=True, metavar="FACT=ANSWER", help="Presume this answer where none is stated."
)
@click.option(
    "--discretion", multiple=True, metavar="ID=yes|no", help="How a power was used, in every row."
)
@click.option("--encoding", metavar="NAME", help="How a CSV file is encoded; UTF-8 unless marked.")
@click.option(
    "--delimiter",
    metavar="CHARACTER",
    help="What parts its columns, such as ; or tab; told by the header.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Replace what stands under the name OUT, and the bad rows of an earlier run.",
)
@click.option(
    "--spreadsheet-safe",
    is_flag=True,
    help="In a CSV file OUT, put an apostrophe before texts that a spreadsheet would run as formulas.",
)
@click.option(
    "--max-bad", type=_MostType(), metavar="ROWS|SHARE%",
    help="End with status 1 where more rows than this are bad, such as 0, 20 or 2.5%.",
)  # fmt: skip
@click.option(
    "--batch-size", type=click.IntRange(min=1), default=250_000, show_default=True, metavar="ROWS",
    help="Rows held in memory at a time.",
)  # fmt: skip
@read_as
@formatted("text", "json")
@catalogued
def screen_command(
    source: str,
    sink: str,
    ids: tuple[str, ...],
    columns: tuple[str, ...],
    categories: tuple[str, ...],
    gaps: tuple[str, ...],
    weight: str | None,
    by: tuple[str, ...],
    presume: str,
    presumed: tuple[str, ...],
    discretion: tuple[str, ...],
    encoding: str | None,
    delimiter: str | None,
    overwrite: bool,
    spreadsheet_safe: bool,
    max_bad: Most | None,
    batch_size: int,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Put every row of a table under rulesets.

    IN and OUT are .csv, .parquet or FILE.duckdb::TABLE. Columns are named after facts, such as
    item.technology; `regcompare facts` lists them. OUT holds the columns of IN and, for each ruleset,
    the least and the greatest outcome, scope, force, and the rules. Rows that cannot be used go to
    OUT.bad-rows.csv, each with the reason.
    """
    from regcompare.bulk import bad_rows_file, screen
    from regcompare.views.screened import summary_data, summary_text

    catalogue = catalogue_of(load, strict)
    rulesets = rulesets_of(catalogue, ids)
    places = {"written": sink, "bad": str(bad_rows_file(sink))}
    with click.progressbar(length=1000, label="Screening", file=sys.stderr) as bar:
        summary = screen(
            source,
            sink,
            rulesets,
            catalogue.vocabulary,
            as_of=as_of,
            readings=chosen_readings(reading, readings),
            presume=cast("Literal['ordinary'] | None", None if presume == "none" else presume),
            presumed=_pairs("--presumed", presumed),
            discretion=_powers(_pairs("--discretion", discretion)),
            columns=_pairs("--column", columns),
            categories=_pairs("--category", categories),
            gaps=gaps,
            weight=weight,
            by=by,
            encoding=encoding,
            delimiter=delimiter,
            overwrite=overwrite,
            spreadsheet_safe=spreadsheet_safe,
            batch_size=batch_size,
            progress=_advance(bar),
        )
    if form == "json":
        echo(to_json(summary_data(summary, places)))
    else:
        show(form, lambda form: summary_text(summary, rulesets, places, form))
    if max_bad is not None and summary.bad > max_bad.of(summary.read):
        echo(f"{summary.bad} of {summary.read} rows are bad; --max-bad allows {max_bad}.", err=True)
        raise SystemExit(1)


def _advance(bar: Any) -> Callable[[float], None]:
    def advance(share: float) -> None:
        bar.update(round(share * bar.length) - bar.pos)

    return advance


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for pair in given:
        name, separator, value = pair.rpartition("=") if option in _COLUMNS else pair.partition("=")
        if not separator or not name or not value:
            raise UsageError(f"{option} {pair!r}: expected two names joined by =.")
        if name.strip() in pairs:
            raise UsageError(f"{option}: {name.strip()!r} is given twice.")
        pairs[name.strip()] = value.strip()
    return pairs


_COLUMNS = ("--column", "--category")
"""Options whose first name may hold a mark of equality itself."""


def _powers(pairs: dict[str, str]) -> dict[str, bool]:
    for name, word in pairs.items():
        if word not in ("yes", "no"):
            raise UsageError(f"--discretion {name}={word}: expected yes or no.")
    return {name: word == "yes" for name, word in pairs.items()}
