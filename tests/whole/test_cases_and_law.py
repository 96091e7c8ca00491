"""What the core promises, told of shipped cases and law."""

from __future__ import annotations

from typing import Any

import pytest
from tests.core.test_rulesets import LATER, OLD, rule
from tests.offenders import of_each
from tests.shipped import CATALOGUE

import regcompare as rc
from regcompare import Scenario, UsageError, compare
from regcompare.authoring import (
    Item,
)
from regcompare.words.lexicon import statement
from regcompare_amnesty import AMNESTY


def test_a_reform_cannot_pass_for_a_regime_that_is_installed() -> None:
    """Two columns under one name could not be told apart."""
    other = OLD.with_(rule(LATER["Art. 9"], Item.covert, id="art-9"), id="eu-2021-821")

    with pytest.raises(UsageError, match=r"has the id 'eu-2021-821' of a regime that is installed"):
        compare("morpho-shanghai-2015", ["eu-2021-821", other])


def test_a_case_may_be_like_one_of_the_catalogue():
    """A file of one's own takes a documented case and states what changes; so does a mapping."""
    morpho = rc.cases("morpho-shanghai-2015")[0]

    (mapped,) = rc.cases({"like": "morpho-shanghai-2015", "item": {"face_matching": "none"}})

    assert mapped.item.face_matching == "none"
    assert mapped.with_facts(morpho.item).item == morpho.item
    assert (mapped.end_user, mapped.sources) == (morpho.end_user, morpho.sources)


EMPTY = Scenario(id="a-case")


def test_an_answer_to_a_fact_of_a_plugin_is_read_by_its_vocabulary() -> None:
    """A no that is written as a word counts as no, and nonsense is refused with its fact and case."""
    act = CATALOGUE.ruleset("eu-2021-821")

    said = rc.assess(EMPTY.stating({"eu.free_zone": "no"}), act).known.values["eu.free_zone"]

    assert said is False
    with pytest.raises(rc.UsageError, match=r"eu\.free_zone of a-case: 'perhaps' is not an answer"):
        rc.assess(EMPTY.stating({"eu.free_zone": "perhaps"}), act)


@of_each("fact", list(AMNESTY.vocabulary.facts()), ids=lambda fact: fact.key)
def test_every_shipped_fact_reads_as_a_statement(fact: Any) -> None:
    """A fact of the vocabularies shipped here says what yes and no mean, without quoting its question."""
    yes, no = statement(fact, True), statement(fact, False)

    assert fact.states
    assert yes != no
    assert not no.startswith("it is not the case that")
    assert not set("{|}“”") & set(yes + no)
