"""Brokering, transit and technical assistance: C12 and C13 of the proposal, with the items and uses of E06."""

from __future__ import annotations

import attrs

from regcompare.authoring import Chapter, EndUse, Knowledge, Term, Trigger
from regcompare_eu.com_2016_616 import services as proposal
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
    "informed of a use named in a catch-all",
    row("E06"),
    act.ACT.informed
    | violations(Knowledge.authority_informed)
    | terrorism(Knowledge.authority_informed),
)
aware = Term(
    "aware of a use named in a catch-all",
    row("E06"),
    act.ACT.aware | violations(Knowledge.exporter_aware) | terrorism(Knowledge.exporter_aware),
)
intended = Term(
    "intended for a use named in a catch-all",
    row("E06"),
    act.ACT.intended | violations(EndUse.concerns) | terrorism(EndUse.concerns),
)

chapter = Chapter()
e06_brokering = attrs.evolve(
    proposal.c12_informed,
    cite=row("E06"),
    when=act.brokering & item_of_services & informed,
    id="E06-brokering",
    misses="broker-of-cameras-told-of-violation",
)
e08_brokering = attrs.evolve(
    proposal.c12_aware,
    cite=row("E08"),
    when=act.brokering & item_of_services & aware,
    triggered_by=Trigger.DILIGENCE,
    id="E08-brokering",
    misses="broker-of-cameras-aware-of-violation",
)
e06_transit = attrs.evolve(
    proposal.c12_transit,
    cite=row("E06"),
    when=act.transit & item_of_services & intended & act_scope.power_to_prohibit_transit,
    id="E06-transit",
)
e06_assistance = attrs.evolve(
    proposal.c13_informed,
    cite=row("E06"),
    when=technical_assistance & item_of_services & informed,
    id="E06-assistance",
    misses="assistance-for-cameras-told-of-violation",
)
e08_assistance = attrs.evolve(
    proposal.c13_aware,
    cite=row("E08"),
    when=technical_assistance & item_of_services & aware,
    triggered_by=Trigger.DILIGENCE,
    id="E08-assistance",
    misses="assistance-for-cameras-aware-of-violation",
)
chapter.add(e06_brokering, e08_brokering, e06_transit, e06_assistance, e08_assistance)
