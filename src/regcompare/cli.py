"""The command line: ``regcompare compare``, ``explain``, ``check``, ``show``, ``facts``, ``plugins``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from .assess import AsOf, Readings
from .compare import check, compare, parallel_sentences
from .errors import FileError, RegcompareError, UsageError
from .plugins import Catalogue, scenario_files
from .rules import Outcome
from .rulesets import Ruleset
from .safeguards import safeguards
from .scenarios import Scenario
from .schema import schema
from .show.law import law_markdown, law_text
from .show.tables import (
    FORMATS,
    Format,
    comparison_text,
    plain_table,
    safeguards_text,
    timeline_text,
    to_json,
)
from .show.verdict import explain_data, explain_text
from .show.vocabulary import facts_data, facts_text
from .timeline import timeline

__all__ = ["main"]

THREE_REGIMES = ("eu-428-2009", "eu-2021-821", "amnesty")
"""What ``compare`` compares by default."""

Command = TypeVar("Command", bound=Callable[..., Any])


class _AsOf(click.ParamType[AsOf]):
    name = "DATE|scenario"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> AsOf:
        if value == "scenario":
            return "scenario"
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is neither a day such as 2015-06-30 nor 'scenario'.", param, ctx)


class _Group(click.Group):
    """Turns every refusal into its text on standard error and exit status 2; no traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegcompareError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="regcompare")
def main() -> None:
    """Put an export of surveillance technology under several legal regimes and see where they differ."""


# options that several commands share ---------------------------------------------------------------


def _catalogued(command: Command) -> Command:
    """Adds --load and --strict."""
    load = click.option(
        "--load", multiple=True, metavar="FILE.py", help="Read rulesets from a plain Python file."
    )
    strict = click.option("--strict", is_flag=True, help="Stop where a plugin is faulty.")
    return load(strict(command))


def _read_as(command: Command) -> Command:
    """Adds --as-of, --reading and --readings."""
    as_of = click.option("--as-of", type=_AsOf(), help="The state of the law to apply.")
    reading = click.option(
        "--reading", multiple=True, metavar="ID=ANSWER", help="Read a doubtful text in this way."
    )
    readings = click.option(
        "--readings", type=click.Choice(["default", "open"]), default="default",
        help="Leave every doubt open.",
    )  # fmt: skip
    return as_of(reading(readings(command)))


def _formatted(*forms: str) -> Callable[[Command], Command]:
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True
    )


def _catalogue(load: Sequence[str], strict: bool) -> Catalogue:
    """What is installed and loaded; problems of plugins go to standard error."""
    catalogue = Catalogue.installed()
    for problem in catalogue.problems:
        click.echo(str(problem), err=True)
    if strict and catalogue.problems:
        raise UsageError("A plugin is faulty and --strict was given.")
    for path in load:
        catalogue = catalogue.with_file(path)
    return catalogue


def _readings(reading: Sequence[str], readings: str) -> Readings:
    chosen = {}
    for pair in reading:
        name, separator, answer = pair.partition("=")
        if not separator or not answer:
            raise UsageError(f"--reading {pair!r}: expected ID=ANSWER, such as IC-05=all.")
        chosen[name] = answer
    if readings == "open":
        if chosen:
            raise UsageError("--readings open leaves every doubt open; leave out --reading.")
        return "open"
    return chosen or None


def _scenarios(catalogue: Catalogue, files: Sequence[str]) -> tuple[Scenario, ...]:
    scenarios = catalogue.read(*files) if files else catalogue.scenarios()
    if not scenarios:
        raise UsageError("No scenario was found in what was named.")
    return scenarios


