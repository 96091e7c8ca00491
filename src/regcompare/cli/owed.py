"""The command ``owed``: what the law of the day required in documented sales, and what was done."""

from __future__ import annotations

import click

from regcompare.comparison.owed import owed
from regcompare.scenario.scenario import of_kinds
from regcompare.views.owed import owed_text
from regcompare.views.render import Form

from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    for_rulesets,
    formatted,
    in_language,
    laws_of,
    main,
    say_unread,
    scenarios_of,
    with_readings,
)
from ._streams import show


@main.command("owed")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@for_rulesets
@with_readings
@in_language
@formatted("table", "markdown", "html", "json")
@catalogued
def owed_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    form: Form,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Show which licence or refusal the law of the day required.

    For each documented sale with a recorded decision: the provision in force that day, on which finding
    and by whom, what had been published by then, and what was done, as reported. Without -r all laws are
    asked that are not made of others.
    """
    catalogue = catalogue_of(load, strict)
    cases = of_kinds(scenarios_of(catalogue, files))
    say_unread(cases)
    found = owed(cases, laws_of(catalogue, ids), chosen_readings(reading, readings))
    show(form, lambda form: owed_text(found, form, lang))
