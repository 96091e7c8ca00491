"""The result that a scenario file expects of a ruleset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

import attrs

from regcompare.errors import DefinitionError
from regcompare.ruleset.rules import Outcome


@attrs.frozen(kw_only=True)
class Expectation:
    """The result expected of a ruleset for a scenario.

    Attributes:
        ruleset: The ruleset's id.
        low: The least outcome expected, or None where none is expected or asked for.
        high: The strictest outcome expected.
        within: Whether the result may be a narrower span inside ``low..high``.
        rules: Ids of rules that must hold; the id of an article also names its paragraphs.
        as_of: The day whose law is applied; None for the ruleset's reference date.
        as_if_from: ``home`` if the sale is treated as if made from the ruleset's home, else None.
        in_scope: Whether the ruleset must apply; ``UNKNOWN`` if that must stay open, None if nothing is
            expected.
        in_force: Whether it must be in force, in the same way.
    """

    ruleset: str
    low: Outcome | None = None
    high: Outcome | None = None
    within: bool = False
    rules: tuple[str, ...] = ()
    as_of: dt.date | Literal["scenario"] | None = None
    as_if_from: Literal["home"] | None = None
    in_scope: Any = None
    in_force: Any = None

    def __attrs_post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        excluded = self.in_scope is False or self.in_force is False
        no_span = len(ends) == 1 or ends != sorted(ends)
        if no_span or (excluded and ends) or (self.within and not ends):
            raise DefinitionError(
                f"The expectation for {self.ruleset} needs both ends of a span, the weaker first, "
                "or neither where the ruleset is out of scope or not in force."
            )
        if not ends and not self.rules and self.in_scope is None and self.in_force is None:
            raise DefinitionError(f"The expectation for {self.ruleset} says nothing to verify.")


def grouped_by_ruleset(expectations: Iterable[Expectation]) -> tuple[Expectation, ...]:
    """Returns expectations ruleset by ruleset, as a file lists them."""
    groups: dict[str, list[Expectation]] = {}
    for expectation in expectations:
        groups.setdefault(expectation.ruleset, []).append(expectation)
    return tuple(expectation for group in groups.values() for expectation in group)
