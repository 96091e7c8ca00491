"""The documented cases can be checked from their own files, and are counted by what is on record."""

import pytest
from tests.shipped import CASES

from regcompare import Scenario
from regcompare.comparison.headline import by_deal
from regcompare.facts import UNKNOWN, section_answers
from regcompare.scenario.provenance import RECORD_GROUPS, RECORD_KINDS, record_group


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
        for section in case.sections()
        for key, answer in section_answers(section, names=True).items()
        if answer is not UNKNOWN
        and not ((basis := case.basis(key)) and (basis.sources or basis.classified))
    ]


def test_every_source_has_an_address_or_was_looked_for():
    """A source has an address, or says on which day one was looked for in vain."""
    assert missing_addresses() == []


def test_every_stated_fact_rests_on_something():
    """A stated fact rests on sources, or on a classification with its reason."""
    assert missing_bases() == []


def test_every_kind_of_record_has_a_group_and_every_group_a_kind():
    """What is on record is counted once, and in no group that nothing can belong to."""
    assert {record_group(kind) for kind in RECORD_KINDS} == set(RECORD_GROUPS)
    assert record_group(None) is None


@pytest.mark.parametrize("kind", ["refused", "withdrawn", "offer", "licence", "use_found"])
def test_only_a_delivery_or_a_contract_is_a_deal(kind):
    """Nothing else on record is counted among deals, and no invention is counted at all."""
    assert Scenario(id="a", kind="documented", record_kind=kind).record_group != "deals"
    assert Scenario(id="a", kind="documented", record_kind="contract").record_group == "deals"
    assert Scenario(id="a", kind="variant", record_kind="contract").record_group is None


def test_what_is_counted_once_has_one_kind_of_record():
    """Every documented case says what is on record, and the parts of one deal say the same."""
    documented = [case for case in CASES if case.is_documented]
    groups = by_deal((case, case.record_group) for case in documented).values()

    assert [case.id for case in documented if case.record_group is None] == []
    assert [group for group in groups if len(set(group)) > 1] == []
