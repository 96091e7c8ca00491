"""The frozen plugin, written against the public interface of one day, still installs, passes and runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parent / "frozen_plugin" / "regcompare-harbourland"
CASES = PLUGIN / "src" / "regcompare_harbourland" / "cases.yaml"
QUICK = "not report"
"""All but the whole report."""
MOVED = ("regcompare.authoring.", "Chapter.", "The kit draws no cases")
WARNINGS = ("-W", "error", *(f"-Wignore:{start}:DeprecationWarning" for start in MOVED))
"""A warning is an error, apart from those that say what to write in place of an older name."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the plugin is installed, as from a wheel."""
    return installed(PLUGIN, "harbourland", tmp_path_factory.mktemp("frozen"))


def installed(plugin: Path, name: str, root: Path) -> Path:
    """Installs a plugin into a folder, which is returned."""
    module = f"regcompare_{name}"
    shutil.copytree(plugin / "src" / module, root / module)
    metadata = root / f"{module}-0.1.0.dist-info"
    metadata.mkdir()
    fields = f"Metadata-Version: 2.1\nName: regcompare-{name}\nVersion: 0.1.0\n"
    (metadata / "METADATA").write_text(fields, encoding="utf-8")
    points = f"[regcompare]\n{name} = {module}\n"
    (metadata / "entry_points.txt").write_text(points, encoding="utf-8")
    return root


def run(folder: Path, *args: str | Path, module: str = "regcompare", cwd: Path = PLUGIN) -> str:
    """Runs a module with the plugin installed; it must succeed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    path = os.pathsep.join(filter(None, (str(folder), kept.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=kept | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def own_tests(folder: Path, which: str) -> None:
    """Runs the plugin's own tests."""
    run(folder, "-p", "no:cacheprovider", *WARNINGS, "-k", which, "tests", module="pytest")


@pytest.mark.thorough
def test_its_own_tests_pass(folder: Path) -> None:
    """Its names are there, its cases meet their expectations, and the kit finds nothing."""
    own_tests(folder, QUICK)


@pytest.mark.thorough
def test_the_costly_checks_of_the_kit_pass(folder: Path) -> None:
    """The whole report of the kit."""
    own_tests(folder, f"not ({QUICK})")


def test_it_is_installed_without_a_problem(folder: Path) -> None:
    """The hooks are found: facts, rulesets, sales and texts in Dutch."""
    listed = json.loads(run(folder, "plugins", "--strict", "--format", "json"))
    (entry,) = (entry for entry in listed if entry["name"] == "regcompare-harbourland:harbourland")

    assert entry["rulesets"] == ["harbourland", "harbour-bill-7"]
    assert entry["problems"] == []
    assert [note["code"] for note in entry["notes"]] == ["RC409"]
    assert "left regcompare.authoring" in entry["notes"][0]["expected"]


@pytest.mark.thorough
def test_the_plugin_with_other_law_of_that_day_still_runs(tmp_path: Path) -> None:
    """``regcompare-world`` as it was when the plugin was frozen: its cases, and the kit on its law.

    American cases of that day give codes of two lists as one fact, which is refused now.
    """
    git = ("git", "-C", str(PLUGIN.parents[3]))
    first = [
        *git,
        "log",
        "--follow",
        "--diff-filter=A",
        "--format=%H",
        "--",
        str(PLUGIN / "pyproject.toml"),
    ]
    found = subprocess.run(first, capture_output=True, text=True, check=False).stdout.split()
    if not found:
        pytest.skip("the history of the repository is not here")
    archive = [*git, "archive", "--format=zip", "-o", str(tmp_path / "world.zip"), found[-1]]
    subprocess.run([*archive, "plugins/regcompare-world"], check=True)
    shutil.unpack_archive(tmp_path / "world.zip", tmp_path)
    world = tmp_path / "plugins" / "regcompare-world"
    root = installed(world, "world", tmp_path / "installed")

    listed = json.loads(run(root, "plugins", "--strict", "--format", "json"))
    notes = {item["name"]: [note["code"] for note in item["notes"]] for item in listed}
    which = ("-k", "not (TestUsEar and test_cases)", "tests/test_world.py")
    run(root, "-p", "no:cacheprovider", *WARNINGS, *which, module="pytest", cwd=world)

    assert notes["regcompare-world:world"] == ["RC409"]


def test_its_regimes_are_compared(folder: Path) -> None:
    """Law and reform stand beside the act that ships."""
    regimes = ["harbourland", "harbour-bill-7", "eu-2021-821"]
    options = [word for regime in regimes for word in ("-r", regime)]
    compared = json.loads(run(folder, "compare", "harbour-cameras-2021", *options, "--format", "json"))

    assert [entry["ruleset"] for entry in compared["verdicts"]] == regimes


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("check", CASES), "13 met, 0 not"),
        (("show", "harbourland"), "Watching cargo may not leave"),
        (("explain", "harbour-cameras-2021", "-r", "harbourland"), "Harbour Act"),
        (("lint", "harbourland"), "harbourland: "),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_its_commands_answer(folder: Path, command: tuple[str | Path, ...], said: str) -> None:
    """Each ends with status 0 and says what it said."""
    assert said in run(folder, *command)
