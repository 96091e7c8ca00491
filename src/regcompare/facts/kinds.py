"""Facts with a single answer: yes or no, a word from a list, a country, a day; and names of parties."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unicodedata import combining, normalize

from regcompare._support.fields import require
from regcompare.errors import nearest, quoted
from regcompare.logic.conditions import Among, Condition, ConditionLike, Holds, OneOf, OnOrAfter

from .answers import AnswerError, OwnWord
from .fact import Fact, TypedFact, Word, WordFact, checks_answers

OneOfWords = Mapping[str, Sequence[str]]
"""How a file, or Python, writes an answer that is known only to be one of several."""


class YesNo(ConditionLike, Fact, TypedFact[bool, bool]):
    """A question answered with yes or no; it is itself a condition."""

    kind = "yes_no"

    def __condition__(self) -> Condition:
        return Holds(self.asked())

    def convert(self, value: object) -> Any:
        return value if value is True or value is False else super().convert(value)

    def read(self, text: str) -> bool:
        answer = {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())
        if answer is None:
            raise self._refused(text, "RC203", nearest(text, ("yes", "no", "unknown")))
        return answer

    def expected(self) -> str:
        return "yes, no or unknown."

    def labels(self) -> Mapping[str, str]:
        return {"yes": "yes", "no": "no"}

    def schema(self) -> dict[str, Any]:
        return {"enum": ["yes", "no", "unknown", True, False]}


class Choice(WordFact[Word], TypedFact[Word | Among, Word | OwnWord | Among | OneOfWords]):
    """A question with one answer from a list."""

    kind = "choice"

    @checks_answers
    def is_in(self, *answers: Word | OwnWord) -> Condition:
        """Returns the condition that the answer is one of these."""
        return OneOf(self.asked(), frozenset(self.read(str(answer)) for answer in answers))

    def convert(self, value: object) -> Any:
        return value if type(value) is str and value in self.members else super().convert(value)

    def expected(self) -> str:
        return f"one of {', '.join(self.members)}, or unknown."

    def schema(self) -> dict[str, Any]:
        described = [{"const": word, "title": label} for word, label in self.members.items()]
        single = {"oneOf": [*described, {"const": "unknown", "title": "not known"}]}
        return {"anyOf": [single, one_of_schema({"enum": list(self.members)})]}


def one_of_schema(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the JSON Schema of an answer that is known only to be one of several."""
    several = {"type": "array", "uniqueItems": True, "minItems": 1, "items": dict(answer)}
    return {
        "type": "object",
        "properties": {"one_of": several},
        "required": ["one_of"],
        "additionalProperties": False,
    }


@cache
def countries() -> Mapping[str, str]:
    """Returns the two-letter country codes that are answers, with their English names."""
    return MappingProxyType({row["code"]: row["name"] for row in _country_rows()})


