"""Reads JSON into a tree: the standard library checks it, a walk over its tokens says where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

from ._nodes import (
    MAX_DEPTH,
    MAX_VALUES,
    Findings,
    LineIndex,
    ListNode,
    MapNode,
    Node,
    Place,
    Reported,
    Scalar,
    Tree,
    too_deep,
    too_many,
)

# A string that never closes is still one token, so that a walk over any text takes linear time.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_OPENS, _CLOSES = ("[", "{"), ("]", "}")

# How the standard library's messages begin, in all its versions, and what we say instead.
_SAID: Mapping[str, tuple[str, str]] = {
    "Expecting property name": (
        "A key is missing here.",
        'a key in double quotes, as in {"id": "a-case"}.',
    ),
    "Expecting ',' delimiter": (
        "The list or mapping is not continued correctly here.",
        "a comma, or a closing bracket.",
    ),
    "Expecting ':' delimiter": ("No colon follows the key.", 'a colon, as in {"id": "a-case"}.'),
    "Expecting value": ("A value is missing here.", "text in double quotes, a list or a mapping."),
    "Unterminated string": (
        "A quotation mark opens here and is never closed.",
        "a closing quotation mark.",
    ),
    "Invalid control character": ("A text contains a line end or a tab.", r"\n or \t in its place."),
    "Invalid \\": ("A backslash starts an invalid escape.", r"\\ for a backslash."),
    "Extra data": ("Something follows the end.", "one mapping, or one list of mappings."),
}


def parse_json(text: str, positions: LineIndex, findings: Findings) -> Node | None:
    """Returns the tree of the text, or None where there is nothing in it.

    Raises:
        FileError: The text is not well-formed, or passes a limit.
    """
    if not text.strip():
        return None
    _check_limits(text, positions, findings)
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        _report(error, text, positions, findings)
    tree = Tree(findings)
    for lexeme, offset in _tokens(text):
        _take(lexeme, positions.place(offset), tree)
    return tree.root


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((match.group(), match.start()) for match in _TOKEN.finditer(text))


def _check_limits(text: str, positions: LineIndex, findings: Findings) -> None:
    """Refuses what the standard library's recursion should not meet."""
    depth = 0
    for count, (lexeme, offset) in enumerate(_tokens(text)):
        depth += (lexeme in _OPENS) - (lexeme in _CLOSES)
        if depth > MAX_DEPTH:
            too_deep(positions.place(offset), findings)
        if count > 4 * MAX_VALUES:
            too_many(positions.place(offset), findings)


def _take(lexeme: str, place: Place, tree: Tree) -> None:
    if lexeme == "[":
        tree.begin(ListNode(*place))
    elif lexeme == "{":
        tree.begin(MapNode(*place))
    elif lexeme in _CLOSES:
        tree.end()
    elif lexeme.startswith('"'):
        tree.take(Scalar(*place, json.loads(lexeme)))
    elif lexeme in ("NaN", "Infinity", "-Infinity"):
        found, cure = f"{lexeme} is not a value in JSON.", 'text in double quotes, or "unknown".'
        tree.findings.add(place, "RC104", found, cure)
        tree.take(Reported(*place))
    elif lexeme not in (",", ":"):
        tree.take(Scalar(*place, lexeme, empty=lexeme == "null"))


def _report(
    error: json.JSONDecodeError, text: str, positions: LineIndex, findings: Findings
) -> NoReturn:
    before = text[: error.pos + (text[error.pos : error.pos + 1] == ",")].rstrip()
    if before.endswith(",") and text[len(before) :].lstrip()[:1] in _CLOSES:
        place, cure = positions.place(len(before) - 1), "no comma before a closing bracket."
        findings.fail(place, "RC104", "There is a comma after the last entry.", cure)
    place = positions.place(error.pos)
    for beginning, (found, expected) in _SAID.items():
        if error.msg.startswith(beginning):
            findings.fail(place, "RC104", found, expected)
    findings.fail(place, "RC104", f"This is not JSON: {error.msg}.", "JSON.")
