"""C01 to C03: the widened definition of dual-use items, and cyber-surveillance technology."""

from __future__ import annotations

from regcompare.authoring import TRUE, EvidenceLevel, Item, Term, Transaction
from regcompare_eu import common
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import Eu

from .interpretations import ci_1, ci_2, ci_3, ci_5
from .sources import row

# C06 - the carve-outs stand here because CI-5 asks whether they narrow the definition too
carve_out = Term(
    "item made for billing, quality of service or user satisfaction",
    row("C06"),
    Item.commercial_use_only,
    note="Taken to be an item for purely commercial use.",
    checked=EvidenceLevel.SECONDARY,
)

# C02 - cyber-surveillance technology
interception = Term(
    "interception of communications",
    row("C02"),
    Item.technology.is_in(
        "mobile_interception",
        "telecom_interception",
        "ip_network_surveillance",
        "interception_mediation",
        "monitoring_centre",
    ),
)
meets_the_test = Term(
    "technology specially designed for covert intrusion, to take data from information and "
    "telecommunication systems",
    row("C02"),
    Item.specially_designed
    & ci_2.choose(both=Eu.intrudes, interception_too=Eu.intrudes | interception)
    & Item.takes_data_from_ict_systems
    & ci_5.choose(list_only=TRUE, definition_too=~carve_out),
    note="The limb on damage to a system is not encoded.",
    checked=EvidenceLevel.SECONDARY,
)

# C03 - the named families
named_family = Term(
    "named family of cyber-surveillance technology",
    row("C03"),
    Item.technology.is_in(
        "mobile_interception",
        "intrusion_platform",
        "intrusion_software",
        "monitoring_centre",
        "telecom_interception",
        "interception_mediation",
        "data_retention",
        "digital_forensics",
    ),
    checked=EvidenceLevel.SECONDARY,
)

# C01 - what widens the definition of dual-use items
cyber_surveillance_technology = Term(
    "cyber-surveillance technology that can be abused",
    row("C01"),
    ci_3.choose(illustrations=meets_the_test, deemed=meets_the_test | named_family)
    & ci_1.choose(cumulative=Eu.abuse_potential, presumed=TRUE),
    checked=EvidenceLevel.SECONDARY,
)

# The title of the act - technical assistance comes in
technical_assistance = Term(
    "technical assistance", row("C13"), common.to_third_country("technical_assistance")
)
moves_with_person = Term(
    "supply by a person crossing the border, other than technical assistance",
    row("C13"),
    act.moves_with_person & ~Transaction.kind.is_in("technical_assistance"),
)
