"""Foreign-security end users and facial recognition, as proposed."""

from __future__ import annotations

import datetime as dt

import attrs

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Checked,
    Destination,
    EndUser,
    Evidence,
    Instrument,
    Item,
    Outcome,
    Term,
    Trigger,
)
from regcompare_world.facts import Us
from regcompare_world.tables import US_COUNTRIES
from regcompare_world.us_ear.control_list import crime_control, sends_out, surreptitious
from regcompare_world.us_ear.review import CRIME_CONTROL_REVIEW

chapter = Chapter()

PROPOSED_RULE = Instrument(
    "89 FR 60998",
    "Export Administration Regulations: Crime Controls and Expansion/Update of U.S. Persons Controls, "
    "proposed rule of 29 July 2024",
    "89 FR 60998, FR Doc. 2024-16498, RIN 0694-AI35",
    address="https://www.federalregister.gov/citation/89-FR-60998",
    checked=Evidence(
        Checked.SECONDARY,
        "Summary of the proposed rule, and notes of law firms and a trade paper of July and August 2024",
        dt.date(2026, 11, 26),
        "The proposed amendments themselves were not read; what became of them was not found.",
    ),
)

listed = Term(
    "item on the Commerce Control List",
    PROPOSED_RULE["proposed § 744.25"],
    Item.annex_i_entry.includes_any("*") | crime_control | surreptitious,
)
security_end_user = Term(
    "foreign-security end user",
    PROPOSED_RULE["proposed § 744.25"],
    EndUser.kind.is_in("law_enforcement", "intelligence")
    & US_COUNTRIES.where(list="arms_embargoed").names(EndUser.country, LAW_DATE),
    note="Police and security agencies, according to the authority's own summary; the definition was not read.",
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
    & ~US_COUNTRIES.where(list="group_a_1").names(Destination.country, LAW_DATE),
    then=Outcome.AUTHORISATION,
    review=attrs.evolve(CRIME_CONTROL_REVIEW[-1], checked=Checked.INFERRED),
    triggered_by=Trigger.CLASSIFICATION,
    checked=Evidence(
        Checked.UNREAD,
        "Note of a law firm, July 2024",
        dt.date(2026, 11, 26),
        "Which allies are free was not read; Country Group A:1 is taken.",
    ),
    id="face-entries",
    fires="faces-abroad",
    misses="faces-to-germany",
)

chapter.not_encoded(
    PROPOSED_RULE["proposed § 744.6"],
    "A licence for support that persons of the United States give to foreign-security end users.",
    "Support outside an export is no kind of transaction here, and the text was not read.",
)
chapter.not_encoded(
    PROPOSED_RULE["proposed § 744.25, review of applications"],
    "How applications for foreign-security end users would be reviewed.",
    "The text was not read.",
)
chapter.not_encoded(
    PROPOSED_RULE["89 FR 60985"],
    "The rule proposed on the same day on military and intelligence end users.",
    "It is another proposal.",
)
