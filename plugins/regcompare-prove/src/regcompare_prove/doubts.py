"""Doubtful texts together: the outcome under every reading, and which reading alone changes it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from regcompare.comparison.data import to_data
from regcompare.ruleset.rules import Span
from regcompare.ruleset.ruleset import Ruleset
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.assess import AsOf, assess
from regcompare.verdict.readings import ChosenReadings, report_tests
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Display, Section, Table
from regcompare.views.sentences import span_words

from .encoding import KnownAnswers
from .frames import frame_for
from .regimes import regime_of


@attrs.frozen(eq=False)
class Doubts:
    """The effect of the doubts of a ruleset on one case; every span is proved.

    Attributes:
        default: The span under the default readings; None out of scope.
        every: The span over all combinations of readings; None where none is in scope.
        spans: For each doubt asked about and each of its readings, the span with the others at their
            defaults.
    """

    default: Span | None
    every: Span | None
    spans: Mapping[str, Mapping[str, Span | None]]

    __data__ = ("default", "every", "is_settled", "spans")

    @property
    def is_settled(self) -> bool:
        """Tells whether the outcome is the same under every combination of readings."""
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

    Open facts stay open: a span is over all answers to them.  ``as_of`` is the day whose law is applied.

    Raises:
        UsageError: The extra ``prove`` is not installed, or the ruleset is not in force on the day.
    """
    regime = regime_of(assess(scenario, ruleset, as_of=as_of, readings="open"))
    every = frame_for([regime], scenario)
    asked = [item for item, _ in regime.assumed if item.is_asked_in(every.solver.questions)]
    # Whether unread law is in the text stays open.
    defaults: ChosenReadings = {item: item.default for item in asked if item.default != "open"}

    def span(changed: ChosenReadings) -> Span | None:
        readings = {**defaults, **changed}
        known = {item.key: reading for item, reading in readings.items() if not item.shown}
        tests, facts = report_tests(readings), every.vocabulary.by_key
        presumed = assumed_facts(scenario, every.vocabulary, tests)
        shown = {  # The findings that reports are presumed to show.
            item.finding.key: True
            for item, _ in tests
            if presumed.origins.get(fact := item.finding.fact) == "reports"
            and facts[fact].truth(presumed.values[fact], item.finding.member)
        }
        return every.answering(KnownAnswers({**known, **shown})).span(regime)

    spans = {item.id: {name: span({item: name}) for name in item.readings} for item in asked}
    return Doubts(span({}), every.span(regime), spans)


def doubts_display(verdict: Verdict) -> Display | None:
    """Returns what holds under every interpretation, for a verdict with a result and open doubts.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    if verdict.span is None or verdict.as_of is None or not verdict.assumed:
        return None
    found = doubts(verdict.scenario, verdict.ruleset, as_of=verdict.as_of)
    return Display(doubts_section(found), to_data(found))


def doubts_section(found: Doubts) -> Section:
    """Returns the outcome over every combination, and the readings that change it on their own."""
    caption = "Interpretations that change the outcome on their own"
    alone = f"{caption}, with the default for all others:"
    if not found.decisive:
        alone = "No interpretation changes the outcome on its own, with the default for all others."
    lead = (
        f"By default the outcome is {_span_words(found.default)}; over every combination of "
        f"interpretations it is {_span_words(found.every)}. Both are proved."
    )
    rows = [(doubt, reading, _span_words(span)) for doubt, reading, span in found.decisive]
    table = Table(caption, ("doubt", "interpretation", "outcome"), rows)
    title = "Every combination of interpretations of the doubtful texts"
    return Section(title, [lead, alone if found.spans else None, table])


def _span_words(span: Span | None) -> str:
    return span_words(span) if span else "out of scope"
