"""The types of values in a scenario file: how each is read and written, and its JSON Schema.

Reading returns the value, or None after it has reported why it cannot.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from regcompare.errors import Place, nearest, quoted
from regcompare.facts import UNKNOWN, AnswerError, read_day
from regcompare.vocabulary import CORE, Vocabulary

from ._tree import Data, Fields, Items, Problems, Reported, Text

Schema = dict[str, Any]

_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False, "unknown": UNKNOWN}


def one_of(words: Iterable[str]) -> str:
    """Returns the words as a message lists them: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}." if others else f"{last}."


_IN_WORDS = {Items: "A list", Fields: "A mapping"}


@attrs.frozen(eq=False)
class ReadingContext:
    """The facts, ids and files against which a file is checked.

    Attributes:
        vocabulary: The facts that it may state.
        rulesets: Ids of rulesets; None leaves ids unchecked.
        discretions: Returns the ids of powers, if a file names one; None leaves ids unchecked.
        absent: Sections of plugins that are not loaded, each with a sentence on how to load it; under a
            blank name, of plugins that failed before they declared any.
        owners: Sections of plugins, each with the name of its plugin.
        others: Finds the other files with cases that one of this file may be ``like``.
        is_proved: Whether it ships, so that a test proves that no case contradicts itself.
    """

    vocabulary: Vocabulary = CORE
    rulesets: Collection[str] | None = None
    discretions: Callable[[], Collection[str]] | None = None
    absent: Mapping[str, str] = MappingProxyType({})
    owners: Mapping[str, str] = MappingProxyType({})
    others: Callable[[], Iterable[Path]] = tuple
    is_proved: bool = False

    def loading(self, name: str, others: Iterable[str]) -> str | None:
        """Returns how to load the section with this name; None if one of the others is similar."""
        similar = name in self.absent or nearest(name, others)
        return self.absent.get(name if similar else "")

    def keys_of_field(self, field: str | None) -> list[str]:
        """Returns the keys of all facts with this field name."""
        return [key for key, fact in self.vocabulary.by_key.items() if fact.field == field]


@attrs.define(eq=False)
class Reading:
    """An entry of a file while it is read: what it states, and where.

    Attributes:
        entry: The entry.
        problems: The mistakes that were found.
        context: What the file is checked against.
        values: The values of its keys; without those that cannot be read, or that are unknown.
        facts: The answers that it states.
        presumed: Those that it presumes.
        places: Where each is stated: ``scenario.date``, ``item.form``, ``presumed.item.form``.
        sources_named: The sources to which it refers.
        disputed: The facts that it says somebody disputes.
    """

    entry: Data
    problems: Problems
    context: ReadingContext
    values: dict[str, Any] = attrs.field(factory=dict)
    facts: dict[str, Any] = attrs.field(factory=dict)
    presumed: dict[str, Any] = attrs.field(factory=dict)
    places: dict[str, Place] = attrs.field(factory=dict)
    sources_named: list[Text] = attrs.field(factory=list)
    disputed: list[Text] = attrs.field(factory=list)

    def wrong(
        self, data: Data, label: str, expected: str, suggestion: str | None = None, code: str = "RC204"
    ) -> Any:
        """Reports that something cannot be the value ``label``; returns None, its value."""
        if isinstance(data, Reported):
            return
        given = quoted(data) if isinstance(data, Text) else _IN_WORDS.get(type(data), "Nothing")
        self.problems.add(data, code, f"{given} is given for {label}.", expected, suggestion)

    def items(self, data: Data, label: str, example: str) -> Items | None:
        """Reads a list."""
        expected = f"a list such as {example}."
        return data if isinstance(data, Items) else self.wrong(data, label, expected)

    def entries(self, data: Data, label: str, example: str) -> Iterable[tuple[Text, Data]]:
        """Reads a mapping, and returns its keys and values; none after a report."""
        if isinstance(data, Fields):
            return cast("Iterable[tuple[Text, Data]]", data.items())
        self.wrong(data, label, f"a mapping such as {example}.")
        return ()

    def fields(
        self, data: Data, label: str, keys: Sequence[str], example: str, *required: str
    ) -> dict[str, Data]:
        """Reads a mapping with these keys, and returns its values by key."""
        fields: dict[str, Data] = {}
        suggestions = set()
        for key, value in self.entries(data, label, example):
            if key in keys:
                fields[key] = value
            else:
                found = f"{quoted(key)} is not a key of {label}."
                suggestion = nearest(key, keys)
                suggestions.add(suggestion)
                self.problems.add(key, "RC201", found, one_of(keys), suggestion)
        for name in required:
            if name not in {*fields, *suggestions} and isinstance(data, Fields):
                found = f"{label[0].upper()}{label[1:]} has no {name}."
                self.problems.add(data, "RC205", found, f"a mapping such as {example}.")
        return fields


