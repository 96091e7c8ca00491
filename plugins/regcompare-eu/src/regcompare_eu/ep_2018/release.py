"""E13 to E15: encryption is let go, new technologies come in fast, and measures stay proportionate."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    EvidenceLevel,
    National,
    Outcome,
    Strength,
    Term,
    Transaction,
    Trigger,
)
from regcompare_eu import common
from regcompare_eu.com_2016_616 import general_authorisations as proposal_authorisations
from regcompare_eu.eu_428_2009 import authorisations as act_authorisations
from regcompare_eu.eu_428_2009 import consultation as act_consultation
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.eu_428_2009 import scope as act_scope
from regcompare_eu.eu_428_2009 import transfers as act_transfers
from regcompare_eu.facts import COMMISSION

from .control_list import in_section_b
from .definitions import released
from .sources import row

chapter = Chapter()

# E13 - encryption leaves the list: nothing hangs on the list for it any longer
e13 = chapter.rule(
    row("E13"),
    "Encryption is taken off the list.",
    when=released,
    overrides=(
        act_scope.art_3_1,
        act_scope.art_5_1_informed,
        act_scope.art_5_1_aware,
        act_scope.art_6_1,
        act_scope.art_6_2,
        act_consultation.objection,
        act_transfers.art_22_2,
        act_transfers.german_transfer,
        act_authorisations.eu001,
        act_authorisations.eu002,
        act_authorisations.eu003,
        act_authorisations.eu004,
        act_authorisations.eu005,
        act_authorisations.eu006,
        act_authorisations.art_9_4,
        proposal_authorisations.c16,
    ),
    then=Outcome.NO_CONTROL,
    triggered_by=Trigger.ACT,
    checked=EvidenceLevel.SECONDARY,
    fires="encryption-released",
    note="It then needs no authorisation as a listed item, and no general authorisation either.",
)

# E13 - what the act says of unlisted items holds for encryption from then on
unlisted_now = Term(
    "encryption no longer listed in either section of Annex I", row("E13"), released & ~in_section_b
)
unlisted_export = act.export_or_made_available & unlisted_now
suspected = National.suspicion_rule & common.suspects_weapons()

e13_informed = chapter.rule(
    row("E13"),
    "Encryption taken off the list requires an authorisation if the authority has informed the "
    "exporter of a use covered by Article 4 of Regulation 428/2009 (weapons of mass destruction, "
    "military end-use under an arms embargo, or parts for illegally exported military items).",
    when=unlisted_export & act.ACT.informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.INFERRED,
    id="E13-informed",
    misses="encryption-released",
)
e13_aware = chapter.rule(
    row("E13"),
    "An exporter of encryption taken off the list must notify the authority if it is aware of a use "
    "covered by Article 4 of Regulation 428/2009: weapons of mass destruction, military end-use under "
    "an arms embargo, or parts for illegally exported military items.",
    when=unlisted_export & act.ACT.aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.INFERRED,
    id="E13-aware",
    misses="encryption-released",
)
e13_authorised = chapter.rule(
    row("E13"),
    "Encryption taken off the list requires an authorisation if national law requires one, on "
    "suspicion or as a measure for public security or human rights.",
    when=unlisted_export
    & (
        suspected
        | common.on_national_list("authorisation", own=True)
        | National.measure.is_in("authorisation")
    ),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    checked=EvidenceLevel.INFERRED,
    id="E13-national-authorisation",
    fires="encryption-under-national-measure",
    misses="encryption-released",
)
e13_prohibited = chapter.rule(
    row("E13"),
    "Encryption taken off the list may not be exported if a national measure for public security or "
    "human rights prohibits it.",
    when=unlisted_export
    & (common.on_national_list("prohibition", own=True) | National.measure.is_in("prohibition")),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    checked=EvidenceLevel.INFERRED,
    id="E13-national-prohibition",
)
e13_transfer = chapter.rule(
    row("E13"),
    "Where national law so provides, the transfer within the Union of encryption taken off the list, "
    "which will then leave the Union, requires an authorisation only if exporting it as an unlisted "
    "item would.",
    when=act_transfers.transfer
    & National.extends_to.includes_any("intra_eu_transfer")
    & Transaction.onward_export_known
    & unlisted_now
    & (act.ACT.informed | suspected | National.measure.is_in("authorisation")),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    checked=EvidenceLevel.INFERRED,
    id="E13-transfer",
    misses="encryption-transferred",
)

# E14 - new technologies
e14 = chapter.duty(
    row("E14"),
    "New technologies that carry a risk to human rights must be added to the list quickly.",
    kind=DutyKind.LIST_UPDATING,
    addressee=COMMISSION,
    strength=Strength.MUST,
    checked=EvidenceLevel.SECONDARY,
)

# E15 - proportionality
e15 = chapter.duty(
    row("E15"),
    "The authority must keep its measures proportionate, so that they do not block technology for "
    "legitimate purposes, including law enforcement.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    checked=EvidenceLevel.SECONDARY,
)
