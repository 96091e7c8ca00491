"""The summary of a screening: rows by outcome as intervals, and the facts that would settle most."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.logic.questions import parse_question
from regcompare.verdict.assess import assess

from .columns import RegisterColumns
from .figures import CategoryCounts, CategoryGroups, Ends, Interval, intervals

if TYPE_CHECKING:
    from ._batches import Assessor, BatchResult
    from ._regimes import Regime

MOST_EXAMINED = 200
"""How many kinds of unsettled rows, the largest first, have their open facts examined one by one."""

MOST_KINDS = 50_000
"""How many kinds of unsettled rows are counted; later ones are too rare to be examined."""

DECIDED = "licence.status"
"""The fact that holds the decision."""

Law = dt.date | str | None
"""The day whose law is applied; ``scenario`` for the day of each row."""


@attrs.frozen
class FactCount:
    """A fact that is unknown in some rows.

    Attributes:
        fact: The fact, or ``discretion:ID`` or ``reading:ID``.
        ruleset: The ruleset under which rows stay open.
        unknown: Examined rows in which it is open and could change the outcome.
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
        weight: The column of weights; None where each row counts as one.
        counted: The sum of the weights of the rows written, or their number.
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
        facts: The open facts, those that would settle, then narrow, most rows first.
        by: The columns by which rows are grouped, or ``year``.
        measures: How many rows of each category need a licence, and how many are refused or banned; by
            the state of the licence as well, if the register has it.

    From ``results`` on, rows are counted with their weights.
    """

    read: int
    written: int
    bad: int
    weight: str | None
    counted: int
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
    by: tuple[str, ...]
    measures: tuple[CategoryCounts, ...]

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
    """Counts the rows of a screening, batch by batch, in bounded memory.

    Args:
        assessor: The assessor of the rows.
        weight: The column of weights.
        by: The columns by which rows are grouped, or ``year``.
    """

    def __init__(self, assessor: Assessor, weight: str | None = None, by: Collection[str] = ()) -> None:
        self.weight, self.by = weight, tuple(by)
        licence_column = {DECIDED} & set(assessor.names)
        names = [regime.ruleset.id for regime in assessor.regimes]
        self._groups = [
            CategoryGroups(name, names, weight) for name in dict.fromkeys((*by, *licence_column))
        ]
        self._regimes: Sequence[Regime] = assessor.regimes
        self._ends: list[Counter[Ends]] = [Counter() for _ in self._regimes]
        self._kinds: list[Counter[int]] = [Counter() for _ in self._regimes]
        self._restated: list[Counter[str]] = [Counter() for _ in self._regimes]
        self.read = self.bad = self.written = self.counted = 0

    def add(self, batch_result: BatchResult, usable: Any, weights: Any, written: Any) -> None:
        """Counts the rows of a batch.

        Args:
            batch_result: What they come to.
            usable: Which of them count; None where all do.
            weights: For how many each of them stands.
            written: Those that count, with their results.
        """
        import pyarrow.compute as pc

        usable_weights = weights if usable is None else weights.filter(usable)
        for group in self._groups:
            group.add(written)
        self.written += len(usable_weights)
        self.counted += pc.sum(usable_weights, min_count=0).as_py()
        for restated, by_answer in zip(self._restated, batch_result.restated, strict=True):
            for (fact, answer), rows in by_answer.items():
                counted = rows if usable is None else rows.filter(usable)
                restated[f"{fact}: {answer}"] += pc.sum(
                    usable_weights.filter(counted), min_count=0
                ).as_py()
        for regime, places, ends, kinds in zip(
            self._regimes, batch_result.result_indices, self._ends, self._kinds, strict=True
        ):
            for index, count in _weights_by_result(
                places if usable is None else places.filter(usable), usable_weights
            ):
                result = regime.results[index]
                ends[result.low, result.high, result.in_scope, result.in_force] += count
                if result.low != result.high and count and (index in kinds or len(kinds) < MOST_KINDS):
                    kinds[index] += count

    def summary(
        self, columns: RegisterColumns, categories: Mapping[str, str], progress: Callable[[float], None]
    ) -> Summary:
        """Returns the summary.

        Args:
            columns: What the columns hold.
            categories: The columns that hold published categories, with the publisher.
            progress: Is called with the share of the examination that is done.
        """
        facts: list[FactCount] = []
        examined: dict[str, int] = {}
        for number, (regime, kinds) in enumerate(zip(self._regimes, self._kinds, strict=True), 1):
            largest = kinds.most_common(MOST_EXAMINED)
            examined[regime.ruleset.id] = sum(count for _, count in largest)
            facts += _count_open_facts(regime, largest)
            progress(number / len(self._regimes))
        facts.sort(key=attrgetter("fact"))
        facts.sort(key=attrgetter("would_settle", "could_settle", "could_narrow"), reverse=True)
        ids = [regime.ruleset.id for regime in self._regimes]
        ends_by_ruleset = list(zip(ids, self._ends, strict=True))
        return Summary(
            self.read,
            self.written,
            self.bad,
            self.weight,
            self.counted,
            columns.facts,
            columns.carried,
            categories,
            columns.similar_facts,
            {item.ruleset.id: item.as_of or item.ruleset.reference_date for item in self._regimes},
            {name: dict(+rows) for name, rows in zip(ids, self._restated, strict=True)},
            tuple(Interval("", name, *row) for name, ends in ends_by_ruleset for row in intervals(ends)),
            {
                name: sum(count for (low, high, *_), count in ends.items() if low != high)
                for name, ends in ends_by_ruleset
            },
            examined,
            tuple(facts),
            self.by,
            tuple(item for group in self._groups for item in group.category_counts()),
        )


def _weights_by_result(indices: Any, weights: Any) -> Iterator[tuple[int, int]]:
    """The sum of the weights of the rows with each result."""
    import pyarrow as pa

    grouped = pa.table([indices, weights], ["place", "weight"]).group_by("place")
    counted = grouped.aggregate([("weight", "sum")])
    return zip(counted["place"].to_pylist(), counted["weight_sum"].to_pylist(), strict=True)


def _count_open_facts(regime: Regime, kinds: Sequence[tuple[int, int]]) -> Iterator[FactCount]:
    """Counts the rows that answers to each open fact would settle or narrow, each on its own."""
    figures: dict[str, Counter[str]] = {}
    settling_answers: dict[str, Counter[str]] = {}
    for place, rows in kinds:
        verdict = assess(
            regime.scenario_at(place), regime.ruleset, as_of=regime.as_of, readings=regime.readings
        )
        for question, (asked, *_) in zip(verdict.questions, verdict._left_open.values(), strict=True):
            fact = asked.name if asked.rule else asked.subject  # No column says that a text is there.
            settling = [effect for effect in question.effects if effect.span.is_settled]
            properties = {
                "unknown": True,
                "would_settle": len(settling) == len(question.effects),
                "could_settle": bool(settling),
                "could_narrow": any(effect.span != verdict.span for effect in question.effects),
            }
            counts = {name: rows * is_so for name, is_so in properties.items()}
            figures.setdefault(fact, Counter()).update(counts)
            answers = {answer: rows for effect in settling for answer in effect.answers}
            settling_answers.setdefault(fact, Counter()).update(answers)
    for fact, figure in figures.items():
        most_first = tuple(answer for answer, _ in settling_answers[fact].most_common())
        yield FactCount(fact, regime.ruleset.id, **figure, settling=most_first)
