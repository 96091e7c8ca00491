"""Rulesets by id, each built when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Literal

import attrs

from regcompare._support.fields import takes
from regcompare.errors import UsageError
from regcompare.ruleset.ruleset import Ruleset


@attrs.frozen
class RulesetAt:
    """A ruleset that its plugin names without building it.

    Attributes:
        id: The id of the ruleset.
        place: The module and the name in it, as in an entry point: ``my_plugin.act:MY_ACT``.
        is_parallel: Whether the ruleset applies beside others (``Ruleset.is_parallel``).
        asks: What the ruleset judges (``Ruleset.asks``).
    """

    id: str = attrs.field(validator=takes(str))
    place: str = attrs.field(validator=takes(str))
    is_parallel: bool = attrs.field(default=False, validator=takes(bool))
    asks: Literal["export", "use"] = attrs.field(default="export", validator=takes("export", "use"))

    @property
    def name(self) -> str:
        """The name of the ruleset in its module."""
        return self.place.partition(":")[2]

    def built(self) -> Ruleset:
        """Imports the module and returns the ruleset.

        Raises:
            UsageError: What stands at the place is not the ruleset with this id.
        """
        found = getattr(import_module(self.place.partition(":")[0]), self.name, None)
        if type(found) is not Ruleset or found.id != self.id:
            raise UsageError(f"{self.place} is not the ruleset {self.id!r}, but {found!r}.")
        return found


class Rulesets(Mapping[str, Ruleset]):
    """Rulesets by id; one that is only named is built when it is asked for.

    Args:
        named: The rulesets, or where they are defined.
    """

    def __init__(self, named: Mapping[str, Ruleset | RulesetAt]) -> None:
        self._named = dict(named)

    def __getitem__(self, ruleset_id: str) -> Ruleset:
        held = self._named[ruleset_id]
        if isinstance(held, RulesetAt):
            held = self._named[ruleset_id] = held.built()
        return held

    def __contains__(self, ruleset_id: object) -> bool:
        return ruleset_id in self._named

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def with_ruleset(self, ruleset: Ruleset) -> Rulesets:
        """Returns the rulesets with one more, or with it in place of the one of its id."""
        return Rulesets({**self._named, ruleset.id: ruleset})

    def parallel(self) -> Iterator[Ruleset]:
        """Yields the rulesets that apply beside others."""
        for name, held in list(self._named.items()):
            if held.is_parallel:
                yield self[name]

    def of_use(self) -> tuple[Ruleset, ...]:
        """Returns the rulesets that judge a use, in their order."""
        return tuple(self[name] for name, held in list(self._named.items()) if held.asks == "use")


def as_rulesets(named: Mapping[str, Ruleset]) -> Rulesets:
    """Returns rulesets as they are, without building any, or those of a plain mapping."""
    return named if isinstance(named, Rulesets) else Rulesets(named)
