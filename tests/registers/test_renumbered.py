"""Points of entries in a register are those of the list of the row's own day."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import regcompare as rc
from regcompare_eu.tables import ENTRY_CODES, MOVED

FOLDER = Path(__file__).parents[2] / "plugins/regcompare-eu/src/regcompare_eu/tables"
ENTRY = "item.annex_i_entry"
COLUMNS = {"rating": ENTRY, "country": "destination.country", "date": "scenario.date"}
PRESUMED = {"exporter.country": "DE", "transaction.kind": "export"}
LAWS = ["eu-428-2009", "eu-2021-821@2021-09-09"]


def screened(*rows: tuple[str, str], **options: Any) -> Any:
    """Rows of an entry and a day, exports to Egypt, as a register has them."""
    table = [{"rating": code, "date": day, "country": "EG"} for code, day in rows]
    options = {"columns": COLUMNS, "presumed": PRESUMED, "presume": "surveillance", **options}
    return rc.screen(table, LAWS, **options)


def read(found: Any) -> list[str]:
    """What the entries were read as."""
    return [row[f"{ENTRY}.read_as"] for row in found]


MEANT = [
    ("5A001.f", "2014-12-30", "5A001.f.3"), ("5A001.f", "2014-12-31", "5A001.f"),
    ("5A001f1", "2014-12-30", "5A001.f.3.a"), ("5A001f1", "2014-12-31", "5A001.f.1"),
    ("5A001f2", "2014-12-30", "5A001.f.3.b"), ("5A001f2", "2014-12-31", "5A001.f.2"),
    ("5A001f3", "2014-12-30", "5A001.f.3.c"), ("5A001f3", "2014-12-31", "5A001.f.3"),
    ("5D001.c/5A001.f.1", "2014-12-30", "5D001.c/5A001.f.3.a"),
    ("5D001.c/5A001.f.1", "2014-12-31", "5D001.c/5A001.f.1"),
    ("5A001.e", "2014-12-30", "5A001.e"),
    ("5A002.a.1", "2017-12-15", "5A002.a"), ("5A002.a.1", "2017-12-16", "5A002.a.1"),
    ("5A002a1b2", "2017-12-15", "5A002.a"),
    ("5A002.a.2", "2016-11-15", "5A004.a"), ("5A002.a.2", "2016-11-16", "unknown"),
    ("5A002.a.2", "2017-12-15", "unknown"), ("5A002.a.2", "2017-12-16", "5A002.a.2"),
    ("5D002.a/5A002.a.2", "2016-11-15", "5D002.a/5A004.a"),
    ("5A002.a.4", "2016-11-15", "5A003.b"), ("5A002.a.4", "2016-11-16", "unknown"),
    ("5A002.a.4", "2017-12-15", "unknown"), ("5A002.a.4", "2017-12-16", "5A002.a.4"),
    ("5A002.a.5", "2017-12-15", "5A002.e"), ("5A002.a.6", "2017-12-15", "5A002.d"),
    ("5A002.a.6.a", "2017-12-15", "5A002.d.1"), ("5A002.a.6.b", "2017-12-15", "5A002.d.2"),
    ("5A002.a.7", "2017-12-15", "unknown"), ("5A002.a.8", "2016-11-15", "5A003.a"),
    ("5A002.a.9", "2017-12-15", "5A002.c"), ("5A002.b", "2016-11-15", "5A002.b"),
    ("5D002.a", "2016-11-15", "5D002.a"),
    ("5D002.b", "2017-12-15", "unknown"), ("5D002.b", "2017-12-16", "5D002.b"),
    ("5D002.c.1", "2016-11-15", "5D002.c"), ("5D002.c.1", "2016-11-16", "5D002.c.1"),
    ("5D002.c.2", "2016-11-15", "unknown"), ("5D002.c.2", "2016-11-16", "5D002.c.2"),
    ("5A002.a.2", "2016", "unknown"), ("5A001.f.2", "2014", "?5A001.f.2; ?5A001.f.3.b"),
    ("5A001.f.2", "2014-11", "5A001.f.3.b"), ("5A001.f.2", "", "5A001.f.2"),
    ("5A001f2; 1A004c1", "2014-12-30", "5A001.f.3.b; 1A004.c.1"),
    ("5A002a7; 1A004c1", "2014-12-30", "unknown"), ("?5A001.f.2", "2014-12-30", "?5A001.f.3.b"),
]  # fmt: skip
"""A code, the day of its row, and the code of the list of 2021 that it means."""


def test_a_code_is_of_the_list_of_its_day() -> None:
    """On the last day of each number, on the first day of the next, and where the day may be either."""
    found = screened(*((code, day) for code, day, _ in MEANT))

    assert found.bad == []
    pairs = zip(MEANT, read(found), strict=True)
    assert [(code, day, now) for (code, day, meant), now in pairs if now != meant] == []


def test_every_row_of_the_table_is_tried() -> None:
    """On its last day and on the day after; what it means exists, and no two rows mean one code."""
    lines = list(csv.DictReader(FOLDER.joinpath("moved.csv").read_text("utf-8").splitlines()))
    tried = {(code, day) for code, day, _ in MEANT}
    last = {(row["was"], str(dt.date.fromisoformat(row["end"]) - dt.timedelta(1))) for row in lines}
    spelt = {(code.replace("5A001f", "5A001.f."), day) for code, day in tried}

    assert last - spelt == set()
    assert [row["is"] for row in lines if row["is"] and ENTRY_CODES.flaw(row["is"])] == []
    assert all(row["note"] and row["act"] for row in lines)
    assert {row.checked.level.name for row in MOVED} <= {"OFFICIAL", "INFERRED"}  # No act was opened.
    clashes = [
        (one.was, one.end) for one in ENTRY_CODES.moved for other in ENTRY_CODES.moved
        if one is not other and one.was == other.was and (other.start or dt.date.min) < one.end
        and (one.start or dt.date.min) < other.end
    ]  # fmt: skip
    assert clashes == []


def test_a_jammer_of_before_2014_was_listed() -> None:
    """5A001.f.2 was a jammer, listed; the day after it is an interceptor, listed since that day."""
    found = screened(("5A001f2", "2014-12-30"), ("5A001f2", "2014-12-31"))

    assert [row["eu-428-2009.class"] for row in found] == ["licence", "licence"]
    own = screened(
        ("5A001.f.2", "2014-12-30"), columns={"country": "destination.country", "date": "scenario.date"}
        | {"rating": ENTRY}, values={"rating": {"5A001.f.2": "5A001.f.2"}},
    )  # fmt: skip
    assert [row["eu-428-2009.class"] for row in own] == ["free"]


def test_it_is_told_once_with_what_corrects_it() -> None:
    """By code and day; the reason why one is open; a word of the reader's own is taken as it stands."""
    rows = [("5A001f2", "2014-12-30"), ("5A001f2", "2013-01-01"), ("5A002a7", "2013-01-01")]

    (guess,) = screened(*rows).summary.guesses
    assert guess == (
        "Read in item.annex_i_entry by the list of the row's own day: 5A001f2 before 2014-12-31 as "
        "5A001.f.3.b and 5A002a7 before 2017-12-16 as unknown (unknown where no point of the list that is "
        "read has the same contents); --map 'item.annex_i_entry:5A001f2=CODE' (in Python, values=) reads "
        "one otherwise."
    )
    corrected = screened(rows[0], values={ENTRY: {"5A001f2": "5A001.f.2"}})
    assert (read(corrected), corrected.summary.guesses) == (["5A001.f.2"], ())


