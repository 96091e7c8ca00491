"""The command ``clinic``: one page on a plugin, for its author to read before others install it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click

from regcompare.plugins.catalogue import Catalogue
from regcompare.plugins.plugin import SLOW, Plugin

from .group import installed
from .options import plugin_named
from .streams import echo, progress


@click.command("clinic")
@click.argument("name", metavar="NAME")
def clinic_command(name: str) -> None:
    """Examine a plugin: its faults, and its rulesets.

    NAME is an installed plugin. The page lists faults while loading, the import time and, for each
    ruleset, the conformance suite and lint. The status is 1 if anything is found.
    """
    catalogue = installed()
    plugin = plugin_named(name, catalogue)
    progress("Import")
    parts = [_loading(plugin), _import_time(plugin)]
    parts += [part for ruleset in plugin.rulesets for part in _ruleset(ruleset, catalogue)]
    findings = sum(count for _, count in parts)
    echo(f"{plugin.name} {plugin.version}".rstrip())
    echo("\n".join(line for lines, _ in parts for line in lines))
    echo(f"{findings or 'Nothing'} found.")
    if findings:
        raise SystemExit(1)


Part = tuple[list[str], int]
"""A part of the page: its lines, and the number of findings."""


def _loading(plugin: Plugin) -> Part:
    problems = [f"  {problem}" for problem in (*plugin.problems, *plugin.notes)]
    head = "loads: " + (f"{len(problems)} found." if problems else "without a fault.")
    return [head, *problems], len(problems)


def _import_time(plugin: Plugin) -> Part:
    """The time of the import in a fresh process that has loaded what an author imports."""
    module = plugin.entry.module if plugin.entry else ""
    script = (
        "import time; import regcompare.authoring; start = time.perf_counter(); "
        f"import {module}; print(time.perf_counter() - start)"
    )
    command = [sys.executable, "-W", "always::DeprecationWarning", "-c", script]
    process = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if process.returncode:
        return ["import: not measured, since it fails."], 0
    seconds = float(process.stdout.split()[-1])
    slow = f" Expected at most {SLOW:.0f}: every command waits." if seconds > SLOW else ""
    older = sorted(set(re.findall(r"DeprecationWarning: (.*)", process.stderr)))
    return [f"import: {seconds:.2f} seconds.{slow}", *(f"  {text}" for text in older)], int(bool(slow))


def _ruleset(name: str, catalogue: Catalogue) -> Iterator[Part]:
    """What the conformance suite and lint find in a ruleset."""
    from regcompare.testing import check_ruleset  # Needs an extra, and takes long to import.

    ruleset = catalogue.ruleset(name)
    progress(f"{name}: conformance suite")
    report = check_ruleset(ruleset)
    lines = [report.sentence]
    for result in report.results.values():
        if result.told:
            lines += [f"  {result.name}: {result.word}."]
            lines += [f"    {line}" for line in result.told.splitlines()]
    yield lines, len(report.failures)
    progress(f"{name}: lint")
    lint = catalogue.function("lint", "regcompare-prove")
    findings = [item for item in lint(ruleset) if not item.accepted]
    lines = [f"    {item.kind}: {item.sentence}" for item in findings]
    yield [f"  lint: {len(findings) or 'nothing'} found.", *lines], len(findings)
