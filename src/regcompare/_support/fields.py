"""Validators for the fields of definitions, which say what was found and what was expected."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import Parameter, Signature
from textwrap import shorten
from typing import Any

from regcompare.errors import DefinitionError, did_you_mean, nearest

Allowed = type | str | None
"""A type (text must not be blank), an exact string, or None."""

Validator = Callable[[Any, Any, Any], None]

ON_THE_WEB = re.compile(r"https?://[^\s/]\S*")
"""An address on the web."""


def takes(*allowed: Allowed) -> Validator:
    """Returns an attrs validator that accepts values of some types, exact strings or None.

    Example:
        ``then: Outcome = attrs.field(validator=takes(Outcome))``

    Raises:
        DefinitionError: By the validator: the value is not allowed; the text says what was found, what
            was expected, and the nearest.
    """
    plain_types = tuple(
        item for item in allowed if item not in (str, dt.date) and isinstance(item, type)
    )
    exact_types = {type(None) if item is None else item for item in allowed if item in (None, dt.date)}
    exact_texts, takes_text = {item for item in allowed if isinstance(item, str)}, str in allowed

    def validate(instance: Any, attribute: Any, value: Any) -> None:
        cls = type(value)  # The fast paths: terms and evidence are created by the thousand.
        if cls is str and (value in exact_texts or (takes_text and value.strip())):
            return
        if cls not in exact_types and not isinstance(value, plain_types):
            require(_where(instance), attribute.alias, value, *allowed)

    return validate


def each(*allowed: Allowed) -> Validator:
    """Returns an attrs validator that accepts a tuple whose members are allowed."""
    validate_member = takes(*allowed)

    def validate(instance: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, tuple):
            raise DefinitionError(
                f"{_where(instance)}: {attribute.alias}= takes a tuple, found {_short(value)}. Write "
                f"(one,) or (one, another), each {_expected(allowed)}."
            )
        for item in value:
            validate_member(instance, attribute, item)

    return validate


def web_address(instance: Any, attribute: Any, value: Any) -> None:
    """Validates an address, attrs validator: on the web, or blank where none is known.

    Raises:
        DefinitionError: The value is something else.
    """
    takes(str, "")(instance, attribute, value)
    if value and not ON_THE_WEB.fullmatch(value):
        raise DefinitionError(
            f"{_where(instance)}: {attribute.alias}= takes an address that starts with https:// or "
            f"http:// and has no spaces, found {_short(value)}. Leave it out where none is known."
        )


def full_sentence(instance: Any, attribute: Any, value: Any) -> None:
    """Validates a text, attrs validator: a full sentence.

    Raises:
        DefinitionError: The value is something else.
    """
    if not isinstance(value, str) or not value.strip().endswith((".", "?")):
        found = f"{attribute.alias} must be a full plain sentence, found {value!r}."
        raise DefinitionError(f"{_where(instance)}: {found}")


def comment(instance: Any, attribute: Any, value: Any) -> None:
    """Validates a text, attrs validator: full sentences, or blank."""
    if value != "":
        full_sentence(instance, attribute, value)


def require(where: str, name: str, value: object, *allowed: Allowed) -> None:
    """Checks that a value is allowed.

    Raises:
        DefinitionError: It is not; the text says what was found, what was expected, and the nearest.
    """
    if not any(_is(value, item) for item in allowed):
        spellings = dict(_spellings(allowed))
        spelling = nearest(value, spellings) if isinstance(value, str) else None
        hint = did_you_mean(spellings[spelling] if spelling else None)
        msg = f"{where}: {name}= takes {_expected(allowed)}, found {_short(value)}.{hint}"
        raise DefinitionError(msg)


def require_arguments(
    where: str, takes: Signature, args: Sequence[object], named: Mapping[str, object]
) -> None:
    """Checks the names of the arguments of a definition.

    Raises:
        DefinitionError: One is missing, or there is no such one; the text says which, and the nearest.
    """
    try:
        takes.bind(*args, **named)
    except TypeError as error:
        parameters = takes.parameters
        is_open = any(item.kind is Parameter.VAR_KEYWORD for item in parameters.values())
        for name in named:
            if name not in parameters and not is_open:
                hint = did_you_mean(nearest(name, parameters))
                msg = f"{where}: there is no {name}=.{hint} It takes {', '.join(parameters)}."
                raise DefinitionError(msg) from None
        given = {*named, *list(parameters)[: len(args)]}
        missing = [
            item.name if item.kind is Parameter.POSITIONAL_OR_KEYWORD else f"{item.name}="
            for item in parameters.values()
            if item.default is Parameter.empty
            and item.name not in given
            and item.kind in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
        ]
        fault = f"{' and '.join(missing)} missing; give it" if missing else str(error)
        raise DefinitionError(f"{where}: {fault}.") from None


def _where(instance: Any) -> str:
    name = getattr(instance, "cite", None) or getattr(instance, "id", None)
    return f"{type(instance).__name__} {name}" if name else type(instance).__name__


def _is(value: object, allowed: Allowed) -> bool:
    if not isinstance(allowed, type):
        return value == allowed and type(value) is type(allowed)
    if allowed is dt.date:
        return type(value) is dt.date  # A datetime is a date, but cannot be compared with one.
    return isinstance(value, allowed) and (allowed is not str or bool(str(value).strip()))


def _expected(allowed: tuple[Allowed, ...]) -> str:
    *words, last = map(_in_words, allowed)
    return f"{', '.join(words)} or {last}" if words else last


def _short(value: object) -> str:
    return shorten(repr(value), 70, placeholder=" […]")


def _in_words(allowed: Allowed) -> str:
    if not isinstance(allowed, type):
        return repr(allowed)
    if allowed is dt.date:
        return "a day such as dt.date(2020, 1, 31)"
    if allowed is str:
        return "a text"
    article = "an" if allowed.__name__[0] in "AEIO" else "a"
    members = f" ({', '.join(allowed.__members__)})" if issubclass(allowed, enum.Enum) else ""
    return f"{article} {allowed.__name__}{members}"


def _spellings(allowed: tuple[Allowed, ...]) -> Iterator[tuple[str, str]]:
    """Yields what an author may have written, with what to write instead."""
    for item in allowed:
        if isinstance(item, str):
            yield item, item
        elif isinstance(item, type) and issubclass(item, enum.Enum):
            for member in item:
                yield str(member.value), f"{item.__name__}.{member.name}"
                yield member.name, f"{item.__name__}.{member.name}"
