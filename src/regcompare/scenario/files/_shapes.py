"""Takes nodes for what they should be: a text, a word from a list, a day, a list, a mapping.

Each method returns what it was asked for, or None after it has reported why it cannot.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN, AnswerError, read_day

from ._nodes import Findings, ListNode, MapNode, Node, Reported, Scalar, quoted

_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False, "unknown": UNKNOWN}


def one_of(words: Iterable[str]) -> str:
    """Returns the words as an expectation in a message."""
    *others, last = words
    return f"{', '.join(others)} or {last}." if others else f"{last}."


def described(node: Node) -> str:
    """Returns what a node is, in words, at the beginning of a sentence."""
    if isinstance(node, ListNode):
        return "A list"
    if isinstance(node, MapNode):
        return "A mapping"
    return "Nothing" if isinstance(node, Scalar) and node.empty else "A single value"


class NodeReader:
    """Takes nodes for what they should be, and reports those that are something else."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def wrong(
        self, node: Node, what: str, expected: str, suggestion: str | None = None, code: str = "RC204"
    ) -> None:
        """Reports that something else stands where ``what`` is given."""
        if isinstance(node, Reported):
            return
        found = f"{described(node)} is given for {what}."
        if isinstance(node, Scalar) and not node.empty:
            found = f"{quoted(node.text)} is given for {what}."
        self.findings.add(node, code, found, expected, suggestion)

    def text(self, node: Node, what: str) -> str | None:
        """Takes a text."""
        if isinstance(node, Scalar) and not node.empty:
            return node.text
        self.wrong(node, what, "a text; leave the key out if there is none.")
        return None

    def matching(
        self, node: Node, what: str, pattern: re.Pattern[str], expected: str, code: str
    ) -> str | None:
        """Takes a text of a certain form."""
        text = self.text(node, what)
        if text is None or pattern.fullmatch(text):
            return text
        self.wrong(node, what, expected, code=code)
        return None

    def word(self, node: Node, what: str, words: Sequence[str], expected: str = "") -> str | None:
        """Takes one of the words."""
        expected = expected or one_of(words)
        if not isinstance(node, Scalar) or node.empty:
            self.wrong(node, what, expected)
        elif node.text in words:
            return node.text
        else:
            self.wrong(node, what, expected, nearest(node.text, words), "RC203")
        return None

    def yes_no(self, node: Node, what: str) -> Any:
        """Takes yes, no or unknown, as True, False or ``UNKNOWN``."""
        if isinstance(node, Scalar) and node.text.lower() in _YES_NO:
            return _YES_NO[node.text.lower()]
        self.word(node, what, ("yes", "no", "unknown"))
        return None

    def day(self, node: Node, what: str, earliest: dt.date = dt.date.min) -> dt.date | None:
        """Takes a calendar day, the earliest or a later one."""
        text = self.text(node, what)
        if text is None:
            return None
        try:
            return read_day(text, what, earliest)
        except AnswerError as error:
            self.wrong(node, what, error.expected, repaired_day(text), "RC206")
            return None

    def items(self, node: Node, what: str, example: str) -> list[Node] | None:
        """Takes a list, and returns its items."""
        if isinstance(node, ListNode):
            return node.items
        self.wrong(node, what, f"a list such as {example}.")
        return None

    def words(self, node: Node, what: str, example: str) -> tuple[str, ...] | None:
        """Takes a list of different words."""
        items = self.items(node, what, example)
        if items is None:
            return None
        taken: dict[str, None] = {}
        for item in items:
            word = self.text(item, f"a member of {what}")
            if word in taken:
                found = f"{quoted(word)} appears twice in {what}."
                self.findings.add(item, "RC209", found, "each member once.")
            if word is not None:
                taken[word] = None
        return tuple(taken)

    def entries(self, node: Node, what: str, example: str) -> list[tuple[Scalar, Node]]:
        """Takes a mapping, and returns its keys and values; an empty list after a report."""
        if isinstance(node, MapNode):
            return list(node.entries.values())
        self.wrong(node, what, f"a mapping such as {example}.")
        return []

    def fields(
        self, node: Node, what: str, known: Sequence[str], example: str, required: str = ""
    ) -> dict[str, Node]:
        """Takes a mapping with known keys, and returns its values by key."""
        fields: dict[str, Node] = {}
        misspelt = set()
        for key, value in self.entries(node, what, example):
            if key.text in known:
                fields[key.text] = value
            else:
                found = f"{quoted(key.text)} is not a key of {what}."
                near = nearest(key.text, known)
                misspelt.add(near)
                self.findings.add(key, "RC201", found, one_of(known), near)
        if required and required not in {*fields, *misspelt} and isinstance(node, MapNode):
            found = f"{what[0].upper()}{what[1:]} has no {required}."
            self.findings.add(node, "RC205", found, f"a mapping such as {example}.")
        return fields


def repaired_day(text: str) -> str | None:
    """Returns the day that a differently written day probably means, if any."""
    match = re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})([T ].*)?", text, re.ASCII)
    year, month, day = match.groups()[:3] if match else ("", "", "")
    if match is None and (match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII)):
        day, month, year = match.groups()
    try:
        meant = dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    return meant if meant != text else None
