"""Questions that conditions do not tell apart: where both are open, trying one tells of the other.

Most codes of a list are named in the same rows and exceptions.  Exchanging two of them changes no
condition, so that what follows from the one follows from the other as well.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from .conditions import All, AnyOf, Choose, Condition, Holds, Not, nodes
from .questions import NO_QUESTION, Question

_SEVERAL = NO_QUESTION
"""In place of the question that a condition asks, where it asks several."""


def occurrences_of(
    conditions: Sequence[Condition], among: Collection[Question]
) -> Mapping[Question, Collection[Hashable]]:
    """Returns for each question where, and how, conditions ask it.

    Two with the same places can be exchanged: each condition says the same of the one as of the other.

    Args:
        conditions: The conditions.
        among: The questions, all of them answered yes or no.
    """
    asks: dict[Condition, Question] = {}
    shapes: dict[Condition, Hashable] = {}
    found: dict[Question, set[Hashable]] = {}
    for node in nodes(conditions):
        below = {asks[part] for part in node.parts if part in asks}
        if isinstance(node, Holds) and node.question in among:
            asks[node], shapes[node] = node.question, node.question.fact
        elif len(below) > 1 or _SEVERAL in below:
            asks[node] = _SEVERAL
            for part in node.parts:
                place = node if isinstance(node, All | AnyOf) else (node, part)
                found.setdefault(asks.get(part, _SEVERAL), set()).add((place, shapes.get(part)))
        elif below:
            asks[node], shapes[node] = below.pop(), _shape(node, shapes)
    for number, node in enumerate(conditions):
        found.setdefault(asks.get(node, _SEVERAL), set()).add((number, shapes.get(node)))
    found.pop(_SEVERAL, None)
    return {question: frozenset(places) for question, places in found.items()}


def _shape(node: Condition, below: Mapping[Condition, Hashable]) -> Hashable:
    """What a condition says of the one question that it asks, whichever that is."""
    if isinstance(node, Choose):
        return node  # Which reading says it matters; no other condition has its shape.
    parts = frozenset(below.get(part, part) for part in node.parts)
    if isinstance(node, All | AnyOf | Not):
        return type(node), parts
    (part,) = parts  # A term says what its condition says.
    return part
