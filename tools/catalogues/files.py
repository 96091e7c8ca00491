"""Files of texts in one language: read, brought up to date, written, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs
from babel.messages.pofile import normalize, read_po

from .texts import Text

_WIDTH = 100
_PLACE = re.compile(r"\{\w+\}")
_ENGLISH = re.compile(
    r"\b(the|and|with|from|this|that|which|what|these|not|you|your|licences?|authorisations?|"
    r"exports?|exporters?|whether|facts?|outcomes?|results?|answers?)\b(?!\.\w)",
    re.IGNORECASE,
)
"""Words that no sentence in another language has any business with, but for names of files."""


@attrs.frozen
class Entry:
    """A text with what it is in one language.

    Attributes:
        text: The English text.
        said: What it is; blank where nobody has translated it.
        sources: Files that say it.
        notes: What a translator should know.
        is_fuzzy: Whether the translation is marked as doubtful.
    """

    text: str
    said: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_fuzzy: bool = False


def read(file: Path) -> dict[str, Entry]:
    """Returns the entries of a file by their texts; of a file that does not exist, none."""
    if not file.exists():
        return {}
    with file.open("rb") as opened:
        found = read_po(opened, abort_invalid=True)
    return {
        str(item.id): Entry(str(item.id), str(item.string), is_fuzzy=item.fuzzy)
        for item in found
        if item.id
    }


def updated(held: Mapping[str, Entry], wanted: Iterable[Text]) -> list[Entry]:
    """Returns an entry for each text, in their order, with the translations that are held."""
    entries: dict[str, Entry] = {}
    for item in wanted:
        before = held.get(item.text, Entry(item.text))
        entry = entries.get(item.text, attrs.evolve(before, sources=(), notes=()))
        entries[item.text] = attrs.evolve(
            entry,
            sources=tuple(dict.fromkeys((*entry.sources, item.source))),
            notes=tuple(dict.fromkeys((*entry.notes, *filter(None, [item.note])))),
        )
    return list(entries.values())


def written(lang: str, entries: Iterable[Entry]) -> str:
    """Returns a file in the gettext format, without days or names, which would change for nothing."""
    told = (f"Language: {lang}", "Content-Type: text/plain; charset=utf-8")
    header = "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in told), ""])
    return "\n".join([header, *map(_written, entries)])


def _written(entry: Entry) -> str:
    lines = [
        *(f"#. {note}" for note in entry.notes),
        *(f"#: {source}" for source in entry.sources),
        *(["#, fuzzy"] if entry.is_fuzzy else []),
        f"msgid {normalize(entry.text, width=_WIDTH)}",
        f"msgstr {normalize(entry.said, width=_WIDTH)}",
    ]
    return "\n".join(lines) + "\n"


def faults(held: Mapping[str, Entry], wanted: Iterable[Text]) -> Iterator[str]:
    """Yields what is wrong with the entries of a file, one sentence for each fault."""
    names = dict.fromkeys(item.text for item in wanted)
    for text in names:
        if text not in held:
            yield f"missing: {text!r}"
    for text, entry in held.items():
        if text not in names:
            yield f"stale, nothing says it any more: {text!r}"
        elif not entry.said.strip():
            yield f"empty: {text!r}"
        elif entry.is_fuzzy:
            yield f"fuzzy: {text!r}"
        else:
            yield from _faults(text, entry.said)


def _faults(text: str, said: str) -> Iterator[str]:
    if set(_PLACE.findall(text)) != set(_PLACE.findall(said)):
        yield f"other places in braces: {text!r} became {said!r}"
    if left := _ENGLISH.search(_PLACE.sub("", said)):
        yield f"the English word {left[0]!r} is left in {said!r}"
    if (text[:1].isspace(), text[-1:].isspace()) != (said[:1].isspace(), said[-1:].isspace()):
        yield f"other blanks at an end: {text!r} became {said!r}"
