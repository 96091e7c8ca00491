"""What a screening comes to: rows by outcome as intervals, and the facts that would settle most rows."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.assess import Readings, assess
from regcompare.errors import RegcompareError
from regcompare.register import Interval, intervals
from regcompare.rulesets import Ruleset
from regcompare.scenarios import Scenario
from regcompare.verdicts import Question, Verdict

from ._columns import Columns, free_name

if TYPE_CHECKING:
    import polars as pl

__all__ = ["FactCount", "Summary", "Tally"]

EXAMINED = 200
"""Of so many kinds of unsettled rows, for each ruleset, the open facts are examined one by one."""

Law = dt.date | str | None
"""The day whose law is applied; ``scenario`` for each row's own."""

Row = tuple[tuple[str, Any], ...]
"""The answers of a row: name of the column to value, nulls left out."""


@attrs.frozen
class FactCount:
    """A fact that is unknown in some rows.

    Attributes:
        fact: The fact, or ``discretion:ID`` or ``reading:ID``.
        ruleset: The ruleset under which rows stay open.
        unknown: Rows, of those examined, in which it is open and could change the outcome.
        would_settle: Rows that its answer alone settles, whatever it is.
        could_settle: Rows that some answer alone settles.
        could_narrow: Rows of which some answer alone narrows or settles what is possible.
        settling: The answers that settle rows, those first that settle most; whether they are likely
            is not weighed.
    """

    fact: str
    ruleset: str
    unknown: int
    would_settle: int
    could_settle: int
    could_narrow: int
    settling: tuple[str, ...]


@attrs.frozen
class Summary:
    """What a screening came to.

    Attributes:
        read: Rows read.
        written: Rows written with their results.
        bad: Rows that could not be used, and stand in the side file.
        fact_columns: The columns that were read as facts.
        carried: The columns that were carried through unread.
        looks_like_facts: Carried columns whose name is that of a fact but for its spelling, with the
            fact.
        as_of: For each ruleset the day whose law was applied; ``scenario`` for each row's own.
        results: The rows under each ruleset by what they come to, from certain to possible.
        unsettled: For each ruleset the rows that leave several outcomes open.
        facts: The open facts, those first that would settle, then narrow, most rows.
        settled_ahead: For each ruleset the rows, of those examined, that look-ahead settles although
            the table, which does not look ahead, leaves them open.
        examined: For each ruleset the unsettled rows of which the open facts were examined.
    """

    read: int
    written: int
    bad: int
    fact_columns: tuple[str, ...]
    carried: tuple[str, ...]
    looks_like_facts: Mapping[str, str]
    as_of: Mapping[str, Law]
    results: tuple[Interval, ...]
    unsettled: Mapping[str, int]
    facts: tuple[FactCount, ...]
    settled_ahead: Mapping[str, int]
    examined: Mapping[str, int]


@attrs.define(eq=False)
class _Kinds:
    """How often each kind of row was seen, for a sample of the kinds.

    The kinds kept are those whose digest is least, which is a fair draw, wherever a kind stands in the
    table, and the same in every run.  A kind that is kept has been kept from its first row, so that its
    count is whole.
    """

    counts: dict[Row, int] = attrs.field(factory=dict)
    digests: dict[Row, int] = attrs.field(factory=dict)
    limit: int = (1 << 64) - 1

    def add(self, rows: pl.DataFrame, digests: pl.Series) -> None:
        """Counts rows, each with its digest."""
        import polars as pl

        least = digests.unique().bottom_k(EXAMINED).max()
        if least is None:
            return
        name = free_name("digest", rows.columns)
        near = rows.with_columns(digests.alias(name)).filter(pl.col(name) <= min(least, self.limit))
        for *values, digest, count in near.group_by(near.columns, maintain_order=True).len().iter_rows():
            pairs = zip(rows.columns, values, strict=True)
            row = tuple((column, _hashable(value)) for column, value in pairs if value is not None)
            self.counts[row] = self.counts.get(row, 0) + count
            self.digests[row] = digest
        if len(self.counts) > EXAMINED:
            kept = heapq.nsmallest(EXAMINED, self.digests, key=self.digests.__getitem__)
            self.counts = {row: self.counts[row] for row in kept}
            self.digests = {row: self.digests[row] for row in kept}
            self.limit = self.digests[kept[-1]]


