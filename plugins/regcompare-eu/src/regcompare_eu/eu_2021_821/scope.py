"""Chapter II: what needs an authorisation (Articles 3 to 10), in the order of the articles."""

from __future__ import annotations

from regcompare.authoring import (
    LAW_DATE,
    TRUE,
    Addressee,
    Chapter,
    Condition,
    Destination,
    Diligence,
    EvidenceLevel,
    Knowledge,
    National,
    Outcome,
    SetOf,
    Term,
    Trigger,
)
from regcompare.vocabulary import Concern
from regcompare_eu import common, plain
from regcompare_eu.facts import Eu
from regcompare_eu.national_texts import FINNISH_ACT
from regcompare_eu.tables import GENERAL_AUTHORISATIONS

from .definitions import (
    ACT,
    REGULATION,
    brokering,
    cyber_surveillance_item,
    dual_use_item,
    export_or_made_available,
    listed,
    technical_assistance,
    transit,
    unlisted,
)

chapter = Chapter()

# Article 3 - listed items
art_3_1 = chapter.rule(
    REGULATION["Art. 3(1)"],
    "An authorisation is required for the export of a dual-use item listed in Annex I.",
    plain=plain.LISTED,
    when=export_or_made_available & listed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    misses="listed-only-later",
    note="No destination and no use is left out.",
)

# Article 4 - unlisted items: weapons and military use
unlisted_export = Term(
    "export of an unlisted dual-use item",
    REGULATION["Art. 4(1)"],
    export_or_made_available & unlisted,
)

