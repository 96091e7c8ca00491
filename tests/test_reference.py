"""The parts that the site fills in are made, and the documentation is built without a warning."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.needed import needed
from tests.shipped import CATALOGUE
from tools.reference import MARK, PARTS

DOCS = Path(__file__).parents[1] / "docs"
SLOW = ("json",)
"""Runs the commands, and has a test of its own."""
SEARCHED = "document.querySelectorAll('#search-results li').length > 2"
"""Whether the search has shown its first results."""


def test_every_part_has_its_page() -> None:
    """Each part of the reference is filled in at one place, and each mark names a part."""
    marked = [name for page in DOCS.rglob("*.md") for name in MARK.findall(page.read_text("utf-8"))]

    assert sorted(marked) == sorted(PARTS)


@pytest.mark.parametrize("name", [name for name in PARTS if name not in SLOW])
def test_a_part_is_made(name: str) -> None:
    """What the site fills in is there."""
    text = "\n".join(PARTS[name](CATALOGUE))

    assert text.count("\n") > 5


@pytest.mark.thorough
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    """Every page stands in the contents, every link leads somewhere, every docstring is well-formed."""
    needed("sphinx")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(tmp_path / "trees")]

    done = subprocess.run(
        [*command, str(DOCS), str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for scheme in ("light", "dark"):
        assert list(_violations(tmp_path / "site", scheme)) == []
    assert list(_questions_not_found(tmp_path / "site")) == []


def _questions_not_found(site: Path) -> Iterator[str]:
    """The analysts' ten questions for which the search does not show their page among its first three."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    page_of_questions = (DOCS / "how-to" / "ten-questions.md").read_text("utf-8")
    questions = re.findall(r"^## \d+\. (.+)\?$", page_of_questions, re.MULTILINE)
    assert len(questions) == 10
    with needed("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        for question in questions:
            page.goto(f"{(site / 'search.html').as_uri()}?q={quote(question)}")
            page.wait_for_function(SEARCHED)
            first = page.locator("#search-results li a").all()[:3]
            if not any("ten-questions" in (link.get_attribute("href") or "") for link in first):
                yield question
        browser.close()


def _violations(site: Path, scheme: str) -> Iterator[tuple[str, Any]]:
    """What axe finds to correct on a page of each kind, the theme's own faults included."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return
    axe = needed("axe_playwright_python.sync_playwright").Axe()
    with needed("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(offline=True, color_scheme=scheme).new_page()
        for name in (
            "index",
            "findings",
            "how-to/ten-questions",
            "reference/python",
            "educators/lesson",
            "notebooks/compare-three-regimes",
        ):
            page.goto((site / f"{name}.html").as_uri())
            yield from ((name, item["id"]) for item in axe.run(page).response["violations"])
        browser.close()
