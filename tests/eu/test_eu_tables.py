"""The dated tables of the two dual-use acts: well-formed, without overlaps, and right on the days when they change."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.support.offenders import of_each

from regcompare.authoring import (
    FACTS_DATE,
    LAW_DATE,
    Condition,
    DatedTable,
    Destination,
    EndUser,
    EvidenceLevel,
    Exporter,
    Item,
    Period,
)
from regcompare.facts import MemberSet, countries
from regcompare.logic.conditions import evaluate, questions
from regcompare.vocabulary.dated import Row
from regcompare_eu import EU_428_2009, EU_2021_821, Eu
from regcompare_eu.common import in_union, on_national_list
from regcompare_eu.eu_428_2009.definitions import ACT as OLD_ACT
from regcompare_eu.eu_2021_821.definitions import ACT as NEW_ACT
from regcompare_eu.tables import (
    ACTS_BY_COUNTRY,
    ACTS_UNREAD_SINCE,
    ANNEX_I,
    ANNEX_IV,
    DUAL_USE_BANS,
    EMBARGOES,
    ENTRIES,
    ENTRY_CODES,
    GENERAL_AUTHORISATION_ITEMS,
    GENERAL_AUTHORISATIONS,
    GOODS_BANS,
    INTERCEPTION_REGIMES,
    LISTED_PARTIES,
    MEMBERSHIP,
    NATIONAL_LISTS,
    NATIONAL_LISTS_UNREAD,
    REPRESSION_LIST_DEVICES,
    REPRESSION_LISTS,
    SANCTIONS_TABLES,
    SECTION_I,
    SERVICES_BANS,
    TABLES,
)

FOLDER = Path(__file__).parents[2] / "plugins/regcompare-eu/src/regcompare_eu/tables"
FILES = {
    "acts_by_country": ACTS_BY_COUNTRY,
    "membership": MEMBERSHIP,
    "annex_i": ANNEX_I,
    "annex_iv": ANNEX_IV,
    "section_i": SECTION_I,
    "general_authorisations": GENERAL_AUTHORISATIONS,
    "general_authorisation_items": GENERAL_AUTHORISATION_ITEMS,
    "embargoes": EMBARGOES,
    "national_lists": NATIONAL_LISTS,
    "national_lists_unread": NATIONAL_LISTS_UNREAD,
    "acts_unread_since": ACTS_UNREAD_SINCE,
    "listed_parties": LISTED_PARTIES,
    "interception_regimes": INTERCEPTION_REGIMES,
    "dual_use_bans": DUAL_USE_BANS,
    "goods_bans": GOODS_BANS,
    "services_bans": SERVICES_BANS,
    "repression_lists": REPRESSION_LISTS,
    "repression_list_devices": REPRESSION_LIST_DEVICES,
}
EVERY_TABLE = of_each("name", FILES)
ACTS = {EU_428_2009.id, EU_2021_821.id}


def day_before(day: str) -> str:
    """The day before a day."""
    return str(dt.date.fromisoformat(day) - dt.timedelta(days=1))


# how the files are made --------------------------------------------------------------------------


def test_both_acts_declare_the_tables() -> None:
    """Both acts declare every table that they share, so that a later day is flagged."""
    assert {*TABLES, *SANCTIONS_TABLES, NATIONAL_LISTS_UNREAD} == set(FILES.values())
    assert EU_428_2009.tables == EU_2021_821.tables == TABLES


@EVERY_TABLE
def test_every_row_can_be_used(name: str) -> None:
    """Every row has a source and a mark, and every line of the file has all its columns."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = list(csv.reader(file))
    table = FILES[name]

    assert len(table.rows) == len(lines) > 0
    assert {len(line) for line in lines} == {len(header)}
    assert all(row.source and row.checked for row in table)


def test_countries_are_known() -> None:
    """Every country in a table is one that a scenario can state."""
    tables = (MEMBERSHIP, GENERAL_AUTHORISATIONS, EMBARGOES)
    named = {code for table in tables for row in table for code in row.words("countries")}
    listed = {
        code
        for row in NATIONAL_LISTS
        for code in (*row.words("state"), *row.words("only"), *row.words("except"))
    }

    assert named <= set(countries())
    assert listed - {"EU", "EU001"} <= set(countries())


