"""Cases as differences: ``like`` takes over another case, before anything of either is read.

A case that is like another has its date, its facts with their sources, its presumptions and its powers,
and states only what changes.  What is said about a case is its own: title, kind, summary, record, and
what is expected of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import FileError, nearest

from ._nodes import Entries, Findings, ListNode, MapNode, Node, Scalar, quoted
from ._schemes import Schemes, in_schemes
from ._shapes import NodeReader
from ._text import SUFFIXES, tree_of_file

LIKE_KEYS = ("like", "without")
_DEPTHS: Mapping[str, int] = {
    "date": 0,
    "sources": 0,
    "presume": 0,
    "presumed": 2,
    "needs": 1,
    "discretion": 1,
}
"""What is taken over besides the sections of facts, and on how many levels below its keys are joined."""
_OF_A_SECTION = 1

Cases = Mapping[str, MapNode]
"""The cases of a file by id."""


Paths = Callable[[], Iterable[Path]]
"""Finds files once they are needed."""


def no_files() -> tuple[Path, ...]:
    """Finds none."""
    return ()


class OutsideCases:
    """Cases outside a file (of a text in memory without a path), looked for once one is like them."""

    def __init__(self, others: Paths, path: Path | None = None) -> None:
        self._others = others
        self._path = path
        self._read: dict[Path, Cases] = {}

    def file_with(self, id: str) -> Cases:
        """Returns the cases of the first file that has this one; none where no known file has it."""
        return next((cases for _, cases in self._with(self._others(), id)), {})

    def ids(self) -> list[str]:
        """Returns the ids of all cases of the files that are known."""
        return [name for _, cases in self._with(self._others()) for name in cases]

    def unread(self, id: str) -> Path | None:
        """Returns the file in the same folder that has the case and is not known."""
        if self._path is None:
            return None
        beside = sorted(file for file in self._path.parent.iterdir() if file.suffix in SUFFIXES)
        return next((file for file, _ in self._with(beside, id)), None)

    def _with(self, files: Iterable[Path], id: str = "") -> Iterator[tuple[Path, Cases]]:
        """The files that have this case, or any, each with its cases; one with mistakes has none."""
        for file in dict.fromkeys(files):
            if file != self._path and _contains(file, id):
                cases = self._read[file] = self._read.get(file) or _cases_in(file)
                if not id or id in cases:
                    yield file, cases


def _contains(file: Path, id: str) -> bool:
    try:
        return id.encode() in file.read_bytes()
    except OSError:
        return False


def _cases_in(file: Path) -> Cases:
    try:
        return cases_of(tree_of_file(file, Findings(os.fspath(file))))
    except FileError:
        return {}


def cases_of(root: Node | None) -> Cases:
    """Returns the cases of a file by id; of two with one id, the first."""
    nodes = root.items if isinstance(root, ListNode) else [root]
    found: dict[str, MapNode] = {}
    for node in nodes:
        if isinstance(node, MapNode) and (name := _text(node, "id")):
            found.setdefault(name, node)
    return found


class LikeResolver:
    """Completes the cases of a file that are like others."""

    def __init__(
        self,
        shapes: NodeReader,
        sections: Collection[str],
        schemes: Schemes,
        own: Cases,
        elsewhere: OutsideCases,
    ) -> None:
        self._shapes = shapes
        self._add = shapes.findings.add
        self._depths = {**_DEPTHS, **dict.fromkeys(sections, _OF_A_SECTION)}
        self._schemes = schemes
        self._own = own
        self._elsewhere = elsewhere
        self._files: dict[int, Cases] = {}
        self._moved: dict[int, MapNode] = {}
        self._done: dict[int, MapNode] = {}

    def completed(self, node: Node) -> Node:
        """Returns a case with what it takes over from others; each answer keeps its place."""
        if not isinstance(node, MapNode):
            return node
        chain: list[MapNode] = []
        base: MapNode | None = node
        while base is not None and id(base) not in self._done:
            if base in chain:
                self._report_circle(chain[chain.index(base) :])
                base = None
            else:
                chain.append(base)
                base = self._base(base)
        joined = None if base is None else self._done[id(base)]
        for heir in reversed(chain):
            joined = self._done[id(heir)] = self._joined(joined, heir)
        return self._done[id(node)]

    def _base(self, node: MapNode) -> MapNode | None:
        """The case that this one is like; a mistake in naming it is reported."""
        if "like" not in node.entries:
            return None
        at = node.entries["like"][1]
        name = self._shapes.text(at, "like")
        if name is None:
            return None
        file = self._files.get(id(node), self._own)
        for cases in (file, self._own):
            if name in cases:
                return cases[name] if cases is self._own else self._of_file(cases, name, at)
        if cases := self._elsewhere.file_with(name):
            return self._of_file(cases, name, at)
        self._report_missing(at, name)
        return None

    def _of_file(self, cases: Cases, name: str, at: Node) -> MapNode:
        """A case of another file, of which every part is where this file refers to it."""
        node = cases[name]
        if id(node) not in self._moved:
            moved = self._moved[id(node)] = _moved(node, at)
            self._files[id(moved)] = cases
        return self._moved[id(node)]

    def _report_missing(self, at: Node, name: str) -> None:
        if file := self._elsewhere.unread(name):
            found = f"The case {quoted(name)} is in {file.name}, which was not read."
            self._add(at, "RC223", found, f"{file.name} to be named as well, or a case of this file.")
            return
        near = nearest(name, dict.fromkeys([*self._own, *self._elsewhere.ids()]))
        expected = "the id of a case of this file, of a file read with it, or of the catalogue."
        self._add(at, "RC221", f"There is no case {quoted(name)} to be like.", expected, near)

    def _report_circle(self, circle: list[MapNode]) -> None:
        names = [_text(node, "id") for node in circle]
        found = f"Cases are like each other in a circle: {', '.join([*names, names[0]])}."
        at = max((node.entries["like"][1] for node in circle), key=lambda node: (node.line, node.column))
        self._add(at, "RC222", found, "one of them to state its facts, without like.")

    # joining -------------------------------------------------------------------------------------

    def _joined(self, base: MapNode | None, heir: MapNode) -> MapNode:
        heir = in_schemes(heir, self._schemes, self._shapes.findings)
        own = {key: entry for key, entry in heir.entries.items() if key not in LIKE_KEYS}
        depths = {**dict.fromkeys((*_needed(base), *_needed(heir)), _OF_A_SECTION), **self._depths}
        taken = {key: entry for key, entry in base.entries.items() if key in depths} if base else {}
        if "without" in heir.entries:
            taken = self._without(taken, heir.entries["without"][1], heir if base is None else None)
        return attrs.evolve(heir, entries=_laid_over(taken, own, depths))

    def _without(self, taken: Entries, node: Node, alone: MapNode | None) -> Entries:
        """What is taken over, without the facts and blocks that the case names."""
        if alone:
            if "like" not in alone.entries:  # Else it was reported that there is no such case.
                self._add(node, "RC224", "The case is like no other.", "like: ID, or no without.")
            return taken
        for item in self._shapes.items(node, "without", "[end_use.concerns]") or ():
            name = self._shapes.text(item, "a member of without")
            if name is None:
                continue
            path = name.split(".", self._depths.get(name.partition(".")[0], 0))
            left = _removed(taken, path)
            if left is None:
                near = nearest(name, _names(taken, self._depths))
                found = f"{quoted(name)} is not in the case that this one is like."
                self._add(item, "RC224", found, "a fact or block that it states.", near)
            else:
                taken = left
        return taken


def _needed(node: MapNode | None) -> Iterable[str]:
    """The sections of which a case says which plugin they need."""
    needs = node.entries.get("needs") if node else None
    return needs[1].entries if needs and isinstance(needs[1], MapNode) else ()


def _text(node: MapNode, key: str) -> str:
    value = node.entries[key][1] if key in node.entries else None
    return value.text if isinstance(value, Scalar) else ""


def _laid_over(base: Entries, own: Entries, depths: Mapping[str, int]) -> Entries:
    """Joins what is taken over with what is stated: a fact is replaced whole."""
    found = dict(base)
    for name, (key, value) in own.items():
        below = base[name][1] if name in base else None
        deeper = depths.get(name, 0)
        if deeper and isinstance(value, MapNode) and isinstance(below, MapNode):
            levels = dict.fromkeys([*below.entries, *value.entries], deeper - 1)
            joined = _laid_over(below.entries, value.entries, levels)
            found[name] = (key, attrs.evolve(value, entries=joined))
        else:
            found[name] = (key, value)
    return found


def _removed(entries: Entries, path: list[str]) -> Entries | None:
    """The entries without what a path leads to; None where it leads nowhere."""
    name, *rest = path
    if name not in entries:
        return None
    key, below = entries[name]
    if not rest:
        return {other: entry for other, entry in entries.items() if other != name}
    if not isinstance(below, MapNode):
        return None
    left = _removed(below.entries, rest)
    return None if left is None else {**entries, name: (key, attrs.evolve(below, entries=left))}


def _names(entries: Entries, depths: Mapping[str, int]) -> list[str]:
    """What may be named of these entries: each, and what is below it as far as its keys are joined."""
    found: list[str] = []
    for name, (_, value) in entries.items():
        found.append(name)
        if depths.get(name) and isinstance(value, MapNode):
            levels = dict.fromkeys(value.entries, depths[name] - 1)
            found += [f"{name}.{below}" for below in _names(value.entries, levels)]
    return found


def _moved(node: Any, at: Node) -> Any:
    """A node of which every part is at another place."""
    moved = attrs.evolve(node, line=at.line, column=at.column)
    if isinstance(node, MapNode):
        entries = node.entries.items()
        moved.entries = {name: (_moved(key, at), _moved(value, at)) for name, (key, value) in entries}
    elif isinstance(node, ListNode):
        moved.items = [_moved(item, at) for item in node.items]
    return moved
