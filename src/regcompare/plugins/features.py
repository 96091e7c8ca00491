"""Features that the core and plugins add to the program; each is imported when it is first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError, RegcompareError, UsageError

from .faults import described
from .guard import foreign_part, guard

COMMANDS, DISPLAYS, FORMS, FUNCTIONS, PICTURES = FEATURE_HOOKS = (
    "regcompare_commands",
    "regcompare_displays",
    "regcompare_forms",
    "regcompare_functions",
    "regcompare_pictures",
)
"""The hooks that return features."""

CORE, SHIPPED = "the core", "regcompare"
"""The owner of what no plugin adds, and the distribution whose plugins ship with it."""


@attrs.frozen
class Feature:
    """Something that a plugin adds, named by its place.

    Attributes:
        name: The name of the command, display, form, function or picture.
        place: The module and the name in it, as in an entry point: ``my_plugin.commands:heat``.
        help: What a command does, as a sentence for the list of commands.
        of: What a display or picture is of, such as ``comparison``.
        owner: The plugin that adds it, as the catalogue knows.
    """

    name: str = attrs.field(validator=takes(str))
    place: str = attrs.field(validator=takes(str))
    help: str = ""
    of: str = ""
    owner: str = attrs.field(default=CORE, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not re.fullmatch(r"[\w.]+:\w+", self.place):
            raise DefinitionError(
                f"Feature {self.name!r}: place= is {self.place!r}. Expected a module and a name in it, "
                "such as 'my_plugin.commands:heat'."
            )

    @property
    def title(self) -> str:
        """The name, after what it is of."""
        return f"{self.of}.{self.name}".strip(".")

    def load(self) -> Any:
        """Imports the module and returns what has the name in it; a ``UsageError`` says what fails."""
        module, _, name = self.place.partition(":")
        with self.guard():
            return getattr(import_module(module), name)

    def call(self, *arguments: Any, **options: Any) -> Any:
        """Imports a function and calls it; the arguments are those of ``run``."""
        return self.run(self.load(), *arguments, **options)

    def run(
        self, function: Callable[..., Any], *arguments: Any, returns: Sequence[type] = (), **options: Any
    ) -> Any:
        """Calls a function that belongs to it.

        The function of a plugin that does not ship may fail, or return what is of none of the types in
        ``returns``; that is a ``UsageError``.
        """
        if is_shipped(self.owner):
            return function(*arguments, **options)
        with self.guard():
            result = function(*arguments, **options)
            if returns and type(result) not in returns:
                names = " or ".join(cls.__name__ for cls in returns)
                raise TypeError(f"it returned {type(result).__name__}; expected {names}")
            if returns and (part := foreign_part(result)) is not None:
                raise TypeError(f"it returned {type(part).__name__}, which is of a class of its own")
            return result

    def guard(self, **options: Any) -> AbstractContextManager[None]:
        """Runs its code; what is wrong is a ``UsageError`` that names its owner."""
        own = is_shipped(self.owner)

        def blame(error: BaseException) -> None:
            code, found, _ = described(error, self.place.partition(":")[0], self.place, ("RC421", ""))
            raise UsageError(f"{self.owner}: {code} {found}") from error

        passes = (RegcompareError,) if own else ()
        return guard(self.owner, blame, is_shipped=own, **{"passes": passes, **options})


Features = Mapping[str, Mapping[str, Feature]]
"""The features of the core and of plugins, by the hook that returns them and by title."""


def is_shipped(owner: str) -> bool:
    """Returns whether an owner is the core or a plugin that ships with it."""
    return owner == CORE or owner.partition(":")[0] == SHIPPED
