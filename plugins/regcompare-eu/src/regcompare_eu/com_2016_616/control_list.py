"""C04 to C07: the autonomous list of the Union, Section B of Annex I, with its new category 10."""

from __future__ import annotations

from regcompare.authoring import TRUE, Chapter, Destination, EvidenceLevel, Item, Outcome, Term, Trigger
from regcompare_eu.common import in_union
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import Eu

from .definitions import cyber_surveillance_technology
from .interpretations import ci_4
from .sources import row

chapter = Chapter()

# C05 - 10A001: surveillance systems for public networks
controlled_destination = Term(
    "destination to which the autonomous list applies",
    row("C05"),
    ~in_union(Destination.country)
    & ci_4.choose(not_favoured=~act.ACT.goes_to("eu001"), all_third_countries=TRUE),
    checked=EvidenceLevel.UNREAD,
)
system_of_10a001 = Term(
    "monitoring centre or data-retention system in 10A001",
    row("C05"),
    Eu.category_10.includes_any("10A001.a", "10A001.b") & controlled_destination,
    note=(
        "An entry is stated with its notes applied, so the carve-outs of C06 are not asked about again."
    ),
)
c05 = chapter.rule(
    row("C05"),
    "An authorisation is required for the export of monitoring centres for lawful interception and of "
    "systems that retain event data, for public networks; items made for billing or quality of service "
    "are not controlled.",
    when=act.export_or_made_available & system_of_10a001,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.UNREAD,
    fires="retention-system",
    misses="retention-for-billing",
)

# C07 - 10D001 and 10E001: their software and technology
software_or_technology = Term(
    "software or technology in 10D001 or 10E001",
    row("C07"),
    Eu.category_10.includes_any("10D001", "10E001") & controlled_destination,
)
c07 = chapter.rule(
    row("C07"),
    "An authorisation is required for the export of software and technology for monitoring centres for "
    "lawful interception and for systems that retain event data.",
    when=act.export_or_made_available & software_or_technology,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=EvidenceLevel.UNREAD,
    fires="monitoring-software",
    misses="monitoring-software-for-ally",
)

# C04 - Section A holds what is agreed internationally, Section B what the Union adds
in_section_b = Term(
    "item listed in Section B of Annex I", row("C04"), system_of_10a001 | software_or_technology
)
unlisted = Term(
    "item listed in neither section of Annex I",
    row("C04"),
    ~act.listed
    & ~in_section_b
    & act.dual_use_doubt.choose(presupposed=TRUE, tested=Item.dual_use | cyber_surveillance_technology),
    note="Dual use as widened by C01.",
)
in_the_regime = Term("dual-use item, listed or not", row("C01"), act.listed | in_section_b | unlisted)
