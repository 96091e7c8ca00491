"""Members of sets that can be exchanged in all conditions.

Most codes of a list occur in the same rows and exceptions.  A list of thousands names each party in a
row of its own, but two rows of the same period, about parties with the same seat, differ only in whom
they name.  While the same is known of both, what is possible for one is possible for the other:
*interchangeable*.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from .conditions import All, AnyOf, Condition, Holds, Not, Term, nodes
from .questions import CodesQuestion, Question

_SEVERAL = object()
"""Represents what a condition names, where it names several."""


def name_of(question: Question) -> Hashable:
    """Returns what a question names: the member of a set, in whichever set; else itself."""
    return question if isinstance(question, CodesQuestion) else question.member or question


def occurrences_of(
    conditions: Sequence[Condition], constraints: Sequence[Condition]
) -> Mapping[Hashable, Collection[Hashable]]:
    """Returns where, and in which form, the conditions name each member, and each pattern of codes.

    If two have the same occurrences, the conditions are the same with one in place of the other.  The
    constraints, which hold in every case, have no order among themselves.
    """
    named = _Named()
    named.read([*conditions, *constraints])
    for number, node in enumerate(conditions):
        named.add(node, number)
    for node in constraints:
        named.add(node, "constraint")
    return {what: frozenset(places) for what, places in named.places.items()}


class _Named:
    """The things that conditions name, with where and in which form.

    Attributes:
        by: What each node names, or that it names several; nodes that name nothing are missing.
        places: The places that name each, with the form in which they do.
    """

    def __init__(self) -> None:
        self.by: dict[Condition, Hashable] = {}
        self.places: dict[Hashable, set[Hashable]] = {}
        self._shapes: dict[Condition, Hashable] = {}

    def read(self, conditions: Sequence[Condition]) -> None:
        """Finds what every node names."""
        for node in nodes(conditions):
            below = {self.by[part] for part in node.parts if part in self.by}
            if isinstance(node, Holds) and node.question.member:
                self.by[node], self._shapes[node] = name_of(node.question), ("holds", node.question.fact)
            elif len(below) > 1 or _SEVERAL in below:
                self.by[node] = _SEVERAL
                for part in node.parts:
                    self.add(part, node if isinstance(node, All | AnyOf) else (node, part))
            elif below:
                self.by[node], self._shapes[node] = below.pop(), self._shape(node)

    def add(self, node: Condition, place: Hashable) -> None:
        """Adds a place where a node names something."""
        if self.by.get(node, _SEVERAL) is not _SEVERAL:
            self.places.setdefault(self.by[node], set()).add((place, self._shapes[node]))

    def _shape(self, node: Condition) -> Hashable:
        """The form in which a node names the one that it does, whichever that is.

        No other has the form of a choice, since it matters which reading names it.
        """
        if isinstance(node, Term):
            return self._shapes[node.condition]
        if isinstance(node, All | AnyOf | Not):
            return type(node), frozenset(self._shapes.get(part, part) for part in node.parts)
        return node
