"""The provisions of a text, by kind: rules, duties, interpretations, discretions and omissions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar, get_args

import attrs

from regcompare._support.fields import each
from regcompare.errors import DefinitionError
from regcompare.logic.conditions import questions

from .chapters import Chapter
from .rules import Discretion, Duty, Interpretation, NoDuty, NotEncoded, Provision, Rule

Kind = TypeVar("Kind", bound=Provision)


@attrs.frozen
class Provisions:
    """The provisions of a text, each kind in the order of the text."""

    rules: tuple[Rule, ...] = attrs.field(default=(), validator=each(Rule))
    duties: tuple[Duty, ...] = attrs.field(default=(), validator=each(Duty))
    interpretations: tuple[Interpretation, ...] = attrs.field(default=(), validator=each(Interpretation))
    discretions: tuple[Discretion, ...] = attrs.field(default=(), validator=each(Discretion))
    not_encoded: tuple[NotEncoded, ...] = attrs.field(default=(), validator=each(NotEncoded))
    no_duties: tuple[NoDuty, ...] = attrs.field(default=(), validator=each(NoDuty))

    @classmethod
    def of(cls, parts: Iterable[Chapter | Provision]) -> Provisions:
        """Collects the provisions of chapters, and single provisions, each once.

        Raises:
            DefinitionError: A part is neither a chapter nor a provision.
        """
        items = list(dict.fromkeys(item for part in parts for item in _declared(part)))

        def of_kind(kind: type[Kind]) -> tuple[Kind, ...]:
            return tuple(item for item in items if isinstance(item, kind))

        return cls(*map(of_kind, get_args(Provision)))

    def __iter__(self) -> Iterator[Provision]:
        for group in attrs.astuple(self, recurse=False):
            yield from group

    def asked_by(self, items: Iterable[Provision]) -> tuple[Interpretation | Discretion, ...]:
        """Returns the interpretations and discretions that some rules and duties ask about."""
        asked = questions([item.when for item in items if isinstance(item, Rule | Duty)])
        candidates: list[Interpretation | Discretion] = [*self.interpretations, *self.discretions]
        return tuple(item for item in candidates if item.key in asked)


def _declared(part: object) -> tuple[Provision, ...]:
    if isinstance(part, Chapter):
        return part.read()
    if isinstance(part, Provision):
        return (part,)
    found = repr(part)[:70]
    raise DefinitionError(
        f"A chapter or a provision is expected, such as a rule, found {found}. Give several one by one, "
        "or with * before a list; combine rulesets with combined_with()."
    )
