"""Catalogues of translations: which texts they need, and whether they have them.

    python -m tools.catalogues update [LANG ...]   adds missing texts, drops those no longer used
    python -m tools.catalogues check [LANG ...]    reports missing, stale, empty, fuzzy and faulty texts

Without a language both take those that exist.  For a new one, ``update`` starts its files.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from regcompare.plugins.catalogue import Catalogue
from regcompare.words.catalogues import CORE_FOLDER, Entry, languages, read
from regcompare_publish.texts import faults, formatted, updated

from .texts import texts

_OWN_ANSWER = re.compile(r"\w+:\w+")
"""An answer of a plugin's own, such as a listed party, whose name may be that in every language."""

_ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|which|what|these|not|you|your|licences?|authorisations?|"
    r"exports?|exporters?|whether|facts?|outcomes?|results?|answers?)\b(?!\.\w)",
    re.IGNORECASE,
)
"""Words that no translation should contain, except in names of files."""


def update(lang: str, catalogue: Catalogue) -> Iterator[str]:
    """Brings the files of a language up to date; yields a line for each file that changed."""
    for file, needed in files_of(lang, catalogue).items():
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        after = brought_up(lang, file, needed)
        if after != before:
            file.parent.mkdir(exist_ok=True)
            file.write_text(after, encoding="utf-8")
            yield f"{file}: written."


def brought_up(lang: str, file: Path, needed: Iterable[Entry]) -> str:
    """Returns a file as it should be: sentences of law stand in it only with a translation."""
    entries = updated(read(file), needed)
    return formatted(lang, (item for item in entries if item.translation or not item.is_law))


def check(lang: str, catalogue: Catalogue) -> Iterator[str]:
    """Yields a line for each fault of the files of a language."""
    for file, needed in files_of(lang, catalogue).items():
        current = read(file)
        for fault in (*faults(current, needed), *english_left(current.values())):
            yield f"{file}: {fault}"


def english_left(entries: Iterable[Entry]) -> Iterator[str]:
    """Yields a sentence for each translation in which an English word is left; names keep theirs."""
    for entry in entries:
        is_name = entry.translation == entry.text and any(map(_OWN_ANSWER.fullmatch, entry.notes))
        if is_name:
            continue
        if word := _ENGLISH.search(re.sub(r"\{\w+\}", "", entry.translation)):
            yield f"the English word {word[0]!r} is left in {entry.translation!r}"


def files_of(lang: str, catalogue: Catalogue) -> dict[Path, list[Entry]]:
    """Returns the files of a language, each with the texts that it needs, in their order.

    What the core has, no other file repeats.
    """
    files: dict[Path, list[Entry]] = {}
    needed = list(texts(catalogue))
    core = {text.text for text in needed if text.folder == CORE_FOLDER}
    for text in needed:
        if text.folder == CORE_FOLDER or text.text not in core:
            entry = Entry(text.text, sources=(text.source,), notes=(text.note,), is_law=text.is_law)
            files.setdefault(text.folder / f"{lang}.po", []).append(entry)
    return files


def main(command: str = "", *langs: str) -> int:
    """Runs one command; returns the exit status."""
    if command not in ("update", "check"):
        print("Usage: python -m tools.catalogues update|check [LANG ...]", file=sys.stderr)
        return 2
    catalogue = Catalogue.installed()
    run = update if command == "update" else check
    lines = [line for lang in langs or languages(catalogue.locales) for line in run(lang, catalogue)]
    print(*lines or ["Nothing to do."], sep="\n")
    return 1 if command == "check" and lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
