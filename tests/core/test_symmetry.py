"""Interchangeable questions are tried once, and no effect is missed."""

from __future__ import annotations

import pytest

from regcompare.authoring import (
    Condition,
    Item,
    any_of,
)
from regcompare.logic.conditions import Holds
from regcompare.logic.questions import FactQuestion
from regcompare.logic.symmetry import occurrences_of

A, B, C = (Holds(FactQuestion("toy.parts", name)) for name in "abc")


ELSEWHERE = Holds(FactQuestion("toy.others", "a"))


FIRM = Item.covert.__condition__()


@pytest.mark.parametrize(
    ("conditions", "interchangeable"),
    [
        ([any_of(A, B)], True),
        ([A & B & FIRM], True),
        ([any_of(A & FIRM, B & FIRM)], True),
        ([~any_of(A, B), any_of(A, B, C)], True),
        ([any_of(~A, ~B) & FIRM], True),
        ([any_of(A, B), A & FIRM], False),
        ([any_of(A & FIRM, B)], False),
        ([any_of(A, ~B)], False),
        ([A, B], False),
        ([any_of(A & C, B)], False),
        ([any_of(A, ELSEWHERE), B], False),
    ],
)
def test_same_occurrences_are_interchangeable(
    conditions: list[Condition], interchangeable: bool
) -> None:
    """Two members are interchangeable if conditions name them in the same places, sets and forms."""
    occurrences = occurrences_of(conditions, [])

    assert (occurrences["a"] == occurrences["b"]) is interchangeable
