"""The doubts of a ruleset for one case: what stands, what is shaken, and by which reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regcompare.proofs.doubts import Conclusion, Doubts, Reading
from regcompare.ruleset.rules import Span
from regcompare.words.lexicon import listing

from .document import Bullets, Entry, Section, Table
from .sentences import span_words

__all__ = ["doubts_data", "doubts_section"]


def doubts_data(found: Doubts) -> dict[str, Any]:
    """Returns what stands under every reading, and what does not, as plain data."""
    return {
        "default": _word(found.default),
        "every": _word(found.every),
        "settled": found.is_settled,
        "alone": [
            {"doubt": doubt, "reading": reading, "result": _word(span)}
            for doubt, spans in found.spans.items()
            for reading, span in spans.items()
        ],
        "conclusions": [
            {
                "says": item.sentence,
                "rule": item.rule.id if item.rule is not None else None,
                "stands": item.stands,
                "alone": [_reading(reading) for reading in item.alone],
                "together": [_reading(reading) for reading in item.together],
            }
            for item in found.conclusions
        ],
        "proved": True,
    }


def _word(span: Span | None) -> str | None:
    return None if span is None else str(span)


def _reading(item: Reading) -> dict[str, str]:
    return {"doubt": item.doubt, "reading": item.reading}


def doubts_section(found: Doubts) -> Section:
    """Returns what holds under every interpretation, and what does not."""
    flips = [
        (doubt, reading, _span(span))
        for doubt, spans in found.spans.items()
        for reading, span in spans.items()
        if span != found.default
    ]
    alone = (
        "Interpretations that change the outcome on their own, with the default for all others:"
        if flips
        else "No interpretation changes the outcome on its own, with the default for all others."
    )
    lead = (
        f"By default the outcome is {_span(found.default)}; over every combination of interpretations "
        f"it is {_span(found.every)}. Both are proved."
    )
    firm = [item.sentence for item in found.conclusions if item.stands]
    shaken = [
        f"{item.sentence}: {listing(_by(item), 'and')}" for item in found.conclusions if not item.stands
    ]
    return Section(
        "Every combination of interpretations of the doubtful texts",
        [
            lead,
            alone if found.spans else None,
            Table(
                "Interpretations that change the outcome on their own",
                ("doubt", "interpretation", "outcome"),
                flips,
            ),
            Entry("These hold under every combination of interpretations:", [Bullets(firm)])
            if firm
            else None,
            Entry("These do not:", [Bullets(shaken)]) if shaken else None,
        ],
    )


def _by(item: Conclusion) -> Iterator[str]:
    """Which interpretations a conclusion does not survive."""
    if item.alone:
        yield f"fails under {listing(map(_words, item.alone))} alone"
    else:
        together = listing(map(_words, item.together), "and")
        yield f"fails only under several interpretations together, at a minimum {together}"


def _words(item: Reading) -> str:
    return f"{item.doubt} as “{item.reading}”"


def _span(span: Span | None) -> str:
    return "out of scope" if span is None else span_words(span.low.word, span.high.word)
