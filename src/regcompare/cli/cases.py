"""Commands on cases: ``compare``, ``explain``, ``safeguards``, ``timeline`` and ``check``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from regcompare.analysis.doubts import Doubts, doubts
from regcompare.assess import AsOf
from regcompare.compare import compare, parallel_sentences
from regcompare.errors import FileError, UsageError
from regcompare.expectations import check
from regcompare.plugins import Catalogue, scenario_files
from regcompare.rules import Outcome
from regcompare.safeguards import safeguards
from regcompare.show.doubts import doubts_data, doubts_text
from regcompare.show.tables import (
    FORMATS,
    Format,
    comparison_text,
    safeguards_text,
    timeline_text,
    to_json,
)
from regcompare.show.verdict import explain_data, explain_text
from regcompare.timeline import timeline
from regcompare.verdicts import Verdict

from ._shared import (
    EXACT,
    catalogue_of,
    catalogued,
    chosen_readings,
    exactly,
    formatted,
    main,
    read_as,
    rulesets_of,
    scenarios_named,
    scenarios_of,
)


@main.command("compare")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("-r", "--ruleset", "ids", multiple=True, metavar="ID", help="A ruleset; repeat for more.")
@click.option("--differences", is_flag=True, help="Only the cases on which the rulesets differ.")
@click.option(
    "--fail-on",
    metavar="OUTCOME",
    help="Exit with 1 where a result reaches this outcome for certain.",
)
@exactly
@read_as
@formatted(*FORMATS)
@catalogued
def compare_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    differences: bool,
    fail_on: str | None,
    exact: bool,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    form: Format,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Compare cases under rulesets; without files the documented real cases, under the three regimes."""
    try:
        limit = Outcome.read(fail_on) if fail_on else None
    except ValueError as error:
        raise UsageError(f"--fail-on: {error}") from None
    catalogue = catalogue_of(load, strict)
    scenarios = scenarios_of(catalogue, files)
    comparison = compare(
        scenarios,
        rulesets_of(catalogue, ids, load),
        as_of=as_of,
        readings=chosen_readings(reading, readings),
        exact=exact,
    )
    shown = comparison.differences() if differences else comparison
    beside = parallel_sentences(shown, catalogue.rulesets.values(), as_of=as_of)
    click.echo(comparison_text(shown, form, [*beside, *([EXACT] if exact else [])]))
    if limit is not None and any(v.span and v.span.low >= limit for v in comparison.verdicts):
        raise SystemExit(1)


