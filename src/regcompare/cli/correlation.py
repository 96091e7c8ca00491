"""The command ``correlate``: two acts, or two days of one, provision by provision."""

from __future__ import annotations

import click

from regcompare.proofs.correlation import correlate
from regcompare.verdict.assess import AsOf
from regcompare.views.correlation import correlation_text
from regcompare.views.render import Form

from ._shared import (
    AS_OF,
    AsOfType,
    catalogue_of,
    catalogued,
    chosen_readings,
    formatted,
    in_language,
    layers_of,
    main,
    overwriting,
    presuming,
    read_as,
    scenario_named,
    write_witnesses,
)
from ._streams import echo, show


@main.command("correlate")
@click.argument("before")
@click.argument("after", required=False)
@click.option("--given", metavar="FILE", help="Show what can matter to FILE, with its facts as given.")
@click.option(
    "--base-as-of",
    type=AsOfType(),
    metavar=AS_OF,
    help="The date of the law for BEFORE, if it is different.",
)
@click.option("--write", "folder", metavar="FOLDER", help="Write a case file for each difference.")
@overwriting
@presuming("none")
@read_as
@in_language
@formatted("table", "markdown", "html", "json")
@catalogued
def correlate_command(
    before: str,
    after: str | None,
    given: str | None,
    base_as_of: AsOf,
    folder: str | None,
    overwrite: bool,
    presume: str | None,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    form: Form,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Prove what became of each provision of BEFORE in AFTER.

    Provision by provision: both conditions in words, and whether the later one reaches the same cases,
    more, fewer or others, proved over every possible case, with the most ordinary case each way. Without
    AFTER, two days of one ruleset: give --base-as-of and --as-of. It needs the extra 'prove'.
    """
    catalogue = catalogue_of(load, strict)
    found = correlate(
        catalogue.ruleset(before),
        catalogue.ruleset(after or before),
        before_as_of=base_as_of,
        as_of=as_of,
        readings=chosen_readings(reading, readings),
        given=scenario_named(catalogue, given, None) if given else None,
        presume=layers_of(presume, "none"),
        like=catalogue.scenarios(),
    )
    if folder:
        cases = [case for row in found.rows for case in found.witnesses(row) if case]
        read = [*load, *([given] if given else [])]
        echo(write_witnesses(folder, cases, overwrite=overwrite, inputs=read), err=True)
    show(form, lambda form: correlation_text(found, form, lang))
