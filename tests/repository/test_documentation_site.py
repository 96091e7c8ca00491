"""The site of the documentation is built without a warning, its notebook is run, and it can be searched.

Building it runs the commands whose JSON the reference describes: a field without a meaning ends the build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import attrs
import pytest
from tests.support.needed import needed

nbformat = needed("nbformat")
pytestmark = pytest.mark.thorough

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
PICTURES = {"compare-three-regimes": 2}
"""How many pictures each notebook shows."""
SEARCHED = "document.querySelectorAll('#search-results li').length > 2"
"""Whether the search has shown its first results."""


@attrs.frozen
class Build:
    """A build of the site.

    Attributes:
        site: The folder of its pages.
        notebooks: The notebooks as they were run, by name.
    """

    site: Path
    notebooks: dict[str, Any]

    def outputs(self, name: str) -> list[Any]:
        """What the cells of a notebook put out."""
        return _outputs(self.notebooks[name])


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The site, built with warnings as errors; warnings of Python appear in the notebooks."""
    needed("sphinx")
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(folder / "trees")]

    done = subprocess.run(
        [*command, str(DOCS), str(folder / "site")],
        env={**os.environ, "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    run = (folder / "jupyter_execute" / "notebooks").glob("*.ipynb")
    return Build(folder / "site", {path.stem: _read(path) for path in run})


def _read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def _outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barriers(build: Build, scheme: str) -> None:
    """Axe finds nothing on a page of each kind, the theme's own faults included."""
    assert list(_violations(build.site, scheme)) == []


def test_the_search_finds_the_ten_questions(build: Build) -> None:
    """The page that answers an analyst's question is among the first three results."""
    assert list(_questions_not_found(build.site)) == []


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


def test_the_notebook_is_there() -> None:
    """The notebook is found, so that the tests below run at all."""
    assert [path.stem for path in NOTEBOOKS] == sorted(PICTURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_short_and_has_no_output(path: Path) -> None:
    """A notebook is valid, reads in under ten minutes, and is stored without results."""
    notebook = _read(path)
    words = sum(len(cell.source.split()) for cell in notebook.cells)

    nbformat.validate(notebook)
    assert _outputs(notebook) == []
    assert all(cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
    assert words < 1500  # At 150 words a minute.
    assert "Nothing here is legal advice." in notebook.cells[0].source


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_notebook_runs_without_error_or_warning(name: str, build: Build) -> None:
    """Every cell runs, nothing is said on standard error, and the pictures are shown."""
    outputs = build.outputs(name)

    assert [output for output in outputs if output.get("name") == "stderr"] == []
    shown = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    assert sum("<svg" in html for html in shown) == PICTURES[name]
    assert any("<table" in html for html in shown)


def test_what_the_first_notebook_says_of_its_results_is_so(build: Build) -> None:
    """Learning that the item is not covert settles the 2021 rules, and IC-06 makes less certain."""
    outputs = build.outputs("compare-three-regimes")

    tables = [output["data"].get("text/html", "") for output in outputs if "data" in output]
    learned = next(html for html in tables if "The same system, not designed" in html)
    unsettled, known = learned.rpartition("The same system, not designed")[::2]
    assert "must report?" in unsettled
    assert "must report?" not in known
    assert any("refused, banned?" in html and "3 cases under 1 ruleset" in html for html in tables)
