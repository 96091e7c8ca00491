"""E06 to E08: the catch-all re-cut for cyber-surveillance items, and the exporter's due diligence."""

from __future__ import annotations

from regcompare.authoring import (
    TRUE,
    Addressee,
    Chapter,
    Condition,
    DutyKind,
    EvidenceLevel,
    Knowledge,
    Outcome,
    SetOf,
    Strength,
    Term,
    Trigger,
)
from regcompare.vocabulary import Concern
from regcompare_eu.com_2016_616 import catch_alls as proposal
from regcompare_eu.com_2016_616.interpretations import ci_7
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import Eu

from .control_list import in_section_b, unlisted
from .definitions import cyber_surveillance_item
from .interpretations import ei_5, ei_6
from .sources import SUMMARY_READ, row

chapter = Chapter()

# E06 - serious violations
within_reach = Term(
    "item that the catch-all covers",
    row("E06"),
    ei_5.choose(cyber_only=cyber_surveillance_item | in_section_b, any_item=TRUE),
    note="Section B matters for services only.",
)
suspected_end_user = Term(
    "end user identified by institutions as complicit or, on one interpretation, merely suspected",
    row("E06"),
    ci_7.choose(cumulative=Eu.end_user_implicated, alternative=TRUE),
    note="Reason to suspect replaces evidence; the knowledge required includes it.",
)


def violations(known: SetOf[Concern]) -> Condition:
    """A use for serious violations, with no link to an armed conflict or to internal repression."""
    serious = known.includes_any("human_rights_violation", "internal_repression", "ihl_violation")
    return within_reach & serious & suspected_end_user


def terrorism(known: SetOf[Concern]) -> Condition:
    """A use in acts of terrorism, where that limb is taken to be kept."""
    return ei_6.is_read_as("kept") & proposal.terrorism(known)


e06 = chapter.rule(
    row("E06"),
    "An authorisation is required for the export of unlisted cyber-surveillance items if the authority "
    "has informed the exporter that they are or may be intended for persons complicit in serious "
    "violations of human rights or humanitarian law.",
    when=act.export_or_made_available & unlisted & violations(Knowledge.authority_informed),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
    fires="monitoring-told-of-violation",
    misses="overt-cameras-told-of-violation",
)

# E07 - the limb on terrorism is deleted
e07 = chapter.rule(
    row("E07"),
    "An authorisation is required for the export of unlisted items if the authority has "
    "informed the exporter that they are or may be intended for acts of terrorism.",
    when=act.export_or_made_available & unlisted & terrorism(Knowledge.authority_informed),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
    fires="told-of-terrorism under EI-6=kept",
    misses="told-of-terrorism",
    note="Only if the catch-all against terrorism is taken to be kept (EI-6).",
)

# E08 - due diligence
e08 = chapter.rule(
    row("E08"),
    "An exporter that becomes aware, in its due diligence, that unlisted items are intended for a use "
    "named in the catch-all must notify the authority.",
    when=act.export_or_made_available
    & unlisted
    & (violations(Knowledge.exporter_aware) | terrorism(Knowledge.exporter_aware)),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.DILIGENCE,
    checked=EvidenceLevel.UNREAD,
    misses="overt-cameras-aware-of-violation",
)
e08_duty = chapter.duty(
    row("E08"),
    "The exporter must exercise due diligence, and notify the authority of any critical end use of "
    "which it becomes aware as a result.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=act.export_or_made_available & unlisted,
    checked=SUMMARY_READ,
    id="E08-due-diligence",
)
