"""A new plugin: the skeleton of a law, with what its author has to fill in marked as TODO.

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

from regcompare._support.output import write_folder
from regcompare.errors import UsageError, did_you_mean
from regcompare.plugins.catalogue import API
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_TITLE = re.compile(r'(?=.*\S)[^"\\\x00-\x1f\x7f]+')

_EXAMPLE = ("lists.py", "listed_items.csv", "cases.yaml")
"""The files of the example rule, which an empty skeleton lacks."""
_PACKAGE = ("texts.py", "controls.py", *_EXAMPLE)


@attrs.frozen
class PluginNames:
    """The names of a plugin and its parts.

    Attributes:
        id: The id of the ruleset, such as ``new-toyland``.
    """

    id: str

    @property
    def distribution(self) -> str:
        """The name under which it is installed."""
        return f"regcompare-{self.id}"

    @property
    def module(self) -> str:
        """The name under which it is imported."""
        return f"regcompare_{self.section}"

    @property
    def section(self) -> str:
        """The name of its section of facts."""
        return self.id.replace("-", "_")

    @property
    def constant(self) -> str:
        """The name of the ruleset in Python."""
        return self.section.upper()

    @property
    def title(self) -> str:
        """Its name in a sentence."""
        return self.id.replace("-", " ").title()


@attrs.frozen
class NewPlugin:
    """A plugin that was written.

    Attributes:
        names: Its names.
        folder: Its folder.
        files: Its files, relative to the folder.
    """

    names: PluginNames
    folder: Path
    files: tuple[Path, ...]


def new_plugin(
    name: str,
    into: str | Path = ".",
    *,
    title: str = "",
    empty: bool = False,
    taken: Collection[str] = (),
) -> NewPlugin:
    """Writes the skeleton of a plugin, which installs and passes its own tests at once.

    Args:
        name: The name of the regime, such as ``new-toyland``; a leading ``regcompare-`` is left out.
        into: The folder in which to create the folder of the plugin.
        title: The regime in a few words, as a table heads its column; the name by default.
        empty: Whether to leave out the example rule, with its list and its cases.
        taken: Ids of rulesets and names of sections that exist already.

    Raises:
        UsageError: The name or title is not valid, or the folder exists; the message says what to do.
    """
    names = PluginNames(_valid(name.removeprefix("regcompare-"), taken))
    title = title or names.title
    if not _TITLE.fullmatch(title):
        raise UsageError(
            f"{title!r} is not a valid title. Expected a few words on one line, without double quotes "
            "or backslashes, such as 'British export rules'."
        )
    texts = _texts(names, title.strip(), example=not empty)
    folder = Path(into) / names.distribution
    if os.path.lexists(folder):
        raise UsageError(f"{folder} already exists. Choose another name, or another --into FOLDER.")
    write_folder(folder, {str(file): text for file, text in texts.items()})
    return NewPlugin(names, folder, tuple(texts))


def _texts(names: PluginNames, title: str, *, example: bool) -> dict[Path, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # Only this command needs it.

    skeleton = Environment(  # noqa: S701 - plain files, no HTML
        loader=PackageLoader("regcompare.cli", "skeleton"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )

    def rendered(file: str) -> str:
        template = skeleton.get_template(f"{file}.j2")
        return template.render(names=names, title=title, example=example, api=API)

    package = Path("src") / names.module
    parts = [file for file in _PACKAGE if example or file not in _EXAMPLE]
    return {
        **{Path(file): rendered(file) for file in ("README.md", "pyproject.toml")},
        package / "__init__.py": rendered("init.py"),
        **{package / file: rendered(file) for file in parts},
        package / "py.typed": "",
        Path("tests") / f"test_{names.section}.py": rendered("test.py"),
    }


def _valid(name: str, taken: Collection[str]) -> str:
    """Returns the name if it is valid for a plugin and free."""
    if not _NAME.fullmatch(name):
        suggestion = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-").lstrip("0123456789-")
        hint = did_you_mean(suggestion if _NAME.fullmatch(suggestion) else None)
        raise UsageError(
            f"{name!r} is not a valid name for a plugin. Expected lower-case letters and digits, "
            f"joined by hyphens, starting with a letter, such as new-toyland.{hint}"
        )
    names = PluginNames(name)
    sections = {str(getattr(cls, "__section__", "")) for cls in CORE.sections}
    if name in taken or names.section in sections | set(taken):
        raise UsageError(f"The name {name!r} is taken by a ruleset or a section. Choose another.")
    if names.section in {field.name for field in attrs.fields(Scenario)}:
        raise UsageError(
            f"The name {name!r} already has a meaning in scenario files. Expected the name of a place, "
            f"an act or a body, such as {name}-rules."
        )
    return name
