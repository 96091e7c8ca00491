"""Reads TOML into a tree: the standard library checks it, a scan of the text says where it is.

The scan takes a little more than TOML, in one pass and without going back; whatever it cannot take,
the standard library refuses as well, with a better reason.
"""

from __future__ import annotations

import re
import tomllib
from typing import NoReturn

from ._nodes import (
    MAX_DEPTH,
    Findings,
    ListNode,
    MapNode,
    Node,
    Place,
    Positions,
    Scalar,
    Tree,
    quoted,
)

__all__ = ["parse_toml"]

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r'[A-Za-z0-9_-]+|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|\'[^\'\n]*\'')
_STRING = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"{1,2}(?!"))[^"\\]*)*"{3,5}'
    r"|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\[\]{}#\"'=]+(?: \d\d:[^\s,\[\]{}#]+)?(?![^\s,\[\]{}#])")
_LONGEST_BARE = 200
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_TWICE = re.compile(r"overwrite|twice|[Dd]uplicate|immutable")

# How the standard library's messages begin, and what we say instead.
_SAID: tuple[tuple[str, str, str], ...] = (
    ("Invalid value", "A value cannot be read.", 'text in quotes, as in form = "goods".'),
    ("Expected '='", "No equals sign follows the key.", 'key = "value".'),
    ("Invalid statement", "This line is not TOML.", 'key = "value", or [section].'),
    (
        "Invalid initial character for a key",
        "A key is missing here.",
        'key = "value", or [section].',
    ),
    (
        "Expected newline",
        "Something follows after the end of the value.",
        "one key = value in a line.",
    ),
    ("Unclosed array", "A list is not closed, or lacks a comma.", '["a", "b"].'),
    (
        "Unclosed inline table",
        "A mapping is not closed, or lacks a comma.",
        '{ a = "b", c = "d" } in one line.',
    ),
    (
        "Unterminated string",
        "A quotation mark opens, and none closes.",
        "a closing quotation mark.",
    ),
    (
        "Illegal character '\\n'",
        "A quotation mark opens, and none closes in the line.",
        "a closing quotation mark.",
    ),
    (
        "Unescaped '\\' in a string",
        "A backslash starts an escape that does not exist.",
        "'single quotes', or \\\\.",
    ),
    ("Expected ']", "The heading of a section is not closed.", "[section], or [[scenario]]."),
)


def parse_toml(text: str, positions: Positions, findings: Findings) -> Node | None:
    """Returns the tree of the text, or None where there is nothing in it.

    Raises:
        FileError: The text is not well-formed, or passes a limit.
    """
    scan = _Scan(text, Tree(positions, findings))
    before = len(findings.problems)
    stopped: int | None = None
    try:
        scan.run()
    except _StoppedError as error:
        stopped = error.offset
    try:
        tomllib.loads(text, parse_float=str)
    except ValueError as error:
        _report(str(error), text, findings, positions, told=len(findings.problems) > before)
    if stopped is not None:
        findings.fail(positions.place(stopped), "RC104", "A value cannot be read.", "text in quotes.")
    return scan.root if scan.root.entries else None


def _report(said: str, text: str, findings: Findings, positions: Positions, *, told: bool) -> NoReturn:
    match = _AT.search(said)
    place = positions.place(len(text.rstrip()))
    if match and match.group(1):
        place = Place(int(match.group(1)), int(match.group(2)))
    message = said[: match.start()] if match else said
    if _TWICE.search(message):
        if told:
            findings.raise_any()
        findings.fail(place, "RC108", "A key or section appears twice.", "each once; join the two.")
    if message.startswith("Invalid date"):
        findings.fail(place, "RC206", "This is not a calendar day.", "a day such as 2015-06-30.")
    for beginning, found, expected in _SAID:
        if message.startswith(beginning):
            findings.fail(place, "RC104", found, expected)
    findings.fail(place, "RC104", f"This is not TOML: {message}.", "TOML; text goes in quotes.")


class _StoppedError(Exception):
    """The scan met something that is not TOML."""

    def __init__(self, offset: int) -> None:
        self.offset = offset


