"""Article 2: the criteria on which a licence is denied, as far as they can be read from a scenario."""

from __future__ import annotations

import datetime as dt

from regcompare.authoring import (
    TRUE,
    Addressee,
    Chapter,
    DutyKind,
    EndUse,
    EndUser,
    EvidenceLevel,
    LicensingPolicy,
    Outcome,
    Period,
    Review,
    Standard,
    Strength,
    Trigger,
)
from regcompare.logic.conditions import FALSE
from regcompare_eu import plain

from .definitions import (
    COMMON_POSITION,
    clear_risk,
    clear_risk_ihl,
    embargo_doubt,
    reached,
    under_embargo,
)

chapter = Chapter()

SINCE_2025 = dt.date(2025, 4, 15)
"""The day after Decision (CFSP) 2025/779, which was not read, was adopted."""

UNTIL_2025 = Period(None, SINCE_2025)

criterion_one_embargo = chapter.rule(
    COMMON_POSITION["Art. 2(1)"],
    "Under criterion one, a licence must be denied if granting it would be inconsistent with an arms embargo "
    "on the country of destination.",
    plain=plain.ARMS_EMBARGO,
    when=reached
    & under_embargo
    & embargo_doubt.choose(
        arms=FALSE,
        military=EndUser.kind.is_in("military") | EndUse.concerns.includes_any("military_end_use"),
        forces=TRUE,
    ),
    period=UNTIL_2025,
    then=Outcome.REFUSAL,
    states="the authority, if it finds that a licence would be inconsistent with an arms embargo",
    triggered_by=Trigger.FINDING,
    id="criterion-one-embargo",
    fires="army-embargo under common-position-reach=bind common-position-embargo=military",
    misses="army-no-embargo under common-position-reach=bind common-position-embargo=military",
)
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
    review=Review(LicensingPolicy.REFUSE, Standard.CLEAR_RISK, "use for internal repression"),
    triggered_by=Trigger.FINDING,
    id="criterion-two",
    fires="police-clear-risk under common-position-reach=bind",
    misses="police-no-clear-risk under common-position-reach=bind",
)
criterion_two_b = chapter.duty(
    COMMON_POSITION["Art. 2(2)(b)"],
    "Under criterion two, the authority must exercise special caution where bodies of the United Nations, the "
    "Union or the Council of Europe have established serious violations of human rights in the country.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=reached,
    period=UNTIL_2025,
    checked=EvidenceLevel.UNREAD,
    id="criterion-two-b",
    note="Accounts distinguish this caution from denial; no case states what such bodies have established.",
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
        LicensingPolicy.REFUSE,
        Standard.CLEAR_RISK,
        "serious violations of international humanitarian law",
    ),
    triggered_by=Trigger.FINDING,
    id="criterion-two-c",
    fires="army-humanitarian-law under common-position-reach=bind",
    misses="army-no-humanitarian-law",
)
criterion_seven = chapter.duty(
    COMMON_POSITION["Art. 2(7)"],
    "Under criterion seven, the authority must consider the risk that the items are diverted within the country "
    "or exported again.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST_CONSIDER,
    when=reached,
    period=UNTIL_2025,
    id="criterion-seven",
    note="The European Parliament says that criteria one to four oblige to refuse and five to eight to consider "
    "a refusal; what criterion seven names is known from a table of 1998.",
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
    checked=EvidenceLevel.UNREAD,
    id="criteria-2025",
    fires="police-2025 under common-position-reach=bind",
    misses="company-2025 under common-position-reach=bind",
)
