"""Data protection: a use by the police needs a law behind it, and identifying people needs more."""

from __future__ import annotations

from regcompare.authoring import Chapter, EndUse, Outcome, Period, Trigger
from regcompare_eu.home_use import HomeUse

from .definitions import handles_personal_data, sensitive_data, within_union_law
from .sources import DATA_APPLIES, DATA_PROTECTION, POLICE_DATA, POLICE_DATA_APPLIES

chapter = Chapter()

POLICE_APPLIES = Period(POLICE_DATA_APPLIES)

no_law = chapter.rule(
    POLICE_DATA["Art. 8(1)"],
    "The police may process personal data only where that is necessary for their task and based on the law "
    "of the Union or of the Member State.",
    when=handles_personal_data & within_union_law & HomeUse.law_enforcement & ~HomeUse.authorised_by_law,
    period=POLICE_APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="police-data-8",
)
police_biometrics = chapter.rule(
    POLICE_DATA["Art. 10"],
    "The police may process biometric data to identify a person, or data that reveal racial or ethnic "
    "origin, opinions or beliefs, only where strictly necessary, with safeguards, and where law authorises "
    "it, vital interests require it, or the person plainly made the data public.",
    when=handles_personal_data
    & sensitive_data
    & within_union_law
    & HomeUse.law_enforcement
    & ~(HomeUse.strictly_necessary & (HomeUse.authorised_by_law | HomeUse.vital_or_public)),
    period=POLICE_APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="police-data-10",
)
other_biometrics = chapter.rule(
    DATA_PROTECTION["Art. 9(1)"],
    "Outside law enforcement, nobody may process biometric data to identify a person, or data that reveal "
    "racial or ethnic origin, opinions or beliefs, without explicit consent or another exception.",
    when=handles_personal_data
    & sensitive_data
    & within_union_law
    & ~HomeUse.law_enforcement
    & ~EndUse.consent
    & ~HomeUse.data_exception,
    period=Period(DATA_APPLIES),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="data-protection-9",
)
