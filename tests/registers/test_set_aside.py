"""What a row is not: military items and what a publisher declares are set aside, counted, and kept."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import regcompare as rc
from regcompare.cli import main
from regcompare_registers._published import published_words
from regcompare_registers.screen import bad_rows_file

RATINGS = ("ML10", "ml16", "ML5.b", "PL5017", "End Use", "5A002", "QX1", None)
ROWS = [
    {"rating": rating, "destination.country": "Nowhere" if rating == "ML10" else "IN"}
    for rating in RATINGS
]
ENTRY = "item.annex_i_entry"
OPTIONS: dict[str, Any] = {"columns": {"rating": ENTRY}, "values": {"rating": "caat"}}


def test_rows_that_are_outside_are_set_aside_and_counted() -> None:
    """Read is written, bad and set aside; a military item is outside, whatever else is wrong with it."""
    screened = rc.screen(ROWS, "eu-428-2009", **OPTIONS)

    summary = screened.summary
    assert (summary.read, summary.written, summary.bad, summary.set_aside) == (8, 2, 1, 5)
    assert [(item.rows, dict(item.words)) for item in summary.outside] == [
        (3, {"'ML10'": 1, "'ML5.b'": 1, "'ml16'": 1}),
        (1, {"'PL5017'": 1}),
        (1, {"'End Use'": 1}),
    ]
    assert [row[f"{ENTRY}.read_as"] for row in screened] == ["5A002", None]
    assert [row.number for row in screened.outside] == [1, 2, 3, 4, 5]
    assert "military item" in screened.outside[0].reason
    assert [row.number for row in screened.bad] == [7]
    assert "8 rows read; 2 written to table; 5 set aside in outside; 1 bad row" in str(screened)


def test_without_its_publisher_a_word_is_not_known() -> None:
    """The words of one publisher mean nothing elsewhere; a word may be declared by hand."""
    rows = [{"rating": word} for word in ("PL5017", "X1")]
    values = {"rating": {"X1": "outside: an experiment"}}

    screened = rc.screen(rows, "eu-428-2009", columns={"rating": ENTRY}, values=values)

    assert [row.number for row in screened.bad] == [1]
    assert [row.reason for row in screened.outside] == ["'X1' is set aside: an experiment."]


def test_each_word_has_its_file_and_reads() -> None:
    """Each word of the table names the file that says what it means; an unknown publisher is refused."""
    assert published_words("caat", ENTRY)["PL5001"].startswith("outside: British national list")
    with pytest.raises(rc.UsageError, match="Did you mean 'caat'"):
        published_words("cat", ENTRY)


def test_files_keep_what_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in the side file with its reason; the command names a publisher as well."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("rating\nML10\n5A002\nPL5017\n", encoding="utf-8")
    words = ["--column", f"rating={ENTRY}", "--map", "rating=caat", "-r", "eu-428-2009"]

    done = CliRunner().invoke(main, ["screen", "in.csv", "out.csv", *words], catch_exceptions=False)

    assert "3 rows read; 1 written to out.csv; 2 set aside" in " ".join(done.stdout.split())
    with bad_rows_file("out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["place"], row[ENTRY] if ENTRY in row else row["rating"]) for row in rows] == [
        ("line 2", "ML10"),
        ("line 4", "PL5017"),
    ]
