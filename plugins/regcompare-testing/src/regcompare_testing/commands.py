"""Commands for authors: ``new``, the skeleton of a law or a blank case, and ``clinic``, on a plugin.

A skeleton installs and passes its own tests at once; ``regcompare lint`` reports each TODO that is left.
Nobody has read the text of its provisions, so they have the weakest mark, and the law is declared a
reconstruction, since unread law would otherwise decide nothing.
"""

from __future__ import annotations

import keyword
import os
import re
import sys
import unicodedata
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import attrs
import click

import regcompare
from regcompare._support.output import write_file, write_folder
from regcompare.cli._installed import installed
from regcompare.cli.options import format_option, loaded_from, plugin_named
from regcompare.cli.streams import echo, progress
from regcompare.comparison.data import to_json
from regcompare.errors import UsageError, did_you_mean
from regcompare.plugins.catalogue import API, Catalogue, Plugin
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import CORE

from .blank import blank_case

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)


@click.command()
@click.argument("name")
@click.argument("case_id", metavar="[ID]", required=False)
@click.option(
    "--into", default=".", metavar="FOLDER", show_default=True,
    help="The folder in which to create the folder of the plugin, or the file of the case.",
)  # fmt: skip
@format_option("text", "json")
def new(name: str, case_id: str | None, into: str, form: str) -> None:
    """Write the skeleton of a new plugin, or a blank case.

    `regcompare new NAME` writes a plugin, `regcompare new case ID` a case. A plugin
    installs and passes its own tests straight away. Replace its texts, scope, one rule, one list and
    two cases; `regcompare lint` reports every TODO that is left.

    A case asks in its file what a reader will ask; `regcompare check` says what it still lacks.
    """
    if name == "case":
        file = new_case(case_id or "a-case", into)
        echo(to_json({"file": file}) if form == "json" else _NEXT_STEPS_OF_A_CASE.format(file=file))
        return
    if case_id is not None:
        raise UsageError(
            f"{case_id!r} was not expected. Expected one name for a plugin, or `regcompare new case ID`."
        )
    catalogue = installed()
    sections = {section for plugin in catalogue.plugins for section in plugin.sections}
    names = new_plugin(name, into, {*catalogue.rulesets, *sections})
    if form == "json":
        echo(to_json(names))
        return
    echo(_NEXT_STEPS.format_map(names))
    echo("\n".join(names["files"]))


_NEXT_STEPS_OF_A_CASE = """\
{file} contains a blank case: questions, with the answers that each can have.
Answer what the sources answer, and delete the question; what they do not say stays unknown.

  regcompare check {file}
  regcompare brief {file}"""


def new_case(name: str, into: str | Path = ".") -> str:
    """Writes a blank case, which loads and passes ``check``, and returns the name of its file.

    Args:
        name: The id of the case, such as ``a-firm-kenya-2019``.
        into: The folder in which to write the file.

    Raises:
        UsageError: The id is not valid, or the file exists; the message says what to do.
    """
    file = Path(into) / f"{name}.yaml"
    write_file(file, blank_case(name))
    return str(file)


_NEXT_STEPS = """\
{folder} contains the skeleton of a law; it installs and passes its tests as it is.
Replace what says TODO, file by file; regcompare lint reports what is left.
Every provision is marked as unread, and counts only because the law is declared a reconstruction.
Raise the mark of each provision that you have read; once all are, remove `reconstructed`.

  cd {folder}
  python -m pip install -e '.[test]'
  python -m pytest
  regcompare lint {ruleset}
  regcompare show {ruleset}
"""


