"""Rows of dated tables as they occur in a condition: what each asks, and when it is in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from regcompare.facts import CodeSet, Country, Fact
from regcompare.logic.conditions import All, AnyOf, Condition, Holds, OneOf, Term, all_of, questions
from regcompare.logic.questions import Question
from regcompare.vocabulary.dated import RowCitation
from regcompare.vocabulary.periods import Period

from .catalogues import ENGLISH, Language
from .lexicon import Lexicon, answer_clause, day_name, labels, listing, short_list, statement


@attrs.frozen(eq=False)
class TableRow:
    """A row of a dated table as it occurs in a condition.

    Attributes:
        table: What the table lists.
        line: The line of the file.
        file: The file of the table.
        period: When the row is in force.
        source: Where the row is taken from.
        condition: What the row asks, apart from the day.
        day_key: The key of the day on which it has to be in force, or None where it always is.
    """

    table: str
    line: str
    file: str
    period: Period
    source: str
    condition: Condition
    day_key: str | None


def table_row(condition: Condition) -> TableRow | None:
    """Returns the row that a term represents, or None where it is a term of the law."""
    if not isinstance(condition, Term) or not isinstance(condition.cite, RowCitation):
        return None
    table, row = condition.cite.table, condition.cite.row
    definition = condition.condition
    parts = definition.parts if isinstance(definition, All) else (definition,)
    day = {condition.cite.day, row.unread.key}
    asked = [part for part in parts if not questions([part]).keys() <= day]
    return TableRow(
        table=table.name,
        line=str(row.line),
        file=row.table,
        period=row.period,
        source=row.source,
        condition=all_of(*asked),
        day_key=condition.cite.day if len(asked) < len(parts) else None,
    )


def period_words(period: Period, language: Language) -> str:
    """Returns a period in words: ``from 2021-09-09``."""
    start, end = period.start, period.last_day
    if end is None:
        return language.say("from {start}" if start else "from the beginning", start=start)
    return language.say(
        "from {start} to {end}" if start else "from the beginning to {end}", start=start, end=end
    )


def place_words(row: TableRow, language: Language = ENGLISH) -> str:
    """Returns the line of a row and its period: ``line 5, from 2021-09-09``."""
    period = period_words(row.period, language)
    return language.say("line {line}, {period}", line=row.line, period=period)


def by_table(rows: Iterable[TableRow]) -> Iterator[tuple[TableRow, ...]]:
    """Groups the rows of one table that ask for the same country or set of codes."""
    tables: dict[tuple[str, str | None], list[TableRow]] = {}
    for row in rows:
        tables.setdefault((row.table, _only_key(row.condition)), []).append(row)
    yield from map(tuple, tables.values())


def rows_fact(rows: Sequence[TableRow], words: Lexicon) -> Fact | None:
    """Returns the country or set of codes that is all that the rows ask for, or None."""
    keys = {_only_key(row.condition) for row in rows}
    fact = words.facts.get(keys.pop() or "") if len(keys) == 1 else None
    return fact if isinstance(fact, Country | CodeSet) else None


def _only_key(condition: Condition) -> str | None:
    if isinstance(condition, OneOf):
        return condition.key
    atoms = _atoms(condition)
    keys = {atom.question.fact if isinstance(atom, Holds) else None for atom in atoms}
    return keys.pop() if len(keys) == 1 else None


def row_codes(row: TableRow) -> list[str]:
    """Returns the countries, or the codes, that a row names."""
    if isinstance(row.condition, OneOf):
        return sorted(row.condition.answers)
    return [question.included for question in _questions(row)]


def row_patterns(row: TableRow) -> list[str]:
    """Returns the patterns of codes that a row asks for."""
    return [question.member for question in _questions(row)]


def _questions(row: TableRow) -> list[Question]:
    return [atom.question for atom in _atoms(row.condition) if isinstance(atom, Holds)]


def named_in_table(
    fact: Fact, rows: Sequence[TableRow], words: Lexicon, truth: bool | None = True
) -> str:
    """Returns the clause that the answer is, or is not, named in the table; None follows "whether"."""
    language = words.language
    named = language.say(
        "a country named in “{table}”"
        if isinstance(fact, Country)
        else "any entry named in “{table}”"
        if truth is False
        else "an entry named in “{table}”",
        table=language.say(rows[0].table),
    )
    if language.mark:
        return answer_clause(fact, f"{named}{day_words(rows, words)}", truth, language)
    lead = statement(fact, truth).partition("…")[0].strip()  # The table's name takes the list's place.
    return f"{lead} {named}{day_words(rows, words)}"


def day_words(rows: Sequence[TableRow], words: Lexicon) -> str:
    """Returns on which day the rows have to be in force: ``on the day of the facts``."""
    keys, language = [row.day_key for row in rows if row.day_key], words.language
    return language.say(" on {day}", day=day_name(words.facts[keys[0]], language)) if keys else ""


def _atoms(condition: Condition) -> Sequence[Condition]:
    return condition.parts if isinstance(condition, AnyOf) else (condition,)


_FEW = 2
"""Up to this many rows are given one by one."""
_MANY = 30
"""A list of at least this many rows is described by their number and by the file to read."""


def row_details(rows: Sequence[TableRow]) -> str:
    """Returns which rows these are: line, period, codes and source of a few, the number of many."""
    if len(rows) <= _FEW:
        return "; ".join(
            f"{place_words(row)}: {short_list(row_codes(row), 'and', 12)}; {row.source}" for row in rows
        )
    codes = list(dict.fromkeys(code for row in rows for code in row_codes(row)))
    return f"{len(rows)} rows: {short_list(codes, 'and')}"


def long_list_words(rows: Sequence[TableRow], words: Lexicon, truth: bool = True) -> str:
    """Returns a long list of members of sets as one clause; blank where it is short, or asks for more.

    It says how many rows there are, since when, whom they name, and in which file to read them.
    """
    keys = {tuple(dict.fromkeys(atom.question.fact for atom in _atoms(row.condition))) for row in rows}
    asked = [words.facts.get(key) for key in keys.pop()] if len(keys) == 1 else []
    sets = [fact for fact in asked if fact is not None and fact.is_set]
    if len(rows) < _MANY or not sets or len(sets) < len(asked):
        return ""
    named = f"named in “{rows[0].table}”{day_words(rows, words)}"
    clause = listing([answer_clause(fact, named, truth) for fact in sets], "or" if truth else "and")
    starts = [row.period.start for row in rows]
    since = f", from {min(filter(None, starts))} on" if all(starts) else ""
    members = dict.fromkeys(member for row in rows for member in row_patterns(row))
    names = short_list(labels(sets[0], members), "and", _FEW)
    where = f"{len(rows):,} rows{since}, each with its period and source in {rows[0].file}"
    return f"{clause} ({where}: {names})"
