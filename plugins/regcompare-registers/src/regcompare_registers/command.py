"""The command on whole tables: ``screen``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from regcompare.cli.options import (
    catalogue_options,
    format_option,
    law_options,
    layers_of,
    presume_option,
    rulesets_option,
)
from regcompare.cli.streams import show
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset


@click.command("screen")
@click.argument("source", metavar="IN")
@click.argument("sink", metavar="OUT")
@rulesets_option
@click.option(
    "--column", "columns", multiple=True, metavar="COLUMN=FACT", help="The fact that a column contains."
)
@click.option(
    "--category", "categories", multiple=True, metavar="COLUMN=PUBLISHER",
    help="A column of the categories that a publisher uses, such as germany.",
)  # fmt: skip
@click.option(
    "--null-value", "gaps", multiple=True, metavar="TEXT",
    help='Text that means "not stated" in columns of facts, such as n/a; repeat for more.',
)  # fmt: skip
@click.option(
    "--map", "values", multiple=True, metavar="COLUMN:WORD=ANSWER",
    help=(
        "The answer that a word of a column means, such as decision:1=granted; outside sets rows aside. "
        "COLUMN=PUBLISHER, such as rating=caat, reads the words of a publisher."
    ),
)  # fmt: skip
@click.option(
    "--join", metavar="FILE",
    help="A table of reports on countries and kinds of users, with end_user.country, day and of.",
)  # fmt: skip
@presume_option("none", "what a row does not state")
@click.option(
    "--presumed", multiple=True, metavar="FACT=ANSWER", help="Assume this answer where none is stated."
)
@click.option(
    "--discretion", multiple=True, metavar="ID=yes|no", help="Whether a power was used, in every row."
)
@click.option(
    "--no-decisions", "decisions", is_flag=True, default=True, flag_value=False,
    help="Do not count a licence as needed because the authority decided on one.",
)  # fmt: skip
@click.option(
    "--encoding",
    metavar="NAME",
    help="The encoding of a CSV file without a byte-order mark.  [default: UTF-8]",
)
@click.option(
    "--overwrite", is_flag=True, help="Replace OUT, and the bad rows of an earlier run, if they exist."
)
@law_options
@format_option("text", "json")
@catalogue_options
def screen_command(
    catalogue: Catalogue,
    source: str,
    sink: str,
    rulesets: list[Ruleset],
    columns: tuple[str, ...],
    categories: tuple[str, ...],
    values: tuple[str, ...],
    presume: str | None,
    presumed: tuple[str, ...],
    discretion: tuple[str, ...],
    form: str,
    **options: Any,
) -> None:
    """Assess every row of a table under the rulesets.

    IN and OUT are .csv or .parquet files, or FILE.duckdb::TABLE. Columns are named after facts, such as
    item.technology; `regcompare facts` lists them. OUT contains the columns of IN and, for each
    ruleset, the least and greatest outcome, whether it applies and is in force, and the rules. Rows that
    cannot be used go to OUT.bad-rows.csv, each with the reason; the status is 2 if that is every row.
    """
    from regcompare_registers.screen import bad_rows_file, screen
    from regcompare_registers.summary_view import summary_data, summary_text

    files = {"written": sink, "bad": str(bad_rows_file(sink))}
    options["presume"] = next(reversed(layers_of(presume, "none")), None)
    options["presumed"] = _pairs("--presumed", presumed)
    uses = _pairs("--discretion", discretion)
    for name, word in uses.items():
        if word not in ("yes", "no"):
            raise UsageError(f"--discretion {name}={word}: expected yes or no.")
    options["discretion"] = {name: word == "yes" for name, word in uses.items()}
    # A name of the register may itself contain an equals sign.
    options["columns"] = _pairs("--column", columns, str.rpartition)
    options["categories"] = _pairs("--category", categories, str.rpartition)
    for name, answer in _pairs("--map", values, str.rpartition).items():
        column, colon, word = name.partition(":")
        if not colon:
            options.setdefault("values", {})[name] = answer
            continue
        if not word:
            raise UsageError(f"--map {name}={answer}: expected COLUMN:WORD=ANSWER.")
        options.setdefault("values", {}).setdefault(column, {})[word] = answer
    with click.progressbar(length=1000, label="Screening", file=sys.stderr) as bar:
        options["progress"] = lambda share: bar.update(round(share * 1000) - bar.pos)
        summary = screen(source, sink, rulesets, catalogue.vocabulary, **options)
    show(
        form,
        lambda form: summary_text(summary, rulesets, files, form),
        data=lambda: summary_data(summary, files),
    )
    if summary.read and summary.bad == summary.read:
        raise SystemExit(2)


def _pairs(option: str, words: Sequence[str], split: Any = str.partition) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for word in words:
        name, _, value = split(word, "=")
        if not name or not value:
            raise UsageError(f"{option} {word!r}: expected two names joined by =.")
        if name.strip() in pairs:
            raise UsageError(f"{option}: {name.strip()!r} is given twice.")
        pairs[name.strip()] = value.strip()
    return pairs
