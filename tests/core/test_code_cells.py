"""Codes that no pattern tells apart: whatever code is drawn, one cell stands for it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regcompare.logic.code_cells import code_cells
from regcompare.logic.codes import CODE, code_matches

SECTIONS, DIGITS = "ABCDE", "059"
YEARS = st.sampled_from(["", "", "@2009", "@2014"])


def _numbers() -> st.SearchStrategy[str]:
    return st.sampled_from(["001", "002", "011", "999"])


def _below() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(["a", "f", "3", "zz"]), max_size=2).map(
        lambda names: "".join(f".{name}" for name in names)
    )


def _entries(sections: str = SECTIONS) -> st.SearchStrategy[str]:
    heads = st.tuples(st.sampled_from(DIGITS), st.sampled_from(sections), _numbers(), _below())
    return heads.map("".join)


CODES = st.one_of(
    st.tuples(_entries(), YEARS).map("".join),
    st.tuples(_entries("BDE"), YEARS, st.just("/"), _entries(), YEARS).map("".join),
)
"""Codes as a scenario may state them; only software and technology name a parent."""

BEGINNINGS = st.one_of(
    st.just("*"),
    _entries(),
    st.tuples(st.sampled_from("?059"), st.sampled_from("?ABDE")).map("".join),
    st.tuples(st.sampled_from("?05"), st.sampled_from("?AD"), st.sampled_from(["0", "00", "001"])).map(
        "".join
    ),
)
PIECES = st.one_of(
    st.tuples(BEGINNINGS, YEARS).map("".join),
    st.tuples(st.just("/"), _entries(), YEARS).map("".join),
    st.tuples(BEGINNINGS, YEARS, st.just("/"), _entries(), YEARS).map("".join),
)
PATTERNS = st.lists(PIECES, min_size=1, max_size=3).map("!".join)


@given(st.lists(PATTERNS, min_size=1, max_size=6), st.lists(CODES, min_size=1, max_size=30))
@example(["/5A001.f"], ["5D002/5A001.f"])
@example(["?D001"], ["9D001.a", "9A001"])
@example(["5A0"], ["5A001", "5A999"])
@example(["?D@2014", "5A001"], ["4D004@2014", "4D004"])
@example(["0A", "5A001"], ["9A001", "0A001"])
def test_every_code_has_a_cell(patterns: list[str], codes: list[str]) -> None:
    """The patterns under which any code falls are those of some cell."""
    cells = {cell.matches for cell in code_cells(patterns)}

    for code in codes:
        assert {pattern for pattern in patterns if code_matches(code, pattern)} in cells, code


@given(st.lists(PATTERNS, min_size=1, max_size=6))
def test_each_cell_is_shown_by_its_code(patterns: list[str]) -> None:
    """The code of a cell can be stated, and falls under the cell's patterns and no others."""
    cells = code_cells(patterns)

    assert len({cell.matches for cell in cells}) == len(cells)
    for cell in cells:
        assert CODE.fullmatch(cell.code)
        assert {item for item in patterns if code_matches(cell.code, item)} == cell.matches


def test_plain_codes_come_before_derived_ones() -> None:
    """Where a plain code does as well as a derived one, the plain one stands for the cell."""
    cells = code_cells(["5A001.f", "?D", "/5A001.j", "*"])

    derived = ["/" in cell.code for cell in cells]
    assert derived == sorted(derived)
    assert "5D999/5A001.j" in {cell.code for cell in cells}


@pytest.mark.parametrize("pattern", ["5A001.f.3", "4D004@2014", "*!?D", "5A001.f!5A001.f.3"])
def test_one_pattern_parts_codes_in_two(pattern: str) -> None:
    """A single pattern makes two cells: what falls under it, and what does not."""
    assert {cell.matches for cell in code_cells([pattern])} == {frozenset({pattern}), frozenset()}
