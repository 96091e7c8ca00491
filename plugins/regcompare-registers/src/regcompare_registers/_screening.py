"""Assesses the batches of a register, sets apart the rows that cannot be used, and counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.comparison.classes import CLASSES
from regcompare.comparison.counts import ClassRow, Law, Outside
from regcompare.comparison.measures import measure
from regcompare.facts import written
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import FACTS_DATE, Destination, Item, Licence, Vocabulary

from ._batches import Assessor
from ._bitsets import arrow_of
from ._csv import CsvTable
from ._days import is_order
from ._decisions import CONTRADICTS, DECISIONS
from ._implied import REPORTED_FACTS, Implied, joined_reports, published_categories
from ._options import RegisterOptions
from ._published import published_words
from ._receipts import Digest, line_of, name_of
from ._regimes import WORDS, Regime, Result
from ._tables import BadRow, Batch, Stream
from .columns import READ_AS, TableOptions, columns_of
from .summary import (
    MEASURES,
    BadCause,
    Contradiction,
    DecisionCount,
    FactCount,
    Register,
    RowCount,
    Summary,
    sizes_of,
)

MOST_EXAMINED: Final = 4_096
"""The most unsettled rows, evenly spread over the table, whose open facts are examined."""

MOST_WORDS: Final = 1_000
"""The most values of one cause that are counted, of those that make rows bad."""


class Screening:
    """A register under rulesets, batch by batch; ``source`` is blank for a table in memory."""

    def __init__(
        self,
        source: str,
        table: CsvTable | Stream,
        rulesets: Sequence[Ruleset],
        vocabulary: Vocabulary,
        asked: RegisterOptions,
    ) -> None:
        self._guesses, self._digest = tuple(table.guesses), Digest(table.file)
        self._name = name_of(source)
        self._line = line_of(self._name, rulesets, attrs.asdict(asked, recurse=False))
        self._publishers = asked.categories
        known = {
            name: published_categories(publisher, vocabulary.categories)
            for name, publisher in self._publishers.items()
        }
        implied = {key for of in known.values() for item in of.values() for key in item.answers}
        self._reports = None if asked.join is None else joined_reports(asked.join)
        joined = set(REPORTED_FACTS.values()) if self._reports else set()
        name = source or "the table"
        self._columns = columns_of(table.columns, asked.columns, vocabulary, name, implied, joined)
        words: dict[str, Mapping[Any, str]] = {}
        orders: dict[str, str] = {}
        for column, item in asked.values.items():
            name = self._columns.fact_column(column)
            if isinstance(item, str) and is_order(item):
                orders[name] = item
            else:
                words[name] = published_words(item, name) if isinstance(item, str) else item
        own = set(asked.columns).difference(self._columns.own)
        is_decided = Licence.status.key in {*self._columns.facts, *asked.presumed}
        has_days = FACTS_DATE.key in self._columns.facts
        read_as = TableOptions(
            as_of=asked.as_of,
            days_of_rows=has_days,
            readings=asked.readings,
            presume=asked.presume,
            presumed=asked.presumed,
            discretion=asked.discretion,
            values=words,
            day_orders=orders,
            spellings=True,
            gaps=asked.gaps,
            published={self._columns.output_name(name) for name in own},
            decisions=asked.decisions and is_decided,
        )
        by_name = {self._columns.output_name(name): item for name, item in known.items()}
        self._implied = Implied(self._columns.implied, by_name, read_as.gaps, self._reports)
        self._assessor = Assessor(rulesets, self._columns.names, read_as)
        self._tallies = list(map(_Tally, self._assessor.regimes))
        self._causes: Counter[str] = Counter()
        self._outside: Counter[str] = Counter()
        self._words: dict[str, Counter[str]] = {}
        self._sample: Any = None
        self._step, self._seen = 1, 0
        self._read = self._written = 0

    def add(self, batch: Batch) -> tuple[Any, Sequence[BadRow]]:
        """Returns the rows of a batch with their results, and those that cannot be used."""
        self._digest.add(batch.rows)
        rows, reasons = self._implied.fill(batch.rows.rename_columns(self._columns.own))
        result = self._assessor.assess(rows)
        for row, text in result.reasons.items():
            reasons[row] = f"{text} {reasons[row]}" if row in reasons else text
        outside = self._assessor.reader.outside() | _notes_among(batch.rows)
        reasons = {row: text for row, text in reasons.items() if row not in outside}
        usable = np.ones(len(rows), bool)
        usable[[*reasons, *outside]] = False
        unused = [*_unused_rows(batch, reasons), *_unused_rows(batch, outside, is_outside=True)]
        unused = sorted([*map(_as_note, batch.bad), *unused], key=attrgetter("number"))
        self._read += len(rows) + len(batch.bad)
        self._written += int(usable.sum())
        self._count_causes(unused)
        unsettled = usable & False
        for tally, found in zip(self._tallies, result.results, strict=True):
            unsettled |= tally.add(found, result.rows, usable)
        self._examine(rows.select(list(self._assessor.reader.columns)), unsettled)
        return result.rows.filter(arrow_of(usable)) if unused else result.rows, unused

    def _count_causes(self, unused: Iterable[BadRow]) -> None:
        alike = Counter((row.reason, row.is_outside) for row in unused)
        for (reason, is_outside), rows in alike.items():
            first = reason.partition(" Expected ")[0]
            cause = re.sub(_QUOTED, "…", first)
            (self._outside if is_outside else self._causes)[cause] += rows
            words = self._words.setdefault(cause, Counter())
            if (word := re.search(_QUOTED, first)) and (word[0] in words or len(words) < MOST_WORDS):
                words[word[0]] += rows

    def _examine(self, rows: Any, among: Any) -> None:
        """Keeps some of these rows, evenly spread: every one, then every second, every fourth."""
        indices = np.flatnonzero(among)
        chosen = rows.take(arrow_of(indices[-self._seen % self._step :: self._step]))
        self._seen += len(indices)
        kept = pa.Table.from_batches([chosen])
        self._sample = kept if self._sample is None else pa.concat_tables([self._sample, kept])
        while len(self._sample) > MOST_EXAMINED:
            self._step *= 2
            self._sample = self._sample.take(arrow_of(np.arange(0, len(self._sample), 2)))

    def _named(self, causes: Counter[str]) -> tuple[BadCause, ...]:
        return tuple(
            BadCause(cause, rows, dict(_most_first(self._words[cause])))
            for cause, rows in _most_first(causes)
        )

    def summary(self) -> Summary:
        """Returns what the rows so far come to."""
        reader, tallies = self._assessor.reader, self._tallies
        examined, facts = dict.fromkeys((tally.id for tally in tallies), 0), list[FactCount]()
        if self._sample:
            (rows,) = self._sample.combine_chunks().to_batches()
            read = reader.read(rows)
            for tally in tallies:
                examined[tally.id], of_regime = tally.regime.open_facts(read)
                facts += of_regime
        facts.sort(key=attrgetter("fact"))
        facts.sort(key=attrgetter("would_settle", "could_settle", "could_narrow"), reverse=True)
        bad, outside = self._causes.total(), self._outside.total()
        population = (
            f"{self._written} of {self._read} rows of {self._name or 'a table'}: {outside} are set "
            f"aside, {bad} could not be used."
        )
        register = Register(self._name, self._digest.text, self._line, population)
        return Summary(
            register=register,
            read=self._read,
            written=self._written,
            bad=bad,
            fact_columns=self._columns.facts,
            carried=tuple(name for name in self._columns.own if name not in self._columns.facts),
            presume=reader.layers,
            presumed={key: written(answer) for key, answer in reader.presumed.items()},
            categories=self._publishers,
            decisions=tuple(tally.decided() for tally in tallies),
            restated={tally.id: dict(+tally.normalised) for tally in tallies},
            causes=self._named(self._causes),
            outside=self._named(self._outside),
            read_as=reader.read_as,
            bare=reader.bare_codes,
            guesses=(*self._guesses, *reader.guesses),
            joined=self._reports,
            classes=tuple(tally.classes() for tally in tallies),
            counts=tuple(tally.counts(register, index) for index, tally in enumerate(tallies)),
            unsettled={tally.id: tally.unsettled for tally in tallies},
            examined=examined,
            facts=tuple(item for item in facts if item.could_narrow),
        )


_DISTINCTIVE = (f"{Item.annex_i_entry.key}{READ_AS}", f"{Destination.country.key}{READ_AS}")
"""The columns that tell one contradiction from another."""


class _Tally:
    """Counts of the rows under one ruleset."""

    def __init__(self, regime: Regime) -> None:
        self.regime, self.id = regime, regime.ruleset.id
        self.normalised = Counter[str]()
        self.unsettled = self._not_in_force = 0
        self._cells = {part: Counter[int]() for part in ("class", *MEASURES)}
        self._decisions, self._contradictions = Counter[str](), Counter[tuple[str, ...]]()

    def add(self, found: Result, rows: Any, usable: Any) -> Any:
        """Counts the results of the usable rows of a batch; returns which of them are unsettled."""
        columns, decisions = found.columns, found.columns["decision"]
        for part, counter in self._cells.items():
            counter.update(dict(enumerate(np.bincount(columns[part][usable]).tolist())))
        is_outside = usable & (columns["class"] == list(CLASSES).index("outside"))
        self._not_in_force += int((is_outside & (columns["in_force"] == 0)).sum())
        for (fact, answer), of_fact in found.normalised.items():
            self.normalised[f"{fact}: {answer}"] += int((of_fact & usable).sum())
        counts = np.bincount(decisions[usable & (decisions >= 0)], minlength=len(DECISIONS))
        self._decisions.update(dict(zip(DECISIONS, counts.tolist(), strict=True)))
        if (among := usable & (decisions == CONTRADICTS)).any():
            here = rows.take(arrow_of(np.flatnonzero(among)))
            names = (name for name in (f"{self.id}.high", *_DISTINCTIVE) if name in here.schema.names)
            self._contradictions.update(zip(*(here[name].to_pylist() for name in names), strict=True))
        unsettled = usable & (columns["low"] != columns["high"])
        self.unsettled += int(unsettled.sum())
        return unsettled

    def decided(self) -> DecisionCount:
        """Returns what decisions say, with the contradictions, the most frequent first."""
        common = sorted(self._contradictions.items(), key=lambda item: (-item[1], str(item[0])))
        listed = (Contradiction(high, tuple(filter(None, of)), rows) for (high, *of), rows in common)
        agrees, settles, contradicts = (self._decisions[word] for word in DECISIONS)
        return DecisionCount(self.id, agrees, settles, contradicts, tuple(listed))

    def classes(self) -> ClassRow:
        """Returns the rows by class."""
        counts = {slug: self._cells["class"][index] for index, slug in enumerate(CLASSES)}
        return ClassRow(Law(self.regime.ruleset, self.regime.as_of), counts)

    def counts(self, register: Register, index: int) -> tuple[RowCount, ...]:
        """Returns the rows that reach each measure; the ruleset has an index among those asked about."""
        row, older, cells = self.classes(), self._not_in_force, self._cells
        unknown, yes = (list(WORDS).index(truth) for truth in (None, True))
        outside: dict[Outside, int] = {"scope": row.counts["outside"] - older, "force": older}
        return tuple(
            RowCount(
                measure(slug), row.law,
                sizes_of(cells[name][yes], cells[name][unknown], row.counts["outside"], row.count),
                +Counter(outside), register, f"{register.python}.counts()[{index}][{which}]",
            )
            for which, (name, slug) in enumerate(MEASURES.items())
        )  # fmt: skip


_TOTAL: Final = r"(?i)^\s*(grand[ -]?|sub[ -]?)?(totals?|totaal|totale|summe|gesamt)\b"
_FOOTNOTE: Final = (
    r"(?i)^\s*(sources?|notes?|footnotes?|bron|quelle|nota)\s*:|^\s*(\*|†|\(?\d{1,2}\))\s*\S"
)
_ASIDE: Final = {"a total": _TOTAL, "a footnote": _FOOTNOTE}
"""Lines that publishers write under the rows of a table, by how its first cell begins."""


def _notes_among(rows: Any) -> dict[int, str]:
    """The rows that are totals or footnotes: only their first cell, or numbers besides, is filled."""
    first = rows.column(0)
    if not pa.types.is_string(first.type) and not pa.types.is_large_string(first.type):
        return {}
    found: dict[int, str] = {}
    for reason, pattern in _ASIDE.items():
        # To fill nulls with a value of Python, Arrow would import pandas.
        for index in pc.indices_nonzero(pc.match_substring_regex(first, pattern)).to_pylist():
            others = (str(column[index].as_py() or "").strip() for column in rows.columns[1:])
            is_bare = all(not cell or re.fullmatch(r"[-+]?[\d.,  ]+%?", cell) for cell in others)
            if is_bare:
                found.setdefault(index, reason)
    return found


def _as_note(row: BadRow) -> BadRow:
    """A line that is no row because it holds a total or a footnote alone is set aside as such."""
    filled = [value for value in row.values if value.strip()]
    for reason, pattern in _ASIDE.items():
        if len(filled) == 1 and "\ufffd" not in filled[0] and re.match(pattern, filled[0]):
            return attrs.evolve(row, reason=reason, is_outside=True)
    return row


def _unused_rows(
    batch: Batch, reasons: Mapping[int, str], *, is_outside: bool = False
) -> Iterator[BadRow]:
    """The rows of a batch that cannot be used, or are outside what is screened."""
    rows = batch.rows.take(arrow_of(np.array(list(reasons), np.int64)))
    values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
    for (index, reason), row in zip(reasons.items(), values, strict=True):
        texts = ["" if value is None else str(value) for value in row]
        yield BadRow(batch.numbers[index], reason, texts, is_outside)


_QUOTED = r"'[^']*'|\"[^\"]*\""
"""A value in a reason, as ``repr`` writes it."""


def _most_first(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
