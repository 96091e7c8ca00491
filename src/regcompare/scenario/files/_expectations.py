"""Reads and writes what a scenario file expects of rulesets: the block ``expect``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from regcompare.errors import nearest
from regcompare.facts import UNKNOWN
from regcompare.ruleset.rules import CELL_WORDS, Outcome
from regcompare.scenario.expectation import Expectation

from ._node_reader import NodeReader, one_of
from ._nodes import ListNode, MapNode, Node, Scalar, quoted

WORDS = tuple(outcome.word for outcome in Outcome)
_AS_SHOWN = {shown: outcome.word for outcome, shown in CELL_WORDS.items()}
KEYS = ("outcome", "within", "rules", "as_of", "as_if_from", "in_scope", "in_force")
HOW = ("as_of", "as_if_from")
"""The keys that say how the ruleset is applied, not what is expected."""
_EXAMPLE = "{outcome: authorisation, rules: [art-3-1]}"
_BLOCK = "{my-act-2020: no_control..notification}"


class ExpectationReader:
    """Reads the block ``expect``."""

    def __init__(self, nodes: NodeReader, rulesets: Iterable[str] | None) -> None:
        self.nodes = nodes
        self.rulesets = None if rulesets is None else tuple(rulesets)

    def read(self, node: Node) -> tuple[Expectation, ...]:
        """Returns the expectations of the block, without those that cannot be read."""
        expectations: list[Expectation] = []
        for key, value in self.nodes.entries(node, "expect", _BLOCK):
            self._check_ruleset(key)
            expectations += self._of_ruleset(key.text, value)
        return tuple(expectations)

    def _check_ruleset(self, key: Scalar) -> None:
        if self.rulesets is None or key.text in self.rulesets:
            return
        suggestion = nearest(key.text, self.rulesets)
        expected = one_of(self.rulesets) if self.rulesets else "the id of a ruleset; none is loaded."
        self.nodes.problems.add(
            key, "RC213", f"{quoted(key.text)} is not a ruleset.", expected, suggestion
        )

    def _of_ruleset(self, ruleset: str, node: Node) -> Iterator[Expectation]:
        if isinstance(node, Scalar):
            span = self._span(node, f"expect.{ruleset}")
            if span is not None:
                yield Expectation(ruleset=ruleset, low=span[0], high=span[1])
            return
        items = node.items if isinstance(node, ListNode) else [node]
        if not items:
            self._refuse(node, f"The list for {ruleset} is empty.", "at least one expectation.")
        for item in items:
            expectation = self._mapping(ruleset, item)
            if expectation is not None:
                yield expectation

    def _mapping(self, ruleset: str, node: Node) -> Expectation | None:
        label = f"expect.{ruleset}"
        problem_count = len(self.nodes.problems)
        fields = self.nodes.fields(node, label, KEYS, _EXAMPLE)
        if not isinstance(node, MapNode) or not self._fit(node, fields, label):
            return None
        readers = {
            "outcome": self._span,
            "within": self._span,
            "rules": self._rules,
            "as_of": self._as_of,
            "as_if_from": self._place,
            "in_scope": self.nodes.yes_no,
            "in_force": self.nodes.yes_no,
        }
        values: dict[str, Any] = {key: readers[key](fields[key], f"{label}.{key}") for key in fields}
        if len(self.nodes.problems) > problem_count:
            return None
        is_within = "within" in values
        low, high = values.pop("within", None) or values.pop("outcome", None) or (None, None)
        return Expectation(ruleset=ruleset, low=low, high=high, within=is_within, **values)

    def _fit(self, node: Node, fields: dict[str, Node], label: str) -> bool:
        """Whether the keys are consistent; reports why they are not."""
        results = [key for key in ("outcome", "within") if key in fields]
        excluded = [key for key in ("in_scope", "in_force") if _is_no(fields.get(key))]
        if len(results) > 1:
            self._refuse(node, f"{label} has both outcome and within.", "one of the two.")
        elif results and excluded:
            found = f"{label} has {results[0]}, and {excluded[0]}: no."
            self._refuse(node, found, f"no {results[0]}; where {excluded[0]} is no there is none.")
        elif isinstance(node, MapNode) and not set(node.entries) - set(HOW):
            self._refuse(node, f"{label} says nothing to verify.", f"a mapping such as {_EXAMPLE}.")
        else:
            return True
        return False

    def _span(self, node: Node, label: str) -> tuple[Outcome, Outcome] | None:
        if not isinstance(node, Scalar) or node.empty:
            self.nodes.wrong(node, label, "an outcome, or a span low..high.", code="RC210")
            return None
        first, dots, second = node.text.partition("..")
        ends = (first.strip(), second.strip() if dots else first.strip())
        for word in ends:
            if word not in WORDS:
                missing = f"{quoted(node.text)} lacks an end."
                found = f"{quoted(word)} is not an outcome." if word else missing
                expected = f"{one_of(WORDS)[:-1]}; or a span low..high."
                self._refuse(node, found, expected, _AS_SHOWN.get(word) or nearest(word, WORDS))
                return None
        low, high = map(Outcome.read, ends)
        if low > high:
            found = f"The span {quoted(node.text)} runs from the stricter end to the weaker."
            self._refuse(node, found, "the weaker end first.", f"{high}..{low}")
            return None
        return low, high

    def _rules(self, node: Node, label: str) -> tuple[str, ...] | None:
        return self.nodes.words(node, label, "[art-3-1]")

    def _as_of(self, node: Node, label: str) -> dt.date | Literal["scenario"] | None:
        if isinstance(node, Scalar) and node.text == "scenario":
            return "scenario"
        return self.nodes.day(node, label)

    def _place(self, node: Node, label: str) -> Literal["home"] | None:
        if isinstance(node, Scalar) and node.text == "home":
            return "home"
        self.nodes.wrong(node, label, "home.", code="RC210")
        return None

    def _refuse(self, node: Node, found: str, expected: str, suggestion: str | None = None) -> None:
        self.nodes.problems.add(node, "RC210", found, expected, suggestion)


def _is_no(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.text.lower() in ("no", "false")


# writing -----------------------------------------------------------------------------------------


def expectation_block(expectations: Iterable[Expectation]) -> dict[str, Any]:
    """Returns the block as it is written in a file: for each ruleset a word, a mapping or a list."""
    blocks: dict[str, list[Any]] = {}
    for expectation in expectations:
        blocks.setdefault(expectation.ruleset, []).append(_mapping(expectation))
    return {ruleset: _shortest(entries) for ruleset, entries in blocks.items()}


def _shortest(entries: list[dict[str, Any]]) -> Any:
    if len(entries) > 1:
        return entries
    return entries[0]["outcome"] if list(entries[0]) == ["outcome"] else entries[0]


def _mapping(expectation: Expectation) -> dict[str, Any]:
    block: dict[str, Any] = {}
    if expectation.as_of is not None:
        block["as_of"] = str(expectation.as_of)
    if expectation.as_if_from is not None:
        block["as_if_from"] = expectation.as_if_from
    for key in ("in_scope", "in_force"):
        value = getattr(expectation, key)
        if value is not None:
            block[key] = "unknown" if value is UNKNOWN else ("yes" if value else "no")
    low, high = expectation.low, expectation.high
    if low is not None and high is not None:
        span = str(low) if low == high else f"{low}..{high}"
        block["within" if expectation.within else "outcome"] = span
    if expectation.rules:
        block["rules"] = list(expectation.rules)
    return block