def test_codes_are_patterns() -> None:
    """Every code in a table is a pattern that a condition can ask for."""
    tables = (ANNEX_I, ANNEX_IV, SECTION_I, GENERAL_AUTHORISATION_ITEMS)
    patterns = {word for table in tables for row in table for word in row.words("pattern")}
    condition = Item.annex_i_entry.includes_any(*patterns)

    assert {key.partition(":")[2] for key in questions([condition])} == patterns


def test_acts_are_rulesets() -> None:
    """Where a row names the act that it belongs to, that is a ruleset."""
    tables = (ANNEX_IV, SECTION_I, GENERAL_AUTHORISATIONS, GENERAL_AUTHORISATION_ITEMS)

    assert {row["act"] for table in tables for row in table} == ACTS


@EVERY_TABLE
def test_verified_through_says_on_what(name: str) -> None:
    """The day through which a table was checked stands beside what was checked."""
    with (FOLDER / "verified_through.csv").open(encoding="utf-8", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["table"] == name)

    assert dt.date.fromisoformat(row["date"]) == FILES[name].verified_through
    assert row["note"]


# no overlaps -------------------------------------------------------------------------------------


def subjects(name: str, row: Row) -> Iterator[tuple[str, ...]]:
    """What a row is about; no two rows about the same may hold on the same day."""
    columns = {
        "acts_by_country": ("id",),
        "annex_i": ("pattern",),
        "annex_iv": ("act", "pattern"),
        "section_i": ("act", "pattern"),
        "general_authorisations": ("act", "id"),
        "general_authorisation_items": ("act", "id", "pattern"),
        "interception_regimes": ("country",),
        "dual_use_bans": ("country", "reach", "article"),
        "goods_bans": ("id",),
        "services_bans": ("id",),
        "repression_lists": ("country", "article"),
        "repression_list_devices": ("country",),
        "national_lists_unread": ("state",),
        "acts_unread_since": ("id",),
        "listed_parties": ("party", "act", "list"),
    }
    about = tuple(row[column] for column in columns.get(name, ()))
    if name == "national_lists":
        for entry in row.words("entries"):
            yield row["kind"], row["state"], entry
    elif "countries" in row.values:
        for country in row.words("countries"):
            yield *about, country
    else:
        yield about


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    first, last = dt.date.min, dt.date.max
    return (one.start or first) < (other.end or last) and (other.start or first) < (one.end or last)


@EVERY_TABLE
def test_no_two_rows_overlap(name: str) -> None:
    """About the same country, code or entry at most one row holds on a day."""
    by_subject: dict[tuple[str, ...], list[Row]] = {}
    for row in FILES[name]:
        for subject in subjects(name, row):
            by_subject.setdefault(subject, []).append(row)
    doubled = [
        (subject, one.line, other.line)
        for subject, rows in by_subject.items()
        for one, other in itertools.combinations(rows, 2)
        if overlap(one.period, other.period)
    ]

    assert doubled == []


@EVERY_TABLE
def test_no_single_day_is_lost(name: str) -> None:
    """Rows about the same that follow each other join: one day between them would be a slip."""
    periods: dict[tuple[str, ...], list[Period]] = {}
    for row in FILES[name]:
        for subject in subjects(name, row):
            periods.setdefault(subject, []).append(row.period)
    lost = [
        (subject, one.end)
        for subject, found in periods.items()
        for one, other in itertools.permutations(found, 2)
        if one.end and other.start == one.end + dt.timedelta(days=1)
    ]

    assert lost == []


# answers on a day --------------------------------------------------------------------------------


def truth_on(condition: Condition, day: str, **answers: Any) -> bool | None:
    """Whether a condition holds for these answers, the facts and the law being of the same day."""
    facts = {
        "entry": Item.annex_i_entry,
        "exporter": Exporter.country,
        "destination": Destination.country,
        "user": EndUser.country,
        "part": Eu.annex_iv_part,
        "national_entry": Eu.national_entry,
        "national_carve_outs": Eu.national_carve_outs,
        "contract_up_to_5000": Eu.contract_up_to_5000,
        "form": Item.form,
    }
    date = dt.date.fromisoformat(day)
    known: dict[str, Any] = {FACTS_DATE.key: date, LAW_DATE.key: date}
    for key in questions([condition]):
        name, _, member = key.partition(":")
        for word, fact in facts.items():
            if fact.key == name and word in answers:
                known[key] = fact.truth(fact.convert(answers[word]), member)
    return evaluate(condition, known).truth


