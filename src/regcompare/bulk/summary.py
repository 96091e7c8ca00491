"""What a screening comes to: rows by outcome as intervals, and the facts that would settle most rows."""

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

EXAMINED = 200
"""Of so many kinds of unsettled rows, those with most rows, the open facts are examined one by one."""

MOST_KINDS = 50_000
"""So many kinds of unsettled rows are counted; those that come later are too rare to be examined."""

DECIDED = "licence.status"
"""The fact that says what was decided."""

Law = dt.date | str | None
"""The day whose law is applied; ``scenario`` for each row's own."""


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
        weight: The column that says for how many a row stands; None where each stands for one.
        counted: What the rows written stand for: the sum of their weights, or their number.
        fact_columns: The columns that were read as facts.
        carried: The columns that were carried through unread.
        categories: Of these the ones that were read as published categories, with the publisher.
        looks_like_facts: Carried columns whose name is that of a fact but for its spelling, with the
            fact.
        as_of: For each ruleset the day whose law was applied; ``scenario`` for each row's own.
        results: The rows under each ruleset by what they come to, from certain to possible.
        unsettled: For each ruleset the rows that leave several outcomes open.
        examined: Of these, the rows of which the open facts were examined.
        facts: The open facts, those first that would settle, then narrow, most rows.
        by: The columns by which rows are grouped, or ``year``.
        measures: Of each category how many need a licence, and how many are refused or banned; by the
            state of the licence as well, where the register has it.

    From ``results`` on each row counts as often as its weight says.
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
    results: tuple[Interval, ...]
    unsettled: Mapping[str, int]
    examined: Mapping[str, int]
    facts: tuple[FactCount, ...]
    by: tuple[str, ...]
    measures: tuple[CategoryCounts, ...]

    @property
    def tells_most(self) -> Mapping[str, FactCount]:
        """For each ruleset that leaves rows open the one fact whose answer would tell most of them.

        What somebody knew is passed over, since nobody publishes it, and so are doubts of the text.
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
        assessor: What puts the rows under rulesets.
        weight: The column that says for how many a row stands.
        by: The columns by which rows are grouped, or ``year``.
    """

    def __init__(self, assessor: Assessor, weight: str | None = None, by: Collection[str] = ()) -> None:
        self.weight, self.by = weight, tuple(by)
        decided = {DECIDED} & set(assessor.names)
        names = [regime.ruleset.id for regime in assessor.regimes]
        self._groups = [CategoryGroups(name, names, weight) for name in dict.fromkeys((*by, *decided))]
        self._regimes: Sequence[Regime] = assessor.regimes
        self._ends: list[Counter[Ends]] = [Counter() for _ in self._regimes]
        self._kinds: list[Counter[int]] = [Counter() for _ in self._regimes]
        self.read = self.bad = self.written = self.counted = 0

    def add(self, assessed: BatchResult, sound: Any, weights: Any, whole: Any) -> None:
        """Counts the rows of a batch.

        Args:
            assessed: What they come to.
            sound: Which of them count; None where all do.
            weights: For how many each of them stands.
            whole: Those that count, with their results.
        """
        import pyarrow.compute as pc

        kept = weights if sound is None else weights.filter(sound)
        for group in self._groups:
            group.add(whole)
        self.written += len(kept)
        self.counted += pc.sum(kept, min_count=0).as_py()
        for regime, places, ends, kinds in zip(
            self._regimes, assessed.places, self._ends, self._kinds, strict=True
        ):
            for place, count in _sums(places if sound is None else places.filter(sound), kept):
                found = regime.results[place]
                ends[found.low, found.high, found.in_scope, found.in_force] += count
                if found.low != found.high and count and (place in kinds or len(kinds) < MOST_KINDS):
                    kinds[place] += count

    def summary(
        self, columns: RegisterColumns, categories: Mapping[str, str], progress: Callable[[float], None]
    ) -> Summary:
        """Returns what the rows come to.

        Args:
            columns: What the columns hold.
            categories: The columns that hold published categories, with the publisher.
            progress: Is told what share of the examination is done.
        """
        facts: list[FactCount] = []
        examined: dict[str, int] = {}
        for done, (regime, kinds) in enumerate(zip(self._regimes, self._kinds, strict=True), 1):
            most = kinds.most_common(EXAMINED)
            examined[regime.ruleset.id] = sum(count for _, count in most)
            facts += _facts(regime, most)
            progress(done / len(self._regimes))
        facts.sort(key=attrgetter("fact"))
        facts.sort(key=attrgetter("would_settle", "could_settle", "could_narrow"), reverse=True)
        ids = [regime.ruleset.id for regime in self._regimes]
        named = list(zip(ids, self._ends, strict=True))
        return Summary(
            self.read,
            self.written,
            self.bad,
            self.weight,
            self.counted,
            columns.facts,
            columns.carried,
            categories,
            columns.near,
            {item.ruleset.id: item.as_of or item.ruleset.reference_date for item in self._regimes},
            tuple(Interval("", name, *row) for name, ends in named for row in intervals(ends)),
            {
                name: sum(count for (low, high, *_), count in ends.items() if low != high)
                for name, ends in named
            },
            examined,
            tuple(facts),
            self.by,
            tuple(item for group in self._groups for item in group.measured()),
        )


def _sums(places: Any, weights: Any) -> Iterator[tuple[int, int]]:
    """For each place what the rows stand for that have it."""
    import pyarrow as pa

    grouped = pa.table([places, weights], ["place", "weight"]).group_by("place")
    counted = grouped.aggregate([("weight", "sum")])
    return zip(counted["place"].to_pylist(), counted["weight_sum"].to_pylist(), strict=True)


def _facts(regime: Regime, kinds: Sequence[tuple[int, int]]) -> Iterator[FactCount]:
    """How many rows the answers to each open fact would settle or narrow, each answer alone."""
    figures: dict[str, Counter[str]] = {}
    settling: dict[str, Counter[str]] = {}
    for place, rows in kinds:
        verdict = assess(
            regime.case(place), regime.ruleset, as_of=regime.as_of, readings=regime.readings
        )
        for question, (asked, *_) in zip(verdict.questions, verdict._left_open.values(), strict=True):
            fact = asked.name if asked.rule else asked.subject  # No column says that a text is there.
            settled = [effect for effect in question.effects if effect.span.is_settled]
            is_narrowed = any(effect.span != verdict.span for effect in question.effects)
            found = {
                "unknown": True,
                "would_settle": len(settled) == len(question.effects),
                "could_settle": bool(settled),
                "could_narrow": is_narrowed,
            }
            counts = {name: rows * is_so for name, is_so in found.items()}
            figures.setdefault(fact, Counter()).update(counts)
            answers = {answer: rows for effect in settled for answer in effect.answers}
            settling.setdefault(fact, Counter()).update(answers)
    for fact, figure in figures.items():
        most_first = tuple(answer for answer, _ in settling[fact].most_common())
        yield FactCount(fact, regime.ruleset.id, **figure, settling=most_first)
