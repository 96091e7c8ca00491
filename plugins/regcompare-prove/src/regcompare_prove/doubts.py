"""Doubtful texts together: the outcome under every reading, and which reading alone changes it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from regcompare.ruleset.rules import Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.scenario import Scenario
from regcompare.support import visible
from regcompare.verdict.assess import AsOf, assess

from .frames import frame_for
from .regimes import KnownAnswers, possible_cases, regime_of


@attrs.frozen(eq=False)
class Doubts:
    """The effect of the doubts of a ruleset on one case; every span is proved.

    Attributes:
        scenario: The case.
        ruleset: The ruleset.
        default: The span under the default readings; None out of scope.
        every: The span over all combinations of readings; None where none is in scope.
        spans: For each doubt asked about and each of its readings, the span with the others at their
            defaults.
    """

    __data__ = ("default", "every", "is_settled", "spans")

    scenario: Scenario
    ruleset: Ruleset
    default: Span | None
    every: Span | None
    spans: Mapping[str, Mapping[str, Span | None]]

    def __repr__(self) -> str:
        return visible(
            f"<Doubts {self.scenario.id} under {self.ruleset.id}: {self.default} of {self.every}>"
        )

    @property
    def is_settled(self) -> bool:
        """Whether the outcome is the same under every combination of readings."""
        return self.default == self.every and not self.decisive

    @property
    def decisive(self) -> list[tuple[str, str, Span | None]]:
        """The doubts with the readings that change the outcome on their own, and to what."""
        return [
            (doubt, reading, span)
            for doubt, spans in self.spans.items()
            for reading, span in spans.items()
            if span != self.default
        ]


def doubts(scenario: Scenario, ruleset: Ruleset, *, as_of: AsOf = None) -> Doubts:
    """Returns the outcome of a case under every reading, and which readings change it.

    Open facts stay open: a span is over all answers to them.

    Args:
        scenario: The case.
        ruleset: The regime or proposal.
        as_of: The day whose law is applied.

    Raises:
        UsageError: The extra ``prove`` is not installed, or the ruleset is not in force on the day.
    """
    regime = regime_of(assess(scenario, ruleset, as_of=as_of, readings="open"))
    every = frame_for(possible_cases([regime]), scenario)
    asked = [item for item, _ in regime.assumed if item.key in every.cases.solver.questions]
    # Whether unread law is in the text stays open.
    defaults = {item.key: item.default for item in asked if item.default != "open"}

    def span(**changed: str) -> Span | None:
        return every.answering(KnownAnswers({**defaults, **changed})).span(regime)

    default = span()
    spans = {
        item.id: {
            reading: default if reading == item.default else span(**{item.key: reading})
            for reading in item.readings
        }
        for item in asked
    }
    return Doubts(scenario, ruleset, default, every.span(regime), spans)
