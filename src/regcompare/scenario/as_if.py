"""A sale as if it were made from a regime's home: what changes with the exporter, what is left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

import attrs

from regcompare.errors import UsageError
from regcompare.facts import UNKNOWN, Country, countries, facts_of, stated_in
from regcompare.logic.conditions import Among
from regcompare.ruleset.home import Home
from regcompare.ruleset.ruleset import Ruleset
from regcompare.vocabulary import Destination, Exporter, Knowledge, Licence, National, Transaction

from .scenario import AsIf, Scenario, stated_answers

AsIfFrom = Literal["home"] | None
"""From where a sale is asked about: each regime's home, or None for where it was made."""

_OF_ITS_STATE = tuple(
    fact.key
    for fact in (*facts_of(National).values(), *facts_of(Licence).values(), Knowledge.authority_informed)
)
"""What the exporter's own state and its authority did, which says nothing of another state."""


def as_if_from(scenario: Scenario, ruleset: Ruleset, place: AsIfFrom) -> Scenario:
    """Returns a sale as if it were made from the home of a ruleset; as it is where it was made there.

    The exporter's country is one of the home's states; which one is left open where there are several
    and none of them is known to be it.  A transfer within the Union from elsewhere is an export.  What
    the file states of the exporter's own state and authority is left out, as it is that of another:
    national measures, the licence, and of what the authority informed the exporter.  What it presumes of
    them stays presumed.

    Args:
        scenario: The sale.
        ruleset: The ruleset; one without a home is asked about the sale as it was made.
        place: ``home``, or None to leave the sale as it is.

    Raises:
        UsageError: The place is another.
    """
    if place not in ("home", None):
        raise UsageError(f"{place!r} is not a place to ask from. Expected 'home', or nothing.")
    home = ruleset.home
    if place is None or home is None or scenario.as_if:
        return scenario
    states, exporter = home.on(scenario.date), _possible(scenario, Exporter.country)
    if exporter and exporter <= states:
        return scenario
    return _moved(scenario, home, sorted(exporter & states or states), home.name)


def as_if_from_each(scenario: Scenario, ruleset: Ruleset) -> dict[str, Scenario]:
    """Returns a sale as if it were made from each state of a ruleset's home, by the code of the state.

    The states are those of the day of the facts.  As from home, what the exporter's own state and its
    authority did is left out; besides, what the law of the state adds is not known, whatever the file
    presumes of it.  A sale from within the home to another of its states stays the transfer that it was;
    to the state itself it is domestic.

    Args:
        scenario: The sale, as it was made.
        ruleset: The ruleset.

    Raises:
        UsageError: The ruleset has no home, or one of a single state.
    """
    home = ruleset.home
    states = sorted(home.on(scenario.date)) if home else []
    if home is None or len(states) < 2:
        found = f"one state, {home.name}" if home else "no home"
        raise UsageError(
            f"{ruleset.id} has {found}, so there are no states to compare. Expected a ruleset whose "
            "home has several states, such as eu-2021-821."
        )
    unknown = National(**dict.fromkeys(facts_of(National), UNKNOWN))
    names = countries()
    return {state: _moved(scenario, home, [state], names[state]).with_facts(unknown) for state in states}


def _moved(scenario: Scenario, home: Home, states: list[str], name: str) -> Scenario:
    country: Any = states[0] if len(states) == 1 else Among(states)
    answers: list[Any] = [Exporter(country=country)]
    changed = [Exporter.country.key]
    exporter = _possible(scenario, Exporter.country)
    is_within = bool(exporter) and exporter <= home.on(scenario.date)
    if scenario.transaction.kind == "intra_eu_transfer" and not is_within:
        answers.append(Transaction(kind="export"))
        changed.append(Transaction.kind.key)
    said = stated_answers(scenario)
    left_out = tuple(key for key in _OF_ITS_STATE if key in said)
    destination = _possible(scenario, Destination.country)
    inland = frozenset(states) if is_within else home.on(scenario.date)
    as_if = AsIf(
        home=name,
        changed=tuple(changed),
        left_out=left_out,
        is_domestic=bool(destination) and destination <= inland,
        original=scenario,
    )
    presumed = tuple(_without(item, {Exporter.country.key}) for item in scenario.presumed)
    of_its_state: dict[str, Any] = {
        name: _without(getattr(scenario, name), left_out)
        for name in ("national", "licence", "knowledge")
    }
    moved = attrs.evolve(scenario, **of_its_state, presumed=presumed, as_if=as_if)
    return moved.with_facts(*answers)


def _possible(scenario: Scenario, fact: Country) -> frozenset[str]:
    """The countries that are possible by what is stated, else presumed; none where nothing is known."""
    said = (stated_in(section).get(fact.key) for section in (*scenario.sections(), *scenario.presumed))
    answer = next((one for one in said if one is not None), UNKNOWN)
    if answer is UNKNOWN:
        return frozenset()
    return answer.words if isinstance(answer, Among) else frozenset({answer})


def _without(section: Any, keys: Collection[str]) -> Any:
    names = (name for name, fact in facts_of(type(section)).items() if fact.key in keys)
    return attrs.evolve(section, **dict.fromkeys(names))
