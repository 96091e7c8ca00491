"""Lists of thousands of parties: told in few lines, and proved row by row."""

from __future__ import annotations

from pathlib import Path

from tests.support.long_list import act_of, with_impossible_row
from tests.support.shipped import CATALOGUE

from regcompare_prove.gaps import possible_gaps
from regcompare_prove.lint import lint
from regcompare_publish.law_text import law_text

SHORT, LONG = 60, 360


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


def test_lint_finds_the_row_that_is_never_met(tmp_path: Path) -> None:
    """Of many rows, the one about a party that can take no part."""
    act = act_of(tmp_path, LONG)

    assert lint(act) == []
    assert [(item.kind, item.where) for item in lint(with_impossible_row(act))] == [
        ("term-never-met", "listed parties, line 2, from 2012-03-01")
    ]


def test_a_map_by_parties_names_each(tmp_path: Path) -> None:
    """Each member has a line of its own."""
    other = CATALOGUE.ruleset("eu-2021-821")
    gaps = possible_gaps(other, act_of(tmp_path, SHORT), by=("parties.buyer", "item.form"))

    assert {cell.closure.is_gap for cell in gaps.cells if cell.down.name == "toy:party_59"} == {True}
