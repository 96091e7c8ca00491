"""Rows that stand for many: the column that says for how many."""

from __future__ import annotations

import re
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

MOST: Final = 10**12
"""A row stands for no more than this, so that the sums of a table can be held."""

_WHOLE: Final = re.compile(r"(\d+)(?:\.0+)?")
"""A whole number; some libraries write one beside gaps with a point and a nought."""


def weights_of(rows: Any, name: str | None) -> tuple[Any, dict[int, str]]:
    """Returns for how many each row stands, and what is wrong with rows that do not say, by their place.

    Args:
        rows: An Arrow table or record batch.
        name: The column that says it, in whole numbers of at least 0; None where each stands for one.
    """
    if name is None:
        return pa.repeat(1, rows.num_rows), {}
    values = rows[name]
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    coded = whole if isinstance(whole, pa.DictionaryArray) else whole.dictionary_encode()
    read = pa.array([_weight(value) for value in coded.dictionary.to_pylist()], pa.int64())
    weights = read.take(coded.indices)
    places = pc.indices_nonzero(pc.is_null(weights))
    held = coded.take(places).to_pylist()
    told = {place: _problem(name, value) for place, value in zip(places.to_pylist(), held, strict=True)}
    return pc.fill_null(weights, 0), told


def _weight(value: Any) -> int | None:
    """The whole number that a value is, if it is one."""
    found = None if isinstance(value, bool) else _WHOLE.fullmatch(str(value).strip())
    weight = int(found[1]) if found else None
    return None if weight is None or weight > MOST else weight


def _problem(name: str, value: Any) -> str:
    text = "" if value is None else str(value).strip()
    found = f"{text!r} is no weight" if text else "No weight is stated"
    return (
        f"{found} in the column {name!r}. Expected for how many the row stands: a whole number from 0 "
        f"to {MOST}, without marks between thousands."
    )
