"""The kinds of values in a scenario file: how each is read and written, and its JSON Schema.

Reading returns the value, or None after it has reported why it cannot.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import attrs

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, Fact, read_day
from regcompare.vocabulary import CORE, Vocabulary
from regcompare.vocabulary.concordance import schemes_of

from ._tree import ListNode, MapNode, Node, Problems, Reported, Scalar, quoted

Schema = dict[str, Any]

_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False, "unknown": UNKNOWN}


def one_of(words: Iterable[str]) -> str:
    """Returns the words as a message lists them: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}." if others else f"{last}."


def described(node: Node) -> str:
    """Returns the kind of a node in words, for the beginning of a sentence."""
    if isinstance(node, ListNode):
        return "A list"
    if isinstance(node, MapNode):
        return "A mapping"
    return "Nothing" if isinstance(node, Scalar) and node.empty else "A single value"


@attrs.frozen(eq=False)
class ReadingContext:
    """The vocabulary and the ids against which a file is checked.

    Attributes:
        vocabulary: The facts that a file may state.
        rulesets: Ids of rulesets; None leaves ids unchecked.
        discretions: Ids of powers, read only if a file names one; None leaves ids unchecked.
        absent: Sections of plugins that are not loaded, each with a sentence on how to load it; under a
            blank name, of plugins that failed before they declared any.
        owners: Sections of plugins, each with the name of its plugin.
        schemes: For each fact whose list takes codes of other schemes, these by their prefixes.
    """

    vocabulary: Vocabulary = CORE
    rulesets: Collection[str] | None = None
    discretions: Collection[str] | None = None
    absent: Mapping[str, str] = MappingProxyType({})
    owners: Mapping[str, str] = MappingProxyType({})
    schemes: Mapping[str, Mapping[str, Fact]] = attrs.field(init=False)

    @schemes.default
    def _schemes(self) -> Mapping[str, Mapping[str, Fact]]:
        return schemes_of(self.vocabulary.facts())

    @property
    def sections(self) -> Mapping[str, type]:
        """Section classes by name."""
        return self.vocabulary.by_name

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Facts by key."""
        return self.vocabulary.by_key

    def loading(self, name: str, known: Iterable[str]) -> str | None:
        """Returns how to load the section with this name; None if a known one is similar."""
        similar = name in self.absent or nearest(name, known)
        return self.absent.get(name if similar else "")

    def keys_of_field(self, field: str | None) -> list[str]:
        """Returns the keys of all facts with this field name."""
        return [key for key, fact in self.facts.items() if fact.field == field]


@attrs.define(eq=False)
class Reading:
    """An entry of a file while it is read: what it states, by path, and where.

    A path is that of a key or a fact: ``date``, ``item.form``, ``presumed.item.form``,
    ``discretion.art-1``.

    Attributes:
        node: The entry.
        problems: The mistakes of the file.
        context: What the file is checked against.
        values: The values by path; None for one that cannot be read, or that is unknown.
        nodes: Where they are stated.
        files: The files in which they are stated, where a case takes them over.
        read_as: By path, codes of other schemes with the entries as which they were read.
        sources_named: The sources to which it refers.
        needs: Sections of plugins, each with the plugin that it needs.
    """

    node: Node
    problems: Problems
    context: ReadingContext
    values: dict[str, Any] = attrs.field(factory=dict)
    nodes: dict[str, Node] = attrs.field(factory=dict)
    files: dict[str, str] = attrs.field(factory=dict)
    read_as: dict[str, dict[str, str]] = attrs.field(factory=dict)
    sources_named: list[tuple[Node, str]] = attrs.field(factory=list)
    needs: Mapping[str, str] = attrs.field(factory=dict)

    def wrong(
        self, node: Node, label: str, expected: str, suggestion: str | None = None, code: str = "RC204"
    ) -> None:
        """Reports that a node cannot be the value ``label``."""
        if isinstance(node, Reported):
            return
        given = quoted(node.text) if isinstance(node, Scalar) and not node.empty else described(node)
        self.problems.add(node, code, f"{given} is given for {label}.", expected, suggestion)

    def items(self, node: Node, label: str, example: str) -> list[Node] | None:
        """Reads a list, and returns its items."""
        if isinstance(node, ListNode):
            return node.items
        self.wrong(node, label, f"a list such as {example}.")
        return None

    def entries(self, node: Node, label: str, example: str) -> list[tuple[Scalar, Node]]:
        """Reads a mapping, and returns its keys and values; an empty list after a report."""
        if isinstance(node, MapNode):
            return list(node.entries.values())
        self.wrong(node, label, f"a mapping such as {example}.")
        return []

    def fields(
        self, node: Node, label: str, keys: Sequence[str], example: str, *required: str
    ) -> dict[str, Node]:
        """Reads a mapping with known keys, and returns its values by key."""
        fields: dict[str, Node] = {}
        suggestions = set()
        for key, value in self.entries(node, label, example):
            if key.text in keys:
                fields[key.text] = value
            else:
                found = f"{quoted(key.text)} is not a key of {label}."
                suggestion = nearest(key.text, keys)
                suggestions.add(suggestion)
                self.problems.add(key, "RC201", found, one_of(keys), suggestion)
        for name in required:
            if name not in {*fields, *suggestions} and isinstance(node, MapNode):
                found = f"{label[0].upper()}{label[1:]} has no {name}."
                self.problems.add(node, "RC205", found, f"a mapping such as {example}.")
        return fields


def repaired_day(text: str) -> str | None:
    """Returns the day that a differently written day probably means, if any."""
    match = re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})([T ].*)?", text, re.ASCII)
    year, month, day = match.groups()[:3] if match else ("", "", "")
    if match is None and (match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)):
        day, month, year = match.groups()
    try:
        iso = dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    return iso if iso != text else None


# values ------------------------------------------------------------------------------------------


class Prose(str):
    """A text for people, not a word of the vocabulary."""

    __slots__ = ()


def _as_it_is(value: Any) -> Any:
    return value


@attrs.frozen
class Value:
    """A kind of value.

    Attributes:
        read: Returns the value of a node, which messages call by the label.
        schema: Its JSON Schema.
        write: Returns the value as files write it.
        definitions: The definitions to which its schema refers.
        example: A value for messages.
    """

    read: Callable[[Node, str, Reading], Any]
    schema: Schema
    write: Callable[[Any], Any] = _as_it_is
    definitions: Mapping[str, Schema] = attrs.field(factory=dict)
    example: str = ""


@attrs.frozen
class Key:
    """A key of a scenario, of an annotation, or of a mapping in one.

    Attributes:
        name: The key.
        value: The kind of its value.
        meaning: What it says, as a phrase or sentence.
        inherited: Whether a case that is like another takes it over.
        annotates: Whether annotations have it as well.
    """

    name: str
    value: Value
    meaning: str
    inherited: bool = False
    annotates: bool = False


def by_name(keys: Iterable[Key]) -> dict[str, Key]:
    """Returns keys by their names."""
    return {key.name: key for key in keys}


def schemas_of(keys: Iterable[Key]) -> dict[str, Schema]:
    """Returns the JSON Schemas of keys, each with what the key says."""
    return {key.name: {"description": key.meaning, **key.value.schema} for key in keys}


def definitions_of(keys: Iterable[Key]) -> dict[str, Schema]:
    """Returns the definitions to which the schemas of keys refer."""
    return {name: schema for key in keys for name, schema in key.value.definitions.items()}


def ref(name: str) -> Schema:
    """Returns the schema that refers to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def read_text(node: Node, label: str, reading: Reading) -> str | None:
    """Reads a text."""
    if isinstance(node, Scalar) and not node.empty:
        return node.text
    reading.wrong(node, label, "a text; leave the key out if there is none.")
    return None