@attrs.frozen
class Value:
    """A type of value, or what a key takes.

    Attributes:
        read: Returns the value of what a file says, which messages call by the label.
        schema: Its JSON Schema.
        definitions: The definitions to which its schema refers.
        example: A value for messages.
        meaning: Of a key what it says, as a phrase or sentence.
    """

    read: Callable[[Data, str, Reading], Any]
    schema: Schema
    definitions: Mapping[str, Schema] = attrs.field(factory=dict)
    example: str = ""
    meaning: str = ""

    def says(self, meaning: str) -> Value:
        """Returns what a key takes whose value is of this type."""
        return attrs.evolve(self, meaning=meaning)


Keys = Mapping[str, Value]
"""The values that the keys of a scenario, an annotation or a mapping in one take, by name."""


def schemas_of(keys: Keys) -> dict[str, Schema]:
    """Returns the JSON Schemas of keys, each with what the key says."""
    return {name: {"description": value.meaning, **value.schema} for name, value in keys.items()}


def definitions_of(keys: Keys) -> dict[str, Schema]:
    """Returns the definitions to which the schemas of keys refer."""
    return {name: item for value in keys.values() for name, item in value.definitions.items()}


def closed(properties: Mapping[str, Any], *required: str) -> Schema:
    """Returns the schema of a mapping with these keys, and no others."""
    requirement = {"required": list(required)} if required else {}
    return {
        "type": "object",
        "properties": dict(properties),
        **requirement,
        "additionalProperties": False,
    }


