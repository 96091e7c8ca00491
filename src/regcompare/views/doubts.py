"""The doubts of a ruleset for one case: what stands, what is shaken, and by which reading."""

from __future__ import annotations

from typing import Any

import attrs

from regcompare.proofs.doubts import Conclusion, DoubtReading, Doubts
from regcompare.ruleset.rules import Span
from regcompare.words.lexicon import listing

from .document import Bullets, Entry, Section, Table
from .sentences import span_words


def doubts_data(found: Doubts) -> dict[str, Any]:
    """Returns what stands under every reading, and what does not, as plain data."""
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
                "says": item.sentence,
                "rule": item.rule.id if item.rule is not None else None,
                "stands": item.stands,
                "alone": list(map(attrs.asdict, item.alone)),
                "together": list(map(attrs.asdict, item.together)),
            }
            for item in found.conclusions
        ],
        "proved": True,
    }


def doubts_section(found: Doubts) -> Section:
    """Returns what holds under every interpretation, and what does not."""
    flips = [
        (doubt, reading, _span(span))
        for doubt, spans in found.spans.items()
        for reading, span in spans.items()
        if span != found.default
    ]
    alone = "No interpretation changes the outcome on its own, with the default for all others."
    caption = "Interpretations that change the outcome on their own"
    if flips:
        alone = f"{caption}, with the default for all others:"
    lead = (
        f"By default the outcome is {_span(found.default)}; over every combination of interpretations "
        f"it is {_span(found.every)}. Both are proved."
    )
    firm = [item.sentence for item in found.conclusions if item.stands]
    shaken = [f"{item.sentence}: {_by(item)}" for item in found.conclusions if not item.stands]
    return Section(
        "Every combination of interpretations of the doubtful texts",
        [
            lead,
            alone if found.spans else None,
            Table(caption, ("doubt", "interpretation", "outcome"), flips),
            Entry("These hold under every combination of interpretations:", [Bullets(firm)])
            if firm
            else None,
            Entry("These do not:", [Bullets(shaken)]) if shaken else None,
        ],
    )


def _by(item: Conclusion) -> str:
    """Which interpretations a conclusion does not survive."""
    if item.alone:
        return f"fails under {listing(map(_words, item.alone))} alone"
    together = listing(map(_words, item.together), "and")
    return f"fails only under several interpretations together, at a minimum {together}"


def _words(item: DoubtReading) -> str:
    return f"{item.doubt} as “{item.reading}”"


def _span(span: Span | None) -> str:
    return "out of scope" if span is None else span_words(span.low.word, span.high.word)
