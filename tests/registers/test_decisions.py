"""A decision is a fact under the law of its own day and authority, assumed, told, and switched off at will."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import regcompare as rc
from regcompare.cli import main

ACT = "eu-428-2009"
ROW = {
    "scenario.date": "2013-03-05",
    "item.annex_i_entry": "5A001",
    "destination.country": "IN",
    "transaction.kind": "export",
    "exporter.country": "GB",
    "licence.status": "granted",
}


def screened(*rows: dict[str, Any], laws: Any = ACT, **options: Any) -> Any:
    """Screens rows that differ from an ordinary one."""
    return rc.screen([{**ROW, **row} for row in rows], laws, presume="surveillance", **options)


def told(row: dict[str, Any], law: str = ACT) -> tuple[Any, ...]:
    """What a decision says, whether a licence is needed, and both ends of the law as encoded."""
    return tuple(row[f"{law}.{part}"] for part in ("decision", "needs_licence", "low", "high"))


def test_a_decision_settles_that_a_licence_was_needed() -> None:
    """Where the act leaves it open; what the act says stays, and one word switches it off."""
    (row,) = screened({})
    (without,) = screened({}, decisions=False)

    assert told(row) == ("settles", "yes", "no_control", "authorisation")
    assert without[f"{ACT}.needs_licence"] == "unknown"
    assert f"{ACT}.decision" not in without


@pytest.mark.parametrize("status", ["granted", "refused", "revoked"])
def test_what_counts_as_a_decision(status: str) -> None:
    """A licence that was granted, refused or revoked."""
    (row,) = screened({"licence.status": status})

    assert told(row)[:2] == ("settles", "yes")


@pytest.mark.parametrize(
    "row",
    [
        {"licence.status": "applied"},
        {"licence.status": None},
        {"exporter.country": "CH"},
        {"exporter.country": None},
        {"scenario.date": None},
        {"item.annex_i_entry": None},
        {"item.annex_i_entry": "?5A001"},
    ],
    ids=str,
)
def test_what_does_not(row: dict[str, Any]) -> None:
    """No decision, the authority of a state without this law, no day, or no entry: it says nothing."""
    (found,) = screened(row)
    (without,) = screened(row, decisions=False)

    assert found.pop(f"{ACT}.decision") is None
    assert found == without


def test_after_leaving_the_union_a_british_decision_says_nothing() -> None:
    """On the day before it does, under the act of that day alone."""
    laws = ["eu-428-2009", "eu-2021-821"]
    before, after = screened({"scenario.date": "2020-12-31"}, {"scenario.date": "2021-01-01"}, laws=laws)

    assert [told(row)[0] for row in (before, after)] == ["settles", None]
    assert [told(row, "eu-2021-821")[0] for row in (before, after)] == [None, None]


def test_under_another_law_day_or_proposal_it_says_nothing() -> None:
    """Or a comparison of laws would be circular."""
    laws = [f"{ACT}@2020-11-08", "amnesty", "eu-common-position"]
    (row,) = screened({}, laws=laws)
    (of_one_day,) = screened({}, as_of="2013-03-05")

    assert [row[f"{law.partition('@')[0]}.decision"] for law in laws] == [None] * 3
    assert told(of_one_day)[0] is None


def test_a_contradiction_is_listed_first_with_its_count() -> None:
    """The act requires none, so that nothing is settled: the result stays, and is to be looked at."""
    rows: tuple[dict[str, str], ...] = (
        {"destination.country": "FR"},
        {"destination.country": "FR"},
        {"item.annex_i_entry": "5A002", "destination.country": "NG", "scenario.date": "2010-06-01"},
        {},
    )

    found = screened(*rows)

    assert [told(row)[:2] for row in found] == [
        ("contradicts", "no"),
        ("contradicts", "no"),
        ("agrees", "yes"),
        ("settles", "yes"),
    ]
    (count,) = found.summary.decisions
    assert (count.agrees, count.settles, count.contradicts) == (1, 1, 2)
    assert [(item.of, item.rows) for item in count.contradictions] == [(("5A001", "FR"), 2)]
    said = " ".join(str(found).split())
    assert said.startswith("To look at: in 2 rows an authority decided on a licence")
    assert "5A001 to FR (2)" in said
    assert "Assumed: in 1 row a licence counts as needed under Regulation 428/2009" in said
    assert "only because the authority decided on one: 1 under eu-428-2009" in found.finding().objection


def test_the_command_switches_it_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--no-decisions leaves rows as the act alone has them."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(f"{','.join(ROW)}\n{','.join(ROW.values())}\n", encoding="utf-8")
    words = ["screen", "in.csv", "out.csv", "-r", ACT, "--presume", "surveillance"]

    counted = CliRunner().invoke(main, words, catch_exceptions=False)
    left = CliRunner().invoke(main, [*words, "--no-decisions", "--overwrite"], catch_exceptions=False)

    assert "Assumed: in 1 row" in counted.stdout
    assert "Assumed:" not in left.stdout
