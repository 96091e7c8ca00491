"""Commands on cases: what regimes make of them, side by side, one by one, at home and over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from regcompare.comparison.comparison import compare
from regcompare.comparison.expectations import check
from regcompare.comparison.measures import pluralise
from regcompare.comparison.mirror import Mirror
from regcompare.comparison.owed import owed
from regcompare.comparison.safeguards import safeguards
from regcompare.comparison.shopping import outcomes_by_state
from regcompare.comparison.timeline import timeline
from regcompare.errors import FileError, UsageError
from regcompare.inputs import joint_prover, prover_of
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.as_if import AsIfFrom
from regcompare.scenario.scenario import Scenario, cases_of_kinds
from regcompare.verdict.assess import AsOf, Readings
from regcompare.verdict.verdict import Verdict
from regcompare.views.mirror import mirror_text
from regcompare.views.render import Form
from regcompare.views.shopping import shopping_text
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

from ._shared import (
    DAY,
    EXACT,
    OUTCOME,
    as_if_from_home,
    catalogued,
    exactly,
    for_ids,
    for_named_rulesets,
    for_rulesets,
    formatted,
    in_language,
    including,
    laws_of,
    linked,
    main,
    one_scenario,
    read_as,
    rulesets_of,
    say_unread,
    scenarios_of,
    some_scenarios,
    with_readings,
)
from ._streams import PICTURES, echo, show

_DOCUMENT = ("table", "markdown", "html", "json")


def _pictures() -> ModuleType:
    from regcompare.views import pictures  # Few forms are pictures.

    return pictures


@main.command("compare")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@for_rulesets
@including("compare")
@click.option("--pairs", is_flag=True, help="Say for each pair of rulesets where they differ.")
@click.option("--differences", is_flag=True, help="Only the cases on which the rulesets differ.")
@click.option(
    "--fail-on", "limit", type=OUTCOME,
    help="End with status 1 if a result is certain to reach this outcome.",
)  # fmt: skip
@exactly
@as_if_from_home
@read_as
@linked
@formatted(*FORMATS, *PICTURES)
@catalogued
def compare_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    rulesets: list[Ruleset],
    include: str,
    pairs: bool,
    differences: bool,
    limit: Outcome | None,
    exact: bool,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    links: bool,
    form: Format,
) -> None:
    """Compare cases under rulesets.

    Without files it takes the documented sales, without rulesets the three regimes.
    """
    scenarios = scenarios_of(catalogue, files, include)
    say_unread(scenarios)
    comparison = compare(
        scenarios,
        rulesets,
        as_of=as_of,
        readings=readings,
        prover=prover_of(exact),
        others=catalogue.rulesets.parallel(),
        joint=joint_prover() if pairs or form == "json" else None,
        as_if_from=as_if_from,
    )
    shown = comparison.differing() if differences else comparison
    warnings = [EXACT] if exact else []
    show(
        form,
        lambda form: comparison_text(shown, form, warnings, lang, links, pairs),
        picture=lambda: _pictures().ladder(shown),
    )
    if limit is not None and any(v.span and v.span.low >= limit for v in comparison.verdicts):
        raise SystemExit(1)


@main.command()
@click.argument("file")
@for_named_rulesets
@some_scenarios
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
    scenarios: list[Scenario],
    rulesets: list[Ruleset],
    full: bool,
    exact: bool,
    as_if_from: AsIfFrom,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    links: bool,
    form: str,
) -> None:
    """Explain a verdict on one screen: why, what would settle it, how sure it is.

    With --full it gives every rule with its reasons, duties, assumptions, and what is not encoded.
    """
    from regcompare.views.account import account
    from regcompare.views.doubts import doubts_data, doubts_section
    from regcompare.views.verdict import explain_text

    prover = prover_of(exact)
    verdicts = compare(
        scenarios, rulesets, as_of=as_of, readings=readings, prover=prover, as_if_from=as_if_from
    ).verdicts
    found = _every_reading(verdicts) if readings == "open" else {}

    def data() -> list[dict[str, Any]]:
        rows = [account(verdict, lang) for verdict in verdicts]
        for place, item in found.items():
            rows[place]["doubts"] = doubts_data(item)
        return rows

    def write(form: Form) -> str:
        return "\n\n\n".join(
            explain_text(
                verdict, full=full, links=lang if links else None, form=form,
                more=[doubts_section(found[place])] if place in found else [],
            )
            for place, verdict in enumerate(verdicts)
        )  # fmt: skip

    show(form, write, data=data)


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
def safeguards_command(scenario: Scenario | None, rulesets: list[Ruleset], form: Format) -> None:
    """Print duties and safeguards, by kind and regime.

    With a file it prints only what applies to its case.
    """
    found = safeguards(rulesets, scenario)
    show(
        form,
        lambda form: safeguards_text(found, form),
        picture=lambda: _pictures().safeguards_grid(found),
    )


@main.command("timeline")
@click.argument("file")
@for_rulesets
@one_scenario
@click.option("--until", type=DAY, help="The last day to look at; today by default.")
@formatted("text", "json", *PICTURES)
@catalogued
def timeline_command(
    scenario: Scenario, rulesets: list[Ruleset], until: dt.date | None, form: str
) -> None:
    """List the days on which the law changed an outcome.

    Each comes with the provision that changed it.
    """
    last = until or dt.date.today()
    lines = [(ruleset, timeline(scenario, ruleset, until=last)) for ruleset in rulesets]
    show(
        form,
        lambda form: timeline_text(scenario, lines, form),
        picture=lambda: _pictures().timeline_picture(scenario, lines, until=last),
    )


@main.command("mirror")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@for_ids
@including("take")
@read_as
@linked
@formatted(*_DOCUMENT)
@catalogued
def mirror_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    ids: tuple[str, ...],
    include: str,
    as_of: AsOf,
    readings: Readings,
    lang: str,
    links: bool,
    form: Form,
) -> None:
    """Show whether the same use would be allowed at home.

    For each case: free, must ask or may not, here and there. Here is every ruleset installed that judges
    a use, there the regimes for exports. Without files it takes the documented sales.
    """
    scenarios = scenarios_of(catalogue, files, include)
    say_unread(scenarios)
    found = Mirror(compare(scenarios, _both(catalogue, ids), as_of=as_of, readings=readings))
    show(form, lambda form: mirror_text(found, form, lang, links=links))


def _both(catalogue: Catalogue, ids: Sequence[str]) -> list[Ruleset]:
    """The laws on use, then the regimes for exports: those named, and what is usual where none is."""
    named = [catalogue.ruleset(name) for name in ids]
    here = [item for item in named if item.asks == "use"] or list(catalogue.rulesets.of_use())
    there = [item for item in named if item.asks == "export"] or rulesets_of(catalogue, ())
    if not here:
        raise UsageError("No ruleset that judges a use is installed; load one with --load.")
    return [*here, *(item for item in there if item.asks == "export")]


@main.command("owed")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@for_ids
@with_readings
@in_language
@formatted(*_DOCUMENT)
@catalogued
def owed_command(
    catalogue: Catalogue,
    files: tuple[str, ...],
    ids: tuple[str, ...],
    readings: Readings,
    lang: str,
    form: Form,
) -> None:
    """Show which licence or refusal the law of the day required.

    For each documented sale with a recorded decision: the provision in force that day, on which finding
    and by whom, what had been published by then, and what was done, as reported. Without -r all laws are
    asked that are not made of others.
    """
    from regcompare.views.owed import owed_text  # Draws, which few commands do.

    cases = cases_of_kinds(scenarios_of(catalogue, files))
    say_unread(cases)
    found = owed(cases, laws_of(catalogue, ids), readings)
    show(form, lambda form: owed_text(found, form, lang))


@main.command("shopping")
@click.argument("file")
@for_named_rulesets
@one_scenario
@read_as
@formatted(*FORMATS, *PICTURES)
@catalogued
def shopping_command(
    scenario: Scenario, rulesets: list[Ruleset], as_of: AsOf, readings: Readings, form: Format
) -> None:
    """Show where the result differs if the same sale is made from another state of the home.

    What the law of each state adds is open, but for the rows of the ruleset's dated tables. States that
    come to the same stand together. A picture is a map of tiles, grey where nothing is known.
    """
    if (number := len(rulesets)) != 1:
        raise UsageError(f"--ruleset: the states of one regime are compared; found {number} rulesets.")
    found = outcomes_by_state(scenario, rulesets[0], as_of=as_of, readings=readings)
    show(form, lambda form: shopping_text(found, form), picture=lambda: _pictures().tile_map(found))


@main.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@formatted("text", "json")
@catalogued
def check_command(catalogue: Catalogue, paths: tuple[str, ...], form: str, strict: bool) -> None:
    """Check the results that scenario files expect.

    Without paths it checks all the files that are installed. It ends with status 1 if an expectation is
    not met. With --strict it also counts the sources that have no address and do not say that none is
    known.
    """
    own = (path for ruleset in catalogue.rulesets.values() for path in ruleset.cases)
    files = scenario_files(paths or [*catalogue.paths, *own])
    if not files:
        raise UsageError(
            f"No scenario file was found in {', '.join(paths) or 'what is installed'}. Expected files "
            "or folders of files that end in .yaml or .json."
        )
    checked: list[dict[str, Any]] = []
    lacking: dict[Path, int] = {}
    for file in files:
        try:
            scenarios = catalogue.read_file(file, files)
        except FileError as error:
            echo(str(error), err=True)
            nothing = dict.fromkeys(("scenario", "ruleset", "as_of", "expected", "got"))
            checked.append({"file": str(file), **nothing, "ok": False, "problem": str(error)})
            continue
        say_unread(scenarios)
        checked += (row for case in scenarios for row in _checked(str(file), case, catalogue))
        lacking[file] = len({source for case in scenarios for source in case.sources if not source.url})
    echo(to_json(checked) if form == "json" else "\n".join(_check_lines(checked, len(files))))
    if strict:
        where = "".join(f"\n{file}: {count}" for file, count in lacking.items() if count)
        echo(f"Sources without an address: {sum(lacking.values())}.{where}", err=form == "json")
    if any(entry["scenario"] is None for entry in checked):
        raise SystemExit(2)
    if not all(entry["ok"] for entry in checked):
        raise SystemExit(1)


def _checked(file: str, case: Scenario, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for entry in check(case, catalogue.rulesets):
        yield {
            "file": file,
            "scenario": entry.scenario,
            "ruleset": entry.ruleset,
            "as_of": entry.as_of,
            "expected": entry.expected,
            "got": entry.got,
            "ok": entry.is_met,
            "problem": entry.problem or None,
        }


def _check_lines(checked: Iterable[dict[str, Any]], files: int) -> Iterator[str]:
    entries = [entry for entry in checked if entry["scenario"] is not None]
    missed = [entry for entry in entries if not entry["ok"]]
    for entry in missed:
        where = f"{entry['file']}: {entry['scenario']} under {entry['ruleset']}"
        day = f" as of {entry['as_of']}" if entry["as_of"] else ""
        yield f"{where}{day}: {entry['problem']}"
    met = len(entries) - len(missed)
    found = f"{pluralise(len(entries), 'expectation')} in {pluralise(files, 'file')}"
    yield f"{found}: {met} met, {len(missed)} not."
