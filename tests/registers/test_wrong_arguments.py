"""Wrong arguments of a screening: each is refused in words that name it, and say what was expected."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.needed import needed

import regcompare as rc

needed("pyarrow")

ROW = {
    "scenario.date": "2013-02-04", "destination.country": "NO", "item.annex_i_entry": "5A002.a",
    "exporter.country": "DE", "transaction.kind": "export",
}  # fmt: skip
LAW = ["eu-2021-821"]
PLACE = "destination.country"
WRONG = {
    **dict.fromkeys(("columns", "categories", "values", "presumed", "discretion"), (5, "x", ["x"])),
}
"""What is no mapping, for each argument that is one."""


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *((name, given) for name, of in WRONG.items() for given in of),
        ("columns", {PLACE: 5}), ("columns", {PLACE: None}), ("columns", {5: "item.technology"}),
        ("columns", {PLACE: ["item.technology"]}), ("categories", {PLACE: ["germany"]}),
        ("values", {PLACE: 5}), ("values", {PLACE: ["x"]}), ("values", {PLACE: {"NO": 5}}),
        ("values", {PLACE: None}), ("values", {5: {}}), ("presumed", {5: "x"}),
        ("discretion", {"art-4-1": "yes"}), ("discretion", {5: True}), ("gaps", 5), ("gaps", [5]),
        ("gaps", None), ("decisions", "no"), ("decisions", None), ("encoding", 5),
        ("encoding", ["utf-8"]), ("readings", 5), ("readings", "x"), ("readings", ["x"]),
        ("presume", ["ordinary"]), ("presume", True),
    ],
)  # fmt: skip
def test_an_argument_of_another_kind_is_refused(name: str, given: Any) -> None:
    """Whatever it is: with its name, what was found and what was expected."""
    with pytest.raises(rc.UsageError, match=r"[Ee]xpected") as refused:
        rc.screen([ROW], LAW, **{name: given})

    assert name in str(refused.value)


@pytest.mark.parametrize(
    "name", ["digest", "guesses", "published", "spellings", "days_of_rows", "colums"]
)
def test_an_argument_that_there_is_not_is_refused(name: str) -> None:
    """Also one by which parts of the program speak to each other."""
    arguments: dict[str, Any] = {name: 1}

    with pytest.raises(rc.UsageError, match="It takes columns, categories, join, values"):
        rc.screen([ROW], LAW, **arguments)


@pytest.mark.parametrize("given", [["x"], [1], [None], {"eu-2021-821": 1}, [{}], "eu-2021-821@x", 5])
def test_a_law_that_there_is_not_is_refused(given: Any) -> None:
    """Whatever stands in place of its id."""
    with pytest.raises(rc.UsageError, match="Expected one"):
        rc.screen([ROW], given)


@pytest.mark.parametrize(
    "table", [[1], ["x"], [None], [ROW, 3], b"x.csv", [{1: 2}], [{PLACE: object()}]]
)
def test_what_is_no_table_is_refused(table: Any) -> None:
    """A list of something else than mappings too, with the row."""
    with pytest.raises(rc.UsageError, match=r"[Rr]ow"):
        rc.screen(table, LAW)


def test_one_gap_may_be_written_alone() -> None:
    """As a text it is one gap, not one for each of its letters."""
    screened = rc.screen([ROW, {**ROW, PLACE: "n/a"}, {**ROW, PLACE: "n"}], LAW, gaps="n/a")

    assert (len(screened), len(screened.bad)) == (2, 1)


@pytest.mark.parametrize("by", [(5,), (None,), (["year"],)])
def test_what_is_no_name_makes_no_groups(by: Any) -> None:
    """Refused in words, as an unknown name is."""
    with pytest.raises(rc.UsageError, match=r"by\(\) has"):
        rc.screen([ROW], LAW).by(*by)


def test_a_group_asked_for_twice_is_one() -> None:
    """As in SQL: it is the same column."""
    screened = rc.screen([ROW], LAW)

    assert [group.of for group in screened.by("year", "year")] == [{"year": "2013"}]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_rows_and_groups_have_the_forms_of_data(form: str) -> None:
    """CSV of the rows or groups, not the text of the summary."""
    screened = rc.screen([ROW], LAW)

    assert screened.by("year").text(form) == getattr(screened.by("year"), f"to_{form}")()
    if form == "csv":
        assert screened.text(form) == screened.to_csv()


@pytest.mark.parametrize("index", [None, ["x"], 1.5, {}, "law"])
def test_a_listing_asked_for_what_is_no_id_says_so(index: Any) -> None:
    """Also for a ruleset itself, whose id it then names."""
    regimes = rc.regimes()
    asked: Any = regimes["eu-2021-821"] if index == "law" else index

    with pytest.raises(rc.UsageError, match="is no id of a regime") as refused:
        regimes[asked]

    assert ("'eu-2021-821'" in str(refused.value)) == (index == "law")


@pytest.mark.parametrize("day", [5, None, "x", 1.5])
def test_a_list_of_what_is_no_day_is_refused(day: Any) -> None:
    """A number is as little a day as a word is."""
    with pytest.raises(rc.UsageError, match="is not a day"):
        rc.regimes()["eu-2021-821"].with_list(day)
