"""A screened register in figures: rows by outcome as intervals, and one regime against another.

Where a row leaves its outcome open, it is counted under every outcome that its span includes: a figure
is an interval, from the rows that are certain to those whose span includes the outcome, never a
midpoint.  A span names the least and the greatest outcome; not every step between need be possible.
Every row is counted somewhere: one whose facts contradict each other has a result of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import chain, product
from typing import Any

import attrs

from ._html import table as html_table
from .errors import UsageError, did_you_mean, nearest, needs_extra
from .readings.frames.columns import is_missing
from .readings.frames.natives import is_dask, with_plain_names
from .rules import Outcome

__all__ = [
    "OUT_OF_SCOPE",
    "Crossing",
    "Interval",
    "RegisterTable",
    "cross_tabulation",
    "intervals",
    "register_summary",
    "results_of",
]

OUT_OF_SCOPE = "out_of_scope"
NOT_IN_FORCE = "not_in_force"
CONTRADICTION = "contradiction"
RESULTS = (*(outcome.word for outcome in Outcome), OUT_OF_SCOPE, NOT_IN_FORCE, CONTRADICTION)
"""What a row can come to, in the order in which tables list it."""

YEAR = "year"
"""What to group by for the year of the facts."""

DAY = "scenario.date"
"""The column of the day of the facts."""

Result = tuple[Any, Any, Any, Any]
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
class Crossing:
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
        rows: The figures, ``Interval`` or ``Crossing``; those with no row at all are left out.
    """

    caption: str
    rows: tuple[Any, ...]

    def records(self) -> list[dict[str, Any]]:
        """Returns the rows as dictionaries, from which any data frame can be made."""
        return [attrs.asdict(row) for row in self.rows]

    def __repr__(self) -> str:
        return f"<{self.caption}: {len(self.rows)} figures>"

    def _repr_html_(self) -> str:
        records = self.records()
        head = [name.replace("_", " ") for name in records[0]] if records else ["nothing to count"]
        return html_table(self.caption, head, [list(map(str, row.values())) for row in records])


def register_summary(frame: Any, rulesets: Iterable[str], by: str) -> RegisterTable:
    """Counts the rows of a screened table by a fact, or by the year of the facts.

    Grouping is done by the engine of the frame; only the groups are brought here.

    Args:
        frame: What ``assess_frame`` or ``screen`` made, of any kind that narwhals takes.
        rulesets: Ids of rulesets that it was put under.
        by: A column, such as ``item.technology``, ``destination.country`` or ``end_user.kind``; or
            ``year``.

    Raises:
        UsageError: The frame lacks a column; the text names the nearest.
    """
    rows: list[Interval] = []
    for ruleset in [rulesets] if isinstance(rulesets, str) else rulesets:
        groups: dict[str, Counter[Result]] = {}
        for category, *result, count in _grouped(frame, [by], [ruleset]):
            groups.setdefault(category, Counter())[tuple(result)] += count
        for category in sorted(groups):
            rows += [Interval(category, ruleset, *figures) for figures in intervals(groups[category])]
    return RegisterTable(
        f"Rows by {by} and result, from those that have it for certain to those whose span includes it",
        tuple(rows),
    )


def cross_tabulation(frame: Any, first: str, second: str) -> RegisterTable:
    """Counts the rows of a screened table by their results under two rulesets.

    Where both leave a row open, it is counted in every pair of what its spans include: a greatest
    count takes no account of facts that would settle both at once.

    Args:
        frame: As for ``register_summary``.
        first: The id of a ruleset.
        second: The id of another.

    Raises:
        UsageError: The frame lacks a column; the text names the nearest.
    """
    at_least: Counter[tuple[str, str]] = Counter()
    at_most: Counter[tuple[str, str]] = Counter()
    for *values, count in _grouped(frame, [], [first, second]):
        sure, maybe = zip(*(results_of(tuple(values[at : at + 4])) for at in (0, 4)), strict=True)
        at_least.update(dict.fromkeys(product(*sure), count))
        at_most.update(dict.fromkeys(product(*maybe), count))
    cells = product(RESULTS, RESULTS)
    rows = (Crossing(*cell, at_least[cell], at_most[cell]) for cell in cells if at_most[cell])
    return RegisterTable(f"Rows by result under {first} and {second}", tuple(rows))


