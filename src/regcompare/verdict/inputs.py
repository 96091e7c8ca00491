"""What a ruleset needs to assess a scenario: the law that applies, the readings, and the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN
from regcompare.logic.conditions import questions, walk
from regcompare.logic.questions import Question
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.lookahead import PropagatedAnswers, Truths, evaluate_all, propagate
from regcompare.program.program import Program, program_for
from regcompare.ruleset.reports import ALL_TESTS, READINGS, STATED
from regcompare.ruleset.rules import Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.established import (
    EstablishedFacts,
    answers_to,
    contradictions,
    established_facts,
)
from regcompare.scenario.scenario import AsIf, Scenario, reading_notes
from regcompare.vocabulary import LAW_DATE

from .warnings import warnings_of

AsOf = dt.date | Literal["scenario"] | None
"""The day whose law is applied, ``scenario`` for the day of the facts, None for the reference date."""

Readings = Mapping[str, str] | Literal["open"] | None
"""Readings chosen by id (``open`` leaves one open), ``open`` for all, or None for the defaults."""

ChosenReadings = Mapping[Interpretation, str | None]
"""The reading of each doubtful text; None where it is left open."""


@attrs.define(eq=False)
class RulesetInputs:
    """A scenario as the input of a ruleset; whatever is only displayed is worked out on request.

    Attributes:
        ruleset: The ruleset.
        date: The date of the facts.
        known_facts: The facts of the scenario, presumptions included.
        law: Which law applies.
        program: The ruleset under that law, as conditions.
        readings: The reading of each doubtful text.
        applied_readings: The same, with ``stated`` where the case itself denies what reports may show.
        answers: The answers to the program's questions, by key.
        as_of: The day whose law is asked for.
        row: The answers in the order of the program's questions.
        as_if: How the scenario was changed to be assessed as if from elsewhere.
        reading_notes: Notes on how the file was read, in sentences.
        propagated: The answers with those implied; None where they contradict each other.
    """

    ruleset: Ruleset
    date: dt.date | None
    known_facts: EstablishedFacts
    law: LawState
    program: Program
    readings: ChosenReadings
    applied_readings: ChosenReadings
    answers: Mapping[str, Any]
    as_of: AsOf
    row: Sequence[Any]
    as_if: AsIf | None = None
    reading_notes: Sequence[str] = ()
    propagated: PropagatedAnswers | None = None

    @classmethod
    def of(
        cls, scenario: Scenario, ruleset: Ruleset, as_of: AsOf, readings: ChosenReadings
    ) -> RulesetInputs:
        known_facts = established_facts(scenario, ruleset.vocabulary)
        law = law_state(ruleset, as_of, scenario.date, _applied_on(known_facts))
        program = program_for(ruleset, law.companions, law.open_law)
        answers = answers_to(program.every_question, scenario, known_facts, program.facts)
        applied_readings = readings_applied(readings, known_facts, ruleset)
        answers |= {LAW_DATE.key: law.day}
        answers |= {item.key: reading for item, reading in applied_readings.items()}
        row = program.row(answers)
        return cls(
            ruleset,
            scenario.date,
            known_facts,
            law,
            program,
            readings,
            applied_readings,
            answers,
            as_of,
            row,
            scenario.as_if,
            tuple(reading_notes(scenario)),
        )

    @property
    def law_answers(self) -> tuple[Any, ...]:
        """The answers to the program's questions on the law and the readings."""
        return tuple(self.row[place] for place in self.program.law_questions)

    def follows(self) -> dict[str, Any]:
        """Returns the answers implied by others."""
        assert self.propagated is not None
        answers = zip(self.program.keys, self.row, self.propagated.row, strict=True)
        return {key: after for key, before, after in answers if before is None and after is not None}

    def presumed(self) -> Iterator[str]:
        """Yields the presumed facts that are asked about, or on which the applicable law depends."""
        for name in self.known_facts.presumed:
            is_asked = name in self.program.questions.about
            if is_asked or (name == APPLIED_ON.key and self._law_depends_on_application()):
                yield name

    def _law_depends_on_application(self) -> bool:
        """Whether another law would apply if the date of the application were unknown."""
        return self.law != law_state(self.ruleset, self.as_of, self.date, None)

    def inferred(self) -> Iterator[str]:
        """Returns the facts that constraints settled, at least in part."""
        questions = self.program.questions
        names = dict.fromkeys(questions[key].fact for key in self.follows())
        return (name for name in names if name in self.program.facts)

    def _denied_findings(self) -> Iterator[str]:
        """Where the case states the opposite of what the reports that it lists would show."""
        for item, reading in self.readings.items():
            if reading != self.applied_readings[item] and item.finding is not None:
                asked = [node for node in self.program.core_conditions if item.key in questions([node])]
                as_chosen = {**self.answers, item.key: reading}
                if any(walk(node, as_chosen).truth != walk(node, self.answers).truth for node in asked):
                    yield (
                        f"{item.finding.fact} is stated as no, and that counts; the reports listed "
                        f"would show it (interpretation {item.id}, {reading})."
                    )

    def notices(self) -> Iterator[str]:
        """Yields what the case says and was read as something else, or not at all."""
        yield from self.reading_notes
        yield from self._denied_findings()
        yield from self.known_facts.notices

    def warnings(self) -> Iterator[str]:
        """Yields what a reader might be surprised by."""
        if self.as_if:
            yield self.as_if.sentence
        yield from self.notices()
        yield from warnings_of(
            self.known_facts, self.ruleset, self.law, self.date, _applied_on(self.known_facts)
        )


