"""Chapter I, and Article 7: the instrument, its terms, and what it does not reach."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    TRUE,
    Chapter,
    Evidence,
    EvidenceLevel,
    Exporter,
    Instrument,
    Item,
    Term,
    Transaction,
)
from regcompare_eu import common
from regcompare_eu.facts import Eu
from regcompare_eu.tables import states_of

chapter = Chapter()

REGULATION = Instrument(
    "Reg. (EC) 428/2009",
    "Council Regulation (EC) No 428/2009 setting up a Community regime for the control of exports, "
    "transfer, brokering and transit of dual-use items",
    "OJ L 134, 29.5.2009, p. 1",
    "32009R0428",
    states=states_of("32009R0428"),
    checked=Evidence(
        EvidenceLevel.TEXT,
        "02009R0428-20211007",
        dt.date(2026, 11, 27),
        "Articles 1 to 28; Articles 1 to 19 also in the version of 2.7.2014. Read in a public copy.",
    ),
)
EARLIER = (
    "From 28 September 2000 to 26 August 2009 Regulation (EC) No 1334/2000 applied, and it still does to "
    "whatever was applied for before 27 August 2009; it is not encoded."
)
"""What applied before the act (its Art. 27); the first day is that of the Union's own account of the act."""
ANNEXES = Evidence(
    EvidenceLevel.TEXT,
    "02009R0428-20201215",
    dt.date(2026, 11, 25),
    "Annexes IIa to IIg, whole. Read in a public copy.",
)
"""How the general authorisations are known."""

# Article 2(1) - dual-use items
dual_use_doubt = chapter.interpretation(
    "dual-use-428-2009",
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

# Article 2(2) - export; electronic transmission included
export = Term("export", REGULATION["Art. 2(2)"], common.sends_out())

# Article 2(2)(iii) - making software available
hosted_service_doubt = chapter.interpretation(
    "hosted-service-428-2009",
    REGULATION["Art. 2(2)(iii)"],
    "Does a hosted service that is used from outside the Union count as making software available "
    "electronically?",
    readings={
        "service": "No: a service as such is not the export of an item.",
        "made_available": "Yes: software is made available electronically.",
    },
    within={"service": "made_available"},
    default="service",
    reason="Only what is transmitted counts as an item; how far that covers services is unsettled.",
    checked=EvidenceLevel.INFERRED,
)
hosted = common.to_third_country("hosted_service")
made_available = hosted_service_doubt.is_read_as("made_available") & hosted
export_or_made_available = export | made_available

# Articles 2(5) and 2(6) - brokering services, and who is a broker
brokering = Term(
    "service of a broker that is established in the Union",
    REGULATION["Art. 2(5)-(6)"],
    common.to_third_country("brokering") & common.in_union(Exporter.established_in),
    note="Or resident there, if a person. Transport, financial services, insurance and advertising alone "
    "are no brokering.",
    checked=Evidence(
        EvidenceLevel.TEXT,
        "02009R0428-20211007",
        dt.date(2026, 12, 2),
        "Article 2, points 1 to 13. Read in a public copy.",
    ),
)

# Article 2(7) - transit
transit = Term(
    "transit of non-Community items", REGULATION["Art. 2(7)"], common.to_third_country("transit")
)

# Articles 3(1) and 4 - listed and unlisted
listed = common.listed(REGULATION["Annex I"])
_dual_use = dual_use_doubt.choose(presupposed=TRUE, tested=Item.dual_use)
unlisted = Term("unlisted dual-use item", REGULATION["Art. 4(1)"], ~listed & _dual_use)
dual_use_item = Term("dual-use item, listed or not", REGULATION["Art. 2(1)"], listed | _dual_use)

# Article 7 - services and technology that move with a person
moves_with_person = Term(
    "supply by a person crossing the border",
    REGULATION["Art. 7"],
    Transaction.by_person_crossing_border & Item.form.is_in("service", "technology"),
)

# Article 4(3) - parts of military items that left the exporter's own state
from_own_state = Term(
    "military items exported from the exporter's own Member State",
    REGULATION["Art. 4(3)"],
    ~Eu.parts_for_another_state,
)

ACT = common.Act(
    "eu-428-2009",
    embargo=REGULATION["Art. 4(2)"],
    catch_all=REGULATION["Art. 4"],
    section_i=REGULATION["Annex IIg"],
    annex_iv=REGULATION["Annex IV"],
    parts=from_own_state,
)
chapter.add(*ACT.doubts.values())
