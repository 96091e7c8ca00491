"""A text that was last read before the day of the law: what it may say by now is open, and so said."""

from __future__ import annotations

import datetime as dt

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    Chapter,
    DatedTable,
    Destination,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Period,
    Transaction,
    Trigger,
)
from regcompare.vocabulary.dated import Row

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
READ = dt.date(2020, 6, 30)
DAY = dt.timedelta(days=1)
TABLE = DatedTable(
    "acts since they were read",
    (
        Row(
            "ages.csv",
            2,
            {"text": "the Toy Act", "through": f"{READ}", "country": "EG"},
            Period(READ + DAY),
            "Invented.",
            Evidence(EvidenceLevel.TEXT),
        ),
    ),
    READ,
)


def toy() -> Ruleset:
    """A licence for what is covert, and whatever the act may say since it was read, of Egypt."""
    chapter = Chapter()
    chapter.rule(
        ACT["Art. 1"],
        "Covert items need a licence.",
        when=Item.covert,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
        checked=EvidenceLevel.TEXT,
    )
    chapter.since_last_reading(
        ACT["Table"],
        "The act may ban it by now.",
        TABLE,
        lambda row: Destination.country.is_in(*row.words("country")),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.ACT,
        id="act-since",
    )
    return Ruleset(
        "toy",
        "Toy Act",
        status="law",
        instruments=(ACT,),
        reference_date=READ,
        provisions=(chapter,),
        tables=(TABLE,),
        covers=("export",),
    )


def sale(covert: bool | None = False, country: str = "EG") -> Scenario:
    """An export of an item."""
    facts = (Item(covert=covert), Destination(country=country), Transaction(kind="export"))
    return Scenario(id="sale").with_facts(*facts)


def test_what_a_text_says_since_it_was_read_is_open_from_the_day_after() -> None:
    """On that day the result reaches up to what it may say, and the text is named; the day before not."""
    before, after = (assess(sale(), toy(), as_of=day) for day in (READ, READ + DAY))

    assert (before.result, before.aged) == ("no_control", ())
    assert (after.result, after.aged) == ("no_control..prohibition", (("the Toy Act", f"{READ}"),))


def test_a_result_is_open_by_age_where_nothing_else_opens_it() -> None:
    """Near misses: a licence that is open as well, another country, the day on which it was read."""
    after = READ + DAY

    assert assess(sale(), toy(), as_of=after).is_open_by_age
    assert assess(sale(covert=True), toy(), as_of=after).is_open_by_age  # A licence certainly.
    assert not assess(sale(covert=None), toy(), as_of=after).is_open_by_age
    assert not assess(sale(country="NO"), toy(), as_of=after).is_open_by_age
    assert not assess(sale(covert=None, country="NO"), toy(), as_of=after).is_open_by_age
    assert not assess(sale(), toy(), as_of=READ).is_open_by_age
