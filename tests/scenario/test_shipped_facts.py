"""Facts of shipped cases and vocabularies: taken from another case, read, presumed, told."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE

import regcompare as rc
from regcompare import Scenario
from regcompare.comparison.comparison import compare
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.files import read_text
from regcompare.words.lexicon import statement
from regcompare_amnesty import AMNESTY


def test_an_assumption_that_contradicts_the_facts_is_withdrawn() -> None:
    """Who knows of weapons has grounds to determine them: the assumed uses give way, and it is told."""
    case = read_text(
        "id: a\npresume: [ordinary, surveillance]\nknowledge: {exporter_aware: [wmd]}\n",
        "yaml",
        CATALOGUE.vocabulary,
    )[0]

    assert "end_use.concerns" in assumed_facts(case, CATALOGUE.vocabulary).retracted


def test_what_results_rest_on_is_told_of_layers_too() -> None:
    """An answer that the file presumes by itself is named, where a layer would not give it anyway."""
    case = read_text(
        "id: a\ndate: 2020-01-01\npresume: [ordinary, surveillance]\n"
        "presumed: {item: {annex_i_entry: [5A001.j]}}\n"
        "item: {technology: ip_network_surveillance}\ntransaction: {kind: export}\n"
        "exporter: {country: DK}\ndestination: {country: AE}\n",
        "yaml",
        CATALOGUE.vocabulary,
    )
    found = compare(case, CATALOGUE.ruleset("eu-2021-821")).sensitivity()

    assert found.presumed == {"a": ("item.annex_i_entry",)}


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