art_4_1_a = chapter.rule(
    REGULATION["Art. 4(1)(a)"],
    "An authorisation is required for the export of an unlisted dual-use item if the authority has "
    "informed the exporter that it is or may be intended for weapons of mass destruction or missiles "
    "capable of delivering them.",
    plain=plain.TOLD_OF_WEAPONS,
    when=unlisted_export & Knowledge.authority_informed.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_4_1_b = chapter.rule(
    REGULATION["Art. 4(1)(b)"],
    "An authorisation is required for the export of an unlisted dual-use item if the buyer's country "
    "or the destination is under an arms embargo and the authority has informed the exporter that the "
    "item is or may be intended for a military end-use.",
    plain=plain.TOLD_OF_MILITARY_USE,
    when=unlisted_export & ACT.embargoed & Knowledge.authority_informed.includes_any("military_end_use"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_4_1_c = chapter.rule(
    REGULATION["Art. 4(1)(c)"],
    "An authorisation is required for the export of an unlisted dual-use item if the authority has "
    "informed the exporter that it is or may be intended as a part for military items exported from a "
    "Member State without an authorisation or in breach of one.",
    plain=plain.TOLD_OF_PARTS,
    when=unlisted_export
    & Knowledge.authority_informed.includes_any("illegally_exported_military_parts"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    misses="told-of-repression-only",
)

art_4_2 = chapter.rule(
    REGULATION["Art. 4(2)"],
    "An exporter that is aware that an unlisted dual-use item is intended for weapons of mass "
    "destruction, for military end-use where the buyer's country or the destination is under an arms "
    "embargo, or as a part for illegally exported military items must notify the authority, which "
    "decides whether to require an authorisation.",
    plain=plain.AWARE_OF_USES,
    when=unlisted_export & ACT.aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
)

art_4_3 = chapter.rule(
    REGULATION["Art. 4(3)"],
    "Where national law so provides, an authorisation is required for the export of an unlisted "
    "dual-use item if the exporter has grounds to suspect that it is or may be intended for weapons of "
    "mass destruction, for military end-use where the buyer's country or the destination is under an "
    "arms embargo, or as a part for illegally exported military items.",
    plain=plain.SUSPECTS_USES,
    when=unlisted_export & National.suspicion_rule & ACT.suspects,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)

art_4_3_notification = chapter.rule(
    REGULATION["Art. 4(3), with section 5(1) of Act 500/2024 of Finland"],
    "In Finland an exporter with grounds to suspect that an unlisted dual-use item is or "
    "may be intended for weapons of mass destruction, for military end-use where the buyer's country or the "
    "destination is under an arms embargo, or as a part for illegally exported military items must tell the "
    "authority.",
    plain=plain.SUSPECTS_USES,
    when=unlisted_export & common.national_rule("suspicion", "notification") & ACT.suspects,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-4-3-notification",
    fires="suspects-in-finland as of 2024-09-15",
    misses="suspects-weapons-no-rule as of 2024-09-15",
    checked=FINNISH_ACT,
    note="The article lets a state require an authorisation on such grounds; Finland asks for less.",
)

requirement_of_article_4 = Term(
    "authorisation requirement imposed under Article 4(1), (2) or (3)",
    REGULATION["Art. 4(4)"],
    art_4_1_a.when
    | art_4_1_b.when
    | art_4_1_c.when
    | art_4_3.when
    | (art_4_2.when & common.LICENCE_APPLIED_FOR),
    note=(
        "After a notification under Article 4(2), an application for a licence shows that one was "
        "required."
    ),
)

# Article 5 - cyber-surveillance items that Annex I does not list
unlisted_cyber_export = Term(
    "export of a non-listed cyber-surveillance item",
    REGULATION["Art. 5(1)"],
    export_or_made_available & ~listed & cyber_surveillance_item,
)

rights_and_humanitarian_law = chapter.interpretation(
    "art-5-connector",
    REGULATION["Art. 5(1)"],
    "Must the serious violations be of both human rights and international humanitarian law?",
    readings={
        "either": (
            "Serious violations of either human rights or international humanitarian law are enough."
        ),
        "both": "Apart from internal repression, only violations of both together count.",
    },
    within={"both": "either"},
    default="either",
    reason=(
        "The 2024 guidelines treat repression, human rights and humanitarian law under three separate "
        "headings."
    ),
    checked=EvidenceLevel.INFERRED,
)


def of_article_5(known: SetOf[Concern]) -> Condition:
    """Internal repression, or serious violations of human rights and of humanitarian law."""
    violations = rights_and_humanitarian_law.choose(
        either=known.includes_any("human_rights_violation", "ihl_violation"),
        both=known.includes_all("human_rights_violation", "ihl_violation"),
    )
    return known.includes_any("internal_repression") | violations


art_5_1 = chapter.rule(
    REGULATION["Art. 5(1)"],
    "An authorisation is required for the export of an unlisted cyber-surveillance item if the "
    "authority has informed the exporter that it is or may be intended for use in connection with "
    "internal repression or serious violations of human rights and international humanitarian law.",
    plain=plain.TOLD_OF_REPRESSION,
    when=unlisted_cyber_export & of_article_5(Knowledge.authority_informed),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

awareness_doubt = chapter.interpretation(
    "awareness-2021-821",
    REGULATION["Art. 5(2)"],
    'When is an exporter "aware, according to its due diligence findings", of internal repression or '
    "serious violations: when it knows of that use from any source, only when it knows from due "
    "diligence, or also when due diligence finds a risk?",
    readings={
        "knowledge": (
            "Only where it knows that the items are intended for internal repression or serious "
            "violations."
        ),
        "found_risk": "Also where its due diligence finds a risk to human rights.",
        "own_findings": "Only where it knows this from due diligence that it has carried out.",
    },
    within={"own_findings": "knowledge", "knowledge": "found_risk"},
    default="knowledge",
    reason=(
        'The article says that the items "are intended", where other limbs say "are or may be '
        'intended"; the reference to due diligence findings need not excuse an exporter that knows '
        "from another source."
    ),
    checked=EvidenceLevel.INFERRED,
)
aware_from_diligence = Term(
    "aware of a use under Article 5, according to due diligence findings",
    REGULATION["Art. 5(2)"],
    (
        of_article_5(Knowledge.exporter_aware)
        & awareness_doubt.choose(knowledge=TRUE, found_risk=TRUE, own_findings=Diligence.completed)
    )
    | (awareness_doubt.is_read_as("found_risk") & Diligence.finds_risk),
)

art_5_2 = chapter.rule(
    REGULATION["Art. 5(2)"],
    "An exporter that is aware, from its due diligence, that an unlisted cyber-surveillance item is "
    "intended for internal repression or serious violations of human rights and international "
    "humanitarian law must notify the authority, which decides whether to require an authorisation.",
    plain=plain.AWARE_OF_REPRESSION,
    when=unlisted_cyber_export & aware_from_diligence,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
)

art_5_3 = chapter.rule(
    REGULATION["Art. 5(3)"],
    "Where national law so provides, an authorisation is required for the export of an unlisted "
    "cyber-surveillance item if the exporter has grounds to suspect that it is or may be intended for "
    "internal repression or serious violations of human rights and international humanitarian law.",
    plain=plain.SUSPECTS_REPRESSION,
    when=unlisted_cyber_export & National.suspicion_rule & common.suspects(of_article_5),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)

requirement_of_article_5 = Term(
    "authorisation requirement imposed under Article 5(1), (2) or (3)",
    REGULATION["Art. 5(4)"],
    art_5_1.when | art_5_3.when | (art_5_2.when & common.LICENCE_APPLIED_FOR),
    note=(
        "After a notification under Article 5(2), an application for a licence shows that one was "
        "required."
    ),
)

# Article 6 - brokering: uses of Article 4 only
brokered_listed = Term("brokering of a listed item", REGULATION["Art. 6(1)"], brokering & listed)

art_6_1 = chapter.rule(
    REGULATION["Art. 6(1)"],
    "An authorisation is required for brokering a listed item if the authority has informed the broker "
    "that it is or may be intended for a use covered by Article 4(1): weapons of mass destruction, "
    "military end-use under an arms embargo, or parts for illegally exported military items.",
    plain=plain.TOLD_OF_USES,
    when=brokered_listed & ACT.informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_6_2 = chapter.rule(
    REGULATION["Art. 6(2)"],
    "A broker that is aware that a listed item is intended for a use covered by Article 4(1) (weapons "
    "of mass destruction, military end-use under an arms embargo, or parts for illegally exported "
    "military items) must notify the authority, which decides whether to require an authorisation.",
    plain=plain.AWARE_OF_USES,
    when=brokered_listed & ACT.aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
)

art_6_3 = chapter.rule(
    REGULATION["Art. 6(3)"],
    "Where the Member State has extended brokering controls to unlisted items, an authorisation is "
    "required if the authority has informed the broker of a use covered by Article 4(1): weapons of "
    "mass destruction, military end-use under an arms embargo, or parts for illegally exported "
    "military items.",
    plain=plain.TOLD_OF_USES,
    when=brokering & unlisted & common.extended_to("brokering") & ACT.informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)

art_6_4 = chapter.rule(
    REGULATION["Art. 6(4)"],
    "Where national law so provides, an authorisation is required for brokering if the broker has "
    "grounds to suspect a use covered by Article 4(1): weapons of mass destruction, military end-use "
    "under an arms embargo, or parts for illegally exported military items.",
    plain=plain.SUSPECTS_USES,
    when=brokering & dual_use_item & National.suspicion_rule & ACT.suspects,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)

art_6_4_notification = chapter.rule(
    REGULATION["Art. 6(4), with section 5(2) of Act 500/2024 of Finland"],
    "In Finland a broker with grounds to suspect a use covered by Article 4(1) (weapons "
    "of mass destruction, military end-use under an arms embargo, or parts for illegally exported military "
    "items) must tell the authority.",
    plain=plain.SUSPECTS_USES,
    when=brokering
    & dual_use_item
    & common.national_rule("brokering_suspicion", "notification")
    & ACT.suspects,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-6-4-notification",
    fires="broker-suspects-in-finland as of 2024-09-15",
    misses="broker-suspects-no-rule as of 2024-09-15",
    checked=FINNISH_ACT,
    note="The article lets a state require an authorisation on such grounds; Finland asks for less.",
)

# Article 7 - transit: uses of Article 4 only
for_article_4_use = Term(
    "is or may be intended for a use covered by Article 4(1)",
    REGULATION["Art. 7(1)"],
    ACT.informed | ACT.intended,
    note="What the authority knows of the use suffices: the items need only be such that they may be intended "
    "for it. Grounds to determine the use are more.",
)

transit_decision = Term(
    "transit that the authority may prohibit",
    REGULATION["Art. 7(1)"],
    transit & (listed | (unlisted & common.extended_to("transit", "prohibition"))) & for_article_4_use,
)

power_to_prohibit_transit = chapter.discretion(
    REGULATION["Art. 7(1)"],
    "Has the authority prohibited the transit?",
    who=Addressee.AUTHORITY,
)
power_to_license_transit = chapter.discretion(
    REGULATION["Art. 7(2)"],
    "Has the authority required an authorisation for the transit in this case?",
    who=Addressee.AUTHORITY,
)

art_7_1 = chapter.rule(
    REGULATION["Art. 7(1)"],
    "The authority may prohibit the transit of a listed item that is or may be intended for a "
    "use covered by Article 4(1): weapons of mass destruction, military end-use under an arms "
    "embargo, or parts for illegally exported military items.",
    plain=plain.TRANSIT_FORBIDDEN,
    when=transit & listed & for_article_4_use & power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.AUTHORITY,
    misses="transit-for-repression",
    note="It applies where the authority has used this power.",
)

art_7_2 = chapter.rule(
    REGULATION["Art. 7(2)"],
    "Before deciding whether to prohibit a transit, the authority may require an authorisation "
    "for it in the individual case.",
    plain=plain.TRANSIT_LICENSED,
    when=transit & listed & for_article_4_use & power_to_license_transit,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    note="It applies where the authority has used this power.",
)

art_7_3 = chapter.rule(
    REGULATION["Art. 7(3)"],
    "A Member State may extend the power to prohibit transit to unlisted items.",
    plain=plain.TRANSIT_FORBIDDEN,
    when=transit
    & unlisted
    & common.extended_to("transit", "prohibition")
    & for_article_4_use
    & power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    note="It applies where the state has done so, and the authority has prohibited the transit.",
)

# Article 8 - technical assistance: uses of Article 4 only
_eu001 = GENERAL_AUTHORISATIONS.where(id="eu001", act=ACT.id)
excepted_assistance = Term(
    "technical assistance exempted by Article 8(3)",
    REGULATION["Art. 8(3)"],
    _eu001.names(Destination.country, LAW_DATE)
    | _eu001.names(Destination.purchaser_country, LAW_DATE)
    | Eu.assistance_exceptions.includes_any(
        "public_information", "member_state_body", "member_state_forces", "mtcr", "licensed_minimum"
    ),
    note="In or into a country of EU001, or to a resident of one, who is the buyer.",
)
assistance = Term(
    "technical assistance that is not exempted",
    REGULATION["Art. 8(1)"],
    technical_assistance & ~excepted_assistance,
)

art_8_1 = chapter.rule(
    REGULATION["Art. 8(1)"],
    "An authorisation is required for technical assistance for a listed item if the authority has "
    "informed the provider of a use covered by Article 4(1): weapons of mass destruction, military "
    "end-use under an arms embargo, or parts for illegally exported military items.",
    plain=plain.TOLD_OF_USES,
    when=assistance & listed & ACT.informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_8_2 = chapter.rule(
    REGULATION["Art. 8(2)"],
    "A provider of technical assistance for a listed item that is aware of a use covered by Article "
    "4(1) (weapons of mass destruction, military end-use under an arms embargo, or parts for illegally "
    "exported military items) must notify the authority, which decides whether to require an "
    "authorisation.",
    plain=plain.AWARE_OF_USES,
    when=assistance & listed & ACT.aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
)

art_8_4 = chapter.rule(
    REGULATION["Art. 8(4)"],
    "Where the Member State has extended controls on technical assistance to unlisted items, an "
    "authorisation is required if the authority has informed the provider of a use covered by Article "
    "4(1): weapons of mass destruction, military end-use under an arms embargo, or parts for illegally "
    "exported military items.",
    plain=plain.TOLD_OF_USES,
    when=assistance & unlisted & National.extends_to.includes_any("technical_assistance") & ACT.informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)

art_8_5 = chapter.rule(
    REGULATION["Art. 8(5)"],
    "Where national law so provides, an authorisation is required for technical assistance if "
    "the provider has grounds to suspect a use covered by Article 4(1): weapons of mass "
    "destruction, military end-use under an arms embargo, or parts for illegally exported "
    "military items.",
    plain=plain.SUSPECTS_USES,
    when=technical_assistance & dual_use_item & National.suspicion_rule & ACT.suspects,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    note="The exceptions of Article 8(3) are to paragraphs 1 and 2 only.",
)

# Article 9 - national measures for public security, terrorism or human rights
art_9_1_authorisation = chapter.rule(
    REGULATION["Art. 9(1)"],
    "Where the exporter's own Member State so provides for reasons of public security, including the "
    "prevention of terrorism, or human rights, an authorisation is required for the export of unlisted "
    "dual-use items.",
    plain=plain.STATE_LICENSES,
    when=unlisted_export
    & (common.on_national_list("authorisation", own=True) | National.measure.is_in("authorisation")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-9-1-authorisation",
    note="The article lets a Member State do so, and obliges none.",
)

art_9_1_prohibition = chapter.rule(
    REGULATION["Art. 9(1)"],
    "Where the exporter's own Member State so provides for reasons of public security, including the "
    "prevention of terrorism, or human rights, the export of unlisted dual-use items is prohibited.",
    plain=plain.STATE_FORBIDS,
    when=unlisted_export
    & (common.on_national_list("prohibition", own=True) | National.measure.is_in("prohibition")),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-9-1-prohibition",
    misses="no-national-measure",
    note="The article lets a Member State do so, and obliges none.",
)

# Article 10 - another Member State's published list
on_borrowed_list = Term(
    "item on another Member State's published list",
    REGULATION["Art. 10(1)"],
    National.other_state_list
    | common.on_national_list("authorisation", own=False)
    | (common.on_national_list("authorisation", own=False, published=("unknown",)) & Eu.list_published),
    note="Whether the Commission has published a list under Article 9(4), and when, is a question of fact. The "
    "first compilation, of 20 October 2023, has lists of Spain and the Netherlands alone; what later ones and "
    "the note of 8 February 2022 have was not read.",
)
told_of_security_or_rights = Term(
    "informed of a use of concern for public security or human rights",
    REGULATION["Art. 10(1)"],
    Knowledge.authority_informed.includes_any(*common.RIGHTS_CONCERNS, "public_security", "terrorism"),
)

art_10_1 = chapter.rule(
    REGULATION["Art. 10(1)"],
    "An authorisation is required for the export of an unlisted dual-use item if another Member "
    "State's published list requires one and the exporter's own authority has informed it of a use of "
    "concern for public security or human rights.",
    plain=plain.BORROWED_LIST,
    when=unlisted_export & on_borrowed_list & told_of_security_or_rights,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    misses="borrowed-list-not-told",
)
