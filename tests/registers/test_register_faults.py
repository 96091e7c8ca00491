"""What tables may do to their readers: nulls in lists, files that are read and written, odd columns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.support.needed import needed
from tests.support.shipped import CATALOGUE

from regcompare import UsageError
from regcompare.cli import main

pa = needed("pyarrow")

from regcompare_registers.frames import assess_frame  # noqa: E402
from regcompare_registers.screen import screen, screen_frame  # noqa: E402

ACT = CATALOGUE.ruleset("eu-2021-821")
ROW = {
    "item.technology": "intrusion_platform", "transaction.kind": "export", "exporter.country": "IT",
    "destination.country": "EG", "scenario.date": "2020-01-01",
}  # fmt: skip
CODES = "item.annex_i_entry"


def lows(values: list[Any]) -> list[Any]:
    """The least outcomes where the column of codes holds these lists."""
    table = pa.Table.from_pylist([{**ROW, CODES: value} for value in values])
    return assess_frame(table, ACT, presume="ordinary").column("eu-2021-821.low").to_pylist()


def test_a_list_of_nulls_alone_states_nothing() -> None:
    """An outer join gives it where it finds no code; it is not the same as none."""
    listed, nulls, nothing, none = lows([["4A005"], [None], None, []])

    assert (listed, nulls, none) == ("authorisation", nothing, "no_control")


def test_a_null_among_codes_does_not_delete_them() -> None:
    """Whether there are more codes is for the table to say: the row is set apart with the reason."""
    table = pa.Table.from_pylist([{**ROW, CODES: ["4A005", None]}, {**ROW, CODES: ["4A005"]}])

    screened = screen_frame(table, [ACT], CATALOGUE.vocabulary)

    assert screened.table.num_rows == 1
    assert ["'null' is not a code of an entry" in row.reason for row in screened.bad] == [True]


def test_a_written_list_keeps_its_null(tmp_path: Path) -> None:
    """Columns that are carried through lose nothing."""
    parquet = needed("pyarrow.parquet")
    table = pa.Table.from_pylist([{**ROW, CODES: ["4A005"], "notes": ["one", None]}])
    parquet.write_table(table, tmp_path / "in.parquet")

    screen(str(tmp_path / "in.parquet"), str(tmp_path / "out.csv"), [ACT], CATALOGUE.vocabulary)

    assert "one; null" in (tmp_path / "out.csv").read_text("utf-8")


RULES = "def regcompare_rulesets():\n    return []\n"
REPORTS = "end_user.country,day,of\nEG,2014,repression\n"


@pytest.mark.parametrize("kept", ["reports.csv", "rules.py", "out.csv.bad-rows.csv"])
def test_no_file_that_is_read_is_replaced(kept: str, tmp_path: Path, monkeypatch: Any) -> None:
    """Neither by the output nor by its bad rows, though it may overwrite."""
    monkeypatch.chdir(tmp_path)
    header, row = ",".join(ROW), ",".join(ROW.values())
    Path("in.csv").write_text(f"{header}\n{row}\n", "utf-8")
    text = RULES if kept.endswith(".py") else REPORTS
    name = Path(kept).name
    Path(name).write_text(text, "utf-8")
    sink = "out.csv" if "bad-rows" in kept else "linked.csv"
    if sink == "linked.csv":
        Path(sink).hardlink_to(name)
    reading = ["--load", name] if name.endswith(".py") else ["--join", name]

    with pytest.raises(SystemExit) as ended:
        main(["screen", "in.csv", sink, "-r", "eu-2021-821", *reading, "--overwrite"])

    assert ended.value.code == 2
    assert Path(name).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"PK\x03\x04rest", "a workbook or a zip archive"),
        (b"\x1f\x8b\x08rest", "is compressed"),
        (b'{"item.form": "goods"}\n', "holds JSON"),
        (b"PAR1rest", "is a Parquet file"),
    ],
)
def test_what_is_named_as_csv_and_is_none_is_told_as_what_it_is(
    start: bytes, told: str, tmp_path: Path
) -> None:
    """The cure is for what it is, not for a CSV file with such a header."""
    (tmp_path / "in.csv").write_bytes(start)

    with pytest.raises(UsageError, match=told):
        screen(str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), [ACT], CATALOGUE.vocabulary)


def odd_columns() -> dict[str, Any]:
    """Columns of kinds that hold no answers, or that few libraries have."""
    odd = {
        "run ends": pa.RunEndEncodedArray.from_arrays([1], ["IT"]),
        "a dictionary of lists": pa.array([["IT"]]),
        "a time of day": pa.array([dt.time(1)]),
        "days beyond the calendar": pa.array([10_000_000], pa.int32()).cast(pa.date32()),
        "milliseconds beyond it": pa.array([10**15], pa.int64()).cast(pa.timestamp("ms")),
        "an unknown time zone": pa.array([0], pa.timestamp("s", tz="Nowhere/Land")),
        "bytes": pa.array([b"IT"]),
        "a map": pa.array([[("a", "b")]], pa.map_(pa.string(), pa.string())),
    }
    if hasattr(pa, "bool8"):
        odd["bytes that are bools"] = pa.ExtensionArray.from_storage(
            pa.bool8(), pa.array([1], pa.int8())
        )
    return odd


def refusal(frame: Any) -> str:
    """Why a table is refused; a sentence that mentions whatever is asked for where it is read."""
    try:
        assess_frame(frame, ACT)
    except UsageError as error:
        return str(error)
    return f"Expected {' '.join(ROW)} {CODES} item.covert"


@pytest.mark.parametrize("fact", ["exporter.country", "scenario.date", "item.covert", CODES])
@pytest.mark.parametrize("kind", odd_columns())
def test_an_odd_column_is_read_or_refused_in_a_sentence(kind: str, fact: str) -> None:
    """No exception of another library passes."""
    values = odd_columns()[kind]
    columns = {name: pa.array([text]) for name, text in ROW.items()} | {fact: values}
    table = pa.table(columns)

    assert fact in refusal(table)


@pytest.mark.parametrize("fact", ["exporter.country", CODES])
def test_odd_frames_of_other_libraries(fact: str) -> None:
    """Categories within lists, a series, periods."""
    polars, pandas = needed("polars"), needed("pandas")
    frames = [
        polars.DataFrame(
            {
                **{name: [text] for name, text in ROW.items()},
                fact: polars.Series([["IT"]], dtype=polars.List(polars.Categorical)),
            }
        ),
        polars.Series("exporter.country", ["IT"]),
        pandas.DataFrame(
            {
                **{name: [text] for name, text in ROW.items()},
                "scenario.date": pandas.period_range("2020-01", periods=1, freq="M"),
            }
        ),
        pandas.Series(["IT"], name="exporter.country"),
    ]

    for frame in frames:
        assert "Expected" in refusal(frame)
