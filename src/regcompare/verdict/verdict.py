"""The verdict: what one scenario comes to under one ruleset, why, and what is still open."""

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
from regcompare.logic.conditions import All, Condition, Not, Seen, Term, Trace, walk
from regcompare.logic.questions import Question as Asks
from regcompare.program.cells import Cell, cells_among
from regcompare.program.lookahead import PartialVerdict, Truths, tried
from regcompare.program.program import Entry, Program
from regcompare.ruleset.review import Weighing
from regcompare.ruleset.rules import Discretion, Duty, Interpretation, NotEncoded, Outcome, Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario

from .asked import RulesetInputs
from .marks import Marks


@attrs.frozen(eq=False, slots=False)
class Derivation:
    """What an assessment worked out, from which reasons are told when they are asked for.

    Attributes:
        found: What is found.
        seen: The steps of the walk under these answers.
    """

    _asked: RulesetInputs
    found: PartialVerdict
    seen: Seen = attrs.field(factory=dict)

    @property
    def program(self) -> Program:
        """The ruleset as conditions."""
        return self._asked.program

    @property
    def given(self) -> Sequence[Any]:
        """The answers, in the order of the program's questions."""
        return self._asked.row

    @property
    def row(self) -> Sequence[Any]:
        """The same with those that follow."""
        assert self._asked.case is not None
        return self._asked.case.row

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """All answers, those that follow and those that duties ask for among them."""
        return {**self._asked.answers, **self._asked.follows()}

    def walk(self, condition: Condition) -> Trace:
        """The steps of a condition under these answers."""
        return walk(condition, self.answers, self.seen)


@attrs.frozen(eq=False)
class Finding:
    """What became of one rule.

    Attributes:
        rule: The rule.
        holds: True, False, or None where that is open.
        decides: Whether it holds, is not lifted, and its outcome is the least one possible.
    """

    rule: Rule
    holds: bool | None
    decides: bool
    _entry: Entry
    _worked: Derivation

    def __repr__(self) -> str:
        return f"<Finding {self.rule.id}: {self.holds}>"

    @property
    def ruleset(self) -> Ruleset:
        """The ruleset that the rule belongs to, which may be the base of the one asked about."""
        return self._entry.source

    @property
    def standing(self) -> Literal["law", "retained", "proposal"]:
        """What the rule is: law, retained from other law, or of a proposal alone."""
        return self.ruleset.standing(self.rule)

    @property
    def lifted_by(self) -> tuple[Rule, ...]:
        """The rules that hold in its place, or may."""
        entries, stands = self._worked.program.entries, self._worked.found.stands
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
        """Every step of its condition: which facts made it hold or fail, or leave it open.

        Where the scope of its ruleset fails or is open, these steps are part of it.
        """
        entry, worked = self._entry, self._worked
        return worked.walk(entry.when if worked.walk(entry.guard).truth else entry.condition)

    def rests_on(self) -> Iterator[Term]:
        """Yields the terms, rows of tables among them, that the holding of the rule rests on.

        Of a rule that may hold, these are the terms that are met already.
        """
        yield from _terms_met(self.trace)


def _terms_met(trace: Trace) -> Iterator[Term]:
    if trace.truth is False or isinstance(trace.condition, Not):
        return
    if trace.truth and isinstance(trace.condition, Term):
        yield trace.condition
    for part in trace.parts:
        if part.truth or part.truth is trace.truth:
            yield from _terms_met(part)


@attrs.frozen
class Effect:
    """Answers to an open question, any of which alone would lead to this span."""

    answers: tuple[str, ...]
    span: Span


@attrs.frozen
class Question:
    """An open question whose answer could still change the outcome.

    Attributes:
        name: The fact, or ``reading.ID`` or ``discretion.ID``.
        text: The question in plain words.
        members: Of a set, the members left open.
        effects: What answers would lead to, each alone.
    """

    name: str
    text: str
    members: tuple[str, ...]
    effects: tuple[Effect, ...]


class Prover(Protocol):
    """Proves what look-ahead only bounds; ``analysis.spans`` has the one that asks a solver."""

    def prove(
        self,
        found: PartialVerdict,
        program: Program,
        day: dt.date | None,
        taken: tuple[tuple[Interpretation, str | None], ...],
        scenario: Scenario,
    ) -> PartialVerdict:
        """Returns what look-ahead found, narrowed to what some answers to the questions lead to."""

    def sharpened(self, verdict: Verdict, questions: Iterable[Question]) -> Iterable[Question]:
        """Returns open questions with the exact span that each answer, alone, leads to."""

    def may_both(self, lets: Verdict, stops: Verdict, at: Outcome) -> bool:
        """Returns whether some answers stay below an outcome in one, and reach it in the other."""


