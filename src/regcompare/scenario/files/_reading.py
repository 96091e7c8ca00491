"""Reads scenarios from a tree of nodes; facts are read by their own declarations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, fields_of
from regcompare.scenario.established import contradictions
from regcompare.scenario.provenance import Source
from regcompare.scenario.scenario import CORE_SECTIONS, Annotation, Scenario
from regcompare.vocabulary import CORE, FACTS_DATE, Vocabulary
from regcompare.vocabulary.concordance import EQUIVALENT_CODES, UNMATCHED_CODES, schemes_of

from ._keys import ANNOTATION, LIKE, OTHER_STATEMENTS, SCENARIO
from ._likeness import (
    HALVES,
    LikeResolver,
    OutsideCases,
    Schemes,
    cases_of,
    codes_read_as,
    separate_schemes,
)
from ._tree import ListNode, MapNode, Node, Problems, Reported, Scalar, plain, quoted
from ._values import Key, NodeReader, by_name, described, one_of, repaired_day

_WORDS = ("none", "unknown")


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
    schemes: Schemes = attrs.field(init=False)

    @schemes.default
    def _schemes(self) -> Schemes:
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


class AnswerReader:
    """Reads sections of facts."""

    def __init__(self, problems: Problems, context: ReadingContext) -> None:
        self.problems = problems
        self.nodes = NodeReader(problems)
        self.context = context

    def section(self, name: str, node: Node, prefix: str, places: dict[str, Node]) -> Any:
        """Returns a section, unknown where it cannot be read; ``places`` receives its answer nodes."""
        cls = self.context.sections[name]
        facts = fields_of(cls)
        answers: dict[str, Any] = {}
        for key, value in self.nodes.entries(node, prefix + name, "{kind: export}"):
            fact = facts.get(key.text)
            if fact is None:
                self._unknown_fact(key, name, facts)
            else:
                places[fact.key] = value
                known = self.context.facts.get(fact.key, fact)
                answers[key.text] = self._answer(known, value, prefix + fact.key)
        return cls(**answers)

    def _unknown_fact(self, key: Scalar, section: str, facts: Mapping[str, Fact]) -> None:
        found = f"There is no fact {quoted(f'{section}.{key.text}')}."
        suggestion = nearest(key.text, facts)
        keys = self.context.keys_of_field(key.text)
        if not suggestion and not keys:
            fields = dict.fromkeys(fact.field for fact in self.context.facts.values())
            keys = self.context.keys_of_field(nearest(key.text, fields))
        if not keys:
            self.problems.add(key, "RC202", found, one_of(facts), suggestion)
            return
        expected = f"{one_of(keys)[:-1]}, below the name of its section."
        suggestion = keys[0] if len(keys) == 1 else None
        self.problems.add(key, "RC202", found, expected, suggestion)

    def _answer(self, fact: Fact, node: Node, name: str) -> Any:
        if isinstance(node, Reported):
            return UNKNOWN
        if isinstance(node, Scalar) and node.empty:
            expected = "an answer; write unknown, or leave the key out."
            self.problems.add(node, "RC204", f"Nothing is given for {name}.", expected)
            return UNKNOWN
        if fact.kind in ("set", "codes"):
            return self._set(fact, node, name)
        if not fact.is_asked:
            return self._names(fact, node, name)
        if fact.kind in ("choice", "country") and isinstance(node, MapNode) and "one_of" in node.entries:
            return self._one_of(fact, node, name)
        if not isinstance(node, Scalar):
            self._not_single(fact, node, name)
            return UNKNOWN
        try:
            return fact.convert(node.text)
        except AnswerError as error:
            self._wrong(error, fact, node, name)
            return UNKNOWN

    def _names(self, fact: Fact, node: Node, name: str) -> Any:
        try:
            return fact.convert(plain(node))
        except AnswerError as error:
            self.nodes.wrong(node, name, error.expected)
            return UNKNOWN

    def _one_of(self, fact: Fact, node: MapNode, name: str) -> Any:
        """Reads an answer that is only known to be one of several."""
        problem_count = len(self.problems)
        members: dict[str, Scalar] = {}
        example = "{one_of: [ET, LB]}" if fact.kind == "country" else fact.expected()
        list_node = self.nodes.fields(node, name, ("one_of",), example).get("one_of")
        items = (self.nodes.items(list_node, f"{name}.one_of", "[...]") or []) if list_node else []
        words = [self._member(fact, item, name, members) for item in items]
        if len(self.problems) > problem_count:
            return UNKNOWN
        if not words:
            self.problems.add(node, "RC204", f"Nothing is named for {name}.one_of.", fact.expected())
            return UNKNOWN
        return fact.convert({"one_of": words})

    def _not_single(self, fact: Fact, node: Node, name: str) -> None:
        item = node.items[0] if isinstance(node, ListNode) and len(node.items) == 1 else None
        suggestion = item.text if isinstance(item, Scalar) else None
        found = f"{described(node)} is given for {name}, which takes one answer."
        self.problems.add(node, "RC204", found, fact.expected(), suggestion)

    def _wrong(self, error: AnswerError, fact: Fact, node: Scalar, name: str) -> None:
        found = f"{quoted(node.written or node.text)} is not an answer to {name}."
        expected = fact.expected()
        if node.written and fact.scheme_of is not None:
            expected = f"{one_of(fact.labels())[:-1]}; an entry that the lists share has no prefix."
        if error.code == "RC216":
            found, expected = error.found, error.expected
        suggestion = repaired_day(node.text) if error.code == "RC206" else error.suggestion
        code = error.code
        prefix, colon, _ = node.text.partition(":")
        if colon and fact.key in self.context.schemes:
            code, expected, suggestion = self._prefixed(prefix, fact, node)
        self.problems.add(node, code, found, expected, suggestion)

    def _prefixed(self, prefix: str, fact: Fact, node: Scalar) -> tuple[str, str, str | None]:
        """The problem code, expected text and suggestion for a code under an unknown prefix."""
        loading = self.context.loading(prefix, self.context.schemes[fact.key])
        if loading or node.text in UNMATCHED_CODES:
            plugin = f"a plugin with the section {prefix} to be loaded, or the code left out."
            return "RC214", loading or plugin, None
        prefixes = (f"{name}:" for name in self.context.schemes[fact.key])
        shared = (f"{code.partition(':')[0]}:" for code in EQUIVALENT_CODES)
        known = one_of(sorted({*prefixes, *shared}))
        expected = f"a code without a prefix, or a known one under {known}"
        return "RC208", expected, nearest(node.text, EQUIVALENT_CODES)

    # sets --------------------------------------------------------------------------------------

    def _set(self, fact: Fact, node: Node, name: str) -> Any:
        if isinstance(node, Scalar):
            return self._whole_set(fact, node, name)
        problem_count = len(self.problems)
        first_mentions: dict[str, Scalar] = {}
        members: dict[str, list[str]] = {}
        for half, items in self._halves(fact, node, name):
            half_members = [self._member(fact, item, name, first_mentions) for item in items]
            members[half] = [member for member in half_members if member is not None]
        if len(self.problems) > problem_count:
            return UNKNOWN
        return MemberSet(**members)

    def _halves(self, fact: Fact, node: Node, name: str) -> list[tuple[str, list[Node]]]:
        if isinstance(node, ListNode):
            return [("known", node.items)]
        if isinstance(node, MapNode) and not node.entries:
            found = f"An empty mapping is given for {name}."
            self.problems.add(node, "RC204", found, fact.expected())
        halves = self.nodes.fields(node, name, HALVES, "{known: [...], open: [...]}")
        example = "[...], also for a single member"
        return [
            (half, self.nodes.items(half_node, f"{name}.{half}", example) or [])
            for half, half_node in halves.items()
        ]

    def _whole_set(self, fact: Fact, node: Scalar, name: str) -> Any:
        if node.text in _WORDS:
            return fact.convert(node.text)
        member: str | None = node.text
        try:
            fact.read(node.text)
        except AnswerError as error:
            member = error.suggestion
        suggestion = nearest(node.text, _WORDS) or (f"[{member}]" if member else None)
        found = f"{quoted(node.text)} is given for {name}, which takes a list."
        self.problems.add(node, "RC204", found, fact.expected(), suggestion)
        return UNKNOWN

    def _member(
        self, fact: Fact, node: Node, name: str, first_mentions: dict[str, Scalar]
    ) -> str | None:
        if not isinstance(node, Scalar) or node.empty:
            self.nodes.wrong(node, f"a member of {name}", fact.expected())
            return None
        if node.text in _WORDS and node.text not in fact.labels():
            found = f"{quoted(node.written or node.text)} is given as a member of {name}."
            only_code = f"{node.written} and no other code of that list."
            expected = only_code if node.written else f"{name}: {node.text}, without a list."
            self.problems.add(node, "RC204", found, expected, node.written or node.text)
            return None
        try:
            member: str = fact.read(node.text)
        except AnswerError as error:
            self._wrong(error, fact, node, name)
            return None
        first = first_mentions.setdefault(member, node)
        if first is not node:
            found = f"{quoted(member)} is named twice for {name}, first in line {first.line}."
            self.problems.add(node, "RC209", found, "each member once, known or open.")
        return member


# entries ------------------------------------------------------------------------------------------


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
    def __init__(self, answers: AnswerReader, node: Node) -> None:
        self.answers = answers
        self.context = answers.context
        self.rulesets = answers.context.rulesets
        self.discretions = answers.context.discretions
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
        loading = None if facts else self.context.loading(name, known_keys)
        if loading:
            found = f"The section {name!r} belongs to a plugin that is not loaded."
            self.problems.add(key, "RC214", found, loading)
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

    def check_fact(self, node: Node, key: str, *, or_section: bool = False) -> None:
        """Reports what is not a fact, a name or another statement, nor a section where one may stand."""
        section = key.partition(".")[0]
        vocabulary = self.context.vocabulary
        if key in {*vocabulary.by_key, *vocabulary.names, *OTHER_STATEMENTS} or section in self.needs:
            return
        if or_section and key in vocabulary.by_name:
            return
        if loading := self.context.loading(section, self.context.sections):
            found = f"The fact {quoted(key)} belongs to a plugin that is not loaded."
            self.problems.add(node, "RC214", found, loading)
        else:
            found, suggestion = f"There is no fact {quoted(key)}.", nearest(key, self.context.facts)
            self.problems.add(node, "RC202", found, "a fact such as item.covert.", suggestion)
