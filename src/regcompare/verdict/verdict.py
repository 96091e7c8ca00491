"""Verdicts: the outcome of one scenario under one ruleset, the reasons, and the open questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, Protocol

import attrs

from regcompare._support.displays import html_of
from regcompare._visible import visible
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import CodeSet, Fact, SetOf
from regcompare.law import Checked, Evidence
from regcompare.logic.conditions import All, Not, Term, Trace
from regcompare.logic.questions import Question as ProgramQuestion
from regcompare.program.cells import cells_among
from regcompare.program.force import APPLIED_ON
from regcompare.program.lookahead import PartialVerdict, probe
from regcompare.program.program import Entry, Program
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, NotEncoded, Outcome, Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.provenance import Disputed
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.dated import evidence_of

from .derivation import Derivation


@attrs.frozen(eq=False)
class Finding:
    """The result for one rule.

    Attributes:
        rule: The rule.
        holds: Whether it holds; None where that is open.
        decides: Whether it holds, is not overridden, and its outcome is the mildest one possible.
    """

    rule: Rule
    holds: bool | None
    decides: bool
    _entry: Entry
    _verdict: Verdict

    def __repr__(self) -> str:
        return f"<Finding {self.rule.id}: {self.holds}>"

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset that the rule belongs to, which may be the base of the one assessed."""
        return self._entry.source

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law was applied."""
        return self._verdict.as_of

    @property
    def standing(self) -> Literal["law", "retained", "proposal"]:
        """What the rule is: law, retained from other law, or of a proposal alone."""
        return self.ruleset.standing(self.rule)

    @property
    def lifted_by(self) -> tuple[Rule, ...]:
        """The rules that override it, or may."""
        derivation = self._verdict.derivation
        entries, stands = derivation.program.entries, derivation.partial_verdict.stands
        return tuple(entries[place].rule for place in self._entry.lifters if stands[place] is not False)

    @property
    def evidence(self) -> Evidence:
        """How the rule is known."""
        return self._entry.source.evidence(self.rule)

    @property
    def checked(self) -> Checked:
        """The level at which the rule is known."""
        return self.evidence.level

    @property
    def trace(self) -> Trace:
        """Every step of its condition: which facts make it hold or fail, or leave it open.

        Where the scope of its ruleset fails or is open, the steps of that scope are included.
        """
        entry, derivation = self._entry, self._verdict.derivation
        return derivation.walk(entry.when if derivation.walk(entry.guard).truth else entry.condition)

    def rests_on(self) -> Iterator[Term]:
        """Yields the terms, including table rows, that make the rule hold.

        Where it may hold, these are the terms that are already met.
        """
        yield from _met_terms(self.trace)

    def known_by(self, term: Term) -> Evidence | None:
        """How a term is known; a row of a table, on the day on which it is read."""
        return evidence_of(term, self._verdict.derivation.answers)


def _met_terms(trace: Trace) -> Iterator[Term]:
    if trace.truth is False or isinstance(trace.condition, Not):
        return
    if trace.truth and isinstance(trace.condition, Term):
        yield trace.condition
    for part in trace.parts:
        if part.truth or part.truth is trace.truth:
            yield from _met_terms(part)


@attrs.frozen
class Effect:
    """The span that any of these answers to an open question, alone, would lead to."""

    answers: tuple[str, ...]
    span: Span


@attrs.frozen
class Question:
    """An open question whose answer could still change the outcome.

    Attributes:
        name: The fact, or ``reading.ID`` or ``discretion.ID``.
        text: The question in plain words.
        members: Of a set, the members left open.
        effects: The span that each answer, alone, would lead to.
    """

    name: str
    text: str
    members: tuple[str, ...]
    effects: tuple[Effect, ...]


@attrs.frozen
class AlternativeReading:
    """What a result would be if a single doubtful text were read differently.

    Attributes:
        doubt: The doubt.
        reading: The other reading.
        result: The result by it, as look-ahead gives it.
        differs: Whether that differs from the result by the reading that was chosen.
    """

    doubt: Interpretation
    reading: str
    result: str
    differs: bool


@attrs.frozen
class RestsOn:
    """The assumptions, and the unknown law and dates, without which a result would or might differ.

    Attributes:
        presumed: The facts that the file presumes case by case and without which the result differs; all
            of them where only all together make a difference.
        readings: The other readings of doubtful texts that lead to a different result.
        unread: The ids of provisions that nobody read and whose text could change the result.
        dates: The unknown dates that could change the result.
    """

    presumed: tuple[str, ...]
    readings: tuple[AlternativeReading, ...]
    unread: tuple[str, ...]
    dates: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.presumed or self.readings or self.unread or self.dates)


_DATES = (FACTS_DATE.key, LAW_DATE.key, APPLIED_ON.key)


class Prover(Protocol):
    """Proves what look-ahead only bounds; ``proofs.spans`` has the one that asks a solver."""

    def prove(
        self,
        partial_verdict: PartialVerdict,
        program: Program,
        day: dt.date | None,
        readings: tuple[tuple[Interpretation, str | None], ...],
        scenario: Scenario,
    ) -> PartialVerdict:
        """Returns a partial verdict narrowed to what some answers to the open questions lead to."""

    def sharpen(self, verdict: Verdict, questions: Iterable[Question]) -> Iterable[Question]:
        """Returns open questions with the exact span that each answer, alone, leads to."""

    def may_diverge(self, milder: Verdict, stricter: Verdict, at: Outcome) -> bool:
        """Returns whether some answers keep one verdict below an outcome and bring the other to it."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Verdict:
    """One scenario under one ruleset; all but the outcome is worked out on request.

    Attributes:
        derivation: How it is derived.
    """

    derivation: Derivation

    def __repr__(self) -> str:
        return visible(f"<Verdict {self.scenario.id} under {self.ruleset.id}: {self.result}>")

    def _repr_html_(self) -> str:
        return html_of(self)

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.derivation.scenario

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset."""
        return self.derivation.ruleset

    @property
    def _partial(self) -> PartialVerdict:
        return self.derivation.partial_verdict

    @property
    def original(self) -> Scenario:
        """The scenario before it was changed to be assessed as if from elsewhere."""
        return self.scenario.as_if.original if self.scenario.as_if else self.scenario

    @property
    def is_domestic(self) -> bool:
        """Whether it would be no export if made from the ruleset's home, and is set aside."""
        return self.derivation.is_domestic

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law is applied; None where it is unknown."""
        return self.derivation.law.day

    @property
    def base(self) -> Ruleset | None:
        """The law that a proposal is based on; None where there is none, or it is unknown."""
        return self.derivation.law.base

    @property
    def in_force(self) -> bool | None:
        """Whether the ruleset is in force; None where that depends on unknown dates."""
        in_force = self.derivation.law.in_force
        return self._partial.in_force if in_force is None else in_force

    @property
    def in_scope(self) -> bool | None:
        """Whether the ruleset covers the transaction; None where that is open."""
        return self._partial.in_scope

    @property
    def span(self) -> Span | None:
        """The mildest and the strictest outcome that are possible; None where there is no outcome.

        There is none out of scope, not in force, or for a sale that is set aside as domestic.
        """
        return self.derivation.span

    @cached_property
    def presumed(self) -> tuple[str, ...]:
        """The presumed facts that the ruleset asks about."""
        return tuple(self.derivation.presumed())

    @cached_property
    def inferred(self) -> tuple[str, ...]:
        """The facts that follow from others by the constraints of the vocabulary."""
        return tuple(self.derivation.inferred())

    @property
    def assumed(self) -> tuple[tuple[Interpretation, str | None], ...]:
        """Each doubtful text with the reading assumed; None where it was left open."""
        return tuple(self.derivation.readings.items())

    @property
    def restated(self) -> Mapping[str, str]:
        """The facts that were read as something else than is given, each with the answer read."""
        return {fact: str(answer) for fact, (answer, _) in self.derivation.known.restated.items()}

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What the case says and was read as something else, or not at all; part of ``warnings``."""
        return tuple(self.derivation.notices())

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader might be surprised by."""
        return tuple(self.derivation.warnings())

    @property
    def exact(self) -> bool:
        """Whether the ends of the span are proved; those of look-ahead are hardly ever wider."""
        return self.derivation.prover is not None

    @property
    def low(self) -> Outcome | None:
        """The mildest outcome possible."""
        return self.span.low if self.span else None

    @property
    def high(self) -> Outcome | None:
        """The strictest outcome possible."""
        return self.span.high if self.span else None

    @property
    def result(self) -> str:
        """The result in a few words: a span, *out of scope*, *not in force* or *domestic sale*."""
        return self.derivation.result(self._partial)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The result for each rule, in the order of the text; the base's rules come first."""
        if not self.span:
            return ()
        derivation, low = self.derivation, self.span.low
        entries, holds, stands = (
            derivation.program.entries,
            derivation.partial_verdict.holds,
            derivation.partial_verdict.stands,
        )
        return tuple(
            Finding(
                entries[place].rule,
                holds[place],
                stands[place] is True and entries[place].rule.then is low,
                entries[place],
                self,
            )
            for place in derivation.program.text_order
        )

    def finding(self, rule_id: str) -> Finding:
        """Returns the result for the rule with this id.

        Raises:
            UsageError: There is no such rule; the text names the nearest.
        """
        for finding in self.findings:
            if finding.rule.id == rule_id:
                return finding
        hint = did_you_mean(nearest(rule_id, [finding.rule.id for finding in self.findings]))
        raise UsageError(f"{self.ruleset.id} has no rule {rule_id!r}.{hint}")

    @property
    def _strictest_first(self) -> list[Finding]:
        return sorted(self.findings, key=attrgetter("rule.then.rank"), reverse=True)

    @property
    def holding(self) -> tuple[Finding, ...]:
        """The rules that hold, strictest first."""
        return tuple(item for item in self._strictest_first if item.holds)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The rules that may hold, strictest first."""
        return tuple(item for item in self._strictest_first if item.holds is None)

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The rules that decide the outcome, or the mildest one of a span."""
        return tuple(finding for finding in self.findings if finding.decides)

    @cached_property
    def disputes(self) -> tuple[Disputed, ...]:
        """Who disputes a fact by which the result, or an end of it, is as it is."""
        derivation, disputed = self.derivation, self.scenario.disputed
        if not disputed or self.in_force is False:
            return ()
        cases = derivation.batch.decisive_disputes
        return tuple(item for item in disputed if cases[item.fact] >> derivation.place & 1)

    @property
    def between(self) -> tuple[Finding, ...]:
        """The open rules of which one must hold, where no rule alone decides the mildest outcome."""
        if not self.span or self.deciding or self.span.low is Outcome.NO_CONTROL:
            return ()
        return tuple(item for item in self.open if item.rule.then is self.span.low)

    @property
    def closest(self) -> tuple[Finding, ...]:
        """The stricter rules that failed for want of one part of their condition."""
        return tuple(
            finding
            for finding in self.findings
            if finding.holds is False
            and self.span
            and finding.rule.then > self.span.high
            and len(missing_parts(finding.trace)) == 1
        )

    @cached_property
    def checked(self) -> Checked | None:
        """How the provisions behind the result are known: the mark of the best set that suffices."""
        derivation = self.derivation
        return derivation.batch.marks[derivation.place] if self.span else None

    @cached_property
    def review(self) -> Weighing | None:
        """The mildest way in which a licence that is certainly needed can be decided.

        None where no licence is needed or available, or where that depends on open facts.
        """
        if self.low is None or not Outcome.AUTHORISATION <= self.low <= Outcome.REFUSAL:
            return None
        truths = self._consequences[len(self.derivation.program.duties) :]
        ways = zip(self.derivation.program.review_conditions, truths, strict=True)
        return max((weighing for weighing, truth in ways if truth), default=None)

    @cached_property
    def duties(self) -> tuple[tuple[Duty, bool | None], ...]:
        """The duties that apply (True) or may apply (None)."""
        if not self.span:
            return ()
        duties = zip(self.derivation.program.duties, self._consequences, strict=False)
        return tuple((duty, truth) for (duty, _, _), truth in duties if truth is not False)

    @cached_property
    def _consequences(self) -> list[bool | None]:
        return self.derivation.truths(self.derivation.batch.consequences)

    @cached_property
    def open_questions(self) -> tuple[str, ...]:
        """The names of the open facts, doubts and powers that could change the outcome."""
        return tuple(self._left_open)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The open questions with the span that each answer, alone, leads to, proved like the span."""
        if not self.span:
            return ()
        open_questions = tuple(
            _question(self.derivation, self.span, questions) for questions in self._left_open.values()
        )
        prover = self.derivation.prover
        return tuple(prover.sharpen(self, open_questions)) if prover else open_questions

    @cached_property
    def _left_open(self) -> dict[str, list[ProgramQuestion]]:
        return _left_open(self) if self.span else {}

    @cached_property
    def other_readings(self) -> tuple[AlternativeReading, ...]:
        """What the result would be by each other reading of the doubtful texts that are asked about."""
        if self.in_force is False:
            return ()
        derivation = self.derivation
        result = derivation.result(derivation.looked_ahead)
        by_reading = derivation.batch.results_by_reading.items()
        others = (
            (doubt, reading, results[derivation.place]) for (doubt, reading), results in by_reading
        )
        return tuple(AlternativeReading(*other, differs=other[2] != result) for other in others)

    @cached_property
    def rests_on(self) -> RestsOn:
        """The assumptions, and the unknown law and dates, without which the result might differ."""
        derivation, chosen = self.derivation, self.derivation.readings
        return RestsOn(
            presumed=derivation.batch.decisive_presumptions[derivation.place],
            readings=tuple(
                item for item in self.other_readings if item.differs and chosen[item.doubt] is not None
            ),
            unread=tuple(first.rule for first, *_ in self._left_open.values() if first.rule),
            dates=tuple(name for name in self.open_questions if name in _DATES),
        )

    @property
    def not_encoded(self) -> tuple[NotEncoded, ...]:
        """What the ruleset, and the law that it is based on or combined with, leave out."""
        parts = (self.ruleset, *self.derivation.program.companions)
        return tuple(item for part in parts for item in part.provisions.not_encoded)


def missing_parts(trace: Trace) -> list[Trace]:
    """Returns the parts of a condition that fail, each the largest that fails as a whole."""
    while isinstance(trace.condition, Term) and trace.parts:
        trace = trace.parts[0]
    if not isinstance(trace.condition, All):
        return [trace]
    return [item for part in trace.parts if part.truth is False for item in missing_parts(part)]


def _left_open(verdict: Verdict) -> dict[str, list[ProgramQuestion]]:
    """The open questions of the rules that could still change the outcome, by name."""
    derivation = verdict.derivation
    open_keys: dict[str, None] = {}
    program, span = derivation.program, verdict.span
    for truth, condition in ((verdict.in_force, program.force), (verdict.in_scope, program.scope)):
        if truth is None:
            open_keys.update(dict.fromkeys(derivation.walk(condition).open_questions()))
    if span and not span.is_settled:
        lifters = {rule for finding in verdict.findings for rule in finding.lifted_by}
        for finding in verdict.findings:
            may_matter = finding.rule.then > span.low or finding.rule in lifters
            if finding.holds is None and may_matter:
                open_keys.update(dict.fromkeys(finding.trace.open_questions()))
    by_name: dict[str, list[ProgramQuestion]] = {}
    for question in map(program.questions.__getitem__, open_keys):
        by_name.setdefault(question.name, []).append(question)
    return by_name


def _question(derivation: Derivation, span: Span, questions: Sequence[ProgramQuestion]) -> Question:
    program, first = derivation.program, questions[0]
    fact = program.facts.get(first.fact)
    is_set = isinstance(fact, SetOf | CodeSet)
    members = tuple(question.included for question in questions) if is_set else ()
    trials = _trials(derivation, questions, members)
    answers_by_span: dict[Span, list[str]] = {}
    branches = probe(program, derivation.row, [assumptions for _, assumptions in trials])
    for (answers, _), branch in zip(trials, branches, strict=True):
        if branch and branch.in_force is not False:
            low = max(branch.conditional_span.low, span.low)
            high = max(low, min(branch.conditional_span.high, span.high))
            answers_by_span.setdefault(Span(low, high), []).extend(answers)
    effects = tuple(Effect(tuple(answers), after) for after, answers in answers_by_span.items())
    return Question(first.name, _question_text(program, first, fact), members, effects)


Trial = tuple[tuple[str, ...], Mapping[int, Any]]
"""Answers as a file writes them, and what they assume, by the places of the questions."""


def _trials(
    derivation: Derivation, questions: Sequence[ProgramQuestion], members: Sequence[str]
) -> list[Trial]:
    """The answers to try: of a set no member, then each alone; else one of each cell."""
    program = derivation.program
    places = [program.position[question.key] for question in questions]
    if members:
        none: Trial = (("none of these",), dict.fromkeys(places, False))
        return [none, *(((item,), {place: True}) for item, place in zip(members, places, strict=True))]
    (place,) = places
    cells = cells_among(program.cells[place], derivation.answers[program.keys[place]])
    return [(cell.equivalents, {place: cell.answer}) for cell in cells]


def _question_text(program: Program, question: ProgramQuestion, fact: Fact | None) -> str:
    if fact is not None:
        return fact.question
    for part in program.ruleset.parts():
        items: Iterable[Interpretation | Discretion] = (*part.provisions.discretions, *part.doubts)
        for item in items:
            if item.asked is question:
                return item.question
    return ""
