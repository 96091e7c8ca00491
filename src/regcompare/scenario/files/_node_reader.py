"""Reads a node as a text, a word from a list, a day, a list or a mapping.

Each method returns the value, or None after it has reported why it cannot.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, read_day

from ._nodes import ListNode, MapNode, Node, Problems, Reported, Scalar, quoted

_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False, "unknown": UNKNOWN}


def one_of(words: Iterable[str]) -> str:
    """Returns the words as a message lists them: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}." if others else f"{last}."


def described(node: Node) -> str:
    """Returns the kind of a node in words, for the beginning of a sentence."""
    if isinstance(node, ListNode):
        return "A list"
    if isinstance(node, MapNode):
        return "A mapping"
    return "Nothing" if isinstance(node, Scalar) and node.empty else "A single value"


class NodeReader:
    """Reads nodes as values, and reports those of another kind; messages call the value ``label``."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def wrong(
        self, node: Node, label: str, expected: str, suggestion: str | None = None, code: str = "RC204"
    ) -> None:
        """Reports that a node cannot be the value ``label``."""
        if isinstance(node, Reported):
            return
        found = f"{described(node)} is given for {label}."
        if isinstance(node, Scalar) and not node.empty:
            found = f"{quoted(node.text)} is given for {label}."
        self.problems.add(node, code, found, expected, suggestion)

    def text(self, node: Node, label: str) -> str | None:
        """Reads a text."""
        if isinstance(node, Scalar) and not node.empty:
            return node.text
        self.wrong(node, label, "a text; leave the key out if there is none.")
        return None

    def matching(
        self, node: Node, label: str, pattern: re.Pattern[str], expected: str, code: str
    ) -> str | None:
        """Reads a text that matches a pattern."""
        text = self.text(node, label)
        if text is None or pattern.fullmatch(text):
            return text
        self.wrong(node, label, expected, code=code)
        return None

    def word(self, node: Node, label: str, words: Sequence[str], expected: str = "") -> str | None:
        """Reads one of the words."""
        expected = expected or one_of(words)
        if not isinstance(node, Scalar) or node.empty:
            self.wrong(node, label, expected)
        elif node.text in words:
            return node.text
        else:
            self.wrong(node, label, expected, nearest(node.text, words), "RC203")
        return None

    def yes_no(self, node: Node, label: str) -> Any:
        """Reads yes, no or unknown, as True, False or ``UNKNOWN``."""
        if isinstance(node, Scalar) and node.text.lower() in _YES_NO:
            return _YES_NO[node.text.lower()]
        self.word(node, label, ("yes", "no", "unknown"))
        return None

    def day(self, node: Node, label: str, earliest: dt.date = dt.date.min) -> dt.date | None:
        """Reads a calendar day, the earliest or a later one."""
        text = self.text(node, label)
        if text is None:
            return None
        try:
            return read_day(text, label, earliest)
        except AnswerError as error:
            self.wrong(node, label, error.expected, repaired_day(text), "RC206")
            return None

    def items(self, node: Node, label: str, example: str) -> list[Node] | None:
        """Reads a list, and returns its items."""
        if isinstance(node, ListNode):
            return node.items
        self.wrong(node, label, f"a list such as {example}.")
        return None

    def words(self, node: Node, label: str, example: str) -> tuple[str, ...] | None:
        """Reads a list of distinct words."""
        items = self.items(node, label, example)
        if items is None:
            return None
        words: dict[str, None] = {}
        for item in items:
            word = self.text(item, f"a member of {label}")
            if word in words:
                found = f"{quoted(word)} appears twice in {label}."
                self.problems.add(item, "RC209", found, "each member once.")
            if word is not None:
                words[word] = None
        return tuple(words)

    def entries(self, node: Node, label: str, example: str) -> list[tuple[Scalar, Node]]:
        """Reads a mapping, and returns its keys and values; an empty list after a report."""
        if isinstance(node, MapNode):
            return list(node.entries.values())
        self.wrong(node, label, f"a mapping such as {example}.")
        return []

    def fields(
        self, node: Node, label: str, keys: Sequence[str], example: str, *required: str
    ) -> dict[str, Node]:
        """Reads a mapping with known keys, and returns its values by key."""
        fields: dict[str, Node] = {}
        suggestions = set()
        for key, value in self.entries(node, label, example):
            if key.text in keys:
                fields[key.text] = value
            else:
                found = f"{quoted(key.text)} is not a key of {label}."
                suggestion = nearest(key.text, keys)
                suggestions.add(suggestion)
                self.problems.add(key, "RC201", found, one_of(keys), suggestion)
        for name in required:
            if name not in {*fields, *suggestions} and isinstance(node, MapNode):
                found = f"{label[0].upper()}{label[1:]} has no {name}."
                self.problems.add(node, "RC205", found, f"a mapping such as {example}.")
        return fields


def repaired_day(text: str) -> str | None:
    """Returns the day that a differently written day probably means, if any."""
    match = re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})([T ].*)?", text, re.ASCII)
    year, month, day = match.groups()[:3] if match else ("", "", "")
    if match is None and (match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)):
        day, month, year = match.groups()
    try:
        iso = dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    return iso if iso != text else None
