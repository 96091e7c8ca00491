"""Chapter III: general authorisations (Article 12 and Annex II), which lift the individual licence."""

from __future__ import annotations

from regcompare.authoring import (
    Chapter,
    Condition,
    EndUser,
    EvidenceLevel,
    Exporter,
    Item,
    Knowledge,
    National,
    Outcome,
    SetOf,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare.vocabulary import Concern
from regcompare_eu import common, plain
from regcompare_eu.facts import Eu

from .definitions import ACT, ANNEXES, REGULATION
from .scope import art_3_1

chapter = Chapter()

listed_export = art_3_1.when
not_barred = Term(
    "exporter not barred from using general authorisations",
    REGULATION["Art. 12(7)"],
    ~Eu.exporter_barred,
    note="For EU008 the authority may also bar an item for reasons of national security.",
)
no_free_zone = Term(
    "no customs-free zone or free warehouse",
    REGULATION["Annex II, Sections A to F and H, Part 3"],
    ~Eu.free_zone,
)
no_barred_reexport = Term(
    "not aware of re-export beyond the countries that the authorisation allows",
    REGULATION["Annex II, Sections E to H, Part 3"],
    ~Eu.reexport_barred,
)


def _informed_or_aware(*uses: Concern) -> Condition:
    known = (Knowledge.authority_informed, Knowledge.exporter_aware)
    return any_of(*(item.includes_any(*uses) for item in known))


rights_use = Term(
    "informed or aware of a use that breaches human rights, democracy or free expression",
    REGULATION["Annex II, Sections E, G and H, Part 3"],
    _informed_or_aware(*common.RIGHTS_CONCERNS),
)

# Sections G and H, Part 3 - security use by or for a government
SECURITY_USES: tuple[Concern, ...] = ("state_surveillance", "military_end_use")
security_service_doubt = chapter.interpretation(
    "security-service-2021-821",
    REGULATION["Annex II, Sections G and H, Part 3"],
    "Which end users are government security services, or act on behalf of one?",
    readings={
        "services": "Only armed forces, police and intelligence services.",
        "state": "Every state body, and anyone acting for one.",
    },
    within={"services": "state"},
    default="services",
    reason=(
        "The sections name these services; whether any other body is a security service is a question "
        "of fact."
    ),
    checked=EvidenceLevel.INFERRED,
)
named_service = EndUser.kind.is_in("law_enforcement", "intelligence", "military")
security_service = Term(
    "military, police, intelligence or other government security service",
    REGULATION["Annex II, Section G, Part 3, point 2(d), and Section H, Part 3, point 1(e)"],
    named_service | (security_service_doubt.is_read_as("state") & EndUser.acts_for_state),
    note="The text requires awareness; an exporter is taken to know what kind of body its end user is.",
)
security_use = Term(
    "military, police, intelligence, surveillance or other security use by or for a government",
    REGULATION["Annex II, Sections G and H, Part 3"],
    _informed_or_aware(*SECURITY_USES),
    note="A use counts where the exporter has been informed of it or knows of it.",
)


def suspected(known: SetOf[Concern]) -> Condition:
    """A use that takes EU007 away, or may do so on suspicion."""
    weapons: tuple[Concern, ...] = ("wmd", "illegally_exported_military_parts")
    return known.includes_any(*weapons, *SECURITY_USES, *common.RIGHTS_CONCERNS)


no_suspicion = Term(
    "no suspicion that national law treats as awareness",
    REGULATION["Annex II, Section G, Part 3, point 2, second subparagraph"],
    ~(National.suspicion_rule & common.suspects(suspected)),
)

# Section A - EU001: favoured destinations
covered_by_eu001 = Term(
    "export that EU001 covers",
    REGULATION["Annex II, Section A"],
    ACT.goes_to("eu001")
    & ACT.takes_item("eu001")
    & not_barred
    & no_free_zone
    & ACT.no_such_use_in_place,
)
eu001 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section A"],
    "General authorisation EU001 covers exports of all items of Annex I except those in Section "
    "I, to the destinations that it names.",
    plain=plain.ALLIES,
    when=listed_export & covered_by_eu001,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu001",
    misses="ally-cryptanalysis",
    note=(
        "Spyware and interception systems are among these items; human rights are not among its "
        "conditions."
    ),
)

# Section B - EU002: certain items to certain destinations
covered_by_eu002 = Term(
    "export that EU002 covers",
    REGULATION["Annex II, Section B"],
    ACT.goes_to("eu002")
    & ACT.takes_item("eu002")
    & not_barred
    & no_free_zone
    & ACT.no_such_use_in_place,
)
eu002 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section B"],
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

# Section C - EU003: after repair or replacement
covered_by_eu003 = Term(
    "export that EU003 covers",
    REGULATION["Annex II, Section C"],
    ACT.goes_to("eu003")
    & ACT.takes_item("eu003")
    & Transaction.purpose.is_in("repair_return")
    & Eu.conditions_met.includes_any("eu003_repair")
    & not_barred
    & no_free_zone
    & ACT.no_such_use,
)
eu003 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section C"],
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
    note="Interception systems and forensic tools are not left out.",
)

