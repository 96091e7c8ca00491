"""Reads scenarios from a tree of nodes; facts are read by their own declarations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from regcompare.errors import nearest
from regcompare.scenario.established import contradictions
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import CORE_SECTIONS, Annotation, Scenario
from regcompare.vocabulary import FACTS_DATE, LAYERS

from ._answers import AnswerReader, ReadingContext
from ._expectations import ExpectationReader
from ._keys import (
    AN_ID,
    ANNOTATION,
    LIKE,
    LONGEST_ID,
    OTHER_STATEMENTS,
    SCENARIO,
    SCENARIO_ID,
    Key,
    by_name,
)
from ._likeness import LikeResolver, OutsideCases, cases_of
from ._node_reader import one_of
from ._nodes import ListNode, MapNode, Node, Problems, Scalar, plain, quoted
from ._schemes import codes_read_as, separate_schemes

MAX_SCENARIOS = 1000


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
        self._source_references: list[tuple[Node, str]] = []

    def read(self, first_ids: dict[str, Scalar]) -> Scenario:
        """Returns the scenario; records its id in ``first_ids``."""
        values, sections = self._entries("a scenario", "{id: a-case, date: 2015-06-30}", SCENARIO, LIKE)
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
        values, sections = self._entries("an annotation", "{for: a-case, owner: Who}", ANNOTATION)
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
        self, label: str, example: str, keys: Iterable[Key], resolved: Iterable[Key] = ()
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The values of its own keys, and its sections of facts."""
        own_keys = by_name(keys)
        values: dict[str, Any] = {}
        sections: dict[str, Any] = {}
        for key, value in self.nodes.entries(self.node, label, example):
            name = key.text
            if name in self.context.sections:
                sections[name] = self.answers.section(name, value, "", self.places)
            elif name in own_keys:
                values[name] = own_keys[name].value.read(value, name, self)
            elif not self._keep_unread(key, value, self.unread):
                self._unknown_key(key, (*own_keys, *by_name(resolved), *self.context.sections))
        self._check_source_ids(values.get("sources") or ())
        return values, sections

    def _check_source_ids(self, sources: Iterable[Source]) -> None:
        ids = [source.id for source in sources if source.id]
        for name in {name for name in ids if ids.count(name) > 1}:
            found = f"Two sources have the id {quoted(name)}."
            self.problems.add(self.node, "RC212", found, "a different id for each source.")
        for node, name in self._source_references:
            if name not in ids:
                found, suggestion = f"There is no source {quoted(name)}.", nearest(name, ids)
                self.problems.add(node, "RC225", found, "the id of a source of the case.", suggestion)

    def refer_to_source(self, node: Node, name: str) -> None:
        """Notes a reference to a source, which is checked once all sources are read."""
        self._source_references.append((node, name))

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

    # keys that are read by a method of their own ------------------------------------------------

    def read_id(self, node: Node) -> str | None:
        """Reads the id."""
        text = node.text if isinstance(node, Scalar) else ""
        if SCENARIO_ID.fullmatch(text) and len(text) <= LONGEST_ID:
            return text
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:LONGEST_ID].strip("-")
        self.nodes.wrong(node, "id", f"{AN_ID}-2015.", slug or None)
        return None

    def read_date(self, node: Node) -> Any:
        """Reads the day of the facts; None where it is unknown."""
        if isinstance(node, Scalar) and node.text == "unknown":
            return None
        return self.nodes.day(node, "date", FACTS_DATE.earliest)

    def read_story(self, node: Node) -> str | None:
        """Reads the story, which is not blank."""
        story = self.nodes.text(node, "story")
        if story is not None and not story.split():
            self.nodes.wrong(node, "story", "a few sentences; leave the key out if there are none.")
        return story

    def read_needs(self, node: Node) -> dict[str, str]:
        """Reads the plugins that sections need."""
        plugins: dict[str, str] = {}
        for key, value in self.nodes.entries(node, "needs", "{us: regcompare-world}"):
            if name := self.nodes.text(value, f"needs.{key.text}"):
                plugins[key.text] = name
        return plugins

    def read_presume(self, node: Node) -> tuple[str, ...]:
        """Reads one layer of presumptions, or several."""
        nodes = node.items if isinstance(node, ListNode) else [node]
        expected = one_of((*LAYERS, f"[{', '.join(LAYERS)}]"))
        words = (self.nodes.word(item, "presume", LAYERS, expected) for item in nodes)
        return tuple(word for word in words if word)

    def read_presumed(self, node: Node) -> tuple[Any, ...]:
        """Reads the further answers that are presumed."""
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

    def read_discretion(self, node: Node) -> dict[str, bool]:
        """Reads which powers were used."""
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

    def check_fact(self, node: Node, key: str, *, or_section: bool = False) -> None:
        """Reports what is not a fact, a name or another statement, nor a section where one may stand."""
        section = key.partition(".")[0]
        vocabulary = self.context.vocabulary
        if key in {*vocabulary.by_key, *vocabulary.names, *OTHER_STATEMENTS} or section in self.needs:
            return
        if or_section and key in vocabulary.by_name:
            return
        if section in self.context.absent:
            found = f"The fact {quoted(key)} belongs to a plugin that is not loaded."
            self.problems.add(node, "RC214", found, self.context.absent[section])
        else:
            found, suggestion = f"There is no fact {quoted(key)}.", nearest(key, self.context.facts)
            self.problems.add(node, "RC202", found, "a fact such as item.covert.", suggestion)

    def read_expect(self, node: Node) -> Any:
        """Reads the results expected of rulesets."""
        return ExpectationReader(self.nodes, self.context.rulesets).read(node)
