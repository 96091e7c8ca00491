"""Files of translations into one language: read, updated, formatted, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs
from babel.messages.pofile import normalize, read_po

from .texts import Text

_WIDTH = 100
_PLACEHOLDER = re.compile(r"\{\w+\}")
_ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|which|what|these|not|you|your|licences?|authorisations?|"
    r"exports?|exporters?|whether|facts?|outcomes?|results?|answers?)\b(?!\.\w)",
    re.IGNORECASE,
)
"""Words that no translation should contain, except in names of files."""


@attrs.frozen
class Entry:
    """A text with its translation into one language.

    Attributes:
        text: The English text.
        translation: The translation; blank where there is none.
        sources: The files that contain it.
        notes: What a translator should know.
        is_fuzzy: Whether the translation is marked as doubtful.
    """

    text: str
    translation: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_fuzzy: bool = False


def read(file: Path) -> dict[str, Entry]:
    """Returns the entries of a file by their texts; none if it does not exist."""
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        messages = read_po(stream, abort_invalid=True)
    return {
        str(item.id): Entry(str(item.id), str(item.string), is_fuzzy=item.fuzzy)
        for item in messages
        if item.id
    }


def updated(current: Mapping[str, Entry], needed: Iterable[Text]) -> list[Entry]:
    """Returns an entry for each text, in their order, with the current translations."""
    entries: dict[str, Entry] = {}
    for item in needed:
        before = current.get(item.text, Entry(item.text))
        entry = entries.get(item.text, attrs.evolve(before, sources=(), notes=()))
        entries[item.text] = attrs.evolve(
            entry,
            sources=tuple(dict.fromkeys((*entry.sources, item.source))),
            notes=tuple(dict.fromkeys((*entry.notes, *filter(None, [item.note])))),
        )
    return list(entries.values())


def formatted(lang: str, entries: Iterable[Entry]) -> str:
    """Returns a file in the gettext format, without dates or names, which would change needlessly."""
    fields = (f"Language: {lang}", "Content-Type: text/plain; charset=utf-8")
    header = "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields), ""])
    return "\n".join([header, *map(_formatted, entries)])


def _formatted(entry: Entry) -> str:
    lines = [
        *(f"#. {note}" for note in entry.notes),
        *(f"#: {source}" for source in entry.sources),
        *(["#, fuzzy"] if entry.is_fuzzy else []),
        f"msgid {normalize(entry.text, width=_WIDTH)}",
        f"msgstr {normalize(entry.translation, width=_WIDTH)}",
    ]
    return "\n".join(lines) + "\n"


def faults(current: Mapping[str, Entry], needed: Iterable[Text]) -> Iterator[str]:
    """Yields what is wrong with the entries of a file, one sentence for each fault."""
    texts = dict.fromkeys(item.text for item in needed)
    for text in texts:
        if text not in current:
            yield f"missing: {text!r}"
    for text, entry in current.items():
        if text not in texts:
            yield f"stale, no longer used: {text!r}"
        elif not entry.translation.strip():
            yield f"empty: {text!r}"
        elif entry.is_fuzzy:
            yield f"fuzzy: {text!r}"
        else:
            yield from _faults(text, entry.translation)


def _faults(text: str, translation: str) -> Iterator[str]:
    if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(translation)):
        yield f"different placeholders: {text!r} became {translation!r}"
    if word := _ENGLISH.search(_PLACEHOLDER.sub("", translation)):
        yield f"the English word {word[0]!r} is left in {translation!r}"
    if _outer_spaces(text) != _outer_spaces(translation):
        yield f"different spaces at an end: {text!r} became {translation!r}"


def _outer_spaces(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()
