"""The summary of a screening: rows by class, causes of bad rows, and facts that would settle most."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.comparison.classes import CLASSES, ClassSlug
from regcompare.comparison.headline import CountRange, Layer, QuotableSentence, quotable_sentence
from regcompare.law import Checked
from regcompare.ruleset.ruleset import Ruleset

if TYPE_CHECKING:
    from ._batches import Assessor, BatchResult
    from ._implied import JoinedReports
    from .columns import RegisterColumns

MOST_EXAMINED = 4_096
"""How many unsettled rows, evenly spread over the table, have their open facts examined."""

Law = dt.date | str | None
"""The day whose law is applied; ``scenario`` for the day of each row."""

MOST_WORDS = 1_000
"""How many of the values that make rows bad are counted."""


@attrs.frozen
class RowHeadline:
    """The rows of a table by class under one ruleset, each in exactly one.

    Attributes:
        ruleset: The ruleset.
        as_of: The day whose law is applied; None where it is that of each row.
        classes: The number of rows in each class.
        reached: The rows that certainly and at most reach a class or a stricter one.
        group: None: what a row records is not told.
        marks: None of the deals by how the law is known, which is worked out for cases alone.
    """

    ruleset: Ruleset
    as_of: dt.date | None
    classes: Mapping[ClassSlug, int]
    reached: Mapping[ClassSlug, CountRange]
    group: None = None
    marks: Mapping[Checked, int] = attrs.field(factory=dict)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(self.classes.values())

    def counts(self, layer: Layer = "as_filed") -> Mapping[ClassSlug, int]:
        """Returns the number of rows in each class; a row has no disputes, so all layers are one."""
        return self.classes

    def reaching(self, slug: ClassSlug, layer: Layer = "undisputed") -> CountRange:
        """Returns the number of rows that certainly and at most need a licence, or must be refused."""
        return self.reached[slug]

    def record(self) -> dict[str, Any]:
        """Returns the row as plain data."""
        return {
            "ruleset": self.ruleset.id,
            "title": self.ruleset.title,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "count": self.count,
            **{str(slug): number for slug, number in self.classes.items()},
            **{name: attrs.asdict(self.reached[slug]) for name, slug in MEASURES.items()},
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
        self._classes: list[Counter[tuple[str, ...]]] = [Counter() for _ in assessor.regimes]
        self._restated: list[Counter[str]] = [Counter() for _ in assessor.regimes]
        self._unsettled = [0 for _ in assessor.regimes]
        self._causes: Counter[str] = Counter()
        self._words: dict[str, Counter[str]] = {}
        self._sample = _Sample()
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
        unsettled = usable & False
        self.written += int(usable.sum())
        for place, (regime, found) in enumerate(
            zip(self._assessor.regimes, result.results, strict=True)
        ):
            here = usable & found.is_unsettled
            unsettled |= here
            self._unsettled[place] += int(here.sum())
            for words, count in _classes_of(regime, found, usable):
                self._classes[place][words] += count
            for (fact, answer), of_fact in found.restated.items():
                self._restated[place][f"{fact}: {answer}"] += int((of_fact & usable).sum())
        self._sample.add(rows.select(self._assessor.names), unsettled)

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
        if sample := self._sample.rows():
            read = reader.read(sample)
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
                _headline(regime.ruleset, day, counts)
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


def _headline(ruleset: Ruleset, day: Law, counts: Mapping[tuple[str, ...], int]) -> RowHeadline:
    classes: dict[ClassSlug, int] = {
        slug: sum(count for words, count in counts.items() if words[0] == slug) for slug in CLASSES
    }
    reached = {}
    for place, slug in enumerate(MEASURES.values(), 1):
        certain, maybe = (
            sum(count for words, count in counts.items() if words[place] == word)
            for word in ("yes", "unknown")
        )
        reached[slug] = CountRange(certain, certain + maybe)
    return RowHeadline(ruleset, day if isinstance(day, dt.date) else None, classes, reached)


def _classes_of(regime: Any, found: Any, usable: Any) -> Iterator[tuple[tuple[str, ...], int]]:
    """The class and measures of rows that count, each combination with its number."""
    from ._planes import distinct_rows

    parts = ("class", *MEASURES)
    indices, combinations = distinct_rows([found.columns[part][usable] for part in parts])
    words = [regime.dictionary(part).to_pylist() for part in parts]
    counts = Counter(indices.tolist())
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
