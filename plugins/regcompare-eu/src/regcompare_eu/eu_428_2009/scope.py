"""Chapter II: what needs an authorisation (Articles 3 to 6 and 8), in the order of the articles."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    Condition,
    EndUse,
    Knowledge,
    National,
    Outcome,
    Term,
    Trigger,
)
from regcompare.vocabulary import Concern
from regcompare_eu import common, plain

from .definitions import (
    ACT,
    REGULATION,
    brokering,
    dual_use_item,
    export_or_made_available,
    from_own_state,
    listed,
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
    "export of an unlisted dual-use item", REGULATION["Art. 4"], export_or_made_available & unlisted
)

art_4_1 = chapter.rule(
    REGULATION["Art. 4(1)"],
    "An authorisation is required for the export of an unlisted dual-use item if the authority has "
    "informed the exporter that it is or may be intended for weapons of mass destruction or missiles "
    "capable of delivering them.",
    plain=plain.TOLD_OF_WEAPONS,
    when=unlisted_export & Knowledge.authority_informed.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_4_2 = chapter.rule(
    REGULATION["Art. 4(2)"],
    "An authorisation is required for the export of an unlisted dual-use item if the buyer's country "
    "or the destination is under an arms embargo and the authority has informed the exporter that the "
    "item is or may be intended for a military end-use.",
    plain=plain.TOLD_OF_MILITARY_USE,
    when=unlisted_export & ACT.embargoed & Knowledge.authority_informed.includes_any("military_end_use"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
)

art_4_3 = chapter.rule(
    REGULATION["Art. 4(3)"],
    "An authorisation is required for the export of an unlisted dual-use item if the authority has "
    "informed the exporter that it is or may be intended as a part for military items exported from "
    "that Member State without an authorisation or in breach of one.",
    plain=plain.TOLD_OF_PARTS,
    when=unlisted_export
    & Knowledge.authority_informed.includes_any("illegally_exported_military_parts")
    & from_own_state,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    misses="told-of-repression-only",
)

art_4_4 = chapter.rule(
    REGULATION["Art. 4(4)"],
    "An exporter that is aware that an unlisted dual-use item is intended for weapons of mass "
    "destruction, for military end-use where the buyer's country or the destination is under an arms "
    "embargo, or as a part for illegally exported military items must notify the authority, which "
    "decides whether to require an authorisation.",
    plain=plain.AWARE_OF_USES,
    when=unlisted_export & ACT.aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
)

art_4_5 = chapter.rule(
    REGULATION["Art. 4(5)"],
    "Where national law so provides, an authorisation is required for the export of an unlisted "
    "dual-use item if the exporter has grounds to suspect that it is or may be intended for weapons of "
    "mass destruction.",
    plain=plain.SUSPECTS_WEAPONS,
    when=unlisted_export & National.suspicion_rule & common.suspects_weapons(),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)

requirement_of_article_4 = Term(
    "authorisation requirement imposed under Article 4(1) to (5)",
    REGULATION["Art. 4(6)"],
    art_4_1.when
    | art_4_2.when
    | art_4_3.when
    | art_4_5.when
    | (art_4_4.when & common.LICENCE_APPLIED_FOR),
    note=(
        "After a notification under Article 4(4), an application for a licence shows that one was "
        "required."
    ),
)

# Article 5 - brokering
extended_use = Term(
    "use to which a Member State may extend brokering controls",
    REGULATION["Art. 5(2)"],
    (unlisted & Knowledge.authority_informed.includes_any("wmd"))
    | (dual_use_item & ACT.embargoed & Knowledge.authority_informed.includes_any("military_end_use")),
)
extended_awareness = Term(
    "awareness of a use to which a Member State may extend brokering controls",
    REGULATION["Art. 5(2)"],
    (unlisted & Knowledge.exporter_aware.includes_any("wmd"))
    | (dual_use_item & ACT.embargoed & Knowledge.exporter_aware.includes_any("military_end_use")),
)

art_5_1_informed = chapter.rule(
    REGULATION["Art. 5(1)"],
    "An authorisation is required for brokering a listed item if the authority has informed the broker "
    "that it is or may be intended for weapons of mass destruction.",
    plain=plain.TOLD_OF_WEAPONS,
    when=brokering & listed & Knowledge.authority_informed.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    id="art-5-1-informed",
)

art_5_1_aware = chapter.rule(
    REGULATION["Art. 5(1)"],
    "A broker that is aware that a listed item is intended for weapons of mass destruction must notify "
    "the authority, which decides whether to require an authorisation.",
    plain=plain.AWARE_OF_WEAPONS,
    when=brokering & listed & Knowledge.exporter_aware.includes_any("wmd"),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="art-5-1-aware",
)

art_5_2_informed = chapter.rule(
    REGULATION["Art. 5(2)"],
    "Where the Member State has extended brokering controls to unlisted items intended for weapons of "
    "mass destruction, or to military end-use under an arms embargo, an authorisation is required if "
    "the authority has informed the broker of that use.",
    plain=plain.TOLD_OF_USES,
    when=brokering & common.extended_to("brokering") & extended_use,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-5-2-informed",
)

art_5_2_aware = chapter.rule(
    REGULATION["Art. 5(2)"],
    "Where the Member State has extended brokering controls to unlisted items intended for weapons of "
    "mass destruction, or to military end-use under an arms embargo, a broker that is aware of that "
    "use must notify the authority, which decides whether to require an authorisation.",
    plain=plain.AWARE_OF_USES,
    when=brokering & common.extended_to("brokering") & extended_awareness,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="art-5-2-aware",
)

art_5_3 = chapter.rule(
    REGULATION["Art. 5(3)"],
    "Where national law so provides, an authorisation is required for brokering if the broker has "
    "grounds to suspect that the item is or may be intended for weapons of mass destruction.",
    plain=plain.SUSPECTS_WEAPONS,
    when=brokering & dual_use_item & National.suspicion_rule & common.suspects_weapons(),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
)


# Article 6 - transit
def may_be_intended(use: Concern) -> Condition:
    """The items are or may be intended for a use: what the authority knows of it suffices."""
    return EndUse.concerns.includes_any(use) | Knowledge.authority_informed.includes_any(use)


for_weapons = Term(
    "is or may be intended for weapons of mass destruction",
    REGULATION["Art. 6(1)"],
    may_be_intended("wmd"),
    note="What the authority knows of the use suffices. Grounds to determine the use are more.",
)
extended_transit = Term(
    "transit to which a Member State may extend its powers",
    REGULATION["Art. 6(3)"],
    National.extends_to.includes_any("transit")
    & ((unlisted & for_weapons) | (dual_use_item & ACT.embargoed & may_be_intended("military_end_use"))),
)

transit_decision = Term(
    "transit that the authority may prohibit",
    REGULATION["Art. 6(1)"],
    transit & ((listed & for_weapons) | extended_transit),
)

power_to_prohibit_transit = chapter.discretion(
    REGULATION["Art. 6(1)"],
    "Has the authority prohibited the transit?",
    who=Addressee.AUTHORITY,
)
power_to_license_transit = chapter.discretion(
    REGULATION["Art. 6(2)"],
    "Has the authority required an authorisation for the transit in this case, as national law lets it?",
    who=Addressee.AUTHORITY,
)

art_6_1 = chapter.rule(
    REGULATION["Art. 6(1)"],
    "The authority may prohibit the transit of a listed item that is or may be intended for "
    "weapons of mass destruction.",
    plain=plain.TRANSIT_FORBIDDEN,
    when=transit & listed & for_weapons & power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.AUTHORITY,
    misses="transit-for-repression",
    note="It applies where the authority has used this power.",
)

art_6_2 = chapter.rule(
    REGULATION["Art. 6(2)"],
    "A Member State may provide that its authority can require an authorisation in the "
    "individual case before deciding whether to prohibit a transit.",
    plain=plain.TRANSIT_LICENSED,
    when=transit & listed & for_weapons & power_to_license_transit,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    note="It applies where the authority has used this power.",
)

art_6_3 = chapter.rule(
    REGULATION["Art. 6(3)"],
    "A Member State may extend the power to prohibit transit to unlisted items intended for "
    "weapons of mass destruction, and to items for military end-use under an arms embargo.",
    plain=plain.TRANSIT_FORBIDDEN,
    when=transit & extended_transit & power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    note="It applies where the state has done so, and has prohibited the transit.",
)

# Article 8 - national measures for public security or human rights

art_8_1_authorisation = chapter.rule(
    REGULATION["Art. 8(1)"],
    "Where the exporter's own Member State so provides for reasons of public security or human rights, "
    "an authorisation is required for the export of unlisted dual-use items.",
    plain=plain.STATE_LICENSES,
    when=unlisted_export
    & (common.on_national_list("authorisation", own=True) | National.measure.is_in("authorisation")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-8-1-authorisation",
    note="The article lets a Member State do so, and obliges none.",
)

art_8_1_prohibition = chapter.rule(
    REGULATION["Art. 8(1)"],
    "Where the exporter's own Member State so provides for reasons of public security or human rights, "
    "the export of unlisted dual-use items is prohibited.",
    plain=plain.STATE_FORBIDS,
    when=unlisted_export
    & (common.on_national_list("prohibition", own=True) | National.measure.is_in("prohibition")),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-8-1-prohibition",
    misses="no-national-measure",
    note="The article lets a Member State do so, and obliges none.",
)
