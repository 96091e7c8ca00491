"""The page of findings is what the rulesets give; ``REGCOMPARE_RECORD=1`` records it anew."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from tests.support.recording import RECORD
from tests.support.shipped import CATALOGUE
from tools.findings import findings

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "findings.md"
FRAME = "scenarios/findings/unlisted-tool-for-police.yaml"
QUOTED = re.compile(r"((?:^>.*\n)*)\n```sh\nregcompare (.*)\n```", re.MULTILINE)
COMMANDS: list[tuple[str, str]] = QUOTED.findall(PAGE.read_text(encoding="utf-8"))
"""The commands of the page, each with what is quoted above it, if anything."""


PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture(scope="module")
def made() -> tuple[str, dict[str, str]]:
    """The page and its pictures as they are generated, recorded where that is asked for."""
    (frame,) = CATALOGUE.read(ROOT / FRAME)
    with contextlib.chdir(ROOT):
        text, pictures = findings(CATALOGUE, frame, FRAME)
    svgs = {f"{name}.svg": picture.svg() for name, picture in pictures.items()}
    if RECORD:
        PAGE.write_text(text, encoding="utf-8")
        PICTURES.mkdir(exist_ok=True)
        for name, svg in svgs.items():
            (PICTURES / name).write_text(svg, encoding="utf-8")
    return text, svgs


@pytest.fixture(scope="module")
def page(made: tuple[str, dict[str, str]]) -> str:
    """The page as it is generated."""
    return made[0]


def test_the_page_is_committed_as_it_is_generated(made: tuple[str, dict[str, str]]) -> None:
    """Every figure, sentence and picture of the page is what the rulesets and the documented cases give."""
    page, svgs = made

    assert PAGE.read_text(encoding="utf-8") == page
    assert {name: (PICTURES / name).read_text(encoding="utf-8") for name in svgs} == svgs


def test_findings_stand_with_what_they_rest_on(page: str) -> None:
    """A finding names the presumed answers, the weak mark, the cases set aside and the smallest cases it needs."""
    closed, loosened, left_open, closing, brake = re.split(r"\n## ", page)[2:7]

    assert "controls no additional documented case, neither certainly nor possibly" in closed
    assert "Depends on assumptions made in the case file" in closed
    assert "technical_assistance" in closed.partition("are outside the scope of ")[2].splitlines()[0]
    assert "| the smallest case that it controls and the new act does not |" in loosened
    assert re.search(r"Of these \d+, .* would have to be told to the authority", left_open)
    assert "That is so by construction" in closing
    assert (
        "Under Regulation 2021/821 as of 2021-09-09 no finding of harm obliges the authority to refuse a "
        "licence because of the harm"
    ) in brake


def test_most_findings_are_quoted() -> None:
    """The page has sentences that a command prints, and none is lost unseen."""
    assert len([command for quoted, command in COMMANDS if quoted]) >= 7


def test_each_proof_is_what_its_code_prints(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python below a proof prints the sentence above it."""
    blocks = re.findall(r"^([^\n]*)\n\n```python\n(.*?)```", page, re.MULTILINE | re.DOTALL)
    proofs = [(above, source) for above, source in blocks if "never_laxer" in source]

    assert len(proofs) == 2
    for sentence, source in proofs:
        exec(compile(source, "findings.md", "exec"), {})

        assert capsys.readouterr().out.strip() == sentence.splitlines()[-1]
