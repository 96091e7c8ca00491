"""The plugin `regcompare-world`: its pages, that it uses no more than a stranger, and that it is found."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.shipped import CATALOGUE
from tests.test_documents import same

from regcompare.authoring import Ruleset
from regcompare.views.law import law_text
from regcompare_world import CH, UK, US_EAR, US_EAR_2024_PROPOSAL

ROOT = Path(__file__).parents[1]
WORLD = ROOT / "plugins" / "regcompare-world"
RULESETS = (CH, UK, US_EAR, US_EAR_2024_PROPOSAL)


@pytest.mark.parametrize("ruleset", RULESETS, ids=lambda ruleset: str(ruleset.id))
def test_each_ruleset_is_committed_as_a_page(ruleset: Ruleset) -> None:
    """A lawyer's page for each ruleset: the law, the condition read back in words, the cases."""
    catalogue = CATALOGUE.with_ruleset(US_EAR).with_ruleset(ruleset)

    same(
        ROOT / "docs" / "rulesets" / f"{ruleset.id}.md",
        law_text(ruleset, catalogue.read(*ruleset.cases), "markdown").rstrip() + "\n",
    )


def test_it_imports_what_every_author_has() -> None:
    """The plugin and its tests import the authoring room, the front door and themselves, nothing behind."""
    allowed = {"regcompare", "regcompare.authoring", "regcompare.testing"}
    foreign = [
        f"{file.name}: {node.module}"
        for file in WORLD.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and not node.level
        if (node.module or "").startswith("regcompare")
        if node.module not in allowed and not str(node.module).startswith("regcompare_world")
    ]

    assert foreign == []


@pytest.mark.thorough
def test_it_is_found_once_it_is_installed(tmp_path: Path) -> None:
    """Installed without a network, it offers its four rulesets and its facts, without a problem."""
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"),
            *("--no-build-isolation", "--disable-pip-version-check", "--target", tmp_path, WORLD),
        ],
        check=True,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("PIP_")},
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "regcompare", "plugins", "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )

    (listed,) = (one for one in json.loads(done.stdout) if one["name"] == "regcompare-world:world")
    assert (listed["rulesets"], listed["problems"]) == ([ruleset.id for ruleset in RULESETS], [])
