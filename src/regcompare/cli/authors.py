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
@formatted("text", "json")
def new(name: str, into: str, form: str) -> None:
    """Write a new plugin from a template.

    It installs and passes its own tests straight away.
    """
    catalogue = Catalogue.installed()
    sections = {section for plugin in catalogue.plugins for section in plugin.sections}
    written = new_plugin(name, into, taken={*catalogue.rulesets, *sections})
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
        f"{written.folder} holds a plugin with the law of Toyland under your names.",
        "It works as it is; replace the law file by file, together with its cases.",
        "All of it is marked as unread, and counts only because it is declared a reconstruction.",
        "Raise the mark of each provision that you have read; once all are, remove `reconstructed`.",
        "",
        f"  cd {written.folder}",
        "  python -m pip install -e '.[test]'",
        "  python -m pytest",
        f"  regcompare show {names.id}",
        "",
        *(f"{file.as_posix()}" for file in written.files),
    ]
    return "\n".join(lines)
