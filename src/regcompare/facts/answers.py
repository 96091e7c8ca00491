"""Answers beside words and days: unknown, a set that may have members left open, a plugin's own word."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from regcompare._support.fields import takes
from regcompare._support.said import Said
from regcompare.errors import DefinitionError, did_you_mean
from regcompare.logic.conditions import Among, Between


class Unknown(enum.Enum):
    """The stated answer "unknown"."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

NOT_BEFORE = dt.date.max
"""The ordinary answer where only an early day matters: not before any day that is asked about."""


class AnswerError(ValueError):
    """An answer that the fact does not take.

    Attributes:
        code: The stable problem code.
        found: What was found, as a statement.
        expected: What an answer looks like.
        suggestion: The nearest answer, if there is one.
        part: The part of the value that is wrong, such as a member of a list; None for the whole.
        others: Further mistakes in the same value.
    """

    others: tuple[AnswerError, ...] = ()

    def __init__(
        self, code: str, found: str, expected: str, suggestion: str | None = None, part: object = None
    ) -> None:
        self.code, self.found, self.expected, self.suggestion = code, found, expected, suggestion
        self.part = part
        super().__init__(f"{found} Expected {expected}{did_you_mean(suggestion)}")


class Mistakes(list[AnswerError]):
    """The mistakes in the parts of a value, collected so that all are raised together."""

    def reading(self, read: Callable[[str], Any], words: Iterable[Any]) -> list[Any]:
        """Returns the answers that words give; collects the mistakes in them."""
        answers = []
        for word in words:
            try:
                answers.append(read(word))
            except AnswerError as error:
                error.part = word
                self.append(error)
        return answers

    def raise_any(self) -> None:
        """Raises the first mistake with all others, if there are any."""
        if self:
            self[0].others = tuple(self[1:])
            raise self[0]


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


def written(answer: Any) -> Any:
    """Returns an answer as files write it."""
    if isinstance(answer, MemberSet):
        known, possible = sorted(answer.known), sorted(answer.open)
        return {"known": known, "open": possible} if possible else known
    if isinstance(answer, Among):
        return {"one_of": sorted(answer.words)}
    if isinstance(answer, Between):
        return answer.period or {"from": str(answer.first), "to": str(answer.last)}
    if isinstance(answer, tuple):  # Names, or the numbers of a party by register.
        return dict(answer) if answer and isinstance(answer[0], tuple) else list(answer)
    if isinstance(answer, dt.date):
        return Said("not before any day asked about") if answer == NOT_BEFORE else answer.isoformat()
    if answer is UNKNOWN:
        return "unknown"
    return {True: "yes", False: "no"}.get(answer, answer)


_KEY = re.compile(r"([a-z][a-z0-9_]*):[a-z][a-z0-9_]*", re.ASCII)


def owner_of(word: str) -> str | None:
    """Returns the section that prefixes a plugin's word, ``us`` for ``us:reexport``; else None."""
    match = _KEY.fullmatch(word)
    return match[1] if match else None


@attrs.frozen
class OwnWord:
    """A word that the core does not have, such as an institution of one legal order.

    Its prefix is the name of a section of facts that its plugin declares, so that two plugins never mean
    different things by one word.

    Example:
        ``COMMISSION = OwnWord("eu:commission", "Commission")``, then ``addressee=COMMISSION``.

    Attributes:
        key: Its name in files, ``eu:commission``.
        label: What it is called in a sentence.
    """

    key: str = attrs.field()
    label: str = attrs.field(validator=takes(str))

    @key.validator
    def _has_prefix(self, _: object, value: Any) -> None:
        if not isinstance(value, str) or owner_of(value) is None:
            raise DefinitionError(
                f"{value!r} is not a word of a plugin's own; write the name of a section of facts, a "
                "colon and the word in lower case, as in us:reexport."
            )

    @property
    def owner(self) -> str:
        """The section that prefixes it."""
        return self.key.partition(":")[0]

    def __str__(self) -> str:
        return self.label


def key_of(word: object) -> object:
    """Returns the key of a plugin's own word; anything else is returned unchanged."""
    return word.key if isinstance(word, OwnWord) else word
