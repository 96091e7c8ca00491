"""What the fields of a definition take; any other value is refused where it is written."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator
from textwrap import shorten
from typing import Any

from regcompare.errors import DefinitionError, did_you_mean, nearest

Allowed = type | str | None
"""A type, of which the value is to be one (text is not to be blank); a very word; or nothing at all."""


Validator = Callable[[Any, Any, Any], None]


def takes(*allowed: Allowed) -> Validator:
    """Returns a validator for a field of an attrs class, which takes types, words or None.

    Example:
        ``then: Outcome = attrs.field(validator=takes(Outcome))``

    Raises:
        DefinitionError: By the validator: the value is another; the text says what was found, what is
            expected, and the nearest.
    """
    plain = tuple(one for one in allowed if isinstance(one, type) and one not in (str, dt.date))

    def validate(instance: Any, attribute: Any, value: Any) -> None:
        # Terms are made by the thousand: a type is seen at once, and words are for the wrong.
        if not isinstance(value, plain) and not _fits(value, allowed):
            require(_where(instance), attribute.name, value, *allowed)

    return validate


def each(*allowed: Allowed) -> Validator:
    """Returns a validator for a field that takes a tuple, of which each member is one of these."""
    one = takes(*allowed)

    def validate(instance: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, tuple):
            raise DefinitionError(
                f"{_where(instance)}: {attribute.name}= takes a tuple, found {_short(value)}. Write "
                f"(one,) or (one, another), each {_expected(allowed)}."
            )
        for item in value:
            one(instance, attribute, item)

    return validate


def require(where: str, name: str, value: object, *allowed: Allowed) -> None:
    """Refuses a value that is none of what is allowed.

    Raises:
        DefinitionError: It is none of them.
    """
    if not _fits(value, allowed):
        near = nearest(value, known := dict(_names(allowed))) if isinstance(value, str) else None
        hint = did_you_mean(known[near] if near else None)
        msg = f"{where}: {name}= takes {_expected(allowed)}, found {_short(value)}.{hint}"
        raise DefinitionError(msg)


def _where(instance: Any) -> str:
    name = getattr(instance, "cite", None) or getattr(instance, "id", None)
    return f"{type(instance).__name__} {name}" if name else type(instance).__name__


def _fits(value: object, allowed: tuple[Allowed, ...]) -> bool:
    return any(_is(value, one) for one in allowed)


def _is(value: object, one: Allowed) -> bool:
    if not isinstance(one, type):
        return value == one and type(value) is type(one)
    if one is dt.date:
        return type(value) is dt.date  # A time of day is a date too, and compares with none.
    return isinstance(value, one) and (one is not str or bool(str(value).strip()))


def _expected(allowed: tuple[Allowed, ...]) -> str:
    *words, last = map(_in_words, allowed)
    return f"{', '.join(words)} or {last}" if words else last


def _short(value: object) -> str:
    return shorten(repr(value), 70, placeholder=" […]")


def _in_words(one: Allowed) -> str:
    if not isinstance(one, type):
        return repr(one)
    if one is dt.date:
        return "a day such as dt.date(2020, 1, 31)"
    if one is str:
        return "a text"
    article = "an" if one.__name__[0] in "AEIO" else "a"
    members = f" ({', '.join(one.__members__)})" if issubclass(one, enum.Enum) else ""
    return f"{article} {one.__name__}{members}"


def _names(allowed: tuple[Allowed, ...]) -> Iterator[tuple[str, str]]:
    """What may be meant, as it may be written, with what to write."""
    for one in allowed:
        if isinstance(one, str):
            yield one, one
        elif isinstance(one, type) and issubclass(one, enum.Enum):
            for member in one:
                yield str(member.value), f"{one.__name__}.{member.name}"
                yield member.name, f"{one.__name__}.{member.name}"
