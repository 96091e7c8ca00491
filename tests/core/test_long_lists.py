"""Lists of thousands of parties: told in few lines, and proved row by row."""

from __future__ import annotations

from tests.core.truths import truths_of

from regcompare.authoring import Item, any_of
from regcompare.logic.conditions import Holds
from regcompare.logic.questions import FactQuestion
from regcompare.program.program import connected


def test_thousands_of_parts_do_not_nest() -> None:
    """The generated function takes a condition with as many parts as a list has rows."""
    named = (Holds(FactQuestion("parties.buyer", f"toy:p{place}")) for place in range(5000))
    days = any_of(*(each & Item.covert for each in named))

    assert truths_of([days], {"item.covert": True, "parties.buyer:toy:p4999": True}) == (True,)
    assert truths_of([days], {"item.covert": False}) == (False,)
    assert truths_of([days], {"item.covert": True, "parties.buyer:toy:p1": False}) == (None,)


def test_neighbours_are_all_that_constraints_connect() -> None:
    """Links join into groups, whichever comes first; a question without one is its own neighbour."""
    links = [frozenset({0, 1}), frozenset({2, 3}), frozenset({1, 2}), frozenset()]

    assert connected(5, links) == [0b1111] * 4 + [0b10000]
