"""Columns of published categories, read as the facts that the categories imply."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.vocabulary import Category, normalised_name

from ._planes import texts_of

Published = Mapping[str, Mapping[str, Category]]
"""The categories that each column may hold, by their plain names."""


def fill_from_categories(
    rows: Any, facts: Collection[str], categories_by_column: Published, null_values: Collection[str]
) -> tuple[Any, dict[int, str]]:
    """Returns a batch with the facts that its categories imply, in rows that do not state them.

    Args:
        rows: The batch.
        facts: The facts that the categories imply.
        categories_by_column: The columns with their categories.
        null_values: Texts that mean that nothing is stated.

    Returns:
        The batch, and the problems of rows with an unknown category, by row index.
    """
    if not categories_by_column:
        return rows, {}
    columns = dict(zip(rows.schema.names, rows.columns, strict=True))
    columns |= {key: pa.nulls(len(rows), pa.string()) for key in facts if key not in columns}
    blank = texts_of(["", *null_values])
    problems: dict[int, str] = {}
    for name, categories in categories_by_column.items():
        texts = _as_text(name, columns[name])
        matches = [categories.get(normalised_name(text or "")) for text in texts.to_pylist()]
        for place in pc.indices_nonzero(pc.invert(_is_null(texts, blank))).to_pylist():
            if matches[place] is None:
                problems[place] = _problem(name, texts[place].as_py(), categories)
        for key in facts:
            category_answers = texts_of([item.answers.get(key) if item else None for item in matches])
            stated = _as_text(key, columns[key])
            columns[key] = pc.if_else(_is_null(stated, blank), category_answers, stated)
    return pa.RecordBatch.from_pydict(columns), problems


def _problem(name: str, text: str, categories: Mapping[str, Category]) -> str:
    publishers = " or ".join(dict.fromkeys(item.publisher for item in categories.values()))
    names = [item.name for item in categories.values()]
    found = f"{text!r} in the column {name!r} is no category of {publishers}."
    return f"{found} Expected {'; '.join(names)}.{did_you_mean(nearest(text, names))}"


def _as_text(name: str, values: Any) -> Any:
    if pa.types.is_nested(values.type):
        raise UsageError(
            f"The column {name!r} holds lists; give it as text, to read it with categories."
        )
    return values.cast(pa.string())


def _is_null(texts: Any, blank: Any) -> Any:
    return pc.is_in(pc.utf8_trim_whitespace(pc.fill_null(texts, "")), blank)
