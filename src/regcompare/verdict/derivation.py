"""How verdicts are derived: cases under one program, evaluated together.

Every case is a row of the same planes.  What a reader is shown of one row, such as its answers and
reasons, is worked out on request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import attrs

from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN
from regcompare.logic.conditions import Among, Condition, Seen, Trace, walk
from regcompare.logic.planes import Pair, Rows, plane_of
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.lookahead import LawAnswers, PartialVerdict, Truths, evaluate
from regcompare.program.program import Program, program_for
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import (
    EstablishedFacts,
    answers_to,
    contradictions,
    established_facts,
)
from regcompare.scenario.scenario import Scenario, reading_notes
from regcompare.vocabulary import FACTS_DATE, LAW_DATE

from .readings import AsOf, ChosenReadings
from .warnings import warnings_of


@attrs.define(eq=False, slots=False)
class Derivation:
    """How the verdict on a scenario under a ruleset is derived.

    Attributes:
        scenario: The scenario.
        ruleset: The ruleset.
        as_of: The day whose law is asked for.
        readings: The reading of each doubtful text.
        known: The facts of the scenario, presumptions included.
        law: Which law applies.
        program: The ruleset under that law, as conditions.
        batch: The cases that were evaluated together with this one.
        place: Its place among them.
        proved: The truths narrowed by a prover; None without one.
        seen: Steps already walked under these answers.
    """

    scenario: Scenario
    ruleset: Ruleset
    as_of: AsOf
    readings: ChosenReadings
    known: EstablishedFacts
    law: LawState
    program: Program
    batch: Batch = attrs.field(init=False)
    place: int = attrs.field(init=False)
    proved: PartialVerdict | None = attrs.field(init=False, default=None)
    seen: Seen = attrs.field(init=False, factory=dict)

    @classmethod
    def of(
        cls, scenario: Scenario, ruleset: Ruleset, as_of: AsOf, readings: ChosenReadings
    ) -> Derivation:
        """Finds what is known of a scenario, and the law that applies to it."""
        known = established_facts(scenario, ruleset.vocabulary)
        law = law_state(ruleset, as_of, scenario.date, _applied_on(known))
        program = program_for(ruleset, law.companions, law.open_law)
        return cls(scenario, ruleset, as_of, readings, known, law, program)

    # after evaluation ---------------------------------------------------------------------------

    @cached_property
    def partial_verdict(self) -> PartialVerdict:
        """The truths of the rules, and the span."""
        return self.proved or self.batch.truths.partial_verdict(self.place)

    def truths(self, planes: Pair) -> list[bool | None]:
        """Returns the truths of this case in planes of its batch."""
        pairs = (
            (sure >> self.place & 1, may >> self.place & 1) for sure, may in zip(*planes, strict=True)
        )
        return [True if sure else None if may else False for sure, may in pairs]

    @cached_property
    def row(self) -> Rows:
        """The answers of this case alone, as planes, with those implied."""
        return self.batch.rows.part(self.place, 1)

    @cached_property
    def _stated(self) -> Mapping[str, Any]:
        program = self.program
        answers = answers_to(program.leaves.questions, self.scenario, self.known, program.facts)
        return answers | {LAW_DATE.key: self.law.day} | _reading_answers(self.readings)

    @cached_property
    def implied(self) -> Mapping[str, Any]:
        """The answers that follow from others by the constraints, by key."""
        row, answers = self.row, self._stated
        open_keys = [
            (place, key) for place, key in enumerate(self.program.keys) if answers.get(key) is None
        ]
        decided = ((key, _implied(self.program, row, place)) for place, key in open_keys)
        return {key: answer for key, answer in decided if answer is not None}

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """All answers by key, those implied and those that only duties ask for included."""
        return {**self._stated, **self.implied}

    def walk(self, condition: Condition) -> Trace:
        """Returns the steps of a condition under these answers."""
        return walk(condition, self.answers, self.seen)

    # what only a reader needs ---------------------------------------------------------------------

    def presumed(self) -> Iterator[str]:
        """Yields the presumed facts that are asked about, or on which the applicable law depends."""
        for name in self.known.presumed:
            is_asked = name in self.program.questions.about
            if is_asked or (name == APPLIED_ON.key and self._law_depends_on_application()):
                yield name

    def _law_depends_on_application(self) -> bool:
        """Whether another law would apply if the date of the application were unknown."""
        return self.law != law_state(self.ruleset, self.as_of, self.scenario.date, None)

    def inferred(self) -> Iterator[str]:
        """Returns the facts that constraints settled, at least in part."""
        questions = self.program.questions
        names = dict.fromkeys(questions[key].fact for key in self.implied)
        return (name for name in names if name in self.program.facts)

    def warnings(self) -> Iterator[str]:
        """Yields what a reader might be surprised by."""
        scenario = self.scenario
        if scenario.as_if:
            yield scenario.as_if.sentence
        yield from reading_notes(scenario)
        yield from warnings_of(
            self.known, self.ruleset, self.law, scenario.date, _applied_on(self.known)
        )


def _applied_on(known: EstablishedFacts) -> Any:
    answer = known.values.get(APPLIED_ON.key)
    return None if answer is UNKNOWN else answer


def _implied(program: Program, row: Rows, question: int) -> Any:
    """The answer that the leaves of a question determine; None where they do not."""
    leaves, certain = program.leaves.by_question[question], row.certain
    if any(certain[leaf] != row.possible[leaf] for leaf in leaves):
        return None
    true_leaves, literals = tuple(leaf for leaf in leaves if certain[leaf]), program.leaves.literals
    answers = (cell.answer for cell in program.cells[question])
    return next((item for item in answers if literals(question, item)[0] == true_leaves), None)


# together ------------------------------------------------------------------------------------------


@attrs.frozen(eq=False, slots=False)
class Batch:
    """Cases under one program, evaluated together.

    Attributes:
        program: The program.
        cases: The cases.
        rows: Their answers, with those implied, one row for each case.
        law_answers: The answers that no fact changes, with the cases under them.
        look_ahead: Whether each open question was tried alone.
        truths: The truths of the program's conditions.
        contradictory: The cases whose answers contradict each other, a bit each.
    """

    program: Program
    cases: Sequence[Derivation]
    rows: Rows
    law_answers: LawAnswers
    look_ahead: bool
    truths: Truths
    contradictory: int

    @classmethod
    def of(cls, program: Program, cases: Sequence[Derivation], look_ahead: bool) -> Batch:
        """Evaluates cases together."""
        rows = _rows_of(program, cases)
        law_answers = list(_answer_law(rows, program, cases))
        evaluated = evaluate(program, rows, law_answers, look_ahead=look_ahead)
        return cls(program, cases, rows, law_answers, look_ahead, *evaluated)

    @cached_property
    def consequences(self) -> Pair:
        """When each duty arises, and how a licence is decided, as planes."""
        certain, possible = self.program.consequences.evaluate(self.rows)
        return list(certain), list(possible)


def _rows_of(program: Program, cases: Sequence[Derivation]) -> Rows:
    """What is known of cases as planes; each answer to a fact is read once for all that give it."""
    columns: dict[str, dict[Any, list[int]]] = {name: {} for name in program.by_subject}
    for place, case in enumerate(cases):
        discretion = case.scenario.discretion.items()
        used = [(f"discretion:{power}", answer) for power, answer in discretion]
        for name, answer in chain(case.known.values.items(), used):
            if answer is not UNKNOWN and (column := columns.get(name)) is not None:
                column.setdefault(answer, []).append(place)
    rows = Rows.blank(program.leaves, len(cases))
    columns[FACTS_DATE.key] = _places(case.scenario.date for case in cases)
    for name, column in columns.items():
        for answer, places in column.items():
            rows.decide(*program.literals(name, answer), bits := plane_of(places))
            if isinstance(answer, Among):
                rows.among.setdefault(program.position[name], {})[answer] = bits
    return rows


def _places(answers: Iterable[Any]) -> dict[Any, list[int]]:
    """The places of each answer."""
    places: dict[Any, list[int]] = {}
    for place, answer in enumerate(answers):
        places.setdefault(answer, []).append(place)
    return places


def _answer_law(
    rows: Rows, program: Program, cases: Sequence[Derivation]
) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Adds the days of the law, and the readings, which cases evaluated together share; yields them."""
    readings, keys = _reading_answers(cases[0].readings), program.keys
    for day, places in _places(case.law.day for case in cases).items():
        answers, bits = {LAW_DATE.key: day, **readings}, plane_of(places)
        for name, answer in answers.items():
            if answer is not None:
                rows.decide(*program.literals(name, answer), bits)
        yield tuple([answers.get(keys[place]) for place in program.law_questions]), bits


