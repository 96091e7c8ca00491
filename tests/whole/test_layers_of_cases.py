"""Layers of presumptions in documented cases."""

from __future__ import annotations

from tests.shipped import CATALOGUE

from regcompare.comparison.comparison import compare
from regcompare.scenario.assumed import assumed_facts
from regcompare.scenario.files import read_text


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
