"""Doubtful texts, all at once: what stands under every reading, what flips, and by which doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from regcompare._visible import visible
from regcompare.logic.conditions import Condition, all_of
from regcompare.ruleset.rules import Outcome, Rule, Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, assess

from .frames import Frame, frame_for
from .regimes import KnownAnswers, Regime, possible_cases, regime_of


@attrs.frozen(order=True)
class DoubtReading:
    """A doubt, and a reading of it."""

    doubt: str
    reading: str


@attrs.frozen(eq=False)
class Conclusion:
    """Something that follows under the default readings, and whether other readings shake it.

    Attributes:
        outcome: Of an end of the outcome, the outcome; None of a rule.
        end: ``least`` or ``most`` of an end; ``holds`` or ``fails`` of a rule.
        rule: The rule, or None.
        alone: Readings of which each, the others at their defaults, shakes it.
        together: The fewest readings that have to differ from the defaults to shake it, proved fewest;
            empty where it stands under every combination of readings.
    """

    outcome: Outcome | None
    end: str
    rule: Rule | None
    alone: tuple[DoubtReading, ...]
    together: tuple[DoubtReading, ...]

    @property
    def stands(self) -> bool:
        """Whether it follows under every combination of readings."""
        return not self.together

    @property
    def sentence(self) -> str:
        """The conclusion in a few words."""
        if self.rule is not None:
            return f"{self.rule.id} {'holds' if self.end == 'holds' else 'does not hold'}"
        assert self.outcome is not None
        return f"at the {self.end} {self.outcome.word.replace('_', ' ')}"


@attrs.frozen(eq=False)
class Doubts:
    """What the doubts of a ruleset come to for one case.

    Attributes:
        scenario: The case.
        ruleset: The ruleset.
        default: The exact span under the default readings; None out of scope.
        every: The exact span over all combinations of readings; None where none is in scope.
        spans: For each doubt that is asked about, reading by reading, the exact span with the others at
            their defaults.
        conclusions: The ends of the outcome, the rules that hold for certain, and those that for certain
            do not but would under other readings.
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
    """Returns what follows for a case under every reading, what flips, and by which doubt.

    Facts that are open stay open: an end of the outcome is shaken where some answer to them goes beyond
    it, and a rule where some answer lets it fail (or hold).

    Args:
        scenario: The case.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied.

    Raises:
        UsageError: The extra ``prove`` is not installed, or the ruleset is not in force on the day.
    """
    read = regime_of(assess(scenario, ruleset, as_of=as_of, readings="open"))
    return _Asked(scenario, read).answered()


class _Asked:
    """One case under one ruleset with every reading open."""

    def __init__(self, scenario: Scenario, read: Regime) -> None:
        self.scenario, self.read = scenario, read
        self.every = frame_for(possible_cases([read]), scenario)
        asked = self.every.cases.solver.questions
        self.items = {item.key: item for item, _ in read.assumed if item.key in asked}
        # Whether unread law is in the text is left open.
        self.defaults = {key: item.default for key, item in self.items.items() if item.default != "open"}
        self.default = self.with_readings({})

    def with_readings(self, changed: Mapping[str, str]) -> Frame:
        """The case with the default readings, but for these."""
        return self.every.answering(KnownAnswers({**self.defaults, **changed}))

    def answered(self) -> Doubts:
        span = self.default.span(self.read)
        spans = {
            item.id: {
                name: span if name == item.default else self.with_readings({key: name}).span(self.read)
                for name in item.readings
            }
            for key, item in self.items.items()
        }
        found = (*self._ends(span), *self._rules()) if span else ()
        every = self.every.span(self.read)
        return Doubts(self.scenario, self.read.ruleset, span, every, spans, found)

    def _ends(self, span: Span) -> Iterator[Conclusion]:
        yield self._conclusion(self.read.below(span.low), span.low, "least", None)
        if span.high < max(Outcome):
            beyond = self.read.at_least(span.high.stricter)
            yield self._conclusion(beyond, span.high, "most", None)
        else:
            yield Conclusion(span.high, "most", None, (), ())

    def _rules(self) -> Iterator[Conclusion]:
        scope = self.read.scope
        for entry, holds in zip(
            self.read.conditions.program.entries, self.read.conditions.holds, strict=True
        ):
            met, missed = all_of(scope, holds), all_of(scope, ~holds)
            if not self.default.can_be(missed):
                yield self._conclusion(missed, None, "holds", entry.rule)
            elif not self.default.can_be(met) and self.every.can_be(met):
                yield self._conclusion(met, None, "fails", entry.rule)

    def _conclusion(
        self, shaken: Condition, outcome: Outcome | None, end: str, rule: Rule | None
    ) -> Conclusion:
        if not self.every.can_be(shaken):
            return Conclusion(outcome, end, rule, (), ())
        alone = tuple(
            DoubtReading(item.id, name)
            for key, item in self.items.items()
            for name in item.readings
            if name != item.default and self.with_readings({key: name}).can_be(shaken)
        )
        groups = {key: [key] for key in self.defaults}
        found = self.every.cases.solver.fewest(shaken, self.default.given, groups)
        assert found is not None, "it was just found to be shaken"
        case, changed = found
        together = tuple(
            DoubtReading(item.id, case.answers[key])
            for key, item in self.items.items()
            if key in changed
        )
        return Conclusion(outcome, end, rule, alone, together)