def true_on(condition: Condition, day: str, **answers: Any) -> bool:
    """As ``truth_on``, where the answers decide it."""
    truth = truth_on(condition, day, **answers)

    assert truth is not None
    return truth


@cache
def annex_i() -> tuple[Condition, dict[str, str]]:
    """The condition that Annex I lists an item, and the code that each of its questions is about."""
    condition = ANNEX_I.lists(Item.annex_i_entry, LAW_DATE)
    asked = (key for key in questions([condition]) if key.startswith(Item.annex_i_entry.key))
    return condition, {key: key.partition(":")[2] for key in asked}


def listing(code: str, day: str) -> bool | None:
    """Whether Annex I lists a code on a day, as far as the codes that exist tell."""
    value, fact = MemberSet([code]), Item.annex_i_entry.among(ENTRY_CODES)
    condition, members = annex_i()
    known: dict[str, Any] = {key: fact.truth(value, member) for key, member in members.items()}
    return evaluate(condition, {**known, LAW_DATE.key: dt.date.fromisoformat(day)}).truth


def is_listed(table: DatedTable, code: str, day: str) -> bool:
    """Whether a table lists a code on a day."""
    return true_on(table.lists(Item.annex_i_entry, LAW_DATE), day, entry=[code])


BEGINNINGS = [
    *((code, "2014-12-31") for code in ("4A005", "4D004", "4E001.c", "4E001.a/4A005", "4D001.a/4D004")),
    *((code, "2014-12-31") for code in ("5A001.f.1", "5A001.f.2", "5A001.f.4", "5A001.j")),
    *((code, "2014-12-31") for code in ("5B001.a/5A001.f.1", "5D001.c/5A001.j", "5E001.a/5A001.j")),
    *((code, "2014-12-31") for code in ("4A005@2014", "4D004@2014", "4E001.a/4D004@2014")),
    *((code, "2020-12-15") for code in ("5D001.e", "5A004.b", "5D002.a.3.b", "5D002.c.3.b")),
    ("5D001.e@2024", "2024-11-08"),
    ("4A506", "2025-11-15"),
]
ENDINGS = [
    *((code, "2018-12-15") for code in ("4A005@2014", "4D004@2014", "4E001.c@2014", "4E001.a@2014")),
    ("4E001.a/4D004@2014", "2018-12-15"),
    *((code, "2012-06-15") for code in ("5A002@2009", "5D002@2009", "5E002@2009")),
]


@of_each(("code", "day"), BEGINNINGS)
def test_entry_begins(code: str, day: str) -> None:
    """An entry counts from its first day, and not on the day before."""
    assert not is_listed(ANNEX_I, code, day_before(day))
    assert is_listed(ANNEX_I, code, day)


@pytest.mark.parametrize(("code", "day"), ENDINGS)
def test_wording_ends(code: str, day: str) -> None:
    """What only an older wording met counts through the last day of that wording."""
    assert is_listed(ANNEX_I, code, day_before(day))
    assert not is_listed(ANNEX_I, code, day)


@pytest.mark.parametrize("code", ["4A005", "4D004", "4E001.c", "5D001.e", "5A004.a", "5A002.a"])
def test_new_wording_keeps_the_entry(code: str) -> None:
    """An item that meets every wording stays listed when the wording changes."""
    days = ("2018-12-14", "2018-12-15", "2024-11-07", "2024-11-08")
    begun = [day for day in days if day >= "2020-12-15" or code != "5D001.e"]

    assert all(is_listed(ANNEX_I, code, day) for day in begun)


@pytest.mark.parametrize("code", ["5A001.f.3", "5A004.a", "5D002.c.3.a", "5A002.a", "6A003.b.4"])
def test_old_entries(code: str) -> None:
    """Jamming, cryptanalysis, cryptography and sensors were listed from the first day."""
    assert is_listed(ANNEX_I, code, "2009-08-27")


