"""A new plugin: a plain copy of the plugin of Toyland, with its names replaced.

The template is a plugin like any other, which is installed and tested as it stands; so the copy works at
once, and its author replaces the law of Toyland with another, file by file.  Nobody has checked what
will take its place, so the copy calls itself a template and bears the weakest marks.  It is declared a
reconstruction as a whole, since law that nobody read would decide nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from regcompare._support.output import cannot_write, write_files
from regcompare.errors import UsageError, did_you_mean
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE

__all__ = ["Names", "New", "new_plugin"]

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_TEXTS = (".py", ".toml", ".md", ".csv", ".yaml", ".typed")
"""The kinds of files that a template holds; what tools leave behind is not copied."""

_RECONSTRUCTED = "reconstructed=True,  # Decides although nobody read it. Read the text, then drop this."


@attrs.frozen
class Names:
    """What a plugin and its parts are called.

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
        """What it is called in a sentence."""
        return self.id.replace("-", " ").title()


@attrs.frozen
class New:
    """A plugin that was written.

    Attributes:
        names: What it is called.
        folder: Where it is.
        files: Its files, within the folder.
    """

    names: Names
    folder: Path
    files: tuple[Path, ...]


def template() -> Path:
    """Returns the folder of the template: inside the package, or in a checkout beside it."""
    package = Path(__file__).parents[1]
    bundled = package / "bundled_template"
    return bundled if bundled.is_dir() else package.parents[1] / "plugins" / "regcompare-toyland"


def new_plugin(name: str, into: str | Path = ".", *, taken: Collection[str] = ()) -> New:
    """Writes a plugin that installs and passes its own tests at once.

    Args:
        name: What the regime is called, such as ``new-toyland``; a leading ``regcompare-`` is left out.
        into: The folder in which the plugin's own folder is made.
        taken: Ids of rulesets and names of sections that exist already.

    Raises:
        UsageError: The name does not serve, or the folder exists; the text says what to do instead.
    """
    names = Names(_checked(name.removeprefix("regcompare-"), taken))
    folder = Path(into) / names.distribution
    source = template()
    texts = {
        Path(_renamed(file.relative_to(source).as_posix(), names)): _renamed(
            file.read_text(encoding="utf-8"), names
        )
        for file in _files(source)
    }
    with _new_folder(folder):
        for file in texts:
            (folder / file.parent).mkdir(parents=True, exist_ok=True)
        write_files({folder / file: text for file, text in texts.items()})
    return New(names, folder, tuple(texts))


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Makes a folder, which is gone again if it cannot be filled."""
    if os.path.lexists(folder):
        raise UsageError(f"{folder}: exists already. Choose another name, or another --into FOLDER.")
    try:
        folder.mkdir(parents=True)
        try:
            yield
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise cannot_write(folder, error) from None


def _files(source: Path) -> Iterator[Path]:
    for file in sorted(source.rglob("*")):
        inside = file.relative_to(source).parts
        if file.suffix in _TEXTS and not any(part.startswith((".", "__pyc")) for part in inside):
            yield file


def _renamed(text: str, names: Names) -> str:
    """Returns a text of the template with the names of the new plugin, and with the weakest marks.

    The id and the section of Toyland are one word; a section stands in its declaration, before a dot,
    and as the key of a block of facts.
    """
    replaced = (
        (r"regcompare_toyland", names.module),
        (r"regcompare-toyland", names.distribution),
        (r'(?<=section\(")toyland(?=")', names.section),
        (r"\btoyland(?=\.[a-z])", names.section),
        (r"(?m:(?<=^  )toyland(?=: \{))", names.section),
        (r"(?<=test_)toyland", names.section),
        (r"(?<=Test)Toyland", names.title.replace(" ", "")),
        (r"TOYLAND", names.constant),
        (r"Toyland", names.title),
        (r"toyland", names.id),
        (r"(?<=checked=)Checked\.TEXT,", f"Checked.UNREAD,\n    {_RECONSTRUCTED}"),
        (r"Checked\.TEXT", "Checked.UNREAD"),
        (r"(?<=,)text(?=,)", "unread"),
        (r'(?<=summary=")T(?=oys)', "Template: t"),
    )
    found = re.compile("|".join(f"({pattern})" for pattern, _ in replaced))
    return found.sub(lambda match: replaced[(match.lastindex or 1) - 1][1], text)


def _checked(name: str, taken: Collection[str]) -> str:
    """Returns the name if a plugin can bear it."""
    if not _NAME.fullmatch(name):
        shaped = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-").lstrip("0123456789-")
        hint = did_you_mean(shaped if _NAME.fullmatch(shaped) else None)
        raise UsageError(
            f"{name!r} is not a valid name for a plugin. Expected lower-case letters and figures, "
            f"joined by hyphens, a letter first, such as new-toyland.{hint}"
        )
    names = Names(name)
    sections = {str(getattr(cls, "__section__", "")) for cls in CORE.sections}
    if name == "toyland":
        raise UsageError("'toyland' is the template's own name. Expected a different one.")
    if name in taken or names.section in sections | set(taken):
        raise UsageError(f"The name {name!r} is taken. Expected one that no ruleset and no section has.")
    if names.section in {field.name for field in attrs.fields(Scenario)} or names.constant in _words():
        raise UsageError(
            f"The name {name!r} already has a meaning in scenario files or in the template. Expected "
            f"the name of a place, an act or a body, such as {name}-rules."
        )
    return name


def _words() -> set[str]:
    """The words of the template's Python files."""
    files = (file for file in _files(template()) if file.suffix == ".py")
    return {word for file in files for word in re.findall(r"\w+", file.read_text("utf-8"))}
