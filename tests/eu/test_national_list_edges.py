"""A row of a national list that the Commission has not published binds only its own state's exporters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import pytest

from regcompare import Scenario, assess
from regcompare.authoring import Destination, Exporter, Item, Knowledge, Transaction
from regcompare.facts import SetOf, section
from regcompare.vocabulary.dated import DatedTable
from regcompare_eu import EU_2021_821
from regcompare_eu.national_law import with_national_list

HEAD = "state,entries,only,except,recipient,effect,published,start,end,source,checked,note\n"


@section("looking_glass", "National list of Looking-Glass Land")
class LookingGlass:
    """The entries of an invented national list."""

    entry: SetOf[Literal["X1"]] = SetOf(
        "Which entries of the invented list does it meet?", {"X1": "an invented entry"}, ordinary=()
    )


def result(folder: Path, published: str, exporter: str) -> str:
    """The result for an exporter that its authority has informed, under a list of one licensed entry."""
    file = folder / "list.csv"
    row = f"AT,X1,,,,authorisation,{published},2019-01-01,,Invented gazette,text,\n"
    file.write_text(HEAD + row, encoding="utf-8")
    table = DatedTable.read(file, "list of Looking-Glass Land", dt.date(2025, 1, 1))
    act = with_national_list(EU_2021_821, table, LookingGlass.entry, LookingGlass, name="glass")
    case = Scenario(
        id="case",
        date=dt.date(2022, 1, 1),
        presume="ordinary",
        item=Item(annex_i_entry=[]),
        transaction=Transaction(kind="export", purpose="supply"),
        exporter=Exporter(country=exporter),
        destination=Destination(country="AE"),
        knowledge=Knowledge(
            authority_informed=["rights_interference"], exporter_aware=[], exporter_suspects=[]
        ),
        more=(LookingGlass(entry=["X1"]),),
    )
    return assess(case, act).result


@pytest.mark.parametrize(
    ("published", "exporter", "expected"),
    [
        ("yes", "FR", "authorisation"),
        ("no", "FR", "no_control"),
        ("no", "AT", "authorisation"),
    ],
)
def test_only_a_published_row_reaches_exporters_of_other_states(
    tmp_path: Path, published: str, exporter: str, expected: str
) -> None:
    """Two lists that differ in their publication alone differ for exporters elsewhere, not at home."""
    assert result(tmp_path, published, exporter) == expected