class Tally:
    """Counts the rows of a screening, batch by batch, in bounded memory.

    Args:
        rulesets: The rulesets.
        columns: The columns of the table.
        scenario: Makes a scenario of a row.
        as_of: The day whose law is applied.
        readings: Readings of doubtful texts.
    """

    def __init__(
        self,
        rulesets: Sequence[Ruleset],
        columns: Columns,
        scenario: Callable[[Mapping[str, Any]], Scenario],
        *,
        as_of: Any,
        readings: Readings,
    ) -> None:
        self._rulesets, self._columns, self._scenario = rulesets, columns, scenario
        self._as_of, self._readings = as_of, readings
        self._spans: dict[str, Counter[tuple[Any, ...]]] = {item.id: Counter() for item in rulesets}
        self._open = {item.id: _Kinds() for item in rulesets}
        self.read = self.bad = self.written = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Counts rows that were put under the rulesets."""
        self.written += frame.height
        rows = frame.select(self._columns.facts)
        digests = rows.hash_rows(20)
        for ruleset in self._rulesets:
            names = [f"{ruleset.id}.{part}" for part in ("low", "high", "in_scope", "in_force")]
            counted = frame.select(names).group_by(names).len()
            self._spans[ruleset.id].update({tuple(row[:-1]): row[-1] for row in counted.iter_rows()})
            kinds = self._open[ruleset.id]
            is_open = (frame[names[0]] != frame[names[1]]).fill_null(value=False)
            wanted = is_open & (digests <= kinds.limit)
            kinds.add(rows.filter(wanted), digests.filter(wanted))

    def summary(self, progress: Callable[[float], None]) -> Summary:
        """Returns what the rows come to.

        Args:
            progress: Is told what share of the examination is done.
        """
        facts: list[FactCount] = []
        ahead: dict[str, int] = {}
        for done, ruleset in enumerate(self._rulesets, 1):
            counts, ahead[ruleset.id] = self._examined(ruleset)
            facts += counts
            progress(done / len(self._rulesets))
        return Summary(
            self.read,
            self.written,
            self.bad,
            self._columns.facts,
            self._columns.carried,
            self._columns.near,
            {item.id: self._as_of or item.reference_date for item in self._rulesets},
            tuple(
                Interval("", name, *figures)
                for name, results in self._spans.items()
                for figures in intervals(results)
            ),
            {name: _unsettled(results) for name, results in self._spans.items()},
            tuple(sorted(facts, key=_most_first)),
            ahead,
            {name: sum(kinds.counts.values()) for name, kinds in self._open.items()},
        )

    def _examined(self, ruleset: Ruleset) -> tuple[list[FactCount], int]:
        counted: dict[str, _Counted] = {}
        ahead = 0
        for row, count in self._open[ruleset.id].counts.items():
            verdict = self._verdict(ruleset, row)
            if verdict is None:
                continue
            if verdict.span is None or verdict.span.is_settled:
                ahead += count
            for question in verdict.questions:
                counted.setdefault(_column(question.name), _Counted()).add(verdict, question, count)
        return [item.told(fact, ruleset.id) for fact, item in counted.items()], ahead

    def _verdict(self, ruleset: Ruleset, row: Row) -> Verdict | None:
        """What look-ahead says of a row; None where it cannot be put under the ruleset."""
        try:
            return assess(self._scenario(dict(row)), ruleset, as_of=self._as_of, readings=self._readings)
        except RegcompareError:
            return None


@attrs.define
class _Counted:
    """How many rows the answers to one open fact would settle or narrow, each answer alone."""

    unknown: int = 0
    would_settle: int = 0
    could_settle: int = 0
    could_narrow: int = 0
    settling: Counter[str] = attrs.field(factory=Counter)

    def add(self, verdict: Verdict, question: Question, rows: int) -> None:
        """Counts rows that are alike."""
        settled = [effect for effect in question.effects if effect.span.is_settled]
        self.unknown += rows
        self.would_settle += rows if len(settled) == len(question.effects) else 0
        self.could_settle += rows if settled else 0
        self.could_narrow += rows if any(item.span != verdict.span for item in question.effects) else 0
        self.settling.update({answer: rows for effect in settled for answer in effect.answers})

    def told(self, fact: str, ruleset: str) -> FactCount:
        """The figures."""
        settling = tuple(answer for answer, _ in self.settling.most_common())
        figures = (self.unknown, self.would_settle, self.could_settle, self.could_narrow)
        return FactCount(fact, ruleset, *figures, settling)


def _most_first(item: FactCount) -> tuple[int, int, int, str]:
    return -item.would_settle, -item.could_settle, -item.could_narrow, item.fact


def _column(name: str) -> str:
    """The name of a question as that of the column that would answer it."""
    kind, _, rest = name.partition(".")
    return f"{kind}:{rest}" if kind in ("discretion", "reading") else name


def _unsettled(results: Mapping[tuple[Any, ...], int]) -> int:
    return sum(count for (low, high, *_), count in results.items() if low != high)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
