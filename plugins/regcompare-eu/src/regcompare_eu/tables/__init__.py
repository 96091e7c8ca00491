"""The dated tables of EU law; each is a data file beside this module, each row with its source."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

from regcompare import DatedTable

__all__ = [
    "ANNEX_I",
    "ANNEX_IV",
    "DUAL_USE_BANS",
    "EMBARGOES",
    "GENERAL_AUTHORISATIONS",
    "GENERAL_AUTHORISATION_ITEMS",
    "INTERCEPTION_REGIMES",
    "MEMBERSHIP",
    "NATIONAL_LISTS",
    "REPRESSION_LISTS",
    "REPRESSION_LIST_DEVICES",
    "SANCTIONS_TABLES",
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
INTERCEPTION_REGIMES = _table("interception_regimes", "measures on interception equipment")
DUAL_USE_BANS = _table("dual_use_bans", "country bans on dual-use items")
REPRESSION_LISTS = _table("repression_lists", "bans on repression equipment")
REPRESSION_LIST_DEVICES = _table(
    "repression_list_devices", "repression lists that name interception devices"
)

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
"""The tables that the dual-use acts read."""

SANCTIONS_TABLES = (INTERCEPTION_REGIMES, DUAL_USE_BANS, REPRESSION_LISTS, REPRESSION_LIST_DEVICES)
"""The tables that the sanctions alone read."""
