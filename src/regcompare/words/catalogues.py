"""Languages: catalogues of translations, whose keys are the English texts, and the texts they need.

A catalogue is a gettext file ``LANG.po`` in a folder ``locale``: one in the core, one in each plugin
that has texts of its own, one with the cases.  English needs none.  The names of countries come from the
Unicode Common Locale Data Repository, unless a file has an entry for them.
"""

from __future__ import annotations

import ast
import csv
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from types import MappingProxyType

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, countries, facts_of
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

from .lexicon import short_labels

CORE_FOLDER = Path(__file__).parents[1] / "locale"
"""The folder of the core's own catalogues."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Language:
    """A language, with its translations.

    Attributes:
        code: Its code, such as ``nl``.
        texts: The translation of each English text.
    """

    code: str = "en"
    texts: Mapping[str, str] = attrs.field(default=_NO_TEXTS, repr=False)

    @property
    def mark(self) -> str:
        """The code that marks its words among English ones; blank for English itself."""
        return "" if self.code == "en" else self.code

    def say(self, text: str, **values: object) -> str:
        """Returns a text in this language, or failing that in English, its ``{placeholders}`` filled."""
        translation = self.texts.get(text, text)
        return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), translation)


ENGLISH = Language()
"""The language in which the texts are written."""


def languages(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """Returns the languages other than English for which the core or one of the folders has a file."""
    return tuple(sorted({file.stem for file in po_files(folders)}))


def po_files(folders: Iterable[Path]) -> Iterator[Path]:
    """Yields the catalogues of the core, then of further folders, or files, in their order."""
    for place in (CORE_FOLDER, *folders):
        yield from sorted(place.glob("*.po")) if place.is_dir() else [place]


def language(lang: str, folders: Iterable[Path] = ()) -> Language:
    """Returns a language with its texts; English has none.

    Raises:
        UsageError: There is no catalogue in it; the message names the languages there are.
    """
    return ENGLISH if lang == ENGLISH.code else Language(lang, catalogue(lang, folders))


def catalogue(lang: str, folders: Iterable[Path] = ()) -> Mapping[str, str]:
    """Returns the translation of each English text; empty and fuzzy entries are left out.

    Args:
        lang: The language, such as ``nl``.
        folders: Further folders of catalogues, or files; of two entries for one text the first counts,
            and the core comes first.

    Raises:
        UsageError: There is no catalogue in this language, or a file of it cannot be read.
    """
    files = [file for file in po_files(folders) if file.stem == lang]
    codes = (ENGLISH.code, *languages(folders))
    if lang not in codes[1:]:
        hint = did_you_mean(nearest(lang, codes))
        raise UsageError(f"There are no texts in {lang!r}. Expected {' or '.join(codes)}.{hint}")
    texts = dict(country_names(lang))
    for file in reversed(files):
        entries = read(file).values()
        texts |= {item.text: item.translation for item in entries if item.is_shown}
    return texts


def country_names(lang: str) -> Mapping[str, str]:
    """Returns the name of each country in a language, by its English name, where it is recorded."""
    text = resources.files("regcompare").joinpath("data/country_names.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    names = ({**row, ENGLISH.code: countries()[row["code"]]} for row in rows)
    return {row[ENGLISH.code]: row[lang] for row in names if lang in row}


# files --------------------------------------------------------------------------------------------

_WIDTH = 100
_MOST_BYTES = 2**24
_ENDS = slice(1), slice(-1, None)
_LINE = re.compile(r'\s*(?:(#.*)|(?:(msg\w+(?:\[\d\])?)\s*)?"((?:[^"\\]|\\.)*)")?\s*')
"""A line of a file: a comment, a text in quotation marks with or without a keyword, or nothing."""
_ESCAPE = re.compile(r"\\(.)")


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


def read(file: Path) -> dict[str, Entry]:
    """Returns the entries of a file by their texts; none if it does not exist.

    Raises:
        UsageError: It cannot be read, is not UTF-8, or is not a gettext file; the text says where.
    """
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            raise UsageError(f"{file}: is not an ordinary file, or has more than {_MOST_BYTES:,} bytes.")
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line, byte = error.object.count(b"\n", 0, error.start) + 1, error.object[error.start]
        msg = f"{file}:{line}: byte 0x{byte:02X} is not UTF-8. Expected a file that is saved as UTF-8."
        raise UsageError(msg) from None
    matches = [_LINE.fullmatch(line) for line in lines]
    if None in matches:
        place = matches.index(None)
        msg = f"{file}:{place + 1}: this is not a gettext catalogue: {lines[place].strip()!r}."
        raise UsageError(f'{msg} Expected msgid "…", then msgstr "…", each in quotation marks.')
    return {entry.text: entry for entry in _entries(filter(None, matches)) if entry.text}


def _entries(lines: Iterable[re.Match[str]]) -> Iterator[Entry]:
    """The entries of a file; each ends where a comment or a text follows its translation."""
    said: dict[str, str] = {}
    comments: list[str] = []
    keyword = ""
    for comment, begins, quoted in (*(line.groups() for line in lines), ("#", None, None)):
        if (comment or begins in ("msgid", "msgctxt")) and keyword.startswith("msgstr"):
            yield Entry(
                said.get("msgid", ""),
                said.get("msgstr") or said.get("msgstr[0]", ""),  # Of a plural, the first form counts.
                tuple(word for item in comments if item[:2] == "#:" for word in item[2:].split()),
                tuple(item[2:].strip() for item in comments if item[:2] == "#."),
                any(item[:2] == "#," and "fuzzy" in item for item in comments),
            )
            said, comments, keyword = {}, [], ""
        if comment:
            comments.append(comment)
        elif quoted is not None:
            keyword = begins or keyword
            said[keyword] = said.get(keyword, "") + _ESCAPE.sub(_unescaped, quoted)


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t", "r": "\r"}.get(match[1], match[1])


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
    fields = (f"Language: {lang}", "Content-Type: text/plain; charset=utf-8")
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in fields), ""]
    for entry in entries:
        lines += [
            *(f"#. {note}" for note in entry.notes),
            *(f"#: {source}" for source in entry.sources),
            *(["#, fuzzy"] if entry.is_fuzzy else []),
            f"msgid {_quoted(entry.text)}",
            f"msgstr {_quoted(entry.translation)}",
            "",
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A text in quotation marks; a long one in lines that end between words."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    if len(text) + 2 <= _WIDTH:
        return f'"{text}"'
    lines = ["", ""]
    for piece in re.findall(r"\s+|\S+", text):
        if lines[-1] and len(lines[-1]) + len(piece) + 2 >= _WIDTH:
            lines.append("")
        lines[-1] += piece
    return "\n".join(f'"{line}"' for line in lines)


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
    if {*_PLACEHOLDER.findall(text)} != {*_PLACEHOLDER.findall(translation)}:
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
    if ruleset.earlier:
        yield ruleset.earlier, "which law applied before"
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
    """Yields the texts given to ``say``, and those of claims, in Python code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in ("say", "Claim"):
            yield from _constants(node.args[0])
            yield from _objection(node)


def _objection(call: ast.Call) -> Iterator[str]:
    for word in call.keywords:
        if word.arg == "objection":
            yield from _constants(word.value)


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
