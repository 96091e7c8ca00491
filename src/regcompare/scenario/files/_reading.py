"""Reads scenarios from a tree of nodes; facts are read by their own declarations."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Any

from regcompare.errors import nearest
from regcompare.scenario.established import contradictions
from regcompare.scenario.scenario import (
    CORE_SECTIONS,
    KINDS,
    Annotation,
    Disputed,
    Record,
    Scenario,
    Source,
)
from regcompare.vocabulary import FACTS_DATE, LAYERS
from regcompare.vocabulary.words import LICENCE_STATUSES

from ._answers import AnswerReader, ReadingContext
from ._expectations import ExpectationReader
from ._likeness import LIKE_KEYS, LikeResolver, OutsideCases, cases_of
from ._node_reader import one_of
from ._nodes import ListNode, MapNode, Node, Problems, Scalar, plain, quoted
from ._schemes import codes_read_as, separate_schemes

KEYS_BEFORE = (
    *("id", "title", "kind", "sale", "date"),
    *("summary", "story", "sources", "presume", "presumed", "needs"),
)
ANNOTATION_KEYS = ("for", "owner", "sources", "needs", "presumed", "expect")
KEYS_AFTER = ("discretion", "record", "disputed", "expect")
SOURCE_KEYS = ("title", "date", "url", "publisher")
RECORD_KEYS = ("decision", "date", "note")
DISPUTED_KEYS = ("fact", "note")
DECISIONS: tuple[str, ...] = (*LICENCE_STATUSES, "unknown")

_TEXTS = ("title", "summary", "owner")

MAX_SCENARIOS = 1000
SCENARIO_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
_AN_ID = f"up to {LONGEST_ID} small letters, digits and single hyphens, such as morpho-shanghai"
ROUGH_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
WEB_ADDRESS = re.compile(r"https?://\S+|none")


def read_tree(
    root: Node | None, problems: Problems, context: ReadingContext, outside: OutsideCases
) -> tuple[Scenario | Annotation, ...]:
    """Returns the scenarios and annotations of a file; incomplete ones where mistakes were found.

    Raises:
        FileError: There is no scenario, or there are too many, or too many mistakes.
    """
    nodes = root.items if isinstance(root, ListNode) else [root]
    if root is None or (isinstance(root, Scalar) and root.empty) or not nodes:
        node = root or Scalar(1, 1, "")
        expected = "a mapping with an id and what is known, or a list of such mappings."
        problems.fail(node, "RC110", "The file contains no scenarios.", expected)
    if len(nodes) > MAX_SCENARIOS:
        found = f"The file contains more than {MAX_SCENARIOS} scenarios."
        problems.fail(root, "RC102", found, "a smaller file; split it into several.")
    first_ids: dict[str, Scalar] = {}
    answers = AnswerReader(problems, context)
    sections = (*context.sections, *context.absent)
    likeness = LikeResolver(answers.nodes, sections, context.schemes, cases_of(root), outside)
    return tuple(_entry_of(answers, node, first_ids, likeness) for node in nodes if node is not None)


def _entry_of(
    answers: AnswerReader, node: Node, first_ids: dict[str, Scalar], likeness: LikeResolver
) -> Scenario | Annotation:
    """An annotation if the mapping has the key ``for``, else a scenario."""
    if isinstance(node, MapNode) and "for" in node.entries:
        annotation = separate_schemes(node, answers.context.schemes, answers.problems)
        return _ScenarioReader(answers, annotation).annotation()
    return _ScenarioReader(answers, likeness.completed(node)).read(first_ids)


class _ScenarioReader:
    """Reads one scenario, or an annotation of one."""

    def __init__(self, answers: AnswerReader, node: Node) -> None:
        self.answers = answers
        self.context = answers.context
        self.nodes = answers.nodes
        self.problems = answers.problems
        self.node = node
        self.places: dict[str, Node] = {}
        self.presumed_places: dict[str, Node] = {}
        self.needs = self._plugin_names(node)
        self.unread: dict[str, Any] = {}

    def read(self, first_ids: dict[str, Scalar]) -> Scenario:
        """Returns the scenario; records its id in ``first_ids``."""
        own_keys = (*KEYS_BEFORE, *KEYS_AFTER)
        known_keys = (*KEYS_BEFORE, *LIKE_KEYS, *self.context.sections, *KEYS_AFTER)
        values, sections = self._entries(
            "a scenario", "{id: a-case, date: 2015-06-30}", own_keys, known_keys
        )
        if isinstance(self.node, MapNode):
            self.places |= {f"scenario.{name}": self.node.entries[name][1] for name in values}
            if not {"id", "Id", "ID"} & set(self.node.entries):
                self.problems.add(self.node, "RC205", "The scenario has no id.", "id: a-short-name.")
        self._check_id(values.get("id"), first_ids)
        core = {name: sections.pop(name) for name in CORE_SECTIONS if name in sections}
        stated = {key: value for key, value in values.items() if value is not None}
        scenario = Scenario(**{"id": "", **stated, **core}, more=sections.values(), **self._attributes())
        self._check_constraints(scenario)
        return scenario

    def annotation(self) -> Annotation:
        """Returns the annotation; without a case if the file does not name it."""
        known_keys = (*ANNOTATION_KEYS, *self.context.sections)
        example = "{for: a-case, owner: Who}"
        values, sections = self._entries("an annotation", example, ANNOTATION_KEYS, known_keys)
        for name, meaning in (("for", "the id of a case"), ("owner", "who adds these facts"),
                           ("sources", "where they come from")):  # fmt: skip
            if not values.get(name):
                self._check_present(name, meaning)
        stated = {key: value for key, value in values.items() if value}
        case = stated.pop("for", "")
        return Annotation(
            case=case,
            **{"owner": "", "sources": (), **stated},
            sections=sections.values(),
            **self._attributes(),
        )

    def _entries(
        self, label: str, example: str, own_keys: Container[str], known_keys: tuple[str, ...]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values of its own keys, and its sections of facts."""
        values: dict[str, Any] = {}
        sections: dict[str, Any] = {}
        for key, value in self.nodes.entries(self.node, label, example):
            name = key.text
            if name in self.context.sections:
                sections[name] = self.answers.section(name, value, "", self.places)
            elif name in _TEXTS and name in own_keys:
                values[name] = self.nodes.text(value, name)
            elif name in own_keys:
                values[name] = getattr(self, f"_{name}")(value)
            elif not self._keep_unread(key, value, self.unread):
                self._unknown_key(key, known_keys)
        return values, sections

    def _attributes(self) -> dict[str, Any]:
        """The attributes of any entry: unread blocks, positions, and codes that are read as others."""
        presumed = {f"presumed.{key}": node for key, node in self.presumed_places.items()}
        places = {"": self.node, **self.places, **presumed}
        schemes = self.context.schemes
        code_nodes = (node for key, node in places.items() if key.removeprefix("presumed.") in schemes)
        return {
            "unread": self.unread,
            "places": {
                key: f"{self.problems.file}:{node.line}:{node.column}" for key, node in places.items()
            },
            "read_as": dict(codes_read_as(code_nodes)),
        }

    def _check_present(self, name: str, meaning: str) -> None:
        if isinstance(self.node, MapNode) and name not in self.node.entries:
            found = f"The annotation does not say {meaning}."
            self.problems.add(self.node, "RC205", found, f"the key {name}, with {meaning}.")

    def _plugin_names(self, node: Node) -> dict[str, str]:
        """The plugins that sections need, as far as that is well formed; read first."""
        entry = node.entries.get("needs") if isinstance(node, MapNode) else None
        entries = entry[1].entries if entry and isinstance(entry[1], MapNode) else {}
        return {
            name: value.text
            for name, (_, value) in entries.items()
            if isinstance(value, Scalar) and not value.empty
        }

    def _keep_unread(self, key: Scalar, value: Node, unread: dict[str, Any]) -> bool:
        """Keeps a block whose plugin is named and not loaded; returns whether it is one."""
        if key.text not in self.needs or key.text in self.context.sections:
            return False
        unread[key.text] = plain(value)
        return True

    def _unknown_key(self, key: Scalar, known_keys: tuple[str, ...]) -> None:
        name = key.text
        facts = [name] if name in self.context.facts else self.context.keys_of_field(name)
        if name in self.context.absent:
            found = f"The section {name!r} belongs to a plugin that is not loaded."
            self.problems.add(key, "RC214", found, self.context.absent[name])
        elif facts:
            found = f"The fact {quoted(name)} is outside its section."
            expected = f"{one_of(facts)[:-1]}, below the name of its section."
            self.problems.add(key, "RC201", found, expected, facts[0] if len(facts) == 1 else None)
        else:
            suggestion = nearest(name, (*known_keys, *self.context.absent))
            self.problems.add(
                key, "RC201", f"There is no key {quoted(name)} here.", one_of(known_keys), suggestion
            )

    def _check_id(self, id: str | None, first_ids: dict[str, Scalar]) -> None:
        if not id or not isinstance(self.node, MapNode):
            return
        node = self.node.entries["id"][1]
        if id in first_ids:
            found = f"The id {quoted(id)} appears twice, first in line {first_ids[id].line}."
            self.problems.add(node, "RC212", found, "a different id for each scenario.")
        first_ids.setdefault(id, Scalar(node.line, node.column, id))

    def _check_constraints(self, scenario: Scenario) -> None:
        for constraint, facts in contradictions(
            scenario, self.context.vocabulary.breakable, directly=True
        ):
            places = [self.places[key] for key in facts if key in self.places]
            last_place = max(places, key=lambda place: (place.line, place.column), default=self.node)
            *earlier, final = map(self._with_place, facts)
            contradiction = f"{', '.join(earlier)} and {final} contradict each other."
            found = contradiction if earlier else f"{final} contradicts itself."
            expected = f"{constraint.sentence} Change one of these answers, or leave it out."
            self.problems.add(
                last_place, "RC301", found, f"what agrees: {self._owner_note(facts)}{expected}"
            )

    def _with_place(self, key: str) -> str:
        """A fact with its answer, if that is one word, and its position."""
        name, node = "date" if key == FACTS_DATE.key else key, self.places.get(key)
        if node is None:
            return name
        answer = f": {node.text}" if isinstance(node, Scalar) else ""
        return f"{name}{answer} (line {node.line}, column {node.column})"

    def _owner_note(self, facts: Iterable[str]) -> str:
        """The plugin whose facts a constraint asks about, for messages."""
        sections = (key.partition(".")[0] for key in facts)
        owner = next(
            (self.context.owners[name] for name in sections if name in self.context.owners), None
        )
        return f"(the plugin {owner}) " if owner else ""

    # keys of a scenario, each with a method of its name ----------------------------------------

    def _id(self, node: Node) -> str | None:
        text = node.text if isinstance(node, Scalar) else ""
        if SCENARIO_ID.fullmatch(text) and len(text) <= LONGEST_ID:
            return text
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID].strip("-")
        self.nodes.wrong(node, "id", f"{_AN_ID}-2015.", slug or None)
        return None

    def _kind(self, node: Node) -> Any:
        return self.nodes.word(node, "kind", KINDS)

    def _sale(self, node: Node) -> str | None:
        return self.nodes.matching(node, "sale", SCENARIO_ID, f"{_AN_ID}.", "RC204")

    def _date(self, node: Node) -> Any:
        if isinstance(node, Scalar) and node.text == "unknown":
            return None
        return self.nodes.day(node, "date", FACTS_DATE.earliest)

    def _story(self, node: Node) -> str | None:
        story = self.nodes.text(node, "story")
        if story is not None and not story.split():
            self.nodes.wrong(node, "story", "a few sentences; leave the key out if there are none.")
        return story

    def _sources(self, node: Node) -> tuple[Source, ...]:
        nodes = self.nodes.items(node, "sources", "[{title: Author and title, date: 2020-09-21}]")
        return tuple(source for item in nodes or () if (source := self._source(item)))

    def _source(self, node: Node) -> Source | None:
        if isinstance(node, Scalar):
            title = self.nodes.text(node, "a source")
            return Source(title=title) if title else None
        fields = self.nodes.fields(node, "a source", SOURCE_KEYS, "{title: Author and title}", "title")
        values = self._texts(fields, ("title", "publisher"), "sources")
        if "date" in fields:
            values["date"] = self._rough_date(fields["date"], "sources.date")
        if url := fields.get("url"):
            expected = "an address that starts with https:// or http://, or none where none is known."
            values["url"] = self.nodes.matching(url, "sources.url", WEB_ADDRESS, expected, "RC204")
        return Source(**{"title": "", **values})

    def _texts(self, fields: dict[str, Node], keys: Iterable[str], label: str) -> dict[str, Any]:
        return {key: self.nodes.text(fields[key], f"{label}.{key}") for key in keys if key in fields}

    def _rough_date(self, node: Node, label: str) -> str | None:
        expected = "a day, month or year, such as 2020-09-21, 2020-09 or 2020."
        return self.nodes.matching(node, label, ROUGH_DATE, expected, "RC206")

    def _for(self, node: Node) -> str | None:
        expected = "the id of a case, such as morpho-shanghai-2015."
        return self.nodes.matching(node, "for", SCENARIO_ID, expected, "RC204")

    def _needs(self, node: Node) -> dict[str, str]:
        plugins: dict[str, str] = {}
        for key, value in self.nodes.entries(node, "needs", "{us: regcompare-world}"):
            if name := self.nodes.text(value, f"needs.{key.text}"):
                plugins[key.text] = name
        return plugins

    def _presume(self, node: Node) -> tuple[str, ...]:
        nodes = node.items if isinstance(node, ListNode) else [node]
        expected = one_of((*LAYERS, f"[{', '.join(LAYERS)}]"))
        words = (self.nodes.word(item, "presume", LAYERS, expected) for item in nodes)
        return tuple(word for word in words if word)

    def _presumed(self, node: Node) -> tuple[Any, ...]:
        presumed: list[Any] = []
        unread: dict[str, Any] = {}
        sections = self.context.sections
        for key, value in self.nodes.entries(node, "presumed", "{item: {form: goods}}"):
            if key.text in sections:
                presumed.append(self.answers.section(key.text, value, "presumed.", self.presumed_places))
            elif not self._keep_unread(key, value, unread):
                self._unknown_key(key, tuple(sections))
        if unread:
            self.unread["presumed"] = unread
        return tuple(presumed)

    def _discretion(self, node: Node) -> dict[str, bool]:
        discretion = {}
        for key, value in self.nodes.entries(node, "discretion", "{art-7-1: no}"):
            used = self.nodes.yes_no(value, f"discretion.{key.text}")
            if isinstance(used, bool):
                discretion[key.text] = used
            if self.context.discretions is not None and key.text not in self.context.discretions:
                powers = tuple(self.context.discretions)
                found = f"There is no power {quoted(key.text)}."
                no_powers = "the id of a power; none of the loaded rulesets has any."
                expected = one_of(powers) if powers else no_powers
                self.problems.add(key, "RC211", found, expected, nearest(key.text, powers))
        return discretion

    def _record(self, node: Node) -> Record:
        fields = self.nodes.fields(node, "record", RECORD_KEYS, "{decision: refused, note: Why}")
        values = self._texts(fields, ("note",), "record")
        if "decision" in fields:
            values["decision"] = self.nodes.word(fields["decision"], "record.decision", DECISIONS)
        if "date" in fields:
            values["date"] = self._rough_date(fields["date"], "record.date")
        return Record(**values)

    def _disputed(self, node: Node) -> tuple[Disputed, ...]:
        items = self.nodes.items(node, "disputed", "[{fact: item.covert, note: Who says what}]")
        return tuple(entry for item in items or () if (entry := self._dispute(item)))

    def _dispute(self, node: Node) -> Disputed | None:
        example = "{fact: item.covert, note: Who says what}"
        fields = self.nodes.fields(node, "a dispute", DISPUTED_KEYS, example, "fact")
        if fields and "note" not in fields:
            expected = "a note that says who disputes it, and how."
            self.problems.add(node, "RC205", "A dispute has no note.", expected)
        values = self._texts(fields, DISPUTED_KEYS, "disputed")
        if values.get("fact") is not None:
            self._check_fact(fields["fact"], values["fact"])
        return Disputed(fact=values.get("fact") or "", note=values.get("note") or "")

    def _check_fact(self, node: Node, key: str) -> None:
        section = key.partition(".")[0]
        if key in self.context.facts or section in self.needs:
            return
        if section in self.context.absent:
            found = f"The fact {quoted(key)} belongs to a plugin that is not loaded."
            self.problems.add(node, "RC214", found, self.context.absent[section])
        else:
            found, suggestion = f"There is no fact {quoted(key)}.", nearest(key, self.context.facts)
            self.problems.add(node, "RC202", found, "a fact such as item.covert.", suggestion)

    def _expect(self, node: Node) -> Any:
        return ExpectationReader(self.nodes, self.context.rulesets).read(node)
