"""The mirror: what may be done with an item at home, and what its export needs, sale by sale."""

from __future__ import annotations

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.verdict import Verdict

from .classes import is_reached
from .comparison import Comparison
from .headline import CountRange, by_deal


@attrs.frozen
class MirrorCounts:
    """How many sales are judged by a double standard, by one law on use and one regime for exports.

    A sale in several parts counts if one of its parts does.  The greater count is an upper bound: it
    ignores that one open fact may change both results.

    Attributes:
        here: The law on use.
        there: The regime for exports.
        sales: How many sales there are.
        double: The use is forbidden at home, and the export is neither refused nor banned.
        unlicensed: The use is forbidden at home, and the export does not even need a licence.
        reverse: The export is refused or banned, and the use is not forbidden at home.
    """

    here: Ruleset
    there: Ruleset
    sales: int
    double: CountRange
    unlicensed: CountRange
    reverse: CountRange


@attrs.frozen
class Mirror:
    """Cases under laws on use, and under regimes for exports.

    Attributes:
        comparison: The cases under all of them.
    """

    comparison: Comparison

    @property
    def here(self) -> tuple[int, ...]:
        """The columns of the laws on use."""
        return self._columns("use")

    @property
    def there(self) -> tuple[int, ...]:
        """The columns of the regimes for exports."""
        return self._columns("export")

    def pairings(self) -> list[MirrorCounts]:
        """Returns the counts for each law on use with each regime for exports."""
        return [self._pairing(here, there) for here in self.here for there in self.there]

    def _columns(self, asks: str) -> tuple[int, ...]:
        rulesets = enumerate(self.comparison.rulesets)
        return tuple(column for column, ruleset in rulesets if ruleset.asks == asks)

    def _pairing(self, here: int, there: int) -> MirrorCounts:
        rulesets, rows = self.comparison.rulesets, self.comparison.rows
        sales = by_deal((row[0].scenario, (row[here], row[there])) for row in rows).values()

        def count(lax: Outcome) -> CountRange:
            return CountRange.of([is_laxer(home, away, lax) for home, away in sale] for sale in sales)

        reverse = ([is_laxer(away, home, Outcome.REFUSAL) for home, away in sale] for sale in sales)
        return MirrorCounts(
            rulesets[here],
            rulesets[there],
            len(sales),
            double=count(Outcome.REFUSAL),
            unlicensed=count(Outcome.AUTHORISATION),
            reverse=CountRange.of(reverse),
        )


def is_laxer(strict: Verdict, lax: Verdict, below: Outcome) -> bool | None:
    """Returns whether one result forbids and the other stays below an outcome; None where that is open.

    A case that one of the two does not reach shows no double standard.
    """
    strict_span, lax_span = strict.span, lax.span
    if strict_span is None or lax_span is None:
        return False
    if strict_span.low >= Outcome.REFUSAL and lax_span.high < below:
        return True if is_reached(strict) and is_reached(lax) else None
    return None if strict_span.high >= Outcome.REFUSAL and lax_span.low < below else False
