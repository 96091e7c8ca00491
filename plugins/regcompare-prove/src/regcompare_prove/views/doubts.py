"""The doubts of a ruleset for one case: which conclusions hold, and which readings defeat the others."""

from __future__ import annotations

from typing import Any

import attrs

from regcompare.ruleset.rules import Span
from regcompare.views.document import Bullets, Entry, Section, Table
from regcompare.views.sentences import span_words
from regcompare.words.lexicon import listing
from regcompare_prove.doubts import Conclusion, DoubtReading, Doubts


def doubts_data(doubts: Doubts) -> dict[str, Any]:
    """Returns what holds under every reading, and what does not, as plain data."""
    return {
        "default": str(doubts.default) if doubts.default else None,
        "every": str(doubts.every) if doubts.every else None,
        "settled": doubts.is_settled,
        "alone": [
            {"doubt": doubt, "reading": reading, "result": str(span) if span else None}
            for doubt, spans in doubts.spans.items()
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
            for conclusion in doubts.conclusions
        ],
        "proved": True,
    }


def doubts_section(doubts: Doubts) -> Section:
    """Returns what holds under every interpretation, and what does not."""
    flips = [
        (doubt, reading, _span_words(span))
        for doubt, spans in doubts.spans.items()
        for reading, span in spans.items()
        if span != doubts.default
    ]
    alone_sentence = "No interpretation changes the outcome on its own, with the default for all others."
    caption = "Interpretations that change the outcome on their own"
    if flips:
        alone_sentence = f"{caption}, with the default for all others:"
    lead = (
        f"By default the outcome is {_span_words(doubts.default)}; over every combination of "
        f"interpretations it is {_span_words(doubts.every)}. Both are proved."
    )
    robust = [item.sentence for item in doubts.conclusions if item.stands]
    fragile = [
        f"{item.sentence}: {_failure_words(item)}" for item in doubts.conclusions if not item.stands
    ]
    return Section(
        "Every combination of interpretations of the doubtful texts",
        [
            lead,
            alone_sentence if doubts.spans else None,
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