@cache
def _country_rows() -> tuple[Mapping[str, str], ...]:
    text = (Path(__file__).parents[1] / "data/countries.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _codes_by_name() -> Mapping[str, str]:
    """Country codes by normalised name; a code and an official name take precedence over other names."""
    own = {_normalised(row[key]): row["code"] for key in ("name", "code") for row in _country_rows()}
    return {_normalised(name): code for name, code in _other_names().items()} | own


@cache
def _other_names() -> Mapping[str, str]:
    """Country codes by names and abbreviations in use beside the official names."""
    return {name: row["code"] for row in _country_rows() for name in row["also"].split("; ") if name}


def _normalised(name: str) -> str:
    plain = "".join(mark for mark in normalize("NFKD", name) if not combining(mark))
    words = re.findall(r"\w+", re.sub("[’']", "", plain).lower())
    return " ".join("st" if word == "saint" else word for word in words)


@cache
def _codes_by_words() -> Mapping[frozenset[str], str | None]:
    """Country codes by the words of a name in any order; None for words that name several."""
    named: dict[frozenset[str], str | None] = {}
    for name, code in _codes_by_name().items():
        words = _distinctive_words(name)
        named[words] = code if named.get(words, code) == code else None
    return named


def _distinctive_words(name: str) -> frozenset[str]:
    return frozenset(name.split()) - {"the", "of", "and"}


def country_named(text: str) -> str | None:
    """Returns the code of the country that a text names; None where it names none, or may name another.

    A text names a country by its code of two or three letters, in capitals, by a name with its words in
    any order, or by its name in a language in which registers are published.  A name among other
    words, or a part of one, may be that of another territory.
    """
    text = text.strip()
    if _is_short(text):  # A code of two or three letters, or another abbreviation, as it is written.
        return text if text in countries() else _other_names().get(text)
    word = _normalised(text)
    named = _codes_by_name().get(word) or _codes_by_words().get(_distinctive_words(word))
    foreign = _codes_in_languages().get(word)
    return named or (foreign if {*_named_within(word).values()} <= {foreign} else None)


@cache
def _codes_in_languages() -> Mapping[str, str]:
    """Country codes by the names that only one country has in any of these languages."""
    text = (Path(__file__).parents[1] / "data/country_names.csv").read_text(encoding="utf-8")
    named: dict[str, set[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        code = row.pop("code")
        for name in map(_normalised, row.values()):
            named.setdefault(name, set()).add(code)
    # The last two registers use of either of two countries, whatever a language calls one of them.
    doubtful = {*filter(_is_short, named), "congo", "kongo"}
    return {
        name: min(codes) for name, codes in named.items() if len(codes) == 1 and name not in doubtful
    }


def _is_short(text: str) -> bool:
    """Returns whether a text may be a code, in which every letter and its case count."""
    return len(text) <= 3


def _misspelt(text: str) -> str | None:
    """The code of the country whose name a text misspells."""
    codes = _codes_by_name()
    name = None if _is_short(text) else nearest(_normalised(text), codes, cutoff=0.8)
    return codes[name] if name and not _is_short(name) else None


def _countries_within(text: str) -> list[str]:
    """The codes of the countries that a text may mean: it has their name in it, or is part of it."""
    word, codes = _normalised(text), _codes_by_name()
    longer = (name for name in codes if not _is_short(word) and f" {word} " in f" {name} ")
    return sorted({*_named_within(word).values(), *(codes[name] for name in longer)})


def _named_within(word: str) -> Mapping[str, str]:
    """The English names of countries in a normalised text, with their codes; the longest of several."""
    codes = _codes_by_name()
    within = {name for name in codes if not _is_short(name) and word and f" {name} " in f" {word} "}
    within -= {name for name in within for other in within if name != other and name in other}
    return {name: codes[name] for name in within}


class Country(Fact, TypedFact[str | Among, str | Among | OneOfWords]):
    """A question answered with a two-letter country code (ISO 3166-1; XI is Northern Ireland)."""

    kind = "country"

    @checks_answers
    def is_in(self, *codes: str) -> Condition:
        """Returns the condition that the country is one of these."""
        return OneOf(self.asked(), frozenset(map(self.read, codes)))

    def read(self, text: str) -> str:
        if text in countries():
            return text
        named = country_named(text.upper() if _is_short(text) else text)
        near = () if named else _countries_within(text)
        error = self._refused(text, "RC207", named or (None if near else _misspelt(text)))
        if near:
            names = ", ".join(f"{countries()[code]} ({code})" for code in near)
            expected = f"{error.expected} The nearest names, which may not be meant: {names}."
            raise AnswerError(error.code, error.found, expected)
        raise error

    def expected(self) -> str:
        return (
            "a two-letter country code in capitals such as DE (GB is Great Britain, XI Northern "
            "Ireland), or unknown."
        )

    def labels(self) -> Mapping[str, str]:
        return countries()

    def schema(self) -> dict[str, Any]:
        return {"enum": [*countries(), "unknown"]}


class Day(Fact, TypedFact[dt.date, dt.date | str]):
    """A question answered with a calendar day."""

    kind = "day"

    earliest: dt.date = dt.date.min
    """The first day that can be an answer, and the first that is tried where the answer is open."""

    def on_or_after(self, day: dt.date) -> Condition:
        """Returns the condition that the answer is this day or a later one."""
        require(f"In a condition on {self!r}", "day", day, dt.date)
        return OnOrAfter(self.asked(), day)

    def _convert(self, value: object) -> Any:
        return value if type(value) is dt.date else super()._convert(value)

    def read(self, text: str) -> dt.date:
        return read_day(text, self.key, self.earliest)

    def expected(self) -> str:
        first = f" ({self.earliest} at the earliest)" if self.earliest > dt.date.min else ""
        return f"a day such as 2015-06-30{first}, or unknown."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}|unknown)$"}


def read_day(text: str, where: str, earliest: dt.date = dt.date.min) -> dt.date:
    """Parses a day, written YYYY-MM-DD; one that is none, or too early, is an ``AnswerError``."""
    day: dt.date | None = None
    with suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            day = dt.date.fromisoformat(text)
    if day and day >= earliest:
        return day
    found = f"{quoted(text)} is {'too early' if day else 'not a day'} for {where}."
    first = f" ({earliest} at the earliest)" if earliest > dt.date.min else ""
    repaired = None if day else _repaired_day(text)
    raise AnswerError("RC206", found, f"a day such as 2015-06-30{first}.", repaired)


def _repaired_day(text: str) -> str | None:
    """The day that a differently written day probably means, if any."""
    match = re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})([T ].*)?", text, re.ASCII)
    year, month, day = match.groups()[:3] if match else ("", "", "")
    if match is None and (match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)):
        day, month, year = match.groups()
    with suppress(ValueError):
        return dt.date(int(year), int(month), int(day)).isoformat()
    return None


Ids = tuple[tuple[str, str], ...]
"""Numbers in public registers: pairs of a scheme, such as ``lei``, and a number."""


class _Naming(Fact):
    """A fact without a condition, so that no rule can depend on who the parties are."""

    kind = "name"
    is_asked = False

    def read(self, text: str) -> str:
        if not text.strip() or "\n" in text:
            raise self._refused(text, "RC204")
        return str(text)


class Name(_Naming, TypedFact[str, str]):
    """The name of a party, as a source gives it."""

    def expected(self) -> str:
        return "a name in one line, or unknown."

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}


class Names(_Naming, TypedFact[tuple[str, ...], tuple[str, ...] | list[str]]):
    """The names of several parties."""

    def _convert(self, value: object) -> Any:
        if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
            raise self._refused(value, "RC204")
        return tuple(map(self.read, value))

    def expected(self) -> str:
        return "a list of names such as [A trader], or unknown."

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"const": "unknown"}]}


class RegisterIds(_Naming, TypedFact[Ids, Ids | Mapping[str, str]]):
    """The numbers of a party in public registers, by scheme."""

    def _convert(self, value: object) -> Any:
        pairs = tuple(value.items()) if isinstance(value, Mapping) else value or ()
        if not isinstance(pairs, tuple) or not all(
            isinstance(text, str) for pair in pairs for text in pair
        ):
            raise self._refused(value, "RC204")
        return tuple(sorted((self.read(scheme), self.read(number)) for scheme, number in pairs))

    def expected(self) -> str:
        return "a mapping such as {lei: 5493001KJTIIGC8Y1R12}, or unknown."

    def schema(self) -> dict[str, Any]:
        numbers = {"type": "object", "additionalProperties": {"type": "string"}}
        return {"anyOf": [numbers, {"const": "unknown"}]}
