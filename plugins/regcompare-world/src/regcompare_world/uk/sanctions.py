"""Sanctions regulations: interception and monitoring goods, listed dual-use goods, and services."""

from __future__ import annotations

from regcompare.authoring import (
    LAW_DATE,
    Chapter,
    Condition,
    Destination,
    EndUser,
    Item,
    Outcome,
    Term,
    Transaction,
    Trigger,
    any_of,
)
from regcompare_world.facts import Uk
from regcompare_world.tables import UK_SANCTIONS

from .retained_act import listed, sends_out
from .texts import SANCTIONS

chapter = Chapter()


def sanctioned(reach: str) -> Condition:
    """Returns that an instrument with this reach covers the buyer, the destination or the place of use."""
    places = (Destination.country, Destination.purchaser_country, EndUser.country)
    rows = UK_SANCTIONS.where(reach=reach)
    return any_of(*(rows.names(place, LAW_DATE, "country") for place in places))


dealing = Term(
    "export, supply, technical assistance, finance or brokering",
    SANCTIONS["the bans"],
    sends_out | Transaction.kind.is_in("technical_assistance", "financing", "brokering"),
)
interception_goods = Term(
    "interception and monitoring goods",
    SANCTIONS["the definition of interception and monitoring goods"],
    Uk.interception_function
    & Uk.yields_content
    & ~listed
    & ~(Item.form.is_in("software") & Uk.everyday_goods),
    note="What is in Annex I is no such good, whatever it can do; nor is a thing that takes identifiers only.",
)

interception = chapter.rule(
    SANCTIONS["interception and monitoring goods"],
    "Goods, software and technology with a listed function that may be used to make the content of "
    "communications available to a third person, and that Annex I does not list, may not be supplied, nor "
    "may help, finance or brokering be given for them.",
    when=dealing & interception_goods & sanctioned("interception"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    note="A licence can be granted; the regulations name no ground for one.",
    id="sanctions-interception",
)
forces = chapter.rule(
    SANCTIONS["dual-use goods for security forces"],
    "Items listed in Annex I may not be supplied for military use or to the security forces.",
    when=dealing & listed & sanctioned("forces") & (EndUser.kind.is_in("military", "law_enforcement")),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    note="A licence can be granted; the regulations name no ground for one.",
    id="sanctions-forces",
)
dual_use = chapter.rule(
    SANCTIONS["dual-use goods"],
    "Items listed in Annex I may not be supplied.",
    when=dealing & listed & sanctioned("listed"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    note="A licence can be granted; the regulations name no ground for one.",
    id="sanctions-dual-use",
    fires="listed-interceptor-to-belarus as of 2022-07-05",
    misses="listed-interceptor-to-venezuela as of 2022-07-05",
)
services = chapter.rule(
    SANCTIONS["interception and monitoring services"],
    "Services that make the content of communications available to a third person may not be provided to or "
    "for the government.",
    when=Transaction.kind.is_in("hosted_service", "technical_assistance")
    & Uk.yields_content
    & EndUser.acts_for_state
    & sanctioned("services"),
    then=Outcome.PROHIBITION,
    triggered_by=Trigger.ACT,
    id="sanctions-services",
    fires="interception-service-for-myanmar as of 2021-03-01",
    misses="interception-service-elsewhere as of 2021-03-01",
)
