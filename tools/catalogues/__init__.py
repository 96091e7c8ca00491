"""Catalogues of translations: which texts they need, and whether they have them.

    python -m tools.catalogues update [LANG ...]   adds missing texts, drops those no longer used
    python -m tools.catalogues check [LANG ...]    reports missing, stale, empty, fuzzy and faulty texts

Without a language both take those that exist.  For a new one, ``update`` starts its files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from regcompare.plugins.catalogue import Catalogue
from regcompare.words.catalogues import CORE_FOLDER, languages

from .files import Entry, faults, formatted, read, updated
from .texts import Text, texts

__all__ = ["Entry", "Text", "check", "files_of", "texts", "update"]


def update(lang: str, catalogue: Catalogue) -> Iterator[str]:
    """Brings the files of a language up to date; yields a line for each file that changed."""
    for file, needed in files_of(lang, catalogue).items():
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        after = formatted(lang, updated(read(file), needed))
        if after != before:
            file.parent.mkdir(exist_ok=True)
            file.write_text(after, encoding="utf-8")
            yield f"{file}: written."


def check(lang: str, catalogue: Catalogue) -> Iterator[str]:
    """Yields a line for each fault of the files of a language."""
    for file, needed in files_of(lang, catalogue).items():
        for fault in faults(read(file), needed):
            yield f"{file}: {fault}"


def files_of(lang: str, catalogue: Catalogue) -> dict[Path, list[Text]]:
    """Returns the files of a language, each with the texts that it needs, in their order.

    What the core has, no other file repeats.
    """
    files: dict[Path, list[Text]] = {}
    needed = list(texts(catalogue))
    core = {text.text for text in needed if text.folder == CORE_FOLDER}
    for text in needed:
        if text.folder == CORE_FOLDER or text.text not in core:
            files.setdefault(text.folder / f"{lang}.po", []).append(text)
    return files


def existing(catalogue: Catalogue) -> tuple[str, ...]:
    """Returns the languages that have files."""
    return languages(catalogue.locales)
