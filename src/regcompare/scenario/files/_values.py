"""The kinds of values in a scenario file: how each is read and written, and its JSON Schema.

Reading returns the value, or None after it has reported why it cannot.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import attrs

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, read_day

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


class NodeReader:
    """Reads nodes as values, and reports those of another kind; messages call the value ``label``."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def wrong(
        self, node: Node, label: str, expected: str, suggestion: str | None = None, code: str = "RC204"
    ) -> None:
        """Reports that a node cannot be the value ``label``."""
        if isinstance(node, Reported):
            return
        found = f"{described(node)} is given for {label}."
        if isinstance(node, Scalar) and not node.empty:
            found = f"{quoted(node.text)} is given for {label}."
        self.problems.add(node, code, found, expected, suggestion)

    def text(self, node: Node, label: str) -> str | None:
        """Reads a text."""
        if isinstance(node, Scalar) and not node.empty:
            return node.text
        self.wrong(node, label, "a text; leave the key out if there is none.")
        return None

    def matching(
        self, node: Node, label: str, pattern: re.Pattern[str], expected: str, code: str
    ) -> str | None:
        """Reads a text that matches a pattern."""
        text = self.text(node, label)
        if text is None or pattern.fullmatch(text):
            return text
        self.wrong(node, label, expected, code=code)
        return None

    def word(self, node: Node, label: str, words: Sequence[str], expected: str = "") -> str | None:
        """Reads one of the words."""
        expected = expected or one_of(words)
        if not isinstance(node, Scalar) or node.empty:
            self.wrong(node, label, expected)
        elif node.text in words:
            return node.text
        else:
            self.wrong(node, label, expected, nearest(node.text, words), "RC203")
        return None

    def yes_no(self, node: Node, label: str) -> Any:
        """Reads yes, no or unknown, as True, False or ``UNKNOWN``."""
        if isinstance(node, Scalar) and node.text.lower() in _YES_NO:
            return _YES_NO[node.text.lower()]
        self.word(node, label, ("yes", "no", "unknown"))
        return None

    def day(self, node: Node, label: str, earliest: dt.date = dt.date.min) -> dt.date | None:
        """Reads a calendar day, the earliest or a later one."""
        text = self.text(node, label)
        if text is None:
            return None
        try:
            return read_day(text, label, earliest)
        except AnswerError as error:
            self.wrong(node, label, error.expected, repaired_day(text), "RC206")
            return None

    def items(self, node: Node, label: str, example: str) -> list[Node] | None:
        """Reads a list, and returns its items."""
        if isinstance(node, ListNode):
            return node.items
        self.wrong(node, label, f"a list such as {example}.")
        return None

    def words(self, node: Node, label: str, example: str) -> tuple[str, ...] | None:
        """Reads a list of distinct words."""
        items = self.items(node, label, example)
        if items is None:
            return None
        words: dict[str, None] = {}
        for item in items:
            word = self.text(item, f"a member of {label}")
            if word in words:
                found = f"{quoted(word)} appears twice in {label}."
                self.problems.add(item, "RC209", found, "each member once.")
            if word is not None:
                words[word] = None
        return tuple(words)

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


class EntryReader(Protocol):
    """What the values of keys need of the reader of a scenario."""

    nodes: NodeReader
    rulesets: Collection[str] | None
    discretions: Collection[str] | None

    def check_fact(self, node: Node, key: str, *, or_section: bool = False) -> None:
        """Reports what is not a fact, a name or another statement, nor a section where one may stand."""

    def refer_to_source(self, node: Node, name: str) -> None:
        """Notes a reference to a source, to be checked once all sources are read."""

    def read_presumed(self, node: Node) -> tuple[Any, ...]:
        """Reads the further answers that are presumed."""


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

    read: Callable[[Node, str, EntryReader], Any]
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
        depth: To which depth keys below it are merged where a case is like another; None if it is not
            taken over.
        annotates: Whether annotations have it as well.
    """

    name: str
    value: Value
    meaning: str
    depth: int | None = None
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


def _written_yes_no(value: Any) -> str:
    return "unknown" if value is UNKNOWN else "yes" if value else "no"


TEXT = Value(lambda node, label, entry: entry.nodes.text(node, label), {"type": "string"}, Prose)
"""A text for people."""
DAY = Value(lambda node, label, entry: entry.nodes.day(node, label), ref("day"), dt.date.isoformat)
"""A calendar day."""
YES_NO = Value(
    lambda node, label, entry: entry.nodes.yes_no(node, label), ref("yes_no"), _written_yes_no
)
"""Yes, no or unknown."""


def matching(
    pattern: re.Pattern[str], expected: str, code: str = "RC204", types: str | list[str] = "string"
) -> Value:
    """A text that matches a pattern."""
    return Value(
        lambda node, label, entry: entry.nodes.matching(node, label, pattern, expected, code),
        {"type": types, "pattern": f"^({pattern.pattern})$"},
    )


def word(words: Collection[str]) -> Value:
    """One of several words."""
    known = tuple(words)
    return Value(lambda node, label, entry: entry.nodes.word(node, label, known), {"enum": list(known)})


def words(example: str) -> Value:
    """A list of distinct words."""
    return Value(
        lambda node, label, entry: entry.nodes.words(node, label, example),
        {"type": "array", "uniqueItems": True, "items": {"type": "string"}},
        list,
    )


def several(item: Value, example: str = "") -> Value:
    """A list of values."""
    example = example or f"[{item.example}]"

    def read(node: Node, label: str, entry: EntryReader) -> tuple[Any, ...]:
        nodes = entry.nodes.items(node, label, example) or ()
        values = (item.read(item_node, label, entry) for item_node in nodes)
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

    def read(node: Node, place: str, entry: EntryReader) -> Any:
        if alone and isinstance(node, Scalar):
            text = entry.nodes.text(node, label)
            return cls(**{alone: text}) if text else None
        nodes = entry.nodes.fields(node, label, names, example, *required)
        values = {
            key.name: value
            for key in keys
            if key.name in nodes
            and (value := key.value.read(nodes[key.name], f"{place}.{key.name}", entry)) is not None
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
