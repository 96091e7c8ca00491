"""Languages: catalogues of translations, whose keys are the English texts.

A catalogue is a gettext file ``LANG.po`` in a folder ``locale``: one in the core, one in each plugin
that has texts of its own, one with the cases.  English needs none.  The names of countries come from the
Unicode Common Locale Data Repository, unless a file has an entry for them.
"""

from __future__ import annotations

import csv
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from regcompare._support.said import Said, filled
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import countries

CORE_FOLDER = Path(__file__).parents[1] / "locale"
"""The folder of the core's own catalogues."""

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

    def say(self, text: object, /, **values: object) -> str:
        """Returns a text in this language, or failing that in English, its ``{placeholders}`` filled."""
        if isinstance(text, Said):
            values = {
                name: list(map(self.say, item)) if isinstance(item, list) else self.say(item)
                for name, item in text.values.items()
            }
            text = text.text
        return filled(self.texts.get(str(text), str(text)), values)

    def say_law(self, sentence: str) -> str:
        """Returns a sentence of law in this language, marked as translated, or else in English."""
        if self.left_in(sentence) or not self.mark:
            return sentence
        return self.say(TRANSLATED, sentence=self.say(sentence))

    def quote_law(self, text: str) -> str:
        """Returns a text of law as ``say_law`` does; one that is left in English says so."""
        return self.say(IN_ENGLISH, text=text) if self.left_in(text) else self.say_law(text)

    def left_in(self, text: str) -> str:
        """Returns the code of the language in which a text is left; blank if it is said in this one."""
        return ENGLISH.code if self.mark and text not in self.texts else ""


TRANSLATED = "{sentence} (translated)"
"""The mark of a sentence of law whose words in another language are not those of the act."""
IN_ENGLISH = "{text} [in English]"
"""The mark of a text of law that has no words in another language."""
ENGLISH = Language()
"""The language in which the texts are written."""


def languages(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """Returns the languages other than English for which the core or one of the folders has a file."""
    return tuple(sorted({file.stem for file in po_files(folders)}))


def po_files(folders: Iterable[Path]) -> Iterator[Path]:
    """Yields the catalogues of the core, then of further folders, or files, in their order."""
    for path in (CORE_FOLDER, *folders):
        yield from sorted(path.glob("*.po")) if path.is_dir() else [path]


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
    text = (Path(__file__).parents[1] / "data/country_names.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    names = ({**row, ENGLISH.code: countries()[row["code"]]} for row in rows)
    return {row[ENGLISH.code]: row[lang] for row in names if lang in row}


# files --------------------------------------------------------------------------------------------

_MOST_BYTES = 2**24
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
        is_law: Whether it is a sentence of law, which may stay in English.
    """

    text: str
    translation: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_fuzzy: bool = False
    is_law: bool = False

    @property
    def is_shown(self) -> bool:
        """True if there is a translation, and nobody doubts it."""
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
        index = matches.index(None)
        msg = f"{file}:{index + 1}: this is not a gettext catalogue: {lines[index].strip()!r}."
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
