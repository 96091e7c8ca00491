"""Retained Regulation 428/2009: listed items, three uses of concern, general authorisations."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Condition,
    Destination,
    EndUser,
    Evidence,
    EvidenceLevel,
    Item,
    Knowledge,
    Outcome,
    SetOf,
    Term,
    Transaction,
    Trigger,
)
from regcompare.vocabulary import Concern
from regcompare_world.tables import UK_DESTINATIONS, UK_ITEMS

from .texts import OGEL_EU, RETAINED

chapter = Chapter()

_READ = dt.date(2026, 11, 28)

sends_out = Term(
    "export from Great Britain",
    RETAINED["Art. 2(2)"],
    (Transaction.kind.is_in("export") & ~Destination.country.is_in("GB", "XI", "IM"))
    | (Transaction.kind.is_in("electronic_export") & ~Destination.country.is_in("GB", "XI")),
    note=(
        "Goods leave the United Kingdom and the Isle of Man; of electronic transmission the text only says "
        "that it leaves the United Kingdom."
    ),
)
listed = Term(
    "item listed in retained Annex I",
    RETAINED["Art. 3(1)"],
    UK_ITEMS.where(list="annex_i").lists(Item.annex_i_entry, LAW_DATE),
)
_embargoed = UK_DESTINATIONS.where(list="embargoed")
embargoed = Term(
    "purchaser or destination under an arms embargo",
    RETAINED["Art. 4(2)"],
    _embargoed.names(Destination.purchaser_country, LAW_DATE)
    | _embargoed.names(EndUser.country, LAW_DATE),
)


def use_of_concern(known: SetOf[Concern]) -> Condition:
    """Weapons of mass destruction, a military end-use under an embargo, or parts for unlawful exports."""
    return known.includes_any("wmd", "illegally_exported_military_parts") | (
        embargoed & known.includes_any("military_end_use")
    )


GUIDANCE = Evidence(
    EvidenceLevel.OFFICIAL,
    "GOV.UK, End-use controls applying to military related items; Article 4(3) and (4) of Regulation (EC) "
    "428/2009, state of 7 October 2021",
    _READ,
    "The guidance says that being informed or aware is enough; the paragraphs as retained were not read.",
)

# Article 3 - listed items
art_3_1 = chapter.rule(
    RETAINED["Art. 3(1)"],
    "Exporting items listed in Annex I requires an authorisation.",
    when=sends_out & listed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    misses="unlisted-tool-abroad",
)

# Article 4 - uses of concern
art_4_1 = chapter.rule(
    RETAINED["Art. 4(1)"],
    "Exporting items that are not listed requires an authorisation if the government has informed the "
    "exporter that they are or may be intended for weapons of mass destruction.",
    when=sends_out & ~listed & Knowledge.authority_informed.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)
art_4_2 = chapter.rule(
    RETAINED["Art. 4(2)"],
    "Exporting items that are not listed to a buyer or destination under an arms embargo requires an "
    "authorisation if the government has informed the exporter of a military end-use.",
    when=sends_out & ~listed & embargoed & Knowledge.authority_informed.includes_any("military_end_use"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_4_3 = chapter.rule(
    RETAINED["Art. 4(3)"],
    "Exporting items that are not listed requires an authorisation if the government has informed the "
    "exporter that they are or may be intended as parts for military items that were exported unlawfully.",
    when=sends_out
    & ~listed
    & Knowledge.authority_informed.includes_any("illegally_exported_military_parts"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=GUIDANCE,
)
art_4_4 = chapter.rule(
    RETAINED["Art. 4(4)"],
    "An exporter that is aware of such a use of items that are not listed must notify the government, "
    "which decides whether to require an authorisation.",
    when=sends_out & ~listed & use_of_concern(Knowledge.exporter_aware),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=GUIDANCE,
)

# Article 9 - general export authorisations
generally_authorised = Term(
    "listed item that general authorisations may cover, with no use of concern known",
    RETAINED["Art. 9(4)"],
    sends_out
    & listed
    & ~UK_ITEMS.where(list="annex_iig").lists(Item.annex_i_entry, LAW_DATE)
    & ~use_of_concern(Knowledge.authority_informed)
    & ~use_of_concern(Knowledge.exporter_aware),
    checked=Evidence(
        EvidenceLevel.INFERRED,
        "Regulation (EC) 428/2009, state of 15 December 2020, Annex IIa",
        _READ,
        "Annexes IIa and IIg as retained were not read; a military end-use counts under an embargo only, as "
        "in the European act, and an embargo on the buyer is enough, as in a British open licence of 2015.",
    ),
)
gea_001 = chapter.rule(
    RETAINED["Art. 9(1)"],
    "Retained general export authorisation 001 covers listed items for close partners, except those of "
    "Annex IIg, unless the exporter knows of a use of concern.",
    when=generally_authorised & UK_DESTINATIONS.where(list="gea_001").names(EndUser.country, LAW_DATE),
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        EvidenceLevel.INFERRED,
        "legislation.gov.uk, eur/2009/428, Article 9(1)",
        RETAINED.checked.read_on if RETAINED.checked else None,
        "Annexes IIa and IIg were not read; destinations and conditions are those of the European act "
        "when it was retained.",
    ),
    id="gea-001",
)
ogel_eu = chapter.rule(
    OGEL_EU["paras 1 and 3"],
    "An open general licence covers listed items for Member States of the European Union and the Channel "
    "Islands, unless the exporter knows of a use of concern.",
    when=generally_authorised & UK_DESTINATIONS.where(list="ogel_eu").names(EndUser.country, LAW_DATE),
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        EvidenceLevel.INFERRED,
        "Licence of 31 December 2020 in a reprint; HMRC manual SGSELSG3065",
        _READ,
        "Its schedules, and paragraph 3 beyond uses for weapons, were not read; items and exclusions are "
        "taken to be those of general authorisation 001.",
    ),
    id="ogel-eu",
)