@pytest.mark.parametrize(
    ("act", "code", "listed"),
    [
        (OLD_ACT, "5A004.a", True),
        (OLD_ACT, "5D002.c.3.b", True),
        (OLD_ACT, "5A004.b", False),
        (OLD_ACT, "4A005", False),
        (NEW_ACT, "5A004.a", True),
        (NEW_ACT, "5E002.a/5A004.a", True),
        (NEW_ACT, "5D002.c.3.b", False),
        (NEW_ACT, "5D001.e", False),
        (NEW_ACT, "5A001.j", False),
    ],
)
def test_sensitive_items(act: Any, code: str, listed: bool) -> None:
    """Cryptanalysis is in Annex IV and has no general authorisation; other surveillance items do."""
    day = "2020-12-15" if act is OLD_ACT else "2022-01-07"

    assert true_on(act.in_annex_iv, day, entry=[code], part=False) is listed
    assert true_on(act.in_section_i, day, entry=[code], part=False) is listed


@of_each(
    ("code", "in_annex_iv", "in_section_i"),
    [
        ("0A001", True, True),
        ("0B001", True, True),
        ("0C001", False, True),
        ("0C004", True, True),
        ("1C351.d.4", True, True),
        ("1C351.a.1", False, True),
        ("1C354", False, True),
        ("1C450.a.1", False, True),
        ("1C450.a.4", False, False),
        ("3A228.a", True, True),
        ("3A228.c", False, False),
        ("6A003.b.4", False, False),
        ("6A225", True, True),
        ("9A117", False, True),
    ],
)
@of_each("act", [OLD_ACT, NEW_ACT], ids=lambda act: act.id)
def test_items_of_both_annexes(act: Any, code: str, in_annex_iv: bool, in_section_i: bool) -> None:
    """Section I takes all of Annex IV, and nuclear, biological and missile items besides."""
    day = "2020-12-15" if act is OLD_ACT else "2022-01-07"

    assert true_on(act.in_annex_iv, day, entry=[code]) is in_annex_iv
    assert true_on(act.in_section_i, day, entry=[code]) is in_section_i


@of_each("code", ["0C002", "0C003", "6A203.a", "9A004", "9E002/9A004", "0D001/0C002"])
@of_each("part", [True, False])
def test_a_part_of_an_entry_is_asked_for(code: str, part: bool) -> None:
    """Where Annex IV takes part of an entry, it is open until the part is known."""
    answers: dict[str, Any] = {LAW_DATE.key: dt.date(2021, 9, 9)}
    for key in questions([NEW_ACT.in_annex_iv]):
        if key.startswith(Item.annex_i_entry.key):
            answers[key] = Item.annex_i_entry.truth(MemberSet({code}), key.partition(":")[2])

    assert evaluate(NEW_ACT.in_annex_iv, answers).truth is None
    assert evaluate(NEW_ACT.in_annex_iv, answers | {Eu.annex_iv_part.key: part}).truth is part


@of_each(
    ("authorisation", "code", "taken"),
    [
        ("eu002", "3A001.a.7", True),
        ("eu002", "3A001.a.8", False),
        ("eu004", "6A008.l.3", True),
        ("eu004", "6A002.a", False),
        ("eu006", "1C350.3", True),
        ("eu006", "1C350.4", False),
        ("eu006", "1C350.66", False),
        ("eu006", "1C450.a.4", True),
        ("eu006", "1C450.a.1", False),
        ("eu006", "1C450.b.8", True),
        ("eu006", "1C450.b.7", False),
        ("eu008", "5D002.c.1/5A002.a.2", True),
        ("eu008", "5D002.c.1/5A002.a.1", False),
        ("eu008", "5D002.c.1/5A002.c", False),
        ("eu008", "5D002.a.1/5A002.a.3", True),
        ("eu008", "5D002.a.1/5A002.b", False),
        ("eu008", "5D002.b/5A002.b", True),
        ("eu008", "5E002.b", True),
    ],
)
def test_items_of_general_authorisations(authorisation: str, code: str, taken: bool) -> None:
    """A closed list takes what it names; EU008 takes what derives from the items that it names."""
    assert true_on(NEW_ACT.takes_item(authorisation), "2021-09-09", entry=[code], part=False) is taken


