"""The dated tables of EU law; each is a data file in this folder, each row with its source."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from regcompare import DefinitionError
from regcompare.authoring import DatedTable, EvidenceLevel, Item
from regcompare.logic.code_lists import CodeList, Moved
from regcompare.vocabulary import Category

__all__ = [
    "ACTS_BY_COUNTRY",
    "ACTS_UNREAD_SINCE",
    "ANNEX_I",
    "ANNEX_IV",
    "CATEGORIES",
    "DUAL_USE_BANS",
    "EMBARGOES",
    "ENTRIES",
    "ENTRY_CODES",
    "GENERAL_AUTHORISATIONS",
    "GENERAL_AUTHORISATION_ITEMS",
    "GOODS_BANS",
    "INTERCEPTION_REGIMES",
    "LISTED_PARTIES",
    "MEMBERSHIP",
    "MOVED",
    "NATIONAL_LISTS",
    "NATIONAL_LISTS_UNREAD",
    "REPRESSION_LISTS",
    "REPRESSION_LIST_DEVICES",
    "SANCTIONS_TABLES",
    "SECTION_I",
    "SERVICES_BANS",
    "TABLES",
    "states_of",
]

_FOLDER = Path(__file__).parent


def _verified_through() -> dict[str, dt.date]:
    lines = _FOLDER.joinpath("verified_through.csv").read_text(encoding="utf-8").splitlines()
    return {row["table"]: dt.date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}


_VERIFIED = _verified_through()


def _rows(file: str) -> list[dict[str, str]]:
    lines = _FOLDER.joinpath(f"{file}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines))


_STATES = _rows("consolidated_states")
_DOCUMENTS = _rows("documents")
_CHANGES = _rows("list_changes")


def states_of(celex: str) -> tuple[dt.date, ...]:
    """Returns the days of the consolidated states of an act that are known to exist."""
    return tuple(dt.date.fromisoformat(row["day"]) for row in _STATES if row["celex"] == celex)


def _category(row: dict[str, str]) -> Category:
    answers = {name: row[name] for name in row if "." in name and row[name]}
    checked = EvidenceLevel(row["checked"])
    return Category(row["publisher"], row["category"], answers, row["source"], checked, row["note"])


CATEGORIES = tuple(map(_category, _rows("categories")))
"""Categories in which authorities publish figures on licences, with the facts that they imply."""


def _table(file: str, name: str) -> DatedTable:
    documents = [{**row, "table": ""} for row in _DOCUMENTS if row["table"] == file]
    act = {"act": ""} if file == "annex_i" else {}  # One list of both acts; its column is another.
    changes = [{**row, **act} for row in _CHANGES if file in row["tables"].split()]
    path = _FOLDER.joinpath(f"{file}.csv")
    return DatedTable.read(path, name, _VERIFIED[file], documents, changes)


MEMBERSHIP = _table("membership", "customs territory of the Union")
ANNEX_I = _table("annex_i", "Annex I")
ENTRIES = _table("entries", "entries of Annex I")
MOVED = _table("moved", "numbers of earlier lists")
ANNEX_IV = _table("annex_iv", "Annex IV")
SECTION_I = _table("section_i", "items without general authorisation")
GENERAL_AUTHORISATIONS = _table("general_authorisations", "destinations of general authorisations")
GENERAL_AUTHORISATION_ITEMS = _table("general_authorisation_items", "items of general authorisations")
EMBARGOES = _table("embargoes", "arms embargoes")
NATIONAL_LISTS = _table("national_lists", "national control lists")
NATIONAL_LISTS_UNREAD = _table("national_lists_unread", "national lists since they were read")
ACTS_BY_COUNTRY = _table("acts_by_country", "Union acts by country")
ACTS_UNREAD_SINCE = _table("acts_unread_since", "Union acts since they were read")
INTERCEPTION_REGIMES = _table("interception_regimes", "measures on interception equipment")
DUAL_USE_BANS = _table("dual_use_bans", "country bans on dual-use items")
LISTED_PARTIES = _table("listed_parties", "surveillance users and firms on lists of the Union")
GOODS_BANS = _table("goods_bans", "bans on goods by customs heading")
SERVICES_BANS = _table("services_bans", "restricted services")
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

SANCTIONS_TABLES = (
    ACTS_BY_COUNTRY,
    ACTS_UNREAD_SINCE,
    INTERCEPTION_REGIMES,
    DUAL_USE_BANS,
    LISTED_PARTIES,
    GOODS_BANS,
    SERVICES_BANS,
    REPRESSION_LISTS,
    REPRESSION_LIST_DEVICES,
)
"""The tables that the sanctions alone read."""

_CODE = re.compile(r"\d[A-E]\d{3}[.a-z0-9]*(?:@\d{4})?")


def _codes_named() -> Iterator[str]:
    """Every code that a table names, parents included."""
    for table in (ANNEX_I, ANNEX_IV, SECTION_I, GENERAL_AUTHORISATION_ITEMS):
        for row in table:
            yield from _CODE.findall(row["pattern"])


def _entry_codes() -> CodeList:
    """The codes of the entries that were read, and the codes that tables name in the other entries."""
    named = list(dict.fromkeys(_codes_named()))
    entries = {row["entry"]: row.words("points") for row in ENTRIES}
    entries = {**{code[:5]: ("*",) for code in named}, **entries}
    codes = CodeList(Item.annex_i_entry.key, "Annex I", entries)
    points: dict[str, list[str]] = {}
    for code in (name.partition("@")[0] for name in named):
        if codes.flaw(code) is None:
            steps = code[6:].split(".") if "." in code else []
            prefixes = (".".join(steps[:depth]) for depth in range(1, len(steps) + 1))
            points.setdefault(code[:5], []).extend(prefixes)
    wordings = [code for code in named if "@" in code]
    return codes.joined(CodeList(codes.fact, codes.name, points, wordings, moved=tuple(_moved())))


def _moved() -> Iterator[Moved]:
    """What earlier lists had under other numbers."""
    for row in MOVED:
        if row.period.end is None:
            raise DefinitionError(f"moved.csv, line {row.line}: {row['was']} has no end.")
        yield Moved(row["was"], row["is"] or None, row.period.start, row.period.end)


ENTRY_CODES = _entry_codes()
"""The codes of Annex I that exist, and the entries that a table names though their points are unread."""
