"""The summary of a screening: rows by outcome as intervals, and the facts that would settle most."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.logic.questions import parse_question
from regcompare.ruleset.rules import Outcome

from .columns import RegisterColumns

if TYPE_CHECKING:
    from ._batches import Assessor, BatchResult

MOST_EXAMINED = 4_096
"""How many unsettled rows, evenly spread over the table, have their open facts examined."""

OUT_OF_SCOPE, NOT_IN_FORCE = "out_of_scope", "not_in_force"
RESULTS = (*(outcome.word for outcome in Outcome), OUT_OF_SCOPE, NOT_IN_FORCE)
"""The possible results of a row, in the order in which tables list them."""

Law = dt.date | str | None
"""The day whose law is applied; ``scenario`` for the day of each row."""

Ends = tuple[str | None, str | None, str, str]
"""Low, high, in scope and in force, as the columns of a screened table hold them."""


@attrs.frozen
class Interval:
    """The rows with one result under one ruleset.

    Attributes:
        ruleset: The ruleset's id.
        result: An outcome, ``out_of_scope`` or ``not_in_force``.
        at_least: Rows that have the result for certain.
        at_most: Rows whose span includes it.
    """

    ruleset: str
    result: str
    at_least: int
    at_most: int


@attrs.frozen
class FactCount:
    """A fact that is unknown in some rows.

    Attributes:
        fact: The fact, or ``discretion:ID`` or ``reading:ID``.
        ruleset: The ruleset under which rows stay open.
        unknown: Examined rows in which it is open and an undecided rule depends on it.
        would_settle: Rows that its answer alone settles, whatever it is.
        could_settle: Rows that some answer alone settles.
        could_narrow: Rows in which some answer alone narrows or settles the outcome.
        settling: The answers that settle rows, those that settle most first, regardless of how likely
            they are.
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
    """The summary of a screening.

    Attributes:
        read: Rows read.
        written: Rows written with their results.
        bad: Rows that could not be used and were written to the side file.
        fact_columns: The columns that were read as facts.
        carried: The columns that were carried through unread.
        categories: The carried columns that were read as published categories, with the publisher.
        looks_like_facts: Carried columns whose name is that of a fact except for its spelling, with the
            fact.
        as_of: For each ruleset the day whose law was applied; ``scenario`` for the day of each row.
        restated: For each ruleset, the rows in which an answer was read in place of the one given, by
            fact and answer.
        results: The rows under each ruleset by result, from certain to possible.
        unsettled: For each ruleset the rows that leave several outcomes open.
        examined: The unsettled rows whose open facts were examined.
        facts: The open facts of which some answer alone narrows an outcome; those that would settle,
            then narrow, most rows come first.
    """

    read: int
    written: int
    bad: int
    fact_columns: tuple[str, ...]
    carried: tuple[str, ...]
    categories: Mapping[str, str]
    looks_like_facts: Mapping[str, str]
    as_of: Mapping[str, Law]
    restated: Mapping[str, Mapping[str, int]]
    results: tuple[Interval, ...]
    unsettled: Mapping[str, int]
    examined: Mapping[str, int]
    facts: tuple[FactCount, ...]

    @property
    def tells_most(self) -> Mapping[str, FactCount]:
        """For each ruleset that leaves rows open, the fact whose answer would settle most of them.

        What somebody knew is left out, since nobody publishes it, and so are doubts of the text.
        """
        asked = ((item, parse_question(item.fact)) for item in reversed(self.facts))
        unpublished = ("text", "knowledge")
        return {
            item.ruleset: item
            for item, fact in asked
            if not fact.doubt and fact.section not in unpublished
        }