def new_plugin(name: str, into: str | Path = ".", taken: Collection[str] = ()) -> dict[str, Any]:
    """Writes the skeleton of a plugin, which installs and passes its own tests at once.

    Args:
        name: The name of the regime, such as ``new-toyland``; a leading ``regcompare-`` is left out,
            and letters lose their accents.
        into: The folder in which to create the folder of the plugin.
        taken: Ids of rulesets and names of sections that exist already.

    Returns:
        The names: its ``distribution``, ``module``, ``ruleset`` and ``section``, its ``folder``, and its
        ``files``, relative to the folder.

    Raises:
        UsageError: The name is not valid, or the folder exists; the message says what to do.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # Only this command needs it.

    title = _title(name := name.removeprefix("regcompare-"))
    name = _valid(_folded(name), taken)
    section, folder = name.replace("-", "_"), Path(into) / f"regcompare-{name}"
    module = f"regcompare_{section}"
    names = {"distribution": folder.name, "module": module, "ruleset": name, "section": section}
    if os.path.lexists(folder):
        raise UsageError(f"{folder} already exists. Choose another name, or another --into FOLDER.")
    skeleton = Environment(  # noqa: S701 - plain files, no HTML
        loader=PackageLoader("regcompare_testing", "skeleton"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    texts = {
        place.removesuffix(".j2").replace("MODULE", module): skeleton.get_template(place).render(
            names=names, title=title, api=API
        )
        for place in skeleton.list_templates()
    }
    write_folder(folder, texts)
    return {**names, "folder": str(folder), "files": list(texts)}


_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def _folded(name: str) -> str:
    """The name without accents."""
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_SMALL = {"and", "of", "on", "the", "for", "in", "to"}
_SHORT_WORDS = {"act", "law", "new", "old", "east", "west", "non"}


def _title(name: str) -> str:
    """The title of a regime by its name: a word of up to three letters is an abbreviation."""
    words = name.split("-")
    return " ".join(
        word if word in _SMALL and place else word.upper() if _is_abbreviation(word) else word.title()
        for place, word in enumerate(words)
    )


def _is_abbreviation(word: str) -> bool:
    vowels = len(re.findall("[aeiouy]", _folded(word)))
    return word not in _SMALL | _SHORT_WORDS and (len(word) <= 3 or (word.isalpha() and not vowels))


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
    if keyword.iskeyword(section) or section in _modules() or find_spec(f"regcompare_{section}"):
        raise UsageError(
            f"The name {name!r} is that of a module of regcompare or a word of Python. Expected the "
            f"name of a place, an act or a body, such as {name}-rules."
        )
    if section in {field.name for field in attrs.fields(Scenario)}:
        raise UsageError(
            f"The name {name!r} already has a meaning in scenario files. Expected the name of a place, "
            f"an act or a body, such as {name}-rules."
        )
    return name


def _modules() -> set[str]:
    """The names of the library's own modules, and of Python's."""
    return {*sys.stdlib_module_names, *(item.name for item in iter_modules(regcompare.__path__))}


@click.command("clinic")
@click.argument("name", metavar="NAME|FOLDER")
def clinic_command(name: str) -> None:
    """Examine a plugin: its faults, and its rulesets.

    NAME is an installed plugin, FOLDER that of one that need not be. The page lists faults while
    loading, such as a slow import; for each ruleset, the conformance suite and lint; and what its texts
    in other languages lack. The status is 1 if anything is found; that it was written for an older
    interface is only a note.
    """
    catalogue = installed()
    if Path(name).is_dir():
        catalogue, plugins, rulesets = loaded_from(name, catalogue)
    else:
        plugins = [plugin_named(name, catalogue)]
        rulesets = list(plugins[0].rulesets)
    number = sum(map(_examine_loading, plugins))
    number += sum(_examine_ruleset(catalogue.ruleset(item), catalogue) for item in rulesets)
    for plugin in plugins:
        number += _examine_texts(plugin, catalogue, name)
    echo(f"{number or 'Nothing'} found.")
    if number:
        raise SystemExit(1)


def _examine_loading(plugin: Plugin) -> int:
    """Prints how a plugin loads, and returns how much was found."""
    older = [note for note in plugin.notes if note.code == "RC409"]  # It keeps what was promised.
    problems = [*plugin.problems, *(note for note in plugin.notes if note not in older)]
    echo(f"{plugin.name} {plugin.version}".rstrip())
    loads = f"{len(problems)} found." if problems else "without a fault."
    notes = (f"note: {note}" for note in older)
    echo("\n  ".join([f"loads: {loads}", *map(str, problems), *notes]))
    return len(problems)


def _examine_ruleset(ruleset: Ruleset, catalogue: Catalogue) -> int:
    """Prints what the conformance suite and lint say of a ruleset, and returns how much was found."""
    from .conformance import check_ruleset  # Needs an extra, and takes long to import.

    progress(f"{ruleset.id}: conformance suite")
    report = check_ruleset(ruleset)
    echo(str(report))
    progress(f"{ruleset.id}: lint")
    lint = catalogue.function("lint", "regcompare-prove")
    findings = [item for item in lint(ruleset) if not item.accepted]
    lines = (item.line for item in findings)
    echo("\n  ".join([f"lint: {len(findings) or 'nothing'} found.", *lines]))
    return len(report.failures) + len(findings)


def _examine_texts(plugin: Plugin, catalogue: Catalogue, name: str) -> int:
    """Prints which texts lack a translation, and returns how many have to have one."""
    missing_texts = catalogue.function("missing_texts", "regcompare-publish")
    texts = {} if plugin.problems else missing_texts(plugin, catalogue)
    for lang, (found, law) in texts.items():
        cure = f"regcompare catalogues {name} {lang}, as the guide on languages says"
        if found:
            echo("\n  ".join([f"texts in {lang}: {len(found)} found; {cure}.", *found]))
        if law:
            note = f"note: sentences of law that are not in {lang}, and may stay English: {len(law)}."
            echo("\n  ".join([note, *law]))
    return sum(len(found) for found, _ in texts.values())
