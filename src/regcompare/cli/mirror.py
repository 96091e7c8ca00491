"""The command ``mirror``: the same use at home."""

from __future__ import annotations

from collections.abc import Sequence

import click

from regcompare.comparison.comparison import compare
from regcompare.comparison.mirror import Mirror
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import AsOf
from regcompare.views.mirror import mirror_text
from regcompare.views.render import Form

from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    for_rulesets,
    formatted,
    linked,
    main,
    read_as,
    rulesets_of,
    say_unread,
    scenarios_of,
)
from ._streams import show


@main.command("mirror")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@for_rulesets
@click.option(
    "--include", default="", metavar="KINDS",
    help="Without files, also take: variants, replays, teaching (separated by commas).",
)  # fmt: skip
@read_as
@linked
@formatted("table", "markdown", "html", "json")
@catalogued
def mirror_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    include: str,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    links: bool,
    form: Form,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Show whether the same use would be allowed at home.

    For each case: free, must ask or may not, here and there. Here is every ruleset installed that judges
    a use, there the regimes for exports. Without files it takes the documented sales.
    """
    catalogue = catalogue_of(load, strict)
    scenarios = scenarios_of(catalogue, files, include)
    say_unread(scenarios)
    found = compare(
        scenarios,
        _both(catalogue, ids),
        as_of=as_of,
        readings=chosen_readings(reading, readings),
    )
    show(form, lambda form: mirror_text(Mirror(found), form, lang, links=links))


def _both(catalogue: Catalogue, ids: Sequence[str]) -> list[Ruleset]:
    """The laws on use, then the regimes for exports: those named, and what is usual where none is."""
    named = [catalogue.ruleset(name) for name in ids]
    here = [item for item in named if item.asks == "use"] or list(catalogue.rulesets.of_use())
    there = [item for item in named if item.asks == "export"] or rulesets_of(catalogue, ())
    if not here:
        raise UsageError("No ruleset that judges a use is installed; load one with --load.")
    return [*here, *(item for item in there if item.asks == "export")]
