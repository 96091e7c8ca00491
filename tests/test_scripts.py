"""The scripts of the documentation run and print what their page shows; ``REGCOMPARE_RECORD=1`` records it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.needed import needed
from tests.recording import RECORD

FOLDER = Path(__file__).parents[1] / "docs" / "scripts"
PAGE = FOLDER / "README.md"
SHOWN = 24
"""So many lines of what a script prints are shown."""
SPARK = pytest.param("register_in_spark", marks=pytest.mark.thorough)
SLOW = pytest.param("prove_a_claim", marks=pytest.mark.thorough)
NAMES = sorted({path.stem for path in FOLDER.glob("*.py")} - {"register_in_spark", "prove_a_claim"})


def printed(name: str, folder: Path) -> str:
    """What a script prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, FOLDER / f"{name}.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.rstrip().splitlines()
    return "\n".join([*lines[:SHOWN], *(["..."] if len(lines) > SHOWN else [])])


def block(name: str) -> re.Pattern[str]:
    """The block that shows what a script prints."""
    return re.compile(rf"(\({name}\.py\)\n\n```text\n)(.*?)(```)", re.DOTALL)


@pytest.mark.thorough
@pytest.mark.parametrize("name", [*NAMES, SPARK, SLOW])
def test_a_script_prints_what_its_page_shows(name: str, tmp_path: Path) -> None:
    """It runs as it stands, in an empty folder."""
    if name == "register_in_spark":
        needed("pyspark")
    told = f"{printed(name, tmp_path)}\n"

    text = PAGE.read_text(encoding="utf-8")
    wanted = block(name).sub(lambda found: found[1] + told + found[3], text)
    if RECORD:
        PAGE.write_text(wanted, encoding="utf-8")
    assert block(name).search(text)
    assert PAGE.read_text(encoding="utf-8") == wanted


def test_a_script_is_short() -> None:
    """None is longer than a reader takes in at a glance."""
    lengths = {
        path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in FOLDER.glob("*.py")
    }

    assert len(lengths) == 6
    assert max(lengths.values()) <= 20
