"""Equipment which might be used for internal repression: bans by country, with derogations.

The lists hold weapons, vehicles and protective gear; night vision and thermal imaging are near to
surveillance, and two lists of the older kind name devices that intercept communications.  One fact asks
whether an item is on such a list, whichever it is; interception devices are recognised by what they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from regcompare.authoring import (
    FACTS_DATE,
    Chapter,
    Condition,
    EvidenceLevel,
    Outcome,
    Term,
    Trigger,
    any_of,
)
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row
from regcompare_eu import plain
from regcompare_eu.facts import Eu
from regcompare_eu.tables import REPRESSION_LIST_DEVICES, REPRESSION_LISTS

from .definitions import (
    RUSSIA,
    cited,
    country_of,
    destined_for,
    help_named,
    intercept_device,
    other_services_doubt,
    russian_parties,
    supply,
)


def _on_list(row: Row) -> Condition:
    """The item is on the list, as a file says or as a device that the list names on the day."""
    named = REPRESSION_LIST_DEVICES.where(act=row["act"])
    devices = named.rows_that(lambda _: intercept_device, FACTS_DATE)
    return (
        any_of(Eu.repression_list_item, devices)
        if named.rows
        else Eu.repression_list_item.__condition__()
    )


def _derogation(row: Row) -> Condition:
    """The cases in which an authorisation is possible, for supply and the assistance that the act names.

    The act on Russia exempts missions and Union operators altogether.
    """
    words = row.words("derogable")
    named = [supply] if row["article"] else []
    by_use = any_of(*named, *([help_named(words)] if words else [])) & Eu.derogation
    return by_use | russian_parties if row["act"] == RUSSIA.name else by_use


def _case(row: Row, case: str) -> str:
    """A case, under the reading on which a row about other services alone depends."""
    is_related = row["assistance"] == "other_services"
    return f"{case} under {other_services_doubt.id}=related" if is_related else case


def _near_miss(row: Row, cases: str) -> str:
    """A case elsewhere; a day earlier where the cases of a row answer questions that others do not."""
    is_apart = row["act"] == RUSSIA.name or row["assistance"] == "other_services"
    return _case(row, f"{row['id']}-{cases}-day-before" if is_apart else f"{cases}-elsewhere")


def _ban(row: Row, listed: Condition) -> Rule:
    name = f"{row['id']}-repression-list"
    return Rule(
        cited(row, "article"),
        f"Equipment listed as usable for internal repression may not be supplied to {country_of(row)}.",
        plain=plain.REPRESSION_LIST,
        when=listed & supply,
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.CLASSIFICATION,
        id=name,
        fires=name,
        misses=_near_miss(row, "repression-list"),
    )


def _assistance_ban(row: Row, listed: Condition) -> Rule:
    """The acts differ: some ban technical assistance and financing only, others brokering as well."""
    words, name = row.words("assistance"), f"{row['id']}-repression-list"
    banned = " and ".join(word.replace("_", " ") for word in words)
    return Rule(
        cited(row, "assistance_article"),
        f"For equipment listed as usable for internal repression, {banned} may not be provided to "
        f"{country_of(row)} or for use there.",
        plain=plain.REPRESSION_LIST,
        when=listed & help_named(words),
        then=Outcome.PROHIBITION,
        triggered_by=Trigger.CLASSIFICATION,
        id=f"{name}-assistance",
        fires=_case(row, f"{name}-assistance"),
        misses=_near_miss(row, "repression-list-assistance"),
    )


def _rules(row: Row) -> Iterator[Rule]:
    name = f"{row['id']}-repression-list"
    later = "" if row["article"] else f", {row.period}"
    listed = Term(
        f"equipment on the list for {country_of(row)}{later}",
        cited(row, "article" if row["article"] else "assistance_article"),
        destined_for(REPRESSION_LISTS, row["id"]) & _on_list(row),
    )
    bans = [_ban(row, listed)] if row["article"] else []
    bans += [_assistance_ban(row, listed)] if row["assistance"] else []
    yield from bans
    yield Rule(
        cited(row, "derogation"),
        f"By way of derogation, the authority may authorise equipment listed as usable for internal repression "
        f"for {country_of(row)}, or assistance that the article names, for example for protection or "
        "humanitarian use.",
        when=any_of(*(ban.when for ban in bans)) & _derogation(row),
        then=Outcome.AUTHORISATION,
        overrides=tuple(bans),
        licensed_for=row["purposes"],
        triggered_by=Trigger.ACT,
        checked=EvidenceLevel(row["derogation_checked"]) if row["derogation_checked"] else None,
        id=f"{name}-derogation",
        fires=_case(row, f"{name}-derogation"),
        misses=_case(row, bans[0].id),
    )


chapter = Chapter()
for row in REPRESSION_LISTS:
    chapter.add(*_rules(row))
