"""Figures of a register: intervals that a plain count confirms, whatever holds the table."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest
from tests.shipped import CATALOGUE

from regcompare.errors import UsageError
from regcompare.ruleset.rules import Outcome
from regcompare_registers.figures import (
    RESULTS,
    Interval,
    cross_tabulation,
    intervals,
    register_summary,
    results_of,
)
from regcompare_registers.frames import assess_frame

FIRST, SECOND = "eu-2021-821", "amnesty"
CHANCE = random.Random(4)
ANSWERS: Mapping[str, tuple[Any, ...]] = {
    "item.technology": ("intrusion_platform", "facial_recognition", "encryption", None, "unknown"),
    "item.annex_i_entry": ("none", "4D004", "5A002.a", None),
    "destination.country": ("NO", "NA", "CN", "US", " NO ", "", None),
    "end_user.kind": ("law_enforcement", "private_company", None),
    "end_user.acts_for_state": (True, False, None),
    "transaction.kind": ("export", "import", None),
    "exporter.country": ("DE", "US", None),
    "scenario.date": (dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2021, 9, 9), None),
    "licence.applied_on": (None,),
}
ROWS = [{name: CHANCE.choice(answers) for name, answers in ANSWERS.items()} for _ in range(300)]
SCHEMA: dict[str, Any] = {
    name: {bool: pl.Boolean, dt.date: pl.Date}.get(type(answers[0]), pl.String)
    for name, answers in ANSWERS.items()
}
SCREENED: pl.DataFrame = assess_frame(
    pl.DataFrame(ROWS, schema=SCHEMA),
    [CATALOGUE.ruleset(FIRST), CATALOGUE.ruleset(SECOND)],
    as_of="scenario",
    presume="ordinary",
)
AS_TEXT = SCREENED.with_columns(
    pl.col("scenario.date").cast(pl.String).fill_null("unknown"),
    pl.col("end_user.acts_for_state").replace_strict({True: "yes", False: "no"}, return_dtype=pl.String),
)


ENGINES: dict[str, Callable[[pl.DataFrame], Any]] = {
    "polars": lambda frame: frame,
    "polars, lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas, categories": lambda frame: frame.to_pandas().astype({"item.technology": "category"}),
    "pandas, Arrow": lambda frame: pd.DataFrame(frame.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)),
    "pyarrow": lambda frame: frame.to_arrow(),
    "DuckDB": lambda frame: duckdb.from_arrow(frame.to_arrow()),
}
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES)
BY: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "item.technology": lambda row: row["item.technology"],
    "destination.country": lambda row: row["destination.country"],
    "end_user.kind": lambda row: row["end_user.kind"],
    "end_user.acts_for_state": lambda row: {True: "yes", False: "no"}.get(
        row["end_user.acts_for_state"]
    ),
    "item.annex_i_entry": lambda row: row["item.annex_i_entry"],
    "year": lambda row: row["scenario.date"] and row["scenario.date"].year,
}


def possible(row: Mapping[str, Any], ruleset: str) -> set[str]:
    """Everything that a row may come to, told without the code under test."""
    low, high, scope, force = (
        row[f"{ruleset}.{part}"] for part in ("low", "high", "in_scope", "in_force")
    )
    if scope is None:
        return {"contradiction"}
    if force == "no":
        return {"not_in_force"}
    words = [outcome.word for outcome in sorted(Outcome)]
    found = set(words[words.index(low) : words.index(high) + 1]) if low else set()
    found |= {"out_of_scope"} if scope != "yes" else set()
    return found | ({"not_in_force"} if force == "unknown" else set())


def plainly_counted(by: str, ruleset: str) -> set[Interval]:
    """The figures, counted one row after another."""
    at_least: Counter[tuple[str, str]] = Counter()
    at_most: Counter[tuple[str, str]] = Counter()
    for row in SCREENED.to_dicts():
        text = str(BY[by](row) or "").strip().replace("unknown", "")
        found = possible(row, ruleset)
        at_most.update((text, result) for result in found)
        at_least.update((text, result) for result in found if len(found) == 1)
    return {
        Interval(text, ruleset, result, at_least[text, result], at_most[text, result])
        for text, result in at_most
    }


@pytest.mark.parametrize("by", BY)
@ON_EVERY_ENGINE
def test_a_summary_is_what_a_plain_count_gives(engine: str, by: str) -> None:
    """Whatever holds the table, the figures are those of counting its rows one by one."""
    for frame in (SCREENED, AS_TEXT):
        table = register_summary(ENGINES[engine](frame), [FIRST, SECOND], by)

        assert set(table.rows) == plainly_counted(by, FIRST) | plainly_counted(by, SECOND)
        assert len(set(table.rows)) == len(table.rows)


@ON_EVERY_ENGINE
def test_a_cross_tabulation_is_what_a_plain_count_gives(engine: str) -> None:
    """Each row is counted in every pair of results that it may have."""
    at_least: Counter[tuple[str, str]] = Counter()
    at_most: Counter[tuple[str, str]] = Counter()
    for row in SCREENED.to_dicts():
        pairs = list(product(possible(row, FIRST), possible(row, SECOND)))
        at_most.update(pairs)
        at_least.update(pairs if len(pairs) == 1 else [])

    table = cross_tabulation(ENGINES[engine](SCREENED), FIRST, SECOND)

    found = {(row.first, row.second): (row.at_least, row.at_most) for row in table.rows}
    assert found == {pair: (at_least[pair], at_most[pair]) for pair in at_most}


def test_every_row_is_counted() -> None:
    """In each category the rows lie between the sums of both ends; contradictions count as well."""
    for by in BY:
        sizes = Counter(
            str(BY[by](row) or "").strip().replace("unknown", "") for row in SCREENED.to_dicts()
        )
        for category, size in sizes.items():
            rows = [
                row for row in register_summary(SCREENED, FIRST, by).rows if row.category == category
            ]
            assert sum(row.at_least for row in rows) <= size <= sum(row.at_most for row in rows)
            assert all(0 <= row.at_least <= row.at_most <= size for row in rows)
    contradictory = [
        row for row in register_summary(SCREENED, FIRST, "year").rows if row.result == "contradiction"
    ]
    assert sum(row.at_least for row in contradictory) == SCREENED["contradiction"].sum() > 0


def test_the_columns_of_the_table_may_have_other_names() -> None:
    """Any column can be grouped by, one of one's own included; a column year comes before the date."""
    frame = SCREENED.with_columns(pl.lit("FY 20/21").alias("year"), pl.lit(7).alias("office"))

    by_office = register_summary(frame, FIRST, "office")

    assert {row.category for row in by_office.rows} == {"7"}
    assert by_office.caption == (
        "Rows by office and result, from those that have it for certain to those whose span includes it"
    )


