"""Days that registers write as three numbers: which is the day, and which the month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from regcompare.errors import UsageError

_NUMBERS: Final = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)
_ORDERS: Final = ("day", "month")


class DayOrder:
    """The number that comes first in the days of one column, by the mark between the numbers.

    A point is written behind the day.  Of another mark it is guessed, once and from the first rows:
    from days such as 30/01/2009, if all have one order.  Without any, only such days are read.  Orders
    such as ``day/month/year`` may be declared, several separated by commas.
    """

    def __init__(self, declared: str = "") -> None:
        self._first = {".": "day"} | dict(map(_declared, filter(None, declared.split(","))))
        self._shown: dict[str, str] = {}
        self._is_known = False

    def learn(self, texts: Iterable[str]) -> None:
        """Guesses the order from texts; what is known stays."""
        if self._is_known:
            return
        self._is_known = True
        seen: dict[str, dict[str, str]] = {}
        for text in texts:
            found = _NUMBERS.fullmatch(text)
            if found and len(orders := _orders_of(found)) == 1:
                seen.setdefault(found[2], {}).setdefault(orders[0], text)
        for mark, shown in seen.items():
            if len(shown) == 1 and mark not in self._first:
                ((self._first[mark], self._shown[mark]),) = shown.items()

    def read(self, text: str) -> str:
        """Returns a day as YYYY-MM-DD; the text as it is where it is no such day, or may be two."""
        if not (found := _NUMBERS.fullmatch(text)):
            return text
        declared = self._first.get(found[2])
        days = {_day(found, order) for order in ([declared] if declared else _orders_of(found))}
        (day,) = days if len(days) == 1 else {None}
        return day.isoformat() if day else text

    def guesses(self, name: str) -> Iterable[str]:
        """Yields what was guessed of the days of a column, with how to read them otherwise."""
        for mark, text in self._shown.items():
            orders = [mark.join((*pair, "year")) for pair in (_ORDERS, _ORDERS[::-1])]
            here, other = orders if self._first[mark] == "day" else orders[::-1]
            yield (
                f"Read as {here} in {name}, as {text} shows; --map '{name}={other}' (in Python, "
                "values=) reads it otherwise."
            )


def is_order(text: str) -> bool:
    """Tells whether a text says in which order days are written, as ``day/month/year`` does."""
    return "year" in text


def advice(name: str, text: str) -> str:
    """Returns what to write if a text is a day of which nobody knows which number is the month."""
    if not (found := _NUMBERS.fullmatch(text)) or len(_orders_of(found)) < len(_ORDERS):
        return ""
    days = " or ".join(str(_day(found, first)) for first in _ORDERS)
    order = found[2].join(("day", "month", "year"))
    return f"It may be {days}; --map '{name}={order}' (in Python, values=) says which."


def _declared(text: str) -> tuple[str, str]:
    for mark in "-/.":
        for first, second in (_ORDERS, _ORDERS[::-1]):
            if text.strip() == mark.join((first, second, "year")):
                return mark, first
    raise UsageError(
        f"{text.strip()!r} is no order of days. Expected day/month/year or month/day/year, with the "
        "mark that stands between the numbers."
    )


def _day(found: re.Match[str], first: str) -> date | None:
    one, other = int(found[1]), int(found[3])
    day, month = (one, other) if first == "day" else (other, one)
    try:
        return date(int(found[4]), month, day)
    except ValueError:
        return None


def _orders_of(found: re.Match[str]) -> list[str]:
    """The orders in which three numbers are a day."""
    return [first for first in _ORDERS if _day(found, first)]
