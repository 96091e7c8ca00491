"""Answers that are neither words nor days: unknown, and a set that may have members left open."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Final

import attrs

from regcompare.errors import did_you_mean


class Unknown(enum.Enum):
    """The stated answer "unknown"."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN


class AnswerError(ValueError):
    """An answer that the fact does not take.

    Attributes:
        code: The stable problem code.
        found: What was found, as a statement.
        expected: What an answer looks like.
        suggestion: The nearest answer, if there is one.
    """

    def __init__(self, code: str, found: str, expected: str, suggestion: str | None = None) -> None:
        self.code, self.found, self.expected, self.suggestion = code, found, expected, suggestion
        super().__init__(f"{found} Expected {expected}{did_you_mean(suggestion)}")


def _frozen(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)


@attrs.frozen(repr=False)
class MemberSet:
    """The answer to a set fact: known members, and members left open; all others are excluded."""

    known: frozenset[str] = attrs.field(default=frozenset(), converter=_frozen)
    open: frozenset[str] = attrs.field(default=frozenset(), converter=_frozen)

    def __repr__(self) -> str:
        known = ", ".join(sorted(self.known))
        return f"{{{known}}}" if not self.open else f"{{{known}; open: {', '.join(sorted(self.open))}}}"

    def __contains__(self, member: object) -> bool:
        return member in self.known
