"""The command ``shopping``: the same sale from each state of a regime's home."""

from __future__ import annotations

import click

from regcompare.comparison.shopping import shopping
from regcompare.errors import UsageError
from regcompare.verdict.assess import AsOf
from regcompare.views.shopping import shopping_text
from regcompare.views.tables import FORMATS, Format

from ._drawing import PICTURES, draw, is_picture
from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    for_named_rulesets,
    formatted,
    main,
    one_scenario,
    read_as,
    scenario_named,
)
from ._streams import show


@main.command("shopping")
@click.argument("file")
@for_named_rulesets
@one_scenario
@read_as
@formatted(*FORMATS, *PICTURES)
@catalogued
def shopping_command(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    form: Format,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Show where the result differs if the same sale is made from another state of the home.

    What the law of each state adds is open, but for the rows of the ruleset's dated tables. States that
    come to the same stand together. A picture is a map of tiles, grey where nothing is known.
    """
    if len(ids) != 1:
        raise UsageError(f"--ruleset: the states of one regime are compared; found {len(ids)} rulesets.")
    catalogue = catalogue_of(load, strict)
    found = shopping(
        scenario_named(catalogue, file, scenario_id),
        catalogue.ruleset(ids[0]),
        as_of=as_of,
        readings=chosen_readings(reading, readings),
    )
    if is_picture(form):
        from regcompare.views.pictures import tile_map  # Few forms are pictures.

        draw(form, tile_map(found))
        return
    show(form, lambda form: shopping_text(found, form))
