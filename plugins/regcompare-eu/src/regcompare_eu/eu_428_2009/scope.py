"""Chapter II: what needs an authorisation (Articles 3 to 6 and 8), in the order of the articles."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    Checked,
    EndUse,
    Knowledge,
    National,
    Outcome,
    Term,
    Trigger,
)
from regcompare_eu import common

from .definitions import (
    ACT,
    REGULATION,
    brokering,
    dual_use_item,
    export_or_made_available,
    listed,
    transit,
    unlisted,
)

chapter = Chapter()

# Article 3 - listed items
art_3_1 = chapter.rule(
    REGULATION["Art. 3(1)"],
    "The export of an item that Annex I lists needs an authorisation, wherever it goes.",
    when=export_or_made_available & listed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.CLASSIFICATION,
    fires="listed-item",
    misses="listed-only-later",
)

# Article 4 - unlisted items: weapons and military use
unlisted_export = Term(
    "export of an unlisted dual-use item", REGULATION["Art. 4"], export_or_made_available & unlisted
)

art_4_1 = chapter.rule(
    REGULATION["Art. 4(1)"],
    "The authority has told the exporter that the items are or may be intended for weapons of mass "
    "destruction or their missiles.",
    when=unlisted_export & Knowledge.authority_informed.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    fires="told-of-weapons",
    misses="told-of-repression-only",
)

art_4_2 = chapter.rule(
    REGULATION["Art. 4(2)"],
    "The buyer's country or the destination is under an arms embargo, and the authority has told the "
    "exporter that the items are or may be intended for a military end-use.",
    when=unlisted_export & ACT.embargoed & Knowledge.authority_informed.includes_any("military_end_use"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    fires="told-of-military-use-embargo",
    misses="told-of-military-use-no-embargo",
)

art_4_3 = chapter.rule(
    REGULATION["Art. 4(3)"],
    "The authority has told the exporter that the items are or may be intended as parts of military "
    "items exported from its state without, or against, an authorisation.",
    when=unlisted_export
    & Knowledge.authority_informed.includes_any("illegally_exported_military_parts"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    fires="told-of-military-parts",
    misses="told-of-repression-only",
)

art_4_4 = chapter.rule(
    REGULATION["Art. 4(4)"],
    "The exporter is aware that the items are intended for one of these uses and must notify the "
    "authority, which decides whether an authorisation is needed.",
    when=unlisted_export & ACT.aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    fires="aware-of-weapons",
    misses="aware-of-repression-only",
)

art_4_5 = chapter.rule(
    REGULATION["Art. 4(5)"],
    "The exporter has grounds to suspect a use for weapons of mass destruction, and national law "
    "requires an authorisation on suspicion.",
    when=unlisted_export & National.suspicion_rule & Knowledge.exporter_suspects.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    fires="suspects-weapons",
    misses="suspects-military-use",
)

# Article 5 - brokering
extended_use = Term(
    "use to which a state may extend the control of brokering",
    REGULATION["Art. 5(2)"],
    (unlisted & Knowledge.authority_informed.includes_any("wmd"))
    | (dual_use_item & ACT.embargoed & Knowledge.authority_informed.includes_any("military_end_use")),
)
extended_awareness = Term(
    "awareness of a use to which a state may extend the control of brokering",
    REGULATION["Art. 5(2)"],
    (unlisted & Knowledge.exporter_aware.includes_any("wmd"))
    | (dual_use_item & ACT.embargoed & Knowledge.exporter_aware.includes_any("military_end_use")),
)

art_5_1_informed = chapter.rule(
    REGULATION["Art. 5(1)"],
    "The authority has told the broker of a listed item that it is or may be intended for weapons of "
    "mass destruction.",
    when=brokering & listed & Knowledge.authority_informed.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    id="art-5-1-informed",
    fires="broker-told-of-weapons",
    misses="broker-told-of-repression",
)

art_5_1_aware = chapter.rule(
    REGULATION["Art. 5(1)"],
    "The broker of a listed item is aware that it is intended for weapons of mass destruction and must "
    "notify the authority, which decides.",
    when=brokering & listed & Knowledge.exporter_aware.includes_any("wmd"),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="art-5-1-aware",
    fires="broker-aware-of-weapons",
    misses="broker-aware-of-repression",
)

art_5_2_informed = chapter.rule(
    REGULATION["Art. 5(2)"],
    "The state has extended the control of brokering to unlisted items or to military end-use under an "
    "embargo, and the authority has told the broker of such a use.",
    when=brokering & National.extends_to.includes_any("brokering") & extended_use,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-5-2-informed",
    fires="broker-extended",
    misses="broker-not-extended",
)

art_5_2_aware = chapter.rule(
    REGULATION["Art. 5(2)"],
    "The state has extended the control of brokering to unlisted items or to military end-use under an "
    "embargo, and the broker is aware of such a use.",
    when=brokering & National.extends_to.includes_any("brokering") & extended_awareness,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=Checked.INFERRED,
    id="art-5-2-aware",
    fires="broker-extended-aware",
    misses="broker-aware-not-extended",
)

art_5_3 = chapter.rule(
    REGULATION["Art. 5(3)"],
    "The broker has grounds to suspect a use for weapons of mass destruction, and national law requires "
    "an authorisation on suspicion.",
    when=brokering
    & dual_use_item
    & National.suspicion_rule
    & Knowledge.exporter_suspects.includes_any("wmd"),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    fires="broker-suspects-weapons",
    misses="broker-suspects-no-rule",
)

# Article 6 - transit
for_weapons = EndUse.concerns.includes_any("wmd")
extended_transit = Term(
    "transit to which a state may extend its powers",
    REGULATION["Art. 6(3)"],
    National.extends_to.includes_any("transit")
    & (
        (unlisted & for_weapons)
        | (dual_use_item & ACT.embargoed & EndUse.concerns.includes_any("military_end_use"))
    ),
)

power_to_prohibit_transit = chapter.discretion(
    REGULATION["Art. 6(1)"],
    "Has the authority prohibited the transit?",
    who=Addressee.AUTHORITY,
)
power_to_license_transit = chapter.discretion(
    REGULATION["Art. 6(2)"],
    "Has the state required an authorisation for the transit in this case?",
    who=Addressee.MEMBER_STATE,
)

art_6_1 = chapter.rule(
    REGULATION["Art. 6(1)"],
    "The transit of a listed item that is or may be intended for weapons of mass destruction has been "
    "prohibited by the authority, which may do so.",
    when=transit & listed & for_weapons & power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.AUTHORITY,
    fires="transit-prohibited",
    misses="transit-for-repression",
)

art_6_2 = chapter.rule(
    REGULATION["Art. 6(2)"],
    "Before deciding on a prohibition, the state has required an authorisation for the transit.",
    when=transit & listed & for_weapons & power_to_license_transit,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    fires="transit-licensed",
    misses="transit-left-to-pass",
)

art_6_3 = chapter.rule(
    REGULATION["Art. 6(3)"],
    "The state has extended its powers over transit to unlisted items or to military end-use under an "
    "embargo, and has prohibited the transit.",
    when=transit & extended_transit & power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    fires="transit-extended",
    misses="transit-not-extended",
)

# Article 8 - national measures for public security or human rights

art_8_1_authorisation = chapter.rule(
    REGULATION["Art. 8(1)"],
    "A measure of the exporter's own state, for reasons of public security or human rights, requires an "
    "authorisation for the unlisted item.",
    when=unlisted_export
    & (common.on_national_list("authorisation", own=True) | National.measure.is_in("authorisation")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-8-1-authorisation",
    fires="on-the-german-list",
    misses="german-list-french-exporter",
)

art_8_1_prohibition = chapter.rule(
    REGULATION["Art. 8(1)"],
    "A measure of the exporter's own state, for reasons of public security or human rights, prohibits the "
    "export of the unlisted item.",
    when=unlisted_export
    & (common.on_national_list("prohibition", own=True) | National.measure.is_in("prohibition")),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="art-8-1-prohibition",
    fires="national-prohibition",
    misses="no-national-measure",
)
