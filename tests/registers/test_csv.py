"""CSV that is written reads back as it was, and a spreadsheet runs nothing in it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.registers.test_bulk_screening import LAW, rows_of
from tests.support.offenders import of_each

from regcompare import Scenario
from regcompare._support.csv import csv_lines, csv_text, guarded, unguarded
from regcompare.authoring import CORE
from regcompare.comparison.comparison import compare
from regcompare.plugins.catalogue import Catalogue
from regcompare.views.tables import comparison_text
from regcompare_registers.screen import screen

FORMULAS = (
    "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0", "'=1", "--1",
)  # fmt: skip
PLAIN = (
    "",
    "-",
    "-5",
    "+49",
    "-1,234.50",
    "1e5",
    "-2E-3",
    "-5%",
    "'",
    "'tis",
    "a=1",
    "5E002",
    " =",
    "NO",
)
TEXT = st.text(st.sampled_from("=+-@'\"\r\n\t,;x1. ＝é"), max_size=8) | st.text(max_size=5)


def read_rows(text: str) -> list[list[str]]:
    """Returns the rows of a text in CSV."""
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
@example([["", '"\r"']])
@example([["\r", "\n"]])
def test_what_is_written_reads_back(rows: list[list[str]]) -> None:
    """Any text reads back as it was, once the apostrophes that guard it are taken off."""
    back = read_rows(csv_lines(rows))

    assert [[unguarded(value) for value in row] for row in back] == rows


@given(TEXT)
def test_polars_reads_it_back_too(text: str) -> None:
    """Another reader than our own sees the same rows and values."""
    data = csv_lines([["a", "b"], ["x", text]])

    frame = pl.read_csv(data.encode(), infer_schema=False).fill_null("")

    assert frame.rows() == [("x", guarded(text))]


@given(TEXT)
def test_a_guarded_text_runs_nowhere(text: str) -> None:
    """What a spreadsheet would run has an apostrophe before it, and only that can be taken off again."""
    assert unguarded(guarded(text)) == text
    assert guarded(text) in (text, f"'{text}")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_guarded(text: str) -> None:
    """A text that begins with =, +, -, @, a tab or a line break could be run; so could one in wide letters."""
    assert guarded(text) == f"'{text}"


@of_each("text", PLAIN)
def test_numbers_and_words_stay(text: str) -> None:
    """A negative number is no formula, and a sign in the middle starts none."""
    assert guarded(text) == text


def test_records_have_a_header_and_their_columns_alone() -> None:
    """Columns are written in the order that is asked for; what a record lacks is blank."""
    text = csv_text(("a", "b"), [{"b": 1, "c": 2}, {"a": "=x", "b": None}])

    assert text == "a,b\n,1\n'=x,"


def test_a_case_with_a_formula_for_its_name_is_guarded() -> None:
    """What `compare --format csv` prints goes through the same writer: its id, its title, its record."""
    comparison = compare([Scenario(id="=1+1")], [Catalogue.installed().ruleset("un-2019")])

    cells = comparison_text(comparison, "csv").splitlines()[1].split(",")

    assert cells.count("'=1+1") == 3
    assert "=1+1" not in cells


def register_of(folder: Path, name: str, values: list[str], kind: str) -> str:
    """Writes a register of values that no rule reads, as another program would; returns its name."""
    file = folder / "in.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([[name, "transaction.kind"], *([value, kind] for value in values)])
    return str(file)


def test_a_screened_register_keeps_its_texts(tmp_path: Path) -> None:
    """The output keeps texts as they were, also those that a spreadsheet would run."""
    values = [*FORMULAS, *PLAIN]
    source, out = register_of(tmp_path, "=kind", values, "export"), tmp_path / "out.csv"

    screen(source, str(out), [LAW], CORE)

    assert [row["=kind"] for row in rows_of(out)] == values


def test_a_side_file_is_guarded_and_read_again_without_apostrophes(tmp_path: Path) -> None:
    """Bad rows are safe to open; screened as a register of their own they are what they were."""
    values = [*FORMULAS, *PLAIN]
    source = register_of(tmp_path, "x", values, "exprt")

    screen(source, str(tmp_path / "out.csv"), [LAW], CORE)
    side = tmp_path / "out.csv.bad-rows.csv"
    bad = rows_of(side)
    fixed = side.read_bytes().replace(b",exprt", b",export")
    side.write_bytes(fixed)
    screen(str(side), str(tmp_path / "again.csv"), [LAW], CORE)

    assert [row["x"] for row in bad] == list(map(guarded, values))
    assert [row["x"] for row in rows_of(tmp_path / "again.csv")] == values
