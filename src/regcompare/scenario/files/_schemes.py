"""Separates lists with codes of several numbering schemes, before anything of a case is read.

``item: {annex_i_entry: [5A002, us:none]}`` is then the same as ``item: {annex_i_entry: [5A002]}`` with
``us: {entry: none}``, so that no other module needs to know about prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from regcompare.facts import Fact
from regcompare.vocabulary.concordance import resolve_member

from ._nodes import Entries, ListNode, MapNode, Node, Problems, Scalar

Schemes = Mapping[str, Mapping[str, Fact]]
"""For each fact whose list takes codes of other schemes, the facts of these schemes by prefix."""
HALVES = ("known", "open")


def separate_schemes(case: MapNode, schemes: Schemes, problems: Problems) -> MapNode:
    """Returns a case, or an annotation, in which the codes of each scheme are a separate answer."""
    entries = _separated(case.entries, schemes, problems)
    key, presumed = entries.get("presumed", (None, None))
    if key is not None and isinstance(presumed, MapNode):
        separated = _separated(presumed.entries, schemes, problems)
        entries = {**entries, "presumed": (key, attrs.evolve(presumed, entries=separated))}
    return attrs.evolve(case, entries=entries)


def _separated(entries: Entries, schemes: Schemes, problems: Problems) -> Entries:
    for key, foreign in schemes.items():
        section, _, field = key.partition(".")
        section_key, block = entries.get(section, (None, None))
        if section_key is None or not isinstance(block, MapNode) or field not in block.entries:
            continue
        field_key, codes = block.entries[field]
        answers = _answers_by_fact(codes, key, foreign)
        if answers is None:
            continue
        common = {field: (field_key, answers.pop(key))} if key in answers else {}
        others = {name: entry for name, entry in block.entries.items() if name != field}
        separated = attrs.evolve(block, entries={**others, **common})
        entries = {**entries, section: (section_key, separated)}
        for foreign_key, node in answers.items():
            entries = _with_answer(entries, foreign_key, node, problems)
    return entries


def _with_answer(entries: Entries, key: str, node: Node, problems: Problems) -> Entries:
    """The sections with one more answer."""
    section, _, field = key.partition(".")
    section_key, section_node = entries.get(section, (Scalar(node.line, node.column, section), None))
    if section_node is None:
        section_node = MapNode(node.line, node.column)
    if not isinstance(section_node, MapNode):
        return entries  # The reader of the section reports what is wrong with it.
    if field in section_node.entries:
        found = f"{key} is answered twice, also in line {section_node.entries[field][0].line}."
        problems.add(node, "RC209", found, "one of the two: codes under a prefix, or the fact itself.")
        return entries
    answers = {**section_node.entries, field: (Scalar(node.line, node.column, field), node)}
    return {**entries, section: (section_key, attrs.evolve(section_node, entries=answers))}


def _answers_by_fact(node: Node, key: str, foreign: Mapping[str, Fact]) -> dict[str, Node] | None:
    """The answers in a list by fact; None where all its codes are in the common numbering."""
    members: dict[str, dict[str, list[Node]]] = {}
    is_plain = True
    for half, items in _halves(node).items():
        for item in items:
            text = item.text if isinstance(item, Scalar) else ""
            fact, code = resolve_member(text, key, foreign)
            is_plain = is_plain and code == text
            code_node = Scalar(item.line, item.column, code, written=text) if code != text else item
            members.setdefault(fact, {}).setdefault(half, []).append(code_node)
    if is_plain:
        return None
    return {fact: _list_of(node, parts) for fact, parts in members.items()}


def _halves(node: Node) -> dict[str, list[Node]]:
    """The known and the open members of a list; empty for any other node."""
    if isinstance(node, Scalar) and node.text.endswith(":none"):
        return {"known": [node]}
    if isinstance(node, ListNode):
        return {"known": node.items}
    entries = node.entries if isinstance(node, MapNode) else {}
    halves = {
        half: list_node.items
        for half, (_, list_node) in entries.items()
        if isinstance(list_node, ListNode)
    }
    return halves if set(entries) == set(halves) <= set(HALVES) else {}


def _list_of(node: Node, parts: Mapping[str, list[Node]]) -> Node:
    """The members of one scheme as a list, as a mapping of known and open, or as the word none."""
    first = next(iter(parts.values()))[0]
    if list(parts) == ["known"]:
        member = parts["known"][0]
        is_none = len(parts["known"]) == 1 and isinstance(member, Scalar) and member.text == "none"
        return member if is_none else ListNode(first.line, first.column, parts["known"])
    halves: Entries = {
        half: (Scalar(node.line, node.column, half), ListNode(first.line, first.column, items))
        for half, items in parts.items()
    }
    return MapNode(first.line, first.column, halves)


def with_prefixes(blocks: dict[str, Any], schemes: Iterable[Fact]) -> dict[str, Any]:
    """Returns sections for writing, with the codes of all schemes in one list.

    An unknown answer in a scheme, or in the common numbering, cannot be part of a list; the answers are
    then written separately.
    """
    for fact in schemes:
        if fact.scheme_of is not None:
            blocks = _in_one_list(blocks, fact.scheme_of, fact)
    return {name: block for name, block in blocks.items() if block}


def _in_one_list(blocks: dict[str, Any], common: Fact, fact: Fact) -> dict[str, Any]:
    common_block, block = blocks.get(common.section, {}), dict(blocks.get(fact.section, {}))
    common_answer = common_block.get(common.field)
    if block.get(fact.field, "unknown") == "unknown" or common_answer == "unknown":
        return blocks
    combined = _combined(common_answer, block.pop(fact.field), fact.section)
    missing = {} if common.section in blocks else {common.section: common_block}
    return {
        **missing,
        **blocks,
        common.section: {**common_block, common.field: combined},
        fact.section: block,
    }


def _combined(common: Any, foreign: Any, prefix: str) -> Any:
    """Two answers as one list, with ``none`` for the one that is the empty set."""
    halves: dict[str, list[str]] = {"known": [], "open": []}
    for answer, mark in ((common, ""), (foreign, f"{prefix}:")):
        halves_of_answer = answer if isinstance(answer, Mapping) else {"known": answer or []}
        is_empty = answer is not None and not any(halves_of_answer.values())
        for half, words in {**halves_of_answer, **({"known": ["none"]} if is_empty else {})}.items():
            halves[half] += [mark + word for word in words]
    return halves if halves["open"] else halves["known"]


def codes_read_as(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yields the codes in these answers that are read as another code, as written and as read."""
    for node in nodes:
        if isinstance(node, ListNode):
            yield from codes_read_as(node.items)
        elif isinstance(node, MapNode):
            yield from codes_read_as(value for _, value in node.entries.values())
        elif isinstance(node, Scalar) and node.written:
            yield node.written, node.text
