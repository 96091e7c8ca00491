"""The text of a file as a tree of nodes with positions; scalars stay text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, Literal, NamedTuple, NoReturn

import attrs

from regcompare.errors import FileError, Problem

MAX_BYTES = 1 << 20
"""The largest file accepted; a case takes two or three thousand bytes."""
MAX_DEPTH = 32
"""How deeply lists and mappings may be nested; a scenario needs five levels."""
MAX_VALUES = 80_000
"""How many keys, values, lists and mappings a file may contain."""
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
    """One answer, text or key; ``empty`` where the file has nothing, or null, in its place.

    ``written`` is the text in the file, where it differs from the text that is read.
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
    """A part of the file that has been reported already, and is to be ignored."""

    line: int
    column: int


Node = Scalar | ListNode | MapNode | Reported
Positioned = Place | Node
"""Anything that has a place in the file."""
Entries = dict[str, tuple[Scalar, Node]]
"""The keys of a mapping as text, each with its node and its value."""


def plain(node: Node) -> Any:
    """Returns a node as plain mappings, lists and texts, without positions."""
    if isinstance(node, MapNode):
        return {name: plain(value) for name, (_, value) in node.entries.items()}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else ""


def quoted(text: str) -> str:
    """Returns the text in quotes for a message, shortened if it is long."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...")


class Problems:
    """The mistakes of one file, collected so that all are reported at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.reported: list[Problem] = []

    def add(
        self, node: Positioned, code: str, found: str, expected: str = "", suggestion: str | None = None
    ) -> None:
        """Adds a mistake, once: several cases may inherit it from one.

        Raises:
            FileError: There are too many to look for more.
        """
        problem = Problem(self.file, node.line, node.column, code, found, expected, suggestion)
        if problem in self.reported:
            return
        self.reported.append(problem)
        if len(self.reported) >= MAX_PROBLEMS:
            message = f"The file was read up to {MAX_PROBLEMS} mistakes; there may be more."
            last_problem = max(self.reported, key=lambda problem: (problem.line, problem.column))
            self.reported.append(
                Problem(self.file, last_problem.line, last_problem.column, "RC215", message)
            )
            self.raise_any()

    def fail(
        self, node: Positioned, code: str, found: str, expected: str, suggestion: str | None = None
    ) -> NoReturn:
        """Adds a mistake after which reading cannot continue, and raises all."""
        self.add(node, code, found, expected, suggestion)
        raise FileError(self.reported)

    def __len__(self) -> int:
        return len(self.reported)

    def raise_any(self) -> None:
        """Raises the mistakes, if there are any."""
        if self.reported:
            raise FileError(self.reported)


class LineIndex:
    """Converts offsets in a text to lines and columns; lines end with LF, CR LF or CR."""

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
"""Characters that no text may contain, even escaped: controls, and halves of characters."""


def check_characters(text: str, positions: LineIndex, problems: Problems) -> None:
    """Refuses a file that contains control characters.

    Raises:
        FileError: It contains one; the message names the first.
    """
    control = _NOT_IN_FILES.search(text)
    if control is not None:
        found = f"The file contains the control character U+{ord(control.group()):04X}."
        expected = "text; remove the character or, if there are many, save the file as UTF-8."
        problems.fail(positions.place(control.start()), "RC103", found, expected)


class Tree:
    """Builds a tree node by node, and reports repeated keys and exceeded limits.

    The parser of each kind of file calls it in the order of the file.
    """

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self._open: list[tuple[ListNode | MapNode, Scalar | None]] = []
        self._values = 0

    def take(self, node: Scalar | Reported) -> None:
        """Adds a leaf; a text that contains control characters is reported."""
        self._count(node)
        if isinstance(node, Scalar) and (control := NOT_IN_TEXT.search(node.text)) is not None:
            found = (
                f"The text contains the character U+{ord(control.group()):04X}, which cannot be shown."
            )
            self.problems.add(node, "RC103", found, "plain text; leave that character out.")
        self._add(node)

    def begin(self, node: ListNode | MapNode) -> None:
        """Opens a list or mapping, to which the nodes that follow belong.

        Raises:
            FileError: Lists and mappings are nested too deeply.
        """
        self._count(node)
        if len(self._open) >= MAX_DEPTH:
            too_deep(node, self.problems)
        self._open.append((node, None))

    def end(self) -> None:
        """Closes the list or mapping opened last, and adds it to its parent."""
        self._add(self._open.pop()[0])

    def _count(self, node: Node) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            too_many(node, self.problems)

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
            self.problems.add(node, "RC204", "A list or mapping is used as a key.", "a word as a key.")
        return _NO_KEY

    def _set(self, target: MapNode, key: Scalar, value: Node) -> None:
        if key is _NO_KEY:
            return
        first, _ = target.entries.setdefault(key.text, (key, value))
        if first is not key:
            place = f"line {first.line}, column {first.column}"
            found = f"The key {quoted(key.text)} appears twice, first in {place}."
            self.problems.add(key, "RC108", found, "each key once; remove one, or merge the two.")


_NO_KEY = Scalar(0, 0, "")


def too_deep(node: Positioned, problems: Problems) -> NoReturn:
    """Reports that lists and mappings are nested too deeply, and raises."""
    found = f"More than {MAX_DEPTH} lists and mappings are nested here."
    problems.fail(node, "RC105", found, "a scenario, which needs five levels.")


def too_many(node: Positioned, problems: Problems) -> NoReturn:
    """Reports that the file contains too many values, and raises."""
    found = f"The file contains more than {MAX_VALUES} values."
    problems.fail(node, "RC102", found, "a smaller file; split it into several.")
