"""Doubtful texts together: what holds under every reading, what changes, and with which doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from regcompare.logic.conditions import Condition, all_of
from regcompare.ruleset.rules import Outcome, Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.support import visible
from regcompare.verdict.assess import AsOf, assess

from .frames import Frame, frame_for
from .regimes import KnownAnswers, Regime, possible_cases, regime_of


@attrs.frozen(order=True)
class DoubtReading:
    """A doubt with one of its readings."""

    doubt: str
    reading: str


@attrs.frozen(eq=False)
class Conclusion:
    """A conclusion under the default readings, and the readings that would change it.

    Attributes:
        outcome: The outcome, for an end of the span; None for a rule.
        end: ``least`` or ``most`` for an end of the span; ``holds`` or ``fails`` for a rule.
        rule: The rule, or None.
        alone: Readings each of which alone, the others at their defaults, would change it.
        together: The fewest readings that have to differ from the defaults to change it, proved minimal;
            empty where it holds under every combination of readings.
    """

    outcome: Outcome | None
    end: str
    rule: Rule | None
    alone: tuple[DoubtReading, ...]
    together: tuple[DoubtReading, ...]

    @property
    def stands(self) -> bool:
        """Whether it holds under every combination of readings."""
        return not self.together

    @property
    def sentence(self) -> str:
        """The conclusion, in a few words."""
        if self.rule is not None:
            return f"{self.rule.id} {'holds' if self.end == 'holds' else 'does not hold'}"
        assert self.outcome is not None
        return f"at the {self.end} {self.outcome.word.replace('_', ' ')}"


@attrs.frozen(eq=False)
class Doubts:
    """The effect of the doubts of a ruleset on one case.

    Attributes:
        scenario: The case.
        ruleset: The ruleset.
        default: The exact span under the default readings; None out of scope.
        every: The exact span over all combinations of readings; None where none is in scope.
        spans: For each doubt asked about and each of its readings, the exact span with the others at
            their defaults.
        conclusions: The ends of the span, the rules that certainly hold, and those that certainly do not
            hold but would under other readings.
    """

    scenario: Scenario
    ruleset: Ruleset
    default: Span | None
    every: Span | None
    spans: Mapping[str, Mapping[str, Span | None]]
    conclusions: tuple[Conclusion, ...]

    def __repr__(self) -> str:
        return visible(
            f"<Doubts {self.scenario.id} under {self.ruleset.id}: {self.default} of {self.every}>"
        )

    @property
    def is_settled(self) -> bool:
        """Whether the outcome is the same under every combination of readings."""
        return self.default == self.every and not any(
            span != self.default for spans in self.spans.values() for span in spans.values()
        )


def doubts(scenario: Scenario, ruleset: Ruleset, *, as_of: AsOf = None) -> Doubts:
    """Returns what holds for a case under every reading, what changes, and with which doubt.

    Open facts stay open: an end of the span changes where some answer to them goes beyond it, and a rule
    where some answer makes it fail (or hold).

    Args:
        scenario: The case.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied.

    Raises:
        UsageError: The extra ``prove`` is not installed, or the ruleset is not in force on the day.
    """
    regime = regime_of(assess(scenario, ruleset, as_of=as_of, readings="open"))
    return _Analysis(scenario, regime).result()


class _Analysis:
    """One case under one ruleset with every reading open."""

    def __init__(self, scenario: Scenario, regime: Regime) -> None:
        self.scenario, self.regime = scenario, regime
        self.every = frame_for(possible_cases([regime]), scenario)
        questions = self.every.cases.solver.questions
        self.doubts = {item.key: item for item, _ in regime.assumed if item.key in questions}
        # Whether unread law is in the text stays open.
        self.defaults = {
            key: item.default for key, item in self.doubts.items() if item.default != "open"
        }
        self.default = self.with_readings({})

    def with_readings(self, changed: Mapping[str, str]) -> Frame:
        """The frame of the case under the default readings except for these."""
        return self.every.answering(KnownAnswers({**self.defaults, **changed}))

    def result(self) -> Doubts:
        span = self.default.span(self.regime)
        spans = {
            item.id: {
                name: span if name == item.default else self.with_readings({key: name}).span(self.regime)
                for name in item.readings
            }
            for key, item in self.doubts.items()
        }
        conclusions = (*self._ends(span), *self._rules()) if span else ()
        span_of_all = self.every.span(self.regime)
        return Doubts(self.scenario, self.regime.ruleset, span, span_of_all, spans, conclusions)

    def _ends(self, span: Span) -> Iterator[Conclusion]:
        yield self._conclusion(self.regime.below(span.low), span.low, "least", None)
        if span.high < max(Outcome):
            beyond = self.regime.at_least(span.high.stricter)
            yield self._conclusion(beyond, span.high, "most", None)
        else:
            yield Conclusion(span.high, "most", None, (), ())

    def _rules(self) -> Iterator[Conclusion]:
        scope = self.regime.scope
        for entry, holds in zip(
            self.regime.conditions.program.entries, self.regime.conditions.holds, strict=True
        ):
            holding, failing = all_of(scope, holds), all_of(scope, ~holds)
            if not self.default.can_be(failing):
                yield self._conclusion(failing, None, "holds", entry.rule)
            elif not self.default.can_be(holding) and self.every.can_be(holding):
                yield self._conclusion(holding, None, "fails", entry.rule)

    def _conclusion(
        self, contrary: Condition, outcome: Outcome | None, end: str, rule: Rule | None
    ) -> Conclusion:
        if not self.every.can_be(contrary):
            return Conclusion(outcome, end, rule, (), ())
        alone = tuple(
            DoubtReading(item.id, name)
            for key, item in self.doubts.items()
            for name in item.readings
            if name != item.default and self.with_readings({key: name}).can_be(contrary)
        )
        groups = {key: [key] for key in self.defaults}
        solution = self.every.cases.solver.fewest(contrary, self.default.given, groups)
        assert solution is not None, "some readings were just found to change it"
        case, changed = solution
        together = tuple(
            DoubtReading(item.id, case.answers[key])
            for key, item in self.doubts.items()
            if key in changed
        )
        return Conclusion(outcome, end, rule, alone, together)
