"""What is declared to widen a text covers all that the narrower reading, or limb, covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from tests.support.offenders import of_each

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    Condition,
    Destination,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Term,
    Transaction,
)
from regcompare.errors import DefinitionError
from regcompare.facts import MemberSet
from regcompare.logic.conditions import Choose, nodes
from regcompare.plugins.catalogue import Catalogue
from regcompare.program.program import program_for
from regcompare.ruleset.rules import Interpretation
from regcompare_eu.facts import Eu
from regcompare_prove.solver import Solver

CATALOGUE = Catalogue.installed()
RULESETS = tuple(CATALOGUE.rulesets.values())

APART = {
    "EI-2": "the person monitored and the operator are different people",
}
"""Doubts none of whose readings covers another, each with the reason."""


def conditions_of(ruleset: Ruleset) -> list[Condition]:
    """Every condition of a ruleset and of those that it is based on or combined with."""
    program = program_for(ruleset, (*ruleset.base, *ruleset.beside))
    rules = [part for entry in program.entries for part in (entry.condition, entry.guard)]
    duties = [condition for _, _, condition in program.duties]
    return [*rules, *duties, *program.review_conditions.values()]


def pairs_of(ruleset: Ruleset) -> Iterator[tuple[str, Condition, Condition]]:
    """The declared pairs, the narrower condition first: terms, and readings wherever they decide."""
    found = nodes(conditions_of(ruleset))
    doubts = {doubt.key: doubt for part in ruleset.parts() for doubt in part.doubts}
    for node in found:
        if isinstance(node, Term) and node.within is not None:
            yield f"{node.name}, within {node.within.name}", node, node.within
        if isinstance(node, Choose):
            readings, doubt = dict(node.readings), doubts[node.key]
            for narrow, wide in doubt.within.items():
                yield f"{doubt.id}: {narrow}, within {wide}", readings[narrow], readings[wide]


@of_each("ruleset", RULESETS, ids=lambda ruleset: ruleset.id)
def test_each_declared_pair_nests(ruleset: Ruleset) -> None:
    """No possible case meets the narrower one and not the wider one: a proof, reading by reading."""
    pairs = {name: narrow & ~wide for name, narrow, wide in pairs_of(ruleset)}
    solver = Solver(ruleset.vocabulary, pairs.values())

    assert [name for name, outside in pairs.items() if solver.reachable(outside)] == []


def test_every_doubt_says_which_readings_nest() -> None:
    """A doubt that is added states which reading is the wider one, or why none is.

    What reports may show is presumed and no condition asks for it, so these readings have one order for all.
    """
    declared = {
        doubt.id: doubt
        for ruleset in RULESETS
        for doubt in ruleset.provisions.interpretations
        if not doubt.shown
    }

    assert {name for name, doubt in declared.items() if not doubt.within} == set(APART)
    assert len(declared) > 60


def test_a_reading_that_does_not_exist_is_refused() -> None:
    """A misspelt reading is found when it is declared."""
    doubt = next(iter(RULESETS[0].provisions.interpretations))

    with pytest.raises(DefinitionError, match=r"has no reading 'narow', only"):
        Interpretation(
            "D-1", doubt.cite, "Is it?", readings={"narrow": "No.", "wide": "Yes."}, default="wide",
            reason="So.", within={"narow": "wide"},
        )  # fmt: skip


# the pairs that did not nest -----------------------------------------------------------------------


def made_for_interception(country: str, **item: object) -> Scenario:
    """An item made primarily for interception, of which nothing else is stated to be true."""
    facts: dict[str, object] = {
        "technology": "telecom_interception",
        "form": "goods",
        "annex_i_entry": MemberSet(),
        **item,
    }
    return Scenario(
        id="made-for-interception",
        date=dt.date(2022, 2, 1),
        presume="ordinary",
        item=Item(**facts),  # type: ignore[arg-type]
        transaction=Transaction(kind="export", purpose="supply"),
        exporter=Exporter(country="FR"),
        destination=Destination(country=country),
        end_user=EndUser(kind="law_enforcement"),
        end_use=EndUse(concerns=MemberSet()),
        more=[Eu(interception_heads=MemberSet(["network_interception"]), primarily_interception=True)],
    )


@of_each("country", ["SY", "IR", "VE", "MM", "BY"])
@of_each("takes_data", [None, True, False])
@of_each("reading", ["system", "capable"])
def test_what_is_made_for_interception_may_be_used_for_it(
    country: str, takes_data: bool | None, reading: str
) -> None:
    """Whichever words an annex has, an item intended primarily for interception is under it."""
    case = made_for_interception(country, takes_data_from_ict_systems=takes_data)

    verdict = assess(
        case,
        CATALOGUE.ruleset("eu-sanctions"),
        as_of=None,
        readings={"sanctions-annex-purpose": reading},
    )

    assert verdict.low is not None
    assert verdict.low >= Outcome.AUTHORISATION


def test_a_doubt_is_asked_as_a_question() -> None:
    """A sentence in place of a question is refused when it is declared, with the cure."""
    doubt = next(iter(RULESETS[0].provisions.interpretations))

    with pytest.raises(DefinitionError, match="does not end with a question mark: 'It is unclear\\.'"):
        Interpretation(
            "D-1", doubt.cite, "It is unclear.", readings={"a": "No.", "b": "Yes."}, default="a", reason="So."
        )  # fmt: skip
