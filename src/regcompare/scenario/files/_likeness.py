"""Cases as differences: what a case takes over from the one that it is ``like``.

It takes over the date, the facts with their sources, the presumptions and the powers, and states only
what differs.  Title, kind, summary, record and expectations are not taken over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import attrs

from regcompare.errors import FileError, nearest
from regcompare.scenario.provenance import Basis

from ._keys import SCENARIO
from ._tree import SUFFIXES, ListNode, MapNode, Node, Problems, Scalar, quoted, tree_of_file
from ._values import Reading, ReadingContext, by_name, read_text

KEYS = by_name(SCENARIO)

Paths = Callable[[], Iterable[Path]]
"""Finds files once they are needed."""


def no_files() -> tuple[Path, ...]:
    """Returns no files."""
    return ()


@attrs.frozen(eq=False)
class CaseFile:
    """The cases of a file by id, the first of two with the same id, and the mistakes in them."""

    problems: Problems
    cases: Mapping[str, MapNode]

    @classmethod
    def of(cls, root: Node | None, problems: Problems) -> CaseFile:
        """Returns the cases in a tree."""
        nodes = root.items if isinstance(root, ListNode) else [root]
        cases: dict[str, MapNode] = {}
        for node in nodes:
            if isinstance(node, MapNode) and (name := text_at(node, "id")):
                cases.setdefault(name, node)
        return cls(problems, cases)


def text_at(node: MapNode, key: str) -> str:
    """Returns the text of a key; blank if there is none."""
    value = node.entries[key][1] if key in node.entries else None
    return value.text if isinstance(value, Scalar) else ""


class CaseFiles:
    """The cases of a file, and of others that are read once a case is like one of them.

    Args:
        own: The file itself.
        context: What files are checked against.
        read: Reads an entry on top of the one that it is like.
        others: Finds the files that may be referred to.
        path: Where the file is; None for a text in memory.
    """

    def __init__(
        self,
        own: CaseFile,
        context: ReadingContext,
        read: Callable[[Reading, Reading | None], None],
        others: Paths,
        path: Path | None,
    ) -> None:
        self.own, self._context, self._read = own, context, read
        self._list_others, self._path = others, path
        self._files: dict[Path, CaseFile] = {}
        self._readings: dict[int, Reading] = {}

    def reading_of(self, node: Node) -> Reading:
        """Returns what an entry of the file states, with what it takes over."""
        chain: dict[int, tuple[CaseFile, Reading]] = {}
        link: tuple[CaseFile, Node] | None = self.own, node
        while link is not None and id(link[1]) not in self._readings:
            file, current = link
            if id(current) in chain:
                self._report_circle([*chain.values()][[*chain].index(id(current)) :])
                link = None
            else:
                reading = Reading(current, file.problems, self._context)
                chain[id(current)] = file, reading
                link = self._base(file, reading)
        base = self._readings[id(link[1])] if link else None
        for _, reading in reversed(chain.values()):
            self._read(reading, base)
            base = self._readings[id(reading.node)] = reading
        return self._readings[id(node)]

    @property
    def problems_elsewhere(self) -> Iterator[Problems]:
        """The mistakes in cases of other files that were read."""
        return (file.problems for file in self._files.values())

    def _base(self, file: CaseFile, reading: Reading) -> tuple[CaseFile, Node] | None:
        """The case that an entry is like, and its file; reports a wrong reference."""
        node = reading.node
        if not isinstance(node, MapNode) or "like" not in node.entries:
            return None
        node_of_id = node.entries["like"][1]
        name = read_text(node_of_id, "like", reading)
        if name is None:
            return None
        for known in (file, self.own):
            if name in known.cases:
                return known, known.cases[name]
        for path in self._others:
            if path != self._path and _contains(path, name) and name in self._file(path).cases:
                return self._file(path), self._file(path).cases[name]
        self._report_missing(node_of_id, name, file)
        return None

    @cached_property
    def _others(self) -> tuple[Path, ...]:
        return tuple(self._list_others())

    def _file(self, path: Path) -> CaseFile:
        if path not in self._files:
            problems = Problems(os.fspath(path))
            self._files[path] = CaseFile.of(tree_of_file(path, problems), problems)
        return self._files[path]

    def _readable_cases(self, path: Path) -> Collection[str]:
        """The cases of a file; a file with mistakes has none."""
        with suppress(FileError):
            return CaseFile.of(tree_of_file(path, Problems("")), Problems("")).cases
        return ()

    def _report_missing(self, node: Node, name: str, file: CaseFile) -> None:
        folder = self._path.parent.iterdir() if self._path else ()
        for path in sorted(path for path in folder if path.suffix in SUFFIXES and path != self._path):
            if _contains(path, name) and name in self._readable_cases(path):
                found = f"The case {quoted(name)} is in {path.name}, which was not read."
                expected = f"{path.name} to be named as well, or a case of this file."
                file.problems.add(node, "RC223", found, expected)
                return
        outside = (case for path in self._others for case in self._readable_cases(path))
        suggestion = nearest(name, dict.fromkeys([*self.own.cases, *outside]))
        expected = "the id of a case of this file, of a file read with it, or of the catalogue."
        found = f"There is no case {quoted(name)} to be like."
        file.problems.add(node, "RC221", found, expected, suggestion)

    def _report_circle(self, circle: list[tuple[CaseFile, Reading]]) -> None:
        own = [reading.node for file, reading in circle if file is self.own]
        nodes = [reading.node for _, reading in circle]
        names = [text_at(node, "id") for node in nodes if isinstance(node, MapNode)]
        found = f"Cases are like each other in a circle: {', '.join([*names, names[0]])}."
        places = [node.entries["like"][1] for node in own or nodes if isinstance(node, MapNode)]
        last = max(places, key=lambda node: (node.line, node.column))
        self.own.problems.add(last, "RC222", found, "one of them to state its facts, without like.")


def _contains(file: Path, id: str) -> bool:
    try:
        return id.encode() in file.read_bytes()
    except OSError:
        return False


# what is taken over -------------------------------------------------------------------------------

_ABOUT_THE_USER = frozenset(
    {"destination.country", "end_user.country", "end_user.kind", "end_user.name"}
)
"""Facts on which it depends what reports are about."""


def take_over(reading: Reading, base: Reading | None) -> None:
    """Adds to what a case states what it takes over; a fact that it states is replaced as a whole.

    Sources add up.  A fact that is stated anew leaves behind what it rested on and who disputed it, and
    reports are left behind with the end user whom they are about.
    """
    own, node = reading.values, reading.node
    entries = node.entries if isinstance(node, MapNode) else {}
    if "without" in entries and "like" not in entries:
        expected = "like: ID, or no without."
        reading.problems.add(entries["without"][1], "RC224", "The case is like no other.", expected)
    if base is None:
        return
    values = {
        path: value
        for path, value in base.values.items()
        if _head(path) not in KEYS or KEYS[_head(path)].inherited
    }
    anew = [path for path in own if _head(path) not in KEYS or path in ("date", "record_kind")]
    if "without" in entries:
        anew += _leave_out(values, entries["without"][1], reading)
    if not _ABOUT_THE_USER.isdisjoint(anew):
        values.pop("reports", None)
    _leave_bases(values, own, anew)
    disputed = values.get("disputed") or ()
    values["disputed"] = tuple(item for item in disputed if not {item.fact, _head(item.fact)} & {*anew})
    _add_inherited(own, values, "sources", lambda item: item.id or item.title)
    _add_inherited(own, values, "disputed", lambda item: item.fact)
    heads = {*values, *map(_head, values)}
    for path in base.nodes.keys() & heads - reading.nodes.keys():
        reading.nodes[path] = base.nodes[path]
        if (file := base.files.get(path, base.problems.file)) != reading.problems.file:
            reading.files[path] = file
    taken = base.read_as.items()
    reading.read_as |= {path: codes for path, codes in taken if path in values.keys() - own.keys()}
    reading.values = {**values, **own}


def _head(path: str) -> str:
    return path.partition(".")[0]


def _leave_out(values: dict[str, Any], node: Node, reading: Reading) -> Iterator[str]:
    """Removes the facts and blocks that a case names, and yields their names."""
    for item in reading.items(node, "without", "[end_use.concerns]") or ():
        name = read_text(item, "a member of without", reading)
        if name is None:
            continue
        named = [path for path in values if f"{path}.".startswith(f"{name}.")]
        if not named:
            names = (name for path in values for name in accumulate(path.split("."), "{}.{}".format))
            found = f"{quoted(name)} is not in the case that this one is like."
            expected, suggestion = "a fact or block that it states.", nearest(name, dict.fromkeys(names))
            reading.problems.add(item, "RC224", found, expected, suggestion)
        for path in named:
            del values[path]
        yield name


def _leave_bases(values: dict[str, Any], own: Mapping[str, Any], anew: Iterable[str]) -> None:
    """Drops what facts that are stated anew rested on; a blank basis says that one rests on nothing."""
    stated = {path for path in values if path.startswith("known_from.")}
    for fact in anew:
        places = {f"known_from.{fact}", f"known_from.{_head(fact)}"}
        values.pop(f"known_from.{fact}", None)
        if f"known_from.{_head(fact)}" in stated and not places & own.keys():
            values[f"known_from.{fact}"] = Basis()


def _add_inherited(
    own: dict[str, Any], values: Mapping[str, Any], name: str, word: Callable[[Any], str]
) -> None:
    """Adds to a list that a case states the items of the other one that it does not have."""
    if own.get(name):
        words = {word(item) for item in own[name]}
        more = (item for item in values.get(name) or () if word(item) not in words)
        own[name] = (*own[name], *more)
