"""C08 to C11: the catch-alls for human security and against terrorism, and the exporter's due diligence."""

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
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.facts import MEMBER_STATE, Eu

from .control_list import in_section_b, unlisted
from .definitions import cyber_surveillance_technology
from .interpretations import ci_6, ci_7
from .sources import row

chapter = Chapter()

# C08 - human security
implicated_end_user = Term(
    "end user identified by institutions as complicit in serious violations, with evidence that it "
    "used such items for them",
    row("C08"),
    ci_7.choose(
        cumulative=Eu.end_user_implicated & Eu.past_use_shown,
        alternative=Eu.end_user_implicated | Eu.past_use_shown,
    ),
)
within_reach = Term(
    "item that the catch-all for human security covers",
    row("C08"),
    ci_6.choose(any_item=TRUE, cyber_only=cyber_surveillance_technology | act.listed | in_section_b),
    note="Listed items matter for services only.",
)


def human_security(known: SetOf[Concern]) -> Condition:
    """A use for serious violations in armed conflict or internal repression, by an implicated end user.

    A violation of humanitarian law presupposes an armed conflict, and internal repression is a serious
    violation of human rights; one without either link is not enough.
    """
    linked = known.includes_any("internal_repression", "ihl_violation")
    return within_reach & linked & implicated_end_user


def terrorism(known: SetOf[Concern]) -> Condition:
    """A use in acts of terrorism."""
    return known.includes_any("terrorism")


c08 = chapter.rule(
    row("C08"),
    "An authorisation is required for the export of unlisted items if the authority has informed the "
    "exporter that they are or may be intended for persons complicit in serious violations in armed "
    "conflict or internal repression, where institutions have identified those persons and there is "
    "evidence that the end user has used this or similar items for such violations.",
    when=act.export_or_made_available & unlisted & human_security(Knowledge.authority_informed),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
)

# C09 - terrorism
c09 = chapter.rule(
    row("C09"),
    "An authorisation is required for the export of unlisted items if the authority has informed the "
    "exporter that they are or may be intended for acts of terrorism.",
    when=act.export_or_made_available & unlisted & terrorism(Knowledge.authority_informed),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.SECONDARY,
    misses="told-of-public-security",
)

# C10 - the exporter's awareness, under a duty of due diligence
c10 = chapter.rule(
    row("C10"),
    "An exporter, which must exercise due diligence, must notify the authority if it is aware that "
    "unlisted items are intended for persons complicit in serious violations or for acts of terrorism; "
    "the authority decides whether to require an authorisation.",
    when=act.export_or_made_available
    & unlisted
    & (human_security(Knowledge.exporter_aware) | terrorism(Knowledge.exporter_aware)),
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
)
c10_duty = chapter.duty(
    row("C10"),
    "The exporter of unlisted items must exercise due diligence to find out whether they are intended "
    "for persons complicit in serious violations or for acts of terrorism.",
    kind=DutyKind.DUE_DILIGENCE,
    addressee=Addressee.EXPORTER,
    strength=Strength.MUST,
    when=act.export_or_made_available & unlisted,
    checked=EvidenceLevel.SECONDARY,
    id="C10-due-diligence",
)

# C11 - decisions are shared
c11 = chapter.duty(
    row("C11"),
    "Member States must inform each other of an authorisation requirement imposed under a catch-all, "
    "and may object to one for essentially identical transactions.",
    kind=DutyKind.CONSULTATION,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    deadline="10 working days, may be extended (not checked)",
    checked=EvidenceLevel.UNREAD,
)
