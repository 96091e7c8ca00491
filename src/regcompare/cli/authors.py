"""The command ``new``, for authors of rulesets."""

from __future__ import annotations

import click

from regcompare.views.tables import to_json

from .group import installed
from .options import format_option
from .scaffold import new_plugin
from .streams import echo


@click.command()
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
    catalogue = installed()
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
