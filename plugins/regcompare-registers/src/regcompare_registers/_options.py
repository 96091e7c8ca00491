"""Options of a screening, each refused in words if it is of another type."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import attrs

from regcompare._support.asked import asked
from regcompare.errors import UsageError, quoted
from regcompare.verdict.assess import AsOf, Readings

_Checker = Any  # attrs calls it with the instance, the field and the value.


def _of(expected: str, *types: type) -> _Checker:
    """Refuses a value that is of none of these types."""

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, types):
            raise UsageError(f"{field.name}={quoted(value)}: expected {expected}.")

    return check


def _mapping(to: str, *types: type) -> _Checker:
    """Refuses what is no mapping from text to values of these types, and says to what."""
    expected = f"a mapping such as {to}"

    def check(_: object, field: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, Mapping):
            raise UsageError(f"{field.name}={quoted(value)}: expected {expected}.")
        for key, item in value.items():
            if not isinstance(key, str) or not isinstance(item, types):
                found = f"{quoted(key)}: {quoted(item)}"
                raise UsageError(f"{field.name} has {found}. Expected {expected}.")

    return check


def _words(_: object, field: attrs.Attribute[Any], value: Mapping[str, Any]) -> None:
    """Refuses words of a column that mean something that is no text."""
    for column, words in value.items():
        for word, answer in words.items() if isinstance(words, Mapping) else ():
            if not isinstance(answer, str):
                raise UsageError(
                    f"{field.name} has {quoted(answer)} for {quoted(word)} in {column}. Expected an "
                    "answer as text, such as 'granted'."
                )


def _one_or_more(value: Any) -> Any:
    """A text alone, as one of several."""
    return (value,) if isinstance(value, str) else value


def _texts(_: object, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, Collection) or not all(isinstance(item, str) for item in value):
        raise UsageError(f"{field.name}={quoted(value)}: expected texts, such as ['n/a', '-'].")


def _mapping_field(to: str, *types: type, more: _Checker = ()) -> Any:
    return attrs.field(
        factory=dict,
        converter=attrs.converters.default_if_none(factory=dict),
        validator=[_mapping(to, *types), *more],
    )


@attrs.frozen(kw_only=True)
class RegisterOptions:
    """Options of how a register is read, and under which law.

    Attributes:
        columns: The facts that columns hold, by column.
        categories: The publisher of the categories that a column holds, or several separated by commas,
            by column; they answer facts that a row does not state.
        join: Reports on countries and kinds of users, as a file or a table.
        values: The answers that words of a column mean, by column and word, or the publisher whose words
            are known; of days the order of their numbers.
        encoding: The encoding of a CSV file.
        as_of: As for ``TableOptions``, like the rest.
        readings: Readings of doubtful texts.
        presume: The last layer of presumptions.
        presumed: Answers for all rows that do not state them.
        discretion: Whether powers were used.
        gaps: Texts that state nothing.
        decisions: Whether a licence that the authority decided on counts as needed.

    Raises:
        UsageError: An argument is of another type.
    """

    columns: Mapping[str, str] = _mapping_field("{'Country': 'destination.country'}", str)
    categories: Mapping[str, str] = _mapping_field("{'Type': 'germany'}", str)
    join: Any = None
    values: Mapping[str, Mapping[Any, str] | str] = _mapping_field(
        "{'Refused': {'1': 'refused'}}", str, Mapping, more=[_words]
    )
    encoding: str | None = attrs.field(
        default=None, validator=_of("a name such as 'cp1252'", str, type(None))
    )
    as_of: AsOf = None
    readings: Readings = attrs.field(
        default=None, validator=_of("a mapping of readings by id, or 'open'", Mapping, str, type(None))
    )
    presume: Any = None
    presumed: Mapping[str, Any] = _mapping_field("{'exporter.country': 'GB'}", object)
    discretion: Mapping[str, bool] = _mapping_field("{'art-4-1': True}", bool)
    gaps: Collection[str] = attrs.field(default=(), converter=_one_or_more, validator=_texts)
    decisions: bool = attrs.field(default=True, validator=_of("True or False", bool))


read_options: Final = asked(RegisterOptions, "screen")
"""Makes the options of arguments; one that there is not is refused with the nearest."""
