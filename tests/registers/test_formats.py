"""Registers as they come: workbooks, other encodings, several entries in a cell, totals and footnotes."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from tests.support.needed import needed
from tests.support.shipped import CATALOGUE

import regcompare as rc
from regcompare.errors import UsageError
from regcompare.facts import AnswerError
from regcompare_registers._amounts import Amounts
from regcompare_registers.bulk import scenario_of_row
from regcompare_registers.columns import read_value

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
        dt.datetime(2015, 3, 5, 14, 30),  # noqa: DTZ001
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


READ = [("2013-02-04", "5A002; 5D002", "CI"), ("2015-03-05", "5A001.f.1", "ID")]


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


# what publishers write otherwise ---------------------------------------------------------------------


def days_read(days: list[str], **options: Any) -> Any:
    """Rows with these days, and what else a case needs, under one law."""
    rows = [
        {"date": day, "rating": "5A001.j", "country": "CN", "exporter.country": "DE"} for day in days
    ]
    return rc.screen(rows, ["eu-2021-821@2021-09-09"], columns=COLUMNS, **options)


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["30/01/2009", "05/06/2009"], ["2009-01-30", "2009-06-05"]),
        (["01/30/2009", "05/06/2009"], ["2009-01-30", "2009-05-06"]),
        (["05.06.2009", "5.6.2009 14:30"], ["2009-06-05", "2009-06-05"]),
        (["14-01-2004", "01/30/2009", "05-06-2009"], ["2004-01-14", "2009-01-30", "2009-06-05"]),
        (["30/01/2009", "01/30/2009", "05/06/2009"], ["2009-01-30", "2009-01-30", ""]),
        (["05/06/2009", "05/05/2009"], ["", "2009-05-05"]),
        (["31.13.2009", "31/02/2009"], ["", ""]),
    ],
)
def test_the_order_of_a_day_is_read_where_the_column_shows_it(days: list[str], read: list[str]) -> None:
    """From a day that has one order alone; a day that may be two, with nothing to tell, is a bad row."""
    found = days_read(days)

    assert [row["scenario.date.read_as"] for row in found] == list(filter(None, read))
    assert [row.values[0] for row in found.bad] == [
        day for day, is_read in zip(days, read, strict=True) if not is_read
    ]


def test_a_guessed_order_is_told_and_a_declared_one_is_not_guessed() -> None:
    """Each mark by itself, with what to write; a day that may be two says which two."""
    days = ["01/30/2009", "05/06/2009"]

    (told,) = days_read(days).summary.guesses
    assert told.startswith("Read as month/day/year in scenario.date, as 01/30/2009 shows;")
    assert "--map 'scenario.date=day/month/year'" in told
    other = days_read(days, values={"date": "day/month/year"})
    assert [row["scenario.date.read_as"] for row in other] == ["2009-06-05"]
    assert other.summary.guesses == ()
    (bad,) = days_read(["05/06/2009"]).bad
    assert "It may be 2009-06-05 or 2009-05-06; --map 'scenario.date=day/month/year'" in bad.reason
    with pytest.raises(UsageError, match="is no order of days"):
        days_read(days, values={"date": "year/month"})


@pytest.mark.parametrize(
    ("texts", "numbers", "guess"),
    [
        (["1.234,56", "2.000", "0,75"], [1234.56, 2000, 0.75], "Read 1.234,56 as 1234.56"),
        (["2,500", "10"], [2500, 10], "Read 2,500 as 2500; decimal=',' reads it otherwise."),
        (["25,740", "1,234,567"], [25740, 1234567], "Read 25,740 as 25740"),
        (["1,5", "2,500"], [1.5, 2.5], "Read 2,500 as 2.5; decimal='.'"),
        (["75000.0", "12.125"], [75000, 12.125], ""),
        (["Fr. 492'552.00", "Fr. 7'616.00"], [492552, 7616], ""),
        (["1 234,5", "-3"], [1234.5, -3], "Read 1234,5 as 1234.5"),
        (["2.308.000", "112.95", "5.539"], [2308000, None, None], "Read 2.308.000"),
        (["€ 1", "€ 2", "$ 3"], [1, 2, None], ""),
        (["n.k.", "1e5", "(5)", "5 %", "1,2,3", "1.234,5.6"], [None] * 6, ""),
    ],
)
def test_a_number_is_read_as_its_column_has_the_marks(
    texts: list[str], numbers: list[float | None], guess: str
) -> None:
    """Thousands and decimals by what the column shows; what it shows both ways, or not, is unread."""
    amounts = Amounts(dict.fromkeys(texts, 1))

    assert [amounts.read(text) for text in texts] == numbers
    assert amounts.guess.startswith(guess)
    assert bool(amounts.guess) == bool(guess)


def test_a_declared_mark_wins() -> None:
    """Of decimals; another mark then stands between thousands, or the text is no number."""
    amounts = Amounts({"2,500": 1, "1.5": 1}, decimal=",")

    assert (amounts.read("2,500"), amounts.read("1.5"), amounts.guess) == (2.5, None, "")
    with pytest.raises(UsageError, match="decimal=';' is no mark of decimals"):
        Amounts({}, decimal=";")


def test_a_real_spelling_of_places_and_entries_is_read() -> None:
    """Names in other languages, a way through another country, entries as three publishers write them."""
    rows = [
        {"date": "2013-02-04", "rating": rating, "country": place}
        for rating, place in [
            ("1C350-07", "Brazilië"), ("6A002.c1", "Südkorea"), ("5A002a1; 5A002a1; 5D002c1", "RUSLAND"),
            ("2B001.B2\n2B201.A1", "China via Hongkong"), ("ML10\nML21", "Norge"),
            ("ML10\n5A002", "Norge"), ("5A002", "Congo"), ("5A002", "Duitsland en Frankrijk"),
        ]
    ]  # fmt: skip
    found = rc.screen(rows, ["eu-2021-821@2021-09-09"], columns=COLUMNS)

    assert told(found) == [
        ("2013-02-04", "1C350.7", "BR"), ("2013-02-04", "6A002.c.1", "KR"),
        ("2013-02-04", "5A002.a; 5D002.c", "RU"), ("2013-02-04", "2B001.b.2; 2B201.a.1", "CN"),
    ]  # fmt: skip
    assert [row.values[1] for row in found.outside] == ["ML10\nML21"]
    assert [row.values[2] for row in found.bad] == ["Norge", "Congo", "Duitsland en Frankrijk"]


def test_words_of_a_publisher_are_answers() -> None:
    """Each row of the table is one that its fact takes, and names the file that was read."""
    with resources.files("regcompare_registers").joinpath("published_words.csv").open() as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        fact = CATALOGUE.vocabulary.by_key[row["fact"]]
        try:
            if row["meaning"] != "outside":
                read_value(fact, row["meaning"])
        except AnswerError as error:
            wrong.append((row["word"], str(error)))
        if ", state " not in row["source"] or not row["what"]:
            wrong.append((row["word"], "source"))
    assert wrong == []
    assert len({(row["publisher"], row["fact"], row["word"]) for row in rows}) == len(rows)


def test_titles_above_the_names_of_columns_are_no_names(tmp_path: Path) -> None:
    """They fill one cell each; that they were passed over is said, with what makes sure."""
    book = needed("openpyxl").Workbook()
    for row in [["Licences of the year"], ["provisional"], [], *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "titled.xlsx")

    titled, plain = screened(str(tmp_path / "titled.xlsx")), screened(workbook(tmp_path))

    assert told(titled) == told(plain)
    assert [text for text in titled.summary.guesses if "row 4 of the sheet as the names" in text]
    assert not [text for text in plain.summary.guesses if "as the names" in text]


def test_the_year_of_a_span_is_its_year(tmp_path: Path) -> None:
    """Wherever it stands in a quarter."""
    rows = [{"date": day, "rating": "5A002", "country": "NO"} for day in ("Q3 2014", "2014-Q2", "2014")]
    made = rc.screen(rows, ["eu-2021-821@2021-09-09"], columns=COLUMNS).by("year")

    assert [(group.of, group.rows) for group in made] == [({"year": "2014"}, 3)]
