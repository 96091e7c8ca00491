"""AI Act, Articles 26 and 27 with Annex III: what the user of a high-risk system must do, from 2 December 2027."""

from __future__ import annotations

from regcompare.authoring import (
    Chapter,
    DutyKind,
    EndUser,
    Item,
    Outcome,
    Period,
    Strength,
    Term,
    Trigger,
    any_of,
)
from regcompare_eu.home_use import DEPLOYER, HomeUse

from .definitions import (
    ai_act_applies,
    infers_traits,
    later_identification,
    live_identification,
    reads_emotions,
)
from .sources import AI_ACT, AI_OMNIBUS, HIGH_RISK_APPLIES

chapter = Chapter()

APPLIES = Period(HIGH_RISK_APPLIES)

POSTPONED = AI_OMNIBUS["the dates in Art. 113 of Reg. (EU) 2024/1689"]
ARTICLE_26_10 = AI_ACT["Art. 26(10)"].amended_by(POSTPONED)

later_police_use = Term(
    "post-remote biometric identification for law enforcement",
    ARTICLE_26_10,
    ai_act_applies & later_identification & HomeUse.law_enforcement,
)
later_authorisation = chapter.rule(
    ARTICLE_26_10,
    "To search recordings by biometric data for a person suspected or convicted of an offence, the police "
    "must request authorisation by a court, or by an authority that a court can review, beforehand or "
    "within 48 hours, unless a possible suspect is identified for the first time from facts tied to the offence.",
    when=later_police_use & HomeUse.targeted_search & ~HomeUse.initial_identification,
    period=APPLIES,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    fires="wanted-man-on-recordings as of 2027-12-02",
    misses="wanted-man-on-recordings",
)
untargeted = chapter.rule(
    ARTICLE_26_10,
    "The police may not search recordings by biometric data in an untargeted way, without a link to an "
    "offence, a criminal proceeding, a genuine threat of an offence or a missing person.",
    when=later_police_use & ~HomeUse.linked_to_offence,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="art-26-10-untargeted",
    fires="recordings-without-a-case as of 2027-12-02",
    misses="recordings-without-a-case",
)

# Annex III, points 1 and 6 - systems of high risk, and the duties of those who use them

high_risk_biometrics = Term(
    "high-risk biometric system",
    AI_ACT["Annex III, point 1"],
    ai_act_applies
    & any_of(
        live_identification,
        later_identification,
        infers_traits,
        Item.infers_ethnicity,
        reads_emotions,
    ),
    note="In so far as the use is permitted at all. Verification of one person is not included.",
)
police_prediction = Term(
    "high-risk system that assesses or profiles people for the police",
    AI_ACT["Annex III, point 6(d) and (e)"],
    ai_act_applies
    & HomeUse.law_enforcement
    & (Item.technology.is_in("predictive_policing") | HomeUse.predicts_crime),
    note="In so far as the use is permitted at all.",
)
high_risk = Term(
    "high-risk system", AI_ACT["Art. 6(2) and Annex III"], high_risk_biometrics | police_prediction
)
chapter.duty(
    ARTICLE_26_10,
    "Each use on recordings, whoever makes it, must be documented in the police file, shown to the "
    "authorities on request, and reported to them every year.",
    kind=DutyKind.RECORDS,
    addressee=DEPLOYER,
    strength=Strength.MUST,
    when=ai_act_applies & later_identification,
    period=APPLIES,
    id="art-26-10-records",
)
chapter.duty(
    AI_ACT["Art. 26(6)"],
    "Whoever uses a high-risk system must keep the logs under its control for at least six months, unless "
    "other law says otherwise.",
    kind=DutyKind.RECORDS,
    addressee=DEPLOYER,
    strength=Strength.MUST,
    when=high_risk,
    period=APPLIES,
)
chapter.duty(
    AI_ACT["Art. 26(8)"],
    "A public authority must register its use, and may not use a high-risk system that is not registered.",
    kind=DutyKind.NOTIFICATION,
    addressee=DEPLOYER,
    strength=Strength.MUST,
    when=high_risk & EndUser.acts_for_state,
    period=APPLIES,
)
chapter.duty(
    AI_ACT["Art. 27(1)"],
    "A public body must assess the impact on fundamental rights before it first uses a high-risk system.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=DEPLOYER,
    strength=Strength.MUST,
    when=high_risk & EndUser.acts_for_state,
    period=APPLIES,
)
