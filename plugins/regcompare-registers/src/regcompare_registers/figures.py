"""A screened register in figures: rows by outcome as intervals, and one regime against another.

A row that leaves its outcome open is counted under every outcome in its span: a figure is an interval,
from the rows that are certain to those whose span includes the outcome, never a midpoint.  A span names
the least and the greatest outcome; not every step between need be possible.  Every row is counted:
contradictory facts are a separate result.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from regcompare.errors import UsageError, did_you_mean, nearest, needs_extra
from regcompare.ruleset.rules import Outcome
from regcompare.views.document import Document, Table
from regcompare.views.html import fragment_text
from regcompare.vocabulary import FACTS_DATE

from .frames import batches_of, names_of

__all__ = [
    "OUT_OF_SCOPE",
    "RESULTS",
    "YEAR",
    "CategoryCounts",
    "CategoryGroups",
    "Interval",
    "PairedCounts",
    "RegisterTable",
    "cross_tabulation",
    "intervals",
    "refuse_missing",
    "register_summary",
    "results_of",
]

OUT_OF_SCOPE, NOT_IN_FORCE, CONTRADICTION = "out_of_scope", "not_in_force", "contradiction"
RESULTS = (*(outcome.word for outcome in Outcome), OUT_OF_SCOPE, NOT_IN_FORCE, CONTRADICTION)
"""The possible results of a row, in the order in which tables list them."""

YEAR = "year"
"""The name by which rows are grouped by the year of the facts."""

MEASURES = (Outcome.AUTHORISATION, Outcome.REFUSAL)
"""The least outcomes of cases that need a licence, and of those refused or banned."""

MOST_CATEGORIES = 10_000
"""The most distinct values of a column by which rows can be grouped."""

Ends = tuple[Any, Any, Any, Any]
"""Low, high, in scope and in force, as the columns of a screened table hold them: words, or None."""


@attrs.frozen
class Interval:
    """The rows of a category with one result under one ruleset.

    Attributes:
        category: The answer by which rows are grouped; blank where it is unknown.
        ruleset: The ruleset's id.
        result: An outcome, ``out_of_scope``, ``not_in_force``, or ``contradiction`` where the facts of
            a row contradict each other.
        at_least: Rows that have the result for certain.
        at_most: Rows whose span includes it.
    """

    category: str
    ruleset: str
    result: str
    at_least: int
    at_most: int


@attrs.frozen
class CategoryCounts:
    """How many rows of a category need a licence under one ruleset, and how many are refused or banned.

    Cases that are refused or banned also count as needing a licence.  Counts are weighted.

    Attributes:
        by: The column by which rows are grouped, or ``year``.
        category: The answer; blank where it is unknown.
        ruleset: The ruleset's id.
        rows: How many rows there are.
        counted: The sum of their weights, or their number.
    """

    by: str
    category: str
    ruleset: str
    rows: int
    counted: int
    needs_licence_for_certain: int
    needs_licence_at_most: int
    refused_or_banned_for_certain: int
    refused_or_banned_at_most: int


@attrs.frozen
class PairedCounts:
    """The rows with one result under one ruleset and one under another: for certain, and by span."""

    first: str
    second: str
    at_least: int
    at_most: int


@attrs.frozen(repr=False)
class RegisterTable:
    """Figures of a register.

    Attributes:
        caption: What the table shows, in a line.
        rows: The figures, ``Interval`` or ``PairedCounts``; those without any row are left out.
        measures: In a table by category, how many need a licence, and how many are refused or banned.
    """

    caption: str
    rows: tuple[Any, ...]
    measures: tuple[CategoryCounts, ...] = ()

    def records(self) -> list[dict[str, Any]]:
        """Returns the rows as dictionaries, from which any data frame can be made."""
        return [attrs.asdict(row) for row in self.rows]

    def __repr__(self) -> str:
        return f"<{self.caption}: {len(self.rows)} figures>"

    def _repr_html_(self) -> str:
        records = self.records()
        head = [name.replace("_", " ") for name in records[0]] if records else ["nothing to count"]
        rows = [list(map(str, record.values())) for record in records]
        return fragment_text(Document("", [Table(self.caption, head, rows)]))


def register_summary(
    frame: Any, rulesets: Iterable[str], by: str, *, weight: str | None = None
) -> RegisterTable:
    """Counts the rows of a screened table by a fact, or by the year of the facts.

    Args:
        frame: The output of ``assess_frame`` or ``screen``, of any kind that ``assess_frame`` takes.
        rulesets: Ids of the rulesets under which it was assessed.
        by: A column, such as ``item.technology``, ``destination.country`` or ``end_user.kind``; or
            ``year``.
        weight: The column of weights; by default each row counts as one.

    Raises:
        UsageError: The frame lacks a column (the text names the nearest), or a row has no weight.
    """
    groups = CategoryGroups(by, [rulesets] if isinstance(rulesets, str) else rulesets, weight)
    groups.add(frame)
    return RegisterTable(
        f"{_subject(weight)} by {by} and result, from those that have it for certain to those whose "
        "span includes it",
        tuple(groups.intervals()),
        tuple(groups.category_counts()),
    )


class CategoryGroups:
    """The rows of a screened table by category, added up in parts.

    Args:
        by: A column of it, or ``year``.
        rulesets: Ids of the rulesets under which it was assessed.
        weight: The column of weights.
    """

    def __init__(self, by: str, rulesets: Iterable[str], weight: str | None = None) -> None:
        self.by, self.rulesets, self.weight = by, tuple(rulesets), weight
        self._rows: Counter[tuple[str, str]] = Counter()
        self._sums: dict[tuple[str, str], Counter[Ends]] = {}

    def add(self, frame: Any) -> None:
        """Adds the rows of a screened table, or of a part of one."""
        for ruleset in self.rulesets:
            for (value, *ends), rows, count in _grouped_counts(frame, [self.by], [ruleset], self.weight):
                group = ruleset, _category_text(self.by, value)
                self._rows[group] += rows
                self._sums.setdefault(group, Counter())[tuple(ends)] += count
        if len(self._sums) > MOST_CATEGORIES * max(len(self.rulesets), 1):
            found = f"The column {self.by!r} has more than {MOST_CATEGORIES:,} different values."
            raise UsageError(
                f"{found} Expected one with categories, such as destination.country or year."
            )

    def _groups(self) -> Iterator[tuple[str, str]]:
        yield from sorted(self._sums, key=lambda group: (self.rulesets.index(group[0]), group[1]))

    def intervals(self) -> Iterator[Interval]:
        """Yields the rows of each category by result."""
        for ruleset, category in self._groups():
            for figures in intervals(self._sums[ruleset, category]):
                yield Interval(category, ruleset, *figures)

    def category_counts(self) -> Iterator[CategoryCounts]:
        """Yields how many rows of each category need a licence, and how many are refused or banned."""
        for group in self._groups():
            (ruleset, category), sums = group, self._sums[group]
            needed, refused = (_count_reaching(least, sums) for least in MEASURES)
            counts = (self._rows[group], sums.total(), *needed, *refused)
            yield CategoryCounts(self.by, category, ruleset, *counts)


def _count_reaching(least: Outcome, sums: Mapping[Ends, int]) -> tuple[int, int]:
    """How many reach an outcome or a stricter one: for certain, and at most."""
    reaching = [
        (ends, count) for ends, count in sums.items() if ends[1] is not None and least <= ends[1]
    ]
    certain = (
        count for (low, _, *reached), count in reaching if least <= low and reached == ["yes", "yes"]
    )
    return sum(certain), sum(count for _, count in reaching)


def _subject(weight: str | None) -> str:
    return f"Sums of {weight}" if weight else "Rows"


def cross_tabulation(frame: Any, first: str, second: str, *, weight: str | None = None) -> RegisterTable:
    """Counts the rows of a screened table by their results under two rulesets.

    A row that is open under both is counted for every pair of results in its spans: the greatest count
    ignores facts that would settle both at once.

    Args:
        frame: As for ``register_summary``.
        first: The id of a ruleset.
        second: The id of another.
        weight: As for ``register_summary``.

    Raises:
        UsageError: As for ``register_summary``.
    """
    at_least: Counter[tuple[str, str]] = Counter()
    at_most: Counter[tuple[str, str]] = Counter()
    for ends, _, count in _grouped_counts(frame, [], [first, second], weight):
        certain, possible = zip(*(results_of(ends[at : at + 4]) for at in (0, 4)), strict=True)
        at_least.update(dict.fromkeys(product(*certain), count))
        at_most.update(dict.fromkeys(product(*possible), count))
    cells = product(RESULTS, RESULTS)
    rows = (PairedCounts(*cell, at_least[cell], at_most[cell]) for cell in cells if at_most[cell])
    caption = f"{_subject(weight)} by result under {first} and {second}"
    return RegisterTable(caption, tuple(rows))


def intervals(results: Mapping[Ends, int]) -> Iterator[tuple[str, int, int]]:
    """Yields each result in some row's span, with the rows that certainly have it and those that may."""
    at_least: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    for ends, count in results.items():
        certain, possible = results_of(ends)
        at_least.update(dict.fromkeys(certain, count))
        at_most.update(dict.fromkeys(possible, count))
    yield from ((word, at_least[word], at_most[word]) for word in RESULTS if at_most[word])


