"""Where an export goes: out of the Union, to its final destination."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from regcompare import Outcome, Scenario, Span, assess
from regcompare.authoring import Destination, EndUse, Exporter, Item, Knowledge, Transaction
from regcompare.facts import MemberSet
from regcompare.scenario.assumed import contradictions
from regcompare_eu import EU_428_2009, EU_2021_821, EU_VOCABULARY
from regcompare_registers.frames import assess_frame

SPYWARE = Scenario(
    id="spyware",
    date=dt.date(2021, 9, 9),
    presume="ordinary",
    item=Item(technology="intrusion_software", form="software", annex_i_entry=MemberSet({"4D004"})),
    transaction=Transaction(kind="export"),
    exporter=Exporter(country="IT"),
    end_use=EndUse(concerns=MemberSet()),
    knowledge=Knowledge(authority_informed=MemberSet(), exporter_aware=MemberSet()),
)
TRANSFER = attrs.evolve(SPYWARE, transaction=Transaction(kind="intra_eu_transfer"))


def to(country: str, scenario: Scenario = SPYWARE, **facts: Any) -> Scenario:
    """The scenario with this destination."""
    return attrs.evolve(scenario, destination=Destination(country=country), **facts)


@pytest.mark.parametrize("ruleset", [EU_428_2009, EU_2021_821], ids=lambda item: item.id)
def test_an_unknown_destination_of_an_export_is_never_inside_the_union(ruleset: Any) -> None:
    """Whatever the destination is, listed spyware needs an authorisation, at least a general one."""
    assert assess(SPYWARE, ruleset).span == Span(Outcome.GENERAL_AUTHORISATION, Outcome.AUTHORISATION)


@pytest.mark.parametrize("kind", ["export", "electronic_export"])
def test_an_export_to_a_member_state_is_read_as_a_transfer_and_says_so(kind: Any) -> None:
    """It gives what the transfer gives, with a warning, and is no contradiction."""
    called = to("FR", attrs.evolve(SPYWARE, transaction=Transaction(kind=kind)))
    verdict, transfer = assess(called, EU_2021_821), assess(to("FR", TRANSFER), EU_2021_821)

    assert contradictions(called, EU_VOCABULARY) == []
    assert verdict.span == transfer.span == Span(Outcome.NO_CONTROL, Outcome.NO_CONTROL)
    assert [item for item in verdict.warnings if "treated as a transfer" in item]
    assert not [item for item in transfer.warnings if "treated as a transfer" in item]


@pytest.mark.parametrize(
    ("date", "outcome"),
    [
        pytest.param(dt.date(2020, 12, 31), Outcome.NO_CONTROL, id="inside on that day"),
        pytest.param(dt.date(2021, 1, 1), Outcome.GENERAL_AUTHORISATION, id="outside on the next"),
    ],
)
def test_membership_is_that_of_the_day_of_the_facts(date: dt.date, outcome: Outcome) -> None:
    """Great Britain is inside through 2020."""
    assert assess(to("GB", date=date), EU_2021_821).span == Span(outcome, outcome)


@pytest.mark.parametrize("kind", ["export", "intra_eu_transfer"])
def test_a_row_that_calls_a_transfer_an_export_is_read_as_a_file_is(kind: str) -> None:
    """Tables take the same answer to mean the same, on the day of each row's facts."""
    polars = pytest.importorskip("polars")
    register = polars.DataFrame(
        {
            "scenario.date": [dt.date(2020, 12, 31), dt.date(2021, 1, 1)],
            "transaction.kind": [kind, "export"],
            "item.annex_i_entry": ["4A005", "4A005"],
            "item.form": ["goods", "goods"],
            "exporter.country": ["IT", "IT"],
            "destination.country": ["GB", "GB"],
            "knowledge.authority_informed": ["none", "none"],
            "knowledge.exporter_aware": ["none", "none"],
        }
    )
    day = dt.date(2021, 1, 1)
    low = assess_frame(register, EU_428_2009, presume="ordinary", as_of=day)["eu-428-2009.low"]

    assert low.to_pylist() == ["no_control", "general_authorisation"]