def intervals(results: Mapping[Result, int]) -> Iterator[tuple[str, int, int]]:
    """Yields each result that some row's span includes, with the rows that surely have it, and those."""
    at_least: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    for result, count in results.items():
        sure, maybe = results_of(result)
        at_least.update(dict.fromkeys(sure, count))
        at_most.update(dict.fromkeys(maybe, count))
    yield from ((word, at_least[word], at_most[word]) for word in RESULTS if at_most[word])


def results_of(result: Result) -> tuple[Sequence[str], Sequence[str]]:
    """Returns what a row comes to for certain (one result or none), and all that its span includes."""
    low, high, in_scope, in_force = result
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


def _grouped(frame: Any, by: Sequence[str], rulesets: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """The groups of a frame with their counts; categories come as text, unknown ones blank.

    Of a table in parts, each is counted where it is, so that a group may come more than once.
    """
    if not is_dask(frame):
        return _counted(frame, by, rulesets)
    with needs_extra("frames"):
        dask: Any = import_module("dask")
    counted = dask.delayed(_counted)
    return chain.from_iterable(
        dask.compute(*(counted(part, by, rulesets) for part in frame.to_delayed()))
    )


def _counted(frame: Any, by: Sequence[str], rulesets: Sequence[str]) -> list[tuple[Any, ...]]:
    with needs_extra("frames"):
        import narwhals as nw
    wanted = [f"{item}.{part}" for item in rulesets for part in ("low", "high", "in_scope", "in_force")]
    given = nw.from_native(frame)
    known = given.collect_schema().names()
    sources = {name: DAY if name == YEAR and YEAR not in known else name for name in by}
    _check_there([*sources.values(), *wanted], known)
    table, names = with_plain_names(given.lazy())
    columns = [_category(nw, table.collect_schema(), names, *pair) for pair in sources.items()]
    columns += [nw.col(names[name]) for name in wanted]
    # Not every engine groups by names with dots in them.
    slots = [f"slot_{place}" for place in range(len(columns))]
    table = table.select(column.alias(slot) for column, slot in zip(columns, slots, strict=True))
    counted = table.group_by(slots).agg(nw.len().alias("rows")).collect()
    rows = [
        ([None if is_missing(value) else value for value in values], count)
        for *values, count in counted.select(*slots, "rows").iter_rows()
    ]
    return [(*map(_told, by, values), *values[len(by) :], count) for values, count in rows]


def _check_there(names: Iterable[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            hint = did_you_mean(nearest(name, known))
            cure = f" The year is that of the column {DAY!r}." if name == DAY else ""
            raise UsageError(f"The table has no column {name!r}.{hint}{cure}")


def _category(nw: Any, schema: Any, names: Mapping[str, str], name: str, source: str) -> Any:
    """What rows are grouped by: the column, or of a day the year where that is asked for."""
    column, kind = nw.col(names[source]), schema[names[source]]
    if str(kind).startswith(("List", "Array", "Struct")):
        raise UsageError(f"The column {name!r} holds several answers in a row; group by another.")
    if name == source:
        return column
    if kind in (nw.Date, nw.Datetime):
        return column.dt.year()
    return column.cast(nw.String).str.strip_chars().str.slice(0, 4)


def _told(name: str, value: Any) -> str:
    """A category as text; blank where the table says nothing, or that nothing is known."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # Some engines turn whole numbers beside gaps into these.
    text = "" if value is None else str(value).strip()
    is_no_year = name == YEAR and not re.fullmatch(r"\d{4}", text)
    return "" if is_no_year or text.lower() == "unknown" else text
