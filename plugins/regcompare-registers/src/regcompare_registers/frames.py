"""Assesses a table of another library under rulesets, and returns a table of the same kind.

Each kind of table is converted to Arrow record batches and back.  Only the columns that rulesets ask
about are converted.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.ruleset import Ruleset
from regcompare.verdict.assess import Readings

if TYPE_CHECKING:
    from ._batches import Job


def assess_frame(
    frame: Any,
    rulesets: Ruleset | Iterable[Ruleset],
    *,
    as_of: dt.date | Literal["scenario"] | None = None,
    readings: Readings = None,
    presume: Literal["ordinary"] | None = None,
    presumed: Mapping[str, Any] | None = None,
    discretion: Mapping[str, bool] | None = None,
    on_bad: Literal["raise", "mark"] = "raise",
) -> Any:
    """Assesses every row of a table under rulesets, with the results of ``assess`` on the same facts.

    Args:
        frame: A table of polars (eager or lazy), pandas, pyarrow, DuckDB, PySpark or Dask.  A fact is
            a column named by its key; see the documentation of the package.
        rulesets: One ruleset or several.
        as_of: The day whose law is applied; ``scenario`` for the day of each row's facts; by default
            each ruleset's reference date.
        readings: Readings of doubtful texts, by id, for all rows.
        presume: ``ordinary`` to presume the answers of an ordinary transaction in all rows; by default
            a column ``presume`` decides, row by row.
        presumed: Answers to presume in all rows that do not state them, by the key of the fact.
        discretion: Whether powers were used, by id, in rows that do not state it.
        on_bad: Whether an invalid value is an error (``raise``), or counts as unknown and is reported in
            the column ``problem`` (``mark``).

    Returns:
        A table of the same kind (for DuckDB an Arrow table, which DuckDB reads) with further columns for
        each ruleset ``ID``, all of them text: ``ID.low`` and ``ID.high`` (null where there
        is no outcome), ``ID.in_scope`` and ``ID.in_force`` (yes, no or unknown), ``ID.holds`` and
        ``ID.open`` (ids of rules, in the form of a column of sets); then ``contradiction``, true where
        the facts of a row contradict each other and it has no result, and ``problem``, why a row could
        not be used as it is.

    Raises:
        UsageError: An argument is not valid, or a column contains invalid values.
    """
    with needs_extra("frames"):
        from ._batches import job_of
    job = job_of(
        rulesets,
        as_of=as_of,
        readings=readings,
        presume=presume,
        presumed=presumed,
        discretion=discretion,
        on_bad=on_bad,
    )
    return _assessor_of(frame)(frame, job)


def _assessor_of(frame: Any) -> Any:
    library = type(frame).__module__.partition(".")[0]
    kind = "lazy" if type(frame).__name__ == "LazyFrame" else library.removesuffix("_expr")
    if kind not in _ASSESSORS:
        raise UsageError(
            f"{type(frame).__name__} is not a table that can be read. Expected one of polars, pandas, "
            "pyarrow, DuckDB, PySpark or Dask. Columns in a dictionary, such as those of frame_rows, "
            "become one with polars.DataFrame(columns) or pyarrow.table(columns)."
        )
    return _ASSESSORS[kind]


def _result_columns(job: Job, table: Any) -> Any:
    """The columns that are added to an Arrow table, as one."""
    import pyarrow as pa

    from ._batches import ROWS, Assessor

    assessor = Assessor(job, table.column_names)
    batches = table.to_batches(max_chunksize=ROWS)
    empty = assessor.schema(pa.schema([])).empty_table()
    return pa.Table.from_batches(map(assessor.results, batches), empty.schema) if batches else empty


def _columns_read(job: Job, names: Sequence[Any]) -> list[Any]:
    """The columns that are read."""
    from ._batches import Assessor

    job.refuse_added_names(names, job.added_columns)
    return Assessor(job, [name for name in names if isinstance(name, str)]).names


def _on_arrow(table: Any, job: Job) -> Any:
    import pyarrow as pa

    from ._batches import Assessor

    if not isinstance(table, pa.Table):
        job.refuse_added_names(table.schema.names, job.added_columns)
    if isinstance(table, pa.RecordBatch):
        return Assessor(job, table.schema.names).extended(table)
    if isinstance(table, pa.RecordBatchReader):
        assessor = Assessor(job, table.schema.names)
        return pa.RecordBatchReader.from_batches(
            assessor.schema(table.schema), map(assessor.extended, table)
        )
    # If no column is read, one is selected to preserve the number of rows.
    results = _result_columns(
        job, table.select(_columns_read(job, table.column_names) or table.column_names[:1])
    )
    for name in results.column_names:
        table = table.append_column(name, results[name])
    return table


def _on_polars(frame: Any, job: Job) -> Any:
    import polars as pl

    names = _columns_read(job, frame.columns) or frame.columns[:1]
    results: Any = pl.from_arrow(_result_columns(job, frame.select(names).to_arrow()))
    return frame.hstack(results.get_columns())


def _on_lazy(frame: Any, job: Job) -> Any:
    """A lazy polars table stays lazy; its columns are checked at once."""
    import polars as pl

    schema = frame.collect_schema()
    _columns_read(job, schema.names())
    kinds = {name: pl.String() for name in job.added_columns} | {"contradiction": pl.Boolean()}
    return frame.map_batches(
        lambda part: _on_polars(part, job), schema={**schema, **kinds}, streamable=True
    )


def _on_pandas(frame: Any, job: Job) -> Any:
    import pandas as pd

    names = _columns_read(job, list(frame.columns))
    results = _result_columns(job, _from_pandas(frame, names)).to_pandas()
    return pd.concat([frame, results.set_axis(frame.index)], axis=1)


def _from_pandas(frame: Any, names: Sequence[str]) -> Any:
    """Columns of a pandas table as Arrow; mixed Python objects become text."""
    import pyarrow as pa

    from .columns import as_text

    def as_plain_text(value: Any) -> Any:
        is_members = isinstance(value, Iterable) and not isinstance(value, str | bytes)
        text = as_text(value) if is_members else str(value)
        return None if value is None or value != value else text  # noqa: PLR0124 - NaN, NaT

    def column(name: str) -> Any:
        try:
            return pa.Array.from_pandas(frame[name])
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            return pa.array([as_plain_text(value) for value in frame[name]], pa.string())

    columns = {name: column(name) for name in names}
    return pa.table(columns or {"none": pa.nulls(len(frame))})


def _on_duckdb(relation: Any, job: Job) -> Any:
    return _on_arrow(_reader(relation), job).read_all()


def _reader(relation: Any) -> Any:
    """A DuckDB relation as a stream; the method has been renamed, and the newest name is tried first."""
    from ._batches import ROWS

    to_reader = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
    return to_reader(ROWS)


def _on_spark(frame: Any, job: Job) -> Any:
    kinds: Any = import_module("pyspark.sql.types")
    pickle.dumps(job)  # A ruleset that workers cannot find is refused here, in our words.
    _columns_read(job, frame.columns)
    fields = [
        kinds.StructField(name, kinds.BooleanType() if name == "contradiction" else kinds.StringType())
        for name in job.added_columns
    ]

    names = list(frame.columns)

    def on_parts(batches: Iterable[Any]) -> Iterator[Any]:
        from .frames import whole_batches

        return whole_batches(job, names, batches)

    renamed = frame.toDF(
        *(f"column_{place}" for place in range(len(names)))
    )  # A dot would be a field's.
    return renamed.mapInArrow(on_parts, kinds.StructType([*frame.schema.fields, *fields]))


def whole_batches(job: Job, names: Sequence[str], batches: Iterable[Any]) -> Iterator[Any]:
    """Yields batches, whose columns have these names, with the columns that are added."""
    from ._batches import Assessor

    assessor = Assessor(job, names)
    return (assessor.extended(batch.rename_columns(list(names))) for batch in batches)


def _on_dask(frame: Any, job: Job) -> Any:
    return frame.map_partitions(_on_pandas, job, meta=_on_pandas(frame._meta, job))


_ASSESSORS = {
    "pyarrow": _on_arrow,
    "polars": _on_polars,
    "lazy": _on_lazy,
    "pandas": _on_pandas,
    "duckdb": _on_duckdb,
    "_duckdb": _on_duckdb,
    "pyspark": _on_spark,
    "dask": _on_dask,
}
"""The function that assesses a table, by its library."""


def names_of(frame: Any) -> list[Any]:
    """Returns the names of the columns of a table of any kind."""
    assessor = _assessor_of(frame)
    if assessor is _on_arrow:
        return list(frame.schema.names)
    return list(frame.collect_schema().names() if assessor is _on_lazy else frame.columns)


def batches_of(frame: Any, names: Sequence[str]) -> Iterator[Any]:
    """Yields columns of a table of any kind as Arrow tables, in parts."""
    import pyarrow as pa

    assessor = _assessor_of(frame)
    if assessor is _on_arrow:
        batches = [frame] if isinstance(frame, pa.RecordBatch | pa.Table) else frame
        yield from (batch.select(names) for batch in batches)
    elif assessor in (_on_polars, _on_lazy):
        yield frame.lazy().select(names).collect().to_arrow()
    elif assessor is _on_pandas:
        yield _from_pandas(frame, names)
    elif assessor is _on_duckdb:
        yield from (batch.select(names) for batch in _reader(frame))
    elif assessor is _on_spark:
        yield frame.select([f"`{name}`" for name in names]).toArrow()
    else:
        for part in frame.partitions:
            yield _from_pandas(part.compute(), names)
