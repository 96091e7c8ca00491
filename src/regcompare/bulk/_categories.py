"""Columns of published categories, read as the facts that the categories tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError, did_you_mean, nearest
from regcompare.vocabulary import Category, Vocabulary

__all__ = ["Categories"]


class Categories:
    """Reads the columns of a register that hold published categories.

    Args:
        given: Name of a column to the publisher of its categories, or to several with commas between.
        vocabulary: What knows the categories.
        gaps: Texts that say that nothing is stated.

    Attributes:
        facts: The facts that some category of these publishers tells.

    Raises:
        UsageError: There is no such publisher, of which the text names the nearest; or two that are
            given mean other things by one category.
    """

    def __init__(
        self, given: Mapping[str, str], vocabulary: Vocabulary, gaps: Collection[str] = ()
    ) -> None:
        self._columns = {column: _joined(names, vocabulary) for column, names in given.items()}
        self._blank = pa.array(["", *gaps])
        held = [item for known in self._columns.values() for item in known.values()]
        told = {key for item in held for key in item.answers}
        self.facts = tuple(key for key in vocabulary.by_key if key in told)

    def filled(self, rows: Any) -> tuple[Any, dict[int, str]]:
        """Returns a batch with what its categories tell where a row states nothing itself.

        Returns:
            The batch, and why rows cannot be used whose category is not known, by their place.
        """
        columns = dict(zip(rows.schema.names, rows.columns, strict=True))
        columns |= {key: pa.nulls(len(rows), pa.string()) for key in self.facts if key not in columns}
        wrong: dict[int, str] = {}
        for name, known in self._columns.items():
            found, unknown = _read(name, columns[name], known, self._blank)
            wrong |= unknown
            for key in dict.fromkeys(key for item in known.values() for key in item.answers):
                told = pa.array([item.answers.get(key) if item else None for item in found], pa.string())
                own = _as_text(key, columns[key])
                columns[key] = pc.if_else(_says_nothing(own, self._blank), told, own)
        return pa.RecordBatch.from_pydict(columns), wrong


def _joined(publishers: str, vocabulary: Vocabulary) -> dict[str, Category]:
    """The categories of one publisher, or of several."""
    joined: dict[str, Category] = {}
    for publisher in map(str.strip, publishers.split(",")):
        for name, item in _published(publisher, vocabulary).items():
            other = joined.setdefault(name, item)
            if other.answers != item.answers:
                both = f"{other.publisher} and {publisher}"
                cure = "Expected one publisher for each name; give each a column of its own."
                raise UsageError(f"{item.name!r} is a category of {both}, and tells other facts. {cure}")
    return joined


def _published(publisher: str, vocabulary: Vocabulary) -> dict[str, Category]:
    """The categories of a publisher, by their plain names."""
    known = {_plain(item.name): item for item in vocabulary.categories if item.publisher == publisher}
    if not known:
        names = dict.fromkeys(item.publisher for item in vocabulary.categories)
        hint = did_you_mean(nearest(publisher, names)) or f" There are {', '.join(names) or 'none'}."
        raise UsageError(f"No categories of a publisher {publisher!r} are known.{hint}")
    return known


def _read(
    name: str, values: Any, known: Mapping[str, Category], blank: Any
) -> tuple[list[Category | None], dict[int, str]]:
    """The category of each row, and what is wrong with rows that hold another text."""
    texts = _as_text(name, values)
    found = [known.get(_plain(text or "")) for text in texts.to_pylist()]
    says_nothing = _says_nothing(texts, blank).to_pylist()
    wrong = {
        place: _problem(name, texts[place].as_py(), known)
        for place, item in enumerate(found)
        if item is None and not says_nothing[place]
    }
    return found, wrong


def _problem(name: str, text: str, known: Mapping[str, Category]) -> str:
    publishers = " or ".join(dict.fromkeys(item.publisher for item in known.values()))
    names = [item.name for item in known.values()]
    found = f"{text!r} in the column {name!r} is no category of {publishers}."
    return f"{found} Expected {'; '.join(names)}.{did_you_mean(nearest(text, names))}"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _as_text(name: str, values: Any) -> Any:
    if pa.types.is_nested(values.type):
        raise UsageError(
            f"The column {name!r} holds lists; give it as text, to read it with categories."
        )
    return values.cast(pa.string())


def _says_nothing(texts: Any, blank: Any) -> Any:
    return pc.is_in(pc.utf8_trim_whitespace(pc.fill_null(texts, "")), blank)
