"""Assesses record batches of cases: cases in, results of rulesets out, whatever the table."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs
import pyarrow as pa

from regcompare.comparison.comparison import readings_for
from regcompare.errors import UsageError
from regcompare.program.lookahead import MOST_CASES
from regcompare.ruleset.ruleset import Ruleset

from ._answers import BatchReader
from ._bitsets import arrow_of
from ._regimes import DECISION, IN_POLARS, PARTS, Regime, Result
from .columns import READ_AS, TableOptions

ROWS: Final = 4 * MOST_CASES
"""The most rows of a table in memory that are assessed at a time."""


def _rulesets(value: Any) -> tuple[Ruleset, ...]:
    rulesets = (value,) if isinstance(value, Ruleset | str) else tuple(value)
    for item in rulesets:
        if not isinstance(item, Ruleset):
            raise UsageError(
                f"{item!r} is not a ruleset. Expected one, or a list of them, such as "
                "Catalogue.installed().ruleset('eu-2021-821')."
            )
    ids = [item.id for item in rulesets]
    repeated = next((name for name in ids if ids.count(name) > 1), None)
    if repeated or not ids:
        found = f"The ruleset id {repeated!r} is given twice." if repeated else "No ruleset is given."
        raise UsageError(f"{found} Expected one ruleset, or several with different ids.")
    return rulesets


@attrs.frozen(eq=False)
class BatchResult:
    """The results of the rows of a batch.

    Attributes:
        rows: The batch with the columns of results.
        results: Those of the rows under each ruleset.
        invalid: The row of each value that is not an answer, and what is wrong with it.
    """

    rows: Any
    results: Sequence[Result]
    invalid: Sequence[tuple[int, str]]

    @property
    def reasons(self) -> dict[int, str]:
        """The reasons why rows have no result, or an invalid value, by their indices."""
        reasons: dict[int, str] = {}
        for row, text in self.invalid:
            reasons[row] = f"{reasons[row]} {text}" if row in reasons else text
        return dict(ChainMap(reasons, *(result.reasons for result in self.results)))


class Assessor:
    """Assesses the batches of one table, given the names of its columns, under rulesets.

    Raises:
        UsageError: A ruleset, a column or an option cannot be used.
    """

    def __init__(
        self, rulesets: Ruleset | Iterable[Ruleset], names: Sequence[str], options: TableOptions
    ) -> None:
        given = _rulesets(rulesets)
        self.reader = BatchReader(given, names, options)
        self.regimes = [
            Regime(ruleset, options.day_for(ruleset), readings, self.reader)
            for ruleset, readings in zip(given, readings_for(given, options.readings), strict=True)
        ]
        self._parts = {**PARTS, **(DECISION if options.decisions else {})}
        self.fields = [
            pa.field(f"{item.name}{READ_AS}", pa.string()) for item in self.reader.interpreted
        ]
        self.fields += [
            pa.field(f"{ruleset.id}.{part}", dtype, metadata=IN_POLARS if dtype.ordered else None)
            for ruleset in given
            for part, dtype in self._parts.items()
        ]
        refuse_added(names, [field.name for field in self.fields])

    def assess(self, batch: Any) -> BatchResult:
        """Assesses the rows of an Arrow record batch with the columns that are read, and any others."""
        read = self.reader.read(batch)
        results = [regime.results(read) for regime in self.regimes]
        columns = [column.texts for column in self.reader.interpreted]
        for regime, result in zip(self.regimes, results, strict=True):
            for part, dtype in self._parts.items():
                cells = result.columns[part]
                cells = arrow_of(cells.astype(dtype.index_type.to_pandas_dtype()), cells < 0)
                words = regime.dictionary(part)
                columns.append(pa.DictionaryArray.from_arrays(cells, words, ordered=dtype.ordered))
        schema = pa.schema([*batch.schema, *self.fields])
        rows = pa.RecordBatch.from_arrays([*batch.columns, *columns], schema=schema)
        return BatchResult(rows, results, list(self.reader.problems(read)))


def refuse_added(names: Sequence[str], added: Sequence[str]) -> None:
    """Refuses a table with a column that would be added."""
    if clashes := [name for name in added if name in names]:
        others = f"; likewise {len(clashes) - 1} more" if len(clashes) > 1 else ""
        raise UsageError(
            f"The table has the column {clashes[0]!r} already, which would be added. Drop or rename "
            f"it first{others}."
        )
