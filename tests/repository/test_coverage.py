"""Every row of a decision table is encoded or declared, and every rule and duty stands in a row."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.support.shipped import CATALOGUE
from tools.coverage import FILES, coverage_markdown, coverage_problems, read_coverage

NUMBERED = {
    "eu-428-2009": [
        *map(str, range(1, 18)),
        "1a",
        "1b",
        "1c",
        "10a",
        *(f"EU00{n}" for n in range(1, 7)),
    ],
    "eu-2021-821": [
        *(f"D{n}" for n in range(1, 13)),
        *(f"L{n}" for n in range(1, 5)),
        *(f"S{n}" for n in range(1, 8)),
        *(f"EU00{n}" for n in range(1, 9)),
    ],
    "amnesty": [*(f"A{n:02}" for n in range(1, 21)), *(f"IC-{n:02}" for n in range(1, 28))],
}


@pytest.mark.parametrize("ruleset_id", NUMBERED)
def test_every_row_and_every_provision_finds_the_other(ruleset_id: str) -> None:
    """Each row names provisions that exist, or says why not; each rule and duty stands in a row."""
    assert coverage_problems(CATALOGUE.ruleset(ruleset_id), read_coverage(FILES[ruleset_id])) == []


@pytest.mark.parametrize("ruleset_id", NUMBERED)
def test_no_row_is_missing(ruleset_id: str) -> None:
    """The numbered rows of each decision table are all there."""
    assert set(NUMBERED[ruleset_id]) <= {row.row for row in read_coverage(FILES[ruleset_id])}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"provisions": ("art-33",)}, "X: nothing is called 'art-33'. Did you mean 'art-23-3'?"),
        ({"provisions": ("none", "art-3-1"), "why": "Not `art-3-1`."}, "X: it names either provisions or none."),
        ({"provisions": ()}, "X: it names either provisions or none."),
        ({"provisions": ("none",)}, "X: no control, but why names no rule that comes closest."),
        ({"row": "1"}, "1: the row is there twice."),
    ],
)  # fmt: skip
def test_a_gap_is_named(changed: dict[str, Any], problem: str) -> None:
    """A wrong name, a row without anything and a double row are named."""
    rows = read_coverage(FILES["eu-428-2009"])
    added = attrs.evolve(rows[0], **({"row": "X", "why": ""} | changed))

    assert coverage_problems(CATALOGUE.ruleset("eu-428-2009"), (*rows, added)) == [problem]


def test_a_provision_without_a_row_is_named() -> None:
    """A rule that no row names is told."""
    rows = [row for row in read_coverage(FILES["eu-428-2009"]) if "art-4-3" not in row.provisions]

    assert "art-4-3: it is in no row." in coverage_problems(CATALOGUE.ruleset("eu-428-2009"), rows)


def test_the_page_lists_every_row() -> None:
    """Every table is on the page, row by row."""
    page = "\n".join(coverage_markdown(CATALOGUE))

    assert [
        row.row
        for file in FILES.values()
        for row in read_coverage(file)
        if f"| {row.row} | {row.says} |" not in page
    ] == []
