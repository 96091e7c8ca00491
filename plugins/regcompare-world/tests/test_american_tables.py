"""The American tables: well-formed, consistent with each other, and as the script makes them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from importlib import resources

import pytest

import regcompare as rc
from regcompare import Scenario
from regcompare.authoring import (
    Destination,
    EndUser,
    EvidenceLevel,
    Exporter,
    Item,
    Knowledge,
    Transaction,
)
from regcompare.facts import countries
from regcompare_world import US_EAR, Us, tables
from regcompare_world.tables import (
    US_COUNTRIES,
    US_ENTITY_LIST,
    US_ENTRY_LABELS,
    US_ITEMS,
    US_TEXT_DAY,
)

SCRIPT_FILES = ("us_items", "us_countries", "us_entity_list")


def members(name: str, day: dt.date = US_TEXT_DAY) -> set[str]:
    """The states of a column or group on a day, those left open apart."""
    rows = (row for row in US_COUNTRIES.where(list=name) if day in row.period)
    known = (row for row in rows if row.evidence(day).level is not EvidenceLevel.UNREAD)
    return {code for row in known for code in row.words("countries")}


def test_each_code_is_a_country_and_stands_once_in_a_list() -> None:
    """No list names a country twice on a day, and each code exists."""
    for name in {row["list"] for row in US_COUNTRIES}:
        rows = [row for row in US_COUNTRIES.where(list=name) if US_TEXT_DAY in row.period]
        codes = [code for row in rows for code in row.words("countries")]

        assert len(codes) == len(set(codes)), name
        assert set(codes) <= set(countries()), name


def test_column_1_marks_whatever_column_2_marks() -> None:
    """So an entry whose points differ in column needs a licence wherever column 2 has a mark."""
    assert members("ns_2") < members("ns_1")
    assert members("rs_2") < members("rs_1")


@pytest.mark.parametrize(
    ("name", "number"),
    [("a_1", 40), ("a_5", 38), ("a_6", 8), ("b", 173), ("d_1", 24), ("d_5", 22), ("e_1", 3), ("e_2", 1)],
)
def test_groups_have_as_many_states_as_the_text(name: str, number: int) -> None:
    """Three codes go with another state: Hong Kong, Liechtenstein and Northern Ireland."""
    assert len(members(name) - {"HK", "LI", "XI"}) == number


def test_national_security_columns_agree_with_the_section() -> None:
    """§ 742.4(a): column 1 leaves out Australia, Canada and the United Kingdom; column 2 also Group A:1."""
    marked_somewhere = members("ns_1") | {"AU", "CA", "GB", "XI"}

    assert marked_somewhere - members("ns_1") == {"AU", "CA", "GB", "XI"}
    assert marked_somewhere - members("ns_2") == members("a_1") - {"US"}


def test_each_entry_of_the_american_list_alone_has_a_label() -> None:
    """What a file can say, the tables know, and the other way round."""
    assert {row["pattern"] for row in US_ITEMS if row["scheme"] == "us"} == set(US_ENTRY_LABELS)


def test_cells_are_words_that_the_rules_ask() -> None:
    """Each cell of the control list is one of the words that a condition asks for."""
    flags = ("ns", "ns_1", "rs", "rs_1", "sl", "ei", "un")
    exceptions = ("gbs", "ace", "sta", "enc", "lvs")

    assert {row[flag] for row in US_ITEMS for flag in flags} == {"", "yes"}
    assert {row[flag] for row in US_ITEMS for flag in exceptions} == {"", "yes", "no"}
    assert {row["tsr"] for row in US_ITEMS} == {"", "yes", "no", "a_5"}
    assert {row["cc"] for row in US_ITEMS} == {"", "1", "all", "not_ca"}
    assert all(row["ns"] for row in US_ITEMS if row["ns_1"])


def test_whatever_is_not_open_was_seen_on_the_day_of_the_text() -> None:
    """A line has the day of the text, or an end before it, or it was not read and is open."""
    for table in (US_ITEMS, US_COUNTRIES, US_ENTITY_LIST):
        for row in table:
            assert row["seen"] or row["absent"] or row["end"] or row.is_open, (table.name, row.line)


def test_parties_have_a_word_a_name_and_seats() -> None:
    """A word stands for parties of one name, and each is seated somewhere."""
    names: dict[str, set[str]] = {}
    for row in US_ENTITY_LIST:
        names.setdefault(row["party"], set()).add(row["name"])
        assert set(row.words("seats")) <= set(countries())
        assert row["policy"] in ("presumption of denial", "policy of denial")

    assert all(len(found) == 1 for found in names.values())
    assert len({(row["entry"], row["party"], row["seats"]) for row in US_ENTITY_LIST}) == 75


def test_the_committed_files_have_unix_lines_and_no_marks_of_the_extract() -> None:
    """Nothing of how the extract was made is in the files."""
    for name in SCRIPT_FILES:
        text = resources.files(tables).joinpath(f"{name}.csv").read_text(encoding="utf-8")

        assert "\r" not in text
        assert not any(mark in text for mark in ("V1", "V2", "memory", "unverified"))
        assert list(csv.DictReader(text.splitlines()))


# what the arithmetic of the chart comes to ----------------------------------------------------------

FREE, COVERED, NEEDED = "no_control", "general_authorisation", "authorisation"


def sold(code: str) -> Mapping[str, set[str]]:
    """The destinations of Country Groups and chart by what a device of an entry needs there."""
    found: dict[str, set[str]] = {}
    for country in sorted(members("ns_1") - {"HK"} | {"AU", "CA", "GB"}):
        case = Scenario(
            id="case",
            presume=("ordinary", "surveillance"),
            item=Item(technology="mobile_interception", form="goods", annex_i_entry=[code]),
            transaction=Transaction(kind="export", purpose="supply"),
            exporter=Exporter(country="US"),
            destination=Destination(country=country),
            end_user=EndUser(kind="university", acts_for_state=False),
            knowledge=Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[]),
            more=(
                Us(
                    entry=[],
                    unauthorised_use=False,
                    military_intelligence=False,
                    consignee_statement=False,
                ),
            ),
        )
        found.setdefault(rc.assess(case, US_EAR).result, set()).add(country)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize(("code", "free", "covered"), [("5A001.f.2", 40, 131), ("5A001.f.3", 3, 168)])
def test_gbs_covers_as_many_destinations_as_the_tables_say(code: str, free: int, covered: int) -> None:
    """Of 196 destinations with a row of their own, 25 get nothing, whatever the column."""
    found = sold(code)

    assert {word: len(states) for word, states in found.items()} == {
        FREE: free,
        COVERED: covered,
        NEEDED: 25,
    }
    assert found[NEEDED] >= {"CN", "RU", "SD", "UA", "VN", "YE"}
