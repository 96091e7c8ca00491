"""The command for authors of rulesets: ``new``."""

from __future__ import annotations

import click

from regcompare.plugins.catalogue import Catalogue
from regcompare.views.tables import to_json

from ._shared import formatted, main
from ._streams import echo
from .scaffold import New, new_plugin


@main.command()
@click.argument("name")
@click.option(
    "--into",
    default=".",
    metavar="FOLDER",
    show_default=True,
    help=("The folder in which to create the plugin's own folder."),
)
@click.option("--title", default="", metavar="TEXT", help="The regime in a few words; else its name.")
@click.option("--empty", is_flag=True, help="Leave out the example of a rule, with its list and cases.")
@formatted("text", "json")
def new(name: str, into: str, title: str, empty: bool, form: str) -> None:
    """Write the skeleton of a new plugin.

    It installs and passes its own tests straight away. Its texts, scope, one rule, one list and two
    cases are there to be replaced; regcompare lint names every TODO that is left.
    """
    catalogue = Catalogue.installed()
    sections = {section for plugin in catalogue.plugins for section in plugin.sections}
    taken = {*catalogue.rulesets, *sections}
    written = new_plugin(name, into, title=title, empty=empty, taken=taken)
    echo(_data(written) if form == "json" else _text(written))


def _data(written: New) -> str:
    names = written.names
    return to_json(
        {
            "distribution": names.distribution,
            "module": names.module,
            "ruleset": names.id,
            "section": names.section,
            "folder": str(written.folder),
            "files": [file.as_posix() for file in written.files],
        }
    )


def _text(written: New) -> str:
    names = written.names
    lines = [
        f"{written.folder} holds the skeleton of a law; it installs and passes its tests as it is.",
        "Replace what says TODO, file by file; regcompare lint names what is left.",
        "All of it is marked as unread, and counts only because it is declared a reconstruction.",
        "Raise the mark of each provision that you have read; once all are, remove `reconstructed`.",
        "",
        f"  cd {written.folder}",
        "  python -m pip install -e '.[test]'",
        "  python -m pytest",
        f"  regcompare lint {names.id}",
        f"  regcompare show {names.id}",
        "",
        *(f"{file.as_posix()}" for file in written.files),
    ]
    return "\n".join(lines)
