"""Rows that stand for many: a weight counts a row as often as if it stood there so many times."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs
import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner
from tests.shipped import CATALOGUE

from regcompare import Outcome
from regcompare.cli import main
from regcompare.errors import UsageError
from regcompare_registers.figures import cross_tabulation, register_summary
from regcompare_registers.frames import assess_frame
from regcompare_registers.screen import bad_rows_file, screen
from regcompare_registers.summary import Summary

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


def screen_rows(rows: Sequence[dict[str, str]], folder: Path, name: str, **options: Any) -> Summary:
    """Screens rows under two rulesets."""
    source = write(folder / f"{name}-in.csv", rows)
    rulesets = [CATALOGUE.ruleset(ruleset) for ruleset in IDS]
    sink = str(folder / f"{name}.csv")
    return screen(
        source, sink, rulesets, CATALOGUE.vocabulary, presume="ordinary", overwrite=True, **options
    )


@pytest.mark.thorough
@pytest.mark.parametrize("batch_size", [9, 250_000])
def test_a_weight_is_so_many_rows(tmp_path: Path, batch_size: int) -> None:
    """All figures are those of the register in which each row stands as often as its weight says."""
    repeated = [row for row in ROWS for _ in range(int(row["licences"]))]

    once = screen_rows(ROWS, tmp_path, "once", weight="licences", batch_size=batch_size)
    many = screen_rows(repeated, tmp_path, "many")

    assert (once.read, once.written, once.weight) == (80, 80, "licences")
    assert once.counted == many.written == many.counted == sum(int(row["licences"]) for row in ROWS)
    assert once.carried == ("licences",)
    figures = ("results", "unsettled", "examined")
    assert [getattr(once, name) for name in figures] == [getattr(many, name) for name in figures]
    assert [attrs.evolve(item, settling=()) for item in once.facts] == [
        attrs.evolve(item, settling=()) for item in many.facts
    ]


@pytest.mark.thorough
def test_frames_are_weighted_likewise(tmp_path: Path) -> None:
    """A summary and a cross-tabulation count weights, whatever library holds the table."""
    repeated = [row for row in ROWS for _ in range(int(row["licences"]))]
    screen_rows(ROWS, tmp_path, "once")
    screen_rows(repeated, tmp_path, "many")
    once, many = (pl.read_csv(tmp_path / f"{name}.csv", infer_schema=False) for name in ("once", "many"))
    numbers = once.with_columns(pl.col("licences").cast(pl.Float64))

    for frame in (once, once.to_pandas(), numbers, once.to_arrow()):
        table = register_summary(frame, IDS, "destination.country", weight="licences")
        crossed = cross_tabulation(frame, *IDS, weight="licences")

        assert table.rows == register_summary(many, IDS, "destination.country").rows
        assert crossed.rows == cross_tabulation(many, *IDS).rows
    assert table.caption.startswith("Sums of licences by destination.country and result")
    with pytest.raises(UsageError, match=r"Row 1 of the table, .*'x' is no weight in the column 'note'"):
        register_summary(pd.DataFrame(once.to_dicts()).assign(note="x"), IDS, "year", weight="note")


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ("", "No weight is stated in the column 'licences'. Expected for how many the row stands"),
        ("two", "'two' is no weight in the column 'licences'."),
        ("-1", "'-1' is no weight"),
        ("1.5", "'1.5' is no weight"),
        ("1,000", "'1,000' is no weight"),
        ("9999999999999", "a whole number from 0 to 1000000000000"),
    ],
)
def test_a_row_without_weight_is_bad(tmp_path: Path, weight: str, message: str) -> None:
    """It is never counted as one: it stands in the side file, with its place and the reason."""
    rows = [
        ROWS[1],
        {**ROWS[2], "licences": weight},
        {**ROWS[3], "item.technology": "x", "licences": "y"},
    ]

    summary = screen_rows(rows, tmp_path, "out", weight="licences")

    with bad_rows_file(str(tmp_path / "out.csv")).open(encoding="utf-8", newline="") as file:
        first, both = csv.DictReader(file)
    assert (summary.read, summary.written, summary.bad, summary.counted) == (3, 1, 2, 1)
    assert first["place"] == "line 3"
    assert message in first["reason"]
    assert "'x' is not an answer to item.technology." in both["reason"]
    assert "'y' is no weight" in both["reason"]


def test_the_command_says_rows_and_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary says how many rows were read and what they stand for; a wrong column is named."""
    monkeypatch.chdir(tmp_path)
    write(Path("in.csv"), ROWS[:4])

    done = CliRunner().invoke(main, ["screen", "in.csv", "out.csv", "--weight", "licences"])
    wrong = CliRunner().invoke(main, ["screen", "in.csv", "new.csv", "--weight", "licenses"])

    assert done.stdout.startswith("4 rows read; 4 written to out.csv, which represent 6 by the column")
    assert "All counts below are sums of 'licences', not of rows." in done.stdout
    assert "Sums of licences by result" in done.stdout or "Rows that represent" in done.stdout
    assert "There is no column 'licenses'. Did you mean 'licences'?" in wrong.stderr
    assert not Path("new.csv").exists()


# by category -------------------------------------------------------------------------------------

BY = ("destination.country", "year", "licence.status")


