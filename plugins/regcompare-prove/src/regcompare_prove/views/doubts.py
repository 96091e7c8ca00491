"""The doubts of a ruleset for one case: which conclusions hold, and which readings defeat the others."""

from __future__ import annotations

from typing import Any

import attrs

from regcompare.ruleset.rules import Span
from regcompare.verdict.verdict import Verdict
from regcompare.views.document import Bullets, Display, Entry, Section, Table
from regcompare.views.sentences import span_words
from regcompare.words.lexicon import listing
from regcompare_prove.doubts import Conclusion, DoubtReading, Doubts, doubts


def doubts_display(verdict: Verdict) -> Display | None:
    """Returns what holds under every interpretation, for a verdict with a result and open doubts.

    Raises:
        UsageError: The extra ``prove`` is not installed.
    """
    if verdict.span is None or verdict.as_of is None or not verdict.assumed:
        return None
    result = doubts(verdict.scenario, verdict.ruleset, as_of=verdict.as_of)
    return Display(doubts_section(result), doubts_data(result))


def doubts_data(found: Doubts) -> dict[str, Any]:
    """Returns what holds under every reading, and what does not, as plain data."""
    return {
        "default": str(found.default) if found.default else None,
        "every": str(found.every) if found.every else None,
        "settled": found.is_settled,
        "alone": [
            {"doubt": doubt, "reading": reading, "result": str(span) if span else None}
            for doubt, spans in found.spans.items()
            for reading, span in spans.items()
        ],
        "conclusions": [
            {
                "says": conclusion.sentence,
                "rule": conclusion.rule.id if conclusion.rule is not None else None,
                "stands": conclusion.stands,
                "alone": list(map(attrs.asdict, conclusion.alone)),
                "together": list(map(attrs.asdict, conclusion.together)),
            }
            for conclusion in found.conclusions
        ],
        "proved": True,
    }


def doubts_section(found: Doubts) -> Section:
    """Returns what holds under every interpretation, and what does not."""
    flips = [
        (doubt, reading, _span_words(span))
        for doubt, spans in found.spans.items()
        for reading, span in spans.items()
        if span != found.default
    ]
    alone_sentence = "No interpretation changes the outcome on its own, with the default for all others."
    caption = "Interpretations that change the outcome on their own"
    if flips:
        alone_sentence = f"{caption}, with the default for all others:"
    lead = (
        f"By default the outcome is {_span_words(found.default)}; over every combination of "
        f"interpretations it is {_span_words(found.every)}. Both are proved."
    )
    robust = [item.sentence for item in found.conclusions if item.stands]
    fragile = [
        f"{item.sentence}: {_failure_words(item)}" for item in found.conclusions if not item.stands
    ]
    return Section(
        "Every combination of interpretations of the doubtful texts",
        [
            lead,
            alone_sentence if found.spans else None,
            Table(caption, ("doubt", "interpretation", "outcome"), flips),
            Entry("These hold under every combination of interpretations:", [Bullets(robust)])
            if robust
            else None,
            Entry("These do not:", [Bullets(fragile)]) if fragile else None,
        ],
    )


def _failure_words(conclusion: Conclusion) -> str:
    """The interpretations that defeat a conclusion."""
    if conclusion.alone:
        return f"fails under {listing(map(_reading_words, conclusion.alone))} alone"
    together = listing(map(_reading_words, conclusion.together), "and")
    return f"fails only under several interpretations together, at a minimum {together}"


def _reading_words(reading: DoubtReading) -> str:
    return f"{reading.doubt} as “{reading.reading}”"


def _span_words(span: Span | None) -> str:
    return "out of scope" if span is None else span_words(span.low.word, span.high.word)
