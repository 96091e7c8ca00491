"""The text of a file as a small tree of positioned nodes; scalars stay text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, Literal, NamedTuple, NoReturn

import attrs

from regcompare.errors import FileError, Problem

MAX_BYTES = 1 << 20
"""How large a file may be; a case takes two or three thousand bytes."""
MAX_DEPTH = 32
"""How many lists and mappings may stand inside each other; a scenario needs five."""
MAX_VALUES = 80_000
"""How many keys, values, lists and mappings a file may hold."""
MAX_PROBLEMS = 100
"""How many mistakes are reported at once."""

_SHOWN = 60

Kind = Literal["yaml", "json"]
"""A kind of file."""


class Place(NamedTuple):
    """A place in a file: line and column, both from 1."""

    line: int
    column: int


@attrs.define(eq=False)  # Made by the ten thousand, and quicker to make than frozen ones.
class Scalar:
    """One answer, text or key; ``empty`` where a file has nothing, or null, in its place.

    What the file says where that is read as something else is ``written``.
    """

    line: int
    column: int
    text: str
    empty: bool = False
    written: str = ""


@attrs.define(eq=False)
class ListNode:
    """A list."""

    line: int
    column: int
    items: list[Node] = attrs.field(factory=list)


@attrs.define(eq=False)
class MapNode:
    """Keys with their values, in the order of the file."""

    line: int
    column: int
    entries: dict[str, tuple[Scalar, Node]] = attrs.field(factory=dict)


@attrs.frozen(eq=False)
class Reported:
    """Something that has been reported already; whoever meets it passes it by."""

    line: int
    column: int


Node = Scalar | ListNode | MapNode | Reported
At = Place | Node
"""Anything that has a place in the file."""
Entries = dict[str, tuple[Scalar, Node]]
"""Each key of a mapping as text, with the key and its value."""


def plain(node: Node) -> Any:
    """Returns a node as plain mappings, lists and texts, without its place."""
    if isinstance(node, MapNode):
        return {name: plain(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else ""


def quoted(text: str) -> str:
    """Returns the text in quotes for a message, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")


class Findings:
    """Collects the mistakes of one file, so that all are told at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(
        self, at: At, code: str, found: str, expected: str = "", suggestion: str | None = None
    ) -> None:
        """Notes a mistake, once: several cases may take it over from one.

        Raises:
            FileError: So many are noted that the rest is not looked for.
        """
        problem = Problem(self.file, at.line, at.column, code, found, expected, suggestion)
        if problem in self.problems:
            return
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            more = f"The file was read up to {MAX_PROBLEMS} mistakes; there may be more."
            last = max(self.problems, key=lambda problem: (problem.line, problem.column))
            self.problems.append(Problem(self.file, last.line, last.column, "RC215", more))
            self.raise_any()

    def fail(
        self, at: At, code: str, found: str, expected: str, suggestion: str | None = None
    ) -> NoReturn:
        """Notes a mistake after which reading cannot go on, and raises all."""
        self.add(at, code, found, expected, suggestion)
        raise FileError(self.problems)

    def raise_any(self) -> None:
        """Raises the mistakes, if there are any."""
        if self.problems:
            raise FileError(self.problems)


class LineIndex:
    """Tells line and column of an offset in a text.

    Lines end as editors end them, with LF, CR LF or CR.
    """

    def __init__(self, text: str) -> None:
        self._end = len(text)
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]

    def place(self, offset: int) -> Place:
        """Returns the place of the character at this offset."""
        line = bisect_right(self._starts, min(offset, self._end))
        return Place(line, min(offset, self._end) - self._starts[line - 1] + 1)


_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_NOT_IN_FILES = re.compile(f"[{_CONTROL}]")
NOT_IN_TEXT = re.compile(f"[\r{_CONTROL}]")
"""What no text may hold, not even escaped: it would act on a terminal, or is half a character."""


def check_characters(text: str, positions: LineIndex, findings: Findings) -> None:
    """Refuses a file that holds control characters.

    Raises:
        FileError: It holds one; the message names the first.
    """
    match = _NOT_IN_FILES.search(text)
    if match is not None:
        found = f"The file contains the control character U+{ord(match.group()):04X}."
        cure = "text; remove the character or, if there are many, save the file as UTF-8."
        findings.fail(positions.place(match.start()), "RC103", found, cure)


class Tree:
    """Builds a tree step by step, and reports keys given twice and limits passed.

    The readers of each kind of file call it in the order in which things stand in the file.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.root: Node | None = None
        self._open: list[tuple[ListNode | MapNode, Scalar | None]] = []
        self._values = 0

    def take(self, node: Scalar | Reported) -> None:
        """Adds what holds nothing else; a text with control characters in it is reported."""
        self._count(node)
        if isinstance(node, Scalar) and (bad := NOT_IN_TEXT.search(node.text)) is not None:
            found = f"The text contains the character U+{ord(bad.group()):04X}, which cannot be shown."
            self.findings.add(node, "RC103", found, "plain text; leave that character out.")
        self._add(node)

    def begin(self, node: ListNode | MapNode) -> None:
        """Opens a list or mapping: what comes next stands inside it.

        Raises:
            FileError: Too many stand inside each other.
        """
        self._count(node)
        if len(self._open) >= MAX_DEPTH:
            too_deep(node, self.findings)
        self._open.append((node, None))

    def end(self) -> None:
        """Closes the list or mapping opened last, and adds it to the one around it."""
        self._add(self._open.pop()[0])

    def _count(self, node: Node) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            too_many(node, self.findings)

    def _add(self, node: Node) -> None:
        """Adds a finished node where it belongs: as the root, an item, a key or a value."""
        if not self._open:
            self.root = node
            return
        target, key = self._open[-1]
        if isinstance(target, ListNode):
            target.items.append(node)
        elif key is None:
            self._open[-1] = (target, self._key(node))
        else:
            self._open[-1] = (target, None)
            self._set(target, key, node)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        if not isinstance(node, Reported):
            self.findings.add(node, "RC204", "A list or mapping is used as a key.", "a word as a key.")
        return _NO_KEY

    def _set(self, target: MapNode, key: Scalar, value: Node) -> None:
        if key is _NO_KEY:
            return
        first, _ = target.entries.setdefault(key.text, (key, value))
        if first is not key:
            place = f"line {first.line}, column {first.column}"
            found = f"The key {quoted(key.text)} appears twice, first in {place}."
            self.findings.add(key, "RC108", found, "each key once; remove one, or merge the two.")


_NO_KEY = Scalar(0, 0, "")


def too_deep(at: At, findings: Findings) -> NoReturn:
    """Reports that lists and mappings stand too deeply inside each other, and raises."""
    found = f"More than {MAX_DEPTH} lists and mappings are nested here."
    findings.fail(at, "RC105", found, "a scenario, which needs five levels.")


def too_many(at: At, findings: Findings) -> NoReturn:
    """Reports that the file holds too much, and raises."""
    found = f"The file contains more than {MAX_VALUES} values."
    findings.fail(at, "RC102", found, "a smaller file; split it into several.")