def test_croatia_enters_the_union() -> None:
    """Croatia is outside the Union on the day before accession, and inside from that day."""
    inside = in_union(Destination.country)

    assert not true_on(inside, "2013-06-30", destination="HR")
    assert true_on(inside, "2013-07-01", destination="HR")


def test_great_britain_leaves_and_northern_ireland_stays() -> None:
    """Great Britain is inside through 2020; Northern Ireland stays inside."""
    inside = in_union(Destination.country)

    assert true_on(inside, "2020-12-31", destination="GB")
    assert not true_on(inside, "2021-01-01", destination="GB")
    assert true_on(inside, "2021-01-01", destination="XI")


# general authorisations --------------------------------------------------------------------------


@of_each(
    ("act", "authorisation", "country", "day", "reached"),
    [
        (OLD_ACT, "eu001", "US", "2009-08-26", False),
        (OLD_ACT, "eu001", "US", "2009-08-27", True),
        (OLD_ACT, "eu001", "US", "2021-09-08", True),
        (OLD_ACT, "eu001", "US", "2021-09-09", False),
        (OLD_ACT, "eu001", "GB", "2020-12-31", False),
        (OLD_ACT, "eu001", "GB", "2021-01-01", True),
        (OLD_ACT, "eu001", "IS", "2021-09-08", False),
        (NEW_ACT, "eu001", "US", "2021-09-08", False),
        (NEW_ACT, "eu001", "IS", "2021-09-09", True),
        (NEW_ACT, "eu001", "GB", "2021-09-09", True),
        (NEW_ACT, "eu001", "XI", "2021-09-09", False),
        (NEW_ACT, "eu001", "KR", "2021-09-09", False),
        (OLD_ACT, "eu003", "AE", "2012-01-06", False),
        (OLD_ACT, "eu003", "AE", "2012-01-07", True),
        (OLD_ACT, "eu005", "HR", "2013-06-30", True),
        (NEW_ACT, "eu005", "HR", "2021-09-09", False),
        (NEW_ACT, "eu003", "RU", "2022-05-04", True),
        (NEW_ACT, "eu003", "RU", "2022-05-05", False),
        (NEW_ACT, "eu004", "RU", "2022-05-04", True),
        (NEW_ACT, "eu004", "RU", "2022-05-05", False),
        (NEW_ACT, "eu005", "RU", "2022-05-04", True),
        (NEW_ACT, "eu005", "RU", "2022-05-05", False),
        (NEW_ACT, "eu003", "CN", "2022-05-05", True),
        (NEW_ACT, "eu003", "IS", "2021-09-09", False),
        (NEW_ACT, "eu007", "IL", "2021-09-09", True),
        (NEW_ACT, "eu007", "AE", "2021-09-09", False),
        (NEW_ACT, "eu008", "BR", "2021-09-09", True),
        (NEW_ACT, "eu008", "AE", "2021-09-09", False),
        (NEW_ACT, "eu008", "US", "2021-09-09", False),
    ],
)
def test_destinations(act: Any, authorisation: str, country: str, day: str, reached: bool) -> None:
    """A general authorisation reaches its destinations on the days on which they are named."""
    assert true_on(act.goes_to(authorisation), day, user=country) is reached


def test_croatia_is_a_destination_only_while_outside() -> None:
    """The rows that go on naming Croatia after accession are moot: a sale there is no export."""
    named = true_on(OLD_ACT.goes_to("eu005"), "2013-07-01", user="HR")

    assert named
    assert true_on(in_union(Destination.country), "2013-07-01", destination="HR")


