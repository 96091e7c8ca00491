"""The shape of what a command prints: which fields there are, what they hold, which may be absent."""

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
        path: Where it stands, such as ``rules[].id``.
        kinds: What it holds.
        is_absent: Whether it is left out at times.
    """

    path: str
    kinds: tuple[str, ...]
    is_absent: bool


@attrs.define
class Shape:
    """What was seen at one place.

    Attributes:
        objects: How many objects stood there.
        seen: How many values stood there.
        kinds: The kinds of the plain values, in the order in which they were met.
        fields: What their fields hold.
        item: What the members of lists hold; None where no list was seen.
    """

    objects: int = 0
    seen: int = 0
    kinds: dict[str, None] = attrs.field(factory=dict)
    fields: dict[str, Shape] = attrs.field(factory=dict)
    item: Shape | None = None

    def add(self, value: Any) -> None:
        """Takes in one more value."""
        self.seen += 1
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

    def told(self, keys: Callable[[str], str | None], path: str = "") -> Iterator[Field]:
        """Yields the fields, each before those inside it.

        Args:
            keys: Says of a path what the names of its object stand for, where they are no fields of
                their own; blank where it is an object that is told elsewhere.
            path: Where this stands.
        """
        for name, part in self.fields.items():
            place = f"{path}.{name}" if path else name
            names = keys(place)
            yield Field(place, tuple(part.words(names)), part.seen < self.objects)
            if names is None:
                yield from part.told(keys, place)
        if self.item is not None:
            yield from self.item.told(keys, f"{path}[]")

    def words(self, names: str | None = None) -> Iterator[str]:
        """Yields what stands here, in words; null comes last."""
        if self.item is not None:
            inner = " or ".join(self.item.words())
            yield "list of objects" if inner == "object" else f"list of {inner}" if inner else "list"
        if self.objects or names is not None:
            yield f"object: for each {names}, {self._each()}" if names else "object"
        yield from sorted(self.kinds, key=lambda kind: kind == "null")

    def _each(self) -> str:
        """What the parts of an object hold, whatever their names."""
        kinds = dict.fromkeys(word for part in self.fields.values() for word in part.words())
        return " or ".join(sorted(kinds, key=lambda kind: kind == "null"))