def _reading_answers(readings: ChosenReadings) -> dict[str, str | None]:
    return {doubt.key: reading for doubt, reading in readings.items()}


def derive(
    scenarios: Iterable[Scenario],
    ruleset: Ruleset,
    as_of: AsOf,
    readings: ChosenReadings,
    look_ahead: bool,
) -> list[Derivation]:
    """Evaluates scenarios under a ruleset, those under the same program together.

    Raises:
        UsageError: Facts contradict each other.
    """
    law_day = ruleset.reference_date if as_of is None else as_of
    cases = [Derivation.of(scenario, ruleset, law_day, readings) for scenario in scenarios]
    by_program: dict[Program, list[Derivation]] = {}
    for case in cases:
        by_program.setdefault(case.program, []).append(case)
    for program, group in by_program.items():
        batch = Batch.of(program, group, look_ahead)
        for place, case in enumerate(group):
            case.batch, case.place = batch, place
    for case in cases:
        if case.batch.contradictory >> case.place & 1:
            raise _contradiction(case.scenario, ruleset)
    return cases


def _contradiction(scenario: Scenario, ruleset: Ruleset) -> UsageError:
    violations = contradictions(scenario, ruleset.vocabulary)
    sentences = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in violations)
    msg = f"The facts of {scenario.id} contradict each other under {ruleset.id}. {sentences}"
    return UsageError(msg.rstrip())
