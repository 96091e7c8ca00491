"""The headline of a comparison: one row a regime, with how many sales come to what, and the finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from regcompare.law import Checked
from regcompare.ruleset.rules import Outcome
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.verdict import Verdict

__all__ = ["AtMost", "Headline", "Quotable", "headline", "quotable", "spoken"]


@attrs.frozen(slots=False)
class AtMost:
    """In how many sales something is so for certain, and in how many at most.

    Attributes:
        certain: In how many it is so whatever is not known.
        at_most: In how many it may be so.
    """

    certain: int
    at_most: int
    _sure: Sequence[Sequence[Verdict]] = attrs.field(default=(), eq=False, repr=False)

    @cached_property
    def marks(self) -> Mapping[Checked, int]:
        """How the law is known on which the certain ones rest, each with how many.

        Of a sale in several parts the part with the best mark carries it.
        """
        marked = (filter(None, (item.checked for item in sale)) for sale in self._sure)
        return Counter(max(sale, key=_rank, default=Checked.TEXT) for sale in marked)

    @property
    def range(self) -> tuple[int, int]:
        """Both numbers."""
        return self.certain, self.at_most


@attrs.frozen
class Headline:
    """How many sales come to what under one regime.

    A sale in several parts comes to the strictest result of its parts.

    Attributes:
        ruleset: The regime.
        cases: How many cases were compared.
        sales: How many sales they make up.
        reached: In how many the regime is in force and covers at least one part.
        needs_nothing: How many need no authorisation.
        needs_licence: How many need a licence, or may not go at all.
        refused_or_banned: How many must be refused or are banned.
    """

    ruleset: Ruleset
    cases: int
    sales: int
    reached: AtMost
    needs_nothing: AtMost
    needs_licence: AtMost
    refused_or_banned: AtMost

    @property
    def set_aside(self) -> int:
        """How many sales the regime certainly does not reach."""
        return self.sales - self.reached.at_most

    def counts(self) -> tuple[AtMost, ...]:
        """The four counts, in the order of the table."""
        return self.reached, self.needs_nothing, self.needs_licence, self.refused_or_banned


def headline(ruleset: Ruleset, verdicts: Iterable[Verdict]) -> Headline:
    """Counts the verdicts of one regime, sale by sale."""
    found = list(verdicts)
    sales: dict[str, list[Verdict]] = {}
    for verdict in found:
        sales.setdefault(verdict.scenario.counted_as, []).append(verdict)
    parts = list(sales.values())
    return Headline(
        ruleset,
        len(found),
        len(parts),
        reached=_count(parts, _is_sure, lambda verdict: verdict.span is not None),
        needs_nothing=AtMost(
            sum(any(map(_is_sure, sale)) and all(map(_is_free, sale)) for sale in parts),
            sum(
                any(verdict.span for verdict in sale) and all(map(_may_be_free, sale)) for sale in parts
            ),
        ),
        needs_licence=_reaching(Outcome.AUTHORISATION, parts),
        refused_or_banned=_reaching(Outcome.REFUSAL, parts),
    )


def _is_sure(verdict: Verdict) -> bool:
    """Whether the regime certainly reaches the case."""
    return verdict.span is not None and verdict.in_scope is True and verdict.in_force is True


def _is_free(verdict: Verdict) -> bool:
    return verdict.span is None or verdict.span.high is Outcome.NO_CONTROL


def _may_be_free(verdict: Verdict) -> bool:
    return not _is_sure(verdict) or (verdict.span is not None and verdict.span.low is Outcome.NO_CONTROL)


def _reaching(least: Outcome, sales: Sequence[Sequence[Verdict]]) -> AtMost:
    return _count(
        sales,
        lambda verdict: _is_sure(verdict) and verdict.span is not None and verdict.span.low >= least,
        lambda verdict: verdict.span is not None and verdict.span.high >= least,
    )


def _count(
    sales: Sequence[Sequence[Verdict]],
    certain: Callable[[Verdict], bool],
    possible: Callable[[Verdict], bool],
) -> AtMost:
    """Counts the sales with a part of which something is so."""
    sure = [parts for sale in sales if (parts := list(filter(certain, sale)))]
    return AtMost(len(sure), sum(any(map(possible, sale)) for sale in sales), sure)


def _rank(mark: Checked) -> int:
    return mark.rank


# the finding ---------------------------------------------------------------------------------------


@attrs.frozen
class Quotable:
    """What a comparison comes to, as a sentence to quote.

    Attributes:
        sentence: The finding in plain English.
        marks: How the law is known on which its certain counts rest, each with how many.
    """

    sentence: str
    marks: Mapping[Checked, int]


def quotable(rows: Sequence[Headline], noun: str = "sale") -> Quotable | None:
    """Returns the finding of a headline as a sentence; None where nothing was compared.

    Args:
        rows: The headline.
        noun: What is counted, such as ``documented sale``.
    """
    if not rows or not rows[0].sales:
        return None
    marks: Counter[Checked] = Counter()
    for row in rows:
        marks.update(row.needs_licence.marks)
    aside = {row.set_aside for row in rows}
    everywhere = aside.pop() if len(aside) == 1 else 0
    if everywhere == rows[0].sales:
        return Quotable(f"{noun.capitalize()}s outside the scope of every regime: {everywhere}.", marks)
    begin = f"Of {rows[0].sales} {noun}{'' if rows[0].sales == 1 else 's'}, "
    if everywhere:
        begin += f"{everywhere} {'is' if everywhere == 1 else 'are'} outside the scope. Of the others, "
    clauses = [_clause(row, tell_aside=not everywhere) for row in rows]
    return Quotable(f"{begin}{'; '.join(clauses)}.", marks)


def _clause(row: Headline, *, tell_aside: bool) -> str:
    """What one regime does with the sales."""
    proposed = row.ruleset.status == "proposal"
    require, refuse = ("would require", "refuse or ban") if proposed else ("requires", "refuses or bans")
    least = "at least a licence" if row.refused_or_banned.at_most else "a licence"
    aside = f" ({row.set_aside} are outside its scope)" if tell_aside and row.set_aside else ""
    return (
        f"{row.ruleset.title} {require} {least} for {spoken(row.needs_licence)} "
        f"and {refuse} {spoken(row.refused_or_banned)}{aside}"
    )


def spoken(count: AtMost) -> str:
    """Returns a count in words: a number, or from what is certain to what is possible."""
    if count.certain == count.at_most:
        return str(count.certain) if count.certain else "none"
    return f"{count.certain} to {count.at_most}" if count.certain else f"up to {count.at_most}"
