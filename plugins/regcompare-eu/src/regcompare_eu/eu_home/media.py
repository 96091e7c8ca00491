"""Media Freedom Act, Article 4: surveillance of journalists, and spyware against them."""

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
    all_of,
)
from regcompare_eu.facts import MEMBER_STATE
from regcompare_eu.home_use import HomeUse

from .sources import MEDIA_ACT, MEDIA_APPLIES

chapter = Chapter()

APPLIES = Period(MEDIA_APPLIES)

security_doubt = chapter.interpretation(
    "media-and-national-security",
    MEDIA_ACT["Art. 4(3) and (9)"],
    "Does the article bind a service that acts for national security alone?",
    readings={
        "binds": "Yes: it makes no exception for national security.",
        "outside": "No: national security is the responsibility of each Member State.",
    },
    within={"outside": "binds"},
    default="binds",
    reason="The article names its exceptions, and national security is not among them. Its last paragraph "
    "only says that the responsibilities of the Member States under the Treaties are respected, which the "
    "other reading takes for an exception.",
)
on_media = all_of(
    EndUser.acts_for_state,
    HomeUse.targets_media,
    security_doubt.is_read_as("binds") | ~HomeUse.only_national_security,
)
spyware_on_media = Term(
    "intrusive surveillance software on devices of journalists or people who may know their sources",
    MEDIA_ACT["Arts 2(20) and 4(3)(c)"],
    on_media & Item.technology.is_in("intrusion_platform", "intrusion_software"),
)
watching_media = Term(
    "surveillance of journalists or people who may know their sources, to learn of these",
    MEDIA_ACT["Art. 4(3)(b)"],
    on_media
    & HomeUse.seeks_sources
    & (Item.designed_to_monitor_people | Item.technology.is_in("digital_forensics"))
    & ~Item.technology.is_in("intrusion_platform", "intrusion_software"),
    note="Inspecting their devices is named beside intercepting and watching.",
)
spyware_excepted = Term(
    "spyware within the derogation",
    MEDIA_ACT["Art. 4(5)"],
    HomeUse.media_grounds & HomeUse.media_serious_crime & ~HomeUse.milder_measure,
)

watching_ban = chapter.rule(
    MEDIA_ACT["Art. 4(3)(b)"],
    "A Member State may not intercept, inspect or watch journalists, or people who may know their sources, "
    "to learn of sources or confidential communications, unless law provides for it, the Charter allows it, "
    "and an overriding reason justifies it case by case.",
    when=watching_media & ~HomeUse.media_grounds,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="media-4-3-b",
)
watching_authorisation = chapter.rule(
    MEDIA_ACT["Art. 4(4)"],
    "Within the derogation, such a measure needs prior authorisation by a court or an independent and "
    "impartial authority; in exceptional urgency, authorisation must follow without undue delay.",
    when=watching_media & HomeUse.media_grounds,
    period=APPLIES,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    id="media-4-4",
)
spyware_ban = chapter.rule(
    MEDIA_ACT["Art. 4(3)(c)"],
    "A Member State may not deploy spyware on devices of journalists, or of people who may know their "
    "sources, unless law provides for it, the Charter allows it, an overriding reason justifies it, one of "
    "these people is investigated for a serious crime, and no milder measure is sufficient.",
    when=spyware_on_media & ~spyware_excepted,
    period=APPLIES,
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="media-4-3-c",
)
spyware_authorisation = chapter.rule(
    MEDIA_ACT["Art. 4(5)"],
    "Within the derogation, spyware needs prior authorisation by a court or an independent and impartial "
    "authority; in exceptional urgency, authorisation must follow without undue delay.",
    when=spyware_on_media & spyware_excepted,
    period=APPLIES,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.ACT,
    id="media-4-5",
)
chapter.duty(
    MEDIA_ACT["Art. 4(6)"],
    "A court or an independent and impartial authority must regularly review whether the conditions that "
    "justify the measure are still met.",
    kind=DutyKind.REVIEW,
    addressee=MEMBER_STATE,
    strength=Strength.MUST,
    when=watching_media | spyware_on_media,
    period=APPLIES,
    id="media-4-6",
)