def read_date(
    node: Node, label: str, reading: Reading, earliest: dt.date = dt.date.min
) -> dt.date | None:
    """Reads a calendar day, the earliest or a later one."""
    text = read_text(node, label, reading)
    if text is None:
        return None
    try:
        return read_day(text, label, earliest)
    except AnswerError as error:
        reading.wrong(node, label, error.expected, repaired_day(text), "RC206")
        return None


def _read_yes_no(node: Node, label: str, reading: Reading) -> Any:
    if isinstance(node, Scalar) and node.text.lower() in _YES_NO:
        return _YES_NO[node.text.lower()]
    return word(("yes", "no", "unknown")).read(node, label, reading)


def _written_yes_no(value: Any) -> str:
    return "unknown" if value is UNKNOWN else "yes" if value else "no"


TEXT = Value(read_text, {"type": "string"}, Prose)
"""A text for people."""
DAY = Value(read_date, ref("day"), dt.date.isoformat)
"""A calendar day."""
YES_NO = Value(_read_yes_no, ref("yes_no"), _written_yes_no)
"""Yes, no or unknown."""


def matching(
    pattern: re.Pattern[str], expected: str, code: str = "RC204", types: str | list[str] = "string"
) -> Value:
    """A text that matches a pattern."""

    def read(node: Node, label: str, reading: Reading) -> str | None:
        text = read_text(node, label, reading)
        if text is None or pattern.fullmatch(text):
            return text
        reading.wrong(node, label, expected, code=code)
        return None

    return Value(read, {"type": types, "pattern": f"^({pattern.pattern})$"})


