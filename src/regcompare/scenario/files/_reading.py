"""Reads scenarios from a tree of nodes; facts are read by their own declarations."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Any

from regcompare.errors import nearest
from regcompare.scenario.scenario import (
    CORE_SECTIONS,
    KINDS,
    Annotation,
    Disputed,
    Record,
    Scenario,
    Source,
    contradictions,
)
from regcompare.vocabulary import FACTS_DATE, LAYERS
from regcompare.vocabulary.words import LICENCE_STATUSES

from ._answers import AnswerReader, ReadingContext
from ._expectations import ExpectationReader
from ._likeness import LIKE_KEYS, LikeResolver, OutsideCases, cases_of
from ._nodes import Findings, ListNode, MapNode, Node, Scalar, plain, quoted
from ._schemes import in_schemes, read_as
from ._shapes import one_of

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
    root: Node | None, findings: Findings, known: ReadingContext, elsewhere: OutsideCases
) -> tuple[Scenario | Annotation, ...]:
    """Returns the scenarios and annotations of a file; incomplete ones where mistakes were found.

    Raises:
        FileError: There is no scenario, or there are too many, or too many mistakes.
    """
    nodes = root.items if isinstance(root, ListNode) else [root]
    if root is None or (isinstance(root, Scalar) and root.empty) or not nodes:
        at = root or Scalar(1, 1, "")
        expected = "a mapping with an id and what is known, or a list of such mappings."
        findings.fail(at, "RC110", "The file contains no scenarios.", expected)
    if len(nodes) > MAX_SCENARIOS:
        found = f"The file contains more than {MAX_SCENARIOS} scenarios."
        findings.fail(root, "RC102", found, "a smaller file; split it into several.")
    first: dict[str, Scalar] = {}
    answers = AnswerReader(findings, known)
    sections = (*known.sections, *known.absent)
    likeness = LikeResolver(answers.shapes, sections, known.schemes, cases_of(root), elsewhere)
    return tuple(_entry_of(answers, node, first, likeness) for node in nodes if node is not None)


def _entry_of(
    answers: AnswerReader, node: Node, first: dict[str, Scalar], likeness: LikeResolver
) -> Scenario | Annotation:
    """An annotation, where the mapping says what it is for, else a scenario."""
    if isinstance(node, MapNode) and "for" in node.entries:
        added = in_schemes(node, answers.known.schemes, answers.findings)
        return _ScenarioReader(answers, added).annotation()
    return _ScenarioReader(answers, likeness.completed(node)).read(first)


class _ScenarioReader:
    """Reads one scenario, or an annotation of one."""

    def __init__(self, answers: AnswerReader, node: Node) -> None:
        self.answers = answers
        self.known = answers.known
        self.shapes = answers.shapes
        self.findings = answers.findings
        self.node = node
        self.places: dict[str, Node] = {}
        self.presumed_places: dict[str, Node] = {}
        self.needs = self._needed(node)
        self.unread: dict[str, Any] = {}

    def read(self, first: dict[str, Scalar]) -> Scenario:
        """Returns the scenario; notes the place of its id in ``first``."""
        own = (*KEYS_BEFORE, *KEYS_AFTER)
        keys = (*KEYS_BEFORE, *LIKE_KEYS, *self.known.sections, *KEYS_AFTER)
        given, sections = self._entries("a scenario", "{id: a-case, date: 2015-06-30}", own, keys)
        if isinstance(self.node, MapNode):
            self.places |= {f"scenario.{name}": self.node.entries[name][1] for name in given}
            if not {"id", "Id", "ID"} & set(self.node.entries):
                self.findings.add(self.node, "RC205", "The scenario has no id.", "id: a-short-name.")
        self._check_id(given.get("id"), first)
        core = {name: sections.pop(name) for name in CORE_SECTIONS if name in sections}
        stated = {key: value for key, value in given.items() if value is not None}
        scenario = Scenario(**{"id": "", **stated, **core}, more=sections.values(), **self._kept())
        self._check_constraints(scenario)
        return scenario

    def annotation(self) -> Annotation:
        """Returns the annotation; a blank one where it is not known what it is for."""
        keys = (*ANNOTATION_KEYS, *self.known.sections)
        example = "{for: a-case, owner: Who}"
        given, sections = self._entries("an annotation", example, ANNOTATION_KEYS, keys)
        for name, what in (("for", "the id of a case"), ("owner", "who adds these facts"),
                           ("sources", "where they come from")):  # fmt: skip
            if not given.get(name):
                self._lacks(name, what)
        stated = {key: value for key, value in given.items() if value}
        case = stated.pop("for", "")
        return Annotation(
            case=case,
            **{"owner": "", "sources": (), **stated},
            sections=sections.values(),
            **self._kept(),
        )

    def _entries(
        self, what: str, example: str, own: Container[str], known: tuple[str, ...]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """What its own keys hold, and its sections of facts."""
        given: dict[str, Any] = {}
        sections: dict[str, Any] = {}
        for key, value in self.shapes.entries(self.node, what, example):
            name = key.text
            if name in self.known.sections:
                sections[name] = self.answers.section(name, value, "", self.places)
            elif name in _TEXTS and name in own:
                given[name] = self.shapes.text(value, name)
            elif name in own:
                given[name] = getattr(self, f"_{name}")(value)
            elif not self._is_kept(key, value, self.unread):
                self._unknown_key(key, known)
        return given, sections

    def _kept(self) -> dict[str, Any]:
        """What was not read, where all stands, and the codes that are read as others."""
        presumed = {f"presumed.{key}": node for key, node in self.presumed_places.items()}
        places = {"": self.node, **self.places, **presumed}
        common = self.known.schemes
        coded = (node for key, node in places.items() if key.removeprefix("presumed.") in common)
        return {
            "unread": self.unread,
            "places": {key: f"{self.findings.file}:{at.line}:{at.column}" for key, at in places.items()},
            "read_as": dict(read_as(coded)),
        }

    def _lacks(self, name: str, what: str) -> None:
        if isinstance(self.node, MapNode) and name not in self.node.entries:
            found = f"The annotation does not say {what}."
            self.findings.add(self.node, "RC205", found, f"the key {name}, with {what}.")

    def _needed(self, node: Node) -> dict[str, str]:
        """The plugins that sections need, as far as that is well formed; read before all else."""
        at = node.entries.get("needs") if isinstance(node, MapNode) else None
        entries = at[1].entries if at and isinstance(at[1], MapNode) else {}
        return {
            name: value.text
            for name, (_, value) in entries.items()
            if isinstance(value, Scalar) and not value.empty
        }

    def _is_kept(self, key: Scalar, value: Node, kept: dict[str, Any]) -> bool:
        """Whether a block is of a section whose plugin is named and not loaded; it is then kept."""
        if key.text not in self.needs or key.text in self.known.sections:
            return False
        kept[key.text] = plain(value)
        return True

    def _unknown_key(self, key: Scalar, known: tuple[str, ...]) -> None:
        name = key.text
        facts = [name] if name in self.known.facts else self.known.called(name)
        if name in self.known.absent:
            found = f"The section {name!r} belongs to a plugin that is not loaded."
            self.findings.add(key, "RC214", found, self.known.absent[name])
        elif facts:
            found = f"The fact {quoted(name)} is outside its section."
            expected = f"{one_of(facts)[:-1]}, below the name of its section."
            self.findings.add(key, "RC201", found, expected, facts[0] if len(facts) == 1 else None)
        else:
            near = nearest(name, (*known, *self.known.absent))
            self.findings.add(key, "RC201", f"There is no key {quoted(name)} here.", one_of(known), near)

    def _check_id(self, id: str | None, first: dict[str, Scalar]) -> None:
        if not id or not isinstance(self.node, MapNode):
            return
        at = self.node.entries["id"][1]
        if id in first:
            found = f"The id {quoted(id)} appears twice, first in line {first[id].line}."
            self.findings.add(at, "RC212", found, "a different id for each scenario.")
        first.setdefault(id, Scalar(at.line, at.column, id))

    def _check_constraints(self, scenario: Scenario) -> None:
        for constraint, facts in contradictions(
            scenario, self.known.vocabulary.breakable, directly=True
        ):
            places = [self.places[key] for key in facts if key in self.places]
            at = max(places, key=lambda place: (place.line, place.column), default=self.node)
            *others, last = map(self._with_place, facts)
            several = f"{', '.join(others)} and {last} contradict each other."
            found = several if others else f"{last} contradicts itself."
            cure = f"{constraint.sentence} Change one of these answers, or leave it out."
            self.findings.add(at, "RC301", found, f"what agrees: {self._attributed(facts)}{cure}")

    def _with_place(self, key: str) -> str:
        """A fact with its answer, as far as it is one word, and the place where that is."""
        name, node = "date" if key == FACTS_DATE.key else key, self.places.get(key)
        if node is None:
            return name
        answer = f": {node.text}" if isinstance(node, Scalar) else ""
        return f"{name}{answer} (line {node.line}, column {node.column})"

    def _attributed(self, facts: Iterable[str]) -> str:
        """Which plugin says so, where a constraint asks about the facts of one."""
        sections = (key.partition(".")[0] for key in facts)
        owner = next((self.known.owners[name] for name in sections if name in self.known.owners), None)
        return f"(the plugin {owner}) " if owner else ""

    # keys of a scenario, each with a method of its name ----------------------------------------

    def _id(self, node: Node) -> str | None:
        text = node.text if isinstance(node, Scalar) else ""
        if SCENARIO_ID.fullmatch(text) and len(text) <= LONGEST_ID:
            return text
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID].strip("-")
        self.shapes.wrong(node, "id", f"{_AN_ID}-2015.", slug or None)
        return None

    def _kind(self, node: Node) -> Any:
        return self.shapes.word(node, "kind", KINDS)

    def _sale(self, node: Node) -> str | None:
        return self.shapes.matching(node, "sale", SCENARIO_ID, f"{_AN_ID}.", "RC204")

    def _date(self, node: Node) -> Any:
        if isinstance(node, Scalar) and node.text == "unknown":
            return None
        return self.shapes.day(node, "date", FACTS_DATE.earliest)

    def _story(self, node: Node) -> str | None:
        story = self.shapes.text(node, "story")
        if story is not None and not story.split():
            self.shapes.wrong(node, "story", "a few sentences; leave the key out if there are none.")
        return story

    def _sources(self, node: Node) -> tuple[Source, ...]:
        items = self.shapes.items(node, "sources", "[{title: Author and title, date: 2020-09-21}]")
        return tuple(source for item in items or () if (source := self._source(item)))

    def _source(self, node: Node) -> Source | None:
        if isinstance(node, Scalar):
            title = self.shapes.text(node, "a source")
            return Source(title=title) if title else None
        fields = self.shapes.fields(node, "a source", SOURCE_KEYS, "{title: Author and title}", "title")
        given = self._texts(fields, ("title", "publisher"), "sources")
        if "date" in fields:
            given["date"] = self._rough_date(fields["date"], "sources.date")
        if url := fields.get("url"):
            cure = "an address that starts with https:// or http://, or none where none is known."
            given["url"] = self.shapes.matching(url, "sources.url", WEB_ADDRESS, cure, "RC204")
        return Source(**{"title": "", **given})

    def _texts(self, fields: dict[str, Node], keys: Iterable[str], what: str) -> dict[str, Any]:
        return {key: self.shapes.text(fields[key], f"{what}.{key}") for key in keys if key in fields}

    def _rough_date(self, node: Node, what: str) -> str | None:
        expected = "a day, month or year, such as 2020-09-21, 2020-09 or 2020."
        return self.shapes.matching(node, what, ROUGH_DATE, expected, "RC206")

    def _for(self, node: Node) -> str | None:
        expected = "the id of a case, such as morpho-shanghai-2015."
        return self.shapes.matching(node, "for", SCENARIO_ID, expected, "RC204")

    def _needs(self, node: Node) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in self.shapes.entries(node, "needs", "{us: regcompare-world}"):
            if name := self.shapes.text(value, f"needs.{key.text}"):
                found[key.text] = name
        return found

    def _presume(self, node: Node) -> tuple[str, ...]:
        nodes = node.items if isinstance(node, ListNode) else [node]
        expected = one_of((*LAYERS, f"[{', '.join(LAYERS)}]"))
        words = (self.shapes.word(item, "presume", LAYERS, expected) for item in nodes)
        return tuple(word for word in words if word)

    def _presumed(self, node: Node) -> tuple[Any, ...]:
        found: list[Any] = []
        kept: dict[str, Any] = {}
        sections = self.known.sections
        for key, value in self.shapes.entries(node, "presumed", "{item: {form: goods}}"):
            if key.text in sections:
                found.append(self.answers.section(key.text, value, "presumed.", self.presumed_places))
            elif not self._is_kept(key, value, kept):
                self._unknown_key(key, tuple(sections))
        if kept:
            self.unread["presumed"] = kept
        return tuple(found)

    def _discretion(self, node: Node) -> dict[str, bool]:
        found = {}
        for key, value in self.shapes.entries(node, "discretion", "{art-7-1: no}"):
            used = self.shapes.yes_no(value, f"discretion.{key.text}")
            if isinstance(used, bool):
                found[key.text] = used
            if self.known.discretions is not None and key.text not in self.known.discretions:
                known = tuple(self.known.discretions)
                text = f"There is no power {quoted(key.text)}."
                none = "the id of a power; none of the loaded rulesets has any."
                cure = one_of(known) if known else none
                self.findings.add(key, "RC211", text, cure, nearest(key.text, known))
        return found

    def _record(self, node: Node) -> Record:
        fields = self.shapes.fields(node, "record", RECORD_KEYS, "{decision: refused, note: Why}")
        given = self._texts(fields, ("note",), "record")
        if "decision" in fields:
            given["decision"] = self.shapes.word(fields["decision"], "record.decision", DECISIONS)
        if "date" in fields:
            given["date"] = self._rough_date(fields["date"], "record.date")
        return Record(**given)

    def _disputed(self, node: Node) -> tuple[Disputed, ...]:
        items = self.shapes.items(node, "disputed", "[{fact: item.covert, note: Who says what}]")
        return tuple(entry for item in items or () if (entry := self._dispute(item)))

    def _dispute(self, node: Node) -> Disputed | None:
        example = "{fact: item.covert, note: Who says what}"
        fields = self.shapes.fields(node, "a dispute", DISPUTED_KEYS, example, "fact")
        if fields and "note" not in fields:
            cure = "a note that says who disputes it, and how."
            self.findings.add(node, "RC205", "A dispute has no note.", cure)
        given = self._texts(fields, DISPUTED_KEYS, "disputed")
        if given.get("fact") is not None:
            self._check_fact(fields["fact"], given["fact"])
        return Disputed(fact=given.get("fact") or "", note=given.get("note") or "")

    def _check_fact(self, node: Node, key: str) -> None:
        section = key.partition(".")[0]
        if key in self.known.facts or section in self.needs:
            return
        if section in self.known.absent:
            found = f"The fact {quoted(key)} belongs to a plugin that is not loaded."
            self.findings.add(node, "RC214", found, self.known.absent[section])
        else:
            found, near = f"There is no fact {quoted(key)}.", nearest(key, self.known.facts)
            self.findings.add(node, "RC202", found, "a fact such as item.covert.", near)

    def _expect(self, node: Node) -> Any:
        return ExpectationReader(self.shapes, self.known.rulesets).read(node)
