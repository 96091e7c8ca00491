"""How much of the documented cases can be checked from their own files; the numbers only go down."""

from tests.shipped import CASES

from regcompare.facts import UNKNOWN, section_answers

WITHOUT_ADDRESS = 0
WITHOUT_BASIS = 32
"""What is still missing: sources with neither an address nor a day of looking for one; stated facts that
rest neither on a source nor on a classification with its reason."""


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
    """No more sources without an address than are known."""
    assert len(missing_addresses()) <= WITHOUT_ADDRESS, missing_addresses()[:20]


def test_every_stated_fact_rests_on_something():
    """No more facts without a basis than are known."""
    assert len(missing_bases()) <= WITHOUT_BASIS, missing_bases()[:20]
