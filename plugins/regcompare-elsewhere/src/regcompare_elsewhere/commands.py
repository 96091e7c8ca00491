"""The commands that ask about a case elsewhere; each loads its own module alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from regcompare.cli.counts import facts_option, show_rows
from regcompare.cli.options import (
    DAY,
    catalogue_options,
    format_option,
    include_option,
    lang_option,
    language_of,
    law_options,
    reading_options,
    required_rulesets_option,
    ruleset_ids_option,
    rulesets_option,
    scenario_option,
    scenarios_of,
    translation_option,
)
from regcompare.cli.streams import PICTURES, show
from regcompare.comparison.layers import Layer
from regcompare.comparison.measures import MEASURES
from regcompare.errors import UsageError
from regcompare.inputs import Library, counting_in, populations_of
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import Readings
from regcompare.views.render import Form
from regcompare.views.tables import FORMATS, Format

_DOCUMENT_FORMATS = ("table", "markdown", "html", "json")


@click.command("timeline")
@click.argument("file")
@rulesets_option
@scenario_option
@click.option(
    "--until", type=DAY, default=dt.date.today, help="The last day to consider.  [default: today]"
)
@format_option("text", "json")
@catalogue_options
def timeline_command(
    catalogue: Catalogue, scenario: Scenario, rulesets: list[Ruleset], until: dt.date, form: str
) -> None:
    """List the days on which the law changed an outcome.

    Each comes with the provision that changed it.
    """
    from .timeline import timelines

    show(form, timelines(scenario, rulesets, until).text)


@click.command("mirror")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@ruleset_ids_option
@include_option("include")
@law_options
@lang_option
@format_option(*_DOCUMENT_FORMATS)
@catalogue_options
def mirror_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    ids: tuple[str, ...],
    include: str,
    law: dict[str, Any],
    lang: str,
    form: Form,
) -> None:
    """Show whether the use itself would be allowed at home, beside its export.

    For each case: free, must ask, or may not; at home, under every installed ruleset on use, and for
    the export, under the regimes. By default the cases are the documented sales.
    """
    from .mirror import mirror

    scenarios = scenarios_of(catalogue, files, include)
    named = Library(catalogue).regimes(ids) if ids else ()
    mirrored = mirror(scenarios, named, catalogue, **law)
    show(form, lambda form: mirrored.text(form, lang))


@click.command("owed")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@ruleset_ids_option
@reading_options
@lang_option
@format_option(*_DOCUMENT_FORMATS)
@catalogue_options
def owed_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    ids: tuple[str, ...],
    readings: Readings,
    lang: str,
    form: Form,
) -> None:
    """Show what the law of its day required of each case, and what was done.

    For each documented sale with a recorded decision: the provision in force that day, the finding it
    required and of whom, what had been published by then, and what was reportedly done. By default the
    rulesets are all laws on exports, except those that only combine others.
    """
    from .owed import owed

    cases = cases_of_kinds(scenarios_of(catalogue, files))
    whole = catalogue.rulesets.get(catalogue.profile.whole)
    found = owed(cases, Library(catalogue).laws(ids), whole, readings)
    show(form, lambda form: found.text(form, lang))


@click.command("shopping")
@click.argument("file")
@required_rulesets_option
@scenario_option
@law_options
@format_option(*FORMATS)
@catalogue_options
def shopping_command(
    catalogue: Catalogue, scenario: Scenario, rulesets: list[Ruleset], law: dict[str, Any], form: Format
) -> None:
    """Show from which state of a regime the same sale needs the least.

    What the law of each state adds is unknown, except for the rows of the ruleset's dated tables. States
    with the same result are grouped.
    """
    from .shopping import outcomes_by_state

    if (number := len(rulesets)) != 1:
        raise UsageError(f"--ruleset: expected one ruleset, whose states are compared; found {number}.")
    show(form, outcomes_by_state(scenario, rulesets[0], **law).text)


@click.command("evaluation")
@translation_option("all of it")
@format_option(*FORMATS)
@catalogue_options
def evaluation_command(catalogue: Catalogue, lang: str, form: Format) -> None:
    """Show what the evaluation of an act could change, limb by limb.

    What the act says of its evaluation, what is published, and each limb that could change, as a reform:
    what it would change in the documented records and over every possible case, and the strongest
    objection to it.
    """
    from .evaluation import evaluation

    found, language = evaluation(catalogue), language_of(catalogue, lang)
    show(form, lambda form: found.text(form, language))


@click.command("history")
@ruleset_ids_option
@click.option("--measure", type=click.Choice(list(MEASURES)), default="licence", show_default=True)
@click.option("--population", default="deals", show_default=True, metavar="NAME")
@click.option("--from", "first", type=int, metavar="YEAR", help="The first year.")
@click.option("--to", "last", type=int, metavar="YEAR", help="The last year.")
@facts_option
@reading_options
@format_option(*FORMATS, *PICTURES)
@catalogue_options
def history_command(
    catalogue: Catalogue,
    ids: tuple[str, ...],
    measure: str,
    population: str,
    first: int | None,
    last: int | None,
    facts: Layer,
    readings: Readings,
    form: Any,
) -> None:
    """Count the same records under the law of the last day of each year.

    By default from the first act to the last reading of its tables, and under the law with its sister
    instruments.
    """
    from .history import history

    laws = Library(catalogue).regimes(ids or catalogue.profile.whole)
    counting, counted = counting_in(catalogue, readings), populations_of(catalogue)[population]
    found = history(counting, measure, counted, laws, first=first, last=last, facts=facts)
    show_rows(form, found, picture=found.plot)
