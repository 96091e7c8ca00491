"""How verdicts are derived: cases under one program, evaluated together as rows of the same bitsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, repeat
from typing import Any

import attrs

from regcompare._support.derived import derived
from regcompare.errors import UsageError
from regcompare.logic.bitsets import AnswerBatch, Pair, bitset_of, some, stride, tiled
from regcompare.logic.conditions import PARTLY_KNOWN
from regcompare.logic.questions import PowerQuestion, RowQuestion
from regcompare.program.lookahead import Truths, evaluate
from regcompare.program.program import Program, bits_of
from regcompare.ruleset.reports import STATED
from regcompare.ruleset.rules import Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import assumed_facts, contradictions, reported_levels
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

from .readings import AsOf, ChosenReadings, reading_answers, report_tests
from .verdict import Prover, Verdict

OtherReading = tuple[Interpretation, str]
"""A doubtful text, and a reading of it other than the chosen one."""


@attrs.frozen(eq=False, slots=False)
class Batch:
    """Cases under one program and the same chosen readings, evaluated together.

    What results depend on is worked out for all of them once any of them is asked.

    Attributes:
        cases: The cases.
        rows: Their answers, with those implied, one row for each case.
        look_ahead: Whether each open question was tried alone.
        truths: The truths of the program's conditions.
        contradictory: The cases whose answers contradict each other, a bit each.
    """

    cases: Sequence[Verdict]
    rows: AnswerBatch
    look_ahead: bool
    truths: Truths
    contradictory: int

    @classmethod
    def of(cls, program: Program, cases: Sequence[Verdict], look_ahead: bool) -> Batch:
        """Evaluates cases together."""
        rows = _rows_of(program, cases)
        truths, contradictory = evaluate(program, rows, look_ahead=look_ahead)
        return cls(cases, rows, look_ahead, truths, contradictory)

    @cached_property
    def bitsets(self) -> Pair:
        """The bitsets of all nodes of the program's circuit, before any looking ahead."""
        return self.truths.program.circuit.evaluate(self.rows)

    @cached_property
    def reading_answers(self) -> Mapping[str, str | None]:
        """The readings as answers to the questions of the texts."""
        return reading_answers(self.cases[0].readings)

    @cached_property
    def consequences(self) -> Pair:
        """When each duty arises, then how a licence is decided, as bitsets."""
        return self.truths.program.consequences.bitsets(self.rows)

    @cached_property
    def results_by_reading(self) -> Mapping[OtherReading, Sequence[str]]:
        """The result of each case if a single doubtful text that it asks about were read differently.

        Whether a row is in the text is left to the open questions, as it is open on some days only.
        """
        program, readings = self.truths.program, self.cases[0].readings
        possible = [
            (doubt, reading)
            for doubt, chosen in readings.items()
            if doubt.is_asked_in(program.questions) and not isinstance(doubt.asked, RowQuestion)
            for reading in doubt.readings
            if reading != chosen
        ]
        if not possible:
            return {}
        own = [case.result_of(case.looked_ahead) for case in self.cases]
        results = {other: own.copy() for other in possible}
        others = [other for other in possible if not other[0].shown]
        for doubt, reading in (other for other in possible if other[0].shown):
            for case, read in self._read_otherwise({doubt: reading}):
                results[doubt, reading][case.place] = read.result_of(read.looked_ahead)
        affected = list(self._affected_by(others)) if others else []
        if not affected:
            return results
        rows = _rows_of(program, [self.cases[place] for _, place in affected])
        for (doubt, reading), places in _places(other for other, _ in affected).items():
            _read(rows, program.position[doubt.key], reading, bitset_of(places))
        truths, _ = evaluate(program, rows, look_ahead=self.look_ahead)
        for row, (other, place) in enumerate(affected):
            results[other][place] = self.cases[place].result_of(truths.partial_verdict(row))
        return results

    def _affected_by(self, others: Sequence[OtherReading]) -> Iterator[tuple[OtherReading, int]]:
        """The places of cases in which a reading changes a truth, or something open asks for it."""
        program, circuit, size = self.truths.program, self.truths.program.circuit, self.rows.size
        rows = self.rows.tiled(len(others))
        shifts = range(0, rows.size, stride(size))
        for shift, (doubt, reading) in zip(shifts, others, strict=True):
            _read(rows, program.position[doubt.key], reading, self.rows.mask << shift)
        plain, read = (
            Truths.of(program, item.size, circuit.evaluate(item)) for item in (self.rows, rows)
        )
        bitsets = zip((*plain.certain, *plain.possible), (*read.certain, *read.possible), strict=True)
        changed = some(tiled(before, size, len(others)) ^ after for before, after in bitsets)
        for shift, other in zip(shifts, others, strict=True):
            doubt, _ = other
            conditions = zip(program.asked_by_core, plain.certain, plain.possible, strict=False)
            asks = 1 << program.position[doubt.key]
            is_open = some(sure ^ may for asked, sure, may in conditions if asked & asks)
            for place in bits_of((changed >> shift | is_open) & self.rows.mask):
                yield other, place

    def _read_otherwise(self, readings: ChosenReadings) -> Iterator[tuple[Verdict, Verdict]]:
        """The cases in which reports show something else under these readings, so assessed."""
        first = self.cases[0]
        chosen = {**first.readings, **readings}
        tests, vocabulary = report_tests(chosen), first.ruleset.vocabulary
        others = [
            case
            for case in self._reporting
            if assumed_facts(case.scenario, vocabulary, tests) is not case.known
        ]
        days: Iterator[AsOf] = (case.law.day or "scenario" for case in others)
        scenarios = (case.scenario for case in others)
        read = derive(
            zip(scenarios, days, strict=True), first.ruleset, chosen, look_ahead=self.look_ahead
        )
        yield from zip(others, read, strict=True)

    @cached_property
    def _reporting(self) -> Sequence[Verdict]:
        """The cases that presume anything, with a report before their day."""
        return [case for case in self.cases if case.scenario.presume and reported_levels(case.scenario)]

    @cached_property
    def decisive_reports(self) -> Mapping[int, tuple[str, ...]]:
        """What reports show in each case, by place, whose result would differ if they showed nothing."""
        nothing = {doubt: STATED for doubt in self.cases[0].readings if doubt.shown}
        return {
            case.place: tuple(name for name in case.presumed if case.known.origins[name] == "reports")
            for case, other in self._read_otherwise(nothing)
            if _differs(case, other)
        }

    @cached_property
    def decisive_presumptions(self) -> Sequence[tuple[str, ...]]:
        """For each case, the facts that its file presumes and without which the result differs.

        These are all of them where only all together make a difference.
        """
        presumed: dict[Verdict, tuple[str, ...]] = {}
        for case in self.cases:
            own = [name for name in case.presumed if case.known.origins[name] == "presumed"]
            presumed |= {case: tuple(own)} if own else {}
        together = dict(zip(presumed, _without_presumptions(presumed.items()), strict=True))
        trials = [
            (case, (name,))
            for case, other in together.items()
            # To know less cannot give the same result with fewer facts and another with more.
            if _differs(case, other) or not other.known.values.items() <= case.known.values.items()
            for name in presumed[case]
        ]
        alone: dict[Verdict, tuple[str, ...]] = {}
        for (case, names), other in zip(trials, _without_presumptions(trials), strict=True):
            if _differs(case, other):
                alone[case] = (*alone.get(case, ()), *names)
        joint = {case: presumed[case] for case, other in together.items() if _differs(case, other)}
        return [alone.get(case) or joint.get(case, ()) for case in self.cases]