def ref(name: str) -> Schema:
    """Returns the schema that refers to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def read_text(data: Data, label: str, reading: Reading) -> str | None:
    """Reads a text."""
    expected = "a text; leave the key out if there is none."
    return str(data) if isinstance(data, Text) else reading.wrong(data, label, expected)


def read_date(data: Data, label: str, reading: Reading) -> dt.date | None:
    """Reads a calendar day."""
    text = read_text(data, label, reading)
    if text is None:
        return None
    try:
        return read_day(text, label)
    except AnswerError as error:
        reading.wrong(data, label, error.expected, error.suggestion, "RC206")
        return None


def _read_yes_no(data: Data, label: str, reading: Reading) -> Any:
    if isinstance(data, Text) and data.lower() in _YES_NO:
        return _YES_NO[data.lower()]
    return word(("yes", "no", "unknown")).read(data, label, reading)


TEXT = Value(read_text, {"type": "string"})
"""A text for people."""
DAY = Value(read_date, ref("day"))
"""A calendar day."""
YES_NO = Value(_read_yes_no, ref("yes_no"))
"""Yes, no or unknown."""


def matching(
    pattern: re.Pattern[str], expected: str, code: str = "RC204", types: str | list[str] = "string"
) -> Value:
    """A text that matches a pattern."""

    def read(data: Data, label: str, reading: Reading) -> Any:
        text = read_text(data, label, reading)
        if text is None or pattern.fullmatch(text):
            return text
        return reading.wrong(data, label, expected, code=code)

    return Value(read, {"type": types, "pattern": f"^({pattern.pattern})$"})


def told(expected: str) -> Value:
    """A text that is not blank."""
    return attrs.evolve(matching(re.compile(r"(?s).*\S.*"), expected), schema=TEXT.schema)


def word(words: Collection[str], expected: str = "") -> Value:
    """One of several words."""
    allowed = tuple(words)

    def read(data: Data, label: str, reading: Reading) -> Any:
        suggestion, code = None, "RC204"
        if isinstance(data, Text):
            if data in allowed:
                return str(data)
            suggestion, code = nearest(data, allowed), "RC203"
        return reading.wrong(data, label, expected or one_of(allowed), suggestion, code)

    return Value(read, {"enum": list(allowed)})


def words(example: str) -> Value:
    """A list of distinct words."""

    def read(data: Data, label: str, reading: Reading) -> tuple[str, ...] | None:
        items = reading.items(data, label, example)
        distinct: dict[str, None] = {}
        for item in items or ():
            word = read_text(item, f"a member of {label}", reading)
            if word in distinct:
                found = f"{quoted(word)} appears twice in {label}."
                reading.problems.add(item, "RC209", found, "each member once.")
            if word is not None:
                distinct[word] = None
        return None if items is None else tuple(distinct)

    return Value(read, {"type": "array", "uniqueItems": True, "items": {"type": "string"}})


def several(item: Value, example: str = "", *, least: int = 0) -> Value:
    """A list of values, at least so many; those that cannot be read are left out."""
    example = example or f"[{item.example}]"

    def read(data: Data, label: str, reading: Reading) -> tuple[Any, ...]:
        items = reading.items(data, label, example) or ()
        if isinstance(data, Items) and len(items) < least:
            found = f"The list for {label} is empty."
            reading.problems.add(data, "RC204", found, f"a list such as {example}.")
        values = (item.read(data, label, reading) for data in items)
        return tuple(value for value in values if value is not None)

    size = {"minItems": least} if least else {}
    return Value(read, {"type": "array", **size, "items": item.schema}, item.definitions)


def fields(
    cls: Any,
    label: str,
    example: str,
    required: Sequence[str] = (),
    *,
    alone: str = "",
    flaw: Callable[[Any], tuple[str, str] | None] | None = None,
    **values: Value,
) -> Value:
    """A mapping, read as an object; its keys are the attributes of the class, in their order.

    Where anything cannot be read there is no object, so that none goes further incomplete.

    Args:
        cls: The class of the object.
        label: What it is called in messages, such as ``a source``; the last word names its definition.
        example: A mapping for messages.
        required: The keys that it must have, besides those of attributes without a default.
        alone: The key whose value may stand alone, in place of the mapping.
        flaw: Returns what is wrong with an object as a whole, and what is expected.
        values: What each key takes and means.
    """
    attributes = attrs.fields(cls)
    keys = {item.name: values[item.name] for item in attributes}
    required = (*required, *(item.name for item in attributes if item.default is attrs.NOTHING))
    name = label.rpartition(" ")[2]

    def read(data: Data, path: str, reading: Reading) -> Any:
        if alone and isinstance(data, Text):
            text = read_text(data, label, reading)
            return cls(**{alone: text}) if text else None
        count = len(reading.problems)
        given = reading.fields(data, label, tuple(keys), example, *required)
        read = {
            key: value
            for key, declared in keys.items()
            if key in given
            and (value := declared.read(given[key], f"{path}.{key}", reading)) is not None
        }
        if len(reading.problems) > count:
            return None
        item = cls(**read)
        if flaw and (wrong := flaw(item)):
            reading.problems.add(data, "RC217", *wrong)
        return item

    definition = closed(schemas_of(keys), *required)
    schema = {"anyOf": [{"type": "string"}, ref(name)]} if alone else ref(name)
    return Value(read, schema, {name: definition, **definitions_of(keys)}, example)
