"""Commands on cases: ``compare``, ``explain``, ``safeguards``, ``timeline`` and ``check``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regcompare.accepted import joint_prover, prover_of
from regcompare.comparison.comparison import compare, counted
from regcompare.comparison.expectations import check
from regcompare.comparison.safeguards import safeguards
from regcompare.comparison.timeline import timeline
from regcompare.errors import FileError, UsageError
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.as_if import AsIfFrom
from regcompare.verdict.assess import AsOf
from regcompare.verdict.verdict import Verdict
from regcompare.views.render import Form
from regcompare.views.tables import (
    FORMATS,
    Format,
    comparison_text,
    safeguards_text,
    timeline_text,
    to_json,
)

if TYPE_CHECKING:
    from regcompare.proofs.doubts import Doubts

from ._drawing import PICTURES, draw, is_picture
from ._shared import (
    EXACT,
    DayType,
    OutcomeType,
    as_if_from_home,
    catalogue_of,
    catalogued,
    chosen_readings,
    exactly,
    for_named_rulesets,
    for_rulesets,
    formatted,
    linked,
    main,
    one_scenario,
    read_as,
    rulesets_of,
    say_unread,
    scenario_named,
    scenarios_named,
    scenarios_of,
)
from ._streams import echo, show


@main.command("compare")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@for_rulesets
@click.option(
    "--include", default="", metavar="KINDS",
    help="Without files, also compare: variants, replays, teaching (separated by commas).",
)  # fmt: skip
@click.option("--pairs", is_flag=True, help="Say for each pair of rulesets where they differ.")
@click.option("--differences", is_flag=True, help="Only the cases on which the rulesets differ.")
@click.option(
    "--fail-on", "limit", type=OutcomeType(),
    help="End with status 1 if a result is certain to reach this outcome.",
)  # fmt: skip
@exactly
@as_if_from_home
@read_as
@linked
@formatted(*FORMATS, *PICTURES)
@catalogued
def compare_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    include: str,
    pairs: bool,
    differences: bool,
    limit: Outcome | None,
    exact: bool,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    links: bool,
    form: Format,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Compare cases under rulesets.

    Without files it takes the documented sales, without rulesets the three regimes.
    """
    catalogue = catalogue_of(load, strict)
    scenarios = scenarios_of(catalogue, files, include)
    say_unread(scenarios)
    comparison = compare(
        scenarios,
        rulesets_of(catalogue, ids),
        as_of=as_of,
        readings=chosen_readings(reading, readings),
        prover=prover_of(exact),
        others=catalogue.rulesets.parallel(),
        joint=joint_prover() if pairs or form == "json" else None,
        as_if_from=as_if_from,
    )
    shown = comparison.differing() if differences else comparison
    warnings = [EXACT] if exact else []
    if is_picture(form):
        from regcompare.views.pictures import ladder

        draw(form, ladder(shown))
    else:
        show(form, lambda form: comparison_text(shown, form, warnings, lang, links, pairs))
    if limit is not None and any(v.span and v.span.low >= limit for v in comparison.verdicts):
        raise SystemExit(1)


