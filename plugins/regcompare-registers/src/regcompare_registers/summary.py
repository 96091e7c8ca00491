"""The summary of a screening: rows by class, causes of bad rows, and facts that would settle most."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.comparison.classes import CLASSES, CaseClass, ClassSlug
from regcompare.comparison.headline import CountRange, Layer, QuotableSentence, quotable_sentence
from regcompare.law import Checked
from regcompare.ruleset.ruleset import Ruleset

if TYPE_CHECKING:
    from ._batches import Assessor, BatchResult
    from ._implied import JoinedReports
    from .columns import RegisterColumns

MOST_EXAMINED = 4_096
"""How many unsettled rows, evenly spread over the table, have their open facts examined."""

MOST_WORDS = 1_000
"""How many of the values that make rows bad are counted."""


@attrs.frozen
class RowHeadline:
    """The rows of a table by class under one ruleset, each in exactly one.

    Attributes:
        ruleset: The ruleset.
        as_of: The day whose law is applied; None where it is that of each row.
        rows: The number of rows in each class, by both ends.
        group: None: what a row records is not told.
        marks: None of the deals by how the law is known, which is worked out for cases alone.
    """

    ruleset: Ruleset
    as_of: dt.date | None
    rows: Mapping[CaseClass, int]
    group: None = None
    marks: Mapping[Checked, int] = attrs.field(factory=dict)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(self.rows.values())

    def counts(self, layer: Layer = "as_filed") -> Mapping[ClassSlug, int]:
        """Returns the number of rows in each class; a row has no disputes, so all layers are one."""
        return {
            slug: sum(count for item, count in self.rows.items() if item.slug == slug)
            for slug in CLASSES
        }

    def reaching(self, slug: ClassSlug, layer: Layer = "undisputed") -> CountRange:
        """Returns the number of rows that certainly and at most need a licence, or must be refused."""
        counts = Counter[bool | None]()
        for item, count in self.rows.items():
            counts[item.is_at_least(slug)] += count
        return CountRange(counts[True], counts[True] + counts[None])

    def record(self) -> dict[str, Any]:
        """Returns the row as plain data."""
        return {
            "ruleset": self.ruleset.id,
            "title": self.ruleset.title,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "count": self.count,
            **{str(slug): number for slug, number in self.counts().items()},
            **{name: attrs.asdict(self.reaching(slug)) for name, slug in MEASURES.items()},
        }


MEASURES: Mapping[str, ClassSlug] = {"needs_licence": "licence", "must_be_refused": "refuse"}
"""The columns that say whether a row reaches a class or a stricter one."""


@attrs.frozen
class BadCause:
    """What makes rows bad.

    Attributes:
        cause: The reason, with … in place of the value.
        rows: How many rows it makes bad.
        words: The values, each with the number of its rows; the most frequent come first.
    """

    cause: str
    rows: int
    words: Mapping[str, int]


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
        restated: For each ruleset, the rows in which an answer was read in place of the one given, by
            fact and answer.
        causes: What makes rows bad; the most frequent comes first.
        read_as: What was read as an answer though it is written otherwise, by column and text.
        bare: Entries of control lists without a sub-paragraph, each with one that conditions ask about.
        joined: Where joined reports were read, how many rows have one, and the reports; None without.
        headline: The rows by class under each ruleset.
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
    restated: Mapping[str, Mapping[str, int]]
    causes: tuple[BadCause, ...]
    read_as: Mapping[str, Mapping[str, str]]
    bare: Mapping[str, str]
    joined: JoinedReports | None
    headline: tuple[RowHeadline, ...]
    unsettled: Mapping[str, int]
    examined: Mapping[str, int]
    facts: tuple[FactCount, ...]

    def finding(self) -> QuotableSentence | None:
        """Returns the finding on the rows as a sentence to quote."""
        rows: Any = self.headline
        return quotable_sentence(rows)


class Tally:
    """Counts the rows of a screening, batch by batch, in bounded memory."""

    def __init__(self, assessor: Assessor) -> None:
        self._assessor = assessor
        self._classes: list[Counter[CaseClass]] = [Counter() for _ in assessor.regimes]
        self._restated: list[Counter[str]] = [Counter() for _ in assessor.regimes]
        self._unsettled = [0 for _ in assessor.regimes]
        self._causes: Counter[str] = Counter()
        self._words: dict[str, Counter[str]] = {}
        self._sample: Any = None
        self._step, self._seen = 1, 0
        self.read = self.written = 0

    def add_bad(self, reasons: Iterable[str]) -> None:
        """Counts rows that could not be used, by their reasons."""
        for reason in reasons:
            first = re.split(r"(?<=\.) (?=Expected |The |Did )", reason, maxsplit=1)[0]
            cause = re.sub(_QUOTED, "…", first)
            self._causes[cause] += 1
            words = self._words.setdefault(cause, Counter())
            if (word := re.search(_QUOTED, first)) and (word[0] in words or len(words) < MOST_WORDS):
                words[word[0]] += 1

    def add(self, result: BatchResult, rows: Any, usable: Any) -> None:
        """Counts the rows of a batch.

        Args:
            result: What they come to.
            rows: The rows, as a record batch.
            usable: A mask of those that count.
        """
        import numpy as np

        from ._regimes import CASE_CLASSES

        unsettled = usable & False
        self.written += int(usable.sum())
        for place, found in enumerate(result.results):
            here = usable & found.is_unsettled
            unsettled |= here
            self._unsettled[place] += int(here.sum())
            for item, count in enumerate(np.bincount(found.classes[usable]).tolist()):
                self._classes[place][CASE_CLASSES[item]] += count
            for (fact, answer), of_fact in found.restated.items():
                self._restated[place][f"{fact}: {answer}"] += int((of_fact & usable).sum())
        self._examine(rows.select(self._assessor.names), unsettled)

    def _examine(self, rows: Any, among: Any) -> None:
        """Keeps some of these rows, evenly spread: every one, then every second, every fourth."""
        import numpy as np
        import pyarrow as pa

        from ._planes import arrow_of

        places = np.flatnonzero(among)
        chosen = rows.take(arrow_of(places[-self._seen % self._step :: self._step]))
        self._seen += len(places)
        kept = pa.Table.from_batches([chosen])
        self._sample = kept if self._sample is None else pa.concat_tables([self._sample, kept])
        while len(self._sample) > MOST_EXAMINED:
            self._step *= 2
            self._sample = self._sample.take(arrow_of(np.arange(0, len(self._sample), 2)))

    def summary(
        self, columns: RegisterColumns, categories: Mapping[str, str], reports: JoinedReports | None
    ) -> Summary:
        """Returns the summary.

        Args:
            columns: What the columns hold.
            categories: The columns that hold published categories, with the publisher.
            reports: Reports that rows were joined with.
        """
        regimes, facts = self._assessor.regimes, list[FactCount]()
        ids, reader = [regime.ruleset.id for regime in regimes], self._assessor.reader
        examined: dict[str, int] = dict.fromkeys(ids, 0)
        if self._sample:
            (rows,) = self._sample.combine_chunks().to_batches()
            read = reader.read(rows)
            for regime in regimes:
                examined[regime.ruleset.id], of_regime = regime.open_facts(read)
                facts += of_regime
        facts.sort(key=attrgetter("fact"))
        facts.sort(key=attrgetter("would_settle", "could_settle", "could_narrow"), reverse=True)
        causes = (
            BadCause(cause, rows, dict(_most_first(self._words[cause])))
            for cause, rows in _most_first(self._causes)
        )
        days = [item.as_of or item.ruleset.reference_date for item in regimes]
        return Summary(
            self.read,
            self.written,
            self._causes.total(),
            columns.facts,
            columns.carried,
            categories,
            columns.similar_facts,
            {name: dict(+rows) for name, rows in zip(ids, self._restated, strict=True)},
            tuple(causes),
            reader.read_as,
            reader.bare_codes,
            reports,
            tuple(
                RowHeadline(regime.ruleset, day if isinstance(day, dt.date) else None, counts)
                for regime, day, counts in zip(regimes, days, self._classes, strict=True)
            ),
            dict(zip(ids, self._unsettled, strict=True)),
            examined,
            tuple(item for item in facts if item.could_narrow),
        )


_QUOTED = r"'[^']*'|\"[^\"]*\""
"""A value in a reason, as ``repr`` writes it."""


def _most_first(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
