"""The lists."""

import datetime as dt
from pathlib import Path

from regcompare.authoring import LAW_DATE, DatedTable

from .facts import Lori

ENTRIES = DatedTable.read(
    Path(__file__).with_name("entries.csv"), "Lorikeet's list", verified_through=dt.date(2021, 12, 31)
)
listed = ENTRIES.lists(Lori.entry, LAW_DATE)
PARTNERS = DatedTable.read(
    Path(__file__).with_name("partners.csv"), "partner states", verified_through=dt.date(2021, 12, 31)
)
