"""The values of a column as answers, with the rows that give them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, Final

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN, AnswerError, Fact, MemberSet

from ._planes import arrow_of, planes_by_value
from .columns import plain_answer, read_value

INVALID: Final = object()
"""What stands for the answer of a value that is none."""

MOST_CACHED: Final = 100_000
"""How many distinct values are cached with their answers; then the cache is cleared."""


@attrs.define(eq=False)
class Column:
    """One column of a table; each distinct value is read once.

    Attributes:
        name: Its name.
        fact: The fact that reads its values.
        signature: A function with equal values for answers that no condition distinguishes.
        null_values: Texts that mean that nothing is stated.
        words: The answers that its own words mean.
        asked: The codes that conditions ask about, if it holds codes.
        bare: Entries in it without a sub-paragraph of which conditions ask about one, with that.
        read_as: What was read as an answer though it is written otherwise; None where nothing is.
        errors: The errors in invalid values of the last batch.
    """

    name: str
    fact: Fact
    signature: Callable[[Any], Hashable]
    null_values: Collection[str] = ()
    words: Mapping[str, str] = attrs.field(factory=dict)
    asked: Collection[str] = ()
    bare: dict[str, str] = attrs.field(factory=dict)
    read_as: dict[str, str] | None = None
    errors: dict[Any, AnswerError] = attrs.field(factory=dict)
    _cached: dict[Any, Any] = attrs.field(factory=dict)
    _by_signature: dict[Hashable, Any] = attrs.field(factory=dict)

    def read(self, values: Any) -> dict[Any, int]:
        """Returns the answers in an Arrow array, each with the plane of the rows that give it.

        Of answers that no condition distinguishes one stands for all.
        """
        self.errors = {}
        if len(self._cached) > MOST_CACHED:
            self._cached.clear()
        encoded = _as_scalars(self.name, self.fact, values)
        if not isinstance(encoded, pa.DictionaryArray):
            encoded = encoded.dictionary_encode()
        answers: dict[Any, int] = {None: 0}
        numbers = [
            answers.setdefault(self._answer(value), len(answers))
            for value in encoded.dictionary.to_pylist()
        ]
        places = pc.fill_null(encoded.indices, len(numbers)).to_numpy()
        of_rows = np.array([*numbers, 0], np.min_scalar_type(len(answers)))[places]
        planes = zip(answers, planes_by_value(of_rows, len(answers)), strict=True)
        return {answer: plane for answer, plane in planes if answer is not None and plane}

    def _answer(self, value: Any) -> Any:
        if value not in self._cached:
            try:
                is_null = isinstance(value, str) and value.strip() in self.null_values
                answer = None if is_null else read_value(self.fact, self._word(value))
            except AnswerError as error:
                self.errors[value] = error
                return INVALID
            self._note_bare(answer)
            if answer is not None and answer is not UNKNOWN:
                answer = self._by_signature.setdefault(self.signature(answer), answer)
            self._cached[value] = answer
        return self._cached[value]

    def _note_bare(self, answer: Any) -> None:
        for code in answer.known | answer.open if self.asked and isinstance(answer, MemberSet) else ():
            if below := [asked for asked in self.asked if asked.startswith(f"{code}.")]:
                self.bare[code] = min(below)

    def _word(self, value: Any) -> Any:
        """What a value means: its own word for an answer, a country's name, a code spelt otherwise."""
        if (word := str(value).strip()) in self.words:
            return self.words[word]
        if self.read_as is None or not isinstance(value, str):
            return value
        meant = plain_answer(self.fact, word)
        return value if meant == word else self.read_as.setdefault(word, meant)

    def problems(self, values: Any, rows: Any) -> list[AnswerError]:
        """Returns the errors in these rows, whose values are invalid."""
        invalid = _as_scalars(self.name, self.fact, values).take(arrow_of(rows)).to_pylist()
        return [self.errors[value] for value in invalid]


# kinds of columns ------------------------------------------------------------------------------------


def _as_scalars(name: str, fact: Fact, values: Any) -> Any:
    """A column as an array of texts, days, booleans or numbers; lists of members as text."""
    kind = values.type
    if is_list(kind):
        if not fact.is_set:
            raise UsageError(
                f"Column {name!r} contains lists or similar. Expected one answer in each row."
            )
        return _lists_as_text(name, values)
    is_kind = pa.types
    inner = kind.value_type if is_kind.is_dictionary(kind) else kind
    holds_times = is_kind.is_time(inner) or is_kind.is_duration(inner) or is_kind.is_interval(inner)
    if is_kind.is_nested(inner) or "binary" in str(inner) or holds_times:
        raise UsageError(
            f"Column {name!r} holds {inner}. Expected answers as text, or yes/no, days or lists of "
            "members; convert the column first."
        )
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(values) if kind.tz else values
        return local.cast(pa.timestamp("s"), safe=False).cast(pa.date32(), safe=False)
    if pa.types.is_boolean(kind):
        return pa.DictionaryArray.from_arrays(values.cast(pa.int8()), _NO_OR_YES)
    if pa.types.is_null(kind):
        return values.cast(pa.string())
    return values.cast(pa.string()) if pa.types.is_string_view(kind) else values


_NO_OR_YES: Final = pa.array([False, True])


def is_list(kind: Any) -> bool:
    """Whether an Arrow type is one of lists."""
    types = pa.types
    views = (types.is_list_view(kind), types.is_large_list_view(kind))
    return any((types.is_list(kind), types.is_large_list(kind), types.is_fixed_size_list(kind), *views))


def _lists_as_text(name: str, values: Any) -> Any:
    inner = values.type.value_type
    if pa.types.is_nested(inner):
        raise UsageError(
            f"Column {name!r} holds structures or lists of lists. Expected lists of members, or text."
        )
    return members_as_text(values)


def members_as_text(values: Any) -> Any:
    """Returns an Arrow array of lists as text, in the form of a column of members."""
    lists = values.cast(pa.list_(pa.string()))
    lists = pc.if_else(pc.is_null(lists), None, lists)
    text = pc.binary_join(lists, "; ")
    return pc.if_else(pc.equal(pc.list_value_length(lists), 0), "none", text)
