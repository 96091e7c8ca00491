"""Codes in the numbers of the list of a row's own day, read as those of the list that is encoded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from regcompare.facts import AnswerError, CodeSet, Fact
from regcompare.logic.code_lists import CodeList
from regcompare.logic.conditions import Between
from regcompare.words.lexicon import short_list

from .columns import plain_answer, read_value

MOST_NAMED: Final = 4
"""The most codes that are named; the others are counted."""


def days_moved(fact: Fact) -> set[dt.date]:
    """Returns the days on which points of the list that a fact asks about got other numbers."""
    moved = _list_of(fact).moved if isinstance(fact, CodeSet) and fact.codes else ()
    return {day for item in moved for day in (item.start, item.end) if day}


def _list_of(fact: Fact) -> CodeList:
    assert isinstance(fact, CodeSet)
    assert fact.codes
    return fact.codes


class Renumbered:
    """Reads codes by the list of a day; remembers which it read as others."""

    def __init__(self, fact: Fact) -> None:
        self._fact, self._list = fact, _list_of(fact)
        self._days = sorted(days_moved(fact))
        self._names: dict[str, bool] = {}
        self._read_as: dict[tuple[str, str], str] = {}

    def names(self, text: str) -> bool:
        """Tells whether some code in a text had other contents in the list of some day."""
        if text not in self._names:
            parts = [part for code in self._codes(text) for part in _parts(code)]
            starts = [day - dt.timedelta(1) for day in self._days]
            self._names[text] = any(self._list.moved_on(part, day) for part in parts for day in starts)
        return self._names[text]

    def read(self, text: str, day: Any) -> str | None:
        """Returns what a text meant on a day, or on one of some days.

        None where no number has changed since, or where the rest of the text is no answer.
        """
        if not isinstance(day, dt.date | Between):
            return None
        first, last = (day.first, day.last) if isinstance(day, Between) else (day, day)
        days = [first, *(change for change in self._days if first < change <= last)]
        codes = self._codes(text)
        moved = [
            item for day in days for code in codes for part in _parts(code)
            if (item := self._list.moved_on(part, day))
        ]  # fmt: skip
        if not moved:
            return None
        meant = [self._meant(code, days) for code in codes]
        members = list(dict.fromkeys(chain.from_iterable(meant)))
        read = "; ".join(members) if all(meant) else "unknown"
        try:
            read_value(self._fact, read)
        except AnswerError:
            return None
        when = f"before {min(item.end for item in moved)}"
        if len(days) > 1:
            when = "on one of days between which it changed"
        self._read_as[text.strip(), when] = read
        return read

    def _codes(self, text: str) -> list[str]:
        return [code.strip() for code in plain_answer(self._fact, text).split(";")]

    def _meant(self, code: str, days: Iterable[dt.date]) -> list[str]:
        """The codes that a code may mean on one of some days; none where no code has its contents."""
        meant = {self._list.from_list_of(day, code.removeprefix("?")) for day in days}
        if None in meant:
            return []
        is_open = code.startswith("?") or len(meant) > 1
        return sorted(f"{'?' * is_open}{item}" for item in meant)

    def guesses(self, name: str) -> Iterator[str]:
        """Yields how codes of a column were read, with how to read them otherwise."""
        if not self._read_as:
            return
        read = [f"{text} {when} as {meant}" for (text, when), meant in self._read_as.items()]
        is_open = "unknown" in self._read_as.values()
        why = " (unknown where no point of the list that is read has the same contents)" * is_open
        word = next(iter(self._read_as))[0]
        yield (
            f"Read in {name} by the list of the row's own day: {short_list(read, 'and', MOST_NAMED)}"
            f"{why}; --map '{name}:{word}=CODE' (in Python, values=) reads one otherwise."
        )


def _parts(code: str) -> list[str]:
    return code.removeprefix("?").split("/")
