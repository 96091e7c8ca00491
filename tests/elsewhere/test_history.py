"""The same records under the law of each year; findings about other days carry their receipts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

import regcompare as rc
from regcompare.cli import main


def run(*words: str) -> Any:
    """The result of the command with these words."""
    return CliRunner().invoke(main, ["history", *words])


def test_a_history_is_a_count_a_year() -> None:
    """Each point is the count that is asked for by itself, and the picture has both of its ends."""
    history = rc.history("eu-law", years=(2014, 2019))
    first, last = history
    drawn = [
        (int(node.get("data-certain", "")), int(node.get("data-at-most", "")))
        for node in ET.fromstring(history.plot().svg()).iter()
        if node.get("data-day")
    ]

    assert drawn == [first.range, last.range]
    assert first.groups == rc.count("licence", "deals", "eu-law@2014-12-31").groups
    assert [row["certain"] for row in history.to_dicts()] == [first.certain, last.certain]


def test_a_history_says_its_largest_step() -> None:
    """Beside the first count and the last, each with its day."""
    history = rc.history("eu-428-2009", years=(2014, 2019, 2020))
    first, *_, last = history

    assert str(history.finding()).startswith(f"{first.sentence()} {last.sentence()} The largest step is")
    assert set(history.finding().supporting_counts) <= set(history)


@pytest.mark.thorough
def test_the_command_prints_the_function() -> None:
    """As rows, from the first year to the last."""
    printed = run("-r", "eu-law", "--from", "2014", "--to", "2015", "--format", "json").stdout

    assert json.loads(printed) == json.loads(rc.history("eu-law", years=(2014, 2015)).to_json() or "")


def test_years_the_wrong_way_round_are_refused() -> None:
    """The message says why there is nothing to count."""
    refused = run("--from", "2016", "--to", "2015")

    assert refused.exit_code == 2
    assert "--from is later than --to" in refused.output


FINDINGS: dict[str, Callable[[], Any]] = {
    "timeline": lambda: rc.timeline("morpho-shanghai-2015", until="2022-01-01"),
    "mirror": rc.mirror,
    "history": lambda: rc.history("eu-428-2009", years=(2014, 2019)),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_a_finding_has_receipts(name: str) -> None:
    """Each line gives again what it says; documented cases are named, and not listed."""
    receipts = FINDINGS[name]().finding().receipts()

    assert receipts
    for receipt in receipts:
        assert repr(eval(receipt.python, {"rc": rc})) == receipt.gives
        assert len(receipt.python) < 200