@main.command()
@click.argument("file")
@for_named_rulesets
@one_scenario
@click.option(
    "--full", is_flag=True, help="Every rule with its reasons, duties, assumptions and limits."
)
@exactly
@as_if_from_home
@read_as
@linked
@formatted("text", "json")
@catalogued
def explain(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    full: bool,
    exact: bool,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    lang: str,
    links: bool,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Explain a verdict on one screen: why, what would settle it, how sure it is.

    With --full it gives every rule with its reasons, duties, assumptions, and what is not encoded.
    """
    from regcompare.views.account import account
    from regcompare.views.doubts import doubts_data, doubts_section
    from regcompare.views.verdict import explain_text

    catalogue = catalogue_of(load, strict)
    scenarios = scenarios_named(catalogue, file, scenario_id)
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    chosen = chosen_readings(reading, readings)
    comparison = compare(
        scenarios,
        rulesets,
        as_of=as_of,
        readings=chosen,
        prover=prover_of(exact),
        as_if_from=as_if_from,
    )
    found = _every_reading(comparison.verdicts) if readings == "open" else {}
    if form == "json":
        rows = [account(verdict, lang) for verdict in comparison.verdicts]
        for place, item in found.items():
            rows[place]["doubts"] = doubts_data(item)
        echo(to_json(rows))
        return

    def write(form: Form) -> str:
        return "\n\n\n".join(
            explain_text(
                verdict, full=full, links=lang if links else None, form=form,
                more=[doubts_section(found[place])] if place in found else [],
            )
            for place, verdict in enumerate(comparison.verdicts)
        )  # fmt: skip

    show(form, write)


def _every_reading(verdicts: Sequence[Verdict]) -> dict[int, Doubts]:
    """What stands under every reading, by the place of the verdict; without the solver a word on it."""
    from regcompare.proofs.doubts import doubts

    found: dict[int, Doubts] = {}
    for place, verdict in enumerate(verdicts):
        if verdict.span is None or verdict.as_of is None or not verdict.assumed:
            continue
        try:
            found[place] = doubts(verdict.scenario, verdict.ruleset, as_of=verdict.as_of)
        except UsageError as error:
            echo(f"What is the same under every interpretation is not shown. {error}", err=True)
            break
    return found


@main.command("safeguards")
@click.argument("file", required=False)
@for_rulesets
@one_scenario
@formatted(*FORMATS, *PICTURES)
@catalogued
def safeguards_command(
    file: str | None,
    ids: tuple[str, ...],
    scenario_id: str | None,
    form: Format,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Print duties and safeguards, by kind and regime.

    With a file it prints only what applies to its case.
    """
    catalogue = catalogue_of(load, strict)
    scenario = scenario_named(catalogue, file, scenario_id) if file else None
    found = safeguards(rulesets_of(catalogue, ids), scenario)
    if is_picture(form):
        from regcompare.views.pictures import safeguards_grid

        draw(form, safeguards_grid(found))
    else:
        show(form, lambda form: safeguards_text(found, form))


@main.command("timeline")
@click.argument("file")
@for_rulesets
@one_scenario
@click.option("--until", type=DayType(), help="The last day to look at; today by default.")
@formatted("text", "json", *PICTURES)
@catalogued
def timeline_command(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    until: dt.date | None,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """List the days on which the law changed an outcome.

    Each comes with the provision that changed it.
    """
    catalogue = catalogue_of(load, strict)
    scenario = scenario_named(catalogue, file, scenario_id)
    last = until or dt.date.today()
    lines = [
        (ruleset, timeline(scenario, ruleset, until=last)) for ruleset in rulesets_of(catalogue, ids)
    ]
    if is_picture(form):
        from regcompare.views.pictures import timeline_picture

        draw(form, timeline_picture(scenario, lines, until=last))
    else:
        show(form, lambda form: timeline_text(scenario, lines, form))


@main.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@formatted("text", "json")
@catalogued
def check_command(paths: tuple[str, ...], form: str, load: tuple[str, ...], strict: bool) -> None:
    """Check the results that scenario files expect.

    Without paths it checks all the files that are installed. It ends with status 1 if an expectation is
    not met. With --strict it also counts the sources that have no address and do not say that none is
    known.
    """
    catalogue = catalogue_of(load, strict)
    files = scenario_files(paths or _shipped(catalogue))
    if not files:
        raise UsageError(
            f"No scenario file was found in {', '.join(paths) or 'what is installed'}. Expected files "
            "or folders of files that end in .yaml or .json."
        )
    checked = [entry for file in files for entry in _checked_file(catalogue, file, files)]
    if form == "json":
        echo(to_json(checked))
    else:
        _print_checked(checked, len(files))
    if strict:
        echo(_without_address(catalogue, files), err=form == "json")
    if any(entry["scenario"] is None for entry in checked):
        raise SystemExit(2)
    if not all(entry["ok"] for entry in checked):
        raise SystemExit(1)


def _shipped(catalogue: Catalogue) -> list[Path]:
    """The files of cases that come with plugins and with rulesets."""
    own = [path for ruleset in catalogue.rulesets.values() for path in ruleset.cases]
    return [*catalogue.paths, *own]


def _without_address(catalogue: Catalogue, files: Sequence[Path]) -> str:
    """How many sources lack an address, and in which files."""
    lacking = {file: count for file in files if (count := _lacking(catalogue, file, files))}
    where = "".join(f"\n{file}: {count}" for file, count in lacking.items())
    return f"Sources without an address: {sum(lacking.values())}.{where}"


def _lacking(catalogue: Catalogue, file: Path, beside: Iterable[Path]) -> int:
    try:
        scenarios = catalogue.read_file(file, beside)
    except FileError:
        return 0  # Its problems were printed.
    return len({source for scenario in scenarios for source in scenario.sources if not source.url})


def _checked_file(catalogue: Catalogue, file: Path, beside: Iterable[Path]) -> list[dict[str, Any]]:
    try:
        scenarios = catalogue.read_file(file, beside)
    except FileError as error:
        echo(str(error), err=True)
        nothing = dict.fromkeys(("scenario", "ruleset", "as_of", "expected", "got"))
        return [{"file": str(file), **nothing, "ok": False, "problem": str(error)}]
    say_unread(scenarios)
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
        echo(f"{where}{day}: {entry['problem']}")
    met = len(entries) - len(missed)
    found = f"{counted(len(entries), 'expectation')} in {counted(files, 'file')}"
    echo(f"{found}: {met} met, {len(missed)} not.")