class _Scan:
    """One pass over the text, which builds the tree."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree
        self.at = 0
        self.root = tree.map(0)
        self._declared: dict[int, Scalar] = {}

    def run(self) -> None:
        """Reads every line.

        Raises:
            _StoppedError: A line is not TOML.
        """
        table = self.root
        while self._skip(_GAP) < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self._array_heading()
            elif self.text.startswith("[", self.at):
                table = self._heading()
            else:
                self._assignment(table, 1)

    # the parts of a line -----------------------------------------------------------------------

    def _heading(self) -> MapNode:
        self._expect("[")
        *above, last = self._path()
        self._expect("]")
        table = self._child(self._inside(self.root, above), last)
        first = self._declared.setdefault(id(table), last)
        if first is not last:
            found = f"The section [{last.text}] appears twice, first in line {first.line}."
            self.tree.findings.add(last, "RC108", found, "each section once; join the two.")
        return table

    def _array_heading(self) -> MapNode:
        self._expect("[[")
        *above, last = self._path()
        self._expect("]]")
        around = self._inside(self.root, above)
        entry = around.entries.get(last.text)
        if entry is None:
            entry = (last, ListNode(last.line, last.column))
            around.entries[last.text] = entry
        if not isinstance(entry[1], ListNode):
            self.tree.set(around, last, self._map(last))
            raise _StoppedError(self.at)
        table = self._map(last)
        entry[1].items.append(table)
        return table

    def _assignment(self, table: MapNode, depth: int) -> None:
        *above, last = self._path()
        self._skip(_BLANK)
        self._expect("=")
        inner = self._inside(table, above)
        self._skip(_BLANK)
        self.tree.set(inner, last, self._value(depth))

    def _path(self) -> list[Scalar]:
        parts = []
        while True:
            self._skip(_BLANK)
            offset = self.at
            raw = self._match(_KEY_PART)
            text = self._unquoted(raw) if raw[0] in "\"'" else raw
            parts.append(self.tree.scalar(offset, text))
            if len(parts) > MAX_DEPTH:
                self.tree.too_deep(parts[-1])
            self._skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    # values ------------------------------------------------------------------------------------

    def _value(self, depth: int) -> Node:
        start = self.at
        character = self.text[start : start + 1]
        if character in ("[", "{") and depth >= MAX_DEPTH:
            self.tree.too_deep(self.tree.positions.place(start))
        if character == "[":
            return self._list(start, depth + 1)
        if character == "{":
            return self._inline_map(start, depth + 1)
        if character in ('"', "'"):
            return self.tree.scalar(start, self._unquoted(self._match(_STRING)))
        bare = self._match(_BARE)
        if len(bare) > _LONGEST_BARE:  # Beyond some length, the standard library names no place.
            place = self.tree.positions.place(start)
            self.tree.findings.fail(place, "RC104", f"{quoted(bare)} cannot be read.", "text in quotes.")
        return self.tree.scalar(start, bare)

    def _list(self, start: int, depth: int) -> ListNode:
        found = self.tree.list(start)
        self._expect("[")
        while not self._closes("]"):
            found.items.append(self._value(depth))
            self._comma("]")
        return found

    def _inline_map(self, start: int, depth: int) -> MapNode:
        found = self.tree.map(start)
        self._expect("{")
        while not self._closes("}"):
            self._assignment(found, depth)
            self._comma("}")
        return found

    def _closes(self, bracket: str) -> bool:
        self._skip(_GAP)
        closes = self.text.startswith(bracket, self.at)
        self.at += closes
        return closes

    def _comma(self, bracket: str) -> None:
        self._skip(_GAP)
        if not self.text.startswith(bracket, self.at):
            self._expect(",")

    def _unquoted(self, raw: str) -> str:
        quotes = raw[:3] if raw[:3] in ('"""', "'''") else raw[0]
        if "\\" in raw and raw[0] == '"':
            try:
                text: str = tomllib.loads(f"text = {raw}")["text"]
            except ValueError:
                raise _StoppedError(self.at) from None
            return text
        text = raw[len(quotes) : -len(quotes)].replace("\r\n", "\n")
        return text.removeprefix("\n") if len(quotes) == 3 else text

    # tables ------------------------------------------------------------------------------------

    def _map(self, at: Scalar) -> MapNode:
        return MapNode(at.line, at.column)

    def _inside(self, table: MapNode, path: list[Scalar]) -> MapNode:
        for key in path:
            table = self._child(table, key)
        return table

    def _child(self, table: MapNode, key: Scalar) -> MapNode:
        """Returns the table below this key: of an array of tables, the last one."""
        if key.text not in table.entries:
            table.entries[key.text] = (key, self._map(key))
        child = table.entries[key.text][1]
        if isinstance(child, ListNode) and child.items:
            child = child.items[-1]
        if isinstance(child, MapNode):
            return child
        self.tree.set(table, key, child)
        raise _StoppedError(self.at)

    # characters --------------------------------------------------------------------------------

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise _StoppedError(self.at)
        self.at = match.end()
        return match.group()

    def _expect(self, characters: str) -> None:
        if not self.text.startswith(characters, self.at):
            raise _StoppedError(self.at)
        self.at += len(characters)
