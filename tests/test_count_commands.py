"""The commands that count print what the functions of the same names return."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

import regcompare as rc
from regcompare.cli import main

LAW = "eu-2021-821@2021-09-09"


def printed(*words: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_count_is_printed_in_each_of_its_forms() -> None:
    """Its sentence above its records; as rows, by a column, as a picture, with its receipt."""
    count = rc.count("licence", "deals", LAW)
    words = ("count", "licence", "deals", "-r", LAW)

    assert " ".join(str(count).split()) in " ".join(printed(*words).split())
    assert json.loads(printed(*words, "--format", "json")) == json.loads(count.to_json() or "")
    assert len(list(csv.DictReader(printed(*words, "--format", "csv").splitlines()))) == len(count)
    assert json.loads(printed(*words, "--by", "decision", "--format", "json")) == (
        count.by("decision").to_dicts()
    )
    assert printed(*words, "--format", "svg").strip() == count.plot().svg().strip()
    assert f"python: {count.receipt().python}" in printed(*words, "--receipt")


def test_the_others_print_their_functions() -> None:
    """Populations, the first screen as rows, and a history of some years."""
    assert json.loads(printed("populations", "--format", "json")) == rc.populations().to_dicts()
    assert printed("message", "--format", "csv").strip() == (rc.message().to_csv() or "").strip()
    assert printed("message", "--lang", "nl").startswith("Volgens het exportrecht van de EU")
    history = rc.history("eu-law", years=(2014, 2015))
    words = ("history", "-r", "eu-law", "--from", "2014", "--to", "2015", "--format", "json")
    assert json.loads(printed(*words)) == json.loads(history.to_json() or "")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("count", "licence_gap", "deals", "-r", LAW), "takes two laws, found 1"),
        (("count", "licence", "dealz", "-r", LAW), "Did you mean 'deals'"),
        (("history", "--from", "2016", "--to", "2015"), "There is no year to count"),
    ],
)
def test_a_mistake_is_told(words: tuple[str, ...], message: str) -> None:
    """With what was expected, and status 2."""
    done = CliRunner().invoke(main, words)

    assert done.exit_code == 2
    assert message in done.output
