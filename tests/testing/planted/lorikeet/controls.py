"""What is controlled, in the order of the text."""

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Addressee,
    Chapter,
    Destination,
    EndUser,
    Outcome,
    Period,
    Term,
    Transaction,
    Trigger,
)

from .facts import LEASE, Lori
from .lists import PARTNERS, listed
from .texts import LATER, ORD

chapter = Chapter()

# § 8 - the list
leaves = Term("export", ORD["§ 2"], Transaction.kind.is_in("export", "electronic_export", LEASE))
sec_8_1 = chapter.rule(
    ORD["§ 8(1)"],
    "Items of the list may not be exported without a licence.",
    when=leaves & listed,
    period=Period(dt.date(2015, 7, 18)),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
)
sec_8_3 = chapter.rule(
    ORD["§ 8(3)"],
    "Listed items are free if they go to a partner state.",
    when=leaves & listed & PARTNERS.names(Destination.country, LAW_DATE),
    period=Period(dt.date(2015, 7, 18)),
    overrides=sec_8_1,
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
)

# § 9 - nuclear uses; since 2021 also small plants
sec_9_1 = chapter.rule(
    ORD["§ 9(1)"],
    "Unlisted items need a licence if the exporter was told of a use in a large nuclear plant.",
    when=leaves & ~listed & Lori.told & Lori.size.is_in("large"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)
sec_9_1_2021 = chapter.amend(
    sec_9_1,
    since=dt.date(2021, 9, 9),
    by=LATER["Art. 1 no. 2"],
    sentence="Unlisted items need a licence if the exporter was told of a use in any nuclear plant.",
    when=leaves & ~listed & Lori.told,
)
sec_9_2 = chapter.rule(
    ORD["§ 9(2)"],
    "Unlisted items need a licence if the exporter knows of such a use in a large plant by a state.",
    when=leaves & ~listed & Lori.knows & Lori.size.is_in("large") & EndUser.acts_for_state,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
)

# § 11 - refusal
refused = chapter.discretion(ORD["§ 11"], "Has the office refused the licence?", who=Addressee.AUTHORITY)
sec_11 = chapter.rule(
    ORD["§ 11"],
    "The office may refuse a licence for listed items.",
    when=leaves & listed & refused,
    then=Outcome.REFUSAL,
    states="the office, for reasons of security",
    triggered_by=Trigger.AUTHORITY,
)
