"""Verdicts as tidy rows: one for each case and regime, for frames of any kind and for filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from regcompare.errors import UsageError, did_you_mean, nearest, needs_extra
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.established import established_facts
from regcompare.scenario.scenario import PARTIES, Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import CORE, Destination, EndUser, Exporter, Item

from .classes import classify

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
DAYS = ("date", "as_of")
_TRUTHS = ("in_scope", "in_force")
_OUTCOMES = ("low", "high")

COLUMNS = (
    "scenario", "title", "kind", "record_kind", "record_group", "sale", "date", *PARTIES, *_FACTS,
    "decision", "ruleset", "as_of", "class", "low", "high", "in_scope", "in_force", "checked",
    "notices",
)  # fmt: skip
"""The columns of a row: the case, then its result under one regime."""
_TEXTS = tuple(name for name in COLUMNS if name not in (*DAYS, *_TRUTHS, *_OUTCOMES))


def tidy_rows(rows: Iterable[Iterable[Verdict]]) -> Iterator[Tidy]:
    """Yields a row for each verdict; the verdicts of each inner iterable are on one case."""
    for verdicts in rows:
        case: Tidy | None = None
        for verdict in verdicts:
            case = case or _case(verdict.original)
            yield {**case, **_result(verdict)}


def _case(scenario: Scenario) -> Tidy:
    established = established_facts(scenario, CORE)
    facts = {column: established.values.get(key) for column, key in _FACTS.items()}
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
    }


def _result(verdict: Verdict) -> Tidy:
    return {
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


# filters -------------------------------------------------------------------------------------------

_ANY_OF = {"country": ("exporter_country", "destination_country"), "name": tuple(PARTIES)}
"""Filters on several columns, one of which has to have the value."""


def meets(row: Tidy, filters: Mapping[str, Any]) -> bool:
    """Whether a row passes the filters: for each column a value, or several of which it has one.

    ``country`` is that of the exporter or of the destination, ``name`` that of any party.

    Raises:
        UsageError: There is no such column; the text names the nearest.
    """
    for name in filters:
        if name not in (*COLUMNS, *_ANY_OF):
            hint = did_you_mean(nearest(name, (*COLUMNS, *_ANY_OF)))
            raise UsageError(f"There is no column {name!r}; there are {', '.join(COLUMNS)}.{hint}")
    return all(
        any(row[name] in _several(value) for name in _ANY_OF.get(column, (column,)))
        for column, value in filters.items()
    )


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)


# frames --------------------------------------------------------------------------------------------

_WORDS = [outcome.word for outcome in Outcome]


def pandas_frame(rows: Iterable[Tidy], columns: Sequence[str] = COLUMNS) -> pd.DataFrame:
    """Returns the rows as a pandas frame: outcomes ordered categories, truths that may be missing."""
    try:
        import pandas as pd
    except ModuleNotFoundError:
        raise UsageError("pandas is not installed. Type:\npython -m pip install pandas") from None

    frame = pd.DataFrame(list(rows), columns=list(columns))
    order = pd.CategoricalDtype(_WORDS, ordered=True)
    kinds = dict.fromkeys(_OUTCOMES, order) | dict.fromkeys(_TRUTHS, "boolean")
    days = {name: pd.to_datetime(frame[name]) for name in DAYS if name in columns}
    known = {name: kind for name, kind in kinds.items() if name in columns}
    return frame.astype(known).assign(**days)


def polars_frame(rows: Iterable[Tidy], columns: Sequence[str] = COLUMNS) -> pl.DataFrame:
    """Returns the rows as a polars frame: outcomes as an enumeration in their order."""
    try:
        import polars as pl
    except ModuleNotFoundError:
        raise UsageError("polars is not installed. Type:\npython -m pip install polars") from None

    kinds: dict[str, Any] = dict.fromkeys(_TEXTS, pl.String) | dict.fromkeys(DAYS, pl.Date)
    kinds |= dict.fromkeys(_TRUTHS, pl.Boolean) | dict.fromkeys(_OUTCOMES, pl.Enum(_WORDS))
    known = {name: kind for name, kind in kinds.items() if name in columns}
    return pl.DataFrame(
        list(rows), schema=list(columns), schema_overrides=known, infer_schema_length=None
    )


def arrow_table(rows: Iterable[Tidy], columns: Sequence[str] = COLUMNS) -> pa.Table:
    """Returns the rows as an Arrow table: outcomes as an ordered dictionary."""
    with needs_extra("frames"):
        import pyarrow as pa

    rows = list(rows)
    kinds: dict[str, Any] = dict.fromkeys(_TEXTS, pa.string()) | dict.fromkeys(DAYS, pa.date32())
    kinds |= dict.fromkeys(_TRUTHS, pa.bool_())

    def column(name: str) -> Any:
        values = [row.get(name) for row in rows]
        if name not in _OUTCOMES:
            return pa.array(values, kinds.get(name))
        places = pa.array([value and Outcome(value).rank for value in values], pa.int8())
        return pa.DictionaryArray.from_arrays(places, _WORDS, ordered=True)

    return pa.table({name: column(name) for name in columns})
