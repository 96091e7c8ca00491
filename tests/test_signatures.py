"""Signatures: written, read, shown with the provision, and lost when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.shipped import CATALOGUE

from regcompare import FileError, Outcome
from regcompare.authoring import Item
from regcompare.cli import main
from regcompare.program.signatures import COLUMNS, digest_of, read_signatures, signatures_of
from regcompare.shipped_cases import signatures

ACT = CATALOGUE.ruleset("eu-2021-821")
STATE = "02021R0821-20230526"


def line(*more: str) -> str:
    """What the command prints for a signature of Art. 5(1)."""
    command = ["sign", "eu-2021-821", "art-5-1", "--by", "A. Reader", "--state", STATE, *more]
    return CliRunner().invoke(main, command, catch_exceptions=False).stdout


def kept(folder: Path, text: str) -> Path:
    """A folder with one file of signatures."""
    (folder / "reader.csv").write_text(text, encoding="utf-8")
    return folder


def shown(*command: str) -> str:
    """What a command prints."""
    return CliRunner().invoke(main, list(command), catch_exceptions=False).stdout


def test_it_ships_without_signatures() -> None:
    """The folder is there, and holds none."""
    assert signatures().is_dir()
    assert read_signatures(signatures()) == ()


def test_what_is_signed_is_shown_with_the_provision(tmp_path: Path) -> None:
    """The lawyer's page names the reviewer, the day, the state of the text and the remark."""
    first = line("--head")
    folder = kept(tmp_path, first + line("--disagree", "--remark", 'It says "may", not "must".'))

    told = " ".join(
        shown("show", "eu-2021-821", "--signatures", str(folder), "--format", "markdown").split()
    )

    assert first.startswith(",".join(COLUMNS))
    assert f"who agrees (text: {STATE})" in told
    assert f'who does not agree (text: {STATE}): It says "may", not "must".' in told
    assert "no longer counts" not in told


@pytest.mark.parametrize(
    "changed",
    [
        ACT.amend("art-5-1", then=Outcome.PROHIBITION),
        ACT.amend("art-5-1", sentence="Another sentence."),
        ACT.amend("art-5-1", when=Item.covert),
        ACT.amend("cyber-surveillance item", condition=Item.covert),
    ],
    ids=["outcome", "sentence", "condition", "term"],
)
def test_a_changed_provision_loses_its_signature(tmp_path: Path, changed: object) -> None:
    """By what it comes to, its sentence, its condition, or a term that the condition uses."""
    (signature,) = read_signatures(kept(tmp_path, line("--head")))
    rule = changed.rule("art-5-1")  # type: ignore[attr-defined]

    assert signature.holds_for(ACT.rule("art-5-1"))
    assert not signature.holds_for(rule)
    assert "no longer counts" in signature.said_of(rule)


def test_how_a_provision_is_known_does_not_count() -> None:
    """A better source of the same provision keeps the signature."""
    rule = ACT.rule("art-5-1")

    assert digest_of(ACT.amend("art-5-1").rule("art-5-1")) == digest_of(rule)
    assert signatures_of(ACT, rule, ()) == ()


def test_each_wrong_line_is_reported_with_its_place(tmp_path: Path) -> None:
    """All mistakes at once: a missing value, a day, yes or no, and too few values."""
    good = line("--head").splitlines()
    row = good[1].split(",")
    wrong = [
        ",".join([*row[:3], "", "soon", "perhaps", *row[6:]]),
        "eu-2021-821,art-5-1",
    ]
    folder = kept(tmp_path, "\n".join([*good, *wrong]) + "\n")

    with pytest.raises(FileError) as told:
        read_signatures(folder)

    assert [(item.line, item.code) for item in told.value.problems] == [(3, "RC233")] * 3 + [
        (4, "RC233")
    ]
    assert "on is 'soon'. Expected a day such as" in str(told.value)


def test_evidence_names_the_signature(tmp_path: Path) -> None:
    """A provision that a result rests on carries it."""
    command = ["sign", "eu-2021-821", "art-3-1", "--by", "A. Reader", "--state", STATE, "--head"]
    folder = kept(tmp_path, shown(*command))

    told = shown(
        "evidence", "msab-hongkong-2013-20", "--scenario", "msab-hongkong-2013-20",
        "-r", "eu-2021-821", "--signatures", str(folder), "--format", "json",
    )  # fmt: skip

    assert "Signed by A. Reader on" in told


def test_a_provision_that_does_not_exist_cannot_be_signed() -> None:
    """The nearest is named."""
    done = CliRunner().invoke(main, ["sign", "eu-2021-821", "art-5-9", "--by", "A", "--state", "B"])

    assert done.exit_code == 2
    assert "has no rule 'art-5-9'" in done.stderr
