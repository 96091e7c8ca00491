"""Verdicts as tidy rows, one for each case and regime: for CSV, frames of any kind and filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from regcompare._support.displays import Shown, shown
from regcompare.errors import UsageError, did_you_mean, nearest, needs_extra
from regcompare.ruleset.currency import later_tables, verified_through
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import PARTIES, Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import CORE, Destination, EndUser, Exporter, Item

from .classes import classify
from .data import columns_of, rows_as_csv
from .sensitivity import Sensitivity

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

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
_OUTCOMES = ("low", "high")

_FILTERED = (
    "scenario", "title", "kind", "record_kind", "record_group", "sale", "date", *PARTIES, *_FACTS,
    "decision", "ruleset", "as_of", "class", "low", "high", "in_scope", "in_force", "checked",
    "notices",
)  # fmt: skip
"""The columns that take no more than the verdict."""
COLUMNS = (
    *_FILTERED, "as_if_from", "result", "review", "verified_through", "rules", "open_rules",
    "open_questions", "later_than_verified", "rests_on_presumed", "rests_on_readings",
    "rests_on_unread", "rests_on_dates", "changed_since", "beside",
)  # fmt: skip
"""The columns of a row: the case, its result under one regime, and what that rests on."""


def tidy_rows(sensitivity: Sensitivity) -> Iterator[Tidy]:
    """Yields a row for each verdict, with what it rests on."""
    changed = {
        (verdict.scenario, law.ruleset): verdict.result
        for law in sensitivity.changed_since
        for verdict in law.verdicts
    }
    beside: dict[tuple[Scenario, str], list[str]] = {}
    for law in sensitivity.beside:
        for verdict in (*law.reached, *law.open):
            for name in law.parallel_to:
                laws = beside.setdefault((verdict.scenario, name), [])
                laws.append(f"{law.ruleset.id} ({verdict.result})")
    for verdict in sensitivity.verdicts:
        case, ruleset = verdict.scenario, verdict.ruleset
        yield {
            **filtered_row(verdict),
            **_basis(verdict),
            "changed_since": changed.get((case, ruleset)),
            "beside": "; ".join(beside.get((case, ruleset.id), ())) or None,
        }


def filtered_row(verdict: Verdict) -> Tidy:
    """Returns the columns of a verdict by which cases are filtered."""
    scenario = verdict.original
    answers = established_facts(scenario, CORE).values
    facts = {column: answers.get(key) for column, key in _FACTS.items()}
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "kind": scenario.kind,
        "record_kind": scenario.record_kind,
        "record_group": scenario.record_group,
        "sale": scenario.sale or scenario.id,
        "date": scenario.date,
        **dict.fromkeys(PARTIES),
        **scenario.names,
        **{column: answer if isinstance(answer, str) else None for column, answer in facts.items()},
        "decision": scenario.record.decision if scenario.record else None,
        "ruleset": verdict.ruleset.id,
        "as_of": verdict.as_of,
        "class": classify([verdict]).slug,
        "low": verdict.low,
        "high": verdict.high,
        "in_scope": verdict.in_scope,
        "in_force": verdict.in_force,
        "checked": str(verdict.checked) if verdict.checked else None,
        "notices": " ".join(verdict.notices) or None,
    }


def _basis(verdict: Verdict) -> Tidy:
    """The rules and questions of a verdict, and what it rests on, each as text."""
    case, rests_on = verdict.scenario, verdict.rests_on
    later = later_tables(verdict.ruleset, verdict.as_of, case.date)
    readings = (f"{item.doubt.id}={item.reading} ({item.result})" for item in rests_on.readings)
    lists: dict[str, tuple[str, Iterable[str]]] = {
        "rules": (" ", (finding.rule.id for finding in verdict.holding)),
        "open_rules": (" ", (finding.rule.id for finding in verdict.open)),
        "open_questions": (" ", verdict.open_questions),
        "later_than_verified": ("; ", (table.name for table in later)),
        "rests_on_presumed": (" ", rests_on.presumed),
        "rests_on_readings": ("; ", readings),
        "rests_on_unread": (" ", rests_on.unread),
        "rests_on_dates": (" ", rests_on.dates),
    }
    return {
        "as_if_from": case.as_if.home if case.as_if else None,
        "result": verdict.result,
        "review": str(verdict.review) if verdict.review else None,
        "verified_through": verified_through(verdict.ruleset),
        **{name: separator.join(words) or None for name, (separator, words) in lists.items()},
    }


# filters -------------------------------------------------------------------------------------------

_ANY_OF = {"country": ("exporter_country", "destination_country"), "name": tuple(PARTIES)}
"""Filters on several columns, one of which has to have the value."""


def meets(verdict: Verdict, filters: Mapping[str, Any]) -> bool:
    """Whether a verdict passes the filters: for each column a value, or several of which it has one.

    ``country`` is that of the exporter or of the destination, ``name`` that of any party.

    Raises:
        UsageError: There is no such column; the text names the nearest.
    """
    for name in filters:
        if name not in (*_FILTERED, *_ANY_OF):
            hint = did_you_mean(nearest(name, (*_FILTERED, *_ANY_OF)))
            raise UsageError(f"There is no column {name!r}; there are {', '.join(_FILTERED)}.{hint}")
    row = filtered_row(verdict) if filters else {}
    return all(
        any(row[name] in as_list(value) for name in _ANY_OF.get(column, (column,)))
        for column, value in filters.items()
    )


def as_list(value: Any) -> list[Any]:
    """Returns several values as a list; one value, or its name, as a list of one."""
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


# frames --------------------------------------------------------------------------------------------

_WORDS = [outcome.word for outcome in Outcome]


class Tabular(Shown):
    """A result with rows, which may be had as frames, and with a document."""

    __slots__ = ()
    _COLUMNS: ClassVar[Sequence[str]] = ()
    """The columns, even of no rows; by default every one that a row has."""

    def __str__(self) -> str:
        """Returns the whole document as text."""
        return shown(self, "text")

    def to_dicts(self) -> list[Tidy]:
        """Returns the rows as plain mappings."""
        raise NotImplementedError

    def to_pandas(self) -> pd.DataFrame:
        """Returns the rows as a pandas frame; outcomes are ordered categories."""
        pandas, arrow = _installed("pandas"), import_module("pyarrow")
        kinds = {arrow.bool_(): pandas.BooleanDtype()}
        frame: pd.DataFrame = self.to_arrow().to_pandas(types_mapper=kinds.get, date_as_object=False)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """Returns the rows as a polars frame; outcomes are an ordered enumeration."""
        polars, table = _installed("polars"), self.to_arrow()
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
                name: _arrow_column(pa, name, [row.get(name) for row in rows])
                for name in self._COLUMNS or columns_of(rows)
            }
        )

    def to_csv(self) -> str:
        """Returns the rows as CSV."""
        return rows_as_csv(self.to_dicts(), self._COLUMNS)

    def to_markdown(self) -> str:
        """Returns the whole document as Markdown."""
        return shown(self, "markdown")

    def to_latex(self) -> str:
        """Returns the whole document as a part of a LaTeX document."""
        return shown(self, "latex")


def _arrow_column(pa: Any, name: str, values: list[Any]) -> Any:
    """A column, whose type is that of its values; without any, that of columns of its name."""
    sample = next((value for value in values if value is not None), None)
    if name in _OUTCOMES or isinstance(sample, Outcome) or name.endswith(("_low", "_high")):
        places = pa.array([value and Outcome(value).rank for value in values], pa.int8())
        return pa.DictionaryArray.from_arrays(places, _WORDS, ordered=True)
    if isinstance(sample, dt.date) or name in _DAYS:
        days = [dt.date.fromisoformat(day) if isinstance(day, str) else day for day in values]
        return pa.array(days, pa.date32())
    if isinstance(sample, bool) or name in _TRUTHS:
        return pa.array(values, pa.bool_())
    return pa.array(values, None if isinstance(sample, int | float) else pa.string())


def _installed(library: str) -> Any:
    try:
        return import_module(library)
    except ModuleNotFoundError:
        msg = f"{library} is not installed. Type:\npython -m pip install {library}"
        raise UsageError(msg) from None
