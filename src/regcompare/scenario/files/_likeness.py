"""Cases as differences: ``like`` inherits from another case, before either is read.

A case that is like another inherits its date, its kind of record, its facts with their sources, its
presumptions and its powers, and states only what differs.  Title, kind, summary, what became of it and
expectations are not inherited.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import FileError, nearest

from ._keys import LIKE, SCENARIO, by_name
from ._node_reader import NodeReader
from ._nodes import Entries, ListNode, MapNode, Node, Problems, Scalar, quoted
from ._provenance import with_own_provenance
from ._schemes import Schemes, separate_schemes
from ._text import SUFFIXES, tree_of_file

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
        """The facts that these entries state."""
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
    """The sections for which a case names the plugin."""
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
