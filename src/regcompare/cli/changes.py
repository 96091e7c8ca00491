"""The command ``whatif``: what would have to be true for another outcome."""

from __future__ import annotations

from collections.abc import Sequence

import click

from regcompare.comparison.comparison import readings_for
from regcompare.errors import UsageError
from regcompare.proofs.changes import FewestChanges, fewest_changes
from regcompare.ruleset.rules import Outcome, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, Readings
from regcompare.views.changes import changes_data, changes_text
from regcompare.views.tables import to_json

from ._shared import (
    catalogue_of,
    catalogued,
    chosen_readings,
    for_named_rulesets,
    formatted,
    layers_of,
    main,
    one_scenario,
    presuming,
    read_as,
    scenarios_named,
)
from ._streams import echo, show


@main.command()
@click.argument("file")
@for_named_rulesets
@click.option(
    "--to", metavar="OUTCOME", help="The outcome, or a span such as authorisation..prohibition."
)
@click.option("--agree", is_flag=True, help="Make all the rulesets named give the same outcome.")
@click.option(
    "--pin",
    "pinned",
    multiple=True,
    metavar="FACT",
    help=("A fact that must not change; repeat for more."),
)
@click.option("--free-date", is_flag=True, help="Allow the date of the facts to change.")
@click.option(
    "--alternatives", default=3, show_default=True, type=click.IntRange(1), metavar="N",
    help="How many alternatives to show.",
)  # fmt: skip
@presuming("surveillance")
@one_scenario
@read_as
@formatted("text", "json")
@catalogued
def whatif(
    file: str,
    ids: tuple[str, ...],
    to: str | None,
    agree: bool,
    pinned: tuple[str, ...],
    free_date: bool,
    alternatives: int,
    presume: str | None,
    scenario_id: str | None,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Say what would change the outcome.

    It changes as few facts as possible (proved minimal), grouped by who could change them.
    """
    span = _span(to) if to else None
    _check(span, agree, ids)
    catalogue = catalogue_of(load, strict)
    scenarios = scenarios_named(catalogue, file, scenario_id)
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    taken = chosen_readings(reading, readings)
    like = catalogue.scenarios()

    def asked(scenario: Scenario, together: Sequence[Ruleset], taken: Readings) -> FewestChanges:
        return fewest_changes(
            scenario,
            together,
            to=span,
            pinned=pinned,
            free_date=free_date,
            alternatives=alternatives,
            as_of=as_of,
            readings=taken,
            presume=layers_of(presume, "surveillance"),
            like=like,
        )

    each = zip(rulesets, readings_for(rulesets, taken), strict=True)
    groups = [(rulesets, taken)] if agree else [([ruleset], own) for ruleset, own in each]
    found = [asked(scenario, *group) for scenario in scenarios for group in groups]
    if form == "json":
        echo(to_json([changes_data(item) for item in found]))
    else:
        show(form, lambda form: "\n\n\n".join(changes_text(item, form) for item in found))


def _check(span: Span | None, agree: bool, ids: Sequence[str]) -> None:
    if span is None and not agree:
        raise UsageError("Say what to reach: --to OUTCOME, or --agree with several rulesets.")
    if agree and len(set(ids)) < 2:
        raise UsageError("--agree needs at least two rulesets; name each with -r ID.")


def _span(text: str) -> Span:
    """The span that a text names, as in the expectations of a file."""
    low, separator, high = text.partition("..")
    try:
        ends = Outcome.read(low), Outcome.read(high if separator else low)
    except ValueError as error:
        raise UsageError(f"--to: {error}") from None
    if ends[0] > ends[1]:
        raise UsageError(f"--to {text}: the weaker outcome comes first, as in {high}..{low}.")
    return Span(*ends)
