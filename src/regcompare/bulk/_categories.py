"""Columns of published categories, read as the facts that the categories tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.vocabulary import Category, normalised_name

Published = Mapping[str, Mapping[str, Category]]
"""Name of a column to the categories that it may hold, by their plain names."""


def filled(
    rows: Any, facts: Collection[str], published: Published, gaps: Collection[str]
) -> tuple[Any, dict[int, str]]:
    """Returns a batch with what its categories tell where a row states nothing itself.

    Args:
        rows: The batch.
        facts: The facts that the categories tell.
        published: The columns with their categories.
        gaps: Texts that say that nothing is stated.

    Returns:
        The batch, and why rows cannot be used whose category is not known, by their place.
    """
    columns = dict(zip(rows.schema.names, rows.columns, strict=True))
    columns |= {key: pa.nulls(len(rows), pa.string()) for key in facts if key not in columns}
    blank = pa.array(["", *gaps])
    wrong: dict[int, str] = {}
    for name, known in published.items():
        texts = _as_text(name, columns[name])
        found = [known.get(normalised_name(text or "")) for text in texts.to_pylist()]
        for place in pc.indices_nonzero(pc.invert(_says_nothing(texts, blank))).to_pylist():
            if found[place] is None:
                wrong[place] = _problem(name, texts[place].as_py(), known)
        for key in facts:
            told = pa.array([item.answers.get(key) if item else None for item in found], pa.string())
            own = _as_text(key, columns[key])
            columns[key] = pc.if_else(_says_nothing(own, blank), told, own)
    return pa.RecordBatch.from_pydict(columns), wrong


def _problem(name: str, text: str, known: Mapping[str, Category]) -> str:
    publishers = " or ".join(dict.fromkeys(item.publisher for item in known.values()))
    names = [item.name for item in known.values()]
    found = f"{text!r} in the column {name!r} is no category of {publishers}."
    return f"{found} Expected {'; '.join(names)}.{did_you_mean(nearest(text, names))}"


def _as_text(name: str, values: Any) -> Any:
    if pa.types.is_nested(values.type):
        raise UsageError(
            f"The column {name!r} holds lists; give it as text, to read it with categories."
        )
    return values.cast(pa.string())


def _says_nothing(texts: Any, blank: Any) -> Any:
    return pc.is_in(pc.utf8_trim_whitespace(pc.fill_null(texts, "")), blank)
