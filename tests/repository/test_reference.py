"""Generated pages of the reference are as they are generated; ``REGCOMPARE_RECORD=1`` records them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.recording import RECORD
from tests.support.shipped import CATALOGUE
from tools.reference import MARK, PARTS, with_part

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    mark[1]: page
    for page in sorted(DOCS.rglob("*.md"))
    if (mark := MARK.search(page.read_text("utf-8")))
}
SLOW = ("json", "commands")
"""They run the commands; and how help is laid out depends on the version of a library."""


def test_every_part_has_its_page() -> None:
    """Each part of the reference is at one place, and each mark names a part."""
    marked = [name for page in DOCS.rglob("*.md") for name in MARK.findall(page.read_text("utf-8"))]

    assert sorted(marked) == sorted(PARTS)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.thorough] * (name in SLOW)) for name in PARTS]
)
def test_a_page_is_as_it_is_generated(name: str) -> None:
    """A reader of a clone sees what the code has today."""
    page = PAGES[name].read_text("utf-8")
    wanted = with_part(page, CATALOGUE)
    if RECORD:
        PAGES[name].write_text(wanted, "utf-8")

    assert wanted.partition(" -->\n")[2].count("\n") > 5
    assert PAGES[name].read_text("utf-8") == wanted
