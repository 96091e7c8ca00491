"""A condition in English, on one line or as an outline, so that a lawyer can read it back.

Negations are pushed down to the facts (``neither a nor b`` reads as ``not a, and not b``),
questions about one fact are grouped, and rows of dated tables are described by their table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal

import attrs

from regcompare.logic.conditions import (
    FALSE,
    TRUE,
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Holds,
    Not,
    OneOf,
    OnOrAfter,
    Term,
)
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import CORE, Vocabulary

from .lexicon import (
    Lexicon,
    answer_clause,
    choice_words,
    cite_words,
    day_name,
    lexicon,
    listing,
    literal_words,
    reading_words,
)
from .rows import (
    TableRow,
    by_table,
    day_words,
    long_list_words,
    named_in_table,
    row_details,
    rows_fact,
    table_row,
)

_WIDE = 72
"""The most characters of an outline that stay on one line."""


def condition_words(condition: Condition, vocabulary: Vocabulary | Ruleset | Lexicon = CORE) -> str:
    """Returns a condition as words in one line; a term is its name with citation.

    Args:
        condition: The condition.
        vocabulary: What declares its facts; a ruleset declares its doubts and powers as well.
    """
    return _line(_PhraseBuilder(lexicon(vocabulary)).phrase(condition, True))


def condition_outline(
    condition: Condition, vocabulary: Vocabulary | Ruleset | Lexicon = CORE
) -> list[tuple[int, str]]:
    """Returns a condition as lines with their depth: "all of" and "any of" above their parts.

    What is short stays on one line.  The arguments are those of ``condition_words``.
    """
    return _outline(_PhraseBuilder(lexicon(vocabulary)).phrase(condition, True), 0)


def term_words(term: Term, words: Lexicon) -> str:
    """Returns a term as its name with citation: ``“export” (Art. 2(2))``."""
    return words.language.say("“{name}” ({cite})", name=term.name, cite=cite_words(words, term.cite))


# phrases ----------------------------------------------------------------------------------------

Join = Literal["", "and", "or", "readings"]


@attrs.frozen
class _Phrase:
    """A statement, or parts that are joined.

    Attributes:
        text: The statement, or the words that introduce the parts, if any.
        join: How the parts are joined.
        parts: The parts.
    """

    text: str
    join: Join = ""
    parts: tuple[_Phrase, ...] = ()


def _joined(join: Join, parts: Iterable[_Phrase]) -> _Phrase:
    flat: dict[_Phrase, None] = {}
    for part in parts:
        nested = part.join == join and not part.text
        flat.update(dict.fromkeys(part.parts if nested else (part,)))
    return next(iter(flat)) if len(flat) == 1 else _Phrase("", join, tuple(flat))


def _line(phrase: _Phrase, *, nested: bool = False) -> str:
    if not phrase.parts:
        return phrase.text
    parts = [_line(part, nested=True) for part in phrase.parts]
    text = "; ".join(parts) if phrase.join == "readings" else listing(parts, phrase.join or "and")
    if phrase.text:
        return f"{phrase.text} {text}" if len(parts) == 1 else f"{phrase.text} ({text})"
    return f"({text})" if nested else text


_HEADS = {"and": "all of:", "or": "any of:", "": ""}


def _outline(phrase: _Phrase, depth: int) -> list[tuple[int, str]]:
    text = _line(phrase)
    if not phrase.parts or len(text) <= _WIDE:
        return [(depth, text)]
    if len(phrase.parts) == 1:
        (_, first), *rest = _outline(phrase.parts[0], depth)
        return [(depth, f"{phrase.text} {first}"), *rest]
    lead = f"{phrase.text} " if phrase.text else ""
    head = lead + _HEADS[phrase.join] if phrase.join != "readings" else f"{phrase.text}:"
    below = [line for part in phrase.parts for line in _outline(part, depth + 1)]
    return [(depth, head), *below]


# from conditions to phrases ---------------------------------------------------------------------


@attrs.frozen
class _PhraseBuilder:
    words: Lexicon

    def phrase(self, condition: Condition, truth: bool) -> _Phrase:
        """The condition, or its negation, as a phrase."""
        if isinstance(condition, Not):
            return self.phrase(condition.part, not truth)
        if isinstance(condition, All | AnyOf):
            return self._group(condition, truth)
        if row := table_row(condition):
            return self._rows([row], truth)
        if isinstance(condition, Term):
            return _Phrase(("" if truth else "not ") + term_words(condition, self.words))
        if isinstance(condition, Choose):
            return self._choose(condition, truth)
        return _Phrase(self._atom(condition, truth))

    def _atom(self, condition: Condition, truth: bool) -> str:
        if isinstance(condition, Constant):
            return "met in every case" if condition.truth is truth else "never met"
        if isinstance(condition, OnOrAfter):
            return self._day(condition, truth)
        if isinstance(condition, OneOf):
            fact = self.words.facts.get(condition.key)
            if fact is None:
                answers = listing(sorted(condition.answers))
                return f"{condition.key} is {'' if truth else 'not '}{answers}"
            return answer_clause(fact, choice_words(fact, condition.answers), truth)
        if isinstance(condition, Holds):
            return literal_words(self.words, [condition.question], truth)
        return repr(condition)

    def _day(self, atom: OnOrAfter, truth: bool) -> str:
        name = self._day_name(atom)
        return f"{name} is {atom.day} or later" if truth else f"{name} is before {atom.day}"

    def _day_name(self, atom: OnOrAfter) -> str:
        fact = self.words.facts.get(atom.key)
        return atom.key if fact is None else day_name(fact)

    def _choose(self, choose: Choose, truth: bool) -> _Phrase:
        name = choose.question.id
        if all(isinstance(item, Constant) for _, item in choose.readings):
            met = TRUE if truth else FALSE
            readings = [reading for reading, item in choose.readings if item is met]
            never = f"never met, however {name} is read"
            return _Phrase(reading_words(name, readings) if readings else never)
        parts = tuple(
            _Phrase(f"“{reading}”:", "and", (self.phrase(item, truth),))
            for reading, item in choose.readings
        )
        return _Phrase(f"as {name} is read", "readings", parts)

    # groups -----------------------------------------------------------------------------------

    def _group(self, group: All | AnyOf, truth: bool) -> _Phrase:
        join: Join = "and" if isinstance(group, All) is truth else "or"
        clusters: dict[object, list[Condition]] = {}
        for part in group.parts:
            clusters.setdefault(_cluster_key(part, group, self.words), []).append(part)
        phrases = (self._cluster(parts, truth, join) for parts in clusters.values())
        return _joined(join, chain.from_iterable(phrases))

    def _cluster(self, parts: Sequence[Condition], truth: bool, join: Join) -> list[_Phrase]:
        """One phrase for parts that ask for the same thing, else one for each."""
        rows = [row for part in parts if (row := table_row(part))]
        if rows:
            return [self._rows(rows, truth)]
        first = parts[0]
        if len(parts) > 1:
            negated = isinstance(first, Not)
            atoms = [part.part if isinstance(part, Not) else part for part in parts]
            holds = [atom for atom in atoms if isinstance(atom, Holds)]
            affirmed = truth is not negated
            if len(holds) == len(parts) and (affirmed or join == "and"):
                questions = [atom.question for atom in holds]
                last = join if affirmed else "or"
                return [_Phrase(literal_words(self.words, questions, affirmed, last))]
            days = [
                (atom, atom is part)
                for atom, part in zip(atoms, parts, strict=True)
                if isinstance(atom, OnOrAfter)
            ]
            if len(days) == len(parts) and truth and join == "and":
                return [_Phrase(self._period(days))]
        return [self.phrase(part, truth) for part in parts]

    def _period(self, days: Sequence[tuple[OnOrAfter, bool]]) -> str:
        """Days from and before which the day asked for must lie."""
        starts = [atom.day for atom, is_start in days if is_start]
        ends = [atom.day for atom, is_start in days if not is_start]
        if not starts or not ends:
            return listing([self._day(atom, is_start) for atom, is_start in days], "and")
        last = min(ends) - dt.timedelta(days=1)
        return f"{self._day_name(days[0][0])} is from {max(starts)} to {last}"

    def _rows(self, rows: Sequence[TableRow], truth: bool) -> _Phrase:
        """Any of the rows of one or more tables, or none of them."""
        join: Join = "or" if truth else "and"
        return _joined(join, (self._table(table, truth) for table in by_table(rows)))

    def _table(self, rows: Sequence[TableRow], truth: bool) -> _Phrase:
        fact = rows_fact(rows, self.words)
        if fact is not None:
            return _Phrase(f"{named_in_table(fact, rows, self.words, truth)} ({row_details(rows)})")
        if clause := long_list_words(rows, self.words, truth):
            return _Phrase(clause)
        join: Join = "or" if truth else "and"
        return _joined(join, (self._row(row, truth) for row in rows))

    def _row(self, row: TableRow, truth: bool) -> _Phrase:
        verb = "is" if truth else "is not"
        line = f"line {row.line} of “{row.table}” {verb} in force{day_words([row], self.words)}"
        in_force = _Phrase(f"{line} ({row.period}; {row.source})")
        join: Join = "and" if truth else "or"
        return _joined(join, (self.phrase(row.condition, truth), in_force))


def _cluster_key(part: Condition, group: All | AnyOf, words: Lexicon) -> object:
    """Returns a key that parts share if they ask about the same set or day, or are table rows."""
    negated = isinstance(part, Not)
    atom = part.part if isinstance(part, Not) else part
    if atom.question.member and atom.question.fact in words.facts:
        return (atom.question.fact, negated)
    if isinstance(atom, OnOrAfter) and isinstance(group, All):
        return atom.key
    if isinstance(group, AnyOf) and table_row(part):
        return "rows"
    return part