def test_a_moved_code_is_not_told_as_if_it_had_stayed() -> None:
    """Of one text on two days, only the row whose number is that of today is told as respelt."""
    before, both = ("5A001f2", "2014-12-30"), ("5A001f2", "2021-01-01")

    assert screened(before).summary.read_as.get(ENTRY, {}) == {}
    assert screened(before, both).summary.read_as[ENTRY] == {"5A001f2": "5A001.f.2"}


def test_a_column_named_after_the_fact_has_the_numbers_of_the_list_that_is_read() -> None:
    """As a case file has; only a register's own column has those of its day."""
    row = {ENTRY: "5A001.f.2", "scenario.date": "2014-12-30", "destination.country": "EG"}

    found = rc.screen([row], LAWS, presumed=PRESUMED)

    assert (read(found), found.summary.guesses) == (["5A001.f.2"], ())


def test_a_decision_on_a_point_that_only_the_list_of_its_day_had_counts() -> None:
    """The authority held that a listed item needs a licence; a cell that names no entry says no such thing."""
    cells = [
        ("5A002a7", "2014-06-30"),
        ("5A001f2", "2014"),
        ("unknown", "2014-06-30"),
        ("", "2014-06-30"),
    ]

    found = screened(*cells, presumed={**PRESUMED, "licence.status": "granted"})

    decisions = [(row["eu-428-2009.decision"], row["eu-2021-821.decision"]) for row in found]
    assert decisions == [("settles", None), ("settles", None), (None, None), (None, None)]
    assert next(row["eu-428-2009.class"] for row in found) == "licence"


def test_a_cell_that_is_no_answer_stays_as_it_is_written() -> None:
    """Its reason quotes what stands in the register."""
    (bad,) = screened(("5A001f2; XX", "2014-12-30")).bad

    assert "{'5A001f2; XX': ANSWER}" in bad.reason