def _applied_on(known_facts: EstablishedFacts) -> dt.date | None:
    answer = known_facts.values.get(APPLIED_ON.key)
    return None if answer is UNKNOWN else answer


def ruleset_inputs(
    scenarios: Iterable[Scenario], ruleset: Ruleset, as_of: AsOf, readings: Readings
) -> list[RulesetInputs]:
    """Returns scenarios as inputs of a ruleset; each scenario caches its own.

    Raises:
        UsageError: A reading is unknown, or facts contradict each other.
    """
    chosen, key = (_defaults(ruleset), ()) if readings is None else _chosen_with_key(ruleset, readings)
    law_day = ruleset.reference_date if as_of is None else as_of
    cache_key = (ruleset, law_day, key)
    inputs, new = [], []
    for scenario in scenarios:
        ready = scenario._derived.get(cache_key)
        if ready is None:
            ready = RulesetInputs.of(scenario, ruleset, law_day, chosen)
            new.append((scenario, ready))
        inputs.append(ready)
    if new:
        _propagate_all([ready for _, ready in new])
        for scenario, ready in new:
            if ready.propagated is None:
                raise _contradiction(scenario, ruleset)
            scenario._derived.store(cache_key, ready)
    return inputs


def _propagate_all(inputs: Sequence[RulesetInputs]) -> None:
    for batch in _by_program(inputs):
        cases = propagate(batch[0].program, [item.row for item in batch])
        for item, case in zip(batch, cases, strict=True):
            item.propagated = case


def evaluate_inputs(inputs: Sequence[RulesetInputs], look_ahead: bool) -> list[Truths]:
    """Evaluates the programs of inputs, with look-ahead where that is requested."""
    truths_by_input: dict[RulesetInputs, Truths] = {}
    for batch in _by_program(inputs):
        cases = [item.propagated for item in batch if item.propagated]
        truths = evaluate_all(batch[0].program, cases, look_ahead)
        truths_by_input.update(zip(batch, truths, strict=True))
    return [truths_by_input[item] for item in inputs]


def _by_program(inputs: Sequence[RulesetInputs]) -> Iterable[list[RulesetInputs]]:
    """The inputs grouped by program, day of the law and readings."""
    batches: dict[tuple[Program, tuple[Any, ...]], list[RulesetInputs]] = {}
    for item in inputs:
        batches.setdefault((item.program, item.law_answers), []).append(item)
    return batches.values()


def _contradiction(scenario: Scenario, ruleset: Ruleset) -> UsageError:
    violations = contradictions(scenario, ruleset.vocabulary)
    sentences = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in violations)
    msg = f"The facts of {scenario.id} contradict each other under {ruleset.id}. {sentences}"
    return UsageError(msg.rstrip())


def readings_applied(
    readings: ChosenReadings, known_facts: EstablishedFacts, ruleset: Ruleset
) -> ChosenReadings:
    """Returns readings with ``stated`` for each text whose finding the case itself denies."""
    denied = {
        item: STATED
        for item, reading in readings.items()
        if item.finding is not None
        and reading != STATED
        and known_facts.origins.get(item.finding.fact) == "stated"
        and _truth_of(item.finding, known_facts, ruleset) is False
    }
    return {**readings, **denied} if denied else readings


def _truth_of(question: Question, known_facts: EstablishedFacts, ruleset: Ruleset) -> bool | None:
    fact = ruleset.vocabulary.fact(question.fact)
    truth: bool | None = fact.truth(known_facts.values.get(fact.key), question.member)
    return truth


# readings -----------------------------------------------------------------------------------------


def chosen_readings(ruleset: Ruleset, readings: Readings) -> dict[Interpretation, str | None]:
    """Returns the reading of each doubtful text of a ruleset and its companions.

    Under ``reports`` one reading is given for all texts about what reports show.

    Raises:
        UsageError: A doubt or a reading is unknown; the text names the nearest.
    """
    declared = {item.id: item for part in ruleset.parts() for item in part.doubts}
    if readings == "open":
        return dict.fromkeys(declared.values())
    chosen = dict(readings or {})
    if (nearness := chosen.pop(ALL_TESTS, None)) is not None:
        tests = [item.id for item in declared.values() if item.finding]
        if nearness not in READINGS:
            raise UsageError(f"{ALL_TESTS} has no reading {nearness!r}; it has {', '.join(READINGS)}.")
        chosen = {**dict.fromkeys(tests, nearness), **chosen}
    for name, reading in chosen.items():
        if name not in declared:
            hint = did_you_mean(nearest(name, declared))
            raise UsageError(f"{ruleset.id} has no doubt {name!r}.{hint}")
        if reading not in (*declared[name].readings, "open"):
            options = ", ".join(declared[name].readings)
            raise UsageError(f"{name} has no reading {reading!r}; it has {options}, or open.")
    by_doubt = {item: chosen.get(name, item.default) for name, item in declared.items()}
    return {item: None if reading == "open" else reading for item, reading in by_doubt.items()}


def _chosen_with_key(
    ruleset: Ruleset, readings: Readings
) -> tuple[ChosenReadings, tuple[str | None, ...]]:
    """The chosen readings, with a cache key, which is empty for the defaults."""
    chosen = chosen_readings(ruleset, readings)
    return chosen, () if chosen == _defaults(ruleset) else tuple(chosen.values())


@lru_cache(maxsize=256)
def _defaults(ruleset: Ruleset) -> ChosenReadings:
    return chosen_readings(ruleset, None)
