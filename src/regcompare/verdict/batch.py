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

    @classmethod
    def of(cls, program: Program, cases: Sequence[Case], look_ahead: bool) -> Batch:
        """Evaluates cases together."""
        rows = _rows_of(program, cases)
        truths, contradictory = evaluate(program, rows, look_ahead=look_ahead)
        return cls(cases, rows, look_ahead, truths, contradictory)

    @cached_property
    def _evaluated(self) -> dict[int, Evaluated]:
        return {}

    def at(self, place: int) -> Evaluated:
        """Returns a case by its place; always the same object, which keeps what is proved."""
        return self._evaluated.setdefault(place, Evaluated(self, place))

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
        truths = self.truths
        own = [case.result_of(truths.partial_verdict(place)) for place, case in enumerate(self.cases)]
        results = {other: own.copy() for other in possible}
        others = [other for other in possible if not other[0].shown]
        for doubt, reading in (other for other in possible if other[0].shown):
            for place, read in self._read_otherwise({doubt: reading}):
                results[doubt, reading][place] = read.case.result_of(read.looked_ahead)
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

    def _read_otherwise(self, readings: ChosenReadings) -> Iterator[tuple[int, Evaluated]]:
        """The cases in which reports show something else under these readings, so assessed."""
        first = self.cases[0]
        chosen = {**first.readings, **readings}
        tests, vocabulary = report_tests(chosen), first.ruleset.vocabulary
        others = [
            (place, Case.of(case.scenario, case.ruleset, case.law.day or "scenario", chosen))
            for place, case in self._reporting
            if assumed_facts(case.scenario, vocabulary, tests) is not case.known
        ]
        read = evaluated([case for _, case in others], self.look_ahead)
        yield from zip((place for place, _ in others), read, strict=True)

    @cached_property
    def _reporting(self) -> Sequence[tuple[int, Case]]:
        """The cases that presume anything, with a report before their day, and their places."""
        return [
            (place, case)
            for place, case in enumerate(self.cases)
            if case.scenario.presume and reported_levels(case.scenario)
        ]

    @cached_property
    def decisive_reports(self) -> Mapping[int, tuple[str, ...]]:
        """What reports show in each case, by place, whose result would differ if they showed nothing."""
        nothing = {doubt: STATED for doubt in self.cases[0].readings if doubt.shown}
        return {
            place: self._presumed(place, "reports")
            for place, other in self._read_otherwise(nothing)
            if _differs(self.at(place), other)
        }

    @cached_property
    def decisive_presumptions(self) -> Sequence[tuple[str, ...]]:
        """For each case, the facts that its file presumes and without which the result differs.

        These are all of them where only all together make a difference.
        """
        presumed = {place: self._presumed(place, "presumed") for place in range(len(self.cases))}
        presumed = {place: names for place, names in presumed.items() if names}
        together = dict(zip(presumed, self._without(presumed.items()), strict=True))
        trials = [
            (place, (name,))
            for place, other in together.items()
            # To know less cannot give the same result with fewer facts and another with more.
            if _differs(self.at(place), other)
            or not other.case.known.values.items() <= self.cases[place].known.values.items()
            for name in presumed[place]
        ]
        alone: dict[int, tuple[str, ...]] = {}
        for (place, names), other in zip(trials, self._without(trials), strict=True):
            if _differs(self.at(place), other):
                alone[place] = (*alone.get(place, ()), *names)
        joint = {
            place: presumed[place]
            for place, other in together.items()
            if _differs(self.at(place), other)
        }
        return [alone.get(place) or joint.get(place, ()) for place in range(len(self.cases))]

    def _presumed(self, place: int, origin: str) -> tuple[str, ...]:
        case = self.cases[place]
        return tuple(name for name in case.presumed if case.known.origins[name] == origin)

    def _without(self, trials: Iterable[tuple[int, tuple[str, ...]]]) -> list[Evaluated]:
        """Evaluates cases without facts that they presume."""
        pairs = ((self.cases[place], names) for place, names in trials)
        return evaluated(
            Case.of(
                _not_presuming(case.scenario, names),
                case.ruleset,
                case.law.day or "scenario",
                case.readings,
                case.prover,
            )
            for case, names in pairs
        )