@attrs.frozen(eq=False, repr=False, slots=False)
class Verdict:
    """One scenario under one ruleset; what is told beside the outcome is worked out when asked for.

    Attributes:
        scenario: The scenario.
        ruleset: The ruleset.
    """

    scenario: Scenario
    ruleset: Ruleset
    _asked: RulesetInputs
    _truths: Truths
    _looked_ahead: bool = True
    _prover: Prover | None = None
    _proved: PartialVerdict | None = None

    def __repr__(self) -> str:
        return visible(f"<Verdict {self.scenario.id} under {self.ruleset.id}: {self.result}>")

    def _repr_html_(self) -> str:
        return html_of(self)

    @cached_property
    def _found(self) -> PartialVerdict:
        return self._proved or self._truths.found(0)

    @cached_property
    def _worked(self) -> Derivation:
        return Derivation(self._asked, self._found)

    @property
    def original(self) -> Scenario:
        """The scenario as it was before it was asked about as if from elsewhere."""
        return self.scenario.as_if.original if self.scenario.as_if else self.scenario

    @property
    def is_domestic(self) -> bool:
        """Whether, as if from the ruleset's home, it would be no export, and is set aside."""
        return self.scenario.as_if is not None and self.scenario.as_if.is_domestic

    @property
    def as_of(self) -> dt.date | None:
        """The day whose law is applied; None where it is not known."""
        return self._asked.law.day

    @property
    def base(self) -> Ruleset | None:
        """The law on which a proposal was made to stand, or None: also where that is not known."""
        return self._asked.law.base

    @property
    def in_force(self) -> bool | None:
        """Whether the ruleset is in force; None where days that are not known decide."""
        in_force = self._asked.law.in_force
        return self._found.in_force if in_force is None else in_force

    @property
    def in_scope(self) -> bool | None:
        """Whether it covers the transaction."""
        return self._found.in_scope

    @property
    def span(self) -> Span | None:
        """The outcomes that are possible where it is in force; None where there is none.

        There is none out of scope, not in force, and for a sale that is set aside as domestic.
        """
        set_aside = self.is_domestic or self._asked.law.in_force is False
        return None if set_aside else self._found.span

    @cached_property
    def presumed(self) -> tuple[str, ...]:
        """Facts presumed, not stated, that the ruleset asks about."""
        return tuple(self._asked.presumed())

    @cached_property
    def inferred(self) -> tuple[str, ...]:
        """Facts that follow from others by the constraints of the vocabulary."""
        return tuple(self._asked.inferred())

    @property
    def assumed(self) -> tuple[tuple[Interpretation, str | None], ...]:
        """Doubtful texts with the reading that was taken; None where it was left open."""
        return tuple(self._asked.taken.items())

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader might be surprised by."""
        return tuple(self._asked.warnings())

    @property
    def exact(self) -> bool:
        """Whether the ends are proved; look-ahead hardly ever gives wider ones."""
        return self._prover is not None

    @property
    def low(self) -> Outcome | None:
        """The least outcome possible."""
        return self.span.low if self.span else None

    @property
    def high(self) -> Outcome | None:
        """The strictest outcome possible."""
        return self.span.high if self.span else None

    @property
    def result(self) -> str:
        """The result in a word or two: a span, *out of scope*, *not in force* or *domestic sale*."""
        if self.in_force is False:
            return "not in force"
        if self.is_domestic:
            return "domestic sale"
        return "out of scope" if self.in_scope is False else str(self.span)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What became of each rule, in the order of the text; the base's rules come first."""
        if not self.span:
            return ()
        worked, low = self._worked, self.span.low
        entries, holds, stands = worked.program.entries, worked.found.holds, worked.found.stands
        return tuple(
            Finding(
                entries[place].rule,
                holds[place],
                stands[place] is True and entries[place].rule.then is low,
                entries[place],
                worked,
            )
            for place in worked.program.text_order
        )

    def finding(self, rule_id: str) -> Finding:
        """Returns what became of the rule with this id.

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
        """The rules that decide the outcome, or its least where it is a span."""
        return tuple(finding for finding in self.findings if finding.decides)

    @property
    def between(self) -> tuple[Finding, ...]:
        """Where no rule alone decides the least outcome: the open rules of which one must hold."""
        if not self.span or self.deciding or self.span.low is Outcome.NO_CONTROL:
            return ()
        return tuple(item for item in self.open if item.rule.then is self.span.low)

    @property
    def closest(self) -> tuple[Finding, ...]:
        """The stricter rules that failed for the want of one part of their condition."""
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
        """The mark of the result: that of the best set of provisions that suffices; see ``_marks``."""
        worked = self._worked
        if self.span is None:
            return None
        return Marks(worked.program, worked.found, self.span, worked.answers, worked.seen).result()

    @cached_property
    def review(self) -> Weighing | None:
        """How a licence that is certainly needed is decided, at least, as far as that is certain.

        None where no licence is needed or none can be had, or where open facts decide on what it rests.
        """
        if self.low is None or not Outcome.AUTHORISATION <= self.low <= Outcome.REFUSAL:
            return None
        ways, walked = self._worked.program.reviewed.items(), self._worked.walk
        return max((how for how, when in ways if walked(when).truth), default=None)

    @cached_property
    def duties(self) -> tuple[tuple[Duty, bool | None], ...]:
        """The duties that apply (True), or may (None)."""
        if not self.span:
            return ()
        duties, walked = self._worked.program.duties, self._worked.walk
        truths = ((duty, walked(condition).truth) for duty, _, condition in duties)
        return tuple((duty, truth) for duty, truth in truths if truth is not False)

    @cached_property
    def open_questions(self) -> tuple[str, ...]:
        """The names of the facts, doubts and powers that are open and could change the outcome."""
        return tuple(self._left_open)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The open questions with what each answer, alone, would lead to; proved where the span is."""
        if not self.span:
            return ()
        found = tuple(_question(self._worked, self.span, asked) for asked in self._left_open.values())
        return tuple(self._prover.sharpened(self, found)) if self._prover else found

    @cached_property
    def _left_open(self) -> dict[str, list[Asks]]:
        return _left_open(self) if self.span else {}

    @property
    def not_encoded(self) -> tuple[NotEncoded, ...]:
        """What the ruleset, and the law that it stands on, leave out."""
        parts = (self.ruleset, *self._worked.program.along)
        return tuple(item for part in parts for item in part.provisions.not_encoded)


