"""Lets results show and draw themselves, and cross to other processes.

Only layers above know how.  This module alone imports upwards, when it is called; the contract on
imports names each of these imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from regcompare.errors import UsageError, did_you_mean, nearest

from .asked import asked

if TYPE_CHECKING:
    import datetime as dt


class Shown:
    """A result that a notebook shows as a document."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return notebook_html(self)


Pictures = Mapping[str, Callable[[], Any]]
"""The functions that draw the pictures of a result, by name."""


class Drawn:
    """A result with pictures, the first of which is drawn unless another is named."""

    __slots__ = ()

    @property
    def _pictures(self) -> Pictures:
        """The pictures, the first of which is drawn by default."""
        raise NotImplementedError

    @asked
    def plot(self, kind: str | None = None) -> Any:
        """Returns a picture of the result, which has ``svg()``, ``png()`` and ``save()``.

        Args:
            kind: Which of its pictures; by default the first.

        Raises:
            UsageError: It has no such picture; the text names those that it has.
        """
        pictures = self._pictures
        name = next(iter(pictures)) if kind is None else kind
        if name not in pictures:
            hint = did_you_mean(nearest(name, pictures))
            what = type(self).__name__
            raise UsageError(f"A {what} has no picture {name!r}; it has {', '.join(pictures)}.{hint}")
        return pictures[name]()


def notebook_html(value: object) -> str:
    """Returns the notebook display of an object."""
    from regcompare.views import notebook

    return notebook.notebook_html(value)


def shown(value: object, form: str) -> str:
    """Returns an object in a form of text, such as ``markdown``."""
    from regcompare.views import notebook

    return notebook.shown_text(value, form)  # type: ignore[arg-type]


def _catalogue() -> Any:
    from regcompare.inputs import LIBRARY

    return LIBRARY.catalogue


def draw(what: str, *result: object) -> Any:
    """Returns the picture of a result, which a plugin draws."""
    return _catalogue().draw(what, *result)


def is_installed(ruleset: Any) -> bool:
    """Returns whether a ruleset is the one that its id means in ``rc.regimes()``."""
    return _catalogue().rulesets.get(ruleset.id) is ruleset


def exported(rulesets: Iterable[Any], day: dt.date | None) -> dict[str, Any]:
    """Returns rulesets as data that other programs can evaluate, which a plugin writes."""
    data: dict[str, Any] = _catalogue().function("export", "regcompare-publish")(rulesets, day)
    return data


def reduced(ruleset: Any) -> tuple[Callable[[str], Any], tuple[str]]:
    """Returns a ruleset in the form that ``pickle`` expects: its id, and a function that finds it."""
    if not is_installed(ruleset):
        raise UsageError(
            f"{ruleset.id}: cannot be sent to another process, which finds rulesets by their ids among "
            "those of its plugins. Expected a ruleset of a plugin; `regcompare new` writes a plugin. Or "
            "build the ruleset in each process."
        )
    return installed, (ruleset.id,)


def installed(ruleset_id: str) -> Any:
    """Returns a ruleset of the installed plugins by its id."""
    return _catalogue().ruleset(ruleset_id)