def test_answers_that_read_like_nothing_are_categories() -> None:
    """The answer none is an answer, and NA a country; only blank, null and unknown are unknown."""
    table = register_summary(SCREENED, FIRST, "item.annex_i_entry")
    countries = register_summary(SCREENED, FIRST, "destination.country")

    assert {row.category for row in table.rows} == {"none", "4D004", "5A002.a", ""}
    assert {row.category for row in countries.rows} == {"NO", "NA", "CN", "US", ""}


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: register_summary(SCREENED, FIRST, "item.technolgy"), "Did you mean 'item.technology'?"),
        (lambda: register_summary(SCREENED, "eu-2021-812", "year"), "Did you mean 'eu-2021-821.low'?"),
        (lambda: register_summary(SCREENED.drop("scenario.date"), FIRST, "year"), "The year is that of the column"),
        (lambda: cross_tabulation(SCREENED, FIRST, "eu-428-2009"), "has no column 'eu-428-2009.low'"),
        (
            lambda: register_summary(SCREENED.with_columns(pl.lit([["a"]]).alias("uses")), FIRST, "uses"),
            "holds several answers in a row",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_reported(ask: Callable[[], Any], message: str) -> None:
    """A column that is not there is told with the nearest that is."""
    with pytest.raises(UsageError) as caught:
        ask()

    assert message in str(caught.value)


def test_figures_are_ready_for_plots_and_notebooks() -> None:
    """Records make a data frame at once; a notebook shows a table with a caption; repr is short."""
    table = cross_tabulation(SCREENED, FIRST, SECOND)

    frame = pl.DataFrame(table.records())

    assert frame.columns == ["first", "second", "at_least", "at_most"]
    assert pd.DataFrame(register_summary(SCREENED, FIRST, "year").records()).shape[1] == 5
    assert ">Rows by result under eu-2021-821 and amnesty" in table._repr_html_()
    assert repr(table) == f"<Rows by result under eu-2021-821 and amnesty: {len(table.rows)} figures>"


def words(result: tuple[Any, ...]) -> tuple[Iterable[str], Iterable[str]]:
    """What a row comes to, as lists."""
    sure, maybe = results_of(result)
    return list(sure), list(maybe)


def test_what_a_row_comes_to() -> None:
    """One result for certain, or several that are possible; never one in the middle."""
    assert words(("authorisation", "authorisation", "yes", "yes")) == (
        ["authorisation"],
        ["authorisation"],
    )
    assert words((None, None, "no", "yes")) == (["out_of_scope"], ["out_of_scope"])
    assert words((None, None, "yes", "no")) == (["not_in_force"], ["not_in_force"])
    assert words((None, None, None, None)) == (["contradiction"], ["contradiction"])
    assert words(("refusal", "prohibition", "unknown", "yes")) == (
        [],
        ["refusal", "prohibition", "out_of_scope"],
    )
    assert words((None, None, "no", "unknown")) == ([], ["out_of_scope", "not_in_force"])
    assert [word for word, *_ in intervals({(None, None, "no", "yes"): 2})] == ["out_of_scope"]
    assert set(RESULTS) > {"no_control", "contradiction"}
