"""Through which day the tables of the law are verified is said in one line, and later cells are marked."""

from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest
from click.testing import CliRunner
from tests.support.shipped import CASES

from regcompare import Scenario, assess
from regcompare.cli import main
from regcompare.comparison.comparison import compare
from regcompare.ruleset.currency import (
    LATER_MARK,
    later_tables,
    tables_of,
    verified_sentence,
    verified_through,
)
from regcompare.views.tables import Format, comparison_text
from regcompare.vocabulary import FACTS_DATE, LAW_DATE
from regcompare_elsewhere.timeline import timelines
from regcompare_eu import EU_428_2009, EU_2021_821, EU_SANCTIONS
from regcompare_eu.tables import EMBARGOES, NATIONAL_LISTS, TABLES
from regcompare_publish.safeguards import safeguards

CASE = next(case for case in CASES if case.id == "morpho-shanghai-2015")
LINE = "Tables of the law are verified through "


def on(day: str) -> Scenario:
    """The case, as if its facts were of another day."""
    return attrs.evolve(CASE, date=dt.date.fromisoformat(day))


def test_a_table_knows_at_which_day_it_is_read() -> None:
    """Embargoes follow the facts, national lists the law applied."""
    read = tables_of(EU_2021_821)

    assert read[EMBARGOES] == {FACTS_DATE.key}
    assert read[NATIONAL_LISTS] == {LAW_DATE.key}
    assert set(read) == set(TABLES)


def test_a_later_day_of_the_law_or_of_the_facts_counts() -> None:
    """A table is read too late by the day that it follows, not by the other one."""
    late = max(table.verified_through for table in TABLES) + dt.timedelta(days=1)
    early = NATIONAL_LISTS.verified_through

    assert EMBARGOES in later_tables(EU_2021_821, early, late)
    assert NATIONAL_LISTS not in later_tables(EU_2021_821, early, late)
    assert NATIONAL_LISTS in later_tables(EU_2021_821, late, early)
    assert EMBARGOES not in later_tables(EU_2021_821, late, early)
    assert later_tables(EU_2021_821, early, early) == ()


def test_the_line_names_each_table_once() -> None:
    """One sentence names every table of the rulesets once, with its day."""
    sentence = verified_sentence([EU_428_2009, EU_2021_821, EU_SANCTIONS])

    assert "\n" not in sentence
    for table in {*TABLES, *EU_SANCTIONS.tables}:
        assert sentence.count(f" {table.name}") >= 1
    assert verified_through(EU_2021_821) == min(table.verified_through for table in TABLES)


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_a_comparison_says_so_and_marks(form: Format) -> None:
    """The line stands below a comparison, and a cell of a later day is marked and explained."""
    quiet = comparison_text(compare([CASE], [EU_2021_821]), form)
    marked = comparison_text(compare([CASE], [EU_2021_821], as_of=dt.date(2026, 12, 1)), form)

    assert LINE in quiet
    assert LATER_MARK not in quiet
    assert f"{LATER_MARK} marks" in marked
    assert marked.count(LATER_MARK) == 2


def test_data_says_so() -> None:
    """JSON and CSV give the first day and the tables that are read later."""
    late = compare([CASE], [EU_2021_821], as_of=dt.date(2022, 1, 1))
    (row,) = late.records()

    assert row["verified_through"] == str(verified_through(EU_2021_821))
    assert NATIONAL_LISTS.name in row["later_than_verified"]
    assert NATIONAL_LISTS.name in comparison_text(late, "csv")
    assert json.loads(json.dumps(row)) == row


def test_safeguards_and_timeline_say_so() -> None:
    """The table of safeguards and the timeline have the line too; a later change is marked."""
    changes = timelines(on("2015-06-30"), [EU_SANCTIONS], dt.date(2026, 12, 1))

    assert LINE in safeguards([EU_2021_821]).text()
    assert LINE in changes.text()


def test_a_verdict_warns_by_the_day_at_which_a_table_is_read() -> None:
    """A warning names the embargoes where the facts are later, and the national lists where the law is."""
    late = EMBARGOES.verified_through + dt.timedelta(days=1)
    warnings = assess(attrs.evolve(CASE, date=late), EU_2021_821).warnings

    assert any(told.startswith(f"{EMBARGOES.name} was checked only up to") for told in warnings)
    assert not any(told.startswith(NATIONAL_LISTS.name) for told in warnings)


def test_the_list_of_rulesets_says_how_old_each_is() -> None:
    """Each has the day of its oldest list and of the last reading of its own texts, not of its base's."""
    told = CliRunner().invoke(main, ["show", "--format", "json"], catch_exceptions=False).stdout
    days = {one["id"]: one["texts_read"] for one in json.loads(told)}
    listed = CliRunner().invoke(main, ["show"], catch_exceptions=False).stdout
    rows = {line.split()[0]: line for line in listed.splitlines()[2:]}

    assert days["amnesty-seed"] is None
    assert days["eu-law"] == max(days["eu-2021-821"], days["eu-428-2009"], days["eu-sanctions"])
    for ruleset in (EU_2021_821, EU_SANCTIONS):
        assert f" {verified_through(ruleset)} " in rows[ruleset.id]
        assert f" {days[ruleset.id]} " in rows[ruleset.id]
