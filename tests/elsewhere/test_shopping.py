"""The same sale from each state of a home: what differs, through which row, and what is not known."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

from regcompare import Outcome, Ruleset, Scenario, UsageError
from regcompare.authoring import (
    Chapter,
    DatedTable,
    Destination,
    Exporter,
    Home,
    Instrument,
    National,
    Transaction,
    Trigger,
)
from regcompare.cli import main
from regcompare.vocabulary import LAW_DATE
from regcompare_elsewhere.shopping import (
    OutcomesByState,
    outcomes_by_state,
)

CENTRE = "trovicor-ethiopia-2011"
HEAD = "countries,start,end,source,checked,note\n"
SALE = Scenario(
    id="sale",
    date=dt.date(2020, 5, 1),
    presume=("ordinary",),
    transaction=Transaction(kind="export"),
    exporter=Exporter(country="CH"),
    destination=Destination(country="ET"),
    national=National(measure="none"),
)


def table(folder: Path, name: str, rows: str) -> DatedTable:
    """A table of an invented union."""
    file = folder / f"{name}.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    return DatedTable.read(file, name, dt.date(2025, 1, 1))


@pytest.fixture
def union(tmp_path: Path) -> Ruleset:
    """An invented law of two states, one of which has a list since 2019."""
    home = Home("the Two", table(tmp_path, "members", "AT CH,,,Treaty,text,\n"))
    lists = table(tmp_path, "lists", "AT,2019-01-01,,Gazette 1,secondary,\n")
    chapter = Chapter()
    listed = lists.names(Exporter.country, LAW_DATE)
    chapter.rule(
        Instrument("Act", "An invented act", "nowhere")["Art. 1"],
        "What a list of the exporter's state holds needs a licence.",
        when=listed | National.measure.is_in("authorisation"),
        then=Outcome.AUTHORISATION,
        triggered_by=Trigger.NATIONAL_LAW,
    )
    fields: dict[str, Any] = {"covers": ("export",), "provisions": (chapter,), "instruments": ()}
    return Ruleset(
        "two", "Law of the Two", status="law", reference_date=dt.date(2021, 1, 1),
        home=home, scope=home.has(Exporter.country), **fields,
    )  # fmt: skip


def group_rows(outcomes: OutcomesByState) -> list[tuple[tuple[str, ...], str, bool, tuple[str, ...]]]:
    """Each group: its states, its result, whether a row carries it, and what is not known."""
    return [
        (item.states, item.verdict.result, bool(item.rows), item.not_known) for item in outcomes.groups
    ]


def test_a_row_is_certain_and_the_rest_is_not_known(union: Ruleset) -> None:
    """The state on the list comes first; that the other has no measure was presumed, and is open."""
    assert group_rows(outcomes_by_state(SALE, union)) == [
        (("AT",), "authorisation", True, ()),
        (("CH",), "no_control..authorisation", False, ("national.measure",)),
    ]


def test_before_the_list_began_both_are_alike(union: Ruleset) -> None:
    """The day before its first the row says nothing, and what the state had otherwise is not known."""
    assert group_rows(outcomes_by_state(SALE, union, as_of=dt.date(2018, 12, 31))) == [
        (("AT", "CH"), "no_control..authorisation", False, ("national.measure",)),
    ]
    assert len(outcomes_by_state(SALE, union, as_of=dt.date(2019, 1, 1)).groups) == 2


def test_a_sale_to_a_state_of_the_home(union: Ruleset) -> None:
    """From within, it is domestic from the state of destination alone; from outside, from every state."""
    inside = attrs.evolve(SALE, destination=Destination(country="AT"))
    outside = attrs.evolve(inside, exporter=Exporter(country="US"))

    assert [row[:2] for row in group_rows(outcomes_by_state(inside, union))] == [
        (("CH",), "no_control..authorisation"),
        (("AT",), "domestic sale"),
    ]
    assert [row[:2] for row in group_rows(outcomes_by_state(outside, union))] == [
        (("AT", "CH"), "domestic sale")
    ]


def test_a_transfer_within_the_home_stays_one(union: Ruleset) -> None:
    """From another of its states it is still a transfer; from outside it would be an export."""
    sale = attrs.evolve(SALE, transaction=Transaction(kind="intra_eu_transfer"))
    kinds = {item.verdict.scenario.transaction.kind for item in outcomes_by_state(sale, union).groups}
    from_outside = attrs.evolve(sale, exporter=Exporter(country="US"))

    assert kinds == {"intra_eu_transfer"}
    moved = outcomes_by_state(from_outside, union).groups
    assert {item.verdict.scenario.transaction.kind for item in moved} == {"export"}


@pytest.mark.parametrize("home", [None, Home("the Alps", "CH")])
def test_a_home_of_one_state_is_refused(union: Ruleset, home: Home | None) -> None:
    """There is nothing to compare, and the error says what is."""
    with pytest.raises(
        UsageError, match=r"two has .*no states to compare. Expected a ruleset whose home"
    ):
        outcomes_by_state(SALE, attrs.evolve(union, home=home))


def test_the_german_list(catalogue: Any) -> None:
    """An entry of it needs a licence from Germany alone; of the day before it began nothing is known."""
    law = catalogue.ruleset("eu-428-2009")
    case = next(item for item in catalogue.scenarios() if item.id == CENTRE)

    on, before = (outcomes_by_state(case, law, as_of=dt.date(2015, 7, day)) for day in (18, 17))
    (row,) = on.groups[0].rows
    assert (on.settled_states, row.rule.id, row.source[:5]) == (
        ("DE",), "art-8-1-authorisation", "AWV, "
    )  # fmt: skip
    assert before.settled_states == ()


def test_the_italian_row(catalogue: Any) -> None:
    """The row carries the result from Italy where the item meets its entry, and not where another one."""
    law = catalogue.ruleset("eu-428-2009")
    eu = next(cls for cls in law.vocabulary.sections if cls.__section__ == "eu")
    case = next(item for item in catalogue.scenarios() if item.id == CENTRE)
    syria = case.with_facts(Destination(country="SY"))
    user = type(case.end_user)(kind="telecom_operator")
    met = syria.with_facts(user, eu(national_entry=["it_lan_monitoring"]))
    other = met.with_facts(eu(national_entry=["5A902"]))

    assert outcomes_by_state(met, law, as_of=dt.date(2013, 1, 1)).settled_states == ("IT",)
    assert outcomes_by_state(other, law, as_of=dt.date(2013, 1, 1)).settled_states == ()


def test_of_an_item_on_no_list_nothing_is_reported(catalogue: Any) -> None:
    """All states stand together, with what is not known of them, and that it is presumed to meet no entry."""
    case = next(item for item in catalogue.scenarios() if item.id == "morpho-shanghai-2015")
    outcomes = outcomes_by_state(case, catalogue.ruleset("eu-2021-821"))

    (group,) = outcomes.groups
    assert (group.rows, group.verdict.low) == ((), Outcome.NO_CONTROL)
    assert "national.measure" in group.not_known
    assert "eu.national_entry" in outcomes.presumed
    assert "For none of 40 states and territories" in outcomes.finding().sentence()


def test_the_forms_name_row_mark_and_day(union: Ruleset) -> None:
    """The table says through which provision and row; JSON and CSV hold the same."""
    outcomes = outcomes_by_state(SALE, union)

    text = " ".join(outcomes.text().split())
    assert "lists (1 row, verified through 2025-01-01)" in text
    assert "A state missing from them may still have such law." in text
    data = json.loads(outcomes.text("json"))
    (row,) = data["groups"][0]["rows"]
    assert (row["source"], row["checked"], row["period"]) == (
        "Gazette 1",
        "secondary",
        "from 2019-01-01",
    )
    lines = outcomes.text("csv").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["state", "AT", "CH"]


def test_the_command_takes_one_ruleset() -> None:
    """Two are refused, and one without several states."""
    runner = CliRunner()
    two = runner.invoke(main, ["shopping", CENTRE, "-r", "eu-2021-821", "-r", "amnesty"])
    one = runner.invoke(main, ["shopping", CENTRE, "-r", "eu-2021-821", "--format", "csv"])

    assert two.exit_code == 2
    assert one.exit_code == 0
    assert ",general_authorisation,prohibition," in one.stdout.splitlines()[1]
