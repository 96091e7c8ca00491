"""A result as notebooks use it: its records as frames, its document in any form, its picture."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from regcompare._support.csv import csv_text
from regcompare.comparison.comparison import Comparison
from regcompare.comparison.headline import HeadlineRow, QuotableSentence
from regcompare.comparison.tidy import DAYS, Tidy, arrow_table, pandas_frame, polars_frame
from regcompare.errors import UsageError

from .document import Picture

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


@attrs.frozen(repr=False)
class Result:
    """What a function of the front door returns; its value has the typed records.

    Attributes:
        value: The typed result, whose attributes are also those of this object.
    """

    value: Any
    _show: Callable[[Any], str]
    _records: str = ""
    _comparison: Callable[[], Comparison] | None = None
    _table: Any = None

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows>"

    def __str__(self) -> str:
        return self._show("text")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.value, name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.value)

    def __len__(self) -> int:
        return len(self.to_dicts() if self._table is None else self._table)

    # the finding ------------------------------------------------------------------------------

    def headline(self) -> tuple[HeadlineRow, ...]:
        """Returns the cases, or the rows of a table, by class under each regime."""
        headline: tuple[HeadlineRow, ...] = self._counted().headline()
        return headline

    def finding(self) -> QuotableSentence | None:
        """Returns the finding on the cases as a sentence to quote."""
        finding: QuotableSentence | None = self._counted().finding()
        return finding

    def _counted(self) -> Any:
        return self._cases() if self._table is None else self.value

    def _cases(self) -> Comparison:
        if self._comparison is None:
            raise UsageError("This result is about no cases, so it has no headline and no picture.")
        return self._comparison()

    # as frames --------------------------------------------------------------------------------

    def to_dicts(self) -> list[Tidy]:
        """Returns the records as plain mappings; lists become text."""
        if self._table is not None:
            rows: list[Tidy] = self._table.to_pylist()
            return rows
        data = json.loads(self._show("json"))
        rows = data if isinstance(data, list) else data.get(self._records) or _rows_in(data)
        return [{name: _flat(name, value) for name, value in row.items()} for row in rows]

    def _columns(self) -> tuple[str, ...]:
        if self._table is not None:
            return tuple(self._table.column_names)
        return tuple(dict.fromkeys(name for row in self.to_dicts() for name in row))

    def to_pandas(self) -> pd.DataFrame:
        """Returns the records as a pandas frame; outcomes are ordered categories."""
        if self._table is not None:
            frame: pd.DataFrame = self._table.to_pandas()
            return frame
        return pandas_frame(self.to_dicts(), self._columns())

    def to_polars(self) -> pl.DataFrame:
        """Returns the records as a polars frame; outcomes are an ordered enumeration."""
        if self._table is not None:
            import polars as pl

            return pl.DataFrame(self._table)
        return polars_frame(self.to_dicts(), self._columns())

    def to_arrow(self) -> pa.Table:
        """Returns the records as an Arrow table; outcomes are an ordered dictionary."""
        return self._table if self._table is not None else arrow_table(self.to_dicts(), self._columns())

    def to_csv(self) -> str:
        """Returns the records as CSV."""
        return csv_text(self._columns(), self.to_dicts())

    # as documents -----------------------------------------------------------------------------

    def to_markdown(self) -> str:
        """Returns the document as Markdown."""
        return self._show("markdown")

    def to_latex(self) -> str:
        """Returns the document as LaTeX."""
        return self._show("latex")

    def plot(self) -> Picture:
        """Returns the picture of its cases."""
        picture: Picture = self._cases().plot()
        return picture

    def _repr_html_(self) -> str:
        return self._show("html")


def _rows_in(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The first list of mappings in data; the data themselves where there is none."""
    lists = (value for value in data.values() if isinstance(value, list))
    return next((rows for rows in lists if rows and isinstance(rows[0], dict)), [data])


def _flat(name: str, value: Any) -> Any:
    """A value of JSON as one cell: days as dates, lists of words as text, other nested ones as JSON."""
    if name in DAYS and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