@of_each(
    ("act", "authorisation", "entries", "taken"),
    [
        (OLD_ACT, "eu001", ["4A005"], True),
        (OLD_ACT, "eu001", ["4A005", "5A004.a"], False),
        (NEW_ACT, "eu001", ["5A001.j", "5D001.e", "5A004.b"], True),
        (OLD_ACT, "eu002", ["5A001.j"], False),
        (OLD_ACT, "eu003", ["5A001.j"], True),
        (OLD_ACT, "eu003", ["5A001.j", "5D001.c/5A001.j"], False),
        (OLD_ACT, "eu003", ["5A001.b.5"], False),
        (NEW_ACT, "eu003", ["4A005", "5A001.f.1", "5A001.j", "5A004.b"], True),
        (NEW_ACT, "eu004", ["4A005", "5A001.f.1", "5A001.j", "5A004.b"], True),
        (NEW_ACT, "eu004", ["4D004"], False),
        (NEW_ACT, "eu004", ["4E001.c"], False),
        (NEW_ACT, "eu005", ["5A001.b.2", "5D001.a/5A001.c"], True),
        (NEW_ACT, "eu005", ["5A001.f.1"], False),
        (NEW_ACT, "eu005", ["5A001.j"], False),
        (NEW_ACT, "eu005", ["5A001.b.2", "5A001.f.1"], False),
        (NEW_ACT, "eu007", ["5D001.e"], True),
        (NEW_ACT, "eu007", ["5D002.c.3.b"], True),
        (NEW_ACT, "eu007", ["4D004"], False),
        (NEW_ACT, "eu007", ["4E001.a/4A005"], False),
        (NEW_ACT, "eu007", ["4E001.c"], False),
        (NEW_ACT, "eu007", ["5D001.c/5A001.f.1"], False),
        (NEW_ACT, "eu007", ["5E001.a/5A001.j"], False),
        (NEW_ACT, "eu007", ["5D002.c.3.a"], False),
        (NEW_ACT, "eu007", ["5A002.a.2"], False),
        (NEW_ACT, "eu008", ["5A002.a.2", "5D002.c.1", "5E002.b"], True),
        (NEW_ACT, "eu008", ["5A002.a.1"], False),
        (NEW_ACT, "eu008", ["5A002.a.2", "5A004.b"], False),
    ],
)
def test_items(act: Any, authorisation: str, entries: list[str], taken: bool) -> None:
    """A general authorisation takes an item only if it takes every entry that the item meets."""
    day = "2020-12-15" if act is OLD_ACT else "2022-01-07"

    assert true_on(act.takes_item(authorisation), day, entry=entries) is taken


@pytest.mark.parametrize(
    ("act", "code", "day", "sensitive"),
    [
        (OLD_ACT, "5D002.a.3.a", "2014-12-30", False),
        (OLD_ACT, "5D002.a.3.a", "2020-11-08", None),
        (OLD_ACT, "5D002.a.3.a", "2020-12-15", True),
        (OLD_ACT, "5D002.a.3.b", "2020-11-08", False),
        (OLD_ACT, "1C352", "2014-07-02", True),
        (OLD_ACT, "1C352", "2020-11-08", None),
        (OLD_ACT, "1C352", "2020-12-15", False),
        (NEW_ACT, "5D002.c.3.b", "2021-09-09", None),
        (NEW_ACT, "5D002.c.3.b", "2022-01-07", False),
    ],
)
def test_nothing_says_when_a_sensitive_item_came_or_went(
    act: Any, code: str, day: str, sensitive: bool | None
) -> None:
    """Between two texts that differ, whether an item is sensitive is open; in each of them it is known."""
    assert truth_on(act.in_section_i, day, entry=[code], part=False) is sensitive


@pytest.mark.parametrize(
    ("day", "taken"), [("2014-07-02", False), ("2020-11-08", None), ("2020-12-15", True)]
)
def test_nothing_says_when_a_general_authorisation_took_an_item(day: str, taken: bool | None) -> None:
    """Laser radar was left out of EU003 in the text of 2014 and is not in that of 2020."""
    assert truth_on(OLD_ACT.takes_item("eu003"), day, entry=["6A008.l.3"], part=False) is taken


DAYS = [dt.date(2020, 11, 8), dt.date(2021, 9, 9)]


