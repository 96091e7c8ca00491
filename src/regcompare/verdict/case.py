"""Cases: a scenario under a ruleset, with what is known of it and the law that applies."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, Protocol

import attrs

from regcompare.facts import UNKNOWN
from regcompare.program.force import APPLIED_ON, ApplicableLaw, applicable_law
from regcompare.program.lookahead import PartialVerdict
from regcompare.program.program import Program, program_for
from regcompare.ruleset.rules import Interpretation
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import AssumedFacts, assumed_facts
from regcompare.scenario.scenario import Scenario

from .readings import AsOf, ChosenReadings, report_tests


class SpanProver(Protocol):
    """Proves the ends of a span that look-ahead only bounds."""

    def prove(
        self,
        partial_verdict: PartialVerdict,
        program: Program,
        day: dt.date | None,
        readings: tuple[tuple[Interpretation, str | None], ...],
        scenario: Scenario,
    ) -> PartialVerdict:
        """Returns a partial verdict narrowed to what some answers to the open questions lead to."""


@attrs.frozen(eq=False, slots=False)
class Case:
    """A scenario under a ruleset, ready to be evaluated; see ``Verdict`` for the attributes."""

    scenario: Scenario
    ruleset: Ruleset
    asked_day: AsOf
    readings: ChosenReadings
    prover: SpanProver | None
    known: AssumedFacts
    law: ApplicableLaw
    program: Program

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        ruleset: Ruleset,
        day: AsOf,
        readings: ChosenReadings,
        prover: SpanProver | None = None,
    ) -> Case:
        """Returns a scenario with its presumptions and the law that applies to it."""
        tests = report_tests(readings) if scenario.presume else ()
        known = assumed_facts(scenario, ruleset.vocabulary, tests)
        law = applicable_law(ruleset, day, scenario.known_day, applied_on(known))
        program = program_for(ruleset, law.concurrent, law.open_law)
        return cls(scenario, ruleset, day, readings, prover, known, law, program)

    @cached_property
    def presumed(self) -> tuple[str, ...]:
        """The presumed facts that the ruleset asks about, or on which the applicable law depends."""
        asked = self.program.questions.about
        depends = self.law != applicable_law(self.ruleset, self.asked_day, self.scenario.known_day, None)
        return tuple(
            name for name in self.known.presumed if name in asked or (name == APPLIED_ON.key and depends)
        )

    @property
    def is_domestic(self) -> bool:
        """True if it would be no export if made from the ruleset's home, and is set aside."""
        return self.scenario.as_if is not None and self.scenario.as_if.is_domestic

    def narrowed(self, partial: PartialVerdict) -> PartialVerdict:
        """Returns what look-ahead gives, narrowed by the prover if there is one."""
        if not self.prover or self.law.in_force is False or not partial.span:
            return partial
        readings = tuple(self.readings.items())
        return self.prover.prove(partial, self.program, self.law.day, readings, self.scenario)

    def result_of(self, partial: PartialVerdict) -> str:
        """Returns the result in a few words if these were the truths."""
        in_force = partial.in_force if self.law.in_force is None else self.law.in_force
        if in_force is False:
            return "not in force"
        if self.is_domestic:
            return "domestic sale"
        return "out of scope" if partial.in_scope is False else str(partial.span)


def applied_on(known: AssumedFacts) -> Any:
    """Returns the day of the application; None where it is not known."""
    answer = known.values.get(APPLIED_ON.key)
    return None if answer is UNKNOWN else answer
