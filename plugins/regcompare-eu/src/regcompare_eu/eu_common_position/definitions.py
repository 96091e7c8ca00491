"""The text, its reach to dual-use items (Article 6), and the application that it presupposes."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Chapter,
    EndUse,
    EndUser,
    Evidence,
    EvidenceLevel,
    Instrument,
    Term,
)
from regcompare.logic.conditions import questions
from regcompare_eu.common import listed
from regcompare_eu.eu_428_2009 import EU_428_2009
from regcompare_eu.eu_428_2009.definitions import ACT as ACT_2009
from regcompare_eu.eu_2021_821 import EU_2021_821
from regcompare_eu.eu_2021_821.definitions import ACT as ACT_2021
from regcompare_eu.facts import Eu
from regcompare_eu.licensing import licence_needed_under

chapter = Chapter()

COMMON_POSITION = Instrument(
    "CP 2008/944/CFSP",
    "Council Common Position 2008/944/CFSP of 8 December 2008 defining common rules governing control of "
    "exports of military technology and equipment",
    "OJ L 335, 13.12.2008, p. 99, amended by Decision (CFSP) 2019/1560 of 16.9.2019 and Decision (CFSP) "
    "2025/779 of 14.4.2025",
    "32008E0944",
    states=(dt.date(2019, 9, 17),),
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "EUR-Lex, consolidated text of 17 September 2019, Article 1 and the opening of Article 2(1); answers by "
        "the United Kingdom government (HL Deb 22.10.1998 c181WA), a table of criteria in HC 541 of 1998-99, "
        "and Parliament's summary",
        dt.date(2026, 11, 28),
        "Criterion two and Article 6 themselves were not read. The table quotes criterion two of the code of "
        "conduct of 1998, which has the same test of a clear risk; a blog of February 2024 quotes "
        "point (c) as of 17 September 2019.",
    ),
)

# Article 6 - whose use, and how far the criteria bind for dual-use items

bodies_doubt = chapter.interpretation(
    "common-position-bodies",
    COMMON_POSITION["Art. 6"],
    "Which end users are armed forces, internal security forces or similar bodies?",
    readings={
        "forces": "The military and the police.",
        "services": "Intelligence services as well.",
        "state": "Every body that acts for the state.",
    },
    within={"forces": "services", "services": "state"},
    default="services",
    reason="Accounts speak of armed or internal security forces and similar bodies; a domestic "
    "surveillance service is one, a telecommunications operator hardly.",
    checked=EvidenceLevel.INFERRED,
)
reach_doubt = chapter.interpretation(
    "common-position-reach",
    COMMON_POSITION["Art. 6"],
    "Are the criteria binding for listed dual-use items, or are they only taken into account?",
    readings={
        "bind": (
            "They are binding, as for arms: where criterion one or two says so, the licence is denied."
        ),
        "consider": (
            "The dual-use regulation alone governs; it only requires the criteria to be taken into "
            "account."
        ),
    },
    within={"consider": "bind"},
    default="open",
    reason="Article 6 was not read. A government that applied the criteria assessed listed dual-use items "
    "against them; the second recital of Regulation 2021/821, which was read, has human rights and the "
    "Common Position among what authorities should consider.",
    checked=EvidenceLevel.UNREAD,
)
embargo_doubt = chapter.interpretation(
    "common-position-embargo",
    COMMON_POSITION["Art. 2(1)"],
    "Is a licence for a dual-use item inconsistent with an arms embargo on the country of destination?",
    readings={
        "arms": "No: an arms embargo is about arms alone.",
        "military": "Yes, where the item is for the military or for military use.",
        "forces": "Yes, wherever it is for armed or internal security forces there.",
    },
    within={"arms": "military", "military": "forces"},
    default="open",
    reason="Of criterion one only the opening was read, which names arms embargoes among the obligations with "
    "which a licence must be consistent. The dual-use regulation asks for a licence for military use under an "
    "embargo, and does not forbid it.",
    checked=EvidenceLevel.UNREAD,
)
repression_doubt = chapter.interpretation(
    "common-position-repression",
    COMMON_POSITION["Art. 2(2)(a)"],
    "Are serious violations of human rights of other kinds internal repression?",
    readings={
        "included": "Yes: major violations of human rights are internal repression.",
        "apart": "No: only repression in the narrower sense of the word.",
    },
    within={"apart": "included"},
    default="open",
    reason="The definition of internal repression in criterion two was not read.",
    checked=EvidenceLevel.UNREAD,
)

forces = Term(
    "armed forces, internal security forces or similar bodies",
    COMMON_POSITION["Art. 6"],
    bodies_doubt.choose(
        forces=EndUser.kind.is_in("military", "law_enforcement"),
        services=EndUser.kind.is_in("military", "law_enforcement", "intelligence"),
        state=EndUser.acts_for_state,
    )
    | Eu.forces_believed,
    note="Stated as the end user, or believed to be on serious grounds.",
)

# Article 1 - an application, which there is none where a general authorisation covers the export

SWITCH = dt.date(2021, 9, 9)
"""The day from which Regulation 2021/821 governs applications."""

_under_428 = licence_needed_under(EU_428_2009, "art-3-1", "art-5-1-informed")
_under_821 = licence_needed_under(EU_2021_821, "art-3-1", "art-6-1")
application = Term(
    "application for a licence under the dual-use act",
    COMMON_POSITION["Art. 1"],
    _under_428,
    note=(
        "Where a general authorisation covers the export, nobody applies for a licence and none is "
        "refused."
    ),
)
application = chapter.amend(application, since=SWITCH, condition=_under_821)
under_embargo = Term(
    "country of destination under an arms embargo",
    COMMON_POSITION["Art. 2(1)"],
    ACT_2009.destination_embargoed,
    note="As the dual-use act of the day reads the same words.",
)
under_embargo = chapter.amend(under_embargo, since=SWITCH, condition=ACT_2021.destination_embargoed)
_asked = questions([application, under_embargo])
for act in (EU_428_2009, EU_2021_821):
    chapter.add(*(doubt for doubt in act.provisions.interpretations if doubt.key in _asked))

reached = Term(
    "listed dual-use item for armed or internal security forces",
    COMMON_POSITION["Art. 6"],
    reach_doubt.is_read_as("bind") & listed(COMMON_POSITION["Art. 6"]) & forces & application,
)

_MORE_THAN_A_RISK = "Grounds to determine that they would be used in this way amount to a clear risk."
_LOOKS_AHEAD = (
    "The risk is that the items might be used so, and what forces of this kind are known to do in that "
    "country shows it; a report on the country alone does not speak of this user. The text does not say "
    "how near a report must come."
)
clear_risk = Term(
    "clear risk of internal repression",
    COMMON_POSITION["Art. 2(2)(a)"],
    chapter.shown_by_reports(
        "common-position-reports",
        COMMON_POSITION["Art. 2(2)(a)"],
        "Which earlier reports show a clear risk of use for internal repression?",
        finding=Eu.clear_risk_repression,
        of=("repression", "serious_violations"),
        default="kind_of_user",
        reason=_LOOKS_AHEAD,
        checked=EvidenceLevel.INFERRED,
    )
    | EndUse.concerns.includes_any("internal_repression")
    | (repression_doubt.is_read_as("included") & EndUse.concerns.includes_any("human_rights_violation")),
    note=_MORE_THAN_A_RISK,
)
clear_risk_ihl = Term(
    "clear risk of serious violations of humanitarian law",
    COMMON_POSITION["Art. 2(2)(c)"],
    chapter.shown_by_reports(
        "common-position-reports-ihl",
        COMMON_POSITION["Art. 2(2)(c)"],
        "Which earlier reports show a clear risk of serious violations of humanitarian law?",
        finding=Eu.clear_risk_ihl,
        of=("humanitarian_law",),
        default="kind_of_user",
        reason=_LOOKS_AHEAD,
        checked=EvidenceLevel.INFERRED,
    )
    | EndUse.concerns.includes_any("ihl_violation"),
    note=_MORE_THAN_A_RISK,
)
