"""Collects what modules define, for rulesets that leave sibling modules to one another."""

from __future__ import annotations

from types import ModuleType
from typing import TypeVar

from regcompare import (
    Discretion,
    Duty,
    Interpretation,
    NoDuty,
    NotEncoded,
    Provisions,
    Rule,
)

Kind = TypeVar("Kind")


def gathered(*modules: ModuleType) -> Provisions:
    """Returns what the modules define, in order of definition, whatever stands beside them.

    ``regcompare.collected`` refuses a ruleset that leaves out a module beside the named ones.  The
    variants share folders and leave each other out on purpose.
    """
    found: dict[int, object] = {}
    for module in modules:
        for value in vars(module).values():
            for item in value if isinstance(value, tuple) else (value,):
                found[id(item)] = item
    items = list(found.values())

    def of(kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(item for item in items if isinstance(item, kind))

    return Provisions(
        rules=of(Rule),
        duties=of(Duty),
        interpretations=of(Interpretation),
        discretions=of(Discretion),
        not_encoded=of(NotEncoded),
        no_duties=of(NoDuty),
    )
