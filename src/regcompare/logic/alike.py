"""Members of sets that no condition distinguishes, so that one can represent them all.

A list of thousands names each party in a row of its own.  Two rows of the same period, about parties
with the same seat, differ only in whom they name: what is possible for one is possible for the other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs

from .conditions import All, AnyOf, Condition, Holds, Term, nodes
from .questions import MemberQuestion

_SEVERAL = "*"
"""Represents the members that a condition names, where it names several."""


def alike_members(
    conditions: Sequence[Condition],
    implied: Sequence[tuple[Condition, Condition]],
    candidates: Collection[str],
) -> Mapping[str, str]:
    """Returns the question about a representative for each question about a member that it represents.

    Members are alike where each is named only as one of several, in the same places and in the same
    form, so that it does not matter which of them belong to a set, or how many.

    Args:
        conditions: The conditions.
        implied: Pairs of conditions of which the first implies the second.
        candidates: The members that may be alike.
    """
    mentions = _Mentions(tuple(conditions), tuple(implied), frozenset(candidates))
    first: dict[Hashable, str] = {}
    representatives = {
        member: first.setdefault(frozenset(places), member)
        for member, places in mentions.by_member.items()
    }
    questions = (node.question for node in mentions.ordered if isinstance(node, Holds))
    return {
        question.key: attrs.evolve(question, member=representatives[question.member]).key
        for question in questions
        if isinstance(question, MemberQuestion)
        and representatives.get(question.member, question.member) != question.member
    }


@attrs.frozen(eq=False, slots=False)
class _Mentions:
    """Which members conditions name, where and in which form."""

    conditions: tuple[Condition, ...]
    implied: tuple[tuple[Condition, Condition], ...]
    candidates: frozenset[str]

    @cached_property
    def ordered(self) -> Sequence[Condition]:
        """Every node once, after its parts."""
        halves = (half for pair in self.implied for half in pair)
        return list(nodes([*self.conditions, *halves]))

    @cached_property
    def members(self) -> Mapping[Condition, str]:
        """The member that each node names; blank for none."""
        members: dict[Condition, str] = {}
        for node in self.ordered:
            below = {members[part] for part in node.parts} - {""}
            if len(below) > 1:
                members[node] = _SEVERAL
            else:
                members[node] = below.pop() if below else self._own_member(node)
        return members

    def _own_member(self, node: Condition) -> str:
        question: Any = node.question
        member = question.member if isinstance(question, MemberQuestion) else ""
        return member if member in self.candidates else ""

    @cached_property
    def by_member(self) -> Mapping[str, set[Hashable]]:
        """The places that name each member, with the form in which they do."""
        by_member: dict[str, set[Hashable]] = {}
        for place, node in self._places():
            if self.members[node] not in ("", _SEVERAL):
                by_member.setdefault(self.members[node], set()).add((place, self._shapes[node]))
        return by_member

    def _places(self) -> Iterator[tuple[Hashable, Condition]]:
        """Yields each node that may name one member, with its place; on its own it has a unique one."""
        yield from ((("alone", node), node) for node in self.conditions)
        for when, then in self.implied:
            yield ("follows", when, then), then
            yield ("alone", when, then) if self.members[then] else ("implies", then), when
        for node in self.ordered:
            if self.members[node] == _SEVERAL:
                for part in node.parts:
                    yield ("any", node) if isinstance(node, AnyOf) else ("alone", node, part), part

    @cached_property
    def _shapes(self) -> Mapping[Condition, Hashable]:
        """The form in which each node names its one member, whichever that is."""
        shapes: dict[Condition, Hashable] = {}
        for node in self.ordered:
            if self.members[node] != _SEVERAL:
                shapes[node] = self._shape(node, shapes) if self.members[node] else node
        return shapes

    def _shape(self, node: Condition, shapes: Mapping[Condition, Hashable]) -> Hashable:
        parts = tuple(shapes[part] for part in node.parts)
        if isinstance(node, Holds):
            return ("holds", node.question.fact)
        if isinstance(node, Term):
            return parts[0]
        names_once = sum(bool(self.members[part]) for part in node.parts) == 1
        if isinstance(node, AnyOf) or (isinstance(node, All) and names_once):
            return (type(node), parts)
        return ("alone", node)  # With several members, each may fail where a single one would not.
