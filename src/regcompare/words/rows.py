"""Rows of dated tables, found again in a condition: what each asks, and when it is in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.facts import CodeSet, Country, Fact
from regcompare.logic.conditions import (
    All,
    AnyOf,
    Condition,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    all_of,
)
from regcompare.logic.questions import Question
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.dated import RowCitation

from .lexicon import Lexicon, answer_clause, day_name, labels, listing, short_list, statement

_DAYS = (FACTS_DATE.key, LAW_DATE.key)


@attrs.frozen(eq=False)
class TableRow:
    """A row of a dated table as it stands in a condition.

    Attributes:
        table: What the table lists.
        line: The line of the file.
        file: The file of the table.
        period: When the row is in force, in words.
        start: The first day on which it is in force; None is open.
        source: Where the row is taken from.
        asked: What the row asks.
        day: The key of the day on which it has to be in force, or None where it always is.
    """

    table: str
    line: str
    file: str
    period: str
    start: dt.date | None
    source: str
    asked: Condition
    day: str | None

    @property
    def place(self) -> str:
        """Line and period: ``line 5, from 2021-09-09``."""
        return f"line {self.line}, {self.period}"


def table_row(condition: Condition) -> TableRow | None:
    """Returns the row that a term stands for, or None where it is a term of the law."""
    if not isinstance(condition, Term) or not isinstance(condition.cite, RowCitation):
        return None
    table, row = condition.cite.table, condition.cite.row
    below = condition.condition
    parts = below.parts if isinstance(below, All) else (below,)
    days = list(filter(None, map(_day_key, parts)))
    return TableRow(
        table=table.name,
        line=str(row.line),
        file=row.table,
        period=str(row.period),
        start=row.period.start,
        source=row.source,
        asked=all_of(*(part for part in parts if not _day_key(part))),
        day=days[0] if days else None,
    )


def _day_key(condition: Condition) -> str | None:
    leaf = condition.part if isinstance(condition, Not) else condition
    return leaf.key if isinstance(leaf, OnOrAfter) and leaf.key in _DAYS else None


def by_table(rows: Iterable[TableRow]) -> Iterator[tuple[TableRow, ...]]:
    """Yields together the rows of one table that ask for the same country or set of codes."""
    tables: dict[tuple[str, str | None], list[TableRow]] = {}
    for row in rows:
        tables.setdefault((row.table, _only_key(row.asked)), []).append(row)
    yield from map(tuple, tables.values())


def rows_fact(rows: Sequence[TableRow], words: Lexicon) -> Fact | None:
    """Returns the country or set of codes that all rows ask for, and nothing else."""
    keys = {_only_key(row.asked) for row in rows}
    fact = words.facts.get(keys.pop() or "") if len(keys) == 1 else None
    return fact if isinstance(fact, Country | CodeSet) else None


def _only_key(condition: Condition) -> str | None:
    """The fact that a condition asks for, and nothing else."""
    if isinstance(condition, OneOf):
        return condition.key
    leaves = _leaves(condition)
    names = {leaf.question.fact if isinstance(leaf, Holds) else None for leaf in leaves}
    return names.pop() if len(names) == 1 else None


def row_codes(row: TableRow) -> list[str]:
    """Returns the countries, or the codes, that a row names."""
    if isinstance(row.asked, OneOf):
        return sorted(row.asked.answers)
    return [question.taken for question in _holding(row)]


def row_patterns(row: TableRow) -> list[str]:
    """Returns the patterns of codes that a row asks for."""
    return [question.member for question in _holding(row)]


def _holding(row: TableRow) -> list[Question]:
    return [leaf.question for leaf in _leaves(row.asked) if isinstance(leaf, Holds)]


def named_in_table(fact: Fact, rows: Sequence[TableRow], words: Lexicon, truth: bool = True) -> str:
    """Returns that the answer is, or is not, named in the table."""
    lead = statement(fact, truth).partition("…")[0].strip()
    entry = "an entry" if truth else "any entry"
    noun = "a country" if isinstance(fact, Country) else entry
    return f"{lead} {noun} named in “{rows[0].table}”{day_words(rows, words)}"


def day_words(rows: Sequence[TableRow], words: Lexicon) -> str:
    """Returns on which day the rows have to be in force."""
    keys = [row.day for row in rows if row.day]
    return f" on {day_name(words.facts[keys[0]])}" if keys else ""


def _asked_sets(rows: Sequence[TableRow], words: Lexicon) -> tuple[Fact, ...]:
    """The sets of which every row asks whether one of them has a member, and nothing else."""
    keys = {tuple(dict.fromkeys(leaf.question.fact for leaf in _leaves(row.asked))) for row in rows}
    facts = [words.facts.get(key) for key in keys.pop()] if len(keys) == 1 else []
    sets = tuple(fact for fact in facts if fact is not None and fact.is_set)
    return sets if len(sets) == len(facts) else ()


def _leaves(asked: Condition) -> Sequence[Condition]:
    return asked.parts if isinstance(asked, AnyOf) else (asked,)


_FEW = 2
"""Up to so many rows are given one by one."""
_MANY = 30
"""A list of members that has this many rows or more is described by its count and where to read it."""


def row_details(rows: Sequence[TableRow]) -> str:
    """Returns which rows these are: line, period, codes and source of few, the count of many."""
    if len(rows) <= _FEW:
        return "; ".join(
            f"{row.place}: {short_list(row_codes(row), 'and', 12)}; {row.source}" for row in rows
        )
    codes = list(dict.fromkeys(code for row in rows for code in row_codes(row)))
    return f"{len(rows)} rows: {short_list(codes, 'and')}"


def long_list_words(rows: Sequence[TableRow], words: Lexicon, truth: bool = True) -> str:
    """Returns a long list of members of sets in one sentence; blank where it is short, or asks more.

    It says how many rows there are, from when on, whom they name, and in which file to read them.
    """
    sets = _asked_sets(rows, words) if len(rows) >= _MANY else ()
    if not sets:
        return ""
    named = f"named in “{rows[0].table}”{day_words(rows, words)}"
    said = listing([answer_clause(fact, named, truth) for fact in sets], "or" if truth else "and")
    starts = [row.start for row in rows]
    first = f", from {min(filter(None, starts))} on" if all(starts) else ""
    members = dict.fromkeys(question.member for row in rows for question in _holding(row))
    names = short_list(labels(sets[0], members), "and", _FEW)
    where = f"{len(rows):,} rows{first}, each with its period and source in {rows[0].file}"
    return f"{said} ({where}: {names})"
