"""The Schedule: friendly realms, a list that changes, each row with its period and source."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from regcompare.authoring import LAW_DATE, DatedTable

from .facts import Toy

__all__ = ["FRIENDLY_REALMS", "to_friendly_realm"]

FRIENDLY_REALMS = DatedTable.read(
    resources.files(__name__.rpartition(".")[0]).joinpath("friendly_realms.csv"),
    "friendly realms",
    verified_through=dt.date(2024, 12, 31),
)

to_friendly_realm = FRIENDLY_REALMS.rows_that(lambda row: Toy.realm.is_in(row["realm"]), LAW_DATE)
"""The condition that the Schedule lists the realm on the day whose law is applied."""
