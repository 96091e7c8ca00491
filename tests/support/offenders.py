"""One test of many things: it fails with the list of those that offend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

import pytest


def of_each(
    names: str | tuple[str, ...],
    values: Iterable[Any] | Callable[[], Iterable[Any]],
    ids: Callable[[Any], object] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a test of one thing a test of each of them, in place of ``pytest.mark.parametrize``.

    It is for what ships and is cheap to check, where a test each would say nothing more.  One may stand above
    another, as ``parametrize`` does.

    Args:
        names: The arguments of the test that are filled in, separated by commas.
        values: What they are filled with; a tuple each if there are several, or a ``pytest.param``.  A function
            that returns it is called when the test runs.
        ids: What a thing is called among the offenders.
    """
    names = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    given = values if callable(values) else list(values)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        takes = signature(test)

        @wraps(test)
        def every(**fixtures: Any) -> None:
            things = list(given() if callable(given) else given)
            offenders = []
            for thing in things:
                parts = getattr(thing, "values", thing) if len(names) > 1 else (thing,)
                try:
                    test(**dict(zip(names, parts, strict=True)), **fixtures)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - all are listed
                    words = (str(ids(part) if ids else part) for part in parts)
                    named = getattr(thing, "id", None) or " ".join(words)
                    offenders.append(f"{named[:80]}: {type(error).__name__}: {error}")

            assert things, "There is nothing to test."
            assert not offenders, f"{len(offenders)} offend:\n" + "\n".join(offenders[:20])

        del every.__wrapped__  # Else pytest would ask it for its arguments.
        kept = [item for name, item in takes.parameters.items() if name not in names]
        every.__signature__ = takes.replace(parameters=kept)  # type: ignore[attr-defined]
        return every

    return decorate
