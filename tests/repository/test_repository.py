"""The repository tests itself: what stands in two places is the same, and nothing foreign is in it."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_a_release_says_the_same_of_itself_everywhere() -> None:
    """Version, title, authors, licence and keywords agree, and the changelog begins with the version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    world = tomllib.loads(
        (ROOT / "plugins" / "regcompare-world" / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    archived = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changes, re.MULTILINE)

    assert newest
    assert {project["version"]} == {
        newest[1], world["version"], str(citation["version"]), archived["version"]
    }  # fmt: skip
    assert project["name"] == citation["title"] == archived["title"]
    assert project["license"] == f"{citation['license']} AND CC-BY-4.0"  # The cases are data.
    assert citation["license"] == archived["license"]
    assert project["keywords"] == citation["keywords"] == archived["keywords"]
    assert [one["name"] for one in citation["authors"]] == [one["name"] for one in archived["creators"]]


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_tests_of_the_core_import_the_core_alone() -> None:
    """Neither they nor the helpers that they use import a feature package, a ruleset or what ships."""
    seen, left = set[Path](), sorted((ROOT / "tests/core").glob("*.py"))
    offenders = []
    while left:
        seen.add(path := left.pop())
        modules = imported(path)
        others = [name for name in modules if name.startswith(("regcompare_", "regcompare.testing"))]
        offenders += [f"{path.relative_to(ROOT)}: {name}" for name in others]
        helpers = [
            ROOT / f"{name.replace('.', '/')}.py" for name in modules if name.startswith("tests.")
        ]
        left += [helper for helper in helpers if helper not in seen]

    assert offenders == []
    assert ROOT / "tests/shipped.py" not in seen
