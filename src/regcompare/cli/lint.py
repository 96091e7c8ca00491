"""The command ``lint``: what in a ruleset is dead, idle, contradictory, unused or passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import click

from regcompare.plugins.catalogue import Catalogue
from regcompare.proofs.lint import LintFinding, lint, unused_facts
from regcompare.views.tables import to_json

from ._shared import catalogue_of, catalogued, formatted, main
from ._streams import echo


@main.command("lint")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@formatted("text", "json")
@catalogued
def lint_command(ids: tuple[str, ...], form: str, load: tuple[str, ...], strict: bool) -> None:
    """Report unreachable, redundant and contradictory rules.

    It looks at every possible case, which needs the extra 'prove'; without ids it checks every ruleset.
    It ends with status 1 if it finds anything that the ruleset does not accept with a reason.
    """
    catalogue = catalogue_of(load, strict)
    found = dict(_found(catalogue, ids))
    if form == "json":
        rows = [
            {"ruleset": name, **attrs.asdict(item)} for name, items in found.items() for item in items
        ]
        echo(to_json(rows))
    else:
        for name, items in found.items():
            echo("\n".join(_lines(name, items)))
    if any(not item.accepted for items in found.values() for item in items):
        raise SystemExit(1)


def _found(catalogue: Catalogue, ids: Sequence[str]) -> Iterator[tuple[str, list[LintFinding]]]:
    """What is found in each ruleset; where all are asked about, in the facts of the plugins as well."""
    for name in dict.fromkeys(ids or catalogue.rulesets):
        yield name, lint(catalogue.ruleset(name))
    if not ids:
        yield _FACTS, unused_facts(catalogue.rulesets.values(), catalogue.vocabulary)


_FACTS = "facts of plugins"


def _lines(name: str, items: Sequence[LintFinding]) -> Iterator[str]:
    left = [item for item in items if not item.accepted]
    accepted = len(items) - len(left)
    yield f"{name}: {len(left) or 'nothing'} found" + (f", {accepted} accepted." if accepted else ".")
    for item in left:
        yield f"  {item.kind}: {item.sentence}"
    for item in items:
        if item.accepted:
            yield f"  accepted, {item.kind}: {item.sentence} {item.accepted}"
