"""Timelines over dated lists: each change on its day, none missed, none without a dated provision."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.drawing import fewer
from tests.support.shipped import CASES as DOCUMENTED
from tests.support.shipped import CATALOGUE

from regcompare import Outcome, Ruleset, Scenario, UsageError, assess
from regcompare.authoring import (
    CORE,
    FACTS_DATE,
    LAW_DATE,
    Constraint,
    DatedTable,
    Destination,
    EvidenceLevel,
    Exporter,
    Instrument,
    Item,
    Knowledge,
    Period,
    Transaction,
    Trigger,
)
from regcompare.facts import MemberSet
from regcompare.logic.conditions import Condition, OnOrAfter, as_condition, nodes
from regcompare.ruleset.provisions import Provisions
from regcompare.ruleset.rules import Rule
from regcompare.vocabulary.dated import Row
from regcompare_elsewhere.timeline import timeline

CASES = {case.id: case for case in DOCUMENTED}
BEGINNING, TODAY = dt.date(2009, 8, 27), dt.date(2026, 11, 24)
RULESETS = [
    CATALOGUE.ruleset(name) for name in ("eu-428-2009", "eu-2021-821", "eu-sanctions", "amnesty")
]


def on(case: Scenario, ruleset: Ruleset, day: dt.date) -> str:
    """The result if the transaction were made on the day."""
    licence = attrs.evolve(case.licence, applied_on=None)  # type: ignore[misc]
    return assess(attrs.evolve(case, date=day, licence=licence), ruleset, as_of=day).result


@fewer(2)
@given(
    st.sampled_from(sorted(CASES)),
    st.sampled_from(range(len(RULESETS))),
    st.dates(BEGINNING, TODAY),
)
def test_between_changes_the_result_stays(case_id: str, index: int, day: dt.date) -> None:
    """On any day the result is that of the last change before it."""
    ruleset = RULESETS[index]
    changes = timeline(CASES[case_id], ruleset, until=TODAY)
    day = max(day, changes[0].day)
    last = [change for change in changes if change.day <= day][-1]

    assert on(CASES[case_id], ruleset, day) == last.verdict.result


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda item: item.id)
@pytest.mark.parametrize(
    "case_id", ["bae-evident-uae-2014-16", "nsn-iran-2008-centre", "msab-hongkong-2013-20"]
)
def test_each_change_names_its_provision(case_id: str, ruleset: Ruleset) -> None:
    """A change after the first day names a dated row or an act, and is a day of one of them."""
    _, *later = timeline(CASES[case_id], ruleset, until=TODAY)
    days = {
        day
        for part in ruleset.parts()
        for period in [part.period, *(row.period for table in part.tables for row in table)]
        if period
        for day in (period.start, period.end)
    }
    asked = nodes(item.when for part in ruleset.parts() for item in part.rules)
    days |= {node.day for node in asked if isinstance(node, OnOrAfter)}

    assert all(change.provisions and change.day in days for change in later)


def test_listing_comes_on_its_day() -> None:
    """IP surveillance is listed from 31 December 2014, and under the recast from its first day."""
    changes = timeline(CASES["bae-evident-uae-2014-16"], RULESETS[0], until=TODAY)

    assert [(str(change.day), change.verdict.result) for change in changes] == [
        ("2009-08-27", "no_control..authorisation"),
        ("2014-12-31", "authorisation"),
        ("2021-09-09", "not in force"),
    ]
    assert changes[0].provisions == ("Regulation 428/2009 comes into force",)
    assert "1382/2014" in changes[1].provisions[0]


# the first day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ruleset_id", "first"),
    [
        ("eu-428-2009", "2009-08-27"),
        ("eu-2021-821", "2021-09-09"),
        ("amnesty", "2009-08-27"),
        ("eu-law-2021", "2009-08-27"),
        ("eu-sanctions", "2008-06-10"),
    ],
)
def test_a_timeline_starts_with_its_law(ruleset_id: str, first: str) -> None:
    """It starts when the act, or the first act below, comes into force; else where a rule turns."""
    ruleset = CATALOGUE.ruleset(ruleset_id)
    (begun, *_) = timeline(CASES["msab-hongkong-2013-20"], ruleset, until=TODAY)

    assert str(begun.day) == first
    assert begun.provisions == tuple(
        f"{part.title} comes into force"
        for part in ruleset.parts()
        if part.period and part.period.start == begun.day
    )


def test_a_law_of_another_time_starts_at_its_own() -> None:
    """No day of one regime is built in: an invented law of 1890 has its timeline from 1890."""
    law = regime(Item.covert.__condition__(), period=Period(dt.date(1890, 5, 1)))

    (begun,) = timeline(sale(), law, until=TODAY)

    assert (str(begun.day), begun.provisions) == ("1890-05-01", ("Toy rules comes into force",))


def test_a_last_day_before_the_law_gives_one_state() -> None:
    """Where the law came later than the last day asked for, it was not in force."""
    (state,) = timeline(CASES["msab-hongkong-2013-20"], RULESETS[1], until=dt.date(2015, 1, 1))

    assert (str(state.day), state.verdict.result) == ("2015-01-01", "not in force")


def test_a_day_in_a_rule_is_a_turn() -> None:
    """A day that a rule asks for itself, without a table, is found and named."""
    law = regime(FACTS_DATE.on_or_after(dt.date(1999, 1, 1)) & Item.covert, Period(dt.date(1990, 1, 1)))

    changes = timeline(sale(), law, until=TODAY)

    assert [(str(item.day), item.verdict.result, item.provisions) for item in changes] == [
        ("1990-01-01", "no_control", ("Toy rules comes into force",)),
        (
            "1999-01-01",
            "authorisation",
            ("the condition of Toy Act Art. 1 turns on this day",),
        ),
    ]


def test_a_transfer_is_one_while_its_destination_is_inside() -> None:
    """Before its destination joined, and after it left, what is called a transfer is read as an export."""
    transfer = sale(
        transaction=Transaction(kind="intra_eu_transfer"), destination=Destination(country="HR")
    )
    act = RULESETS[0]

    before, after = (
        assess(attrs.evolve(transfer, date=day), act, as_of=day)
        for day in (dt.date(2013, 6, 30), dt.date(2013, 7, 1))
    )

    assert any("is treated as an export" in warning for warning in before.warnings)
    assert not any("is treated as an export" in warning for warning in after.warnings)
    assert timeline(transfer, act, until=TODAY)


def test_days_on_which_the_facts_cannot_be() -> None:
    """First days on which the facts contradict each other are left out, and later ones refused."""
    old = Constraint(
        "Toys were public then.", ~FACTS_DATE.on_or_after(dt.date(2000, 1, 1)), Item.public_domain
    )
    new = Constraint(
        "They are secret now.", FACTS_DATE.on_or_after(dt.date(2010, 1, 1)), ~Item.public_domain
    )
    law = regime(as_condition(Item.covert), Period(dt.date(1990, 1, 1)))
    law = attrs.evolve(law, vocabulary=CORE.with_sections(constraints=(old, new)))

    begun = timeline(sale(item=Item(public_domain=False)), law, until=TODAY)
    assert str(begun[0].day) == "2000-01-01"
    with pytest.raises(
        UsageError, match="On 2010-01-01 the facts of case contradict each other: They are"
    ):
        timeline(sale(item=Item(public_domain=True)), law, until=TODAY)


# what changed it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (["5A001.j"], "entry 5A001.j"),
        (MemberSet(known=[], open=["5A001.j"]), "entry 5A001.j"),
        (["5D001.c/5A001.j"], "an entry derived from 5A001.j"),
    ],
)
def test_rows_that_the_facts_rule_out_changed_nothing(entry: Any, message: str) -> None:
    """Of all rows that begin on a day those alone are named that the case meets, or may meet."""
    case = sale(
        item=Item(technology="ip_network_surveillance", annex_i_entry=entry),
        knowledge=Knowledge(authority_informed=[], exporter_aware=[], exporter_suspects=[]),
        exporter=Exporter(country="DE"),  # France has had notices on such items since 2013.
    )

    changes = {
        str(item.day): item.provisions
        for item in timeline(case, CATALOGUE.ruleset("eu-428-2009"), until=TODAY)
    }

    assert changes.get("2014-12-31") == (
        f"Annex I: {message} begins (Reg. (EU) 1382/2014, OJ L 371, 30.12.2014, Annex I)",
    )


@pytest.mark.parametrize("is_member", [True, None])
def test_rows_are_headed_by_the_name_of_their_table(is_member: bool | None) -> None:
    """A row is told under the name given to its table, and what it ended or replaced beside it."""
    partners = DatedTable(
        "partner states",
        (
            Row("partners.csv", 2, {"state": "AE"}, Period(None, DAY), "Gazette 1", EvidenceLevel.TEXT),
            Row("partners.csv", 3, {"state": "PE"}, Period(None, DAY), "Gazette 1", EvidenceLevel.TEXT),
        ),
        DAY,
    )
    law = regime(
        partners.rows_that(lambda row: Destination.country.is_in(row["state"]) & Item.covert, LAW_DATE),
        Period(BEGINNING),
    )

    *_, last = timeline(sale(item=Item(covert=is_member)), law, until=TODAY)

    assert last.day == DAY
    assert last.provisions == ("partner states: AE ends (Gazette 1)",)


DAY = dt.date(2020, 1, 1)


def regime(when: Condition, period: Period | None = None) -> Ruleset:
    """An invented law with one rule."""
    act = Instrument("Toy Act", "An invented act", "nowhere, 2000")
    rule = Rule(
        act["Art. 1"],
        "What the rule asks for needs a licence.",
        when=when,
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.ACT,
    )
    return Ruleset(
        "toys",
        "Toy rules",
        status="law",
        instruments=(act,),
        reference_date=DAY,
        period=period,
        provisions=Provisions((rule,)),
        covers=("export",),
    )


def sale(**facts: Any) -> Scenario:
    """An ordinary sale of something covert from France to the Emirates, otherwise where stated."""
    stated: dict[str, Any] = {
        "item": Item(covert=True),
        "transaction": Transaction(kind="export", purpose="supply"),
        "exporter": Exporter(country="FR"),
        "destination": Destination(country="AE"),
    }
    return Scenario(id="case", presume="ordinary", **(stated | facts))


@fewer(6)
@given(st.sampled_from(sorted(CASES)), st.permutations([0, 1, 2]))
def test_combining_has_no_order(case_id: str, order: list[int]) -> None:
    """Combined rulesets give the same outcome in any order and grouping."""
    first, second, third = (RULESETS[index] for index in order)
    case, day = CASES[case_id], dt.date(2021, 9, 9)
    flat = RULESETS[0].combined_with(*RULESETS[1:3], id="all")
    nested = first.combined_with(second, id="two").combined_with(third, id="three")

    assert assess(case, nested, as_of=day).result == assess(case, flat, as_of=day).result


def test_a_combined_proposal_keeps_its_base() -> None:
    """A proposal combined with another ruleset, or standing on a combination, loses no rules."""
    case, amnesty = CASES["bae-evident-uae-2014-16"], CATALOGUE.ruleset("amnesty")
    beside = RULESETS[2].combined_with(amnesty, id="sanctions-and-amnesty")
    above = amnesty.on_base(CATALOGUE.ruleset("eu-law-2021"))

    held = [
        {finding.rule.id for finding in assess(case, ruleset, as_of=dt.date(2021, 9, 9)).holding}
        for ruleset in (amnesty, beside, above)
    ]

    for more in held[1:]:
        assert more - {"no-row-for-destination"} == held[0], (
            "the sanctions say that no act is in the table"
        )
    assert {"art-3-1", "A01"} <= held[0]
