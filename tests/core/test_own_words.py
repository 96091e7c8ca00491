"""A ruleset adds what its act means and whom it names, under its own name; the core has neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from regcompare import DefinitionError, Ruleset, Scenario, assess
from regcompare.authoring import (
    CORE,
    TRUE,
    Addressee,
    Constraint,
    EndUse,
    Gloss,
    Instrument,
    Item,
    Knowledge,
    Outcome,
    OwnAnswers,
    OwnWord,
    Transaction,
    Trigger,
    YesNo,
    section,
)
from regcompare.ruleset.rules import Discretion, Rule
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.files import read_text
from regcompare.views.verdict import explain_text

ACT = Instrument("Toy Act", "An invented act", "nowhere, 2000")


@section("toy", "Toy")
class Toy:
    """Invented facts."""

    small: YesNo = YesNo("Is it small?", states="the toy is small")


def _ruleset(*glosses: Gloss, **named: Any) -> Ruleset:
    given = {
        "id": "toys",
        "title": "Toy rules",
        "covers": ("export",),
        "scope": Item.covert,
        "provisions": (),
        "glosses": glosses,
    }
    return Ruleset(
        status="proposal",
        instruments=(ACT,),
        reference_date="scenario",
        **{**given, **named},
    )


def test_a_gloss_on_a_foreign_fact_is_refused() -> None:
    """A ruleset glosses what its vocabulary holds."""
    with pytest.raises(DefinitionError, match=r"Toy Act 2 glosses toy\.small, which is not a fact in"):
        _ruleset(Gloss(Toy.small, ACT["2"], "Of any size."))


def test_a_gloss_is_a_sentence() -> None:
    """A fragment is refused where it is written."""
    with pytest.raises(DefinitionError, match=r"text must be a full plain sentence"):
        Gloss(Item.covert, ACT["2"], "third element")


# words of one's own ----------------------------------------------------------------------------

MAYOR = OwnWord("toy:mayor", "Mayor of Toytown")
POWER = Discretion(ACT["9"], "Has the mayor banned the toy?", who=MAYOR)


def test_a_plugin_adds_an_institution_under_its_own_name() -> None:
    """Whom a duty binds may be a word of a section that the plugin declares."""
    ruleset = _ruleset(vocabulary=CORE.with_sections(Toy), provisions=(POWER,))

    assert ruleset.own_words() == (MAYOR,)


def test_a_word_under_a_foreign_name_is_refused() -> None:
    """A ruleset says nothing under the name of a section that its vocabulary does not have."""
    with pytest.raises(DefinitionError, match=r"'toy:mayor' has the prefix 'toy', which is not"):
        _ruleset(provisions=(POWER,))


def test_a_word_without_a_name_is_refused() -> None:
    """A word of its own says whose it is."""
    with pytest.raises(DefinitionError, match=r"'mayor' is not a word of a plugin's own"):
        OwnWord("mayor", "Mayor")


def test_the_core_binds_nobody_of_one_order() -> None:
    """The addressees of the core are those that any law has."""
    assert [str(who) for who in Addressee] == ["exporter", "broker", "authority", "legislator"]


# answers of one's own --------------------------------------------------------------------------

BARTER = OwnWord("toy:barter", "barter of toys")
THEFT = OwnWord("toy:theft", "theft of toys")
USES = (EndUse.concerns, Knowledge.exporter_aware)
BARTERED = CORE.with_sections(
    Toy,
    own_answers=(OwnAnswers((Transaction.kind,), (BARTER,)), OwnAnswers(USES, (THEFT,))),
    constraints=(
        Constraint(
            "Who knows of theft has grounds to determine it.",
            Knowledge.exporter_aware.includes_any(THEFT),
            EndUse.concerns.includes_any(THEFT),
        ),
    ),
)
TOYS = _ruleset(
    vocabulary=BARTERED,
    covers=("export", BARTER),
    scope=TRUE,
    provisions=(
        Rule(
            ACT["1"],
            "Whoever barters or sells toys for theft needs a licence.",
            when=EndUse.concerns.includes_any(THEFT),
            then=Outcome.AUTHORISATION,
            triggered_by=Trigger.ACT,
        ),
    ),
)
FILE = """
id: swap
transaction: {kind: toy:barter}
knowledge: {exporter_aware: [toy:theft]}
"""


def test_a_plugin_adds_answers_under_its_own_name() -> None:
    """A kind of transaction and a use of concern of a plugin are read, inferred, decided and worded."""
    (case,) = read_text(FILE, "yaml", BARTERED)
    verdict = assess(case, TOYS)

    assert (case.transaction.kind, verdict.in_scope, verdict.result) == (
        "toy:barter",
        True,
        "authorisation",
    )
    assert "theft of toys" in explain_text(verdict, full=True)


def test_a_case_in_python_takes_the_word_itself() -> None:
    """An own word is given as it is declared; the case holds its name."""
    case = Scenario(id="swap", transaction=Transaction(kind=BARTER))

    assert str(case.transaction.kind) == "toy:barter"
    assert assess(case, TOYS).in_scope is True


def test_the_answers_of_plugins_stand_in_the_schema() -> None:
    """Editors complete them, with their labels."""
    kinds = BARTERED.by_key["transaction.kind"].schema()

    assert {"const": "toy:barter", "title": "barter of toys"} in kinds["anyOf"][0]["oneOf"]


def test_a_sale_of_surveillance_leaves_the_uses_of_plugins_open() -> None:
    """What may be a use of concern is never presumed away, whoever names it."""
    case = Scenario(id="swap", presume=("ordinary", "surveillance"))

    assert "toy:theft" in assumed_facts(case, BARTERED).values["end_use.concerns"].open


@pytest.mark.parametrize(
    ("refused", "because"),
    [
        (
            lambda: _ruleset(covers=(BARTER,)),
            r"'toy:barter' is not an answer to transaction\.kind in its",
        ),
        (
            lambda: _ruleset(scope=EndUse.concerns.includes_any(THEFT)),
            r"'toy:theft' is not an answer to end_use\.concerns in its vocabulary",
        ),
        (lambda: CORE.with_sections(own_answers=BARTERED.own_answers), r"'toy', which is not a section"),
        (lambda: OwnAnswers((Item.form,), (BARTER,)), r"item\.form has a closed list of answers"),
        (lambda: Item.form.is_in(BARTER), r"'toy:barter' is not an answer to item\.form"),
        (
            lambda: Transaction.kind.is_in("barter"),  # type: ignore[arg-type]
            r"'barter' is not an answer to transaction\.kind",
        ),
        (
            lambda: _ruleset(
                vocabulary=CORE.with_sections(
                    own_answers=(OwnAnswers((Transaction.kind,), (OwnWord("item:x", "x"),)),)
                )
            ),
            r"'item:x' has the prefix 'item', which is not a section of facts that a plugin",
        ),
    ],
)
def test_an_answer_of_nobody_is_refused(refused: Callable[[], object], because: str) -> None:
    """An answer that no vocabulary has, that stands under a foreign name, or for a closed list."""
    with pytest.raises(DefinitionError, match=because):
        refused()