def results_of(ends: Ends) -> tuple[Sequence[str], Sequence[str]]:
    """Returns the certain result of a row, if it has one, and all results that are possible."""
    low, high, in_scope, in_force = ends
    if in_scope is None:
        return ([CONTRADICTION],) * 2
    if in_force == "no":
        return ([NOT_IN_FORCE],) * 2
    possible: list[str] = []
    if low is not None:
        least, most = Outcome.read(low), Outcome.read(high)
        possible += [outcome.word for outcome in Outcome if least <= outcome <= most]
    possible += [] if in_scope == "yes" else [OUT_OF_SCOPE]
    possible += [] if in_force == "yes" else [NOT_IN_FORCE]
    return (possible if len(possible) == 1 else []), possible


def _grouped_counts(
    frame: Any, by: Sequence[str], rulesets: Sequence[str], weight: str | None = None
) -> Iterator[tuple[tuple[Any, ...], int, int]]:
    """The groups of a frame, with the number and the weight of their rows; a group may be repeated."""
    with needs_extra("frames"):
        import pyarrow as pa

        from ._weights import weights_of
    ends = [f"{item}.{part}" for item in rulesets for part in ("low", "high", "in_scope", "in_force")]
    known_names = names_of(frame)
    sources = [FACTS_DATE.key if name == YEAR and YEAR not in known_names else name for name in by]
    names = [*sources, *ends]
    refuse_missing([*names, weight or names[0]], known_names)
    slots = [str(place) for place in range(len(names))]
    for batch in batches_of(frame, list(dict.fromkeys([*names, weight or names[0]]))):
        columns = [_groupable(name, batch[name], pa) for name in names]
        weights, problems = weights_of(batch, weight)
        for place, problem in problems.items():
            row_label = f"Row {place + 1} of the table, or of a part of it"
            raise UsageError(f"{row_label}: {problem} Correct or drop the row.")
        table = pa.table([*columns, weights], [*slots, "weight"])
        grouped = table.group_by(slots).aggregate([([], "count_all"), ("weight", "sum")])
        rows = grouped.select(slots).to_pylist()
        sums = [grouped[name].to_pylist() for name in ("count_all", "weight_sum")]
        for row, count, weighed in zip(rows, *sums, strict=True):
            yield tuple(row.values()), count, weighed


def refuse_missing(names: Iterable[str], known_names: Sequence[Any]) -> None:
    """Refuses names of columns that a table lacks.

    Raises:
        UsageError: There is no such column; the text names the nearest.
    """
    for name in names:
        if name not in known_names:
            hint = did_you_mean(nearest(name, [*map(str, known_names)]))
            fix = f" The year is that of the column {name!r}." if name == FACTS_DATE.key else ""
            raise UsageError(f"The table has no column {name!r}.{hint}{fix}")


def _groupable(name: str, values: Any, pa: Any) -> Any:
    if pa.types.is_dictionary(values.type):
        return values.cast(values.type.value_type)
    if pa.types.is_nested(values.type):
        raise UsageError(f"The column {name!r} holds several answers in a row; group by another.")
    return values


def _category_text(name: str, value: Any) -> str:
    """A category as text; blank for a null and for ``unknown``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # In a column with nulls some libraries turn integers into floats.
    text = "" if value is None or value != value else str(value).strip()  # noqa: PLR0124 - NaN
    if name == YEAR and (isinstance(value, dt.date) or re.match(r"\d{4}-", text)):
        text = text[:4]
    return "" if text.lower() == "unknown" else text
