"""A comparison is counted, indexed and filtered, and turns into frames with ordered outcomes."""

from __future__ import annotations

import datetime as dt
import json
import sys

import polars as pl
import pyarrow as pa
import pytest
from tests.support.shipped import CASES

import regcompare as rc
from regcompare.comparison.tidy import COLUMNS, UNDISPUTED

WORDS = [outcome.word for outcome in rc.Outcome]


@pytest.fixture(scope="module")
def comparison() -> rc.Comparison:
    """The first cases under two regimes; one is out of scope."""
    support = next(case for case in CASES if case.id == "bae-evident-uae-2014-16-support")
    return rc.compare([*CASES[:3], support], ["eu-428-2009", "amnesty"])


def test_it_is_a_sequence_of_verdicts(comparison: rc.Comparison) -> None:
    """Its length is that of its rows in a frame; iteration goes case by case."""
    assert len(comparison) == len(list(comparison)) == len(comparison.to_dicts()) == 8
    assert [verdict.ruleset.id for verdict in comparison][:2] == ["eu-428-2009", "amnesty"]
    assert repr(comparison) == "<Comparison: 4 cases under 2 rulesets>"


def test_it_is_indexed_by_case_and_regime(comparison: rc.Comparison) -> None:
    """A pair gives the verdict, a case its comparison; what is not there is told with the nearest."""
    verdict = comparison["morpho-shanghai-2015", "amnesty"]
    alone = comparison["morpho-shanghai-2015"]

    assert (verdict.scenario.id, verdict.ruleset.id) == ("morpho-shanghai-2015", "amnesty")
    assert list(alone) == list(comparison)[:2]
    with pytest.raises(rc.UsageError, match="Did you mean 'morpho-shanghai-2015'"):
        comparison["morpho-shangai-2015"]
    with pytest.raises(rc.UsageError, match="Did you mean 'amnesty'"):
        comparison["morpho-shanghai-2015", "amnsty"]


def test_cases_and_regimes_are_filtered(comparison: rc.Comparison) -> None:
    """By columns, one value or several, by a country at either end, and by a condition."""
    assert [item.id for item in comparison.where(ruleset="amnesty").rulesets] == ["amnesty"]
    assert len(comparison.where(technology="facial_recognition", ruleset=["amnesty"])) == 1
    assert comparison.where(country="CN").rows == comparison.rows[:3]
    assert comparison.where(country=["FR", "DK"], ruleset="amnesty").to_dicts() == [
        row
        for row in comparison.to_dicts()
        if row["exporter_country"] in ("FR", "DK") and row["ruleset"] == "amnesty"
    ]
    assert comparison.where(low="prohibition").rows == tuple(
        row for row in comparison.rows if any(verdict.low == "prohibition" for verdict in row)
    )
    assert comparison.where(lambda verdict: verdict.span is None).rows == comparison.rows[3:]
    assert len(comparison.where(technology="encryption")) == 0
    with pytest.raises(rc.UsageError, match="Did you mean 'technology'"):
        comparison.where(technolgy="encryption")
    with pytest.raises(rc.UsageError, match="Did you mean 'amnesty'"):
        comparison.where(ruleset="amnsty")


def test_cases_are_found_by_who_took_part(comparison: rc.Comparison) -> None:
    """A name filters like any column."""
    assert {row[0].scenario.id for row in comparison.where(name="Morpho").rows} == {
        "morpho-shanghai-2015"
    }
    with pytest.raises(rc.UsageError, match="Did you mean 'exporter'"):
        comparison.where(exportr="Morpho")


def test_differing_cases_are_those_with_several_results(comparison: rc.Comparison) -> None:
    """A case stays where its regimes come to different results."""
    expected = tuple(row for row in comparison.rows if row[0].result != row[1].result)

    assert comparison.differing().rows == expected


