"""Why a condition holds, fails or stays open, in words: what decides, and under which terms.

Of terms that hold the outermost is named; of terms that fail or are open the innermost, because
that is where it hangs.  The rows of a table are one reason, however many there are.
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
        questions: The questions whose answers, or want of answers, it rests on.
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
    """Returns why a condition holds, fails or stays open, in the order of the condition, none twice.

    Args:
        trace: The steps of the walk.
        vocabulary: What declares the facts; a ruleset declares its powers as well.
        answers: The answers that were walked, by key, and whole sets by the name of their fact.
            With them a reason says what is the case, not only what is not, and leaves out readings
            that change nothing.
    """
    groups: dict[Condition | None, _Group] = {}
    _gather(trace, None, groups)
    teller = _Teller(Clauses(lexicon(vocabulary), answers or {}))
    said = {group: list(dict.fromkeys(teller.said(group))) for group in groups.values()}
    because: dict[Reason, None] = {}
    for key, group in groups.items():
        clauses = said[group]
        inner = {clause for other in said if key in other.outer for clause in said[other]}
        told = [clause for clause in clauses if clause not in inner]
        because.update(dict.fromkeys(teller.told(group, told)))
    return tuple(because)


# gathering what decides -----------------------------------------------------------------------


@attrs.define(eq=False)
class _Group:
    """What decides under one term, or under none, in the order of the condition.

    Attributes:
        term: The term, or None.
        outer: The terms that it stands in, from the outermost.
    """

    term: Trace | None
    outer: tuple[Condition, ...] = ()
    leaves: list[Trace] = attrs.field(factory=list)
    rows: list[Trace] = attrs.field(factory=list)
    readings: list[Trace] = attrs.field(factory=list)

    def add(self, step: Trace) -> None:
        if isinstance(step.condition, Term):
            self.rows.append(step)
        else:
            (self.readings if isinstance(step.condition, Choose) else self.leaves).append(step)


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
    """The parts that decide; where facts suffice, readings and days are left out."""
    if isinstance(trace.condition, Not):
        return list(trace.parts)
    parts = [part for part in trace.parts if part.truth is trace.truth]
    if isinstance(trace.condition, All if trace.truth is False else AnyOf):
        parts = [part for part in parts if not _is_given(part.condition)] or parts
    return parts


def _is_given(condition: Condition) -> bool:
    """Whether a condition says only how a text is read, or asks for a day."""
    if is_day(condition):
        return True
    readings = condition.parts if isinstance(condition, Choose) else ()
    return bool(readings) and all(isinstance(reading, Constant) for reading in readings)


# telling it -----------------------------------------------------------------------------------

_MET = {True: "is met", False: "is not met", None: "is open"}


@attrs.frozen
class _Teller:
    clauses: Clauses

    def told(self, group: _Group, said: list[Clause]) -> Iterator[Reason]:
        """The reasons of one group: one for its term, or one for each fact where there is none."""
        if group.term is None:
            yield from (Reason(item.text, item.questions) for item in said)
        elif said:
            term = group.term.condition
            assert isinstance(term, Term)
            asked = tuple(dict.fromkeys(one for item in said for one in item.questions))
            facts = "; ".join(item.text for item in said)
            name = term_words(term, self.clauses.words)
            yield Reason(f"{name} {_MET[group.term.truth]}: {facts}", asked, term)

    def said(self, group: _Group) -> Iterator[Clause]:
        """Clauses about facts, but for those that a clause about a table says as well."""
        rows = list(self.clauses.of_rows(group.rows))
        for said in (*self.clauses.of_leaves(group.leaves), *rows):
            if not any(row.text.startswith(f"{said.text}, ") for row in rows):
                yield said
        yield from self._read(group.readings)

    def _read(self, readings: list[Trace]) -> Iterator[Clause]:
        """Which readings decided, and which are open and matter."""
        taken: dict[Question, str] = {}
        for step in readings:
            choose = step.condition
            assert isinstance(choose, Choose)
            if len(step.parts) > 1 and step.truth is None:
                yield Clause(f"how {choose.question.doubt} is read", (choose.question,))
            elif len(step.parts) == 1 and step.truth is not None and self._matters(choose):
                taken[choose.question] = self._taken(choose, step.parts[0].condition)
        if len(taken) == 1:
            ((asked, word),) = taken.items()
            yield Clause(reading_words(asked.doubt, [word]), (asked,))
        elif taken:
            words = [f"{asked.doubt} as “{reading}”" for asked, reading in taken.items()]
            yield Clause(f"the text is read so: {listing(words, 'and')}", tuple(taken))

    def _matters(self, choose: Choose) -> bool:
        """Whether some reading gives another truth; without answers that is not known."""
        answers = self.clauses.answers
        truths = {walk(reading, answers).truth for _, reading in choose.readings}
        return not answers or len(truths) > 1

    def _taken(self, choose: Choose, condition: Condition) -> str:
        given = self.clauses.answers.get(choose.key)
        names = [name for name, reading in choose.readings if reading is condition]
        return "” or “".join(names) if given is None else str(given)
