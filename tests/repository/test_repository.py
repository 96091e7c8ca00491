"""What stands in two places is the same."""

from __future__ import annotations

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
