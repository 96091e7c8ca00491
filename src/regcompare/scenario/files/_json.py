"""Reads JSON into a tree: the standard library checks it, a walk over its tokens finds positions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

from ._nodes import (
    MAX_DEPTH,
    MAX_VALUES,
    LineIndex,
    ListNode,
    MapNode,
    Node,
    Place,
    Problems,
    Reported,
    Scalar,
    Tree,
    too_deep,
    too_many,
)

# A string that never closes is still one token, so that a walk over any text takes linear time.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_OPENS, _CLOSES = ("[", "{"), ("]", "}")

# How the standard library's messages begin, in all its versions, with our own message for each.
_MESSAGES: Mapping[str, tuple[str, str]] = {
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


def parse_json(text: str, positions: LineIndex, problems: Problems) -> Node | None:
    """Returns the tree of the text, or None if it is blank.

    Raises:
        FileError: The text is not well-formed, or exceeds a limit.
    """
    if not text.strip():
        return None
    _check_limits(text, positions, problems)
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        _report(error, text, positions, problems)
    tree = Tree(problems)
    for lexeme, offset in _tokens(text):
        _take(lexeme, positions.place(offset), tree)
    return tree.root


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((match.group(), match.start()) for match in _TOKEN.finditer(text))


def _check_limits(text: str, positions: LineIndex, problems: Problems) -> None:
    """Refuses text that is nested too deeply for the standard library's recursion, or too long."""
    depth = 0
    for count, (lexeme, offset) in enumerate(_tokens(text)):
        depth += (lexeme in _OPENS) - (lexeme in _CLOSES)
        if depth > MAX_DEPTH:
            too_deep(positions.place(offset), problems)
        if count > 4 * MAX_VALUES:
            too_many(positions.place(offset), problems)


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
        found, expected = f"{lexeme} is not a value in JSON.", 'text in double quotes, or "unknown".'
        tree.problems.add(place, "RC104", found, expected)
        tree.take(Reported(*place))
    elif lexeme not in (",", ":"):
        tree.take(Scalar(*place, lexeme, empty=lexeme == "null"))


def _report(
    error: json.JSONDecodeError, text: str, positions: LineIndex, problems: Problems
) -> NoReturn:
    before = text[: error.pos + (text[error.pos : error.pos + 1] == ",")].rstrip()
    if before.endswith(",") and text[len(before) :].lstrip()[:1] in _CLOSES:
        place, expected = positions.place(len(before) - 1), "no comma before a closing bracket."
        problems.fail(place, "RC104", "There is a comma after the last entry.", expected)
    place = positions.place(error.pos)
    for beginning, (found, expected) in _MESSAGES.items():
        if error.msg.startswith(beginning):
            problems.fail(place, "RC104", found, expected)
    problems.fail(place, "RC104", f"This is not JSON: {error.msg}.", "JSON.")
