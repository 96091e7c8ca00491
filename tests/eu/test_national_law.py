"""National lists that another plugin brings to the acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest

from regcompare import Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    DatedTable,
    Destination,
    Exporter,
    Item,
    Knowledge,
    SetOf,
    Transaction,
    section,
)
from regcompare_eu import EU_428_2009, EU_2021_821, EU_SANCTIONS
from regcompare_eu.national_law import with_national_list

Entry = Literal["X1", "X2"]
ENTRIES: Mapping[Entry, str] = {"X1": "an invented entry", "X2": "another"}


@section("wonderland", "Wonderland")
class Wonderland:
    """The entries of an invented national list."""

    entry: SetOf[Entry] = SetOf("Which entries does it meet?", ENTRIES, ordinary=())


@pytest.fixture
def table(tmp_path: Path) -> DatedTable:
    """A list of Austria: X1 licensed but not for Egypt, X2 prohibited."""
    file = tmp_path / "list.csv"
    file.write_text(
        "state,entries,only,except,recipient,effect,published,start,end,source,checked,note\n"
        "AT,X1,,EG,,authorisation,yes,2019-01-01,,Invented gazette,text,\n"
        "AT,X2,,,,prohibition,no,2019-01-01,,Invented gazette,text,\n",
        encoding="utf-8",
    )
    return DatedTable.read(file, "list of Wonderland", dt.date(2025, 1, 1))


def result(act: Ruleset, exporter: str, destination: str, entry: Entry, *told: str) -> str:
    """The result for an unlisted item that meets an entry of the list."""
    case = Scenario(
        id="case",
        date=dt.date(2022, 1, 1),
        presume="ordinary",
        item=Item(annex_i_entry=[]),
        transaction=Transaction(kind="export", purpose="supply"),
        exporter=Exporter(country=exporter),
        destination=Destination(country=destination),
        knowledge=Knowledge(authority_informed=list(told), exporter_aware=[], exporter_suspects=[]),  # type: ignore[arg-type]
        more=(Wonderland(entry=[entry]),),
    )
    return assess(case, act).result


@pytest.mark.parametrize("act", [EU_428_2009, EU_2021_821], ids=lambda act: act.id)
def test_rows_reach_exporters_of_their_state(act: Ruleset, table: DatedTable) -> None:
    """Licensed, exempt, prohibited, and free from the next country."""
    wider = with_national_list(act, table, Wonderland.entry, Wonderland, name="wonderland")

    assert result(wider, "AT", "AE", "X1") == "authorisation"
    assert result(wider, "AT", "EG", "X1") == "no_control"
    assert result(wider, "AT", "AE", "X2") == "prohibition"
    assert result(wider, "FR", "AE", "X1") == "no_control"


def test_a_published_row_is_borrowed_under_the_later_act(table: DatedTable) -> None:
    """Told of a use of concern, an exporter elsewhere needs an authorisation; an unpublished row is not borrowed."""
    wider = with_national_list(EU_2021_821, table, Wonderland.entry, Wonderland, name="wonderland")

    assert result(wider, "FR", "AE", "X1", "rights_interference") == "authorisation"
    assert result(wider, "FR", "AE", "X2", "rights_interference") == "no_control"


def test_an_act_with_a_list_is_still_law(table: DatedTable) -> None:
    """Other rules that are added make a proposal; a national list is in force as its act is."""
    wider = with_national_list(EU_2021_821, table, Wonderland.entry, Wonderland, name="wonderland")

    assert (wider.status, wider.period) == ("law", EU_2021_821.period)
    assert wider.transition == EU_2021_821.transition


def test_other_rulesets_take_no_lists(table: DatedTable) -> None:
    """A ruleset without national measures is refused."""
    with pytest.raises(UsageError, match="eu-sanctions does not accept national lists"):
        with_national_list(EU_SANCTIONS, table, Wonderland.entry, Wonderland, name="w")
