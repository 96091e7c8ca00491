"""What follows from answers, by what a vocabulary says cannot be otherwise and by how codes nest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from ._compile import Compiled, compile_conditions
from .codes import code_matches
from .conditions import All, AnyOf, Condition, Holds, Not, OneOf, Term, nodes, questions
from .facts import CodeSet, Fact
from .vocabulary import FACTS_DATE, Constraint, Vocabulary

__all__ = ["Consequences", "Constrained", "constrained", "is_within"]


class Consequences:
    """What follows from answers: the constraints of the vocabulary and the nesting of code patterns.

    Attributes:
        first: Where the halves of the constraints begin among the compiled conditions.
        position: The place of each question among the answers.
        groups: For each set the places of its members, which are tried together as well.
    """

    def __init__(self, vocabulary: Vocabulary, keys: Sequence[str], first: int) -> None:
        self.first = first
        self.position = {key: index for index, key in enumerate(keys)}
        sets = {fact.key: isinstance(fact, CodeSet) for fact in vocabulary.facts() if fact.is_set}
        groups: dict[str, list[int]] = {}
        for key, index in self.position.items():
            if (name := key.partition(":")[0]) in sets:
                groups.setdefault(name, []).append(index)
        self.groups = tuple(map(tuple, groups.values()))
        codes = [key for key in keys if sets.get(key.partition(":")[0])]
        self.constraints = [
            (self._literals(item.then, True), self._literals(item.when, False))
            for item in vocabulary.constraints
        ]
        self.links = [
            frozenset(
                self.position[node.key]
                for node in nodes([item.when, item.then])
                if node.key in self.position
            )
            for item in vocabulary.constraints
        ]
        self.above: dict[int, list[int]] = {}
        self.below: dict[int, list[int]] = {}
        plain = [key for key in codes if "!" not in key]
        for inner in codes:
            for outer in plain:
                if inner != outer and is_within(inner, outer):
                    self.above.setdefault(self.position[inner], []).append(self.position[outer])
                    self.below.setdefault(self.position[outer], []).append(self.position[inner])

    def _literals(self, condition: Condition, wanted: bool) -> list[tuple[int, Any]]:
        """Returns the answers that the truth of a condition forces, where it forces some."""
        if isinstance(condition, Holds):
            return [(self.position[condition.key], wanted)] if condition.key in self.position else []
        if isinstance(condition, Not):
            return self._literals(condition.part, not wanted)
        if isinstance(condition, OneOf) and wanted and len(condition.answers) == 1:
            (answer,) = condition.answers
            return [(self.position[condition.key], answer)] if condition.key in self.position else []
        if isinstance(condition, All if wanted else AnyOf) or (
            isinstance(condition, Term) or len(condition.parts) == 1
        ):
            return [item for part in condition.parts for item in self._literals(part, wanted)]
        return []

    def nest(self, row: list[Any], index: int) -> None:
        """Carries an answer about one code pattern over to those above or below it."""
        related = self.above if row[index] is True else self.below
        for other in related.get(index, ()):
            if row[other] is None:
                row[other] = row[index]

    def settle(
        self, row: list[Any], compiled: Compiled
    ) -> tuple[tuple[bool, ...], tuple[bool, ...]] | None:
        """Adds what follows to the row; returns the truths, or None where the answers contradict."""
        while True:
            certain, possible = compiled.function(row)
            changed = False
            place = self.first
            for then, otherwise in self.constraints:
                when_sure, when_maybe = certain[place], possible[place]
                then_sure, then_maybe = certain[place + 1], possible[place + 1]
                place += 2
                if when_sure and not then_maybe:
                    return None
                forced = (
                    then
                    if when_sure and not then_sure
                    else otherwise
                    if when_maybe and not then_maybe
                    else ()
                )
                for index, answer in forced:
                    if row[index] is None:
                        row[index] = answer
                        self.nest(row, index)
                        changed = True
            if not changed:
                return certain, possible


@lru_cache(maxsize=1 << 16)
def is_within(inner: str, outer: str) -> bool:
    """Returns whether every code under one pattern falls under another, as far as names tell."""
    (name, _, inside), (other, _, outside) = inner.partition(":"), outer.partition(":")
    inside = inside.partition("!")[0]
    if name != other:
        return False
    if outside == "*":
        return True
    if inside.startswith(("/", "*", "?")):
        return False
    return code_matches(inside, outside)


@attrs.frozen(eq=False)
class Constrained:
    """The constraints of a vocabulary, ready to be asked.

    Attributes:
        constraints: The constraints.
        compiled: Their halves as one function, ``when`` before ``then``.
        consequences: What follows from answers.
        asked: For each constraint the facts that it asks about.
        facts: The facts of the vocabulary, by key.
    """

    constraints: tuple[Constraint, ...]
    compiled: Compiled
    consequences: Consequences
    asked: tuple[frozenset[str], ...]
    facts: Mapping[str, Fact]

    def broken(self, row: Sequence[Any]) -> list[int]:
        """Returns the places of the constraints that these answers break."""
        certain, possible = self.compiled.function(row)
        places = range(len(self.constraints))
        return [place for place in places if certain[2 * place] and not possible[2 * place + 1]]

    def broken_at_length(self, row: Sequence[Any]) -> list[int]:
        """Returns the places of those that are broken by these answers or by what follows from them."""
        settled = list(row)
        if self.consequences.settle(settled, self.compiled) is not None:
            return []
        return self.broken(settled)

    def connected(self, place: int) -> frozenset[str]:
        """Returns the facts from which something may follow for a constraint, its own included."""
        together = self.asked[place]
        for _ in self.asked:
            together = together.union(*(group for group in self.asked if group & together))
        return together


@lru_cache(maxsize=128)
def constrained(vocabulary: Vocabulary) -> Constrained:
    """Returns the constraints of a vocabulary, ready to be asked."""
    pairs = [(item.when, item.then) for item in vocabulary.constraints]
    compiled = compile_conditions([half for pair in pairs for half in pair])
    return Constrained(
        vocabulary.constraints,
        compiled,
        Consequences(vocabulary, compiled.keys, 0),
        tuple(frozenset(key.partition(":")[0] for key in questions(pair)) for pair in pairs),
        {fact.key: fact for fact in (*vocabulary.facts(), FACTS_DATE)},
    )