@pytest.mark.parametrize(
    ("pattern", "levels"),
    [
        ("4A005", ("official", "text")),
        ("5A001.f.1", ("official", "text")),
        ("5A001.f.3", ("text", "text")),
        ("5A001.j", ("official", "text")),
        ("5D001.e", ("official", "text")),
        ("5A004.a", ("text", "text")),
        ("5A002", ("text", "text")),
        ("4D004@2014", ("inferred", "text")),
        ("5A002@2009", ("text", "text")),
        ("1C513", ("secondary", "secondary")),
        ("*", ("unread", "unread")),
    ],
)
def test_how_an_entry_is_known_on_the_days_compared(pattern: str, levels: tuple[str, str]) -> None:
    """Entries of 2014 are known from an account in 2020, and from both sides of the recast in 2021."""
    (row,) = ANNEX_I.where(pattern=pattern)

    assert tuple(str(row.evidence(day).level) for day in DAYS) == levels


def test_every_state_has_a_document() -> None:
    """Whoever is told that a row was read in a state of the text is told in which document."""
    tables = (ANNEX_I, ANNEX_IV, SECTION_I, GENERAL_AUTHORISATIONS, GENERAL_AUTHORISATION_ITEMS)
    rows = [row for table in tables for row in table]
    known = [row.evidence(day) for row in rows for day in DAYS if day in row.period]

    assert [item for item in known if item.level is EvidenceLevel.TEXT and not item.document] == []


# national lists and embargoes --------------------------------------------------------------------


@of_each(
    ("exporter", "destination", "day", "own", "controlled"),
    [
        ("DE", "AE", "2015-07-17", True, False),
        ("DE", "AE", "2015-07-18", True, True),
        ("FR", "AE", "2015-07-18", True, False),
        ("DE", "FR", "2015-07-18", True, False),
        ("DE", "US", "2015-07-18", True, False),
        ("DE", "LI", "2015-07-18", True, False),
        ("DE", "IS", "2021-09-08", True, True),
        ("DE", "IS", "2021-09-09", True, False),
        ("DE", "GB", "2020-12-31", True, False),
        ("DE", "GB", "2021-01-01", True, False),
        ("DE", "KR", "2021-09-09", True, True),
        ("FR", "AE", "2021-09-09", False, True),
        ("DE", "AE", "2021-09-09", False, False),
        ("FR", "US", "2021-09-09", False, False),
    ],
)
def test_german_list(exporter: str, destination: str, day: str, own: bool, controlled: bool) -> None:
    """The German list binds German exporters except to the Union and favoured destinations."""
    condition = on_national_list("authorisation", own=own, published=("yes", "unknown"))

    assert true_on(condition, day, **GERMAN | {"exporter": exporter, "user": destination}) is controlled


GERMAN: dict[str, Any] = {
    "form": "goods",
    "exporter": "DE",
    "user": "AE",
    "national_entry": ["5A902"],
    "national_carve_outs": [],
    "contract_up_to_5000": False,
}


@pytest.mark.parametrize(
    ("changes", "controlled"),
    [
        ({"national_carve_outs": ["operator"]}, False),
        ({"national_carve_outs": ["development"]}, True),
        ({"contract_up_to_5000": True}, False),
        ({"contract_up_to_5000": True, "form": "software", "national_entry": ["5D902"]}, True),
        ({"exporter": "FR", "national_entry": ["fr_mobile_interception"]}, True),
        ({"exporter": "FR", "national_entry": ["fr_mobile_interception"], "user": "US"}, True),
        ({"exporter": "FR", "national_entry": ["fr_ip_surveillance"]}, True),
    ],
)
def test_what_the_lists_leave_out(changes: Mapping[str, Any], controlled: bool) -> None:
    """A purpose that the entry leaves out, and goods of little value, are free; France exempts no ally."""
    condition = on_national_list("authorisation", own=True)

    assert true_on(condition, "2019-01-01", **GERMAN | dict(changes)) is controlled


def test_no_list_with_surveillance_items_is_known_to_be_published() -> None:
    """Article 10 rests on publication, which was read of no list that an item of surveillance is on."""
    condition = on_national_list("authorisation", own=False)

    assert not true_on(condition, "2026-01-01", **GERMAN | {"exporter": "FR"})


