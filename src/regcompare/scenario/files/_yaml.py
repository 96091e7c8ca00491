"""Reads YAML into a tree: events only, without anchors, aliases, tags or further documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import yaml

from ._nodes import (
    LineIndex,
    ListNode,
    MapNode,
    Node,
    Place,
    Problems,
    Reported,
    Scalar,
    Tree,
    quoted,
    too_deep,
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Characters that end a line in YAML 1.1 and nowhere else.
_YAML_BREAKS = re.compile("[\u2028\u2029]")

# Patterns of the messages of both parsers, with our own message for each.
_MESSAGES: Mapping[str, tuple[str, str]] = {
    r"mapping values are not allowed": (
        "There is a second colon here, or the line is indented for no reason.",
        "'key: value'; put quotes round text that contains ': ', and align the keys of a block.",
    ),
    "tab character": (
        "There is a tab where the line should be indented.",
        "spaces; YAML does not take tabs there.",
    ),
    r"cannot start any token": ("A value cannot start with this character.", "the value in quotes."),
    r"could not find expected ':'": (
        "No colon follows the key that starts here.",
        "'key: value', or continued text indented further than its key.",
    ),
    r"sequence entries are not allowed": (
        "A list starts on the same line as its key.",
        "each '- ' on a line of its own, below the key, or [a, b].",
    ),
    r"unexpected end of stream": (
        "A quotation mark opens here and is never closed.",
        "a closing quotation mark.",
    ),
    r"expected ',' or '\]'": (
        "A square bracket opens here, but what follows is not a list.",
        "[a, b], with a comma between items and a closing bracket.",
    ),
    r"expected ',' or '}'": (
        "A curly bracket opens here, but what follows is not a mapping.",
        "{key: value, other: value}, with a comma between entries and a closing bracket.",
    ),
    r"expected key|'-' indicator|<block end>": (
        "This line does not continue the block above it.",
        "the keys or '- ' items of a block aligned, and nothing after a closing quote.",
    ),
    r"unknown escape character|hexdecimal|hexadecimal": (
        "A backslash in double quotes starts an invalid escape.",
        r"single quotes, or '\\' for a backslash.",
    ),
}
_FROM_CONTEXT = re.compile(r"end of stream|expected ',' or|could not find expected ':'")


def parse_yaml(text: str, positions: LineIndex, problems: Problems) -> Node | None:
    """Returns the tree of the text, or None if it is blank.

    Raises:
        FileError: The text is not well-formed, or exceeds a limit.
    """
    line_break = _YAML_BREAKS.search(text)
    if line_break is not None:
        found = f"The file contains the line separator U+{ord(line_break.group()):04X}."
        expected = "an ordinary line ending, or a space; most editors do not show this character."
        problems.fail(positions.place(line_break.start()), "RC103", found, expected)
    tree = Tree(problems)
    try:
        for event in _events(text):
            _take(event, tree)
    except yaml.YAMLError as error:
        _report(error, text, positions, problems)
    return tree.root


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _take(event: Any, tree: Tree) -> None:
    # The text contains only line ends that both the parser and ``LineIndex`` know.
    place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
    if isinstance(event, yaml.NodeEvent):
        _refuse_extras(event, place, tree.problems)
    if isinstance(event, yaml.ScalarEvent):
        empty = not event.style and event.value in ("", "~", "null", "Null", "NULL")
        tree.take(Scalar(*place, event.value, empty))
    elif isinstance(event, yaml.SequenceStartEvent):
        tree.begin(ListNode(*place))
    elif isinstance(event, yaml.MappingStartEvent):
        tree.begin(MapNode(*place))
    elif isinstance(event, yaml.AliasEvent):
        tree.take(Reported(*place))
    elif isinstance(event, yaml.CollectionEndEvent):
        tree.end()
    elif isinstance(event, yaml.DocumentStartEvent) and tree.root is not None:
        expected = "one document; write several scenarios as a list of '- id: ...'."
        tree.problems.fail(place, "RC109", "A second document starts here.", expected)


def _refuse_extras(event: Any, place: Place, problems: Problems) -> None:
    """Reports an alias, an anchor or a tag."""
    if isinstance(event, yaml.AliasEvent):
        found = f"An alias, {quoted(f'*{event.anchor}')}, refers to something else."
        problems.add(place, "RC106", found, "the content itself, written out; or the text in quotes.")
        return
    if event.anchor:
        found = f"An anchor, {quoted(f'&{event.anchor}')}, gives a name to what follows."
        problems.add(place, "RC106", found, "the value alone; or the text in quotes.")
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        found = f"A tag, {quoted(tag)}, says how to read what follows."
        problems.add(place, "RC107", found, "the value alone; or the text in quotes.")


def _report(error: yaml.YAMLError, text: str, positions: LineIndex, problems: Problems) -> NoReturn:
    cause = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    message = f"{getattr(error, 'context', None) or ''} {cause}".strip()
    offset = _offset(error, message)
    place = positions.place(offset)
    if "nesting depth" in message:
        too_deep(place, problems)
    if "cannot start any token" in message and text[offset : offset + 1] == "\t":
        message = "tab character"
    for pattern, (found, expected) in _MESSAGES.items():
        if re.search(pattern, message):
            problems.fail(place, "RC104", found, expected)
    problems.fail(
        place, "RC104", f"This is not YAML: {message}.", "YAML; text in quotes is always safe."
    )


def _offset(error: yaml.YAMLError, message: str) -> int:
    mark: Any = getattr(error, "problem_mark", None)
    context: Any = getattr(error, "context_mark", None)
    if mark is None or (context is not None and _FROM_CONTEXT.search(message)):
        mark = context or mark
    index: int = getattr(mark, "index", None) or getattr(error, "position", 0) or 0
    return index
