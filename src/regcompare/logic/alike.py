"""Members of sets that no condition tells apart, so that one stands for all of them.

A list of thousands names each party in a row of its own.  Two rows of one period, about parties of one
seat, differ in nothing but whom they name: whatever can be of the one can be of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from .conditions import All, AnyOf, Condition, Holds, Term, nodes
from .questions import MemberQuestion

_MANY = "*"
"""In place of the member that a condition names, where it names several."""


def alike_members(
    conditions: Sequence[Condition],
    implied: Sequence[tuple[Condition, Condition]],
    among: Collection[str],
) -> Mapping[str, str]:
    """Returns the questions about members that another stands for, each with that other.

    Members are alike where each is named only as one of several, in the same places and ways, so that
    it does not matter which of them belongs to a set, nor how many.

    Args:
        conditions: The conditions.
        implied: Pairs of conditions of which the second holds wherever the first does.
        among: The members that may be alike.
    """
    named = _Named(tuple(conditions), tuple(implied), frozenset(among))
    first: dict[Hashable, str] = {}
    stands_for = {
        word: first.setdefault(frozenset(places), word) for word, places in named.places.items()
    }
    asked = (node.question for node in named.ordered if isinstance(node, Holds))
    return {
        question.key: attrs.evolve(question, member=stands_for[question.member]).key
        for question in asked
        if isinstance(question, MemberQuestion)
        and stands_for.get(question.member, question.member) != question.member
    }


@attrs.frozen(eq=False, slots=False)
class _Named:
    """Which members conditions name, where and how."""

    conditions: tuple[Condition, ...]
    implied: tuple[tuple[Condition, Condition], ...]
    among: frozenset[str]

    @cached_property
    def ordered(self) -> Sequence[Condition]:
        """Every node once, parts before the whole."""
        halves = (half for pair in self.implied for half in pair)
        return list(nodes([*self.conditions, *halves]))

    @cached_property
    def words(self) -> Mapping[Condition, str]:
        """For each node the member that it names; blank for none."""
        found: dict[Condition, str] = {}
        for node in self.ordered:
            below = {found[part] for part in node.parts} - {""}
            found[node] = (
                _own(node, self.among) if not below else below.pop() if len(below) == 1 else _MANY
            )
        return found

    @cached_property
    def places(self) -> Mapping[str, set[Hashable]]:
        """For each member the conditions that name it beside others, with how they name it."""
        found: dict[str, set[Hashable]] = {}
        for place, node in self._whole():
            if self.words[node] not in ("", _MANY):
                found.setdefault(self.words[node], set()).add((place, self._shapes[node]))
        return found

    def _whole(self) -> Iterator[tuple[Hashable, Condition]]:
        """Each part that may name one member, with what it is a part of; alone, it is its own place."""
        yield from ((("asked", node), node) for node in self.conditions)
        for when, then in self.implied:
            yield ("follows", when, then), then
            yield ("asked", when, then) if self.words[then] else ("implies", then), when
        for node in self.ordered:
            if self.words[node] == _MANY:
                for part in node.parts:
                    yield ("any", node) if isinstance(node, AnyOf) else ("asked", node, part), part

    @cached_property
    def _shapes(self) -> Mapping[Condition, Hashable]:
        """What each node says of the one member that it names, whichever that is."""
        found: dict[Condition, Hashable] = {}
        for node in self.ordered:
            if self.words[node] != _MANY:
                found[node] = self._shape(node, found) if self.words[node] else node
        return found

    def _shape(self, node: Condition, below: Mapping[Condition, Hashable]) -> Hashable:
        parts = tuple(below[part] for part in node.parts)
        if isinstance(node, Holds):
            return ("holds", node.question.fact)
        if isinstance(node, Term):
            return parts[0]
        alone = sum(bool(self.words[part]) for part in node.parts) == 1
        if isinstance(node, AnyOf) or (isinstance(node, All) and alone):
            return (type(node), parts)
        return ("asked", node)  # Of several members each may fail where one of them would not.


def _own(node: Condition, among: Collection[str]) -> str:
    question: Any = node.question
    member = question.member if isinstance(question, MemberQuestion) else ""
    return member if member in among else ""
