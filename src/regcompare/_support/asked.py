"""Refuses wrong names and arguments in words, with the nearest right ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import isfunction, signature
from typing import TYPE_CHECKING, Any, TypeVar, cast

from regcompare.errors import UsageError, did_you_mean, nearest

Function = TypeVar("Function", bound=Callable[..., Any])
_UNSAID = ("self", "options", "laws", "arguments", "register")
"""Parameters that nobody writes by their names."""


def asked(function: Function, name: str = "") -> Function:
    """Refuses a wrong argument of a function in words, with the nearest right one.

    Args:
        function: The function.
        name: What it is called by those who ask.
    """

    @wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except TypeError:
            takes = signature(function)
            try:
                takes.bind(*given, **named)
            except TypeError as error:
                names = [item for item in takes.parameters if item not in _UNSAID]
                wrong = next((item for item in named if item not in takes.parameters), "")
                hint = did_you_mean(nearest(wrong, names)) if wrong else ""
                expected = f"It takes {', '.join(names) or 'nothing'}."
                text = f"{name or function.__name__}: {error}. {expected}{hint}"
                raise UsageError(text) from None
            raise

    return cast("Function", called)


class Asked:
    """A class whose objects refuse wrong names and arguments with the nearest right ones."""

    __slots__ = ()

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name, item in vars(cls).items():
            if isfunction(item) and not name.startswith("_") and not hasattr(item, "__wrapped__"):
                setattr(cls, name, asked(item))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Refuses a name with the nearest right one."""
            if name.startswith("_"):
                raise AttributeError(name)
            names = [item for item in dir(type(self)) if not item.startswith("_")]
            habit = _HABITS.get(name)
            if habit is None and "to_pandas" in names and name in _OF_FRAMES:
                habit = f"to_pandas().{name}{'' if name in _NO_CALL else '()'}"
            hint = f" Use {habit}." if habit else did_you_mean(nearest(name, names))
            more = "" if hint else f" There are {', '.join(names)}."
            raise AttributeError(f"A {type(self).__name__} has no {name!r}.{hint}{more}")


_HABITS = {
    "filter": "where(), or to_polars().filter()",
    "query": "where(), or to_pandas().query()",
    "groupby": "by(), or to_pandas().groupby()",
    "df": "to_pandas()",
    "to_frame": "to_pandas()",
    "to_parquet": "to_polars().write_parquet()",
    "to_excel": "to_pandas().to_excel()",
    "to_html": "_repr_html_(), or to_markdown()",
    "summary": "finding()",
    "show": "print(), or _repr_html_() in a notebook",
    "savefig": "save(), of plot()",
    "outcome": "result, or low and high",
    "articles": "rules",
    "at": "on()",
    "technology": "item.technology",
}
"""Names that analysts write by the habit of other libraries, and what does it here."""
_OF_FRAMES = frozenset(
    {
        *("T", "agg", "apply", "at", "columns", "describe", "drop", "dropna", "dtypes", "explode"),
        *("fillna", "head", "hist", "iat", "iloc", "index", "info", "isin", "join", "loc", "melt"),
        *("merge", "nlargest", "pivot", "pivot_table", "rename", "reset_index", "sample", "set_index"),
        *("shape", "size", "sort_values", "sum", "tail", "to_list", "transpose", "unique"),
        *("value_counts", "values"),
    }
)
"""Names of a frame of pandas."""
_NO_CALL = frozenset(
    {"T", "at", "columns", "dtypes", "iat", "iloc", "index", "loc", "shape", "size", "values"}
)
"""The names among them that are not called."""
