"""The address of a provision leads to a text that has it: no version older than the row it supports."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from tests.support.offenders import of_each

from regcompare.law import Citation, Instrument
from regcompare.vocabulary.dated import Row
from regcompare_eu.eu_sanctions.acts_by_country import act_of
from regcompare_eu.eu_sanctions.definitions import cited
from regcompare_eu.tables import (
    ACTS_BY_COUNTRY,
    DUAL_USE_BANS,
    GOODS_BANS,
    INTERCEPTION_REGIMES,
    REPRESSION_LISTS,
    SERVICES_BANS,
)

COLUMNS = {
    ACTS_BY_COUNTRY: "articles",
    DUAL_USE_BANS: "article",
    GOODS_BANS: "article",
    INTERCEPTION_REGIMES: "goods",
    REPRESSION_LISTS: "article",
    SERVICES_BANS: "article",
}
ROWS = [
    (row, column if row[column] else "assistance_article")
    for table, column in COLUMNS.items()
    for row in table
]
STATE = re.compile(r"CELEX:0\w{9}-(\d{8})")


@of_each("row, column", ROWS)
def test_no_row_links_a_state_older_than_itself(row: Row, column: str) -> None:
    """From its first day to its last, a row is linked to a state that can have it, or to an act."""
    cite, start = cited(row, column, act_of(row)), row.period.start
    assert start is not None
    turns = [state for state in cite.instrument.states if state in row.period]

    for day in (
        start,
        start + dt.timedelta(days=1),
        *turns,
        row.period.last_day or dt.date(2026, 11, 28),
    ):
        if found := STATE.search(cite.url(day)):
            assert start <= dt.date.fromisoformat(found[1]) <= day


def test_until_a_version_has_a_place_the_act_that_brought_it_is_linked() -> None:
    """Then the version of the day; without such an act the text as such, never an older version."""
    states = (dt.date(2014, 1, 21), dt.date(2022, 3, 10))
    act = Instrument("Act", "An act", "Official Journal 1", "32006R0765", states=states)
    brought = Citation(act, "Art. 1c", since=dt.date(2021, 6, 25), inserted_by="32021R1030")
    other = Citation(act, "Art. 1c", since=dt.date(2021, 6, 25))

    assert brought.url(dt.date(2021, 7, 1)).endswith("CELEX:32021R1030")
    assert other.url(dt.date(2021, 7, 1)).endswith("CELEX:32006R0765#art_1c")
    assert brought.url(dt.date(2023, 1, 1)).endswith("CELEX:02006R0765-20220310#art_1c")
    assert act["Art. 1"].url(dt.date(2021, 7, 1)).endswith("CELEX:02006R0765-20140121#art_1")


@pytest.mark.parametrize(
    ("address", "pinpoint", "end"),
    [
        ("https://www.ecfr.gov/current/title-15/part-746", "§ 746.8(a)(1)", "/section-746.8"),
        ("https://www.legislation.gov.uk/uksi/2019/855", "regs 21(1), 22(1)", "/regulation/21"),
        ("https://www.legislation.gov.uk/uksi/2008/3231", "Art. 4A(1)", "/article/4A"),
        ("https://www.ecfr.gov/current/title-15/part-738", "Supplement No. 1", ""),
        ("https://example.org/law", "§ 746.8", ""),
    ],
)
def test_an_address_opens_at_the_section_where_the_publisher_has_one(
    address: str, pinpoint: str, end: str
) -> None:
    """American sections and British articles and regulations have addresses of their own."""
    assert Instrument("Act", "An act", "Gazette 1", address=address)[pinpoint].url() == address + end
