"""Retained Regulation 428/2009: listed items, two uses of concern, general authorisations."""

from __future__ import annotations

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Checked,
    Destination,
    EndUser,
    Evidence,
    Item,
    Knowledge,
    Outcome,
    Term,
    Transaction,
    Trigger,
)
from regcompare_world.tables import UK_DESTINATIONS, UK_ITEMS

from .texts import RETAINED

chapter = Chapter()

sends_out = Term(
    "export from Great Britain",
    RETAINED["Art. 2(2)"],
    Transaction.kind.is_in("export", "electronic_export") & ~Destination.country.is_in("GB"),
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

# Article 9 - general export authorisations
gea_001 = chapter.rule(
    RETAINED["Art. 9(1)"],
    "Retained general export authorisation 001 covers listed items for close partners, except those of "
    "Annex IIg, unless the exporter knows of a use of concern.",
    when=art_3_1.when
    & UK_DESTINATIONS.where(list="gea_001").names(EndUser.country, LAW_DATE)
    & ~UK_ITEMS.where(list="annex_iig").lists(Item.annex_i_entry, LAW_DATE)
    & ~Knowledge.authority_informed.includes_any("wmd", "military_end_use")
    & ~Knowledge.exporter_aware.includes_any("wmd", "military_end_use"),
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        Checked.INFERRED,
        "legislation.gov.uk, eur/2009/428, Article 9(1)",
        RETAINED.checked.read_on if RETAINED.checked else None,
        "Annexes IIa and IIg were not read; destinations and conditions are those of the European act "
        "when it was retained.",
    ),
    id="gea-001",
    misses="cryptanalysis-to-japan",
)
