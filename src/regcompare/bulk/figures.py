"""A screened register in figures: rows by outcome as intervals, and one regime against another.

Where a row leaves its outcome open, it is counted under every outcome that its span includes: a figure
is an interval, from the rows that are certain to those whose span includes the outcome, never a
midpoint.  A span names the least and the greatest outcome; not every step between need be possible.
Every row is counted somewhere: one whose facts contradict each other has a result of its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from regcompare._support.displays import html_of
from regcompare.errors import UsageError, did_you_mean, nearest, needs_extra
from regcompare.ruleset.rules import Outcome
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
"""What a row can come to, in the order in which tables list it."""

YEAR = "year"
"""What to group by for the year of the facts."""

MEASURES = (Outcome.AUTHORISATION, Outcome.REFUSAL)
"""The least outcomes of what needs a licence, and of what is refused or banned."""

MOST_CATEGORIES = 10_000
"""A column with more different values is none to group by."""

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

    What is refused or banned needs a licence as well.  Each count is of rows, or of what they stand for.

    Attributes:
        by: The column by which rows are grouped, or ``year``.
        category: The answer; blank where it is unknown.
        ruleset: The ruleset's id.
        rows: How many rows there are.
        counted: What they stand for: the sum of their weights, or their number.
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
        rows: The figures, ``Interval`` or ``PairedCounts``; those with no row at all are left out.
        measures: Of a table by category, how many need a licence, and how many are refused or banned.
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
        return html_of(self)


def register_summary(
    frame: Any, rulesets: Iterable[str], by: str, *, weight: str | None = None
) -> RegisterTable:
    """Counts the rows of a screened table by a fact, or by the year of the facts.

    Args:
        frame: What ``assess_frame`` or ``screen`` made, of any kind that ``assess_frame`` takes.
        rulesets: Ids of rulesets that it was put under.
        by: A column, such as ``item.technology``, ``destination.country`` or ``end_user.kind``; or
            ``year``.
        weight: The column that says for how many a row stands; by default each stands for one.

    Raises:
        UsageError: The frame lacks a column, of which the text names the nearest; or a row has no
            weight.
    """
    groups = CategoryGroups(by, [rulesets] if isinstance(rulesets, str) else rulesets, weight)
    groups.add(frame)
    return RegisterTable(
        f"{_subject(weight)} by {by} and result, from those that have it for certain to those whose "
        "span includes it",
        tuple(groups.intervals()),
        tuple(groups.measured()),
    )


class CategoryGroups:
    """The rows of a screened table by category, added up piece by piece.

    Args:
        by: A column of it, or ``year``.
        rulesets: Ids of rulesets that it was put under.
        weight: The column that says for how many a row stands.
    """

    def __init__(self, by: str, rulesets: Iterable[str], weight: str | None = None) -> None:
        self.by, self.rulesets, self.weight = by, tuple(rulesets), weight
        self._rows: Counter[tuple[str, str]] = Counter()
        self._sums: dict[tuple[str, str], Counter[Ends]] = {}

    def add(self, frame: Any) -> None:
        """Adds the rows of a screened table, or of a piece of one."""
        for ruleset in self.rulesets:
            for (value, *ends), rows, count in _counted(frame, [self.by], [ruleset], self.weight):
                group = ruleset, _told(self.by, value)
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

    def measured(self) -> Iterator[CategoryCounts]:
        """Yields how many rows of each category need a licence, and how many are refused or banned."""
        for group in self._groups():
            (ruleset, category), sums = group, self._sums[group]
            needed, refused = (_reaching(least, sums) for least in MEASURES)
            counts = (self._rows[group], sums.total(), *needed, *refused)
            yield CategoryCounts(self.by, category, ruleset, *counts)


def _reaching(least: Outcome, sums: Mapping[Ends, int]) -> tuple[int, int]:
    """How many come to an outcome or a stricter one: for certain, and at most."""
    held = [(ends, count) for ends, count in sums.items() if ends[1] is not None and least <= ends[1]]
    sure = (count for (low, _, *reached), count in held if least <= low and reached == ["yes", "yes"])
    return sum(sure), sum(count for _, count in held)


def _subject(weight: str | None) -> str:
    return f"Sums of {weight}" if weight else "Rows"


def cross_tabulation(frame: Any, first: str, second: str, *, weight: str | None = None) -> RegisterTable:
    """Counts the rows of a screened table by their results under two rulesets.

    Where both leave a row open, it is counted in every pair of what its spans include: a greatest
    count takes no account of facts that would settle both at once.

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
    for ends, _, count in _counted(frame, [], [first, second], weight):
        sure, maybe = zip(*(results_of(ends[at : at + 4]) for at in (0, 4)), strict=True)
        at_least.update(dict.fromkeys(product(*sure), count))
        at_most.update(dict.fromkeys(product(*maybe), count))
    cells = product(RESULTS, RESULTS)
    rows = (PairedCounts(*cell, at_least[cell], at_most[cell]) for cell in cells if at_most[cell])
    caption = f"{_subject(weight)} by result under {first} and {second}"
    return RegisterTable(caption, tuple(rows))


