"""Commands for authors of rulesets: ``new`` and ``lint``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import click

from regcompare.plugins.catalogue import Catalogue
from regcompare.proofs.lint import LintFinding, lint, unused_facts
from regcompare.views.tables import to_json

from ._shared import catalogue_options, format_option, main
from ._streams import echo
from .scaffold import new_plugin


@main.command()
@click.argument("name")
@click.option(
    "--into", default=".", metavar="FOLDER", show_default=True,
    help="The folder in which to create the folder of the plugin.",
)  # fmt: skip
@click.option("--title", default="", metavar="TEXT", help="The regime in a few words.  [default: NAME]")
@click.option("--empty", is_flag=True, help="Leave out the example rule, with its list and cases.")
@format_option("text", "json")
def new(name: str, into: str, title: str, empty: bool, form: str) -> None:
    """Write the skeleton of a new plugin.

    It installs and passes its own tests straight away. Replace its texts, scope, one rule, one list and
    two cases; `regcompare lint` reports every TODO that is left.
    """
    catalogue = Catalogue.installed()
    sections = {section for plugin in catalogue.plugins for section in plugin.sections}
    taken = {*catalogue.rulesets, *sections}
    plugin = new_plugin(name, into, title=title, empty=empty, taken=taken)
    names, files = plugin.names, [file.as_posix() for file in plugin.files]
    if form == "text":
        echo(_NEXT_STEPS.format(folder=plugin.folder, id=names.id))
        echo("\n".join(files))
        return
    record = {
        "distribution": names.distribution,
        "module": names.module,
        "ruleset": names.id,
        "section": names.section,
        "folder": str(plugin.folder),
        "files": files,
    }
    echo(to_json(record))


_NEXT_STEPS = """\
{folder} contains the skeleton of a law; it installs and passes its tests as it is.
Replace what says TODO, file by file; regcompare lint reports what is left.
Every provision is marked as unread, and counts only because the law is declared a reconstruction.
Raise the mark of each provision that you have read; once all are, remove `reconstructed`.

  cd {folder}
  python -m pip install -e '.[test]'
  python -m pytest
  regcompare lint {id}
  regcompare show {id}
"""


@main.command("lint")
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
