"""Answered and open questions as clauses: one for each fact, one for each table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet
from regcompare.logic.conditions import Among, Condition, Not, OneOf, OnOrAfter, Trace
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
    """Whether a condition, or what it negates, asks for a day."""
    return isinstance(condition.part if isinstance(condition, Not) else condition, OnOrAfter)


@attrs.frozen
class Clauses:
    """Puts leaves and rows into clauses, which say what the answers are where these are known."""

    words: Lexicon
    answers: Answers

    # leaves -----------------------------------------------------------------------------------

    def of_leaves(self, leaves: Iterable[Trace]) -> Iterator[Clause]:
        """Yields one clause for each fact; an open one begins with "whether"."""
        groups: dict[tuple[str, bool | None], dict[Condition, None]] = {}
        for leaf in leaves:
            subject = leaf.condition.question.subject
            groups.setdefault((subject, leaf.truth), {})[leaf.condition] = None
        for (_, truth), conditions in groups.items():
            questions = tuple(dict.fromkeys(condition.question for condition in conditions))
            text = self._fact(list(conditions), truth)
            yield Clause(text if truth is not None else f"whether {text}", questions)

    def _fact(self, leaves: Sequence[Condition], truth: bool | None) -> str:
        questions = [leaf.question for leaf in leaves]
        fact = self.words.facts.get(questions[0].fact)
        affirmed, answer = truth is not False, self.answers.get(questions[0].fact)
        if fact is not None and isinstance(leaves[0], OneOf):
            return self._choice(fact, [leaf for leaf in leaves if isinstance(leaf, OneOf)], truth)
        if fact is not None and isinstance(leaves[0], OnOrAfter):
            return self._day(fact, [leaf for leaf in leaves if isinstance(leaf, OnOrAfter)], affirmed)
        if isinstance(fact, CodeSet) and isinstance(answer, MemberSet):
            return _codes(fact, answer, [question.member for question in questions], truth)
        return literal_words(self.words, questions, affirmed, "and" if truth else "or")

    def _choice(self, fact: Fact, leaves: Sequence[OneOf], truth: bool | None) -> str:
        answer = self.answers.get(fact.key)
        groups = [leaf.answers for leaf in leaves]
        if truth is not None and answer is not None:
            words = answer.words if isinstance(answer, Among) else [answer]
            return answer_clause(fact, choice_words(fact, words))
        if truth is True:
            return answer_clause(fact, choice_words(fact, frozenset.intersection(*groups)))
        choices = choice_words(fact, frozenset.union(*groups))
        return answer_clause(fact, choices, truth is not False)

    def _day(self, fact: Fact, leaves: Sequence[OnOrAfter], affirmed: bool) -> str:
        answer = self.answers.get(fact.key)
        if answer is not None:
            return f"{day_name(fact)} is {answer}"
        if affirmed:
            return f"{day_name(fact)} is {max(leaf.day for leaf in leaves)} or later"
        return f"{day_name(fact)} is before {min(leaf.day for leaf in leaves)}"

    # rows of tables ---------------------------------------------------------------------------

    def of_rows(self, traces: Iterable[Trace]) -> Iterator[Clause]:
        """Yields one clause for each table and fact asked for, however many rows there are."""
        trace_of = {row: trace for trace in traces if (row := table_row(trace.condition))}
        for truth in (True, False, None):
            rows = [row for row, trace in trace_of.items() if trace.truth is truth]
            for group in by_table(rows):
                yield self._table(group, [trace_of[row] for row in group], truth)

    def _table(self, rows: Sequence[TableRow], traces: Sequence[Trace], truth: bool | None) -> Clause:
        leaves = (leaf.condition for trace in traces for leaf in trace.deciding())
        questions = dict.fromkeys(leaf.question for leaf in leaves if leaf.key)
        fact = rows_fact(rows, self.words)
        if fact is None:
            text = self._mixed(rows, traces, truth)
        elif truth is None:
            text = f"whether {named_in_table(fact, rows, self.words)}"
        elif truth:
            places = listing([row.place for row in rows], "and")
            text = f"{self._answer(fact, rows)}, named in “{rows[0].table}” ({places})"
        else:
            text = self._not_named(fact, rows, traces)
        return Clause(text, tuple(questions))

    def _not_named(self, fact: Fact, rows: Sequence[TableRow], traces: Sequence[Trace]) -> str:
        """No row names the answer, or one does that is not in force."""
        answer = self.answers.get(fact.key)
        if answer is None or answer is UNKNOWN:
            return named_in_table(fact, rows, self.words, False)
        if isinstance(answer, MemberSet) and not answer.known:
            return answer_clause(fact, member_words(fact, ["*"], truth=False), False)
        table = f"not named in “{rows[0].table}”{day_words(rows, self.words)}"
        lapsed = [row for row, trace in zip(rows, traces, strict=True) if _only_the_day_fails(trace)]
        periods = [f" (line {row.line} names it, but is in force {row.period})" for row in lapsed]
        return f"{self._answer(fact, rows)}, {table}{''.join(periods)}"

    def _answer(self, fact: Fact, rows: Sequence[TableRow]) -> str:
        """The answer that is known, else what the rows ask for."""
        answer = self.answers.get(fact.key)
        patterns = [pattern for row in rows for pattern in row_patterns(row)]
        if isinstance(fact, CodeSet) and isinstance(answer, MemberSet):
            return answer_clause(fact, _entries(fact, answer.known, patterns))
        if not isinstance(fact, Country):
            return answer_clause(fact, member_words(fact, patterns))
        groups = [row.condition.answers for row in rows if isinstance(row.condition, OneOf)]
        codes = frozenset.union(*groups) if answer is None else [answer]
        return answer_clause(fact, choice_words(fact, codes))

    def _mixed(self, rows: Sequence[TableRow], traces: Sequence[Trace], truth: bool | None) -> str:
        """Rows that ask for several facts."""
        table = f"“{rows[0].table}”"
        if truth is None:
            return f"whether {table} has a row that fits this case"
        if not truth:
            return f"{table} has no row that fits this case{day_words(rows, self.words)}"
        leaves = [leaf for trace in traces for leaf in trace.deciding() if leaf.condition.key]
        clauses = self.of_leaves(leaf for leaf in leaves if not is_day(leaf.condition))
        places = listing([row.place for row in rows], "and")
        return f"{'; '.join(clause.text for clause in clauses)} (as {table} asks, {places})"


def _codes(fact: CodeSet, answer: MemberSet, patterns: Sequence[str], truth: bool | None) -> str:
    """What a known set of codes says about the patterns asked for."""
    if truth is None:
        unsure = {code for code in answer.known if any(fact.falls(code, it) is None for it in patterns)}
        return answer_clause(fact, f"entry {short_list(sorted(unsure | answer.open))}")
    if not answer.known:
        return answer_clause(fact, member_words(fact, ["*"], truth=False), False)
    if truth:
        return answer_clause(fact, _entries(fact, answer.known, patterns))
    codes = answer_clause(fact, _entries(fact, answer.known, ["*"]))
    has_exceptions = any("!" in pattern for pattern in patterns)
    return codes if has_exceptions else f"{codes}, not {member_words(fact, patterns)}"


def _entries(fact: CodeSet, codes: Iterable[str], patterns: Sequence[str]) -> str:
    """The codes that fall under the patterns, or all codes where none does."""
    codes = sorted(codes)
    shown = [code for code in codes if any(fact.falls(code, item) for item in patterns)] or codes
    return f"{'entries' if len(shown) > 1 else 'entry'} {short_list(shown, 'and')}"


def _only_the_day_fails(trace: Trace) -> bool:
    """Whether the row names the answer but is not in force."""
    parts = [part for part in trace.parts[0].parts if not is_day(part.condition)]
    return bool(parts) and all(part.truth for part in parts)