def word(words: Collection[str], expected: str = "") -> Value:
    """One of several words."""
    known = tuple(words)

    def read(node: Node, label: str, reading: Reading) -> str | None:
        if isinstance(node, Scalar) and node.text in known and not node.empty:
            return node.text
        is_word = isinstance(node, Scalar) and not node.empty
        suggestion = nearest(node.text, known) if isinstance(node, Scalar) and is_word else None
        code = "RC203" if is_word else "RC204"
        reading.wrong(node, label, expected or one_of(known), suggestion, code)
        return None

    return Value(read, {"enum": list(known)})


def words(example: str) -> Value:
    """A list of distinct words."""

    def read(node: Node, label: str, reading: Reading) -> tuple[str, ...] | None:
        items = reading.items(node, label, example)
        distinct: dict[str, None] = {}
        for item in items or ():
            word = read_text(item, f"a member of {label}", reading)
            if word in distinct:
                found = f"{quoted(word)} appears twice in {label}."
                reading.problems.add(item, "RC209", found, "each member once.")
            if word is not None:
                distinct[word] = None
        return None if items is None else tuple(distinct)

    return Value(read, {"type": "array", "uniqueItems": True, "items": {"type": "string"}}, list)


def several(item: Value, example: str = "") -> Value:
    """A list of values."""
    example = example or f"[{item.example}]"

    def read(node: Node, label: str, reading: Reading) -> tuple[Any, ...]:
        nodes = reading.items(node, label, example) or ()
        values = (item.read(item_node, label, reading) for item_node in nodes)
        return tuple(value for value in values if value is not None)

    schema = {"type": "array", "items": item.schema}
    return Value(read, schema, lambda value: list(map(item.write, value)), item.definitions)


def fields(
    cls: type,
    label: str,
    keys: Sequence[Key],
    example: str,
    required: Sequence[str] = (),
    *,
    alone: str = "",
    always: Mapping[str, str] | None = None,
) -> Value:
    """A mapping with known keys, read as an object.

    Args:
        cls: The class of the object.
        label: What it is called in messages, such as ``a source``; the last word names its definition.
        keys: The keys.
        example: A mapping for messages.
        required: The keys that it must have.
        alone: The key whose value may stand alone, in place of the mapping.
        always: Values that are written even though they are the default.
    """
    names, name = tuple(key.name for key in keys), label.rpartition(" ")[2]

    def read(node: Node, place: str, reading: Reading) -> Any:
        if alone and isinstance(node, Scalar):
            text = read_text(node, label, reading)
            return cls(**{alone: text}) if text else None
        nodes = reading.fields(node, label, names, example, *required)
        values = {
            key.name: value
            for key in keys
            if key.name in nodes
            and (value := key.value.read(nodes[key.name], f"{place}.{key.name}", reading)) is not None
        }
        return cls(**{**dict.fromkeys(required, ""), **values})

    def write(value: Any) -> dict[str, Any]:
        pairs = ((key, getattr(value, key.name)) for key in keys)
        return {**(always or {}), **{key.name: key.value.write(item) for key, item in pairs if item}}

    requirement = {"required": list(required)} if required else {}
    definition = {
        "type": "object",
        "properties": schemas_of(keys),
        **requirement,
        "additionalProperties": False,
    }
    schema = {"anyOf": [{"type": "string"}, ref(name)]} if alone else ref(name)
    return Value(read, schema, write, {name: definition, **definitions_of(keys)}, example)
