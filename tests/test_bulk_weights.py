"""Rows that stand for many: a weight counts a row as often as if it stood there so many times."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner
from tests.shipped import CATALOGUE

from regcompare.bulk import Summary, bad_rows_file, cross_tabulation, register_summary, screen
from regcompare.cli import main
from regcompare.errors import UsageError

CHANCE = random.Random(7)
ANSWERS: dict[str, tuple[str, ...]] = {
    "item.technology": ("mobile_interception", ""),
    "item.annex_i_entry": ("5A001.f.1", "none", "?5A001.f.1", ""),
    "destination.country": ("ID", "PK", "US", ""),
    "end_user.kind": ("law_enforcement", ""),
    "licence.status": ("granted", "refused", ""),
    "scenario.date": ("2015-06-01", "2016-02-01"),
}
ROWS = [
    {name: CHANCE.choice(answers) for name, answers in ANSWERS.items()} | {"licences": str(place % 4)}
    for place in range(80)
]
IDS = ("eu-2021-821", "amnesty")


def write(path: Path, rows: Sequence[dict[str, str]]) -> str:
    """Writes rows as a CSV file and returns its name."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def screened(rows: Sequence[dict[str, str]], folder: Path, name: str, **options: Any) -> Summary:
    """Screens rows under two rulesets."""
    source = write(folder / f"{name}-in.csv", rows)
    rulesets = [CATALOGUE.ruleset(ruleset) for ruleset in IDS]
    sink = str(folder / f"{name}.csv")
    return screen(
        source, sink, rulesets, CATALOGUE.vocabulary, presume="ordinary", overwrite=True, **options
    )


@pytest.mark.parametrize("batch_size", [9, 250_000])
def test_a_weight_is_so_many_rows(tmp_path: Path, batch_size: int) -> None:
    """All figures are those of the register in which each row stands as often as its weight says."""
    repeated = [row for row in ROWS for _ in range(int(row["licences"]))]

    once = screened(ROWS, tmp_path, "once", weight="licences", batch_size=batch_size)
    many = screened(repeated, tmp_path, "many")

    assert (once.read, once.written, once.weight) == (80, 80, "licences")
    assert once.counted == many.written == many.counted == sum(int(row["licences"]) for row in ROWS)
    assert once.carried == ("licences",)
    figures = ("results", "unsettled", "examined")
    assert [getattr(once, name) for name in figures] == [getattr(many, name) for name in figures]
    assert [attrs.evolve(item, settling=()) for item in once.facts] == [
        attrs.evolve(item, settling=()) for item in many.facts
    ]


def test_frames_are_weighted_likewise(tmp_path: Path) -> None:
    """A summary and a cross-tabulation count weights, whatever library holds the table."""
    repeated = [row for row in ROWS for _ in range(int(row["licences"]))]
    screened(ROWS, tmp_path, "once")
    screened(repeated, tmp_path, "many")
    once, many = (pl.read_csv(tmp_path / f"{name}.csv", infer_schema=False) for name in ("once", "many"))
    numbers = once.with_columns(pl.col("licences").cast(pl.Float64))

    for frame in (once, once.to_pandas(), numbers, once.to_arrow()):
        found = register_summary(frame, IDS, "destination.country", weight="licences")
        crossed = cross_tabulation(frame, *IDS, weight="licences")

        assert found.rows == register_summary(many, IDS, "destination.country").rows
        assert crossed.rows == cross_tabulation(many, *IDS).rows
    assert found.caption.startswith("Sums of licences by destination.country and result")
    with pytest.raises(UsageError, match=r"Row 1 of the table .*'x' is no weight in the column 'note'"):
        register_summary(pd.DataFrame(once.to_dicts()).assign(note="x"), IDS, "year", weight="note")


@pytest.mark.parametrize(
    ("weight", "told"),
    [
        ("", "No weight is stated in the column 'licences'. Expected for how many the row stands"),
        ("two", "'two' is no weight in the column 'licences'."),
        ("-1", "'-1' is no weight"),
        ("1.5", "'1.5' is no weight"),
        ("1,000", "'1,000' is no weight"),
        ("9999999999999", "a whole number from 0 to 1000000000000"),
    ],
)
def test_a_row_without_weight_is_bad(tmp_path: Path, weight: str, told: str) -> None:
    """It is never counted as one: it stands in the side file, with its place and the reason."""
    rows = [
        ROWS[1],
        {**ROWS[2], "licences": weight},
        {**ROWS[3], "item.technology": "x", "licences": "y"},
    ]

    summary = screened(rows, tmp_path, "out", weight="licences")

    with bad_rows_file(str(tmp_path / "out.csv")).open(encoding="utf-8", newline="") as file:
        first, both = csv.DictReader(file)
    assert (summary.read, summary.written, summary.bad, summary.counted) == (3, 1, 2, 1)
    assert first["place"] == "line 3"
    assert told in first["reason"]
    assert "'x' is not an answer to item.technology." in both["reason"]
    assert "'y' is no weight" in both["reason"]


def test_the_command_tells_rows_and_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary says how many rows were read and what they stand for; a wrong column is named."""
    monkeypatch.chdir(tmp_path)
    write(Path("in.csv"), ROWS[:4])

    done = CliRunner().invoke(main, ["screen", "in.csv", "out.csv", "--weight", "licences"])
    wrong = CliRunner().invoke(main, ["screen", "in.csv", "new.csv", "--weight", "licenses"])

    assert done.stdout.startswith("4 rows read; 4 written to out.csv, which stand for 6 by the column")
    assert "All counts below are sums of 'licences', not of rows." in done.stdout
    assert "Sums of licences by result" in done.stdout or "Rows that stand for" in done.stdout
    assert "There is no column 'licenses'. Did you mean 'licences'?" in wrong.stderr
    assert not Path("new.csv").exists()
