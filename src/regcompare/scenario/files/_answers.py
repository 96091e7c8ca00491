"""Reads sections of facts; each fact is read by its own declaration.

A list with codes of several numbering schemes states an answer for each: ``item: {annex_i_entry:
[5A002, us:none]}`` is the same as ``item: {annex_i_entry: [5A002]}`` with ``us: {entry: none}``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet, fields_of
from regcompare.vocabulary.concordance import EQUIVALENT_CODES, UNMATCHED_CODES, resolve_member

from ._tree import ListNode, MapNode, Node, Reported, Scalar, plain, quoted
from ._values import Reading, described, one_of, repaired_day

_WORDS = ("none", "unknown")
_HALVES = ("known", "open")


def read_section(name: str, node: Node, reading: Reading, prefix: str = "") -> None:
    """Reads the answers in a section; one that cannot be read is unknown."""
    context = reading.context
    facts = fields_of(context.sections[name])
    for key, value in reading.entries(node, prefix + name, "{kind: export}"):
        fact = facts.get(key.text)
        if fact is None:
            _report_unknown_fact(key, name, facts, reading)
            continue
        asked = _Asked(context.facts.get(fact.key, fact), value, prefix, reading)
        for answered, (place, answer) in asked.answers().items():
            path = prefix + answered
            if first := reading.nodes.get(path):
                found = f"{path} is answered twice, also in line {first.line}."
                expected = "one of the two: codes under a prefix, or the fact itself."
                reading.problems.add(place, "RC209", found, expected)
            reading.values[path], reading.nodes[path] = answer, place


def read_presumed(node: Node, label: str, reading: Reading) -> Mapping[str, Any]:
    """Reads the further answers that are presumed; the reading receives them one by one."""
    for key, value in reading.entries(node, label, "{item: {form: goods}}"):
        if key.text in reading.context.sections:
            read_section(key.text, value, reading, f"{label}.")
        else:
            read_other(key, value, reading, tuple(reading.context.sections), f"{label}.")
    return {}


def read_other(
    key: Scalar, value: Node, reading: Reading, known_keys: tuple[str, ...], prefix: str = ""
) -> None:
    """Keeps a block whose plugin is named and not loaded; reports any other unknown key."""
    name, context = key.text, reading.context
    if name in reading.needs or name in context.absent:
        content = plain(value)
        fields = content.items() if isinstance(content, dict) else [("", content)]
        reading.values |= {f"{prefix}{name}.{field}": answer for field, answer in fields}
    if name in reading.needs:
        return
    facts = [name] if name in context.facts else context.keys_of_field(name)
    loading = None if facts else context.loading(name, known_keys)
    if loading:
        found = f"The section {name!r} belongs to a plugin that is not loaded."
        reading.problems.add(key, "RC214", found, loading)
    elif facts:
        found = f"The fact {quoted(name)} is outside its section."
        expected = f"{one_of(facts)[:-1]}, below the name of its section."
        reading.problems.add(key, "RC201", found, expected, facts[0] if len(facts) == 1 else None)
    else:
        found, suggestion = f"There is no key {quoted(name)} here.", (*known_keys, *context.absent)
        reading.problems.add(key, "RC201", found, one_of(known_keys), nearest(name, suggestion))


def check_fact(node: Node, key: str, reading: Reading, others: Collection[str]) -> None:
    """Reports what is neither a fact, nor a name, nor one of these others."""
    section, context = key.partition(".")[0], reading.context
    vocabulary = context.vocabulary
    if key in {*vocabulary.by_key, *vocabulary.names, *others} or section in reading.needs:
        return
    if loading := context.loading(section, context.sections):
        found = f"The fact {quoted(key)} belongs to a plugin that is not loaded."
        reading.problems.add(node, "RC214", found, loading)
    else:
        found, suggestion = f"There is no fact {quoted(key)}.", nearest(key, context.facts)
        reading.problems.add(node, "RC202", found, "a fact such as item.covert.", suggestion)


def _report_unknown_fact(key: Scalar, section: str, facts: Mapping[str, Fact], reading: Reading) -> None:
    context, found = reading.context, f"There is no fact {quoted(f'{section}.{key.text}')}."
    suggestion, keys = nearest(key.text, facts), context.keys_of_field(key.text)
    if not suggestion and not keys:
        fields = dict.fromkeys(fact.field for fact in context.facts.values())
        keys = context.keys_of_field(nearest(key.text, fields))
    expected = one_of(facts)
    if keys:
        expected = f"{one_of(keys)[:-1]}, below the name of its section."
        suggestion = keys[0] if len(keys) == 1 else None
    reading.problems.add(key, "RC202", found, expected, suggestion)


_Answers = dict[str, tuple[Node, Any]]
"""Answers by the keys of their facts, each with its node."""


@attrs.frozen(eq=False)
class _Asked:
    """A fact and the node of its answer."""

    fact: Fact
    node: Node
    prefix: str
    reading: Reading
    first_mentions: dict[tuple[str, str], Scalar] = attrs.field(factory=dict)

    @property
    def name(self) -> str:
        return self.prefix + self.fact.key

    def answers(self) -> _Answers:
        """The answer; a list with codes of several schemes is an answer for each."""
        node, fact = self.node, self.fact
        if isinstance(node, Scalar) and node.empty:
            expected = "an answer; write unknown, or leave the key out."
            self._refuse(node, "RC204", f"Nothing is given for {self.name}.", expected)
        elif fact.kind in ("set", "codes") and not isinstance(node, Reported):
            return self._set()
        elif not isinstance(node, Reported):
            return {fact.key: (node, self._single())}
        return {fact.key: (node, UNKNOWN)}

    def _refuse(
        self, node: Node, code: str, found: str, expected: str = "", suggestion: str | None = None
    ) -> Any:
        """Reports a mistake; the answer is then unknown."""
        expected = expected or self.fact.expected()
        self.reading.problems.add(node, code, found, expected, suggestion)
        return UNKNOWN

    def _single(self) -> Any:
        node, fact = self.node, self.fact
        try:
            if not fact.is_asked:
                return fact.convert(plain(node))
            if isinstance(node, Scalar):
                return fact.convert(node.text)
        except AnswerError as error:
            if fact.is_asked and isinstance(node, Scalar):
                return self._wrong(error, fact, node)
            self.reading.wrong(node, self.name, error.expected)
            return UNKNOWN
        if fact.kind in ("choice", "country") and isinstance(node, MapNode) and "one_of" in node.entries:
            return self._one_of(node)
        item = node.items[0] if isinstance(node, ListNode) and len(node.items) == 1 else None
        suggestion = item.text if isinstance(item, Scalar) else None
        found = f"{described(node)} is given for {self.name}, which takes one answer."
        return self._refuse(node, "RC204", found, suggestion=suggestion)

    def _one_of(self, node: MapNode) -> Any:
        """Reads an answer that is only known to be one of several."""
        fact, problem_count = self.fact, len(self.reading.problems)
        example = "{one_of: [ET, LB]}" if fact.kind == "country" else fact.expected()
        list_node = self.reading.fields(node, self.name, ("one_of",), example)["one_of"]
        items = self.reading.items(list_node, f"{self.name}.one_of", "[...]") or []
        words = [self._member(fact, item, "") for item in items]
        if len(self.reading.problems) > problem_count:
            return UNKNOWN
        if not words:
            return self._refuse(node, "RC204", f"Nothing is named for {self.name}.one_of.")
        return fact.convert({"one_of": words})

    def _wrong(self, error: AnswerError, fact: Fact, node: Scalar) -> Any:
        schemes = self.reading.context.schemes
        found = f"{quoted(node.text)} is not an answer to {self.prefix}{fact.key}."
        code, expected, suggestion = error.code, fact.expected(), error.suggestion
        if code == "RC216":
            found, expected = error.found, error.expected
        elif code == "RC206":
            suggestion = repaired_day(node.text)
        elif fact is not self.fact:
            expected = f"{one_of(fact.labels())[:-1]}; an entry that the lists share has no prefix."
        elif ":" in node.text and fact.key in schemes:
            code, expected, suggestion = self._prefixed(node.text, schemes[fact.key])
        return self._refuse(node, code, found, expected, suggestion)

    def _prefixed(self, text: str, schemes: Mapping[str, Fact]) -> tuple[str, str, str | None]:
        """The problem code, expected text and suggestion for a code under an unknown prefix."""
        prefix = text.partition(":")[0]
        loading = self.reading.context.loading(prefix, schemes)
        if loading or text in UNMATCHED_CODES:
            plugin = f"a plugin with the section {prefix} to be loaded, or the code left out."
            return "RC214", loading or plugin, None
        shared = (code.partition(":")[0] for code in EQUIVALENT_CODES)
        known = one_of(sorted(f"{name}:" for name in {*schemes, *shared}))
        expected = f"a code without a prefix, or a known one under {known}"
        return "RC208", expected, nearest(text, EQUIVALENT_CODES)

    # sets --------------------------------------------------------------------------------------

    def _set(self) -> _Answers:
        node, fact, problem_count = self.node, self.fact, len(self.reading.problems)
        schemes = self.reading.context.schemes.get(fact.key, {})
        facts = {fact.key: fact, **{item.key: item for item in schemes.values()}}
        groups: dict[str, dict[str, list[tuple[Node, str]]]] = {}
        for half, item in self._halves(schemes):
            text = item.text if isinstance(item, Scalar) else ""
            key, code = resolve_member(text, fact.key, schemes)
            groups.setdefault(key, {}).setdefault(half, []).append((item, code))
            if code != text and key == fact.key:
                self.reading.read_as.setdefault(self.name, {})[text] = code
        if not groups:
            is_unknown = len(self.reading.problems) > problem_count or (
                isinstance(node, Scalar) and node.text == "unknown"
            )
            return {fact.key: (node, UNKNOWN if is_unknown else MemberSet())}
        answers: _Answers = {}
        for key, halves in groups.items():
            (first, word), *_ = next(iter(halves.values()))
            place = node if key == fact.key else first
            is_whole = len(groups) > 1 or key != fact.key
            if is_whole and word == "none" and [*map(len, halves.values())] == [1] and "known" in halves:
                answers[key] = place, MemberSet()
                continue
            members: dict[str, Any] = {
                half: [self._member(facts[key], item, code) for item, code in items]
                for half, items in halves.items()
            }
            is_read = len(self.reading.problems) == problem_count
            answers[key] = place, MemberSet(**members) if is_read else UNKNOWN
        return answers

    def _halves(self, schemes: Mapping[str, Fact]) -> list[tuple[str, Node]]:
        """The members, known or open."""
        node, fact, name = self.node, self.fact, self.name
        if isinstance(node, ListNode):
            return [("known", item) for item in node.items]
        if isinstance(node, Scalar):
            prefix, _, word = node.text.partition(":")
            if prefix in schemes and word == "none":
                return [("known", node)]
            if node.text not in _WORDS:
                self._refuse_word(node)
            return []
        if isinstance(node, MapNode) and not node.entries:
            found = f"An empty mapping is given for {name}."
            self.reading.problems.add(node, "RC204", found, fact.expected())
        halves = self.reading.fields(node, name, _HALVES, "{known: [...], open: [...]}")
        example = "[...], also for a single member"
        return [
            (half, item)
            for half, half_node in halves.items()
            for item in self.reading.items(half_node, f"{name}.{half}", example) or []
        ]

    def _refuse_word(self, node: Scalar) -> None:
        member: str | None = node.text
        try:
            self.fact.read(node.text)
        except AnswerError as error:
            member = error.suggestion
        suggestion = nearest(node.text, _WORDS) or (f"[{member}]" if member else None)
        found = f"{quoted(node.text)} is given for {self.name}, which takes a list."
        self._refuse(node, "RC204", found, suggestion=suggestion)

    def _member(self, fact: Fact, node: Node, code: str) -> str | None:
        """Reads a member; the code is what it says without the prefix of a scheme."""
        name = self.prefix + fact.key
        if not isinstance(node, Scalar) or node.empty:
            self.reading.wrong(node, f"a member of {name}", fact.expected())
            return None
        code = code or node.text
        if code in _WORDS and code not in fact.labels():
            found = f"{quoted(node.text)} is given as a member of {name}."
            only_code = f"{node.text} and no other code of that list."
            expected = f"{name}: {code}, without a list." if code == node.text else only_code
            self._refuse(node, "RC204", found, expected, node.text)
            return None
        try:
            member: str = fact.read(code)
        except AnswerError as error:
            self._wrong(error, fact, node)
            return None
        first = self.first_mentions.setdefault((fact.key, member), node)
        if first is not node:
            found = f"{quoted(member)} is named twice for {name}, first in line {first.line}."
            self._refuse(node, "RC209", found, "each member once, known or open.")
        return member
