"""Catalogues of texts in other languages: which texts they have to hold, and whether they do.

    python -m tools.catalogues update [LANG ...]   adds what is missing, drops what nothing says any more
    python -m tools.catalogues check [LANG ...]    names what is missing, stale, empty, fuzzy or faulty

Without a language both take those there are.  For a new one, ``update`` starts its files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from regcompare.plugins.catalogue import Catalogue
from regcompare.words.catalogues import languages

from .files import Entry, faults, read, updated, written
from .texts import Text, texts

__all__ = ["Entry", "Text", "check", "files_of", "texts", "update"]


def update(lang: str, catalogue: Catalogue) -> Iterator[str]:
    """Brings the files of a language up to date; yields a line for each file that changed."""
    for file, wanted in files_of(lang, catalogue).items():
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        after = written(lang, updated(read(file), wanted))
        if after != before:
            file.parent.mkdir(exist_ok=True)
            file.write_text(after, encoding="utf-8")
            yield f"{file}: written."


def check(lang: str, catalogue: Catalogue) -> Iterator[str]:
    """Yields a line for each fault of the files of a language."""
    for file, wanted in files_of(lang, catalogue).items():
        for fault in faults(read(file), wanted):
            yield f"{file}: {fault}"


def files_of(lang: str, catalogue: Catalogue) -> dict[Path, list[Text]]:
    """Returns the files of a language, each with the texts that it has to hold, in their order."""
    files: dict[Path, list[Text]] = {}
    for text in texts(catalogue):
        files.setdefault(text.folder / f"{lang}.po", []).append(text)
    return files


def known(catalogue: Catalogue) -> tuple[str, ...]:
    """Returns the languages there are."""
    return languages(catalogue.locales)
