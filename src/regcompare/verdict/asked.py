"""A scenario as a ruleset asks about it: which law, which readings, which answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.facts import UNKNOWN
from regcompare.program.force import APPLIED_ON, LawState, law_state
from regcompare.program.lookahead import PropagatedAnswers, Truths, settled, truths_of
from regcompare.program.program import Program, program_for
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

Taken = Mapping[Interpretation, str | None]
"""The reading of each doubtful text; None where it is left open."""


@attrs.define(eq=False)
class RulesetInputs:
    """A scenario as a ruleset asks about it; what is told in words is worked out when asked for.

    Attributes:
        ruleset: The ruleset.
        date: The day of the facts.
        known: What is known of the scenario, presumptions included.
        law: Which law applies.
        program: What the ruleset comes to then.
        taken: How doubtful texts are read.
        answers: The answers to the questions that are asked.
        wanted: The day whose law is asked for.
        row: The answers in the order of the program's questions.
        as_if: How the scenario was changed to be asked about as if from elsewhere.
        unread: What to know of how the file was read, in sentences.
        case: The same with what follows; None where they contradict each other.
    """

    ruleset: Ruleset
    date: dt.date | None
    known: EstablishedFacts
    law: LawState
    program: Program
    taken: Taken
    answers: Mapping[str, Any]
    wanted: AsOf
    row: Sequence[Any]
    as_if: AsIf | None = None
    unread: Sequence[str] = ()
    case: PropagatedAnswers | None = None

    @classmethod
    def of(cls, scenario: Scenario, ruleset: Ruleset, wanted: AsOf, taken: Taken) -> RulesetInputs:
        known = established_facts(scenario, ruleset.vocabulary)
        law = law_state(ruleset, wanted, scenario.date, _applied_on(known))
        program = program_for(ruleset, law.along, law.asks)
        answers = answers_to(program.every_question, scenario, known, program.facts)
        answers |= {LAW_DATE.key: law.day} | {item.key: reading for item, reading in taken.items()}
        row = program.row(answers)
        return cls(
            ruleset,
            scenario.date,
            known,
            law,
            program,
            taken,
            answers,
            wanted,
            row,
            scenario.as_if,
            tuple(reading_notes(scenario)),
        )

    @property
    def given(self) -> tuple[Any, ...]:
        """The law and the readings, as the program asks for them."""
        return tuple(self.row[place] for place in self.program.given)

    def follows(self) -> dict[str, Any]:
        """The answers that follow from others."""
        assert self.case is not None
        told = zip(self.program.keys, self.row, self.case.row, strict=True)
        return {key: after for key, before, after in told if before is None and after is not None}

    def presumed(self) -> Iterator[str]:
        """The facts presumed that are asked about; the day of application where the law turns on it."""
        for name in self.known.presumed:
            if name in self.program.questions.about or (
                name == APPLIED_ON.key and self._law_turns_on_it()
            ):
                yield name

    def _law_turns_on_it(self) -> bool:
        """Whether another law would apply if the day of the application were not known."""
        return self.law != law_state(self.ruleset, self.wanted, self.date, None)

    def inferred(self) -> Iterator[str]:
        """The facts that constraints settled, in part at least."""
        asked = self.program.questions
        names = dict.fromkeys(asked[key].fact for key in self.follows())
        return (name for name in names if name in self.program.facts)

    def warnings(self) -> Iterator[str]:
        """What a reader might be surprised by."""
        if self.as_if:
            yield self.as_if.sentence
        yield from self.unread
        yield from warnings_of(self.known, self.ruleset, self.law, self.date, _applied_on(self.known))


def _applied_on(known: EstablishedFacts) -> dt.date | None:
    answer = known.values.get(APPLIED_ON.key)
    return None if answer is UNKNOWN else answer


def asked_of(
    scenarios: Iterable[Scenario], ruleset: Ruleset, as_of: AsOf, readings: Readings
) -> list[RulesetInputs]:
    """Returns scenarios as a ruleset asks about them; each keeps what was worked out for it.

    Raises:
        UsageError: A reading is not known, or facts contradict each other.
    """
    taken, key = (_defaults(ruleset), ()) if readings is None else _read(ruleset, readings)
    wanted = ruleset.reference_date if as_of is None else as_of
    how = (ruleset, wanted, key)
    asked, new = [], []
    for scenario in scenarios:
        found = scenario._derived.get(how)
        if found is None:
            found = RulesetInputs.of(scenario, ruleset, wanted, taken)
            new.append((scenario, found))
        asked.append(found)
    if new:
        _settle([item for _, item in new])
        for scenario, item in new:
            if item.case is None:
                raise _contradiction(scenario, ruleset)
            scenario._derived.store(how, item)
    return asked


def _settle(asked: Sequence[RulesetInputs]) -> None:
    for together in _by_program(asked):
        cases = settled(together[0].program, [item.row for item in together])
        for item, case in zip(together, cases, strict=True):
            item.case = case


def evaluated(asked: Sequence[RulesetInputs], look_ahead: bool) -> list[Truths]:
    """Returns what is true of scenarios, look-ahead included where that is wanted."""
    found: dict[RulesetInputs, Truths] = {}
    for together in _by_program(asked):
        cases = [item.case for item in together if item.case]
        truths = truths_of(together[0].program, cases, look_ahead)
        found.update(zip(together, truths, strict=True))
    return [found[item] for item in asked]


def _by_program(asked: Sequence[RulesetInputs]) -> Iterable[list[RulesetInputs]]:
    """The scenarios that meet the same law, read in the same way."""
    found: dict[tuple[Program, dt.date | None], list[RulesetInputs]] = {}
    for item in asked:
        found.setdefault((item.program, item.law.day), []).append(item)
    return found.values()


def _contradiction(scenario: Scenario, ruleset: Ruleset) -> UsageError:
    broken = contradictions(scenario, ruleset.vocabulary)
    said = " ".join(f"{', '.join(facts)}: {item.sentence}" for item, facts in broken)
    msg = f"The facts of {scenario.id} contradict each other under {ruleset.id}. {said}"
    return UsageError(msg.rstrip())


# readings -----------------------------------------------------------------------------------------


def readings_taken(ruleset: Ruleset, readings: Readings) -> dict[Interpretation, str | None]:
    """Returns the reading of each doubtful text of a ruleset, and of what it stands on or beside.

    Raises:
        UsageError: A doubt or a reading is not known; the text names the nearest.
    """
    declared = {item.id: item for part in ruleset.parts() for item in part.doubts}
    if readings == "open":
        return dict.fromkeys(declared.values())
    chosen = dict(readings or {})
    for name, reading in chosen.items():
        if name not in declared:
            hint = did_you_mean(nearest(name, declared))
            raise UsageError(f"{ruleset.id} has no doubt {name!r}.{hint}")
        if reading not in (*declared[name].readings, "open"):
            options = ", ".join(declared[name].readings)
            raise UsageError(f"{name} has no reading {reading!r}; it has {options}, or open.")
    taken = {item: chosen.get(name, item.default) for name, item in declared.items()}
    return {item: None if reading == "open" else reading for item, reading in taken.items()}


def _read(ruleset: Ruleset, readings: Readings) -> tuple[Taken, tuple[str | None, ...]]:
    """The readings taken, and what tells them apart from others: nothing where they are the defaults."""
    taken = readings_taken(ruleset, readings)
    return taken, () if taken == _defaults(ruleset) else tuple(taken.values())


@lru_cache(maxsize=256)
def _defaults(ruleset: Ruleset) -> Taken:
    return readings_taken(ruleset, None)
