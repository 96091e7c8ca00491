"""Assesses record batches of cases: cases in, results of rulesets out, for tables of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np
import pyarrow as pa

from regcompare.errors import UsageError
from regcompare.program.lookahead import MOST_CASES
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import Readings, chosen_readings

from ._answers import BatchReader
from ._planes import arrow_of, texts_of
from ._regimes import IN_POLARS, PARTS, Regime, Result
from .columns import TableOptions

ROWS: Final = 4 * MOST_CASES
"""How many rows of a table in memory are assessed at a time."""

_MOST_PROBLEMS: Final = 50
"""How many invalid values are listed one by one."""


@attrs.frozen
class Job:
    """How a table is to be assessed; it can be sent to the workers that hold its partitions.

    Attributes:
        rulesets: The rulesets.
        readings: The readings of each ruleset.
        options: How rows are read.
    """

    rulesets: tuple[Ruleset, ...]
    readings: tuple[Readings, ...]
    options: TableOptions

    def __dask_tokenize__(self) -> int:
        """Identifies a job to Dask, whose threads take rulesets that cannot be pickled."""
        return id(self)

    @property
    def result_fields(self) -> list[Any]:
        """The Arrow fields of the columns of results."""
        return [
            pa.field(f"{ruleset.id}.{part}", kind, metadata=IN_POLARS if kind.ordered else None)
            for ruleset in self.rulesets
            for part, kind in PARTS.items()
        ]

    @property
    def added_fields(self) -> list[Any]:
        """The Arrow fields of all columns that are added."""
        others = [pa.field("contradiction", pa.bool_()), pa.field("problem", pa.string())]
        return [*self.result_fields, *others]

    @property
    def added_columns(self) -> list[str]:
        """The names of all columns that are added."""
        return [field.name for field in self.added_fields]

    def refuse_added_names(self, names: Iterable[Any], added_columns: Sequence[str]) -> None:
        """Refuses a table with two columns of the same name, or with one that would be added."""
        seen: set[Any] = set()
        for name in names:
            if name in seen:
                raise UsageError(f"Two columns of the table have the name {name!r}; rename one.")
            seen.add(name)
        clashes = [name for name in added_columns if name in seen]
        if clashes:
            others = f"; likewise {len(clashes) - 1} more" if len(clashes) > 1 else ""
            raise UsageError(
                f"The table has the column {clashes[0]!r} already, which would be added. Drop or rename "
                f"it first{others}."
            )


def job_of(rulesets: Ruleset | Iterable[Ruleset], **options: Any) -> Job:
    """Returns a job; the options are those of ``TableOptions``.

    Raises:
        UsageError: A ruleset or an option is not valid.
    """
    given, read = _rulesets(rulesets), TableOptions(**options)
    return Job(given, tuple(_readings(ruleset, given, read.readings) for ruleset in given), read)


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


def _readings(ruleset: Ruleset, rulesets: Sequence[Ruleset], readings: Readings) -> Readings:
    """The readings for one ruleset: those given, except those that only other rulesets know."""
    if isinstance(readings, Mapping):
        known = {item: {doubt.id for part in item.parts() for doubt in part.doubts} for item in rulesets}
        of_others = set().union(*known.values()) - known[ruleset]
        readings = {name: reading for name, reading in readings.items() if name not in of_others}
    chosen_readings(ruleset, readings)
    return readings


# batches ---------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class BatchResult:
    """The results of the rows of a batch.

    Attributes:
        columns: The columns that are added, by name.
        results: For each ruleset the results of the rows.
        reasons: Why rows have no result, or an invalid value, by their indices.
    """

    columns: Mapping[str, Any]
    results: Sequence[Result]
    reasons: Mapping[int, str]


class Assessor:
    """Assesses the batches of one table under rulesets.

    Args:
        job: How the table is to be assessed.
        names: The names of the columns.
    """

    def __init__(self, job: Job, names: Sequence[str]) -> None:
        self.job = job
        self.reader = BatchReader(job.rulesets, names, job.options)
        self.regimes = [
            Regime(ruleset, job.options.as_of, readings, self.reader)
            for ruleset, readings in zip(job.rulesets, job.readings, strict=True)
        ]

    @property
    def names(self) -> list[str]:
        """The columns that are read."""
        return list(self.reader.columns)

    def assess(self, batch: Any) -> BatchResult:
        """Assesses the rows of a batch under the rulesets.

        Args:
            batch: An Arrow record batch with the columns that are read, and any others.

        Raises:
            UsageError: A value is not an answer, and the job does not mark invalid values.
        """
        read = self.reader.read(batch)
        reasons: dict[int, str] = {}
        for row, text in self.reader.problems(batch, read):
            if self.job.options.on_bad == "raise":
                raise UsageError(_problem_list(self.reader.problems(batch, read)))
            reasons[row] = f"{reasons[row]} {text}" if row in reasons else text
        results = [regime.results(read) for regime in self.regimes]
        columns: dict[str, Any] = {}
        for regime, result in zip(self.regimes, results, strict=True):
            for part, kind in PARTS.items():
                cells = result.columns[part]
                cells = arrow_of(cells.astype(kind.index_type.to_pandas_dtype()), cells < 0)
                column = pa.DictionaryArray.from_arrays(
                    cells, regime.dictionary(part), ordered=kind.ordered
                )
                columns[f"{regime.ruleset.id}.{part}"] = column
        contradictory = np.zeros(batch.num_rows, bool)
        for result in results:
            contradictory[list(result.reasons)] = True
            reasons = {**result.reasons, **reasons}
        problems = pa.nulls(batch.num_rows, pa.string())
        if reasons:
            problems = texts_of([reasons.get(row) for row in range(batch.num_rows)])
        return BatchResult(
            columns | {"contradiction": arrow_of(contradictory), "problem": problems}, results, reasons
        )

    def extended(self, batch: Any) -> Any:
        """Returns a batch with the columns that are added."""
        columns = self.assess(batch).columns
        return pa.RecordBatch.from_arrays(
            [*batch.columns, *columns.values()], schema=self.schema(batch.schema)
        )

    def schema(self, schema: Any) -> Any:
        """Returns the Arrow schema of a table with the columns that are added."""
        return pa.schema([*schema, *self.job.added_fields])


def _problem_list(problems: Iterable[tuple[int, str]]) -> str:
    """The distinct problems, one to a line, up to a limit."""
    texts = list(dict.fromkeys(text for _, text in problems))
    lines = [f"{len(texts)} value{'s' if len(texts) > 1 else ''} of columns cannot be read:"]
    lines += texts[:_MOST_PROBLEMS]
    if len(texts) > _MOST_PROBLEMS:
        lines.append(f"... and {len(texts) - _MOST_PROBLEMS} more.")
    lines.append("Correct them, or pass on_bad='mark' to treat them as unknown and have them listed.")
    return "\n".join(lines)