def plainly(rows: Sequence[dict[str, Any]], by: str, ruleset: str) -> dict[str, list[int]]:
    """The measures of each category, counted one row after another."""
    words = [outcome.word for outcome in Outcome]
    found: dict[str, list[int]] = {}
    for row in rows:
        category = row["scenario.date"][:4] if by == "year" else row[by] or ""
        counts = found.setdefault(category, [0] * 6)
        low, high = (row[f"{ruleset}.{end}"] for end in ("low", "high"))
        is_sure = row[f"{ruleset}.in_scope"] == row[f"{ruleset}.in_force"] == "yes"
        counts[0] += 1
        counts[1] += (weight := int(row["licences"]))
        for place, least in ((2, "authorisation"), (4, "refusal")):
            rank = words.index(least)
            counts[place] += weight if low and is_sure and words.index(low) >= rank else 0
            counts[place + 1] += weight if high and words.index(high) >= rank else 0
    return found


def figures(measures: Iterable[Any], by: str, ruleset: str) -> dict[str, list[int]]:
    """The measures of each category that were told."""
    told = [attrs.astuple(item) for item in measures]
    return {item[1]: list(item[3:]) for item in told if item[0] == by and item[2] == ruleset}


@pytest.mark.thorough
@pytest.mark.parametrize("batch_size", [9, 250_000])
def test_the_command_and_frames_tell_the_same_measures(tmp_path: Path, batch_size: int) -> None:
    """Each category has the counts that its rows add up to, in the command, polars and pandas alike."""
    summary = screen_rows(ROWS, tmp_path, "out", weight="licences", by=BY[:2], batch_size=batch_size)
    frame = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    act = [CATALOGUE.ruleset(ruleset) for ruleset in IDS]
    given = pl.DataFrame(ROWS)
    frames = [frame, frame.to_pandas(), assess_frame(given, act, presume="ordinary")]
    frames.append(assess_frame(given.to_pandas(), act, presume="ordinary"))

    assert summary.by == BY[:2]
    for by in BY:
        for ruleset in IDS:
            wanted = plainly(frame.to_dicts(), by, ruleset)
            assert figures(summary.measures, by, ruleset) == wanted
            for held in frames:
                table = register_summary(held, IDS, by, weight="licences")
                assert figures(table.measures, by, ruleset) == wanted
    assert any(item.refused_or_banned_at_most for item in summary.measures)
    assert any(item.needs_licence_for_certain < item.needs_licence_at_most for item in summary.measures)


def test_what_was_decided_is_set_beside_each_regime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what was granted and refused the summary tells what each regime says, and what would tell most."""
    monkeypatch.chdir(tmp_path)
    row = {"transaction.kind": "export", "exporter.country": "DE", "item.annex_i_entry": "5A001.f.1"}
    common = {**row, "item.technology": "mobile_interception", "scenario.date": "2015-06-01"}
    decided = [("ID", "granted", "19"), ("PK", "granted", "6"), ("PK", "refused", "2")]
    keys = ("destination.country", "licence.status", "licences")
    write(Path("in.csv"), [{**common, **dict(zip(keys, values, strict=True))} for values in decided])
    words = ("--weight", "licences", "--presume", "ordinary", "-r", "eu-2021-821", "-r", "amnesty")

    text = CliRunner().invoke(main, ["screen", "in.csv", "out.csv", *words, "--by", "year"]).stdout
    form = ("--format", "json", "--overwrite")
    data = json.loads(CliRunner().invoke(main, ["screen", "in.csv", "out.csv", *words, *form]).stdout)

    flat = " ".join(text.split())
    assert "eu-2021-821. Of 25 granted, 25 would need a licence; 0 would be refused or banned." in flat
    assert "0 for certain and 25 at most would be refused or banned. Of 2 refused, 2 would" in flat
    assert (
        f"{data['tells_most']['amnesty']} would help most: of 27 that are open it would settle" in flat
    )
    assert "Sums of licences by year" not in flat
    assert "2015 3 27 27 0 27 0..27" in flat
    assert {item["category"] for item in data["measures"]} == {"granted", "refused"}


@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("destination.contry", "There is no column 'destination.contry'. Did you mean 'destination.country'?"),
        ("year", "The table has no column 'scenario.date'."),
    ],
)  # fmt: skip
def test_a_column_that_is_not_there_is_reported(tmp_path: Path, by: str, message: str) -> None:
    """What to group by is checked before anything is read."""
    rows = [{name: row[name] for name in row if name != "scenario.date"} for row in ROWS]

    with pytest.raises(UsageError) as caught:
        screen_rows(rows, tmp_path, "out", by=[by])

    assert message in str(caught.value)
    assert not (tmp_path / "out.csv").exists()


def test_a_column_without_categories_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of numbers of licences would fill the memory and the page."""
    monkeypatch.setattr("regcompare_registers.figures.MOST_CATEGORIES", 3)
    rows = [{**row, "no": str(place)} for place, row in enumerate(ROWS)]

    with pytest.raises(UsageError, match="The column 'no' has more than 3 different values"):
        screen_rows(rows, tmp_path, "out", by=["no"])


def test_a_wrong_state_of_a_licence_is_a_bad_row(tmp_path: Path) -> None:
    """It is read under every ruleset, since the summary counts by it."""
    rows = [{**ROWS[1], "licence.status": "grantd"}, ROWS[2]]

    summary = screen_rows(rows, tmp_path, "out")

    assert (summary.written, summary.bad) == (1, 1)
