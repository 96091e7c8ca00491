"""The command ``lint``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import click

from regcompare.cli.options import catalogue_options, format_option
from regcompare.cli.streams import echo
from regcompare.plugins.catalogue import Catalogue
from regcompare.views.tables import to_json
from regcompare_prove.lint import LintFinding, lint, unused_facts


@click.command("lint")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@format_option("text", "json")
@catalogue_options
def lint_command(catalogue: Catalogue, ids: tuple[str, ...], form: str) -> None:
    """Report unreachable, redundant and contradictory rules.

    It considers every possible case, which needs the extra 'prove'. By default it checks every ruleset.
    The status is 1 if it finds anything that the ruleset does not accept with a reason.
    """
    findings = {name: lint(catalogue.ruleset(name)) for name in ids or catalogue.rulesets}
    if not ids:
        findings["facts of plugins"] = unused_facts(catalogue.rulesets.values(), catalogue.vocabulary)
    if form == "json":
        rows = [(name, item) for name, items in findings.items() for item in items]
        echo(to_json([{"ruleset": name, **attrs.asdict(item)} for name, item in rows]))
    else:
        echo("\n".join(line for name, items in findings.items() for line in _lines(name, items)))
    if any(not item.accepted for items in findings.values() for item in items):
        raise SystemExit(1)


def _lines(name: str, items: Sequence[LintFinding]) -> Iterator[str]:
    unaccepted = [item for item in items if not item.accepted]
    accepted = len(items) - len(unaccepted)
    yield f"{name}: {len(unaccepted) or 'nothing'} found" + (
        f", {accepted} accepted." if accepted else "."
    )
    yield from (f"  {item.kind}: {item.sentence}" for item in unaccepted)
    for item in items:
        if item.accepted:
            yield f"  accepted, {item.kind}: {item.sentence} {item.accepted}"
