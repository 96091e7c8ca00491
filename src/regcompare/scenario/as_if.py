"""A sale as if it were made from a regime's home: the facts that change, and those left out."""

from __future__ import annotations

from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN, Country, facts_of
from regcompare.logic.conditions import Among
from regcompare.ruleset.home import Home
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import Destination, Exporter, Knowledge, Licence, National, Transaction

from .scenario import AsIf, Scenario

AsIfFrom = Literal["home"] | None
"""The territory from which a sale is treated as made: each regime's home, or None for its own."""

_STATE_FACTS = tuple(
    fact.key
    for fact in (*facts_of(National).values(), *facts_of(Licence).values(), Knowledge.authority_informed)
)
"""Facts about what the exporter's own state and its authority did, which no other state did."""


def as_if_from(scenario: Scenario, ruleset: Ruleset, origin: AsIfFrom) -> Scenario:
    """Returns a sale as if it were made from the home of a ruleset; unchanged if it was made there.

    The exporter's country becomes one of the home's states, left open if there are several and none is
    known to be it.  A transfer within the Union from elsewhere becomes an export.  What the file states
    about the exporter's own state and authority is left out, since it concerns another state: national
    measures, the licence, and what the authority told the exporter.  Presumptions about these remain.

    The origin is ``home``, or None to leave the sale as it is, as it is for a ruleset without a home.
    """
    if origin not in ("home", None):
        raise UsageError(f"{origin!r} is not a place to ask from. Expected 'home', or nothing.")
    home = ruleset.home
    if origin is None or home is None or scenario.as_if:
        return scenario
    states, exporter = home.on(scenario.known_day), _possible_countries(scenario, Exporter.country)
    if exporter and exporter <= states:
        return scenario
    return relocated(scenario, home, sorted(exporter & states or states), home.name)


def relocated(scenario: Scenario, home: Home, states: list[str], name: str) -> Scenario:
    """Returns a sale as if it were made from one of the states of a home, of this name."""
    country: Any = states[0] if len(states) == 1 else Among(states)
    answers: dict[str, Any] = {Exporter.country.key: country}
    exporter, inside = _possible_countries(scenario, Exporter.country), home.on(scenario.known_day)
    may_be_within = not exporter or bool(exporter & inside)
    if scenario.transaction.kind == "intra_eu_transfer" and not (exporter and exporter <= inside):
        either = Among({"export", "intra_eu_transfer"})
        answers[Transaction.kind.key] = either if may_be_within else "export"
    left_out = tuple(key for key in _STATE_FACTS if key in scenario.facts)
    destination = _possible_countries(scenario, Destination.country)
    # A sale that may have been made there already is domestic only where the home is one state.
    inland = (frozenset(states) if len(states) == 1 else frozenset()) if may_be_within else inside
    as_if = AsIf(
        home=name,
        changed=tuple(answers),
        left_out=left_out,
        is_domestic=bool(destination) and destination <= inland,
        original=scenario,
    )
    kept = {key: answer for key, answer in scenario.facts.items() if key not in left_out}
    presumed = {key: x for key, x in scenario.presumed.items() if key != Exporter.country.key}
    return attrs.evolve(scenario, facts={**kept, **answers}, presumed=presumed, as_if=as_if)


def _possible_countries(scenario: Scenario, fact: Country) -> frozenset[str]:
    """The countries that the stated, or else the presumed, answer allows; none if it is unknown."""
    answer = {**scenario.presumed, **scenario.facts}.get(fact.key, UNKNOWN)
    if answer is UNKNOWN:
        return frozenset()
    return answer.words if isinstance(answer, Among) else frozenset({answer})
