"""Reads sections of facts; what an answer is, the fact's own declaration knows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, facts_of
from regcompare.vocabulary import CORE, Vocabulary
from regcompare.vocabulary.concordance import EQUIVALENT_CODES, UNMATCHED_CODES, schemes_of

from ._nodes import Findings, ListNode, MapNode, Node, Reported, Scalar, quoted
from ._schemes import HALVES, Schemes
from ._shapes import NodeReader, described, one_of, repaired_day

_WORDS = ("none", "unknown")


@attrs.frozen(eq=False)
class ReadingContext:
    """What is known while a file is read.

    Attributes:
        vocabulary: The facts that a file may state.
        rulesets: Ids of rulesets; None where they are not known.
        discretions: Ids of powers, looked at where a file speaks of one; None where they are not known.
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

    def called(self, field: str | None) -> list[str]:
        """Returns the keys of all facts with this field name."""
        return [key for key, fact in self.facts.items() if fact.field == field]


class AnswerReader:
    """Reads sections of facts."""

    def __init__(self, findings: Findings, known: ReadingContext) -> None:
        self.findings = findings
        self.shapes = NodeReader(findings)
        self.known = known

    def section(self, name: str, node: Node, within: str, places: dict[str, Node]) -> Any:
        """Returns a section, unknown where it cannot be read; ``places`` takes where answers are."""
        cls = self.known.sections[name]
        facts = facts_of(cls)
        answers: dict[str, Any] = {}
        for key, value in self.shapes.entries(node, within + name, "{kind: export}"):
            fact = facts.get(key.text)
            if fact is None:
                self._unknown_fact(key, name, facts)
            else:
                places[fact.key] = value
                answers[key.text] = self._answer(self.known.facts[fact.key], value, within + fact.key)
        return cls(**answers)

    def _unknown_fact(self, key: Scalar, section: str, facts: Mapping[str, Fact]) -> None:
        found = f"There is no fact {quoted(f'{section}.{key.text}')}."
        near = nearest(key.text, facts)
        elsewhere = self.known.called(key.text)
        if not near and not elsewhere:
            fields = dict.fromkeys(fact.field for fact in self.known.facts.values())
            elsewhere = self.known.called(nearest(key.text, fields))
        if not elsewhere:
            self.findings.add(key, "RC202", found, one_of(facts), near)
            return
        expected = f"{one_of(elsewhere)[:-1]}, below the name of its section."
        only = elsewhere[0] if len(elsewhere) == 1 else None
        self.findings.add(key, "RC202", found, expected, only)

    def _answer(self, fact: Fact, node: Node, name: str) -> Any:
        if isinstance(node, Reported):
            return UNKNOWN
        if isinstance(node, Scalar) and node.empty:
            cure = "an answer; write unknown, or leave the key out."
            self.findings.add(node, "RC204", f"Nothing is given for {name}.", cure)
            return UNKNOWN
        if fact.kind in ("set", "codes"):
            return self._set(fact, node, name)
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

    def _one_of(self, fact: Fact, node: MapNode, name: str) -> Any:
        """An answer of which only is known that it is one of several."""
        before = len(self.findings.problems)
        taken: dict[str, Scalar] = {}
        example = "{one_of: [ET, LB]}" if fact.kind == "country" else fact.expected()
        part = self.shapes.fields(node, name, ("one_of",), example).get("one_of")
        items = (self.shapes.items(part, f"{name}.one_of", "[...]") or []) if part else []
        words = [self._member(fact, item, name, taken) for item in items]
        if len(self.findings.problems) > before:
            return UNKNOWN
        if not words:
            self.findings.add(node, "RC204", f"Nothing is named for {name}.one_of.", fact.expected())
            return UNKNOWN
        return fact.convert({"one_of": words})

    def _not_single(self, fact: Fact, node: Node, name: str) -> None:
        only = node.items[0] if isinstance(node, ListNode) and len(node.items) == 1 else None
        suggestion = only.text if isinstance(only, Scalar) else None
        found = f"{described(node)} is given for {name}, which takes one answer."
        self.findings.add(node, "RC204", found, fact.expected(), suggestion)

    def _wrong(self, error: AnswerError, fact: Fact, node: Scalar, name: str) -> None:
        found = f"{quoted(node.written or node.text)} is not an answer to {name}."
        expected = fact.expected()
        if node.written and fact.scheme_of is not None:
            expected = f"{one_of(fact.labels())[:-1]}; an entry that the lists share has no prefix."
        if error.code == "RC216":
            found, expected = error.found, error.expected
        near = repaired_day(node.text) if error.code == "RC206" else error.suggestion
        code = error.code
        prefix, colon, _ = node.text.partition(":")
        if colon and fact.key in self.known.schemes:
            code, expected, near = self._prefixed(prefix, fact, node)
        self.findings.add(node, code, found, expected, near)

    def _prefixed(self, prefix: str, fact: Fact, node: Scalar) -> tuple[str, str, str | None]:
        """What was expected of a code under a prefix that nobody reads, with the code of the problem."""
        loading = f"a plugin with the section {prefix} to be loaded, or the code left out."
        if prefix in self.known.absent or node.text in UNMATCHED_CODES:
            return "RC214", self.known.absent.get(prefix, loading), None
        own = (f"{name}:" for name in self.known.schemes[fact.key])
        shared = (f"{code.partition(':')[0]}:" for code in EQUIVALENT_CODES)
        expected = f"a code without a prefix, or a known one under {one_of(sorted({*own, *shared}))}"
        return "RC208", expected, nearest(node.text, EQUIVALENT_CODES)

    # sets --------------------------------------------------------------------------------------

    def _set(self, fact: Fact, node: Node, name: str) -> Any:
        if isinstance(node, Scalar):
            return self._whole_set(fact, node, name)
        before = len(self.findings.problems)
        taken: dict[str, Scalar] = {}
        members: dict[str, list[str]] = {}
        for half, items in self._halves(fact, node, name):
            read = [self._member(fact, item, name, taken) for item in items]
            members[half] = [member for member in read if member is not None]
        if len(self.findings.problems) > before:
            return UNKNOWN
        return MemberSet(**members)

    def _halves(self, fact: Fact, node: Node, name: str) -> list[tuple[str, list[Node]]]:
        if isinstance(node, ListNode):
            return [("known", node.items)]
        if isinstance(node, MapNode) and not node.entries:
            found = f"An empty mapping is given for {name}."
            self.findings.add(node, "RC204", found, fact.expected())
        halves = self.shapes.fields(node, name, HALVES, "{known: [...], open: [...]}")
        one = "[...], also for a single member"
        return [
            (half, self.shapes.items(part, f"{name}.{half}", one) or []) for half, part in halves.items()
        ]

    def _whole_set(self, fact: Fact, node: Scalar, name: str) -> Any:
        if node.text in _WORDS:
            return fact.convert(node.text)
        near: str | None = node.text
        try:
            fact.read(node.text)
        except AnswerError as error:
            near = error.suggestion
        suggestion = nearest(node.text, _WORDS) or (f"[{near}]" if near else None)
        found = f"{quoted(node.text)} is given for {name}, which takes a list."
        self.findings.add(node, "RC204", found, fact.expected(), suggestion)
        return UNKNOWN

    def _member(self, fact: Fact, node: Node, name: str, taken: dict[str, Scalar]) -> str | None:
        if not isinstance(node, Scalar) or node.empty:
            self.shapes.wrong(node, f"a member of {name}", fact.expected())
            return None
        if node.text in _WORDS and node.text not in fact.labels():
            found = f"{quoted(node.written or node.text)} is given as a member of {name}."
            alone = f"{node.written} and no other code of that list."
            cure = alone if node.written else f"{name}: {node.text}, without a list."
            self.findings.add(node, "RC204", found, cure, node.written or node.text)
            return None
        try:
            member: str = fact.read(node.text)
        except AnswerError as error:
            self._wrong(error, fact, node, name)
            return None
        first = taken.setdefault(member, node)
        if first is not node:
            found = f"{quoted(member)} is named twice for {name}, first in line {first.line}."
            self.findings.add(node, "RC209", found, "each member once, known or open.")
        return member
