"""The generated pages of the reference are up to date, and the documentation is built without a warning."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from tests.needed import needed
from tests.recording import RECORD

from regcompare.plugins import Catalogue

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def generated() -> dict[str, str]:
    """What ``tools/reference.py`` writes."""
    specification = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    pages: dict[str, str] = module.pages(Catalogue.installed())
    return pages


@pytest.mark.parametrize(("name", "text"), generated().items())
def test_a_generated_page_is_up_to_date(name: str, text: str) -> None:
    """What is committed is what the facts, rulesets and commands say now."""
    if RECORD:
        (REFERENCE / name).write_text(text, encoding="utf-8")

    assert (REFERENCE / name).read_text(encoding="utf-8") == text


@pytest.mark.thorough
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    """Every page stands in the contents, every link leads somewhere, every docstring is well-formed."""
    needed("sphinx")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(tmp_path / "trees")]

    done = subprocess.run(
        [*command, str(ROOT / "docs"), str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
