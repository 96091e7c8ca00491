"""Reasons why a condition holds, fails or is open, in words: what decides, and under which terms.

Of nested terms that hold the outermost is named; of those that fail or are open the innermost, because
that is where the obstacle lies.  The rows of a table are one reason, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from regcompare.facts import UNKNOWN, CodeSet, Country, Fact, MemberSet
from regcompare.logic.conditions import (
    All,
    Among,
    AnyOf,
    Between,
    Choose,
    Condition,
    Constant,
    Derivation,
    Not,
    OneOf,
    OnOrAfter,
    Term,
    evaluate,
)
from regcompare.logic.questions import DoubtQuestion, Question
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import CORE, Vocabulary

from .lexicon import (
    Lexicon,
    answer_clause,
    choice_words,
    day_name,
    lexicon,
    listing,
    literal_words,
    member_words,
    reading_words,
    short_list,
)
from .rows import (
    TableRow,
    by_table,
    day_words,
    named_in_table,
    period_words,
    place_words,
    row_patterns,
    rows_fact,
    table_row,
)
from .words import term_words

Answers = Mapping[str, Any]
"""Answers by key, and whole sets by the name of their fact."""


@attrs.frozen
class Reason:
    """One reason.

    Attributes:
        text: The reason: of a condition as a clause, of a result as sentences.
        facts: The names of the facts, doubts (``reading.ID``) and powers (``discretion.ID``) whose
            answers, or lack of answers, it rests on.
        term: The term that it is about, or None.
        lead: The clause with which it begins, where others follow: which term is met or not, or which
            answer a table names.
    """

    text: str
    facts: tuple[str, ...]
    term: Term | None = attrs.field(default=None, eq=False)
    lead: str = attrs.field(default="", eq=False, repr=False)


def reasons(
    derivation: Derivation,
    vocabulary: Vocabulary | Ruleset | Lexicon = CORE,
    *,
    answers: Answers | None = None,
) -> tuple[Reason, ...]:
    """Returns why a condition holds, fails or is open, in the order of the condition, none twice.

    Args:
        derivation: The condition, evaluated.
        vocabulary: What declares the facts; a ruleset declares its powers as well.
        answers: The answers that it was evaluated on, by key, and whole sets by the name of their fact.
            With them a reason says what is the case, not only what is not, and leaves out readings
            that change nothing.
    """
    groups: dict[Condition | None, _Group] = {}
    _collect(derivation, None, groups)
    writer = _Writer(lexicon(vocabulary), answers or {})
    clauses = {group: list(dict.fromkeys(writer.clauses_of(group))) for group in groups.values()}
    result: dict[Reason, None] = {}
    for key, group in groups.items():
        inner = {clause for other in clauses if key in other.outer for clause in clauses[other]}
        own = [clause for clause in clauses[group] if clause not in inner]
        result.update(dict.fromkeys(writer.reasons_of(group, own)))
    return tuple(result)


# collecting what decides ----------------------------------------------------------------------


@attrs.define(eq=False)
class _Group:
    """The atoms, rows and interpretations that decide under one term, or under none.

    Attributes:
        term: The term, or None.
        outer: The terms around it, from the outermost.
    """

    term: Derivation | None
    outer: tuple[Condition, ...] = ()
    atoms: list[Derivation] = attrs.field(factory=list)
    rows: list[Derivation] = attrs.field(factory=list)
    readings: list[Derivation] = attrs.field(factory=list)

    def add(self, derivation: Derivation) -> None:
        if isinstance(derivation.condition, Term):
            self.rows.append(derivation)
        else:
            is_reading = isinstance(derivation.condition, Choose)
            (self.readings if is_reading else self.atoms).append(derivation)


def _collect(
    derivation: Derivation,
    term: Derivation | None,
    groups: dict[Condition | None, _Group],
    outer: tuple[Condition, ...] = (),
) -> None:
    condition = derivation.condition
    is_row = table_row(condition) is not None
    if isinstance(condition, Term) and not is_row and (term is None or term.truth is not True):
        outer = (*outer, term.condition) if term else outer
        term = derivation
    if is_row or condition.key:
        key = term.condition if term else None
        groups.setdefault(key, _Group(term, outer)).add(derivation)
    for part in () if is_row else _deciding(derivation):
        _collect(part, term, groups, outer)


def _deciding(derivation: Derivation) -> list[Derivation]:
    """The parts that decide, without readings and days where facts suffice."""
    if isinstance(derivation.condition, Not):
        return list(derivation.parts)
    parts = [part for part in derivation.parts if part.truth is derivation.truth]
    if isinstance(derivation.condition, All if derivation.truth is False else AnyOf):
        parts = [part for part in parts if not _is_background(part.condition)] or parts
    return parts


def _is_background(condition: Condition) -> bool:
    """Returns whether a condition asks for a day, or only how a text is read."""
    if _is_day(condition):
        return True
    readings = condition.parts if isinstance(condition, Choose) else ()
    return bool(readings) and all(isinstance(reading, Constant) for reading in readings)


# from groups to reasons -----------------------------------------------------------------------

TRUTHS = {True: "{term} is met", False: "{term} is not met", None: "{term} is open"}
"""The clause on a term, by its truth."""


@attrs.frozen
class _Writer:
    """Puts groups, atoms and rows into clauses, which say what the answers are where they are known."""

    words: Lexicon
    answers: Answers

    @property
    def say(self) -> Callable[..., str]:
        return self.words.language.say

    def reasons_of(self, group: _Group, clauses: list[Reason]) -> Iterator[Reason]:
        """Yields one reason for the group's term, or one for each clause where it has none."""
        if group.term is None:
            yield from clauses
        elif clauses:
            term = group.term.condition
            assert isinstance(term, Term)
            facts = tuple(dict.fromkeys(item for clause in clauses for item in clause.facts))
            text = "; ".join(clause.text for clause in clauses)
            lead = self.say(TRUTHS[group.term.truth], term=term_words(term, self.words))
            yield Reason(f"{lead}: {text}", facts, term, lead)

    def clauses_of(self, group: _Group) -> Iterator[Reason]:
        """Yields the clauses of a group, without those on facts that a clause on a table repeats."""
        rows = list(self.of_rows(group.rows))
        repeated = {row.lead for row in rows}
        yield from (clause for clause in self.of_atoms(group.atoms) if clause.text not in repeated)
        yield from rows
        yield from self._readings(group.readings)

    def _readings(self, derivations: list[Derivation]) -> Iterator[Reason]:
        """Yields the doubts that are open and matter, then the readings that decided."""
        chosen: dict[DoubtQuestion, str] = {}
        for derivation in derivations:
            choose = derivation.condition
            assert isinstance(choose, Choose)
            if len(derivation.parts) > 1 and derivation.truth is None:
                text = self.say("how {doubt} is read", doubt=choose.question.id)
                yield Reason(text, (choose.question.name,))
            elif len(derivation.parts) == 1 and derivation.truth is not None and self._matters(choose):
                chosen[choose.question] = self._chosen(choose, derivation.parts[0].condition)
        if len(chosen) == 1:
            ((question, reading),) = chosen.items()
            text = reading_words(question.id, [reading], self.words.language)
            yield Reason(text, (question.name,))
        elif chosen:
            words = [
                self.say("{doubt} as “{reading}”", doubt=question.id, reading=reading)
                for question, reading in chosen.items()
            ]
            readings = listing(words, self.say("and"))
            yield Reason(self.say("the text is read so: {readings}", readings=readings), _names(chosen))

    def _matters(self, choose: Choose) -> bool:
        """Returns whether some reading gives a different truth; without answers that is not known."""
        answers = self.answers
        truths = {evaluate(reading, answers).truth for _, reading in choose.readings}
        return not answers or len(truths) > 1

    def _chosen(self, choose: Choose, condition: Condition) -> str:
        answer = self.answers.get(choose.key)
        names = [name for name, reading in choose.readings if reading is condition]
        return "” or “".join(names) if answer is None else str(answer)

    # atoms ------------------------------------------------------------------------------------

    def of_atoms(self, atoms: Iterable[Derivation]) -> Iterator[Reason]:
        """Yields a clause for each fact; an open one begins with "whether"."""
        groups: dict[tuple[str, bool | None], dict[Condition, None]] = {}
        for atom in atoms:
            subject = atom.condition.question.subject
            groups.setdefault((subject, atom.truth), {})[atom.condition] = None
        for (_, truth), conditions in groups.items():
            text = self._fact(list(conditions), truth)
            names = _names(condition.question for condition in conditions)
            yield Reason(text, names)

    def _fact(self, atoms: Sequence[Condition], truth: bool | None) -> str:
        questions = [atom.question for atom in atoms]
        fact = self.words.facts.get(questions[0].fact)
        answer = self.answers.get(questions[0].fact)
        if fact is not None and isinstance(atoms[0], OnOrAfter):
            return self._day(fact, [atom for atom in atoms if isinstance(atom, OnOrAfter)], truth)
        if fact is not None and isinstance(atoms[0], OneOf):
            clause = self._choice(fact, [atom for atom in atoms if isinstance(atom, OneOf)], truth)
        elif isinstance(fact, CodeSet) and isinstance(answer, MemberSet):
            clause = self._codes(fact, answer, [question.member for question in questions], truth)
        else:
            clause = literal_words(self.words, questions, truth, "and" if truth else "or")
        return clause if truth is not None else self.say("whether {clause}", clause=clause)

    def _choice(self, fact: Fact, atoms: Sequence[OneOf], truth: bool | None) -> str:
        answer, language = self.answers.get(fact.key), self.words.language
        groups = [atom.answers for atom in atoms]
        if truth is not None and answer is not None:
            words = answer.words if isinstance(answer, Among) else [answer]
            return answer_clause(fact, choice_words(fact, words, language), True, language)
        answers = (frozenset.intersection if truth else frozenset.union)(*groups)
        return answer_clause(fact, choice_words(fact, answers, language), truth, language)

    def _day(self, fact: Fact, atoms: Sequence[OnOrAfter], truth: bool | None) -> str:
        answer, name = self.answers.get(fact.key), day_name(fact, self.words.language)
        if isinstance(answer, Between) and truth is not None:
            first, last = answer.first, answer.last
            return self.say("{day} is between {first} and {last}", day=name, first=first, last=last)
        if answer is not None and not isinstance(answer, Between):
            return self.say(
                "whether {day} is {answer}" if truth is None else "{day} is {answer}",
                day=name,
                answer=answer,
            )
        if truth is False:
            return self.say("{day} is before {first}", day=name, first=min(atom.day for atom in atoms))
        return self.say(
            "{day} is {first} or later" if truth else "whether {day} is {first} or later",
            day=name,
            first=max(atom.day for atom in atoms),
        )

    # rows of tables ---------------------------------------------------------------------------

    def of_rows(self, derivations: Iterable[Derivation]) -> Iterator[Reason]:
        """Yields one clause for each table and fact asked for, however many rows there are."""
        by_row = {row: item for item in derivations if (row := table_row(item.condition))}
        for truth in (True, False, None):
            rows = [row for row, item in by_row.items() if item.truth is truth]
            for group in by_table(rows):
                yield self._table(group, [by_row[row] for row in group], truth)

    def _table(
        self, rows: Sequence[TableRow], derivations: Sequence[Derivation], truth: bool | None
    ) -> Reason:
        atoms = (atom.condition for item in derivations for atom in item.deciding())
        names = _names(atom.question for atom in atoms if atom.key)
        fact, lead = rows_fact(rows, self.words), ""
        if fact is None:
            text = self._mixed(rows, derivations, truth)
        elif truth is None:
            clause = named_in_table(fact, rows, self.words, None)
            text = self.say("whether {clause}", clause=clause)
        elif truth:
            lead, places = self._answer(fact, rows), self._places(rows)
            text = self.say(
                "{lead}, named in “{table}” ({places})",
                lead=lead,
                table=self.say(rows[0].table),
                places=places,
            )
        else:
            lead, text = self._not_named(fact, rows, derivations)
        return Reason(text, names, lead=lead)

    def _places(self, rows: Iterable[TableRow]) -> str:
        language = self.words.language
        return listing([place_words(row, language) for row in rows], self.say("and"))

    def _not_named(
        self, fact: Fact, rows: Sequence[TableRow], derivations: Sequence[Derivation]
    ) -> tuple[str, str]:
        """The answer, and that no row names it, or one does that is not in force."""
        answer, language = self.answers.get(fact.key), self.words.language
        if answer is None or answer is UNKNOWN:
            return "", named_in_table(fact, rows, self.words, False)
        if isinstance(answer, MemberSet) and not answer.known:
            return "", self._no_entry(fact)
        pairs = zip(rows, derivations, strict=True)
        lapsed = [row for row, item in pairs if _only_the_day_fails(item)]
        periods = (
            self.say(
                " (line {line} names it, but is in force {period})",
                line=row.line,
                period=period_words(row.period, language),
            )
            for row in lapsed
        )
        lead, day = self._answer(fact, rows), day_words(rows, self.words)
        said = self.say(
            "{lead}, not named in “{table}”{day}", lead=lead, table=self.say(rows[0].table), day=day
        )
        return lead, f"{said}{''.join(periods)}"

    def _answer(self, fact: Fact, rows: Sequence[TableRow]) -> str:
        """The answer that is known, else what the rows ask for."""
        answer, language = self.answers.get(fact.key), self.words.language
        patterns = [pattern for row in rows for pattern in row_patterns(row)]
        if isinstance(fact, CodeSet) and isinstance(answer, MemberSet):
            words = self._entries(fact, answer.known, patterns)
        elif not isinstance(fact, Country):
            words = member_words(fact, patterns, language=language)
        else:
            groups = [row.condition.answers for row in rows if isinstance(row.condition, OneOf)]
            codes = frozenset.union(*groups) if answer is None else [answer]
            words = choice_words(fact, codes, language)
        return answer_clause(fact, words, True, language)

    def _mixed(
        self, rows: Sequence[TableRow], derivations: Sequence[Derivation], truth: bool | None
    ) -> str:
        """Rows that ask for several facts."""
        table = self.say(rows[0].table)
        if truth is None:
            return self.say("whether “{table}” has a row that fits this case", table=table)
        if not truth:
            day = day_words(rows, self.words)
            return self.say("“{table}” has no row that fits this case{day}", table=table, day=day)
        atoms = [atom for item in derivations for atom in item.deciding() if atom.condition.key]
        clauses = self.of_atoms(atom for atom in atoms if not _is_day(atom.condition))
        return self.say(
            "{clauses} (as “{table}” asks, {places})",
            clauses="; ".join(clause.text for clause in clauses),
            table=table,
            places=self._places(rows),
        )

    # codes ------------------------------------------------------------------------------------

    def _codes(
        self, fact: CodeSet, answer: MemberSet, patterns: Sequence[str], truth: bool | None
    ) -> str:
        """Returns what a known set of codes says about the patterns asked for."""
        language = self.words.language
        if truth is None:
            unsure = {
                code for code in answer.known if any(fact.falls(code, it) is None for it in patterns)
            }
            codes = short_list(sorted(unsure | answer.open), language=language)
            return answer_clause(fact, self.say("entry {codes}", codes=codes), None, language)
        if not answer.known:
            return self._no_entry(fact)
        words = self._entries(fact, answer.known, patterns if truth else ["*"])
        clause = answer_clause(fact, words, True, language)
        if truth or any("!" in pattern for pattern in patterns):  # Or with exceptions.
            return clause
        others = member_words(fact, patterns, language=language)
        return self.say("{clause}, not {others}", clause=clause, others=others)

    def _no_entry(self, fact: Fact) -> str:
        language = self.words.language
        entry = member_words(fact, ["*"], truth=False, language=language)
        return answer_clause(fact, entry, False, language)

    def _entries(self, fact: CodeSet, codes: Iterable[str], patterns: Sequence[str]) -> str:
        """The codes that fall under the patterns, or all codes where none does."""
        codes = sorted(codes)
        shown = [code for code in codes if any(fact.falls(code, item) for item in patterns)] or codes
        codes = short_list(shown, "and", language=self.words.language)
        return self.say("entries {codes}" if len(shown) > 1 else "entry {codes}", codes=codes)


def _names(questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.name for question in questions))


def _only_the_day_fails(derivation: Derivation) -> bool:
    """Returns whether the row names the answer but is not in force."""
    parts = [part for part in derivation.parts[0].parts if not _is_day(part.condition)]
    return bool(parts) and all(part.truth for part in parts)


def _is_day(condition: Condition) -> bool:
    """Returns whether a condition, or what it negates, asks for a day."""
    return isinstance(condition.part if isinstance(condition, Not) else condition, OnOrAfter)