class Tally:
    """Counts the rows of a screening, batch by batch, in bounded memory."""

    def __init__(self, assessor: Assessor) -> None:
        self._assessor = assessor
        self._ends: list[Counter[Ends]] = [Counter() for _ in assessor.regimes]
        self._restated: list[Counter[str]] = [Counter() for _ in assessor.regimes]
        self._sample = _Sample()
        self.read = self.bad = self.written = 0

    def add(self, result: BatchResult, rows: Any, usable: Any) -> None:
        """Counts the rows of a batch.

        Args:
            result: What they come to.
            rows: The rows, as a record batch.
            usable: A mask of those that count.
        """
        unsettled = usable & False
        self.written += int(usable.sum())
        for regime, found, ends, restated in zip(
            self._assessor.regimes, result.results, self._ends, self._restated, strict=True
        ):
            unsettled |= usable & found.is_unsettled
            for words, count in _ends_of(regime, found, usable):
                ends[words] += count
            for (fact, answer), of_fact in found.restated.items():
                restated[f"{fact}: {answer}"] += int((of_fact & usable).sum())
        self._sample.add(rows.select(self._assessor.names), unsettled)

    def summary(self, columns: RegisterColumns, categories: Mapping[str, str]) -> Summary:
        """Returns the summary.

        Args:
            columns: What the columns hold.
            categories: The columns that hold published categories, with the publisher.
        """
        regimes, facts = self._assessor.regimes, list[FactCount]()
        ids = [regime.ruleset.id for regime in regimes]
        examined: dict[str, int] = dict.fromkeys(ids, 0)
        if sample := self._sample.rows():
            read = self._assessor.reader.read(sample)
            for regime in regimes:
                examined[regime.ruleset.id], of_regime = regime.open_facts(read)
                facts += of_regime
        facts.sort(key=attrgetter("fact"))
        facts.sort(key=attrgetter("would_settle", "could_settle", "could_narrow"), reverse=True)
        ends_by_ruleset = list(zip(ids, self._ends, strict=True))
        return Summary(
            self.read,
            self.written,
            self.bad,
            columns.facts,
            columns.carried,
            categories,
            columns.similar_facts,
            {item.ruleset.id: item.as_of or item.ruleset.reference_date for item in regimes},
            {name: dict(+rows) for name, rows in zip(ids, self._restated, strict=True)},
            tuple(Interval(name, *row) for name, ends in ends_by_ruleset for row in intervals(ends)),
            {
                name: sum(count for (low, high, *_), count in ends.items() if low != high)
                for name, ends in ends_by_ruleset
            },
            examined,
            tuple(item for item in facts if item.could_narrow),
        )


def _ends_of(regime: Any, found: Any, usable: Any) -> Iterator[tuple[Ends, int]]:
    """The ends of rows that count, each with their number."""
    from ._planes import distinct_rows

    parts = ("low", "high", "in_scope", "in_force")
    indices, combinations = distinct_rows([found.columns[part][usable] + 1 for part in parts])
    words = [[None, *regime.dictionary(part).to_pylist()] for part in parts]
    counts = Counter(indices.tolist()) if len(combinations) > 1 else {0: len(indices)}
    for index, cells in enumerate(combinations if len(indices) else ()):
        yield tuple(of_part[cell] for of_part, cell in zip(words, cells, strict=True)), counts[index]


class _Sample:
    """Some rows of a table, evenly spread: every one, then every second, every fourth."""

    def __init__(self) -> None:
        self._batches: list[Any] = []
        self._step, self._seen = 1, 0

    def add(self, rows: Any, among: Any) -> None:
        """Adds rows of a batch from those of a mask."""
        import numpy as np
        import pyarrow as pa

        from ._planes import arrow_of

        places = np.flatnonzero(among)
        first = -self._seen % self._step
        self._seen += len(places)
        self._batches.append(rows.take(arrow_of(places[first :: self._step])))
        while sum(map(len, self._batches)) > MOST_EXAMINED:
            joined = pa.Table.from_batches(self._batches)
            self._step *= 2
            self._batches = joined.take(arrow_of(np.arange(0, len(joined), 2))).to_batches()

    def rows(self) -> Any:
        """Returns the rows as a record batch; None if there are none."""
        import pyarrow as pa

        batches = (
            pa.Table.from_batches(self._batches).combine_chunks().to_batches() if self._batches else []
        )
        return batches[0] if batches else None


def intervals(results: Mapping[Ends, int]) -> Iterator[tuple[str, int, int]]:
    """Yields each result in some row's span, with the rows that certainly have it and those that may."""
    at_least: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    for ends, count in results.items():
        possible = _results_of(ends)
        at_most.update(dict.fromkeys(possible, count))
        at_least.update(dict.fromkeys(possible if len(possible) == 1 else (), count))
    yield from ((word, at_least[word], at_most[word]) for word in RESULTS if at_most[word])


def _results_of(ends: Ends) -> Sequence[str]:
    """All results that a row may have."""
    low, high, in_scope, in_force = ends
    if in_force == "no":
        return [NOT_IN_FORCE]
    possible: list[str] = []
    if low is not None and high is not None:
        least, most = Outcome.read(low), Outcome.read(high)
        possible += [outcome.word for outcome in Outcome if least <= outcome <= most]
    possible += [] if in_scope == "yes" else [OUT_OF_SCOPE]
    return [*possible, *([] if in_force == "yes" else [NOT_IN_FORCE])]
