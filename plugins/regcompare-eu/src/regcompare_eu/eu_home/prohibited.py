"""AI Act, Article 5: the practices that are prohibited, and the one that a court may authorise."""

from __future__ import annotations

from regcompare.authoring import (
    Addressee,
    Chapter,
    DutyKind,
    Outcome,
    Period,
    Strength,
    Term,
    Trigger,
)
from regcompare_eu.facts import COMMISSION, MEMBER_STATE
from regcompare_eu.home_use import DEPLOYER, HomeUse

from .definitions import ai_act_applies, infers_traits, live_identification, reads_emotions
from .sources import AI_ACT, PROHIBITIONS_APPLY

chapter = Chapter()

APPLIES = Period(PROHIBITIONS_APPLY)

social_scoring = chapter.rule(
    AI_ACT["Art. 5(1)(c)"],
    "People may not be scored over time by their behaviour or traits where the score leads to worse "
    "treatment in an unrelated context, or to treatment that is unjustified or disproportionate.",
    when=ai_act_applies & HomeUse.score_effects.includes_any("unrelated_context", "disproportionate"),
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
predicting_crime = chapter.rule(
    AI_ACT["Art. 5(1)(d)"],
    "No system may predict from profiling or from personality traits alone that a person will commit an "
    "offence; one that supports a human assessment based on facts tied to a crime is not covered.",
    when=ai_act_applies & HomeUse.predicts_crime & ~HomeUse.supports_assessment,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
scraping_faces = chapter.rule(
    AI_ACT["Art. 5(1)(e)"],
    "No system may create or expand a database for facial recognition by untargeted scraping of faces "
    "from the internet or from camera footage.",
    when=ai_act_applies & HomeUse.scraped_faces,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
emotions_at_work = chapter.rule(
    AI_ACT["Art. 5(1)(f)"],
    "No system may infer emotions at the workplace or in education institutions, except for medical or "
    "safety reasons.",
    when=ai_act_applies & reads_emotions & HomeUse.work_or_education & ~HomeUse.medical_or_safety,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)

# Article 5(1)(g) - sorting people by sensitive traits

exception_doubt = chapter.interpretation(
    "categorising-by-police",
    AI_ACT["Art. 5(1)(g)"],
    "How far does the exception for categorising biometric data in law enforcement go?",
    readings={
        "datasets": "It covers the labelling or filtering of lawfully acquired datasets, also by the police.",
        "police": "It covers any categorising of biometric data for law enforcement.",
    },
    within={"datasets": "police"},
    default="datasets",
    reason="Recital 30 speaks of lawful labelling, filtering or categorising of datasets, such as sorting "
    "images by hair colour; read widely, the exception would exempt the user against whom the ban "
    "matters most.",
)
categorising = chapter.rule(
    AI_ACT["Art. 5(1)(g)"],
    "No system may sort individual people by their biometric data to infer race, political opinions, "
    "trade union membership, beliefs, sex life or sexual orientation; the labelling or filtering of "
    "lawfully acquired biometric datasets, or the categorising of biometric data in law enforcement, is "
    "not covered.",
    when=ai_act_applies
    & infers_traits
    & ~HomeUse.lawful_dataset
    & ~(exception_doubt.is_read_as("police") & HomeUse.law_enforcement),
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    note="Whether the last words stand alone or belong to the labelling and filtering of datasets is doubtful.",
)

# Article 5(1)(h) and (2) to (7) - real-time remote biometric identification by the police

live_police_use = Term(
    "real-time remote biometric identification in publicly accessible places for law enforcement",
    AI_ACT["Art. 5(1)(h)"],
    ai_act_applies & live_identification & HomeUse.publicly_accessible & HomeUse.law_enforcement,
)
excepted = Term(
    "use strictly necessary for an excepted objective",
    AI_ACT["Art. 5(1)(h)(i) to (iii)"],
    HomeUse.objectives.includes_any("victims", "imminent_threat", "serious_suspect"),
)
national_rules = chapter.discretion(
    AI_ACT["Art. 5(5)"],
    "Has the Member State provided by law for real-time identification for this objective?",
    who=MEMBER_STATE,
    id="art-5-5-live-identification",
)
live_ban = chapter.rule(
    AI_ACT["Art. 5(1)(h)"],
    "The police may not identify people in real time by biometric data in places that the public can "
    "enter, unless it is strictly necessary to search for certain victims or missing people, to prevent "
    "an imminent threat to life or safety or a terrorist attack, or to find a suspect of a serious "
    "offence.",
    when=live_police_use & ~excepted,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
)
no_national_law = chapter.rule(
    AI_ACT["Art. 5(5)"],
    "Even for an excepted objective, real-time identification is allowed only where the Member State has "
    "provided for it by law.",
    when=live_police_use & excepted & ~national_rules,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
)
live_authorisation = chapter.rule(
    AI_ACT["Art. 5(3)"],
    "For an excepted objective, each use needs prior authorisation by a court or by an independent "
    "authority whose decision is binding; in urgency, it must be requested within 24 hours.",
    when=live_police_use & excepted & national_rules,
    period=APPLIES,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
)
chapter.duty(
    AI_ACT["Art. 5(2)"],
    "Before a real-time system is authorised, the police must complete a fundamental rights impact "
    "assessment and register the system; in urgency, registration may follow without undue delay.",
    kind=DutyKind.RIGHTS_ASSESSMENT,
    addressee=DEPLOYER,
    strength=Strength.MUST,
    when=live_police_use & excepted,
    period=APPLIES,
)
chapter.duty(
    AI_ACT["Art. 5(3)"],
    "The authority grants it only if satisfied that the use is necessary and proportionate, and limited in "
    "time, place and persons; a rejection ends the use, and its data are deleted.",
    kind=DutyKind.CRITERIA,
    addressee=Addressee.AUTHORITY,
    strength=Strength.MUST,
    when=live_police_use & excepted,
    period=APPLIES,
    id="art-5-3-criteria",
)
chapter.duty(
    AI_ACT["Art. 5(4)"],
    "Each real-time use must be notified to the market surveillance and the data protection authority.",
    kind=DutyKind.NOTIFICATION,
    addressee=DEPLOYER,
    strength=Strength.MUST,
    when=live_police_use & excepted,
    period=APPLIES,
)
chapter.duty(
    AI_ACT["Art. 5(7)"],
    "The Commission must publish annual reports on real-time use by the police, on aggregated data.",
    kind=DutyKind.PUBLICATION,
    addressee=COMMISSION,
    strength=Strength.MUST,
    period=APPLIES,
    deadline="yearly",
)
