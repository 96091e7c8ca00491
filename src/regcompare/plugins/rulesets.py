"""Rulesets by id, built on demand."""

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
        is_parallel: Whether the ruleset applies together with others (``Ruleset.is_parallel``).
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
        """Imports the module and returns the ruleset; refuses what else is at that place."""
        ruleset = getattr(import_module(self.place.partition(":")[0]), self.name, None)
        if type(ruleset) is not Ruleset or ruleset.id != self.id:
            raise UsageError(f"{self.place} is not the ruleset {self.id!r}, but {ruleset!r}.")
        return ruleset


class Rulesets(Mapping[str, Ruleset]):
    """Rulesets by id; one given by its place is built on demand."""

    def __init__(self, entries: Mapping[str, Ruleset | RulesetAt]) -> None:
        own = entries._entries if isinstance(entries, Rulesets) else entries
        self._entries: dict[str, Ruleset | RulesetAt] = dict(own)

    def __getitem__(self, ruleset_id: str) -> Ruleset:
        entry = self._entries[ruleset_id]
        if isinstance(entry, RulesetAt):
            entry = self._entries[ruleset_id] = entry.built()
        return entry

    def __contains__(self, ruleset_id: object) -> bool:
        return ruleset_id in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __or__(self, others: Mapping[str, Ruleset]) -> Rulesets:
        """Returns the rulesets with others, which replace those with the same ids; builds none."""
        return Rulesets({**self._entries, **Rulesets(others)._entries})

    def parallel(self) -> Iterator[Ruleset]:
        """Yields the rulesets that apply together with others."""
        yield from (self[name] for name, entry in list(self._entries.items()) if entry.is_parallel)

    def in_force_on_exports(self) -> tuple[Ruleset, ...]:
        """Returns the laws on exports that do not merely combine others."""
        laws = (law for law in self.values() if (law.status, law.asks) == ("law", "export"))
        return tuple(law for law in laws if not law.beside)

    def of_use(self) -> tuple[Ruleset, ...]:
        """Returns the rulesets that judge a use, in their order."""
        return tuple(self[name] for name, entry in list(self._entries.items()) if entry.asks == "use")
