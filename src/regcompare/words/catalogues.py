"""Catalogues of translations, whose keys are the English texts.

A catalogue is a gettext file ``LANG.po`` in a folder ``locale``: one in the core, one in each plugin
that has texts of its own, one with the cases.  English needs none.  The names of countries come from the
Unicode Common Locale Data Repository, unless a file has an entry for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import countries

from .translations import read

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
    from babel.core import Locale, UnknownLocaleError

    try:
        names = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {name: names[code] for code, name in countries().items() if code in names}