def test_a_row_tells_the_case_and_what_a_regime_comes_to(comparison: rc.Comparison) -> None:
    """Plain values under plain names; null where nothing is known or there is none."""
    first, second, *_ = rows = comparison.to_dicts()

    assert tuple(first) == (*COLUMNS, *UNDISPUTED)
    assert second == {
        "scenario": "morpho-shanghai-2015",
        "title": "Facial recognition for the Shanghai Public Security Bureau",
        "kind": "documented",
        "record_kind": "contract",
        "record_group": "deals",
        "sale": "morpho-shanghai",
        "date": None,
        "exporter": "Morpho",
        "end_user": "Shanghai Public Security Bureau",
        "purchaser": None,
        "intermediaries": [],
        "exporter_country": "FR",
        "destination_country": "CN",
        "end_user_kind": "law_enforcement",
        "technology": "facial_recognition",
        "decision": "none_needed",
        "ruleset": "amnesty",
        "as_of": dt.date(2021, 9, 9),
        "class": "refuse",
        "low": rc.Outcome.PROHIBITION,
        "high": rc.Outcome.PROHIBITION,
        "in_scope": True,
        "in_force": True,
        "checked": "inferred",
        "notices": [],
        "as_if_from": None,
        "result": "prohibition",
        "review": None,
        "verified_through": dt.date(2021, 9, 9),
        "rules": ["A02", "A08-a", "A04", "A01"],
        "open_rules": ["A08-b", "A08-c", "A09", "A03", "A06", "art-5-2"],
        "open_questions": [],
        "later_than_verified": [],
        "rests_on_presumed": [],
        "rests_on_reports": [],
        "rests_on_readings": [
            {"doubt": "IC-06", "reading": "live_only", "gives": "refusal..prohibition"},
            {"doubt": "IC-09", "reading": "complete_systems", "gives": "refusal..prohibition"},
            {"doubt": "IC-16", "reading": "established", "gives": "no_control..prohibition"},
        ],
        "rests_on_unread": [],
        "rests_on_dates": [],
        "changed_since": None,
        "beside": [],
        "record": "morpho-shanghai",
        "class_undisputed": "refuse",
        "low_undisputed": rc.Outcome.REFUSAL,
        "high_undisputed": rc.Outcome.PROHIBITION,
        "counted": True,
    }
    assert (rows[-2]["low"], rows[-2]["high"]) == (None, None)
    assert json.loads(json.dumps(rows, default=str))[1]["low"] == "prohibition"


def test_pandas_keeps_the_order_of_outcomes(comparison: rc.Comparison) -> None:
    """Outcomes are ordered categories that compare; truths may be missing; days are days."""
    frame = comparison.to_pandas()
    dated = next(case for case in CASES if case.date)
    days = rc.compare(dated, "amnesty").to_pandas()["date"]

    assert tuple(frame.columns) == (*COLUMNS, *UNDISPUTED)
    assert frame["low"].cat.ordered
    assert list(frame["high"].cat.categories) == WORDS
    assert list(frame["low"] >= "authorisation") == [
        row["low"] is not None and row["low"] >= "authorisation" for row in comparison.to_dicts()
    ]
    assert (str(frame["in_scope"].dtype), days.dt.year[0]) == ("boolean", dated.date and dated.date.year)
    assert list(frame["scenario"]) == [row["scenario"] for row in comparison.to_dicts()]
    assert frame["low"].isna().sum() == sum(row["low"] is None for row in comparison.to_dicts())


def test_polars_keeps_the_order_of_outcomes(comparison: rc.Comparison) -> None:
    """Outcomes are an enumeration in their order; the rows are those of the mappings."""
    frame = comparison.to_polars()

    assert frame.schema["low"] == pl.Enum(WORDS)
    assert frame.to_dicts() == comparison.to_dicts()
    assert frame["high"].max() == "prohibition"


def test_arrow_keeps_the_order_of_outcomes(comparison: rc.Comparison) -> None:
    """Outcomes are an ordered dictionary; the rows are those of the mappings."""
    table = comparison.to_arrow()

    assert table.schema.field("low").type == pa.dictionary(pa.int8(), pa.string(), ordered=True)
    assert table.column("low").chunk(0).dictionary.to_pylist() == WORDS
    assert table.to_pylist() == comparison.to_dicts()


@pytest.mark.parametrize("frame", ["to_dicts", "to_pandas", "to_polars", "to_arrow"])
def test_nothing_is_a_frame_too(comparison: rc.Comparison, frame: str) -> None:
    """A comparison without a case turns into a frame without rows."""
    assert len(getattr(comparison.where(technology="encryption"), frame)()) == 0


def test_a_missing_library_is_named(comparison: rc.Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pandas the message says what to type."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(rc.UsageError, match="python -m pip install pandas"):
        comparison.to_pandas()


def test_a_missing_library_is_named_with_the_line_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No extra brings pandas or polars, so each is installed by its own name."""
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", None)

    for name in ("polars", "pandas"):
        with pytest.raises(rc.UsageError, match=f"python -m pip install {name}$"):
            getattr(rc.compare(CASES[0], "eu-2021-821"), f"to_{name}")()
