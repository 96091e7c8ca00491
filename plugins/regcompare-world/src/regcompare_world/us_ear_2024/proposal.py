"""Foreign-security end users and facial recognition, as proposed."""

from __future__ import annotations

import datetime as dt

import attrs

from regcompare.authoring import (
    Chapter,
    Destination,
    EndUser,
    Evidence,
    EvidenceLevel,
    Instrument,
    Item,
    Outcome,
    Term,
    Trigger,
)
from regcompare_world.facts import Us
from regcompare_world.us_ear.control_list import listed, marked, sends_out
from regcompare_world.us_ear.exceptions import in_group
from regcompare_world.us_ear.review import CRIME_CONTROL_REVIEW

chapter = Chapter()

_READ = dt.date(2026, 11, 28)
PROPOSED_RULE = Instrument(
    "89 FR 60998",
    "Export Administration Regulations: Crime Controls and Expansion/Update of U.S. Persons Controls, "
    "proposed rule of 29 July 2024",
    "89 FR 60998 to 61004, FR Doc. 2024-16498, RIN 0694-AI35, Docket 240712-0191, BIS-2023-0006",
    address="https://frtracker.app/fr/2024-16498",
    checked=Evidence(
        EvidenceLevel.SECONDARY,
        "89 FR 60998: opening and last paragraphs; notes of law firms of July and August 2024",
        _READ,
        "The proposed amendments to parts 736, 744 and 774 were not read.",
    ),
)
SUMMARY = Evidence(
    EvidenceLevel.TEXT,
    "89 FR 60998, summary",
    _READ,
    "That there would be such a control is in the summary; to which items and states is from accounts.",
)
allies = chapter.interpretation(
    "us-2024-allies",
    PROPOSED_RULE["proposed control-list entries"],
    "For which close allies would facial recognition need no licence?",
    readings={
        "group_a_1": "For Country Group A:1.",
        "crime_control_1": "For those that crime control column 1 of the chart does not mark.",
    },
    default="open",
    reason="An account speaks of close allies; the entries were not read, and either list fits.",
    checked=EvidenceLevel.UNREAD,
)
security_end_user = Term(
    "foreign-security end user",
    PROPOSED_RULE["proposed § 744.25"],
    EndUser.kind.is_in("law_enforcement", "intelligence") & in_group(EndUser.country, "d_5"),
    note="Police and security agencies, according to the authority's own summary; the definition, and whether "
    "it takes in prisons and other bodies, was not read. Country Groups E:1 and E:2 lie in D:5.",
)

# Proposed section 744.25 - foreign-security end users
security = chapter.rule(
    PROPOSED_RULE["proposed § 744.25"],
    "Every item on the Commerce Control List would need a licence if it is known to be for a police or "
    "security agency of a state under an American arms embargo.",
    when=sends_out & listed & security_end_user,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.KNOWLEDGE,
    id="744-25",
)

# Proposed entries - facial recognition
faces = chapter.rule(
    PROPOSED_RULE["proposed control-list entries"],
    "Systems specially designed to recognise faces in mass surveillance or crowds would need a licence "
    "for every destination but close allies.",
    when=sends_out
    & Item.technology.is_in("facial_recognition", "video_analytics")
    & Us.scans_crowds
    & allies.choose(
        group_a_1=~in_group(Destination.country, "a_1") & ~Destination.country.is_in("US"),
        crime_control_1=marked("cc_1"),
    ),
    then=Outcome.AUTHORISATION,
    review=attrs.evolve(CRIME_CONTROL_REVIEW[-1], checked=EvidenceLevel.INFERRED),
    triggered_by=Trigger.CLASSIFICATION,
    note="Two controls on facial recognition are in the summary; what they cover, and for whom, is from "
    "accounts. Part 742 is not among the parts amended, so that the entries themselves would say for which "
    "states.",
    id="face-entries",
    fires="faces-abroad",
    misses="faces-to-germany",
)

chapter.left_out(
    PROPOSED_RULE["proposed § 744.6"],
    "A licence for support that persons of the United States give to foreign-security end users.",
    "Support outside an export is no kind of transaction here, and the text was not read.",
)
chapter.left_out(
    PROPOSED_RULE["proposed § 744.25, review of applications"],
    "How applications for foreign-security end users would be reviewed.",
    "The text was not read.",
)
chapter.left_out(
    PROPOSED_RULE["89 FR 60985"],
    "The rule proposed on the same day on military and intelligence end users (FR Doc. 2024-16496, RIN "
    "0694-AJ43, Docket BIS-2024-0029), with § 744.24: on intelligence end users every item would need a "
    "licence, GOV alone would remain, and denial would be presumed for Macau and the states of 22 CFR "
    "126.1(d)(1) but Russia and Belarus, where it would be policy.",
    "It is another proposal; paragraphs (b) to (e) of § 744.24 were read, whom (a) reaches was not.",
)
chapter.left_out(
    PROPOSED_RULE["adoption"],
    "Whether anything of it became law.",
    "Nothing of it was in the control list of 23 July 2026; nothing was found on a withdrawal.",
)
