"""How verdicts are derived: cases under one program, evaluated together as rows of the same bitsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import attrs

from regcompare._support.derived import derived
from regcompare.errors import UsageError
from regcompare.logic.bitsets import AnswerBatch, Pair, bitset_of, some, stride, tiled
from regcompare.logic.questions import PowerQuestion, RowQuestion
from regcompare.program.lookahead import PartialVerdict, Truths, evaluate
from regcompare.program.program import Program, bits_of
from regcompare.ruleset.reports import STATED
from regcompare.ruleset.rules import Interpretation
from regcompare.scenario.assumed import assumed_facts, contradictions, reported_levels
from regcompare.scenario.scenario import Scenario
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

from .case import Case
from .readings import ChosenReadings, reading_answers, report_tests

OtherReading = tuple[Interpretation, str]
"""A doubtful text, and a reading of it other than the chosen one."""


Evaluated = tuple["Batch", int]
"""A batch, and the index of one of its cases."""


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

    cases: Sequence[Case]
    rows: AnswerBatch
    look_ahead: bool
    truths: Truths
    contradictory: int
    _partial_verdicts: dict[int, PartialVerdict] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, program: Program, cases: Sequence[Case], look_ahead: bool) -> Batch:
        """Evaluates cases together."""
        rows = _rows_of(program, cases)
        truths, contradictory = evaluate(program, rows, look_ahead=look_ahead)
        return cls(cases, rows, look_ahead, truths, contradictory)

    def partial_verdict(self, index: int) -> PartialVerdict:
        """Returns the truths of the rules in a case, and the span, narrowed by its prover if any."""
        if index not in self._partial_verdicts:
            partial = self.truths.partial_verdict(index)
            self._partial_verdicts[index] = self.cases[index].narrowed(partial)
        return self._partial_verdicts[index]

    def _differs(self, index: int, other: Evaluated) -> bool:
        """Returns whether a result differs; a prover is asked only where those of look-ahead do."""
        own, (batch, row) = self.cases[index].result_of(self.partial_verdict(index)), other
        case, in_scope = batch.cases[row], self.partial_verdict(index).in_scope

        def is_other(partial: PartialVerdict) -> bool:
            return (case.result_of(partial), partial.in_scope) != (own, in_scope)

        looked_ahead = batch.truths.partial_verdict(row)
        return is_other(looked_ahead) and not (case.prover and not is_other(batch.partial_verdict(row)))

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
        """The cases in which each duty arises, then those of each way to decide a licence: bitsets."""
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
        truths = self.truths
        own = [case.result_of(truths.partial_verdict(index)) for index, case in enumerate(self.cases)]
        results = {other: own.copy() for other in possible}
        others = [other for other in possible if not other[0].shown]
        for doubt, reading in (other for other in possible if other[0].shown):
            for index, read in self._read_otherwise({doubt: reading}):
                batch, row = read
                partial = batch.truths.partial_verdict(row)
                results[doubt, reading][index] = batch.cases[row].result_of(partial)
        affected = list(self._affected_by(others)) if others else []
        if not affected:
            return results
        rows = _rows_of(program, [self.cases[index] for _, index in affected])
        for (doubt, reading), indices in _indices_by_item([other] for other, _ in affected).items():
            _read(rows, program.position[doubt.key], reading, bitset_of(indices))
        truths, _ = evaluate(program, rows, look_ahead=self.look_ahead)
        for row, (other, index) in enumerate(affected):
            results[other][index] = self.cases[index].result_of(truths.partial_verdict(row))
        return results

    def _affected_by(self, others: Sequence[OtherReading]) -> Iterator[tuple[OtherReading, int]]:
        """The indices of cases in which a reading changes a truth, or something open asks for it."""
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
            for index in bits_of((changed >> shift | is_open) & self.rows.mask):
                yield other, index

    def _read_otherwise(self, readings: ChosenReadings) -> Iterator[tuple[int, Evaluated]]:
        """The cases in which reports show something else under these readings, so assessed."""
        first = self.cases[0]
        chosen = {**first.readings, **readings}
        tests, vocabulary = report_tests(chosen), first.ruleset.vocabulary
        others = [
            (index, Case.of(case.scenario, case.ruleset, case.law.day or "scenario", chosen))
            for index, case in self._reporting
            # For speed alone: what is known otherwise decides nothing otherwise.
            if assumed_facts(case.scenario, vocabulary, tests) is not case.known
        ]
        read = evaluated([case for _, case in others], self.look_ahead)
        yield from zip((index for index, _ in others), read, strict=True)

    @cached_property
    def _reporting(self) -> Sequence[tuple[int, Case]]:
        """The cases that presume anything, with a report before their day, and their indices."""
        return [
            (index, case)
            for index, case in enumerate(self.cases)
            if case.scenario.presume and reported_levels(case.scenario)
        ]

    @cached_property
    def decisive_reports(self) -> Mapping[int, tuple[str, ...]]:
        """The reports of each case, by its index, without which its result would differ."""
        nothing = {doubt: STATED for doubt in self.cases[0].readings if doubt.shown}
        return {
            index: self._presumed(index, "reports")
            for index, other in self._read_otherwise(nothing)
            if self._differs(index, other)
        }

    @cached_property
    def decisive_presumptions(self) -> Sequence[tuple[str, ...]]:
        """For each case, the facts that its file presumes and without which the result differs.

        These are all of them where only all together make a difference.
        """
        presumed = {index: self._presumed(index, "presumed") for index in range(len(self.cases))}
        presumed = {index: names for index, names in presumed.items() if names}
        together = dict(zip(presumed, self._without(presumed.items()), strict=True))
        trials = [
            (index, (name,))
            for index, other in together.items()
            # To know less cannot give the same result with fewer facts and another with more.
            if self._differs(index, other)
            or not _case(other).known.values.items() <= self.cases[index].known.values.items()
            for name in presumed[index]
        ]
        alone: dict[int, tuple[str, ...]] = {}
        for (index, names), other in zip(trials, self._without(trials), strict=True):
            if self._differs(index, other):
                alone[index] = (*alone.get(index, ()), *names)
        joint = {
            index: presumed[index] for index, other in together.items() if self._differs(index, other)
        }
        return [alone.get(index) or joint.get(index, ()) for index in range(len(self.cases))]

    def _presumed(self, index: int, origin: str) -> tuple[str, ...]:
        case = self.cases[index]
        return tuple(name for name in case.presumed if case.known.origins[name] == origin)

    def _without(self, trials: Iterable[tuple[int, tuple[str, ...]]]) -> list[Evaluated]:
        """Evaluates cases without facts that they presume."""
        pairs = ((self.cases[index], names) for index, names in trials)
        others = [
            Case.of(
                _not_presuming(case.scenario, names),
                case.ruleset,
                case.law.day or "scenario",
                case.readings,
                case.prover,
            )
            for case, names in pairs
        ]
        return evaluated(others)


@derived
def _not_presuming(case: Scenario, names: tuple[str, ...]) -> Scenario:
    presumed = {key: answer for key, answer in case.presumed.items() if key not in names}
    return attrs.evolve(case, presumed=presumed)


def _read(rows: AnswerBatch, question: int, reading: str, bits: int) -> None:
    rows.reopen(question, bits)
    rows.answer(question, reading, bits)


def _rows_of(program: Program, cases: Sequence[Case]) -> AnswerBatch:
    """Returns the answers of cases as bitsets; an answer to a fact is read once for all that give it."""
    rows, literals = AnswerBatch.blank(program.atoms, len(cases)), program.literals
    readings = reading_answers(cases[0].readings).items()
    if len(cases) == 1:
        literals.enter(rows, chain(_answers_of(cases[0]), readings), 1)
        return rows
    for stated, indices in _indices_by_item(map(_answers_of, cases)).items():
        literals.enter(rows, [stated], bitset_of(indices))
    literals.enter(rows, readings, rows.mask)
    return rows


def _answers_of(case: Case) -> Iterator[tuple[str, Any]]:
    scenario = case.scenario
    powers = [(PowerQuestion(power).key, used) for power, used in scenario.discretion.items()]
    dates = ((FACTS_DATE.key, scenario.known_day), (LAW_DATE.key, case.law.day))
    return chain(case.known.values.items(), powers, dates)


def _indices_by_item(items: Iterable[Iterable[Any]]) -> dict[Any, list[int]]:
    """The positions of the groups that contain each item."""
    indices: dict[Any, list[int]] = {}
    for index, group in enumerate(items):
        for item in group:
            indices.setdefault(item, []).append(index)
    return indices


def evaluated(cases: Sequence[Case], look_ahead: bool = True) -> list[Evaluated]:
    """Evaluates cases with the same readings, those under the same program together.

    Raises:
        UsageError: Facts contradict each other.
    """
    found: dict[int, Evaluated] = {}
    contradictory: list[int] = []
    for program, indices in _indices_by_item([case.program] for case in cases).items():
        batch = Batch.of(program, [cases[index] for index in indices], look_ahead)
        for row, index in enumerate(indices):
            found[index] = batch, row
        contradictory += [indices[row] for row in bits_of(batch.contradictory)]
    if contradictory:
        raise UsageError(_contradiction(cases[min(contradictory)]))
    return [found[index] for index in range(len(cases))]


def _case(evaluated: Evaluated) -> Case:
    batch, index = evaluated
    return batch.cases[index]


def _contradiction(case: Case) -> str:
    violations = contradictions(case.scenario, case.ruleset.vocabulary)
    sentences = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in violations)
    told = f"The facts of {case.scenario.id} contradict each other under {case.ruleset.id}. {sentences}"
    return told.rstrip()
