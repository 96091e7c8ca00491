"""Why a condition holds, fails or is open, in words: what decides, and under which terms.

Of nested terms that hold the outermost is named; of those that fail or are open the innermost, because
that is where the obstacle lies.  The rows of a table are one reason, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from regcompare.logic.conditions import (
    All,
    AnyOf,
    Choose,
    Condition,
    Constant,
    Not,
    Term,
    Trace,
    walk,
)
from regcompare.logic.questions import Question
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import CORE, Vocabulary

from .clauses import Answers, Clause, Clauses, is_day
from .lexicon import Lexicon, lexicon, listing, reading_words
from .rows import table_row
from .words import term_words


@attrs.frozen
class Reason:
    """One reason.

    Attributes:
        text: The reason as a clause.
        questions: The questions whose answers, or lack of answers, it rests on.
        term: The term that it is about, or None.
    """

    text: str
    questions: tuple[Question, ...]
    term: Term | None = attrs.field(default=None, eq=False)

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of the facts, doubts (``reading.ID``) and powers (``discretion.ID``)."""
        return tuple(dict.fromkeys(question.name for question in self.questions))


def reasons(
    trace: Trace,
    vocabulary: Vocabulary | Ruleset | Lexicon = CORE,
    *,
    answers: Answers | None = None,
) -> tuple[Reason, ...]:
    """Returns why a condition holds, fails or is open, in the order of the condition, none twice.

    Args:
        trace: The steps of the walk.
        vocabulary: What declares the facts; a ruleset declares its powers as well.
        answers: The answers that were walked, by key, and whole sets by the name of their fact.
            With them a reason says what is the case, not only what is not, and leaves out readings
            that change nothing.
    """
    groups: dict[Condition | None, _Group] = {}
    _gather(trace, None, groups)
    writer = _Writer(Clauses(lexicon(vocabulary), answers or {}))
    clauses = {group: list(dict.fromkeys(writer.clauses_of(group))) for group in groups.values()}
    result: dict[Reason, None] = {}
    for key, group in groups.items():
        inner = {clause for other in clauses if key in other.outer for clause in clauses[other]}
        own = [clause for clause in clauses[group] if clause not in inner]
        result.update(dict.fromkeys(writer.reasons_of(group, own)))
    return tuple(result)


# gathering what decides -----------------------------------------------------------------------


@attrs.define(eq=False)
class _Group:
    """The leaves, rows and interpretations that decide under one term, or under none.

    Attributes:
        term: The term, or None.
        outer: The terms around it, from the outermost.
    """

    term: Trace | None
    outer: tuple[Condition, ...] = ()
    leaves: list[Trace] = attrs.field(factory=list)
    rows: list[Trace] = attrs.field(factory=list)
    readings: list[Trace] = attrs.field(factory=list)

    def add(self, trace: Trace) -> None:
        if isinstance(trace.condition, Term):
            self.rows.append(trace)
        else:
            (self.readings if isinstance(trace.condition, Choose) else self.leaves).append(trace)


def _gather(
    trace: Trace,
    term: Trace | None,
    groups: dict[Condition | None, _Group],
    outer: tuple[Condition, ...] = (),
) -> None:
    condition = trace.condition
    is_row = table_row(condition) is not None
    if isinstance(condition, Term) and not is_row and (term is None or term.truth is not True):
        outer = (*outer, term.condition) if term else outer
        term = trace
    if is_row or condition.key:
        key = term.condition if term else None
        groups.setdefault(key, _Group(term, outer)).add(trace)
    for part in () if is_row else _deciding(trace):
        _gather(part, term, groups, outer)


def _deciding(trace: Trace) -> list[Trace]:
    """The parts that decide, without readings and days where facts suffice."""
    if isinstance(trace.condition, Not):
        return list(trace.parts)
    parts = [part for part in trace.parts if part.truth is trace.truth]
    if isinstance(trace.condition, All if trace.truth is False else AnyOf):
        parts = [part for part in parts if not _is_background(part.condition)] or parts
    return parts


def _is_background(condition: Condition) -> bool:
    """Whether a condition asks for a day, or only how a text is read."""
    if is_day(condition):
        return True
    readings = condition.parts if isinstance(condition, Choose) else ()
    return bool(readings) and all(isinstance(reading, Constant) for reading in readings)


# from groups to reasons -----------------------------------------------------------------------

_TRUTHS = {True: "is met", False: "is not met", None: "is open"}


@attrs.frozen
class _Writer:
    clauses: Clauses

    def reasons_of(self, group: _Group, clauses: list[Clause]) -> Iterator[Reason]:
        """Yields one reason for the group's term, or one for each clause where it has none."""
        if group.term is None:
            yield from (Reason(clause.text, clause.questions) for clause in clauses)
        elif clauses:
            term = group.term.condition
            assert isinstance(term, Term)
            questions = tuple(dict.fromkeys(item for clause in clauses for item in clause.questions))
            text = "; ".join(clause.text for clause in clauses)
            name = term_words(term, self.clauses.words)
            yield Reason(f"{name} {_TRUTHS[group.term.truth]}: {text}", questions, term)

    def clauses_of(self, group: _Group) -> Iterator[Clause]:
        """Yields the clauses of a group, without those on facts that a clause on a table repeats."""
        rows = list(self.clauses.of_rows(group.rows))
        for clause in (*self.clauses.of_leaves(group.leaves), *rows):
            if not any(row.text.startswith(f"{clause.text}, ") for row in rows):
                yield clause
        yield from self._readings(group.readings)

    def _readings(self, traces: list[Trace]) -> Iterator[Clause]:
        """Yields the doubts that are open and matter, then the readings that decided."""
        chosen: dict[Question, str] = {}
        for trace in traces:
            choose = trace.condition
            assert isinstance(choose, Choose)
            if len(trace.parts) > 1 and trace.truth is None:
                yield Clause(f"how {choose.question.doubt} is read", (choose.question,))
            elif len(trace.parts) == 1 and trace.truth is not None and self._matters(choose):
                chosen[choose.question] = self._chosen(choose, trace.parts[0].condition)
        if len(chosen) == 1:
            ((question, reading),) = chosen.items()
            yield Clause(reading_words(question.doubt, [reading]), (question,))
        elif chosen:
            words = [f"{question.doubt} as “{reading}”" for question, reading in chosen.items()]
            yield Clause(f"the text is read so: {listing(words, 'and')}", tuple(chosen))

    def _matters(self, choose: Choose) -> bool:
        """Whether some reading gives a different truth; without answers that is not known."""
        answers = self.clauses.answers
        truths = {walk(reading, answers).truth for _, reading in choose.readings}
        return not answers or len(truths) > 1

    def _chosen(self, choose: Choose, condition: Condition) -> str:
        answer = self.clauses.answers.get(choose.key)
        names = [name for name, reading in choose.readings if reading is condition]
        return "” or “".join(names) if answer is None else str(answer)
