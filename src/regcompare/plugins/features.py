"""What the core and plugins add to the program: named by its place, imported when it is first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

import attrs

from regcompare._support.fields import takes
from regcompare.errors import DefinitionError, RegcompareError, UsageError

from .faults import attempt, located_message

COMMANDS, DISPLAYS, FORMS, FUNCTIONS, PICTURES = FEATURE_HOOKS = (
    "regcompare_commands",
    "regcompare_displays",
    "regcompare_forms",
    "regcompare_functions",
    "regcompare_pictures",
)
"""The hooks that return features."""

CORE = "the core"
"""The owner of what no plugin adds."""


@attrs.frozen
class Feature:
    """Something that a plugin adds, named by its place.

    Attributes:
        name: The name of the command, display, form, function or picture.
        place: The module and the name in it, as in an entry point: ``my_plugin.commands:heat``.
        help: What a command does, as a sentence for the list of commands.
        of: What a display or picture is of, such as ``comparison``.
    """

    name: str = attrs.field(validator=takes(str))
    place: str = attrs.field(validator=takes(str))
    help: str = ""
    of: str = ""

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
        """Imports the module and returns what has the name in it."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(module), name)


Owned = tuple[Feature, str]
"""A feature with the plugin that adds it."""


@attrs.frozen
class Features:
    """The features of the core and of plugins, by the hook that returned them and by title."""

    by_hook: Mapping[str, Mapping[str, Owned]] = attrs.field(factory=dict)

    def of(self, hook: str, what: str = "") -> Iterator[str]:
        """Yields the titles of the features that a hook returned, or of those of something."""
        for title, (feature, _) in self.by_hook.get(hook, {}).items():
            if what in ("", feature.of):
                yield title

    def get(self, hook: str, title: str) -> Feature | None:
        """Returns the feature with this title, without importing anything."""
        owned = self.by_hook.get(hook, {}).get(title)
        return owned and owned[0]

    def load(self, hook: str, title: str, package: str) -> Any:
        """Imports what a feature names.

        Args:
            hook: The hook.
            title: The title of the feature.
            package: The package that brings it, for the message where no plugin does.

        Raises:
            UsageError: No plugin brings it, or it cannot be imported.
        """
        owned = self.by_hook.get(hook, {}).get(title)
        if owned is None:
            raise UsageError(
                f"{title!r} comes with the package {package}, which is not loaded. `regcompare plugins` "
                "lists the plugins that are, and their faults; REGCOMPARE_PLUGINS may leave one out."
            )
        return _guarded(owned[0].load, *owned)

    def call(self, hook: str, title: str, package: str, *arguments: Any, **options: Any) -> Any:
        """Imports a function that a feature names, and calls it.

        Raises:
            UsageError: As for ``load``; or the function of a plugin that does not ship fails.
        """
        function = self.load(hook, title, package)
        return guarded(lambda: function(*arguments, **options), *self.by_hook[hook][title])


def guarded(action: Callable[[], Any], feature: Feature, owner: str) -> Any:
    """Runs an action of a feature; a plugin that does not ship is named if it fails.

    Raises:
        UsageError: It failed.
    """
    return action() if is_shipped(owner) else _guarded(action, feature, owner)


def _guarded(action: Callable[[], Any], feature: Feature, owner: str) -> Any:
    attempted = attempt(action)
    if attempted.error is None:
        return attempted.result
    if isinstance(attempted.error, RegcompareError):
        raise attempted.error
    message = located_message(attempted.error, feature.place.partition(":")[0])
    raise UsageError(f"{owner}: RC421 {feature.place} cannot be used: {message}") from attempted.error


def is_shipped(owner: str) -> bool:
    """Whether an owner is the core or a plugin that ships with it."""
    return owner == CORE or owner.partition(":")[0] == "regcompare"
