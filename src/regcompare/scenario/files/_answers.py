"""Reads sections of facts; the declaration of each fact says what an answer is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, fields_of
from regcompare.vocabulary import CORE, Vocabulary
from regcompare.vocabulary.concordance import EQUIVALENT_CODES, UNMATCHED_CODES, schemes_of

from ._node_reader import NodeReader, described, one_of, repaired_day
from ._nodes import ListNode, MapNode, Node, Problems, Reported, Scalar, plain, quoted
from ._schemes import HALVES, Schemes

_WORDS = ("none", "unknown")


@attrs.frozen(eq=False)
class ReadingContext:
    """The vocabulary and the ids against which a file is checked.

    Attributes:
        vocabulary: The facts that a file may state.
        rulesets: Ids of rulesets; None leaves ids unchecked.
        discretions: Ids of powers, read only if a file names one; None leaves ids unchecked.
        absent: Sections of plugins that are not loaded, each with a sentence on how to load it.
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
        loading = f"a plugin with the section {prefix} to be loaded, or the code left out."
        if prefix in self.context.absent or node.text in UNMATCHED_CODES:
            return "RC214", self.context.absent.get(prefix, loading), None
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
