"""The ladder: outcomes on one scale, regimes as rows; a span is a bar, a certain outcome a dot."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.headline import Headline, noun
from regcompare.comparison.measures import pluralise
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Span
from regcompare.views.colours import ACCENTS, accents
from regcompare.views.sentences import SPAN_ENDS, result_words, span_words
from regcompare.words.lexicon import listing

from .picture import LICENCE_FROM, Picture, cut

_MAX_LISTED = 24
"""The most cases listed individually in the text alternative."""
_MAX_DRAWN_CASES = 8
"""The most cases drawn individually."""
_ROW_HEIGHT, _BLOCK_GAP, _HEAD_HEIGHT = 24, 12, 74
_LABEL_WIDTH, _STEP_WIDTH = 276, 84
_MAX_LETTERS = 42
"""The most letters of a label that fit beside the scale; a heading may extend above it."""


@attrs.frozen
class _Row:
    """One row of the picture: a span, or the words in its place; a heading names the rows below."""

    label: str
    top: float
    span: Span | None = None
    without: str = ""
    is_heading: bool = False

    @property
    def middle(self) -> float:
        """Its middle, from the top."""
        return self.top + _ROW_HEIGHT / 2


def ladder(comparison: Comparison) -> Picture:
    """Draws the results of some cases under each regime, on one scale of outcomes.

    A few cases are drawn individually; many are counted by result under each regime.

    Raises:
        UsageError: The comparison is empty.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to draw: the comparison has no cases or no rulesets.")
    blocks = _by_case if len(comparison.rows) <= _MAX_DRAWN_CASES else _by_regime
    rows = list(_placed_rows(blocks(comparison)))
    finding = comparison.finding()
    return Picture(
        title=finding.sentence if finding else "",
        alt=_alt(comparison),
        note=f"A dot is a certain outcome. A bar joins {SPAN_ENDS}. "
        "To the right of the line, the export needs a licence or may not go ahead.",
        template="ladder",
        width=_LABEL_WIDTH + len(ACCENTS) * _STEP_WIDTH,
        height=rows[-1].top + _ROW_HEIGHT,
        data=_drawing(rows),
    )


Block = tuple[str, list[tuple[str, Span | None, str]]]
"""A heading, and below it the label of each row with its span, or the words in place of one."""


def _by_case(comparison: Comparison) -> list[Block]:
    """Each case with its regimes."""
    return [
        (
            row[0].scenario.title or row[0].scenario.id,
            [(verdict.ruleset.title, verdict.span, verdict.result) for verdict in row],
        )
        for row in comparison.rows
    ]


def _by_regime(comparison: Comparison) -> list[Block]:
    """Each regime with its deals, mildest first, counted as the headline counts them."""
    return [
        (f"{row.ruleset.title}, {row.count} {noun(row.group, row.count)}", list(_counted(row)))
        for row in comparison.headline()
    ]


def _counted(row: Headline) -> Iterator[tuple[str, Span | None, str]]:
    """The deals of one regime, counted by their ends; what is outside comes last."""
    counts = Counter(row.classes().values())
    for item in sorted(counts, key=lambda item: (item.low is None, item.low or "", item.high or "")):
        words = item.words()
        span = Span(item.low, item.high) if item.low and item.high else None
        if span and item.slug == "open":
            words = span_words(span)
        yield f"{counts[item]}: {words}", span, words


def _placed_rows(blocks: Iterable[Block]) -> Iterator[_Row]:
    top = float(_HEAD_HEIGHT)
    for heading, rows in blocks:
        yield _Row(cut(heading, 3 * _MAX_LETTERS), top, is_heading=True)
        for label, span, without in rows:
            top += _ROW_HEIGHT
            yield _Row(cut(label, _MAX_LETTERS), top, span, without)
        top += _ROW_HEIGHT + _BLOCK_GAP


# drawing -----------------------------------------------------------------------------------------


def _x(step: float) -> float:
    """The position of a step of the scale, from the left; the first is 0."""
    return _LABEL_WIDTH + (step + 0.5) * _STEP_WIDTH


def _drawing(rows: list[_Row]) -> dict[str, object]:
    """What the template draws: headings, labels, scale, bars and their ends."""
    results = [row for row in rows if not row.is_heading]
    spans = [(row, row.span) for row in results if row.span]
    return {
        "heads": list(_heads()),
        "sides": [(_x(1), "needs no licence"), (_x(4.5), "needs a licence, or may not go")],
        "headings": [(row.middle, row.label) for row in rows if row.is_heading],
        "labels": [(row.middle, row.label) for row in results],
        "dots": [
            (_x(step), row.middle)
            for row in results
            for step in range(len(ACCENTS))
            if row.span or step > 1
        ],
        "line": _x(LICENCE_FROM.rank - 0.5),
        "line_pieces": [(row.top, row.top + _ROW_HEIGHT) for row in results],
        "bars": [
            (_x(span.low.rank), _x(span.high.rank), row.middle)
            for row, span in spans
            if not span.is_settled
        ],
        "ends": [
            (_x(look.outcome.rank), row.middle, look) for row, span in spans for look in accents(span)
        ],
        "without": [(_x(-0.4), row.middle, row.without) for row in results if not row.span],
    }


def _heads() -> Iterator[tuple[float, float, str]]:
    """The labels of the steps, in up to two lines."""
    for step, look in enumerate(ACCENTS):
        parts = textwrap.wrap(look.word, 13)
        for line, part in enumerate(parts):
            yield _x(step), _HEAD_HEIGHT - 24 + 15 * (line - len(parts) + 1), part


# in words --------------------------------------------------------------------------------------


def _alt(comparison: Comparison) -> str:
    """The results of each regime, counted, and those of a few cases individually."""
    titles = listing([ruleset.title for ruleset in comparison.rulesets], "and")
    sentences = [f"{pluralise(len(comparison.rows), 'case')} under {titles}."]
    for row in comparison.headline():
        counts = "; ".join(label for label, _, _ in _counted(row))
        sentences.append(f"{row.ruleset.title}: {counts}.")
    if len(comparison.rows) <= _MAX_LISTED:
        for case in comparison.rows:
            name = case[0].scenario.title or case[0].scenario.id
            case_results = (f"{v.ruleset.title} {result_words(v)}" for v in case)
            sentences.append(f"{name}: {', '.join(case_results)}.")
    return " ".join(sentences)