def _defaults(catalogue: Catalogue, ids: Sequence[str], load: Sequence[str]) -> list[Ruleset]:
    """The rulesets named, or the three regimes and what was loaded."""
    if ids:
        return [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    installed = Catalogue.installed().rulesets if load else catalogue.rulesets
    loaded = [name for name in catalogue.rulesets if catalogue.rulesets[name] is not installed.get(name)]
    known = [name for name in (*THREE_REGIMES, *(loaded if load else ())) if name in catalogue.rulesets]
    return [catalogue.ruleset(name) for name in dict.fromkeys(known or catalogue.rulesets)]


# commands ------------------------------------------------------------------------------------------


@main.command("compare")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("-r", "--ruleset", "ids", multiple=True, metavar="ID", help="A ruleset; repeat for more.")
@click.option("--differences", is_flag=True, help="Only the cases on which the rulesets differ.")
@click.option(
    "--fail-on",
    metavar="OUTCOME",
    help="Exit with 1 where a result reaches this outcome for certain.",
)
@_read_as
@_formatted(*FORMATS)
@_catalogued
def compare_command(
    files: tuple[str, ...],
    ids: tuple[str, ...],
    differences: bool,
    fail_on: str | None,
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
    catalogue = _catalogue(load, strict)
    scenarios = _scenarios(catalogue, files)
    comparison = compare(
        scenarios,
        _defaults(catalogue, ids, load),
        as_of=as_of,
        readings=_readings(reading, readings),
    )
    shown = comparison.differences() if differences else comparison
    beside = parallel_sentences(shown, catalogue.rulesets.values(), as_of=as_of)
    click.echo(comparison_text(shown, form, beside))
    if limit is not None and any(v.span and v.span.low >= limit for v in comparison.verdicts):
        raise SystemExit(1)


@main.command()
@click.argument("file")
@click.option("-r", "--ruleset", "ids", multiple=True, required=True, metavar="ID")
@click.option(
    "--scenario", "scenario_id", metavar="ID", help="One scenario of a file that holds several."
)
@_read_as
@_formatted("text", "json")
@_catalogued
def explain(
    file: str,
    ids: tuple[str, ...],
    scenario_id: str | None,
    as_of: AsOf,
    reading: tuple[str, ...],
    readings: str,
    form: str,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Explain one verdict in full: rules, reasons, what is open, what was presumed."""
    catalogue = _catalogue(load, strict)
    scenarios = _named(catalogue, file, scenario_id)
    rulesets = [catalogue.ruleset(ruleset_id) for ruleset_id in ids]
    comparison = compare(scenarios, rulesets, as_of=as_of, readings=_readings(reading, readings))
    if form == "json":
        click.echo(to_json([explain_data(verdict) for verdict in comparison.verdicts]))
    else:
        click.echo("\n\n\n".join(explain_text(verdict) for verdict in comparison.verdicts))


@main.command("safeguards")
@click.argument("file", required=False)
@click.option("-r", "--ruleset", "ids", multiple=True, metavar="ID", help="A ruleset; repeat for more.")
@click.option(
    "--scenario", "scenario_id", metavar="ID", help="One scenario of a file that holds several."
)
@_formatted(*FORMATS)
@_catalogued
def safeguards_command(
    file: str | None,
    ids: tuple[str, ...],
    scenario_id: str | None,
    form: Format,
    load: tuple[str, ...],
    strict: bool,
) -> None:
    """Print duties and safeguards, kinds by regimes; with a file only what applies to its case."""
    catalogue = _catalogue(load, strict)
    scenario = _named(catalogue, file, scenario_id)[0] if file else None
    click.echo(safeguards_text(safeguards(_defaults(catalogue, ids, load), scenario), form))


@main.command("timeline")
@click.argument("file")
@click.option("-r", "--ruleset", "ids", multiple=True, metavar="ID", help="A ruleset; repeat for more.")
@click.option(
    "--scenario", "scenario_id", metavar="ID", help="One scenario of a file that holds several."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day; today by default.")
@_formatted("text", "json")
@_catalogued
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
    catalogue = _catalogue(load, strict)
    scenario = _named(catalogue, file, scenario_id)[0]
    last = until.date() if until else dt.date.today()
    lines = [
        (ruleset, timeline(scenario, ruleset, until=last)) for ruleset in _defaults(catalogue, ids, load)
    ]
    click.echo(timeline_text(scenario, lines, form))


def _named(catalogue: Catalogue, file: str, scenario_id: str | None) -> list[Scenario]:
    """The scenario of a file that is named, or all of them where none is."""
    scenarios = _scenarios(catalogue, [file])
    named = [scenario for scenario in scenarios if scenario_id in (None, scenario.id)]
    if not named:
        known = ", ".join(scenario.id for scenario in scenarios)
        raise UsageError(f"{file}: holds no scenario {scenario_id!r}, only {known}.")
    return named


@main.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@_formatted("text", "json")
@_catalogued
def check_command(paths: tuple[str, ...], form: str, load: tuple[str, ...], strict: bool) -> None:
    """Verify what scenario files expect; without paths all that ship."""
    catalogue = _catalogue(load, strict)
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


@main.command()
@click.argument("ruleset_id", required=False, metavar="[ID]")
@_formatted("text", "markdown", "json")
@_catalogued
def show(ruleset_id: str | None, form: str, load: tuple[str, ...], strict: bool) -> None:
    """List the rulesets, or print one: the law, the condition read back in words, the cases."""
    catalogue = _catalogue(load, strict)
    if ruleset_id is None:
        _list_rulesets(catalogue, form)
        return
    ruleset = catalogue.ruleset(ruleset_id)
    cases = catalogue.read(*ruleset.cases)
    if form == "json":
        click.echo(to_json(_ruleset_data(ruleset)))
    else:
        click.echo(law_markdown(ruleset, cases) if form == "markdown" else law_text(ruleset, cases))


def _list_rulesets(catalogue: Catalogue, form: str) -> None:
    rows = [
        (item.id, item.status, str(item.reference_date), str(len(item.rules)), item.title)
        for item in catalogue.rulesets.values()
    ]
    if form == "json":
        click.echo(to_json([_ruleset_data(item) for item in catalogue.rulesets.values()]))
    else:
        click.echo(plain_table(("ruleset", "status", "read as of", "rules", "title"), rows))


def _ruleset_data(ruleset: Ruleset) -> dict[str, Any]:
    provisions = ruleset.provisions
    return {
        "id": ruleset.id,
        "title": ruleset.title,
        "status": ruleset.status,
        "reference_date": str(ruleset.reference_date),
        "period": str(ruleset.period) if ruleset.period else None,
        "base": [item.id for item in ruleset.base],
        "covers": list(ruleset.covers),
        "instruments": [attrs.asdict(item) for item in ruleset.instruments],
        "rules": [
            {
                "id": rule.id,
                "cite": str(rule.cite),
                "sentence": rule.sentence,
                "outcome": rule.then.word,
                "set_off_by": str(rule.set_off_by),
                "lifts": [item.id for item in rule.lifts],
                "checked": str(ruleset.mark(rule)),
            }
            for rule in provisions.rules
        ],
        "interpretations": [
            {
                "id": item.id,
                "cite": str(item.cite),
                "question": item.question,
                "readings": dict(item.readings),
                "default": item.default,
                "reason": item.reason,
            }
            for item in provisions.interpretations
        ],
        "discretions": [
            {"id": item.id, "cite": str(item.cite), "question": item.question, "who": str(item.who)}
            for item in provisions.discretions
        ],
        "not_encoded": [
            {"cite": str(item.cite), "what": item.what, "why": item.why}
            for item in provisions.not_encoded
        ],
    }


@main.command("facts")
@click.option("--schema", "as_schema", is_flag=True, help="Print the JSON Schema of scenario files.")
@_formatted("text", "json")
@_catalogued
def facts_command(as_schema: bool, form: str, load: tuple[str, ...], strict: bool) -> None:
    """Print the vocabulary: every fact, its question and its answers."""
    vocabulary = _catalogue(load, strict).vocabulary
    if as_schema:
        click.echo(to_json(schema(vocabulary)))
    elif form == "json":
        click.echo(to_json(facts_data(vocabulary)))
    else:
        click.echo(facts_text(vocabulary))


@main.command()
@_formatted("text", "json")
@_catalogued
def plugins(form: str, load: tuple[str, ...], strict: bool) -> None:
    """List the plugins found, what they bring, and what is wrong with them."""
    catalogue = _catalogue(load, strict)
    if form == "json":
        click.echo(to_json([attrs.asdict(plugin) for plugin in catalogue.plugins]))
        return
    rows = [
        (
            plugin.name,
            plugin.version,
            ", ".join(plugin.rulesets),
            ", ".join(plugin.sections),
            ", ".join(problem.code for problem in plugin.problems) or "none",
        )
        for plugin in catalogue.plugins
    ]
    click.echo(plain_table(("plugin", "version", "rulesets", "facts", "problems"), rows))
