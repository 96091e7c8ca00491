"""What a rule refuses, and what it costs: the deals that a proposal would refuse, and ordinary trade.

A rule is three digits: which technology, which user, and what then.  It is measured by what it
refuses; a licence refuses nothing.  A fact counts as a hit if it is stated or assumed; unknown is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs

from regcompare.comparison.classes import classify, reaches
from regcompare.comparison.counts import Law
from regcompare.ruleset.rules import Outcome
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.scenario import Scenario
from regcompare.verdict.verdict import Verdict
from regcompare.vocabulary import EndUser, Item

from .deals import Deal, assessed


@attrs.frozen
class Choice:
    """What a rule may ask in one of its places.

    Attributes:
        holds: Whether it is so by the verdict on a case; None where that is not known.
    """

    words: str  # After "a sale of technology".
    holds: Callable[[Verdict], bool | None]
    short: str = ""  # As a fact of a case; blank where it is always so.
    fact: str = ""  # The key of the fact behind it; blank where there is none.


def _fact(words: str, short: str, fact: str, *answers: Any) -> Choice:
    """A choice by a fact, stated or assumed, that is one of some answers."""

    def holds(verdict: Verdict) -> bool | None:
        known = assumed_facts(verdict.scenario, verdict.ruleset.vocabulary).values.get(fact)
        return None if known is None else known in answers

    return Choice(words, holds, short, fact)


def _is_reported(verdict: Verdict) -> bool:
    """Whether abuse by the very user had been reported before the day of the case."""
    case = verdict.scenario
    return any(item.level == "user" and item.is_before(case.known_day) for item in case.reports)


TECHNOLOGIES = (
    Choice("of any kind", lambda _: True),
    _fact("made to watch people", "is made to watch people", Item.designed_to_monitor_people.key, True),
    _fact(
        "that picks one face out of many", "one face among many", Item.face_matching.key, "one_to_many"
    ),
    Choice(
        "that needs a licence now",
        lambda verdict: reaches(verdict, Outcome.AUTHORISATION),
        "needs a licence now",
    ),
)
"""The first digit, from 1."""
USERS = (
    Choice("to anybody", lambda _: True),
    _fact(
        "to police, army or secret service",
        "police, army, secret service",
        EndUser.kind.key,
        "law_enforcement",
        "military",
        "intelligence",
    ),
    Choice("to users reported for abuse before", _is_reported, "abuse reported before"),
)
"""The second digit."""
CONSEQUENCES = ("must be refused.", "needs a licence.")
"""The third digit; only the first refuses."""
FIRST_RULE = "31"
"""The first digits of the rule that is shown first: one face among many, to anybody."""


@attrs.frozen
class Price:
    """What each rule hits.

    Attributes:
        refused: The deals that the proposal refuses, the certain ones first, then those that it refuses
            on the facts as filed alone.
        ordinary: Invented cases of ordinary trade.
        hits: For the first two digits of each rule, whether it hits each deal, and each ordinary case.
        banned: Whether the proposal itself refuses each ordinary case.
    """

    refused: Sequence[Deal]
    ordinary: Sequence[Scenario]
    hits: dict[str, tuple[list[bool], ...]]
    banned: Sequence[bool]

    @property
    def certain(self) -> int:
        """How many of the refused deals are refused with disputed facts left open."""
        return sum(deal.results[-1].found.slug == "refuse" for deal in self.refused)


def price_of(deals: Iterable[Deal], ordinary: Sequence[Scenario], today: Law, proposal: Law) -> Price:
    """Returns what the twelve rules hit; the last result of a deal is that under the proposal."""
    refused = [deal for deal in deals if deal.results[-1].filed.slug == "refuse"]
    refused.sort(key=lambda deal: deal.results[-1].found.slug != "refuse")
    groups = [[[assessed(part, today) for part in deal.record.parts] for deal in refused]]
    groups.append([[assessed(case, today)] for case in ordinary])
    hits = {
        f"{first}{second}": tuple(
            [any(what.holds(part) and who.holds(part) for part in parts) for parts in group]
            for group in groups
        )
        for first, what in enumerate(TECHNOLOGIES, 1)
        for second, who in enumerate(USERS, 1)
    }
    banned = [classify([assessed(case, proposal)]).slug == "refuse" for case in ordinary]
    return Price(refused, ordinary, hits, banned)
