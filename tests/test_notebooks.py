from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.needed import needed

nbformat = needed("nbformat")
NotebookClient = needed("nbclient").NotebookClient
pytestmark = pytest.mark.thorough

NOTEBOOKS = sorted((Path(__file__).parents[1] / "docs" / "notebooks").glob("*.ipynb"))
PICTURES = {"compare-three-regimes": 4, "write-your-own-reform": 2}


def read(path: Path):
    """A notebook as data."""
    return nbformat.read(path, as_version=4)


def run(path: Path, folder: Path):
    """Runs a notebook in a kernel of the same environment, which talks through files, not ports."""
    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        shutdown_kernel="immediate",
    )
    client.create_kernel_manager()
    assert client.km is not None
    client.km.transport = "ipc"
    client.km.ip = str(folder / "k")
    client.execute(env={**os.environ, "PYTHONWARNINGS": "default"})
    return notebook


def outputs(notebook):
    """What the cells of a notebook put out."""
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_both_notebooks_are_there():
    """The two notebooks are found, so that the tests below run at all."""
    assert [path.stem for path in NOTEBOOKS] == sorted(PICTURES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_short_and_holds_no_output(path):
    """A notebook is valid, reads in under ten minutes, and is stored without results."""
    notebook = read(path)
    words = sum(len(cell.source.split()) for cell in notebook.cells)

    nbformat.validate(notebook)
    assert outputs(notebook) == []
    assert all(cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")
    assert words < 1500  # At 150 words a minute.
    assert "Nothing here is legal advice." in notebook.cells[0].source


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebooks after a run, by name."""
    if sys.platform == "win32":
        pytest.skip("the kernel is reached through Unix sockets")
    return {path.stem: run(path, tmp_path_factory.mktemp("n")) for path in NOTEBOOKS}


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_notebook_runs_without_error_or_warning(name, executed):
    """Every cell runs, nothing is said on standard error, and the pictures are shown."""
    found = outputs(executed[name])

    assert [output for output in found if output.get("name") == "stderr"] == []
    shown = [output["data"].get("text/html", "") for output in found if "data" in output]
    assert sum("<svg" in html for html in shown) == PICTURES[name]
    assert any("<table" in html for html in shown)


def test_the_near_miss_of_the_reform_is_told_from_the_unknown(executed):
    """The reform does not reach one-to-one matching, and leaves unstated matching open."""
    found = outputs(executed["write-your-own-reform"])

    texts = [output["data"]["text/plain"] for output in found if "data" in output]
    assert "<Finding demand-1: False>" in texts
    assert "<Finding demand-1: None>" in texts


def test_what_the_first_notebook_says_of_its_results_is_so(executed):
    """Learning that the item is not covert settles the 2021 rules, and IC-06 makes less certain."""
    found = outputs(executed["compare-three-regimes"])

    tables = [output["data"].get("text/html", "") for output in found if "data" in output]
    learned = next(html for html in tables if "The same system, not designed" in html)
    unsettled, known = learned.rpartition("The same system, not designed")[::2]
    assert "must notify?" in unsettled
    assert "must notify?" not in known
    assert any("refused, banned?" in html and "3 cases under 1 ruleset" in html for html in tables)
