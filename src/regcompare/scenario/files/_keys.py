"""The keys of a scenario file that are not facts: each is declared once, here.

A declaration says how a value is read and written, how the JSON Schema describes it, and to which depth
a case that is ``like`` another takes it over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

import attrs

from regcompare.scenario.provenance import (
    HOW_KNOWN,
    LEVELS,
    RECORD_KINDS,
    Basis,
    Disputed,
    Report,
    Source,
)
from regcompare.scenario.scenario import KINDS, Record
from regcompare.vocabulary import FACTS_DATE, LAYERS, Vocabulary
from regcompare.vocabulary.words import LICENCE_STATUSES, REPORTED

from ._node_reader import NodeReader
from ._nodes import MapNode, Node, Scalar

Schema = dict[str, Any]

SCENARIO_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
AN_ID = f"up to {LONGEST_ID} small letters, digits and single hyphens, such as camera-sale"
ROUGH_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
WEB_ADDRESS = re.compile(r"https?://\S+|none")


class Prose(str):
    """A text for people, not a word of the vocabulary."""

    __slots__ = ()


class EntryReader(Protocol):
    """What the values of keys need of the reader of a scenario."""

    nodes: NodeReader

    def check_fact(self, node: Node, key: str, *, or_section: bool = False) -> None:
        """Reports what is not a fact, a name or another statement, nor a section where one may stand."""

    def refer_to_source(self, node: Node, name: str) -> None:
        """Notes a reference to a source, to be checked once all sources are read."""


class Value:
    """A kind of value."""

    def read(self, node: Node, label: str, entry: EntryReader) -> Any:
        """Returns the value; None after a report."""
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        """Returns the value as files write it."""
        return value

    def schema(self, vocabulary: Vocabulary) -> Schema:
        """Returns its JSON Schema."""
        raise NotImplementedError


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

    def schema(self, vocabulary: Vocabulary) -> Schema:
        """Returns the JSON Schema of its value, with what the key says."""
        return {"description": self.meaning, **self.value.schema(vocabulary)}


# kinds of values ---------------------------------------------------------------------------------


@attrs.frozen
class Text(Value):
    """A text for people."""

    def read(self, node: Node, label: str, entry: EntryReader) -> str | None:
        return entry.nodes.text(node, label)

    def write(self, value: str) -> str:
        return Prose(value)

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return {"type": "string"}


@attrs.frozen
class Pattern(Value):
    """A text that matches a pattern."""

    pattern: re.Pattern[str]
    expected: str
    code: str = "RC204"
    types: str | list[str] = "string"

    def read(self, node: Node, label: str, entry: EntryReader) -> str | None:
        return entry.nodes.matching(node, label, self.pattern, self.expected, self.code)

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return {"type": self.types, "pattern": f"^({self.pattern.pattern})$"}


@attrs.frozen
class SourceId(Pattern):
    """The id of a source of the same case."""

    def read(self, node: Node, label: str, entry: EntryReader) -> str | None:
        name: str | None = super().read(node, label, entry)
        if name is not None:
            entry.refer_to_source(node, name)
        return name


@attrs.frozen
class Word(Value):
    """One of several words."""

    words: Collection[str]

    def read(self, node: Node, label: str, entry: EntryReader) -> str | None:
        return entry.nodes.word(node, label, tuple(self.words))

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return {"enum": list(self.words)}


@attrs.frozen
class CalendarDay(Value):
    """A calendar day."""

    def read(self, node: Node, label: str, entry: EntryReader) -> dt.date | None:
        return entry.nodes.day(node, label)

    def write(self, value: dt.date) -> str:
        return value.isoformat()

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return {"$ref": "#/$defs/day"}


@attrs.frozen
class FactName(Value):
    """The key of a fact or a name, or another statement of a case."""

    def read(self, node: Node, label: str, entry: EntryReader) -> str | None:
        key = entry.nodes.text(node, label)
        if key is not None:
            entry.check_fact(node, key)
        return key

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return {"enum": [*vocabulary.by_key, *vocabulary.names, *OTHER_STATEMENTS]}


@attrs.frozen
class Several(Value):
    """A list of values."""

    item: Value
    example: str

    def read(self, node: Node, label: str, entry: EntryReader) -> tuple[Any, ...]:
        nodes = entry.nodes.items(node, label, self.example) or ()
        values = (self.item.read(item, label, entry) for item in nodes)
        return tuple(value for value in values if value is not None)

    def write(self, value: Iterable[Any]) -> list[Any]:
        return [self.item.write(item) for item in value]

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return {"type": "array", "items": self.item.schema(vocabulary)}


@attrs.frozen
class Fields(Value):
    """A mapping with known keys, read as an object.

    Attributes:
        cls: The class of the object.
        label: What it is called in messages, such as ``a source``; the last word names its definition.
        keys: The keys.
        example: A mapping for messages.
        required: The keys that it must have.
        alone: The key whose value may stand alone, in place of the mapping.
        always: Values that are written even though they are the default.
    """

    cls: type
    label: str
    keys: tuple[Key, ...]
    example: str
    required: tuple[str, ...] = ()
    alone: str = ""
    always: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def name(self) -> str:
        """The name of its definition in the JSON Schema."""
        return self.label.split()[-1]

    def read(self, node: Node, label: str, entry: EntryReader) -> Any:
        if self.alone and isinstance(node, Scalar):
            text = entry.nodes.text(node, self.label)
            return self.cls(**{self.alone: text}) if text else None
        names = tuple(key.name for key in self.keys)
        fields = entry.nodes.fields(node, self.label, names, self.example, *self.required)
        values = {
            key.name: value
            for key in self.keys
            if key.name in fields
            and (value := key.value.read(fields[key.name], f"{label}.{key.name}", entry)) is not None
        }
        return self.cls(**{**dict.fromkeys(self.required, ""), **values})

    def write(self, value: Any) -> dict[str, Any]:
        pairs = ((key, getattr(value, key.name)) for key in self.keys)
        return {**self.always, **{key.name: key.value.write(item) for key, item in pairs if item}}

    def schema(self, vocabulary: Vocabulary) -> Schema:
        ref = {"$ref": f"#/$defs/{self.name}"}
        return {"anyOf": [{"type": "string"}, ref]} if self.alone else ref

    def definition(self, vocabulary: Vocabulary) -> Schema:
        """Returns the definition to which its schema refers."""
        properties = {key.name: key.schema(vocabulary) for key in self.keys}
        required = {"required": list(self.required)} if self.required else {}
        return {"type": "object", "properties": properties, **required, "additionalProperties": False}


@attrs.frozen
class Bases(Value):
    """A mapping from facts, or sections of them, to what they rest on: ids, or a classification."""

    def read(self, node: Node, label: str, entry: EntryReader) -> dict[str, Basis]:
        bases: dict[str, Basis] = {}
        for key, value in entry.nodes.entries(node, label, "{exporter: [report-2020]}"):
            entry.check_fact(key, key.text, or_section=True)
            if isinstance(value, MapNode):
                bases[key.text] = BASIS.read(value, f"{label}.{key.text}", entry)
            else:
                bases[key.text] = Basis(sources=_SOURCE_IDS.read(value, f"{label}.{key.text}", entry))
        return bases

    def write(self, value: Mapping[str, Basis]) -> dict[str, Any]:
        return {
            key: BASIS.write(basis) if basis.classified else _SOURCE_IDS.write(basis.sources)
            for key, basis in value.items()
        }

    def schema(self, vocabulary: Vocabulary) -> Schema:
        basis = {"anyOf": [_SOURCE_IDS.schema(vocabulary), BASIS.schema(vocabulary)]}
        return {"type": "object", "additionalProperties": basis}


@attrs.frozen
class Own(Value):
    """A value that the reader of scenarios reads by a method of its own, named after the key."""

    described: Schema

    def read(self, node: Node, label: str, entry: EntryReader) -> Any:
        return getattr(entry, f"read_{label}")(node)

    def schema(self, vocabulary: Vocabulary) -> Schema:
        return dict(self.described)


# what files say ----------------------------------------------------------------------------------

OTHER_STATEMENTS = ("date", "record_kind", "sale", "story", "discretion", "record")
"""What a case states besides facts, which can rest on sources and be disputed."""
DECISIONS: tuple[str, ...] = (*LICENCE_STATUSES, "unknown")

_TEXT = Text()
_DAY = CalendarDay()
_ROUGH = "a day, month or year, such as 2020-09-21, 2020-09 or 2020."
_ROUGH_DATE = Pattern(ROUGH_DATE, _ROUGH, "RC206", ["string", "integer"])
_AN_ADDRESS = "an address that starts with https:// or http://, or none where none is known."
_ADDRESS = Pattern(WEB_ADDRESS, _AN_ADDRESS)
_ID = Pattern(SCENARIO_ID, f"{AN_ID}.")
_CASE = Pattern(SCENARIO_ID, "the id of a case, such as camera-sale-2015.")
_SOURCE_ID = SourceId(SCENARIO_ID, "the id of a source, such as report-2020.")
_SOURCE_IDS = Several(_SOURCE_ID, "[report-2020]")
_TITLE = Key("title", _TEXT, "Author and title.")

SOURCE = Fields(
    Source,
    "a source",
    (
        Key("id", _ID, "A short name, unique in the file, by which facts refer to it."),
        _TITLE,
        Key("date", _ROUGH_DATE, "When it was published: a day, a month or a year."),
        Key("url", _ADDRESS, "Where to find it, or `none` if no address is known."),
        Key("publisher", _TEXT, "Who published it."),
        Key("opened", _DAY, "The day on which it was opened and read."),
        Key("looked_for", _DAY, "The day on which an address was looked for in vain."),
        Key("known", Word(HOW_KNOWN), "`account` if it was not opened, and another's account is used."),
    ),
    "{title: Author and title}",
    ("title",),
    alone="title",
)
BASIS = Fields(
    Basis,
    "a basis",
    (
        Key("classified", _TEXT, "Why whoever encoded the case classified the fact so."),
        Key("sources", _SOURCE_IDS, "The ids of sources that it is drawn from."),
    ),
    "{classified: Why}",
    ("classified",),
)
REPORT = Fields(
    Report,
    "a report",
    (
        _TITLE,
        Key("day", _ROUGH_DATE, "When it was published: a day, a month or a year."),
        Key("level", Word(LEVELS), "How close to the end user it comes."),
        Key("of", Several(Word(REPORTED), "[repression]"), "What it reports."),
        Key("url", _ADDRESS, "Where to find it."),
        Key("source", _SOURCE_ID, "The id of the source that it is, or by which it is known."),
    ),
    "{title: Author and title, day: 2011-07-01, level: kind_of_user, of: [repression]}",
    ("title", "day", "level", "of"),
)
RECORD = Fields(
    Record,
    "record",
    (
        Key("decision", Word(DECISIONS), "What became of the licence."),
        Key("date", _ROUGH_DATE, "When it was decided: a day, a month or a year."),
        Key("note", _TEXT, "What happened, in words."),
    ),
    "{decision: refused, note: Why}",
    always={"decision": "unknown"},
)
DISPUTE = Fields(
    Disputed,
    "a dispute",
    (
        Key("fact", FactName(), "The fact."),
        Key("by", _TEXT, "Who disputes it."),
        Key("note", _TEXT, "What they say."),
        Key("sources", _SOURCE_IDS, "The ids of the sources that carry what they say."),
    ),
    "{fact: item.covert, note: Who says what}",
    ("fact", "note"),
)
DEFINED = (SOURCE, BASIS, REPORT, RECORD, DISPUTE)
"""The mappings that the JSON Schema defines once."""

_SOURCES = Several(SOURCE, "[{title: Author and title, date: 2020-09-21}]")
_REPORTS = Several(REPORT, f"[{REPORT.example}]")
_DISPUTES = Several(DISPUTE, f"[{DISPUTE.example}]")
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_POWERS = {"type": "object", "additionalProperties": {"$ref": "#/$defs/yes_no"}}
_RESULTS = {"type": "object", "additionalProperties": {"$ref": "#/$defs/expectation"}}
_LAYERS = {"type": "array", "uniqueItems": True, "items": {"enum": list(LAYERS)}}
_NEW_ID = {"type": "string", "pattern": f"^{SCENARIO_ID.pattern}$", "maxLength": LONGEST_ID}
_FACTS_DAY = {"anyOf": [{"$ref": "#/$defs/day"}, {"const": "unknown"}]}

BEFORE_FACTS = (
    Key("id", Own(_NEW_ID), "A short name in lower case with hyphens."),
    Key("title", _TEXT, "What the case is about, in a line."),
    Key("kind", Word(KINDS), "On record; its facts replayed elsewhere; one altered; or invented."),
    Key("record_kind", Word(RECORD_KINDS), "What is on record about the case.", 0),
    Key("sale", _ID, "The deal of which the case is a part; parts of one deal are counted once."),
    Key("date", Own(_FACTS_DAY), FACTS_DATE.question, 0),
    Key("summary", _TEXT, "The case in plain language."),
    Key("story", Own({"type": "string"}), "The case in a few sentences for anyone, without a result."),
    Key("sources", _SOURCES, "Where the facts come from.", 0, annotates=True),
    Key("known_from", Bases(), "What each stated fact, or section, rests on.", 1, annotates=True),
    Key(
        "presume",
        Own({"anyOf": [{"enum": list(LAYERS)}, _LAYERS]}),
        "Layers of answers that are presumed of facts that are not stated.",
        0,
    ),
    Key(
        "presumed",
        Own({"$ref": "#/$defs/presumed"}),
        "Further answers that are assumed, not stated.",
        2,
        annotates=True,
    ),
    Key("needs", Own(_TEXTS), "Sections of plugins, each with its plugin.", 1, annotates=True),
)
AFTER_FACTS = (
    Key("discretion", Own(_POWERS), "Whether an authority or a state used a power that it may use.", 1),
    Key("reports", _REPORTS, "What had been published about the end user, its kind or its country.", 0),
    Key("record", RECORD, "What became of the export; no rule uses it."),
    Key("disputed", _DISPUTES, "Stated facts that someone disputes.", 0),
    Key("expect", Own(_RESULTS), "The result expected under each ruleset.", annotates=True),
)
SCENARIO = (*BEFORE_FACTS, *AFTER_FACTS)
LIKE = (
    Key("like", _CASE, "The case whose facts, with what they rest on, this one takes over."),
    Key("without", Several(_TEXT, "[end_use.concerns]"), "Facts and blocks that are not taken over."),
)
"""The keys that make a case like another; they are resolved before it is read."""
ANNOTATION = (
    Key("for", _CASE, "The id of the case to which facts are added."),
    Key("owner", _TEXT, "Who adds these facts and answers for them."),
    *(key for key in SCENARIO if key.annotates),
)


def by_name(keys: Iterable[Key]) -> dict[str, Key]:
    """Returns keys by their names."""
    return {key.name: key for key in keys}
