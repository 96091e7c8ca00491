"""The command ``clinic``: one page on a plugin, for its author to read before others install it."""

from __future__ import annotations

import click

from ._installed import installed
from .options import plugin_named
from .streams import echo, progress


@click.command("clinic")
@click.argument("name", metavar="NAME")
def clinic_command(name: str) -> None:
    """Examine a plugin: its faults, and its rulesets.

    NAME is an installed plugin. The page lists faults while loading, such as a slow import, and, for
    each ruleset, the conformance suite and lint. The status is 1 if anything is found.
    """
    catalogue = installed()
    plugin = plugin_named(name, catalogue)
    problems = [*plugin.problems, *plugin.notes]
    number = len(problems)
    echo(f"{plugin.name} {plugin.version}".rstrip())
    loads = f"{number} found." if problems else "without a fault."
    echo("\n  ".join([f"loads: {loads}", *map(str, problems)]))
    for ruleset in map(catalogue.ruleset, plugin.rulesets):
        from regcompare.testing import check_ruleset  # Needs an extra, and takes long to import.

        progress(f"{ruleset.id}: conformance suite")
        report = check_ruleset(ruleset)
        echo(str(report))
        progress(f"{ruleset.id}: lint")
        lint = catalogue.function("lint", "regcompare-prove")
        findings = [item for item in lint(ruleset) if not item.accepted]
        told = (f"{item.kind}: {item.sentence}" for item in findings)
        echo("\n  ".join([f"lint: {len(findings) or 'nothing'} found.", *told]))
        number += len(report.failures) + len(findings)
    echo(f"{number or 'Nothing'} found.")
    if number:
        raise SystemExit(1)
