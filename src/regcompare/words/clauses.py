"""What answered or open questions say, in clauses: one for each fact, one for each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet
from regcompare.logic.conditions import Condition, Not, OneOf, OnOrAfter, Trace
from regcompare.logic.questions import Question

from .lexicon import (
    Lexicon,
    answer_clause,
    choice_words,
    day_name,
    listing,
    literal_words,
    member_words,
    short_list,
)
from .rows import TableRow, by_table, day_words, named_in_table, row_patterns, rows_fact, table_row

Answers = Mapping[str, Any]
"""Answers by key, and whole sets by the name of their fact."""


@attrs.frozen
class Clause:
    """A clause, and the questions that it is about."""

    text: str
    questions: tuple[Question, ...]


def is_day(condition: Condition) -> bool:
    """Whether a condition asks for a day, or denies one."""
    return isinstance(condition.part if isinstance(condition, Not) else condition, OnOrAfter)


@attrs.frozen
class Clauses:
    """Tells leaves and rows; with answers that were walked, what is the case, not only what is not."""

    words: Lexicon
    answers: Answers

    # leaves -----------------------------------------------------------------------------------

    def of_leaves(self, leaves: Iterable[Trace]) -> Iterator[Clause]:
        """One clause for each fact; an open one begins with "whether"."""
        alike: dict[tuple[str, bool | None], dict[Condition, None]] = {}
        for leaf in leaves:
            subject = leaf.condition.question.subject
            alike.setdefault((subject, leaf.truth), {})[leaf.condition] = None
        for (_, truth), conditions in alike.items():
            asked = tuple(dict.fromkeys(condition.question for condition in conditions))
            text = self._fact(list(conditions), truth)
            yield Clause(text if truth is not None else f"whether {text}", asked)

    def _fact(self, leaves: Sequence[Condition], truth: bool | None) -> str:
        asked = [leaf.question for leaf in leaves]
        fact = self.words.facts.get(asked[0].fact)
        states, given = truth is not False, self.answers.get(asked[0].fact)
        if fact is not None and isinstance(leaves[0], OneOf):
            return self._choice(fact, [leaf for leaf in leaves if isinstance(leaf, OneOf)], truth)
        if fact is not None and isinstance(leaves[0], OnOrAfter):
            return self._day(fact, [leaf for leaf in leaves if isinstance(leaf, OnOrAfter)], states)
        if isinstance(fact, CodeSet) and isinstance(given, MemberSet):
            return _codes(fact, given, [question.member for question in asked], truth)
        return literal_words(self.words, asked, states, "and" if truth else "or")

    def _choice(self, fact: Fact, leaves: Sequence[OneOf], truth: bool | None) -> str:
        given = self.answers.get(fact.key)
        groups = [leaf.answers for leaf in leaves]
        if truth is not None and given is not None:
            return answer_clause(fact, choice_words(fact, [given]))
        if truth is True:
            return answer_clause(fact, choice_words(fact, frozenset.intersection(*groups)))
        asked = choice_words(fact, frozenset.union(*groups))
        return answer_clause(fact, asked, truth is not False)

    def _day(self, fact: Fact, leaves: Sequence[OnOrAfter], states: bool) -> str:
        given = self.answers.get(fact.key)
        if given is not None:
            return f"{day_name(fact)} is {given}"
        if states:
            return f"{day_name(fact)} is {max(leaf.day for leaf in leaves)} or later"
        return f"{day_name(fact)} is before {min(leaf.day for leaf in leaves)}"

    # rows of tables ---------------------------------------------------------------------------

    def of_rows(self, traces: Iterable[Trace]) -> Iterator[Clause]:
        """One clause for each table and fact asked for, however many rows there are."""
        steps = {row: trace for trace in traces if (row := table_row(trace.condition))}
        for truth in (True, False, None):
            alike = [row for row, trace in steps.items() if trace.truth is truth]
            for table in by_table(alike):
                yield self._table(table, [steps[row] for row in table], truth)

    def _table(self, rows: Sequence[TableRow], traces: Sequence[Trace], truth: bool | None) -> Clause:
        leaves = (leaf.condition for trace in traces for leaf in trace.deciding())
        asked = dict.fromkeys(leaf.question for leaf in leaves if leaf.key)
        fact = rows_fact(rows, self.words)
        if fact is None:
            text = self._mixed(rows, traces, truth)
        elif truth is None:
            text = f"whether {named_in_table(fact, rows, self.words)}"
        elif truth:
            places = listing([row.place for row in rows], "and")
            text = f"{self._given(fact, rows)}, named in “{rows[0].table}” ({places})"
        else:
            text = self._not_named(fact, rows, traces)
        return Clause(text, tuple(asked))

    def _not_named(self, fact: Fact, rows: Sequence[TableRow], traces: Sequence[Trace]) -> str:
        """No row names the answer; or one does that is not in force."""
        given = self.answers.get(fact.key)
        if given is None or given is UNKNOWN:
            return named_in_table(fact, rows, self.words, False)
        if isinstance(given, MemberSet) and not given.known:
            return answer_clause(fact, member_words(fact, ["*"], truth=False), False)
        table = f"not named in “{rows[0].table}”{day_words(rows, self.words)}"
        lapsed = [row for row, step in zip(rows, traces, strict=True) if _only_the_day_fails(step)]
        periods = [f" (line {row.line} names it, but is in force {row.period})" for row in lapsed]
        return f"{self._given(fact, rows)}, {table}{''.join(periods)}"

    def _given(self, fact: Fact, rows: Sequence[TableRow]) -> str:
        """The answer that is known, else what the rows ask for."""
        given = self.answers.get(fact.key)
        patterns = [pattern for row in rows for pattern in row_patterns(row)]
        if isinstance(fact, CodeSet) and isinstance(given, MemberSet):
            return answer_clause(fact, _entries(fact, given.known, patterns))
        if not isinstance(fact, Country):
            return answer_clause(fact, member_words(fact, patterns))
        asked = [row.asked.answers for row in rows if isinstance(row.asked, OneOf)]
        codes = frozenset.union(*asked) if given is None else [given]
        return answer_clause(fact, choice_words(fact, codes))

    def _mixed(self, rows: Sequence[TableRow], traces: Sequence[Trace], truth: bool | None) -> str:
        """Rows that ask for several facts."""
        name = f"“{rows[0].table}”"
        if truth is None:
            return f"whether {name} has a row that fits this case"
        if not truth:
            return f"{name} has no row that fits this case{day_words(rows, self.words)}"
        steps = [step for trace in traces for step in trace.deciding() if step.condition.key]
        facts = list(self.of_leaves(step for step in steps if not is_day(step.condition)))
        places = listing([row.place for row in rows], "and")
        return f"{'; '.join(said.text for said in facts)} (as {name} asks, {places})"


def _codes(fact: CodeSet, given: MemberSet, members: Sequence[str], truth: bool | None) -> str:
    """What a set of codes that is known says on the patterns asked for."""
    if truth is None:
        unsure = {code for code in given.known if any(fact.falls(code, one) is None for one in members)}
        return answer_clause(fact, f"entry {short_list(sorted(unsure | given.open))}")
    if not given.known:
        return answer_clause(fact, member_words(fact, ["*"], truth=False), False)
    if truth:
        return answer_clause(fact, _entries(fact, given.known, members))
    codes = answer_clause(fact, _entries(fact, given.known, ["*"]))
    simple = not any("!" in member for member in members)
    return f"{codes}, not {member_words(fact, members)}" if simple else codes


def _entries(fact: CodeSet, codes: Iterable[str], patterns: Sequence[str]) -> str:
    """The codes that fall under the patterns, all where none does."""
    every = sorted(codes)
    met = [code for code in every if any(fact.falls(code, pattern) for pattern in patterns)]
    return f"{'entries' if len(met or every) > 1 else 'entry'} {short_list(met or every, 'and')}"


def _only_the_day_fails(trace: Trace) -> bool:
    """Whether the row names the answer, and is only not in force."""
    asked = [part for part in trace.parts[0].parts if not is_day(part.condition)]
    return bool(asked) and all(part.truth for part in asked)
