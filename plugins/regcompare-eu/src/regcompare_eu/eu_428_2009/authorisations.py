"""Chapter III: general authorisations (Article 9 and Annexes IIa to IIf), which lift the individual licence."""

from __future__ import annotations

from regcompare.authoring import (
    Chapter,
    Knowledge,
    National,
    Outcome,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare_eu import common, plain
from regcompare_eu.facts import Eu

from .definitions import ACT, ANNEXES, REGULATION
from .scope import art_3_1

chapter = Chapter()

not_barred = Term(
    "exporter not barred from using general authorisations", REGULATION["Art. 9(1)"], ~Eu.exporter_barred
)
no_free_zone = Term(
    "no customs-free zone or free warehouse",
    REGULATION["Annexes IIa to IIf, Part 3"],
    ~Eu.free_zone,
)
no_barred_reexport = Term(
    "not aware of re-export beyond the countries that the authorisation allows",
    REGULATION["Annexes IIe and IIf, Part 3, point 1(3)"],
    ~Eu.reexport_barred,
)
listed_export = art_3_1.when

# Annex IIa - EU001: favoured destinations
eu001_excluded = Term(
    "informed or aware of weapons, or of military end-use in a country under an embargo",
    REGULATION["Annex IIa, Part 3"],
    Knowledge.authority_informed.includes_any("wmd")
    | Knowledge.exporter_aware.includes_any("wmd")
    | (
        ACT.destination_embargoed
        & (
            Knowledge.authority_informed.includes_any("military_end_use")
            | Knowledge.exporter_aware.includes_any("military_end_use")
        )
    ),
)

covered_by_eu001 = Term(
    "export that EU001 covers",
    REGULATION["Annex IIa"],
    ACT.goes_to("eu001") & ACT.takes_item("eu001") & not_barred & no_free_zone & ~eu001_excluded,
)
eu001 = chapter.rule(
    REGULATION["Art. 9(1) and Annex IIa"],
    "General authorisation EU001 covers exports of all items of Annex I except those in Annex "
    "IIg, to the destinations that it names.",
    plain=plain.ALLIES,
    when=listed_export & covered_by_eu001,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu001",
    misses="ally-cryptanalysis",
    note="Interception systems are among these items; human rights are not among its conditions.",
)

# Annex IIb - EU002: certain items to certain destinations
covered_by_eu002 = Term(
    "export that EU002 covers",
    REGULATION["Annex IIb"],
    ACT.goes_to("eu002")
    & ACT.takes_item("eu002")
    & not_barred
    & no_free_zone
    & ACT.no_such_use_in_place,
)
eu002 = chapter.rule(
    REGULATION["Art. 9(1) and Annex IIb"],
    "General authorisation EU002 covers exports of the items of categories 1 to 3 that it "
    "names, to the destinations that it names.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu002,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu002",
    misses="eu002-other-item",
)

# Annex IIc - EU003: after repair or replacement
covered_by_eu003 = Term(
    "export that EU003 covers",
    REGULATION["Annex IIc"],
    ACT.goes_to("eu003")
    & ACT.takes_item("eu003")
    & Transaction.purpose.is_in("repair_return")
    & Eu.conditions_met.includes_any("eu003_repair")
    & not_barred
    & no_free_zone
    & ACT.no_such_use,
)
eu003 = chapter.rule(
    REGULATION["Art. 9(1) and Annex IIc"],
    "General authorisation EU003 covers the export, after repair or replacement, of goods that "
    "it does not leave out, to the destinations that it names.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu003,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu003",
    misses="repair-of-software",
    note="Interception systems are not left out.",
)

# Annex IId - EU004: exhibitions and fairs
covered_by_eu004 = Term(
    "export that EU004 covers",
    REGULATION["Annex IId"],
    ACT.goes_to("eu004")
    & ACT.takes_item("eu004")
    & Transaction.purpose.is_in("exhibition")
    & Eu.conditions_met.includes_any("eu004_fair")
    & not_barred
    & no_free_zone
    & ACT.no_such_use,
)
eu004 = chapter.rule(
    REGULATION["Art. 9(1) and Annex IId"],
    "General authorisation EU004 covers the temporary export, for an exhibition or fair, of "
    "goods that it does not leave out, to the destinations that it names.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu004,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu004",
    misses="private-demonstration",
    note="Interception systems are not left out.",
)

# Annex IIe - EU005: telecommunications
eu005_rights_use = Term(
    "informed or aware of a use that breaches human rights, democracy or free expression",
    REGULATION["Annex IIe, Part 3, point 1(1)(d)"],
    Knowledge.authority_informed.includes_any(*common.RIGHTS_CONCERNS)
    | Knowledge.exporter_aware.includes_any(*common.RIGHTS_CONCERNS),
    note="The means (interception or targeted internet surveillance) is not asked about separately.",
)

covered_by_eu005 = Term(
    "export that EU005 covers",
    REGULATION["Annex IIe"],
    ACT.goes_to("eu005")
    & ACT.takes_item("eu005")
    & not_barred
    & no_free_zone
    & no_barred_reexport
    & ACT.no_such_use
    & ~eu005_rights_use,
)
eu005 = chapter.rule(
    REGULATION["Art. 9(1) and Annex IIe"],
    "General authorisation EU005 covers exports of the telecommunications equipment, software "
    "and technology that it names, to the destinations that it names; it cannot be used where the "
    "exporter has been informed, or is aware, of a violation of human rights, democratic principles or "
    "freedom of speech by interception technologies, monitoring of phones and messages, or targeted "
    "surveillance of internet use.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu005,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu005",
    misses="telecom-equipment-rights",
    note="Interception systems are not among the items; by which means rights are breached is not asked.",
)

# Annex IIf - EU006: chemicals
covered_by_eu006 = Term(
    "export that EU006 covers",
    REGULATION["Annex IIf"],
    ACT.goes_to("eu006")
    & ACT.takes_item("eu006")
    & not_barred
    & no_free_zone
    & no_barred_reexport
    & ACT.no_such_use,
)
eu006 = chapter.rule(
    REGULATION["Art. 9(1) and Annex IIf"],
    "General authorisation EU006 covers exports of the chemicals that it names, to the "
    "destinations that it names.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu006,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu006",
    misses="chemical-elsewhere",
)

# Article 9(4) - national general authorisations
covered_nationally = Term(
    "export that a national general authorisation covers",
    REGULATION["Art. 9(4)"],
    National.general_authorisation & ~ACT.in_section_i & ACT.no_such_use_in_place,
)
art_9_4 = chapter.rule(
    REGULATION["Art. 9(4)"],
    "A national general authorisation covers the export; it cannot be used where the exporter has been "
    "informed, or is aware, of a use under Article 4 (weapons of mass destruction, military end-use "
    "under an arms embargo, or parts for illegally exported military items).",
    plain=plain.NATIONAL_PERMIT,
    when=listed_export & covered_nationally,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)
generally_authorised = Term(
    "export that a general authorisation covers",
    REGULATION["Art. 9(1) and (4)"],
    any_of(
        covered_by_eu001,
        covered_by_eu002,
        covered_by_eu003,
        covered_by_eu004,
        covered_by_eu005,
        covered_by_eu006,
        covered_nationally,
    ),
)
