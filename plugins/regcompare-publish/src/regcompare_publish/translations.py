"""The command ``catalogues``, for those who bring the texts of a plugin into another language."""

from __future__ import annotations

import locale
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import click

from regcompare._support.output import while_reading, write_file
from regcompare.cli._installed import installed
from regcompare.cli.options import loaded_from, overwrite_option, plugin_named
from regcompare.cli.streams import echo
from regcompare.errors import UsageError
from regcompare.plugins.catalogue import Catalogue, Plugin
from regcompare.plugins.hooks import SCENARIOS
from regcompare.words.catalogues import CORE_FOLDER, Entry, country_names, read

from .texts import (
    case_texts,
    code_texts,
    faults,
    formatted,
    law_texts,
    left_in_english,
    misfits,
    ruleset_texts,
    section_texts,
    updated,
)

CORE = "core"
"""The name under which the texts of regcompare itself are asked for."""

_WHOLE = "nl.po"
"""The file that tests keep whole, and free of what nothing says any more, with what ships."""


@click.command("catalogues")
@click.argument("plugin", metavar="PLUGIN|FOLDER")
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

    PLUGIN is one of those that `regcompare plugins` lists, or core for regcompare itself; FOLDER is that
    of one that need not be installed; LANG is a language such as de. Without an option the command lists
    the texts that lack a translation, the entries whose text nothing says any more, and translations
    that do not fit; the status is 1 if there are any. Sentences of law may stay English, and are only
    counted. Write the texts with -o, fill in each msgstr in any editor or in a program for gettext
    files, and take the file in with --from.
    """
    _check_language(lang)
    folder, needed = _folder_and_needed(plugin, installed())
    file = folder / f"{lang}.po"
    current = read(file)
    with while_reading(*([filled] if filled else ())):
        if filled:
            current |= _filled_in(Path(filled), lang)
            kept = [item for item in updated(current, needed) if item.translation]
            write_file(file, formatted(lang, kept), overwrite=True)
        if output:
            write_file(output, formatted(lang, updated(current, needed)), overwrite=overwrite)
    others = [item for item in needed if not item.is_law]
    shown = sum(item.is_shown for item in updated(current, others))
    echo(f"{plugin} in {lang}: {shown} of {len(others)} texts are translated.")
    if law := left_in_english(current, needed):
        number = sum(item.is_law for item in needed)
        echo(f"Sentences of law may stay English: {len(law)} of {number} do.")
    if output:
        echo(f"{output}: all of them, to be filled in; then: --from {output}")
    elif problems := list(faults(current, needed)):
        echo("\n".join(problems))
        raise SystemExit(1)


def missing_texts(plugin: Plugin, catalogue: Catalogue) -> dict[str, tuple[list[str], list[str]]]:
    """Returns what the files of texts of a plugin lack, by language.

    First what is wrong: texts that lack a translation, or that nothing says any more; then the sentences
    of law that are in English, as they may be.
    """
    if not plugin.texts:
        return {}
    folder, needed = _folder_and_texts(plugin, catalogue)
    files = {file.stem: read(file) for file in sorted(folder.glob("*.po"))}
    return {
        lang: (list(faults(current, needed)), left_in_english(current, needed))
        for lang, current in files.items()
    }


def _check_language(lang: str) -> None:
    if lang == "en":
        raise UsageError("English is the language of the texts. Expected another, such as de.")
    # The standard library knows three hundred languages, by their code.
    known = {alias.partition("_")[0] for alias in locale.locale_alias}
    is_code = re.fullmatch(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?", lang)
    if not is_code or (lang.partition("_")[0] not in known and not country_names(lang)):
        msg = f"{lang!r} is not the code of a language. Expected one such as de, fr or pt_BR."
        raise UsageError(msg)


def _filled_in(file: Path, lang: str) -> dict[str, Entry]:
    """The translations of a file; one that does not fit is doubtful, so that nobody sees it."""
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file. Expected the file to take in.")
    entries = read(file)
    language = re.search(r'^"Language: *(\w+)', file.read_text(encoding="utf-8-sig"), re.MULTILINE)
    if language and language[1] != lang:
        raise UsageError(f"{file}: its head says Language: {language[1]}. Expected {lang}.")
    return {
        text: attrs.evolve(item, is_fuzzy=item.is_fuzzy or any(misfits(text, item.translation)))
        for text, item in entries.items()
        if item.translation.strip()
    }


def _folder_and_needed(name: str, catalogue: Catalogue) -> tuple[Path, list[Entry]]:
    """The folder of the translations of what is named, and the texts that need them."""
    if name == CORE:
        return CORE_FOLDER, updated({}, read(CORE_FOLDER / _WHOLE).values())
    if not Path(name).is_dir():
        return _folder_and_texts(plugin_named(name, catalogue, CORE), catalogue)
    catalogue, plugins, _ = loaded_from(name, catalogue)
    if len(plugins) != 1:
        raise UsageError(f"{name} offers {len(plugins) or 'no'} plugins. Expected a folder with one.")
    return _folder_and_texts(plugins[0], catalogue)


def _folder_and_texts(plugin: Plugin, catalogue: Catalogue) -> tuple[Path, list[Entry]]:
    """The folder of the translations of a plugin, and the texts that need them."""
    core = read(CORE_FOLDER / _WHOLE)
    if not plugin.hooks or not plugin.entry:  # A folder without a file is a fault that this cures.
        raise UsageError("\n".join(map(str, plugin.problems)))
    folder = next(iter(plugin.texts), None)
    if not folder:
        raise UsageError(
            f"{plugin.name}: offers no folder for texts in other languages. Expected the hook "
            'regcompare_catalogues, which returns [Path(__file__).parent / "locale"].'
        )
    already = core.keys() | country_names("en").keys()
    law = [
        Entry(sentence, notes=(note,), is_law=True)
        for name in plugin.rulesets
        for sentence, note in law_texts(catalogue.ruleset(name))
        if sentence not in already
    ]
    sentences = {item.text for item in law}
    if plugin.is_shipped:
        own = [item for item in read(folder / _WHOLE).values() if item.text not in sentences]
    else:
        texts = _declared_and_said(plugin, plugin.module, catalogue)
        own = [Entry(text, notes=(note,)) for text, note in texts if text and text not in already]
    return folder, updated({}, [*own, *law])


def _declared_and_said(plugin: Plugin, module: Any, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The texts of what a plugin declares (facts, rulesets, words and cases) and of its code."""
    for name in plugin.sections:
        yield from section_texts(catalogue.vocabulary.by_name[name])
    for name in plugin.rulesets:
        yield from ruleset_texts(catalogue.ruleset(name))
    words = [word for ruleset in catalogue.rulesets.values() for word in ruleset.own_words()]
    words += [word for item in catalogue.vocabulary.own_answers for word in item.words]
    yield from ((str(word), word.key) for word in words if word.owner in plugin.sections)
    yield from case_texts(catalogue.read(*plugin.items[SCENARIOS]))
    file = Path(str(getattr(module, "__file__", "")))
    for code in sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]:
        if code.is_file():
            yield from ((text, "") for text in code_texts(code.read_text(encoding="utf-8")))