def _differs(case: Verdict, other: Verdict) -> bool:
    """Whether the results differ; a prover is asked only where those of look-ahead do."""
    own = case.result, case.in_scope
    return (other.result_of(other.looked_ahead), other.looked_ahead.in_scope) != own and (
        not other.prover or (other.result, other.in_scope) != own
    )


def _without_presumptions(trials: Iterable[tuple[Verdict, tuple[str, ...]]]) -> list[Verdict]:
    cases = list(trials)
    if not cases:
        return []
    first, _ = cases[0]
    days: Iterator[AsOf] = (case.law.day or "scenario" for case, _ in cases)
    scenarios = (_not_presuming(case.scenario, names) for case, names in cases)
    return derive(zip(scenarios, days, strict=True), first.ruleset, first.readings, prover=first.prover)


@derived
def _not_presuming(case: Scenario, names: tuple[str, ...]) -> Scenario:
    presumed = {key: answer for key, answer in case.presumed.items() if key not in names}
    return attrs.evolve(case, presumed=presumed)


def _read(rows: AnswerBatch, question: int, reading: str, bits: int) -> None:
    rows.reopen(question, bits)
    rows.answer(question, reading, bits)


def _rows_of(program: Program, cases: Sequence[Verdict]) -> AnswerBatch:
    """What is known of cases as bitsets; each answer to a fact is read once for all that give it."""
    rows, literals = AnswerBatch.blank(program.atoms, len(cases)), program.literals
    for stated, bits in _stated(cases):
        true, false = literals[stated]
        if true or false:
            rows.decide(true, false, bits)
        if type(stated[1]) in PARTLY_KNOWN and stated[0] in program.position:
            rows.among.setdefault(program.position[stated[0]], {})[stated[1]] = bits
    for reading in reading_answers(cases[0].readings).items():
        rows.decide(*literals[reading], rows.mask)
    return rows


