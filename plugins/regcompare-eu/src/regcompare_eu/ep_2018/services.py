"""Brokering, transit and technical assistance: C12 and C13 of the proposal, with the end uses of E06."""

from __future__ import annotations

from regcompare import Checked, EndUse, Knowledge, Outcome, Rule, SetOffBy, Term
from regcompare_eu.com_2016_616.definitions import technical_assistance
from regcompare_eu.com_2016_616.interpretations import ci_10
from regcompare_eu.eu_428_2009 import definitions as act
from regcompare_eu.eu_428_2009 import scope as act_scope

from .catch_alls import terrorism, violations
from .control_list import in_section_b, in_the_regime
from .definitions import released
from .sources import row

item_of_services = Term(
    "item on which services are controlled",
    row("E06"),
    ci_10.choose(follow=in_the_regime, separate=(act.listed & ~released) | in_section_b),
)
informed = Term(
    "informed of a use that a catch-all names",
    row("E06"),
    act.ACT.informed
    | violations(Knowledge.authority_informed)
    | terrorism(Knowledge.authority_informed),
)
aware = Term(
    "aware of a use that a catch-all names",
    row("E06"),
    act.ACT.aware | violations(Knowledge.exporter_aware) | terrorism(Knowledge.exporter_aware),
)
intended = Term(
    "intended for a use that a catch-all names",
    row("E06"),
    act.ACT.intended | violations(EndUse.concerns) | terrorism(EndUse.concerns),
)

e06_brokering = Rule(
    row("E06"),
    "The authority has told the broker that the items are or may be intended for a use that a catch-all "
    "names.",
    when=act.brokering & item_of_services & informed,
    then=Outcome.AUTHORISATION,
    set_off_by=SetOffBy.AUTHORITY,
    checked=Checked.UNREAD,
    id="E06-brokering",
    fires="broker-of-monitoring-told-of-violation",
    misses="broker-of-cameras-told-of-violation",
)
e08_brokering = Rule(
    row("E08"),
    "The broker is aware of such a use and must notify the authority, which decides.",
    when=act.brokering & item_of_services & aware,
    then=Outcome.NOTIFICATION,
    set_off_by=SetOffBy.DILIGENCE,
    checked=Checked.UNREAD,
    id="E08-brokering",
    fires="broker-of-monitoring-aware-of-violation",
    misses="broker-of-cameras-aware-of-violation",
)
e06_transit = Rule(
    row("E06"),
    "The transit of items that are or may be intended for a use that a catch-all names has been prohibited "
    "by the authority, which may do so.",
    when=act.transit & item_of_services & intended & act_scope.power_to_prohibit_transit,
    then=Outcome.PROHIBITION,
    set_off_by=SetOffBy.AUTHORITY,
    checked=Checked.UNREAD,
    id="E06-transit",
    fires="transit-of-monitoring-for-violation",
    misses="transit-of-cameras-for-violation",
)
e06_assistance = Rule(
    row("E06"),
    "The authority has told the supplier of technical assistance that the items are or may be intended for "
    "a use that a catch-all names.",
    when=technical_assistance & item_of_services & informed,
    then=Outcome.AUTHORISATION,
    set_off_by=SetOffBy.AUTHORITY,
    checked=Checked.UNREAD,
    id="E06-assistance",
    fires="assistance-for-monitoring-told-of-violation",
    misses="assistance-for-cameras-told-of-violation",
)
e08_assistance = Rule(
    row("E08"),
    "The supplier of technical assistance is aware of such a use and must notify the authority, which "
    "decides.",
    when=technical_assistance & item_of_services & aware,
    then=Outcome.NOTIFICATION,
    set_off_by=SetOffBy.DILIGENCE,
    checked=Checked.UNREAD,
    id="E08-assistance",
    fires="assistance-for-monitoring-aware-of-violation",
    misses="assistance-for-cameras-aware-of-violation",
)
