"""Verdicts: the outcome of one scenario under one ruleset, the reasons, and the open questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, Literal, Protocol

import attrs

from regcompare._support.asked import Asked
from regcompare._support.displays import Shown
from regcompare._support.leaving import REFUSED_NEXT, leaving
from regcompare._visible import visible
from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.law import Evidence, EvidenceLevel
from regcompare.logic.bitsets import AnswerBatch, some
from regcompare.logic.conditions import All, Condition, Derivation, Not, Term, Truth, ends_of, evaluate
from regcompare.logic.questions import Question as ProgramQuestion
from regcompare.logic.questions import TextQuestion
from regcompare.program.force import APPLIED_ON, ApplicableLaw
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.program import Entry, Program
from regcompare.ruleset.review import LicensingPolicy
from regcompare.ruleset.rules import Duty, Interpretation, NotEncoded, Outcome, Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import AssumedFacts, answers_to
from regcompare.scenario.provenance import Disputed
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare.vocabulary.dated import DatedTable, Row, evidence_of, row_of

from .batch import Batch
from .case import SpanProver
from .marks import mark_of
from .questions import Question, question_of
from .readings import AsOf, ChosenReadings
from .warnings import denied_findings, warnings_of


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
    _place: int
    _verdict: Verdict

    def __repr__(self) -> str:
        return f"<Finding {self.rule.id}: {self.holds}>"

    @property
    def _entry(self) -> Entry:
        return self._verdict.program.entries[self._place]

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset that the rule belongs to, which may be the base of the one assessed."""
        return self._entry.source

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law was applied."""
        return self._verdict.as_of

    @property
    def standing(self) -> Literal["law", "proposal"]:
        """The standing of the rule: law, or of a proposal alone."""
        return self.ruleset.standing(self.rule)

    @property
    def overridden_by(self) -> tuple[Rule, ...]:
        """The rules that override it, or may."""
        entries, stands = self._verdict.program.entries, self._verdict.partial_verdict.stands
        return tuple(
            entries[place].rule for place in self._entry.overriders if stands[place] is not False
        )

    @property
    def derogations(self) -> tuple[Rule, ...]:
        """The rules that let an authority license what it bans, whether or not they hold here."""
        if self.rule.then is not Outcome.PROHIBITION:
            return ()
        rules = (self._verdict.program.entries[place].rule for place in self._entry.overriders)
        return tuple(rule for rule in rules if rule.then > Outcome.NO_CONTROL)

    @property
    def is_overridden(self) -> bool:
        """True if a rule that overrides it holds for certain."""
        return any(self._verdict.finding(rule.id).holds for rule in self.overridden_by)

    @property
    def evidence(self) -> Evidence:
        """The evidence level of the rule."""
        return self._entry.source.evidence(self.rule)

    @property
    def checked(self) -> EvidenceLevel:
        """The level at which the rule is known."""
        return self.evidence.level

    @property
    def derivation(self) -> Derivation:
        """Its condition with the truth of each part: which facts make it hold or fail, or leave it open.

        Where the scope of its ruleset fails or is open, that scope is included.
        """
        entry, derivation = self._entry, self._verdict.derivation
        return derivation(entry.when if derivation(entry.guard).truth else entry.condition)

    @property
    def trace(self) -> Derivation:
        """The derivation, by the name that it had in release 0.3."""
        leaving("Finding.trace is now derivation.", REFUSED_NEXT)
        return self.derivation

    def rests_on(self) -> Iterator[Term]:
        """Yields the terms, including table rows, that make the rule hold.

        Where it may hold, these are the terms that are already met.
        """
        yield from _met_terms(self.derivation)

    def known_by(self, term: Term) -> Evidence | None:
        """Returns the evidence level of a term; of a row of a table, on the day on which it is read."""
        return evidence_of(term, self._verdict.answers)


def _met_terms(derivation: Derivation) -> Iterator[Term]:
    if derivation.truth is False or isinstance(derivation.condition, Not):
        return
    if derivation.truth and isinstance(derivation.condition, Term):
        yield derivation.condition
    for part in derivation.parts:
        if part.truth or part.truth is derivation.truth:
            yield from _met_terms(part)


@attrs.frozen
class AlternativeReading:
    """The result that a case would have if a single doubtful text were read differently.

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
        reports: The findings presumed because reports show them, if the result differs without them.
        readings: The other readings of doubtful texts that lead to a different result.
        unread: The ids of provisions that nobody read and whose text could change the result.
        dates: The unknown dates that could change the result.
    """

    presumed: tuple[str, ...]
    reports: tuple[str, ...]
    readings: tuple[AlternativeReading, ...]
    unread: tuple[str, ...]
    dates: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.presumed or self.reports or self.readings or self.unread or self.dates)


class _Truths(dict[Condition, Truth]):
    """The truths of conditions in one case, as the circuit of its program evaluated them.

    Of what is no part of that circuit, such as a condition that another day's law has, they follow from
    the parts and the answers.
    """

    def __init__(self, verdict: Verdict) -> None:
        self._verdict, self._place = verdict, verdict.place
        self._numbers = verdict.program.circuit.numbers
        self._certain, self._possible = verdict.batch.bitsets

    def __missing__(self, node: Condition) -> Truth:
        truth: Truth = False
        number = self._numbers.get(node)
        if number is None:
            for part in node.parts:
                self[part]  # Looks it up in the circuit.
            return evaluate(node, self._verdict.answers if node.key else {}, self).truth
        if self._possible[number] >> self._place & 1:
            truth = True if self._certain[number] >> self._place & 1 else None
        self[node] = truth
        return truth


_DATES = (FACTS_DATE.key, LAW_DATE.key, APPLIED_ON.key)


class Prover(SpanProver, Protocol):
    """Proves what look-ahead only bounds; ``regcompare-prove`` has the one that asks a solver."""

    def sharpen(self, verdict: Verdict, questions: Iterable[Question]) -> Iterable[Question]:
        """Returns open questions with the exact span that each answer, alone, leads to."""

    def may_diverge(self, milder: Verdict, stricter: Verdict, at: Outcome) -> bool:
        """Returns whether some answers keep one verdict below an outcome and bring the other to it."""


@attrs.define(eq=False, repr=False, slots=False)
class Verdict(Asked, Shown):
    """One scenario under one ruleset; all but the outcome is worked out on request.

    Attributes:
        scenario: The scenario.
        ruleset: The ruleset.
        asked_day: The day whose law is asked for.
        readings: The reading of each doubtful text.
        prover: What proves the ends of the span; None where they are those of look-ahead.
        known: The facts of the scenario, presumptions included.
        law: Which law applies.
        program: The ruleset under that law, as conditions.
        batch: The cases that were evaluated together with this one.
        place: Its place among them.
    """

    scenario: Scenario
    ruleset: Ruleset
    asked_day: AsOf
    readings: ChosenReadings
    prover: Prover | None
    known: AssumedFacts
    law: ApplicableLaw
    program: Program
    batch: Batch
    place: int

    def __repr__(self) -> str:
        return visible(f"<Verdict {self.scenario.id} under {self.ruleset.id}: {self.result}>")

    def __reduce__(self) -> Any:
        raise UsageError(
            f"{self!r} cannot be sent to another process, as it refers to its law and to the cases "
            "assessed with it. Send the scenario, and assess it there."
        )

    @property
    def original(self) -> Scenario:
        """The scenario before it was changed to be assessed as if from elsewhere."""
        return self.scenario.as_if.original if self.scenario.as_if else self.scenario

    @property
    def is_domestic(self) -> bool:
        """True if it would be no export if made from the ruleset's home, and is set aside."""
        return self.batch.cases[self.place].is_domestic

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law is applied; None where it is unknown."""
        return self.law.day

    @property
    def earlier_law(self) -> str:
        """The law that applied on a day before the first of this one; blank if it does not say."""
        return self.ruleset.earlier if self.precedes_law else ""

    @property
    def precedes_law(self) -> bool:
        """True if the day whose law is applied is certainly before the first of this one."""
        start = self.ruleset.period and self.ruleset.period.start
        _, last = ends_of(self.as_of or self.scenario.known_day)
        return bool(start and last and last < start)

    @property
    def base(self) -> Ruleset | None:
        """The law that a proposal is based on; None where there is none, or it is unknown."""
        return self.law.base

    # the result -----------------------------------------------------------------------------------

    @property
    def looked_ahead(self) -> PartialVerdict:
        """The truths of the rules, and the span, as look-ahead gives them."""
        return self.batch.truths.partial_verdict(self.place)

    @cached_property
    def partial_verdict(self) -> PartialVerdict:
        """The truths of the rules, and the span, narrowed by the prover if there is one."""
        return self.batch.partial_verdict(self.place)

    @property
    def in_force(self) -> bool | None:
        """True if the ruleset is in force; None where that depends on unknown dates."""
        return self.partial_verdict.in_force if self.law.in_force is None else self.law.in_force

    @property
    def in_scope(self) -> bool | None:
        """True if the ruleset covers the transaction; None where that is open."""
        return self.partial_verdict.in_scope

    @property
    def span(self) -> Span | None:
        """The mildest and the strictest outcome that are possible; None where there is no outcome.

        There is none out of scope, not in force, or for a sale that is set aside as domestic.
        """
        set_aside = self.is_domestic or self.law.in_force is False
        return None if set_aside else self.partial_verdict.span

    @property
    def result(self) -> str:
        """The result in a few words: a span, *out of scope*, *not in force* or *domestic sale*."""
        return self.result_of(self.partial_verdict)

    def result_of(self, partial: PartialVerdict) -> str:
        """Returns the result in a few words if these were the truths."""
        return self.batch.cases[self.place].result_of(partial)

    @property
    def exact(self) -> bool:
        """True if the ends of the span are proved; those of look-ahead are hardly ever wider."""
        return self.prover is not None

    @property
    def low(self) -> Outcome | None:
        """The mildest outcome possible."""
        return self.span.low if self.span else None

    @property
    def high(self) -> Outcome | None:
        """The strictest outcome possible."""
        return self.span.high if self.span else None

    # answers and truths ---------------------------------------------------------------------------

    @cached_property
    def row(self) -> AnswerBatch:
        """The answers of this case alone, as bitsets, with those implied."""
        return self.batch.rows.part(self.place, 1)

    @cached_property
    def _stated(self) -> Mapping[str, Any]:
        program = self.program
        answers = answers_to(program.atoms.questions, self.scenario, self.known, program.facts)
        return {**answers, LAW_DATE.key: self.law.day, **self.batch.reading_answers}

    @cached_property
    def _implied(self) -> Mapping[str, Any]:
        """The answers that follow from others by the constraints, by key."""
        keys, stated = enumerate(self.program.keys), self._stated
        open_keys = [(place, key) for place, key in keys if stated.get(key) is None]
        decided = ((key, _implied(self.program, self.row, place)) for place, key in open_keys)
        return {key: answer for key, answer in decided if answer is not None}

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """All answers by key, those implied and those that only duties ask for included."""
        return {**self._stated, **self._implied}

    def derivation(self, condition: Condition) -> Derivation:
        """Returns a condition with its truth and those of its parts, as they were evaluated."""
        return Derivation(condition, self._truths, self.batch.reading_answers)

    def walk(self, condition: Condition) -> Derivation:
        """Returns the derivation, by the name that it had in release 0.3."""
        leaving("Verdict.walk() is now derivation().", REFUSED_NEXT)
        return self.derivation(condition)

    @cached_property
    def _truths(self) -> _Truths:
        return _Truths(self)

    @property
    def presumed(self) -> tuple[str, ...]:
        """The presumed facts that the ruleset asks about, or on which the applicable law depends."""
        return self.batch.cases[self.place].presumed

    @cached_property
    def inferred(self) -> tuple[str, ...]:
        """The facts that follow from others by the constraints of the vocabulary, at least in part."""
        names = dict.fromkeys(self.program.questions[key].fact for key in self._implied)
        return tuple(name for name in names if name in self.program.facts)

    @property
    def assumed(self) -> tuple[tuple[Interpretation, str | None], ...]:
        """Each doubtful text with the reading assumed; None where it was left open."""
        return tuple(self.readings.items())

    @property
    def normalised(self) -> Mapping[str, str]:
        """The facts that were read as something else than is given, each with the answer read."""
        return {fact: str(answer) for fact, (answer, _) in self.known.normalised.items()}

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """Statements of the case that were read otherwise, or not at all; part of ``warnings``."""
        told: Iterable[str] = ()
        if self.known.denied:
            told = denied_findings(self.batch.cases[self.place], self._truths, self.answers)
        return (*self.scenario.notes, *told, *self.known.notices)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about what a reader might be surprised by."""
        scenario = self.scenario
        as_if = [scenario.as_if.sentence] if scenario.as_if else []
        others = warnings_of(self.known, self.ruleset, self.law, scenario.known_day)
        return (*as_if, *self.notices, *others)

    # the age of texts -----------------------------------------------------------------------------

    @property
    def aged(self) -> tuple[tuple[str, str], ...]:
        """The texts that were last read before the day of the law, each with the day of the reading."""
        aged = ((item.derivation, item.rule.ages) for item in self.open if item.rule.ages)
        rows = (row for derivation, table in aged for row in _rows_reached(derivation, table))
        return tuple(dict.fromkeys((row["text"], row["through"]) for row in rows))

    @property
    def is_open_by_age(self) -> bool:
        """True if the result is open only because texts were last read before the day of the law."""
        span, aged = self.span, [item for item in self.open if item.rule.ages]
        if not span or span.is_settled or not aged:
            return False
        others = [item for item in self.open if not item.rule.ages and item.rule.then > span.low]
        return not others and not self.alternatives

    # rules, duties and questions ------------------------------------------------------------------

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The result for each rule, in the order of the text; the base's rules come first."""
        if not self.span:
            return ()
        entries, low = self.program.entries, self.span.low
        holds, stands = self.partial_verdict.holds, self.partial_verdict.stands
        return tuple(
            Finding(
                entries[place].rule,
                holds[place],
                stands[place] is True and entries[place].rule.then is low,
                place,
                self,
            )
            for place in self.program.text_order
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

    @cached_property
    def pivotal(self) -> tuple[Finding, ...]:
        """The open rules that could change the outcome, themselves or by overriding another."""
        span = self.span
        if span is None or span.is_settled:
            return ()
        possible = (finding for finding in self.findings if finding.holds is not False)
        overriding = {rule for finding in possible for rule in finding.overridden_by}
        return tuple(
            finding
            for finding in self.findings
            if finding.holds is None and (finding.rule.then > span.low or finding.rule in overriding)
        )

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """The rules that decide the outcome, or the mildest one of a span."""
        return tuple(finding for finding in self.findings if finding.decides)

    @cached_property
    def disputes(self) -> tuple[Disputed, ...]:
        """The disputes of facts by which the result, or an end of it, is as it is."""
        disputed = self.scenario.disputed
        if not disputed or self.in_force is False:
            return ()
        program = self.program
        asked = {item.key for fact in disputed for item in program.atoms.by_subject.get(fact.fact, ())}
        places = some(1 << program.position[key] for key in asked)
        derivations = [
            finding.derivation
            for finding in self._at_the_ends or self.near_misses
            if program.asked_by_core[finding._place + 1] & places
        ]
        if not self.in_scope:
            derivations.append(self.derivation(program.scope))
        decisive = asked.intersection(chain(*(item.deciding_questions() for item in derivations)))
        facts = {program.questions[key].subject for key in decisive}
        return tuple(item for item in disputed if item.fact in facts)

    @property
    def _at_the_ends(self) -> tuple[Finding, ...]:
        """The rules that decide the mildest outcome, and the open ones that may lead to a stricter."""
        span = self.span
        stricter = (item for item in self.open if span and item.rule.then > span.low)
        return (*self.deciding, *self.alternatives, *stricter)

    @property
    def alternatives(self) -> tuple[Finding, ...]:
        """The rules of which one decides the mildest outcome, where none is certain to do so alone.

        Each may hold, or holds and may be overridden.
        """
        if not self.span or self.deciding or self.span.low is Outcome.NO_CONTROL:
            return ()
        return tuple(
            item
            for item in self._strictest_first
            if item.holds is not False and item.rule.then is self.span.low and not item.is_overridden
        )

    @property
    def near_misses(self) -> tuple[Finding, ...]:
        """The stricter rules that failed for want of one part of their condition."""
        return tuple(
            finding
            for finding in self.findings
            if finding.holds is False
            and self.span
            and finding.rule.then > self.span.high
            and len(missing_parts(finding.derivation)) == 1
        )

    @cached_property
    def checked(self) -> EvidenceLevel | None:
        """The evidence level of the provisions behind the result: that of the best set that suffices."""
        if not self.span:
            return None
        days = {**self.known.values, LAW_DATE.key: self.law.day, FACTS_DATE.key: self.scenario.date}
        return mark_of(self.program, self.partial_verdict, self._truths, self.readings, days)

    @cached_property
    def review(self) -> LicensingPolicy | None:
        """The mildest way in which a licence that is certainly needed can be decided.

        None where no licence is needed or available, or where that depends on open facts.
        """
        return max((weighing for weighing, truth in self._ways if truth), default=None)

    @property
    def review_at_most(self) -> LicensingPolicy | None:
        """The strictest way in which it may be decided, open facts and unread law included."""
        return max((weighing for weighing, truth in self._ways if truth is not False), default=None)

    @property
    def _ways(self) -> Iterator[tuple[LicensingPolicy, bool | None]]:
        if self.low is None or not Outcome.AUTHORISATION <= self.low <= Outcome.REFUSAL:
            return
        truths = self._consequences[len(self.program.duties) :]
        yield from zip(self.program.review_conditions, truths, strict=True)

    @cached_property
    def duties(self) -> tuple[tuple[Duty, bool | None], ...]:
        """The duties that apply (True) or may apply (None)."""
        if not self.span:
            return ()
        duties = zip(self.program.duties, self._consequences, strict=False)
        return tuple((duty, truth) for (duty, _, _), truth in duties if truth is not False)

    @cached_property
    def _consequences(self) -> list[bool | None]:
        pairs = zip(*self.batch.consequences, strict=True)
        bits = [(sure >> self.place & 1, may >> self.place & 1) for sure, may in pairs]
        return [True if sure else None if may else False for sure, may in bits]

    @cached_property
    def open_questions(self) -> tuple[str, ...]:
        """The names of the open facts, doubts and powers that could change the outcome."""
        return tuple(self._left_open)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The open questions with the span that each answer, alone, leads to, proved like the span."""
        if not self.span:
            return ()
        program, row, answers = self.program, self.row, self.answers
        open_questions = tuple(
            question_of(program, row, self.span, asked, answers[asked[0].key])
            for asked in self._left_open.values()
        )
        return tuple(self.prover.sharpen(self, open_questions)) if self.prover else open_questions

    @cached_property
    def _left_open(self) -> dict[str, list[ProgramQuestion]]:
        return _left_open(self) if self.span else {}

    @cached_property
    def other_readings(self) -> tuple[AlternativeReading, ...]:
        """The results by each other reading of the doubtful texts that are asked about."""
        if self.in_force is False:
            return ()
        result = self.result_of(self.looked_ahead)
        by_reading = self.batch.results_by_reading.items()
        others = ((doubt, reading, results[self.place]) for (doubt, reading), results in by_reading)
        return tuple(AlternativeReading(*other, differs=other[2] != result) for other in others)

    @cached_property
    def rests_on(self) -> RestsOn:
        """The assumptions, and the unknown law and dates, without which the result might differ."""
        return RestsOn(
            presumed=self.batch.decisive_presumptions[self.place],
            reports=self.batch.decisive_reports.get(self.place, ()),
            readings=tuple(
                item
                for item in self.other_readings
                if item.differs and self.readings[item.doubt] is not None
            ),
            unread=tuple(
                first.rule for first, *_ in self._left_open.values() if isinstance(first, TextQuestion)
            ),
            dates=tuple(name for name in self.open_questions if name in _DATES),
        )

    @property
    def not_encoded(self) -> tuple[NotEncoded, ...]:
        """Omissions of the ruleset, and of the law that it is based on or combined with."""
        parts = (self.ruleset, *self.program.concurrent)
        return tuple(item for part in parts for item in part.provisions.not_encoded)


def _rows_reached(derivation: Derivation, table: DatedTable) -> Iterator[Row]:
    """The rows of a table that apply, or may."""
    cite = row_of(derivation.condition)
    if derivation.truth is False:
        return
    if cite and cite.table is table:
        yield cite.row
        return
    for part in derivation.parts:
        yield from _rows_reached(part, table)


def missing_parts(derivation: Derivation) -> list[Derivation]:
    """Returns the parts of a condition that fail, each the largest that fails as a whole."""
    while isinstance(derivation.condition, Term) and derivation.parts:
        derivation = derivation.parts[0]
    if not isinstance(derivation.condition, All):
        return [derivation]
    return [item for part in derivation.parts if part.truth is False for item in missing_parts(part)]


def _left_open(verdict: Verdict) -> dict[str, list[ProgramQuestion]]:
    """The open questions of the rules that could still change the outcome, by name."""
    open_keys: dict[str, None] = {}
    program = verdict.program
    for truth, condition in ((verdict.in_force, program.force), (verdict.in_scope, program.scope)):
        if truth is None:
            open_keys.update(dict.fromkeys(verdict.derivation(condition).open_questions()))
    for finding in verdict.pivotal:
        open_keys.update(dict.fromkeys(finding.derivation.open_questions()))
    by_name: dict[str, list[ProgramQuestion]] = {}
    for question in map(program.questions.__getitem__, open_keys):
        by_name.setdefault(question.name, []).append(question)
    return by_name


def _implied(program: Program, row: AnswerBatch, question: int) -> Any:
    """The answer that the atoms of a question determine; None where they do not."""
    atoms, certain = program.atoms.by_question[question], row.certain
    if any(certain[atom] != row.possible[atom] for atom in atoms):
        return None
    true_atoms, literals = tuple(atom for atom in atoms if certain[atom]), program.atoms.literals
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if literals(question, item)[0] == true_atoms), None)
