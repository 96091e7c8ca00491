"""The command ``new``: the skeleton of a law, with what its author has to fill in marked as TODO.

It installs and passes its own tests at once; ``regcompare lint`` reports each TODO that is left.  Nobody
has read the text of its provisions, so they have the weakest mark, and the law is declared a
reconstruction, since unread law would otherwise decide nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

import attrs
import click

from regcompare._support.output import write_folder
from regcompare.errors import UsageError, did_you_mean
from regcompare.plugins.catalogue import API
from regcompare.scenario.scenario import Scenario
from regcompare.views.tables import to_json
from regcompare.vocabulary import CORE

from .group import installed
from .options import format_option
from .streams import echo

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_TITLE = re.compile(r'(?=.*\S)[^"\\\x00-\x1f\x7f]+')
_PACKAGE = ("texts.py", "controls.py", "lists.py", "listed_items.csv", "cases.yaml")


@click.command()
@click.argument("name")
@click.option(
    "--into", default=".", metavar="FOLDER", show_default=True,
    help="The folder in which to create the folder of the plugin.",
)  # fmt: skip
@click.option("--title", default="", metavar="TEXT", help="The regime in a few words.  [default: NAME]")
@format_option("text", "json")
def new(name: str, into: str, title: str, form: str) -> None:
    """Write the skeleton of a new plugin.

    It installs and passes its own tests straight away. Replace its texts, scope, one rule, one list and
    two cases; `regcompare lint` reports every TODO that is left.
    """
    catalogue = installed()
    sections = {section for plugin in catalogue.plugins for section in plugin.sections}
    plugin = new_plugin(name, into, title=title, taken={*catalogue.rulesets, *sections})
    if form == "json":
        echo(to_json(attrs.asdict(plugin, value_serializer=_as_text)))
        return
    echo(_NEXT_STEPS.format(folder=plugin.folder, id=plugin.ruleset))
    echo("\n".join(file.as_posix() for file in plugin.files))


def _as_text(*value: object) -> object:
    return value[-1].as_posix() if isinstance(value[-1], Path) else value[-1]


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


@attrs.frozen
class NewPlugin:
    """A plugin that was written.

    Attributes:
        distribution: The name under which it is installed.
        module: The name under which it is imported.
        ruleset: The id of its ruleset, such as ``new-toyland``.
        section: The name of its section of facts.
        folder: Its folder.
        files: Its files, relative to the folder.
    """

    distribution: str
    module: str
    ruleset: str
    section: str
    folder: Path
    files: tuple[Path, ...] = ()


def new_plugin(
    name: str, into: str | Path = ".", *, title: str = "", taken: Collection[str] = ()
) -> NewPlugin:
    """Writes the skeleton of a plugin, which installs and passes its own tests at once.

    Args:
        name: The name of the regime, such as ``new-toyland``; a leading ``regcompare-`` is left out.
        into: The folder in which to create the folder of the plugin.
        title: The regime in a few words, as a table heads its column; the name by default.
        taken: Ids of rulesets and names of sections that exist already.

    Raises:
        UsageError: The name or title is not valid, or the folder exists; the message says what to do.
    """
    name = _valid(name.removeprefix("regcompare-"), taken)
    section, folder = name.replace("-", "_"), Path(into) / f"regcompare-{name}"
    plugin = NewPlugin(folder.name, f"regcompare_{section}", name, section, folder)
    title = title or name.replace("-", " ").title()
    if not _TITLE.fullmatch(title):
        raise UsageError(
            f"{title!r} is not a valid title. Expected a few words on one line, without double quotes "
            "or backslashes, such as 'British export rules'."
        )
    texts = _texts(plugin, title.strip())
    if os.path.lexists(folder):
        raise UsageError(f"{folder} already exists. Choose another name, or another --into FOLDER.")
    write_folder(folder, {str(file): text for file, text in texts.items()})
    return attrs.evolve(plugin, files=tuple(texts))


def _texts(plugin: NewPlugin, title: str) -> dict[Path, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # Only this command needs it.

    skeleton = Environment(  # noqa: S701 - plain files, no HTML
        loader=PackageLoader("regcompare.cli", "skeleton"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    package = Path("src") / plugin.module
    templates = {
        **{Path(file): file for file in ("README.md", "pyproject.toml")},
        package / "__init__.py": "init.py",
        **{package / file: file for file in _PACKAGE},
        Path("tests") / f"test_{plugin.section}.py": "test.py",
    }
    texts = {
        file: skeleton.get_template(f"{name}.j2").render(names=plugin, title=title, api=API)
        for file, name in templates.items()
    }
    return {**texts, package / "py.typed": ""}


def _valid(name: str, taken: Collection[str]) -> str:
    """Returns the name if it is valid for a plugin and free."""
    if not _NAME.fullmatch(name):
        suggestion = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-").lstrip("0123456789-")
        hint = did_you_mean(suggestion if _NAME.fullmatch(suggestion) else None)
        raise UsageError(
            f"{name!r} is not a valid name for a plugin. Expected lower-case letters and digits, "
            f"joined by hyphens, starting with a letter, such as new-toyland.{hint}"
        )
    section = name.replace("-", "_")
    if name in taken or section in {*CORE.by_name, *taken}:
        raise UsageError(f"The name {name!r} is taken by a ruleset or a section. Choose another.")
    if section in {field.name for field in attrs.fields(Scenario)}:
        raise UsageError(
            f"The name {name!r} already has a meaning in scenario files. Expected the name of a place, "
            f"an act or a body, such as {name}-rules."
        )
    return name
