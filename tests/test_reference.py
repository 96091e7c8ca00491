"""The parts of the reference that the site of the documentation fills in are made."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shipped import CATALOGUE
from tools.reference import MARK, PARTS

DOCS = Path(__file__).parents[1] / "docs"
SLOW = ("json",)
"""Runs the commands; made with the site, in test_documentation_site.py."""


def test_every_part_has_its_page() -> None:
    """Each part of the reference is filled in at one place, and each mark names a part."""
    marked = [name for page in DOCS.rglob("*.md") for name in MARK.findall(page.read_text("utf-8"))]

    assert sorted(marked) == sorted(PARTS)


@pytest.mark.parametrize("name", [name for name in PARTS if name not in SLOW])
def test_a_part_is_made(name: str) -> None:
    """What the site fills in is there."""
    text = "\n".join(PARTS[name](CATALOGUE))

    assert text.count("\n") > 5
