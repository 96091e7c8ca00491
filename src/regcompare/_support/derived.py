"""Keeps what is derived from an object with it, so that both are dropped together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

_MISSING = object()


class DerivedValues(dict[Any, Any]):
    """Values derived from an object, by what they were derived for; not pickled."""

    def store(self, key: Any, value: Any, most: int = 32) -> Any:
        """Adds a value unless there is one, and returns that; a full cache is cleared first."""
        if len(self) >= most:
            self.clear()
        return self.setdefault(key, value)

    def __reduce__(self) -> tuple[type[DerivedValues], tuple[()]]:
        return DerivedValues, ()


def derived(function: Function) -> Function:
    """Keeps the results of a function in ``_derived`` of its first argument, rather than beside it.

    In a cache of the function they would keep one reform after another alive.
    """

    @wraps(function)
    def cached(owner: Any, *rest: Any) -> Any:
        results = owner._derived.get(function)
        if results is None:
            results = owner._derived[function] = DerivedValues()
        value = results.get(rest, _MISSING)
        return results.store(rest, function(owner, *rest), 256) if value is _MISSING else value

    return cast("Function", cached)
