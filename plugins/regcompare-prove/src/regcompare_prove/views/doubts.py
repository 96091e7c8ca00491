"""The doubts of a ruleset for one case: the outcome under every reading, and what changes it."""

from __future__ import annotations

from regcompare.comparison.data import to_data
from regcompare.ruleset.rules import Span
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Display, Section, Table
from regcompare.views.sentences import span_words
from regcompare_prove.doubts import Doubts, doubts


def doubts_display(verdict: Verdict) -> Display | None:
    """Returns what holds under every interpretation, for a verdict with a result and open doubts.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    if verdict.span is None or verdict.as_of is None or not verdict.assumed:
        return None
    result = doubts(verdict.scenario, verdict.ruleset, as_of=verdict.as_of)
    return Display(doubts_section(result), to_data(result))


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
    return Section(
        "Every combination of interpretations of the doubtful texts",
        [
            lead,
            alone if found.spans else None,
            Table(caption, ("doubt", "interpretation", "outcome"), rows),
        ],
    )


def _span_words(span: Span | None) -> str:
    return span_words(span) if span else "out of scope"
