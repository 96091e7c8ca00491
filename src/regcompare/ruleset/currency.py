"""The days through which the tables of the law are verified, and the tables read at a later day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from regcompare._support.derived import derived
from regcompare.logic.conditions import Condition, nodes
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.dated import DatedTable, row_of

from .ruleset import Ruleset, own_conditions

LATER_MARK = "†"
"""The mark of a cell that is read at a later day than the one through which a table is verified."""


@derived
def tables_of(ruleset: Ruleset) -> Mapping[DatedTable, frozenset[str]]:
    """Returns the tables of a ruleset and its parts, each with the days at which it is read.

    A day is the key of ``FACTS_DATE`` or ``LAW_DATE``.  A table whose rows no condition dates is read at
    the day of the law.
    """
    parts = tuple(ruleset.parts())
    days: dict[DatedTable, set[str]] = {table: set() for part in parts for table in part.tables}
    for node in nodes(condition for part in parts for condition in own_conditions(part)):
        if row := row_of(node):
            days.setdefault(row.table, set()).update(_days_of(node))
    return {table: frozenset(keys or {LAW_DATE.key}) for table, keys in days.items()}


def _days_of(row: Condition) -> set[str]:
    """The days that date a row itself, rather than rows of other tables that it asks about."""
    own = {row.key} & {FACTS_DATE.key, LAW_DATE.key}
    return own.union(*(_days_of(part) for part in row.parts if not row_of(part)))


def later_tables(
    ruleset: Ruleset, as_of: dt.date | None, facts: dt.date | None
) -> tuple[DatedTable, ...]:
    """Returns the tables that are read at a later day than the one through which they are verified."""
    days = {LAW_DATE.key: as_of, FACTS_DATE.key: facts}
    read = ((table, filter(None, map(days.get, keys))) for table, keys in tables_of(ruleset).items())
    return tuple(table for table, on in read if any(day > table.verified_through for day in on))


def tables_of_facts(rulesets: Iterable[Ruleset]) -> tuple[str, ...]:
    """Returns the names of the tables that rulesets read at the date of the facts, each once."""
    tables = ((table, days) for ruleset in rulesets for table, days in tables_of(ruleset).items())
    return tuple(dict.fromkeys(table.name for table, days in tables if FACTS_DATE.key in days))


def verified_through(ruleset: Ruleset) -> dt.date | None:
    """Returns the day through which every table of the ruleset is verified; None without tables."""
    return min((table.verified_through for table in tables_of(ruleset)), default=None)


def texts_read(ruleset: Ruleset) -> dt.date | None:
    """Returns the last recorded day on which its texts, or those of rulesets beside it, were read."""
    own = (ruleset, *ruleset.beside)
    evidence = [part.evidence(rule) for part in own for rule in part.provisions.rules]
    evidence += [text.checked for part in own for text in part.instruments if text.checked]
    return max((item.read_on for item in evidence if item.read_on), default=None)


def tables_by_day(rulesets: Iterable[Ruleset]) -> Mapping[dt.date, tuple[str, ...]]:
    """Returns the days through which tables are verified, each with the names of the tables."""
    by_day: dict[dt.date, dict[str, None]] = {}
    for table in (table for ruleset in rulesets for table in tables_of(ruleset)):
        by_day.setdefault(table.verified_through, {})[table.name] = None
    return {day: tuple(by_day[day]) for day in sorted(by_day)}


def verified_sentence(rulesets: Iterable[Ruleset], *, marked: bool = False) -> str:
    """Returns in one line through which day each table is verified; blank where there are none.

    It explains the mark, if something is ``marked`` as read at a later day.
    """
    by_day = tables_by_day(rulesets)
    if not by_day:
        return ""
    through = "; ".join(f"{day}: {', '.join(names)}" for day, names in by_day.items())
    later = f" {LATER_MARK} marks what is read at a later day than one of its tables." if marked else ""
    return f"Tables of the law are verified through {through}.{later}"
