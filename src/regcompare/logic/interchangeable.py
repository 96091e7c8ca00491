"""Questions that can be exchanged without changing any condition.

Most codes of a list occur in the same rows and exceptions.  Where two such questions are open, what
follows from an answer to one follows from the same answer to the other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from .conditions import All, AnyOf, Choose, Condition, Holds, Not, nodes
from .questions import NO_QUESTION, Question

_SEVERAL = NO_QUESTION
"""Represents the questions of a condition that asks several."""


def occurrences_of(
    conditions: Sequence[Condition], candidates: Collection[Question]
) -> Mapping[Question, Collection[Hashable]]:
    """Returns where, and in which form, the conditions ask each question.

    Two questions with the same occurrences are interchangeable.

    Args:
        conditions: The conditions.
        candidates: The questions, all of them answered yes or no.
    """
    asked: dict[Condition, Question] = {}
    shapes: dict[Condition, Hashable] = {}
    occurrences: dict[Question, set[Hashable]] = {}
    for node in nodes(conditions):
        below = {asked[part] for part in node.parts if part in asked}
        if isinstance(node, Holds) and node.question in candidates:
            asked[node], shapes[node] = node.question, node.question.fact
        elif len(below) > 1 or _SEVERAL in below:
            asked[node] = _SEVERAL
            for part in node.parts:
                place = node if isinstance(node, All | AnyOf) else (node, part)
                question = asked.get(part, _SEVERAL)
                occurrences.setdefault(question, set()).add((place, shapes.get(part)))
        elif below:
            asked[node], shapes[node] = below.pop(), _shape(node, shapes)
    for number, node in enumerate(conditions):
        occurrences.setdefault(asked.get(node, _SEVERAL), set()).add((number, shapes.get(node)))
    occurrences.pop(_SEVERAL, None)
    return {question: frozenset(places) for question, places in occurrences.items()}


def _shape(node: Condition, shapes: Mapping[Condition, Hashable]) -> Hashable:
    """The form in which a condition asks its one question, whichever that is."""
    if isinstance(node, Choose):
        return node  # It matters which reading asks, so no other condition has its shape.
    parts = frozenset(shapes.get(part, part) for part in node.parts)
    if isinstance(node, All | AnyOf | Not):
        return type(node), parts
    (part,) = parts  # A term has the shape of its condition.
    return part
