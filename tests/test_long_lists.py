"""Lists of thousands of parties: told in few lines, and asked about once for each kind of party."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from tests.long_list import act_of, with_impossible_row
from tests.shipped import CATALOGUE
from tests.truths import truths_of

from regcompare import Outcome, assess
from regcompare.authoring import Item, any_of
from regcompare.logic.conditions import FALSE, Condition, Holds
from regcompare.logic.interchangeable import alike_members
from regcompare.logic.questions import Question
from regcompare.program.program import connected
from regcompare.views.law import law_text
from regcompare_prove.gaps import possible_gaps
from regcompare_prove.lint import lint
from regcompare_prove.solver import Solver

SHORT, LONG = 60, 360


# what is printed -------------------------------------------------------------------------------------


def test_a_long_list_is_described_in_one_sentence(tmp_path: Path) -> None:
    """It says how many rows there are, from when on, in which file, and whom they name first."""
    text = " ".join(law_text(act_of(tmp_path, LONG)).split())

    assert "the buyer is named in “listed parties” on the date of the law applied" in text
    assert (
        "(360 rows, from 2012-03-01 on, each with its period and source in parties.csv: "
        "Party 0, Party 1 and 358 others)"
    ) in text


def test_a_longer_list_takes_no_more_lines(tmp_path: Path) -> None:
    """What is printed of a law does not grow with its list."""
    lines = [len(law_text(act_of(tmp_path, number)).splitlines()) for number in (SHORT, LONG)]

    assert lines[0] == lines[1]


def test_a_short_list_is_given_row_by_row(tmp_path: Path) -> None:
    """Of a few rows each is read with its own source."""
    text = law_text(act_of(tmp_path, 3))

    assert all(f"Notice {place}" in text for place in range(3))


# what is asked of the solver -------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many questions the solver was asked, counted up."""
    counted = [0]
    whole = Solver._is_possible

    def counting(self: Solver, assumed: Collection[int]) -> bool:
        counted[0] += 1
        return whole(self, assumed)

    monkeypatch.setattr(Solver, "_is_possible", counting)
    return counted


def test_lint_asks_once_about_rows_that_say_the_same(tmp_path: Path, asked: list[int]) -> None:
    """The number of its questions depends on the kinds of parties, not on how many there are."""
    numbers = []
    for length in (SHORT, LONG):
        asked[0] = 0
        assert lint(act_of(tmp_path, length)) == []
        numbers.append(asked[0])

    assert numbers[0] == numbers[1] < SHORT


def test_lint_still_finds_the_row_that_differs(tmp_path: Path) -> None:
    """A party that can take no part is of a kind of its own."""
    found = lint(with_impossible_row(act_of(tmp_path, LONG)))

    assert [(item.kind, item.where) for item in found] == [
        ("term-never-met", "listed parties, line 2, from 2012-03-01")
    ]


def test_gaps_know_one_party_of_each_kind(tmp_path: Path) -> None:
    """A longer list asks the solver no more, and the gaps are the same."""
    other = CATALOGUE.ruleset("eu-2021-821")
    short, long = (possible_gaps(other, act_of(tmp_path, number)) for number in (SHORT, LONG))

    assert list(short.frame.cases.solver.questions) == list(long.frame.cases.solver.questions)
    assert [cell.closure for cell in short.cells] == [cell.closure for cell in long.cells]


def test_a_map_by_parties_names_each(tmp_path: Path) -> None:
    """Where each member has a line of its own, none stands for another."""
    other = CATALOGUE.ruleset("eu-2021-821")
    gaps = possible_gaps(other, act_of(tmp_path, SHORT), by=("parties.buyer", "item.form"))

    assert {cell.closure.is_gap for cell in gaps.cells if cell.down.name == "toy:party_59"} == {True}


def test_a_gap_is_shown_by_a_case_that_meets_it(tmp_path: Path) -> None:
    """The party that stands for others is one that the law lists."""
    act = act_of(tmp_path, SHORT)
    gaps = possible_gaps(CATALOGUE.ruleset("eu-2021-821"), act)
    cell = gaps.gap_cells[0]
    witness = gaps.among(cell.down, cell.across).witness(gaps.gap, "gap", "A gap")

    assert witness is not None
    assert (assess(witness.scenario, act).low or Outcome.NO_CONTROL) >= gaps.stops_at


# which members are alike -----------------------------------------------------------------------------


def holds(name: str, part: str = "buyer") -> Condition:
    """That a party takes a part."""
    return Holds(Question(f"parties.{part}", f"toy:{name}"))


A, B, C = holds("a"), holds("b"), holds("c")
AMONG = ("toy:a", "toy:b", "toy:c")
BOTH = any_of(A & Item.covert, B & Item.covert)


@pytest.mark.parametrize(
    ("conditions", "implied"),
    [
        ([BOTH, A], []),
        ([any_of(A, B & Item.covert)], []),
        ([any_of(A, B), A & B], []),
        ([any_of(A & holds("a", "consignee"), B & holds("b", "consignee"))], []),
        ([any_of(~A, ~B)], []),
        ([BOTH], [(A, FALSE)]),
        ([BOTH], [(A, B)]),
        ([any_of(A, holds("b", "consignee"))], []),
    ],
    ids=[
        "one is asked about alone",
        "one under a further condition",
        "both together",
        "two parts at once",
        "denied",
        "one is impossible",
        "one follows from the other",
        "other parts",
    ],
)
def test_members_that_conditions_distinguish(
    conditions: list[Condition], implied: list[tuple[Condition, Condition]]
) -> None:
    """A member stands for no other where some condition treats them differently."""
    assert alike_members(conditions, implied, AMONG) == {}


def test_members_that_no_condition_distinguishes() -> None:
    """The first named stands for those that are named in the same places and ways."""
    implied = [(one, Item.covert & Item.dual_use) for one in (A, B)]

    assert alike_members([BOTH, Item.covert & any_of(A, B, C)], implied, AMONG) == {
        "parties.buyer:toy:b": "parties.buyer:toy:a"
    }


def test_what_is_not_among_those_that_may_be_alike_is_kept() -> None:
    """Answers of the core are always asked about one by one."""
    assert alike_members([any_of(A, B)], [], ["toy:a"]) == {}


# what is generated and connected ---------------------------------------------------------------------


def test_thousands_of_parts_do_not_nest() -> None:
    """The generated function takes a condition with as many parts as a list has rows."""
    days = any_of(*(holds(f"p{place}") & Item.covert for place in range(5000)))

    assert truths_of([days], {"item.covert": True, "parties.buyer:toy:p4999": True}) == (True,)
    assert truths_of([days], {"item.covert": False}) == (False,)
    assert truths_of([days], {"item.covert": True, "parties.buyer:toy:p1": False}) == (None,)


def test_neighbours_are_all_that_constraints_connect() -> None:
    """Links join into groups, whichever comes first; a question without one is its own neighbour."""
    links = [frozenset({0, 1}), frozenset({2, 3}), frozenset({1, 2}), frozenset()]

    assert connected(5, links) == [0b1111] * 4 + [0b10000]
