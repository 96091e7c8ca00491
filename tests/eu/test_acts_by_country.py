"""Every Union act by country and day: encoded, read without reach, or unread and then open; none is silent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import pytest
from tests.support.offenders import of_each

from regcompare import Outcome, Ruleset, Scenario, assess
from regcompare.authoring import (
    Destination,
    EndUse,
    EndUser,
    Exporter,
    Item,
    Knowledge,
    Transaction,
)
from regcompare.comparison.explanation import Explanation
from regcompare.facts import countries
from regcompare.ruleset.rules import Rule
from regcompare.views.verdict import explain_text
from regcompare.vocabulary import Parties
from regcompare.vocabulary.dated import Row
from regcompare_eu import EU_LAW, EU_SANCTIONS
from regcompare_eu.eu_sanctions.acts_by_country import OPENS, TABLE, unread_rows
from regcompare_eu.eu_sanctions.definitions import ASSET_FREEZES
from regcompare_eu.facts import ASSET_FROZEN, LISTED_MILITARY_USER, OCCUPIED_AREAS, Eu
from regcompare_eu.tables import ACTS_BY_COUNTRY, EMBARGOES

CLASSES = {"encoded", "read_does_not_reach", "unread"}
ROWS = list(ACTS_BY_COUNTRY)
EVERY_ROW = of_each("row", ROWS, ids=lambda row: row["id"])
UNREAD = of_each("row", list(unread_rows()), ids=lambda row: row["id"])
FIRST_DAY = dt.date(2009, 8, 27)


@EVERY_ROW
def test_every_row_is_in_one_class(row: Row) -> None:
    """An act is encoded, read without reach, or unread; only what is unread leaves something open."""
    assert row["class"] in CLASSES
    assert bool(row["opens_for"]) is (row["class"] == "unread")
    assert row["opens_for"] in {"", "nothing", "listed_party", *OPENS}
    assert set(row.words("country")) <= set(countries())
    assert row["area"] in {"", *OCCUPIED_AREAS}


def test_rows_have_ids_of_their_own() -> None:
    """Every row has an id, and no two have the same."""
    ids = [row["id"] for row in ROWS]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


ACTS_WITH_ROWS = {row["act"] for row in ROWS}
SANCTIONS_RULES = of_each("rule", EU_SANCTIONS.rules, ids=lambda rule: rule.id)


@SANCTIONS_RULES
def test_every_rule_cites_an_act_with_a_row(rule: Rule) -> None:
    """A rule that cites an act without a row would be missing from the answer to a country and a day."""
    assert rule.cite.instrument.name in {*ACTS_WITH_ROWS, ASSET_FREEZES.name, TABLE.name}


@of_each("row", list(EMBARGOES), ids=lambda row: f"{row['countries']}-{row.period.start}")
def test_every_arms_embargo_has_a_row(row: Row) -> None:
    """An arms embargo has a row here for its countries and days, with an act that its source names."""
    (found,) = (
        other
        for other in ACTS_BY_COUNTRY.where(kind="arms_embargo", country=row["countries"])
        if other.period == row.period
    )

    assert found.source == row.source


@of_each("row", [row for row in ROWS if row["class"] == "encoded"], ids=lambda row: row["id"])
def test_every_encoded_row_has_a_rule(row: Row) -> None:
    """An encoded row has a rule that cites its act, or is an asset freeze, which one rule covers for all."""
    cited = {
        rule.cite.instrument.name for rule in EU_SANCTIONS.rules if not EU_SANCTIONS.is_unread(rule)
    }

    assert row["kind"] == "asset_freeze" or row["act"] in cited


# an unread act leaves open what it may be about, on its days and for its destination ------------------

CAMERAS = Scenario(
    id="cameras",
    presume=("ordinary",),
    item=Item(technology="video_surveillance", form="goods", annex_i_entry="none"),
    transaction=Transaction(kind="export"),
    exporter=Exporter(country="FR"),
    destination=Destination(country="TR"),
    end_user=EndUser(kind="law_enforcement"),
    end_use=EndUse(concerns=[]),
    knowledge=Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[]),
    more=(
        Eu(
            goods_headings=["camera_8525"],
            occupied_area="none",
            service_kind=["maintenance"],
            advanced_technology_item=False,
            interception_heads=[],
            primarily_interception=False,
        ),
    ),
).with_facts(Parties(end_user=[]))
"""Cameras for the police, as goods; nothing about them is open."""
THERMAL, LISTED = (
    Item(annex_i_entry=["6A003.b.4"]),
    Item(technology="mobile_interception", annex_i_entry=["5A001.f.3"]),
)
SAMPLES: Mapping[str, Sequence[Any]] = {
    "annex_i": (THERMAL,),
    "category_5": (LISTED,),
    "anything": (Item(form="software"),),
    "repression_list": (Eu(repression_list_item=True),),
    "repression_help": (Eu(repression_list_item=True), Transaction(kind="technical_assistance")),
    "surveillance": (Item(technology="video_surveillance"),),
    "goods": (Item(form="goods"),),
    "network_or_machines": (Eu(goods_headings=["network_apparatus"]),),
    "drones": (Eu(goods_headings=["drone"]),),
    "network_apparatus": (Eu(goods_headings=["network_apparatus"]),),
    "other_goods": (Eu(goods_headings=["other_84_85"]),),
    "other_headings": (Eu(goods_headings=["other_84_85"]),),
    "transit_russia": (Eu(route=["russia"]),),
    "transit_belarus": (Eu(route=["belarus"], goods_headings=["computer"]),),
    "computers": (Eu(goods_headings=["computer"]),),
    "sights": (Eu(goods_headings=["night_vision_sight"]),),
    "public_financing": (Transaction(kind="financing"),),
    "business_software": (Item(technology="not_surveillance", form="software"),),
    "it_services": (
        Transaction(kind="technical_assistance"),
        Eu(service_kind=["testing"], goods_headings=[]),
    ),
    "military_assistance": (Transaction(kind="technical_assistance"), EndUser(kind="military")),
    "listed_users": (THERMAL, Parties(end_user=[LISTED_MILITARY_USER])),
}
"""What an unread act may be about, by what its row opens for."""
NEAR_MISSES: Mapping[str, Sequence[Any]] = {
    "surveillance": (Item(technology="not_surveillance"),),
    "goods": (Item(form="service"),),
    "category_5": (THERMAL,),
    "other_headings": (Eu(goods_headings=["computer"]),),
}
"""What such an act is not about, where that is not the cameras."""


def on(row: Row, day: dt.date, *sections: Any) -> Scenario:
    """The cameras, or what else is given, for the country of a row on a day."""
    country = (row.words("country") or ("CN",))[0]
    case = attrs.evolve(CAMERAS, date=day).with_facts(Destination(country=country), *sections)
    area: Any = row["area"]
    return case.with_facts(Eu(occupied_area=area)) if area else case


@pytest.mark.parametrize("ruleset", [EU_SANCTIONS, EU_LAW], ids=lambda item: item.id)
@UNREAD
def test_an_unread_act_leaves_the_result_open(row: Row, ruleset: Ruleset) -> None:
    """What an unread act may forbid is open upwards, and the question is whether the act forbids it."""
    assert row.period.start is not None
    day = max(row.period.start, FIRST_DAY)
    verdict = assess(on(row, day, *SAMPLES[row["opens_for"]]), ruleset)

    assert verdict.finding(f"unread-{row['id']}").holds is None
    assert verdict.high is Outcome.PROHIBITION
    assert f"text.unread-{row['id']}" in verdict.open_questions


@UNREAD
def test_an_unread_act_opens_nothing_else(row: Row) -> None:
    """Outside its days, its destination and what it may be about, an unread act opens nothing."""
    assert row.period.start is not None
    sample, name = SAMPLES[row["opens_for"]], f"unread-{row['id']}"
    before = on(row, row.period.start - dt.timedelta(days=1), *sample)
    other = on(row, row.period.start, *NEAR_MISSES.get(row["opens_for"], ()))

    assert assess(before, EU_SANCTIONS).finding(name).holds is False
    if row["country"]:
        elsewhere = before.with_facts(Destination(country="UY"))
        assert (
            assess(attrs.evolve(elsewhere, date=row.period.start), EU_SANCTIONS).finding(name).holds
            is False
        )
    if row["opens_for"] != "anything":
        assert assess(other, EU_SANCTIONS).finding(name).holds is False


MILITARY = list(ACTS_BY_COUNTRY.where(**{"class": "encoded"}, kind="military_assistance"))


@of_each("row", MILITARY, ids=lambda row: row["id"])
def test_assistance_with_military_activities(row: Row) -> None:
    """To train an army is open under the wording of the acts, and banned if it is read apart; police are free."""
    assert row.period.start is not None
    listed = (Parties(end_user=[ASSET_FROZEN]),) if row["reach"] == "listed_party" else ()
    trained = on(row, row.period.start, *SAMPLES["military_assistance"], *listed)
    before = attrs.evolve(trained, date=row.period.start - dt.timedelta(days=1))

    def holds(case: Scenario, **readings: str) -> bool | None:
        return assess(case, EU_SANCTIONS, readings=readings).finding(row["id"]).holds

    apart = {"sanctions-military-activities": "apart"}
    assert holds(trained) is None
    assert holds(trained, **apart) is True
    assert holds(before, **apart) is False
    assert holds(trained.with_facts(EndUser(kind="law_enforcement")), **apart) is False


# what was read, and what is not in the table ------------------------------------------------------


def test_a_destination_without_a_row_is_said_to_have_none_in_the_table() -> None:
    """The sentence says that the table has no measure, and not that there is none."""
    case = attrs.evolve(CAMERAS, date=dt.date(2020, 1, 1)).with_facts(Destination(country="SA"))
    verdict = assess(case, EU_SANCTIONS)
    printed = explain_text(verdict)

    assert verdict.finding("no-row-for-destination").holds is True
    assert verdict.result == "no_control"
    assert "No Union measure for this destination is in the table" in " ".join(printed.split())
    assert (
        assess(case.with_facts(Destination(country="LY")), EU_SANCTIONS)
        .finding("no-row-for-destination")
        .holds
        is False
    )


def test_an_act_that_was_read_without_reach_decides_nothing() -> None:
    """What was tried is named with what failed; that some act was read is no reason."""
    case = attrs.evolve(CAMERAS, date=dt.date(2023, 6, 1)).with_facts(
        Destination(country="RU"), Item(form="service"), Transaction(kind="technical_assistance")
    )
    verdict = assess(
        case.with_facts(EndUser(kind="private_company", acts_for_state=False)), EU_SANCTIONS
    )
    (text,) = (item for item in Explanation(verdict).tried if item.text.name == "Reg. (EU) 833/2014")

    assert verdict.result == "no_control"
    assert text.facts == ("eu.advanced_technology_item",)
    assert f"{text.cite} ({text.facts[0]})" in " ".join(explain_text(verdict).split())
