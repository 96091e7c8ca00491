"""A toy world in which every possible case can be listed, for tests against brute force."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from hypothesis import strategies as st

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    TRUE,
    Condition,
    EndUser,
    Instrument,
    Item,
    Knowledge,
    Transaction,
    Trigger,
    all_of,
    any_of,
)
from regcompare.facts import MemberSet
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.scenario.assumed import contradictions

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")
ATOMS: tuple[Condition, ...] = (
    Item.covert.__condition__(),
    Item.technology.is_in("facial_recognition"),
    Item.technology.is_in("facial_recognition", "encryption"),
    EndUser.kind.is_in("law_enforcement"),
    EndUser.acts_for_state.__condition__(),
    Knowledge.authority_informed.includes_any("wmd"),
)


def every_case() -> list[Scenario]:
    """Every possible case, as far as the atoms above distinguish cases."""
    combinations: itertools.product[Any] = itertools.product(
        (True, False),
        ("facial_recognition", "encryption", "covert_listening"),
        ("law_enforcement", "university"),
        (True, False),
        ([], ["wmd"]),
    )
    cases = [
        Scenario(
            id="case",
            item=Item(covert=covert, technology=technology),
            transaction=Transaction(kind="export"),
            end_user=EndUser(kind=kind, acts_for_state=state),
            knowledge=Knowledge(authority_informed=MemberSet(informed)),
        )
        for covert, technology, kind, state, informed in combinations
    ]
    return [case for case in cases if not contradictions(case, CORE)]


EVERY_CASE = every_case()


@st.composite
def rulesets(draw: st.DrawFn, name: str = "toy", scoped: bool = True) -> Ruleset:
    """Draws small rulesets, some with a scope, with rules that override others."""
    rules: list[Rule] = []
    for number in range(draw(st.integers(1, 4))):
        join = draw(st.sampled_from([all_of, any_of]))
        parts = draw(st.lists(st.sampled_from([*ATOMS, *(~atom for atom in ATOMS)]), max_size=3))
        overrides = draw(st.lists(st.sampled_from(rules), max_size=1)) if rules else []
        rules.append(
            Rule(
                ACT[f"Art. {number + 1}"],
                "An invented rule.",
                when=join(*parts),
                then=draw(st.sampled_from(Outcome)),
                triggered_by=Trigger.ACT,
                overrides=tuple(overrides),
                states="somebody, by some standard",
            )
        )
    return Ruleset(
        name,
        "Toy rules",
        status="law",
        instruments=(ACT,),
        reference_date=dt.date(2020, 1, 1),
        provisions=Provisions(tuple(rules)),
        covers=("export",),
        scope=draw(st.sampled_from([TRUE, TRUE, ~ATOMS[0]])) if scoped else TRUE,
    )


def outcome(scenario: Scenario, ruleset: Ruleset) -> Outcome | None:
    """The outcome of a fully stated case, or None where it is out of scope."""
    span = assess(scenario, ruleset).span
    assert span is None or span.is_settled
    return span.low if span else None
