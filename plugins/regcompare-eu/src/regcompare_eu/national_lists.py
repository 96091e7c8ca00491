"""What national lists leave open: entries that were not read, and all that came after the last reading.

The two acts decide on what was read.  What follows is open in the law as a whole, on its day.
"""

from __future__ import annotations

from collections.abc import Mapping

from regcompare.authoring import (
    LAW_DATE,
    TRUE,
    Chapter,
    Condition,
    Evidence,
    EvidenceLevel,
    Exporter,
    Instrument,
    Item,
    Outcome,
    Term,
    Trigger,
)
from regcompare.vocabulary import Technology
from regcompare.vocabulary.dated import Row
from regcompare_eu import plain

from . import common
from .facts import Eu
from .tables import ANNEX_I, NATIONAL_LISTS, NATIONAL_LISTS_UNREAD

chapter = Chapter()

TABLE = Instrument(
    "Table of national lists",
    "The lists and rules of Member States on items that Annex I does not list, as far as found",
    "national_lists.csv",
    checked=Evidence(EvidenceLevel.INFERRED, note="The search for lists was not exhaustive."),
)

_listed = ANNEX_I.lists(Item.annex_i_entry, LAW_DATE)
_unlisted_export = Term(
    "export of an item that Annex I does not list", TABLE["(exports)"], common.sends_out() & ~_listed
)
_assistance = common.to_third_country("technical_assistance")
_INTERCEPTION = ("4A005", "4D004", "4E001.c", "5A001.f", "5A001.j")
_COVERT_INTERCEPTION: tuple[Technology, ...] = (
    "intrusion_platform",
    "intrusion_software",
    "mobile_interception",
    "telecom_interception",
    "ip_network_surveillance",
    "covert_listening",
)
REACH: Mapping[str, Condition] = {
    "anything": _unlisted_export,
    "surveillance": _unlisted_export & ~Item.technology.is_in("not_surveillance", "encryption"),
    "covert_interception": _unlisted_export & Item.technology.is_in(*_COVERT_INTERCEPTION),
    "repression_list": _unlisted_export & Eu.repression_list_item,
    "intrusion_and_interception": _assistance
    & _listed
    & Item.annex_i_entry.includes_any(*_INTERCEPTION),
    "intrusion_and_interception_2021": _assistance
    & _listed
    & Item.annex_i_entry.includes_any(*_INTERCEPTION, "5D001.e"),
    "german_entries": _assistance & ~_listed & Eu.national_entry.includes_any("5A902", "5D902", "5E902"),
}
"""What a list or rule that was not read, or that the acts do not have, may reach."""


def _may_reach(row: Row) -> Condition:
    state = Exporter.country.is_in(*row.words("state"))
    places = row.words("only")
    return state & REACH[row["reach"]] & (common.FINAL_DESTINATION.is_in(*places) if places else TRUE)


unread_list = chapter.rule(
    TABLE["(lists not read)"],
    "A list or rule of the exporter's own Member State that was not read, or not encoded, requires an "
    "authorisation.",
    plain=plain.NATIONAL_LIST_UNREAD,
    when=NATIONAL_LISTS.where(**{"class": "unread"}).rows_that(_may_reach, LAW_DATE),
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    checked=Evidence(EvidenceLevel.UNREAD, note="The reasons name the list or rule."),
    id="national-list-unread",
)
list_since = chapter.since_last_reading(
    TABLE["(since the last reading)"],
    "The list of the exporter's own Member State, as it stands since the last day on which it was read, "
    "requires an authorisation for the export.",
    NATIONAL_LISTS_UNREAD,
    lambda row: _unlisted_export & Exporter.country.is_in(*row.words("state")),
    plain=plain.NATIONAL_LIST_SINCE,
    then=Outcome.AUTHORISATION,
    triggered_by=Trigger.NATIONAL_LAW,
    id="national-list-since",
)
