"""Article 2: the criteria on which a licence is denied, as far as they can be read from a scenario."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    Chapter,
    Checked,
    EndUse,
    Outcome,
    Period,
    Review,
    Standard,
    Trigger,
    Weighing,
)
from regcompare_eu import plain

from .definitions import COMMON_POSITION, clear_risk, clear_risk_ihl, reached

chapter = Chapter()

SINCE_2025 = dt.date(2025, 4, 15)
"""The day after Decision (CFSP) 2025/779, which was not read, was adopted."""

UNTIL_2025 = Period(None, SINCE_2025)

criterion_one = chapter.rule(
    COMMON_POSITION["Art. 2(1)"],
    "Under criterion one, a licence must be denied if granting it would be inconsistent with "
    "international obligations, such as those on weapons of mass destruction.",
    plain=plain.OBLIGATIONS,
    when=reached & EndUse.concerns.includes_any("wmd"),
    period=UNTIL_2025,
    then=Outcome.REFUSAL,
    states=(
        "the authority, if it finds that a licence would be inconsistent with international obligations"
    ),
    triggered_by=Trigger.FINDING,
    id="criterion-one",
    fires="police-weapons under common-position-reach=bind",
    misses="police-no-clear-risk under common-position-reach=bind",
)
criterion_two = chapter.rule(
    COMMON_POSITION["Art. 2(2)(a)"],
    "Under criterion two, a licence must be denied if there is a clear risk that the items might be "
    "used for internal repression.",
    plain=plain.CLEAR_RISK_OF_REPRESSION,
    when=reached & clear_risk,
    period=UNTIL_2025,
    then=Outcome.REFUSAL,
    review=Review(Weighing.REFUSE, Standard.CLEAR_RISK, "use for internal repression"),
    triggered_by=Trigger.FINDING,
    id="criterion-two",
    fires="police-clear-risk under common-position-reach=bind",
    misses="police-no-clear-risk under common-position-reach=bind",
)
criterion_two_c = chapter.rule(
    COMMON_POSITION["Art. 2(2)(c)"],
    "Under criterion two, a licence must be denied if there is a clear risk that the items might be "
    "used to commit serious violations of international humanitarian law.",
    plain=plain.CLEAR_RISK_IN_WAR,
    when=reached & clear_risk_ihl,
    period=UNTIL_2025,
    then=Outcome.REFUSAL,
    review=Review(
        Weighing.REFUSE, Standard.CLEAR_RISK, "serious violations of international humanitarian law"
    ),
    triggered_by=Trigger.FINDING,
    id="criterion-two-c",
    fires="army-humanitarian-law under common-position-reach=bind",
    misses="army-no-humanitarian-law",
)
as_amended = chapter.rule(
    COMMON_POSITION["Art. 2 as amended by Decision (CFSP) 2025/779"],
    "A licence must be denied on the criteria as they are since April 2025.",
    plain=plain.CRITERIA_UNREAD,
    when=reached,
    period=Period(SINCE_2025),
    then=Outcome.REFUSAL,
    states="the authority, on what the amended criteria require",
    triggered_by=Trigger.FINDING,
    checked=Checked.UNREAD,
    id="criteria-2025",
    fires="police-2025 under common-position-reach=bind",
    misses="company-2025 under common-position-reach=bind",
)
