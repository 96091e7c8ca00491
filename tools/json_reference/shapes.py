"""The shape of JSON output: its fields, the kinds of their values, and which may be absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

KINDS: dict[type, str] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "true or false",
    type(None): "null",
}


@attrs.frozen
class Field:
    """A field as the reference lists it.

    Attributes:
        path: Its path, such as ``rules[].id``.
        kinds: The kinds of its values, in words.
        is_absent: Whether it is sometimes absent.
    """

    path: str
    kinds: tuple[str, ...]
    is_absent: bool


@attrs.define
class Shape:
    """The shape of the values at one path.

    Attributes:
        objects: The number of objects.
        values: The number of values.
        kinds: The kinds of the plain values, in order of first occurrence.
        fields: The shapes of the fields of the objects.
        item: The shape of the members of the lists, or None where there was no list.
    """

    objects: int = 0
    values: int = 0
    kinds: dict[str, None] = attrs.field(factory=dict)
    fields: dict[str, Shape] = attrs.field(factory=dict)
    item: Shape | None = None

    def add(self, value: Any) -> None:
        """Adds a value."""
        self.values += 1
        if isinstance(value, dict):
            self.objects += 1
            for name, part in value.items():
                self.fields.setdefault(name, Shape()).add(part)
        elif isinstance(value, list):
            self.item = self.item or Shape()
            for part in value:
                self.item.add(part)
        else:
            self.kinds[KINDS[type(value)]] = None

    def described_fields(self, keys: Callable[[str], str | None], path: str = "") -> Iterator[Field]:
        """Yields the fields, each before those inside it.

        Args:
            keys: Returns what the names in the object at a path represent, where they are not fields;
                blank where the object is described elsewhere.
            path: The path of this shape.
        """
        for name, part in self.fields.items():
            field_path = f"{path}.{name}" if path else name
            names = keys(field_path)
            yield Field(field_path, tuple(part.words(names)), part.values < self.objects)
            if names is None:
                yield from part.described_fields(keys, field_path)
        if self.item is not None:
            yield from self.item.described_fields(keys, f"{path}[]")

    def words(self, names: str | None = None) -> Iterator[str]:
        """Yields the kinds of values, in words; null comes last."""
        if self.item is not None:
            inner = " or ".join(self.item.words())
            yield "list of objects" if inner == "object" else f"list of {inner}" if inner else "list"
        if self.objects or names is not None:
            yield f"object: for each {names}, {self._each()}" if names else "object"
        yield from sorted(self.kinds, key=lambda kind: kind == "null")

    def _each(self) -> str:
        """The kinds of the values of an object, whatever their names."""
        kinds = dict.fromkeys(word for part in self.fields.values() for word in part.words())
        return " or ".join(sorted(kinds, key=lambda kind: kind == "null"))
