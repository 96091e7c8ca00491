"""The receipt of a screened register: its line, typed by somebody else, gives what it says."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import regcompare as rc
from regcompare.errors import UsageError

TEXT = """\
day;entry;to;done;pounds
2013-02-04;5A001.j;China;1;1.234,50
2014-03-05;5A002.a;USA;0;2.000
2015-03-05;none;Côte d'Ivoire;0;
2015-03-06;ML10;China;0;7
2015-03-07;5A001.f.1;Atlantis;0;9
"""
OPTIONS: dict[str, Any] = {
    "columns": {
        "day": "scenario.date", "entry": "item.annex_i_entry", "to": "destination.country",
        "done": "licence.status",
    },
    "values": {"done": {"1": "refused", "0": "granted"}},
    "presumed": {"exporter.country": "DE", "transaction.kind": "export"},
    "presume": "ordinary",
}  # fmt: skip
LISTED = rc.regimes()["eu-2021-821"].with_list("2014-12-30")
LAWS: list[Any] = ["eu-428-2009", "amnesty@2021-09-09", LISTED]


def run(line: str, **names: Any) -> str:
    """What a line of Python gives to somebody who has only the library and the register."""
    return repr(eval(line, {"rc": rc, **names}))


@pytest.fixture(name="file")
def _file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register in a folder of its own, while another folder is the current one."""
    folder, current = tmp_path / "ours", tmp_path / "theirs"
    for made in (folder, current):
        made.mkdir()
    (folder / "register.csv").write_bytes(TEXT.encode("cp1252"))
    monkeypatch.chdir(current)
    return folder / "register.csv"


@pytest.mark.thorough
def test_each_answer_is_made_again_from_its_receipt(file: Path) -> None:
    """Counts, groups and a count of a group; under a law of each day, one on a day, and another list."""
    screened = rc.screen(str(file), LAWS, encoding="cp1252", decisions=False, **OPTIONS)
    groups = screened.by("year", "destination.country", value="pounds", decimal=",")
    receipts = [
        *screened.receipts(), groups.receipt(), groups.groups[1].counts[2][0].receipt(),
    ]  # fmt: skip
    shutil.copy(file, "register.csv")

    assert screened.receipts() == screened.finding().receipts()
    assert len(receipts) == 2 * len(LAWS) + 2
    for receipt in receipts:
        assert run(receipt.python) == receipt.gives
        assert str(file.parent) not in str(receipt)
        assert receipt.population == (
            "3 of 5 rows of register.csv: 1 are set aside, 1 could not be used."
        )
    assert {receipt.facts_sha256 for receipt in receipts} == {sha256(file.read_bytes()).hexdigest()}
    assert len({receipt.law_sha256 for receipt in receipts}) == len(LAWS) + 1


def test_a_receipt_tells_another_register_law_or_reading(file: Path) -> None:
    """A byte of the file, a law, or what an answer rests on: each changes the receipt where it belongs."""
    receipt = rc.screen(str(file), LAWS[:1], encoding="cp1252", **OPTIONS).receipts()[0]
    switched = rc.screen(str(file), LAWS[:1], encoding="cp1252", decisions=False, **OPTIONS).receipts()[
        0
    ]
    file.write_bytes(TEXT.replace("1.234,50", "1.234,51").encode("cp1252"))
    other = rc.screen(str(file), LAWS[:1], encoding="cp1252", **OPTIONS).receipts()[0]

    assert other.facts_sha256 != receipt.facts_sha256
    assert (other.python, other.law_sha256) == (receipt.python, receipt.law_sha256)
    assert "decisions=False" in switched.python
    assert "decisions" not in receipt.python


@pytest.mark.parametrize("frame", ["pandas", "polars", "list"])
def test_a_table_in_memory_is_known_by_its_rows(file: Path, frame: str) -> None:
    """Its receipt names ``rows`` and their digest, the same whatever library holds them."""
    head, *lines = [line.split(";") for line in TEXT.splitlines()]
    rows: Any = [dict(zip(head, line, strict=True)) for line in lines]
    held = rows if frame == "list" else pytest.importorskip(frame).DataFrame(rows)
    receipt = rc.screen(held, LAWS[:1], **OPTIONS).receipts()[1]

    assert receipt.python.startswith("rc.screen(rows, [")
    assert run(receipt.python, rows=rows) == receipt.gives
    assert receipt.facts_sha256 == rc.screen(rows, LAWS[:1], **OPTIONS).receipts()[1].facts_sha256
    with pytest.raises(UsageError, match="encoding= is for CSV files"):
        rc.screen(rows, LAWS[:1], encoding="cp1252", **OPTIONS)


def test_the_summary_says_how_to_get_it_again(file: Path) -> None:
    """In words and as data."""
    screened = rc.screen(str(file), LAWS[:1], encoding="cp1252", **OPTIONS)
    register = screened.summary.register

    said = " ".join(str(screened).split())
    assert f"with register.csv of SHA-256 {register.sha256}, in regcompare" in said
    assert f"To get this again: {register.python}" in said
    assert register.sha256 in screened.text("json")


def test_sums_say_how_numbers_were_read(file: Path) -> None:
    """Once, above the groups, with what to write; and which texts are in no sum."""
    screened = rc.screen(str(file), LAWS[:1], encoding="cp1252", **OPTIONS)

    groups = screened.by("licence.status", value="pounds")
    assert [group.values.get("") for group in groups] == [2000, 1234.5]
    said = str(groups)
    assert "Read 1.234,50 as 1234.5; decimal='.' reads it otherwise." in said
    other = screened.by("licence.status", value="pounds", decimal=".")
    assert "In no sum, as no numbers or two at once: 1.234,50 (1) (1 row)." in str(other)
