"""Published categories: a register in an authority's own words is read as what they tell, and no more."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from tests.support.offenders import of_each
from tests.support.shipped import CATALOGUE

from regcompare import UsageError, assess
from regcompare.authoring import EvidenceLevel
from regcompare.cli import main
from regcompare.facts import MemberSet
from regcompare.logic.conditions import Among
from regcompare.vocabulary import Category
from regcompare_eu.tables import CATEGORIES
from regcompare_registers.columns import read_value, scenario_of_row
from regcompare_registers.screen import bad_rows_file, screen
from regcompare_registers.summary import Summary

ACT = CATALOGUE.ruleset("eu-2021-821")
EVERY = of_each("item", CATEGORIES, ids=lambda item: f"{item.publisher}: {item.name}")


@EVERY
def test_each_category_implies_facts(item: Category) -> None:
    """Every answer is one of its fact, each row has a source and a mark, and no case is impossible."""
    answers = {
        key: read_value(CATALOGUE.vocabulary.fact(key), text) for key, text in item.answers.items()
    }

    case = scenario_of_row({"transaction.kind": "export", **item.answers}, CATALOGUE.vocabulary)

    assert item.source
    assert item.checked in (
        EvidenceLevel.TEXT,
        EvidenceLevel.OFFICIAL,
        EvidenceLevel.SECONDARY,
        EvidenceLevel.INFERRED,
    )
    assert isinstance(answers["item.technology"], Among | str)
    assert isinstance(answers.get("item.annex_i_entry", MemberSet()), MemberSet)
    assert assess(case, ACT).span is not None


def test_no_category_stands_twice() -> None:
    """A publisher has a category once, whatever its capitals."""
    names = [(item.publisher, item.name.lower()) for item in CATEGORIES]

    assert len(names) == len(set(names))
    assert CATALOGUE.vocabulary.categories == CATEGORIES


# registers ---------------------------------------------------------------------------------------


def write(path: Path, header: str, rows: Sequence[str]) -> str:
    """Writes a register and returns its name."""
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return str(path)


def screened(folder: Path, header: str, *rows: str, **options: Any) -> Summary:
    """Screens a register under one act."""
    source, sink = write(folder / "in.csv", header, rows), str(folder / "out.csv")
    return screen(source, sink, [ACT], CATALOGUE.vocabulary, presume="ordinary", **options)


def test_a_category_is_read_as_the_facts_that_it_implies(tmp_path: Path) -> None:
    """A row is assessed like the case with those facts; what it states itself comes first."""
    header = "Kind,transaction.kind,destination.country,exporter.country,item.technology"
    rows = [
        "telecommunications interception,export,EG,DE,",
        " Monitoring  centres and data RETENTION ,export,EG,DE,n/a",
        "monitoring centres and data retention,export,EG,DE,data_retention",
        ",export,EG,DE,",
    ]

    summary = screened(tmp_path, header, *rows, categories={"Kind": "germany"}, gaps=["n/a"])

    frame = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert (summary.written, summary.bad, summary.categories) == (4, 0, {"Kind": "germany"})
    assert frame.columns[:7] == [*header.split(","), "item.annex_i_entry", "eu.national_entry"]
    assert frame["item.technology"].to_list()[1:] == [
        "monitoring_centre|data_retention",
        "data_retention",
        None,
    ]
    for row in frame.to_dicts():
        span = assess(scenario_of_row(row, CATALOGUE.vocabulary, presume="ordinary"), ACT).span
        assert span is not None
        assert (row["eu-2021-821.low"], row["eu-2021-821.high"]) == (span.low.word, span.high.word)


def test_a_category_that_is_not_known_is_a_bad_row(tmp_path: Path) -> None:
    """The reason names the column, the publisher, all its categories and the nearest."""
    rows = ["off-the-air interceptions,export", "off-the-air interception,export"]

    summary = screened(tmp_path, "Kind,transaction.kind", *rows, categories={"Kind": "united-kingdom"})

    with bad_rows_file(str(tmp_path / "out.csv")).open(encoding="utf-8", newline="") as file:
        (bad,) = csv.DictReader(file)
    assert (summary.written, summary.bad) == (1, 1)
    assert (bad["place"], list(bad)[-2:]) == ("line 2", ["Kind", "transaction.kind"])
    assert (
        "'off-the-air interceptions' in the column 'Kind' is no category of united-kingdom."
        in bad["reason"]
    )
    assert "Did you mean 'off-the-air interception'?" in bad["reason"]


@pytest.mark.parametrize(
    ("categories", "message"),
    [
        ({"Kind": "germny"}, "No categories of a publisher 'germny' are known. Did you mean 'germany'?"),
        ({"Kind": "x"}, "There are commission, germany"),
        ({"Kind": "germany, finlnd"}, "Did you mean 'finland'?"),
        ({"Kin": "germany"}, "There is no column 'Kin'. Did you mean 'Kind'?"),
    ],
)
def test_what_is_not_there_is_reported(tmp_path: Path, categories: dict[str, str], message: str) -> None:
    """Publishers and columns are checked before anything is read."""
    with pytest.raises(UsageError) as caught:
        screened(tmp_path, "Kind,transaction.kind", "digital forensics,export", categories=categories)

    assert message in str(caught.value)
    assert not (tmp_path / "out.csv").exists()


def test_several_publishers_may_share_a_column(tmp_path: Path) -> None:
    """Their names are joined; where two mean other facts by one name, they are told apart by columns."""
    rows = ["mobile interception equipment,export", "off-the-air interception,export"]

    summary = screened(
        tmp_path, "Kind,transaction.kind", *rows, categories={"Kind": "finland, united-kingdom"}
    )

    other = Category(
        "mars", "Off-the-air interception", {"item.technology": "encryption"}, "x", EvidenceLevel.TEXT
    )
    vocabulary = CATALOGUE.vocabulary.with_sections(categories=(other,))
    assert summary.written == 2
    with pytest.raises(
        UsageError, match="is a category of united-kingdom and mars, who mean different things"
    ):
        screen(
            str(tmp_path / "in.csv"),
            "y.csv",
            [ACT],
            vocabulary,
            categories={"Kind": "united-kingdom,mars"},
        )


def test_a_register_of_categories_alone_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other column need be a fact; the summary says from which column the facts come."""
    monkeypatch.chdir(tmp_path)
    write(Path("in.csv"), "Kind,n", ["IMSI catchers,21"])
    words = ("--category", "Kind=switzerland", "-r", "eu-2021-821")

    done = CliRunner().invoke(main, ["screen", "in.csv", "out.csv", *words])

    assert done.stdout.startswith("1 row read; 1 written to out.csv")
    assert "Read as facts: item.technology, item.annex_i_entry" in done.stdout
    assert "'Kind' contains categories of switzerland" in done.stdout
