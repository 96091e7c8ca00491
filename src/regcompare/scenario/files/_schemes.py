"""Takes lists with codes of several numbering schemes apart, before anything of a case is read.

``item: {annex_i_entry: [5A002, us:none]}`` then says just what ``item: {annex_i_entry: [5A002]}`` with
``us: {entry: none}`` says, so that nothing behind the files ever meets a prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from regcompare.facts import Fact
from regcompare.vocabulary.concordance import resolve_member

from ._nodes import Entries, Findings, ListNode, MapNode, Node, Scalar

Schemes = Mapping[str, Mapping[str, Fact]]
"""For each fact whose list takes codes of other schemes, these schemes by their prefixes."""
HALVES = ("known", "open")


def in_schemes(case: MapNode, schemes: Schemes, findings: Findings) -> MapNode:
    """Returns a case, or an annotation, in which each scheme is an answer of its own."""
    entries = _apart(case.entries, schemes, findings)
    key, presumed = entries.get("presumed", (None, None))
    if key is not None and isinstance(presumed, MapNode):
        below = _apart(presumed.entries, schemes, findings)
        entries = {**entries, "presumed": (key, attrs.evolve(presumed, entries=below))}
    return attrs.evolve(case, entries=entries)


def _apart(entries: Entries, schemes: Schemes, findings: Findings) -> Entries:
    for key, own in schemes.items():
        section, _, field = key.partition(".")
        at, below = entries.get(section, (None, None))
        if at is None or not isinstance(below, MapNode) or field not in below.entries:
            continue
        name, written = below.entries[field]
        parts = _parts(written, key, own)
        if parts is None:
            continue
        rest = {field: (name, parts.pop(key))} if key in parts else {}
        kept = {other: entry for other, entry in below.entries.items() if other != field}
        entries = {**entries, section: (at, attrs.evolve(below, entries={**kept, **rest}))}
        for other, node in parts.items():
            entries = _stating(entries, other, node, findings)
    return entries


def _stating(entries: Entries, key: str, node: Node, findings: Findings) -> Entries:
    """The sections with one more answer."""
    section, _, field = key.partition(".")
    at, below = entries.get(section, (Scalar(node.line, node.column, section), None))
    if below is None:
        below = MapNode(node.line, node.column)
    if not isinstance(below, MapNode):
        return entries  # Whoever reads the section says what is wrong with it.
    if field in below.entries:
        found = f"{key} is answered twice, also in line {below.entries[field][0].line}."
        findings.add(node, "RC209", found, "one of the two: codes under a prefix, or the fact itself.")
        return entries
    added = {**below.entries, field: (Scalar(node.line, node.column, field), node)}
    return {**entries, section: (at, attrs.evolve(below, entries=added))}


def _parts(node: Node, key: str, own: Mapping[str, Fact]) -> dict[str, Node] | None:
    """What a list answers of each fact; None where it is in the common numbering as it is."""
    found: dict[str, dict[str, list[Node]]] = {}
    is_plain = True
    for half, items in _halves(node).items():
        for item in items:
            text = item.text if isinstance(item, Scalar) else ""
            fact, code = resolve_member(text, key, own)
            is_plain = is_plain and code == text
            read = Scalar(item.line, item.column, code, written=text) if code != text else item
            found.setdefault(fact, {}).setdefault(half, []).append(read)
    if is_plain:
        return None
    return {fact: _joined(node, parts) for fact, parts in found.items()}


def _halves(node: Node) -> dict[str, list[Node]]:
    """The members that are known and those that are open; none of an answer of another shape."""
    if isinstance(node, Scalar) and node.text.endswith(":none"):
        return {"known": [node]}
    if isinstance(node, ListNode):
        return {"known": node.items}
    entries = node.entries if isinstance(node, MapNode) else {}
    halves = {half: below.items for half, (_, below) in entries.items() if isinstance(below, ListNode)}
    return halves if set(entries) == set(halves) <= set(HALVES) else {}


def _joined(node: Node, parts: Mapping[str, list[Node]]) -> Node:
    """The members of one scheme as a list, as halves, or as the word none."""
    first = next(iter(parts.values()))[0]
    if list(parts) == ["known"]:
        only = parts["known"][0]
        is_none = len(parts["known"]) == 1 and isinstance(only, Scalar) and only.text == "none"
        return only if is_none else ListNode(first.line, first.column, parts["known"])
    halves: Entries = {
        half: (Scalar(node.line, node.column, half), ListNode(first.line, first.column, items))
        for half, items in parts.items()
    }
    return MapNode(first.line, first.column, halves)


def with_prefixes(blocks: dict[str, Any], schemes: Iterable[Fact]) -> dict[str, Any]:
    """Returns sections as they are written, with the codes of all schemes in one list.

    What is unknown in a scheme, or in the common numbering, cannot be said in a list: it is then written
    as the answer of its own that it is.
    """
    for fact in schemes:
        if fact.scheme_of is not None:
            blocks = _in_one_list(blocks, fact.scheme_of, fact)
    return {name: block for name, block in blocks.items() if block}


def _in_one_list(blocks: dict[str, Any], common: Fact, fact: Fact) -> dict[str, Any]:
    above, own = blocks.get(common.section, {}), dict(blocks.get(fact.section, {}))
    said = above.get(common.field)
    if own.get(fact.field, "unknown") == "unknown" or said == "unknown":
        return blocks
    listed = _one_list(said, own.pop(fact.field), fact.section)
    first = {} if common.section in blocks else {common.section: above}
    return {**first, **blocks, common.section: {**above, common.field: listed}, fact.section: own}


def _one_list(common: Any, own: Any, prefix: str) -> Any:
    """What two answers say, in one: ``none`` where one says that there is no code of it."""
    halves: dict[str, list[str]] = {"known": [], "open": []}
    for answer, lead in ((common, ""), (own, f"{prefix}:")):
        said = answer if isinstance(answer, Mapping) else {"known": answer or []}
        empty = answer is not None and not any(said.values())
        for half, words in {**said, **({"known": ["none"]} if empty else {})}.items():
            halves[half] += [lead + word for word in words]
    return halves if halves["open"] else halves["known"]


def read_as(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yields the codes in these answers that are written otherwise than they are read, with both."""
    for node in nodes:
        if isinstance(node, ListNode):
            yield from read_as(node.items)
        elif isinstance(node, MapNode):
            yield from read_as(value for _, value in node.entries.values())
        elif isinstance(node, Scalar) and node.written:
            yield node.written, node.text