def test_every_member_state_has_a_day_on_which_reading_ends() -> None:
    """Each state that was in the Union since 2009 has one, which no row that was read is later than."""
    ends = {state: row.period.start for row in NATIONAL_LISTS_UNREAD for state in row.words("state")}
    members = {code for row in MEMBERSHIP for code in row.words("countries")}
    territories = {"AX", "GF", "GG", "GP", "IM", "JE", "MC", "MF", "MQ", "RE", "YT"}

    assert members - ends.keys() == territories
    assert {row["class"] for row in NATIONAL_LISTS} == {"encoded", "read_does_not_reach", "unread"}
    for row in NATIONAL_LISTS.where(**{"class": "read_does_not_reach"}, kind="export"):
        for state in row.words("state"):
            end = ends[state]
            assert end
            assert row.period.start is None or row.period.start < end


@of_each(
    ("country", "embargo", "day", "under"),
    [
        ("RU", "state", "2014-07-31", False),
        ("RU", "state", "2014-08-01", True),
        ("SY", "state", "2013-05-31", True),
        ("SY", "state", "2013-06-01", False),
        ("VE", "state", "2017-11-12", False),
        ("VE", "state", "2017-11-13", True),
        ("SO", "state", "2024-03-17", True),
        ("SO", "forces", "2024-03-18", True),
        ("HT", "state", "2024-06-24", True),
        ("MM", "state", "2020-06-01", True),
        ("CN", "state", "2020-06-01", False),
        ("CN", "political", "2020-06-01", True),
        ("EG", "state", "2013-09-01", False),
    ],
)
def test_embargoes(country: str, embargo: str, day: str, under: bool) -> None:
    """An embargo of a class holds from its first day through its last."""
    table = EMBARGOES.where(**{"class": embargo})

    assert true_on(table.names(Destination.country, FACTS_DATE), day, destination=country) is under


# which codes exist -------------------------------------------------------------------------------


def test_every_code_that_a_table_names_exists() -> None:
    """What Annex I, the lists made from it and the general authorisations name, the list of entries has."""
    named = {code for table in CODED for row in table for code in CODE.findall(row["pattern"])}

    assert {code: flaw.found for code in sorted(named) if (flaw := ENTRY_CODES.flaw(code))} == {}
    assert {row["entry"] for row in ENTRIES} >= {"4A005", "4D004", "5A001", "5A004", "5D001", "5D002"}


CODE = re.compile(r"\d[A-E]\d{3}[.a-z0-9]*(?:@\d{4})?")
CODED = (ANNEX_I, ANNEX_IV, SECTION_I, GENERAL_AUTHORISATION_ITEMS)
TURNS = sorted({day for row in ANNEX_I for day in (row.period.start, row.period.end) if day})
BARE = sorted(code for code in ENTRY_CODES.codes if ENTRY_CODES.points(code))
DERIVED = [f"5D001.c/{code}" for code in BARE if code < "5A002" and code >= "5A001"] + [
    "5D002.c/5A004",
    "5E002.a/5D002.c",
    "5E002.a/5D002.a.3",
    "4E001.a/4D001",
]


@pytest.mark.parametrize("day", ["2012-01-01", *map(str, TURNS)])
def test_a_bare_parent_is_listed_as_far_as_all_its_points_are(day: str) -> None:
    """Where points of an entry came on different days, the entry alone is open until the last of them."""
    differing = {}
    for code in [*BARE, *DERIVED]:
        points = {listing(point, day) for point in ENTRY_CODES.stands_for(code)}
        want = points.pop() if len(points) == 1 else None
        if listing(code, day) is not want:
            differing[code] = want

    assert differing == {}


@pytest.mark.parametrize(
    ("code", "day", "listed"),
    [
        ("5A001.f", "2012-01-01", None),
        ("5A001.f", "2014-12-31", True),
        ("5A004", "2020-12-14", None),
        ("5A004", "2020-12-15", True),
        ("5D002.c.3", "2020-12-14", None),
        ("4A005", "2012-01-01", False),
        ("3A501", "2025-11-14", False),
        ("3A501", "2025-11-15", True),
        ("3A502", "2025-11-15", None),
        ("4A508", "2025-11-15", None),
        ("9E003", "2020-01-01", None),
    ],
)
def test_what_is_not_known_to_be_listed_stays_open(code: str, day: str, listed: bool | None) -> None:
    """An entry that nobody read, and one that names no point of several, are neither listed nor free."""
    assert listing(code, day) is listed