def intervals(results: Mapping[Ends, int]) -> Iterator[tuple[str, int, int]]:
    """Yields each result that some row's span includes, with the rows that surely have it, and those."""
    at_least: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    for ends, count in results.items():
        sure, maybe = results_of(ends)
        at_least.update(dict.fromkeys(sure, count))
        at_most.update(dict.fromkeys(maybe, count))
    yield from ((word, at_least[word], at_most[word]) for word in RESULTS if at_most[word])


def results_of(ends: Ends) -> tuple[Sequence[str], Sequence[str]]:
    """Returns what a row comes to for certain (one result or none), and all that its span includes."""
    low, high, in_scope, in_force = ends
    if in_scope is None:
        return ([CONTRADICTION],) * 2
    if in_force == "no":
        return ([NOT_IN_FORCE],) * 2
    maybe: list[str] = []
    if low is not None:
        least, most = Outcome.read(low), Outcome.read(high)
        maybe += [outcome.word for outcome in Outcome if least <= outcome <= most]
    maybe += [] if in_scope == "yes" else [OUT_OF_SCOPE]
    maybe += [] if in_force == "yes" else [NOT_IN_FORCE]
    return (maybe if len(maybe) == 1 else []), maybe


def _counted(
    frame: Any, by: Sequence[str], rulesets: Sequence[str], weight: str | None = None
) -> Iterator[tuple[tuple[Any, ...], int, int]]:
    """The groups of a frame, each with its rows and the sum of their weights; one may come twice."""
    with needs_extra("frames"):
        import pyarrow as pa

        from ._weights import weights_of
    ends = [f"{item}.{part}" for item in rulesets for part in ("low", "high", "in_scope", "in_force")]
    known = names_of(frame)
    sources = [FACTS_DATE.key if name == YEAR and YEAR not in known else name for name in by]
    names = [*sources, *ends]
    refuse_missing([*names, weight or names[0]], known)
    slots = [str(place) for place in range(len(names))]
    for batch in batches_of(frame, list(dict.fromkeys([*names, weight or names[0]]))):
        columns = [_plain(name, batch[name], pa) for name in names]
        weights, wrong = weights_of(batch, weight)
        for place, told in wrong.items():
            where = f"Row {place + 1} of the table, or of a part of it"
            raise UsageError(f"{where}: {told} Correct or drop the row.")
        table = pa.table([*columns, weights], [*slots, "weight"])
        counted = table.group_by(slots).aggregate([([], "count_all"), ("weight", "sum")])
        rows = counted.select(slots).to_pylist()
        sums = [counted[name].to_pylist() for name in ("count_all", "weight_sum")]
        for row, count, weighed in zip(rows, *sums, strict=True):
            yield tuple(row.values()), count, weighed


def refuse_missing(names: Iterable[str], known: Sequence[Any]) -> None:
    """Refuses names of columns that a table lacks; the year is that of the day of the facts.

    Raises:
        UsageError: There is no such column; the text names the nearest.
    """
    for name in names:
        if name not in known:
            hint = did_you_mean(nearest(name, [*map(str, known)]))
            cure = f" The year is that of the column {name!r}." if name == FACTS_DATE.key else ""
            raise UsageError(f"The table has no column {name!r}.{hint}{cure}")


def _plain(name: str, values: Any, pa: Any) -> Any:
    if pa.types.is_dictionary(values.type):
        return values.cast(values.type.value_type)
    if pa.types.is_nested(values.type):
        raise UsageError(f"The column {name!r} holds several answers in a row; group by another.")
    return values


def _told(name: str, value: Any) -> str:
    """A category as text; blank where the table says nothing, or that nothing is known."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Some libraries turn whole numbers beside gaps into these.
    text = "" if value is None or value != value else str(value).strip()  # noqa: PLR0124 - NaN
    if name == YEAR and (isinstance(value, dt.date) or re.match(r"\d{4}-", text)):
        text = text[:4]
    return "" if text.lower() == "unknown" else text
