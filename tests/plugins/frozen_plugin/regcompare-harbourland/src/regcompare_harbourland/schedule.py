"""The two schedules of the act, lists that change."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from regcompare.authoring import FACTS_DATE, LAW_DATE, DatedTable, Item

from .facts import Harbour

__all__ = ["FRIENDLY_FLAGS", "LISTED_ITEMS", "listed", "under_friendly_flag"]

FILES = resources.files(__name__.rpartition(".")[0])
FRIENDLY_FLAGS = DatedTable.read(
    FILES.joinpath("friendly_flags.csv"), "friendly flags", verified_through=dt.date(2026, 1, 1)
)
LISTED_ITEMS = DatedTable.read(
    FILES.joinpath("listed_items.csv"), "listed items", verified_through=dt.date(2026, 1, 1)
)

under_friendly_flag = FRIENDLY_FLAGS.names(Harbour.flag, FACTS_DATE)
listed = LISTED_ITEMS.lists(Item.annex_i_entry, LAW_DATE)
heard_rows = LISTED_ITEMS.where(checked="official").rows_that(
    lambda row: Item.annex_i_entry.includes_any(row["pattern"]), LAW_DATE
)
