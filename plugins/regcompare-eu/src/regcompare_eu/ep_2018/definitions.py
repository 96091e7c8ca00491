"""E01 to E03: cyber-surveillance items as a category of their own; and what E13 takes off the list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from regcompare.authoring import TRUE, DatedTable, EndUse, EvidenceLevel, Item, Term
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import Eu

from .interpretations import ei_1, ei_2, ei_12
from .sources import NEGOTIATOR_READ, SUMMARY_READ, row

# E02 - cyber-surveillance items
intruding = Term(
    "item specially designed for covert intrusion into information and telecommunication systems",
    row("E02"),
    Item.specially_designed & Eu.intrudes,
    checked=SUMMARY_READ,
)
monitoring = Term(
    "item designed to monitor people and to take their data",
    row("E02"),
    Item.designed_to_monitor_people
    & Item.takes_data_from_ict_systems
    & ei_1.choose(stands_alone=TRUE, covert_governs=Item.specially_designed & Item.covert),
    note="'Specially designed' is taken to mean made or marketed to observe people or their data.",
    checked=EvidenceLevel.INFERRED,
)
authorised = Term(
    "authorisation by the owner of the data",
    row("E02"),
    ei_2.choose(person=EndUse.consent, operator=Item.security_research),
)

# E03 - security research
security_research = Term(
    "research for the authorised testing or protection of systems",
    row("E03"),
    Item.security_research,
    note="The exclusion attaches to the use (EI-3).",
    checked=NEGOTIATOR_READ,
)

# E01 - the category
cyber_surveillance_item = Term(
    "cyber-surveillance item",
    row("E01"),
    (intruding | monitoring) & ~authorised & ~security_research,
    note="The limb on damage to a system is not encoded.",
)

# E13 - encryption, what an unlisted item is known by
ENCRYPTION = DatedTable.read(
    Path(__file__).with_name("encryption.csv"),
    "entries for encryption",
    dt.date(2018, 1, 17),
)
other_entry = Item.annex_i_entry.includes_any("!".join(["*", *(line["pattern"] for line in ENCRYPTION)]))
released = Term(
    "encryption removed from the list",
    row("E13"),
    act.listed & ~other_entry & ei_12.is_read_as("all"),
    note="Items that also meet another entry stay on the list.",
    checked=EvidenceLevel.SECONDARY,
)