def missing_parts(trace: Trace) -> list[Trace]:
    """Returns the parts of a condition that fail, each as high up as it stands alone."""
    while isinstance(trace.condition, Term) and trace.parts:
        trace = trace.parts[0]
    if not isinstance(trace.condition, All):
        return [trace]
    return [item for part in trace.parts if part.truth is False for item in missing_parts(part)]


def _left_open(verdict: Verdict) -> dict[str, list[Asks]]:
    """The open questions of the rules that could still move the outcome, by name."""
    worked = verdict._worked
    keys: dict[str, None] = {}
    program, span = worked.program, verdict.span
    for truth, condition in ((verdict.in_force, program.force), (verdict.in_scope, program.scope)):
        if truth is None:
            keys.update(dict.fromkeys(worked.walk(condition).open_questions()))
    if span and not span.is_settled:
        lifting = {rule for finding in verdict.findings for rule in finding.lifted_by}
        for finding in verdict.findings:
            moves = finding.rule.then > span.low or finding.rule in lifting
            if finding.holds is None and moves:
                keys.update(dict.fromkeys(finding.trace.open_questions()))
    by_name: dict[str, list[Asks]] = {}
    for question in map(program.questions.__getitem__, keys):
        by_name.setdefault(question.name, []).append(question)
    return by_name


def _question(worked: Derivation, span: Span, asked: Sequence[Asks]) -> Question:
    program, first = worked.program, asked[0]
    places = [program.position[question.key] for question in asked]
    fact = program.facts.get(first.fact)
    members: tuple[str, ...] = ()
    trials: list[tuple[tuple[str, ...], dict[int, Any]]]
    if isinstance(fact, SetOf | CodeSet):
        members = tuple(question.included for question in asked)
        trials = [(("none of these",), dict.fromkeys(places, False))]
        trials += [((member,), {place: True}) for member, place in zip(members, places, strict=True)]
    else:
        (place,) = places
        cells: Sequence[Cell] = cells_among(program.cells[place], worked.row[place])
        trials = [(cell.stands_for, {place: cell.answer}) for cell in cells]
    effects: dict[Span, list[str]] = {}
    branches = tried(program, worked.row, [changes for _, changes in trials])
    for (answers, _), branch in zip(trials, branches, strict=True):
        if branch and branch.in_force is not False:
            reached = branch.reached
            low = max(reached.low, span.low)
            effects.setdefault(Span(low, max(low, min(reached.high, span.high))), []).extend(answers)
    told = tuple(Effect(tuple(answers), led) for led, answers in effects.items())
    return Question(first.name, _question_text(program, first, fact), members, told)


def _question_text(program: Program, asked: Asks, fact: Fact | None) -> str:
    if fact is not None:
        return fact.question
    for part in program.ruleset.parts():
        items: Iterable[Interpretation | Discretion] = (*part.provisions.discretions, *part.doubts)
        for item in items:
            if item.asked is asked:
                return item.question
    return ""
