"""Chapters: where a text declares its rules, duties, doubts, powers and omissions, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Concatenate, ParamSpec, TypeVar

from regcompare.errors import DefinitionError

from .rules import Discretion, Duty, Interpretation, NoDuty, NotEncoded, Provision, Rule

Fields = ParamSpec("Fields")
Kind = TypeVar("Kind", bound=Provision)


def _declares(kind: Callable[Fields, Kind]) -> Callable[Concatenate[Chapter, Fields], Kind]:
    """Returns the method that makes a provision of a kind and adds it to the chapter."""

    def declare(chapter: Chapter, /, *args: Fields.args, **fields: Fields.kwargs) -> Kind:
        made = kind(*args, **fields)
        chapter.add(made)
        return made

    return declare


class Chapter:
    """A chapter of a text, usually one a module, to which its provisions are declared.

    A ruleset holds what its chapters declare, so a provision cannot be left out by mistake, and one that
    is imported for its condition stays where it was declared.  The methods take what the classes of the
    same name take.

    Example:
        ``chapter = Chapter()``, then ``art_5_1 = chapter.rule(ACT["Art. 5(1)"], "...", when=..., ...)``;
        the ruleset takes it by ``provisions=(scope.chapter, duties.chapter)``.

    Attributes:
        is_read: Whether a ruleset was made of it.
    """

    __slots__ = ("_declared", "is_read")

    rule = _declares(Rule)
    duty = _declares(Duty)
    interpretation = _declares(Interpretation)
    discretion = _declares(Discretion)
    not_encoded = _declares(NotEncoded)
    no_duty = _declares(NoDuty)

    def __init__(self) -> None:
        self._declared: list[Provision] = []
        self.is_read = False

    def add(self, *provisions: Provision) -> None:
        """Adds provisions that are made elsewhere, such as one for each row of a table.

        Raises:
            DefinitionError: A ruleset was made of the chapter before.
        """
        if self.is_read and provisions:
            raise DefinitionError(
                f"{provisions[0].cite}: a ruleset was made of this chapter before, and would lack it. "
                "Declare it in the module of the chapter, or amend the ruleset by with_()."
            )
        self._declared += provisions

    def __iter__(self) -> Iterator[Provision]:
        return iter(tuple(self._declared))

    def read(self) -> tuple[Provision, ...]:
        """Returns what was declared, in order; from then on nothing can be added."""
        self.is_read = True
        return tuple(self)