def _stated(cases: Sequence[Verdict]) -> Iterable[tuple[tuple[str, Any], int]]:
    """Each fact with an answer to it, and the cases that give it, a bit each."""
    if len(cases) == 1:
        return zip(_answers_of(cases[0]), repeat(1))
    stated: dict[tuple[str, Any], list[int]] = {}
    for place, case in enumerate(cases):
        for pair in _answers_of(case):
            stated.setdefault(pair, []).append(place)
    return ((pair, bitset_of(places)) for pair, places in stated.items())


def _answers_of(case: Verdict) -> Iterator[tuple[str, Any]]:
    used = ((PowerQuestion(power).key, answer) for power, answer in case.scenario.discretion.items())
    dates = ((FACTS_DATE.key, case.scenario.known_day), (LAW_DATE.key, case.law.day))
    return chain(case.known.values.items(), used, dates)


def _places(answers: Iterable[Any]) -> dict[Any, list[int]]:
    places: dict[Any, list[int]] = {}
    for place, answer in enumerate(answers):
        places.setdefault(answer, []).append(place)
    return places


def derive(
    cases: Iterable[tuple[Scenario, AsOf]],
    ruleset: Ruleset,
    readings: ChosenReadings,
    *,
    look_ahead: bool = True,
    prover: Prover | None = None,
) -> list[Verdict]:
    """Evaluates cases under a ruleset, those under the same program together.

    Args:
        cases: The scenarios, each with the day whose law is applied.
        ruleset: The ruleset.
        readings: The reading of each doubtful text.
        look_ahead: As for ``assess``.
        prover: As for ``assess``.

    Raises:
        UsageError: Facts contradict each other.
    """
    verdicts = [Verdict(case, ruleset, day, readings, prover) for case, day in cases]
    by_program: dict[Program, list[Verdict]] = {}
    for case in verdicts:
        by_program.setdefault(case.program, []).append(case)
    for program, group in by_program.items():
        batch = Batch.of(program, group, look_ahead)
        for place, case in enumerate(group):
            case.batch, case.place = batch, place
    for case in verdicts:
        if case.batch.contradictory >> case.place & 1:
            violations = contradictions(case.scenario, ruleset.vocabulary)
            sentences = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in violations)
            msg = (
                f"The facts of {case.scenario.id} contradict each other under {ruleset.id}. {sentences}"
            )
            raise UsageError(msg.rstrip())
    return verdicts
