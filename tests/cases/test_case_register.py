"""The documented cases can be checked from their own files, and are counted by what is on record."""

import datetime as dt
from itertools import combinations

import pytest
from tests.support.shipped import CASES

from regcompare import Scenario
from regcompare.comparison.populations import records_of
from regcompare.facts import UNKNOWN
from regcompare.logic.conditions import ends_of
from regcompare.scenario.provenance import (
    GROUP_OF,
    RECORD_GROUPS,
    RECORD_KINDS,
    levels_reported,
)


def missing_addresses():
    """The sources, by case and title."""
    return [
        (case.id, source.title)
        for case in CASES
        for source in case.sources
        if not source.address and source.looked_for is None
    ]


def missing_bases():
    """The stated facts, by case and key."""
    return [
        (case.id, key)
        for case in CASES
        if case.is_documented
        for key, answer in case.facts.items()
        if answer is not UNKNOWN
        and not ((basis := case.basis(key)) and (basis.sources or basis.classified))
    ]


def test_every_source_has_an_address_or_was_looked_for():
    """A source has an address, or says on which day one was looked for in vain."""
    assert missing_addresses() == []


def test_every_stated_fact_rests_on_something():
    """A stated fact rests on sources, or on a classification with its reason."""
    assert missing_bases() == []


TWO_YEARS = dt.timedelta(days=730)
UNLIKE = {
    "trovicor-ethiopia-2011": "No report from before the supply was found.",
    "uk-honduras-2016-17-temporary": "The report is of January 2017, a month after the first licence.",
    "hackingteam-ethiopia-2011-15": "By 2012 the report of 2011 on the country was out; by 2015 more on this user.",
    "axis-guilin-2012-19": "The report of 2008 is on suspects in police custody, not on the ministry or its academy.",
    "noldus-china-2012-18-police-academy": "The report of 2008 is on suspects in custody, not on an academy.",
    "computerlinks-syria-2010": "In the other case prosecutors name intelligence services as the users.",
}
"""Cases whose reports come nearer, or less near, than those of a like case on a like day, and why."""


def unlike_pairs():
    """Pairs of one country and kind of user, within two years, whose earlier reports differ in level."""
    known = [
        (case, first)
        for case in CASES
        if case.is_documented
        and (first := ends_of(case.known_day)[0])
        and isinstance(case.destination.country, str)
        and isinstance(case.end_user.kind, str)
    ]
    for (one, day), (other, other_day) in combinations(known, 2):
        same = (one.destination.country, one.end_user.kind) == (
            other.destination.country,
            other.end_user.kind,
        )
        levels = [levels_reported(case.reports, case.known_day) for case in (one, other)]
        if same and abs(day - other_day) <= TWO_YEARS and levels[0] != levels[1]:
            yield one, other


def test_what_is_left_to_the_reports_is_not_stated():
    """A stated unknown is an answer, which replaces what reports show; what is left to them is left out."""
    stated = [
        (case.id, key)
        for case in CASES
        for key in case.facts
        if (basis := case.basis(key)) and basis.classified.startswith("Left to the report")
    ]

    assert stated == []


def test_like_cases_with_unlike_reports_say_why():
    """Each such pair has a reason, and no reason is left over."""
    pairs = [(one.id, other.id) for one, other in unlike_pairs()]
    without = [pair for pair in pairs if not any(name in UNLIKE for name in map(main_id, pair))]
    used = {main_id(name) for pair in pairs for name in pair}

    assert without == []
    assert sorted(UNLIKE.keys() - used) == []


def main_id(name):
    """The case whose reason holds for its parts."""
    return max((reason for reason in UNLIKE if name.startswith(reason)), key=len, default=name)


def test_every_kind_of_record_has_a_group_and_every_group_a_kind():
    """What is on record is counted once, and in no group that nothing can belong to."""
    assert GROUP_OF.keys() == RECORD_KINDS.keys()
    assert set(GROUP_OF.values()) == set(RECORD_GROUPS)


@pytest.mark.parametrize("kind", ["refused", "withdrawn", "offer", "licence", "use_found"])
def test_only_a_delivery_or_a_contract_is_a_deal(kind):
    """Nothing else on record is counted among deals, and no invention is counted at all."""
    assert Scenario(id="a", kind="documented", record_kind=kind).record_group != "deals"
    assert Scenario(id="a", kind="documented", record_kind="contract").record_group == "deals"
    assert Scenario(id="a", kind="variant", record_kind="contract").record_group is None


def test_what_is_counted_once_has_one_kind_of_record():
    """Every documented case says what is on record, and the parts of one deal say the same."""
    documented = [case for case in CASES if case.is_documented]
    groups = [[case.record_group for case in record.parts] for record in records_of(documented)]

    assert [case.id for case in documented if case.record_group is None] == []
    assert [group for group in groups if len(set(group)) > 1] == []
