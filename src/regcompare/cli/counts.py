"""Commands that count: in how many records something is so, and what is said first."""

from __future__ import annotations

from typing import Any

import click

from regcompare.comparison.counts import Law
from regcompare.comparison.counts_by_law import counts_of
from regcompare.comparison.layers import LAYERS, Layer
from regcompare.comparison.measures import MEASURES
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError
from regcompare.inputs import counting_in, message_of, populations_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import Readings
from regcompare.views.notebook import shown_text
from regcompare.views.tables import FORMATS

from .options import (
    catalogue_options,
    format_option,
    language_of,
    reading_options,
    required_rulesets_option,
    translation_option,
)
from .streams import PICTURES, echo, show

facts_option = click.option(
    "--facts", type=click.Choice(LAYERS), default="undisputed", show_default=True,
    help="The facts that count: disputed ones open, as filed, or nothing but what is stated.",
)  # fmt: skip


def show_rows(form: Any, result: Tabular[Any], **more: Any) -> None:
    """Prints a result with rows in a form; CSV and JSON have the rows."""
    if form == "csv":
        echo((result.to_csv() or "").rstrip("\n"))
    elif form == "json":
        echo(result.to_json() or "")
    else:
        show(form, lambda form: shown_text(result, form), **more)


@click.command("count")
@click.argument("measure", type=click.Choice(list(MEASURES)))
@click.argument("population", default="deals")
@required_rulesets_option
@facts_option
@click.option("--by", metavar="COLUMN", help="Break the count down by a column of its rows.")
@click.option("--receipt", is_flag=True, help="Print the line of Python that makes it again.")
@reading_options
@format_option(*FORMATS, *PICTURES)
@catalogue_options
def count_command(
    catalogue: Catalogue,
    measure: str,
    population: str,
    rulesets: list[Ruleset],
    facts: Layer,
    by: str | None,
    receipt: bool,
    readings: Readings,
    form: Any,
) -> None:
    """Count in how many records something is so under a law: certainly, and at most.

    MEASURE is licence, refuse or tell; of two laws tell_gap, licence_gap, refusal_gap or
    double_standard.
    POPULATION is what `regcompare populations` lists. A law is ID, ID@DAY or ID@scenario. More laws,
    such as the reforms in a file given with --load, are set side by side; of two laws the first is the
    base.
    """
    counted = populations_of(catalogue)[population]
    laws, counting = list(map(Law, rulesets)), counting_in(catalogue, readings)
    counts = counts_of(counting, measure, counted, laws, facts)
    if receipt:
        for item in counts.receipts():
            for name, value in item.items():
                echo(f"{name}: {value}")
        return
    if by and len(counts) > 1:
        raise UsageError("--by breaks one count down; give as many laws as the measure takes.")
    shown = counts[0] if len(counts) == 1 else counts
    if by:
        show_rows(form, counts[0].by(by))
        return
    show_rows(form, shown, picture=shown.plot)


@click.command("populations")
@format_option(*FORMATS)
@catalogue_options
def populations_command(catalogue: Catalogue, form: Any) -> None:
    """List what is counted: each population with its definition and its size."""
    show_rows(form, populations_of(catalogue))


@click.command("licences")
@format_option(*FORMATS)
@catalogue_options
def licences_command(catalogue: Catalogue, form: Any) -> None:
    """List published figures of licences granted and refused, each with its source."""
    figures = catalogue.function("licences", "regcompare-cases")
    show_rows(form, figures(catalogue.profile.licences))


@click.command("message")
@translation_option("all of it")
@format_option("text", "markdown", "html", "csv", "json", *PICTURES)
@catalogue_options
def message_command(catalogue: Catalogue, lang: str, form: Any) -> None:
    """Print what is said first of the documented cases, as rows or as a picture.

    CSV and JSON have a row for each of its counts.
    """
    said = message_of(catalogue, language=language_of(catalogue, lang))
    if said is None:
        raise UsageError("No installed plugin says what is said first of documented cases.")
    show_rows(form, said, picture=said.plot)
