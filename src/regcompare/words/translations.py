"""Files of translations: gettext files whose keys are English texts, and the texts that they need."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.facts import CodeSet, facts_of
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

from .lexicon import short_labels

_WIDTH = 100
_ENDS = slice(1), slice(-1, None)
_PLACEHOLDER = re.compile(r"\{\w+\}")
_LINE = re.compile(r'\s*(?:#.*|(?:msg\w+(?:\[\d\])?\s*)?"(?:[^"\\]|\\.)*")?\s*')
"""A line of a file: a comment, a text in quotation marks with or without a keyword, or nothing."""


@attrs.frozen
class Entry:
    """A text with its translation into one language.

    Attributes:
        text: The English text.
        translation: The translation; blank where there is none.
        sources: The files that contain it.
        notes: What a translator should know, such as the fact whose question it is.
        is_fuzzy: Whether the translation is marked as doubtful.
    """

    text: str
    translation: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_fuzzy: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether there is a translation, and nobody doubts it."""
        return bool(self.translation.strip()) and not self.is_fuzzy


# files --------------------------------------------------------------------------------------------


def read(file: Path) -> dict[str, Entry]:
    """Returns the entries of a file by their texts; none if it does not exist.

    Raises:
        UsageError: It cannot be read, is not UTF-8, or is not a gettext file; the text says where.
    """
    # Slow to load, and English does not need it.
    from babel.messages.pofile import PoFileError, read_po

    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
        malformed = (place for place, line in enumerate(lines) if not _LINE.fullmatch(line))
        if (place := next(malformed, None)) is None:
            messages: Any = read_po(lines, abort_invalid=True)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line, byte = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
        msg = f"{file}:{line}: byte 0x{byte:02X} is not UTF-8. Expected a file that is saved as UTF-8."
        raise UsageError(msg) from None
    except PoFileError as error:
        place = error.lineno
    if place is not None:
        msg = f"{file}:{place + 1}: this is not a gettext catalogue: {lines[place].strip()!r}."
        raise UsageError(f'{msg} Expected msgid "…", then msgstr "…", each in quotation marks.')
    entries: dict[str, Entry] = {}
    for message in filter(lambda item: item.id, messages):
        pair = (message.id, message.string)  # Of a plural, the first form counts.
        text, translation = (item if isinstance(item, str) else item[0] for item in pair)
        sources = tuple(place for place, _ in message.locations)
        notes = tuple(message.auto_comments)
        entries[text] = Entry(text, translation, sources, notes, message.fuzzy)
    return entries


def updated(current: Mapping[str, Entry], needed: Iterable[Entry]) -> list[Entry]:
    """Returns an entry for each text, in their order, with the current translations."""
    entries: dict[str, Entry] = {}
    for item in needed:
        before = current.get(item.text, Entry(item.text))
        entry = entries.get(item.text, attrs.evolve(before, sources=(), notes=()))
        entries[item.text] = attrs.evolve(
            entry,
            sources=tuple(dict.fromkeys((*entry.sources, *item.sources))),
            notes=tuple(dict.fromkeys((*entry.notes, *filter(None, item.notes)))),
        )
    return list(entries.values())


def formatted(lang: str, entries: Iterable[Entry]) -> str:
    """Returns a file in the gettext format, without dates or names, which would change needlessly."""
    from babel.messages.pofile import normalize

    fields = (f"Language: {lang}", "Content-Type: text/plain; charset=utf-8")
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields), ""]
    for entry in entries:
        lines += [
            *(f"#. {note}" for note in entry.notes),
            *(f"#: {source}" for source in entry.sources),
            *(["#, fuzzy"] if entry.is_fuzzy else []),
            f"msgid {normalize(entry.text, width=_WIDTH)}",
            f"msgstr {normalize(entry.translation, width=_WIDTH)}",
            "",
        ]
    return "\n".join(lines)


def faults(current: Mapping[str, Entry], needed: Iterable[Entry]) -> Iterator[str]:
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
        else:
            unfit = list(misfits(text, entry.translation))
            yield from unfit or ([f"fuzzy: {text!r}"] if entry.is_fuzzy else [])


def misfits(text: str, translation: str) -> Iterator[str]:
    """Yields in what a translation does not fit its text, whatever the language."""
    if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(translation)):
        yield f"different placeholders: {text!r} became {translation!r}"
    if any(text[end].isspace() != translation[end].isspace() for end in _ENDS):
        yield f"different spaces at an end: {text!r} became {translation!r}"


# what needs translation ---------------------------------------------------------------------------


def section_texts(cls: type) -> Iterator[tuple[str, str]]:
    """Yields the texts of a section of facts, each with a note: title, questions, help, answers."""
    yield cls.__title__, f"section {cls.__section__}"  # type: ignore[attr-defined]
    for fact in facts_of(cls).values():
        yield fact.question, fact.key
        if fact.help:
            yield fact.help, fact.key
        if isinstance(fact, CodeSet):
            yield fact.expected(), fact.key
        if fact.kind in ("choice", "set"):
            for text in (*fact.labels().values(), *short_labels(fact, fact.labels())):
                yield text, f"answer to {fact.key}"


def ruleset_texts(ruleset: Ruleset) -> Iterator[tuple[str, str]]:
    """Yields titles of a ruleset, its home, and its conditions in everyday words, each with a note."""
    yield from ((text, f"title of {ruleset.id}") for text in (ruleset.title, ruleset.plain_title))
    if ruleset.home:
        yield ruleset.home.name, "home of a regime"
    for plain in dict.fromkeys(rule.plain for rule in ruleset.provisions.rules if rule.plain):
        texts = (plain.clause, plain.sentence, *plain.fails.values())
        yield from ((text, "why a gate is as it is") for text in texts)


def case_texts(cases: Iterable[Scenario]) -> Iterator[tuple[str, str]]:
    """Yields the title and the story of each case, each with the id of the case."""
    for case in cases:
        yield from ((" ".join(text.split()), case.id) for text in (case.title, case.story) if text)


def code_texts(source: str) -> Iterator[str]:
    """Yields the texts given to ``say`` in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _name(node.func) == "say":
            yield from _constants(node.args[0])


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may have as its value, where it contains them itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        for value in node.value.values:
            yield from _constants(value)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
