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


def test_what_is_released_apart_has_the_licence_in_it() -> None:
    """The distribution of other states' law carries the text of the licence, which is the project's."""
    apart = ROOT / "plugins" / "regcompare-world" / "LICENSE"

    assert apart.read_bytes() == (ROOT / "LICENSE").read_bytes()


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
    assert ROOT / "tests/support/shipped.py" not in seen


def test_a_class_is_what_it_declares() -> None:
    """Metaclasses and stated signatures stand where docs/design.md says why, and nowhere else."""
    found = []
    for folder in ("src", "plugins"):
        for file in sorted((ROOT / folder).glob("**/src/**/*.py" if folder == "plugins" else "**/*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    bases = {item.id for item in node.bases if isinstance(item, ast.Name)}
                    found += [(file.name, node.name)] if bases & {"type", "EnumType", "ABCMeta"} else []
                elif isinstance(node, ast.keyword) and node.arg == "field_transformer":
                    found.append((file.name, "field_transformer"))
                elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                    found += [(file.name, node.attr)] if node.attr == "__signature__" else []

    assert found == [
        ("sections.py", "_SectionType"),
        ("interned.py", "_Interning"),
        ("provisions.py", "__signature__"),
    ]
