"""Rulesets over a table that is held by another library, and what comes back: a table of the same kind.

Each kind of table has one way to Arrow record batches and back.  Only the columns that rulesets ask
about make the way; all others stay where they are.
"""

from __future__ import annotations

import datetime as dt
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
    """Puts every row of a table under rulesets; each comes to what ``assess`` says of the same facts.

    Args:
        frame: A table of polars (eager or lazy), pandas, pyarrow, DuckDB, PySpark or Dask.  A fact is
            a column with its key as its name; see the documentation of the package.
        rulesets: One ruleset or several.
        as_of: The day whose law is applied; ``scenario`` for the day of each row's facts; by default
            each ruleset's reference date.
        readings: Readings of doubtful texts, by id, for all rows.
        presume: ``ordinary`` to presume the answers of an ordinary transaction in all rows; by default
            a column ``presume`` decides, row by row.
        presumed: Answers to presume in all rows where a column says nothing, by the key of the fact.
        discretion: How powers were used, by id, in rows where no column says it.
        on_bad: Whether a value that is no answer stops everything (``raise``), or counts as unknown and
            is named in the column ``problem`` (``mark``).

    Returns:
        A table of the same kind (of DuckDB an Arrow table, which DuckDB reads) with further columns for
        each ruleset ``ID``, all of them text: ``ID.low`` and ``ID.high`` (null where there
        is no outcome), ``ID.in_scope`` and ``ID.in_force`` (yes, no or unknown), ``ID.holds`` and
        ``ID.open`` (ids of rules, as a column of sets holds members); then ``contradiction``, true where
        the facts of a row contradict each other and it has no result, and ``problem``, why a row could
        not be used as it stands.

    Raises:
        UsageError: Something asked for does not exist, or values of columns are no answers.
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
    return _way(frame)(frame, job)


def _way(frame: Any) -> Any:
    library = type(frame).__module__.partition(".")[0]
    kind = "lazy" if type(frame).__name__ == "LazyFrame" else library.removesuffix("_expr")
    if kind not in _WAYS:
        raise UsageError(
            f"{type(frame).__name__} is not a table that can be read. Expected one of polars, pandas, "
            "pyarrow, DuckDB, PySpark or Dask. Columns in a dictionary, such as those of frame_rows, "
            "become one with polars.DataFrame(columns) or pyarrow.table(columns)."
        )
    return _WAYS[kind]


def _added(job: Job, table: Any) -> Any:
    """The columns that are added to an Arrow table, as one."""
    import pyarrow as pa

    from ._batches import ROWS, Assessor

    assessor = Assessor(job, table.column_names)
    batches = table.to_batches(max_chunksize=ROWS)
    empty = assessor.schema(pa.schema([])).empty_table()
    return pa.Table.from_batches(map(assessor.added, batches), empty.schema) if batches else empty


def _needed(job: Job, names: Sequence[Any]) -> list[Any]:
    """The columns that are read."""
    from ._batches import Assessor

    job.refuse_taken(names, job.added)
    return Assessor(job, [name for name in names if isinstance(name, str)]).names


def _on_arrow(table: Any, job: Job) -> Any:
    import pyarrow as pa

    from ._batches import Assessor

    if not isinstance(table, pa.Table):
        job.refuse_taken(table.schema.names, job.added)
    if isinstance(table, pa.RecordBatch):
        return Assessor(job, table.schema.names).whole(table)
    if isinstance(table, pa.RecordBatchReader):
        assessor = Assessor(job, table.schema.names)
        return pa.RecordBatchReader.from_batches(
            assessor.schema(table.schema), map(assessor.whole, table)
        )
    # Where no column is read one is taken, so that rows stay counted.
    added = _added(job, table.select(_needed(job, table.column_names) or table.column_names[:1]))
    for name in added.column_names:
        table = table.append_column(name, added[name])
    return table


def _on_polars(frame: Any, job: Job) -> Any:
    import polars as pl

    needed = _needed(job, frame.columns) or frame.columns[:1]
    added: Any = pl.from_arrow(_added(job, frame.select(needed).to_arrow()))
    return frame.hstack(added.get_columns())


def _on_lazy(frame: Any, job: Job) -> Any:
    """A lazy polars table stays one; what is asked of it is checked at once."""
    import polars as pl

    schema = frame.collect_schema()
    _needed(job, schema.names())
    kinds = {name: pl.String() for name in job.added} | {"contradiction": pl.Boolean()}
    return frame.map_batches(
        lambda part: _on_polars(part, job), schema={**schema, **kinds}, streamable=True
    )


def _on_pandas(frame: Any, job: Job) -> Any:
    import pandas as pd

    needed = _needed(job, list(frame.columns))
    added = _added(job, _from_pandas(frame, needed)).to_pandas()
    return pd.concat([frame, added.set_axis(frame.index)], axis=1)


def _from_pandas(frame: Any, names: Sequence[str]) -> Any:
    """Columns of a pandas table as Arrow; of Python objects of several kinds as text."""
    import pyarrow as pa

    from .columns import as_text

    def plain(value: Any) -> Any:
        is_members = isinstance(value, Iterable) and not isinstance(value, str | bytes)
        text = as_text(value) if is_members else str(value)
        return None if value is None or value != value else text  # noqa: PLR0124 - NaN, NaT

    def column(name: str) -> Any:
        try:
            return pa.Array.from_pandas(frame[name])
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            return pa.array([plain(value) for value in frame[name]], pa.string())

    columns = {name: column(name) for name in names}
    return pa.table(columns or {"none": pa.nulls(len(frame))})


def _on_duckdb(relation: Any, job: Job) -> Any:
    return _on_arrow(_reader(relation), job).read_all()


def _reader(relation: Any) -> Any:
    """A DuckDB relation as a stream; the method has had several names, this one is the newest."""
    from ._batches import ROWS

    read = getattr(relation, "to_arrow_reader", None) or relation.fetch_record_batch
    return read(ROWS)


def _on_spark(frame: Any, job: Job) -> Any:
    kinds: Any = import_module("pyspark.sql.types")
    _needed(job, frame.columns)
    fields = [
        kinds.StructField(name, kinds.BooleanType() if name == "contradiction" else kinds.StringType())
        for name in job.added
    ]

    names = list(frame.columns)

    def on_parts(batches: Iterable[Any]) -> Iterator[Any]:
        from .frames import whole_batches

        return whole_batches(job, names, batches)

    plain = frame.toDF(*(f"column_{place}" for place in range(len(names))))  # A dot would be a field's.
    return plain.mapInArrow(on_parts, kinds.StructType([*frame.schema.fields, *fields]))


def whole_batches(job: Job, names: Sequence[str], batches: Iterable[Any]) -> Iterator[Any]:
    """Yields batches, whose columns have these names, with the columns that are added."""
    from ._batches import Assessor

    assessor = Assessor(job, names)
    return (assessor.whole(batch.rename_columns(list(names))) for batch in batches)


def _on_dask(frame: Any, job: Job) -> Any:
    return frame.map_partitions(_on_pandas, job, meta=_on_pandas(frame._meta, job))


_WAYS = {
    "pyarrow": _on_arrow,
    "polars": _on_polars,
    "lazy": _on_lazy,
    "pandas": _on_pandas,
    "duckdb": _on_duckdb,
    "_duckdb": _on_duckdb,
    "pyspark": _on_spark,
    "dask": _on_dask,
}
"""What is done with a table, by the library that it is of."""


def names_of(frame: Any) -> list[Any]:
    """Returns the names of the columns of a table of any kind."""
    way = _way(frame)
    if way is _on_arrow:
        return list(frame.schema.names)
    return list(frame.collect_schema().names() if way is _on_lazy else frame.columns)


def batches_of(frame: Any, names: Sequence[str]) -> Iterator[Any]:
    """Yields columns of a table of any kind as Arrow tables, piece by piece."""
    import pyarrow as pa

    way = _way(frame)
    if way is _on_arrow:
        batches = [frame] if isinstance(frame, pa.RecordBatch | pa.Table) else frame
        yield from (batch.select(names) for batch in batches)
    elif way in (_on_polars, _on_lazy):
        yield frame.lazy().select(names).collect().to_arrow()
    elif way is _on_pandas:
        yield _from_pandas(frame, names)
    elif way is _on_duckdb:
        yield from (batch.select(names) for batch in _reader(frame))
    elif way is _on_spark:
        yield frame.select([f"`{name}`" for name in names]).toArrow()
    else:
        for part in frame.partitions:
            yield _from_pandas(part.compute(), names)
