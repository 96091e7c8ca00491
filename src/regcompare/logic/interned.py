"""Hash consing: a class whose equal instances are one object."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, ClassVar, TypeVar
from weakref import WeakValueDictionary

import attrs

Instance = TypeVar("Instance")

_INSTANCES: WeakValueDictionary[tuple[type, Any], Any] = WeakValueDictionary()
"""The instances in use, by class and field values."""


class _Interning(type):
    def __call__(cls: type[Instance], *args: Any, **kwargs: Any) -> Instance:
        if cls.is_interned and args and not kwargs:  # type: ignore[attr-defined]
            known: Instance | None = _INSTANCES.get((cls, args if len(args) > 1 else args[0]))
            if known is not None:
                return known
        instance: Instance = type.__call__(cls, *args, **kwargs)
        values = _values(cls)  # type: ignore[arg-type]  # A class is hashable.
        return instance if values is None else _INSTANCES.setdefault((cls, values(instance)), instance)


def _init_fields(cls: Any) -> list[str]:
    return [field.name for field in attrs.fields(cls) if field.init]


@lru_cache
def _values(cls: Any) -> Callable[[object], Any] | None:
    """The getter of the field values by which instances are equal; None if the class is not interned."""
    if not cls.is_interned or not attrs.has(cls):
        return None
    return attrgetter(*_init_fields(cls))


class Interned(metaclass=_Interning):
    """A base of frozen attrs classes whose equal instances are one object.

    Such a class compares and hashes by identity: declare it with ``eq=False``.

    Attributes:
        is_interned: Whether equal instances are one object; a subclass may opt out.
    """

    __slots__ = ()
    is_interned: ClassVar[bool] = True

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in _init_fields(type(self)))
