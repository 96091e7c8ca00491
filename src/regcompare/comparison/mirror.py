"""The mirror: what may be done with an item at home, beside what its export needs, sale by sale."""

from __future__ import annotations

import attrs

from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.verdict import Verdict

from .comparison import Comparison
from .headline import CountRange, by_sale, is_sure


@attrs.frozen
class MirrorCounts:
    """How many sales are judged by two standards, with one law on use and one regime for exports.

    A sale in several parts counts where one of its parts does.  What is counted at most is an upper
    bound: what one open fact would do to both results is not joined.

    Attributes:
        here: The law on use.
        there: The regime for exports.
        sales: How many sales there are.
        double: The use is forbidden at home, and the export is neither refused nor banned.
        unlicensed: Of these, the export needs no licence either.
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
        sales = by_sale((row[0].scenario, (row[here], row[there])) for row in rows)

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

    What a regime does not reach is judged by one standard only.
    """
    forbids, spares = strict.span, lax.span
    if forbids is None or spares is None:
        return False
    if forbids.low >= Outcome.REFUSAL and spares.high < below:
        return True if is_sure(strict) and is_sure(lax) else None
    return None if forbids.high >= Outcome.REFUSAL and spares.low < below else False
