"""Cases as differences, and lists of several schemes: what is resolved before a case is read.

A case that is ``like`` another inherits its date, its facts with their sources, its presumptions and its
powers, and states only what differs.  Title, kind, summary, record and expectations are not inherited.

A list with codes of several numbering schemes becomes an answer for each: ``item: {annex_i_entry:
[5A002, us:none]}`` is the same as ``item: {annex_i_entry: [5A002]}`` with ``us: {entry: none}``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import FileError, nearest
from regcompare.facts import Fact
from regcompare.vocabulary.concordance import resolve_member

from ._keys import LIKE, SCENARIO
from ._tree import (
    SUFFIXES,
    Entries,
    ListNode,
    MapNode,
    Node,
    Problems,
    Scalar,
    quoted,
    tree_of_file,
)
from ._values import NodeReader, by_name

_DEPTHS: Mapping[str, int] = {key.name: key.depth for key in SCENARIO if key.depth is not None}
"""The blocks that are inherited besides sections of facts, and the depth to which keys are merged."""
_OF_A_SECTION = 1

Cases = Mapping[str, MapNode]
"""The cases of a file by id."""


Paths = Callable[[], Iterable[Path]]
"""Finds files once they are needed."""


def no_files() -> tuple[Path, ...]:
    """Returns no files."""
    return ()


class OutsideCases:
    """Cases outside a file, searched only if a case is like one of them.

    Args:
        others: Finds the files that may be referred to.
        path: The file itself; None for a text in memory.
    """

    def __init__(self, others: Paths, path: Path | None = None) -> None:
        self._others = others
        self._path = path
        self._cases_by_file: dict[Path, Cases] = {}

    def file_with(self, id: str) -> Cases:
        """Returns the cases of the first known file with this one; empty if there is none.

        Raises:
            FileError: A file that names it, and may have it, cannot be read.
        """
        for file in self._others():
            if file != self._path and _contains(file, id) and id in (cases := self._cases_in(file)):
                return cases
        return {}

    def ids(self) -> list[str]:
        """Returns the ids of all cases of the known files."""
        return [name for file in self._others() for name in self._readable_cases(file)]

    def unread(self, id: str) -> Path | None:
        """Returns the file in the same folder that has the case, but was not given."""
        if self._path is None:
            return None
        neighbours = sorted(file for file in self._path.parent.iterdir() if file.suffix in SUFFIXES)
        others = (file for file in neighbours if file != self._path and _contains(file, id))
        return next((file for file in others if id in self._readable_cases(file)), None)

    def _readable_cases(self, file: Path) -> Cases:
        """The cases of a file; a file with mistakes has none."""
        with suppress(FileError):
            return self._cases_in(file)
        return {}

    def _cases_in(self, file: Path) -> Cases:
        if file not in self._cases_by_file:
            root = tree_of_file(file, Problems(os.fspath(file)))
            self._cases_by_file[file] = cases_of(root)
        return self._cases_by_file[file]


def _contains(file: Path, id: str) -> bool:
    try:
        return id.encode() in file.read_bytes()
    except OSError:
        return False


def cases_of(root: Node | None) -> Cases:
    """Returns the cases of a file by id; the first of two with the same id."""
    nodes = root.items if isinstance(root, ListNode) else [root]
    cases: dict[str, MapNode] = {}
    for node in nodes:
        if isinstance(node, MapNode) and (name := _text(node, "id")):
            cases.setdefault(name, node)
    return cases


class LikeResolver:
    """Completes the cases of a file that are like others."""

    def __init__(
        self,
        nodes: NodeReader,
        sections: Collection[str],
        schemes: Schemes,
        own: Cases,
        outside: OutsideCases,
    ) -> None:
        self._nodes = nodes
        self._add = nodes.problems.add
        self._depths = {**_DEPTHS, **dict.fromkeys(sections, _OF_A_SECTION)}
        self._schemes = schemes
        self._own = own
        self._outside = outside
        self._files: dict[int, Cases] = {}
        self._relocated: dict[int, MapNode] = {}
        self._completed: dict[int, MapNode] = {}

    def completed(self, node: Node) -> Node:
        """Returns a case with what it inherits; each answer keeps its position."""
        if not isinstance(node, MapNode):
            return node
        chain: list[MapNode] = []
        base: MapNode | None = node
        while base is not None and id(base) not in self._completed:
            if base in chain:
                self._report_circle(chain[chain.index(base) :])
                base = None
            else:
                chain.append(base)
                base = self._base(base)
        case = None if base is None else self._completed[id(base)]
        for heir in reversed(chain):
            case = self._completed[id(heir)] = self._joined(case, heir)
        return self._completed[id(node)]

    def _base(self, node: MapNode) -> MapNode | None:
        """The case that this one is like; reports a wrong reference."""
        if "like" not in node.entries:
            return None
        node_of_id = node.entries["like"][1]
        name = self._nodes.text(node_of_id, "like")
        if name is None:
            return None
        file = self._files.get(id(node), self._own)
        for cases in (file, self._own):
            if name in cases:
                return cases[name] if cases is self._own else self._of_file(cases, name, node_of_id)
        if cases := self._outside.file_with(name):
            return self._of_file(cases, name, node_of_id)
        self._report_missing(node_of_id, name)
        return None

    def _of_file(self, cases: Cases, name: str, place: Node) -> MapNode:
        """A case of another file, with all its parts at the place that refers to it."""
        node = cases[name]
        if id(node) not in self._relocated:
            relocated = self._relocated[id(node)] = _relocated(node, place)
            self._files[id(relocated)] = cases
        return self._relocated[id(node)]

    def _report_missing(self, node: Node, name: str) -> None:
        if file := self._outside.unread(name):
            found = f"The case {quoted(name)} is in {file.name}, which was not read."
            self._add(node, "RC223", found, f"{file.name} to be named as well, or a case of this file.")
            return
        suggestion = nearest(name, dict.fromkeys([*self._own, *self._outside.ids()]))
        expected = "the id of a case of this file, of a file read with it, or of the catalogue."
        self._add(node, "RC221", f"There is no case {quoted(name)} to be like.", expected, suggestion)

    def _report_circle(self, circle: list[MapNode]) -> None:
        names = [_text(node, "id") for node in circle]
        found = f"Cases are like each other in a circle: {', '.join([*names, names[0]])}."
        last = max(
            (node.entries["like"][1] for node in circle), key=lambda node: (node.line, node.column)
        )
        self._add(last, "RC222", found, "one of them to state its facts, without like.")

    # inheritance ---------------------------------------------------------------------------------

    def _joined(self, base: MapNode | None, heir: MapNode) -> MapNode:
        heir = separate_schemes(heir, self._schemes, self._nodes.problems)
        stated = {key: entry for key, entry in heir.entries.items() if key not in by_name(LIKE)}
        depths = {
            **dict.fromkeys((*_plugin_sections(base), *_plugin_sections(heir)), _OF_A_SECTION),
            **self._depths,
        }
        inherited = {key: entry for key, entry in base.entries.items() if key in depths} if base else {}
        if "without" in heir.entries:
            inherited = self._without(
                inherited, heir.entries["without"][1], heir if base is None else None
            )
        facts = [*self._facts(stated), *self._left_out(heir)]
        inherited, stated = with_own_provenance(inherited, stated, facts)
        return attrs.evolve(heir, entries=_overlaid(inherited, stated, depths))

    def _left_out(self, heir: MapNode) -> list[str]:
        _, names = heir.entries.get("without", (None, None))
        items = names.items if isinstance(names, ListNode) else []
        return [item.text for item in items if isinstance(item, Scalar)]

    def _facts(self, stated: Entries) -> list[str]:
        blocks = (
            (name, value) for name, (_, value) in stated.items() if name in self._depths.keys() - _DEPTHS
        )
        facts = [
            f"{name}.{field}"
            for name, value in blocks
            if isinstance(value, MapNode)
            for field in value.entries
        ]
        return [*facts, *({"date", "record_kind"} & stated.keys())]

    def _without(self, inherited: Entries, node: Node, root: MapNode | None) -> Entries:
        """What is inherited, without the facts and blocks that the case names."""
        if root:
            if "like" not in root.entries:  # Else it was reported that there is no such case.
                self._add(node, "RC224", "The case is like no other.", "like: ID, or no without.")
            return inherited
        for item in self._nodes.items(node, "without", "[end_use.concerns]") or ():
            name = self._nodes.text(item, "a member of without")
            if name is None:
                continue
            path = name.split(".", self._depths.get(name.partition(".")[0], 0))
            rest = _without_path(inherited, path)
            if rest is None:
                suggestion = nearest(name, _removable_names(inherited, self._depths))
                found = f"{quoted(name)} is not in the case that this one is like."
                self._add(item, "RC224", found, "a fact or block that it states.", suggestion)
            else:
                inherited = rest
        return inherited


def _plugin_sections(node: MapNode | None) -> Iterable[str]:
    needs = node.entries.get("needs") if node else None
    return needs[1].entries if needs and isinstance(needs[1], MapNode) else ()


def _text(node: MapNode, key: str) -> str:
    value = node.entries[key][1] if key in node.entries else None
    return value.text if isinstance(value, Scalar) else ""


def _overlaid(base: Entries, stated: Entries, depths: Mapping[str, int]) -> Entries:
    """Merges what is inherited with what is stated; a fact is replaced as a whole."""
    overlaid = dict(base)
    for name, (key, value) in stated.items():
        base_value = base[name][1] if name in base else None
        depth = depths.get(name, 0)
        if depth and isinstance(value, MapNode) and isinstance(base_value, MapNode):
            levels = dict.fromkeys([*base_value.entries, *value.entries], depth - 1)
            joined = _overlaid(base_value.entries, value.entries, levels)
            overlaid[name] = (key, attrs.evolve(value, entries=joined))
        else:
            overlaid[name] = (key, value)
    return overlaid


def _without_path(entries: Entries, path: list[str]) -> Entries | None:
    """The entries without the one at a path; None if there is none."""
    name, *below = path
    if name not in entries:
        return None
    key, value = entries[name]
    if not below:
        return {other: entry for other, entry in entries.items() if other != name}
    if not isinstance(value, MapNode):
        return None
    remaining = _without_path(value.entries, below)
    return (
        None if remaining is None else {**entries, name: (key, attrs.evolve(value, entries=remaining))}
    )


def _removable_names(entries: Entries, depths: Mapping[str, int]) -> list[str]:
    """The names of these entries, and of those below them to the depth to which keys are merged."""
    names: list[str] = []
    for name, (_, value) in entries.items():
        names.append(name)
        if depths.get(name) and isinstance(value, MapNode):
            levels = dict.fromkeys(value.entries, depths[name] - 1)
            names += [f"{name}.{name_below}" for name_below in _removable_names(value.entries, levels)]
    return names


def _relocated(node: Any, place: Node) -> Any:
    """A copy of a node with all its parts at another place."""
    relocated = attrs.evolve(node, line=place.line, column=place.column)
    if isinstance(node, MapNode):
        entries = node.entries.items()
        relocated.entries = {
            name: (_relocated(key, place), _relocated(value, place)) for name, (key, value) in entries
        }
    elif isinstance(node, ListNode):
        relocated.items = [_relocated(item, place) for item in node.items]
    return relocated


# sources and disputes -----------------------------------------------------------------------------


_ABOUT_THE_USER = frozenset(
    {"destination.country", "end_user.country", "end_user.kind", "end_user.name"}
)
"""Facts on which it depends what reports are about."""


def with_own_provenance(
    inherited: Entries, stated: Entries, facts: Collection[str]
) -> tuple[Entries, Entries]:
    """Returns what is inherited and what is stated, as they are then laid over each other.

    Sources add up.  A fact that is stated anew leaves behind what it rested on and who disputed it, and
    reports are left behind with the end user whom they are about.

    Args:
        inherited: The entries of the other case.
        stated: The entries of the case itself.
        facts: The facts that it states anew or leaves out, and the sections that it leaves out.
    """
    inherited = dict(inherited)
    if not _ABOUT_THE_USER.isdisjoint(facts):
        inherited.pop("reports", None)
    _filter(inherited, "disputed", "fact", facts)
    _leave_bases(inherited, stated, facts)
    stated = dict(stated)
    for name, key in (("sources", "id"), ("disputed", "fact")):
        if name in stated:
            _filter(inherited, name, key, {_word(item, key) for item in _items(stated, name)})
            _append(stated, name, _items(inherited, name))
    return inherited, stated


def _items(entries: Entries, name: str) -> list[Node]:
    value = entries[name][1] if name in entries else None
    return value.items if isinstance(value, ListNode) else []


def _word(item: Node, key: str) -> str:
    """The word by which an item of a list is known: that of the key, or its title."""
    if isinstance(item, MapNode):
        _, value = item.entries.get(key) or item.entries.get("title") or (None, None)
        return value.text if isinstance(value, Scalar) else ""
    return item.text if isinstance(item, Scalar) else ""


def _filter(entries: Entries, name: str, key: str, left_out: Collection[str]) -> None:
    if isinstance(value := entries.get(name, (None, None))[1], ListNode):
        words = ((item, _word(item, key)) for item in value.items)
        items = [item for item, word in words if not {word, word.partition(".")[0]} & set(left_out)]
        entries[name] = (entries[name][0], attrs.evolve(value, items=items))


def _append(entries: Entries, name: str, items: list[Node]) -> None:
    if isinstance(value := entries[name][1], ListNode) and value.items:
        entries[name] = (entries[name][0], attrs.evolve(value, items=[*value.items, *items]))


def _leave_bases(inherited: Entries, stated: Entries, facts: Collection[str]) -> None:
    """Drops what facts that are stated anew rested on; an empty list says that one rests on nothing."""
    key, bases = inherited.get("known_from", (None, None))
    own = stated.get("known_from", (None, None))[1]
    covered = own.entries if isinstance(own, MapNode) else {}
    if key is None or not isinstance(bases, MapNode):
        return
    kept = {name: entry for name, entry in bases.entries.items() if name not in facts}
    for fact in facts:
        section = fact.partition(".")[0]
        if section in bases.entries and not {fact, section} & covered.keys():
            kept[fact] = (Scalar(key.line, key.column, fact), ListNode(key.line, key.column))
    inherited["known_from"] = (key, attrs.evolve(bases, entries=kept))


# numbering schemes --------------------------------------------------------------------------------


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


def codes_read_as(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Yields the codes in these answers that are read as another code, as written and as read."""
    for node in nodes:
        if isinstance(node, ListNode):
            yield from codes_read_as(node.items)
        elif isinstance(node, MapNode):
            yield from codes_read_as(value for _, value in node.entries.values())
        elif isinstance(node, Scalar) and node.written:
            yield node.written, node.text