@main.command()
@click.argument("file")
@click.option("-r", "--ruleset", "ids", multiple=True, required=True, metavar="ID")
@click.option(
    "--scenario", "scenario_id", metavar="ID", help="One scenario of a file that holds several."
)
@exactly
@read_as
@formatted("text", "json")
@catalogued
def explain(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    exact: bool,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Explain one verdict in full: rules, reasons, what is open, what was presumed."""
    catalogue = catalogue_of(load, strict)
    scenarios = scenarios_named(catalogue, file, scenario_id)
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    chosen = chosen_readings(reading, readings)
    comparison = compare(scenarios, rulesets, as_of=as_of, readings=chosen, exact=exact)
    found = _every_reading(comparison.verdicts) if readings == "open" else {}
    if form == "json":
        rows = [explain_data(verdict) for verdict in comparison.verdicts]
        for place, item in found.items():
            rows[place]["doubts"] = doubts_data(item)
        click.echo(to_json(rows))
    else:
        texts = [explain_text(verdict) for verdict in comparison.verdicts]
        for place, item in found.items():
            texts[place] += f"\n\n{doubts_text(item)}"
        click.echo("\n\n\n".join(texts))


def _every_reading(verdicts: Sequence[Verdict]) -> dict[int, Doubts]:
    """What stands under every reading, by the place of the verdict; without the solver a word on it."""
    found: dict[int, Doubts] = {}
    for place, verdict in enumerate(verdicts):
        if verdict.span is None or verdict.as_of is None or not verdict.assumed:
            continue
        try:
            found[place] = doubts(verdict.scenario, verdict.ruleset, as_of=verdict.as_of)
        except UsageError as error:
            click.echo(f"What stands under every reading is not shown. {error}", err=True)
            break
    return found


@main.command("safeguards")
@click.argument("file", required=False)
@click.option("-r", "--ruleset", "ids", multiple=True, metavar="ID", help="A ruleset; repeat for more.")
@click.option(
    "--scenario", "scenario_id", metavar="ID", help="One scenario of a file that holds several."
)
@formatted(*FORMATS)
@catalogued
def safeguards_command(
    file: str | None,
    ids: tuple[str, ...],
    scenario_id: str | None,
    form: Format,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Print duties and safeguards, kinds by regimes; with a file only what applies to its case."""
    catalogue = catalogue_of(load, strict)
    scenario = scenarios_named(catalogue, file, scenario_id)[0] if file else None
    click.echo(safeguards_text(safeguards(rulesets_of(catalogue, ids, load), scenario), form))


@main.command("timeline")
@click.argument("file")
@click.option("-r", "--ruleset", "ids", multiple=True, metavar="ID", help="A ruleset; repeat for more.")
@click.option(
    "--scenario", "scenario_id", metavar="ID", help="One scenario of a file that holds several."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day; today by default.")
@formatted("text", "json")
@catalogued
def timeline_command(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    until: dt.datetime | None,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """List the days on which the law changed the outcome of a case, with the provision that did."""
    catalogue = catalogue_of(load, strict)
    scenario = scenarios_named(catalogue, file, scenario_id)[0]
    last = until.date() if until else dt.date.today()
    lines = [
        (ruleset, timeline(scenario, ruleset, until=last))
        for ruleset in rulesets_of(catalogue, ids, load)
    ]
    click.echo(timeline_text(scenario, lines, form))


@main.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@formatted("text", "json")
@catalogued
def check_command(paths: tuple[str, ...], form: str, load: tuple[str, ...], strict: bool) -> None:
    """Verify what scenario files expect; without paths all that ship."""
    catalogue = catalogue_of(load, strict)
    own = [path for ruleset in catalogue.rulesets.values() for path in ruleset.cases]
    files = scenario_files(paths or [*catalogue.paths, *own])
    if not files:
        raise UsageError("No scenario file was found in what was named.")
    checked = [entry for file in files for entry in _checked_file(catalogue, file)]
    if form == "json":
        click.echo(to_json(checked))
    else:
        _print_checked(checked, len(files))
    if any(entry["scenario"] is None for entry in checked):
        raise SystemExit(2)
    if not all(entry["ok"] for entry in checked):
        raise SystemExit(1)


def _checked_file(catalogue: Catalogue, file: Path) -> list[dict[str, Any]]:
    try:
        scenarios = catalogue.read_file(file)
    except FileError as error:
        click.echo(str(error), err=True)
        nothing = dict.fromkeys(("scenario", "ruleset", "as_of", "expected", "got"))
        return [{"file": str(file), **nothing, "ok": False, "problem": str(error)}]
    return [
        {
            "file": str(file),
            "scenario": entry.scenario,
            "ruleset": entry.ruleset,
            "as_of": entry.as_of,
            "expected": entry.expected,
            "got": entry.got,
            "ok": entry.is_met,
            "problem": entry.problem or None,
        }
        for scenario in scenarios
        for entry in check(scenario, catalogue.rulesets)
    ]


def _print_checked(checked: Iterable[dict[str, Any]], files: int) -> None:
    entries = [entry for entry in checked if entry["scenario"] is not None]
    missed = [entry for entry in entries if not entry["ok"]]
    for entry in missed:
        where = f"{entry['file']}: {entry['scenario']} under {entry['ruleset']}"
        day = f" as of {entry['as_of']}" if entry["as_of"] else ""
        click.echo(f"{where}{day}: {entry['problem']}")
    met = len(entries) - len(missed)
    click.echo(f"{len(entries)} expectations in {files} files: {met} met, {len(missed)} not.")
