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
        ends, excluded = (self.low, self.high), False in (self.in_scope, self.in_force)
        flaw = ""
        if (None in ends) != (ends == (None, None)) or (self.low and self.high and self.low > self.high):
            flaw = "needs both ends of a span, the weaker first."
        elif self.low is None and self.within:
            flaw = "is within a span that it does not have."
        elif self.low is not None and excluded:
            flaw = (
                "has an outcome, and in_scope or in_force: no; where one of these is no there is none."
            )
        elif self.low is None and not self.rules and self.in_scope is None and self.in_force is None:
            flaw = "says nothing to verify."
        if flaw:
            raise DefinitionError(f"The expectation for {self.ruleset} {flaw}")


def grouped_by_ruleset(expectations: Iterable[Expectation]) -> tuple[Expectation, ...]:
    """Returns expectations ruleset by ruleset, as a file lists them."""
    expectations = tuple(expectations)
    rulesets = list(dict.fromkeys(item.ruleset for item in expectations))
    return tuple(sorted(expectations, key=lambda item: rulesets.index(item.ruleset)))
