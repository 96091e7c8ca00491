"""The command that checks what scenario files expect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from regcompare.cli.options import catalogue_options, format_option, print_notices
from regcompare.cli.streams import echo
from regcompare.comparison.data import to_data, to_json
from regcompare.comparison.measures import pluralise
from regcompare.errors import FileError, UsageError
from regcompare.inputs import Library
from regcompare.plugins.catalogue import Catalogue, scenario_files
from regcompare.scenario.annotations import repeated_ids
from regcompare.scenario.scenario import Scenario

from .expectations import check
from .standard import advice


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@format_option("text", "json")
@catalogue_options
def check_command(catalogue: Catalogue, paths: tuple[str, ...], form: str) -> None:
    """Check the results that scenario files expect.

    PATH is a file, a folder, or the id of a case that ships. By default it checks all installed files.
    The status is 1 if an expectation is not met. What a case on record lacks is advice, and no fault.
    """
    library = Library(catalogue)
    of_rulesets = [path for ruleset in catalogue.rulesets.values() for path in ruleset.cases]
    read = [library.case(path) for path in paths if library.is_id(path)]
    named = [path for path in paths if not library.is_id(path)]
    files = scenario_files(named if paths else [*catalogue.paths, *of_rulesets])
    if not (files or read):
        raise UsageError(
            f"No scenario file was found in {', '.join(paths) or 'what is installed'}. Expected files "
            "that end in .yaml or .json, or folders of them."
        )
    rows: list[dict[str, Any]] = []
    for file in files:
        try:
            cases = library.noted(catalogue.read(file, beside=files))
            _refuse_ids_of_others(cases, read, of_rulesets)
        except FileError as error:
            echo(str(error), err=True)
            blank = dict.fromkeys(("scenario", "ruleset", "as_of", "expected", "got"))
            rows.append({"file": str(file), **blank, "ok": False, "problem": str(error)})
        else:
            read += cases
    print_notices(read, catalogue)
    is_broken = bool(rows)
    for case in read:
        results = to_data(check(case, catalogue.rulesets))
        rows += ({"file": case.place[0], **result} for result in results)
    echo(to_json(rows) if form == "json" else "\n".join(_check_lines(rows)))
    for case in read:
        if case.kind == "documented" and (missing := advice(case)):
            echo(missing, err=True)
    if is_broken:
        raise SystemExit(2)
    if not all(row["ok"] for row in rows):
        raise SystemExit(1)


def _refuse_ids_of_others(
    cases: Sequence[Scenario], read: Sequence[Scenario], of_rulesets: Sequence[Path]
) -> None:
    """Refuses a case whose id one read before has; the cases of a ruleset have ids of their own."""
    problems = list(repeated_ids((*read, *cases)))
    own = {str(file.resolve()) for file in scenario_files(of_rulesets)} if problems else set()
    if foreign := [item for item in problems if str(Path(item.file).resolve()) not in own]:
        raise FileError(foreign)


def _check_lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    read = [row for row in rows if row["scenario"] is not None]
    unmet = [row for row in read if not row["ok"]]
    for row in unmet:
        case = f"{row['file']}: {row['scenario']} under {row['ruleset']}"
        day = f" as of {row['as_of']}" if row["as_of"] else ""
        yield f"{case}{day}: {row['problem']}"
    files = pluralise(len({row["file"] for row in rows}), "file")
    counts = f"{pluralise(len(read), 'expectation')} in {files}"
    yield f"{counts}: {len(read) - len(unmet)} met, {len(unmet)} not."
