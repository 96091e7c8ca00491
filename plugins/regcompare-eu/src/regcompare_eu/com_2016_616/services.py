"""C12 and C13: brokering, transit and technical assistance, tied to the end uses of the catch-alls."""

from __future__ import annotations

from regcompare.authoring import Chapter, EndUse, EvidenceLevel, Knowledge, Outcome, Term, Trigger
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.eu_428_2009 import scope as act_scope

from .catch_alls import human_security, terrorism
from .control_list import in_section_b, in_the_regime
from .definitions import technical_assistance
from .interpretations import ci_10
from .sources import row

chapter = Chapter()

item_of_services = Term(
    "item on which services are controlled",
    row("C12"),
    ci_10.choose(follow=in_the_regime, separate=act.listed | in_section_b),
)
informed = Term(
    "informed of a use named in a catch-all",
    row("C12"),
    act.ACT.informed
    | human_security(Knowledge.authority_informed)
    | terrorism(Knowledge.authority_informed),
)
aware = Term(
    "aware of a use named in a catch-all",
    row("C12"),
    act.ACT.aware | human_security(Knowledge.exporter_aware) | terrorism(Knowledge.exporter_aware),
)
intended = Term(
    "intended for a use named in a catch-all",
    row("C12"),
    act.ACT.intended | human_security(EndUse.concerns) | terrorism(EndUse.concerns),
)

# C12 - brokering and transit
c12_informed = chapter.rule(
    row("C12"),
    "An authorisation is required for brokering if the authority has informed the broker that the "
    "items are or may be intended for a use named in a catch-all.",
    when=act.brokering & item_of_services & informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
    id="C12-informed",
    misses="broker-told-of-violation-without-link",
)
c12_aware = chapter.rule(
    row("C12"),
    "A broker that is aware of a use named in a catch-all must notify the authority, which decides "
    "whether to require an authorisation.",
    when=act.brokering & item_of_services & aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
    id="C12-aware",
    misses="broker-aware-of-violation-without-link",
)
c12_transit = chapter.rule(
    row("C12"),
    "The authority may prohibit the transit of items that are or may be intended for a use "
    "named in a catch-all.",
    when=act.transit & item_of_services & intended & act_scope.power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
    id="C12-transit",
    note="It applies where the authority has used this power.",
)

# C13 - technical assistance
c13_informed = chapter.rule(
    row("C13"),
    "An authorisation is required for technical assistance if the authority has informed the provider "
    "that the items are or may be intended for a use named in a catch-all.",
    when=technical_assistance & item_of_services & informed,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.AUTHORITY,
    checked=EvidenceLevel.UNREAD,
    id="C13-informed",
    misses="assistance-told-of-violation-without-link",
)
c13_aware = chapter.rule(
    row("C13"),
    "A provider of technical assistance that is aware of a use named in a catch-all must notify the "
    "authority, which decides whether to require an authorisation.",
    when=technical_assistance & item_of_services & aware,
    then=Outcome.NOTIFICATION,
    triggered_by=Trigger.KNOWLEDGE,
    checked=EvidenceLevel.UNREAD,
    id="C13-aware",
    misses="assistance-aware-of-violation-without-link",
)
