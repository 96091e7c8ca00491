"""The command ``catalogues``, for those who bring the texts of a plugin into another language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs
import click

from regcompare._support.output import write_file
from regcompare.comparison.measures import pluralise
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue, Plugin
from regcompare.plugins.features import is_shipped
from regcompare.words.catalogues import CORE_FOLDER, country_names
from regcompare.words.translations import (
    Entry,
    case_texts,
    code_texts,
    formatted,
    misfits,
    read,
    ruleset_texts,
    section_texts,
    updated,
)

from .group import installed
from .options import overwrite_option, plugin_named
from .streams import echo

CORE = "core"
"""The name under which the texts of regcompare itself are asked for."""


@attrs.frozen
class Texts:
    """The texts of a plugin.

    Attributes:
        plugin: Its name.
        file: The file of their translations.
        needed: What is said, in order; where files in other languages have more, that as well.
        current: The entries of the file, by their texts.
    """

    plugin: str
    file: Path
    needed: tuple[Entry, ...]
    current: Mapping[str, Entry]

    @property
    def missing(self) -> list[Entry]:
        """The texts without a translation that counts."""
        shown = {text for text, item in self.current.items() if item.is_shown}
        return [item for item in self.needed if item.text not in shown]

    @property
    def stale(self) -> list[str]:
        """The entries whose text nothing says any more."""
        needed = {item.text for item in self.needed}
        return [text for text in self.current if text not in needed]

    @property
    def faults(self) -> list[str]:
        """In what translations do not fit their texts."""
        items = self.current.values()
        return [
            fault for item in items if item.translation for fault in misfits(item.text, item.translation)
        ]


@click.command("catalogues")
@click.argument("plugin", metavar="PLUGIN")
@click.argument("lang", metavar="LANG")
@click.option(
    "-o", "--output", metavar="FILE", help="Write all texts to this .po file, to be filled in."
)
@click.option("--from", "filled", metavar="FILE", help="Take the translations of this .po file in.")
@overwrite_option
def catalogues_command(
    plugin: str, lang: str, output: str | None, filled: str | None, overwrite: bool
) -> None:
    """Bring the texts of a plugin out for translation, and back.

    PLUGIN is one of those that `regcompare plugins` lists, or core for regcompare itself; LANG is a
    language such as de. Without an option the command lists the texts that lack a translation, the
    entries whose text nothing says any more, and translations that do not fit; the status is 1 if there
    are any. Write the texts with -o, fill in each msgstr in any editor or in a program for gettext
    files, and take the file in with --from.
    """
    _check_language(lang)
    texts = _texts_of(plugin, lang, installed())
    if filled:
        texts = _taken_in(texts, Path(filled), lang)
    if output:
        content = formatted(lang, updated(texts.current, texts.needed))
        write_file(output, content, overwrite=overwrite)
    echo(_report(texts, lang, output))
    if not output and (texts.missing or texts.stale or texts.faults):
        raise SystemExit(1)


def _check_language(lang: str) -> None:
    from babel import Locale, UnknownLocaleError

    if lang == "en":
        raise UsageError("English is the language of the texts. Expected another, such as de.")
    try:
        Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        msg = f"{lang!r} is not the code of a language. Expected one such as de, fr or pt_BR."
        raise UsageError(msg) from None


# the texts of a plugin ----------------------------------------------------------------------------


def _texts_of(name: str, lang: str, catalogue: Catalogue) -> Texts:
    if name == CORE:
        folder, own = CORE_FOLDER, _core_texts(catalogue)
        already: set[str] = set()
    else:
        plugin, point = plugin_named(name, catalogue, CORE)
        if not plugin.hooks or not point.entry:  # A folder without a file is a fault that this cures.
            raise UsageError("\n".join(map(str, plugin.problems)))
        module = point.entry.load()
        name, folder = plugin.name, _folder_of(plugin, module)
        own, already = _plugin_texts(plugin, module, catalogue), _said_by_core(catalogue)
    already |= country_names("en").keys()
    listed = _of_files(folder, lang, is_shipped=name == CORE or is_shipped(name))
    needed = [item for item in (*own, *listed) if item.text not in already]
    file = folder / f"{lang}.po"
    return Texts(name, file, tuple(updated({}, filter(lambda item: item.text, needed))), read(file))


def _folder_of(plugin: Plugin, module: object) -> Path:
    hook = getattr(module, "regcompare_catalogues", None)
    folders = [Path(folder) for folder in hook()] if hook else []
    if not folders:
        raise UsageError(
            f"{plugin.name}: offers no folder for texts in other languages. Expected the hook "
            'regcompare_catalogues, which returns [Path(__file__).parent / "locale"].'
        )
    return folders[0]


def _plugin_texts(plugin: Plugin, module: object, catalogue: Catalogue) -> Iterator[Entry]:
    """What a plugin declares: facts, rulesets, words and cases; and what its code says."""
    for name in plugin.sections:
        yield from _entries(section_texts(catalogue.vocabulary.by_name[name]))
    for name in plugin.rulesets:
        yield from _entries(ruleset_texts(catalogue.ruleset(name)))
    vocabulary = catalogue.vocabulary
    words = [word for ruleset in catalogue.rulesets.values() for word in ruleset.own_words()]
    words += [word for item in vocabulary.own_answers for word in item.words]
    yield from _entries((str(word), word.key) for word in words if word.owner in plugin.sections)
    cases = (*catalogue.read(*plugin.paths),) if plugin.paths else ()
    if "regcompare_profiles" in plugin.hooks:
        cases += catalogue.teaching()
    yield from _entries(case_texts(cases))
    yield from _code(Path(str(getattr(module, "__file__", ""))))


def _core_texts(catalogue: Catalogue) -> Iterator[Entry]:
    taken = {name for plugin in catalogue.plugins for name in plugin.sections}
    for name, cls in catalogue.vocabulary.by_name.items():
        if name not in taken:
            yield from _entries(section_texts(cls))
    yield from _code(CORE_FOLDER.parent / "__init__.py")


def _code(module: Path) -> Iterator[Entry]:
    """What the code of a package says, or of a module alone."""
    files = sorted(module.parent.rglob("*.py")) if module.name == "__init__.py" else [module]
    for file in files:
        if file.is_file():
            yield from _entries((text, "") for text in code_texts(file.read_text(encoding="utf-8")))


def _entries(texts: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    return (Entry(text, notes=(note,)) for text, note in texts)


def _said_by_core(catalogue: Catalogue) -> set[str]:
    """What the core says, which no plugin repeats."""
    listed = _of_files(CORE_FOLDER, "", is_shipped=True)
    return {item.text for item in (*_core_texts(catalogue), *listed)}


def _of_files(folder: Path, lang: str, *, is_shipped: bool) -> Iterator[Entry]:
    """The entries of files in other languages, which name texts that are in no declaration.

    With what ships the file in Dutch is whole, and stands for all.
    """
    others = (file for file in sorted(folder.glob("*.po")) if file.stem != lang)
    for file in [folder / _WHOLE] if is_shipped else others:
        yield from read(file).values()


_WHOLE = "nl.po"
"""The files that tests keep whole and free of what nothing says any more, with what ships."""


# back ---------------------------------------------------------------------------------------------


def _taken_in(texts: Texts, file: Path, lang: str) -> Texts:
    """The texts with the translations of a file, written to the folder of the plugin.

    One that does not fit is kept as doubtful, so that nobody sees it.
    """
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file. Expected the file to take in.")
    entries = read(file)
    language = re.search(r'^"Language: *(\w+)', file.read_text(encoding="utf-8-sig"), re.MULTILINE)
    if language and language[1] != lang:
        raise UsageError(f"{file}: its head says Language: {language[1]}. Expected {lang}.")
    new = {
        text: attrs.evolve(item, is_fuzzy=item.is_fuzzy or any(misfits(text, item.translation)))
        for text, item in entries.items()
        if item.translation.strip()
    }
    current = {**texts.current, **new}
    kept = [item for item in updated(current, texts.needed) if item.translation]
    write_file(texts.file, formatted(lang, kept), overwrite=True, inputs=[file])
    return attrs.evolve(texts, current=current)


# the report ---------------------------------------------------------------------------------------


def _report(texts: Texts, lang: str, output: str | None) -> str:
    count = len(texts.needed)
    lines = [f"{texts.plugin} in {lang}: {count - len(texts.missing)} of {count} texts are translated."]
    if output:
        return "\n".join([*lines, f"{output}: all of them, to be filled in; then: --from {output}"])
    groups = {
        "without a translation": [item.text for item in texts.missing],
        "no longer said": texts.stale,
    }
    for words, items in groups.items():
        if items:
            lines += ["", f"{pluralise(len(items), 'text')} {words}:", *(f"  {item}" for item in items)]
    if texts.faults:
        lines += ["", "Translations that do not fit, and are not shown:"]
        lines += [f"  {fault}" for fault in texts.faults]
    return "\n".join(lines)
