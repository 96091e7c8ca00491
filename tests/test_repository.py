"""The repository tests itself: what stands in two places is the same, and nothing foreign is in it."""

from __future__ import annotations

import re
from pathlib import Path

from regcompare.errors import CODES

ROOT = Path(__file__).parents[1]


def test_every_code_is_documented_with_its_meaning() -> None:
    """Codes and meanings on the page of problems are those of the library."""
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (RC\d{3}) \| ([^|]+?) \|", page, re.MULTILINE))

    assert rows == CODES


def test_every_code_that_is_raised_is_known() -> None:
    """No message carries a code that the list lacks."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    used = {code for source in sources for code in re.findall(r"\"(RC\d{3})\"", source)}

    assert used <= set(CODES)
