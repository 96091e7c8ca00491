"""Verdicts as tidy rows, one for each case and regime: for CSV, frames of any kind and filters."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from regcompare._support.asked import Asked
from regcompare._support.displays import Shown, shown
from regcompare._support.output import write_file
from regcompare.errors import UsageError, did_you_mean, nearest, needs_extra
from regcompare.ruleset.currency import later_tables, verified_through
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.scenario import PARTIES, Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import CORE, Destination, EndUser, Exporter, Item

from .classes import classify
from .data import columns_of, named, rows_as_csv, to_data
from .sensitivity import Sensitivity

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Held_co = TypeVar("Held_co", covariant=True)
Tidy = dict[str, Any]
"""One verdict as a row; null where a value is unknown or there is none."""

_FACTS = {
    "exporter_country": Exporter.country.key,
    "destination_country": Destination.country.key,
    "end_user_kind": EndUser.kind.key,
    "technology": Item.technology.key,
}
_DAYS = ("date", "as_of", "verified_through")
_TRUTHS = ("in_scope", "in_force")

_FILTERED = (
    "scenario", "title", "kind", "record_kind", "record_group", "sale", "date", *PARTIES, *_FACTS,
    "decision", "ruleset", "as_of", "class", "low", "high", "in_scope", "in_force", "checked",
    "notices",
)  # fmt: skip
"""The columns that take no more than the verdict."""
COLUMNS = (
    *_FILTERED, "as_if_from", "result", "review", "verified_through", "rules", "open_rules",
    "open_questions", "later_than_verified", "rests_on_presumed", "rests_on_reports",
    "rests_on_readings", "rests_on_unread", "rests_on_dates", "changed_since", "beside",
)  # fmt: skip
"""The columns of a row: the case, its result under one regime, and what that rests on."""


STRUCTURED = {"rests_on_readings": ("doubt", "reading", "gives"), "beside": ("law", "gives")}
"""The columns of lists whose items have parts, and the names of these; other lists are of words."""
UNDISPUTED = ("record", "class_undisputed", "low_undisputed", "high_undisputed", "counted")
"""What a comparison adds: what its counts are made from."""


def outcome_columns(*names: str) -> tuple[str, ...]:
    """Returns the columns of the mildest and the strictest outcome of each of what is named."""
    return tuple(f"{name}_{end}" for name in names for end in ("low", "high"))


def outcomes_of(name: str, parts: Iterable[Verdict]) -> dict[str, Outcome | None]:
    """Returns these columns of the parts of a record."""
    ends = classify(parts)
    return dict(zip(outcome_columns(name), (ends.low, ends.high), strict=True))


def undisputed_columns(verdict: Verdict) -> Tidy:
    """Returns the columns of a verdict with disputed facts left open; the ends are those that count.

    What it is not known to reach is free at the least.
    """
    ends = classify([verdict])
    return {
        "record": verdict.original.counted_as,
        "class_undisputed": ends.slug,
        "low_undisputed": ends.low,
        "high_undisputed": ends.high,
    }


def tidy_rows(sensitivity: Sensitivity) -> Iterator[Tidy]:
    """Yields a row for each verdict, with what it rests on."""
    changed = {
        (verdict.scenario, law.ruleset): verdict.result
        for law in sensitivity.changed_since
        for verdict in law.verdicts
    }
    beside: dict[tuple[Scenario, str], list[dict[str, str]]] = {}
    for law in sensitivity.beside:
        for verdict in (*law.reached, *law.open):
            for name in law.parallel_to:
                laws = beside.setdefault((verdict.scenario, name), [])
                laws.append({"law": law.ruleset.id, "gives": verdict.result})
    for verdict in sensitivity.verdicts:
        case, ruleset = verdict.scenario, verdict.ruleset
        yield {
            **filtered_row(verdict),
            **_basis(verdict),
            "changed_since": changed.get((case, ruleset)),
            "beside": beside.get((case, ruleset.id), []),
        }


def filtered_row(verdict: Verdict) -> Tidy:
    """Returns the columns of a verdict by which cases are filtered."""
    scenario = verdict.original
    answers = assumed_facts(scenario, CORE).values
    facts = {column: answers.get(key) for column, key in _FACTS.items()}
    return {
        "scenario": scenario.id,
        **named("title", "kind", "record_kind", "record_group")(scenario),
        "sale": scenario.sale or scenario.id,
        "date": scenario.date,
        **dict.fromkeys(PARTIES),
        **scenario.names,
        "intermediaries": list(scenario.known_intermediaries),
        **{column: answer if isinstance(answer, str) else None for column, answer in facts.items()},
        "decision": scenario.record.decision if scenario.record else None,
        "ruleset": verdict.ruleset.id,
        "as_of": verdict.as_of,
        "class": classify([verdict]).slug,
        **named("low", "high", "in_scope", "in_force")(verdict),
        "checked": str(verdict.checked) if verdict.checked else None,
        "notices": list(verdict.notices),
    }


def _basis(verdict: Verdict) -> Tidy:
    """The rules and questions of a verdict, and what it rests on, as lists."""
    case, rests_on = verdict.scenario, verdict.rests_on
    later = later_tables(verdict.ruleset, verdict.as_of, case.date)
    lists: dict[str, Iterable[Any]] = {
        "rules": (finding.rule.id for finding in verdict.holding),
        "open_rules": (finding.rule.id for finding in verdict.open),
        "open_questions": verdict.open_questions,
        "later_than_verified": (table.name for table in later),
        "rests_on_presumed": rests_on.presumed,
        "rests_on_reports": rests_on.reports,
        "rests_on_readings": (
            {"doubt": item.doubt.id, "reading": item.reading, "gives": item.result}
            for item in rests_on.readings
        ),
        "rests_on_unread": rests_on.unread,
        "rests_on_dates": rests_on.dates,
    }
    return {
        "as_if_from": case.as_if.home if case.as_if else None,
        "result": verdict.result,
        "review": str(verdict.review) if verdict.review else None,
        "verified_through": verified_through(verdict.ruleset),
        **{name: list(items) for name, items in lists.items()},
    }


# filters -------------------------------------------------------------------------------------------

_ANY_OF = {"country": ("exporter_country", "destination_country"), "name": tuple(PARTIES)}
"""Filters on several columns, one of which has to have the value."""


def meets(verdict: Verdict, filters: Mapping[str, Any]) -> bool:
    """Returns whether a verdict passes the filters: for each column a value, or several to choose from.

    ``country`` is that of the exporter or of the destination, ``name`` that of any party.

    Raises:
        UsageError: There is no such column; the text names the nearest.
    """
    _require_columns(filters, _FILTERED, *_ANY_OF)
    row = filtered_row(verdict) if filters else {}
    return all(
        not set(as_list(value)).isdisjoint(
            item for name in _ANY_OF.get(column, (column,)) for item in as_list(row[name])
        )
        for column, value in filters.items()
    )


def _require_columns(names: Iterable[str], columns: Sequence[str], *also: str) -> None:
    for name in names:
        if name not in (*columns, *also):
            hint = did_you_mean(nearest(name, (*columns, *also)))
            raise UsageError(f"There is no column {name!r}; there are {', '.join(columns)}.{hint}")


def as_list(value: Any) -> list[Any]:
    """Returns several values as a list; one value, or its name, as a list of one."""
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


# frames --------------------------------------------------------------------------------------------

_WORDS = [outcome.word for outcome in Outcome]


class Tabular(Asked, Shown, Generic[Held_co]):
    """A result with rows, which may be had as frames, and with a document.

    The one class of the interface from which others are made: what has rows has all of their forms.
    """

    __slots__ = ()
    _ITEMS: ClassVar[str] = ""
    """The attribute with what it is a sequence of; by default of its rows."""
    _COLUMNS: ClassVar[Sequence[str]] = ()
    """The columns, even of no rows; by default every one that a row has."""
    _OUTCOMES: ClassVar[Sequence[str]] = ("low", "high", "low_undisputed", "high_undisputed")
    """Those of outcomes, which have this type even where all are null."""

    def __str__(self) -> str:
        """Returns the whole document as text."""
        return shown(self, "text")

    def to_dicts(self) -> list[Tidy]:
        """Returns the rows as plain mappings."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Held_co]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    @property
    def _held(self) -> Any:
        return getattr(self, self._ITEMS) if self._ITEMS else self.to_dicts()

    def __getitem__(self, place: Any, /) -> Any:
        """Refuses a place, where nothing is found by places or names."""
        what = type(self).__name__
        raise UsageError(f"A {what} has no {place!r}: its rows are in to_dicts() and to_pandas().")

    def to_pandas(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Returns the rows as a pandas frame; outcomes are ordered categories, lists are lists.

        Args:
            columns: The columns to keep; by default all.
        """
        pandas, arrow = _installed("pandas"), import_module("pyarrow")
        kinds = {arrow.bool_(): pandas.BooleanDtype()}
        table = self._arrow(columns)
        frame: pd.DataFrame = table.to_pandas(types_mapper=kinds.get, date_as_object=False)
        for field in table.schema:
            if arrow.types.is_list(field.type):  # Otherwise arrays, which no one compares or writes.
                frame[field.name] = table[field.name].to_pylist()
        return frame

    def to_polars(self, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Returns the rows as a polars frame; outcomes are an ordered enumeration.

        Args:
            columns: The columns to keep; by default all.
        """
        polars, table = _installed("polars"), self._arrow(columns)
        frame: pl.DataFrame = polars.DataFrame(table)
        ordered = [field.name for field in table.schema if getattr(field.type, "ordered", False)]
        words = {name: table[name].combine_chunks().dictionary.to_pylist() for name in ordered}
        return frame.cast({name: polars.Enum(names) for name, names in words.items()})

    def to_arrow(self) -> pa.Table:
        """Returns the rows as an Arrow table; outcomes are an ordered dictionary."""
        with needs_extra("frames"):
            import pyarrow as pa

        rows = self.to_dicts()
        return pa.table(
            {
                name: _arrow_column(pa, name, [row.get(name) for row in rows], self._OUTCOMES)
                for name in self._COLUMNS or columns_of(rows)
            }
        )

    def _arrow(self, columns: Sequence[str] | None) -> pa.Table:
        """The Arrow table with some of its columns.

        Raises:
            UsageError: There is no such column.
        """
        table = self.to_arrow()
        if columns is None:
            return table
        names = as_list(columns)
        _require_columns(names, table.column_names)
        return table.select(names)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hands the rows over to any library that takes Arrow."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_csv(self, path: str | Path | None = None, *, overwrite: bool = False) -> str | None:
        """Returns the rows as CSV, or writes them to a file.

        What is a list in the rows is one cell: its items with a space between, or ``; `` where an item
        has a space; an item of several parts as ``name=part``.

        Raises:
            UsageError: The file exists and ``overwrite`` was not given, or cannot be written.
        """
        return _handed(rows_as_csv(self.to_dicts(), self._COLUMNS), path, overwrite)

    def to_json(self, path: str | Path | None = None, *, overwrite: bool = False) -> str | None:
        """Returns the rows as JSON, a list of objects, or writes them to a file.

        Raises:
            UsageError: The file exists and ``overwrite`` was not given, or cannot be written.
        """
        rows = [to_data(row) for row in self.to_dicts()]
        text = json.dumps(rows, ensure_ascii=False, indent=2, default=str)
        return _handed(text, path, overwrite)

    def to_markdown(self) -> str:
        """Returns the whole document as Markdown."""
        return shown(self, "markdown")

    def to_latex(self) -> str:
        """Returns the whole document as a part of a LaTeX document."""
        return shown(self, "latex")


def _handed(text: str, path: str | Path | None, overwrite: bool) -> str | None:
    """A text, or None once it is written to a file."""
    if path is None:
        return text
    write_file(path, text, overwrite=overwrite)
    return None


def _arrow_column(pa: Any, name: str, values: list[Any], outcomes: Sequence[str]) -> Any:
    """A column, whose type is that of its values; without any, that of columns of its name."""
    sample = next((value for value in values if value is not None), None)
    if name in outcomes or isinstance(sample, Outcome):
        places = pa.array([value and Outcome(value).rank for value in values], pa.int8())
        return pa.DictionaryArray.from_arrays(places, _WORDS, ordered=True)
    if isinstance(sample, dt.date) or name in _DAYS:
        days = [dt.date.fromisoformat(day) if isinstance(day, str) else day for day in values]
        return pa.array(days, pa.date32())
    if name in STRUCTURED or isinstance(sample, list):
        parts = [(part, pa.string()) for part in STRUCTURED.get(name, ())]
        return pa.array(values, pa.list_(pa.struct(parts) if parts else pa.string()))
    if isinstance(sample, bool) or name in _TRUTHS:
        return pa.array(values, pa.bool_())
    return pa.array(values, None if isinstance(sample, int | float) else pa.string())


def _installed(library: str) -> Any:
    try:
        return import_module(library)
    except ModuleNotFoundError:
        msg = f"{library} is not installed. Type:\npython -m pip install {library}"
        raise UsageError(msg) from None
