"""The Export Control Order 2008: unlisted items for weapons, and for the forces of embargoed states."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    EndUser,
    Evidence,
    EvidenceLevel,
    Knowledge,
    Outcome,
    Period,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare_world.facts import Uk
from regcompare_world.tables import UK_DESTINATIONS

from .retained_act import listed, sends_out
from .texts import AMENDMENT_2022, ORDER, RETAINED

chapter = Chapter()

relevant_entity = Term(
    "forces of an embargoed destination, as the government has told the exporter",
    ORDER["Art. 12A(1) and (3)"],
    Uk.told_of_forces & UK_DESTINATIONS.where(list="embargoed").names(EndUser.country, LAW_DATE),
    note="Military, para-military, police, security or intelligence forces, and who acts for them.",
)

weapons = any_of(
    *(
        known.includes_any("wmd")
        for known in (
            Knowledge.exporter_aware,
            Knowledge.exporter_suspects,
            Knowledge.authority_informed,
        )
    )
)

# Article 6 - weapons of mass destruction
art_6 = chapter.rule(
    ORDER["Art. 6"],
    "An exporter that knows or suspects that an item that is not listed is for weapons of mass destruction "
    "must have a licence.",
    when=sends_out
    & ~listed
    & (Knowledge.exporter_aware.includes_any("wmd") | Knowledge.exporter_suspects.includes_any("wmd")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=Evidence(
        EvidenceLevel.OFFICIAL,
        "GOV.UK, Weapons of mass destruction: end-use control, and End-use controls applying to WMD-related "
        "items",
        dt.date(2026, 11, 28),
        "According to the guidance, anyone who knows or suspects must apply for a licence. Of the article "
        "only the heading was read; whether enquiries can dispel the suspicion is not encoded.",
    ),
    id="order-6",
)

# Articles 12A and 12B
art_12a = chapter.rule(
    ORDER["Art. 12A(2)"].amended_by(AMENDMENT_2022["art. 2"]),
    "An item that is not listed requires a licence once the government has told the exporter that it is "
    "or may be for military, police, security or intelligence forces of an embargoed destination, "
    "unless it is a medical good or generally available to the public.",
    when=sends_out & ~listed & relevant_entity & ~Uk.everyday_goods,
    period=Period(dt.date(2022, 5, 19)),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    id="order-12a",
)

# Article 19 - technical assistance, and retained Article 5 - brokering
art_19 = chapter.rule(
    ORDER["Art. 19"],
    "Technical assistance for weapons of mass destruction needs a licence.",
    when=Transaction.kind.is_in("technical_assistance", "hosted_service") & weapons,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="order-19",
)
retained_5 = chapter.rule(
    RETAINED["Art. 5"],
    "Brokering listed items for weapons of mass destruction needs an authorisation.",
    when=Transaction.kind.is_in("brokering") & listed & weapons,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
    note="The article as retained was not read.",
)
