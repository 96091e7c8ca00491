"""The ladder: outcomes on one scale, regimes as rows; a span is a bar, a certain outcome a dot."""

from __future__ import annotations

from collections.abc import Iterator

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.measures import pluralise
from regcompare.errors import UsageError
from regcompare.ruleset.rules import Span
from regcompare.views.sentences import SPAN_ENDS, result_words

from .picture import Picture

_MAX_DRAWN_CASES = 8
"""The most cases drawn individually."""

Row = tuple[str, str, Span | None]
"""The regime of a case, or a number of cases; the result in words, and its span if it has one."""


def ladder(comparison: Comparison) -> Picture:
    """Draws the results of some cases under each regime: a few individually, many counted, as bars.

    Raises:
        UsageError: The comparison is empty.
    """
    few = len(comparison.rows) <= _MAX_DRAWN_CASES
    picture: Picture = case_steps(comparison) if few else comparison.plot("bars")
    return picture


def case_steps(comparison: Comparison) -> Picture:
    """Draws the result of each case under each regime, on one scale of outcomes.

    Raises:
        UsageError: The comparison is empty.
    """
    if not comparison.rows or not comparison.rulesets:
        raise UsageError("There is nothing to draw: the comparison has no cases or no rulesets.")
    blocks = list(_by_case(comparison))
    results = (
        f"{heading}: {'; '.join(f'{label}: {words}' for label, words, _ in rows)}."
        for heading, rows in blocks
    )
    return Picture(
        title=f"{pluralise(len(comparison.rows), 'case')} under "
        f"{pluralise(len(comparison.rulesets), 'regime')}.",
        alt=f"{pluralise(len(comparison.rows), 'case')}. {' '.join(results)}",
        note=f"A dot is a certain outcome. A bar joins {SPAN_ENDS}. "
        "To the right of the line, the export needs a licence or may not go ahead.",
        template="ladder",
        data={"blocks": blocks},
    )


def _by_case(comparison: Comparison) -> Iterator[tuple[str, list[Row]]]:
    """Each case with its regimes."""
    for row in comparison.rows:
        results = [(verdict.ruleset.title, result_words(verdict), verdict.span) for verdict in row]
        yield row[0].scenario.title or row[0].scenario.id, results
