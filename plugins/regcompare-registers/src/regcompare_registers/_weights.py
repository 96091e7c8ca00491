"""Weights: a column that says how many cases each row represents."""

from __future__ import annotations

import re
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

MOST: Final = 10**12
"""The largest weight of a row, so that sums stay within 64 bits."""

_WHOLE: Final = re.compile(r"(\d+)(?:\.0+)?")
"""A whole number; in a column with nulls, some libraries write it as ``3.0``."""


def weights_of(rows: Any, name: str | None) -> tuple[Any, dict[int, str]]:
    """Returns the weight of each row, and the problems of rows without one, by row index.

    Args:
        rows: An Arrow table or record batch.
        name: The column of weights, whole numbers of at least 0; None where each row counts as one.
    """
    if name is None:
        return pa.repeat(1, rows.num_rows), {}
    values = rows[name]
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    dictionary = array if isinstance(array, pa.DictionaryArray) else array.dictionary_encode()
    weights_of_values = pa.array(
        [_weight(value) for value in dictionary.dictionary.to_pylist()], pa.int64()
    )
    weights = weights_of_values.take(dictionary.indices)
    indices = pc.indices_nonzero(pc.is_null(weights))
    values_without = dictionary.take(indices).to_pylist()
    problems = {
        place: _problem(name, value)
        for place, value in zip(indices.to_pylist(), values_without, strict=True)
    }
    return pc.fill_null(weights, 0), problems


def _weight(value: Any) -> int | None:
    """The whole number that a value is, if it is one."""
    match = None if isinstance(value, bool) else _WHOLE.fullmatch(str(value).strip())
    weight = int(match[1]) if match else None
    return None if weight is None or weight > MOST else weight


def _problem(name: str, value: Any) -> str:
    text = "" if value is None else str(value).strip()
    found = f"{text!r} is no weight" if text else "No weight is stated"
    return (
        f"{found} in the column {name!r}. Expected for how many the row stands: a whole number from 0 "
        f"to {MOST}, without marks between thousands."
    )
