"""Assesses a table of another library under rulesets, and returns a table of the same kind.

Each kind of table is converted to Arrow record batches and back.  Only the columns that rulesets ask
about are converted.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from regcompare.errors import UsageError, needs_extra
from regcompare.ruleset.ruleset import Ruleset

if TYPE_CHECKING:
    from ._batches import Job


def assess_frame(frame: Any, rulesets: Ruleset | Iterable[Ruleset], **options: Any) -> Any:
    """Assesses every row of a table under rulesets, with the results of ``assess`` on the same facts.

    Args:
        frame: A table of polars (eager or lazy), pandas, pyarrow, DuckDB, PySpark or Dask, or any other
            with the Arrow PyCapsule interface.  A fact is a column named by its key; see the
            documentation of the package.
        rulesets: One ruleset or several.
        options: How rows are read, and under which law: ``TableOptions``.

    Returns:
        A table of the same kind (for DuckDB and others an Arrow table, which DuckDB reads) with further
        columns for each ruleset ``ID``: ``ID.low`` and ``ID.high``, categories in the order of severity
        (null where there is no outcome); ``ID.class``; ``ID.needs_licence``, ``ID.must_be_refused``,
        ``ID.in_scope`` and ``ID.in_force`` (yes, no or unknown); ``ID.holds`` and ``ID.open`` (ids of
        rules, in the form of a column of sets); then ``contradiction``, true where the facts of a row
        contradict each other and it has no result, and ``problem``, why a row could not be used as it
        is.  Spark has no categories, and gets text.

    Raises:
        UsageError: An argument is not valid, or a column contains invalid values.
    """
    with needs_extra("frames"):
        from ._batches import job_of
    return _assessor_of(frame)(frame, job_of(rulesets, **options))


def _assessor_of(frame: Any) -> Any:
    library = type(frame).__module__.partition(".")[0]
    kind = "lazy" if type(frame).__name__ == "LazyFrame" else library.removesuffix("_expr")
    if kind in _ASSESSORS:
        return _ASSESSORS[kind]
    if hasattr(frame, "__arrow_c_stream__"):
        return _on_stream
    raise _no_table(frame)


def _no_table(frame: Any) -> UsageError:
    return UsageError(
        f"{type(frame).__name__} is not a table that can be read. Expected one of polars, pandas, "
        "pyarrow, DuckDB, PySpark or Dask, or another with the Arrow PyCapsule interface. Columns in a "
        "dictionary become one with polars.DataFrame(columns) or pyarrow.table(columns)."
    )


def _added(job: Job, names: Sequence[Any], select: Callable[[list[Any]], Any]) -> Any:
    """The columns that are added to a table, as an Arrow table.

    Args:
        job: How it is to be assessed.
        names: The names of its columns.
        select: Returns some of its columns as an Arrow table.
    """
    import pyarrow as pa

    from ._batches import ROWS, Assessor

    job.refuse_added_names(names, job.added_columns)
    read = Assessor(job, [name for name in names if isinstance(name, str)]).names
    table = select(read or list(names[:1]))  # One column, if only to keep the number of rows.
    assessor = Assessor(job, table.column_names)
    schema = assessor.schema(pa.schema([]))
    results = (
        pa.RecordBatch.from_arrays(list(assessor.assess(batch).columns.values()), schema=schema)
        for batch in table.to_batches(max_chunksize=ROWS)
        or [
            pa.RecordBatch.from_arrays(
                [pa.nulls(0, kind) for kind in table.schema.types], schema=table.schema
            )
        ]
    )
    return pa.Table.from_batches(results, schema).unify_dictionaries()


def _on_arrow(table: Any, job: Job) -> Any:
    import pyarrow as pa

    from ._batches import Assessor

    if isinstance(table, pa.Table):
        results = _added(job, table.column_names, table.select)
        for name in results.column_names:
            table = table.append_column(results.schema.field(name), results[name])
        return table
    job.refuse_added_names(table.schema.names, job.added_columns)
    assessor = Assessor(job, table.schema.names)
    if isinstance(table, pa.RecordBatch):
        return assessor.extended(table)
    batches = map(assessor.extended, table)
    return pa.RecordBatchReader.from_batches(assessor.schema(table.schema), batches)


def arrow_of_frame(frame: Any) -> Any:
    """Returns a table of another library as an Arrow table.

    Raises:
        UsageError: It does not hand over its columns.
    """
    import pyarrow as pa

    if type(frame).__module__.partition(".")[0] == "pandas":
        return _from_pandas(frame, list(frame.columns))
    if not hasattr(frame, "__arrow_c_stream__"):
        raise _no_table(frame)
    table = pa.RecordBatchReader.from_stream(frame).read_all()
    kinds = (pa.string() if pa.types.is_string_view(kind) else kind for kind in table.schema.types)
    return table.cast(pa.schema(zip(table.column_names, kinds, strict=True)))


def _on_stream(frame: Any, job: Job) -> Any:
    """A table of any library that hands it over through the Arrow PyCapsule interface, as Arrow."""
    import pyarrow as pa

    return _on_arrow(pa.RecordBatchReader.from_stream(frame), job).read_all()


def _on_polars(frame: Any, job: Job) -> Any:
    import polars as pl

    results = _added(job, frame.columns, lambda names: frame.select(names).to_arrow())
    return frame.hstack(pl.DataFrame(results).get_columns())


def _on_lazy(frame: Any, job: Job) -> Any:
    """A lazy polars table stays lazy; its columns are checked at once."""
    schema = frame.collect_schema()
    added = _on_polars(schema.to_frame(), job).schema
    return frame.map_batches(lambda part: _on_polars(part, job), schema=added, streamable=True)


def _on_pandas(frame: Any, job: Job) -> Any:
    import pandas as pd

    results = _added(job, list(frame.columns), lambda names: _from_pandas(frame, names)).to_pandas()
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


def _on_spark(frame: Any, job: Job) -> Any:
    """Spark has no categories; its workers give text."""
    kinds: Any = import_module("pyspark.sql.types")
    pickle.dumps(job)  # A ruleset that workers cannot find is refused here, in our words.
    names = list(frame.columns)
    job.refuse_added_names(names, job.added_columns)
    fields = [
        kinds.StructField(name, kinds.BooleanType() if name == "contradiction" else kinds.StringType())
        for name in job.added_columns
    ]

    def on_parts(batches: Iterable[Any]) -> Iterator[Any]:
        from .frames import plain_batches

        return plain_batches(job, names, batches)

    # A dot in a name would be a field's.
    renamed = frame.toDF(*(f"column_{place}" for place in range(len(names))))
    return renamed.mapInArrow(on_parts, kinds.StructType([*frame.schema.fields, *fields]))


def plain_batches(job: Job, names: Sequence[str], batches: Iterable[Any]) -> Iterator[Any]:
    """Yields batches, whose columns have these names, with the columns that are added, as text."""
    import pyarrow as pa

    from ._batches import Assessor

    assessor = Assessor(job, names)
    for batch in batches:
        extended = assessor.extended(batch.rename_columns(list(names)))
        decoded = (
            column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
            for column in extended.columns
        )
        yield pa.RecordBatch.from_arrays(list(decoded), extended.schema.names)


def _on_dask(frame: Any, job: Job) -> Any:
    return frame.map_partitions(_on_pandas, job, meta=_on_pandas(frame._meta, job))


_ASSESSORS = {
    "pyarrow": _on_arrow,
    "polars": _on_polars,
    "lazy": _on_lazy,
    "pandas": _on_pandas,
    "pyspark": _on_spark,
    "dask": _on_dask,
}
"""The function that assesses a table, by its library; DuckDB hands over Arrow, as others do."""
