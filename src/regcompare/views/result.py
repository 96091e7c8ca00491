"""A result as notebooks use it: its records as frames, its document in any form, its picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from regcompare.comparison.comparison import Comparison
from regcompare.comparison.data import to_rows
from regcompare.comparison.headline import HeadlineRow, QuotableSentence
from regcompare.comparison.tidy import Tabular
from regcompare.errors import UsageError

from .document import Picture

if TYPE_CHECKING:
    import pyarrow as pa


@attrs.frozen(repr=False)
class Result(Tabular):
    """What a function of the front door returns; its value has the typed records.

    Attributes:
        value: The typed result, whose attributes are also those of this object.
    """

    value: Any
    _show: Callable[[Any], str]
    _rows: Iterable[Any] = ()
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
        return self._counted().headline()

    def finding(self) -> QuotableSentence | None:
        """Returns the finding on the cases as a sentence to quote."""
        return self._counted().finding()

    def _counted(self) -> Comparison:
        counted: Comparison = self._cases() if self._table is None else self.value
        return counted

    def _cases(self) -> Comparison:
        if self._comparison is None:
            raise UsageError("This result is about no cases, so it has no headline and no picture.")
        return self._comparison()

    def to_dicts(self) -> list[dict[str, Any]]:
        """Returns the records as plain mappings; lists become text."""
        return to_rows(self._rows) if self._table is None else list(self._table.to_pylist())

    def to_arrow(self) -> pa.Table:
        """Returns the records as an Arrow table; outcomes are an ordered dictionary."""
        return Tabular.to_arrow(self) if self._table is None else self._table

    def plot(self) -> Picture:
        """Returns the picture of its cases."""
        picture: Picture = self._cases().plot()
        return picture
