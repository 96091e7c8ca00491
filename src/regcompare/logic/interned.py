"""Things that are made once: one that says the same as another is the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar
from weakref import WeakValueDictionary

import attrs

Made = TypeVar("Made")

_MADE: WeakValueDictionary[tuple[type, Any], Any] = WeakValueDictionary()
"""What is in use, by what it says."""


class _Interning(type):
    def __call__(cls: type[Made], *args: Any, **named: Any) -> Made:
        made: Made = type.__call__(cls, *args, **named)
        says = _says(cls)  # type: ignore[arg-type]  # A class is hashable.
        return made if says is None else _MADE.setdefault((cls, says(made)), made)


def _given(cls: Any) -> list[str]:
    """The fields of a kind that its maker gives."""
    return [field.name for field in attrs.fields(cls) if field.init]


@lru_cache
def _says(cls: Any) -> Callable[[object], Any] | None:
    """Reads what tells one apart from others of its kind; None where nothing does."""
    if cls.is_alone or not attrs.has(cls):
        return None
    return attrgetter(*_given(cls))


class Interned(metaclass=_Interning):
    """What is made once, whatever makes it; a frozen attrs class below compares nothing by itself.

    Attributes:
        is_alone: Whether each is its own, whatever it says.
    """

    __slots__ = ()
    is_alone: ClassVar[bool] = False

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in _given(type(self)))
