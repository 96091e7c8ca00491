"""Numbers as registers write them: which mark stands before decimals, and which between thousands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from regcompare.errors import UsageError

_AMOUNT: Final = re.compile(
    r"(?P<before>[^\d\s,.+()*%-]*\.?)\s*(?P<number>[-+]?\d[\d,.]*)\s*(?P<behind>[^\d\s,.()*%]*\.?)"
)
_SPACES: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3})")
"""Signs that stand between thousands and never before decimals."""

_MARKS: Final = ",."
Role = Literal["decimal", "thousands"]


class Amounts:
    """The numbers of a column, given its texts and the number of rows that have each.

    A mark that is repeated, or followed by another, stands between thousands; one that is last and not
    followed by three digits stands before decimals.  ``25,740`` alone may be either: it is read as the
    others of the column have the mark, and as thousands where none tells.  Where they have it both
    ways, nobody knows, and the numbers that have it once are not read.  The mark before decimals may be
    declared.

    Raises:
        UsageError: The mark is neither a comma nor a point.
    """

    def __init__(self, texts: Mapping[str, int], decimal: str = "") -> None:
        if decimal not in ("", *_MARKS):
            raise UsageError(f"decimal={decimal!r} is no mark of decimals. Expected ',' or '.'.")
        self._declared = decimal
        words = Counter[str]()
        for text, rows in texts.items():
            if (found := _AMOUNT.fullmatch(_SPACES.sub("", text.strip()))) and _currency(found):
                words[_currency(found)] += rows
        # Sums of several currencies would mean nothing: that which most rows have counts.
        self._currency = max(words, key=lambda word: (words[word], word), default="")
        possible: dict[str, set[Role]] = {mark: set() for mark in _MARKS}
        for text in texts:
            for mark, role in _roles_in(self._number(text)):
                possible[mark].add(role)
        self._roles: dict[str, Role | None] = {
            mark: None if len(roles) > 1 else next(iter(roles), "thousands")
            for mark, roles in possible.items()
        }
        if decimal:
            self._roles = {mark: "decimal" if mark == decimal else "thousands" for mark in _MARKS}
        self._guessed: dict[str, float] = {}

    def read(self, text: str) -> float | None:
        """Returns the number of a text; None where it has none, or nobody knows which."""
        number = self._number(text)
        if not number:
            return None
        decimal = ""
        for mark in set(_MARKS) & set(number):
            role = self._roles[mark] or ("thousands" if number.count(mark) > 1 else None)
            is_read = number.count(mark) == 1 if role == "decimal" else _groups(number, mark)
            if role is None or not is_read:
                return None
            decimal = mark if role == "decimal" else decimal
        whole, _, rest = number.partition(decimal) if decimal else (number, "", "")
        if set(_MARKS) & set(rest):
            return None
        found = float(f"{re.sub('[,.]', '', whole)}.{rest or 0}")
        if "," in number or ("." in number and decimal != "."):
            self._guessed.setdefault(number, found)
        return found

    @property
    def guess(self) -> str:
        """The guess that was made, and how to read it otherwise; blank for none."""
        if self._declared or not self._guessed:
            return ""
        text = max(self._guessed, key=lambda number: (len(set(_MARKS) & set(number)), number))
        now = next((mark for mark in _MARKS if self._roles[mark] == "decimal"), ".")
        other = "," if now == "." else "."
        return f"Read {text} as {self._guessed[text]:.15g}; decimal={other!r} reads it otherwise."

    def _number(self, text: str) -> str:
        """The digits and marks of a text; blank where it is no number, or one of another currency."""
        found = _AMOUNT.fullmatch(_SPACES.sub("", text.strip()).replace("−", "-"))
        if not found or _currency(found) not in ("", self._currency):
            return ""
        return found["number"]


def _roles_in(number: str) -> Iterable[tuple[str, Role]]:
    """Yields the marks of which a number alone says what they are for."""
    last = max(_MARKS, key=number.rfind)
    whole, _, rest = number.rpartition(last)
    if not whole:
        return
    for mark in set(whole) & set(_MARKS):
        yield mark, "thousands"
    if last in whole:
        return
    digits = re.sub(r"\D", "", whole)
    if set(whole) & set(_MARKS) or len(rest) != len("000") or len(digits) > len("000") or digits == "0":
        yield last, "decimal"


def _groups(number: str, mark: str) -> bool:
    """Tells whether a mark stands before three digits each time, so that it may be between thousands."""
    return all(re.match(r"\d{3}(?!\d)", part) for part in number.split(mark)[1:])


def _currency(found: re.Match[str]) -> str:
    return found["before"] or found["behind"]
