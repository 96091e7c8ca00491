"""The dated tables of the three laws; each is a data file in this folder, each row with its source."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

from regcompare.authoring import DatedTable

__all__ = [
    "CH_EMBARGOES",
    "CH_GOODS",
    "CH_UNREAD_SINCE",
    "UK_DESTINATIONS",
    "UK_ITEMS",
    "UK_SANCTIONS",
    "UK_UNREAD_SINCE",
    "US_COUNTRIES",
    "US_EMBARGOES",
    "US_ENTITY_LIST",
    "US_ENTRY_LABELS",
    "US_ITEMS",
    "US_LIMITS",
    "US_TEXT_DAY",
]

_FOLDER = resources.files(__name__)
_READ = "2026-11-28"
US_TEXT_DAY = dt.date(2026, 7, 23)
"""The day of the American text from which the tables of the list, the chart and the groups are made."""


def _table(file: str, name: str, verified_through: dt.date) -> DatedTable:
    path = _FOLDER.joinpath(f"{file}.csv")
    return DatedTable.read(path, name, verified_through, opens_unread=True)


def _american(
    file: str, name: str, day: dt.date, document: str, *, is_list_of_changes: bool = False
) -> DatedTable:
    """A table made from a text of one day; a list that prints its own changes tells its past as well."""
    state = {"state": f"{day}", "document": document, "read_on": _READ}
    unread_before = [{"day": f"{day}", "read": "no"}]
    changes = [] if is_list_of_changes else unread_before
    path = _FOLDER.joinpath(f"{file}.csv")
    return DatedTable.read(path, name, day, [state], changes, opens_unread=True)


CH_GOODS = _table("ch_goods", "Swiss lists of goods", dt.date(2021, 1, 1))
CH_EMBARGOES = _table("ch_embargoes", "Swiss ordinances on embargoes", dt.date(2026, 12, 1))
CH_UNREAD_SINCE = _table(
    "ch_unread_since", "Swiss ordinances since they were read", dt.date(2026, 12, 1)
)
UK_ITEMS = _table("uk_items", "British lists of items", dt.date(2021, 1, 1))
UK_DESTINATIONS = _table("uk_destinations", "British lists of destinations", dt.date(2022, 5, 19))
UK_SANCTIONS = _table("uk_sanctions", "British sanctions regulations", dt.date(2026, 12, 1))
UK_UNREAD_SINCE = _table(
    "uk_unread_since", "British regulations since they were read", dt.date(2026, 12, 1)
)
US_ITEMS = _american(
    "us_items",
    "surveillance entries of the Commerce Control List",
    US_TEXT_DAY,
    "15 CFR part 774, Supplement No. 1, eCFR of 23 July 2026, through a machine extract",
)
US_COUNTRIES = _american(
    "us_countries",
    "Commerce Country Chart and Country Groups",
    US_TEXT_DAY,
    "15 CFR parts 738 and 740, Supplements No. 1, eCFR of 23 July 2026, through a machine extract",
)
US_ENTITY_LIST = _american(
    "us_entity_list",
    "surveillance firms and police bodies on the Entity List",
    dt.date(2026, 7, 31),
    "Consolidated screening list, data.trade.gov, 31 July 2026",
    is_list_of_changes=True,
)
US_LIMITS = _table("us_limits", "countries that parts 740 and 744 name", US_TEXT_DAY)
US_EMBARGOES = _american(
    "us_embargoes",
    "American embargoes and country controls",
    dt.date(2025, 1, 24),
    "15 CFR part 746, electronic Code of Federal Regulations, copy of 24 January 2025",
)

_ENTRIES = _FOLDER.joinpath("us_entries.csv").read_text(encoding="utf-8").splitlines()
US_ENTRY_LABELS = {row["entry"]: row["label"] for row in csv.DictReader(_ENTRIES)}
"""The entries that only the Commerce Control List has, each with what it covers in brief."""