# Section D - EU004: exhibitions and fairs
covered_by_eu004 = Term(
    "export that EU004 covers",
    REGULATION["Annex II, Section D"],
    ACT.goes_to("eu004")
    & ACT.takes_item("eu004")
    & Transaction.purpose.is_in("exhibition")
    & Eu.conditions_met.includes_any("eu004_fair")
    & not_barred
    & no_free_zone
    & ACT.no_such_use,
)
eu004 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section D"],
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

# Section E - EU005: telecommunications
covered_by_eu005 = Term(
    "export that EU005 covers",
    REGULATION["Annex II, Section E"],
    ACT.goes_to("eu005")
    & ACT.takes_item("eu005")
    & not_barred
    & no_free_zone
    & no_barred_reexport
    & ACT.no_such_use
    & ~rights_use,
)
eu005 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section E"],
    "General authorisation EU005 covers exports of the telecommunications equipment, software "
    "and technology that it names, to the destinations that it names; it cannot be used where the "
    "exporter has been informed, or is aware, of a violation of human rights, democratic principles or "
    "freedom of expression by interception technologies, monitoring of phones and messages, or targeted "
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

# Section F - EU006: chemicals
covered_by_eu006 = Term(
    "export that EU006 covers",
    REGULATION["Annex II, Section F"],
    ACT.goes_to("eu006")
    & ACT.takes_item("eu006")
    & not_barred
    & no_free_zone
    & no_barred_reexport
    & ACT.no_such_use,
)
eu006 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section F"],
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

# Section G - EU007: software and technology within a group; it names no free zone
covered_by_eu007 = Term(
    "export that EU007 covers",
    REGULATION["Annex II, Section G"],
    ACT.goes_to("eu007")
    & ACT.takes_item("eu007")
    & EndUser.kind.is_in("same_group")
    & Item.form.is_in("software", "technology")
    & Exporter.compliance_programme
    & Eu.conditions_met.includes_any("eu007_group")
    & not_barred
    & no_barred_reexport
    & ACT.no_such_use
    & ~security_use
    & ~security_service
    & ~rights_use
    & no_suspicion,
)
eu007 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section G"],
    "General authorisation EU007 covers exports of software and technology within a group of "
    "companies that has a compliance programme, except those in Section I and those for "
    "intrusion, mobile interception or surveillance of IP networks; it cannot be used where the "
    "exporter has been informed, or is aware, of security use by or for a government or of a "
    "breach of rights.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu007,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu007",
    misses="within-the-group-intrusion",
)

# Section H - EU008: encryption
covered_by_eu008 = Term(
    "export that EU008 covers",
    REGULATION["Annex II, Section H"],
    ACT.goes_to("eu008")
    & ~ACT.destination_embargoed
    & ACT.takes_item("eu008")
    & Eu.conditions_met.includes_any("eu008_encryption")
    & not_barred
    & no_free_zone
    & no_barred_reexport
    & ACT.no_such_use
    & ~security_use
    & ~security_service
    & ~rights_use,
)
eu008 = chapter.rule(
    REGULATION["Art. 12(1)(d) and Annex II, Section H"],
    "General authorisation EU008 covers encryption that uses published or commercial standards and "
    "falls under no other entry; it cannot be used where the exporter has been informed, or is aware, "
    "of security use by or for a government or of a breach of rights.",
    plain=plain.STANDING_PERMIT,
    when=listed_export & covered_by_eu008,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    checked=ANNEXES,
    id="eu008",
    misses="encryption-for-police",
)

# Article 12(6) - national general authorisations
covered_nationally = Term(
    "export that a national general authorisation covers",
    REGULATION["Art. 12(6)"],
    National.general_authorisation & ~ACT.in_section_i & ACT.no_such_use,
)
art_12_6 = chapter.rule(
    REGULATION["Art. 12(6)"],
    "A national general authorisation covers the export; it cannot be used for the uses in "
    "Article 4(1): weapons of mass destruction, military end-use under an arms embargo, or "
    "parts for illegally exported military items.",
    plain=plain.NATIONAL_PERMIT,
    when=listed_export & covered_nationally,
    overrides=art_3_1,
    then=Outcome.GENERAL_AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    note="The uses in Article 5 do not exclude it.",
)
generally_authorised = Term(
    "export that a general authorisation covers",
    REGULATION["Art. 12(1)(c) and (d)"],
    any_of(
        covered_by_eu001,
        covered_by_eu002,
        covered_by_eu003,
        covered_by_eu004,
        covered_by_eu005,
        covered_by_eu006,
        covered_by_eu007,
        covered_by_eu008,
        covered_nationally,
    ),
)
