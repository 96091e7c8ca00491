"""Chapter I: the instrument and the terms of Article 2 that decide."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import TRUE, Chapter, Evidence, EvidenceLevel, Instrument, Item, Term
from regcompare_eu import common
from regcompare_eu.facts import Eu
from regcompare_eu.tables import states_of

chapter = Chapter()

REGULATION = Instrument(
    "Reg. (EU) 2021/821",
    "Regulation (EU) 2021/821 setting up a Union regime for the control of exports, brokering, technical "
    "assistance, transit and transfer of dual-use items (recast)",
    "OJ L 206, 11.6.2021, p. 1",
    "32021R0821",
    states=states_of("32021R0821"),
    checked=Evidence(
        EvidenceLevel.TEXT,
        "02021R0821-20230526",
        dt.date(2026, 11, 27),
        "Articles 1 to 32. Read in a public copy.",
    ),
)
ANNEXES = Evidence(
    EvidenceLevel.TEXT,
    "02021R0821-20260921",
    dt.date(2026, 11, 25),
    "Annex II, whole. Read in a public copy.",
)
"""How the general authorisations are known."""

# Article 2(1) - dual-use items
dual_use_doubt = chapter.interpretation(
    "dual-use-2021-821",
    REGULATION["Art. 2(1)"],
    "Does a catch-all or a national measure reach an unlisted item that has no military use?",
    readings={
        "tested": "No: it must have both civil and military uses; a tool that only the police can use is out.",
        "presupposed": "Yes: where the authority or the state acts, dual use is taken for granted.",
    },
    within={"tested": "presupposed"},
    default="tested",
    reason=(
        "The articles speak of dual-use items. What a case leaves open is assumed, since nearly every tool "
        "can serve an army too; what it states counts."
    ),
    checked=REGULATION.checked,
)

_dual_use = dual_use_doubt.choose(presupposed=TRUE, tested=Item.dual_use)

# Article 2(2) - export, electronic transmission included
export = Term("export", REGULATION["Art. 2(2)"], common.sends_out())

# Article 2(2)(d) - making software available
hosted_service_doubt = chapter.interpretation(
    "hosted-service-2021-821",
    REGULATION["Art. 2(2)(d)"],
    "Does a hosted service that is used from outside the Union count as making software available "
    "electronically?",
    readings={
        "service": "No: a service as such is not the export of an item.",
        "made_available": "Yes: software is made available electronically.",
        "assistance": (
            "No, but it is technical assistance: a technical service provided by electronic means."
        ),
    },
    within={"service": "made_available"},
    default="service",
    reason=(
        "Only what is transmitted counts as an item, and assistance as the act defines it supports "
        "someone else's items; how far either covers services is unsettled."
    ),
    checked=EvidenceLevel.INFERRED,
)
hosted = common.to_third_country("hosted_service")
made_available = hosted_service_doubt.is_read_as("made_available") & hosted
export_or_made_available = export | made_available

# Articles 2(7) and 2(8) - brokering services, by whoever acts from the Union, established there or not
brokering = Term(
    "brokering service",
    REGULATION["Art. 2(7)-(8)"],
    common.to_third_country("brokering"),
    note="From the Union into a third country; where the broker has its seat is no matter. Transport, "
    "financial services, insurance and advertising alone are no brokering.",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "02021R0821-20230526",
        dt.date(2026, 12, 2),
        "Article 2, points 1 to 22. Read in a public copy.",
    ),
)

# Articles 2(9) and 2(10) - technical assistance, to a third country or its residents
hosted_assistance = hosted_service_doubt.is_read_as("assistance") & hosted
technical_assistance = Term(
    "technical assistance",
    REGULATION["Art. 2(9)-(10)"],
    common.to_third_country("technical_assistance") | hosted_assistance,
)

# Article 2(11) - transit
transit = Term(
    "transit of non-Union items", REGULATION["Art. 2(11)"], common.to_third_country("transit")
)

# Article 2(20) - cyber-surveillance items, all elements cumulative
cyber_surveillance_item = Term(
    "cyber-surveillance item",
    REGULATION["Art. 2(20)"],
    _dual_use
    & Item.specially_designed
    & Item.covert
    & Item.targets_natural_persons
    & Item.takes_data_from_ict_systems,
    note="Specially designed for covert surveillance of natural persons by monitoring, extracting, "
    "collecting or analysing data from information and telecommunication systems.",
    checked=REGULATION.checked,
)

# Articles 3(1) and 3(2) - listed and unlisted
listed = common.listed(REGULATION["Annex I"])
unlisted = Term("unlisted dual-use item", REGULATION["Art. 3(2)"], ~listed & _dual_use)
dual_use_item = Term("dual-use item, listed or not", REGULATION["Art. 2(1)"], listed | _dual_use)

# Annex II, Part 3 of each section - parts for illegally exported military items
state_concerned = chapter.interpretation(
    "state-concerned-2021-821",
    REGULATION["Annex II, Sections A to H, Part 3"],
    "Which is the Member State concerned, from which the military items must have been exported?",
    readings={
        "any": "Any Member State, as in Article 4(1)(c).",
        "exporters": "The Member State of the exporter alone.",
    },
    within={"exporters": "any"},
    default="any",
    reason=(
        "The annex repeats the uses of Article 4(1), which speaks of a Member State; its own words are those "
        "of Regulation 428/2009, where that state was the exporter's."
    ),
    checked=EvidenceLevel.INFERRED,
)

ACT = common.Act(
    "eu-2021-821",
    embargo=REGULATION["Art. 2(19)"],
    catch_all=REGULATION["Art. 4(1)"],
    section_i=REGULATION["Annex II, Section I"],
    annex_iv=REGULATION["Annex IV"],
    annex_parts=state_concerned.choose(any=TRUE, exporters=~Eu.parts_for_another_state),
)
chapter.add(*ACT.doubts.values())
