"""The command ``clinic``: one page on a plugin, for its author to read before others install it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from regcompare.plugins.catalogue import Catalogue

from .group import installed
from .options import plugin_named
from .streams import echo, progress


@click.command("clinic")
@click.argument("name", metavar="NAME")
def clinic_command(name: str) -> None:
    """Examine a plugin: its faults, and its rulesets.

    NAME is an installed plugin. The page lists faults while loading and, for each ruleset, the
    conformance suite and lint. The status is 1 if anything is found.
    """
    catalogue = installed()
    plugin = plugin_named(name, catalogue)
    problems = [f"  {problem}" for problem in (*plugin.problems, *plugin.notes)]
    loading = f"loads: {len(problems)} found." if problems else "loads: without a fault."
    parts = [([loading, *problems], len(problems))]
    parts += [part for ruleset in plugin.rulesets for part in _ruleset(ruleset, catalogue)]
    findings = sum(count for _, count in parts)
    echo(f"{plugin.name} {plugin.version}".rstrip())
    echo("\n".join(line for lines, _ in parts for line in lines))
    echo(f"{findings or 'Nothing'} found.")
    if findings:
        raise SystemExit(1)


def _ruleset(name: str, catalogue: Catalogue) -> Iterator[tuple[list[str], int]]:
    """What the conformance suite and lint find in a ruleset: lines, and the number of findings."""
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
