"""What stands in a column of a table: the answers of a fact, as cells that no question tells apart.

The distinct values of a column are read once, each by the fact's own parser, so that a table means what
a file means, on every engine.  Native dates are not listed: their cells are the periods between the
days that conditions name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import attrs

from regcompare.errors import did_you_mean, nearest
from regcompare.facts import UNKNOWN, AnswerError, CodeSet, Day, Fact, MemberSet, Unknown, YesNo

__all__ = ["BadValue", "Cells", "day_cells", "flag_cells", "listed_cells", "read_value", "signature_of"]

Form = Literal["listed", "flag", "day"]
"""How the engine finds a cell: by listed values, as a native Boolean, or by comparing native days."""

_WORDS: Final = ("none", "unknown")

IN_A_COLUMN: Final = (
    "members separated by ; such as first; second, each with a ? in front where it is left open; none; "
    "or unknown."
)


@attrs.frozen
class BadValue:
    """A value that the fact of its column does not take."""

    column: str
    value: Any
    error: AnswerError

    def __str__(self) -> str:
        return (
            f"Column {self.column!r}, {self.value!r}: {self.error.found} Expected "
            f"{self.error.expected}{did_you_mean(self.error.suggestion)}"
        )


@attrs.frozen(eq=False)
class Cells:
    """The cells of one column.

    Attributes:
        column: The name of the column.
        form: How the engine finds a cell.
        answers: One answer for each cell; the first is None, not stated.
        values: The values of the column that fall in each cell, where they are listed; whatever is
            listed nowhere falls in the first.
        has_null: Whether the first cell can occur.
        blanks: Whether it holds more than the nulls of the engine, such as blank text.
        bad: The values that could not be read; their cell is that of ``unknown``.
    """

    column: str
    form: Form
    answers: tuple[Any, ...]
    values: tuple[tuple[Any, ...], ...] = ()
    has_null: bool = True
    blanks: bool = False
    bad: tuple[BadValue, ...] = ()

    def where(self, holds: Callable[[Any], bool]) -> int:
        """Returns the cells, as bits, whose answer is known and such that this holds of it."""
        return self._bits(lambda answer: answer is not None and answer is not UNKNOWN and holds(answer))

    @property
    def absent(self) -> int:
        """The cell in which nothing is stated, as bits."""
        return self._bits(lambda answer: answer is None)

    @property
    def unknown(self) -> int:
        """The cell in which ``unknown`` is stated, as bits."""
        return self._bits(lambda answer: answer is UNKNOWN)

    @property
    def every(self) -> int:
        """All cells that can occur, as bits."""
        cells = (1 << len(self.answers)) - 1
        return cells if self.has_null else cells & ~1

    def _bits(self, holds: Callable[[Any], bool]) -> int:
        return sum(1 << place for place, answer in enumerate(self.answers) if holds(answer))


# how one value is read -----------------------------------------------------------------------------


def read_value(fact: Fact, value: Any) -> Any:
    """Returns the answer that a value of a column is: None where nothing is stated.

    Raises:
        AnswerError: The fact takes no such answer.
    """
    if is_missing(value):
        return None
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        return _members(fact, text) if fact.is_set else _answer(fact, text)
    if isinstance(value, dt.datetime):
        value = value.date()
    elif type(value).__name__ == "bool_":
        value = bool(value)
    if fact.is_set and isinstance(value, Iterable) and not isinstance(value, Mapping):
        return _members(fact, as_text(value))
    return fact.convert(value)


def is_missing(value: Any) -> bool:
    """Whether a value is null in the manner of some engine."""
    name = type(value).__name__
    if value is None or name in ("NAType", "NaTType"):
        return True
    return name.startswith("float") and value != value  # noqa: PLR0124 - NaN alone differs from itself


def as_text(members: Iterable[Any]) -> str:
    """Returns a list of members as the text that a column would hold."""
    return "; ".join(str(member) for member in members) or "none"


def _answer(fact: Fact, text: str) -> Any:
    try:
        return fact.convert(text)
    except AnswerError as error:
        near = "unknown" if text.lower() == "unknown" else error.suggestion
        raise AnswerError(error.code, error.found, fact.expected(), near) from None


def _members(fact: Fact, text: str) -> MemberSet | Unknown:
    words = [word for word in re.split(r"[;,\s]+", text) if word]
    if words == ["none"]:
        return MemberSet()
    if words == ["unknown"]:
        return UNKNOWN
    halves: dict[bool, list[str]] = {True: [], False: []}
    for word in words:
        halves[word.startswith("?")].append(_member(fact, word.removeprefix("?")))
    members = halves[False] + halves[True]
    if not members or len(set(members)) < len(members):
        found = f"A member of {fact.key} is named twice." if members else f"{text!r} names no member."
        raise AnswerError("RC209" if members else "RC204", found, IN_A_COLUMN)
    return MemberSet(halves[False], halves[True])


def _member(fact: Fact, word: str) -> str:
    if word in _WORDS and word not in fact.labels():
        found = f"{word!r} is given as a member of {fact.key}."
        raise AnswerError("RC204", found, f"{word}, and nothing else.")
    try:
        member: str = fact.read(word)
    except AnswerError as error:
        words = ", ".join(fact.labels())
        expected = f"{IN_A_COLUMN} The members are {words}." if words else f"{IN_A_COLUMN} {_CODES}"
        near = error.suggestion or nearest(word, _WORDS)
        raise AnswerError(error.code, error.found, expected, near) from None
    return member


_CODES: Final = "The members are codes such as 5A001.f.1, 4D004@2014 or 5D001.c/5A001.j."


# the cells of a column -----------------------------------------------------------------------------

Signature = Callable[[Any], Hashable]
"""What tells one known answer from another."""


def signature_of(fact: Fact, members: Sequence[str], days: Sequence[dt.date]) -> Signature:
    """Returns what tells the answers to a fact apart.

    Args:
        fact: The fact.
        members: The members, or patterns of codes, that are asked about.
        days: The days that conditions name, in order.
    """
    if isinstance(fact, CodeSet):
        return lambda answer: tuple([fact.truth(answer, member) for member in members])
    if isinstance(fact, Day):
        return lambda answer: sum(day <= answer for day in days)
    return lambda answer: answer


def listed_cells(column: str, fact: Fact, values: Iterable[Any], signature: Signature) -> Cells:
    """Returns the cells into which the distinct values of a column fall."""
    answers: list[Any] = [None]
    listed: list[list[Any]] = [[]]
    places: dict[Hashable, int] = {}
    bad: list[BadValue] = []
    null = blanks = False
    for value in values:
        try:
            answer = read_value(fact, value)
        except AnswerError as error:
            bad.append(BadValue(column, value, error))
            answer = UNKNOWN
        if answer is None:
            null = True
            blanks = blanks or value is not None
            continue
        key = UNKNOWN if answer is UNKNOWN else ("answer", signature(answer))
        place = places.setdefault(key, len(answers))
        if place == len(answers):
            answers.append(answer)
            listed.append([])
        listed[place].append(value)
    return Cells(column, "listed", tuple(answers), tuple(map(tuple, listed)), null, blanks, tuple(bad))


def flag_cells(column: str, has_null: bool = True) -> Cells:
    """Returns the cells of a native Boolean column."""
    return Cells(column, "flag", (None, True, False), has_null=has_null)


def day_cells(column: str, days: Sequence[dt.date], has_null: bool = True) -> Cells:
    """Returns the cells of a native column of days: the periods between the days that are named."""
    before = days[0] - dt.timedelta(days=1) if days and days[0] > dt.date.min else dt.date.min
    return Cells(column, "day", (None, *dict.fromkeys((before, *days))), has_null=has_null)


def power(name: str) -> YesNo:
    """Returns the yes/no fact that stands for a power in messages and parsing."""
    fact = YesNo("Was the power used?")
    fact.named("discretion", name)
    return fact


def asked_members(keys: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Returns for each set the members that are asked about."""
    members: dict[str, dict[str, None]] = {}
    for key in keys:
        name, _, member = key.partition(":")
        if member:
            members.setdefault(name, {})[member] = None
    return {name: tuple(asked) for name, asked in members.items()}
