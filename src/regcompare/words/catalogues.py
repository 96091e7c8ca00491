"""Catalogues: texts in other languages, whose keys are the English texts.

A catalogue is a gettext file ``LANG.po`` in a folder ``locale``: one of the core, one of each plugin
that brings texts, one beside the cases.  English needs none.  The names of countries come from the
Unicode Common Locale Data Repository; an entry of a file comes before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import countries

CORE_FOLDER = Path(__file__).parents[1] / "locale"
"""The folder of the core's own catalogues."""

_PLACE = re.compile(r"\{(\w+)\}")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Language:
    """A language in which texts are said.

    Attributes:
        code: Its code, such as ``nl``.
        texts: What each English text is in it.
    """

    code: str = "en"
    texts: Mapping[str, str] = attrs.field(default=_NOTHING, repr=False)

    @property
    def mark(self) -> str:
        """Its code as a mark among English texts; blank for English itself."""
        return "" if self.code == "en" else self.code

    def say(self, text: str, **values: object) -> str:
        """Returns a text in this language, or else in English, its ``{places}`` filled by name."""
        said = self.texts.get(text, text)
        return _PLACE.sub(lambda found: str(values.get(found[1], found[0])), said)


ENGLISH = Language()
"""The language in which the texts are written."""


def languages(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """Returns the languages other than English of which the core or one of some folders has a file."""
    found = {file.stem for folder in (CORE_FOLDER, *folders) for file in folder.glob("*.po")}
    return tuple(sorted(found))


def language(lang: str, folders: Iterable[Path] = ()) -> Language:
    """Returns a language with its texts; English has none.

    Raises:
        UsageError: There is no catalogue in it; the text names the languages there are.
    """
    return ENGLISH if lang == ENGLISH.code else Language(lang, catalogue(lang, folders))


def catalogue(lang: str, folders: Iterable[Path] = ()) -> Mapping[str, str]:
    """Returns what each English text is in a language; entries that are empty or fuzzy are left out.

    Args:
        lang: The language, such as ``nl``.
        folders: Where there are catalogues besides those of the core; of two entries for one text the
            first counts, the core's before all others.

    Raises:
        UsageError: There is no catalogue in this language, or a file of it cannot be read.
    """
    places = (CORE_FOLDER, *folders)
    known = (ENGLISH.code, *languages(places))
    if lang not in known[1:]:
        hint = did_you_mean(nearest(lang, known))
        raise UsageError(f"There are no texts in {lang!r}. Expected {' or '.join(known)}.{hint}")
    files = [file for folder in places if (file := folder / f"{lang}.po").is_file()]
    texts = dict(country_names(lang))
    for file in reversed(files):
        texts |= _entries(file)
    return texts


def _entries(file: Path) -> dict[str, str]:
    # Only who asks for another language waits for the library to load.
    from babel.messages.pofile import PoFileError, read_po

    try:
        with file.open("rb") as opened:
            read = read_po(opened, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        msg = f"{file}: is not a catalogue in the gettext format: {error}"
        raise UsageError(msg) from None
    texts: dict[str, str] = {}
    for item in read:
        if item.id and item.string and not item.fuzzy:
            said: Any = item.string  # A text with a plural has a list.
            texts[str(item.id)] = said if isinstance(said, str) else said[0]
    return texts


def country_names(lang: str) -> Mapping[str, str]:
    """Returns what the English name of each country is in a language, where that is recorded."""
    from babel.core import Locale, UnknownLocaleError

    try:
        names = Locale.parse(lang).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {name: names[code] for code, name in countries().items() if code in names}
