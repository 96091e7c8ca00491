"""Members of sets that can be exchanged, or one of which can represent others, in all conditions.

Most codes of a list occur in the same rows and exceptions.  A list of thousands names each party in a
row of its own, but two rows of the same period, about parties with the same seat, differ only in whom
they name.  While the same is known of both, what is possible for one is possible for the other:
*interchangeable*.

Members are *alike* where each is named only as one of several, so that it does not matter how many of
them belong to a set.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

from .conditions import All, AnyOf, Condition, Holds, Not, Term, nodes
from .questions import CodesQuestion, Question

_SEVERAL = object()
"""Represents what a condition names, where it names several."""

Tag = Callable[[Condition], Hashable]
"""What a leaf names, of that which may be exchanged; None for nothing."""


def name_of(question: Question) -> Hashable:
    """Returns what a question names: the member of a set, in whichever set; else itself."""
    return question if isinstance(question, CodesQuestion) else question.member or question


def occurrences_of(
    conditions: Sequence[Condition], constraints: Sequence[Condition]
) -> Mapping[Hashable, Collection[Hashable]]:
    """Returns where, and in which form, the conditions name each member, and each pattern of codes.

    If two have the same occurrences, the conditions are the same with one in place of the other.

    Args:
        conditions: The conditions.
        constraints: What holds in every case; they have no order among themselves.
    """
    named = _Named(lambda node: name_of(node.question) if node.question.member else None)
    named.read([*conditions, *constraints])
    for number, node in enumerate(conditions):
        named.add(node, number)
    for node in constraints:
        named.add(node, "constraint")
    return {what: frozenset(places) for what, places in named.places.items()}


def alike_members(
    conditions: Sequence[Condition],
    implied: Sequence[tuple[Condition, Condition]],
    candidates: Collection[str],
) -> Mapping[str, str]:
    """Returns the question about a representative for each question about a member that it represents.

    Args:
        conditions: The conditions.
        implied: Pairs of conditions of which the first implies the second.
        candidates: The members that may be alike.
    """
    named = _Named(lambda node: _member(node) if _member(node) in candidates else None, as_one=True)
    ordered = named.read([*conditions, *(half for pair in implied for half in pair)])
    for number, node in enumerate(conditions):
        named.add(node, number)
    for when, then in implied:
        named.add(then, ("follows", when, then))
        named.add(when, ("alone", when, then) if then in named.by else ("implies", then))
    first: dict[Hashable, str] = {}
    representatives = {
        member: first.setdefault(frozenset(places), str(member))
        for member, places in named.places.items()
    }
    return {
        node.key: Question(node.question.fact, representative).key
        for node in ordered
        if (representative := representatives.get(_member(node))) not in (None, _member(node))
    }


def _member(node: Condition) -> str:
    return "" if isinstance(node.question, CodesQuestion) else node.question.member


class _Named:
    """What conditions name, where and in which form.

    Attributes:
        by: What each node names, or that it names several; nodes that name nothing are missing.
        places: The places that name each, with the form in which they do.
    """

    def __init__(self, tag: Tag, *, as_one: bool = False) -> None:
        self._tag, self._as_one = tag, as_one
        self.by: dict[Condition, Hashable] = {}
        self.places: dict[Hashable, set[Hashable]] = {}
        self._shapes: dict[Condition, Hashable] = {}

    def read(self, conditions: Sequence[Condition]) -> list[Condition]:
        """Finds what every node names; returns the nodes, each after its parts."""
        ordered, joins = list(nodes(conditions)), AnyOf if self._as_one else All | AnyOf
        for node in ordered:
            below = {self.by[part] for part in node.parts if part in self.by}
            if isinstance(node, Holds) and (tag := self._tag(node)) is not None:
                self.by[node], self._shapes[node] = tag, ("holds", node.question.fact)
            elif len(below) > 1 or _SEVERAL in below:
                self.by[node] = _SEVERAL
                for part in node.parts:
                    self.add(part, node if isinstance(node, joins) else (node, part))
            elif below:
                self.by[node], self._shapes[node] = below.pop(), self._shape(node)
        return ordered

    def add(self, node: Condition, place: Hashable) -> None:
        """Adds a place where a node names something."""
        if self.by.get(node, _SEVERAL) is not _SEVERAL:
            self.places.setdefault(self.by[node], set()).add((place, self._shapes[node]))

    def _shape(self, node: Condition) -> Hashable:
        """The form in which a node names the one that it does, whichever that is.

        No other has the form of a choice, since it matters which reading names it; nor, where one is to
        represent several, has a part that may fail for each where it would not for all.
        """
        if isinstance(node, Term):
            return self._shapes[node.condition]
        names_once = sum(part in self.by for part in node.parts) == 1
        joins_all = isinstance(node, All) and (names_once or not self._as_one)
        if isinstance(node, AnyOf) or joins_all or (isinstance(node, Not) and not self._as_one):
            return type(node), frozenset(self._shapes.get(part, part) for part in node.parts)
        return node
