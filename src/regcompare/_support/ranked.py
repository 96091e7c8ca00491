"""Ordered enumerations, whose members also compare with the words of other members."""

from __future__ import annotations

import enum
from typing import Self


class Ranked(enum.StrEnum):
    """A string enumeration whose members are ordered as they are declared, the lowest first.

    Attributes:
        rank: Its position, from 0 for the lowest.
    """

    rank: int

    def __init__(self, word: str) -> None:
        self.rank = len(type(self).__members__)

    def __lt__(self, other: str) -> bool:
        return self.rank < self._rank_of(other)

    def __le__(self, other: str) -> bool:
        return self.rank <= self._rank_of(other)

    def __gt__(self, other: str) -> bool:
        return self.rank > self._rank_of(other)

    def __ge__(self, other: str) -> bool:
        return self.rank >= self._rank_of(other)

    @classmethod
    def read(cls, word: str) -> Self:
        """Returns the member with this word.

        Raises:
            ValueError: There is no such member.
        """
        return cls(word)

    def _rank_of(self, other: str) -> int:
        cls = type(self)
        if isinstance(other, cls):
            return other.rank
        if not isinstance(other, str):
            names = ", ".join(cls)
            noun = f"{'an' if cls.__name__[0] in 'AEIO' else 'a'} {cls.__name__.lower()}"
            raise TypeError(f"{other!r} is not {noun}; expected one of {names}, or its word.")
        return cls.read(other).rank
