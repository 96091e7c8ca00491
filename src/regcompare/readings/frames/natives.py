"""What no common interface to data frames offers, engine by engine: three small things."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from regcompare.errors import UsageError

from .columns import as_text

__all__ = ["distinct_values", "is_list", "lists_as_text", "nullable_whole_numbers"]


def is_list(kind: Any) -> bool:
    """Whether a column of this narwhals type may hold lists."""
    return str(kind).startswith(("List", "Array", "Object"))


def is_dask(frame: object) -> bool:
    """Whether this is a Dask table, which is worked on part by part, each a pandas one."""
    return type(frame).__module__.partition(".")[0] in ("dask", "dask_expr")


# names -------------------------------------------------------------------------------------------


def with_plain_names(frame: Any) -> tuple[Any, dict[str, str]]:
    """Returns a frame whose names the engine does not misread, and each name with what stands for it.

    Spark takes a dot in a name for a field of a structure.
    """
    import narwhals as nw

    names = frame.collect_schema().names()
    if not frame.implementation.is_pyspark():
        return frame, {name: name for name in names}
    plain = {name: f"_column_{number}" for number, name in enumerate(names)}
    return nw.from_native(frame.to_native().toDF(*plain.values())), plain


def with_names(frame: Any, names: Sequence[str]) -> Any:
    """Gives the columns of a frame these names, in order."""
    import narwhals as nw

    return nw.from_native(frame.to_native().toDF(*names))


# distinct values -----------------------------------------------------------------------------------


def distinct_values(
    frame: Any, names: Sequence[str], most: int, parts: Any = None, lists: Collection[str] = ()
) -> dict[str, list[Any]]:
    """Returns the distinct values of each column, no more than so many of each.

    Polars, Dask and Spark read all columns together; the others answer one small query for each.

    Args:
        frame: A narwhals frame.
        names: The columns.
        most: How many values are returned at most.
        parts: The Dask table of which the frame only shows the columns.
        lists: The columns of that table which may hold lists.
    """
    if parts is not None:
        return _dask_values(parts, names, most, frozenset(lists))
    if frame.implementation.is_polars():
        return _polars_values(frame, names, most)
    if frame.implementation.is_pyspark():
        return _spark_values(frame, names, most)
    return {name: _values(frame, name, most) for name in names}


def _polars_values(frame: Any, names: Sequence[str], most: int) -> dict[str, list[Any]]:
    import polars as pl

    lazy = frame.to_native().lazy()
    found = pl.collect_all([lazy.select(pl.col(name).unique().head(most)) for name in names])
    return {name: one[name].to_list() for name, one in zip(names, found, strict=True)}


_SAMPLE, _FEW_VALUES = 1000, 8


def compared(frame: Any, names: Sequence[str], new_name: Callable[[], str]) -> tuple[Any, Compared]:
    """Adds to a frame of few texts the columns that compare them with each value that there is.

    To compare with a few values is faster than to gather all that there are, and the comparisons answer
    questions later on.  Other frames come back as they are.

    Args:
        frame: A narwhals frame.
        names: The columns that are asked about.
        new_name: Makes a name for a further column.

    Returns:
        The frame, and for each column of few texts its values with the columns that compare with them.
    """
    import narwhals as nw
    import polars as pl

    if not picks_words(frame):
        return frame, {}
    native = frame.to_native()
    early = {
        name: native[name].head(_SAMPLE).unique() for name in names if native.schema[name] == pl.String
    }
    few = {name: [value for value in values if value is not None] for name, values in early.items()}
    wanted = {
        name: {value: new_name() for value in values}
        for name, values in few.items()
        if 0 < len(values) <= _FEW_VALUES
    }
    columns = [
        (pl.col(name) == value).alias(new)
        for name, held in wanted.items()
        for value, new in held.items()
    ]
    made = native.select(columns)
    others = made.select(
        pl.any_horizontal(*held.values()).all().alias(name) for name, held in wanted.items()
    )
    kept = {name: held for name, held in wanted.items() if others[name][0]}
    done = native.hstack(made.select(new for held in kept.values() for new in held.values()))
    return nw.from_native(done), kept


Compared = Mapping[str, Mapping[Any, str]]
"""For columns of few texts their values, each with the column that tells where it stands."""


def _dask_values(
    parts: Any, names: Sequence[str], most: int, lists: frozenset[str]
) -> dict[str, list[Any]]:
    dask: Any = import_module("dask")
    if not names:
        return {}
    delayed = [dask.delayed(_values_of_part)(part, lists) for part in parts[list(names)].to_delayed()]
    found = dask.compute(*delayed)
    return {
        name: list(dict.fromkeys(value for part in found for value in part[name]))[:most]
        for name in names
    }


def _values_of_part(part: Any, lists: frozenset[str]) -> dict[str, list[Any]]:
    return {
        name: _told_apart(name, part[name].astype(object).map(_plain) if name in lists else part[name])
        for name in part
    }


def _told_apart(name: str, values: Any) -> list[Any]:
    """The distinct values of a pandas column.

    Raises:
        UsageError: It holds Python objects that cannot be told apart.
    """
    try:
        return list(dict.fromkeys(values.drop_duplicates()))
    except TypeError:
        msg = f"Column {name!r} holds lists or the like. Expected one answer in each row."
        raise UsageError(msg) from None


def _spark_values(frame: Any, names: Sequence[str], most: int) -> dict[str, list[Any]]:
    """Two jobs for all columns; one more for a column with very many values, to stop early."""
    sql: Any = import_module("pyspark.sql.functions")
    native = frame.to_native()
    if not names:
        return {}
    sizes = native.agg(*(sql.approx_count_distinct(name).alias(name) for name in names)).first()
    few = [name for name in names if sizes[name] <= most // 2]
    found = {name: _values(frame, name, most) for name in names if name not in few}
    if few:
        nulls = (sql.max(sql.col(name).isNull()).alias(f"{name}_null") for name in few)
        row = native.agg(*(sql.collect_set(name).alias(name) for name in few), *nulls).first()
        found |= {name: [*row[name], *([None] if row[f"{name}_null"] else [])] for name in few}
    return found


def _values(frame: Any, name: str, most: int) -> list[Any]:
    import narwhals as nw

    if frame.implementation.is_pandas_like():
        return _told_apart(name, frame.to_native()[name])[:most]
    if isinstance(frame, nw.DataFrame):
        return list(frame[name].unique().head(most).to_list())
    return list(frame.select(name).unique().head(most).collect()[name].to_list())


# lists ---------------------------------------------------------------------------------------------


def lists_as_text(frame: Any, names: Mapping[str, str]) -> Any:
    """Adds to a frame the text that columns of lists would be: ``wmd; terrorism``, or ``none``.

    Args:
        frame: A narwhals frame.
        names: For each column of lists the name of the column of text to add.
    """
    import narwhals as nw

    kind = frame.implementation
    joined = next((join for is_it, join in _JOINS.items() if getattr(kind, f"is_{is_it}")()), None)
    if joined is None:
        return frame
    return nw.from_native(joined(frame.to_native(), names))


def _joined_in_polars(native: Any, names: Mapping[str, str]) -> Any:
    import polars as pl

    def text(name: str) -> Any:
        members = pl.col(name).cast(pl.List(pl.String))
        return pl.when(members.list.len() == 0).then(pl.lit("none")).otherwise(members.list.join("; "))

    return native.with_columns(text(name).alias(new) for name, new in names.items())


def _joined_in_pandas(native: Any, names: Mapping[str, str]) -> Any:
    return native.assign(**{new: native[name].astype(object).map(_plain) for name, new in names.items()})


def _plain(value: Any) -> Any:
    is_members = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return as_text(value) if is_members else value


def _joined_in_pyarrow(native: Any, names: Mapping[str, str]) -> Any:
    import pyarrow as pa

    for name, new in names.items():
        values = [_plain(value) for value in native[name].to_pylist()]
        native = native.append_column(new, pa.array(values, pa.string()))
    return native


def _joined_in_duckdb(native: Any, names: Mapping[str, str]) -> Any:
    texts = [
        f"CASE WHEN len({_quoted(name)}) = 0 THEN 'none' "
        f"ELSE array_to_string({_quoted(name)}, '; ') END AS {_quoted(new)}"
        for name, new in names.items()
    ]
    return native.project(", ".join(["*", *texts]))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _joined_in_spark(native: Any, names: Mapping[str, str]) -> Any:
    sql: Any = import_module("pyspark.sql.functions")

    for name, new in names.items():
        members = native[f"`{name}`"]
        text = sql.when(sql.size(members) == 0, "none").otherwise(sql.array_join(members, "; "))
        native = native.withColumn(new, text)
    return native


def _joined_in_ibis(native: Any, names: Mapping[str, str]) -> Any:
    import ibis

    def text(name: str) -> Any:
        return ibis.ifelse(native[name].length() == 0, "none", native[name].join("; "))

    return native.mutate(**{new: text(name) for name, new in names.items()})


_JOINS: dict[str, Callable[[Any, Mapping[str, str]], Any]] = {
    "polars": _joined_in_polars,
    "pandas": _joined_in_pandas,
    "modin": _joined_in_pandas,
    "pyarrow": _joined_in_pyarrow,
    "duckdb": _joined_in_duckdb,
    "pyspark": _joined_in_spark,
    "ibis": _joined_in_ibis,
}


# words ---------------------------------------------------------------------------------------------


def picks_words(frame: Any) -> bool:
    """Whether words are picked by number, which is faster than to choose among texts."""
    import narwhals as nw

    return isinstance(frame, nw.DataFrame) and frame.implementation.is_polars()


def words_by_number(frame: Any, words: Mapping[str, Sequence[str]]) -> Any:
    """Replaces the numbers in columns by the words that they stand for.

    Args:
        frame: A narwhals frame for which ``picks_words`` is true.
        words: For each column its words; the number is the place of the word.
    """
    import narwhals as nw
    import polars as pl

    native = frame.to_native()

    def picked(name: str, listed: Sequence[str]) -> Any:
        if len(listed) == 1 and not native[name].null_count():
            return pl.lit(listed[0])
        return pl.lit(pl.Series(list(listed))).gather(pl.col(name))

    return nw.from_native(native.with_columns(picked(*item).alias(item[0]) for item in words.items()))


# whole numbers with nulls --------------------------------------------------------------------------


def is_exact_with_null(frame: Any) -> bool:
    """Whether whole numbers stay whole beside nulls; in pandas they become inexact."""
    return not frame.implementation.is_pandas_like()


def nullable_whole_numbers(frame: Any, names: Mapping[str, str]) -> Any:
    """Puts null into columns of whole numbers where a column of yes/no says so, in their nullable type.

    Args:
        frame: A narwhals frame for which ``is_exact_with_null`` is false.
        names: For each column of numbers the column that says where there is one.
    """
    import narwhals as nw

    native = frame.to_native()
    kept = {name: native[name].astype("Int64").where(native[there]) for name, there in names.items()}
    return nw.from_native(native.assign(**kept))
