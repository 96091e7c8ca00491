"""The doubts of a ruleset for one case as text and as data: what stands, what is shaken, by which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from regcompare.proofs.doubts import Conclusion, Doubts, Reading
from regcompare.ruleset.rules import Span
from regcompare.words.lexicon import listing

from ._lines import Page
from .sentences import span_words
from .tables import plain_table

__all__ = ["doubts_data", "doubts_text"]

HEADING = "Every reading of the doubtful texts at once"


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


def doubts_text(found: Doubts, *, width: int = 96) -> str:
    """Returns what stands under every reading, and what does not, as text."""
    page = Page(width)
    page.line(HEADING)
    page.lines.append("-" * len(HEADING))
    page.line(
        f"By default the outcome is {_span(found.default)}; over every combination of readings it is "
        f"{_span(found.every)}. Both are proved."
    )
    flips = [
        (doubt, reading, _span(span))
        for doubt, spans in found.spans.items()
        for reading, span in spans.items()
        if span != found.default
    ]
    if flips:
        page.line("Readings that change the outcome alone, the others by default:")
        page.lines += plain_table(("doubt", "reading", "outcome"), flips).splitlines()
    elif found.spans:
        page.line("No reading changes the outcome alone, the others by default.")
    _conclusions(page, found.conclusions)
    return page.text()


def _conclusions(page: Page, conclusions: Sequence[Conclusion]) -> None:
    firm = [item.sentence for item in conclusions if item.stands]
    if firm:
        page.line("These stand under every combination of readings:")
        page.bullets(firm, 2)
    shaken = [item for item in conclusions if not item.stands]
    if shaken:
        page.line("These do not:")
        page.bullets((f"{item.sentence}: {listing(_by(item), 'and')}" for item in shaken), 2)


def _by(item: Conclusion) -> Iterator[str]:
    """By which readings a conclusion is shaken."""
    if item.alone:
        yield f"shaken by {listing(map(_words, item.alone))} alone"
    else:
        together = listing(map(_words, item.together), "and")
        yield f"shaken only by several readings, at the fewest {together} together"


def _words(item: Reading) -> str:
    return f"{item.doubt} as “{item.reading}”"


def _span(span: Span | None) -> str:
    return "out of scope" if span is None else span_words(span.low.word, span.high.word)
