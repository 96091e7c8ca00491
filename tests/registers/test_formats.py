"""Registers as they come: workbooks, other encodings, several entries in a cell, totals and footnotes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.needed import needed
from tests.shipped import CATALOGUE

import regcompare as rc
from regcompare.errors import UsageError
from regcompare_registers.bulk import scenario_of_row

COLUMNS = {"date": "scenario.date", "rating": "item.annex_i_entry", "country": "destination.country"}
ROWS: list[list[object]] = [
    ["date", "rating", "country", "value"],
    [
        dt.datetime(2013, 2, 4),  # noqa: DTZ001 (a workbook knows no zone)
        "5A002 / 5D002",
        "Côte d'Ivoire",
        75000.0,
    ],
    [
        dt.datetime(2013, 3, 5, 14, 30),  # noqa: DTZ001
        "5A001f1",
        "Indonesia",
        1200000,
    ],
    ["Total", None, None, 1275000],
    ["Source: the ministry", None, None, None],
]


def screened(source: str) -> Any:
    """A register under one law."""
    presumed = {"exporter.country": "DE", "transaction.kind": "export"}
    return rc.screen(source, ["eu-2021-821@2021-09-09"], columns=COLUMNS, presumed=presumed)


def workbook(folder: Path, *others: str) -> str:
    """A workbook with the rows below a blank line."""
    book = needed("openpyxl").Workbook()
    sheet = book.active
    sheet.title = "Licences"
    for row in [[], *ROWS]:
        sheet.append(row)
    for name in others:
        book.create_sheet(name)
    book.save(folder / "register.xlsx")
    return str(folder / "register.xlsx")


def as_csv(rows: list[list[object]], separator: str) -> str:
    """The rows as text."""
    return "".join(
        separator.join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows
    )


def told(found: Any) -> list[tuple[str, str, str]]:
    """What the rows were read as."""
    names = [f"{name}.read_as" for name in COLUMNS.values()]
    return [tuple(row[name] or row[name.removesuffix(".read_as")] for name in names) for row in found]


READ = [("2013-02-04", "5A002; 5D002", "CI"), ("2013-03-05", "5A001.f.1", "ID")]


def test_a_workbook_is_read_as_a_table(tmp_path: Path) -> None:
    """Days lose their time, several entries are several; totals and footnotes are set aside with why."""
    found = screened(workbook(tmp_path))

    assert told(found) == READ
    assert [(row.values[0], row.reason) for row in found.outside] == [
        ("Total", "a total"), ("Source: the ministry", "a footnote"),
    ]  # fmt: skip
    assert found.summary.read == len(found) + len(found.bad) + len(found.outside)
    assert found.summary.guesses == ()


def test_a_sheet_that_was_guessed_is_told_once(tmp_path: Path) -> None:
    """With how to name another; a wrong name lists them."""
    file = workbook(tmp_path, "Notes")

    assert screened(file).summary.guesses == (
        "Read: the sheet 'Licences'; register.xlsx::NAME reads another (Notes).",
    )
    assert screened(f"{file}::Licences").summary.guesses == ()
    with pytest.raises(UsageError, match=r"has no sheet 'Lists'. Expected one of Licences, Notes."):
        screened(f"{file}::Lists")


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-8-sig"])
def test_an_encoding_is_guessed_and_told(tmp_path: Path, encoding: str, separator: str) -> None:
    """What has no mark and is no UTF-8 is read as what fits, and said so."""
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(ROWS, separator).encode(encoding))
    found = screened(str(file))

    assert told(found) == READ
    assert len(found.outside) == 2
    expected = [] if encoding.startswith("utf-8") else [encoding]
    assert [guess.split()[2].rstrip(",") for guess in found.summary.guesses] == expected


@pytest.mark.parametrize("day", ["2015", "2014-Q4", "q1 2016", "2021-09", "2009"])
def test_a_year_a_quarter_or_a_month_is_a_span(day: str) -> None:
    """It opens the law of each of its days, as a case whose day is known so does."""
    laws = ["eu-428-2009", "eu-law"]
    rows = [
        {
            "scenario.date": day, "item.annex_i_entry": entry, "destination.country": place,
            "exporter.country": "DE", "transaction.kind": "export",
        }
        for entry in ("5A001.j", "none")
        for place in ("CN", "FR")
    ]  # fmt: skip
    for row, found in zip(rows, rc.screen(rows, laws, presume="ordinary"), strict=True):
        case = scenario_of_row(row, CATALOGUE.vocabulary, presume="ordinary")
        for law in laws:
            verdict = rc.assess(case, law, as_of="scenario")
            ends = verdict.span and (verdict.span.low.value, verdict.span.high.value)
            assert (ends or (None, None)) == (found[f"{law}.low"], found[f"{law}.high"])


def test_a_few_broken_lines_make_no_other_encoding(tmp_path: Path) -> None:
    """Where some character is whole in UTF-8 the file is UTF-8, and the broken line is bad."""
    file = tmp_path / "register.csv"
    good = "date;rating;country\n2013-02-04;5A002;Côte d'Ivoire\n".encode()
    file.write_bytes(good + "2013-02-04;5A002;Côte d'Ivoire\n".encode("cp1252"))
    found = screened(str(file))

    assert len(found) == 1
    assert "is not utf-8 text" in found.bad[0].reason


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """With what it is not."""
    (tmp_path / "register.xlsx").write_text("date;rating\n")

    with pytest.raises(UsageError, match="is not a workbook"):
        screened(str(tmp_path / "register.xlsx"))