@attrs.frozen(eq=False, slots=False)
class Evaluated:
    """A case as one of a batch.

    Attributes:
        batch: The batch.
        place: Its place among the cases.
    """

    batch: Batch
    place: int

    @property
    def case(self) -> Case:
        """The case."""
        return self.batch.cases[self.place]

    @cached_property
    def looked_ahead(self) -> PartialVerdict:
        """The truths of the rules, and the span, as look-ahead gives them."""
        return self.batch.truths.partial_verdict(self.place)

    @cached_property
    def partial_verdict(self) -> PartialVerdict:
        """The same, narrowed by the prover if there is one."""
        return self.case.narrowed(self.looked_ahead)


def _differs(own: Evaluated, other: Evaluated) -> bool:
    """Whether the results differ; a prover is asked only where those of look-ahead do."""

    def result(item: Evaluated, partial: PartialVerdict) -> tuple[str, bool | None]:
        return item.case.result_of(partial), partial.in_scope

    proved = result(own, own.partial_verdict)
    return result(other, other.looked_ahead) != proved and (
        not other.case.prover or result(other, other.partial_verdict) != proved
    )


@derived
def _not_presuming(case: Scenario, names: tuple[str, ...]) -> Scenario:
    presumed = {key: answer for key, answer in case.presumed.items() if key not in names}
    return attrs.evolve(case, presumed=presumed)


def _read(rows: AnswerBatch, question: int, reading: str, bits: int) -> None:
    rows.reopen(question, bits)
    rows.answer(question, reading, bits)


def _rows_of(program: Program, cases: Sequence[Case]) -> AnswerBatch:
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


def _stated(cases: Sequence[Case]) -> Iterable[tuple[tuple[str, Any], int]]:
    """Each fact with an answer to it, and the cases that give it, a bit each."""
    if len(cases) == 1:
        return zip(_answers_of(cases[0]), repeat(1))
    stated: dict[tuple[str, Any], list[int]] = {}
    for place, case in enumerate(cases):
        for pair in _answers_of(case):
            stated.setdefault(pair, []).append(place)
    return ((pair, bitset_of(places)) for pair, places in stated.items())


def _answers_of(case: Case) -> Iterator[tuple[str, Any]]:
    used = ((PowerQuestion(power).key, answer) for power, answer in case.scenario.discretion.items())
    dates = ((FACTS_DATE.key, case.scenario.known_day), (LAW_DATE.key, case.law.day))
    return chain(case.known.values.items(), used, dates)


def _places(answers: Iterable[Any]) -> dict[Any, list[int]]:
    places: dict[Any, list[int]] = {}
    for place, answer in enumerate(answers):
        places.setdefault(answer, []).append(place)
    return places


def evaluated(cases: Iterable[Case], look_ahead: bool = True) -> list[Evaluated]:
    """Evaluates cases with the same readings, those under the same program together.

    Raises:
        UsageError: Facts contradict each other.
    """
    by_program: dict[Program, list[tuple[int, Case]]] = {}
    for number, case in enumerate(cases):
        by_program.setdefault(case.program, []).append((number, case))
    found: dict[int, Evaluated] = {}
    for program, group in by_program.items():
        batch = Batch.of(program, [case for _, case in group], look_ahead)
        found |= {number: batch.at(place) for place, (number, _) in enumerate(group)}
    in_order = [found[number] for number in sorted(found)]
    for item in in_order:
        if item.batch.contradictory >> item.place & 1:
            raise UsageError(_contradiction(item.case))
    return in_order


def _contradiction(case: Case) -> str:
    violations = contradictions(case.scenario, case.ruleset.vocabulary)
    sentences = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in violations)
    told = f"The facts of {case.scenario.id} contradict each other under {case.ruleset.id}. {sentences}"
    return told.rstrip()
