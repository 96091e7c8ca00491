"""Texts age: from the day until which they were read, what they may say since is open, and said first."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from tests.eu.test_acts_by_country import CAMERAS, SAMPLES
from tests.support.offenders import of_each
from tests.support.recording import RECORD

from regcompare import Outcome, Scenario, assess, compare
from regcompare.authoring import Destination, EndUser, Item, Transaction
from regcompare.comparison.comparison import currency_sentence
from regcompare.verdict.verdict import Verdict
from regcompare.views.verdict import explain_text
from regcompare.vocabulary.dated import DatedTable, Row
from regcompare_eu import EU_LAW, EU_SANCTIONS
from regcompare_eu.facts import Eu
from regcompare_eu.tables import ACTS_BY_COUNTRY, ACTS_UNREAD_SINCE, NATIONAL_LISTS_UNREAD

DAY = dt.timedelta(days=1)
AT_ONCE = {"RU", "BY", "IR", "KG"}
"""Whose acts change several times a year, as do those on the occupied areas."""
TABLES = (ACTS_UNREAD_SINCE, NATIONAL_LISTS_UNREAD)
EVERY_ACT = of_each("row", list(ACTS_UNREAD_SINCE), ids=lambda row: row["id"])


def through(row: Row) -> dt.date:
    """The day through which the text of a row was read."""
    return dt.date.fromisoformat(row["through"])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_text_is_open_from_its_day_or_a_year_after_it(table: DatedTable) -> None:
    """At once where texts change several times a year, and for national lists; else after a year."""
    for row in table:
        last = through(row)
        is_quick = table is NATIONAL_LISTS_UNREAD or row["area"] or row["country"] in AT_ONCE
        opens = last if is_quick else last.replace(year=last.year + 1)

        assert row["text"]
        assert row.period.start == opens + DAY


def test_every_act_that_restricts_items_has_a_day() -> None:
    """Each act whose rules reach items or services for a country is known through some day, if still in force."""
    kinds = {
        "asset_freeze",
        "arms_embargo",
        "political",
        "contract_clause",
        "listed_users",
        "software_ban",
    }
    acts = {
        (row["celex"], country)
        for row in ACTS_BY_COUNTRY
        for country in row.words("country")
        if row["kind"] not in kinds and row["class"] == "encoded" and not row.period.end
    }
    dated = {(row["celex"], country) for row in ACTS_UNREAD_SINCE for country in row.words("country")}

    assert acts <= dated


def aged(row: Row, day: dt.date) -> Scenario:
    """A deal of the kind that the act of a row may be about, on a day."""
    country = row.words("country")[0]
    area: Any = row["area"] or "none"
    place = (Destination(country=country), Eu(occupied_area=area))
    more = (*place, *SAMPLES[row["opens_for"]])
    return attrs.evolve(CAMERAS, date=day).with_facts(*more)


@EVERY_ACT
def test_an_act_opens_what_it_may_be_about_from_its_day_on(row: Row) -> None:
    """On the first open day the result reaches up to a ban, on the eve this rule does not."""
    first = row.period.start
    assert first is not None
    on_the_day, before = (assess(aged(row, day), EU_SANCTIONS) for day in (first, first - DAY))

    assert on_the_day.finding("act-since").holds is None
    assert on_the_day.high is Outcome.PROHIBITION
    assert (row["text"], row["through"]) in on_the_day.aged
    assert (row["text"], row["through"]) not in before.aged


CAMERAS_TO_MYANMAR = attrs.evolve(CAMERAS, date=dt.date(2026, 11, 28)).with_facts(
    Destination(country="MM")
)


def test_the_act_and_its_day_come_first_and_the_day_is_that_of_the_law() -> None:
    """`explain` names them; the same facts on the day through which the act was read are certain."""
    verdict = assess(CAMERAS_TO_MYANMAR, EU_SANCTIONS)
    known = assess(CAMERAS_TO_MYANMAR, EU_SANCTIONS, dt.date(2023, 11, 29))

    assert verdict.is_open_by_age
    assert "Reg. (EU) 401/2013 is known up to 2023-11-29" in " ".join(explain_text(verdict).split())
    assert (known.result, known.is_open_by_age) == ("no_control", False)


def test_counts_say_how_many_results_are_open_for_that_reason_alone() -> None:
    """Of two results one is; a state without an act stays as it is."""
    morocco = attrs.evolve(CAMERAS_TO_MYANMAR, id="morocco").with_facts(Destination(country="MA"))
    found = compare([CAMERAS_TO_MYANMAR, morocco], EU_SANCTIONS)

    assert [str(verdict.span) for verdict in found] == ["no_control..prohibition", "no_control"]
    assert "Open only because texts were last read before the day: 1." in currency_sentence(found)


def test_annex_i_does_not_age() -> None:
    """An item that Annex I does not list is not taken to be on a later list."""
    case = CAMERAS_TO_MYANMAR.with_facts(
        Destination(country="MA"), Item(technology="facial_recognition"), EndUser(kind="law_enforcement")
    )

    assert assess(case, EU_LAW, dt.date(2026, 11, 28)).finding("art-3-1").holds is False


# eight states under restrictive acts, twelve deals with the police -------------------------------------

STATES = ("RU", "BY", "IR", "SY", "MM", "VE", "ZW", "KP")
CELLS_ON = dt.date(2026, 11, 28)
_NO_GOODS = Eu(goods_headings=[])
_SERVICE = (Item(form="service"), Transaction(kind="technical_assistance"), _NO_GOODS)
DEALS: Mapping[str, Sequence[Any]] = {
    "cameras": (),
    "computers": (Eu(goods_headings=["computer"]),),
    "network apparatus": (Eu(goods_headings=["network_apparatus"]),),
    "a drone": (Eu(goods_headings=["drone"]),),
    "night-vision sights": (Eu(goods_headings=["night_vision_sight"]),),
    "a listed interceptor": (
        Item(technology="mobile_interception", annex_i_entry=["5A001.f"]),
        Eu(goods_headings=["other_84_85"], primarily_interception=True),
    ),
    "listed spyware": (
        Item(technology="intrusion_platform", form="software", annex_i_entry=["4D004"]),
        _NO_GOODS,
    ),
    "an unlisted interceptor": (
        Item(technology="ip_network_surveillance"),
        Eu(interception_heads=["dpi"], primarily_interception=True),
    ),
    "face recognition, as software": (
        Item(technology="facial_recognition", form="software"),
        _NO_GOODS,
    ),
    "hosted face matching": (
        Item(technology="facial_recognition", form="service"),
        Transaction(kind="hosted_service"),
        Eu(goods_headings=[], service_kind=["ai_service"]),
    ),
    "training of analysts": (*_SERVICE, Eu(service_kind=["training"])),
    "financing of cameras": (Transaction(kind="financing"),),
}


def _cells() -> Iterator[tuple[str, str, Verdict]]:
    state = EndUser(kind="law_enforcement", acts_for_state=True)
    police = attrs.evolve(CAMERAS, date=CELLS_ON).with_facts(state)
    for country, (name, facts) in itertools.product(STATES, DEALS.items()):
        place: Any = country
        there = (
            Destination(country=place, purchaser_country=place),
            EndUser(country=place),
            Eu(derogation=False, exempt_use=False, repression_list_item=False),
        )
        yield country, name, assess(police.with_facts(*there, *facts), EU_SANCTIONS)


def test_which_deals_are_open_for_age_is_recorded_and_age_lowers_nothing() -> None:
    """Each with its acts; without what texts may say since, no deal is banned that was not, or the reverse."""
    lines, alone = [], 0
    for country, name, verdict in _cells():
        by_age = verdict.is_open_by_age
        read = assess(verdict.scenario, EU_SANCTIONS, readings={"text.act-since": "no"})
        assert (read.low, verdict.high) >= (verdict.low, read.high), (country, name)
        assert read.low is verdict.low, (country, name)
        assert by_age <= (read.low is read.high), (country, name)
        acts = "; ".join(f"{text}, read up to {through}" for text, through in verdict.aged)
        alone += by_age
        lines.append(f"{country} | {name} | {verdict.span} | {'age alone: ' + acts if by_age else ''}")
    total = f"{len(lines)} deals on {CELLS_ON}: {alone} open for age alone"
    text = "\n".join(line.rstrip(" |") for line in (total, *lines)) + "\n"
    file = Path(__file__).parents[1] / "golden" / "cells-open-by-age.txt"
    if RECORD:
        file.write_text(text, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == text
