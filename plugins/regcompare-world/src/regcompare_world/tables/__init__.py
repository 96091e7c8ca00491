"""The dated tables of the three laws; each is a data file in this folder, each row with its source."""

from __future__ import annotations

import datetime as dt
from importlib import resources

from regcompare.authoring import DatedTable

__all__ = [
    "CH_GOODS",
    "UK_DESTINATIONS",
    "UK_ITEMS",
    "US_COUNTRIES",
    "US_ENTITY_LIST",
    "US_ITEMS",
]

_FOLDER = resources.files(__name__)


def _table(file: str, name: str, verified_through: dt.date) -> DatedTable:
    return DatedTable.read(_FOLDER.joinpath(f"{file}.csv"), name, verified_through)


CH_GOODS = _table("ch_goods", "Swiss lists of goods", dt.date(2021, 1, 1))
UK_ITEMS = _table("uk_items", "British lists of items", dt.date(2021, 1, 1))
UK_DESTINATIONS = _table("uk_destinations", "British lists of destinations", dt.date(2022, 5, 19))
US_ITEMS = _table("us_items", "surveillance entries of the Commerce Control List", dt.date(2022, 5, 26))
US_COUNTRIES = _table("us_countries", "American groups of countries", dt.date(2022, 5, 26))
US_ENTITY_LIST = _table("us_entity_list", "surveillance firms on the Entity List", dt.date(2024, 10, 21))
