"""A row of a dated table is known on a day, from the states read before and after it, or from an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from regcompare import DefinitionError, Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    LAW_DATE,
    DatedTable,
    Destination,
    EvidenceLevel,
    Instrument,
    Transaction,
    Trigger,
)
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule

HEAD = "land,start,end,source,checked,seen,absent\n"
CHANGES = [
    {"day": "2012-01-01", "read": "no"},
    {"day": "2014-01-01", "read": "no"},
    {"day": "2018-01-01", "read": "recast"},
    {"day": "2020-01-01", "read": "yes"},
]


def lands(
    folder: Path, row: str, documents: Sequence[Mapping[str, str]] = (), act: str = ""
) -> DatedTable:
    """A table with one row, whose text changed on four days."""
    file = folder / "lands.csv"
    file.write_text(HEAD + row + "\n", encoding="utf-8")
    changes = [{**change, "land": act} for change in CHANGES]
    return DatedTable.read(file, "lands", dt.date(2020, 1, 1), documents, changes)


@pytest.mark.parametrize(
    ("row", "day", "level"),
    [
        ("NO,,,Gazette,secondary,,", "2013-01-01", "secondary"),
        ("NO,,,Gazette,secondary,2010-01-01,", "2011-01-01", "text"),
        ("NO,,,Gazette,secondary,2010-01-01 2015-01-01,", "2013-01-01", "text"),
        ("NO,2014-01-01,,Gazette,official,2015-01-01,2010-01-01", "2013-01-01", "official"),
        ("NO,2014-01-01,,Gazette,unread,2015-01-01,2010-01-01", "2013-01-01", "unread"),
        ("NO,2014-01-01,,Gazette,unread,2015-01-01,2010-01-01", "2011-01-01", "text"),
        ("NO,2012-01-01,2014-01-01,Gazette,inferred,,2010-01-01 2015-01-01", "2015-01-01", "text"),
        ("NO,2012-01-01,2014-01-01,Gazette,inferred,,2010-01-01 2015-01-01", "2014-06-01", "inferred"),
        ("NO,,,Gazette,text,2015-01-01,", "2013-01-01", "inferred"),
        ("NO,,,Gazette,secondary,2021-01-01,", "2019-01-01", "text"),
        ("NO,,,Gazette,secondary,2010-01-01,", "2013-01-01", "inferred"),
        ("NO,2012-01-01,,Gazette,secondary,2015-01-01,", "2013-01-01", "secondary"),
        ("NO,2012-01-01,,Gazette,secondary,2015-01-01,", "2011-01-01", "secondary"),
    ],
    ids=[
        "no state was read",
        "a state holds the day",
        "two states agree",
        "they differ, and an account says when it changed",
        "they differ, and nothing says when",
        "before the first change after a state",
        "absent from a state that holds the day",
        "it came and went between two states",
        "read later only, with an unread change in between",
        "read later only, and every change in between",
        "read earlier only, with an unread change since",
        "read later, and said to begin before",
        "read later, and said to begin after",
    ],
)
def test_how_a_row_is_known_follows_from_the_day(tmp_path: Path, row: str, day: str, level: str) -> None:
    """The states around the day decide; where they do not, the account of the row's own days."""
    (read,) = lands(tmp_path, row)

    assert read.evidence(dt.date.fromisoformat(day)).level is EvidenceLevel(level)


def test_the_text_that_was_read_is_named(tmp_path: Path) -> None:
    """The document of the state before the day is the evidence, with what agrees with it after the day."""
    documents = [
        {"state": "2015-01-01", "document": "02001R0001-20150101", "read_on": "2026-01-01"},
        {"state": "", "document": "a newspaper", "read_on": ""},
    ]
    (row,) = lands(
        tmp_path, "NO,2014-01-01,,Gazette,official,2015-01-01 2021-01-01,2010-01-01", documents
    )

    evidence = row.evidence(dt.date(2019, 1, 1))

    assert (evidence.document, evidence.read_on) == ("02001R0001-20150101", dt.date(2026, 1, 1))
    assert evidence.note == (
        "The same on both sides of the recast, in the text of 2021-01-01; changes in between not read: 0."
    )
    assert row.evidence(dt.date(2013, 1, 1)).document == "a newspaper"


def test_changes_of_another_act_do_not_count(tmp_path: Path) -> None:
    """A change counts for the rows that have the values of its line."""
    (row,) = lands(tmp_path, "NO,,,Gazette,secondary,2010-01-01,", act="SE")

    assert row.evidence(dt.date(2019, 1, 1)).level is EvidenceLevel.TEXT


def test_a_row_in_force_in_a_state_without_it_is_refused(tmp_path: Path) -> None:
    """The days of a row cannot contradict a text that was read."""
    with pytest.raises(
        DefinitionError, match=r"lands.csv:2: .*in force on 2015-01-01, when its text does"
    ):
        lands(tmp_path, "NO,2014-01-01,,Gazette,official,,2015-01-01")


def regime(table: DatedTable) -> Ruleset:
    """An act that requires a licence for the lands of a table."""
    act = Instrument("Toy Act", "An act on toys", "Gazette 1")
    rule = Rule(
        act["Art. 1"],
        "A licence is needed.",
        when=table.rows_that(lambda row: Destination.country.is_in(row["land"]), LAW_DATE),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    return Ruleset(
        "toys",
        "the Toy Act",
        status="law",
        instruments=(act,),
        reference_date="scenario",
        covers=("export",),
        provisions=Provisions((rule,)),
        checked=EvidenceLevel.TEXT,
    )


def result(table: DatedTable, day: dt.date, **readings: str) -> tuple[str, str | None, list[str]]:
    """The result, its mark and the open questions of an export to Norway on a day."""
    case = Scenario(id="toy", title="A toy.", date=day).with_facts(
        Transaction(kind="export"), Destination(country="NO")
    )
    verdict = assess(case, regime(table), readings=readings or None)
    return verdict.result, verdict.checked and str(verdict.checked), list(verdict.open_questions)


def test_nothing_says_when_so_it_is_open(tmp_path: Path) -> None:
    """Between states that differ, whether a row applies is a question like any other about unread law."""
    table = lands(tmp_path, "NO,2015-01-01,,Gazette,unread,2015-01-01,2010-01-01")

    assert result(table, dt.date(2011, 1, 1)) == ("no_control", None, [])
    assert result(table, dt.date(2013, 1, 1))[::2] == ("no_control..authorisation", ["row.lands-2"])
    assert result(table, dt.date(2015, 1, 1)) == ("authorisation", "text", [])
    assert result(table, dt.date(2013, 1, 1), **{"row.lands-2": "yes"})[0] == "authorisation"


def test_a_row_that_is_not_in_force_counts(tmp_path: Path) -> None:
    """That a row names the land, but not on the day, is known as well as on that day."""
    table = lands(tmp_path, "NO,2014-01-01,,Gazette,official,2015-01-01,2010-01-01")

    assert result(table, dt.date(2013, 1, 1)) == ("no_control", "official", [])
    assert result(table, dt.date(2014, 6, 1)) == ("authorisation", "official", [])
    assert result(table, dt.date(2015, 6, 1)) == ("authorisation", "text", [])
