"""The dated tables of EU law; each is a data file beside this module, each row with its source."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

from regcompare import DatedTable

__all__ = [
    "ANNEX_I",
    "ANNEX_IV",
    "EMBARGOES",
    "GENERAL_AUTHORISATIONS",
    "GENERAL_AUTHORISATION_ITEMS",
    "MEMBERSHIP",
    "NATIONAL_LISTS",
    "SECTION_I",
    "TABLES",
]

_FOLDER = resources.files(__name__)


def _verified_through() -> dict[str, dt.date]:
    lines = _FOLDER.joinpath("verified_through.csv").read_text(encoding="utf-8").splitlines()
    return {row["table"]: dt.date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}


_VERIFIED = _verified_through()


def _table(file: str, name: str) -> DatedTable:
    return DatedTable.read(_FOLDER.joinpath(f"{file}.csv"), name, _VERIFIED[file])


MEMBERSHIP = _table("membership", "customs territory of the Union")
ANNEX_I = _table("annex_i", "Annex I")
ANNEX_IV = _table("annex_iv", "Annex IV")
SECTION_I = _table("section_i", "items without general authorisation")
GENERAL_AUTHORISATIONS = _table("general_authorisations", "destinations of general authorisations")
GENERAL_AUTHORISATION_ITEMS = _table("general_authorisation_items", "items of general authorisations")
EMBARGOES = _table("embargoes", "arms embargoes")
NATIONAL_LISTS = _table("national_lists", "national control lists")

TABLES = (
    MEMBERSHIP,
    ANNEX_I,
    ANNEX_IV,
    SECTION_I,
    GENERAL_AUTHORISATIONS,
    GENERAL_AUTHORISATION_ITEMS,
    EMBARGOES,
    NATIONAL_LISTS,
)
"""Every table, in the order of its name above."""
