"""Chapter III: general authorisations (Article 12 and Annex II), which lift the individual licence."""

from __future__ import annotations

from regcompare import (
    FACTS_DATE,
    TRUE,
    Checked,
    Destination,
    EndUse,
    EndUser,
    Exporter,
    Interpretation,
    Item,
    Knowledge,
    National,
    Outcome,
    Rule,
    SetOffBy,
    Term,
    Transaction,
)
from regcompare_eu import common
from regcompare_eu.facts import Eu
from regcompare_eu.tables import EMBARGOES

from .definitions import ACT, REGULATION
from .scope import art_3_1

listed_export = art_3_1.when
no_use_of_article_4 = Term(
    "neither informed nor aware of a use of Article 4(1)",
    REGULATION["Annex II"],
    ~ACT.informed & ~ACT.aware,
)
not_barred = Term(
    "exporter not barred from general authorisations", REGULATION["Art. 12(7)"], ~Eu.exporter_barred
)
rights_use = Term(
    "informed or aware of a use that breaches human rights, democracy or free expression",
    REGULATION["Annex II"],
    Knowledge.authority_informed.includes_any(*common.RIGHTS_CONCERNS)
    | Knowledge.exporter_aware.includes_any(*common.RIGHTS_CONCERNS),
)
security_use = Term(
    "military, police, intelligence, surveillance or other security use by or for a government",
    REGULATION["Annex II, Sections G and H"],
    EndUse.concerns.includes_any("state_surveillance", "military_end_use")
    | Knowledge.authority_informed.includes_any("state_surveillance", "military_end_use")
    | EndUser.kind.is_in("law_enforcement", "intelligence", "military"),
    note="An intended use or user counts whether or not the exporter knows of it.",
)

# Section A - EU001: favoured destinations
eu001 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section A"],
    "General authorisation EU001 covers every listed item but those of Section I, spyware among them, to "
    "favoured destinations, whatever the risk to human rights.",
    when=listed_export
    & ACT.goes_to("eu001")
    & ACT.takes_item("eu001")
    & not_barred
    & ~Eu.free_zone
    & no_use_of_article_4,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu001",
    fires="ally",
    misses="ally-cryptanalysis",
)

# Part 3 of the other sections - free zones
free_zone_doubt = Interpretation(
    "free-zone-2021-821",
    REGULATION["Annex II, Sections B to D and F to H, Part 3"],
    "Do the general authorisations beside EU001 and EU005 leave out exports to a customs-free zone or "
    "free warehouse, as these two do?",
    readings={
        "silent": "No: their conditions name no free zone.",
        "excluded": "Yes: such exports are left out.",
    },
    default="silent",
    reason="No such condition is noted in what was read of these sections, which was not all of them.",
    checked=Checked.UNREAD,
)
no_excluded_zone = free_zone_doubt.choose(silent=TRUE, excluded=~Eu.free_zone)

# Section B - EU002: certain items to certain destinations
eu002 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section B"],
    "General authorisation EU002 covers certain items of categories 1 to 3 to certain destinations.",
    when=listed_export
    & ACT.goes_to("eu002")
    & ACT.takes_item("eu002")
    & not_barred
    & no_excluded_zone
    & no_use_of_article_4,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu002",
    fires="eu002-item",
    misses="eu002-other-item",
)

# Section C - EU003: after repair or replacement
eu003 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section C"],
    "General authorisation EU003 covers the return of repaired hardware to the original end user, "
    "interception systems and forensic tools among it.",
    when=listed_export
    & ACT.goes_to("eu003")
    & ACT.takes_item("eu003")
    & Transaction.purpose.is_in("repair_return")
    & Eu.conditions_met.includes_any("eu003_repair")
    & not_barred
    & no_excluded_zone
    & no_use_of_article_4,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu003",
    fires="repair",
    misses="repair-of-software",
)

# Section D - EU004: exhibitions and fairs
eu004 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section D"],
    "General authorisation EU004 covers hardware shown at an exhibition or fair, interception systems "
    "among it.",
    when=listed_export
    & ACT.goes_to("eu004")
    & ACT.takes_item("eu004")
    & Transaction.purpose.is_in("exhibition")
    & Eu.conditions_met.includes_any("eu004_fair")
    & not_barred
    & no_excluded_zone
    & no_use_of_article_4,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu004",
    fires="fair",
    misses="private-demonstration",
)

# Section E - EU005: telecommunications
eu005 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section E"],
    "General authorisation EU005 covers certain telecommunications equipment, but no interception system; "
    "it is lost where the exporter is informed or aware of a use that breaches human rights.",
    when=listed_export
    & ACT.goes_to("eu005")
    & ACT.takes_item("eu005")
    & not_barred
    & ~Eu.free_zone
    & no_use_of_article_4
    & ~rights_use,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu005",
    fires="telecom-equipment",
    misses="telecom-equipment-rights",
)

# Section F - EU006: chemicals
eu006 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section F"],
    "General authorisation EU006 covers certain chemicals to certain destinations.",
    when=listed_export
    & ACT.goes_to("eu006")
    & ACT.takes_item("eu006")
    & not_barred
    & no_excluded_zone
    & no_use_of_article_4,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu006",
    fires="chemical",
    misses="chemical-elsewhere",
)

# Section G - EU007: software and technology within a group
eu007 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section G"],
    "General authorisation EU007 covers software and technology within a group of companies with a "
    "compliance programme, but nothing related to intrusion, mobile interception or IP surveillance; it is "
    "lost for security use by or for a government, and where a breach of rights is known.",
    when=listed_export
    & ACT.goes_to("eu007")
    & ACT.takes_item("eu007")
    & EndUser.kind.is_in("same_group")
    & Item.form.is_in("software", "technology")
    & Exporter.compliance_programme
    & Eu.conditions_met.includes_any("eu007_group")
    & not_barred
    & no_excluded_zone
    & no_use_of_article_4
    & ~security_use
    & ~rights_use,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu007",
    fires="within-the-group",
    misses="within-the-group-intrusion",
)

# Section H - EU008: encryption
eu008 = Rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section H"],
    "General authorisation EU008 covers encryption of published or commercial standards that no other "
    "entry catches; it is lost for security use by or for a government, and where a breach of rights is "
    "known.",
    when=listed_export
    & ACT.goes_to("eu008")
    & ~EMBARGOES.where(**{"class": "state"}).names(Destination.country, FACTS_DATE)
    & ACT.takes_item("eu008")
    & Eu.conditions_met.includes_any("eu008_encryption")
    & not_barred
    & no_excluded_zone
    & no_use_of_article_4
    & ~security_use
    & ~rights_use,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.CLASSIFICATION,
    id="eu008",
    fires="encryption",
    misses="encryption-for-police",
)

# Article 12(6) - national general authorisations
art_12_6 = Rule(
    REGULATION["Art. 12(6)"],
    "A national general authorisation covers the export; it is lost for the uses of Article 4(1), but not "
    "for those of Article 5.",
    when=listed_export & National.general_authorisation & ~ACT.in_section_i & no_use_of_article_4,
    lifts=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    set_off_by=SetOffBy.NATIONAL_LAW,
    fires="national-general",
    misses="national-general-cryptanalysis",
)
